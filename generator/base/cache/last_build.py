"""The file in an output folder that records its last build, so that the same build need not run again."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from generator.base.cache.ingredients import BuildQuestion, digest_ingredients, digest_names, digest_state
from generator.base.digests import digest_of

LAST_BUILD = "last-build.json"
_VERSION = 1
_BUILDING = ".permanence"
"""How the names of locks and of private folders begin: where one is, a build is running or was stopped."""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """What the screen says of one paper: what happened to it, its name, its pages and gaps."""

    action: str
    name: str
    pages: int = 0
    draft: bool = False
    gaps: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class LastBuild:
    """A build that made, or left alone, all that it was asked for. It holds digests, and names of papers, alone.

    `made_from` are digests by what they are of, `folders` what lay in those folders of the case where files are that
    the case names. `places` are those of the converter and its fonts, `state` what they were like. `papers` and
    `warnings` are what the next build will say if nothing changes. `made` are the SHA-256 of the files in the output
    folder that count, empty where one is not there.
    """

    made_from: Mapping[str, str]
    folders: Mapping[str, str]
    places: tuple[str, ...]
    state: str
    papers: tuple[PaperLine, ...]
    warnings: tuple[str, ...]
    made: Mapping[str, str]

    def as_text(self) -> str:
        """The file that remembers it."""
        return json.dumps({"version": _VERSION, **asdict(self)}, indent=1) + "\n"


def recall_build(asked: BuildQuestion, folder: Path) -> LastBuild | None:
    """Return the last build where another one would change nothing and report the same; otherwise None.

    Never raises: a file that cannot be read is a reason to build.
    """
    try:
        known = _read(folder / LAST_BUILD)
        return known if known and _is_same(known, asked, folder) else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _is_same(known: LastBuild, asked: BuildQuestion, folder: Path) -> bool:
    return (
        not any(name.startswith(_BUILDING) for name in os.listdir(folder))
        and digest_ingredients(asked) == known.made_from
        and all(digest_names(asked.file.parent / name) == was for name, was in known.folders.items())
        and digest_state(map(Path, known.places)) == known.state
        and all(_digest_made(folder, name) == was for name, was in known.made.items())
    )


def _read(file: Path) -> LastBuild | None:
    if file.is_symlink():
        return None
    facts: dict[str, Any] = json.loads(file.read_bytes())
    if facts.pop("version") != _VERSION:
        return None
    return LastBuild(papers=tuple(PaperLine(**line) for line in facts.pop("papers")), **facts)


def _digest_made(folder: Path, name: str) -> str | None:
    """The SHA-256 of an ordinary file in the folder, empty where nothing is; None for a link, also on the way to it."""
    for at in (folder, *(folder / part for part in reversed(Path(name).parents[:-1]))):
        if not stat.S_ISDIR(_mode(at)):
            return None if _mode(at) else ""
    mode = _mode(folder / name)
    return digest_of(folder / name) if stat.S_ISREG(mode) else None if mode else ""


def _mode(place: Path) -> int:
    try:
        return os.lstat(place).st_mode
    except FileNotFoundError:
        return 0
