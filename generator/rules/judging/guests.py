"""The people in a case file whom a rule asks to be invited, and whether they are invited."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from generator.case.meeting import Meeting
from generator.case.person import Person
from generator.case.questions import find_carer, find_telling_bar
from generator.case.words import RelationshipKind, describe_word
from generator.rules.conditions.child_on_day import ChildOnDay
from generator.rules.procedures.model import Guest, Rule

_NOTHING: frozenset[str] = frozenset()
_ALL_OF_THEM = ("parents", "connected_carers")
"""Groups of whom each one is meant, not any one."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Someone whom a rule asks to be invited: the people who may be meant, and which of them are invited or excused.

    `needs` are the places in the case file that would tell who else is meant, where it does not; `each` says that every
    one of the people is meant; `beyond_part` are those invited to more than the part that the rule names.
    """

    guest: Guest
    people: tuple[Person, ...]
    invited: tuple[Person, ...]
    excused: tuple[Person, ...]
    beyond_part: tuple[Person, ...]
    needs: frozenset[str]
    each: bool

    @property
    def is_filled(self) -> bool:
        """Whether the right people are invited, as far as it is known who they are: each of a group, or any one."""
        if self.each:
            return len(self.invited) == len(self.people)
        return bool(self.invited)

    @property
    def is_excused(self) -> bool:
        """Whether those who are not invited are listed as not invited, with the reason."""
        if self.each:
            return len(self.people) == len(self.invited) + len(self.excused)
        return bool(self.excused)


def list_guests(rule: Rule, view: ChildOnDay) -> tuple[Guest, ...]:
    """Return whom a rule asks to be invited for one child, also while it is unknown whether the rule applies."""
    if rule.when and rule.when.run(view) is False:
        return ()
    return tuple(one for one in rule.asks.guests if one.when is None or one.when.run(view) is not False)


def seat_guest(view: ChildOnDay, meeting: Meeting, guest: Guest) -> Seat:
    """Return who the guest of a rule is in this case, and whether they are invited to this meeting."""
    parts = {one.person: one.part for one in meeting.invited}
    reasons = {one.person for one in meeting.not_invited}
    people: dict[str, Person] = {}
    needs = _NOTHING
    each = False
    for name in guest.any_of:
        found, missing = _find_people(view, name, {*parts, *reasons})
        people |= {one.id: one for one in found}
        needs |= missing
        each |= name in _ALL_OF_THEM
    invited = tuple(one for one in people.values() if one.id in parts)
    return Seat(
        guest,
        tuple(people.values()),
        invited,
        tuple(one for one in people.values() if one.id in reasons and one.id not in parts),
        tuple(one for one in invited if guest.part and parts[one.id] is not guest.part),
        needs,
        each,
    )


def name_guest(name: str) -> str:
    """Who is to be invited, in words."""
    return {"parents": "each parent", "carer": "the carer", "connected_carers": "relatives who might care"}.get(
        name, describe_word(name)
    )


def name_guests(guest: Guest) -> str:
    """Anyone of whom a rule asks that they are invited, in words."""
    return " or ".join(name_guest(name) for name in guest.any_of)


def _find_people(view: ChildOnDay, name: str, listed: Collection[str]) -> tuple[list[Person], frozenset[str]]:
    """Who holds a role, or belongs to a group; and the places in the case file that would tell who else does."""
    case, child = view.case, view.child.id
    if name == "parents":
        return _find_parents(view, listed)
    if name == "connected_carers":
        ties = ((one, one.is_to(child)) for one in case.people)
        return [one for one, tie in ties if tie and tie.kind is RelationshipKind.CONNECTED_CARER], _NOTHING
    if name == "carer":
        carer = find_carer(case, child, view.item.on or view.day)
        return ([carer], _NOTHING) if carer else ([], frozenset({"placements.carer"}))
    return [one for one in case.people if one.role is not None and one.role.value == name], _NOTHING


def _find_parents(view: ChildOnDay, listed: Collection[str]) -> tuple[list[Person], frozenset[str]]:
    """The parents who may be told of the meeting, and the places that would say whether another one may.

    A parent of whom that is not decided counts where the meeting lists them, as invited or with the reason why not.
    """
    child = view.child.id
    people, needs = [], _NOTHING
    for parent in view.case.parents_of(child):
        bar = find_telling_bar(parent, child)
        if bar is None or (bar.needs and parent.id in listed):
            people.append(parent)
        elif bar:
            needs |= bar.needs
    return people, needs
