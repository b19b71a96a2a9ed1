"""From a case file to its papers and its bundle with the real programs, on three invented families."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from conftest import MakeOnce
from generator.case.family import Case
from generator.case.load import load_case
from generator.papers.card import load_templates
from places import CASES, ROOT

pytestmark = pytest.mark.libreoffice
FAMILIES = ("barest", "rowan", "fullest")
LETTERS = "ABCDEF"


def text_of(pdf: Path) -> str:
    """The words of a PDF, with hyphens at line ends and line breaks taken out."""
    read = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True)
    return " ".join(read.stdout.split())


@dataclass(frozen=True)
class Run:
    """What `build` and `bundle` made of one family."""

    family: str
    folder: Path
    build: subprocess.CompletedProcess[str]
    bundle: subprocess.CompletedProcess[str]

    @cached_property
    def papers(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.build.stdout)["papers"]
        return found

    @cached_property
    def pdf(self) -> Path:
        (found,) = self.folder.glob("*-bundle*.pdf")
        return found

    @cached_property
    def case(self) -> Case:
        return load_case(CASES / self.family).case

    @cached_property
    def text(self) -> str:
        return text_of(self.pdf)


def call(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", *map(str, words)]
    return subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)


@pytest.fixture(scope="module", params=FAMILIES)
def done(request: pytest.FixtureRequest, once: MakeOnce) -> Run:
    family: str = request.param

    def run_both(place: Path) -> None:
        for command, options in (("build", ["--json"]), ("bundle", [])):
            ended = call(command, CASES / family, "-o", place / "out", "--on", "2026-11-22", *options)
            told = [ended.returncode, ended.stdout, ended.stderr]
            (place / f"{command}.json").write_text(json.dumps(told), encoding="utf-8")

    place = once(f"whole-run-of-{family}", run_both)
    build, bundle = (
        subprocess.CompletedProcess[str](command, *json.loads((place / f"{command}.json").read_text("utf-8")))
        for command in ("build", "bundle")
    )
    return Run(family, place / "out", build, bundle)


def test_both_commands_leave_with_exit_code_0(done: Run) -> None:
    assert (done.build.returncode, done.build.stderr.count("No PDF")) == (0, 0), done.build.stderr
    assert done.bundle.returncode == 0, done.bundle.stderr


def test_every_paper_has_a_word_file_and_a_pdf_with_pages(done: Run) -> None:
    assert done.papers
    for paper in done.papers:
        assert Path(paper["word"]).is_file()
        with pikepdf.open(paper["pdf"]) as pdf:
            assert len(pdf.pages) >= 1
        assert len(text_of(Path(paper["pdf"]))) > 200, paper["name"]


def test_the_report_says_what_a_screen_reader_finds_in_the_bundle(done: Run) -> None:
    access = json.loads((done.folder / "bundle-report.json").read_text("utf-8"))["accessibility"]
    assert "tagged PDF/UA" in access.pop("lost")
    assert access == {"tagged": False, "language": "en-GB", "shows_title": True, "has_bookmarks": True}


def test_nothing_is_left_over_in_the_output_folder(done: Run) -> None:
    names = {file.relative_to(done.folder).as_posix() for file in done.folder.rglob("*") if file.is_file()}
    assert {
        name
        for name in names
        if not re.fullmatch(
            r"(earlier/as-made/)?(papers|court-copies)/[\w-]+\.(docx|pdf)|earlier/case/[\w -]+\.yaml", name
        )
    } == {
        "record.yaml",
        "last-build.json",
        "filed.json",
        "bundle-report.json",
        done.pdf.name,
    }


def test_the_bundle_passes_qpdf(done: Run) -> None:
    checked = subprocess.run(["qpdf", "--check", str(done.pdf)], check=False, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "No syntax or stream encoding errors found" in checked.stdout


def labels_of(pdf: Path) -> list[str]:
    """The label of every page as a viewer shows it, worked out from the number tree alone."""
    signs: dict[str, Callable[[int], str]] = {
        "/D": str,
        "/r": lambda number: "i" * number if number < 4 else f"r{number}",
    }
    with pikepdf.open(pdf) as opened:
        tree = opened.Root.PageLabels
        flat: list[Any] = list(tree.Nums) if "/Nums" in tree else [one for kid in tree.Kids for one in kid.Nums]
        ranges = {int(flat[place]): flat[place + 1] for place in range(0, len(flat), 2)}
        labels: list[str] = []
        style, prefix, number = "", "", 1
        for page in range(len(opened.pages)):
            if page in ranges:
                entry = ranges[page]
                style, prefix, number = str(entry.get("/S", "")), str(entry.get("/P", "")), int(entry.get("/St", 1))
            labels.append(prefix + (signs[style](number) if style in signs else ""))
            number += 1
    return labels


def test_page_numbers_start_anew_in_each_section(done: Run) -> None:
    numbered = [label for label in labels_of(done.pdf) if re.fullmatch(r"[A-F]\d+", label)]
    assert numbered
    expected = []
    for letter in LETTERS:
        expected += [f"{letter}{number}" for number in range(1, 1 + sum(label[0] == letter for label in numbered))]
    assert numbered == expected
    labels = labels_of(done.pdf)
    assert labels[-len(numbered) :] == numbered
    assert len(set(labels)) == len(labels)


def test_the_command_lists_each_paper_with_the_pages_it_really_has(done: Run) -> None:
    labels = labels_of(done.pdf)
    rows = re.findall(r"^([A-F]\d+)(?: to ([A-F]\d+)|[-–]([A-F]?\d+))? +\S", done.bundle.stdout, re.MULTILINE)
    assert rows
    assert {row[0] for row in rows} <= set(labels)
    assert re.search(rf"^{len(labels)} pages in ", done.bundle.stdout, re.MULTILINE)


def test_the_bundle_holds_every_paper_that_is_filed_and_every_file_of_evidence(done: Run) -> None:
    case = done.case
    directed = {code for direction in (case.court.directions if case.court else ()) for code in direction.papers}
    cards = {code: template.card for code, template in load_templates([ROOT / "templates"]).items()}
    filed = {
        code
        for code, card in cards.items()
        if card.bundle.filed == "normally" or (card.bundle.filed == "if_directed" and {code, card.form_of} & directed)
    }
    expected = {paper["name"] for paper in done.papers if paper["code"] in filed}
    if "ppm-summary" in filed:
        # The court gets the professionals' copy; a parent's says the same.
        expected -= {
            paper["name"] for paper in done.papers if paper["code"] == "ppm-summary" and paper["audience"] == "parent"
        }
    copies = {file.stem.removesuffix("-court-copy") for file in (done.folder / "court-copies").glob("*.docx")}
    # A guest who acts in the proceedings reads as the court does, and their agenda is still no paper for it.
    own = {
        paper["name"]
        for paper in done.papers
        if paper["audience"] == "court" and cards[paper["code"]].audience != "guest"
    }
    assert expected == copies | own
    entries = [line for line in done.bundle.stdout.splitlines() if re.match(r"[A-F]\d", line)]
    assert len(entries) == len(expected) + sum(item.in_bundle for item in case.evidence)
    for item in case.evidence:
        if item.in_bundle:
            assert any(line.endswith(item.title) for line in entries), item.title


def test_no_legal_advice_is_in_the_bundle(done: Run) -> None:
    assert "Legal advice:" not in done.bundle.stdout
    for meeting in done.case.meetings:
        for line in (meeting.advice.legal or "").splitlines():
            words = " ".join(line.split()[:6])
            assert len(words) < 20 or words not in done.text
    assert not [
        paper for paper in done.papers if paper["audience"] == "privileged" and paper["name"] in done.bundle.stdout
    ]


def test_no_carer_and_no_nursery_is_in_the_bundle(done: Run) -> None:
    kinds = {"foster_carer", "connected_carer", "prospective_adopter", "adoptive_parent"}
    secrets = []
    for person in done.case.people:
        if person.relationships and {tie.kind.value for tie in person.relationships} <= kinds:
            secrets += [person.name.full, *(person.address.lines[:1] if person.address else ())]
            secrets += filter(None, [person.private_telephone, person.address.postcode if person.address else None])
    for child in done.case.children:
        secrets += [setting.name for setting in child.education.settings]
    assert secrets or done.family == "barest"
    # The evidence of the invented families names no carer, so the whole file may be searched.
    assert not [secret for secret in secrets if secret.casefold() in done.text.casefold()]
    raw = done.pdf.read_bytes()
    assert not [secret for secret in secrets if secret.encode() in raw or secret.encode("utf-16-be") in raw]


def test_a_second_build_changes_nothing(done: Run, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    shutil.copytree(done.folder, folder)
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.suffix in {".docx", ".pdf"}}
    again = call("build", CASES / done.family, "-o", folder, "--on", "2026-11-22", "--json")
    assert again.returncode == 0
    assert {paper["action"] for paper in json.loads(again.stdout)["papers"]} == {"unchanged"}
    assert {file: file.read_bytes() for file in before} == before
