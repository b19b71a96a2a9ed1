"""A property of all rules: another fact never turns what was kept into what cannot be checked."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.base import resources
from generator.base.errors import CannotReadError
from generator.base.yaml.read import YamlFile, read_yaml
from generator.case.load import read_case
from generator.rules.judging.judge import judge_case
from generator.rules.judging.ruling import RuleOutcome
from generator.rules.procedures.load import load_procedure
from generator.rules.procedures.model import Procedure
from places import CASES

ON = dt.date(2026, 11, 22)
Path_ = tuple[str | int, ...]
SHELVES = ("record", "reviews", "plans", "options", "placements", "orders", "court", "reports", "iro_views")
MORE_SHELVES = (*SHELVES, "adm_decisions", "meetings", "children", "people")


@cache
def facts_of(name: str) -> dict[str, Any]:
    return read_yaml(CASES / name / "case.yaml").facts


@cache
def removable(name: str) -> tuple[Path_, ...]:
    """Every place that can be taken out of a sample: entries of lists, and keys of groups."""

    def walk(value: Any, path: Path_) -> Iterator[Path_]:
        pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, inner in pairs:
            if len(path) < 4:
                yield (*path, key)
                yield from walk(inner, (*path, key))

    facts = facts_of(name)
    return tuple(path for shelf in MORE_SHELVES if shelf in facts for path in walk(facts[shelf], (shelf,)))


def without(facts: dict[str, Any], paths: list[Path_]) -> dict[str, Any]:
    made = copy.deepcopy(facts)
    # From the last entry of a list to the first, so that those before keep their places.
    for path in sorted(paths, key=lambda one: [str(part).zfill(5) for part in one], reverse=True):
        held: Any = made
        try:
            for part in path[:-1]:
                held = held[part]
            del held[path[-1]]
        except (KeyError, IndexError):
            continue
    return made


@cache
def procedure_of(name: str) -> Procedure:
    return load_procedure(name, [resources.PROCEDURES], resources.SOURCES)


def judge(facts: dict[str, Any]) -> dict[tuple[str, str, str], RuleOutcome] | None:
    try:
        case = read_case(YamlFile("sample", (), facts, {}, {}))
    except CannotReadError:
        return None
    rulings = judge_case(case, procedure_of(case.procedure), ON).rulings
    return {(one.rule.name, one.child, one.item): one.outcome for one in rulings}


@pytest.mark.parametrize("name", ["rowan", "relinquished-baby", "long-term-fostering", "scotland", "matching"])
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(data=st.data())
def test_a_fact_more_never_unsettles_what_was_kept(name: str, data: st.DataObject) -> None:
    places = removable(name)
    taken = data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=80, unique=True))
    fewer = judge(without(facts_of(name), taken))
    if fewer is None:
        return
    more = judge(without(facts_of(name), taken[:-1]))
    if more is None:
        return
    kept = {key for key, outcome in fewer.items() if outcome in (RuleOutcome.MET, RuleOutcome.MET_LATE)}
    assert [key for key in kept if more.get(key) is RuleOutcome.CANNOT_BE_CHECKED] == [], taken[-1]
