"""What a court bundle looks like in one kind of proceedings: read strictly from files, every rule with its source."""
