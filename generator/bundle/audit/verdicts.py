"""A bundle under audit, and the verdicts about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from generator.base.english import capitalise
from generator.bundle.audit.known import KnownBundle, KnownPaper
from generator.bundle.audit.look import SeenBundle
from generator.bundle.layout.model import BundleLayout

MOST_SAID = 6


class AuditResult(StrEnum):
    """Whether a rule is kept, as far as can be told."""

    KEPT = "kept"
    BROKEN = "broken"
    LOOK = "look at this"
    """A person has to judge: the rule has exceptions, or the program sees only a sign."""
    CANNOT = "cannot be checked"
    """Neither the file nor what is known beside it says enough."""


@dataclass(frozen=True, slots=True)
class AuditVerdict:
    """Whether one rule is kept, and why. `pages` count from 0."""

    outcome: AuditResult
    detail: str
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditedBundle:
    """A bundle as it was seen, with the layout it is held against and what is known beside it."""

    seen: SeenBundle
    layout: BundleLayout
    known: KnownBundle | None

    def list_papers(self) -> tuple[KnownPaper, ...]:
        """The papers of the bundle, as far as they are known."""
        return self.known.entries if self.known else ()

    def pages_of(self, paper: KnownPaper) -> range:
        """The pages of a paper in the file; none where its numbers are not found in order."""
        places = self.seen.page_of
        first, last = places.get(paper.first), places.get(paper.last)
        return range(0) if first is None or last is None else range(first, last + 1)


def kept(detail: str) -> AuditVerdict:
    """The rule is kept."""
    return AuditVerdict(AuditResult.KEPT, capitalise(detail))


def broken(detail: str, pages: Iterable[int] = ()) -> AuditVerdict:
    """The rule is broken, on these pages."""
    return AuditVerdict(AuditResult.BROKEN, capitalise(detail), tuple(sorted({*pages})))


def look(detail: str, pages: Iterable[int] = ()) -> AuditVerdict:
    """A person has to judge, on these pages."""
    return AuditVerdict(AuditResult.LOOK, capitalise(detail), tuple(sorted({*pages})))


def cannot(detail: str) -> AuditVerdict:
    """What is known is not enough."""
    return AuditVerdict(AuditResult.CANNOT, capitalise(detail))


def join_some(sentences: list[str]) -> str:
    """The first few of many sentences, and how many more there are."""
    said = "; ".join(sentences[:MOST_SAID])
    more = len(sentences) - MOST_SAID
    return f"{said}; and {more} more" if more > 0 else said
