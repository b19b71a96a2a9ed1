"""Look inside a Word file before any program opens it: a document, not a bomb and not a trap."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from generator.evidence.outcomes import CannotAdmit

MAX_PARTS = 2000
MAX_UNPACKED = 200 * 1024**2
MAX_PART = 50 * 1024**2
MAX_RATIO = 100
_SMALL = 1024 * 1024
_ASK_AGAIN = "ask for the file again, or save it as PDF in Word"
_PRINT = "open it in Word on a computer kept for that, and save it as PDF"
_TRACKED = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo)[ >]")
_CHANGING_FIELD = re.compile(rb"(?:w:instr=\"|<w:instrText[^>]*>)\s*(?:DATE|TIME|SAVEDATE|PRINTDATE|FILENAME)\b")
_EXTERNAL = re.compile(rb'TargetMode\s*=\s*["\']External["\']')
_LINK = re.compile(rb'<[^>]*hyperlink[^>]*TargetMode\s*=\s*["\']External["\'][^>]*>')


def check_word(source: Path) -> list[str]:
    """Warnings about a Word file that may be converted. Raises CannotAdmit for one that may not."""
    try:
        with zipfile.ZipFile(source) as packed:
            parts = packed.infolist()
            _check_parts(parts)
            return _read_parts(packed, parts)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError):
        raise CannotAdmit("The Word file is cut off or damaged", _ASK_AGAIN) from None


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if "[Content_Types].xml" not in names or "word/document.xml" not in names:
        raise CannotAdmit(
            "The file is an Office file or an archive, but not a Word document",
            "open it in its program and save it as PDF",
        )
    if len(names) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise CannotAdmit("The Word file unpacks to far more than a document needs", _PRINT)
    if len(set(map(str.casefold, names))) != len(names):
        raise CannotAdmit("The Word file holds two parts of one name, so readers could see different documents", _PRINT)
    for part in parts:
        if part.flag_bits & 1:
            raise CannotAdmit("The Word file needs a password", "save it in Word without a password")
        if part.file_size > MAX_PART or (
            part.file_size > _SMALL and part.file_size > MAX_RATIO * max(part.compress_size, 1)
        ):
            raise CannotAdmit("The Word file unpacks to far more than a document needs", _PRINT)
        if part.filename.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", part.filename) or ":" in part.filename:
            raise CannotAdmit("The Word file holds a part that would be written outside its folder", _PRINT)


def _read_parts(packed: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> list[str]:
    told: dict[str, None] = {}
    unpacked = 0
    for part in parts:
        content = _unpack(packed, part)
        unpacked += len(content)
        if unpacked > MAX_UNPACKED:
            raise CannotAdmit("The Word file unpacks to far more than a document needs", _PRINT)
        name = part.filename.lower()
        if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in content.replace(b"\0", b"")[:4096]:
            raise CannotAdmit("The Word file declares things that Word never writes", _PRINT)
        if name.endswith(".rels") and len(_EXTERNAL.findall(content)) > len(_LINK.findall(content)):
            told["The Word file points to pictures or templates elsewhere; they are not fetched"] = None
        if name.endswith("vbaproject.bin"):
            told["The Word file holds macros; they are not run"] = None
        if "/embeddings/" in name or "/activex/" in name:
            told["The Word file holds other files inside it; they are not shown in the bundle"] = None
        if name.startswith("word/") and name.endswith(".xml") and _TRACKED.search(content):
            raise CannotAdmit(
                "The Word file has tracked changes, and a PDF would show what was struck out",
                "accept or reject them in Word and save it, or save it as a PDF that shows what is to be filed",
            )
        if name.startswith("word/") and _CHANGING_FIELD.search(content):
            told["The Word file has fields that change by themselves (a date, a time, a file name); check them"] = None
        if name == "word/comments.xml":
            told["The Word file has comments; look at how they are printed"] = None
    return [*told]


def _unpack(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """The content of a part, never more of it than it said it has."""
    with packed.open(part) as opened:
        content = opened.read(part.file_size + 1)
    if len(content) > part.file_size:
        raise CannotAdmit("The Word file unpacks to far more than a document needs", _PRINT)
    return content
