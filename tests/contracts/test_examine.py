"""A finished paper that names a carer does not leave, and the other papers do."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import docx
import pikepdf
import pytest

from generator.base.errors import CannotReadError
from generator.case.audience import Audience
from generator.case.family import Case
from generator.case.load import load_case, read_case_text
from generator.disclosure.file_text.files import read_bytes
from generator.disclosure.file_text.worker import read_file
from generator.disclosure.lens import Lens
from generator.disclosure.listing import list_protected
from generator.disclosure.readers import find_reader
from generator.disclosure.search import Search, TextRun
from places import CASES

_SAID = "We met to think about where Rowan can grow up"


@pytest.fixture
def leaking_case(tmp_path: Path) -> Path:
    """Rowan's case with his carer's name in the plain words for parents."""
    folder = tmp_path / "rowan"
    shutil.copytree(CASES / "rowan", folder)
    file = folder / "case.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.count(_SAID) == 1
    file.write_text(
        text.replace(_SAID, "We met with DENISE  Applegarth about where Rowan can grow up"), encoding="utf-8"
    )
    return folder


def facts_in(text: str, case: Case, lens: Lens) -> set[str]:
    """Which facts that are kept from a reader are found in a text."""
    return {find.protected.fact for find in Search(list_protected(case, lens)).look([TextRun((("text", text),))])}


def facts_in_file(file: Path, case: Case, lens: Lens) -> set[str]:
    """Which facts that are kept from a reader are found in a file."""
    reading = read_file(file)
    assert reading
    return {find.protected.fact for find in Search(list_protected(case, lens)).look(reading.runs)}


def build(folder: Path, output: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", "build", str(folder), "ppm-summary", "ppm-minutes"]
    command += ["-o", str(output), "--word-only"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_parents_paper_that_names_a_carer_is_withheld_and_the_others_are_not(
    leaking_case: Path, tmp_path: Path
) -> None:
    done = build(leaking_case, tmp_path / "out")
    papers = {file.stem for file in (tmp_path / "out" / "papers").iterdir()}
    assert done.returncode == 5
    assert "ppm-summary-ppm-1-rowan-mother" not in papers
    assert {"ppm-summary-ppm-1-rowan", "ppm-summary-ppm-2-rowan-mother", "ppm-minutes-ppm-1"} <= papers
    # The message says where the name is, and not which name.
    assert "meetings[0].outcomes[0].summary" in done.stderr
    assert "applegarth" not in done.stderr.casefold()


def test_a_paper_already_delivered_stays_when_its_new_version_is_withheld(leaking_case: Path, tmp_path: Path) -> None:
    build(CASES / "rowan", tmp_path / "out")
    letter = tmp_path / "out" / "papers" / "ppm-summary-ppm-1-rowan-mother.docx"
    before = letter.read_bytes()
    assert build(leaking_case, tmp_path / "out").returncode == 5
    assert letter.read_bytes() == before


def test_professionals_may_read_who_cares_and_parents_and_court_may_not() -> None:
    case = load_case(CASES / "rowan").case
    assert not facts_in("Denise Applegarth", case, Lens(Audience.PROFESSIONALS))
    for lens in (Lens(Audience.COURT), Lens(Audience.PARENT, "mother")):
        assert facts_in("Denise Applegarth", case, lens) == {"people.carer-1.name"}


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


CASE = read_case_text(_TWO_PARENTS, "case.yaml")


@pytest.mark.parametrize(
    ("who", "said"), [("parent", "Name one: m, f"), ("cc", "Did you mean c?"), ("", "court, prof")]
)
def test_who_is_no_reader_is_told_who_is(who: str, said: str) -> None:
    with pytest.raises(CannotReadError, match=re.escape(said)):
        find_reader(CASE, who)


COURT = Lens(Audience.COURT)


@pytest.mark.parametrize("text", ["7 Refuge Lane", "ZZ98 7QQ", "zz987qq", "7, Refuge Ln.", "at 7\nREFUGE LANE"])
def test_a_confidential_address_is_searched_for_but_in_that_parents_own_letters(text: str) -> None:
    for lens in (COURT, Lens(Audience.PROFESSIONALS), Lens(Audience.PARENT, "f")):
        assert facts_in(text, CASE, lens) == {"people.m.address"}
    assert facts_in(text, CASE, Lens(Audience.PARENT, "m", filed=True)) == {"people.m.address"}
    assert not facts_in(text, CASE, Lens(Audience.PARENT, "m"))
    assert not facts_in(text, CASE, Lens(Audience.INTERNAL))


def test_the_town_of_a_confidential_address_stops_no_paper() -> None:
    assert not facts_in("She moved to Brackwater in May.", CASE, COURT)


def test_a_relatives_name_that_holds_a_carers_name_does_not_switch_the_search_off() -> None:
    assert facts_in("We thank Ann Lee for coming.", CASE, COURT) == {"people.c.name"}
    assert not facts_in("We thank Jo-Ann Lee-Smith for coming.", CASE, COURT)


@pytest.mark.parametrize(
    "typed",
    [
        *("01632 960999", "01632960999", "+44 1632 960 999", "(01632) 960999", "+44 (0)1632 960999", "00441632960999"),
        *("01632-960-999", "0 1 6 3 2 9 6 0 9 9 9", "960999"),
    ],
)
def test_a_telephone_number_is_found_however_it_is_typed(typed: str) -> None:
    assert facts_in(f"Ring {typed}, please.", CASE, COURT) == {"people.c.telephone"}


@pytest.mark.parametrize("typed", ["016329609991", "9016 3296 0999 0", "01632 960998", "1960999"])
def test_another_number_with_the_same_figures_is_not_a_telephone_number(typed: str) -> None:
    assert not facts_in(f"Ring {typed}, please.", CASE, COURT)


def test_the_name_of_a_carer_who_is_family_is_not_searched_for() -> None:
    case = load_case(CASES / "siblings").case
    aunts = [
        person.name.full
        for person in case.people
        if {"aunt", "connected_carer"} & {tie.kind.value for tie in person.relationships}
        and any(tie.kind.value == "aunt" for tie in person.relationships)
    ]
    assert aunts
    assert not facts_in("; ".join(aunts), case, COURT)


@pytest.mark.parametrize("value", ["Denise Applegarth", "DENISE APPLEGARTH", "denise  applegarth", "Denise-Applegarth"])
def test_a_name_split_over_as_many_runs_as_it_has_letters_is_found(value: str, tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("The carer is ")
    for letter in value:
        paragraph.add_run(letter)
    document.save(str(tmp_path / "letter.docx"))
    rowan = load_case(CASES / "rowan").case
    assert facts_in_file(tmp_path / "letter.docx", rowan, COURT) == {"people.carer-1.name"}


@pytest.mark.parametrize("place", ["header", "property"])
def test_a_value_in_a_header_or_a_property_is_found(place: str, tmp_path: Path) -> None:
    document = docx.Document()
    if place == "header":
        document.sections[0].header.paragraphs[0].text = "Call 01632 960999"
    else:
        document.core_properties.comments = "01632 960999"
    document.save(str(tmp_path / "letter.docx"))
    assert facts_in_file(tmp_path / "letter.docx", CASE, COURT) == {"people.c.telephone"}


def test_a_pdf_with_thousands_of_drawings_is_read_to_its_end(tmp_path: Path) -> None:
    file = tmp_path / "long.pdf"
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        drawings = [pdf.make_indirect(pikepdf.Stream(pdf, bytes([200, number % 256, 0, 7]))) for number in range(2_500)]
        page.obj["/Drawings"] = pikepdf.Array(drawings)
        pdf.save(file)
    reading = read_file(file)
    assert reading
    assert reading.broken == []


def test_a_pdf_with_more_files_inside_than_are_opened_is_not_taken_for_read(tmp_path: Path) -> None:
    file = tmp_path / "many.pdf"
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        notes = [
            pdf.make_indirect(pikepdf.Stream(pdf, b"words %d" % number, Type=pikepdf.Name.EmbeddedFile))
            for number in range(2_100)
        ]
        page.obj["/Notes"] = pikepdf.Array(notes)
        pdf.save(file)
    reading = read_file(file)
    assert reading
    assert "a stream that unpacks to too much" in reading.broken


def test_dots_of_a_picture_are_no_letters_and_its_words_are() -> None:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4) + kind + content + b"sums"

    picture = b"\x89PNG\r\n\x1a\n" + chunk(b"IDAT", b" Quillfeather ") + chunk(b"tEXt", b"Comment\x00 Larch End ")
    said = " ".join(text for run in read_bytes("a.png", picture + b" after the end ").runs for _, text in run.pieces)
    assert "Quillfeather" not in said
    assert "Larch End" in said
    assert "after the end" in said
