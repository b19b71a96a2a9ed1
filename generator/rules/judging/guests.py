"""Who in a case file is meant by someone whom a rule asks to be invited, and whether they are."""

from __future__ import annotations

from dataclasses import dataclass

from generator.case.meeting import Meeting
from generator.case.person import Person
from generator.case.words import RelationshipKind, say_words
from generator.rules.conditions.child_on_day import Unknown, View
from generator.rules.conditions.events import find_person
from generator.rules.procedures.model import Guest, Rule

_NOTHING: frozenset[str] = frozenset()
_ALL_OF_THEM = ("parents", "connected_carers")
"""Groups of whom each one is meant, not any one."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Someone whom a rule asks to be invited: the people who may be meant, and which of them are invited or excused.

    `needs` are the places in the case file that would tell who is meant, where it does not; `each` says that every one
    of the people is meant; `beyond_part` are those invited to more than the part that the rule names.
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
        """Whether the right people are invited: each one of a group, or anyone who holds the role."""
        if self.each and not self.needs:
            return len(self.invited) == len(self.people)
        return bool(self.invited)

    @property
    def is_excused(self) -> bool:
        """Whether whoever is not invited is listed as not invited, with the reason."""
        if self.each and not self.needs:
            return len(self.people) == len(self.invited) + len(self.excused)
        return bool(self.excused)


def list_guests(rule: Rule, view: View) -> tuple[Guest, ...]:
    """Whom a rule asks to be invited for one child; also where it cannot be told yet whether it applies."""
    if rule.when and rule.when.run(view) is False:
        return ()
    return tuple(one for one in rule.asks.guests if one.when is None or one.when.run(view) is not False)


def seat_guest(view: View, meeting: Meeting, guest: Guest) -> Seat:
    """Who a guest of a rule is in this case, and whether they are invited to this meeting."""
    parts = {one.person: one.part for one in meeting.invited}
    reasons = {one.person for one in meeting.not_invited}
    people: dict[str, Person] = {}
    needs = _NOTHING
    each = False
    for name in guest.any_of:
        found = _find_people(view, name)
        if isinstance(found, Unknown):
            needs |= found.needs
        else:
            people |= {one.id: one for one in found}
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


def say_guest(name: str) -> str:
    """Who is to be invited, in words."""
    return {"parents": "each parent", "carer": "the carer", "connected_carers": "relatives who might care"}.get(
        name, say_words(name)
    )


def say_guests(guest: Guest) -> str:
    """Anyone of whom a rule asks that they are invited, in words."""
    return " or ".join(say_guest(name) for name in guest.any_of)


def _find_people(view: View, name: str) -> list[Person] | Unknown:
    case, child = view.case, view.child.id
    if name == "parents":
        return [one for one in case.parents_of(child) if may_come(one, child)]
    if name == "connected_carers":
        return [
            one for one in case.people if (tie := one.is_to(child)) and tie.kind is RelationshipKind.CONNECTED_CARER
        ]
    if name == "carer":
        day = view.item.on or view.day
        homes = [
            home
            for home in case.placements_of(child)
            if home.started_on <= day and not (home.ended_on and home.ended_on < day)
        ]
        carer = find_person(case, homes[-1].carer) if homes and homes[-1].carer else None
        return [carer] if carer else Unknown(frozenset({"placements.carer"}))
    return [one for one in case.people if one.role is not None and one.role.value == name]


def may_come(parent: Person, child: str) -> bool:
    """Whether a parent lives, can be found, and may know of the meeting at all (AAR 2005 reg 14)."""
    tie = parent.is_to(child)
    barred = tie is not None and tie.notification is not None and tie.notification.decision == "do_not_notify"
    return parent.died_on is None and parent.whereabouts_known and not barred
