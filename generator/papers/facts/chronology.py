"""What happened to a child, as papers list it: the homes, what the agency did, and what the court did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from generator.base.english import capitalise
from generator.case.child import Child
from generator.case.chronology import Topic, list_events
from generator.case.facts import Disclosure
from generator.case.family import Case, RecordedEvent
from generator.papers.facts.declare import Shown, shown
from generator.papers.facts.view import ReaderView

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
    return _list_in_order(_choose_events(child, view.case, _COURT_TOPICS), view)


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
    yield from _choose_events(child, case, _AGENCY_TOPICS)


_AGENCY_TOPICS = frozenset({Topic.MEETING, Topic.REVIEW, Topic.PLAN, Topic.DECISION})
_COURT_TOPICS = frozenset({Topic.PROCEEDINGS, Topic.HEARING, Topic.DIRECTION, Topic.ORDER})


def _choose_events(child: Child, case: Case, topics: frozenset[Topic]) -> Iterator[_Event]:
    for event in list_events(case, child, topics):
        if event.topic is Topic.REVIEW:
            yield event.on, f"Review {event.detail}".strip()
        else:
            yield event.on, f"{event.what}: {event.detail}" if event.detail else event.what


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
    said = labels.get(event.event) or capitalise(event.event.replace("_", " "))
    return f"{said}: {event.note}" if event.note else said
