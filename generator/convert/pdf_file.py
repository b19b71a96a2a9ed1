"""Check a PDF that a converter wrote, and remove what differs from one run to the next."""

from __future__ import annotations

import hashlib
import importlib
import re
from pathlib import Path

_MOMENT = b"20000101000000"
_IDENTITY = re.compile(rb"(/ID\s*\[\s*<)([0-9A-Fa-f]{32})(>\s*<)([0-9A-Fa-f]{32})(>\s*\])")
_CHECKSUM = re.compile(rb"(/DocChecksum\s*/)([0-9A-Fa-f]{32})")
_DATE = re.compile(rb"(/(?:CreationDate|ModDate)\s*\(D:)\d{14}")
_XMP_DATE = re.compile(rb"(<xmp:(?:Create|Modify|Metadata)Date>)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_XMP_IDENTITY = re.compile(
    rb"(<xmpMM:(?:Document|Instance)ID>uuid:)([0-9A-Fa-f]{8})-([0-9A-Fa-f]{4})-([0-9A-Fa-f]{4})-([0-9A-Fa-f]{4})-([0-9A-Fa-f]{12})"
)


def accept_pdf(path: Path) -> int:
    """The number of pages of the PDF at `path`, which is normalised in place; 0 when it is not a sound PDF.

    Neither an exit code nor the presence of a file proves anything: the file must begin and end as a PDF and open.
    """
    try:
        data = path.read_bytes()
    except OSError:
        return 0
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-1024:]:
        return 0
    normal = normalise(data)
    pages = _count_pages(normal)
    if pages and normal != data:
        path.write_bytes(normal)
    return pages


def normalise(data: bytes) -> bytes:
    """The same PDF with fixed dates and with identities that follow from its content.

    Everything is replaced by something of the same width, so that every offset in the file still holds. LibreOffice
    has no setting for this; what differs between two runs is these fields only.
    """
    data = _DATE.sub(rb"\g<1>" + _MOMENT, data)
    data = _XMP_DATE.sub(rb"\g<1>2000-01-01T00:00:00", data)
    blank = _put_identity(data, "0" * 32)
    return _put_identity(blank, hashlib.sha256(blank).hexdigest()[:32].upper())


def _put_identity(data: bytes, identity: str) -> bytes:
    digits = identity.encode("ascii")
    in_groups = b"-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
    data = _IDENTITY.sub(lambda found: b"".join((found[1], digits, found[3], digits, found[5])), data)
    data = _CHECKSUM.sub(lambda found: found[1] + digits, data)
    return _XMP_IDENTITY.sub(lambda found: found[1] + in_groups, data)


def load_reader() -> None:
    """Import the PDF reader now (50 ms), so that it happens while a converter is at work."""
    importlib.import_module("pypdfium2")


def _count_pages(data: bytes) -> int:
    import pypdfium2  # type: ignore[import-untyped]

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return 0
    try:
        return len(document)
    finally:
        document.close()
