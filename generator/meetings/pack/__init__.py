"""The meeting pack: what one reader has to read before a meeting, as one PDF in reading order."""
