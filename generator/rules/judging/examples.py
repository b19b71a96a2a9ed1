"""The examples of a procedure's rules, which are its tests: small case files and the outcome that each must have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from generator.base.dates import format_date
from generator.base.errors import CannotReadError, Problem
from generator.base.yaml.paths import Path_, format_path
from generator.base.yaml.read import YamlFile, read_yaml
from generator.case.facts import Day
from generator.case.family import Case
from generator.case.load import read_case
from generator.rules.judging.judge import find_gravest, judge_child
from generator.rules.judging.ruling import RuleOutcome, Ruling
from generator.rules.procedures.model import Procedure

EXAMPLES = "examples"
"""The folder beside the procedures that holds their examples, under the same file names."""

_CHILD = "child"


class Example(BaseModel):
    """One example: the facts in small, the day of asking, and the answer. `of` names one item of several."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    says: str
    on: Day
    given: dict[str, Any] = {}
    outcome: RuleOutcome
    due: Day | None = None
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """An example whose outcome is not the one that it states."""

    rule: str
    example: Example
    says: str


_ROWS = TypeAdapter(tuple[Example, ...])


def load_examples(file: Path) -> dict[str, tuple[Example, ...]]:
    """Return the examples in a file, by the id of their rule; none without a file. Raises CannotReadError."""
    if not file.is_file():
        return {}
    source = read_yaml(file)
    found: dict[str, tuple[Example, ...]] = {}
    problems: list[Problem] = []
    for rule, rows in source.facts.items():
        try:
            found[rule] = _ROWS.validate_python(rows)
        except ValidationError as error:
            problems += _explain(source, error, rule)
    if problems:
        raise CannotReadError(f"{source.name} has examples that cannot be read", problems)
    return found


def _explain(source: YamlFile, error: ValidationError, rule: str) -> Iterator[Problem]:
    for detail in error.errors(include_input=False, include_url=False):
        path: Path_ = (rule, *detail["loc"])
        yield Problem("P001", detail["msg"].removeprefix("Value error, "), source.place(path), format_path(path))


def make_case(given: Mapping[str, Any], procedure: str) -> Case:
    """Return the whole case file of an example. Raises CannotReadError where its facts cannot be read."""
    try:
        facts = _fill(given, procedure)
    except (TypeError, ValueError, KeyError, AttributeError):
        says = "A part of given does not have the form that a case file has there: a list of groups, or a group of keys"
        raise CannotReadError("The facts of an example cannot be read", [Problem("P001", says)]) from None
    return read_case(YamlFile("example", (), facts, {}, {}))


def _fill(given: Mapping[str, Any], procedure: str) -> dict[str, Any]:
    """Return the facts of an example, completed with what every case file must say."""
    facts = {key: value for key, value in given.items() if key != _CHILD}
    child = {"id": _CHILD, "name": {"given": "Sam"}, "born_on": "1 March 2022"} | dict(given.get(_CHILD) or {})
    facts = {
        "reference": "EXAMPLE-1",
        "authority": {"name": "Example Council"},
        "procedure": procedure,
        "children": [child, *facts.pop("children", ())],
    } | facts
    for shelf in ("placements", "orders", "plans", "options", "reports", "iro_views", "adm_decisions"):
        if shelf in facts:
            facts[shelf] = [{"child": _CHILD} | dict(row) for row in facts[shelf]]
    if "people" in facts:
        facts["people"] = [{"name": {"given": row["id"].title()}} | dict(row) for row in facts["people"]]
    if "meetings" in facts:
        facts["meetings"] = [{"id": f"meeting-{i}"} | dict(row) for i, row in enumerate(facts["meetings"], 1)]
        for meeting in facts["meetings"]:
            if "outcomes" in meeting:
                meeting["outcomes"] = [{"child": _CHILD} | dict(row) for row in meeting["outcomes"]]
    if "court" in facts:
        facts["court"] = {"name": "Family Court at Exampleton"} | dict(facts["court"])
    return facts


def judge_example(procedure: Procedure, rule: str, example: Example) -> Ruling | None:
    """Return the ruling for an example; None where there is no such rule or item."""
    case = make_case(example.given, procedure.name)
    rulings = [
        one
        for one in judge_child(case, case.children[0], procedure, example.on)
        if one.rule.name == f"{procedure.name}/{rule}" and example.of in (None, one.item)
    ]
    return find_gravest(rulings) if rulings else None


def try_examples(procedure: Procedure, examples: Mapping[str, tuple[Example, ...]]) -> Iterator[Trial]:
    """Yield every example whose outcome is not the one that it states."""
    for rule, rows in examples.items():
        for example in rows:
            if trouble := _try(procedure, rule, example):
                yield Trial(rule, example, trouble)


def _try(procedure: Procedure, rule: str, example: Example) -> str | None:
    try:
        ruling = judge_example(procedure, rule, example)
    except CannotReadError as error:
        told = "; ".join(f"{one.path}: {one.says}" for one in error.problems)
        return f"its facts cannot be read: {told or error}"
    if ruling is None:
        return "there is no such rule, or it has no such item"
    if ruling.outcome is not example.outcome:
        why = " ".join(ruling.working) + (f" needs {', '.join(ruling.needs)}" if ruling.needs else "")
        return f"it is {ruling.outcome.value}, not {example.outcome.value} ({why.strip()})"
    if example.due and ruling.due != example.due:
        return f"it is due {format_date(ruling.due) if ruling.due else 'on no day'}, not {format_date(example.due)}"
    return None


def find_untested(procedure: Procedure, examples: Mapping[str, tuple[Example, ...]]) -> Iterator[str]:
    """Yield the ids of rules that are met in no example, or broken in none."""
    for rule in procedure.rules:
        if rule.procedure != procedure.name or not rule.is_judged:
            continue
        told = {example.outcome for example in examples.get(rule.entry.id, ())}
        counted = rule.asks.is_count
        kept = told & ({RuleOutcome.DUE} if counted else {RuleOutcome.MET, RuleOutcome.MET_LATE})
        broken = told & (
            {RuleOutcome.DOES_NOT_APPLY}
            if counted
            else {RuleOutcome.OVERDUE, RuleOutcome.DUE, RuleOutcome.CANNOT_BE_CHECKED, RuleOutcome.MET_LATE}
        )
        if not kept or not broken:
            yield rule.entry.id
