"""The words of plain text, web pages, rich text, and of files that are none of what we know."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from generator.disclosure.file_text.reading import MAX_LOOSE, Reading

_INLINE_TAGS = """
a abbr b bdi bdo big cite code data del dfn em font i ins kbd mark q s small span strong sub sup text
textpath tspan tt u var wbr
"""
_INLINE = frozenset(_INLINE_TAGS.split())


def decode(data: bytes, charset: str | None = None) -> str:
    """Text from bytes: as it says, else by its first bytes, else UTF-8, else the letters of older Windows."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    for one in (charset, "utf-8-sig"):
        try:
            return data.decode(one or "utf-8-sig")
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("cp1252", "replace")


def read_text(data: bytes) -> Reading:
    """Each line with its number."""
    reading = Reading()
    reading.add_pieces((f"line {number}", line) for number, line in enumerate(decode(data).splitlines(), 1))
    return reading


_CARRIES = re.compile(r"\s*data:[^,]*;\s*base64,", re.IGNORECASE)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.beside: list[tuple[str, str]] = []
        self.carried: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self.texts.append("\n")
        self.beside += [
            (f"{name} of {tag}", value) for name, value in attrs if value and name not in ("style", "class")
        ]
        self.carried += [
            f"what the {name} of {tag} carries" for name, value in attrs if value and _CARRIES.match(value)
        ]

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self.texts.append("\n")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.beside.append(("comment", data))


def read_html(text: str) -> Reading:
    """What the page shows, with names that tags run through in one piece, and what stands in its tags and comments."""
    page = _Page()
    page.feed(text)
    page.close()
    reading = Reading()
    lines = "".join(page.texts).splitlines()
    reading.add_pieces((f"line {number}", line) for number, line in enumerate(lines, 1))
    reading.add_pieces(page.beside)
    reading.unread += page.carried
    return reading


_HTML = re.compile(rb"<(?:!doctype html|html|head|body|div|p|span|table|a|b|i|br|h\d)\b", re.IGNORECASE)


def is_html(data: bytes) -> bool:
    """Whether a file has the tags of a web page."""
    return _HTML.search(data[:4096]) is not None


_RTF = re.compile(
    r"\\'([0-9a-fA-F]{2})|\\u(-?\d+)\s?\??|\\(par|line|tab|cell|row)\b ?|\\[a-zA-Z]+-?\d* ?|\\\*|[{}\r\n]"
)


_BOOKMARK = re.compile(r"\{\\\*\\bkmk(?:start|end) [^{}]*\}")


def read_rich_text(data: bytes) -> Reading:
    """The letters of a rich text file, from every group in it, hidden ones too."""

    def decode_letter(found: re.Match[str]) -> str:
        if found[1]:
            return bytes([int(found[1], 16)]).decode("cp1252", "replace")
        if found[2]:
            return chr(int(found[2]) % 0x10000)
        return "\n" if found[3] else ""

    reading = Reading()
    if b"\\pict" in data:
        reading.unread.append("a picture")
    if b"\\objdata" in data:
        reading.broken.append("a file inside it (take it out, and search it by itself)")
    text = _RTF.sub(decode_letter, _BOOKMARK.sub("", data.decode("latin-1")))
    reading.add_pieces((f"line {number}", line) for number, line in enumerate(text.splitlines(), 1))
    reading.add("bookmark", _BOOKMARK.findall(data.decode("latin-1")))
    return reading


_STRINGS = re.compile(rb"[\x20-\x7e\x80-\xff\t]{4,}")
_WIDE = re.compile(rb"(?:[\x20-\xff]\x00){4,}")


_PNG = b"\x89PNG\r\n\x1a\n"


def _leave_out_dots(data: bytes) -> bytes:
    """A PNG without its packed dots, in which any three letters turn up by chance; other files as they are."""
    if not data.startswith(_PNG):
        return data
    kept, at = [_PNG], len(_PNG)
    while at + 8 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4])
        kept.append(data[at : at + 8] if data[at + 4 : at + 8] == b"IDAT" else data[at:end])
        at = end
    return b"".join([*kept, data[at:]])


def read_binary(data: bytes) -> Reading:
    """Runs of letters in a file of any kind, in one byte or two each; the dots of a PNG are no letters."""
    reading = Reading()
    data = _leave_out_dots(data)
    if len(data) > MAX_LOOSE:
        data = data[: MAX_LOOSE // 2] + data[-MAX_LOOSE // 2 :]
        reading.unread.append("the middle of the file (it is too large)")
    reading.add("inside the file", (found[0].decode("latin-1") for found in _STRINGS.finditer(data)))
    reading.add("inside the file", (found[0].decode("utf-16-le", "replace") for found in _WIDE.finditer(data)))
    return reading
