"""Checks of places in the output folder: links, folders, open files, digests, and errors of the disk."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path

from generator.base.digests import digest_of
from generator.base.errors import FileBusyError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_OF_DISKS = _FULL | {errno.EIO, errno.EROFS, errno.EFBIG}
"""What can only come of writing; a call that writes does not say to which file."""


@contextlib.contextmanager
def name_disk_faults(folder: Path) -> Iterator[None]:
    """Turn errors of the disk about this folder into a FileBusyError that says what to do. Other errors pass."""
    try:
        yield
    except OSError as error:
        if not _is_about(error, folder):
            raise
        reason = (error.strerror or "for a reason that it does not tell").lower()
        if error.errno in _FULL:
            says = f"The disk is full at {folder}. Nothing was changed. Make room and build again"
        elif error.errno == errno.ENAMETOOLONG:
            says = (
                f"A name is too long for {folder}. Nothing was changed. Choose a folder with a shorter path with -o, "
                "or shorter ids in the case file"
            )
        elif error.errno == errno.EIO:
            says = (
                f"The disk at {folder} does not work ({reason}). Nothing was changed. "
                "Have it looked at, and choose another place with -o"
            )
        else:
            says = f"Nothing can be written to {folder} ({reason}). Nothing was changed. Choose another place with -o"
        raise FileBusyError(says) from None


def _is_about(error: OSError, folder: Path) -> bool:
    """Whether an error is about the folder or something in it, or about a disk without a name."""
    if not isinstance(error.filename, str | os.PathLike):
        return error.errno in _OF_DISKS
    named, at = Path(error.filename).absolute(), folder.absolute()
    return named.is_relative_to(at) or at.is_relative_to(named)


def refuse_links(folder: Path, name: Path | str = "") -> None:
    """Raises FileBusyError where the folder, a name in it, or a folder on the way to that name, is a link.

    Nothing is written or read through a link: who made it could have it lead anywhere.
    """
    for at in (folder, *(folder.joinpath(*Path(name).parts[:size]) for size in range(1, len(Path(name).parts) + 1))):
        if at.is_symlink():
            raise FileBusyError(
                f"{at} is a link to another place, and nothing is written through a link. Nothing was changed. "
                "Remove the link, or name the place that it leads to with -o"
            )


def refuse_odd_place(folder: Path, name: str) -> None:
    """Raises FileBusyError for a link, as `refuse_links` does, and where something other than a file has the name."""
    refuse_links(folder, name)
    at = folder / name
    if at.exists() and not at.is_file():
        raise FileBusyError(
            f"{at} is not a file, and a file is to stand there. Nothing was changed. Move it away and build again"
        )


def refuse_open_file(file: Path) -> None:
    """Raises FileBusyError when Word or LibreOffice has the file open: its lock file lies beside it."""
    locks = (f"~${file.name[2:]}", f"~${file.name}", f".~lock.{file.name}#")
    for lock in locks:
        if (file.parent / lock).exists():
            program = "LibreOffice" if lock.startswith(".~lock.") else "Word"
            raise FileBusyError(
                f"{file} is open in {program}. Close it there and build again. Nothing was changed. "
                f"If nobody has it open, delete {lock} beside it"
            )


def digest_if_file(file: Path) -> str | None:
    """Return the SHA-256 of an ordinary file, an empty text for anything else, None where nothing stands."""
    if file.is_symlink() or (file.exists() and not file.is_file()):
        return ""
    return digest_of(file) if file.exists() else None


def flush(path: Path) -> None:
    """Have the disk store the content of a file, or the names in a folder, in case the power fails now."""
    if path.is_dir() and os.name != "posix":
        return  # Windows keeps a journal of names itself, and has no such call
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some network drives cannot do it for folders; they are as safe as they can be.
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(handle)
