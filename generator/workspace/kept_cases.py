"""The copies of the case file that builds were made from, and which one was current on a day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.workspace.record import RECORD, read_record

KEPT_CASES = "earlier/case"
_NAME = re.compile(rf"{KEPT_CASES}/(\d{{4}}-\d\d-\d\d) ([0-9a-f]{{12}})\.yaml")
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class KeptCase:
    """A copy of the case file as a build took it. `on` is the day that the build took for today."""

    on: dt.date
    file: Path


def name_kept_case(on: str, sha256: str) -> str:
    """Return the name of a copy: earlier/case/, the day of the build, and the start of its SHA-256."""
    return f"{KEPT_CASES}/{on} {sha256[:_DIGITS]}.yaml"


def find_newest(names: Sequence[str], on: str) -> str:
    """Return the last name that was kept up to a day, names being in the order of builds; empty where there is none."""
    until = [name for name in names if (match := _NAME.fullmatch(name)) and match[1] <= on]
    return max(enumerate(until), key=lambda one: (one[1].split()[0], one[0]), default=(0, ""))[1]


def list_kept_cases(folder: Path) -> tuple[KeptCase, ...]:
    """The copies in an output folder, by day, and of one day in the order of the builds.

    Those of a record that is lost are found by their names, and come before those that it lists. What is listed and
    not there any more is left out, and so is a name that no build gives.
    """
    listed = read_record(folder / RECORD).cases
    there = folder / KEPT_CASES
    found = sorted(f"{KEPT_CASES}/{file.name}" for file in there.iterdir()) if there.is_dir() else []
    names = [*(name for name in found if name not in listed), *listed]
    return tuple(sorted(_read_names(folder, names), key=lambda kept: kept.on))


def _read_names(folder: Path, names: list[str]) -> Iterator[KeptCase]:
    for name in names:
        file = folder / name
        if (match := _NAME.fullmatch(name)) and file.is_file() and not file.is_symlink():
            try:
                yield KeptCase(dt.date.fromisoformat(match[1]), file)
            except ValueError:
                continue
