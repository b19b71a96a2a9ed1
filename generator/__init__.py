"""The papers of UK permanence planning, made from one case file."""

__version__ = "0.3.0"
