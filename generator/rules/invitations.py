"""Whom the procedure asks to be invited to a meeting, and how far each of them is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from generator.base.errors import Level
from generator.case.family import Case, Override
from generator.case.meeting import Meeting, NotInvited
from generator.case.words import Part
from generator.rules.conditions.child_on_day import ChildOnDay, Item, Unknown
from generator.rules.judging.guests import Seat, list_guests, name_guests, seat_guest
from generator.rules.judging.judge import Compliance
from generator.rules.procedures.model import Rule


class GuestStanding(StrEnum):
    """How far somebody whom a rule asks for is."""

    INVITED = "invited"
    BEYOND_PART = "invited to more than this part"
    EXPLAINED = "not invited, with the reason recorded"
    SET_ASIDE = "not invited: the rule is set aside under overrides"
    MISSING = "not invited, and no reason is recorded"
    CANNOT_BE_TOLD = "cannot be told"


@dataclass(frozen=True, slots=True)
class AskedGuest:
    """Someone whom one rule or several ask to be invited, and who that is in this case.

    `people` are the ids of those who may be meant: all of them where `who` names a group (each parent), else anyone of
    them will do. `invited` are those of them who are; `reasons` why others are not. `needs` are the places in the case
    file that would tell who is meant, or whether a rule asks for them at all. `children` are ids, the rules' subjects.
    """

    who: str
    standing: GuestStanding
    level: Level
    rules: tuple[Rule, ...]
    children: tuple[str, ...]
    people: tuple[str, ...] = ()
    invited: tuple[str, ...] = ()
    reasons: tuple[NotInvited, ...] = ()
    needs: tuple[str, ...] = ()
    part: Part | None = None

    @property
    def is_unexplained(self) -> bool:
        """Whether a rule that is more than advice asks for them, and nothing says why they are not invited."""
        return self.standing is GuestStanding.MISSING and self.level is not Level.COULD


def list_asked_guests(case: Case, meeting: Meeting, compliance: Compliance) -> tuple[AskedGuest, ...]:
    """Everybody whom the procedure asks to be invited, in the order of its rules, each once with all rules that ask.

    The meeting need not stand in the case file yet: what is asked is what its kind, day and children call for.
    A reason that is recorded explains an absence under every rule; that a must is kept by an override alone is judged
    by the rule itself.
    """
    found: dict[tuple[str, tuple[str, ...], Part | None], AskedGuest] = {}
    for guest in _list_all(case, meeting, compliance):
        key = guest.who, guest.people, guest.part
        found[key] = _join(found[key], guest) if key in found else guest
    return tuple(found.values())


def _list_all(case: Case, meeting: Meeting, compliance: Compliance) -> Iterator[AskedGuest]:
    day = meeting.starts_at.date()
    jurisdiction = compliance.procedure.jurisdiction
    views = [
        ChildOnDay(case, child, compliance.on, jurisdiction, day, Item(meeting))
        for child in case.meeting_children(meeting)
    ]
    for rule in compliance.procedure.rules:
        for view in views:
            for guest in list_guests(rule, view):
                doubts = _find_doubts(rule, view, guest.when.run(view) if guest.when else True)
                seat = seat_guest(view, meeting, guest)
                set_aside = any(_sets_aside(one, rule, view, compliance.on) for one in case.overrides)
                yield from _split(seat, rule, view.child.id, meeting, doubts, set_aside=set_aside)


def _sets_aside(override: Override, rule: Rule, view: ChildOnDay, on: dt.date) -> bool:
    """Whether an override is about this rule and meeting. One that names none covers what had happened by its day."""
    meeting = view.item.meeting
    covers = meeting and (override.of == meeting.id or (override.of is None and view.at <= override.on))
    return bool(covers) and override.rule == rule.name and override.child in (None, view.child.id) and override.on <= on


def _find_doubts(rule: Rule, view: ChildOnDay, wanted: object) -> frozenset[str]:
    """The places in the case file that would tell whether the rule asks for this guest."""
    answers = (rule.when.run(view) if rule.when else True, wanted)
    return frozenset(need for one in answers if isinstance(one, Unknown) for need in one.needs)


def _split(
    seat: Seat, rule: Rule, child: str, meeting: Meeting, doubts: frozenset[str], *, set_aside: bool
) -> Iterator[AskedGuest]:
    """One row where anyone of several will do; where each one of a group is meant, a row for each of them."""
    guest = seat.guest
    reasons = {one.person: one for one in meeting.not_invited}
    invited = {one.id for one in seat.invited}
    # Under a rule about a part of the meeting nobody has to come; it is about those who do.
    people = [one.id for one in (seat.invited if guest.part else seat.people)]
    groups: list[tuple[str, ...]] = [(one,) for one in people] if seat.each else [tuple(people)]
    if seat.each and seat.needs:
        # Of others of the group it is not known whether they are meant.
        groups.append(())
    beyond = {one.id for one in seat.beyond_part}
    for group in groups:
        if guest.part and not group:
            continue
        there = tuple(one for one in group if one in invited)
        excused = tuple(reasons[one] for one in group if one in reasons and one not in invited)
        unsure = doubts if seat.each and group else seat.needs | doubts
        standing = (
            GuestStanding.BEYOND_PART
            if beyond & {*group}
            else GuestStanding.INVITED
            if there
            else GuestStanding.SET_ASIDE
            if set_aside
            else GuestStanding.EXPLAINED
            if excused
            else GuestStanding.CANNOT_BE_TOLD
            if unsure
            else GuestStanding.MISSING
        )
        yield AskedGuest(
            name_guests(guest),
            standing,
            rule.level,
            (rule,),
            (child,),
            group,
            there,
            excused,
            tuple(sorted(unsure)),
            guest.part,
        )


_STRENGTH = (Level.MUST, Level.SHOULD, Level.COULD)
_GRAVITY = (
    GuestStanding.MISSING,
    GuestStanding.BEYOND_PART,
    GuestStanding.CANNOT_BE_TOLD,
    GuestStanding.EXPLAINED,
    GuestStanding.SET_ASIDE,
    GuestStanding.INVITED,
)


def _join(one: AskedGuest, other: AskedGuest) -> AskedGuest:
    """The same guest, asked for twice: by another rule, or for another child."""
    return replace(
        one,
        standing=min(one.standing, other.standing, key=_GRAVITY.index),
        level=min(one.level, other.level, key=_STRENGTH.index),
        rules=tuple({rule.name: rule for rule in (*one.rules, *other.rules)}.values()),
        children=tuple(dict.fromkeys((*one.children, *other.children))),
        needs=tuple(sorted({*one.needs, *other.needs})),
    )


def find_uninvited(asked: Sequence[AskedGuest]) -> tuple[AskedGuest, ...]:
    """Those whom a rule asks for, who are not invited, and of whom nothing says why."""
    return tuple(one for one in asked if one.is_unexplained)
