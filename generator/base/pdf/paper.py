"""The paper that pages are made for."""

A4 = (595.2756, 841.8898)
"""Width and height in points."""
