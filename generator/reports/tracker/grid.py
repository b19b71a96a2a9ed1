"""The decision grid: each child on the way to a decision, by the twelve steps of the South West procedure."""

from __future__ import annotations

from collections.abc import Iterator

from generator.base.english import capitalise
from generator.case.iro import IroView
from generator.reports.tracker.cells import Cell, CellState, SheetColumn, StateOnDay
from generator.reports.tracker.rule_columns import make_rule_columns, name_rules
from generator.reports.tracker.subject import ABOUT, WHO, TrackedChild
from generator.rules.conditions.derived import ROOTS
from generator.rules.procedures.model import Procedure

TITLE = "Decision grid"
PROCEDURE = "south-west"
"""Whose grid it is."""

STEPS = name_rules(
    PROCEDURE,
    ("manager_consulted", "Team manager consulted on plan", "plan-after-consulting-team-manager"),
    ("plan_at_review", "Plan at second review, within 4 months", "plan-at-four-month-review"),
    ("head_of_service", "Head of Service checked plan", "head-of-service-checks-plan-under-ten"),
    ("adoption_medical", "Adoption medical", "adoption-medical-before-review"),
    ("report_at_review", "Child’s permanence report at review", "report-at-review"),
    ("expert_reports", "Expert reports at review", "expert-reports-at-review"),
    ("manager_checked_report", "Team manager checked report", "report-checked-by-team-manager"),
    ("adviser_checked_report", "Panel adviser checked report", "report-checked-by-panel-adviser"),
    ("folder_complete", "Folder complete", "folder-complete-before-alert"),
    ("officers_alerted", "Reviewing officer and decision maker told", "officer-and-decision-maker-alerted"),
    ("officer_checked_plan", "Reviewing officer checked plan", "reviewing-officer-checks-care-plan"),
    ("challenge_answered", "Challenge answered", "manager-answers-challenge-first"),
    ("summary_signed", "Officer’s summary signed", "summary-once-adoption-is-supported"),
    ("summary_sent", "Summary sent", "summary-sent-to-decision-maker"),
    ("decision_asked_for", "Decision asked for", "decision-asked-for"),
    ("adviser_told", "Panel adviser told", "panel-adviser-alerted"),
    ("adviser_read_all", "Panel adviser read all", "panel-adviser-reads-all"),
    ("reports_read", "Decision maker read reports", "decision-maker-reads-reports"),
    ("adviser_met", "Decision maker met panel adviser", "decision-maker-meets-panel-adviser"),
    ("questions_answered", "Questions answered", "questions-answered-before-decision"),
    ("on_the_form", "Decision on the form", "decision-on-the-form"),
    ("team_told", "Care team told", "care-team-told"),
    ("parents_told", "Letters to parents", "letters-to-birth-parents"),
    ("on_the_grid", "Added to the grid", "decision-on-the-grid"),
    ("in_order", "Steps in order", "steps-in-order"),
    ("before_evidence", "Decision before final evidence", "decision-before-final-evidence"),
)
"""Each step with its heading and the rule that answers it."""


def _view(one: TrackedChild) -> Cell:
    view = ROOTS["iro_view"].find(one.view)
    return capitalise(view.outcome.words) if isinstance(view, IroView) else None


def _decision(one: TrackedChild) -> Cell:
    made = _is_made(one)
    if one.decision is None or (one.decision.decision and not made):
        return None
    return capitalise(one.decision.decision.words) if one.decision.decision else "Not yet made"


def _is_made(one: TrackedChild) -> bool:
    day = one.decision.decided_on if one.decision else None
    return day is not None and day <= one.view.today


def _count_overdue(one: TrackedChild) -> Cell:
    return sum(state is CellState.OVERDUE for state in _states(one)) if one.is_own else None


def _states(one: TrackedChild) -> Iterator[CellState]:
    for step in STEPS:
        cell = one.step(step.rule)
        if isinstance(cell, StateOnDay):
            yield cell.state


def _next_step(one: TrackedChild) -> Cell:
    for step in STEPS if one.is_own else ():
        cell = one.step(step.rule)
        if isinstance(cell, StateOnDay) and cell.state in (CellState.OVERDUE, CellState.DUE):
            return step.heading
    return None


_ACROSS = (
    SheetColumn(
        "second_review",
        "Second review",
        "The day on which it was held, else the day for which it is booked.",
        "reviews",
        lambda one: next(iter(one.days("second_review")), None),
    ),
    SheetColumn(
        "officer_view",
        "Reviewing officer’s view",
        "The outcome that the reviewing officer gave last.",
        "iro_views.outcome",
        _view,
        22,
    ),
    SheetColumn(
        "final_evidence_on",
        "Final evidence due",
        "The day by which final evidence has to be filed.",
        "court.final_evidence_due_on",
        lambda one: next(iter(reversed(one.days("final_evidence_due"))), None),
    ),
    SheetColumn(
        "decision", "Decision", "What the agency decision maker decided.", "adm_decisions.decision", _decision, 22
    ),
    SheetColumn(
        "decided_on",
        "Decided",
        "The day of that decision.",
        "adm_decisions.decided_on",
        lambda one: one.decision.decided_on if _is_made(one) else None,
    ),
    SheetColumn(
        "steps_overdue",
        "Steps overdue",
        "How many of the steps on this line are overdue. Empty where the case follows another procedure.",
        "",
        _count_overdue,
    ),
    SheetColumn(
        "next_step",
        "Next step",
        "The first step, in the order of the procedure, that is due or overdue. Empty where the case follows another.",
        "",
        _next_step,
        26,
    ),
)


def make_grid_columns(procedure: Procedure) -> tuple[SheetColumn, ...]:
    """The columns of the decision grid: who, what was decided when, and each step with the words of its rule."""
    return (*WHO, *ABOUT, *_ACROSS, *make_rule_columns(STEPS, procedure, lambda rule: lambda one: one.step(rule)))
