"""What a change is: one fact of the case file that is not what it was, told in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from generator.rules.judging.ruling import RuleOutcome
from generator.rules.procedures.model import Rule


class FactChangeKind(StrEnum):
    """How a fact has changed."""

    NEW = "new"
    GONE = "gone"
    DONE = "done"
    MOVED = "moved"
    CHANGED = "changed"
    REWORDED = "reworded"


@dataclass(frozen=True, slots=True)
class FactChange:
    """One change. `group` is under whom or what it is told, `place` its path in the case file as it is now.

    `says` tells it without what is kept from anyone: texts, people, places. `with_values` tells all.
    """

    group: str
    kind: FactChangeKind
    place: str
    says: str
    with_values: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Consequence:
    """One rule that says something else now: its due day moved, or its outcome is another, or it came or went.

    Days and outcomes are None where the rule had, or has, nothing to say for this child and item.
    """

    rule: Rule
    child: str
    item: str
    due_before: dt.date | None
    due: dt.date | None
    outcome_before: RuleOutcome | None
    outcome: RuleOutcome | None

    @property
    def is_moved(self) -> bool:
        """Whether a day that was due is now another day."""
        return self.due_before is not None and self.due is not None and self.due_before != self.due
