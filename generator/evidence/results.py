"""The results of admitting a file, and the words for them."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Literal

from generator.base.errors import Problem

SECONDS_PER_PAGE = 0.5
"""A page that is drawn and looked at takes 0.1 to 0.3 s (measured); a file of 1,000 such pages is no attack."""


class AdmissionResult(StrEnum):
    """The five ends of an evidence file. None is ever lost without one of them."""

    MERGED = "merged"
    MERGED_WITH_WARNING = "merged with warning"
    RASTERISED = "rasterised"
    """Some of its pages, or all, are pictures of themselves: as they are shown, with nothing hidden in them."""
    QUARANTINED = "quarantined"
    """A page in its place says why it is not there, so that numbers and index stay right."""
    REFUSED = "refused"
    """Filing it could disclose what was meant to be hidden, so there is no bundle until a person has decided."""


class Removed(StrEnum):
    """What is taken out of the copy that goes into the bundle. The file itself is not changed."""

    SCRIPTS = "scripts"
    LAUNCH_ACTIONS = "launch actions"
    ATTACHMENTS = "attachments"
    MEDIA = "films and sounds"
    FORM_FIELDS = "form fields"
    """Their answers are then part of the page."""
    OUTSIDE_LINKS = "links to places outside"
    NOTES = "notes that are not drawn on the page"
    METADATA = "metadata"
    BOOKMARKS = "bookmarks"


_NOT_LISTED = frozenset({Removed.METADATA, Removed.BOOKMARKS, Removed.FORM_FIELDS})
"""Nearly every file has metadata, and many have bookmarks: no reason to look at the file again. Fields have a line of
their own."""


@dataclass(frozen=True, slots=True)
class AdmittedEvidence:
    """A clean PDF made from one file, or the page that stands in its place.

    `sha256` is of the file as it came (empty where it is too large to be read); `warnings` are sentences for the
    reader. `removed` counts what is not in the copy. `signed`: it was signed electronically, so the original must be
    kept beside the bundle. `drawn` and `without_text` are pages, from 1: pictures of themselves, and pages with content
    that cannot be searched. `problem` (code B001) is there for quarantined files alone: why, and what can be done.
    """

    source: Path
    pdf: Path
    pages: int
    sha256: str
    outcome: AdmissionResult
    warnings: tuple[str, ...] = ()
    removed: Mapping[str, int] = field(default_factory=dict)
    signed: bool = False
    drawn: tuple[int, ...] = ()
    without_text: tuple[int, ...] = ()
    problem: Problem | None = None

    @property
    def searchable(self) -> bool:
        """Whether every page that has content has text."""
        return not self.without_text


@dataclass(frozen=True, slots=True)
class WordEvidence:
    """A Word file that is safe to convert. `docx` is the private copy to convert; admit its PDF afterwards.

    Then `join_word` makes one result of the two.
    """

    source: Path
    docx: Path
    sha256: str
    warnings: tuple[str, ...] = ()
    removed: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RefusedEvidence:
    """A file that stops the build. The problem (code B001) says what can be done."""

    source: Path
    problem: Problem
    sha256: str = ""
    outcome: AdmissionResult = AdmissionResult.REFUSED


EvidenceResult = AdmittedEvidence | WordEvidence | RefusedEvidence


def join_word(word: WordEvidence, converted: EvidenceResult) -> EvidenceResult:
    """The result for a Word file, from its own check and the admission of the PDF made from it.

    Source and SHA-256 are those of the Word file; warnings and counts of both stand side by side.
    """
    if isinstance(converted, WordEvidence):
        raise TypeError("a Word file was converted into a Word file")
    if isinstance(converted, RefusedEvidence):
        return dataclasses.replace(converted, source=word.source, sha256=word.sha256)
    outcome = converted.outcome
    if outcome is AdmissionResult.MERGED and word.warnings:
        outcome = AdmissionResult.MERGED_WITH_WARNING
    return dataclasses.replace(
        converted,
        source=word.source,
        sha256=word.sha256,
        outcome=outcome,
        warnings=(*word.warnings, *converted.warnings),
        removed=dict(Counter(word.removed) + Counter(converted.removed)),
    )


class CannotAdmit(Exception):  # noqa: N818 - says what happened to the file; never leaves this package
    """Raised inside the package when a file cannot be included: what is wrong, and what can be done."""

    def __init__(self, says: str, remedy: str) -> None:
        super().__init__(says)
        self.says = says
        self.remedy = remedy


class MustNotFile(CannotAdmit):
    """Raised inside the package when filing the file could disclose what was meant to be hidden."""


@dataclass(slots=True)
class Findings:
    """What the child process found out about one file on its way to a clean copy. Pages count from 1."""

    pages: int = 1
    warnings: list[str] = field(default_factory=list)
    removed: Counter[str] = field(default_factory=Counter)
    signed: bool = False
    drawn: list[int] = field(default_factory=list)
    without_text: list[int] = field(default_factory=list)

    def warn_of_removed(self) -> None:
        """Add the warning about what is not in the copy, where a reader could miss it."""
        parts = [f"{what} ({count})" for what, count in sorted((+self.removed).items()) if what not in _NOT_LISTED]
        if parts:
            self.warnings.append(f"Not in the copy: {', '.join(parts)}")
        if fields := self.removed[Removed.FORM_FIELDS]:
            self.warnings.append(f"The answers in form fields ({fields}) are now part of the page")


@dataclass(frozen=True, slots=True)
class FileToClean:
    """The question to the child process: a file, where its clean copy is to be written, and what may stay in it.

    `format` is a FileFormat. `may_stay` may have `comments`, `tracked_changes` and `hidden_text` of a Word file.
    """

    format: str
    source: str
    target: str
    may_stay: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotAdmitted:
    """The answer of the child process about a file that cannot go in: why, and what can be done.

    `busy` says that the disk is full, which is no fault of the file.
    """

    end: Literal["quarantined", "refused", "busy"]
    says: str
    remedy: str = ""


def name_pages(pages: Iterable[int]) -> str:
    """Pages as a reader says them: `page 3`, or `pages 1, 4–6`."""
    numbers = sorted(set(pages))
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
    return f"{'page' if len(numbers) == 1 else 'pages'} {said}"
