"""Where the tests find things: the one file that knows how deep it lies."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
CASES = ROOT / "data" / "cases"
TEMPLATES = ROOT / "templates"
CORPORA = TESTS / "corpora"
