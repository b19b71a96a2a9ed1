"""How an authority's papers look: the choices from which a house style is drawn. Two invented authorities."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Sizes:
    """One scale of sizes for all papers, in half-points."""

    small: int
    table: int
    text: int
    heading_3: int
    heading_2: int
    heading_1: int
    subtitle: int
    title: int


@dataclass(frozen=True, slots=True)
class Page:
    """A4, with margins in millimetres, and how far running text stops short of the right margin.

    Tables take the whole width; text does not, because long lines are hard to follow.
    """

    left: float
    right: float
    top: float
    bottom: float
    header: float
    footer: float
    text_stops_short: float

    @property
    def width(self) -> int:
        """Between the margins, in twentieths of a point."""
        return twips(210 - self.left - self.right)


@dataclass(frozen=True, slots=True)
class Look:
    """The choices of one authority. Colours are RRGGBB.

    `accent` is the one colour of headings, rules and table heads; `line` draws hairlines; `tint` is the ground of what
    stands out quietly; `quiet` is small print. `head_ground` and `head_words` are for the first row of a table.
    """

    text_font: str
    heading_font: str
    accent: str
    line: str
    tint: str
    quiet: str
    head_ground: str
    head_words: str
    sizes: Sizes
    page: Page
    bullets: tuple[str, str]
    points: tuple[tuple[str, str], ...]
    has_logo: bool = False


INK = "1A1A1A"
"""Third-level headings: as dark as text."""
UNFINISHED = "8F4300"
"""Amber: gaps and the draft mark, alike in every house, so that what is unfinished is known everywhere."""
UNFINISHED_TINT = "FFF3DC"


def twips(millimetres: float) -> int:
    """Millimetres as twentieths of a point."""
    return round(millimetres * 1440 / 25.4)


SHIPPED = Look(
    text_font="Arial",
    heading_font="Arial",
    accent="1F5C61",
    line="B9CCCE",
    tint="EAF2F2",
    quiet="566366",
    head_ground="EAF2F2",
    head_words="1F5C61",
    sizes=Sizes(small=17, table=20, text=22, heading_3=22, heading_2=25, heading_1=30, subtitle=26, title=42),
    page=Page(left=22, right=22, top=24, bottom=20, header=11, footer=9, text_stops_short=6),
    bullets=("•", "–"),
    points=(("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)")),
)
"""What comes with the product: deep teal, Arial throughout."""

_PLUM: dict[str, Any] = {
    "accent": "6B1F4E",
    "line": "CDB9C6",
    "tint": "F6EFF3",
    "quiet": "5E5560",
    "head_ground": "6B1F4E",
    "head_words": "FFFFFF",
}

SECOND = replace(
    SHIPPED,
    text_font="Carlito",
    heading_font="Caladea",
    **_PLUM,
    sizes=Sizes(small=18, table=21, text=23, heading_3=23, heading_2=27, heading_1=34, subtitle=28, title=48),
    page=Page(left=27, right=20, top=27, bottom=23, header=11, footer=10, text_stops_short=10),
    bullets=("▪", "–"),
    points=(("lowerLetter", "(%1)"), ("lowerRoman", "(%2)"), ("decimal", "%3.")),
    has_logo=True,
)
"""A second, invented authority: plum, serif headings over Carlito, a mark in the corner, points that are letters."""
