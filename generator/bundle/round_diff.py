"""What a bundle changes against what has been filed: for a look before, and for the note to the court after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.base.dates import format_date
from generator.base.english import capitalise
from generator.base.pages import format_range
from generator.bundle.cover import Cover
from generator.bundle.fonts import clean_text
from generator.bundle.ledger import FilingRound, Ledger
from generator.bundle.numbering import LateStyle, number_papers
from generator.bundle.papers import BundlePaper, BundleSection, FilingChange, PlacedPaper


@dataclass(frozen=True, slots=True)
class RoundChanges:
    """Every paper of a bundle, in its order, with what happens to it in this round of filing.

    `index_labels` has the pages of the revised index; it is empty as long as the bundle has not been assembled.
    """

    cover: Cover
    round: FilingRound
    papers: tuple[PlacedPaper, ...]
    index_labels: tuple[str, ...] = ()

    @property
    def refused(self) -> tuple[PlacedPaper, ...]:
        """The papers that stop the build, each with its problem."""
        return tuple(one for one in self.papers if one.problem)

    @property
    def changed(self) -> tuple[PlacedPaper, ...]:
        """The papers that are new, replaced or withdrawn, or whose line in the index has other words."""
        return tuple(one for one in self.papers if one.sheets_to_send or one.is_retitled)

    @property
    def sheets(self) -> tuple[str, ...]:
        """The label of every page to hand over, without the index."""
        return tuple(label for one in self.papers for label in one.sheets_to_send)


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One line of the change note: which pages, of which paper, and what happened to them."""

    pages: str
    paper: str
    says: str


def plan_changes(
    cover: Cover,
    sections: Sequence[BundleSection],
    papers: Sequence[BundlePaper],
    ledger: Ledger | None,
    *,
    late_style: LateStyle = "lettered",
) -> RoundChanges:
    """What `assemble_bundle` would change with the same arguments; no file is written.

    Papers that the ledger refuses are in the result. Raises BundleError for papers that cannot go in at all.
    """
    _, numbering = number_papers(sections, papers, ledger, late_style, cover.prepared_on)
    return RoundChanges(cover, numbering.round, numbering.papers)


def list_changes(changes: RoundChanges) -> tuple[ChangeLine, ...]:
    """The lines of the change note in the order of the bundle. They name papers, so they are for its readers only."""
    return tuple(
        ChangeLine(one.page_range, clean_text(one.paper.title), _describe_change(one)) for one in changes.changed
    )


def describe_changes(changes: RoundChanges) -> tuple[str, ...]:
    """The change note as lines of text, its heading first. They name papers, so they are for its readers only."""
    lines = list_changes(changes)
    said = [f"{line.pages}: {line.paper}. {line.says}." for line in lines]
    return (describe_round(changes), *said, "No other page has changed." if lines else "No page has changed.")


def describe_round(changes: RoundChanges) -> str:
    """The heading of a round: Round 2 of filing, 3 December 2026."""
    return f"Round {changes.round.number} of filing, {format_date(changes.round.on)}"


def _describe_change(one: PlacedPaper) -> str:
    said = {
        FilingChange.NEW: f"New, follows {one.follows}" if one.follows else "New, first in its section",
        FilingChange.REPLACED: "Replaces the paper that was filed",
        FilingChange.WITHDRAWN: "Withdrawn",
    }.get(one.change, "")
    parts = [said] if said else []
    if one.change is FilingChange.REPLACED:
        for labels, word in ((one.added, "added"), (one.removed, "withdrawn")):
            if labels:
                parts.append(f"{format_range(labels[0], labels[-1])} {word}")
    if one.is_retitled:
        parts.append("other words in the index")
    if one.is_withheld:
        parts.append(one.note)
    words = ", ".join(parts)
    return capitalise(words)
