"""Where the file of a case is, and where its papers go."""

from __future__ import annotations

from pathlib import Path

CASE_FILE = "case.yaml"


def find_case_file(given: Path) -> Path:
    """The case file in a folder, or the very file; it need not be there. Raises OSError for a name of no use."""
    return given / CASE_FILE if given.is_dir() else given


def name_output(file: Path, output: Path | None) -> Path:
    """Where the papers of a case file go: the folder asked for, else output/ and the name of the case folder."""
    name = file.parent.resolve().name if file.name == CASE_FILE else file.stem
    return output or Path("output") / name
