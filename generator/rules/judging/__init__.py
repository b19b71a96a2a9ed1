"""What a procedure says of one family on one day: what is kept, due, overdue, or cannot be told."""
