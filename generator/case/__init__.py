"""The case file: what may be known about a family, as frozen models."""
