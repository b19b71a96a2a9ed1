"""The court bundle: one PDF from many, whose pages say the same number everywhere, and keep it."""
