"""Procedures: what the law and an authority ask for, as rules that cite their source."""
