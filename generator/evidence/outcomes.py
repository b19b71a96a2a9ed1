"""What can become of an evidence file, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from generator.errors import Problem


class Outcome(StrEnum):
    """The five ends of an evidence file. None is ever lost without one of them."""

    MERGED = "merged"
    MERGED_WITH_WARNING = "merged with warning"
    RASTERISED = "rasterised"
    """Its pages are pictures of themselves, because nothing else of it can be trusted."""
    QUARANTINED = "quarantined"
    """A page in its place says why it is not there, so that numbers and index stay right."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class AdmittedEvidence:
    """A clean PDF made from one file. `sha256` is of the file as it came; warnings are sentences for the reader."""

    source: Path
    pdf: Path
    pages: int
    sha256: str
    outcome: Outcome
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WordEvidence:
    """A Word file that is safe to convert. `docx` is the private copy that was looked at; admit its PDF afterwards."""

    source: Path
    docx: Path
    sha256: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RefusedEvidence:
    """A file that cannot be used as it is. The problem (code B001) says what can be done."""

    source: Path
    problem: Problem
    sha256: str = ""
    outcome: Outcome = Outcome.REFUSED


EvidenceResult = AdmittedEvidence | WordEvidence | RefusedEvidence


class CannotAdmit(Exception):  # noqa: N818 - says what happened to the file; never leaves this room
    """Raised inside the room when a file cannot be used: what is wrong, and what can be done."""

    def __init__(self, says: str, remedy: str) -> None:
        super().__init__(says)
        self.says = says
        self.remedy = remedy
