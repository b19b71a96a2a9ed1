"""Who may see what: the one place that answers it."""
