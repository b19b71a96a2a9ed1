"""Choose and order the rows of a timeline, and describe them in words."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.base.dates import format_date, format_time
from generator.papers.pictures.kit import clean
from generator.rules.timeline import Status, Timeline, TimelineEntry

_PLAIN = frozenset({Status.HAPPENED, Status.BOOKED})


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One mark with its words. `badges` stand at the right: whose day it is, where there is more than one child."""

    on: dt.date
    badges: tuple[str, ...]
    what: str
    status: Status
    source: str

    @property
    def words(self) -> str:
        """What the picture says beside the mark. The status of a due day is said too, for copies without colour."""
        return self.what if self.status in _PLAIN else f"{format_status(self.status)}: {self.what}"


@dataclass(frozen=True, slots=True)
class TimelineSheet:
    """Everything that the picture says. `past` is how many rows stand before the line that marks today.

    Without a `today` there is no such line: it stands on another page. Where all rows have one mark, it needs no key.
    """

    heading: str
    notes: tuple[str, ...]
    today: str
    rows: tuple[TimelineRow, ...]
    past: int
    badges_mean: str = "The letters at the right say which child."
    has_key: bool = True


def make_sheet(timeline: Timeline, since: dt.date | None) -> TimelineSheet:
    """The rows from the day `since` on, oldest first, with a note of how many that leaves out."""
    rows = _make_rows(timeline)
    shown = tuple(row for row in rows if since is None or row.on >= since)
    notes = [f"Procedure: {clean(timeline.procedure)}"]
    if since is not None:
        notes.append(_describe_left_out(rows[: len(rows) - len(shown)], since))
    if not shown:
        notes.append("There is nothing to show.")
    return TimelineSheet(
        f"Timeline of {clean(timeline.reference)}",
        tuple(notes),
        f"Today, {format_date(timeline.today)}",
        shown,
        sum(row.on < timeline.today for row in shown),
    )


def _make_rows(timeline: Timeline) -> list[TimelineRow]:
    """One row for what is said of several children on the same day, such as a hearing about all of them."""
    names = _name_badges(timeline.entries)
    together: dict[TimelineRow, list[str]] = {}
    for entry in sorted(timeline.entries, key=lambda one: one.on):
        what = f"{clean(entry.what)}, {format_time(entry.at)}" if entry.at else clean(entry.what)
        row = TimelineRow(entry.on, (), what, entry.status, clean(entry.source))
        together.setdefault(row, []).append(entry.child)
    if len(names) < 2:
        return [*together]
    return [
        replace(row, badges=tuple(name for child, name in names.items() if child in children))
        for row, children in together.items()
    ]


def _name_badges(entries: Sequence[TimelineEntry]) -> dict[str, str]:
    """The initials of every child; with a number after them where two children have the same."""
    initials = {entry.child: clean(entry.initials) or "?" for entry in entries}
    shared, so_far = Counter(initials.values()), Counter[str]()
    names = {}
    for child, name in initials.items():
        so_far[name] += 1
        names[child] = f"{name} {so_far[name]}" if shared[name] > 1 else name
    return names


def _describe_left_out(rows: Sequence[TimelineRow], since: dt.date) -> str:
    if not rows:
        return f"From {format_date(since)}. Nothing earlier is left out."
    # What was never done must not be lost with the days that are cut off.
    overdue = sum(row.status is Status.OVERDUE for row in rows)
    left_out = f"{len(rows)} earlier {'row is' if len(rows) == 1 else 'rows are'} left out"
    return f"From {format_date(since)}. {left_out}{f', {overdue} of them overdue' if overdue else ''}."


def format_status(status: Status) -> str:
    """Happened, Met late, Overdue."""
    return status.value.capitalize()


def describe_sheet(sheet: TimelineSheet) -> str:
    """The picture in words, a line for each row."""
    return "\n".join(_describe_lines(sheet))


def _describe_lines(sheet: TimelineSheet) -> Iterator[str]:
    yield " ".join(f"{text.removesuffix('.')}." for text in (sheet.heading, *sheet.notes))
    for number, row in enumerate(sheet.rows):
        if number == sheet.past and sheet.today:
            yield f"{sheet.today}."
        whose = f" ({', '.join(row.badges)})" if row.badges else ""
        source = f" Source: {row.source.removesuffix('.')}." if row.source else ""
        yield f"{format_date(row.on)}{whose}: {format_status(row.status)}: {row.what.removesuffix('.')}.{source}"
    if sheet.past == len(sheet.rows) and sheet.today:
        yield f"{sheet.today}."
