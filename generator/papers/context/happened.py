"""What happened to one child, event by event, beside the days that the procedure sets: for checklists and reviews."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from generator.base.dates import speak
from generator.base.working_days import count_back
from generator.case.child import Child
from generator.case.facts import Disclosure
from generator.case.family import Case
from generator.case.meeting import Review
from generator.case.questions import find_person
from generator.case.words import ReviewKind
from generator.disclosure.lens import Withheld
from generator.papers.context.people import show_name
from generator.papers.context.scene import Scene
from generator.rules.conditions.child_on_day import ChildOnDay, Item, Occurrence, Unknown
from generator.rules.conditions.events import EVENTS, find_occurrences
from generator.rules.judging.ruling import RuleOutcome
from generator.rules.procedures.limits import FloorKind, LimitKind
from generator.rules.procedures.model import Procedure, Rule

_DAY = dt.timedelta(days=1)


def show_happened(child: Child, scene: Scene, until: dt.date | None = None) -> Any:
    """Every event that the procedure knows, by name, with its last day up to `until`, else up to the paper’s own day.

    `booked_for` is the first day after that on which it is to happen. `not_before` and `current_until` are for papers
    that may not be old on the day of their use: the earliest day that they may bear, and the last day of that use.
    """
    if not scene.lens.sees(Disclosure.PLANNING):
        return Withheld("happened", scene.lens.audience)
    day = min(until or scene.on, scene.compliance.on)
    return scene.remember(("happened", child.id, day.isoformat()), lambda: dict(_list_happened(child, scene, day)))


def _list_happened(child: Child, scene: Scene, until: dt.date) -> Iterator[tuple[str, dict[str, Any]]]:
    on, procedure = scene.compliance.on, scene.compliance.procedure
    view = ChildOnDay(scene.case, child, on, procedure.jurisdiction, on)
    due = _list_due_days(child, scene)
    uses = _list_uses(procedure)
    for name, label in procedure.events.items():
        if name in EVENTS and EVENTS[name].scope != "child":
            continue
        found = _occurrences(view, name)
        last = next((one for one in reversed(found) if one.on <= until), None)
        # What lies between that day and today was booked by then, but for entries of the record.
        coming = (one.on for one in found if one.on > until and (one.on > on or one.write != "record"))
        yield (
            name,
            {
                "label": label,
                "on": speak(last.on) if last else None,
                "note": last.note if last else None,
                "by": _say_who(last.by, scene) if last else None,
                "booked_for": speak(next(coming, None)),
                "due": speak(due.get(name)),
                "not_before": None,
                "current_until": None,
            }
            | (_show_currency(uses[name], view, last) if name in uses else {}),
        )


def _occurrences(view: ChildOnDay, name: str) -> tuple[Occurrence, ...]:
    found = find_occurrences(view, name)
    return () if isinstance(found, Unknown) else found


def _say_who(key: str | None, scene: Scene) -> str | None:
    person = find_person(scene.case, key)
    return show_name(person, scene.lens) if person else key


def _list_due_days(child: Child, scene: Scene) -> dict[str, dt.date]:
    """The earliest day by which a rule about the child alone wants each event."""
    days: dict[str, dt.date] = {}
    for ruling in scene.compliance.of_child(child.id):
        if ruling.due and not ruling.rule.entry.each and _applies(ruling.outcome):
            for name in ruling.rule.asks.events:
                days[name] = min(ruling.due, days.get(name, dt.date.max))
    return days


def _applies(outcome: RuleOutcome) -> bool:
    return outcome is not RuleOutcome.DOES_NOT_APPLY


def _list_uses(procedure: Procedure) -> dict[str, Rule]:
    """The rule that lets an event lie no further back than a span before its use, by the event's name."""
    return {
        rule.asks.events[0]: rule
        for rule in procedure.rules
        if rule.asks.events and any(floor.kind is FloorKind.SPAN_BEFORE for floor in rule.floors)
    }


def _show_currency(rule: Rule, view: ChildOnDay, last: Occurrence | None) -> dict[str, Any]:
    floor = next(one for one in rule.floors if one.kind is FloorKind.SPAN_BEFORE)
    if floor.span is None:
        return {}
    used = [one.on for one in _occurrences(view, floor.event)]
    latest = None
    if last:
        latest = last.on
        # Months are of unequal length, so the day is looked for with the rule's own way of counting.
        while latest < dt.date.max and count_back(latest + _DAY, floor.span, view.jurisdiction) <= last.on:
            latest += _DAY
    return {
        "not_before": speak(count_back(used[-1], floor.span, view.jurisdiction)) if used else None,
        "current_until": speak(latest),
    }


def show_review_rules(review: Review, child: Child, scene: Scene) -> dict[str, Any]:
    """For a review's agenda and minute: what the procedure asks of it, what had happened by then, and where it is."""
    if not scene.lens.sees(Disclosure.PLANNING):
        return {}
    day = review.day
    on, procedure = scene.compliance.on, scene.compliance.procedure
    view = ChildOnDay(scene.case, child, on, procedure.jurisdiction, day or on, Item(review=review))
    others = [one for one in scene.case.reviews_of(child.id) if one is not review]
    before = [one for one in others if one.held_on and day and one.held_on < day]
    is_followed = any(day and (one.day or day) > day for one in others)
    here = {"this_review", "" if review.kind is ReviewKind.REVIEW else review.kind.value}
    # Whether a rule applies may be unknown before the review; then its chair should see it.
    rules = [rule for rule in procedure.rules if rule.when is None or rule.when.run(view) is not False]
    if is_followed:
        rules = [rule for rule in rules if rule.asks.events != _NEXT]
    mine = ("", view.item.id)
    due = {one.rule.name: one.due for one in scene.compliance.of_child(child.id) if one.item in mine}
    sorted_out = {name: [*_pick(rules, here, kinds, due)] for name, kinds in _WHEN.items()}
    sorted_out["must_cover"] += [_show(rule, None) for rule in rules if "review" in rule.entry.each and not rule.limits]
    return sorted_out | {
        "previous_on": speak(before[-1].held_on) if before else None,
        "venue": _find_venue(review, scene.case),
        "happened": show_happened(child, scene, review.held_on),
    }


_NEXT = ("following_review",)
"""Asks for the next review: nothing to say where that review stands in the file."""
_WHEN = {
    "ready_before": (LimitKind.BEFORE, LimitKind.AT_LEAST),
    "must_cover": (LimitKind.BY,),
    "to_follow": (LimitKind.WITHIN, LimitKind.BEGINNING),
}


def _pick(
    rules: list[Rule], here: set[str], kinds: tuple[LimitKind, ...], due: Mapping[str, dt.date | None]
) -> Iterator[dict[str, Any]]:
    """The rules whose day hangs on this review in one of these ways, each with its day where it has one."""
    for rule in rules:
        if any(limit.event in here and limit.kind in kinds for limit in rule.limits):
            yield _show(rule, due.get(rule.name))


def _show(rule: Rule, due: dt.date | None) -> dict[str, Any]:
    return {
        "says": rule.entry.says,
        "level": rule.level.value,
        "cite": rule.cite,
        "ref": rule.entry.ref,
        "due": speak(due),
    }


def _find_venue(review: Review, case: Case) -> str | None:
    """Where and at what time a review is: what the record notes beside the booking of its room."""
    names = {f"{review.kind.value}_{ending}" for ending in ("arranged", "venue_booked", "room_booked")}
    children = {*review.children} or {child.id for child in case.children}
    notes = [
        one.note
        for one in sorted(case.record, key=lambda entry: entry.on)
        if one.event in names and one.note and (one.child is None or one.child in children)
    ]
    return notes[-1] if notes else None
