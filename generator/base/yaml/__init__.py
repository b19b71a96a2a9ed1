"""YAML files read with the place of every value, and changed without touching the lines around a change."""
