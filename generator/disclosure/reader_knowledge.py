"""What one reader of a case may know, and whose family they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.case.facts import Disclosure
from generator.case.family import Case
from generator.case.person import Person
from generator.case.questions import find_person
from generator.disclosure.facts import CaseFact
from generator.disclosure.known import KnownToReader, list_known
from generator.disclosure.lens import Lens


@dataclass(frozen=True, slots=True)
class ReaderKnowledge:
    """A reader of a case, with all that decides what is protected from them.

    `held` are all facts of the case; `hidden` the people whose names are kept from the reader. `theirs` are the ids of
    the children to whose family the reader belongs; `strange`, for a parent, those of the other children.
    """

    case: Case
    lens: Lens
    held: Sequence[CaseFact]
    theirs: frozenset[str]
    strange: frozenset[str]
    hidden: tuple[Person, ...]
    known: KnownToReader

    @property
    def own(self) -> str | None:
        """Return the id of the reader, where it is a person."""
        return self.lens.reader

    def sees(self, kind: Disclosure) -> bool:
        """Return whether this reader may see facts of a kind that are about nobody in particular."""
        return self.lens.sees(kind)


def gather_knowledge(case: Case, lens: Lens, held: Sequence[CaseFact]) -> ReaderKnowledge:
    """Return what this reader may know of a case, whose facts are `held`."""
    reader = find_person(case, lens.reader)
    children = frozenset(child.id for child in case.children)
    theirs = frozenset(tie.to for tie in reader.relationships) if reader else children
    strange = children - theirs if lens.is_family else frozenset()
    hidden = tuple(person for person in case.people if _is_hidden(person, lens, theirs))
    return ReaderKnowledge(case, lens, held, theirs, strange, hidden, list_known(case, lens, held, hidden, strange))


def _is_hidden(person: Person, lens: Lens, theirs: frozenset[str]) -> bool:
    """Return whether this reader may not know who this person is."""
    if person.id == lens.reader:
        return False
    if is_stranger(person):
        return not lens.sees(Disclosure.CARER)
    if person.informant and not person.relationships and not person.role:
        return not lens.sees(Disclosure.PRIVATE)
    # The family of a half-brother or half-sister, which is not the reader's.
    ties = {tie.to for tie in person.relationships}
    return lens.is_family and bool(ties) and not ties & theirs and person.role is None


def is_stranger(person: Person) -> bool:
    """Return whether somebody is a carer and no relative. A connected carer with a `side`, such as an aunt, is one."""
    return person.is_only_carer and not any(tie.side for tie in person.relationships)
