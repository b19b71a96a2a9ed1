"""What happened to one child, event by event, beside the days that the procedure sets: for checklists and reviews."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cached_property

from generator.base.working_days import count_back
from generator.case.child import Child
from generator.case.facts import Disclosure
from generator.case.questions import find_person
from generator.disclosure.projection import show_name
from generator.papers.facts.declare import DeclaredNames, Keyed, Shown, shown
from generator.papers.facts.view import ReaderView
from generator.rules.conditions.child_on_day import ChildOnDay, Occurrence, Unknown
from generator.rules.conditions.events import EVENTS, find_occurrences
from generator.rules.judging.ruling import RuleOutcome
from generator.rules.procedures.limits import Floor, FloorKind
from generator.rules.procedures.model import Procedure

_DAY = dt.timedelta(days=1)
HAPPENED = "When each event of the procedure happened, by the event's name"


def _name_events(names: DeclaredNames) -> dict[str, bool]:
    return dict.fromkeys(sorted(names.events), False)


EVENTS_BY_NAME = Keyed("events by name", "An event that every procedure knows", names=_name_events)


class EventFacts(Shown, says="event", seen_as=Disclosure.PLANNING):
    """One event of the procedure: its last day up to `until`, and the first after that for which it is booked."""

    def __init__(self, view: ReaderView, name: str, happened: _ChildsEvents) -> None:
        super().__init__(view)
        self._name, self._happened = name, happened

    @cached_property
    def _last(self) -> Occurrence | None:
        found = self._happened.find(self._name)
        return next((one for one in reversed(found) if one.on <= self._happened.until), None)

    @shown("The event in words", example="Placement referral sent")
    def label(self) -> str:
        return self.view.compliance.procedure.events[self._name]

    @shown("When it happened last", example="4 June 2026")
    def on(self) -> dt.date | None:
        return self._last.on if self._last else None

    @shown("What was noted", example="By e-mail")
    def note(self) -> str | None:
        return self._last.note if self._last else None

    @shown("Who did it", example="Joy Achieng")
    def by(self) -> str | None:
        key = self._last.by if self._last else None
        person = find_person(self.view.case, key)
        return show_name(person, self.view.lens) if person else key

    @shown("When it is to happen next", example="1 December 2026")
    def booked_for(self) -> dt.date | None:
        # What lies between that day and today was booked by then, but for entries of the record.
        later = (one for one in self._happened.find(self._name) if one.on > self._happened.until)
        today = self.view.compliance.on
        return next((one.on for one in later if one.on > today or one.write != "record"), None)

    @shown("By when a rule wants it", example="3 December 2026")
    def due(self) -> dt.date | None:
        return self._happened.due.get(self._name)

    @shown("The earliest day that it may bear", example="3 June 2026")
    def not_before(self) -> dt.date | None:
        floor, view = self._happened.floors.get(self._name), self._happened.child_on_day
        used = [one.on for one in self._happened.find(floor.event)] if floor else []
        return count_back(used[-1], floor.span, view.jurisdiction) if floor and floor.span and used else None

    @shown("The last day on which it may be used", example="3 June 2027")
    def current_until(self) -> dt.date | None:
        floor, view = self._happened.floors.get(self._name), self._happened.child_on_day
        if floor is None or floor.span is None or self._last is None:
            return None
        latest = self._last.on
        # Months are of unequal length, so the day is looked for with the rule's own way of counting.
        while latest < dt.date.max and count_back(latest + _DAY, floor.span, view.jurisdiction) <= self._last.on:
            latest += _DAY
        return latest


class _ChildsEvents:
    """What is known of a child's events, up to a day."""

    def __init__(self, child: Child, view: ReaderView, until: dt.date) -> None:
        compliance = view.compliance
        self._child, self._view, self.until = child, view, until
        self.child_on_day = ChildOnDay(
            view.case, child, compliance.on, compliance.procedure.jurisdiction, compliance.on
        )

    @cached_property
    def due(self) -> dict[str, dt.date]:
        """The earliest day by which a rule about the child alone wants each event."""
        return _list_due_days(self._child, self._view)

    @cached_property
    def floors(self) -> dict[str, Floor]:
        """How far back an event may lie before its use, where a rule says so."""
        return _list_floors(self._view.compliance.procedure)

    def find(self, name: str) -> tuple[Occurrence, ...]:
        """Every time that an event happened, or is to happen."""
        found = find_occurrences(self.child_on_day, name)
        return () if isinstance(found, Unknown) else found


def show_happened(child: Child, view: ReaderView, until: dt.date | None = None) -> dict[str, EventFacts]:
    """Every event that the procedure knows, by name, with its last day up to `until`, else up to the paper's day."""
    day = min(until or view.on, view.compliance.on)
    return view.remember(("happened", child.id, day.isoformat()), lambda: dict(_list_events(child, view, day)))


def _list_events(child: Child, view: ReaderView, until: dt.date) -> Iterator[tuple[str, EventFacts]]:
    happened = _ChildsEvents(child, view, until)
    for name in view.compliance.procedure.events:
        if name not in EVENTS or EVENTS[name].scope == "child":
            yield name, EventFacts(view, name, happened)


def _list_due_days(child: Child, view: ReaderView) -> dict[str, dt.date]:
    days: dict[str, dt.date] = {}
    for ruling in view.compliance.of_child(child.id):
        applies = ruling.outcome is not RuleOutcome.DOES_NOT_APPLY
        if ruling.due and not ruling.rule.entry.each and applies:
            for name in ruling.rule.asks.events:
                days[name] = min(ruling.due, days.get(name, dt.date.max))
    return days


def _list_floors(procedure: Procedure) -> dict[str, Floor]:
    return {
        rule.asks.events[0]: next(one for one in rule.floors if one.kind is FloorKind.SPAN_BEFORE)
        for rule in procedure.rules
        if rule.asks.events and any(floor.kind is FloorKind.SPAN_BEFORE for floor in rule.floors)
    }
