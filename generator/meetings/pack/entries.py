"""What a pack is made from: the facts of the meeting, the papers, what is awaited, and the open actions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class PackFacts:
    """The words of the front page. `reader` says in ASCII letters at the foot of every page for whom the pack is.

    `facts` are the lines of the table at the top, each with its heading; `made_on` is the day that was taken for today.
    """

    title: str
    about: str
    authority: str
    reader: str
    facts: tuple[tuple[str, str], ...]
    made_on: dt.date


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper in the reading order. Without a `pdf` it is not in the pack, and `note` says why."""

    title: str
    author: str = ""
    dated: dt.date | None = None
    pdf: Path | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One open action, in words."""

    number: str
    what: str
    progress: str
    owner: str
    due: str
    state: str


@dataclass(frozen=True, slots=True)
class AwaitedLine:
    """One thing that has not come: what it is, from whom, and since when, in words."""

    what: str
    author: str
    since: str


Entry = Paper | tuple[ActionLine, ...]
"""A paper, or the list of open actions, which the pack draws itself."""
