"""The words of rules: events, worked-out facts, and the language of conditions, for one child on one day."""
