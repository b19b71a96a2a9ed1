"""Deadlines: every rule that is due or overdue, one line each, with the days that are left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import lru_cache

from generator.base.working_days import Jurisdiction, Span, Unit, count_between, count_on
from generator.case.family import Case
from generator.reports.case_report import SOON
from generator.reports.tracker.cells import CellState, Line, SheetColumn, StateOnDay
from generator.reports.tracker.subject import WHO
from generator.rules.judging.judge import Compliance
from generator.rules.judging.ruling import RuleOutcome, Ruling

_A_WEEK = Span(7, Unit.DAYS)
_FARTHEST = 1100
"""Working days are counted up to about three years: beyond, nobody plans by them, and holidays are not yet known."""

COLUMNS = (
    SheetColumn(
        "days_left", "Days left", "Calendar days from the day of the workbook to the due day; below zero, days since."
    ),
    SheetColumn(
        "state",
        "State",
        "Overdue from the day after it was due, or where something is not as it must be. Due today; due within 7 days; "
        "due within 4 weeks; due later; to do, where the source sets no day. What is set aside is left out.",
    ),
    *WHO,
    SheetColumn("due_on", "Due", "The day by which the rule must be kept, as permanence check counts it."),
    SheetColumn(
        "working_days_left",
        "Working days left",
        "The same in working days: the day of the workbook is not counted, the due day is. Weekends and the public "
        "holidays of the procedure’s nation are left out. Empty beyond three years.",
    ),
    SheetColumn("asks", "What is asked", "What the rule says.", "the procedure", widest=58),
    SheetColumn(
        "item",
        "About",
        "The meeting, review or decision that it is about, by its id in the case file. Parents, brothers and sisters "
        "are numbered in the order of the case file; with --names their ids are shown.",
        widest=22,
    ),
    SheetColumn("level", "Binding", "must: the law or a binding procedure; should: guidance; could: good practice."),
    SheetColumn("working", "How the day was counted", "From which day the time runs, and what is booked.", widest=44),
    SheetColumn("rule", "Rule", "The name to give to permanence explain.", "the procedure", widest=30),
    SheetColumn("row", "Row", "The row of the register of requirements.", "the procedure"),
    SheetColumn("source", "Source", "Where the rule comes from.", "the procedure", widest=36),
)
STATE, _DAYS_LEFT = 1, 0
"""The places of these columns in a line."""


def make_deadlines(
    case: Case, compliance: Compliance, labels: Mapping[str, str], *, names: bool = False
) -> Iterator[Line]:
    """A line for each rule that is due or overdue for a child, and that nobody has set aside."""
    on, nation = compliance.on, compliance.procedure.jurisdiction
    for one in compliance.rulings:
        if one.is_open and one.outcome in (RuleOutcome.DUE, RuleOutcome.OVERDUE) and not one.rule.asks.is_count:
            yield (
                (one.due - on).days if one.due else None,
                StateOnDay(_state_of(one, on)),
                case.reference,
                labels[one.child],
                one.due,
                _working_days(on, one.due, nation) if one.due else None,
                one.rule.entry.says,
                _describe_item(one, case, names=names),
                one.rule.level.value,
                " ".join(f"{part}." for part in one.working),
                one.rule.name,
                one.rule.entry.ref,
                one.rule.cite,
            )


def sort_key(line: Line) -> tuple[int, int, str, str]:
    """The fewest days left first; what is not as it must be before what has no day; then by reference and child."""
    days, state, reference, child = line[_DAYS_LEFT], line[STATE], str(line[2]), str(line[3])
    if isinstance(days, int):
        return 0, days, reference, child
    return 1, not (isinstance(state, StateOnDay) and state.state is CellState.OVERDUE), reference, child


def _state_of(one: Ruling, on: dt.date) -> CellState:
    if one.outcome is RuleOutcome.OVERDUE:
        return CellState.OVERDUE
    if one.due is None:
        return CellState.NO_DAY_SET
    if one.due == on:
        return CellState.DUE_TODAY
    if one.due <= count_on(on, _A_WEEK, Jurisdiction.ENGLAND):
        return CellState.DUE_IN_A_WEEK
    return CellState.DUE_IN_FOUR_WEEKS if one.due <= count_on(on, SOON, Jurisdiction.ENGLAND) else CellState.DUE_LATER


@lru_cache(maxsize=4096)
def _working_days(on: dt.date, due: dt.date, nation: Jurisdiction) -> int | None:
    return count_between(on, due, nation) if abs((due - on).days) <= _FARTHEST else None


def _describe_item(one: Ruling, case: Case, *, names: bool) -> str | None:
    """What an answer is about beyond the child, without the ids of people: these are often names."""
    if names or not one.item:
        return one.item or None
    *parts, last = one.item.split()
    each = one.rule.entry.each
    if "parent" in each:
        people = [parent.id for parent in case.parents_of(one.child)]
        return ", ".join([*parts, f"parent {people.index(last) + 1}"])
    if "sibling" in each:
        others = [entry.sibling for entry in case.child(one.child).siblings]
        return f"brother or sister {others.index(last) + 1}"
    return one.item
