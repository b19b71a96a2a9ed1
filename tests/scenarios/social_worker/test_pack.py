"""The packs of a meeting, as a social worker makes them with the command: who reads what, and who must not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner, Result
from docx import Document
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from generator.base.errors import CannotReadError, PermanenceError, UnsafeToDiscloseError
from generator.cli import main
from plainpdfs import read_bookmarks, read_labels, read_text

pytestmark = pytest.mark.libreoffice

CASE = """\
reference: FAM-2026-0812
authority: {name: Hartsmere Council, telephone: 01632 960100}
procedure: hertfordshire-2024
children:
  - {id: ada, name: {given: Ada, family: Quaye}, born_on: 4 May 2021, looked_after_from: 1 June 2026}
  - {id: ben, name: {given: Ben, family: Quaye}, born_on: 9 July 2023, looked_after_from: 1 June 2026}
people:
  - id: mother
    name: {given: Esi, family: Quaye}
    relationships:
      - {to: ada, as: mother, parental_responsibility: yes}
      - {to: ben, as: mother, parental_responsibility: yes}
    address: {lines: [14 Larkspur Wynd, Hartsmere], postcode: ZZ99 4XT, confidential: yes}
  - {id: worker, name: {given: Grace, family: Adeyemi}, role: social_worker}
  - {id: manager, name: {given: Colm, family: Rafferty}, role: team_manager}
  - {id: chair, name: {given: Farida, family: Sesay}, role: service_manager}
  - {id: guardian, name: {given: Ruth, family: Carmody}, role: childrens_guardian}
  - {id: carer-1, name: {given: Sunita, family: Varghese}, relationships: [{to: ben, as: foster_carer}]}
  - id: aunt
    name: {given: Adwoa, family: Mensah}
    relationships: [{to: ada, as: aunt}]
placements:
  - {child: ben, type: foster_care, carer: carer-1, started_on: 1 June 2026}
plans:
  - {child: ada, agreed_on: 20 August 2026, primary: special_guardianship}
  - {child: ben, agreed_on: 20 August 2026, primary: adoption}
meetings:
  - id: ppm-1
    kind: permanence_planning_meeting
    starts_at: 20 August 2026, 10am
    chair: chair
    invited: [{person: worker, attended: yes}, {person: manager, attended: yes}]
    outcomes: [{child: ada, primary: special_guardianship, summary: We think that Ada can grow up with Adwoa.}]
    actions:
      - {id: a1, what: Finish the assessment of Adwoa, owner: worker, child: ada, due_on: 1 October 2026}
      - {id: a2, what: Book the adoption medical, owner: worker, child: ben, done_on: 1 September 2026}
    parents_told: [{person: mother, told_on: 21 August 2026, told_by: worker, how: in_person}]
    minutes_agreed_on: 24 August 2026
  - id: ppm-2
    kind: permanence_planning_meeting
    starts_at: 1 December 2026, 10am
    venue: Room 4, Harbour House
    chair: chair
    invited:
      - {person: worker}
      - {person: manager}
      - {person: guardian}
      - {person: carer-1}
      - {person: aunt, part: information}
    not_invited: [{person: mother, reason: Esi asked to give her views beforehand}]
    papers:
      - {title: Assessment of Adwoa, author: Marek Nowicki, dated: 2 November 2026, evidence: assessment}
      - {title: Health visitor's report, author: Mary Osei, dated: 3 November 2026, file: reports/health.pdf,
         also_for: [aunt]}
      - {title: School report, author: Ash Lane School, dated: 4 November 2026, file: reports/school.pdf}
      - {title: Psychological assessment, author: Dr Bankole, asked_on: 2 November 2026}
      - {title: Note of the family meeting, dated: 5 November 2026}
evidence:
  - {id: assessment, file: assessment.pdf, title: Assessment of Adwoa, bundle_section: reports}
"""
BASE = "pack/ppm-2"
PDF = "pack-ppm-2.pdf"


class Desk:
    """A case folder with the files that were sent to a meeting, and its output."""

    def __init__(self, folder: Path) -> None:
        self.case = folder / "case"
        self.output = folder / "output"

    def write(self, text: str = CASE) -> None:
        (self.case / "reports").mkdir(parents=True, exist_ok=True)
        (self.case / "case.yaml").write_text(text, encoding="utf-8")

    def send(self, name: str, *says: str) -> None:
        canvas = Canvas(str(self.case / name), invariant=1)
        for page in says:
            canvas.drawString(72, 700, page)
            canvas.showPage()
        canvas.save()

    def pack(self, *options: str, code: int = 0) -> Result:
        given = ["pack", str(self.case), "-o", str(self.output), "--on", "22 November 2026", "--plain", *options]
        result = CliRunner(catch_exceptions=False).invoke(main, given, standalone_mode=False)
        assert result.return_value == code, result.output
        return result

    def change(self, old: str, new: str) -> None:
        text = (self.case / "case.yaml").read_text("utf-8")
        assert old in text
        self.write(text.replace(old, new))

    def list_packs(self) -> dict[str, list[str]]:
        folders = sorted(one for one in (self.output / BASE).iterdir() if one.is_dir())
        return {one.name: sorted(file.name for file in one.iterdir()) for one in folders}

    def read(self, folder: str) -> list[str]:
        file = self.output / BASE / folder / PDF
        with pypdfium2.PdfDocument(file) as pdf:
            count = len(pdf)
        return [read_text(file, number) for number in range(count)]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk on which the packs have been made once; what they said is in `said.txt`."""
    desk = Desk(tmp_path_factory.mktemp("pack"))
    desk.write()
    desk.send("assessment.pdf", "Adwoa was seen four times", "She lives near")
    desk.send("reports/health.pdf", "Ada is well")
    desk.send("reports/school.pdf", "Ada reads")
    result = desk.pack()
    (desk.case.parent / "said.txt").write_text(f"{result.stdout}\n----\n{result.stderr}", encoding="utf-8")
    return desk


@pytest.fixture
def desk(built: Desk, tmp_path: Path) -> Desk:
    """A desk of one's own, on which the same packs lie."""
    shutil.copytree(built.case.parent, tmp_path / "desk")
    return Desk(tmp_path / "desk")


def said(built: Desk) -> tuple[str, str]:
    out, _, err = (built.case.parent / "said.txt").read_text("utf-8").partition("----")
    return out, err


def test_each_reader_who_may_read_something_else_has_a_folder(built: Desk) -> None:
    assert built.list_packs() == {
        "for-aunt": [PDF, "ppm-agenda-guest-ppm-2-aunt.docx"],
        "for-carer-1": [PDF, "permanence-plan-ben.docx", "ppm-agenda-ppm-2.docx", "ppm-minutes-ppm-1.docx"],
        "for-mother": ["letter-meeting-outcome-ppm-1-mother.docx", PDF, "ppm-summary-ppm-1-ada-mother.docx"],
        "whole-meeting": [
            PDF,
            "permanence-plan-ada.docx",
            "permanence-plan-ben.docx",
            "ppm-agenda-ppm-2.docx",
            "ppm-minutes-ppm-1.docx",
        ],
    }


def test_the_pack_is_in_reading_order_with_bookmarks_and_page_numbers(built: Desk) -> None:
    file = built.output / BASE / "whole-meeting" / PDF
    marks = [(title.rpartition(" – ")[0], page) for title, depth, page in read_bookmarks(file) if depth == 0]
    assert [title for title, _ in marks] == [
        "What to read",
        "Agenda: permanence planning meeting",
        "Child and young person’s permanence plan: Ada Quaye",
        "Child and young person’s permanence plan: Ben Quaye",
        "Minutes: permanence planning meeting",
        "Actions still open",
        "Assessment of Adwoa",
        "Health visitor's report",
        "School report",
    ]
    pages = built.read("whole-meeting")
    assert read_labels(file) == [str(number) for number in range(1, len(pages) + 1)]
    for number, words in enumerate(pages, 1):
        assert f"For those who attend the whole meeting. Page {number} of {len(pages)}" in words
    found = dict(marks)
    assert "Adwoa was seen four times" in pages[found["Assessment of Adwoa"]]
    assert "Finish the assessment of Adwoa (Ada)" in pages[found["Actions still open"]]
    assert "Book the adoption medical" not in pages[found["Actions still open"]]


def test_the_front_page_says_what_is_here_what_is_not_and_what_is_awaited(built: Desk) -> None:
    front = built.read("whole-meeting")[0]
    assert "Tuesday 1 December 2026, 10am" in front
    assert "Room 4, Harbour House" in front
    # The eve of the meeting, as at which its agenda speaks, is eight days to come.
    assert "30 Nov" not in front
    assert "Note of the family meeting" in front
    assert "has come, and its file is not named" in front
    awaited = " ".join(built.read("whole-meeting")[:2]).partition("What is still awaited")[2]
    assert "Psychological assessment Dr Bankole 2 November 2026, 20 days" in awaited
    assert "Views, to be gathered before" in awaited
    assert "Esi Quaye" in awaited


def test_who_attends_the_first_part_alone_reads_neither_plans_nor_minutes(built: Desk) -> None:
    words = " ".join(built.read("for-aunt"))
    assert "Agenda for Adwoa Mensah" in words
    assert "You leave before the second part" in words
    assert "Ada is well" in words, "a report that is also for her"
    for kept in ("Ben", "Minutes:", "permanence plan:", "Assessment of Adwoa", "Actions", "awaited", "Harbour House"):
        assert kept not in words, kept


def test_a_carer_reads_the_plan_of_the_child_in_their_care_and_no_reports(built: Desk) -> None:
    marks = [title for title, _, _ in read_bookmarks(built.output / BASE / "for-carer-1" / PDF)]
    assert [title.partition(" – ")[0] for title in marks if "permanence plan:" in title] == [
        "Child and young person’s permanence plan: Ben Quaye"
    ]
    words = " ".join(built.read("for-carer-1"))
    for kept in ("Adwoa was seen four times", "Ada is well", "What is still awaited"):
        assert kept not in words, kept


def test_a_parent_reads_what_was_written_to_them(built: Desk) -> None:
    words = " ".join(built.read("for-mother"))
    assert "We think that Ada can grow up with Adwoa." in words
    assert "For the mother only. Page 1 of" in words
    for kept in ("Minutes:", "Varghese", "Agenda", "Harbour House", "Dr Bankole"):
        assert kept not in words, kept


def test_the_command_says_who_is_to_come_and_shouts_where_somebody_is_forgotten(built: Desk) -> None:
    out, err = said(built)
    assert "must    social worker: worker - invited" in out
    assert "Not invited: mother: Esi asked to give her views beforehand" in out
    assert "Psychological assessment, from Dr Bankole, since 2 November 2026, 20 days" in out
    assert "NOT INVITED, AND NO REASON IS RECORDED: supervising social worker (nobody in the case file)" in err
    assert "meetings[1].papers[4]: it has come, but names no file" in err


def test_made_again_from_the_same_it_is_the_same_to_the_byte_also_where_strict_leaves_with_one(desk: Desk) -> None:
    files = [file for file in desk.output.rglob("*.pdf") if "pack" in file.parts]
    before = {file: file.read_bytes() for file in files}
    assert len(before) == 4
    desk.pack("--strict", code=1)
    assert {file: file.read_bytes() for file in files} == before
    assert not (desk.output / "earlier").exists() or not [*(desk.output / "earlier").rglob(PDF)]


def test_without_a_meeting_the_next_one_is_taken(desk: Desk) -> None:
    told: dict[str, Any] = json.loads(desk.pack("--json").stdout)
    assert told["meeting"]["id"] == "ppm-2"
    assert [one["folder"] for one in told["packs"]] == ["whole-meeting", "for-carer-1", "for-aunt", "for-mother"]
    assert told["packs"][0]["readers"] == ["chair", "worker", "manager", "guardian"]
    assert told["awaited"][0] == {
        "title": "Psychological assessment",
        "from": "Dr Bankole",
        "asked_on": "2026-11-02",
        "days": 20,
    }
    forgotten = [one["who"] for one in told["to_be_invited"] if one["standing"].endswith("no reason is recorded")]
    assert "supervising social worker" in forgotten


def test_a_meeting_that_is_not_there_is_answered_with_those_that_are(desk: Desk) -> None:
    with pytest.raises(CannotReadError, match="Did you mean ppm-2"):
        desk.pack("--meeting", "pmp-2")
    desk.change("starts_at: 1 December 2026, 10am", "starts_at: 1 October 2026, 10am")
    with pytest.raises(CannotReadError, match=r"ppm-1 \(20 August 2026\), ppm-2 \(1 October 2026\)"):
        desk.pack()


def test_a_report_that_says_where_the_mother_lives_stops_every_pack(desk: Desk) -> None:
    before = (desk.output / BASE / "whole-meeting" / PDF).read_bytes()
    desk.send("reports/school.pdf", "Esi Quaye, 14 Larkspur Wynd, Hartsmere, ZZ99 4XT, came to the school")
    with pytest.raises(UnsafeToDiscloseError) as refused:
        desk.pack()
    assert refused.value.exit_code == 5
    told = " ".join(f"{one.says} {one.remedy}" for one in refused.value.problems)
    assert "meetings[1].papers[2]" in told
    assert "people.mother.address" in told
    assert "Larkspur" not in f"{refused.value} {told}"
    assert (desk.output / BASE / "whole-meeting" / PDF).read_bytes() == before


def test_a_report_for_the_aunt_that_tells_of_the_carer_stops_every_pack(desk: Desk) -> None:
    desk.send("reports/health.pdf", "Ben lives with Sunita Varghese")
    with pytest.raises(UnsafeToDiscloseError, match="for-aunt") as refused:
        desk.pack()
    assert "people.carer-1.name" in " ".join(one.says for one in refused.value.problems)


def test_a_report_that_is_broken_has_a_page_in_its_place(desk: Desk) -> None:
    (desk.case / "reports" / "school.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    result = desk.pack()
    assert "meetings[1].papers[2]: A page stands in its place" in result.stderr
    assert any("A file could not be included here" in words for words in desk.read("whole-meeting"))


def test_a_report_that_is_not_there_is_named_with_its_place(desk: Desk) -> None:
    (desk.case / "reports" / "school.pdf").unlink()
    with pytest.raises(PermanenceError) as refused:
        desk.pack()
    (problem,) = refused.value.problems
    assert problem.path == "meetings[1].papers[2]"
    assert problem.place is not None
    assert problem.place.line == 55


def test_a_word_file_that_was_changed_by_hand_is_the_one_that_goes_in(desk: Desk) -> None:
    paper = desk.output / "papers" / "permanence-plan-ben.docx"
    document = Document(str(paper))
    document.add_paragraph("Ben likes to be told what comes next")
    document.save(str(paper))
    desk.pack()
    copy = desk.output / BASE / "for-carer-1" / "permanence-plan-ben.docx"
    assert copy.read_bytes() == paper.read_bytes()
    assert any("Ben likes to be told what comes next" in words for words in desk.read("for-carer-1"))


def test_a_pack_that_lies_there_for_somebody_who_is_invited_no_more_is_told(desk: Desk) -> None:
    desk.change("      - {person: aunt, part: information}\n", "")
    desk.change("also_for: [aunt]", "also_for: []")
    result = desk.pack()
    assert f"{BASE}/for-aunt/ still holds 2 files of an earlier pack" in result.stderr


def test_a_paper_that_is_kept_from_a_party_is_not_in_the_pack_of_that_party(desk: Desk) -> None:
    desk.change("bundle_section: reports}", "bundle_section: reports, not_for: [Ruth Carmody]}")
    party = "{name: Ruth Carmody, capacity: Guardian, person: guardian}"
    desk.change("meetings:", f"court: {{name: Family Court, parties: [{party}]}}\nmeetings:")
    desk.pack()
    assert "Adwoa was seen four times" in " ".join(desk.read("whole-meeting"))
    words = " ".join(desk.read("for-guardian"))
    assert "Ada reads" in words
    assert "Adwoa was seen four times" not in words


def test_an_id_of_evidence_that_leads_nowhere_is_told_with_the_nearest(desk: Desk) -> None:
    desk.change("evidence: assessment}", "evidence: assesment}")
    with pytest.raises(CannotReadError) as refused:
        desk.pack()
    (problem,) = refused.value.problems
    assert (problem.code, problem.path) == ("C005", "meetings[1].papers[0].evidence")
    assert problem.remedy == "the nearest id stands on line 59"


def test_a_paper_names_its_file_once(desk: Desk) -> None:
    desk.change("evidence: assessment}", "evidence: assessment, file: reports/health.pdf}")
    with pytest.raises(CannotReadError) as refused:
        desk.pack()
    assert [(one.code, one.path) for one in refused.value.problems] == [("C007", "meetings[1].papers[0].file")]


def test_without_libreoffice_the_word_files_arrive(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERMANENCE_SOFFICE", str(desk.case / "no-such-program"))
    shutil.rmtree(desk.output)
    result = desk.pack(code=3)
    assert "The Word files are made" in result.stderr
    assert desk.list_packs()["for-aunt"] == ["ppm-agenda-guest-ppm-2-aunt.docx"]
