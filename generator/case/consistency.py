"""Facts that cannot stand together: ids that lead nowhere, ids used twice, dates in an impossible order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from generator.base.yaml.paths import Path_
from generator.case.decision import ParentNotified
from generator.case.family import Case
from generator.case.references import Contradiction, find_broken_references, find_repeated_ids
from generator.case.words import IroOutcome, RelationshipKind

_BIRTH = "the child was born"
_MEETING = "the meeting"
_DECISION = "the decision"
_BIRTH_PARENTS = (RelationshipKind.MOTHER, RelationshipKind.FATHER)


def find_contradictions(case: Case) -> list[Contradiction]:
    """Return everything in the file that cannot be true together; an empty list where references and dates hold."""
    return [*find_repeated_ids(case), *find_broken_references(case), *_find_impossible_dates(case)]


def _find_impossible_dates(case: Case) -> Iterator[Contradiction]:
    for later in (
        *_order_lives(case),
        *_order_care(case),
        *_order_meetings(case),
        *_order_decisions(case),
        *_order_proceedings(case),
    ):
        if later.day and later.other and later.day < later.other:
            yield Contradiction("C006", later.path, f"This date is before {later.what}", "check both dates")
    for i, person in enumerate(case.people):
        born = {child.id: child.born_on for child in case.children}
        for tie in person.relationships:
            if tie.to in born and tie.kind in _BIRTH_PARENTS and person.born_on and person.born_on >= born[tie.to]:
                says = "This parent would be younger than the child"
                yield Contradiction("C006", ("people", i, "born_on"), says, "check both dates")
    for i, meeting in enumerate(case.meetings):
        if meeting.ends_at and meeting.ends_at < meeting.starts_at:
            says = "This meeting ends before it starts"
            yield Contradiction("C006", ("meetings", i, "ends_at"), says, "check both times")
        if meeting.next_meeting_at and meeting.next_meeting_at < meeting.starts_at:
            says = "The next meeting is before this one"
            yield Contradiction("C006", ("meetings", i, "next_meeting_at"), says, "check both times")


class _Later(NamedTuple):
    """A day that may not be before another day."""

    path: Path_
    day: dt.date | None
    other: dt.date | None
    what: str


def _order_lives(case: Case) -> Iterator[_Later]:
    for i, child in enumerate(case.children):
        at: Path_ = ("children", i)
        yield _Later((*at, "looked_after_from"), child.looked_after_from, child.born_on, _BIRTH)
        for j, setting in enumerate(child.education.settings):
            path = (*at, "education", "settings", j, "ended_on")
            yield _Later(path, setting.ended_on, setting.started_on, "it began")
    for i, person in enumerate(case.people):
        yield _Later(("people", i, "died_on"), person.died_on, person.born_on, "the person was born")


def _order_care(case: Case) -> Iterator[_Later]:
    born = {child.id: child.born_on for child in case.children}
    for i, placement in enumerate(case.placements):
        at: Path_ = ("placements", i)
        yield _Later((*at, "started_on"), placement.started_on, born.get(placement.child), _BIRTH)
        yield _Later((*at, "ended_on"), placement.ended_on, placement.started_on, "the placement began")
    for i, order in enumerate(case.orders):
        yield _Later(("orders", i, "made_on"), order.made_on, born.get(order.child), _BIRTH)
        yield _Later(("orders", i, "ended_on"), order.ended_on, order.made_on, "the order was made")
    for i, plan in enumerate(case.plans):
        yield _Later(("plans", i, "agreed_on"), plan.agreed_on, born.get(plan.child), _BIRTH)
    for i, report in enumerate(case.reports):
        yield _Later(("reports", i, "dated"), report.dated, born.get(report.child), _BIRTH)


def _order_meetings(case: Case) -> Iterator[_Later]:
    born = {child.id: child.born_on for child in case.children}
    for i, meeting in enumerate(case.meetings):
        at: Path_ = ("meetings", i)
        day = meeting.starts_at.date()
        yield _Later((*at, "minutes_agreed_on"), meeting.minutes_agreed_on, day, _MEETING)
        yield _Later((*at, "minutes_sent_on"), meeting.minutes_sent_on, day, _MEETING)
        for j, told in enumerate(meeting.parents_told):
            yield _Later((*at, "parents_told", j, "told_on"), told.told_on, day, _MEETING)
            yield _Later((*at, "parents_told", j, "summary_sent_on"), told.summary_sent_on, day, _MEETING)
    for i, review in enumerate(case.reviews):
        births = [born[child] for child in review.children or born if child in born]
        youngest = max(births, default=None)
        yield _Later(("reviews", i, "held_on"), review.held_on, youngest, _BIRTH)
        yield _Later(("reviews", i, "booked_for"), review.booked_for, youngest, _BIRTH)


def _order_decisions(case: Case) -> Iterator[_Later]:
    born = {child.id: child.born_on for child in case.children}
    for i, view in enumerate(case.iro_views):
        yield _Later(("iro_views", i, "on"), view.on, born.get(view.child), _BIRTH)
        if view.outcome is IroOutcome.CHALLENGES:
            yield _Later(("iro_views", i, "manager_responded_on"), view.manager_responded_on, view.on, "the challenge")
    for i, decision in enumerate(case.adm_decisions):
        at: Path_ = ("adm_decisions", i)
        yield _Later((*at, "decided_on"), decision.decided_on, born.get(decision.child), _BIRTH)
        yield _Later((*at, "decided_on"), decision.decided_on, decision.met_on, "the decision maker met the adviser")
        yield _Later((*at, "signed_on"), decision.signed_on, decision.decided_on, _DECISION)
        for j, notified in enumerate(decision.parents_notified):
            yield from _order_notification((*at, "parents_notified", j), notified, decision.decided_on)


def _order_notification(at: Path_, notified: ParentNotified, decided_on: dt.date | None) -> Iterator[_Later]:
    """Compare the decision, the conversation, the letter and its posting each with the nearest one before it."""
    before, what = decided_on, _DECISION
    for key, name in (
        ("told_on", "the conversation with this parent"),
        ("letter_dated", "the date of the letter"),
        ("letter_sent_on", ""),
    ):
        day = getattr(notified, key)
        yield _Later((*at, key), day, before, what)
        if day:
            before, what = day, name


def _order_proceedings(case: Case) -> Iterator[_Later]:
    for i, direction in enumerate(case.court.directions if case.court else ()):
        at: Path_ = ("court", "directions", i)
        yield _Later((*at, "due_on"), direction.due_on, direction.ordered_on, "the order")
        yield _Later((*at, "done_on"), direction.done_on, direction.ordered_on, "the order")
