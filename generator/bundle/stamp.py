"""Write a page's number on it: at the bottom right of what the reader sees, however the page was made."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pypdf import PageObject, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    StreamObject,
)

from generator.base.errors import BundleError, Problem
from generator.base.pages import A4
from generator.base.pdf_objects import look_up

FONT_NAME = "/ZZBndl"
SIZE = 12.0
FROM_EDGE, FROM_FOOT, PADDING = 16.0, 11.0, 3.0
ORDINARY_SIDES = range(400, 701)

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class VisiblePage:
    """What the reader sees of a page: its size as displayed, and the matrix from there to the page's coordinates."""

    width: float
    height: float
    matrix: Matrix

    def to_page(self, x: float, y: float) -> tuple[float, float]:
        """A displayed point in the page's own coordinates."""
        a, b, c, d, e, f = self.matrix
        return a * x + c * y + e, b * x + d * y + f


def measure_visible(page: DictionaryObject) -> VisiblePage:
    """The part of the media box that the crop box shows, turned as the reader sees it."""
    media = _read_box(look_up(page, "/MediaBox")) or (0.0, 0.0, *A4)
    crop = _read_box(look_up(page, "/CropBox")) or media
    shown = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    if shown[2] - shown[0] <= 0 or shown[3] - shown[1] <= 0:
        shown = media
    x0, y0, x1, y1 = shown
    turned = look_up(page, "/Rotate")
    rotation = int(turned) % 360 if isinstance(turned, (int, float)) else 0
    matrices: dict[int, Matrix] = {
        90: (0, 1, -1, 0, x1, y0),
        180: (-1, 0, 0, -1, x1, y1),
        270: (0, -1, 1, 0, x0, y1),
    }
    width, height = (y1 - y0, x1 - x0) if rotation in (90, 270) else (x1 - x0, y1 - y0)
    return VisiblePage(width, height, matrices.get(rotation, (1, 0, 0, 1, x0, y0)))


def _read_box(box: Any) -> Box | None:
    try:
        numbers = [float(number.get_object()) for number in box.get_object()]
        x0, y0, x1, y1 = numbers
    except (AttributeError, TypeError, ValueError):
        return None
    box_read = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return box_read if box_read[2] - box_read[0] > 0 and box_read[3] - box_read[1] > 0 else None


class Stamper:
    """Stamps the pages of one file with one embedded font; `size` is that of its letters, in points."""

    def __init__(self, writer: PdfWriter, font: IndirectObject, size: float = SIZE) -> None:
        self._writer = writer
        self._size = size
        self._font = font
        self._widths = _read_widths(font)
        self._resources: dict[int, IndirectObject] = {}
        self._openings: dict[int, IndirectObject] = {}

    def stamp(self, page: PageObject, label: str) -> None:
        """Add the label to a page of the writer as its last content stream, after putting back the page's own state."""
        streams = _list_streams(page)
        opened, closed = balance_state([_read_stream(stream) for stream in streams])
        name = self._give_font(page)
        stamp = DecodedStreamObject()
        # A new line first: some readers join streams with a blank, and the page's last words may be a comment.
        stamp.set_data(b"\n" + b"Q " * closed + self._draw(measure_visible(page), label, name))
        references = [stream.indirect_reference or self._writer._add_object(stream) for stream in streams]
        page[NameObject("/Contents")] = ArrayObject(
            [self._opening(opened), *references, self._writer._add_object(stamp)]
        )

    def _draw(self, visible: VisiblePage, label: str, font: str) -> bytes:
        scale, moved = _place_on(visible)
        size = self._size
        text = sum(self._widths[letter] for letter in label) * size / 1000
        width = text + 2 * PADDING
        x = visible.width / scale - FROM_EDGE - width
        plate = f"1 g {x:.2f} {FROM_FOOT} {width:.2f} {size + PADDING} re f"
        plain = f"0 g 0 Tr 0 Tc 0 Tw 100 Tz 0 Ts {font} {size} Tf"
        words = f"BT {plain} {x + PADDING:.2f} {FROM_FOOT + PADDING} Td ({label}) Tj ET"
        return f"/Artifact <</Type /Pagination>> BDC q {moved} cm {plate} {words} Q EMC".encode("ascii")

    def _opening(self, saves: int) -> IndirectObject:
        if saves not in self._openings:
            opening = DecodedStreamObject()
            opening.set_data(b"q " * saves)
            self._openings[saves] = self._writer._add_object(opening)
        return self._openings[saves]

    def _give_font(self, page: PageObject) -> str:
        """Put the font under a private name into a copy of the page's resources, which other pages may share."""
        resources = look_up(page, "/Resources")
        if not isinstance(resources, DictionaryObject):
            resources = DictionaryObject()
        fonts = look_up(resources, "/Font")
        fonts = DictionaryObject(fonts) if isinstance(fonts, DictionaryObject) else DictionaryObject()
        name = FONT_NAME
        while name in fonts:
            name += "x"
        raw = page.raw_get("/Resources") if "/Resources" in page else None
        key = raw.idnum if isinstance(raw, IndirectObject) else 0
        if key not in self._resources or not key:
            fonts[NameObject(name)] = self._font
            copied = DictionaryObject(resources)
            copied[NameObject("/Font")] = fonts
            self._resources[key] = self._writer._add_object(copied)
        page[NameObject("/Resources")] = self._resources[key]
        return name


@functools.lru_cache(maxsize=256)
def _place_on(visible: VisiblePage) -> tuple[float, str]:
    """The size of the stamp on a page, and the matrix that puts it upright at the foot of what is seen."""
    short = min(visible.width, visible.height)
    # On a plan of A1 size, or a photograph of stamp size, the number keeps its proportion to the page.
    scale = 1.0 if int(short) in ORDINARY_SIDES else short / A4[0]
    a, b, c, d, e, f = visible.matrix
    return scale, " ".join(map(_number, (a * scale, b * scale, c * scale, d * scale, e, f)))


def _read_widths(font: IndirectObject) -> Mapping[str, float]:
    described = font.get_object()
    assert isinstance(described, DictionaryObject)
    first, widths = int(described["/FirstChar"]), described["/Widths"]  # type: ignore[call-overload]
    assert isinstance(widths, ArrayObject)
    return {chr(first + place): float(width) for place, width in enumerate(widths)}


def _list_streams(page: PageObject) -> list[StreamObject]:
    contents = look_up(page, "/Contents")
    parts = contents if isinstance(contents, ArrayObject) else [contents]
    return [found for part in parts if part is not None and isinstance(found := part.get_object(), StreamObject)]


def _read_stream(stream: StreamObject) -> bytes:
    try:
        data = bytes(stream.get_data())
    except Exception:
        # What cannot be decoded is not drawn either, so it changes no state; the errors are not only pypdf's own.
        return b""
    # pypdf would otherwise hold every page of the bundle decoded in memory until the end.
    if isinstance(stream, EncodedStreamObject):
        stream.decoded_self = None
    return data


_INNER = rb"\((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.)*+\))*+\)"
_STRING = rb"\((?:[^()\\]++|\\.|" + _INNER + rb")*+\)"
_TOKENS = re.compile(
    rb"%[^\r\n]*|" + _STRING + rb"|(?<![^\s])BI(?=[\s/]).{0,2000}?\sID\s|(?<![^\s\])>])[qQ](?![^\s\[(</%])",
    re.DOTALL,
)
_IMAGE_END = re.compile(rb"\sEI(?=\s[\t\r\n\x20-\x7e]{5}|\s[\t\r\n\x20-\x7e]*\Z|\Z)")


def balance_state(parts: list[bytes]) -> tuple[int, int]:
    """How many saves (q) must stand before a page's content, and how many restores (Q) after it.

    Content that leaves a state open, or restores more than it saved, would otherwise move or shrink what follows it.
    """
    content = b"\n".join(parts)
    depth = lowest = position = 0
    images_end = True
    while token := _TOKENS.search(content, position):
        said, position = token.group(), token.end()
        if said == b"q":
            depth += 1
        elif said == b"Q":
            depth -= 1
            lowest = min(lowest, depth)
        elif images_end and said.startswith(b"BI"):
            # A picture inside the content: its bytes may look like anything. An end that is missing is missed once.
            end = _IMAGE_END.search(content, position - 1)
            images_end = end is not None
            position = end.end() if end else position
    return 1 - lowest, 1 - lowest + depth


def find_font(page: PageObject, name: str) -> IndirectObject:
    """The embedded font with this name, whose first subset holds all letters and digits under their ASCII codes.

    Raises BundleError when the page does not have it.
    """
    fonts = page["/Resources"]["/Font"]  # type: ignore[index]
    for key in sorted(fonts):
        font = fonts.raw_get(key)
        if isinstance(font, IndirectObject) and key.endswith("+0") and fonts[key]["/BaseFont"].endswith(f"+{name}"):
            return font
    problem = Problem("B002", "The front pages have no embedded font")
    raise BundleError("The font for the page numbers was not embedded", (problem,))


def _number(value: float) -> str:
    said = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if said == "-0" else said


def point_to(page: PageObject) -> ArrayObject:
    """A destination at the top left of a page as displayed, which leaves the reader's zoom as it is."""
    visible = measure_visible(page)
    x, y = visible.to_page(0, visible.height)
    reference = page.indirect_reference
    assert reference is not None
    return ArrayObject([reference, NameObject("/XYZ"), FloatObject(_number(x)), FloatObject(_number(y)), NullObject()])
