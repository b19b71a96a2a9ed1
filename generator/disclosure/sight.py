"""A case as one reader stands to it: who is theirs, who is a stranger, who is hidden, and what they know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.case.facts import Disclosure
from generator.case.family import Case
from generator.case.person import Person
from generator.case.questions import find_person
from generator.disclosure.facts import Held
from generator.disclosure.known import Known, list_known
from generator.disclosure.lens import Audience, Lens


@dataclass(frozen=True, slots=True)
class Sight:
    """What decides what is kept from a reader.

    `own` is the id of the reader, where it is a person. `theirs` are the children of whose family they are, `strange`
    for a parent those who are not; `hidden` the people whose names are kept from them.
    """

    case: Case
    lens: Lens
    held: Sequence[Held]
    theirs: frozenset[str]
    strange: frozenset[str]
    hidden: tuple[Person, ...]
    known: Known

    @property
    def own(self) -> str | None:
        """The id of the reader, where it is a person."""
        return self.lens.reader

    def sees(self, kind: Disclosure) -> bool:
        """Whether this reader may see facts of a kind that are about nobody in particular."""
        return self.lens.sees(kind)


def look_at(case: Case, lens: Lens, held: Sequence[Held]) -> Sight:
    """A case as this reader stands to it. `held` are all its facts."""
    reader = find_person(case, lens.reader)
    children = frozenset(child.id for child in case.children)
    theirs = frozenset(tie.to for tie in reader.relationships) if reader else children
    strange = children - theirs if lens.audience is Audience.PARENT else frozenset()
    hidden = tuple(person for person in case.people if _is_hidden(person, lens, theirs))
    return Sight(case, lens, held, theirs, strange, hidden, list_known(case, lens, held, hidden, strange))


def _is_hidden(person: Person, lens: Lens, theirs: frozenset[str]) -> bool:
    """Whether this reader may not know who this person is."""
    if person.id == lens.reader:
        return False
    if is_stranger(person):
        return not lens.sees(Disclosure.CARER)
    if person.informant and not person.relationships and not person.role:
        return not lens.sees(Disclosure.PRIVATE)
    # The family of a half-brother or half-sister, which is not the reader's.
    ties = {tie.to for tie in person.relationships}
    return lens.audience is Audience.PARENT and bool(ties) and not ties & theirs and person.role is None


def is_stranger(person: Person) -> bool:
    """Whether a carer is nobody's relative. A connected carer on one side of the family is: an aunt, say."""
    return person.is_only_carer and not any(tie.side for tie in person.relationships)
