"""The case's output folder: what is in it, who changed it, and how new files arrive without losing anything."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from generator.errors import FileBusyError
from generator.yamlfile import read_yaml

RECORD = "record.yaml"
_LOCK = ".permanence.lock"
_WORK = ".permanence-work-"
_UNSETTLED = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo)[ >]")
_HEAD = """\
# What permanence wrote here, so that it can tell its own files from those that a person has changed since.
# Do not edit: a paper whose entry is gone is taken for yours, and is never replaced.
"""


class Standing(StrEnum):
    """How a file in the folder stands to what the product would write now."""

    MISSING = "missing"
    CURRENT = "current"
    OUTDATED = "outdated"
    EDITED = "edited"
    EDITED_AND_OUTDATED = "edited and outdated"


@dataclass(frozen=True, slots=True)
class Written:
    """The record of one file: its SHA-256 as written, the digest of what it was made from, and the day."""

    sha256: str
    inputs: str
    made_on: str
    made_from: str = ""


@dataclass
class OutputFolder:
    """The folder of one case, open for one build at a time. `work` is a private folder on the same disk."""

    path: Path
    work: Path
    written: dict[str, Written] = field(default_factory=dict)
    arrivals: list[tuple[Path, Path]] = field(default_factory=list)

    def standing(self, name: str, inputs: str) -> Standing:
        """What became of a file since it was written, and whether what it is made from has changed."""
        file = self.path / name
        if not file.exists():
            return Standing.MISSING
        known = self.written.get(name)
        same = known is not None and known.inputs == inputs
        if known and digest_of(file) == known.sha256:
            return Standing.CURRENT if same else Standing.OUTDATED
        return Standing.EDITED if same else Standing.EDITED_AND_OUTDATED

    def refuse_if_open(self, name: str) -> None:
        """Raises FileBusyError when Word has the file open: its lock file lies beside it."""
        file = self.path / name
        if any((file.parent / f"~${lock}").exists() for lock in (file.name[2:], file.name)):
            raise FileBusyError(f"{file} is open in Word. Close it there and build again. Nothing was changed")

    def place(self, made: Path, name: str, entry: Written) -> Path:
        """Have a finished file from the work folder arrive under `name` when the build is done."""
        target = self.path / name
        self.arrivals.append((made, target))
        self.written[name] = entry
        return target

    def beside(self, name: str, day: str) -> str:
        """A free name beside a file that a person has changed: letter (new 2026-11-22).docx."""
        stem, _, suffix = name.rpartition(".")
        for number in range(1, 1000):
            free = f"{stem} (new {day}{f', {number}' if number > 1 else ''}).{suffix}"
            if not (self.path / free).exists():
                return free
        raise FileBusyError(f"There are too many new versions beside {self.path / name}. Remove those you do not need")

    def deliver(self) -> None:
        """Move everything into place, each by rename, and the record last. Raises FileBusyError when it cannot."""
        with _plain_faults(self.path):
            for made, target in self.arrivals:
                target.parent.mkdir(parents=True, exist_ok=True)
                made.chmod(0o600)
                made.replace(target)
            record = self.work / RECORD
            record.write_text(_HEAD + "".join(_say_entries(self.written)), encoding="utf-8")
            record.chmod(0o600)
            record.replace(self.path / RECORD)
        self.arrivals.clear()


@contextlib.contextmanager
def open_output(path: Path) -> Iterator[OutputFolder]:
    """Open a case's output folder, making it where it is not there.

    Raises FileBusyError when another build has it, or when nothing can be written there; nothing is changed then.
    """
    with _plain_faults(path):
        path.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path / _LOCK, timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise FileBusyError(f"Another build is writing to {path}. Wait until it is done") from None
    try:
        with _plain_faults(path):
            for stale in path.glob(f"{_WORK}*"):
                shutil.rmtree(stale, ignore_errors=True)
            work = Path(tempfile.mkdtemp(prefix=_WORK, dir=path))
        try:
            yield OutputFolder(path, work, _read_record(path / RECORD))
        finally:
            shutil.rmtree(work, ignore_errors=True)
    finally:
        lock.release()
        (path / _LOCK).unlink(missing_ok=True)


@contextlib.contextmanager
def _plain_faults(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise FileBusyError(f"The disk is full at {path}. Make room and build again") from None
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST, errno.ENOENT):
            raise FileBusyError(f"Nothing can be written to {path}. Choose another place with -o") from None
        raise


def digest_of(file: Path) -> str:
    """The SHA-256 of a file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def has_unsettled_changes(word: Path) -> bool:
    """Whether a Word file holds tracked changes. LibreOffice would print what a person has struck out."""
    try:
        with zipfile.ZipFile(word) as archive:
            parts = [name for name in archive.namelist() if name.startswith("word/") and name.endswith(".xml")]
            return any(_UNSETTLED.search(archive.read(name)) for name in parts)
    except (OSError, zipfile.BadZipFile):
        return False


def _read_record(file: Path) -> dict[str, Written]:
    if not file.exists():
        return {}
    files: Any = read_yaml(file).facts.get("files") or {}
    return {
        name: Written(
            entry.get("sha256", ""), entry.get("inputs", ""), entry.get("made_on", ""), entry.get("made_from") or ""
        )
        for name, entry in files.items()
    }


def _say_entries(written: dict[str, Written]) -> Iterator[str]:
    yield "files:\n" if written else "files: {}\n"
    for name, entry in sorted(written.items()):
        quoted = name.replace("'", "''")
        yield f"  '{quoted}':\n    sha256: {entry.sha256}\n    inputs: {entry.inputs}\n    made_on: {entry.made_on}\n"
        if entry.made_from:
            yield f"    made_from: {entry.made_from}\n"


__all__ = ["RECORD", "OutputFolder", "Standing", "Written", "digest_of", "has_unsettled_changes", "open_output"]
