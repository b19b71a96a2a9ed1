"""Round after round of filing, as a legal assistant does it with the command: what moves, what stays, who sees what."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner, Result
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from conftest import MakeOnce
from generator.base.errors import FileBusyError, PermanenceError
from generator.bundle.assemble import assemble_bundle
from generator.cli import main
from places import ROOT

pytestmark = pytest.mark.libreoffice

HEAD = """\
reference: FAM-2026-0960
authority: {name: Hartsmere Council}
procedure: scotland-pace
children:
  - {id: rowan, name: {given: Rowan, family: Hale}, born_on: 14 March 2025}
court:
  name: Family Court at Hartsmere
  case_number: ZZ26C50960
  hearings: [{kind: final, at: "4 January 2027, 10am"}]
  parties:
    - {name: Hartsmere Council, capacity: Applicant}
    - {name: Leanne Hale, capacity: First respondent (mother)}
"""
ALLOWED = '  directions: [{ordered_on: 16 November 2026, paragraph: "2", what: Amend, replaces: [%s]}]\n'


class Desk:
    """A case folder with evidence, and its output."""

    def __init__(self, folder: Path) -> None:
        self.case = folder / "case"
        self.output = folder / "output"
        self.case.mkdir(exist_ok=True)
        self.head = HEAD
        self.court = ""
        self.evidence: dict[str, str] = {}

    def add(self, name: str, pages: int, *, section: str = "statements", more: str = "") -> None:
        canvas = Canvas(str(self.case / f"{name}.pdf"), invariant=1)
        for page in range(1, pages + 1):
            canvas.drawString(72, 700, f"What {name} says on page {page}")
            canvas.showPage()
        canvas.save()
        self.evidence[name] = (
            f"  - {{id: {name}, file: {name}.pdf, title: Statement {name}, dated: 2 November 2026,"
            f" bundle_section: {section}{more}}}\n"
        )

    def refuse(self, *options: str) -> list[str]:
        """What is said of a bundle that is not made."""
        with pytest.raises(PermanenceError) as refused:
            self._invoke(*options)
        return [f"{one.code} {one.says}" for one in refused.value.problems]

    def bundle(self, *options: str, code: int = 0) -> Result:
        result = self._invoke(*options)
        assert result.return_value == code, result.output
        return result

    def build(self) -> Result:
        return self._invoke("permanence-plan", "--word-only", command="build")

    def _invoke(self, *options: str, command: str = "bundle") -> Result:
        text = f"{self.head}{self.court}evidence:\n{''.join(self.evidence.values())}"
        (self.case / "case.yaml").write_text(text, encoding="utf-8")
        given = [command, str(self.case), "-o", str(self.output), "--on", "2026-11-22", "--plain", *options]
        return CliRunner(catch_exceptions=False).invoke(main, given, standalone_mode=False)

    @property
    def pdf(self) -> Path:
        (found,) = self.output.glob("*.pdf")
        return found

    def labels(self) -> dict[str, list[str]]:
        report: dict[str, Any] = json.loads((self.output / "bundle-report.json").read_text("utf-8"))
        return {one["id"]: one["labels"] for one in report["papers"]}

    def text(self, name: str) -> str:
        return read_text(self.output / name)


def read_text(file: Path) -> str:
    with pypdfium2.PdfDocument(file) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


COPY = "court-copies/permanence-plan-rowan-court-copy"


@pytest.fixture
def filed(once: MakeOnce, tmp_path: Path) -> Desk:
    """A desk with a bundle that holds a paper of the product, and facts that have changed since."""

    def lay_out(folder: Path) -> Desk:
        desk = Desk(folder)
        desk.head = HEAD.replace("scotland-pace", "hertfordshire-2024")
        desk.add("anna", 2)
        return desk

    def file_bundle(folder: Path) -> None:
        desk = lay_out(folder)
        desk.build()
        desk.bundle()

    shutil.copytree(once("filed-bundle", file_bundle), tmp_path, dirs_exist_ok=True)
    desk = lay_out(tmp_path)
    desk.head = desk.head.replace("given: Rowan", "given: Bryony")
    return desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.add("anna", 2)
    desk.add("ben", 3)
    return desk


def test_a_late_paper_moves_nothing_and_comes_with_its_pages_and_a_note(desk: Desk) -> None:
    desk.bundle()
    assert desk.labels() == {"anna": ["C1", "C2"], "ben": ["C3", "C4", "C5"]}
    desk.evidence = {"anna": desk.evidence["anna"]} | desk.evidence
    desk.add("late", 1)
    desk.evidence = {name: desk.evidence[name] for name in ("anna", "late", "ben")}
    result = desk.bundle()
    assert desk.labels() == {"anna": ["C1", "C2"], "late": ["C2a"], "ben": ["C3", "C4", "C5"]}
    assert "C2a: Statement late. New, follows C2." in result.output
    assert "What late says on page 1" in desk.text("late-pages/round-2-new-pages.pdf")
    assert "What anna says" not in desk.text("late-pages/round-2-new-pages.pdf")
    assert "Statement late" in desk.text("late-pages/round-2-change-note.pdf")


def test_a_preview_writes_nothing(desk: Desk) -> None:
    assert "Nothing was written" in desk.bundle("--preview").output
    assert not list(desk.output.glob("*.pdf"))
    assert not (desk.output / "filed.json").exists()


def test_a_filed_paper_that_changed_stops_the_build_and_the_old_bundle_stays(desk: Desk) -> None:
    desk.bundle()
    before = desk.pdf.read_bytes()
    desk.add("ben", 4)
    assert desk.refuse() == ["B003 Filed on 22 November 2026 as C3 to C5, and its file is now another"]
    assert desk.pdf.read_bytes() == before


def test_a_direction_lets_a_shorter_paper_take_the_place_of_a_filed_one_and_the_kit_follows(desk: Desk) -> None:
    desk.bundle()
    desk.add("ben", 1)
    desk.court = ALLOWED % "ben"
    desk.bundle("--kit", "--copies")
    assert desk.labels()["ben"] == ["C3"]
    assert "What ben says on page 2" not in read_text(desk.pdf)
    assert list((desk.output / "filing-kit" / "papers").glob("*.pdf"))


def test_a_direction_lets_a_filed_paper_be_taken_out_and_a_slip_stays(desk: Desk) -> None:
    desk.bundle()
    del desk.evidence["anna"]
    desk.court = ALLOWED % "anna"
    desk.bundle("--kit", "--copies")
    assert desk.labels()["ben"] == ["C3", "C4", "C5"]
    said = read_text(desk.pdf)
    assert "What anna says" not in said
    assert "16 November 2026" in said


def test_a_name_that_is_no_papers_is_pointed_out(desk: Desk) -> None:
    desk.bundle()
    desk.court = ALLOWED % "anna-marie"
    assert "names what is neither evidence nor a paper" in desk.bundle().output


def test_the_copy_of_a_party_holds_a_slip_and_no_word_of_the_paper(desk: Desk) -> None:
    desk.add("secret", 2, more=", not_for: [Leanne Hale]")
    desk.bundle("--copies")
    (copy,) = (desk.output / "copies").glob("*mother*")
    assert "What secret says" not in read_text(copy)
    assert "What secret says" in read_text(desk.pdf)
    assert "What anna says on page 2" in read_text(copy)


def test_new_pages_that_are_not_for_a_party_are_not_in_the_file_for_that_party(desk: Desk) -> None:
    desk.bundle()
    desk.add("secret", 2, more=", not_for: [Leanne Hale]")
    result = desk.bundle()
    (theirs,) = (desk.output / "late-pages").glob("round-2-new-pages-copy-2-*")
    assert "What secret says" not in read_text(theirs)
    assert "What secret says" in desk.text("late-pages/round-2-new-pages.pdf")
    assert "not for every party" in result.output


def test_copies_of_an_earlier_bundle_are_pointed_out(desk: Desk) -> None:
    desk.bundle("--copies", "--kit")
    assert "of another bundle" not in desk.bundle().output
    desk.evidence["anna"] = desk.evidence["anna"].replace("}", ", not_for: [Leanne Hale]}")
    assert "copies/ still holds 2 files of another bundle" in desk.bundle().output
    assert "of another bundle" not in desk.bundle("--copies").output
    desk.add("late", 1)
    assert "filing-kit/ still holds" in desk.bundle().output


def test_a_file_that_cannot_be_used_has_a_page_in_its_place_unless_strict(desk: Desk) -> None:
    (desk.case / "ben.pdf").write_bytes(b"")
    assert [one[:4] for one in desk.refuse("--strict")] == ["B001"]
    assert not list(desk.output.glob("*.pdf"))
    desk.bundle(code=1)
    assert desk.labels()["ben"] == ["C3"]


def test_a_page_of_a_file_that_cannot_be_used_cannot_be_cited(desk: Desk) -> None:
    (desk.case / "ben.pdf").write_bytes(b"")
    desk.court += 'reports: [{child: rowan, why_adoption: "See [[ben p 2]]."}]\n'
    assert desk.refuse() == ["C005 The file cited here could not be used, so it has no pages to cite"]


def test_everything_anew_begins_at_one(desk: Desk) -> None:
    desk.bundle()
    desk.add("late", 1, more="")
    desk.evidence["late"] = desk.evidence["late"].replace("2 November", "1 November")
    desk.bundle("--anew")
    assert desk.labels() == {"late": ["C1"], "anna": ["C2", "C3"], "ben": ["C4", "C5", "C6"]}


def test_the_check_of_a_bundle_knows_the_report_beside_it(desk: Desk) -> None:
    desk.bundle()
    result = CliRunner().invoke(main, ["bundle", "--check", str(desk.pdf), "--plain"])
    assert "kept" in result.output
    assert "rule page-limit" in result.output or "at most 350 pages" in result.output


def test_the_same_rounds_give_the_same_bytes(desk: Desk, tmp_path: Path) -> None:
    def round_trip(output: Path) -> dict[str, bytes]:
        desk.output = output
        desk.evidence.pop("late", None)
        desk.bundle()
        desk.add("late", 1)
        desk.bundle("--kit", "--copies")
        return {
            file.relative_to(output).as_posix(): file.read_bytes()
            for file in output.rglob("*")
            if file.is_file() and file.name != "record.yaml"
        }

    assert round_trip(tmp_path / "first") == round_trip(tmp_path / "second")


def digests(folder: Path) -> set[str]:
    return {hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.rglob("*") if file.is_file()}


def test_a_filed_paper_of_ours_stays_when_facts_change_and_late_evidence_still_goes_in(filed: Desk) -> None:
    before = {name: (filed.output / f"{COPY}.{name}").read_bytes() for name in ("docx", "pdf")}
    filed.add("late", 1)
    result = filed.bundle()
    assert {name: (filed.output / f"{COPY}.{name}").read_bytes() for name in before} == before
    # The cover and the index follow the case file; the paper says what it said.
    assert "Rowan" in read_text(filed.pdf)
    assert "What late says on page 1" in read_text(filed.pdf)
    assert (filed.output / f"{COPY} (new 2026-11-22).docx").is_file()
    assert "It was filed, so it stays" in result.output
    assert "name it under replaces" in result.output
    assert "It was filed" not in filed.bundle().output


def test_a_direction_lets_the_new_version_of_a_filed_paper_of_ours_in_and_the_old_one_is_put_away(filed: Desk) -> None:
    old = digests(filed.output / "court-copies")
    filed.court = ALLOWED % "permanence-plan-rowan"
    filed.bundle()
    assert "Rowan" not in read_text(filed.pdf)
    assert not list((filed.output / "court-copies").glob("*(new*"))
    assert old <= digests(filed.output / "earlier")


def test_numbering_anew_forgets_what_was_filed(filed: Desk) -> None:
    filed.bundle("--anew")
    assert "Rowan" not in read_text(filed.pdf)


def test_a_working_paper_whose_court_copy_was_filed_stays(filed: Desk) -> None:
    before = (filed.output / "papers/permanence-plan-rowan.docx").read_bytes()
    assert "laid beside" in filed.build().output
    assert (filed.output / "papers/permanence-plan-rowan.docx").read_bytes() == before


def test_while_nobody_can_read_what_was_filed_no_paper_is_replaced(filed: Desk) -> None:
    (filed.output / "filed.json").write_bytes(b"{")
    result = filed.build()
    assert "laid beside" in result.output
    assert "Put it back from a copy" in result.output


def test_an_earlier_bundle_and_its_ledger_are_put_away_together(desk: Desk) -> None:
    desk.bundle()
    before = {desk.pdf.read_bytes(), (desk.output / "filed.json").read_bytes()}
    desk.add("late", 1)
    desk.bundle()
    held = {file.read_bytes() for file in (desk.output / "earlier" / "2026-11-22").iterdir()}
    assert before <= held


def test_a_bundle_that_was_changed_by_hand_stays_and_the_new_one_is_laid_beside(desk: Desk) -> None:
    desk.bundle()
    marked = desk.pdf
    marked.write_bytes(marked.read_bytes() + b"% notes")
    before = marked.read_bytes()
    desk.add("late", 1)
    result = desk.bundle()
    assert marked.read_bytes() == before
    assert "What late says" in read_text(marked.with_stem(f"{marked.stem} (new 2026-11-22)"))
    assert "was changed by hand, or is not ours, and is kept" in result.output


def test_evidence_that_changes_while_the_bundle_is_made_stops_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.bundle()
    before = desk.pdf.read_bytes()
    desk.add("late", 1)
    plain = assemble_bundle

    def save_and_assemble(*given: Any, **more: Any) -> Any:
        (desk.case / "anna.pdf").write_bytes(b"another")
        return plain(*given, **more)

    monkeypatch.setattr("generator.bundle.plan.assemble_bundle", save_and_assemble)
    with pytest.raises(FileBusyError, match=r"anna.pdf was changed while .* Build again"):
        desk._invoke()
    assert desk.pdf.read_bytes() == before
    assert not list(desk.output.glob(".permanence*"))


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland"])
def test_the_same_evidence_gives_the_same_bundle_in_another_time_zone_and_folder(tmp_path: Path, zone: str) -> None:
    made = []
    for number, where in enumerate(("Europe/London", zone)):
        place = tmp_path / f"{number}"
        place.mkdir()
        desk = Desk(place)
        desk.add("anna", 2)
        text = f"{HEAD}evidence:\n{''.join(desk.evidence.values())}"
        (desk.case / "case.yaml").write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "generator", "bundle", "../case", "-o", "out", "--on", "2026-11-22"]
        (place / "here").mkdir()
        environment = {**os.environ, "TZ": where, "PYTHONPATH": str(ROOT), "LC_ALL": ("C", "C.UTF-8")[number]}
        subprocess.run(command, check=True, cwd=place / "here", env=environment, capture_output=True)
        files = [file for file in (place / "here" / "out").glob("*[!l]") if file.is_file()]
        made.append({file.name: file.read_bytes() for file in files})
    assert {"ZZ26C50960-bundle-2027-01-04.pdf", "filed.json", "bundle-report.json"} <= set(made[0])
    assert made[0] == made[1]
