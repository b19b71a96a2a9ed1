"""Draw a timeline: a line down the page with a row beside it for each day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from generator.base.dates import format_date
from generator.base.fonts import TextLine, TextStyle
from generator.papers.pictures.kit import (
    GREY,
    INK,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    PALE,
    TEAL,
    WHITE,
    DescribedPicture,
    Pen,
    write_png,
)
from generator.papers.pictures.timeline.marks import COLOURS, MARK, draw_mark
from generator.papers.pictures.timeline.rows import (
    TimelineRow,
    TimelineSheet,
    describe_sheet,
    format_status,
    make_sheet,
)
from generator.rules.timeline import Status, Timeline

TALLEST = 12_000
MARGIN = 40
_HEADING, _NOTE, _LEGEND = TextStyle(42, bold=True), TextStyle(23), TextStyle(22)
_DATE, _WORDS, _URGENT, _SOURCE = TextStyle(24, bold=True), TextStyle(24), TextStyle(24, bold=True), TextStyle(18)
_TODAY, _BADGE = TextStyle(25, bold=True), TextStyle(19, bold=True)
_RED_TINT, _BADGE_TINT = "#FBE9E9", "#E3ECED"
_BESIDE = 20  # between the line and what stands left and right of it
_APART, _WITHIN = 24, 14  # between two days, and between two rows of one day
_CLOSER_APART, _CLOSER_WITHIN = 16, 10  # the same without sources, where rows are low and many
_PAD = 5  # above and below a row, inside the tint of one that is overdue
_TODAY_HEIGHT = 46
_BADGE_HEIGHT, _BADGE_GAP = 30, 6
_NOTE_ON_SOURCES = "The sources are left out here to keep this to one picture."


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where things stand from left to right. `badge` is the width of one badge, of which `abreast` fit in a line."""

    date: int
    spine: int
    words: int
    words_width: int
    badge: int
    abreast: int


@dataclass(slots=True)
class _PlacedRow:
    """A row with its lines of text and its place."""

    row: TimelineRow
    words: list[TextLine]
    source: list[TextLine]
    height: int
    top: int = 0
    dated: bool = False


@dataclass(slots=True)
class _PlacedTimeline:
    """The whole picture, measured."""

    columns: _Columns
    heading: list[TextLine]
    notes: list[TextLine]
    legend: int
    statuses: tuple[Status, ...] = ()
    rows: list[_PlacedRow] = field(default_factory=list)
    body: int = 0
    today: int | None = None
    height: int = 0


def draw_timeline(timeline: Timeline, *, since: dt.date | None = None) -> DescribedPicture:
    """The timeline as one tall picture, from the day `since` on where that is given.

    Days of several children that say the same share a row. The places and authorities under the rows are left out
    where the picture would be too tall with them; `alt` keeps them. Raises ValueError, with a sentence for the reader,
    when it is too tall even so. The same timeline on the same machine gives the same bytes.
    """
    return _draw(make_sheet(timeline, since))


def draw_pages(sheet: TimelineSheet) -> tuple[DescribedPicture, ...]:
    """Any rows of days as pictures that each fit on a page, 17 cm wide and 23 high; each with its words."""
    return tuple(_draw(page) for page in split_sheet(sheet))


def _draw(sheet: TimelineSheet) -> DescribedPicture:
    placed = _place(sheet, with_sources=True)
    if placed.height > TALLEST:
        placed = _place(sheet, with_sources=False)
    if placed.height > TALLEST:
        raise ValueError(_describe_excess(placed))
    pen = Pen(PAGE_WIDTH, placed.height)
    _draw_head(placed, pen)
    _draw_spine(placed, pen)
    if placed.today is not None:
        _draw_today(sheet.today, placed.today, pen)
    for row in placed.rows:
        _draw_row(row, placed.columns, pen)
    alt = describe_sheet(sheet)
    return DescribedPicture(write_png(pen.image, colours=256, describes=alt), alt)


def split_sheet(sheet: TimelineSheet) -> Iterator[TimelineSheet]:
    """The same rows on sheets that each fit on a page; today is marked on the one where it falls."""
    placed = _place(sheet, with_sources=True)
    # A heading that goes on may take a line more, and the line of today may stand on any page.
    room = PAGE_HEIGHT - placed.body - MARGIN - 2 * _HEADING.line_height - _TODAY_HEIGHT - 2 * _APART
    start = 0
    while start < len(placed.rows) or start == 0:
        first = placed.rows[start].top if placed.rows else 0
        fits = [
            number for number, row in enumerate(placed.rows) if number >= start and row.top + row.height - first <= room
        ]
        count = max(len(fits), 1)
        yield _cut(sheet, start, count)
        start += count


def _cut(sheet: TimelineSheet, start: int, count: int) -> TimelineSheet:
    rows = sheet.rows[start : start + count]
    is_last = start + count >= len(sheet.rows)
    here = start <= sheet.past < start + count or (is_last and sheet.past == len(sheet.rows))
    heading = f"{sheet.heading}, continued" if start else sheet.heading
    return replace(sheet, heading=heading, rows=rows, past=sheet.past - start, today=sheet.today if here else "")


def _place(sheet: TimelineSheet, *, with_sources: bool) -> _PlacedTimeline:
    columns = _set_columns(sheet.rows)
    width = PAGE_WIDTH - 2 * MARGIN
    notes = [
        *sheet.notes,
        *([sheet.badges_mean] if columns.badge else []),
        *([] if with_sources else [_NOTE_ON_SOURCES]),
    ]
    lines = [line for note in notes for line in _NOTE.wrap(note, width)]
    statuses = tuple(Status) if sheet.has_key else ()
    placed = _PlacedTimeline(columns, _HEADING.wrap(sheet.heading, width), lines, 0, statuses)
    y = MARGIN + len(placed.heading) * _HEADING.line_height + 6 + len(lines) * _NOTE.line_height
    placed.legend = y + 22
    y = placed.body = placed.legend + (_legend_height() if statuses else 0) + 12
    apart, within = (_APART, _WITHIN) if with_sources else (_CLOSER_APART, _CLOSER_WITHIN)
    before: dt.date | None = None
    for number, row in enumerate(sheet.rows):
        if number == sheet.past and sheet.today:
            y = placed.today = y + _APART
            y += _TODAY_HEIGHT
        one = _measure(row, columns, with_sources=with_sources)
        one.dated = row.on != before
        y += apart if one.dated else within
        one.top, before = y, row.on
        placed.rows.append(one)
        y += one.height
    if sheet.past == len(sheet.rows) and sheet.today:
        y = placed.today = y + _APART
        y += _TODAY_HEIGHT
    placed.height = y + MARGIN
    return placed


def _set_columns(rows: Sequence[TimelineRow]) -> _Columns:
    widest = max((round(_DATE.line(format_date(row.on)).width) for row in rows), default=0)
    spine = MARGIN + widest + _BESIDE + MARK // 2
    words = spine + MARK // 2 + _BESIDE
    badge = max((round(_BADGE.line(name).width) + 20 for row in rows for name in row.badges), default=0)
    most = max((len(row.badges) for row in rows), default=0)
    room = (PAGE_WIDTH - words) // 3 // (badge + _BADGE_GAP)
    abreast = min(most, max(1, room))
    taken = _BESIDE + abreast * (badge + _BADGE_GAP) if abreast else 0
    return _Columns(MARGIN + widest, spine, words, PAGE_WIDTH - MARGIN - words - taken, badge, abreast)


def _measure(row: TimelineRow, columns: _Columns, *, with_sources: bool) -> _PlacedRow:
    words = _letters_of(row).wrap(row.words, columns.words_width)
    source = _SOURCE.wrap(row.source, columns.words_width) if with_sources else []
    height = len(words) * _WORDS.line_height + len(source) * _SOURCE.line_height
    badges = len(_badge_lines(row, columns)) * (_BADGE_HEIGHT + _BADGE_GAP) - _BADGE_GAP
    return _PlacedRow(row, words, source, max(height, badges, _WORDS.line_height))


def _badge_lines(row: TimelineRow, columns: _Columns) -> list[tuple[str, ...]]:
    return [row.badges[start : start + columns.abreast] for start in range(0, len(row.badges), columns.abreast or 1)]


def _letters_of(row: TimelineRow) -> TextStyle:
    return _URGENT if row.status in {Status.DUE, Status.OVERDUE} else _WORDS


def _describe_excess(placed: _PlacedTimeline) -> str:
    """What to do about it, with the first day from which the rows do fit."""
    says = f"the timeline has {len(placed.rows)} rows, too many for one picture: choose fewer with --from"
    spare = TALLEST - placed.body - MARGIN - _TODAY_HEIGHT - 2 * _APART - 2 * _NOTE.line_height
    for row in placed.rows:
        if row.dated and placed.height - row.top <= spare:
            return f"{says}, for example --from {row.row.on.isoformat()}"
    return says


def _draw_status(pen: Pen, status: Status, x: int, y: int) -> None:
    """The mark of a status with its middle at `x` and `y`."""
    pen.paste(draw_mark(status), x - MARK // 2, y - MARK // 2)


def _legend_width(status: Status) -> int:
    return MARK + 10 + round(_LEGEND.line(format_status(status)).width)


def _legend_height() -> int:
    return MARK + 26


def _draw_head(placed: _PlacedTimeline, pen: Pen) -> None:
    y = pen.words(placed.heading, MARGIN, MARGIN, TEAL)
    pen.words(placed.notes, MARGIN, y + 6, GREY)
    y, statuses = placed.legend, placed.statuses
    for edge in (y, y + _legend_height()) if statuses else (y,):
        pen.line((MARGIN, edge), (PAGE_WIDTH - MARGIN, edge), colour=PALE)
    spare = PAGE_WIDTH - 2 * MARGIN - sum(_legend_width(status) for status in statuses)
    x, middle = MARGIN, y + _legend_height() // 2
    for status in statuses:
        _draw_status(pen, status, x + MARK // 2, middle)
        top = middle - _LEGEND.line_height // 2
        pen.words([_LEGEND.line(format_status(status))], x + MARK + 10, top, INK)
        x += _legend_width(status) + spare // (len(Status) - 1)


def _draw_spine(placed: _PlacedTimeline, pen: Pen) -> None:
    """The line from the first mark to the last: thick as far as today, thin after it."""
    tops = [row.top + _WORDS.line_height // 2 for row in placed.rows]
    today = max(tops) if placed.today is None else placed.today
    tops.append(today)
    for start, end, thickness in ((min(tops), today, 4), (today, max(tops), 2)):
        spine = placed.columns.spine
        pen.line((spine, start), (spine, end), colour=PALE, thickness=thickness)


def _draw_today(words: str, y: int, pen: Pen) -> None:
    line, middle = _TODAY.line(words), y + _TODAY_HEIGHT // 2
    pen.line((MARGIN, middle), (PAGE_WIDTH - MARGIN, middle), thickness=4)
    box = (MARGIN, y, MARGIN + line.width + 36, y + _TODAY_HEIGHT)
    pen.rounded(box, 8, TEAL)
    pen.words([line], MARGIN + 18, middle - _TODAY.line_height // 2, WHITE)


def _draw_row(one: _PlacedRow, columns: _Columns, pen: Pen) -> None:
    row, middle = one.row, one.top + _WORDS.line_height // 2
    if row.status is Status.OVERDUE:
        box = (columns.words - 10, one.top - _PAD, PAGE_WIDTH - MARGIN + 10, one.top + one.height + _PAD)
        pen.rounded(box, 8, _RED_TINT)
    if one.dated:
        date = _DATE.line(format_date(row.on))
        pen.words([date], columns.date - date.width, one.top, INK)
    _draw_status(pen, row.status, columns.spine, middle)
    colour = COLOURS[row.status] if row.status in {Status.DUE, Status.OVERDUE} else INK
    y = pen.words(one.words, columns.words, one.top, colour)
    pen.words(one.source, columns.words, y, GREY)
    y = middle - _BADGE_HEIGHT // 2
    for line in _badge_lines(row, columns):
        right = PAGE_WIDTH - MARGIN
        for name in reversed(line):
            left = right - columns.badge
            pen.rounded((left, y, right, y + _BADGE_HEIGHT), _BADGE_HEIGHT // 2, _BADGE_TINT)
            badge, top = _BADGE.line(name), y + (_BADGE_HEIGHT - _BADGE.line_height) // 2
            pen.words([badge], (left + right - badge.width) / 2, top, TEAL)
            right = left - _BADGE_GAP
        y += _BADGE_HEIGHT + _BADGE_GAP
