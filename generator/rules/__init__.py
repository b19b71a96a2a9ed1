"""What the law and an authority ask, and what a case file answers, for each child on one day."""
