"""What one reader of a case may know, and whose family they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from generator.case.facts import Disclosure
from generator.case.family import Case
from generator.case.person import Person
from generator.case.questions import find_person
from generator.disclosure.facts import CaseFact
from generator.disclosure.folding import squash, words_of
from generator.disclosure.lens import Lens
from generator.disclosure.spelling import spell_name

_SAYS_WHO_OR_WHERE = frozenset(
    {
        "Address.lines", "Authority.complaints", "Authority.department", "Authority.legal_help",
        "Authority.independent_support", "Authority.name", "Authority.support_groups", "Child.place_of_birth",
        "Contribution.author", "Contributor.name", "Court.judge", "Court.name", "Decision.decided_by",
        "DocumentRead.author", "Evidence.author", "Hearing.judge", "Hearing.place", "Letters.advocate",
        "Letters.delivered_by", "Letters.interpreter", "Order.court", "Override.by", "Party.counsel", "Party.name",
        "Party.represented_by", "Person.organisation", "Person.place_of_birth", "SiblingAssessment.completed_by",
        "SiblingAssessment.countersigned_by", "Solicitor.firm", "Solicitor.name",
    }
)  # fmt: skip
"""Fields that name people and places that readers know. Free text is not among them: secrets slip out there."""

_SAYS_WHERE = frozenset(
    {
        "Authority.complaints", "Authority.independent_support", "Authority.legal_help", "Authority.support_groups",
        "Court.name", "Hearing.place", "Order.court",
    }
)  # fmt: skip
"""Fields that send a reader to a place, so that its street gives away nobody else who lives there."""

_REACHES = frozenset(
    {"Person.telephone", "Person.email", "Address.lines", "Address.postcode", "Authority.telephone", "Authority.email"}
)


@dataclass
class KnownToReader:
    """What a reader may know, squashed (see `folding.squash`).

    `values` maps telephone numbers, e-mail addresses and lines of addresses to the fact that holds them; `own` are the
    reader's own of these. `places` are addresses that they may see, and texts that tell them where to go.
    """

    names: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    values: dict[str, str] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)


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
    return ReaderKnowledge(case, lens, held, theirs, strange, hidden, _list_known(case, lens, held, hidden, strange))


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


def _list_known(
    case: Case, lens: Lens, held: Iterable[CaseFact], hidden: Iterable[Person], strange: Collection[str]
) -> KnownToReader:
    """Return what a reader may know of a case.

    `hidden` are the people whose names are kept from them; `strange` the ids of children who are not theirs.
    """
    known = KnownToReader()
    secret = {person.id for person in hidden}
    for person in case.people:
        if person.id not in secret:
            _add_name(known, person.name.given, person.name.family, person.name.known_as)
            known.names |= {one.letters for one in spell_name(person.name, ())}
    for child in case.children:
        if child.id not in strange:
            _add_name(known, child.name.given, child.name.family, child.name.known_as)
            known.names |= {one.letters for one in spell_name(child.name, ())}
    caring = set() if lens.sees(Disclosure.CARER) else {person.id for person in case.people if person.is_carer}
    hiding = {squash(person.name.full) for person in hidden if person.name.family}
    confidential = {person.id for person in case.people if person.address and person.address.confidential}
    # Parents may know how to reach professionals, and nobody else.
    unreachable = {person.id for person in case.people if not person.role} if lens.is_family else set()
    for fact in held:
        if fact.owner in secret or not isinstance(fact.value, str):
            continue
        letters = squash(fact.value)
        is_address = fact.model == "Address"
        if fact.key in _REACHES:
            mine = fact.owner is not None and fact.owner == lens.reader
            if mine and not (lens.filed and is_address and fact.owner in confidential):
                known.own.add(letters)
            elif fact.owner not in unreachable and not (is_address and fact.owner in confidential):
                known.values.setdefault(letters, fact.named)
        is_seen = fact.owner not in confidential | caring and not fact.hidden_from(lens)
        if fact.key in _SAYS_WHERE or (fact.key == "Address.lines" and is_seen):
            known.places.add(letters)
        names_nobody_hidden = not any(name in letters for name in hiding)
        if fact.key in _SAYS_WHO_OR_WHERE and fact.owner not in confidential and names_nobody_hidden:
            known.words |= {*words_of(fact.value), letters}
    return known


def _add_name(known: KnownToReader, *parts: str | None) -> None:
    for part in filter(None, parts):
        known.words |= {*words_of(part), squash(part)}
