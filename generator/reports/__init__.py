"""What is read on a screen or in a workbook: the state of a case, changes, families side by side."""
