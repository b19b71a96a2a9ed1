"""Totals: how many, and nobody's data. Each number is counted from the lines of the other sheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from generator.base.english import capitalise
from generator.reports.tracker import grid, measures
from generator.reports.tracker.cells import CellState, Line, SheetColumn, StateOnDay, TrackerSheet
from generator.reports.tracker.deadlines import STATE
from generator.reports.tracker.family import FamilyLines
from generator.rules.judging.ruling import RuleOutcome

COLUMNS = (
    SheetColumn("part", "Part", "Which sheet, or what about the run.", widest=26),
    SheetColumn("what", "What", "What is counted.", widest=58),
    SheetColumn("number", "Number", "How many. Children and decisions are counted once for each line on their sheet."),
)


def count_totals(
    families: Sequence[FamilyLines], made: Sequence[TrackerSheet], files: Sequence[tuple[str, int]]
) -> Iterator[Line]:
    """The lines of the totals: files as told, then children, decisions, deadlines, lists, steps and all answers."""
    for what, number in files:
        yield "Case files", what, number
    for procedure, number in sorted(Counter(one.procedure for one in families).items()):
        yield "Case files", f"Under the procedure {procedure}", number
    yield "Children", "In these case files", sum(one.children for one in families)
    decisions, tracker, deadlines = made
    yield "Children", "On the decision grid and the tracker (English procedures)", len(tracker.lines)
    for fact, says in (("looked_after", "Looked after: "), ("plan", "Plan: ")):
        for word, number in _count_words(tracker, fact):
            yield "Children", f"{says}{word[:1].lower()}{word[1:]}", number
    for word, number in _count_words(decisions, "decision"):
        yield grid.TITLE, word, number
    for heading, number in _count_steps(decisions):
        yield grid.TITLE, f"Overdue: {heading}", number
    for column in tracker.columns:
        if column.id in {one.id for one in measures.LISTS}:
            yield measures.TITLE, f"Listed: {column.heading}", _count_state(tracker, column.id, CellState.LISTED)
    states = Counter(cell.state for line in deadlines.lines if isinstance(cell := line[STATE], StateOnDay))
    for state in _DEADLINES:
        yield deadlines.title, capitalise(state.word), states[state]
    binding = deadlines.place("level")
    late = sum(
        isinstance(cell := line[STATE], StateOnDay) and cell.state is CellState.OVERDUE and line[binding] == "must"
        for line in deadlines.lines
    )
    yield deadlines.title, "Overdue and binding (must)", late
    answers = Counter[RuleOutcome]()
    for one in families:
        answers.update(dict(one.outcomes))
    for outcome in RuleOutcome:
        yield "Answers of all rules", capitalise(outcome.value), answers[outcome]
    yield "Answers of all rules", "Set aside, counted above too", sum(one.set_aside for one in families)


_DEADLINES = (
    CellState.OVERDUE,
    CellState.DUE_TODAY,
    CellState.DUE_IN_A_WEEK,
    CellState.DUE_IN_FOUR_WEEKS,
    CellState.DUE_LATER,
    CellState.NO_DAY_SET,
)


def _count_words(sheet: TrackerSheet, column: str) -> list[tuple[str, int]]:
    place = sheet.place(column)
    return sorted(Counter(str(line[place]) for line in sheet.lines if line[place] is not None).items())


def _count_state(sheet: TrackerSheet, column: str, state: CellState) -> int:
    place = sheet.place(column)
    return sum(isinstance(cell := line[place], StateOnDay) and cell.state is state for line in sheet.lines)


def _count_steps(sheet: TrackerSheet) -> Iterator[tuple[str, int]]:
    steps = {one.id for one in grid.STEPS}
    for column in sheet.columns:
        if column.id in steps and (number := _count_state(sheet, column.id, CellState.OVERDUE)):
            yield column.heading, number
