"""The path of a case file, and of the folder for its papers."""

from __future__ import annotations

from pathlib import Path

CASE_FILE = "case.yaml"


def find_case_file(given: Path) -> Path:
    """Return the case file in a folder, or the file itself; it need not exist. Raises OSError for an unusable name."""
    return given / CASE_FILE if given.is_dir() else given


def name_output(file: Path, output: Path | None) -> Path:
    """Return the folder for the papers of a case: the one asked for, else output/ and the name of the case folder."""
    name = file.parent.resolve().name if file.name == CASE_FILE else file.stem
    return output or Path("output") / name
