"""Check Word templates before they are opened, and compare the words of Word files."""
