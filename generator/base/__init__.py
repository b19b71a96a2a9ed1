"""What every part stands on: dates, working days, errors, YAML with places, fonts, child processes, PDF objects."""
