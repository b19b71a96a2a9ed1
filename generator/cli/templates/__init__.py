"""The commands for people who look after Word templates."""
