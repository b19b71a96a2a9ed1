"""The family tree of one child, with the same facts in words."""
