"""What is known of a bundle beside what its file shows: what its papers are, the hearing, and what was ordered."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from generator.base.dates import format_date
from generator.bundle.cover import find_hearing
from generator.bundle.papers import PlacedPaper
from generator.case.court import Court
from generator.case.family import Case
from generator.case.words import EvidenceKind

_BUNDLE = re.compile(r"\bbundle\b", re.IGNORECASE)
_PRELIMINARY = re.compile(r"\b(?:preliminary|case summary|position statement)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class KnownPaper:
    """One paper of the bundle, by the numbers of its first and last page.

    `directed_by` is the direction that lets it in; `own` says that the authority wrote the paper, and could set it
    anew.
    """

    first: str
    last: str
    kind: EvidenceKind | None = None
    dated: dt.date | None = None
    directed_by: str | None = None
    essential: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True)
class OrderedDay:
    """The day by which the court ordered something to be filed, and where it says so: `order of 12 June 2026`."""

    what: Literal["bundle", "preliminary documents"]
    on: dt.date
    said_in: str


@dataclass(frozen=True, slots=True)
class KnownBundle:
    """Everything that the case file knows of one bundle. What is not known is None or empty, and is not guessed.

    `permission` says where the court allowed `permitted_pages`. The names of these fields, and of those of the papers,
    are keys of the report that lies beside a bundle.
    """

    entries: tuple[KnownPaper, ...] = ()
    hearing_at: dt.datetime | None = None
    permitted_pages: int | None = None
    permission: str = ""
    ordered: tuple[OrderedDay, ...] = ()
    today: dt.date | None = None


def know_bundle(case: Case, on: dt.date, papers: Sequence[PlacedPaper]) -> KnownBundle:
    """What the case file knows, on a day, of a bundle with these papers."""
    court = case.court
    hearing = find_hearing(case, on)
    limit = court.page_limit if court else None
    return KnownBundle(
        tuple(_know_paper(placed) for placed in papers),
        hearing.at if hearing else None,
        limit.pages if limit else None,
        f"order of {format_date(limit.ordered_on)}" if limit else "",
        tuple(_list_ordered_days(court, on)) if court else (),
        on,
    )


def _know_paper(placed: PlacedPaper) -> KnownPaper:
    paper = placed.paper
    return KnownPaper(
        placed.first_label,
        placed.last_label,
        paper.kind,
        paper.dated,
        paper.directed_by,
        paper.essential,
        own=paper.is_ours,
    )


def _list_ordered_days(court: Court, on: dt.date) -> Iterator[OrderedDay]:
    for direction in court.directions:
        if direction.due_on and direction.due_on >= on:
            said_in = f"order of {format_date(direction.ordered_on)}"
            if _BUNDLE.search(direction.what):
                yield OrderedDay("bundle", direction.due_on, said_in)
            elif _PRELIMINARY.search(direction.what):
                yield OrderedDay("preliminary documents", direction.due_on, said_in)
