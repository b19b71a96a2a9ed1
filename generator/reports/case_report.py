"""What a case needs: rule by rule for each child, and paper by paper what is still to be written."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.base.dates import format_date, whole_months
from generator.base.errors import Level, Problem
from generator.base.working_days import Jurisdiction, Span, Unit, count_on
from generator.case.family import Case
from generator.papers.card import Gap, PlannedDocument
from generator.rules.judging.judge import Compliance
from generator.rules.judging.ruling import RuleOutcome, Ruling
from generator.rules.procedures.load import NATIONAL
from generator.rules.procedures.model import Procedure

SOON = Span(4, Unit.WEEKS)
"""How far ahead `check` looks for what is coming."""
_STALE_MONTHS = 12


@dataclass(frozen=True, slots=True)
class PaperReport:
    """One paper that the case calls for, and the questions in it that nobody has answered."""

    name: str
    code: str
    title: str
    audience: str
    draft: bool
    blocked_by: tuple[str, ...]
    due: str
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class ChildReport:
    """What the rules say of one child, sorted by what somebody must do about it.

    `unsettled` are the places in the case file that would settle rules that cannot be checked, each with those rules.
    """

    child: str
    put_right: tuple[Ruling, ...]
    late: tuple[Ruling, ...]
    coming: tuple[Ruling, ...]
    later: tuple[Ruling, ...]
    counted: tuple[Ruling, ...]
    unsettled: Mapping[tuple[str, ...], tuple[Ruling, ...]]
    set_aside: tuple[Ruling, ...]
    counts: Mapping[RuleOutcome, int]
    rulings: tuple[Ruling, ...]


@dataclass(frozen=True, slots=True)
class CaseReport:
    """A whole case: its children under one procedure, its papers, and how many questions of each level are open.

    `unheeded` is what stands in the case file and does nothing; `hints` are texts that parents may find hard to read.
    """

    reference: str
    on: dt.date
    procedure: Procedure
    children: tuple[ChildReport, ...]
    papers: tuple[PaperReport, ...]
    warnings: tuple[str, ...] = ()
    unheeded: tuple[Problem, ...] = ()
    hints: tuple[Problem, ...] = ()

    @property
    def has_mistakes(self) -> bool:
        """Whether something in the case file has no effect and must be put right."""
        return any(one.level is Level.MUST for one in self.unheeded)

    @property
    def must_be_fixed(self) -> bool:
        """Whether a rule that binds was not kept and nobody has set it aside."""
        rulings = (one for child in self.children for one in (*child.put_right, *child.late))
        return any(one.rule.level is Level.MUST for one in rulings)

    @property
    def is_open(self) -> bool:
        """Whether anything binding is late, cannot be checked or is still to be written."""
        unsettled = any(
            one.rule.level is Level.MUST
            for child in self.children
            for group in child.unsettled.values()
            for one in group
        )
        return self.must_be_fixed or unsettled or any(paper.gaps for paper in self.papers)

    def count(self, level: Level) -> int:
        """How many open questions have this level, each place in the case file counted once for each question."""
        return len(
            {(gap.question, gap.asks, gap.write) for paper in self.papers for gap in paper.gaps if gap.level is level}
        )


def report_case(
    case: Case,
    compliance: Compliance,
    planned: Sequence[PlannedDocument],
    unheeded: Sequence[Problem] = (),
    hints: Sequence[Problem] = (),
) -> CaseReport:
    """What the rules say of each child, and the open questions of every planned paper, in the order of the papers."""
    children = tuple(_check_child(child.id, compliance.of_child(child.id), compliance.on) for child in case.children)
    papers = tuple(
        PaperReport(
            paper.name,
            paper.code,
            paper.title,
            paper.audience,
            paper.draft,
            paper.blocked_by,
            paper.template.card.due,
            paper.gaps,
        )
        for paper in planned
    )
    on, procedure = compliance.on, compliance.procedure
    warnings = tuple(_warn(procedure, on))
    return CaseReport(case.reference, on, procedure, children, papers, warnings, tuple(unheeded), tuple(hints))


def _warn(procedure: Procedure, on: dt.date) -> Iterable[str]:
    each: Procedure | None = procedure
    while each:
        checked = each.opening.checked_on
        if whole_months(checked, on) >= _STALE_MONTHS:
            yield f"The procedure {each.name} was last checked on {format_date(checked)}, more than a year ago"
        each = each.extends
    if procedure.extends is None and procedure.jurisdiction is Jurisdiction.ENGLAND and procedure.name != NATIONAL:
        yield f"The procedure {procedure.name} does not extend {NATIONAL}, so no national rule is asked"


def _urgency(ruling: Ruling) -> tuple[int, dt.date, str]:
    return -ruling.rule.level.strength, ruling.due or dt.date.max, ruling.rule.name


def _check_child(child: str, rulings: Sequence[Ruling], on: dt.date) -> ChildReport:
    soon = count_on(on, SOON, Jurisdiction.ENGLAND)
    open_ = sorted((one for one in rulings if one.overridden is None), key=_urgency)
    overdue = [one for one in open_ if one.outcome is RuleOutcome.OVERDUE]
    due = [one for one in open_ if one.outcome is RuleOutcome.DUE and not one.rule.asks.is_count]
    unsettled: dict[tuple[str, ...], tuple[Ruling, ...]] = {}
    for one in open_:
        if one.outcome is RuleOutcome.CANNOT_BE_CHECKED:
            unsettled[one.needs] = (*unsettled.get(one.needs, ()), one)
    by_day = sorted(due, key=lambda one: (one.due or dt.date.max, _urgency(one)))
    return ChildReport(
        child,
        tuple(one for one in overdue if not one.rule.asks.events),
        tuple(one for one in overdue if one.rule.asks.events),
        tuple(one for one in by_day if one.due and one.due <= soon),
        tuple(one for one in by_day if not one.due or one.due > soon),
        tuple(one for one in open_ if one.outcome is RuleOutcome.DUE and one.rule.asks.is_count),
        dict(sorted(unsettled.items(), key=lambda pair: -len(pair[1]))),
        tuple(one for one in rulings if one.overridden),
        Counter(one.outcome for one in rulings),
        tuple(rulings),
    )
