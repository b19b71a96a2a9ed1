"""Put a finished file in its place: written under a private name, proved, and only then moved there."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, ByteStringObject

from generator.base.errors import FileBusyError

_NO_IDENTITY = b"\0" * 16


def deliver_pdf(writer: PdfWriter, output: Path, prove: Callable[[Path], None]) -> str:
    """Write a PDF, have it proved, and put it in place; returns its SHA-256. Equal content gives equal bytes.

    Whatever goes wrong, an older file is untouched. Raises what `prove` raises, and FileBusyError when the place is
    full, read-only or held open.
    """
    writer._ID = ArrayObject([ByteStringObject(_NO_IDENTITY), ByteStringObject(_NO_IDENTITY)])

    def write(file: io.BufferedRandom) -> None:
        writer.write(file)
        _write_identity(file)

    return _deliver(write, output, prove)


def deliver_bytes(content: bytes, output: Path) -> str:
    """Put these bytes in place as `deliver_pdf` does; returns their SHA-256."""

    def write(file: io.BufferedRandom) -> None:
        file.write(content)

    return _deliver(write, output, lambda _: None)


def _deliver(write: Callable[[io.BufferedRandom], None], output: Path, prove: Callable[[Path], None]) -> str:
    try:
        handle, name = tempfile.mkstemp(prefix=".bundle-", suffix=".part", dir=output.parent)
    except OSError as error:
        raise _busy_error(error) from None
    written = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        prove(written)
        written.replace(output)
        _flush_folder(output.parent)
    except OSError as error:
        raise _busy_error(error) from None
    finally:
        # After a success the name is gone, because the file has moved.
        with suppress(OSError):
            written.unlink()
    return digest


def _write_identity(file: io.BufferedRandom) -> None:
    """Replace the blank identifier in the trailer with a digest of the file, so that equal bundles are equal bytes."""
    blank = f"<{_NO_IDENTITY.hex()}>".encode()
    file.seek(0)
    identity = f"<{hashlib.file_digest(file, 'sha256').digest()[:16].hex()}>".encode()
    start = max(file.seek(0, os.SEEK_END) - 1024, 0)
    file.seek(start)
    trailer = file.read()
    # Only the trailer is changed: the same digits inside a page would be content.
    head, mark, tail = trailer.rpartition(b"/ID")
    file.seek(start)
    file.write(head + mark + tail.replace(blank, identity))


def _flush_folder(folder: Path) -> None:
    # The rename itself must survive a power cut; Windows has no such call and keeps its own journal.
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _busy_error(error: OSError) -> FileBusyError:
    reason = (error.strerror or "it cannot be written").lower()
    return FileBusyError(
        f"The bundle cannot be written: {reason}. Nothing was changed; close the old bundle if it is open, "
        "or make room on the disk, and build again"
    )
