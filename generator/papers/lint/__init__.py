"""Word templates held against docxtpl's traps, the facts of their papers, their readers, and those who read by ear."""
