"""Any file, and every file inside it, read for its words: by what it is, whatever it is called."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from pathlib import PurePath

from generator.disclosure.file_text.mail import is_calendar, is_mail, read_calendar, read_mail
from generator.disclosure.file_text.office import is_office, read_office
from generator.disclosure.file_text.pdf import LockedError, read_pdf
from generator.disclosure.file_text.reading import MAX_DEPTH, MAX_UNPACKED, Budget, InnerReader, Reading
from generator.disclosure.file_text.text import decode as decode_text
from generator.disclosure.file_text.text import is_html, read_binary, read_html, read_rich_text, read_text

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"\xd7\xcd\xc6\x9a")
_PACKED = (b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zX", b"\x28\xb5\x2f\xfd", b"\x1f\x9d", b"MSCF", b"\x78\x9f\x3e\x22")
"""Archives and bags that are not opened here: 7z, rar, bzip2, xz, zstd, compress, cabinet, winmail.dat."""
_UNOPENED = "what is packed in it (unpack it, and search the files)"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_bytes(name: str, data: bytes, budget: Budget | None = None, depth: int = 0) -> Reading:
    """What a file says in all its parts, its name included. Never raises for what the file is: it is then unread."""
    budget = budget or Budget()
    reading = Reading()
    if depth > MAX_DEPTH:
        reading.broken.append("files inside files, deeper than are opened")
        return reading

    def read_inner(inner: str, content: bytes) -> Reading:
        return read_bytes(inner, content, budget, depth + 1)

    try:
        found = _read(data, budget, read_inner)
    except LockedError:
        found = Reading(broken=["the whole file (it asks for a password)"])
    except (ValueError, zipfile.BadZipFile, RecursionError, OSError, EOFError, NotImplementedError, RuntimeError):
        found = read_binary(data)
        found.broken.append("the whole file (it is damaged)")
    reading.runs += found.runs
    reading.unread += found.unread
    reading.broken += found.broken
    if name:
        reading.add("file name", [PurePath(name).name, re.sub(r"[_%.+-]+", " ", PurePath(name).stem)])
    return reading


def _read(data: bytes, budget: Budget, inner: InnerReader) -> Reading:
    if not data:
        return Reading(broken=["the whole file (it is empty)"])
    if b"%PDF-" in data[:1024]:
        return read_pdf(data, budget, inner)
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06") and not zipfile.is_zipfile(io.BytesIO(data)):
        raise zipfile.BadZipFile
    if data[:2] == b"PK" and zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
        return read_office(data, budget, inner) if is_office(names) else _read_archive(data, budget, inner)
    if data.startswith(b"\x1f\x8b"):
        return _read_gzip(data, budget, inner)
    if data.startswith(_PACKED) or data[257:262] == b"ustar":
        # Some of it may lie there as it is.
        found = read_binary(data)
        found.broken.append(_UNOPENED)
        return found
    if (
        data[:4] == b"RIFF"
        or data[:4] in _PICTURES
        or data[:3] in _PICTURES
        or data[:2] in _PICTURES
        or data[4:8] == b"ftyp"
    ):
        found = read_binary(data)
        found.unread.append("the picture itself")
        return found
    if data.startswith(_OLE):
        found = read_binary(data)
        found.broken.append("parts of the file (it is of an old kind, or locked: save it as .docx or PDF)")
        return found
    if data.lstrip()[:5] == b"{\\rtf":
        return read_rich_text(data)
    if is_calendar(data):
        return read_calendar(data)
    if is_mail(data):
        return read_mail(data, budget, inner)
    if is_html(data):
        return read_html(decode_text(data))
    if b"\x00" in data[:4096] and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        found = read_binary(data)
        if not _is_text_in_two_bytes(data):
            found.unread.append("parts of the file (it is of a kind that is not known)")
        return found
    if data.lstrip()[:5] in (b"<?xml", b"<svg "):
        found = read_html(decode_text(data))
        found.take_in(read_text(data), "as written")
        return found
    return read_text(data)


def _is_text_in_two_bytes(data: bytes) -> bool:
    head = data[:4096]
    return len({*head[::2]}) == 1 or len({*head[1::2]}) == 1


def _read_gzip(data: bytes, budget: Budget, read_inner: InnerReader) -> Reading:
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
        content = packed.read(MAX_UNPACKED + 1)
    if len(content) > MAX_UNPACKED or not budget.spend(len(content)):
        return Reading(broken=[_UNOPENED])
    reading = Reading()
    reading.take_in(read_inner("", content), "file in the archive")
    return reading


def _read_archive(data: bytes, budget: Budget, read_inner: InnerReader) -> Reading:
    reading = Reading()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        reading.add("comment of the archive", [archive.comment.decode("utf-8", "replace")])
        for entry in archive.infolist():
            reading.add("name in the archive", [entry.filename])
            if entry.is_dir():
                continue
            if entry.flag_bits & 1 or not budget.spend(entry.file_size):
                reading.broken.append("a file in the archive (too large, or locked)")
                continue
            where = f"file in the archive, {PurePath(entry.filename).name}"
            reading.take_in(read_inner(entry.filename, archive.read(entry)), where)
            if entry.filename.endswith(".iwa"):
                # Pages, Numbers and Keynote pack their words in a way of their own.
                reading.broken.append(f"{where} (save it as .docx or PDF)")
    return reading
