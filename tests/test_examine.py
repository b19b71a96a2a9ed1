"""A finished paper that names a carer does not leave, and the other papers do."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from generator.case import load_case
from generator.case.load import read_case_text
from generator.disclosure import Audience, Lens, Protected, list_protected
from generator.examine import find_protected

_CASES = Path(__file__).parent.parent / "data" / "cases"
_SAID = "We met to think about where Rowan can grow up"


@pytest.fixture
def leaking_case(tmp_path: Path) -> Path:
    """Rowan's case with his carer's name in the plain words for parents."""
    folder = tmp_path / "rowan"
    shutil.copytree(_CASES / "rowan", folder)
    file = folder / "case.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.count(_SAID) == 1
    file.write_text(
        text.replace(_SAID, "We met with DENISE  Applegarth about where Rowan can grow up"), encoding="utf-8"
    )
    return folder


def build(folder: Path, output: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", "build", str(folder), "-o", str(output), "--word-only", *more]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_parents_paper_that_names_a_carer_is_withheld_with_exit_5(leaking_case: Path, tmp_path: Path) -> None:
    done = build(leaking_case, tmp_path / "out")
    papers = {file.stem for file in (tmp_path / "out" / "papers").iterdir()}
    assert done.returncode == 5
    assert "ppm-summary-ppm-1-rowan-mother" not in papers
    assert {"ppm-summary-ppm-1-rowan", "ppm-summary-ppm-2-rowan-mother", "ppm-minutes-ppm-1"} <= papers


def test_the_message_says_where_and_not_what(leaking_case: Path, tmp_path: Path) -> None:
    said = build(leaking_case, tmp_path / "out").stderr
    assert "meetings[0].outcomes[0].summary" in said
    assert "applegarth" not in said.casefold()


def test_a_paper_already_delivered_stays_when_its_new_version_is_withheld(leaking_case: Path, tmp_path: Path) -> None:
    build(_CASES / "rowan", tmp_path / "out")
    letter = tmp_path / "out" / "papers" / "ppm-summary-ppm-1-rowan-mother.docx"
    before = letter.read_bytes()
    assert build(leaking_case, tmp_path / "out").returncode == 5
    assert letter.read_bytes() == before


def test_professionals_may_read_who_cares_and_parents_and_court_may_not() -> None:
    case = load_case(_CASES / "rowan").case
    assert "Denise Applegarth" not in {one.value for one in list_protected(case, Lens(Audience.PROFESSIONALS))}
    for lens in (Lens(Audience.COURT), Lens(Audience.PARENT, "mother")):
        assert "Denise Applegarth" in {one.value for one in list_protected(case, lens)}


_TWO_PARENTS = b"""
reference: A
authority: {name: Hartsmere Council}
procedure: england
children: [{id: ben, name: {given: Ben}, born_on: 1 May 2020}]
people:
  - id: m
    name: {given: Jo-Ann, family: Lee-Smith}
    relationships: [{to: ben, as: mother}]
    address: {lines: [7 Refuge Lane, Brackwater], postcode: ZZ98 7QQ, confidential: yes}
  - {id: f, name: {given: Tom, family: Ash}, relationships: [{to: ben, as: father}]}
  - {id: c, name: {given: Ann, family: Lee}, relationships: [{to: ben, as: foster_carer}], telephone: 01632 960999}
"""


def test_a_confidential_address_is_searched_for_but_in_that_parents_own_letters() -> None:
    case = read_case_text(_TWO_PARENTS, "case.yaml")
    for lens in (Lens(Audience.COURT), Lens(Audience.PROFESSIONALS), Lens(Audience.PARENT, "f")):
        assert {"7 Refuge Lane", "ZZ98 7QQ"} <= {one.value for one in list_protected(case, lens)}
    assert "7 Refuge Lane" in {one.value for one in list_protected(case, Lens(Audience.PARENT, "m", filed=True))}
    assert "7 Refuge Lane" not in {one.value for one in list_protected(case, Lens(Audience.PARENT, "m"))}
    assert not list_protected(case, Lens(Audience.INTERNAL))


def test_the_town_of_a_confidential_address_stops_no_paper() -> None:
    case = read_case_text(_TWO_PARENTS, "case.yaml")
    assert "Brackwater" not in {one.value for one in list_protected(case, Lens(Audience.COURT))}


def test_a_relatives_name_that_holds_a_carers_name_does_not_switch_the_search_off() -> None:
    case = read_case_text(_TWO_PARENTS, "case.yaml")
    assert "Ann Lee" in {one.value for one in list_protected(case, Lens(Audience.COURT))}


@pytest.mark.parametrize("typed", ["01632 960999", "01632960999", "+44 1632 960 999", "(01632) 960999"])
def test_a_telephone_number_is_found_however_it_is_typed(typed: str, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(f"Ring {typed}, please.")
    document.save(str(tmp_path / "letter.docx"))
    wanted = Protected("01632 960999", "a carer’s telephone or e-mail", "people[2].telephone")
    assert find_protected(tmp_path / "letter.docx", [wanted]) == (wanted,)


def test_a_carer_who_is_family_is_not_searched_for() -> None:
    case = load_case(_CASES / "siblings").case
    aunts = {
        person.name.full
        for person in case.people
        if {"aunt", "connected_carer"} & {tie.kind.value for tie in person.relationships}
        and any(tie.kind.value == "aunt" for tie in person.relationships)
    }
    assert aunts
    assert not aunts & {one.value for one in list_protected(case, Lens(Audience.COURT))}


@pytest.mark.parametrize("value", ["Denise Applegarth", "DENISE APPLEGARTH", "denise  applegarth", "Denise-Applegarth"])
def test_spelling_does_not_hide_a_value(value: str, tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("The carer is ")
    for letter in value:
        paragraph.add_run(letter)
    document.save(str(tmp_path / "letter.docx"))
    wanted = Protected("Denise Applegarth", "a carer’s name", "people[0].name")
    assert find_protected(tmp_path / "letter.docx", [wanted]) == (wanted,)


def test_a_value_in_a_header_or_a_property_is_found(tmp_path: Path) -> None:
    wanted = Protected("07700 900211", "a carer’s telephone or e-mail", "people[0].private_telephone")
    for place in ("header", "property"):
        document = docx.Document()
        if place == "header":
            document.sections[0].header.paragraphs[0].text = "Call 07700 900211"
        else:
            document.core_properties.comments = "07700 900211"
        document.save(str(tmp_path / f"{place}.docx"))
        assert find_protected(tmp_path / f"{place}.docx", [wanted]) == (wanted,), place
