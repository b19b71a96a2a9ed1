"""Sheets as plain data: columns that say how they are counted, and cells that say their state in words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any

from generator.base.dates import format_date
from generator.base.english import capitalise


class Tone(StrEnum):
    """How much a state asks for attention. A workbook gives each a colour; the words say the same without it."""

    GOOD = "good"
    LATE = "late"
    SOON = "soon"
    ALARM = "alarm"
    UNKNOWN = "unknown"
    ASIDE = "aside"
    QUIET = "quiet"


class CellState(Enum):
    """The state of a step, a list or a deadline: its word, its tone, and the words around its day."""

    MET = "met", Tone.GOOD
    MET_LATE = "met late", Tone.LATE, "", ", late"
    DUE = "due", Tone.SOON, "due "
    OVERDUE = "overdue", Tone.ALARM, "was due "
    DOES_NOT_APPLY = "does not apply", Tone.QUIET
    CANNOT_BE_CHECKED = "cannot be checked", Tone.UNKNOWN
    SET_ASIDE = "set aside", Tone.ASIDE
    DONE = "done", Tone.GOOD
    NOT_DONE = "not done", Tone.QUIET
    LISTED = "listed", Tone.LATE, "listed since "
    LISTED_FROM = "not yet listed", Tone.SOON, "from "
    NOT_LISTED = "not listed", Tone.QUIET
    DUE_TODAY = "due today", Tone.ALARM
    DUE_IN_A_WEEK = "due within 7 days", Tone.SOON
    DUE_IN_FOUR_WEEKS = "due within 4 weeks", Tone.SOON
    DUE_LATER = "due later", Tone.QUIET
    NO_DAY_SET = "to do, no day set", Tone.QUIET

    def __init__(self, word: str, tone: Tone, before: str = "", after: str = "") -> None:
        self.word = word
        self.tone = tone
        self.before = before
        self.after = after


@dataclass(frozen=True, slots=True)
class StateOnDay:
    """A state, with the day that goes with it where there is one."""

    state: CellState
    on: dt.date | None = None

    def __str__(self) -> str:
        state = self.state
        if self.on is None:
            return capitalise(state.word)
        return capitalise(f"{state.before}{format_date(self.on)}{state.after}")


Cell = str | int | dt.date | StateOnDay | None
"""What stands in one cell; nothing where there is nothing to say."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column: its heading, how it is counted in words, and where that comes from.

    `find` says what stands there for one subject. It is left out of columns whose lines are made whole. `widest` is
    how many letters wide the column may become before its text goes on in the next line.
    """

    id: str
    heading: str
    counted: str
    source: str = ""
    find: Callable[[Any], Cell] = field(default=lambda _subject: None, repr=False, compare=False)
    widest: int = 28
    has_day: bool = False


Line = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class TrackerSheet:
    """A sheet of lines. The first `fixed` columns say what a line is about, and stay in sight."""

    id: str
    title: str
    about: str
    columns: tuple[SheetColumn, ...]
    lines: tuple[Line, ...]
    fixed: int = 2

    def place(self, column: str) -> int:
        """At which place the column with this id stands. Raises ValueError where there is none such."""
        return [one.id for one in self.columns].index(column)


_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Text that every program can show: what controls, turns round or is half a character becomes a question mark.

    Case files hold nothing of the kind; names of files may.
    """
    return _UNPRINTABLE.sub("\ufffd", text)
