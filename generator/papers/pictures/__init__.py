"""The drawings of a case: family tree, homes and orders, timeline."""
