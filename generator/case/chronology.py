"""The dated events of one child's file, each told once: timelines and the chronologies of papers choose from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum

from generator.base.english import capitalise
from generator.case.child import Child
from generator.case.family import Case
from generator.case.meeting import Meeting
from generator.case.questions import find_court


class Topic(Enum):
    """What an event belongs to, named by the part of the case file that holds it."""

    MEETING = "meetings.starts_at"
    NEXT_MEETING = "meetings.next_meeting_at"
    REVIEW = "reviews.held_on"
    BOOKED_REVIEW = "reviews.booked_for"
    PLAN = "plans.agreed_on"
    DECISION = "adm_decisions.decided_on"
    PROCEEDINGS = "court.issued_on"
    HEARING = "court.hearings.at"
    DIRECTION = "court.directions.ordered_on"
    ORDER = "orders.made_on"
    HOME = "placements.started_on"


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """One event: its day, with the time where it has one, and what it is, in words that name nobody.

    `detail` says more where there is more to say: which review, which plan, what was decided or ordered.
    """

    topic: Topic
    on: dt.date
    what: str
    detail: str = ""
    at: dt.datetime | None = None


def list_events(case: Case, child: Child, topics: Collection[Topic]) -> Iterator[DatedEvent]:
    """The events of a child's file that belong to these topics, past and booked, topic by topic."""
    return (one for one in _list_all(case, child) if one.topic in topics)


def _list_all(case: Case, child: Child) -> Iterator[DatedEvent]:
    for meeting in case.meetings:
        if child in case.meeting_children(meeting):
            yield from _list_meeting(case, meeting)
    for review in case.reviews_of(child.id):
        if review.day:
            topic = Topic.REVIEW if review.held_on else Topic.BOOKED_REVIEW
            number = str(review.number) if review.number else ""
            yield DatedEvent(topic, review.day, capitalise(review.kind.words), number)
    for plan in case.plans_of(child.id):
        yield DatedEvent(Topic.PLAN, plan.agreed_on, "Plan agreed", plan.primary.words)
    for decision in case.adm_decisions:
        if decision.child == child.id and decision.decision and decision.decided_on:
            decided = decision.decision.words
            yield DatedEvent(Topic.DECISION, decision.decided_on, "Agency decision maker", decided)
    yield from _list_court(case, child)
    for order in case.orders_of(child.id):
        yield DatedEvent(Topic.ORDER, order.made_on, capitalise(order.order.words))
    for home in case.placements_of(child.id):
        yield DatedEvent(Topic.HOME, home.started_on, "New home", home.type.words)


def _list_meeting(case: Case, meeting: Meeting) -> Iterator[DatedEvent]:
    kind = capitalise(meeting.kind.words)
    yield DatedEvent(Topic.MEETING, meeting.starts_at.date(), kind, at=meeting.starts_at)
    following = meeting.next_meeting_at
    if following:
        same_day = (one for one in case.meetings if one.starts_at.date() == following.date())
        if not any(one.kind is meeting.kind for one in same_day):
            yield DatedEvent(Topic.NEXT_MEETING, following.date(), kind, at=following)


def _list_court(case: Case, child: Child) -> Iterator[DatedEvent]:
    court = find_court(case, child.id)
    if court is None:
        return
    if court.issued_on:
        yield DatedEvent(Topic.PROCEEDINGS, court.issued_on, "Proceedings issued")
    for hearing in court.hearings:
        yield DatedEvent(Topic.HEARING, hearing.at.date(), capitalise(hearing.kind.words), at=hearing.at)
    for direction in court.directions:
        yield DatedEvent(Topic.DIRECTION, direction.ordered_on, "Direction", direction.what)
