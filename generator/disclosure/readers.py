"""Who a reader is, by the id or word with which a person asks for them."""

from __future__ import annotations

from dataclasses import replace

from generator.base.english import find_nearest
from generator.base.errors import CannotReadError
from generator.case.family import Case
from generator.case.person import Person
from generator.case.words import ADOPTER_KINDS, Role
from generator.disclosure.lens import Audience, Lens

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
    person = next((one for one in case.people if one.id == who), None)
    if person:
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
