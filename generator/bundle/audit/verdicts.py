"""What is judged, and how a judgement is said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.base.english import capitalise
from generator.bundle.audit.facts import BundleFacts, EntryFacts
from generator.bundle.audit.findings import Outcome
from generator.bundle.audit.look import SeenBundle
from generator.bundle.layout.model import BundleLayout

MOST_SAID = 6


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one rule. `pages` count from 0."""

    outcome: Outcome
    detail: str
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """A bundle as it was seen, with the layout it is held against and what is known beside it."""

    seen: SeenBundle
    layout: BundleLayout
    facts: BundleFacts | None

    def list_entries(self) -> tuple[EntryFacts, ...]:
        """The papers of the bundle, as far as they are known."""
        return self.facts.entries if self.facts else ()

    def pages_of(self, entry: EntryFacts) -> range:
        """The pages of a paper in the file; none where its numbers are not found in order."""
        places = self.seen.page_of
        first, last = places.get(entry.first_label), places.get(entry.last_label)
        return range(0) if first is None or last is None else range(first, last + 1)


def kept(detail: str) -> Verdict:
    """The rule is kept."""
    return Verdict(Outcome.KEPT, _open(detail))


def broken(detail: str, pages: Iterable[int] = ()) -> Verdict:
    """The rule is broken, on these pages."""
    return Verdict(Outcome.BROKEN, _open(detail), tuple(sorted({*pages})))


def look(detail: str, pages: Iterable[int] = ()) -> Verdict:
    """A person has to judge, on these pages."""
    return Verdict(Outcome.LOOK, _open(detail), tuple(sorted({*pages})))


def cannot(detail: str) -> Verdict:
    """What is known is not enough."""
    return Verdict(Outcome.CANNOT, _open(detail))


def _open(detail: str) -> str:
    return capitalise(detail)


def say_some(sentences: list[str]) -> str:
    """The first few of many sentences, and how many more there are."""
    said = "; ".join(sentences[:MOST_SAID])
    more = len(sentences) - MOST_SAID
    return f"{said}; and {more} more" if more > 0 else said
