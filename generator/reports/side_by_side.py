"""One family under several procedures side by side: where they differ, and nothing averaged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.base.yaml.read import read_yaml
from generator.case.family import Case
from generator.rules.judging.judge import judge_child
from generator.rules.judging.ruling import RuleOutcome, Ruling
from generator.rules.procedures.model import Procedure


@dataclass(frozen=True, slots=True)
class ComparedTopic:
    """One topic on which procedures differ; `positions` is what each says of it, in words. Silence has no entry."""

    id: str
    title: str
    about: str
    positions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TopicDifference:
    """What each procedure says of one topic for one child. A procedure that is silent has no rulings."""

    topic: ComparedTopic
    child: str
    rulings: Mapping[str, tuple[Ruling, ...]]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A family under several procedures."""

    reference: str
    on: dt.date
    procedures: tuple[str, ...]
    differences: tuple[TopicDifference, ...]


def read_topics(file: Path) -> tuple[ComparedTopic, ...]:
    """The topics in a file. Raises CannotReadError where it cannot be read."""
    rows: list[dict[str, Any]] = read_yaml(file).facts.get("topics") or []
    return tuple(
        ComparedTopic(
            row["id"], row["title"], row["about"], {k: v for k, v in (row.get("procedures") or {}).items() if v}
        )
        for row in rows
    )


def compare_procedures(
    case: Case, procedures: Sequence[Procedure], topics: Sequence[ComparedTopic], on: dt.date
) -> SideBySide:
    """The rulings of each procedure, topic by topic and child by child, where at least two of them differ.

    What does not apply to a child is left out. National rules stand under the national procedure alone, although they
    hold under each of the others too.
    """
    found: list[TopicDifference] = []
    for child in case.children:
        judged = {one.name: judge_child(case, child, one, on) for one in procedures}
        for topic in topics:
            told = {
                name: tuple(
                    one
                    for one in rulings
                    if topic.id in one.rule.entry.topics
                    and one.rule.procedure == name
                    and one.outcome is not RuleOutcome.DOES_NOT_APPLY
                )
                for name, rulings in judged.items()
            }
            if len({_say(rulings) for rulings in told.values()}) > 1:
                found.append(TopicDifference(topic, child.id, told))
    return SideBySide(case.reference, on, tuple(one.name for one in procedures), tuple(found))


def _say(rulings: Sequence[Ruling]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted({(one.outcome.value, one.due.isoformat() if one.due else "") for one in rulings}))
