"""The field dictionary is true: every fact that any paper shows is in it, of the right kind, for the right readers."""

from __future__ import annotations

import json
import re
import typing
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from casemaker import Recipe, settle
from generator.base import resources
from generator.base.dates import SpokenDate, SpokenMoment
from generator.base.resources import SearchPath
from generator.case.explain import fields_of
from generator.case.family import Case
from generator.case.load import load_case
from generator.cli import main
from generator.disclosure.lens import Audience, Lens, Withheld
from generator.jobs.fields import list_fields, write_field_sheet
from generator.jobs.lint_templates import SAMPLE_DAY
from generator.papers.card import PLANS_OF_UNITS, Card
from generator.papers.context.scene import Scene
from generator.papers.context.subject import Subject, show_subject
from generator.papers.plan import list_subjects
from generator.papers.vocabulary.kinds import Date, Hidden, Kind, ListOf, Moment, Nothing, Number, Record, Text, YesNo
from generator.papers.vocabulary.rules import know
from generator.papers.vocabulary.subject import Sight, describe_subject
from generator.rules.judging.judge import Compliance, judge_case
from generator.rules.rulebook import judge, load_all

_LISTS = [key for key, info in fields_of(Case).items() if typing.get_origin(info.annotation) is tuple]
NEEDS = ("compliance", "happened")
PROCEDURES = {one.name: one for one in load_all(SearchPath())}
SAMPLES = sorted(one.name for one in resources.SAMPLES.iterdir() if one.is_dir())
_LOOKED_AT: dict[tuple[int, str, int], Any] = {}
PYTHON = {Text: str, Number: int, YesNo: bool, Date: SpokenDate, Moment: SpokenMoment}


def find_misfits(kind: Kind, value: Any, path: str, *, optional: bool = False) -> Iterator[str]:
    """Where a fact is not what the vocabulary says of it."""
    if isinstance(value, Withheld):
        if not isinstance(kind, Hidden):
            yield f"{path}: is hidden"
    elif isinstance(kind, Hidden):
        # A reader may see some facts of this kind: their own.
        return
    elif value is None:
        if not optional:
            yield f"{path}: is nothing"
    elif isinstance(kind, Nothing):
        yield f"{path}: is something"
    elif isinstance(kind, Record):
        # The same people stand in many places: each is looked at once, for as long as somebody holds them.
        if (id(value), kind.name, id(kind)) not in _LOOKED_AT:
            _LOOKED_AT[id(value), kind.name, id(kind)] = (value, kind)
            yield from find_misfits_of_group(kind, value, path)
    elif isinstance(kind, ListOf):
        if kind.filled and not value:
            yield f"{path}: is empty"
        for entry in value:
            yield from find_misfits(kind.of, entry, f"{path}[]")
    elif type(value) is not PYTHON[type(kind)]:
        yield f"{path}: is {type(value).__name__}"
    elif isinstance(kind, Text) and kind.words and value not in kind.words:
        yield f"{path}: is another word"


def find_misfits_of_group(kind: Record, value: dict[str, Any], path: str) -> Iterator[str]:
    for name, inner in value.items():
        fact = kind.find(name)
        if fact is None:
            yield f"{path}.{name}: is not in the vocabulary"
        else:
            yield from find_misfits(fact.kind, inner, f"{path}.{name}", optional=fact.optional)
    yield from (
        f"{path}.{name}: is not there" for name, one in kind.facts.items() if name not in value and not one.lacking
    )


def list_misfits(compliance: Compliance, case: Any) -> set[str]:
    known = know([compliance.procedure])
    found: set[str] = set()
    scenes: dict[Lens, Scene] = {}
    for units in PLANS_OF_UNITS:
        card = Card(code="any", title="", for_each=units, audience="internal")
        for subject in list_subjects(card, case):
            for audience in Audience:
                if audience is Audience.PARENT and not subject.parent:
                    continue
                lens = lens_of(audience, subject)
                scene = scenes.setdefault(lens, Scene(case, compliance, lens, SAMPLE_DAY))
                facts = show_subject(subject, scene, NEEDS)
                kinds = describe_subject(units, NEEDS, Sight(audience, is_parents=bool(subject.parent)), known)
                found |= {f"{audience.value}{misfit}" for misfit in find_misfits(kinds, facts, "")}
    return found


def lens_of(audience: Audience, subject: Subject) -> Lens:
    return Lens(audience, subject.parent.id if subject.parent and audience is Audience.PARENT else None)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_fact_of_a_sample_is_in_the_vocabulary_for_every_reader(name: str) -> None:
    loaded = load_case(resources.SAMPLES / name)
    _LOOKED_AT.clear()
    assert list_misfits(judge(loaded, SAMPLE_DAY, SearchPath()), loaded.case) == set()


@pytest.mark.parametrize("seed", range(6))
def test_every_fact_of_any_case_file_is_in_the_vocabulary(seed: int) -> None:
    sizes = dict.fromkeys(_LISTS, 2)
    case = settle(Recipe(seed, (0.2, 0.6, 1.0)[seed % 3], sizes, is_far=False).facts())
    compliance = judge_case(case, PROCEDURES[case.procedure], SAMPLE_DAY)
    _LOOKED_AT.clear()
    assert list_misfits(compliance, case) == set()


@cache
def groups() -> dict[str, dict[str, Any]]:
    return {group.name: {one.name: one for one in group.entries} for group in list_fields(None)}


def test_every_fact_says_what_it_means() -> None:
    silent = [f"{group}.{name}" for group, facts in groups().items() for name, one in facts.items() if not one.label]
    assert silent == []


def test_every_text_and_date_has_an_example() -> None:
    kinds = {"text", "paragraphs", "date", "date and time", "number"}
    bare = [
        f"{group}.{name}"
        for group, facts in groups().items()
        for name, one in facts.items()
        if one.kind in kinds and not one.example
    ]
    assert bare == []


def test_a_fact_of_the_case_file_has_its_place_and_requirement() -> None:
    entry = groups()["child"]["born_on"]
    assert entry.source == "children.born_on"
    assert (entry.kind, entry.optional) == ("date", False)
    assert "AAR 2005" in groups()["identity"]["religion"].meets
    assert "child-permanence-report" in groups()["identity"]["religion"].papers


def test_readers_are_those_of_the_one_table() -> None:
    child, person, meeting = groups()["child"], groups()["person"], groups()["meeting"]
    assert child["name"].readers == tuple(one.value for one in Audience)
    assert set(child["nhs_number"].readers) == {"internal", "privileged"}
    assert set(meeting["legal_advice"].readers) == {"privileged"}
    assert person["born_on"].own
    assert "matching" not in person["born_on"].readers


def test_a_paper_lists_what_its_own_readers_may_see_and_nothing_else() -> None:
    mine = {group.name: {one.name for one in group.entries} for group in list_fields("letter-decision")}
    assert "reasons_for_letters" in mine["decision"]
    assert "own_reasons" not in mine["decision"]
    assert "nhs_number" not in mine["child"]
    assert "meeting" not in mine


def test_fields_that_the_page_for_authors_lists_are_in_the_dictionary() -> None:
    page = (resources.TEMPLATES / "README.md").read_text("utf-8")
    row = next(line for line in page.splitlines() if line.startswith("| | a person |"))
    named = set(re.findall(r"`([a-z_]+)`", row))
    assert len(named) > 20
    assert named <= set(groups()["person"])


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["templates", "fields", *arguments], standalone_mode=False)
    if done.exception:
        raise done.exception
    return int(done.return_value), done.output


def test_the_command_prints_text_and_json() -> None:
    code, said = run("letter-decision")
    assert code == 0
    assert "reasons_for_letters" in said
    told = json.loads(run("letter-decision", "--json")[1])
    letter = next(group for group in told if group["name"] == "letter")
    greeting = next(one for one in letter["entries"] if one["name"] == "greeting")
    assert (greeting["example"], greeting["kind"]) == ("Ms Hale", "text")


def test_a_misspelt_paper_gets_a_hint() -> None:
    with pytest.raises(Exception, match="did you mean letter-decision"):
        run("letter-desision")


def test_the_word_file_is_across_with_heading_rows_that_repeat(tmp_path: Path) -> None:
    out = tmp_path / "fields.docx"
    assert run("letter-decision", "-o", str(out))[0] == 0
    document = docx.Document(str(out))
    assert document.sections[0].orientation == WD_ORIENT.LANDSCAPE
    assert len(document.tables) > 10
    for table in document.tables:
        assert [cell.text for cell in table.rows[0].cells][:2] == ["Name", "What it is"]
        assert table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    words = "\n".join(cell.text for table in document.tables for cell in table._cells)
    assert "reasons_for_letters" in words
    assert "{{" not in "".join(one.text for one in document.sections[0].header.paragraphs)
    again = write_field_sheet("Fields of the paper letter-decision", list_fields("letter-decision"))
    assert again == out.read_bytes()
