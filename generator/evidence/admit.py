"""Admit a set of files: copy each, have a limited child process clean the copy, and report the result."""

from __future__ import annotations

import hashlib
import mmap
import os
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from generator.base.errors import FileBusyError, Problem
from generator.base.sandbox.worker import Ended, SandboxedWorker
from generator.evidence.file_formats import ENDINGS, LOOKED_AT, FileFormat, find_format, find_old_office
from generator.evidence.quarantine import draw_quarantine_page
from generator.evidence.results import (
    AdmissionResult,
    AdmittedEvidence,
    EvidenceResult,
    FileToClean,
    Findings,
    NotAdmitted,
    RefusedEvidence,
    WordEvidence,
    name_pages,
)
from generator.evidence.scans import can_read_scans, read_scan

_CHILD = ("-m", "generator.evidence.child")
MAX_SIZE = 1024**3
"""The largest file that any portal of the courts takes."""
_SUFFIXES = {FileFormat.PDF: ".pdf", FileFormat.WORD: ".docx", FileFormat.JPEG: ".jpg", FileFormat.PNG: ".png"}
_CHUNK = 1024 * 1024
_PRINT = "print it to PDF, or scan it, and use that"
_SECONDS_PER_SCAN = 20.0
"""What reading one scanned page may take: 2 to 6 seconds on an ordinary computer, and slower ones are allowed for."""


def admit_evidence(
    files: Iterable[Path],
    folder: Path,
    *,
    deadline: float = 60.0,
    may_stay: Sequence[frozenset[str]] = (),
    strict: bool = False,
) -> tuple[EvidenceResult, ...]:
    """Return one result for each file, in the order given.

    PDFs are written to `folder`, which must be private and empty: a clean copy, or the page that stands in place of a
    file that cannot be included. With `strict` such a file is refused instead. `may_stay` says for each file which of
    `comments`, `tracked_changes` and `hidden_text` a Word file may hold; without it none may. Each file has `deadline`
    seconds and half a second more for each of its pages; one that hangs or brings the child down costs only itself.
    Scans are read where OCRmyPDF is installed. Raises FileBusyError when the folder is full or cannot be written, and
    ValueError when `may_stay` has not one entry for each file; a file that is wrong in itself never raises.
    """
    listed = list(files)
    if may_stay and len(may_stay) != len(listed):
        raise ValueError("may_stay needs one entry for each file")
    stays = may_stay or [frozenset[str]()] * len(listed)
    with SandboxedWorker[Findings | NotAdmitted](_CHILD, Findings, NotAdmitted) as worker:
        return tuple(
            _Admission(file, folder, number, worker, deadline, strict=strict).admit(stay)
            for number, (file, stay) in enumerate(zip(listed, stays, strict=True), 1)
        )


def quarantine_evidence(
    source: Path, pdf: Path, says: str, remedy: str, *, sha256: str = "", size: int | None = None
) -> AdmittedEvidence:
    """Write to `pdf` the page that stands in place of a file, and say so.

    `says` is one plain sentence why, `remedy` what can be done; neither may name anybody. Raises FileBusyError when
    the page cannot be written.
    """
    try:
        draw_quarantine_page(pdf, says, remedy, sha256, size)
    except OSError as error:
        raise _busy_error(error) from None
    return AdmittedEvidence(
        source,
        pdf,
        1,
        sha256,
        AdmissionResult.QUARANTINED,
        (f"{says}. A page that says so stands in its place",),
        problem=Problem("B001", says, remedy=remedy),
    )


class _Admission:
    """The admission of one file: copied, cleaned, and reported on."""

    def __init__(
        self,
        file: Path,
        folder: Path,
        number: int,
        worker: SandboxedWorker[Findings | NotAdmitted],
        deadline: float,
        *,
        strict: bool,
    ) -> None:
        self._file = file
        self._folder = folder
        self._name = f"{number:04}"
        self._clean = folder / f"{self._name}.pdf"
        self._worker = worker
        self._deadline = deadline
        self._strict = strict
        self._digest = ""
        self._size: int | None = None

    def admit(self, may_stay: frozenset[str]) -> EvidenceResult:
        try:
            source = self._file.open("rb")
        except OSError as error:
            # No page can stand in for it: the person who named the file can put it there, or name another.
            reason = (error.strerror or "it cannot be opened").lower()
            remedy = "check that the file is there and not open in another program"
            return self._refuse(f"The file cannot be opened: {reason}", remedy)
        with source:
            self._size = os.fstat(source.fileno()).st_size
            if self._size > MAX_SIZE:
                self._digest = _digest(source, self._deadline)
                return self._quarantine(
                    "The file is larger than 1 GB", "split it, or make its scans coarser: 200 dots per inch are enough"
                )
            file_format = find_format(source.read(LOOKED_AT))
            if not isinstance(file_format, FileFormat):
                self._digest = _digest(source, self._deadline)
                return self._quarantine(*self._name_format(source, *file_format))
            copy = self._folder / f"{self._name}-source{_SUFFIXES[file_format]}"
            try:
                # From here on only the copy is read, so a file that changes meanwhile cannot be two things at once.
                self._digest = _copy(source, copy)
            except OSError as error:
                raise _busy_error(error) from None
        found = self._ask(FileToClean(file_format, str(copy), str(self._clean), tuple(sorted(may_stay))))
        if isinstance(found, NotAdmitted):
            if found.end == "busy":
                raise FileBusyError(found.says)
            self._tidy()
            end = self._refuse if found.end == "refused" else self._quarantine
            return end(found.says, found.remedy)
        if ENDINGS.get(self._file.suffix.lower()) is not file_format:
            found.warnings.insert(0, f"The file is a {file_format} file, whatever its name says")
        if file_format is FileFormat.WORD:
            docx = self._clean if self._clean.exists() else copy
            if docx is self._clean:
                docx = self._clean.replace(self._clean.with_suffix(".docx"))
            return WordEvidence(self._file, docx, self._digest, tuple(found.warnings), found.removed)
        copy.unlink(missing_ok=True)
        self._read_scans(found)
        return self._report(found)

    def _ask(self, file: FileToClean) -> Findings | NotAdmitted:
        reply = self._worker.ask(file, self._deadline)
        if reply.ended is Ended.TOO_SLOW:
            return NotAdmitted("quarantined", f"The file could not be read within {self._deadline:g} seconds", _PRINT)
        if reply.ended is Ended.DIED:
            says = "The file could not be read: it needs more memory or time than a file of evidence may"
            return NotAdmitted("quarantined", says, _PRINT)
        return reply.answers[0]

    def _read_scans(self, found: Findings) -> None:
        """Have pages without text read, and look at the result as at any file. Without success all stays as it was."""
        scanned = len(found.without_text)
        if not scanned or not can_read_scans():
            return
        read, again = self._folder / f"{self._name}-read.pdf", self._folder / f"{self._name}-again.pdf"
        if read_scan(self._clean, read, deadline=self._deadline + scanned * _SECONDS_PER_SCAN):
            looked = self._ask(FileToClean(FileFormat.PDF, str(read), str(again)))
            if isinstance(looked, Findings) and looked.pages == found.pages and not looked.drawn:
                again.replace(self._clean)
                found.without_text = looked.without_text
        for passing in (read, again):
            passing.unlink(missing_ok=True)

    def _report(self, found: Findings) -> AdmittedEvidence:
        warnings = found.warnings
        if found.drawn:
            warnings.append(f"Pictures stand in place of {name_pages(found.drawn)}, as a reader shows them")
        if found.without_text:
            warnings.append(f"There is no text on {name_pages(found.without_text)}, so nobody can search there")
        outcome = AdmissionResult.MERGED_WITH_WARNING if warnings else AdmissionResult.MERGED
        return AdmittedEvidence(
            self._file,
            self._clean,
            found.pages,
            self._digest,
            AdmissionResult.RASTERISED if found.drawn else outcome,
            tuple(warnings),
            dict(+found.removed),
            found.signed,
            tuple(found.drawn),
            tuple(found.without_text),
        )

    def _name_format(self, source: BinaryIO, what: str, remedy: str) -> tuple[str, str]:
        if self._size:
            with mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ) as content:
                what, remedy = find_old_office(content) or (what, remedy)
        ending = self._file.suffix.lower()
        but = f", although its name ends in {ending}" if ending in ENDINGS else ""
        return f"The file is {what}{but}", remedy

    def _quarantine(self, says: str, remedy: str) -> EvidenceResult:
        if self._strict:
            return self._refuse(says, remedy)
        return quarantine_evidence(self._file, self._clean, says, remedy, sha256=self._digest, size=self._size)

    def _refuse(self, says: str, remedy: str) -> RefusedEvidence:
        return RefusedEvidence(self._file, Problem("B001", says, remedy=remedy), self._digest)

    def _tidy(self) -> None:
        """Remove what the child left, also where it was ended in the middle of its work."""
        for left in self._folder.glob(f"{self._name}[.-]*"):
            with suppress(OSError):
                left.unlink()


def _copy(source: BinaryIO, copy: Path) -> str:
    digest = hashlib.sha256()
    source.seek(0)
    handle = os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as written:
        while block := source.read(_CHUNK):
            digest.update(block)
            written.write(block)
    return digest.hexdigest()


def _digest(source: BinaryIO, deadline: float) -> str:
    """The SHA-256 of a file that is not copied; empty where it has no end that can be reached in time."""
    digest = hashlib.sha256()
    source.seek(0)
    ends_at = time.monotonic() + deadline
    while block := source.read(_CHUNK):
        digest.update(block)
        if time.monotonic() > ends_at:
            return ""
    return digest.hexdigest()


def _busy_error(error: OSError) -> FileBusyError:
    reason = (error.strerror or "unknown reason").lower()
    return FileBusyError(
        f"Evidence cannot be copied to the working folder: {reason}. Nothing was changed. Make room and build again"
    )
