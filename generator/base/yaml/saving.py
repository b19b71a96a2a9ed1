"""Replace the content of a text file in one step, or leave it as it was."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
from pathlib import Path

from generator.base.errors import FileBusyError

_OPEN_MARKS = (".~lock.{}#", "~${}", ".{}.swp", ".#{}")
"""What LibreOffice, Word, Vim and Emacs lay beside a file that they have open."""


def replace_content(file: Path, before: bytes, after: bytes) -> None:
    """Replace `before` by `after` in a file: written beside it, then renamed over it, with the same permissions.

    Raises FileBusyError, and changes nothing, where the file is a link, is read-only, is open in an editor, has changed
    meanwhile, or where its folder or disk is full.
    """
    if file.is_symlink():
        raise FileBusyError(f"{file} is a link to another file, and nothing is written through a link. Name that file")
    for mark in _OPEN_MARKS:
        lock = file.with_name(mark.format(file.name))
        if lock.is_symlink() or lock.exists():
            raise FileBusyError(
                f"{file} is open in another program. Close it there and try again. If nobody has it open, delete "
                f"{lock.name} beside it"
            )
    try:
        found = file.stat()
        if not found.st_mode & stat.S_IWUSR or not os.access(file, os.W_OK):
            raise FileBusyError(f"{file} may be read and not written. Ask for the right to write it, and try again")
        _write_beside(file, before, after, found)
    except OSError as error:
        reason = "the disk is full" if error.errno == errno.ENOSPC else (error.strerror or "unknown reason").lower()
        raise FileBusyError(f"Nothing can be written to {file}: {reason}. It was left as it is") from None


def _write_beside(file: Path, before: bytes, after: bytes, found: os.stat_result) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(after)
            stream.flush()
            os.fsync(stream.fileno())
        with contextlib.suppress(OSError, AttributeError):
            # In a shared folder the group must go on reading it. Not everybody may give files away, and not on Windows.
            os.chown(beside, found.st_uid, found.st_gid)
        beside.chmod(stat.S_IMODE(found.st_mode))
        if file.read_bytes() != before:
            raise FileBusyError(f"{file} was changed while this was being worked out. It was left as it is. Try again")
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
