"""The timeline of a case, with the same facts in words."""
