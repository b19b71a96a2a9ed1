"""One child of one family, as the columns of the sheets look at it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.base.english import capitalise
from generator.case.child import Child
from generator.case.decision import AdmDecision
from generator.case.family import Case
from generator.case.planning import Plan
from generator.case.words import describe_word
from generator.reports.tracker.cells import Cell, CellState, SheetColumn, StateOnDay
from generator.rules.conditions.child_on_day import ChildOnDay, Unknown
from generator.rules.conditions.derived import FACTS, ROOTS
from generator.rules.conditions.events import find_occurrences
from generator.rules.judging.judge import Compliance, find_gravest
from generator.rules.judging.ruling import RuleOutcome, Ruling

RulingsByName = Mapping[str, Sequence[Ruling]]


@dataclass(frozen=True, slots=True)
class TrackedChild:
    """What one line is about: a child, and on the decision grid one decision.

    `rulings` are those of the procedure that the sheet is made by, under the names that its rules have there; `is_own`
    says whether the case follows that procedure.
    """

    case: Case
    child: Child
    label: str
    view: ChildOnDay
    compliance: Compliance
    rulings: RulingsByName
    is_own: bool
    decision: AdmDecision | None = None

    @property
    def plan(self) -> Plan | None:
        """The plan in force."""
        found = ROOTS["plan"].find(self.view)
        return found if isinstance(found, Plan) else None

    def fact(self, name: str) -> Cell:
        """A worked-out fact of the rules, in words; "cannot be checked" where the file does not say."""
        value = FACTS[name].find(self.view)
        if isinstance(value, Unknown):
            return StateOnDay(CellState.CANNOT_BE_CHECKED)
        if isinstance(value, bool):
            return "Yes" if value else "No"
        return value if isinstance(value, int) else capitalise(describe_word(str(value)))

    def days(self, event: str) -> tuple[dt.date, ...]:
        """The days of an event, past and booked, in order; none where the file does not say."""
        found = find_occurrences(self.view, event)
        return () if isinstance(found, Unknown) else tuple(sorted(one.on for one in found))

    def last(self, event: str) -> dt.date | None:
        """The latest day of an event that has come."""
        return max((day for day in self.days(event) if day <= self.view.today), default=None)

    def next(self, event: str) -> dt.date | None:
        """The first day of an event that is still to come."""
        return min((day for day in self.days(event) if day > self.view.today), default=None)

    def _rulings_of(self, rule: str) -> list[Ruling]:
        found = [*self.rulings.get(rule, ())]
        if self.decision is None:
            return found
        item = self.decision.id or "decision"
        return [one for one in found if "decision" not in one.rule.entry.each or one.item.split()[:1] == [item]]

    def step(self, rule: str) -> Cell:
        """How a step stands: the gravest of its answers. Lateness is told only where the case follows the procedure."""
        found = self._rulings_of(rule)
        live = [one for one in found if one.overridden is None]
        if not live:
            return StateOnDay(CellState.SET_ASIDE) if found else None
        gravest = find_gravest(live)
        alike = [one for one in live if one.outcome is gravest.outcome]
        done = max((one.done for one in alike if one.done), default=None)
        due = min((one.due for one in alike if one.due), default=None)
        match gravest.outcome:
            case RuleOutcome.MET | RuleOutcome.MET_LATE if not self.is_own:
                return StateOnDay(CellState.DONE, done)
            case RuleOutcome.DUE | RuleOutcome.OVERDUE if not self.is_own:
                return StateOnDay(CellState.NOT_DONE)
            case RuleOutcome.MET | RuleOutcome.MET_LATE:
                return StateOnDay(_STATES[gravest.outcome], done)
            case RuleOutcome.DUE | RuleOutcome.OVERDUE:
                return StateOnDay(_STATES[gravest.outcome], due)
        return StateOnDay(_STATES[gravest.outcome])

    def listing(self, rule: str) -> Cell:
        """Whether a list of the tracker holds the child, and since or from when.

        A list is a count of its own, or it holds the child from the day after a due day has passed.
        """
        found = next(iter(self.rulings.get(rule, ())), None)
        if found is None:
            return None
        first = found.due + dt.timedelta(days=1) if found.due and found.due < dt.date.max else None
        match found.outcome:
            case RuleOutcome.CANNOT_BE_CHECKED:
                return StateOnDay(CellState.CANNOT_BE_CHECKED)
            case RuleOutcome.OVERDUE | RuleOutcome.DUE if found.overridden:
                return StateOnDay(CellState.SET_ASIDE)
            case RuleOutcome.OVERDUE:
                return StateOnDay(CellState.LISTED, first)
            case RuleOutcome.DUE if found.rule.asks.is_count:
                return StateOnDay(CellState.LISTED)
            case RuleOutcome.DUE if first:
                return StateOnDay(CellState.LISTED_FROM, first)
        return StateOnDay(CellState.NOT_LISTED)


_STATES = {
    RuleOutcome.MET: CellState.MET,
    RuleOutcome.MET_LATE: CellState.MET_LATE,
    RuleOutcome.DUE: CellState.DUE,
    RuleOutcome.OVERDUE: CellState.OVERDUE,
    RuleOutcome.DOES_NOT_APPLY: CellState.DOES_NOT_APPLY,
    RuleOutcome.CANNOT_BE_CHECKED: CellState.CANNOT_BE_CHECKED,
}


def name_children(case: Case, *, names: bool) -> dict[str, str]:
    """How each child is called: the full name where asked for, else initials, numbered where two share them."""
    called = {child.id: child.name.full if names else child.name.initials for child in case.children}
    shared, so_far = Counter(called.values()), Counter[str]()
    for key, name in called.items():
        so_far[name] += 1
        called[key] = f"{name} {so_far[name]}" if shared[name] > 1 else name
    return called


WHO = (
    SheetColumn(
        "reference",
        "Reference",
        "The reference of the family’s case file.",
        "reference",
        lambda one: one.case.reference,
        20,
    ),
    SheetColumn(
        "child",
        "Child",
        "Initials of the full name, with a number where brothers and sisters share them; the full name with --names.",
        "children.name",
        lambda one: one.label,
        26,
    ),
)
"""What every line about a child begins with."""

ABOUT = (
    SheetColumn(
        "age", "Age", "Whole years on the day of the workbook.", "children.born_on", lambda one: one.fact("age")
    ),
    SheetColumn(
        "procedure",
        "Procedure",
        "The procedure that the case file names.",
        "procedure",
        lambda one: one.compliance.procedure.name,
        26,
    ),
    SheetColumn(
        "plan",
        "Plan",
        "The primary plan in force: the one agreed last.",
        "plans.primary",
        lambda one: capitalise(one.plan.primary.words) if one.plan else "No plan recorded",
        24,
    ),
    SheetColumn(
        "plan_agreed_on",
        "Plan agreed",
        "The day on which that plan was agreed.",
        "plans.agreed_on",
        lambda one: one.plan.agreed_on if one.plan else None,
    ),
)
