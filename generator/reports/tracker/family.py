"""The lines of one family: what its case file says for each sheet, as plain values."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from generator.base.working_days import Jurisdiction
from generator.case.child import Child
from generator.case.decision import AdmDecision
from generator.case.family import Case
from generator.reports.tracker import grid, measures
from generator.reports.tracker.cells import Line, SheetColumn, clean
from generator.reports.tracker.deadlines import make_deadlines
from generator.reports.tracker.rule_columns import keep_rules
from generator.reports.tracker.subject import TrackedChild, name_children
from generator.rules.conditions.child_on_day import ChildOnDay
from generator.rules.judging.judge import Compliance, judge_child
from generator.rules.judging.ruling import RuleOutcome, Ruling
from generator.rules.procedures.model import Procedure


@dataclass(frozen=True, slots=True)
class Standards:
    """The two procedures by which sheets are made, with the rules that their columns need and no others."""

    grid: Procedure
    tracker: Procedure

    @property
    def grid_columns(self) -> tuple[SheetColumn, ...]:
        """The columns of the decision grid."""
        return grid.make_grid_columns(self.grid)

    @property
    def tracker_columns(self) -> tuple[SheetColumn, ...]:
        """The columns of the tracker."""
        return measures.make_tracker_columns(self.tracker)


def read_standards(of_grid: Procedure, of_tracker: Procedure) -> Standards:
    """The standards out of the whole procedures named `grid.PROCEDURE` and `measures.PROCEDURE`."""
    return Standards(keep_rules(of_grid, grid.STEPS), keep_rules(of_tracker, (*measures.LISTS, *measures.STEPS)))


@dataclass(frozen=True, slots=True)
class FamilyLines:
    """What one case file says for each sheet. `outcomes` counts the answers of all its rules; `file` is its name.

    Families of Scottish procedures have no lines on the grid and the tracker, which stand in English ones.
    """

    file: str
    reference: str
    procedure: str
    children: int
    grid: tuple[Line, ...]
    tracker: tuple[Line, ...]
    deadlines: tuple[Line, ...]
    outcomes: tuple[tuple[RuleOutcome, int], ...]
    set_aside: int


def track_family(
    case: Case, compliance: Compliance, standards: Standards, *, file: str = "", names: bool = False
) -> FamilyLines:
    """Every line that one family has. `compliance` is the case under its own procedure, as at the day asked for."""
    labels = name_children(case, names=names)
    english = compliance.procedure.jurisdiction is Jurisdiction.ENGLAND
    subjects = [*_list_subjects(case, compliance, standards.grid, labels)] if english else []
    tracked = [*_list_subjects(case, compliance, standards.tracker, labels)] if english else []
    return FamilyLines(
        clean(file),
        case.reference,
        compliance.procedure.name,
        len(case.children),
        tuple(
            _make_line(_about(subject, decision), standards.grid_columns)
            for subject in subjects
            for decision in _decisions_of(case, subject.child)
        ),
        tuple(_make_line(subject, standards.tracker_columns) for subject in tracked),
        tuple(make_deadlines(case, compliance, labels, names=names)),
        tuple(Counter(one.outcome for one in compliance.rulings).items()),
        sum(one.overridden is not None for one in compliance.rulings),
    )


def _list_subjects(
    case: Case, compliance: Compliance, standard: Procedure, labels: dict[str, str]
) -> Iterator[TrackedChild]:
    is_own = standard.name in compliance.procedure.lineage
    for child in case.children:
        found = compliance.of_child(child.id) if is_own else judge_child(case, child, standard, compliance.on)
        rulings: dict[str, list[Ruling]] = {}
        for one in found:
            # A stricter rule of an authority's own stands in the place of the one that it replaces.
            rulings.setdefault(one.rule.entry.replaces or one.rule.name, []).append(one)
        view = ChildOnDay(case, child, compliance.on, compliance.procedure.jurisdiction, compliance.on)
        yield TrackedChild(case, child, labels[child.id], view, compliance, rulings, is_own)


def _decisions_of(case: Case, child: Child) -> tuple[AdmDecision | None, ...]:
    """The decisions about a child, oldest first; one line without a decision where there is none."""
    found = case.decisions_of(child.id)
    return tuple(sorted(found, key=lambda one: one.decided_on or dt.date.max)) or (None,)


def _about(subject: TrackedChild, decision: AdmDecision | None) -> TrackedChild:
    return TrackedChild(
        subject.case,
        subject.child,
        subject.label,
        subject.view,
        subject.compliance,
        subject.rulings,
        subject.is_own,
        decision,
    )


def _make_line(subject: TrackedChild, columns: tuple[SheetColumn, ...]) -> Line:
    return tuple(column.find(subject) for column in columns)
