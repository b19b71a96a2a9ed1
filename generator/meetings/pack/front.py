"""The pages that the pack adds: the front page with the reading order, what is awaited, and the open actions."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.base.dates import format_date, format_short_date
from generator.base.pages import A4
from generator.bundle.fonts import Typesetter, clean_text
from generator.bundle.front import IndexLink
from generator.bundle.page_writer import (
    BETWEEN_ROWS,
    DATE_LEFT,
    GREY,
    INK,
    LEADING,
    LEFT,
    LINK,
    RIGHT,
    SIZE,
    TITLE_LEFT,
    PageWriter,
    TableColumn,
)
from generator.meetings.pack.facts import PackEntry, PackFacts, PackPaper, TableRows

ACTIONS = "Actions still open"
_PAGES_LEFT = RIGHT - 62
_FACT_LEFT = LEFT + 92
_FROM_LEFT, _SINCE_LEFT = LEFT + 214, RIGHT - 136
_WHAT_LEFT, _WHO_LEFT, _BY_LEFT, _STATE_LEFT = LEFT + 38, RIGHT - 246, RIGHT - 132, RIGHT - 52


_AWAITED = (
    TableColumn(LEFT + 4, _FROM_LEFT - LEFT - 14, "What"),
    TableColumn(_FROM_LEFT, _SINCE_LEFT - _FROM_LEFT - 10, "From"),
    TableColumn(_SINCE_LEFT, RIGHT - _SINCE_LEFT, "Since"),
)
_OPEN = (
    TableColumn(LEFT + 4, _WHAT_LEFT - LEFT - 8, "No."),
    TableColumn(_WHAT_LEFT, _WHO_LEFT - _WHAT_LEFT - 10, "Action"),
    TableColumn(_WHO_LEFT, _BY_LEFT - _WHO_LEFT - 10, "Who"),
    TableColumn(_BY_LEFT, _STATE_LEFT - _BY_LEFT - 6, "By"),
    TableColumn(_STATE_LEFT, RIGHT - _STATE_LEFT + 2, "State"),
)


@dataclass(frozen=True, slots=True)
class DrawnPages:
    """The drawn pages as a PDF: `front` of them come first, the rest are the open actions. `links` are by label."""

    pdf: bytes
    front: int
    pages: int
    links: tuple[IndexLink, ...]


def draw_pages(
    facts: PackFacts,
    entries: Sequence[PackEntry],
    awaited: TableRows | None,
    ranges: Sequence[str],
    targets: Sequence[str],
    letters: Typesetter,
) -> DrawnPages:
    """Front pages and open actions. `ranges` are the pages of each entry in words, `targets` the label of its first.

    The same words give the same bytes. Raises BundleError for letters no font has.
    """
    from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

    written = io.BytesIO()
    canvas = Canvas(written, pagesize=A4, invariant=1, pageCompression=1)
    sheet = PageWriter(canvas, letters)
    _draw_top(sheet, facts)
    links = [*_draw_order(sheet, entries, ranges, targets)]
    if awaited is not None:
        _draw_awaited(sheet, awaited, facts)
    front = sheet.page + 1
    for actions in entries:
        if not isinstance(actions, PackPaper):
            sheet.turn()
            _draw_actions(sheet, actions)
    canvas.save()
    return DrawnPages(written.getvalue(), front, sheet.page + 1, tuple(links))


def _draw_top(sheet: PageWriter, facts: PackFacts) -> None:
    sheet.lines(facts.authority, bold=True, ink=LINK, after=14)
    sheet.lines(facts.title, size=22, bold=True, after=2)
    sheet.lines(facts.about, size=14, ink=GREY, after=10)
    sheet.rule(INK, 1.2)
    sheet.y -= BETWEEN_ROWS
    for heading, words in facts.facts:
        lines = sheet.letters.wrap(clean_text(words), SIZE, RIGHT - _FACT_LEFT)
        sheet.keep_together(len(lines) * LEADING)
        sheet.write(LEFT, sheet.y - SIZE, heading, bold=True)
        for line in lines:
            sheet.write(_FACT_LEFT, sheet.y - SIZE, line)
            sheet.y -= LEADING
        sheet.y -= 2
    sheet.y -= 2
    sheet.rule(INK, 1.2)
    sheet.y -= 20


def _draw_order(
    sheet: PageWriter, entries: Sequence[PackEntry], ranges: Sequence[str], targets: Sequence[str]
) -> Iterable[IndexLink]:
    sheet.lines("What to read, in this order", size=14, bold=True, after=6)
    _head_order(sheet)
    for number, (entry, pages, target) in enumerate(zip(entries, ranges, targets, strict=True), 1):
        paper = entry if isinstance(entry, PackPaper) else PackPaper(ACTIONS)
        room = _PAGES_LEFT - TITLE_LEFT - 10
        title = sheet.letters.wrap(clean_text(paper.title), SIZE, room)
        said = clean_text(", ".join(words for words in (paper.author, paper.note) if words))
        small = sheet.letters.wrap(said, SIZE, room) if said else []
        if sheet.keep_together((len(title) + len(small)) * LEADING + BETWEEN_ROWS):
            _head_order(sheet)
        top = sheet.y
        sheet.write(LEFT + 4, top - SIZE, str(number))
        dated = format_short_date(paper.dated) if paper.dated else ""
        sheet.write(DATE_LEFT, top - SIZE, dated)
        sheet.write(RIGHT - 4, top - SIZE, pages, ink=LINK if target else GREY, align="right")
        for ink, lines in ((INK, title), (GREY, small)):
            for line in lines:
                sheet.write(TITLE_LEFT, sheet.y - SIZE, line, ink=ink)
                sheet.y -= LEADING
        if target:
            yield IndexLink(sheet.page, (LEFT, sheet.y, RIGHT, top), target)
        sheet.end_row()


def _head_order(sheet: PageWriter) -> None:
    columns = (
        TableColumn(LEFT + 4, 0, "No."),
        TableColumn(DATE_LEFT, 0, "Date"),
        TableColumn(TITLE_LEFT, 0, "Paper, and from whom"),
    )
    sheet.heads(columns, last="Pages")


def _draw_awaited(sheet: PageWriter, awaited: TableRows, facts: PackFacts) -> None:
    sheet.y -= 14
    sheet.keep_together((5 if awaited else 3) * LEADING)
    sheet.lines("What is still awaited", size=14, bold=True, after=6)
    if not awaited:
        sheet.lines(f"Nothing that was asked for is awaited on {format_date(facts.made_on)}.")
        return
    sheet.table(_AWAITED, awaited)


def _draw_actions(sheet: PageWriter, actions: TableRows) -> None:
    sheet.lines(ACTIONS, size=18, bold=True, after=4)
    if not actions:
        sheet.lines("No action from an earlier meeting is open.")
        return
    sheet.lines("Carried forward from every earlier meeting, as the case file has them.", ink=GREY, after=10)
    sheet.table(_OPEN, actions)
