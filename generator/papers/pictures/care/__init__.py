"""The homes, orders and days of one child's care, with the same facts in words."""
