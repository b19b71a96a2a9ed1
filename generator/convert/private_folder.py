"""A folder that only this user can read, removed after the work, also when an earlier run was killed."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_PREFIX = "permanence-convert-"
_MARK = "in-use"
_ROOM_WANTED = 512 << 20
_MEMORY_FOLDER = Path("/dev/shm")


@contextlib.contextmanager
def private_folder() -> Iterator[Path]:
    """A new folder of mode 0700, removed on the way out; what a killed run left behind is removed on the way in."""
    parent = _choose_parent()
    _sweep(parent)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
    mark = _put_mark(folder)
    try:
        yield folder
    finally:
        _remove(folder)
        if mark is not None:
            os.close(mark)


def _choose_parent() -> Path:
    """Memory where there is plenty (0.92 of the CPU time, and no personal data reaches a disk), else the temp folder.

    A person who sets TMPDIR has said where they want it.
    """
    if "TMPDIR" not in os.environ and os.access(_MEMORY_FOLDER, os.W_OK | os.X_OK):
        with contextlib.suppress(OSError):
            if shutil.disk_usage(_MEMORY_FOLDER).free >= _ROOM_WANTED:
                return _MEMORY_FOLDER
    return Path(tempfile.gettempdir())


def _put_mark(folder: Path) -> int | None:
    """Hold a lock inside the folder for as long as this process lives; the kernel lets go of it when it dies."""
    if sys.platform == "win32":
        return None
    unlocked = folder / "new"
    mark = os.open(unlocked, os.O_CREAT | os.O_RDWR, 0o600)
    fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
    unlocked.rename(folder / _MARK)  # renamed once locked, so that nobody ever sees it there and unlocked
    return mark


def _sweep(parent: Path) -> None:
    """Remove the folders of runs that were killed: ours, marked, and no longer locked."""
    if sys.platform == "win32":
        return
    for folder in parent.glob(_PREFIX + "*"):
        with contextlib.suppress(OSError):
            if folder.lstat().st_uid != os.getuid():
                continue
            mark = os.open(folder / _MARK, os.O_RDWR | os.O_NOFOLLOW)
            try:
                fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _remove(folder)
            finally:
                os.close(mark)


def _remove(folder: Path) -> None:
    for _ in range(20):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.05)  # a process that was just killed may have been creating a file in it
