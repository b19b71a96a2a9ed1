"""Every rule of a procedure, answered for every child of a family as at one day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from generator.case.child import Child
from generator.case.family import Case, Override
from generator.rules.conditions.child_on_day import NO_ITEM, ChildOnDay, Item, Unknown
from generator.rules.judging.answers import RuleQuestion, answer_question
from generator.rules.judging.days import Calendar
from generator.rules.judging.ruling import GRAVITY, RuleAnswer, RuleOutcome, Ruling
from generator.rules.procedures.model import Each, Procedure, Rule


@dataclass(frozen=True, slots=True)
class Compliance:
    """A family's file under one procedure as at the day `on`: every ruling, child by child."""

    procedure: Procedure
    on: dt.date
    rulings: tuple[Ruling, ...]

    def of_child(self, child: str) -> tuple[Ruling, ...]:
        """The rulings about one child."""
        return tuple(one for one in self.rulings if one.child == child)


def judge_case(case: Case, procedure: Procedure, on: dt.date) -> Compliance:
    """Return the rulings of every rule for each child as at the day `on`: what lies after it has not happened."""
    rulings = tuple(ruling for child in case.children for ruling in judge_child(case, child, procedure, on))
    return Compliance(procedure, on, rulings)


def judge_child(case: Case, child: Child, procedure: Procedure, on: dt.date) -> tuple[Ruling, ...]:
    """Return the rulings for one child as at the day `on`: what lies after it has not happened."""
    view = ChildOnDay(case, child, on, procedure.jurisdiction, on)
    calendar = Calendar(procedure)
    overrides = [one for one in case.overrides if one.child in (None, child.id) and one.on <= on]
    found: list[Ruling] = []
    for rule in procedure.rules:
        if rule.is_judged:
            found += _judge_rule(rule, view, calendar, [one for one in overrides if one.rule == rule.name])
    return tuple(found)


def _judge_rule(rule: Rule, view: ChildOnDay, calendar: Calendar, overrides: Sequence[Override]) -> Iterator[Ruling]:
    views: list[ChildOnDay] = view.remember(
        rule.entry.each, lambda: [view.about(item) for item in _items_of(rule.entry.each, view)]
    )
    if not views:
        says = f"The file has no {' with a '.join(_ITEMS[each] for each in rule.entry.each)}"
        yield _rule(rule, view, NO_ITEM, RuleAnswer(RuleOutcome.DOES_NOT_APPLY, working=(says,)), ())
    for one in views:
        yield _rule(rule, view, one.item, _answer(rule, one, calendar), overrides)


_ITEMS = {
    "meeting": "meeting",
    "review": "review",
    "parent": "parent",
    "decision": "decision of the decision maker",
    "sibling": "entry about a brother or sister (children.siblings)",
}


def _rule(rule: Rule, view: ChildOnDay, item: Item, answer: RuleAnswer, overrides: Sequence[Override]) -> Ruling:
    needs = tuple(sorted(answer.needs))
    failed = answer.outcome in (RuleOutcome.OVERDUE, RuleOutcome.CANNOT_BE_CHECKED, RuleOutcome.MET_LATE)
    set_aside = next((one for one in overrides if _covers(one, item, answer)), None) if failed else None
    return Ruling(
        rule, view.child.id, item.id, answer.outcome, answer.due, answer.done, answer.working, needs, set_aside
    )


def _covers(override: Override, item: Item, answer: RuleAnswer) -> bool:
    """Return whether an override is about this item. One that names no item covers what had happened by its day.

    So a reason that was given for one meeting does not set aside the same rule for later meetings.
    """
    if override.of is not None:
        return override.of == item.id
    day = item.on or answer.due
    return item is NO_ITEM or day is None or day <= override.on


def _items_of(each: tuple[Each, ...], view: ChildOnDay) -> Iterator[Item]:
    """Yield every item of these kinds for one child: each meeting, or each meeting with each parent, and so on."""
    if not each:
        yield NO_ITEM
        return
    for found in product(*(_FIND[kind](view) for kind in each)):
        yield Item(**dict(zip(each, found, strict=True)))


_FIND: dict[Each, Callable[[ChildOnDay], Iterable[Any]]] = {
    "meeting": lambda view: view.case.meetings_of(view.child.id),
    "review": lambda view: view.case.reviews_of(view.child.id),
    "parent": lambda view: view.case.parents_of(view.child.id),
    "decision": lambda view: view.case.decisions_of(view.child.id),
    "sibling": lambda view: view.child.siblings,
}


def _answer(rule: Rule, view: ChildOnDay, calendar: Calendar) -> RuleAnswer:
    own_day = _own_day(rule, view, calendar)
    due = calendar.due(view, rule.limits) if own_day is None else None
    view = view.on_day(own_day or (due and due.due) or view.today)
    applies = rule.when.run(view) if rule.when else True
    if applies is False:
        return _NOT_THIS_ONE
    # Most rules do not apply to most items, so days are counted only now, where nothing else asked for them.
    due, earliest = due or calendar.due(view, rule.limits), calendar.earliest(view, rule.floors)
    question = RuleQuestion(rule, view, calendar, due, earliest)
    if isinstance(applies, Unknown):
        says = "Whether this rule applies cannot be told"
        return question.answer(RuleOutcome.CANNOT_BE_CHECKED, says, needs=applies.needs)
    label = calendar.procedure.label
    if rule.limits and not due.needs and len(due.waits) == len(rule.limits):
        return RuleAnswer(
            RuleOutcome.DOES_NOT_APPLY, working=(f"Not yet. Nothing is recorded under: {label(due.waits[0])}",)
        )
    if not rule.limits and earliest.waits:
        return RuleAnswer(
            RuleOutcome.DOES_NOT_APPLY, working=(f"Not yet. Nothing is recorded under: {label(earliest.waits[0])}",)
        )
    return answer_question(question)


_NOT_THIS_ONE = RuleAnswer(RuleOutcome.DOES_NOT_APPLY)


def _own_day(rule: Rule, view: ChildOnDay, calendar: Calendar) -> dt.date | None:
    """Return the day for which ages and plans are looked up: of the event in `at`, of the item, else today.

    None where it is the due day of the rule.
    """
    if rule.entry.at:
        anchor = calendar.anchor(view, rule.entry.at, coming=False)
        if anchor is not None and not isinstance(anchor, Unknown):
            return anchor.on
    return view.item.on or (None if rule.limits else view.today)


def find_gravest(rulings: list[Ruling]) -> Ruling:
    """Return the ruling that needs attention most."""
    return min(rulings, key=lambda one: GRAVITY.index(one.outcome))
