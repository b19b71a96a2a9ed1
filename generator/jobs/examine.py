"""The job `examine`: any file searched for what its reader must not see, before it is sent."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.base.errors import CannotReadError
from generator.case.load import load_case
from generator.disclosure.file_text.worker import read_files
from generator.disclosure.leak_search import LeakFindings, LeakSearch
from generator.disclosure.readers import find_reader

_PLACES = 5
"""How many places that could not be read are told of each file."""


@dataclass(frozen=True, slots=True)
class ExaminedFile:
    """One file that was searched, and what was found in it."""

    file: Path
    found: LeakFindings


def examine_files(given: Path, files: Sequence[Path], who: str) -> tuple[ExaminedFile, ...]:
    """Any files searched for what a reader of a case must not see.

    Raises CannotReadError where there is no such reader or file, or where a file cannot be read to its end.
    """
    loaded = load_case(given)
    lens, search = find_reader(loaded.case, who), LeakSearch(loaded)
    missing = [file for file in files if not file.is_file()]
    if missing:
        raise CannotReadError(f"There is no file {missing[0]}")
    examined: list[ExaminedFile] = []
    broken: dict[Path, str] = {}
    for file, reading in zip(files, read_files([(file, file.name) for file in files]), strict=True):
        found = search.judge(reading, lens, (file.name, file.stem)) if reading else LeakFindings()
        places = search.list_unsearched(reading.broken, lens) if reading else ("the whole file",)
        examined.append(ExaminedFile(file, dataclasses.replace(found, unread=(*found.unread, *places))))
        if places and not found.problems:
            more = f" and {len(places) - _PLACES} more" if len(places) > _PLACES else ""
            broken[file] = f"{', '.join(places[:_PLACES])}{more}"
    if broken and not any(one.found.problems for one in examined):
        said = "; ".join(f"{file}: {what}" for file, what in broken.items())
        raise CannotReadError(f"Not everything could be read, so nobody knows what it says. {said}")
    return tuple(examined)
