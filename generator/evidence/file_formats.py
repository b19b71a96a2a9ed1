"""Tell what a file is by its first bytes: names and endings are only what somebody called it."""

from __future__ import annotations

import mmap
from enum import StrEnum

LOOKED_AT = 4096


class FileFormat(StrEnum):
    """A format of file that can be admitted."""

    PDF = "PDF"
    WORD = "Word"
    JPEG = "JPEG"
    PNG = "PNG"


ENDINGS = {
    ".pdf": FileFormat.PDF,
    ".docx": FileFormat.WORD,
    ".docm": FileFormat.WORD,
    ".dotx": FileFormat.WORD,
    ".jpg": FileFormat.JPEG,
    ".jpeg": FileFormat.JPEG,
    ".png": FileFormat.PNG,
}

_SAVE_AS_PDF = "open it in the program it came from and save or print it as PDF"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_OFFICE_PARTS = (
    ("EncryptedPackage", "an Office file with a password", "open it in its program and save it without the password"),
    ("__substg1.0_", "an e-mail saved by Outlook", "open it in Outlook and print it to PDF, with its attachments"),
    ("WordDocument", "a Word file of the old kind", "open it in Word and save it as .docx or PDF"),
    ("Workbook", "a spreadsheet of the old kind", _SAVE_AS_PDF),
    ("PowerPoint Document", "a presentation of the old kind", _SAVE_AS_PDF),
)
"""Names of what such a file holds, with what it is then, the first that is found."""
_OTHERS: tuple[tuple[bytes, int, str, str], ...] = (
    (_OLD_OFFICE, 0, "an Office file of the old kind", _SAVE_AS_PDF),
    (b"{\\rtf", 0, "a rich text file (RTF)", "open it in Word and save it as .docx or PDF"),
    (b"ftypheic", 4, "a photograph in HEIC format", "on the telephone or computer, export it as JPEG"),
    (b"ftypmif1", 4, "a photograph in HEIC format", "on the telephone or computer, export it as JPEG"),
    (b"ftypavif", 4, "a picture in AVIF format", "save it as JPEG or PNG"),
    (b"ftyp", 4, "a film or a sound recording", "ask the court how recordings are to be filed"),
    (b"II*\0", 0, "a TIFF picture", _SAVE_AS_PDF),
    (b"MM\0*", 0, "a TIFF picture", _SAVE_AS_PDF),
    (b"GIF8", 0, "a GIF picture", "save it as PNG"),
    (b"BM", 0, "a bitmap picture", "save it as PNG"),
    (b"WEBP", 8, "a WebP picture", "save it as PNG or JPEG"),
    (b"ID3", 0, "a sound recording", "ask the court how recordings are to be filed"),
    (b"%!PS", 0, "a PostScript file", _SAVE_AS_PDF),
    (b"Rar!", 0, "an archive", "unpack it and name each file in it"),
    (b"7z\xbc\xaf", 0, "an archive", "unpack it and name each file in it"),
    (b"MZ", 0, "a program", "do not open it; ask the sender what it was meant to be"),
)
_WORD_PARTS = (b"[Content_Types].xml", b"word/", b"_rels/.rels")
_TEXT_SIGNS = (
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"<svg", "an SVG drawing"),
    (b"<?xml", "an XML file"),
    (b"received: ", "an e-mail"),
    (b"return-path: ", "an e-mail"),
    (b"mime-version: ", "an e-mail"),
)


def find_format(start: bytes) -> FileFormat | tuple[str, str]:
    """The kind of a file by its first bytes, or what it is in words and what can be done with it."""
    if not start.strip(b"\0 \t\r\n"):
        what = "empty" if not start else "nothing but blanks"
        return what, "the copy failed on its way: ask for the file again"
    if start.startswith(b"\xff\xd8\xff"):
        return FileFormat.JPEG
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileFormat.PNG
    if start.startswith(b"PK\x03\x04"):
        return (
            FileFormat.WORD
            if any(part in start for part in _WORD_PARTS)
            else ("a zip archive", "unpack it and name each file in it")
        )
    # Mail programs put lines before the first one of a PDF; readers look for it in the first kilobyte.
    if b"%PDF-" in start[:1024]:
        return FileFormat.PDF
    for sign, at, what, remedy in _OTHERS:
        if start[at : at + len(sign)] == sign:
            return what, remedy
    lowered = start[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for sign, what in _TEXT_SIGNS:
        if lowered.startswith(sign):
            return what, _SAVE_AS_PDF
    if b"\0" not in start:
        return "plain text", _SAVE_AS_PDF
    return "a file of a kind that is not known", _SAVE_AS_PDF


def find_old_office(content: bytes | mmap.mmap) -> tuple[str, str] | None:
    """What an Office file of the old kind is, by what it holds, and what can be done; None for any other file."""
    if content[: len(_OLD_OFFICE)] != _OLD_OFFICE:
        return None
    for part, what, remedy in _OLD_OFFICE_PARTS:
        if content.find(part.encode("utf-16-le")) >= 0:
            return what, remedy
    return None
