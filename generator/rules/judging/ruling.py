"""The ruling of a rule for one child on one day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from generator.case.family import Override
from generator.rules.procedures.model import Rule


class RuleOutcome(StrEnum):
    """The six answers. A missing fact is never a pass."""

    MET = "met"
    MET_LATE = "met late"
    DUE = "due"
    OVERDUE = "overdue"
    DOES_NOT_APPLY = "does not apply"
    CANNOT_BE_CHECKED = "cannot be checked"


GRAVITY = (
    RuleOutcome.OVERDUE,
    RuleOutcome.CANNOT_BE_CHECKED,
    RuleOutcome.DUE,
    RuleOutcome.MET_LATE,
    RuleOutcome.MET,
    RuleOutcome.DOES_NOT_APPLY,
)
"""Outcomes, the gravest first."""


@dataclass(frozen=True, slots=True)
class RuleAnswer:
    """An outcome and how it was reached, before overrides are looked at."""

    outcome: RuleOutcome
    due: dt.date | None = None
    done: dt.date | None = None
    working: tuple[str, ...] = ()
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ruling:
    """The outcome of one rule for one child and, where the rule has an answer for each item, for one item.

    `working` says in words how the day was counted; `needs` are the places in the case file that would settle it.
    """

    rule: Rule
    child: str
    item: str
    outcome: RuleOutcome
    due: dt.date | None
    done: dt.date | None
    working: tuple[str, ...] = field(repr=False)
    needs: tuple[str, ...]
    overridden: Override | None = None

    @property
    def keys(self) -> dict[str, str]:
        """The ids of what it is about, by kind: its meeting, review, parent, decision, brother or sister."""
        return dict(zip(self.rule.entry.each, self.item.split(" "), strict=False)) if self.item else {}

    @property
    def is_open(self) -> bool:
        """Whether somebody must still act or write something, and nobody has set the rule aside."""
        return self.overridden is None and self.outcome in (
            RuleOutcome.OVERDUE,
            RuleOutcome.CANNOT_BE_CHECKED,
            RuleOutcome.DUE,
        )
