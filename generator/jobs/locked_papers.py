"""Which papers stay as they are when facts change: those that are signed off, and those that were filed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from generator.base.errors import CannotReadError
from generator.bundle.ledger import read_ledger
from generator.case.court import Direction
from generator.case.family import Case
from generator.papers.card import PlannedDocument
from generator.papers.plan import name_court_copy, working_name
from generator.workspace.folder import OutputFolder
from generator.workspace.record import WrittenFile

LEDGER = "filed.json"

SIGNED = "It is signed off, so it stays as it is"
FILED = "It was filed, so it stays as it is. To file another, name it under replaces in the direction that allows it"


@dataclass(frozen=True, slots=True)
class LockedPapers:
    """Which papers must stay. `filed` are names of papers; None where the ledger of what was filed cannot be read."""

    filed: Collection[str] | None = frozenset()
    replaceable: Collection[str] = frozenset()

    def why(self, planned: PlannedDocument, known: WrittenFile | None) -> str:
        """Why a paper that the product wrote must not be replaced; nothing where it may be."""
        names = {working_name(planned.name), name_court_copy(planned.name)}
        if names & {*self.replaceable}:
            return ""
        if self.filed is None or names & {*self.filed}:
            return FILED
        return SIGNED if known and _was_signed(planned, known) else ""


def _was_signed(planned: PlannedDocument, known: WrittenFile) -> bool:
    """Whether the file that stands there was made after its sign-off.

    Papers that nobody signs (an agenda) are never drafts, and are no more locked for it. Of a file from before drafts
    were recorded nobody knows, so one that is signed off by now is left alone.
    """
    if planned.template.card.signed_off == "true":
        return False
    return known.origin.draft == "no" or (not known.origin.draft and not planned.draft)


def list_replaceable(case: Case) -> dict[str, Direction]:
    """What was filed and may be replaced or taken out: ids of evidence and names of papers, with their direction.

    A court copy goes by its own name and by that of the paper.
    """
    directions = case.court.directions if case.court else ()
    named = {name: direction for direction in directions for name in direction.replaces}
    return {name_court_copy(name): direction for name, direction in named.items()} | named


def find_locked_papers(case: Case, folder: OutputFolder, *, anew: bool = False) -> LockedPapers:
    """What the ledger of filed pages says, unless everything is to be numbered anew."""
    replaceable = list_replaceable(case)
    file = folder.path / LEDGER
    if anew or not file.exists():
        return LockedPapers(replaceable=replaceable)
    try:
        ledger = read_ledger(file)
    except CannotReadError:
        folder.warnings.append(
            f"{LEDGER} cannot be read, so every paper counts as filed and none is replaced. Put it back from a copy"
        )
        return LockedPapers(None, replaceable)
    return LockedPapers(frozenset(paper.id for paper in ledger.papers if paper.labels), replaceable)
