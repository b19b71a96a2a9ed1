"""The words of a PDF: its pages, and every string and text stream beside them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import unquote_to_bytes

from generator.disclosure.file_text.reading import Budget, InnerReader, Reading, list_targets

_WORDS_OF_A_STAMP = 60
"""So few letters may be the page's number alone."""
_PICTURE_SHARE = 0.25
_LINES = 6
_EARLIER = 100 * 1024 * 1024
"""How much all earlier versions in one file may come to."""
_READ_RAW = 64 * 1024 * 1024


_STREAM = re.compile(rb"stream\r?\n.*?endstream|/FontFamily\s*\([^()]*\)", re.DOTALL)
# Strings in letters and in figures, and names that somebody gave: those of the format itself have no spaces.
_LITERAL = re.compile(
    rb"\(((?:[^()\\]|\\.)+)\)|<([0-9A-Fa-f\s]{8,})>|/([^\s/<>()\[\]]*#[0-9A-Fa-f]{2}[^\s/<>()\[\]]*)", re.DOTALL
)


class LockedError(Exception):
    """The file asks for a password."""


def read_pdf(data: bytes, budget: Budget, read_inner: InnerReader) -> Reading:
    """Pages, bookmarks, links, notes, forms, properties, attachments, and earlier versions left in the file.

    Raises LockedError, or ValueError where it cannot be read as a PDF.
    """
    reading = Reading()
    _read_pages(data, reading)
    _read_objects(data, reading, budget, read_inner)
    if len(data) < _READ_RAW:
        # Strings that no reader is led to: left by a program that wrote the file twice.
        literals = (_read_literal(found) for found in _LITERAL.finditer(_STREAM.sub(b" ", data)))
        reading.add("left in the file", dict.fromkeys(literals))
    ends = [found.end() for found in re.finditer(rb"startxref\s+\d+\s+%%EOF", data)][:-1]
    if sum(ends) > _EARLIER:
        reading.broken.append("earlier versions that are left in the file (too many: print it to a new PDF)")
        ends = []
    for number, end in enumerate(ends, 1):
        earlier = Reading()
        try:
            _read_pages(data[:end], earlier)
            _read_objects(data[:end], earlier, budget, read_inner)
        except ValueError:
            continue
        reading.take_in(Reading(earlier.runs), f"earlier version {number}")
    return reading


def _read_literal(found: re.Match[bytes]) -> str:
    """The words of a string or name as it stands in the file."""
    if found[3]:
        return unquote_to_bytes(found[3].replace(b"#", b"%")).decode("utf-8", "replace")
    raw = re.sub(rb"\\(.)", rb"\1", found[1], flags=re.DOTALL) if found[1] else b""
    if found[2]:
        figures = re.sub(rb"\s", b"", found[2])
        raw = bytes.fromhex(figures.decode() + "0" * (len(figures) % 2))
    return raw.decode("utf-16", "replace") if raw[:2] in (b"\xfe\xff", b"\xff\xfe") else raw.decode("latin-1")


def _read_pages(data: bytes, reading: Reading) -> None:
    import pypdfium2 as pdfium  # type: ignore[import-untyped]
    from pypdfium2 import raw

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise LockedError from None
        raise ValueError("no PDF that can be read") from None
    texts: list[str] = []
    try:
        for number in range(len(document)):
            page = document[number]
            texts.append(_read_words(page))
            if raw.FPDFPage_GetAnnotCount(page):
                # Stamps, notes and fields show words of their own, which become part of the page for this once.
                raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
                page.close()
                page = document[number]
                shown = _read_words(page)
                reading.add(f"page {number + 1}, in a note, stamp or field", [shown] if shown != texts[-1] else [])
            if _count_letters(texts[-1]) < _WORDS_OF_A_STAMP and _holds_picture(page, raw):
                reading.unread.append(f"page {number + 1}")
            page.close()
    finally:
        document.close()
    reading.add_pieces((f"page {number}", text) for number, text in enumerate(texts, 1))
    for number, joined in _join_pages(texts):
        reading.add(f"page {number} to {number + 1}", [joined])


def _read_words(page: Any) -> str:
    text = page.get_textpage()
    try:
        return str(text.get_text_range())
    finally:
        text.close()


def _count_letters(text: str) -> int:
    return sum(sign.isalnum() for sign in text)


def _holds_picture(page: Any, raw: Any) -> bool:
    width, height = page.get_size()
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=6):
        left, bottom, right, top = picture.get_bounds()
        if (right - left) * (top - bottom) > _PICTURE_SHARE * width * height:
            return True
    return False


def _join_pages(texts: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The end of each page with the beginning of the next, without the lines that stand on both."""
    pages = [[line.strip() for line in text.splitlines() if line.strip()] for text in texts]
    for number in range(1, len(pages)):
        before, after = pages[number - 1], pages[number]
        feet = _count_same(before[::-1], after[::-1])
        heads = _count_same(before, after)
        end, start = before[: len(before) - feet][-_LINES:], after[heads : heads + _LINES]
        if end and start:
            yield number, "\n".join((*end, *start))


def _count_same(some: Sequence[str], others: Sequence[str]) -> int:
    """How many lines from the start say the same on both pages, but for numbers."""
    count = 0
    for one, other in zip(some[:_LINES], others[:_LINES], strict=False):
        if re.sub(r"\d+", "", one) != re.sub(r"\d+", "", other):
            break
        count += 1
    return count


_KEY_NAMES = {
    "Title": "bookmark or title",
    "URI": "link target",
    "Contents": "note",
    "RC": "note",
    "Alt": "alternative text",
    "ActualText": "alternative text",
    "E": "alternative text",
    "TU": "form",
    "V": "form",
    "DV": "form",
    "T": "form or author of a note",
    "P": "page label",
    "JS": "script",
    "F": "name of an attachment or file",
    "UF": "name of an attachment or file",
    "Opt": "form",
    "OverlayText": "note",
    "Subj": "note",
    "Desc": "description of an attachment",
    "Name": "layer or name",
    "Names": "named place",
    "D": "named place",
}
_NOT_TEXT = frozenset({"/Image", "/Form", "/Type1C", "/CIDFontType0C", "/OpenType"})
_NO_WORDS = frozenset({"/FontFamily", "/ID", "/Cert", "/ByteRange", "/CheckSum", "/O", "/U", "/OE", "/UE", "/Perms"})


def _read_objects(data: bytes, reading: Reading, budget: Budget, read_inner: InnerReader) -> None:
    import pikepdf

    try:
        opened = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError:
        raise LockedError from None
    except Exception:  # noqa: BLE001 - readers of damaged files fail in ways that their own errors do not cover
        # Damaged beyond this reader: what the pages say was read all the same.
        reading.broken.append("what stands beside the pages (the file is damaged)")
        return
    strings: dict[str, list[str]] = {}
    with opened as pdf:
        contents = {stream.objgen for page in pdf.pages for stream in _content_of(page, pikepdf)}
        _gather_properties(pdf, reading)
        for value in pdf.objects:
            _gather(value, "", strings, pikepdf, 0)
            if isinstance(value, pikepdf.Stream) and value.objgen not in contents:
                _read_stream(value, reading, budget, read_inner)
        places = pdf.Root.get("/Dests")
        if isinstance(places, pikepdf.Dictionary):
            strings.setdefault("D", []).extend(str(key)[1:] for key in places)
    for key, texts in strings.items():
        said = (one for text in dict.fromkeys(texts) for one in list_targets(text))
        reading.add(_KEY_NAMES.get(key, "inside the file"), said)


def _gather_properties(pdf: Any, reading: Reading) -> None:
    """Title, author and whatever else somebody wrote about the file."""
    found = pdf.trailer.get("/Info")
    if found is not None:
        reading.add("document properties", [str(found[name]) for name in found])


def _content_of(page: Any, pikepdf: Any) -> Iterator[Any]:
    found = page.obj.get("/Contents")
    if isinstance(found, pikepdf.Array):
        yield from (one for one in found if isinstance(one, pikepdf.Stream))
    elif isinstance(found, pikepdf.Stream):
        yield found


def _gather(value: Any, key: str, strings: dict[str, list[str]], pikepdf: Any, depth: int) -> None:
    """Every string inside an object, with the key under which it stands; what it points to comes on its own."""
    if depth > 60 or (depth and getattr(value, "is_indirect", False)):
        return
    if isinstance(value, pikepdf.String):
        strings.setdefault(key, []).append(str(value))
    elif isinstance(value, pikepdf.Array):
        for item in value.as_list():
            _gather(item, key, strings, pikepdf, depth + 1)
    elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        for name in value:
            if name not in _NO_WORDS:
                _gather(value[name], name[1:], strings, pikepdf, depth + 1)


def _read_stream(stream: Any, reading: Reading, budget: Budget, read_inner: InnerReader) -> None:
    if str(stream.get("/Subtype", "")) in _NOT_TEXT or "/Length1" in stream:
        return
    kind = str(stream.get("/Type", ""))
    try:
        content = stream.read_bytes()
    except Exception:  # noqa: BLE001 - as above
        return
    if kind == "/EmbeddedFile":
        where = "attachment"
    elif kind == "/Metadata":
        where = "document properties"
    elif _is_text(content):
        where = "form" if b"xfa" in content[:4096].lower() or b"<xdp" in content[:4096] else "text inside the file"
    else:
        # Drawings and fonts: a long bundle has thousands, and they are no files.
        return
    if budget.spend(len(content)):
        reading.take_in(read_inner("", content), where)
    else:
        reading.broken.append("a stream that unpacks to too much")


def _is_text(content: bytes) -> bool:
    head = content[:4096]
    if not head or b"/CIDInit" in head or b"begincmap" in head:
        return False
    return sum(32 <= byte < 127 or byte in b"\t\r\n" or byte > 127 for byte in head) > 0.97 * len(head)
