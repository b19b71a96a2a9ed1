"""Look at the pages of a clean PDF as a reader shows them: words nobody can see, words cut off, pages without words."""

from __future__ import annotations

import ctypes
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from generator.evidence.results import Findings, MustNotFile, name_pages

if TYPE_CHECKING:
    from PIL import Image

_SCALE = 2.0
_MOST_PIXELS = 8_000_000
_NO_CONTRAST = 16
"""Measured: black over words leaves 0; a picture of a black box as JPEG some 10; the palest print that is read 25."""
_LIGHT, _DARK, _LIKE = 235, 64, 24
_WORD = 3
_INVISIBLE_WORD = 12
"""Readers of scans guess letters into blank paper; this many in a row are no guess."""
_FURNITURE, _LONG_FURNITURE = 20, 200
"""Letters outside what is shown: a page number and the line of a printer; the same line on every page."""
_FEW_LETTERS = 15
_WHOLE_PAGE, _NO_ORNAMENT = 0.5, 0.05
"""Parts of the page that pictures take: of a scan with a few words stamped on it, and of a crest or a logo."""
_MANY_STROKES = 20
_MARKER = 3.0
_HELD = 32 * 1024**2
"""How much of a file to look at before it is opened anew."""
_INVISIBLE = 3

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Cover:
    """Something painted that can hide what lies under it: where, after how many other things, and if a picture."""

    box: Box
    order: int
    picture: bool
    colour: tuple[int, ...] | None
    """None where it has no one colour, as a picture."""

    def holds(self, x: float, y: float) -> bool:
        return self.box[0] <= x <= self.box[2] and self.box[1] <= y <= self.box[3]


@dataclass(slots=True)
class _Seen:
    """What was seen on one page."""

    covered: bool = False
    unseen: bool = False
    outside: list[str] = field(default_factory=list)
    picture_outside: bool = False
    without_text: bool = False


def look_at_pages(file: Path, pages: Iterable[int], found: Findings) -> None:
    """Look at some pages (from 0) and add what a person should know to `found`.

    Raises MustNotFile for words under a box or in its colour, and for words outside the part of a page that is shown:
    both can be read in the file by anybody.
    """
    seen: dict[int, _Seen] = {}
    waiting = [*pages]
    at_a_time = max(_HELD * found.pages // max(file.stat().st_size, 1), 1)
    # An opened file keeps every picture that was looked at, so it is opened anew from time to time.
    for start in range(0, len(waiting), at_a_time):
        with pypdfium2.PdfDocument(file) as pdf:
            for number in waiting[start : start + at_a_time]:
                page = pdf[number]
                seen[number + 1] = _look(page)
                page.close()
    covered = [number for number, one in seen.items() if one.covered]
    if covered:
        raise MustNotFile(
            f"Words on {name_pages(covered)} are under a box or in the colour of one, and can still be copied out",
            "black them out with a redaction tool, which takes the words away, or file a scan of the covered pages",
        )
    _judge_outside(seen, found)
    if unseen := [number for number, one in seen.items() if one.unseen]:
        found.warnings.append(f"There are words on {name_pages(unseen)} that cannot be seen and can still be found")
    if cut := [number for number, one in seen.items() if one.picture_outside]:
        found.warnings.append(f"Pictures on {name_pages(cut)} go on outside what is shown, and the rest is in the file")
    found.without_text += [number for number, one in seen.items() if one.without_text]


def find_cut_off(file: Path, pages: Iterable[int]) -> set[int]:
    """Which of some pages (from 0) have text that reaches over the edge of what is shown.

    It takes a third of the time of looking at them in full.
    """
    cut = set()
    with pypdfium2.PdfDocument(file) as pdf:
        for number in pages:
            page = pdf[number]
            page.set_rotation(0)
            shown: Box = page.get_bbox()
            if any(_reaches_over(one.box, shown) for one in _read_objects(page, shown).texts):
                cut.add(number)
            page.close()
    return cut


def _judge_outside(seen: dict[int, _Seen], found: Findings) -> None:
    lines = Counter(line for one in seen.values() for line in set(one.outside))
    told, stops = [], []
    for number, one in seen.items():
        own = sum(len(line) for line in one.outside if lines[line] == 1)
        every = sum(map(len, one.outside))
        if own >= _FURNITURE or every >= _LONG_FURNITURE:
            stops.append(number)
        elif every:
            told.append(number)
    if stops:
        raise MustNotFile(
            f"Words on {name_pages(stops)} lie outside the part of the page that is shown, and are still in the file",
            "show the whole page, or print it to a new PDF as a picture",
        )
    if told:
        found.warnings.append(
            f"Outside the part of {name_pages(told)} that is shown stand a few letters, such as a printer's line"
        )


def _look(page: Any) -> _Seen:
    # As it lies in the file: what is looked for does not depend on how the page is turned.
    page.set_rotation(0)
    shown: Box = page.get_bbox()
    painted = _read_objects(page, shown)
    seen = _Seen()
    text = page.get_textpage()
    letters: list[_Letter] = []
    if any(_is_doubtful(one, painted.covers, shown) for one in painted.texts):
        letters = [*_list_letters(text, painted.order)]
        inside = [one for one in letters if _holds(shown, one.x, one.y)]
        seen.outside = [*_join_lines([one for one in letters if not _holds(shown, one.x, one.y)])]
        _find_hidden(page, shown, painted.covers, inside, seen)
        count = len(inside)
    else:
        count = sum(map(str.isalnum, text.get_text_range()))
    text.close()
    # A scan, or print that was turned into outlines; not a page with a line or a box on it.
    written = painted.area > _NO_ORNAMENT or len(painted.order) > _MANY_STROKES
    seen.without_text = written and count < (_FEW_LETTERS if painted.area > _WHOLE_PAGE else 1)
    seen.picture_outside = any(cover.picture and _goes_on(cover.box, shown) for cover in painted.covers)
    return seen


class _Letter(NamedTuple):
    """A letter or figure: where its middle and its box are, what text it belongs to, and how that is painted."""

    letter: str
    x: float
    y: float
    box: Box
    order: int
    at: int
    colour: tuple[int, ...] | None
    """None where it is written invisibly, as the words of a scan are."""


class _Text(NamedTuple):
    """A piece of text as it is painted: where, after how many other things, and in which colour."""

    box: Box
    order: int
    colour: tuple[int, ...] | None


@dataclass(slots=True)
class _Painted:
    """What is painted on a page: covers and texts, the place of each in the order, and the part pictures take."""

    covers: list[_Cover] = field(default_factory=list)
    texts: list[_Text] = field(default_factory=list)
    order: dict[int, int] = field(default_factory=dict)
    area: float = 0.0


def _read_objects(page: Any, shown: Box) -> _Painted:
    painted = _Painted()
    matrices: list[Any] = [pypdfium2.PdfMatrix()]
    whole = max((shown[2] - shown[0]) * (shown[3] - shown[1]), 1.0)
    for place, one in enumerate(page.get_objects()):
        painted.order[ctypes.addressof(one.raw.contents)] = place
        del matrices[one.level + 1 :]
        if one.type == pdfium.FPDF_PAGEOBJ_FORM:
            matrices.append(one.get_matrix().multiply(matrices[-1]))
            continue
        picture = one.type == pdfium.FPDF_PAGEOBJ_IMAGE
        written = one.type == pdfium.FPDF_PAGEOBJ_TEXT
        filled = one.type == pdfium.FPDF_PAGEOBJ_PATH and _fills(one)
        if not (picture or written or filled or one.type == pdfium.FPDF_PAGEOBJ_SHADING):
            continue
        box = matrices[-1].on_rect(*one.get_bounds()) if one.level else one.get_bounds()
        if written:
            painted.texts.append(_Text(box, place, _read_colour(one)))
            continue
        painted.covers.append(_Cover(box, place, picture, _read_shading(one) if filled else None))
        if picture:
            across = max(min(box[2], shown[2]) - max(box[0], shown[0]), 0)
            painted.area += across * max(min(box[3], shown[3]) - max(box[1], shown[1]), 0) / whole
    return painted


def _is_doubtful(text: _Text, covers: list[_Cover], shown: Box) -> bool:
    """Whether a piece of text could be hidden or cut off, so that its letters must be looked at one by one.

    Most is written on paper, or on the shading of a table in another colour, and nothing is painted over it.
    """
    if text.colour is None or min(text.colour) >= _LIGHT:
        return True
    if _reaches_over(text.box, shown):
        return True
    x0, y0, x1, y1 = text.box
    return any(
        cover.order > text.order or cover.colour is None or _is_like(cover.colour, text.colour)
        for cover in covers
        if cover.box[0] <= x1 and cover.box[2] >= x0 and cover.box[1] <= y1 and cover.box[3] >= y0
    )


def _reaches_over(box: Box, shown: Box) -> bool:
    return box[0] < shown[0] or box[1] < shown[1] or box[2] > shown[2] or box[3] > shown[3]


def _is_like(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= _LIKE for a, b in zip(one, other, strict=True))


def _fills(path: Any) -> bool:
    """Whether a path is filled, or is a stroke of a pen as wide as a marker."""
    mode, stroke, width = ctypes.c_int(), pdfium.FPDF_BOOL(), ctypes.c_float()
    if not pdfium.FPDFPath_GetDrawMode(path, mode, stroke):
        return False
    if mode.value != pdfium.FPDF_FILLMODE_NONE:
        return True
    # Its width is in units of the path, which may be enlarged; a ruled line is narrower than any letter even so.
    wide = pdfium.FPDFPageObj_GetStrokeWidth(path, width) and width.value * _enlargement(path) >= _MARKER
    return bool(stroke.value and wide)


def _read_shading(path: Any) -> tuple[int, ...] | None:
    """The one colour that a filled path gives its ground; None for one that is only stroked, or lets others through."""
    mode, stroke = ctypes.c_int(), pdfium.FPDF_BOOL()
    pdfium.FPDFPath_GetDrawMode(path, mode, stroke)
    plain = mode.value != pdfium.FPDF_FILLMODE_NONE and not pdfium.FPDFPageObj_HasTransparency(path)
    return _read_fill(path) if plain and not stroke.value else None


def _enlargement(path: Any) -> float:
    matrix = path.get_matrix()
    return float(max(abs(matrix.a) + abs(matrix.b), abs(matrix.c) + abs(matrix.d)))


def _list_letters(text: Any, order: dict[int, int]) -> Iterator[_Letter]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    colours: dict[int, tuple[int, ...] | None] = {}
    for index in range(text.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(text, index))
        # Dots that lead to a page number are no words.
        if not letter.isalnum():
            continue
        held = pdfium.FPDFText_GetTextObject(text, index)
        if held and pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top):
            place = order.get(ctypes.addressof(held.contents), len(order))
            if place not in colours:
                colours[place] = _read_colour(held)
            x0, y0, x1, y1 = left.value, bottom.value, right.value, top.value
            yield _Letter(letter, (x0 + x1) / 2, (y0 + y1) / 2, (x0, y0, x1, y1), place, index, colours[place])


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _goes_on(box: Box, shown: Box) -> bool:
    """Whether more than a twentieth of a picture lies outside: less is the edge that printers cut off."""
    width, height = box[2] - box[0], box[3] - box[1]
    across, up = min(box[2], shown[2]) - max(box[0], shown[0]), min(box[3], shown[3]) - max(box[1], shown[1])
    return width * height > 0 and max(across, 0) * max(up, 0) < 0.95 * width * height


def _join_lines(letters: list[_Letter]) -> Iterator[str]:
    """Lines of letters without figures, so that page numbers and dates do not make every line another."""
    line, before = "", None
    for one in letters:
        if before and abs(one.y - before.y) > max(one.box[3] - one.box[1], 2):
            yield line
            line = ""
        line += "" if one.letter.isdigit() else one.letter.casefold()
        before = one
    yield line


def _find_hidden(page: Any, shown: Box, covers: list[_Cover], letters: list[_Letter], seen: _Seen) -> None:
    """Whether words of the page have no contrast with what is around them, and why."""
    tops = [_find_top(one, covers) for one in letters]
    doubtful = [
        number
        for number, (one, top) in enumerate(zip(letters, tops, strict=True))
        if top or one.colour is None or min(one.colour) >= _LIGHT
    ]
    if not doubtful:
        return
    width, height = shown[2] - shown[0], shown[3] - shown[1]
    scale = min(_SCALE, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
    bitmap = page.render(scale=scale, may_draw_forms=False, draw_annots=False, rev_byteorder=True)
    picture = bitmap.to_pil()
    run = Counter[bool]()
    for number in doubtful:
        # Three letters and what is between them: one alone can fill its place, as an l does.
        three = letters[number - 1 : number + 2] if number else []
        ground = _read_ground(picture, three, shown, scale) if _is_word(three) else None
        if ground is None:
            run.clear()
            continue
        one, top = letters[number], tops[number]
        covered = _is_covered(one, top, ground)
        run[covered] += 1
        guessed = one.colour is None or (not covered and top is not None and top.picture)
        if run[covered] + 2 >= (_INVISIBLE_WORD if guessed and min(ground) >= _LIGHT else _WORD):
            seen.covered = seen.covered or covered
            seen.unseen = seen.unseen or not covered
    picture.close()
    bitmap.close()


def _find_top(one: _Letter, covers: list[_Cover]) -> _Cover | None:
    """What was painted last of all that is painted where a letter stands."""
    return next((cover for cover in reversed(covers) if cover.holds(one.x, one.y)), None)


def _is_word(three: list[_Letter]) -> bool:
    """Whether three letters follow each other on one line."""
    if len(three) < _WORD:
        return False
    height = max(one.box[3] - one.box[1] for one in three)
    level = max(one.y for one in three) - min(one.y for one in three) <= height
    return level and all(b.at - a.at <= _WORD for a, b in itertools.pairwise(three))


def _is_covered(one: _Letter, top: _Cover | None, ground: tuple[int, ...]) -> bool:
    if top is None:
        return False
    if top.order > one.order:
        # Words of a scan often lie under its picture; on its blank paper they are only guessed.
        return not top.picture or min(ground) < _LIGHT
    if one.colour is None:
        return max(ground) <= _DARK
    return min(ground) < _LIGHT and _is_like(one.colour, ground)


def _read_colour(text: Any) -> tuple[int, ...] | None:
    return None if pdfium.FPDFTextObj_GetTextRenderMode(text) == _INVISIBLE else _read_fill(text)


def _read_fill(painted: Any) -> tuple[int, ...] | None:
    parts = [ctypes.c_uint() for _ in range(4)]
    return tuple(part.value for part in parts[:3]) if pdfium.FPDFPageObj_GetFillColor(painted, *parts) else None


def _read_ground(picture: Image.Image, three: list[_Letter], shown: Box, scale: float) -> tuple[int, ...] | None:
    """The one colour of the place where letters stand; None where there is more than one, so that they can be read."""
    x0, x1 = min(one.box[0] for one in three), max(one.box[2] for one in three)
    y0, y1 = min(one.box[1] for one in three), max(one.box[3] for one in three)
    left, upper = round((x0 - shown[0]) * scale), round((shown[3] - y1) * scale)
    right, lower = round((x1 - shown[0]) * scale), round((shown[3] - y0) * scale)
    place = (
        max(left, 0),
        max(upper, 0),
        min(max(right, left + 1), picture.width),
        min(max(lower, upper + 1), picture.height),
    )
    if place[2] <= place[0] or place[3] <= place[1]:
        return None
    parts: Any = picture.crop(place).getextrema()
    if max(high - low for low, high in parts) > _NO_CONTRAST:
        return None
    return tuple(high for _, high in parts)


def differs(before: Any, after: Any) -> bool:
    """Whether two pages (of pdfium) look different anywhere: a letter or an answer missing is enough."""
    from PIL import ImageChops

    pictures = []
    for page in (before, after):
        width, height = page.get_size()
        # Both to one width, so that a page that was scaled can be compared with the one it was.
        bitmap = page.render(scale=min(700 / max(width, 1), 2000 / max(height, 1)), rev_byteorder=True)
        pictures.append(bitmap.to_pil().convert("RGB"))
    if any(abs(a - b) > 2 for a, b in zip(pictures[0].size, pictures[1].size, strict=True)):
        return True
    size = tuple(map(min, *(picture.size for picture in pictures)))
    first, second = (picture.crop((0, 0, *size)) for picture in pictures)
    changed: Any = ImageChops.difference(first, second).convert("L").reduce(6).getextrema()
    return bool(changed[1] > 40)
