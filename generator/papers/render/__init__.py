"""Fill in a Word template: one planned paper becomes a Word file."""
