"""Sheets as an Excel workbook (xlsxwriter): real dates, words beside colours, ready to filter and to print."""

from __future__ import annotations

import datetime as dt
import io
import math
import re
import textwrap
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from generator.base.dates import format_date
from generator.base.english import capitalise
from generator.base.errors import CannotReadError
from generator.reports.tracker.cells import Cell, SheetColumn, StateOnDay, Tone, TrackerSheet, clean

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_LINES = 1_048_575
"""How many lines a sheet of Excel holds below its heads."""
LONGEST_TEXT = 32_767
"""How many characters a cell of Excel holds."""

COLOURS = {
    Tone.GOOD: ("#E2F0E4", "#14532D"),
    Tone.LATE: ("#FBE3CC", "#6B3300"),
    Tone.SOON: ("#FFF3C4", "#5C4600"),
    Tone.ALARM: ("#FADBD8", "#7B1410"),
    Tone.UNKNOWN: ("#E7E3F4", "#3B2C70"),
    Tone.ASIDE: ("#E3E8EE", "#2B3A4A"),
    Tone.QUIET: ("#FFFFFF", "#4A4A4A"),
}
"""The ground and the letters of each tone; at least seven to one in contrast."""

_HEAD = ("#1F3A5F", "#FFFFFF")
_DAY = "d mmmm yyyy"
_PAGE_LETTERS = 190
"""How many letters of a line fit across A4 on its side at a size that can be read."""
_MARGINS = {"left": 0.4, "right": 0.4, "top": 0.7, "bottom": 0.6}
_ARROW = 4
"""The room beside the longest word of a head, in letters. The arrow of the filter has a line of its own below it."""
_LETTERS_IN_WIDTH = 1.12
"""How many letters of a sentence fit where Excel counts one figure in its larger standard letter."""
_LINE, _LINE_ROOM, _HIGHEST = 13.0, 3.0, 409.0
"""Points: a line of text, the room above and below, and the highest row that Excel allows."""


def write_workbook(sheets: Sequence[TrackerSheet], title: str, on: dt.date) -> bytes:
    """The sheets as the bytes of an .xlsx file; the same sheets on the same day are the same bytes.

    Text stays text, whatever it begins with. Nothing is kept in temporary files, and no author is named. Raises
    CannotReadError where a sheet has more lines than Excel can hold.
    """
    from xlsxwriter import Workbook

    for sheet in sheets:
        if len(sheet.lines) > MOST_LINES:
            raise CannotReadError(
                f"The sheet {sheet.title} has {len(sheet.lines)} lines, more than a workbook can hold. "
                "Name fewer case files, or ask for --csv"
            )
    made = io.BytesIO()
    book = Workbook(
        made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": title, "author": "", "created": dt.datetime.combine(on, dt.time())})
    styles = _Styles(book)
    for sheet in sheets:
        _write_sheet(book.add_worksheet(sheet.title), sheet, styles, f"{title}, as at {format_date(on)}")
    book.close()
    return made.getvalue()


class _Styles:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[Any, Any] = {}

    def head(self) -> Any:
        return self._keep(
            "head", {"bg_color": _HEAD[0], "font_color": _HEAD[1], "bold": True, "border_color": "#FFFFFF"}
        )

    def plain(self, *, is_day: bool = False) -> Any:
        return self._keep(("plain", is_day), {"num_format": _DAY, "align": "left"} if is_day else {})

    def number(self) -> Any:
        return self._keep("number", {"align": "center"})

    def mark(self, mark: StateOnDay) -> Any:
        """The colours of a state; with a day, the words stand around it in the format, so that it stays a date."""
        state, ground = mark.state, COLOURS[mark.state.tone]
        look: dict[str, Any] = {"bg_color": ground[0], "font_color": ground[1], "align": "left"}
        if state.tone is Tone.ALARM:
            look["bold"] = True
        if mark.on:
            before = capitalise(state.before)
            look["num_format"] = "".join(
                (f'"{before}"' if before else "", _DAY, f'"{state.after}"' if state.after else "")
            )
        return self._keep((state, mark.on is not None), look)

    def _keep(self, key: Any, look: dict[str, Any]) -> Any:
        if key not in self._made:
            every = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#C9CED6", "font_size": 10}
            self._made[key] = self._book.add_format(every | look)
        return self._made[key]


def _write_sheet(page: Worksheet, sheet: TrackerSheet, styles: _Styles, heading: str) -> None:
    widths = [_width(column, [line[place] for line in sheet.lines]) for place, column in enumerate(sheet.columns)]
    for place, (column, width) in enumerate(zip(sheet.columns, widths, strict=True)):
        page.set_column(place, place, width)
        page.write_string(0, place, column.heading, styles.head())
    # Excel finds the height of wrapped lines by itself; LibreOffice and the printer of a web browser do not.
    page.set_row(0, _height([column.heading for column in sheet.columns], widths) + _LINE)
    for row, line in enumerate(sheet.lines, 1):
        page.set_row(row, _height([cell if isinstance(cell, str) else None for cell in line], widths))
        for place, cell in enumerate(line):
            _write_cell(page, row, place, cell, styles)
    last = len(sheet.columns) - 1
    page.freeze_panes(1, sheet.fixed)
    page.autofilter(0, 0, max(len(sheet.lines), 1), last)
    page.hide_gridlines(2)
    # A reference such as 0000007 is text on purpose.
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_LINES + 1}"})
    _set_up_print(page, sheet, widths, heading)


def _set_up_print(page: Worksheet, sheet: TrackerSheet, widths: Sequence[float], heading: str) -> None:
    kept = sum(widths[: sheet.fixed])
    across = math.ceil(max(sum(widths) - kept, 1) / (_PAGE_LETTERS - kept))
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(**_MARGINS)
    page.repeat_rows(0)
    if across > 1:
        page.repeat_columns(0, sheet.fixed - 1)
    page.print_across()
    page.fit_to_pages(across, 0)
    page.set_header(f"&L&B{heading.replace('&', '&&')}&R&A")
    page.set_footer("&RPage &P of &N")


def _write_cell(page: Worksheet, row: int, place: int, cell: Cell, styles: _Styles) -> None:
    if cell is None:
        page.write_blank(row, place, None, styles.plain())
    elif isinstance(cell, StateOnDay):
        if cell.on and _is_writable(cell.on):
            page.write_datetime(row, place, cell.on, styles.mark(cell))
        else:
            page.write_string(row, place, str(cell), styles.mark(StateOnDay(cell.state)))
    elif isinstance(cell, dt.date):
        if _is_writable(cell):
            page.write_datetime(row, place, cell, styles.plain(is_day=True))
        else:
            page.write_string(row, place, format_date(cell), styles.plain())
    elif isinstance(cell, int):
        page.write_number(row, place, cell, styles.number())
    else:
        page.write_string(row, place, clean(cell)[:LONGEST_TEXT], styles.plain())


def _is_writable(day: dt.date) -> bool:
    """Whether Excel counts this day: its calendar begins with March 1900."""
    return day >= dt.date(1900, 3, 1)


def _width(column: SheetColumn, cells: Sequence[Cell]) -> float:
    """How wide a column must be in letters: a day never breaks, text goes on in the next line where it is long."""
    days = [
        len(_say(cell)) for cell in cells if isinstance(cell, dt.date) or (isinstance(cell, StateOnDay) and cell.on)
    ]
    texts = [cell if isinstance(cell, str) else _say(cell) for cell in cells]
    words = [len(word) for word in re.split(r"[\s-]+", column.heading)]
    head = max(words) + _ARROW
    text = min(max(map(len, texts), default=0), column.widest)
    return max([head, text + 1, *(day + 2 for day in days)])


def _height(texts: Sequence[str | None], widths: Sequence[float]) -> float:
    """How high a row must be, in points, for its longest text."""
    lines = max(
        _count_lines(text, int(width * _LETTERS_IN_WIDTH))
        for text, width in zip(texts, widths, strict=True)
        if text is not None
    )
    return min(lines * _LINE + _LINE_ROOM, _HIGHEST)


@lru_cache(maxsize=4096)
def _count_lines(text: str, width: int) -> int:
    return 1 if len(text) < width else sum(len(textwrap.wrap(part, width)) or 1 for part in text.split("\n"))


def _say(cell: Cell) -> str:
    if isinstance(cell, StateOnDay):
        return str(cell)
    return format_date(cell) if isinstance(cell, dt.date) else str("" if cell is None else cell)
