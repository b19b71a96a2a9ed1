"""Who a reader is, by the id or word with which a person asks for them."""

from __future__ import annotations

from dataclasses import replace

from generator.base.english import find_nearest
from generator.base.errors import CannotReadError
from generator.case.audience import Audience
from generator.case.family import Case
from generator.case.person import Person
from generator.case.questions import find_person
from generator.case.words import ADOPTER_KINDS, Role
from generator.disclosure.lens import Lens

_NO_ONES = Audience.PARENT.value
_IN_COURT = frozenset({Role.SOLICITOR, Role.CHILDS_SOLICITOR, Role.EXPERT, Role.ADVOCATE})
"""Those who act in the proceedings: they read what the court reads."""


def find_reader(case: Case, who: str) -> Lens:
    """The view of a reader: a person of the case by their id, or an audience by its name.

    Family reads as a parent does; the authority's lawyer as the authority; adopters as in matching; foster carers and
    other professionals as those invited; those who act in the proceedings as the court. Raises CannotReadError where
    there is no such reader, with those there are.
    """
    audiences = [one.value for one in Audience if one.value != _NO_ONES]
    if who in audiences:
        return Lens(Audience(who))
    if person := find_person(case, who):
        return Lens(_audience_of(person), person.id)
    if who == _NO_ONES:
        parents = {parent.id: None for child in case.children for parent in case.parents_of(child.id)}
        raise CannotReadError(f"Each parent is a reader by themselves. Name one: {', '.join(parents)}")
    near = find_nearest(who, [*audiences, *(one.id for one in case.people)])
    hint = f"Did you mean {near}?" if near else f"Use the id of a person in the case file, or: {', '.join(audiences)}"
    raise CannotReadError(f"There is no reader with this name. {hint}")


def find_guest(case: Case, who: str) -> Lens:
    """The view of somebody of the case who reads papers beside those who work on it: never that of the authority."""
    lens = find_reader(case, who)
    return replace(lens, audience=Audience.PROFESSIONALS) if lens.audience is Audience.PRIVILEGED else lens


def is_each_of_family(who: str) -> bool:
    """Whether a word in the case file stands for an audience in which each reader is one person of the family."""
    return any(one.is_family and one.value == who for one in Audience)


OF_READERS, OF_GUESTS = "reader", "guest"
"""What a card says of a paper whose audience depends on who gets the copy."""


def list_audiences(word: str) -> tuple[Audience, ...]:
    """The audiences that a paper may have whose card says this word of it."""
    if word == OF_READERS:
        return Audience.PROFESSIONALS, Audience.PARENT
    return tuple(one for one in Audience if one.may_be_guest) if word == OF_GUESTS else (Audience(word),)


def find_view(case: Case, word: str, parent: str | None, guest: str | None) -> Lens:
    """The view of the reader of one paper, whose card says this word of it; `parent` or `guest` is whom it is for."""
    if word == OF_GUESTS:
        return find_guest(case, guest) if guest else Lens(Audience.PARENT)
    if word == OF_READERS:
        word = Audience.PARENT if parent else Audience.PROFESSIONALS
    audience = Audience(word)
    return Lens(audience, parent if audience.is_family else None)


def _audience_of(person: Person) -> Audience:
    kinds = {tie.kind for tie in person.relationships}
    if person.role is Role.LOCAL_AUTHORITY_LAWYER:
        return Audience.PRIVILEGED
    if person.role in _IN_COURT:
        return Audience.COURT
    if kinds & ADOPTER_KINDS and person.is_only_carer:
        return Audience.MATCHING
    if person.role or person.is_only_carer:
        return Audience.PROFESSIONALS
    return Audience.PARENT
