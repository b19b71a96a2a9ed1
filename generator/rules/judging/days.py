"""The day on which something is due, counted from events that happened, are booked, or must happen by a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.base.dates import format_date
from generator.base.errors import Level
from generator.base.working_days import count_back, count_on, describe_counting
from generator.rules.conditions.child_on_day import ChildOnDay, Item, Unknown
from generator.rules.conditions.events import find_occurrences
from generator.rules.procedures.limits import Floor, FloorKind, Limit, LimitKind
from generator.rules.procedures.model import Procedure, Rule

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day of an event from which days are counted, and in words whether it happened, is booked or is expected."""

    on: dt.date
    says: str
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """The due day of a rule, from all its limits.

    `due` is the earliest known day, and `since` the day on which its clock started. `waits` are events that would start
    a clock and have not happened; `open_ends` coming events without a day; `needs` the places that are not written.
    """

    due: dt.date | None = None
    since: dt.date | None = None
    working: tuple[str, ...] = ()
    waits: tuple[str, ...] = ()
    open_ends: tuple[str, ...] = ()
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Earliest:
    """The day before which a rule may not be met, and the events that have not happened yet (`waits`)."""

    on: dt.date | None = None
    working: tuple[str, ...] = ()
    waits: tuple[str, ...] = ()
    needs: frozenset[str] = frozenset()


NO_DUE, NO_EARLIEST = Due(), Earliest()


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of one child's file under one procedure."""

    procedure: Procedure
    _expected: dict[tuple[str, Item], Anchor | Unknown | None] = field(default_factory=dict)
    _asking: set[str] = field(default_factory=set)
    _dating: dict[str, list[Rule]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for rule in self.procedure.rules:
            dates = rule.limits and rule.level is Level.MUST and not rule.entry.each
            if dates and len(rule.asks.events) == 1:
                self._dating.setdefault(rule.asks.events[0], []).append(rule)

    def anchor(self, view: ChildOnDay, event: str, *, coming: bool) -> Anchor | Unknown | None:
        """Return the day of an event: the last time it happened, else the day it is booked for, else its latest day.

        With `coming`, where something must be done before the event, a booked day is used before a past one. None where
        the event has not happened and no rule says by when it must.
        """
        found = find_occurrences(view, event)
        if isinstance(found, Unknown):
            return found
        label = self.procedure.label(event)
        past = [one.on for one in found if one.on <= view.today]
        booked = [one.on for one in found if one.on > view.today]
        if booked and (coming or not past):
            return Anchor(booked[0], f"{label}: booked for {format_date(booked[0])}")
        if past:
            return Anchor(past[-1], f"{label}: {format_date(past[-1])}")
        if event == "review_after_meeting":
            return self._next_review(view)
        return self.expected(view, event)

    def _next_review(self, view: ChildOnDay) -> Anchor | Unknown | None:
        """Return the latest day for the first review, or for the second if the first was held."""
        for event in ("first_review", "second_review"):
            if not find_occurrences(view, event):
                return self.expected(view, event)
        return None

    def expected(self, view: ChildOnDay, event: str) -> Anchor | Unknown | None:
        """Return the earliest day by which a rule of the procedure says that an event must have happened.

        Unknown where there is such a rule, but the day from which it counts is not written.
        """
        key = (event, view.item)
        if key in self._expected:
            return self._expected[key]
        if event in self._asking:
            return None
        self._asking.add(event)
        try:
            told = (self._must_by(view, rule) for rule in self._dating.get(event, ()))
            found = [one for one in told if one is not None]
        finally:
            self._asking.discard(event)
        days = [one for one in found if not isinstance(one, Unknown)]
        anchor: Anchor | Unknown | None = next((one for one in found if isinstance(one, Unknown)), None)
        if days:
            day, rule = min(days, key=lambda pair: pair[0])
            label = self.procedure.label(event)
            used = f"the latest day that is allowed, {format_date(day)}, is used ({rule.name})"
            says = f"{label} is neither recorded nor booked: {used}"
            anchor = Anchor(day, says, assumed=True)
        if not self._asking:
            # Rules may count from each other in a circle, which is cut where it closes: only whole answers are kept.
            self._expected[key] = anchor
        return anchor

    def _must_by(self, view: ChildOnDay, rule: Rule) -> tuple[dt.date, Rule] | Unknown | None:
        due = self.due(view, rule.limits)
        if due.due is None or due.needs:
            unsure = due.needs and (rule.when is None or rule.when.run(view) is True)
            return Unknown(due.needs) if unsure else None
        applies = rule.when is None or rule.when.run(view.on_day(due.due))
        return (due.due, rule) if applies is True else None

    def due(self, view: ChildOnDay, limits: Sequence[Limit]) -> Due:
        """Return the earliest day of these limits, with the counting in words."""
        if not limits:
            return NO_DUE
        best: tuple[dt.date, dt.date | None, str] | None = None
        waits: list[str] = []
        ends: list[str] = []
        needs: frozenset[str] = frozenset()
        for limit in limits:
            anchor = self.anchor(view, limit.event, coming=not limit.starts_clock)
            if isinstance(anchor, Unknown):
                needs |= anchor.needs
            elif anchor is None:
                (waits if limit.starts_clock else ends).append(limit.event)
            else:
                day, counted = self._count(view, limit, anchor.on)
                if best is None or day < best[0]:
                    # A day that is only assumed cannot show that something was done too early.
                    since = anchor.on if limit.starts_clock and not anchor.assumed else None
                    best = (day, since, f"{anchor.says}. {counted}: {format_date(day)} at the latest")
        if best is None:
            return Due(waits=tuple(waits), open_ends=tuple(ends), needs=needs)
        return Due(best[0], best[1], (best[2],), tuple(waits), tuple(ends), needs)

    def _count(self, view: ChildOnDay, limit: Limit, day: dt.date) -> tuple[dt.date, str]:
        where = view.jurisdiction
        match limit.kind:
            case LimitKind.BEFORE:
                return day - _DAY, "Before means an earlier day"
            case LimitKind.BY:
                return day, "By means on that day or earlier"
            case LimitKind.AT_LEAST if limit.span:
                counted = f"At least {describe_counting(limit.span, where)}, counted back from the day before"
                return count_back(day, limit.span, where), counted
            case LimitKind.BEGINNING if limit.span:
                counted = f"{describe_counting(limit.span, where)}; the first day is counted"
                return count_on(day, limit.span, where) - _DAY, counted
        if limit.span is None:
            return day, ""
        return count_on(day, limit.span, where), f"{describe_counting(limit.span, where)}; the first day is not counted"

    def earliest(self, view: ChildOnDay, floors: Sequence[Floor]) -> Earliest:
        """Return the latest of these earliest days, with the counting in words."""
        if not floors:
            return NO_EARLIEST
        best: tuple[dt.date, str] | None = None
        waits: list[str] = []
        needs: frozenset[str] = frozenset()
        for floor in floors:
            anchor = self.anchor(view, floor.event, coming=floor.kind is FloorKind.SPAN_BEFORE)
            if isinstance(anchor, Unknown):
                needs |= anchor.needs
            elif anchor is None:
                waits.append(floor.event)
            else:
                day, counted = self._count_floor(view, floor, anchor.on)
                if best is None or day > best[0]:
                    best = (day, f"{anchor.says}. {counted}: not before {format_date(day)}")
        if best is None:
            return Earliest(waits=tuple(waits), needs=needs)
        return Earliest(best[0], (best[1],), tuple(waits), needs)

    def _count_floor(self, view: ChildOnDay, floor: Floor, day: dt.date) -> tuple[dt.date, str]:
        where = view.jurisdiction
        match floor.kind:
            case FloorKind.AFTER:
                return day + _DAY, "After means a later day"
            case FloorKind.SPAN_BEFORE if floor.span:
                return count_back(day, floor.span, where), f"Not more than {floor.span} before"
            case FloorKind.SPAN_AFTER if floor.span:
                return count_on(day, floor.span, where), f"Not sooner than {floor.span} after"
        return day, "On that day or later"
