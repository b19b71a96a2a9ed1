"""Ordinary words, shared streets and the insides of files stop no paper; what is kept back is found beside them."""

from __future__ import annotations

from pathlib import Path

import docx
import pikepdf
import pytest
from docx.enum.style import WD_STYLE_TYPE

from generator.case.audience import Audience
from generator.case.family import Case
from generator.case.load import read_case_text
from generator.disclosure.file_text.reading import Reading
from generator.disclosure.file_text.worker import read_file
from generator.disclosure.lens import Lens
from generator.disclosure.listing import list_protected
from generator.disclosure.search import Search, TextRun
from generator.jobs.search_bundle import divide_pages

CASE = read_case_text(
    b"""
reference: A
authority: {name: Marlow Council, support_groups: "The Tuesday group, church hall, Field Street"}
procedure: england
children:
  - id: summer
    name: {given: Summer, family: Lee}
    born_on: 21 June 2020
    looked_after_from: 2 March 2026
    education:
      settings:
        - {name: Sunny Days, kind: nursery, address: "The Avenue, Marlow", started_on: 1 April 2026}
        - {name: Ladybird Corner, kind: nursery, address: "Field Street, Marlow", started_on: 1 May 2026}
people:
  - id: mother
    name: {given: June, family: Lee}
    relationships: [{to: summer, as: mother}]
    address: {lines: [5 The Avenue, Marlow], postcode: ZZ90 5TA}
  - id: father
    name: {given: Dean, family: Day}
    relationships: [{to: summer, as: father}]
    address: {lines: [The Old Chandlery, Marlow]}
  - id: grandmother
    name: {given: Ann, family: Lee}
    relationships: [{to: summer, as: grandmother}]
    address: {lines: [19 High Street, Marlow]}
  - id: aunt
    name: {given: Mair, family: ap Rhys}
    relationships: [{to: summer, as: connected_carer, side: maternal}]
    address: {lines: [3 Chapel Way, Marlow]}
  - id: carer-1
    name: {given: Hope, family: Summers}
    relationships: [{to: summer, as: foster_carer}]
    address: {lines: [Sea View, Marlow], confidential: yes}
  - id: carer-2
    name: {given: Mark, family: Page}
    relationships: [{to: summer, as: foster_carer}]
    address: {lines: [20 High Street, Marlow], confidential: yes}
  - id: carer-3
    name: {given: Joy, family: Adeyemi}
    relationships: [{to: summer, as: foster_carer}]
  - {id: worker, name: {given: Joy, family: Adeyemi}, role: social_worker}
""",
    "case.yaml",
)
MOTHER, COURT, PROFESSIONALS = Lens(Audience.PARENT, "mother"), Lens(Audience.COURT), Lens(Audience.PROFESSIONALS)


def facts_in(text: str, lens: Lens, case: Case = CASE) -> set[str]:
    """Which facts that are kept from a reader are found in a text."""
    return {find.protected.fact for find in Search(list_protected(case, lens)).look([TextRun((("text", text),))])}


@pytest.mark.parametrize(
    "text",
    [
        "Summer’s plan, and Summer's room.",
        "She likes sunny days. Sunny days are rare here.",
        "We walked to the sea view point, and had a sea view.",
        "Ms June Lee\n5 The Avenue\nMarlow",
        "The group meets in Field Street.",
        "Your sister Mair ap Rhys came.",
    ],
)
def test_ordinary_words_stop_no_letter_to_the_mother(text: str) -> None:
    assert not facts_in(text, MOTHER)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Hope Summers came.", "people.carer-1.name"),
        ("We rang Mrs Summers.", "people.carer-1.name"),
        ("We met Summers there.", "people.carer-1.name"),
        ("Her nursery, Sunny Days, is kind.", "children.summer.education.settings[0].name"),
        ("SUNNY DAYS", "children.summer.education.settings[0].name"),
        ("He goes to ladybird corner.", "children.summer.education.settings[1].name"),
        ("They live at Sea View.", "people.carer-1.address"),
        ("He lives at the old chandlery? No: The Old Chandlery.", "people.father.address"),
        ("They live at 20 High Street.", "people.carer-2.address"),
        ("They live in High St.", "people.carer-2.address"),
        ("She lives at 3 Chapel Way.", "people.aunt.address"),
    ],
)
def test_names_of_houses_nurseries_and_carers_made_of_such_words_are_found(text: str, fact: str) -> None:
    assert fact in facts_in(text, MOTHER)


def test_a_street_that_this_reader_knows_of_a_relative_does_not_tell_of_the_carers() -> None:
    for lens in (PROFESSIONALS, COURT):
        assert not facts_in("Her grandmother lives in High Street.", lens)
        assert facts_in("They live at 20 High Street.", lens) == {"people.carer-2.address"}
    assert facts_in("She lives in Chapel Way.", COURT) == {"people.aunt.address"}


def test_a_name_that_a_worker_has_too_is_told_with_the_workers_place() -> None:
    found = Search(list_protected(CASE, MOTHER)).look([TextRun((("text", "Joy Adeyemi wrote."),))])
    assert {find.protected.also for find in found} == {"people.worker.name"}


def facts_in_file(file: Path) -> set[str]:
    reading = read_file(file)
    assert reading
    return {find.protected.fact for find in Search(list_protected(CASE, MOTHER)).look(reading.runs)}


@pytest.mark.parametrize(
    ("style", "facts"),
    [("Draft Mark", set()), ("Intense Mark Title", set()), ("As Mark Page wants", {"people.carer-2.name"})],
)
def test_the_name_of_a_style_is_nobodys_unless_somebody_gave_it(style: str, facts: set[str], tmp_path: Path) -> None:
    document = docx.Document()
    document.styles.add_style(style, WD_STYLE_TYPE.CHARACTER)
    document.add_paragraph().add_run("Hello", style)
    document.save(str(tmp_path / "letter.docx"))
    assert facts_in_file(tmp_path / "letter.docx") == facts


@pytest.mark.parametrize(("name", "facts"), [("/MarkInfo", set()), ("/Hope#20Summers", {"people.carer-1.name"})])
def test_the_words_of_the_format_are_nobodys_name(name: str, facts: set[str], tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root[name.replace("#20", " ")] = pikepdf.Dictionary(Marked=True)
        pdf.Root.PageMode = pikepdf.Name("/UseNone")
        pdf.save(tmp_path / "letter.pdf", object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert facts_in_file(tmp_path / "letter.pdf") == facts


def test_the_end_of_one_paper_and_the_beginning_of_the_next_are_no_sentence() -> None:
    labels = ("D1", "D2", "E1")
    owner = {"D1": "plan", "D2": "plan", "E1": "letter"}
    said = (
        ("page 1", "Hope"),
        ("page 1 to 2", "Hope and so on"),
        ("page 2 to 3", "Hope\nSummers"),
        ("page 3", "Summers"),
    )
    parts = divide_pages(Reading([TextRun((one,)) for one in said]), labels, owner)
    pieces = {key: [text for run in part.runs for _, text in run.pieces] for key, part in parts.items()}
    assert pieces == {"plan": ["Hope", "Hope and so on"], "letter": ["Summers"]}
