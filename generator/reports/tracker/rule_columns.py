"""Columns that a rule answers: how they are counted is what the rule says of itself."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.reports.tracker.cells import Cell, SheetColumn
from generator.rules.procedures.model import Procedure


@dataclass(frozen=True, slots=True)
class RuleColumn:
    """A column with the full name of the rule that answers it."""

    id: str
    heading: str
    rule: str


def name_rules(procedure: str, *rows: tuple[str, str, str]) -> tuple[RuleColumn, ...]:
    """Columns out of id, heading and the rule's name within its procedure."""
    return tuple(RuleColumn(key, heading, f"{procedure}/{rule}") for key, heading, rule in rows)


def make_rule_columns(
    wanted: Sequence[RuleColumn], procedure: Procedure, finder: Callable[[str], Callable[[Any], Cell]]
) -> Iterator[SheetColumn]:
    """A column for each rule that the procedure has. An authority's own copy of it may have left one out."""
    rules = {rule.name: rule for rule in procedure.rules}
    for one in wanted:
        if rule := rules.get(one.rule):
            counted = " ".join(part for part in (rule.entry.says, rule.entry.reading) if part)
            source = f"{rule.entry.ref}, {rule.cite}"
            yield SheetColumn(one.id, one.heading, counted, source, finder(one.rule), has_day=True)


def keep_rules(procedure: Procedure, wanted: Sequence[RuleColumn]) -> Procedure:
    """The same procedure with the wanted rules alone, so that families of other procedures are asked no more."""
    names = {one.rule for one in wanted}
    return dataclasses.replace(procedure, rules=tuple(rule for rule in procedure.rules if rule.name in names))
