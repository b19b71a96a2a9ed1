"""What a template sees: the case through the eyes of its reader, as plain facts."""
