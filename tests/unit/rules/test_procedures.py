"""The procedures that come with the product: every requirement once, with its source, and every example true."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest

from generator.base import resources
from generator.base.yaml.read import read_yaml
from generator.case.load import LoadedCase
from generator.rules.conditions.events import EVENTS
from generator.rules.judging.examples import Example, find_untested, judge_example, load_examples, try_examples
from generator.rules.judging.ruling import RuleOutcome
from generator.rules.procedures.load import list_procedures, load_procedure
from generator.rules.procedures.model import EventsHappen, Procedure, Rule
from generator.rules.procedures.sources import load_sources

NAMES = sorted(list_procedures([resources.PROCEDURES]))
REGISTER = {
    "south-west": [f"R000-{n:02}" for n in range(1, 28)],
    "hertfordshire-2024": [f"R001-{n:03}" for n in range(1, 168)],
    "permanence-policy-2016": [f"R002-{n:02}" for n in range(1, 37)],
    "permanence-planning-2024": [f"R003-{n:02}" for n in range(1, 33)],
    "scotland-pace": [*(f"R004-{n:02}" for n in range(1, 51)), "N-18", "N-19", "N-20"],
    "england": [f"N-{n:02}" for n in range(1, 18)],
}
"""Every row of the register, and the procedure that answers for it: 312 of five authorities, 20 national ones."""


@cache
def load(name: str) -> Procedure:
    return load_procedure(name, [resources.PROCEDURES], resources.SOURCES)


@cache
def examples_of(name: str) -> dict[str, tuple[Example, ...]]:
    return load_examples(resources.PROCEDURES / "examples" / f"{name}.yaml")


def own_rules(name: str) -> Iterator[Rule]:
    return (rule for rule in load(name).rules if rule.procedure == name)


def every_rule() -> Iterator[Rule]:
    return (rule for name in NAMES for rule in own_rules(name))


def test_all_332_rows_of_the_register_are_there_once_each() -> None:
    found = Counter(rule.entry.ref for rule in every_rule())
    expected = Counter(ref for refs in REGISTER.values() for ref in refs)
    assert len(expected) == 332
    assert found == expected


@pytest.mark.parametrize("name", sorted(REGISTER))
def test_each_procedure_answers_for_its_own_rows(name: str) -> None:
    assert [rule.entry.ref for rule in own_rules(name)] == REGISTER[name]


def test_every_citation_names_a_source_and_a_place_in_it() -> None:
    sources = load_sources(resources.SOURCES)
    cites = {rule.name: rule.entry.cite.split(maxsplit=1) for rule in every_rule()}
    assert not [name for name, cite in cites.items() if cite[0] not in sources or len(cite) < 2]


@pytest.mark.parametrize("name", NAMES)
def test_every_example_comes_out_as_it_says(name: str) -> None:
    failed = [f"{one.rule}: {one.example.says}: {one.says}" for one in try_examples(load(name), examples_of(name))]
    assert failed == []


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_that_can_be_judged_has_an_example_kept_and_one_not(name: str) -> None:
    assert [*find_untested(load(name), examples_of(name))] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_example_stands_for_a_rule_that_is_not_there(name: str) -> None:
    assert {*examples_of(name)} <= {rule.entry.id for rule in own_rules(name)}


_TIMES = ("Over Easter", "Over Christmas", "On the last day", "The day after")


def timescales() -> list[Rule]:
    return [
        rule
        for rule in every_rule()
        if rule.entry.kind == "timescale" and any(limit.span for limit in rule.limits) and rule.is_judged
    ]


@pytest.mark.parametrize("rule", timescales(), ids=lambda rule: str(rule.name))
def test_a_timescale_is_shown_over_easter_over_christmas_on_its_last_day_and_the_day_after(rule: Rule) -> None:
    told = {
        start: one
        for one in examples_of(rule.procedure)[rule.entry.id]
        for start in _TIMES
        if one.says.startswith(start)
    }
    assert sorted(told) == sorted(_TIMES)
    last, after = (judge_example(load(rule.procedure), rule.entry.id, told[start]) for start in _TIMES[2:])
    assert last
    assert last.due
    assert after
    assert after.due
    assert last.due in (last.done, told["On the last day"].on)
    assert last.outcome in (RuleOutcome.MET, RuleOutcome.DUE)
    assert (after.done or told["The day after"].on).toordinal() == after.due.toordinal() + 1
    assert after.outcome in (RuleOutcome.OVERDUE, RuleOutcome.MET_LATE)
    assert all(told[start].due for start in _TIMES[:2])


def test_every_event_that_a_sample_records_is_declared(samples: dict[str, LoadedCase]) -> None:
    known = {event for name in NAMES for event in load(name).events}
    assert not {(name, one.event) for name, loaded in samples.items() for one in loaded.case.record} - {
        (name, event) for name in samples for event in known
    }


def test_every_declared_event_is_used_by_a_rule_or_a_sample(samples: dict[str, LoadedCase]) -> None:
    recorded = {one.event for loaded in samples.values() for one in loaded.case.record}
    for name in NAMES:
        text = (resources.PROCEDURES / f"{name}.yaml").read_text("utf-8")
        others = "".join(
            (resources.PROCEDURES / f"{other}.yaml").read_text("utf-8") for other in NAMES if other != name
        )
        unused = [
            event
            for event in load(name).opening.events
            if len(re.findall(rf"\b{event}\b", text)) < 2
            and not re.search(rf"\b{event}\b", others)
            and event not in recorded
        ]
        assert unused == [], name


def test_no_rule_whose_law_was_not_verified_stops_a_paper() -> None:
    assert not [rule.name for rule in every_rule() if rule.blocks and not rule.entry.verified]


def test_papers_that_rules_block_exist() -> None:
    codes = {file.stem for file in resources.TEMPLATES.glob("*.yaml")}
    assert {code for rule in every_rule() for code in rule.blocks} <= codes


def test_a_duty_of_the_service_says_why_one_file_cannot_answer_it() -> None:
    assert all(len(rule.entry.because or "") > 30 for rule in every_rule() if not rule.is_judged)


def test_english_rules_never_count_for_a_scottish_child() -> None:
    assert load("scotland-pace").extends is None
    assert not {"england"} & {*load("scotland-pace").lineage}


def test_scottish_rules_say_their_terms_in_full() -> None:
    words = " ".join(
        " ".join(filter(None, (rule.entry.says, rule.entry.note, rule.entry.reading)))
        for rule in own_rules("scotland-pace")
    )
    assert not re.search(r"\b(PO|RO|POA|LAC|FGDM|PCA)\b", words)
    assert not re.search(r"independent reviewing officer|placement order|care proceedings", words, re.IGNORECASE)


def test_conflicts_name_the_twenty_six_topics_and_every_topic_of_a_rule() -> None:
    topics = read_yaml(resources.CONFLICTS).facts["topics"]
    ids = [row["id"] for row in topics]
    assert ids == [f"K{n}" for n in range(1, 29) if n not in (17, 24)]
    assert {topic for rule in every_rule() for topic in rule.entry.topics} <= {*ids}
    assert {name for row in topics for name in row["procedures"]} <= {*NAMES}


def test_copies_and_alerts_name_who_gets_them() -> None:
    silent = [
        rule.name
        for rule in every_rule()
        if rule.entry.kind == "copy" and isinstance(rule.asks, EventsHappen) and not rule.asks.to
    ]
    assert silent == []


def test_built_in_events_have_a_label_and_a_place() -> None:
    assert all(event.label and event.write for event in EVENTS.values())


def test_the_procedures_folder_holds_procedures_and_their_examples_alone() -> None:
    assert {path.name for path in resources.PROCEDURES.iterdir()} == {
        *(f"{name}.yaml" for name in NAMES),
        "README.md",
        "examples",
    }
    assert {path.stem for path in (resources.PROCEDURES / "examples").iterdir()} == {*NAMES}
