"""What all drawings of a case are made with: colours, a pen, a key, and a PNG that is the same bytes every time."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image, ImageDraw, PngImagePlugin

from generator.base.fonts import TextLine

TEAL, INK, GREY, PALE, PALEST, WHITE = "#1F5C61", "#1A1A1A", "#595959", "#B9C4C5", "#D5DCDC", "#FFFFFF"
PAGE_WIDTH, PAGE_HEIGHT = 1240, 1700
"""What stands on one page of A4 under a heading, when it is printed 17 cm wide."""
_CENTIMETRES = 17
_JOINERS = "\u200c\u200d"

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class DescribedPicture:
    """A picture as PNG, and `alt`, the same in words for people who cannot see it.

    Printed 17 cm wide, its text has 7 points or more.
    """

    png: bytes
    alt: str


def clean(text: str) -> str:
    """A text in one line, without the characters that no font can show."""
    kept = (one if one in _JOINERS or unicodedata.category(one)[0] != "C" else " " for one in text)
    return " ".join("".join(kept).split())


class Pen:
    """Draws on a white image, with all places counted from its `left` and `top`."""

    def __init__(self, width: int, height: int, left: int = 0, top: int = 0) -> None:
        self.image = Image.new("RGB", (width, height), WHITE)
        self.left, self.top = left, top
        self._draw = ImageDraw.Draw(self.image)

    def words(
        self, lines: Sequence[TextLine], x: float, y: float, colour: str = INK, *, centred: bool = False
    ) -> float:
        """Draw lines of text, the first with its top at `y`; returns where the next would start.

        `x` is their left edge or, where they are `centred`, their middle.
        """
        for line in lines:
            at = round(self.left + x - line.width / 2) if centred else self.left + x
            line.draw(self._draw, at, self.top + y, colour)
            y += line.style.line_height
        return y

    def line(self, *points: Point, colour: str = TEAL, thickness: int = 2, dash: tuple[int, int] | None = None) -> None:
        """Draw straight lines from point to point, level or upright; `dash` is how long dashes and gaps are."""
        for (x1, y1), (x2, y2) in pairwise(points):
            length = round(abs(x2 - x1) + abs(y2 - y1))
            drawn, left_out = dash or (length, 1)
            for start in range(0, length + 1, drawn + left_out):
                a, b = start / (length or 1), min(start + drawn, length) / (length or 1)
                self.stroke([(x1 + (x2 - x1) * t, y1 + (y2 - y1) * t) for t in (a, b)], colour, thickness)

    def stroke(self, points: Sequence[Point], colour: str = TEAL, thickness: int = 2) -> None:
        """Draw one line through points, at any slope."""
        self._draw.line([self._at(*point) for point in points], colour, thickness)

    def rectangle(
        self, box: tuple[float, float, float, float], fill: str, outline: str | None = None, thickness: int = 1
    ) -> None:
        """Draw a box with sharp corners."""
        self._draw.rectangle(self._box(box), fill, outline, thickness)

    def rounded(self, box: tuple[float, float, float, float], radius: int, fill: str) -> None:
        """Draw a box with round corners."""
        left, top, right, bottom = box
        self._draw.rounded_rectangle(
            (self.left + left, self.top + top, self.left + right, self.top + bottom), radius, fill
        )

    def ellipse(self, box: tuple[float, float, float, float], fill: str, outline: str, thickness: int) -> None:
        """Draw the ellipse that fills a box."""
        self._draw.ellipse(self._box(box), fill, outline, thickness)

    def polygon(self, corners: Sequence[Point], fill: str, outline: str | None = None, thickness: int = 1) -> None:
        """Draw a shape with these corners: a diamond, the head of an arrow."""
        self._draw.polygon([self._at(*corner) for corner in corners], fill, outline, thickness)

    def paste(self, image: Image.Image, x: float, y: float) -> None:
        """Lay another image on this one, with its top left corner at `x` and `y`, as transparent as it is."""
        self.image.paste(image, self._at(x, y), image if image.mode == "RGBA" else None)

    def _at(self, x: float, y: float) -> tuple[int, int]:
        return round(self.left + x), round(self.top + y)

    def _box(self, box: tuple[float, float, float, float]) -> tuple[int, int, int, int]:
        return (*self._at(*box[:2]), *self._at(*box[2:]))


def place_in_lines(widths: Sequence[int], room: int, space: int, step: int) -> Iterator[tuple[int, int]]:
    """Where the entries of a key stand: as many in a line as the room takes, the next line a `step` lower."""
    x, y = 0, 0
    for width in widths:
        if x and x + width > room:
            x, y = 0, y + step
        yield x, y
        x += width + space


def write_png(image: Image.Image, *, colours: int = 32, describes: str = "") -> bytes:
    """The picture as PNG, to be printed 17 cm wide; `describes` is what it shows in words, kept inside it."""
    kept = PngImagePlugin.PngInfo()
    if describes:
        kept.add_itxt("Description", describes, "en-GB", "Description")
    # Few colours, so a palette: a tenth of the time and size of full colour.
    small = image.quantize(colours, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    # It rounds white down by one, which a printer would answer with a veil of dots.
    small.putpalette([value + (value == 254) for value in small.getpalette() or ()])
    file = io.BytesIO()
    small.save(file, "PNG", compress_level=6, dpi=(image.width * 2.54 / _CENTIMETRES,) * 2, pnginfo=kept)
    return file.getvalue()
