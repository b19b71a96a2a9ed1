"""A difference told in a sentence, in the words of the field: once for every screen, and once with all values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from generator.base.dates import format_date, format_moment
from generator.base.english import capitalise, count_of
from generator.base.yaml.paths import format_path
from generator.case.court import Direction, Hearing
from generator.case.decision import AdmDecision
from generator.case.facts import Disclosure, Facts
from generator.case.family import Override, RecordedEvent
from generator.case.iro import IroView
from generator.case.meeting import Action, Meeting, Review
from generator.case.planning import Order, Placement, Plan
from generator.case.words import describe_word
from generator.reports.changes.change import FactChange, FactChangeKind
from generator.reports.changes.subjects import find_group, lower, name_subject
from generator.reports.changes.walk import FactDifference

_OPENLY = frozenset({Disclosure.OPEN, Disclosure.CHILD, Disclosure.PLANNING, Disclosure.EVIDENCE, Disclosure.OUTCOME})
"""Kinds of fact whose days and fixed words may stand on any screen. Texts, places and people never do."""


@dataclass(frozen=True, slots=True)
class ChangeContext:
    """What is needed to describe a difference: today, the names of the children, events in words, and earlier plans."""

    on: dt.date
    children: Mapping[str, str]
    events: Mapping[str, str]
    plans: Mapping[str, Plan]


def describe_difference(difference: FactDifference, context: ChangeContext) -> FactChange:
    """A difference as a change."""
    kind, says = _describe(difference, context, everything=False)
    _, with_values = _describe(difference, context, everything=True)
    group = find_group(difference.path, difference.steps, dict(context.children))
    return FactChange(group, kind, format_path(difference.path), capitalise(says), capitalise(with_values))


def _describe(difference: FactDifference, context: ChangeContext, *, everything: bool) -> tuple[FactChangeKind, str]:
    before, now = difference.before, difference.now
    if isinstance(before, Facts) or isinstance(now, Facts):
        return _describe_entry(difference, context, everything=everything)
    model = type(difference.steps[-1].group) if difference.steps else None
    subject = name_subject(difference, context.events)
    if before is None and isinstance(now, dt.date) and model and (done := _DONE.get((model, difference.name))):
        return FactChangeKind.DONE, f"{subject} {done} {format_date(now)}"
    if (model, difference.name) in _SUBJECT_ALONE and before is not None and now is not None:
        subject, label = name_subject(difference, context.events, dated=False), ""
    else:
        # In quotation marks, because some are questions: “Why this plan” was reworded.
        label = _LABELS.get(difference.name) or f"“{difference.label}”"
    what = ": ".join(part for part in (subject, label) if part)
    return _describe_value(what, difference, everything=everything)


def _describe_value(what: str, difference: FactDifference, *, everything: bool) -> tuple[FactChangeKind, str]:
    before, now = difference.before, difference.now
    shown = everything or _may_be_shown(difference)
    old, new = (_describe_fact(value) if shown else "" for value in (before, now))
    if _is_nothing(before):
        return FactChangeKind.NEW, f"{what}: {new}" if shown else f"{what} is written now"
    if _is_nothing(now):
        return FactChangeKind.GONE, f"{what} is not written any more{f'; it was {old}' if shown else ''}"
    if isinstance(before, dt.date) and isinstance(now, dt.date):
        return (
            FactChangeKind.MOVED,
            f"{what} moved from {old} to {new}{_describe_shift(before, now)}" if shown else f"{what} moved",
        )
    kind = FactChangeKind.REWORDED if isinstance(now, str) and not isinstance(now, StrEnum) else FactChangeKind.CHANGED
    verb = "was reworded" if kind is FactChangeKind.REWORDED else "changed"
    return kind, f"{what} {'changed' if shown else verb}{f' from {old} to {new}' if shown else ''}"


def _may_be_shown(difference: FactDifference) -> bool:
    values = (difference.before, difference.now)
    return difference.kinds <= _OPENLY and all(_is_open(value) for value in values)


def _is_open(value: Any) -> bool:
    if isinstance(value, tuple):
        return all(_is_open(one) for one in value)
    return value is None or isinstance(value, bool | int | dt.date | StrEnum)


def _is_nothing(value: Any) -> bool:
    return value is None or value == ()


def _describe_fact(value: Any) -> str:
    match value:
        case None | ():
            return ""
        case bool():
            return "yes" if value else "no"
        case dt.datetime():
            return format_moment(value)
        case dt.date():
            return format_date(value)
        case StrEnum():
            return describe_word(value.value)
        case tuple():
            return ", ".join(map(_describe_fact, value))
        case str():
            return f"“{value}”"
    return str(value)


def _describe_shift(before: dt.date, now: dt.date) -> str:
    """By how much a day moved: 1 week later, 3 days earlier."""
    days = (_day_of(now) - _day_of(before)).days
    if days == 0:
        return ""
    number, unit = (abs(days) // 7, "week") if days % 7 == 0 else (abs(days), "day")
    return f", {count_of(number, unit)} {'later' if days > 0 else 'earlier'}"


def _day_of(value: dt.date) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else value


_LABELS = {"due_on": "due day", "final_evidence_due_on": "the day on which final evidence is due"}
"""What a field is called in a sentence where the model says it in words that make none."""
_DONE: dict[tuple[type[Facts], str], str] = {
    (Action, "done_on"): "was done on",
    (Direction, "done_on"): "was done on",
    (Review, "held_on"): "was held on",
    (Placement, "ended_on"): "ended on",
    (Order, "ended_on"): "ended on",
}
"""Days that say that something has happened."""
_SUBJECT_ALONE = {(Meeting, "starts_at"), (Hearing, "at"), (Placement, "started_on"), (Plan, "agreed_on")}
_SUBJECT_ALONE |= {(Order, "made_on"), (RecordedEvent, "on"), (IroView, "on")}
"""Days by which an entry is told: when one moves, the entry has moved."""


def _describe_entry(
    difference: FactDifference, context: ChangeContext, *, everything: bool
) -> tuple[FactChangeKind, str]:
    """A whole entry, or a whole group of facts, that came or went."""
    entry = difference.now if difference.now is not None else difference.before
    subject = name_subject(difference, context.events)
    if not (difference.steps and difference.steps[-1].group is entry):
        # A group that is no entry of a list: nothing names it but its field.
        subject = ", ".join(part for part in (subject, lower(difference.label)) if part)
    more = f": {_list_facts(entry)}" if everything else ""
    if difference.now is None:
        return FactChangeKind.GONE, f"{subject} is not in the file any more{more}"
    describe_new = _NEW.get(type(entry))
    return FactChangeKind.NEW, f"{describe_new(entry, subject, context) if describe_new else f'{subject} is new'}{more}"


def _list_facts(entry: Facts) -> str:
    """Everything that an entry says, field by field."""
    said = []
    for name, info in type(entry).model_fields.items():
        value = getattr(entry, name)
        if value != info.default and not _is_nothing(value):
            said.append(f"{info.alias or name} {_describe_any(value)}")
    return "; ".join(said)


def _describe_any(value: Any) -> str:
    if isinstance(value, Facts):
        return f"({_list_facts(value)})"
    if isinstance(value, tuple):
        return ", ".join(map(_describe_any, value))
    return _describe_fact(value)


def _describe_new_plan(plan: Plan, subject: str, context: ChangeContext) -> str:
    earlier = context.plans.get(plan.child)
    parallel = ", ".join(kind.words for kind in plan.parallel)
    beside = f", with {parallel} in parallel" if parallel else ""
    on, words = format_date(plan.agreed_on), plan.primary.words
    if earlier is None or earlier.agreed_on > plan.agreed_on:
        return f"a plan was agreed on {on}: {words}{beside}"
    if earlier.primary is plan.primary:
        return f"the plan was agreed anew on {on}: {words} as before{beside}"
    return f"the plan changed from {earlier.primary.words} to {words}{beside}, agreed on {on}"


def _describe_day(day: dt.date, context: ChangeContext, past: str, coming: str) -> str:
    is_past = _day_of(day) <= context.on
    return f"{past} {format_date(_day_of(day))}" if is_past else f"{coming} {_describe_fact(day)}"


def _describe_new_meeting(meeting: Meeting, _subject: str, context: ChangeContext) -> str:
    kind = meeting.kind.words
    return f"{kind} {meeting.id} {_describe_day(meeting.starts_at, context, 'was on', 'is booked for')}"


def _describe_new_review(review: Review, subject: str, context: ChangeContext) -> str:
    words = f"review {review.number}" if review.number else "a review"
    if review.day is None:
        return f"{subject} is new"
    return f"{words} {'was held on' if review.held_on else 'is booked for'} {format_date(review.day)}"


def _describe_new_decision(decision: AdmDecision, subject: str, context: ChangeContext) -> str:
    words = f": {decision.decision.words}" if decision.decision else ""
    return f"{subject} is new{words}{f', {format_date(decision.decided_on)}' if decision.decided_on else ''}"


def _describe_due(subject: str, due: dt.date | None) -> str:
    return f"{subject} is new{f', due on {format_date(due)}' if due else ', with no day set'}"


_NEW: dict[type[Facts], Callable[[Any, str, ChangeContext], str]] = {
    Plan: _describe_new_plan,
    Placement: lambda one, _subject, _context: f"new home from {format_date(one.started_on)}: {one.type.words}",
    Order: lambda one, _subject, _context: f"{one.order.words}, {format_date(one.made_on)}, is new",
    Meeting: _describe_new_meeting,
    Review: _describe_new_review,
    Hearing: lambda one, _s, context: f"{one.kind.words} {_describe_day(one.at, context, 'was on', 'is listed for')}",
    Direction: lambda one, subject, _context: _describe_due(subject, one.due_on),
    Action: lambda one, subject, _context: (
        f"{subject} was done on {format_date(one.done_on)}" if one.done_on else _describe_due(subject, one.due_on)
    ),
    AdmDecision: _describe_new_decision,
    IroView: lambda one, subject, _context: f"{subject} is new: {one.outcome.words}",
    Override: lambda one, subject, _context: f"{subject} was set aside on {format_date(one.on)}",
    RecordedEvent: lambda one, _subject, context: (
        f"{context.events.get(one.event, 'entry of the record')}, {format_date(one.on)}"
    ),
}
"""How a new entry is told where there is more to say than that it is new."""
