"""Answers in forms: made part of the page as they are shown, each with its own words, none lost."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from generator.base.fonts import TextStyle, has_letter
from generator.evidence.active import list_annotations
from generator.evidence.image_compression import number, pack_picture
from generator.evidence.results import CannotAdmit, Findings, name_pages

NOT_SHOWN = 2 | 32
"""Flags of what a reader does not show: hidden, and never on a screen."""
_PASSWORD, _MANY_LINES, _PUSH, _COMB, _RICH = 1 << 13, 1 << 12, 1 << 16, 1 << 24, 1 << 25
_DEPTH = 32
_LEAST_SIZE, _USUAL_SIZE, _DOTS = 4.0, 12.0, 300 / 72
_DRAWN_BY_READERS = frozenset(
    {"/Square", "/Circle", "/Ink", "/FreeText", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut"}
)
"""Notes that the reader at hand draws where the file does not say how: a black box among them."""
_DRAWN_BY_FEW = frozenset({"/Polygon", "/PolyLine", "/Line", "/Stamp"})


@dataclass(frozen=True, slots=True)
class _Answer:
    """A field as it stands on a page, with the words that a reader shows in it."""

    page: int
    widget: Any
    words: str
    plain: bool
    """One line in Latin letters of a known size, which can be written without asking anybody."""


def find_undrawn_notes(pdf: pikepdf.Pdf) -> set[int]:
    """The pages (from 0) with notes that only a reader draws. Raises CannotAdmit where no reader at hand does."""
    drawn = set()
    for place, page in enumerate(pdf.pages):
        for one in list_annotations(page):
            if "/AP" in one or _flags(one) & NOT_SHOWN:
                continue
            kind = one.get("/Subtype")
            if kind in _DRAWN_BY_FEW:
                raise CannotAdmit(
                    f"The PDF has a drawing on {name_pages([place + 1])} that only the program it comes from can show",
                    "open it in that program and print it to a new PDF",
                )
            if kind in _DRAWN_BY_READERS:
                drawn.add(place)
    return drawn


def settle_answers(pdf: pikepdf.Pdf, look_at: Path, found: Findings) -> set[int]:
    """Give every answer a drawing; returns the pages (from 0) that must be drawn whole to keep theirs.

    Answers that the file draws, or that are plain, stay text. Others are kept as the reader at hand shows them; where
    it lacks their letters, they become small pictures in their fields. Changes `pdf`; `look_at` is a name for a
    passing copy.
    """
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, Dictionary):
        return set()
    _tick_boxes(pdf)
    anew = bool(form.get("/NeedAppearances", False))
    if anew:
        # Otherwise a reader would draw all of them anew, and so would not show which are drawn already.
        del form.NeedAppearances
    answers = [one for one in _list_answers(pdf) if anew or "/AP" not in one.widget]
    if not answers:
        return set()
    pdf.save(look_at)
    shown = _read_as_shown(look_at, {one.page for one in answers})
    drawn, pictured = set(), set()
    for one in answers:
        letters = _fold(one.words)
        seen = bool(letters) and letters in shown[one.page]
        if "/AP" in one.widget and (seen or not letters):
            continue
        if one.plain and _write_answer(pdf, one.widget):
            continue
        if seen:
            drawn.add(one.page)
        else:
            _draw_answer(pdf, one.widget, one.words)
            pictured.add(one.page + 1)
    if pictured:
        found.warnings.append(f"Answers on {name_pages(pictured)} are small pictures, whose words cannot be searched")
    return drawn


def _tick_boxes(pdf: pikepdf.Pdf) -> None:
    """Draw a cross in every box that is ticked and says no more: readers draw some kinds and forget others."""
    for page in pdf.pages:
        for widget in list_annotations(page):
            flags = _inherit(widget, "/Ff")
            pushed = isinstance(flags, int) and flags & _PUSH
            if _inherit(widget, "/FT") != "/Btn" or pushed or _flags(widget) & NOT_SHOWN:
                continue
            state = widget.get("/AS", _inherit(widget, "/V"))
            if not isinstance(state, Name) or state == "/Off":
                continue
            if "/AP" in widget:
                # Some programs leave out which of its drawings is the one of now, and readers then show none.
                drawings = widget.AP.get("/N")
                if isinstance(drawings, Dictionary) and state in drawings:
                    widget.AS = state
                continue
            x0, y0, x1, y1 = (float(side) for side in widget.Rect)
            width, height = abs(x1 - x0), abs(y1 - y0)
            edge = min(width, height) / 5
            lines = (
                f"q 0 G {edge / 2:.2f} w {edge:.2f} {edge:.2f} m {width - edge:.2f} {height - edge:.2f} l "
                f"{edge:.2f} {height - edge:.2f} m {width - edge:.2f} {edge:.2f} l S "
                f"0.5 w 0.25 0.25 {width - 0.5:.2f} {height - 0.5:.2f} re S Q"
            )
            drawing = pdf.make_indirect(_make_drawing(pdf, lines, width, height, Dictionary()))
            widget.AS, widget.AP = state, Dictionary(N=Dictionary({str(state): drawing}))


def _list_answers(pdf: pikepdf.Pdf) -> Iterator[_Answer]:
    for place, page in enumerate(pdf.pages):
        for widget in list_annotations(page):
            if widget.get("/Subtype") != "/Widget" or _flags(widget) & NOT_SHOWN:
                continue
            kind, flags = _inherit(widget, "/FT"), _inherit(widget, "/Ff")
            flags = flags if isinstance(flags, int) else 0
            if kind not in ("/Tx", "/Ch") or (kind == "/Tx" and flags & _PASSWORD):
                continue
            words = _read_value(widget, kind)
            if not words.strip():
                continue
            one_line = kind == "/Tx" and not flags & (_MANY_LINES | _COMB | _RICH) and not _inherit(widget, "/Q")
            yield _Answer(place, widget, words, plain=one_line and words.isascii() and _size(widget) > 0)


def _read_value(widget: Any, kind: Any) -> str:
    value = _inherit(widget, "/V")
    if kind == "/Tx":
        return _say(value)
    options = _inherit(widget, "/Opt")
    named = {}
    for option in options if isinstance(options, Array) else ():
        if isinstance(option, Array) and len(option) == 2:
            named[_say(option[0])] = _say(option[1])
    chosen = [_say(one) for one in value] if isinstance(value, Array) else [_say(value)]
    return "\n".join(named.get(one, one) for one in chosen)


def _say(value: Any) -> str:
    if isinstance(value, pikepdf.Stream):
        return value.read_bytes().decode("utf-8", "replace")
    return str(value) if isinstance(value, (pikepdf.String, str)) else ""


def _inherit(widget: Any, key: str) -> Any:
    node = widget
    for _ in range(_DEPTH):
        if not isinstance(node, Dictionary):
            return None
        if key in node:
            return node[key]
        node = node.get("/Parent")
    return None


def _flags(one: Any) -> int:
    flags = one.get("/F", 0)
    return flags if isinstance(flags, int) else 0


def _size(widget: Any) -> float:
    """The size of the letters that a field asks for; 0 where the reader is to choose."""
    said = _inherit(widget, "/DA")
    parts = str(said).split() if isinstance(said, pikepdf.String) else []
    try:
        return float(parts[parts.index("Tf") - 1])
    except ValueError:
        return 0.0


def _fold(words: str) -> str:
    """TextStyle and figures alone: how they are spaced and broken into lines is the reader's business."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", words).casefold()))


def _read_as_shown(file: Path, pages: set[int]) -> dict[int, str]:
    """The words of pages with their answers, as the reader at hand draws them."""
    import pypdfium2  # type: ignore[import-untyped]

    shown = {}
    with pypdfium2.PdfDocument(file) as pdf:
        pdf.init_forms()
        for place in pages:
            page = pdf[place]
            page.flatten()
            page.close()
            shown[place] = _fold(pdf[place].get_textpage().get_text_range())
    return shown


def _write_answer(pdf: pikepdf.Pdf, widget: Any) -> bool:
    """Write a plain answer as text; False where its field does not say enough for that."""
    if "/AP" in widget:
        del widget.AP
    annotation = pikepdf.Annotation(widget)
    pdf.acroform.get_field_for_annotation(annotation).generate_appearance(annotation)
    return "/AP" in widget


def _draw_answer(pdf: pikepdf.Pdf, widget: Any, words: str) -> None:
    """Draw an answer in its field as a picture, in fonts of this computer that have its letters."""
    from PIL import Image, ImageDraw

    x0, y0, x1, y1 = (float(side) for side in widget.Rect)
    width, height = abs(x1 - x0), abs(y1 - y0)
    room = (max(round((width - 4) * _DOTS), 1), max(round((height - 2) * _DOTS), 1))
    size = _size(widget) or _USUAL_SIZE
    while True:
        letters = TextStyle(max(round(size * _DOTS), 1))
        lines = [line for part in words.splitlines() for line in letters.wrap(part, room[0])]
        if len(lines) * letters.line_height <= room[1] or size <= _LEAST_SIZE:
            break
        size -= 0.5
    if not all(has_letter(font, letter) for line in lines for part, font in line.parts for letter in part):
        raise CannotAdmit(
            "The PDF has answers in letters that no font on this computer has", "print it to PDF where it was filled in"
        )
    picture = Image.new("L", (round(width * _DOTS), max(round(height * _DOTS), len(lines) * letters.line_height)), 255)
    pen = ImageDraw.Draw(picture)
    top = (picture.height - len(lines) * letters.line_height) / 2
    for row, line in enumerate(lines):
        line.draw(pen, 2 * _DOTS, top + row * letters.line_height, "black")
    image = pack_picture(pdf, picture, photographed=False)
    shown = f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Answer Do Q"
    widget.AP = Dictionary(N=_make_drawing(pdf, shown, width, height, Dictionary(XObject=Dictionary(Answer=image))))


def _make_drawing(pdf: pikepdf.Pdf, lines: str, width: float, height: float, resources: Any) -> pikepdf.Stream:
    drawing = pikepdf.Stream(pdf, lines.encode("ascii"))
    drawing.stream_dict.update(
        Dictionary(
            Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, number(width), number(height)], Resources=resources
        )
    )
    return drawing
