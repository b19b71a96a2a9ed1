"""Find the case files among given files, folders, folders of folders and patterns."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.base.paths import CASE_FILE
from generator.base.yaml.text import MAX_BYTES
from generator.workspace.folder import EARLIER
from generator.workspace.record import RECORD

_YAML = frozenset({".yaml", ".yml"})
_PATTERN = re.compile(r"[*?\[]")
_CHILDREN = re.compile(rb"""^["']?children["']?\s*:""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FoundCases:
    """Case files, each once; how many others were passed over; what is not there; folders that cannot be opened."""

    files: tuple[Path, ...]
    skipped: int
    missing: tuple[Path, ...] = ()
    closed: tuple[Path, ...] = ()


def find_case_files(given: Iterable[Path]) -> FoundCases:
    """The case files that are meant by what was given.

    A folder with a case.yaml is one case. Of any other folder all folders below count, and in them every case.yaml and
    every YAML file that has children; hidden folders, links to folders, and the case files that builds kept in an
    output folder are left alone. A YAML file that is named is
    taken to be a case file; any other file is passed over. A pattern that the shell did not resolve is resolved here.
    """
    files: dict[Path, Path] = {}
    skipped: dict[Path, None] = {}
    missing: list[Path] = []
    closed: list[Path] = []
    for path in _resolve(given):
        mode = _mode_of(path)
        found: Sequence[Path] = ()
        if mode is None:
            missing.append(path)
        elif stat.S_ISDIR(mode):
            found, passed = _look_in(path, closed)
            skipped |= dict.fromkeys(file.resolve() for file in passed or ([] if found else [path]))
        elif path.suffix.lower() in _YAML:
            found = [path]
        else:
            skipped[path.resolve()] = None
        for file in found:
            files.setdefault(file.resolve(), file)
    return FoundCases(tuple(files.values()), len(skipped.keys() - files.keys()), tuple(missing), tuple(closed))


def _resolve(given: Iterable[Path]) -> Iterator[Path]:
    for path in given:
        if _PATTERN.search(str(path)) and _mode_of(path) is None:
            yield from _match(path) or [path]
        else:
            yield path


def _match(pattern: Path) -> list[Path]:
    base = Path(pattern.anchor)
    try:
        return sorted(base.glob(str(pattern.relative_to(base))))
    except (OSError, ValueError):
        # Two stars stand for folders, and only by themselves.
        return []


def _mode_of(path: Path) -> int | None:
    """Return the file mode of a path; None where nothing is there, or it cannot be asked."""
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return None


def _look_in(folder: Path, closed: list[Path]) -> tuple[Sequence[Path], Sequence[Path]]:
    """The case files in a folder and below it, and the other YAML files; `closed` takes up what cannot be opened."""
    if (folder / CASE_FILE).exists():
        return [folder / CASE_FILE], ()
    found: list[Path] = []
    skipped: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename))):
        # What a build kept is the same family once more: counted twice, or as a file whose evidence is not there.
        kept = EARLIER if (Path(place) / RECORD).exists() else None
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != kept)
        for name in sorted(names):
            file = Path(place, name)
            if file.suffix.lower() not in _YAML:
                continue
            if name == CASE_FILE or _has_children(file):
                found.append(file)
            else:
                skipped.append(file)
    return found, skipped


def _has_children(file: Path) -> bool:
    try:
        if not file.is_file():
            return False
        with file.open("rb") as opened:
            return _CHILDREN.search(opened.read(MAX_BYTES)) is not None
    except OSError:
        # It may be a case file, so it is listed as one that cannot be read.
        return True
