"""A planned paper becomes a Word file."""
