"""What papers there are, what each says to its reader, and how it becomes a Word file."""
