"""Open an output folder for one build at a time, after finishing what a stopped build left."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from generator.base.errors import FileBusyError
from generator.workspace.delivery import JOURNAL, finish_delivery
from generator.workspace.folder import EARLIER, OutputFolder
from generator.workspace.places import name_disk_faults, refuse_links, refuse_odd_place
from generator.workspace.record import RECORD, Origin, read_record

_LOCK = ".permanence.lock"
_WORK = ".permanence-work-"
_BUILDER = "builder.txt"


@contextlib.contextmanager
def open_output(path: Path, origin: Origin, made_on: str = "") -> Iterator[OutputFolder]:
    """Open the output folder of a case, create it where needed, and finish what an earlier build left undone.

    `made_on` is the day on the clock, by default the day taken for today. Raises FileBusyError when another build has
    the folder, when it cannot be written to, or when it is a link; nothing is changed then.
    """
    with name_disk_faults(path):
        refuse_links(path)
        path.mkdir(parents=True, exist_ok=True)
        for name in (_LOCK, RECORD, EARLIER):
            refuse_links(path, name)
        lock = FileLock(path / _LOCK, timeout=0, mode=0o600)
        try:
            lock.acquire()
        except Timeout:
            who = _name_builder(path)
            raise FileBusyError(f"Another build{who} is writing to {path}. Wait until it is done") from None
    try:
        with name_disk_faults(path):
            is_finished = _settle_stopped_builds(path)
            work = path / Path(tempfile.mkdtemp(prefix=_WORK, dir=path)).name
        try:
            with name_disk_faults(path):
                (work / _BUILDER).write_text(f"process {os.getpid()} on {socket.gethostname()}", encoding="utf-8")
                refuse_odd_place(path, RECORD)
                folder = OutputFolder(path, work, read_record(path / RECORD), origin, made_on or origin.on)
                folder.warnings += _warn(folder, is_finished=is_finished)
                yield folder
        finally:
            if not (work / JOURNAL).exists():
                shutil.rmtree(work, ignore_errors=True)
    finally:
        # Removed before the lock is released: a build that waits for this file would otherwise lock a deleted one.
        with contextlib.suppress(OSError):
            (path / _LOCK).unlink()
        lock.release()


def _name_builder(path: Path) -> str:
    with contextlib.suppress(OSError, ValueError):
        for file in path.glob(f"{_WORK}*/{_BUILDER}"):
            return f" ({file.read_text('utf-8')[:100]})"
    return ""


def _settle_stopped_builds(path: Path) -> bool:
    """Finish what stopped builds had decided, and remove the rest; return whether anything was finished."""
    is_finished = False
    for stopped in sorted(path.glob(f"{_WORK}*")):
        if stopped.is_symlink() or not stopped.is_dir():
            continue
        is_finished |= finish_delivery(path, stopped)
        shutil.rmtree(stopped, ignore_errors=True)
    return is_finished


def _warn(folder: OutputFolder, *, is_finished: bool) -> Iterator[str]:
    if is_finished:
        yield "An earlier build was stopped while its papers arrived. That has been finished first"
    if folder.record.trouble:
        yield (
            f"{RECORD} {folder.record.trouble}. Papers that it does not know count as yours: none is replaced, and new "
            f"versions are laid beside them. The old {RECORD} is put away in {EARLIER}/. To have a paper replaced "
            "again, move your own out of the folder and build again"
        )
    today = folder.made_on
    if today and today < "2000-01-01":
        yield "The clock of this computer is set before the year 2000. Set it right: days are printed and recorded"
    elif today and any(one.made_on > today for one in folder.written.values()):
        yield (
            f"{RECORD} says that papers were made on a day that is still to come. If the clock of this computer is "
            "wrong, set it right; nothing depends on it but the days that are recorded"
        )
