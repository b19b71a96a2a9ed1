"""What happened to a child, as papers list it: the homes, what the agency did, and what the court did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from generator.case.child import Child
from generator.case.facts import Disclosure
from generator.case.family import Case, RecordedEvent
from generator.case.words import say_words
from generator.papers.facts.declare import Shown, shown
from generator.papers.facts.view import ReaderView
from generator.rules.expressions.language import say_sentence

_Event = tuple[dt.date, str]


class ChronologyLine(Shown, says="line of a chronology", seen_as=Disclosure.OPEN):
    """One day, and what happened on it."""

    def __init__(self, view: ReaderView, event: _Event) -> None:
        super().__init__(view)
        self._event = event

    @shown("When", example="14 March 2026")
    def on(self) -> dt.date:
        return self._event[0]

    @shown("What happened", example="Interim care order")
    def what(self) -> str:
        return self._event[1]


def list_agency_chronology(child: Child, view: ReaderView) -> list[ChronologyLine]:
    """What the agency decided and did (AAR 2005 reg 17(1)(h)): from the record, meetings, reviews, plans, decisions."""
    return _list_in_order(_list_agency_events(child, view), view)


def list_court_chronology(child: Child, view: ReaderView) -> list[ChronologyLine]:
    """Proceedings, hearings, directions and orders."""
    return _list_in_order(_list_court_events(child, view.case), view)


def _list_in_order(events: Iterable[_Event], view: ReaderView) -> list[ChronologyLine]:
    """The events up to the day of the view, in order of time, each once."""
    past = dict.fromkeys(event for event in events if event[0] <= view.on)
    return [ChronologyLine(view, event) for event in sorted(past, key=lambda event: event[0])]


def _list_agency_events(child: Child, view: ReaderView) -> Iterator[_Event]:
    case, labels = view.case, view.compliance.procedure.events
    for report in case.reports:
        if report.child == child.id:
            yield from ((event.on, event.what) for event in report.agency_events)
    for event in case.record:
        if event.event in _DECISIONS_AND_ACTIONS and event.child in (None, child.id):
            yield event.on, _say_event(event, labels)
    for meeting in case.meetings:
        if child in case.meeting_children(meeting):
            yield meeting.starts_at.date(), say_sentence(say_words(meeting.kind.value))
    for review in case.reviews_of(child.id):
        if review.held_on:
            yield review.held_on, f"Review {review.number}" if review.number else "Review"
    for plan in case.plans_of(child.id):
        yield plan.agreed_on, f"Plan agreed: {say_words(plan.primary.value)}"
    for decision in case.adm_decisions:
        if decision.child == child.id and decision.decision and decision.decided_on:
            yield decision.decided_on, f"Agency decision maker: {say_words(decision.decision.value)}"


_DECISIONS_AND_ACTIONS = frozenset(
    {
        "family_group_conference_offered",
        "family_group_conference_held",
        "family_network_meeting_held",
        "viability_assessment_completed",
        "genogram_completed",
        "adoption_medical_held",
        "placement_application_lodged",
        "fostering_panel_held",
        "adoption_matching_panel_held",
        "family_finder_allocated",
        "counselling_offered",
        "birth_parent_pack_given",
        "policy_information_given",
        "final_care_plan_filed",
        "parenting_capacity_assessment_started",
        "parenting_capacity_assessment_completed",
        "pre_permanence_report_completed",
        "permanence_away_from_home_recommended",
    }
)
"""What of the record is a decision or action about the child (AAR 2005 reg 17(1)(h)). How the office kept to its own
procedure is not, and stands in no paper that leaves it."""


def _say_event(event: RecordedEvent, labels: Mapping[str, str]) -> str:
    said = labels.get(event.event) or say_sentence(event.event.replace("_", " "))
    return f"{said}: {event.note}" if event.note else said


def _list_court_events(child: Child, case: Case) -> Iterator[_Event]:
    if case.court:
        if case.court.issued_on:
            yield case.court.issued_on, "Proceedings issued"
        for hearing in case.court.hearings:
            yield hearing.at.date(), say_sentence(say_words(hearing.kind.value))
        for direction in case.court.directions:
            yield direction.ordered_on, f"Direction: {direction.what}"
    for order in case.orders_of(child.id):
        yield order.made_on, say_sentence(say_words(order.order.value))
