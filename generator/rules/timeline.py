"""What happened, what is booked and what is due in one family's file, in the order of the days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from generator.base.dates import format_date
from generator.base.english import capitalise
from generator.base.errors import Level
from generator.case.child import Child
from generator.case.chronology import DatedEvent, Topic, list_events
from generator.case.family import Case
from generator.case.words import ReviewKind, describe_word
from generator.rules.conditions.child_on_day import ChildOnDay, Unknown
from generator.rules.conditions.events import EVENTS, find_occurrences
from generator.rules.judging.judge import Compliance
from generator.rules.judging.ruling import RuleOutcome, Ruling
from generator.rules.procedures.model import Procedure


class Status(StrEnum):
    """What a day of the timeline stands for."""

    HAPPENED = "happened"
    BOOKED = "booked"
    MET = "met"
    MET_LATE = "met late"
    DUE = "due"
    OVERDUE = "overdue"
    SET_ASIDE = "set aside"


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One day: what happened, is booked or is due. `source` is the place in the case file, or the rule's authority.

    `initials` and `kind` say the same without naming anyone, for calendars that other people can see.
    """

    on: dt.date
    child: str
    initials: str
    what: str
    kind: str
    status: Status
    source: str
    working: str = ""
    rule: str = ""
    item: str = ""
    level: Level | None = None
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """The timeline of a whole case, as at the day `today`."""

    reference: str
    procedure: str
    today: dt.date
    entries: tuple[TimelineEntry, ...]

    def since(self, day: dt.date) -> Timeline:
        """The same timeline without what lies before a day."""
        return replace(self, entries=tuple(one for one in self.entries if one.on >= day))


_SHOWN = (
    "born", "became_looked_after", "proceedings_issued", "final_evidence_due", "plan_agreed", "cpr_dated",
    "cpr_quality_assured", "health_summary_written", "iro_view_given", "manager_answered_challenge",
    "adm_papers_complete", "adm_met_panel_adviser", "adm_decision_made", "adoption_panel_held", "told_of_decision",
    "decision_letter_sent", "minutes_sent", "told_of_meeting", "meeting_summary_sent", "permanent_match_approved",
    "sibling_relationship_assessed", "together_decision_countersigned", "child_wishes_recorded",
)  # fmt: skip
"""Events with a line of their own; meetings, reviews, hearings, homes and orders are listed one by one instead."""


def make_timeline(case: Case, compliance: Compliance) -> Timeline:
    """Every dated thing in the file and every due day of the rulings, oldest first."""
    procedure, on = compliance.procedure, compliance.on
    entries = [entry for child in case.children for entry in _of_child(case, child, procedure, on)]
    initials = {child.id: child.name.initials for child in case.children}
    entries += [
        entry for ruling in compliance.rulings if (entry := _of_ruling(ruling, procedure, initials[ruling.child]))
    ]
    ordered = sorted(dict.fromkeys(entries), key=lambda one: (one.on, one.status in _DUES, one.child, one.what))
    return Timeline(case.reference, procedure.name, on, tuple(ordered))


_DUES = frozenset({Status.MET, Status.MET_LATE, Status.DUE, Status.OVERDUE, Status.SET_ASIDE})


def _of_child(case: Case, child: Child, procedure: Procedure, on: dt.date) -> Iterator[TimelineEntry]:
    def entry(
        day: dt.date, what: str, source: str, at: dt.datetime | None = None, kind: str | None = None
    ) -> TimelineEntry:
        status = Status.HAPPENED if day <= on else Status.BOOKED
        return TimelineEntry(day, child.id, child.name.initials, what, kind or what, status, source, at=at)

    view = ChildOnDay(case, child, on, procedure.jurisdiction, on)
    recorded = {one.event for one in case.record if one.child in (None, child.id)} - {*EVENTS}
    for name in (*_SHOWN, *sorted(recorded)):
        found = find_occurrences(view, name)
        if not isinstance(found, Unknown):
            # A name that no procedure declares is a person's own words, and may hold anything.
            label, kind = procedure.events.get(name), None
            if label is None:
                label, kind = capitalise(describe_word(name)), "Entry of the record"
            yield from (entry(one.on, label, one.write, kind=kind) for one in found)
    for one in list_events(case, child, _LISTED):
        made = entry(one.on, _name_event(one), one.topic.value, one.at)
        if one.topic is Topic.BOOKED_REVIEW and one.on <= on:
            made = replace(made, what=f"{made.what}, booked and not written as held", status=Status.BOOKED)
        yield made


_LISTED = frozenset(
    {
        Topic.HOME,
        Topic.ORDER,
        Topic.REVIEW,
        Topic.BOOKED_REVIEW,
        Topic.MEETING,
        Topic.NEXT_MEETING,
        Topic.HEARING,
    }
)


def _name_event(event: DatedEvent) -> str:
    if event.topic is Topic.HOME:
        return f"{event.what}: {event.detail}"
    # Reviews of a kind of their own, as Scotland has them, are known by their kind.
    return f"{event.what} {event.detail}" if event.detail and event.what == _REVIEW else event.what


_REVIEW = capitalise(ReviewKind.REVIEW.words)


_STATUS = {
    RuleOutcome.MET: Status.MET,
    RuleOutcome.MET_LATE: Status.MET_LATE,
    RuleOutcome.DUE: Status.DUE,
    RuleOutcome.OVERDUE: Status.OVERDUE,
}


def _of_ruling(ruling: Ruling, procedure: Procedure, initials: str) -> TimelineEntry | None:
    status = _STATUS.get(ruling.outcome)
    if status is None or ruling.due is None or not ruling.rule.asks.events:
        return None
    source = ruling.rule.cite
    if ruling.overridden:
        # What sets a rule aside prints wherever the rule does.
        status, override = Status.SET_ASIDE, ruling.overridden
        source = f"{source}. Set aside by {override.by} on {format_date(override.on)}: {override.reason}"
    return TimelineEntry(
        ruling.due,
        ruling.child,
        initials,
        ruling.rule.entry.says,
        f"Due: {procedure.label_events(ruling.rule.asks)}",
        status,
        source,
        " ".join(f"{one}." for one in ruling.working),
        ruling.rule.name,
        ruling.item,
        ruling.rule.level,
    )
