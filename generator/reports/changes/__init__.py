"""What changed between two versions of a case, in words, and which due days and outcomes follow from it."""
