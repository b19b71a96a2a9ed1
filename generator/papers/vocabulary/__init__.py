"""Every fact that a template may ask for: its kind, meaning, example and readers."""
