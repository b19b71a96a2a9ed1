"""Child processes with limits, for files that nobody here made: what happens to one happens to it alone."""
