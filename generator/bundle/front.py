"""The pages that the bundle adds: a cover, an index whose lines lead to their papers, slips for what is not there."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from generator.base.dates import format_date, format_moment, format_short_date
from generator.base.english import capitalise, join_words
from generator.base.pages import A4, format_range
from generator.bundle.cover import Cover, CoverParty
from generator.bundle.fonts import Typesetter, clean_text
from generator.bundle.page_writer import (
    BAND,
    BETWEEN_ROWS,
    BOTTOM,
    DATE_LEFT,
    GREY,
    INK,
    LEADING,
    LEFT,
    LINK,
    PAGES_LEFT,
    RIGHT,
    SIZE,
    TITLE_LEFT,
    PageWriter,
)
from generator.bundle.papers import BundleSection, PlacedPaper, PlacedSection, Slip


@dataclass(frozen=True, slots=True)
class IndexLink:
    """Where a line of the index is printed, and the label of the page it leads to."""

    page: int
    box: tuple[float, float, float, float]
    label: str


@dataclass(frozen=True, slots=True)
class FrontPages:
    """Cover and index as a PDF, with the places of the lines of the index known from drawing them.

    Behind its `pages` the PDF has the slip pages, in the order in which they stand in the bundle. `font` is the
    embedded font, by its own name, with which the page numbers are written as well.
    """

    pdf: bytes
    pages: int
    cover_pages: int
    font: str
    links: tuple[IndexLink, ...]


def draw_front(cover: Cover, numbered: Sequence[PlacedSection], letters: Typesetter) -> FrontPages:
    """Cover, index and slip pages of a bundle. The same words give the same bytes.

    Raises BundleError for letters no font has.
    """
    from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

    written = io.BytesIO()
    canvas = Canvas(written, pagesize=A4, invariant=1, pageCompression=1)
    sheet = PageWriter(canvas, letters)
    _draw_cover(sheet, cover)
    cover_pages = sheet.page + 1
    sheet.turn()
    links = _Index(sheet, cover).draw(numbered)
    pages = sheet.page + 1
    for part in numbered:
        for placed in part.papers:
            for slip in placed.slips:
                sheet.turn()
                _draw_slip(sheet, cover, placed, slip)
    canvas.save()
    return FrontPages(written.getvalue(), pages, cover_pages, letters.font_file_name, tuple(links))


def _draw_cover(sheet: PageWriter, cover: Cover) -> None:
    middle = (LEFT + RIGHT) / 2
    sheet.lines(cover.court, size=14, bold=True, after=4)
    if cover.case_number:
        sheet.lines(f"Case number: {cover.case_number}", bold=True, x=RIGHT, align="right", after=10)
    for matter in cover.matters:
        sheet.lines(matter, after=2)
    if cover.children:
        named = join_words(cover.children)
        kind = "a child" if len(cover.children) == 1 else "children"
        sheet.lines(f"In the matter of {named} ({kind})", bold=True, after=2)
    sheet.y -= 14
    if cover.parties:
        sheet.lines("Between", after=6)
        for number, party in enumerate(cover.parties):
            _draw_party(sheet, party, first=number == 0)
    sheet.y -= 16
    sheet.keep_together(9 * LEADING)
    sheet.rule(INK, 1.2)
    sheet.y -= 12
    sheet.lines(cover.title, size=22, bold=True, x=middle, align="centre", after=6)
    if cover.hearing:
        sheet.lines(f"for the {cover.hearing}", size=14, x=middle, align="centre", after=4)
    if cover.hearing_at:
        sheet.lines(f"{format_moment(cover.hearing_at)}", size=14, bold=True, x=middle, align="centre", after=2)
    if cover.place:
        sheet.lines(cover.place, x=middle, align="centre")
    if cover.judge:
        sheet.lines(f"Before {cover.judge}", x=middle, align="centre")
    sheet.lines(f"Prepared on {format_date(cover.prepared_on)}", x=middle, align="centre", ink=GREY)
    sheet.y -= 10
    sheet.rule(INK, 1.2)
    sheet.y -= 16
    _draw_representatives(sheet, cover.parties)


def _draw_party(sheet: PageWriter, party: CoverParty, *, first: bool) -> None:
    middle = (LEFT + RIGHT) / 2
    sheet.keep_together(3 * LEADING)
    if not first:
        sheet.lines("and", x=middle, align="centre", ink=GREY, after=1)
    sheet.lines(party.name, bold=True, x=middle, align="centre", room=RIGHT - LEFT - 60)
    sheet.lines(party.capacity, x=RIGHT, align="right", after=2)


def _draw_representatives(sheet: PageWriter, parties: Sequence[CoverParty]) -> None:
    represented = [party for party in parties if party.represented_by or party.counsel]
    if not represented:
        return
    sheet.lines("Representatives", bold=True, after=3)
    for party in represented:
        counsel = f"{party.counsel} (counsel)" if party.counsel else ""
        said = ", ".join(part for part in (party.represented_by, counsel) if part)
        sheet.keep_together(2 * LEADING)
        top, page = sheet.y, sheet.page
        sheet.lines(f"For {party.name}", ink=GREY, room=215)
        below = sheet.y
        if sheet.page == page:
            sheet.y = top
        sheet.lines(said, x=LEFT + 230, room=RIGHT - LEFT - 230)
        sheet.y = min(sheet.y, below) - 4 if sheet.page == page else sheet.y - 4
    sheet.y -= 12


def _draw_slip(sheet: PageWriter, cover: Cover, placed: PlacedPaper, slip: Slip) -> None:
    """One page that says which pages are not here and why. Its words are short enough never to fill the page."""
    sheet.lines(", ".join(part for part in (cover.title, cover.case_number) if part), ink=GREY, after=120)
    sheet.rule(INK, 1.2)
    sheet.y -= 14
    one = slip.pages == 1
    sheet.lines(f"{'Page' if one else 'Pages'} {slip.label}", size=22, bold=True, after=6)
    sheet.lines(f"{'This page is' if one else f'These {slip.pages} pages are'} {slip.heading}", size=14, after=14)
    sheet.lines(placed.paper.title, bold=True)
    sheet.lines(placed.paper.author, ink=GREY)
    sheet.y -= 14
    if slip.why:
        sheet.lines(slip.why, after=14)
    sheet.lines("The pages that follow keep their numbers.", ink=GREY, after=14)
    sheet.rule(INK, 1.2)


class _Index:
    """Draws the index line by line, and keeps the place of each line for its link."""

    def __init__(self, sheet: PageWriter, cover: Cover) -> None:
        self.sheet = sheet
        self.cover = cover
        self.links: list[IndexLink] = []

    def draw(self, numbered: Sequence[PlacedSection]) -> list[IndexLink]:
        essential = any(placed.paper.essential for part in numbered for placed in part.papers)
        self._draw_heading("Index", "* marks essential reading for this hearing" if essential else "")
        number = 0
        for part in numbered:
            # A section heading never stands alone at the foot of a page.
            self._make_room(self._height_of(part.papers[0]) + 3 * LEADING, None)
            self._draw_section(part)
            for placed in part.papers:
                number += 1
                self._make_room(self._height_of(placed), part)
                self._draw_paper(number, placed)
        return self.links

    def _draw_heading(self, title: str, note: str = "") -> None:
        sheet = self.sheet
        sheet.lines(title, size=18, bold=True)
        heard = format_moment(self.cover.hearing_at) if self.cover.hearing_at else ""
        said = ", ".join(part for part in (self.cover.case_number, self.cover.hearing, heard) if part)
        for words in (said, note):
            if words:
                sheet.lines(words, ink=GREY)
        sheet.y -= 8
        for x, words in ((LEFT + 4, "No."), (DATE_LEFT, "Date"), (TITLE_LEFT, "Document")):
            sheet.write(x, sheet.y - SIZE, words, bold=True)
        sheet.write(RIGHT - 4, sheet.y - SIZE, "Pages", bold=True, align="right")
        sheet.y -= LEADING + 2
        sheet.rule(INK, 1.0)
        sheet.y -= BETWEEN_ROWS

    def _make_room(self, height: float, part: PlacedSection | None) -> None:
        if self.sheet.y - height >= BOTTOM:
            return
        self.sheet.turn()
        self._draw_heading("Index (continued)")
        if part:
            self._draw_band(part.section, more=" (continued)")

    def _draw_band(self, section: BundleSection, more: str = "", pages: str = "") -> tuple[float, float, float, float]:
        sheet = self.sheet
        title_left = LEFT + 24
        lines = sheet.letters.wrap(f"{clean_text(section.title)}{more}", SIZE, PAGES_LEFT - title_left - 10, bold=True)
        said = self._range_lines(pages, bold=True)
        height = max(len(lines), len(said)) * LEADING + 5
        box = (LEFT, sheet.y - height, RIGHT, sheet.y)
        sheet.canvas.setFillColorRGB(*BAND)
        sheet.canvas.rect(LEFT, box[1], RIGHT - LEFT, height, stroke=0, fill=1)
        baseline = sheet.y - SIZE - 3
        sheet.write(LEFT + 4, baseline, section.letter, bold=True)
        for row, line in enumerate(lines):
            sheet.write(title_left, baseline - row * LEADING, line, bold=True)
        for row, line in enumerate(said):
            sheet.write(RIGHT - 4, baseline - row * LEADING, line, bold=True, ink=LINK, align="right")
        sheet.y = box[1] - BETWEEN_ROWS
        return box

    def _draw_section(self, part: PlacedSection) -> None:
        if self.links and self.links[-1].page == self.sheet.page:
            self.sheet.y -= BETWEEN_ROWS
        box = self._draw_band(part.section, pages=format_range(part.first_label, part.last_label))
        self.links.append(IndexLink(self.sheet.page, box, part.papers[0].sheets[0]))

    def _range_lines(self, pages: str, *, bold: bool = False) -> list[str]:
        # Two long labels, such as C112aa to C112ad, do not fit side by side.
        return self.sheet.letters.wrap(pages, SIZE, RIGHT - 4 - PAGES_LEFT, bold=bold)

    def _title_lines(self, placed: PlacedPaper) -> list[str]:
        title = f"{'* ' if placed.paper.essential else ''}{clean_text(placed.paper.title)}"
        return self.sheet.letters.wrap(title, SIZE, PAGES_LEFT - TITLE_LEFT - 10)

    def _small_lines(self, placed: PlacedPaper) -> list[str]:
        """Who wrote it, and what is not there."""
        said = (clean_text(placed.paper.author), capitalise(placed.note))
        room = PAGES_LEFT - TITLE_LEFT - 10
        return [line for words in said if words for line in self.sheet.letters.wrap(words, SIZE, room)]

    def _height_of(self, placed: PlacedPaper) -> float:
        lines = len(self._title_lines(placed)) + len(self._small_lines(placed))
        return max(lines, len(self._range_lines(placed.page_range))) * LEADING + BETWEEN_ROWS

    def _draw_paper(self, number: int, placed: PlacedPaper) -> None:
        sheet = self.sheet
        top = sheet.y
        baseline = top - SIZE
        sheet.write(LEFT + 4, baseline, str(number))
        dated = placed.paper.dated
        sheet.write(DATE_LEFT, baseline, format_short_date(dated) if dated else "undated", ink=INK if dated else GREY)
        pages = self._range_lines(placed.page_range)
        for row, line in enumerate(pages):
            sheet.write(RIGHT - 4, baseline - row * LEADING, line, ink=LINK, align="right")
        for line in self._title_lines(placed):
            sheet.write(TITLE_LEFT, sheet.y - SIZE, line)
            sheet.y -= LEADING
        for line in self._small_lines(placed):
            sheet.write(TITLE_LEFT, sheet.y - SIZE, line, ink=GREY)
            sheet.y -= LEADING
        sheet.y = min(sheet.y, top - len(pages) * LEADING)
        self.links.append(IndexLink(sheet.page, (LEFT, sheet.y, RIGHT, top), placed.sheets[0]))
        sheet.y -= BETWEEN_ROWS / 2
        sheet.rule(weight=0.4)
        sheet.y -= BETWEEN_ROWS / 2
