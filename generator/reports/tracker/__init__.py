"""What managers read over many families: the decision grid, the tracker, what is due, and how each is counted."""
