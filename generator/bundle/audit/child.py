"""The child process that opens a bundle: a PDF in, the measures of it and of each of its pages out.

No words of a library are passed on: they quote paths and content.
"""

from __future__ import annotations

import ctypes
import itertools
import math
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from pypdfium2 import raw

from generator.base.sandbox.child import Answers, serve
from generator.bundle.audit.measures import (
    Bookmark,
    CannotMeasure,
    FileToMeasure,
    SecondReader,
    SeenFile,
    SeenPage,
)

_FILE_SIZE = 1024**2
_SECONDS = 600
_MARGIN = 0.09
"""The part of a page's height, at its top and at its foot, in which its number may stand."""
_SAMPLES = 400
_HEAD = 1500
_OBJECTS = 5000
_LINKS = 2000
_BOOKMARKS = 20_000
_WORDS = 500
_INVISIBLE = 3
_TAIL = 64 * 1024


def answer(file: FileToMeasure, answers: Answers) -> None:
    """Send the measures of one file as they are taken."""
    for one in measure(Path(file.pdf), file.most_pages):
        answers.send(one)


def measure(pdf: Path, most_pages: int) -> Iterator[SeenFile | SeenPage | SecondReader | CannotMeasure]:
    """The measures of a file, page by page. Nothing follows a CannotMeasure."""
    if cannot := _refuse_bytes(pdf):
        yield CannotMeasure(cannot)
        return
    try:
        opened = pdfium.PdfDocument(pdf)
    except pdfium.PdfiumError as error:
        reasons = {
            raw.FPDF_ERR_PASSWORD: "it needs a password to be opened. Save it without the password",
            raw.FPDF_ERR_SECURITY: "it is protected in a way that only its own program can open",
        }
        yield CannotMeasure(reasons.get(error.err_code, "it is damaged. Ask for the file again"))
        return
    yield SeenFile(
        len(opened),
        tuple(itertools.islice(_list_bookmarks(opened), _BOOKMARKS)),
        protected=raw.FPDF_GetSecurityHandlerRevision(opened.raw) != -1,
    )
    for number in range(min(len(opened), most_pages)):
        try:
            page = opened[number]
        except pdfium.PdfiumError:
            yield CannotMeasure(f"its page {number + 1} is damaged. Ask for the file again")
            return
        yield _measure_page(opened, page, number)
        page.close()
    yield _ask_second_reader(pdf)


def _refuse_bytes(pdf: Path) -> str:
    """What stops the reading before any reader is asked; readers mend a cut file without a word, and lose pages."""
    with pdf.open("rb") as file:
        start = file.read(1024)
        size = file.seek(0, 2)
        file.seek(max(size - _TAIL, 0))
        end = file.read()
    if b"%PDF-" not in start:
        return "it is not a PDF"
    if b"startxref" not in end:
        return "it is cut off: its end is missing, so pages may be missing too. Ask for the file again"
    return ""


def _list_bookmarks(opened: Any) -> Iterator[Bookmark]:
    for mark in opened.get_toc():
        target = mark.get_dest()
        index = target.get_index() if target else None
        yield Bookmark(mark.get_title()[:_WORDS], mark.level, -1 if index is None else index)


def _measure_page(opened: Any, page: Any, number: int) -> SeenPage:
    text = page.get_textpage()
    width, height = page.get_size()
    letters, styles, turned = _sample_letters(text, page.get_rotation())
    drawn, pictures = _look_at_objects(page)
    seen = SeenPage(
        label=opened.get_page_label(number)[:_WORDS],
        width=width,
        height=height,
        margins=_read_margins(page, text, width, height),
        head=text.get_text_range(0, min(_HEAD, text.count_chars())),
        links=tuple(itertools.islice(_list_links(opened, page), _LINKS)),
        letters=letters,
        styles=styles,
        turned=turned,
        drawn=drawn,
        pictures=pictures,
    )
    text.close()
    return seen


def _read_margins(page: Any, text: Any, width: float, height: float) -> tuple[tuple[str, ...], ...]:
    """The words in six places at the edges of the page as it is shown: top left to top right, then at the foot."""
    places = []
    for top in (height, height * _MARGIN):
        for third in range(3):
            corners = [
                _to_page(page, width, height, x, y)
                for x, y in ((width * third / 3, top), (width * (third + 1) / 3, top - height * _MARGIN))
            ]
            across, up = zip(*corners, strict=True)
            words = text.get_text_bounded(min(across), min(up), max(across), max(up))
            places.append(tuple(words.split()[-_WORDS:]))
    return tuple(places)


def _to_page(page: Any, width: float, height: float, x: float, y: float) -> tuple[float, float]:
    """A point as it is shown, counted from the bottom left, in the page's own coordinates."""
    # The reader takes whole steps; a tenth of a point is fine enough.
    across, up = ctypes.c_double(), ctypes.c_double()
    whole = (round(width * 10), round(height * 10))
    raw.FPDF_DeviceToPage(
        page.raw, 0, 0, *whole, 0, round(x * 10), whole[1] - round(y * 10), ctypes.byref(across), ctypes.byref(up)
    )
    return across.value, up.value


def _sample_letters(
    text: Any, rotation: int
) -> tuple[int, tuple[tuple[str, float, int], ...], tuple[tuple[int, int], ...]]:
    """How many letters there are; and of a sample of them, how they are set and how far they are turned as shown."""
    count = text.count_chars()
    styles: Counter[tuple[str, float]] = Counter()
    turned: Counter[int] = Counter()
    name = ctypes.create_string_buffer(128)
    flags, matrix = ctypes.c_int(), raw.FS_MATRIX()
    letters = looked_at = 0
    for place in range(0, count, max(1, count // _SAMPLES)):
        looked_at += 1
        if not chr(raw.FPDFText_GetUnicode(text.raw, place)).isalnum() or raw.FPDFText_IsGenerated(text.raw, place):
            continue
        letters += 1
        angle = math.degrees(raw.FPDFText_GetCharAngle(text.raw, place))
        turned[round((angle + rotation) / 90) % 4 * 90] += 1
        held = raw.FPDFText_GetTextObject(text.raw, place)
        # Words that a scanner read lie unseen over the picture: their size says nothing.
        if held and raw.FPDFTextObj_GetTextRenderMode(held) == _INVISIBLE:
            continue
        raw.FPDFText_GetMatrix(text.raw, place, matrix)
        size = raw.FPDFText_GetFontSize(text.raw, place) * math.hypot(matrix.c, matrix.d)
        raw.FPDFText_GetFontInfo(text.raw, place, name, len(name), ctypes.byref(flags))
        styles[name.value.decode("utf-8", "replace"), round(size, 1)] += 1
    return (
        round(letters * count / looked_at) if looked_at else 0,
        tuple((font, size, times) for (font, size), times in styles.most_common(20)),
        tuple(turned.most_common()),
    )


def _list_links(opened: Any, page: Any) -> Iterator[int]:
    """The page that each link of a page leads to; -1 for one that should lead inside the file and does not."""
    position, link = ctypes.c_int(0), raw.FPDF_LINK()
    for _ in range(_LINKS):
        if not raw.FPDFLink_Enumerate(page.raw, ctypes.byref(position), ctypes.byref(link)):
            return
        action = raw.FPDFLink_GetAction(link)
        if action and raw.FPDFAction_GetType(action) not in (raw.PDFACTION_GOTO, raw.PDFACTION_UNSUPPORTED):
            continue
        target = raw.FPDFLink_GetDest(opened.raw, link)
        if not target and action:
            target = raw.FPDFAction_GetDest(opened.raw, action)
        yield raw.FPDFDest_GetDestPageIndex(opened.raw, target) if target else -1


def _look_at_objects(page: Any) -> tuple[bool, tuple[tuple[int, int], ...]]:
    """Whether anything but text is drawn, and each picture's dots per inch with how many dots it has."""
    pictures, drawn = [], False
    # What a damaged page still shows counts; the rest of it is no picture.
    with suppress(pdfium.PdfiumError):
        for one in itertools.islice(page.get_objects(max_depth=6), _OBJECTS):
            drawn = drawn or one.type != raw.FPDF_PAGEOBJ_TEXT
            if one.type != raw.FPDF_PAGEOBJ_IMAGE:
                continue
            across, up = one.get_px_size()
            a, b, c, d = _place(one)
            wide, high = math.hypot(a, b) / 72, math.hypot(c, d) / 72
            if wide > 0 and high > 0:
                pictures.append((round(max(across / wide, up / high)), across * up))
    return drawn, tuple(pictures)


def _place(one: Any) -> tuple[float, float, float, float]:
    """How a picture is stretched on the page, through every drawing that holds it."""
    a, b, c, d = one.get_matrix().get()[:4]
    while (one := one.container) is not None:
        e, f, g, h = one.get_matrix().get()[:4]
        a, b, c, d = a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h
    return a, b, c, d


def _ask_second_reader(pdf: Path) -> SecondReader:
    from pypdf import PdfReader

    with pdf.open("rb") as file:
        try:
            reader = PdfReader(file)
            return SecondReader(len(reader.pages), _read_opening(reader.root_object.get("/OpenAction")))
        except Exception:
            # Readers of odd files fail in ways that their own errors do not cover (measured: 10 of 46).
            return SecondReader()


def _read_opening(action: Any) -> int | str:
    from pypdf.generic import ArrayObject, DictionaryObject

    action = action.get_object() if action is not None else None
    if isinstance(action, DictionaryObject):
        if action.get("/S") != "/GoTo":
            return "action"
        action = action.get("/D")
        action = action.get_object() if action is not None else None
    if not isinstance(action, ArrayObject) or len(action) < 5 or action[1] != "/XYZ":
        return "unsaid"
    # 0 means the size that the reader's program has at the moment.
    percent = round(float(action[4]) * 100) if isinstance(action[4], (int, float)) else 0
    return percent if percent > 0 else "unsaid"


if __name__ == "__main__":
    serve(FileToMeasure, answer, file_size=_FILE_SIZE, seconds=_SECONDS)
