"""All sheets of a run over many families: put in order, counted, and explained."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.base.dates import format_date
from generator.reports.tracker import deadlines, grid, measures
from generator.reports.tracker.cells import Line, SheetColumn, TrackerSheet
from generator.reports.tracker.family import FamilyLines, Standards
from generator.reports.tracker.totals import COLUMNS as TOTALS
from generator.reports.tracker.totals import count_totals


@dataclass(frozen=True, slots=True)
class FileToLookAt:
    """A file of which somebody has to take note, by the name that was given, with the reason and the place in it."""

    file: str
    what: str
    why: str
    place: str = ""


_FILES = (
    SheetColumn("file", "File", "The name of the file, as it was found.", widest=60),
    SheetColumn(
        "what", "What", "Not read: it is on no other sheet. Same reference: it is on the other sheets.", widest=20
    ),
    SheetColumn("why", "Why", "What is wrong, without what the file says.", widest=60),
    SheetColumn("place", "Place", "Line and column, and the fact.", widest=36),
)
_COUNTED = (
    SheetColumn("sheet", "Sheet", "Which sheet.", widest=20),
    SheetColumn("column", "Column", "Which column.", widest=30),
    SheetColumn("counted", "How it is counted", "In words.", widest=90),
    SheetColumn("source", "Source or place in the case file", "Where it comes from.", widest=44),
)
NOT_READ = "Not read"
_REPEATED = "Same reference"


def make_sheets(
    families: Sequence[FamilyLines],
    unread: Sequence[FileToLookAt],
    standards: Standards,
    on: dt.date,
    *,
    skipped: int = 0,
) -> tuple[TrackerSheet, ...]:
    """The six sheets: grid, tracker, deadlines, totals, files to look at, and how each column is counted.

    `on` is the day as at which all were judged, `skipped` how many files were no case files.
    """
    repeated = find_repeated(families)
    decided = TrackerSheet(
        "grid",
        grid.TITLE,
        "One line for each child, and one for each decision where there are several: the steps of the South West "
        "procedure towards a permanency decision. Where the case follows another procedure, a step is done or not "
        "done, and never late. What is not written in the case file counts as not done.",
        standards.grid_columns,
        _sort(line for one in families for line in one.grid),
    )
    tracked = TrackerSheet(
        "tracker",
        measures.TITLE,
        "One line for each child: the lists on which the Hertfordshire procedure looks for drift. They are counted the "
        "same way for every English case, whichever procedure it follows.",
        standards.tracker_columns,
        _sort(line for one in families for line in one.tracker),
    )
    due = TrackerSheet(
        "deadlines",
        "Deadlines",
        "A line for each rule of the case’s own procedure that is due or overdue for a child. Fewest days left first.",
        deadlines.COLUMNS,
        tuple(sorted((line for one in families for line in one.deadlines), key=deadlines.sort_key)),
        fixed=4,
    )
    files = (
        ("Read", len(families)),
        (NOT_READ, len(unread)),
        ("Passed over: no case file", skipped),
        ("With a reference that stands in another file too", len(repeated)),
    )
    totals = TrackerSheet(
        "totals",
        "Totals",
        f"Numbers as at {format_date(on)}. They name nobody.",
        TOTALS,
        tuple(count_totals(families, (decided, tracked, due), files)),
    )
    to_look_at = TrackerSheet(
        "files",
        "Files to look at",
        "Case files that could not be read, and those whose reference another file has too.",
        _FILES,
        tuple((one.file, one.what, one.why, one.place or None) for one in (*unread, *repeated)),
        fixed=1,
    )
    sheets = (decided, tracked, due, totals, to_look_at)
    return (*sheets, _explain(sheets, on))


def _sort(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: (str(line[0]), str(line[1]))))


def find_repeated(families: Sequence[FamilyLines]) -> tuple[FileToLookAt, ...]:
    """The files whose reference another file had before them."""
    by_reference = defaultdict[str, list[FamilyLines]](list)
    for one in families:
        by_reference[one.reference].append(one)
    return tuple(
        FileToLookAt(one.file, _REPEATED, f"This reference stands in {same[0].file} too. Both are counted", "reference")
        for same in by_reference.values()
        for one in same[1:]
    )


def _explain(sheets: Sequence[TrackerSheet], on: dt.date) -> TrackerSheet:
    lines: list[Line] = [
        ("All sheets", "Day", f"Everything is as at {format_date(on)}: what lies after that day has not happened.", ""),
        (
            "All sheets",
            "States",
            (
                "Words say everything that colours say. Cannot be checked: a fact is missing, and it never counts as "
                "kept. Set aside: somebody with authority decided so, and the case file says who, when and why."
            ),
            "overrides",
        ),
    ]
    for sheet in sheets:
        lines.append((sheet.title, "(the sheet)", sheet.about, ""))
        lines += ((sheet.title, one.heading, one.counted, one.source or None) for one in sheet.columns)
    return TrackerSheet("counting", "How it is counted", "Each column in words.", _COUNTED, tuple(lines))
