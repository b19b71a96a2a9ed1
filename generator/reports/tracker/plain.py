"""A sheet as plain data: for programs as JSON, for other tables as CSV."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from typing import Any

from generator.reports.tracker.cells import Cell, Line, SheetColumn, StateOnDay, TrackerSheet

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def sheet_as_json(sheet: TrackerSheet) -> dict[str, Any]:
    """A sheet as plain data: each line by the ids of its columns, days as 2026-11-22, a state with its day."""
    ids = [column.id for column in sheet.columns]
    return {
        "title": sheet.title,
        "about": sheet.about,
        "columns": [
            {"id": one.id, "heading": one.heading, "counted": one.counted, "source": one.source}
            for one in sheet.columns
        ],
        "lines": [dict(zip(ids, map(_plain, line), strict=True)) for line in sheet.lines],
    }


def _plain(cell: Cell) -> Any:
    if isinstance(cell, StateOnDay):
        return {"state": cell.state.word, "on": cell.on.isoformat() if cell.on else None}
    return cell.isoformat() if isinstance(cell, dt.date) else cell


def sheet_as_csv(sheet: TrackerSheet) -> bytes:
    """A sheet as CSV: the ids of the columns, then the lines. A state that has a day takes two columns.

    UTF-8 with a byte order mark: without it Excel takes the file for another encoding and turns Łukasz into other
    letters. Text that a spreadsheet would run as a formula gets an apostrophe before it (OWASP, CSV injection).
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(name for one in sheet.columns for name in ((one.id, f"{one.id}_on") if one.has_day else (one.id,)))
    writer.writerows([*_flatten(line, sheet.columns)] for line in sheet.lines)
    return text.getvalue().encode("utf-8-sig")


def _flatten(line: Line, columns: Sequence[SheetColumn]) -> Iterator[str | int]:
    for cell, column in zip(line, columns, strict=True):
        mark = cell if isinstance(cell, StateOnDay) else None
        yield _text(mark.state.word if mark else cell)
        if column.has_day:
            yield _text(mark.on if mark else None)


def _text(cell: Cell) -> str | int:
    if isinstance(cell, int):
        return cell
    text = cell.isoformat() if isinstance(cell, dt.date) else str(cell or "")
    return f"'{text}" if text.startswith(_FORMULA) else text
