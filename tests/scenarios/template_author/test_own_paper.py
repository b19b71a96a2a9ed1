"""A paper of an authority's own, two files in a folder, works in every command without a line of code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document
from pypdf import PdfReader

from generator.base.errors import ExitCode
from generator.cli import main
from places import ROOT

CASE = """
reference: "FAM-0042"
authority: {name: Saltmarsh Council}
procedure: hertfordshire-2024
children:
  - id: ines
    name: {given: Inês, family: Duarte}
    born_on: 14 March 2021
    interests: Tide pools, and naming every crab
people:
  - id: carer
    name: {given: Wilhelmina, family: Osei-Tutu}
    relationships: [{to: ines, as: foster_carer}]
    address: {lines: [3 Samphire Row, Brinewick], postcode: ZZ99 1AA, confidential: true}
"""
CARD = """
title: "What {{ child.name }} enjoys"
for_each: [child]
audience: court
bundle: {filed: normally, section: other}
questions:
  - {id: enjoys, asks: "What does {{ child.name }} enjoy?", of: child.interests, source: Our guide, write: children}
  - {id: dislikes, asks: "What does {{ child.name }} dislike?", of: none, source: Our guide, write: children.identity}
"""


@pytest.fixture(scope="module")
def family(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case, and beside it the authority's folder with the new paper, made in Word from the house style."""
    folder = tmp_path_factory.mktemp("authority")
    (folder / "case.yaml").write_text(CASE, encoding="utf-8")
    own = folder / "our-templates"
    own.mkdir()
    document = Document(str(ROOT / "templates" / "house-style.docx"))
    document.add_paragraph("{{ paper.title }}", style="Title")
    document.add_paragraph("What makes the day good", style="Heading 1")
    document.add_paragraph("{{p answers.enjoys }}")
    document.add_paragraph("What does not", style="Heading 1")
    document.add_paragraph("{{p answers.dislikes }}")
    document.save(str(own / "good-days.docx"))
    (own / "good-days.yaml").write_text(CARD, encoding="utf-8")
    return folder


@pytest.fixture
def permanence(family: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.chdir(family)

    def run(*words: str) -> Result:
        return CliRunner().invoke(main, list(words), standalone_mode=False)

    return run


OWN = ("--templates", "our-templates", "--on", "2026-11-22")


def test_check_asks_its_question(permanence: Callable[..., Result]) -> None:
    said = permanence("check", "case.yaml", *OWN).stdout
    assert "good-days-ines" in said
    assert "What does Inês dislike?" in said


def test_build_makes_it_with_its_gap(permanence: Callable[..., Result], words_in: Callable[[Path], list[str]]) -> None:
    assert permanence("build", "case.yaml", "good-days", *OWN, "-o", "built", "--word-only").return_value == 0
    words = words_in(Path("built/papers/good-days-ines.docx"))
    assert "Tide pools, and naming every crab" in words
    assert "[gap] Not yet written. What does Inês dislike?" in words


@pytest.mark.libreoffice
def test_a_bundle_takes_it_in(permanence: Callable[..., Result]) -> None:
    assert permanence("bundle", "case.yaml", *OWN, "-o", "bundled").return_value == 0
    (bundle,) = Path("bundled").glob("*bundle*.pdf")
    words = " ".join(page.extract_text() for page in PdfReader(bundle).pages)
    assert "What Inês enjoys" in words
    assert "Tide pools, and naming every crab" in words


def test_disclosure_counts_it_among_the_papers_of_its_reader(permanence: Callable[..., Result]) -> None:
    report = json.loads(permanence("disclosure", "case.yaml", "--for", "court", *OWN, "--json").stdout)
    assert "good-days-ines" in {paper["name"] for paper in report["papers"]}


def test_it_is_withheld_where_it_says_what_its_reader_may_not_know(
    permanence: Callable[..., Result], family: Path
) -> None:
    leaking = family / "leaking.yaml"
    leaking.write_text(CASE.replace("naming every crab", "days with Wilhelmina Osei-Tutu"), encoding="utf-8")
    done = permanence("build", "leaking.yaml", "good-days", *OWN, "-o", "leaked", "--word-only")
    assert done.return_value == ExitCode.UNSAFE_TO_DISCLOSE
    assert not list(Path("leaked").rglob("*.docx"))
    assert "Wilhelmina" not in done.output


def test_templates_new_copies_a_paper_that_can_be_built_at_once(
    permanence: Callable[..., Result], tmp_path: Path
) -> None:
    ours = tmp_path / "ours"
    made = permanence("templates", "new", "compliance-sheet", "--as", "tracking-sheet", "-o", str(ours))
    assert made.stdout.split() == [str(ours / "tracking-sheet.docx"), str(ours / "tracking-sheet.yaml")]
    out = tmp_path / "out"
    words = ("build", "case.yaml", "tracking-sheet", "--templates", str(ours), "-o", str(out), "--word-only")
    assert permanence(*words).return_value == 0
    assert [file.name for file in out.rglob("*.docx") if "earlier" not in file.parts] == ["tracking-sheet-ines.docx"]


def test_templates_new_overwrites_nothing(permanence: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "ppm-agenda.docx").write_bytes(b"mine")
    refused = permanence("templates", "new", "ppm-agenda", "-o", str(tmp_path))
    assert "has ppm-agenda.docx already" in str(refused.exception)
    assert [file.name for file in tmp_path.iterdir()] == ["ppm-agenda.docx"]
    assert (tmp_path / "ppm-agenda.docx").read_bytes() == b"mine"


@pytest.mark.parametrize("code", ["Our Paper", "../up", "letter_one", "-x"])
def test_a_code_that_no_paper_can_have_is_refused(permanence: Callable[..., Result], tmp_path: Path, code: str) -> None:
    refused = permanence("templates", "new", "ppm-agenda", f"--as={code}", "-o", str(tmp_path / "new"))
    assert "cannot be the code of a paper" in str(refused.exception)
    assert list(tmp_path.iterdir()) == []


MEETING = """
  - {id: nurse, name: {given: Pàdraig, family: Achterberg}, role: health_visitor, email: padraig@example.org}
  - {id: chair, name: {given: Ngozi, family: Lindqvist}, role: team_manager, email: ngozi@example.org}
meetings:
  - id: ppm-1
    kind: permanence_planning_meeting
    starts_at: 3 November 2026, 10am
    chair: chair
    invited: [{person: nurse, attended: yes}]
    outcomes: [{child: ines, primary: long_term_fostering, summary: Inês will stay where she is.}]
    minutes_agreed_on: 6 November 2026
"""


def test_circulate_sends_it_with_the_paper_that_its_card_names(permanence: Callable[..., Result], family: Path) -> None:
    own = family / "sent"
    own.mkdir()
    document = Document(str(ROOT / "templates" / "house-style.docx"))
    document.add_paragraph("How to read these minutes", style="Title")
    document.save(str(own / "reading-guide.docx"))
    card = "title: Reading guide\nfor_each: [meeting]\naudience: professionals\ngoes_with: ppm-minutes\n"
    card += "signed_off: meeting.minutes_agreed_on\n"
    (own / "reading-guide.yaml").write_text(card, encoding="utf-8")
    (family / "met.yaml").write_text(CASE.rstrip() + MEETING, encoding="utf-8")
    words = ("circulate", "met.yaml", "--meeting", "ppm-1", "--on", "2026-11-22", "--templates", "sent", "--dry-run")
    said = permanence(*words, "--json")
    assert said.exception is None, said.exception
    mails = json.loads(said.stdout)["mails"]
    with_minutes = [mail for mail in mails if "ppm-minutes-ppm-1" in json.dumps(mail)]
    assert with_minutes
    assert all("reading-guide-ppm-1" in json.dumps(mail) for mail in with_minutes)
    assert not [mail for mail in mails if mail not in with_minutes and "reading-guide" in json.dumps(mail)]


def test_a_card_that_goes_with_no_paper_is_refused(permanence: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes((ROOT / "templates" / "house-style.docx").read_bytes())
    card = "title: A\nfor_each: [meeting]\naudience: professionals\ngoes_with: ppm-minute\n"
    (tmp_path / "a.yaml").write_text(card, encoding="utf-8")
    refused = permanence("build", "case.yaml", "--templates", str(tmp_path), "-o", str(tmp_path / "out"))
    assert "a.yaml says goes_with: ppm-minute" in str(refused.exception)


@pytest.mark.parametrize(
    ("code", "says"),
    [("house-style", "is the code of the house style"), ("ppm-minutes", "a paper with the code ppm-minutes already")],
)
def test_a_copy_beside_a_paper_takes_nobody_elses_place(
    permanence: Callable[..., Result], tmp_path: Path, code: str, says: str
) -> None:
    refused = permanence("templates", "new", "ppm-agenda", f"--as={code}", "-o", str(tmp_path / "new"))
    assert says in str(refused.exception)
    assert list(tmp_path.iterdir()) == []
