"""The field dictionary says of every fact that papers show what it means, what it looks like and who may see it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from generator.case.audience import Audience
from generator.cli import main
from generator.jobs.fields import list_fields, write_field_sheet


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


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["templates", "fields", *arguments], standalone_mode=False)
    if done.exception:
        raise done.exception
    return int(done.return_value or 0), done.output


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
