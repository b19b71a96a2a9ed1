"""What a file says, part by part, and which of it nobody can search."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import unquote, unquote_plus

from generator.disclosure.search import TextRun

MAX_DEPTH = 5
"""How deep files may lie inside files: an e-mail with an archive with a letter with a sheet in it."""
MAX_FILES = 2_000
MAX_BYTES = 200 * 1024 * 1024
"""How much all files inside a file may unpack to."""

MAX_UNPACKED = 128 * 1024 * 1024
"""How much one packed file may unpack to."""
MAX_PART = 100 * 1024 * 1024
"""How large one part of a Word file may be: thousands of pages of text, or a very large film."""
MAX_LOOSE = 16 * 1024 * 1024
"""How much of a file of an unknown kind is gone through for runs of letters."""

_CODED = re.compile("%[0-9A-Fa-f]{2}")


@dataclass
class Reading:
    """The parts of a file with their places.

    `unread` are places that hold pictures alone; `broken` those that should hold words and could not be read.
    """

    runs: list[TextRun] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def add(self, where: str, texts: Iterable[str]) -> None:
        """One part whose texts follow each other, all told as the same place."""
        self.add_pieces((where, text) for text in texts)

    def add_pieces(self, pieces: Iterable[tuple[str, str]]) -> None:
        """One part whose texts follow each other, each with its own place."""
        kept = tuple((where, text) for where, text in pieces if text and not text.isspace())
        if kept:
            self.runs.append(TextRun(kept))
        coded = tuple((where, unquote(text)) for where, text in kept if _CODED.search(text))
        if coded:
            self.runs.append(TextRun(coded))

    def take_in(self, other: Reading, where: str) -> None:
        """What a file inside this file says."""
        self.runs += [TextRun(tuple((f"{where}: {place}", text) for place, text in one.pieces)) for one in other.runs]
        self.unread += [f"{where}: {place}" for place in other.unread]
        self.broken += [f"{where}: {place}" for place in other.broken]


@dataclass(frozen=True, slots=True)
class FileToRead:
    """The question to the child process: a file, and the name under which its reader will see it."""

    path: str
    name: str


class Budget:
    """How much may still be unpacked, over all files inside one file."""

    def __init__(self) -> None:
        self.files, self.bytes = MAX_FILES, MAX_BYTES

    def spend(self, size: int) -> bool:
        """Whether one more file of this size may be read."""
        self.files -= 1
        self.bytes -= size
        return self.files >= 0 and self.bytes >= 0


InnerReader: TypeAlias = Callable[[str, bytes], Reading]
"""Reads a file that lies inside another, by its name and its content."""


def list_targets(value: str) -> tuple[str, ...]:
    """The target of a link, as it is written and as it is meant: a plus is a space."""
    return (value, unquote_plus(value)) if "+" in value else (value,)
