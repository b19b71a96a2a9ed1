"""The questions that several parts ask of a case file, each with its one answer.

Rules, papers, letters, invitations, pictures and reports ask here, so that they cannot contradict each other. Every
answer is as at the day that is given, never today's. A question that is answered yes or no is answered `None` where the
case file does not say: unknown is not no. Children are named by their ids.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.base.dates import speak
from generator.case.child import Child
from generator.case.court import Court, Hearing
from generator.case.family import Case
from generator.case.meeting import Meeting, Review
from generator.case.person import Person, Relationship
from generator.case.planning import Order, Placement, Plan
from generator.case.report import PermanenceReport
from generator.case.words import (
    CARE_PLACEMENTS,
    FINAL_ORDERS,
    INTERIM_ORDERS,
    Delivery,
    MeetingKind,
    NotificationDecision,
    RelationshipKind,
)

# People and papers


def find_person(case: Case, key: str | None) -> Person | None:
    """The person with that id, if there is one. An owner or author may be written in words instead."""
    return next((person for person in case.people if person.id == key), None)


def find_report(case: Case, child: str) -> PermanenceReport | None:
    """The permanence report of a child, if it is begun."""
    return next((report for report in case.reports if report.child == child), None)


# Homes, orders and plans on a day


def lasts_on(day: dt.date, started_on: dt.date, ended_on: dt.date | None) -> bool:
    """Whether a home or an order lasts on a day. The day on which it ends no longer counts."""
    return started_on <= day and not (ended_on and ended_on <= day)


def find_home(case: Case, child: str, day: dt.date) -> Placement | None:
    """Where a child lives on a day; None where the case file names no home for it."""
    homes = reversed(case.placements_of(child))
    return next((home for home in homes if lasts_on(day, home.started_on, home.ended_on)), None)


def find_carer(case: Case, child: str, day: dt.date) -> Person | None:
    """Who cares for a child in the home of a day, where that is written."""
    home = find_home(case, child, day)
    return find_person(case, home.carer) if home else None


def list_homes_in_care(case: Case, child: str) -> tuple[Placement, ...]:
    """The homes of a child in care, oldest first: the one in which care began, and every later one.

    A home of an earlier time in care does not count. Where it is not written when care began, every home in care does.
    """
    since = case.child(child).looked_after_from
    return tuple(
        home
        for home in case.placements_of(child)
        if home.type in CARE_PLACEMENTS and (since is None or home.ended_on is None or home.ended_on > since)
    )


def count_homes_in_care(case: Case, child: str, day: dt.date) -> int | None:
    """How many homes a child has had until a day since care began; None where it is not written when that was."""
    since = case.child(child).looked_after_from
    if since is None:
        return None
    if since > day:
        return 0
    return sum(home.started_on <= day for home in list_homes_in_care(case, child))


def list_orders_in_force(case: Case, child: str, day: dt.date) -> tuple[Order, ...]:
    """The orders about a child that are in force on a day, oldest first."""
    return tuple(order for order in case.orders_of(child) if lasts_on(day, order.made_on, order.ended_on))


def find_plan(case: Case, child: str, day: dt.date) -> Plan | None:
    """The plan in force on a day: the last that was agreed by then."""
    return next((plan for plan in reversed(case.plans_of(child)) if plan.agreed_on <= day), None)


# The court


def find_court(case: Case, child: str) -> Court | None:
    """The proceedings, where they are about this child."""
    court = case.court
    return court if court and (not court.children or child in court.children) else None


def list_children_in_court(case: Case) -> tuple[Child, ...]:
    """The children whom the proceedings are about: those that the court's part of the file names, else all."""
    named = case.court.children if case.court else ()
    return tuple(child for child in case.children if not named or child.id in named)


def is_in_proceedings(case: Case, child: str, day: dt.date) -> bool | None:
    """Whether care proceedings about a child are before the court on a day.

    They are from the day of issue to the first final order. Without a day of issue, an interim order says that they
    are, and any other order that the child's place rests on something else. None where neither is written.
    """
    court, orders = find_court(case, child), case.orders_of(child)
    if court and court.issued_on:
        made = (order.made_on for order in orders if order.order in FINAL_ORDERS)
        return court.issued_on <= day and not any(court.issued_on <= one <= day for one in made)
    if any(order.order in INTERIM_ORDERS for order in list_orders_in_force(case, child, day)):
        return True
    return False if orders else None


def list_hearings(case: Case) -> tuple[Hearing, ...]:
    """Every hearing that is listed, the earliest first."""
    return tuple(sorted(case.court.hearings, key=lambda hearing: hearing.at)) if case.court else ()


def find_next_hearing(case: Case, day: dt.date) -> Hearing | None:
    """The next hearing from a day on, that day included."""
    return next((hearing for hearing in list_hearings(case) if hearing.at.date() >= day), None)


# Meetings and reviews


def find_meeting(case: Case, key: str | None) -> Meeting | None:
    """The meeting with that id, if there is one."""
    return next((meeting for meeting in case.meetings if meeting.id == key), None)


def find_next_meeting(case: Case, day: dt.date) -> Meeting | None:
    """The next meeting from a day on, that day included."""
    coming = (meeting for meeting in case.meetings if meeting.starts_at.date() >= day)
    return min(coming, key=lambda meeting: meeting.starts_at, default=None)


def find_last_meeting(case: Case, day: dt.date) -> Meeting | None:
    """The last meeting up to a day, that day included."""
    held = (meeting for meeting in case.meetings if meeting.starts_at.date() <= day)
    return max(held, key=lambda meeting: meeting.starts_at, default=None)


def find_last_alike(case: Case, kind: MeetingKind, children: Sequence[str] = ()) -> Meeting | None:
    """The last meeting of a kind; with ids of children, the last one about any of them."""
    alike = (
        meeting
        for meeting in case.meetings
        if meeting.kind is kind
        and (not children or {*children} & {child.id for child in case.meeting_children(meeting)})
    )
    return max(alike, key=lambda meeting: meeting.starts_at, default=None)


def find_next_review_day(case: Case, child: str, day: dt.date) -> dt.date | None:
    """The day of a child's next review as it stood in the diary on a day, that day included."""
    days = (_find_day_ahead(review, day) for review in case.reviews_of(child))
    return min((one for one in days if one), default=None)


def _find_day_ahead(review: Review, day: dt.date) -> dt.date | None:
    if review.held_on and review.held_on <= day:
        return None
    # It may have been held on another day than it was booked for, which nobody knew yet.
    ahead = (one for one in (review.booked_for, review.held_on) if one and one >= day)
    return next(ahead, None)


# Actions


def is_late(day: dt.date, due_on: dt.date | None, done_on: dt.date | None) -> bool:
    """Whether an action is overdue on a day: its due day has passed, and it was not done by then."""
    return due_on is not None and due_on < day and not (done_on and done_on <= day)


# Who may be written to, and who may be told


@dataclass(frozen=True, slots=True)
class Bar:
    """Why a person may not be written to. `reason` is a sentence that names them, for the authority's eyes.

    `forbids_telling` says that they may not be told in any other way either, nor be asked to a meeting. `needs` are the
    places in the case file that could lift the bar, where something is not decided or not written yet.
    """

    reason: str
    forbids_telling: bool
    needs: frozenset[str] = frozenset()


def find_letter_bar(person: Person, child: str | None = None) -> Bar | None:
    """Why a person may not be written to about a child; without a child, about anything. None where they may.

    A father without parental responsibility gets a letter only where it was decided that he is told (AAR 2005 reg
    14(3), (4)); where it is not recorded whether he has parental responsibility, nothing is presumed. Letters follow
    reg 19 in going only where whereabouts are known.
    """
    return _choose([*_list_bars(person, child)])


def find_telling_bar(person: Person, child: str) -> Bar | None:
    """Why a parent may not be told of what is planned for a child, nor asked to a meeting; None where they may."""
    return _choose([bar for bar in _list_bars(person, child) if bar.forbids_telling])


def _choose(bars: Sequence[Bar]) -> Bar | None:
    """The first bar, for its reason. Nothing could lift it by being written while another bar stands for good."""
    if not bars:
        return None
    lasts = any(not bar.needs for bar in bars)
    return replace(bars[0], needs=frozenset()) if lasts else bars[0]


def _list_bars(person: Person, child: str | None) -> Iterator[Bar]:
    name, letters = person.name.full, person.letters
    if person.died_on:
        yield Bar(f"{name} died on {speak(person.died_on)}.", forbids_telling=True)
    tie = person.is_to(child) if child else None
    if tie:
        yield from _list_father_bars(tie, name)
    if not person.whereabouts_known:
        yield Bar(f"It is not known where {name} is.", forbids_telling=True)
    if not letters.send or letters.deliver is Delivery.NONE:
        reason = letters.why_not or f"The case file says that no letter is to go to {name}."
        yield Bar(reason, forbids_telling=False)
    if letters.lacks_capacity and not letters.advocate:
        reason = f"{name} lacks capacity in the proceedings, and no litigation friend or advocate is named."
        yield Bar(reason, forbids_telling=False, needs=frozenset({"people.letters.advocate"}))


def _list_father_bars(tie: Relationship, name: str) -> Iterator[Bar]:
    decision = tie.notification.decision if tie.notification else None
    needs = frozenset({"people.relationships.notification.decision"})
    if decision is NotificationDecision.DO_NOT_NOTIFY:
        yield Bar(f"It was decided that {name} is not to be told.", forbids_telling=True)
    elif decision is NotificationDecision.UNDECIDED:
        yield Bar(f"It has not been decided whether {name} is to be told.", forbids_telling=True, needs=needs)
    elif decision is None and tie.kind is RelationshipKind.FATHER and not tie.parental_responsibility:
        lacks = "does not have" if tie.parental_responsibility is False else "is not recorded to have"
        reason = f"{name} {lacks} parental responsibility, and it is not recorded whether he is to be told."
        if tie.parental_responsibility is None:
            needs |= {"people.relationships.parental_responsibility"}
        yield Bar(reason, forbids_telling=True, needs=needs)


def is_kept_from(person: Person, child: str) -> bool:
    """Whether it was decided that a parent is not to be told of the plan for a child (AAR 2005 reg 14)."""
    tie = person.is_to(child)
    decision = tie.notification.decision if tie and tie.notification else None
    return decision is NotificationDecision.DO_NOT_NOTIFY
