"""Evidence from outside: each file looked at by content, made harmless, and named when it cannot be used."""
