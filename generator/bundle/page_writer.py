"""A sheet of A4 to write on: what cover, index, slip pages and change notes are drawn with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from generator.base.pages import A4
from generator.bundle.fonts import Typesetter, clean_text

LEFT, RIGHT, TOP, BOTTOM = 62.0, A4[0] - 62.0, A4[1] - 62.0, 62.0
SIZE, LEADING, BETWEEN_ROWS = 12.0, 15.5, 6.0
DATE_LEFT, TITLE_LEFT, PAGES_LEFT = LEFT + 34, LEFT + 116, RIGHT - 104
INK, GREY, RULE, BAND, LINK = (0.0,) * 3, (0.32,) * 3, (0.72,) * 3, (0.925, 0.937, 0.953), (0.05, 0.22, 0.5)


@dataclass(frozen=True, slots=True)
class TableColumn:
    """Where the words of a column begin, how much room they have, and its heading."""

    left: float
    room: float
    heading: str


class PageWriter:
    """A page being filled from the top down; turning it starts the next."""

    def __init__(self, canvas: Any, letters: Typesetter) -> None:
        self.canvas = canvas
        self.letters = letters
        self.page = 0
        self.y = TOP

    def turn(self) -> None:
        """Begin the next page at its top."""
        self.canvas.showPage()
        self.page += 1
        self.y = TOP

    def keep_together(self, height: float) -> bool:
        """Turn the page unless there is as much room left on it; returns whether it was turned."""
        is_full = self.y - height < BOTTOM
        if is_full:
            self.turn()
        return is_full

    def write(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = SIZE,
        bold: bool = False,
        ink: tuple[float, ...] = INK,
        align: str = "left",
    ) -> None:
        """Write one line at a place; `x` is its left end, its right end or its middle."""
        width = self.letters.width(text, size, bold=bold) if align != "left" else 0
        x -= width if align == "right" else width / 2 if align == "centre" else 0
        words = self.canvas.beginText(x, y)
        words.setFillColorRGB(*ink)
        for run in self.letters.runs(text, bold=bold):
            words.setFont(run.font, size)
            words.textOut(run.text)
        self.canvas.drawText(words)

    def lines(
        self,
        text: str,
        *,
        size: float = SIZE,
        bold: bool = False,
        room: float = RIGHT - LEFT,
        x: float = LEFT,
        align: str = "left",
        after: float = 0,
        ink: tuple[float, ...] = INK,
    ) -> None:
        """Write a paragraph at the present height and move below it, turning the page when it is full."""
        leading = size * LEADING / SIZE
        for line in self.letters.wrap(clean_text(text), size, room, bold=bold):
            if self.y - leading < BOTTOM:
                self.turn()
            self.y -= leading
            self.write(x, self.y + leading - size, line, size=size, bold=bold, align=align, ink=ink)
        self.y -= after

    def rule(self, ink: tuple[float, ...] = RULE, weight: float = 0.75) -> None:
        """Draw a line across at the present height."""
        self.canvas.setStrokeColorRGB(*ink)
        self.canvas.setLineWidth(weight)
        self.canvas.line(LEFT, self.y, RIGHT, self.y)

    def heads(self, columns: Sequence[TableColumn], last: str = "") -> None:
        """Write the headings of a table, `last` at the right edge, and a line under them."""
        for column in columns:
            self.write(column.left, self.y - SIZE, column.heading, bold=True)
        if last:
            self.write(RIGHT - 4, self.y - SIZE, last, bold=True, align="right")
        self.y -= LEADING + 2
        self.rule(INK, 1.0)
        self.y -= BETWEEN_ROWS

    def end_row(self, gap: float = BETWEEN_ROWS / 2) -> None:
        """Draw a thin line under a row of a table, with a gap before and after it."""
        self.y -= gap
        self.rule(weight=0.4)
        self.y -= gap

    def table(
        self, columns: Sequence[TableColumn], rows: Iterable[Sequence[str]], gap: float = BETWEEN_ROWS / 2
    ) -> None:
        """Write rows of words under headings, which stand again on each new page. After a line break words are grey."""
        self.heads(columns)
        for row in rows:
            cells = [[*self._wrap_cell(column, words)] for column, words in zip(columns, row, strict=True)]
            height = max(len(lines) for lines in cells) * LEADING
            if self.keep_together(height + 2 * gap):
                self.heads(columns)
            for column, lines in zip(columns, cells, strict=True):
                for place, (line, ink) in enumerate(lines):
                    self.write(column.left, self.y - SIZE - place * LEADING, line, ink=ink)
            self.y -= height
            self.end_row(gap)

    def _wrap_cell(self, column: TableColumn, words: str) -> Iterable[tuple[str, tuple[float, ...]]]:
        for place, part in enumerate(words.split("\n")):
            if part:
                for line in self.letters.wrap(clean_text(part), SIZE, column.room):
                    yield line, INK if not place else GREY
