"""What is not made twice, and what is made anew whenever anything that it is made from has changed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from docx import Document

from generator.base import resources
from generator.base.cache.ingredients import BuildQuestion, identify_product
from generator.base.cache.last_build import LAST_BUILD, recall_build
from generator.base.digests import digest_of
from generator.base.resources import SearchPath
from generator.base.yaml.read import read_yaml
from generator.cli import main
from generator.convert.promise import identify_converter
from generator.disclosure.file_text import worker
from generator.jobs import search_papers
from generator.jobs.build import BuildReport, build_papers
from generator.jobs.run import Run
from generator.papers.card import PlannedDocument
from generator.papers.used_facts import select_facts

ON = dt.date(2026, 11, 22)
CASE = """
reference: R1
authority: {{name: Hartsmere Council}}
procedure: hartsmere
children: [{{id: rowan, name: {{given: {name}, family: Hale}}, born_on: 14 March 2025}}]
kept_back: [{{words: {hidden}, what: where the carer takes Rowan, from: [professionals]}}]
evidence:
  - {{file: evidence/note.pdf, title: Note, dated: 1 June 2026, bundle_section: reports}}
"""
PLAN = "papers/permanence-plan-rowan.docx"
PDF = "papers/permanence-plan-rowan.pdf"
ON_EVERY_PLAN = "Who Rowan is"
PROCEDURE = "name: Hartsmere\nextends: england\nopening: {edition: first}\n"


class Office:
    """A case with evidence, an authority's own templates and procedures, and an output folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.case = folder / "case" / "case.yaml"
        self.evidence = folder / "case" / "evidence" / "note.pdf"
        self.search_path = SearchPath((folder / "templates",), (folder / "procedures",))
        self.out = folder / "out"
        self.template = folder / "templates" / "permanence-plan.docx"
        self.evidence.parent.mkdir(parents=True)
        self.evidence.write_bytes(b"%PDF-1.7")
        self.write()
        (folder / "templates").mkdir()
        for kind in ("docx", "yaml"):
            shutil.copy(resources.TEMPLATES / f"permanence-plan.{kind}", folder / "templates")
        (folder / "procedures").mkdir()
        own = (resources.PROCEDURES / "hertfordshire-2024.yaml").read_text("utf-8")
        (folder / "procedures" / "hartsmere.yaml").write_text(own, "utf-8")

    def write(self, name: str = "Rowan", hidden: str = "Millbrook Surgery") -> None:
        self.case.write_text(CASE.format(name=name, hidden=hidden), "utf-8")

    def build(self, *, word_only: bool = True) -> BuildReport:
        codes = ["permanence-plan"]
        return build_papers(self.case, Run(ON, None, self.search_path, self.out), codes=codes, word_only=word_only)

    def action(self) -> str:
        (paper,) = self.build().papers.papers
        return paper.action

    def is_recalled(
        self,
        *,
        codes: tuple[str, ...] = ("permanence-plan",),
        on: str = "2026-11-22",
        today: str = "2026-11-22",
        word_only: bool = True,
    ) -> bool:
        asked = BuildQuestion(self.case, on, today, codes, word_only, self.search_path)
        return recall_build(asked, self.out) is not None

    def command(self, *more: str) -> Result:
        words = ["build", self.case.parent, "permanence-plan", "--word-only", "--on", "2026-11-22", "-o", self.out]
        own = ["--templates", self.folder / "templates", "--procedures", self.folder / "procedures"]
        return CliRunner().invoke(main, [*map(str, (*words, *own)), *more], standalone_mode=False)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def change_one_byte(file: Path) -> None:
    """Another letter, and the same size and time of change."""
    before, content = file.stat(), bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(bytes(content))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_second_build_says_the_same_as_one_that_looks_at_everything(office: Office) -> None:
    assert office.command().stdout.startswith("written ")
    recalled = office.command()
    (office.out / LAST_BUILD).unlink()
    looked = office.command()
    assert recalled.stdout == looked.stdout
    assert recalled.return_value == looked.return_value == 0
    assert recalled.stdout.splitlines()[0].split(",")[0] == f"unchanged   {PLAN}"
    assert (recalled.stderr, looked.stderr) == ("", "Writing papers (1)\n")


def test_a_build_that_changes_nothing_reads_no_case_and_loads_no_library(office: Office) -> None:
    office.command()
    program = (
        "import sys; from generator.cli import main\n"
        "main(sys.argv[1:], standalone_mode=False)\n"
        "heavy = {'pydantic', 'jinja2', 'docx', 'ruamel', 'lxml', 'filelock', 'rich', 'subprocess'}\n"
        "sys.exit(', '.join(heavy & {*sys.modules}) or 0)"
    )
    words = ["build", office.case.parent, "permanence-plan", "--word-only", "-o", office.out]
    own = ["--templates", office.folder / "templates", "--procedures", office.folder / "procedures"]
    command = [*map(str, (sys.executable, "-c", program, *words, *own))]
    subprocess.run(command, check=False, capture_output=True)  # on the day that the clock says
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("unchanged ")


def put_a_folder_in_its_place(office: Office) -> None:
    office.evidence.unlink()
    office.evidence.mkdir()


def put_a_link_in_its_place(office: Office) -> None:
    office.evidence.unlink()
    office.evidence.symlink_to(office.template)


def put_elsewhere(place: Path, folder: Path) -> None:
    place.rename(folder / "elsewhere")
    place.symlink_to(folder / "elsewhere")


Change = Callable[[Office], object]
INGREDIENTS: dict[str, Change] = {
    "case file": lambda office: office.write("Bryony"),
    "template": lambda office: change_one_byte(office.template),
    "card": lambda office: change_one_byte(office.template.with_suffix(".yaml")),
    "house style": lambda office: (office.template.parent / "house-style.docx").write_bytes(b"PK"),
    "procedure": lambda office: change_one_byte(office.folder / "procedures" / "hartsmere.yaml"),
    "new procedure": lambda office: (office.folder / "procedures" / "other.yaml").write_text(PROCEDURE),
    "evidence gone": lambda office: office.evidence.unlink(),
    "evidence a folder": put_a_folder_in_its_place,
    "evidence a link": put_a_link_in_its_place,
    "paper edited": lambda office: change_one_byte(office.out / PLAN),
    "paper gone": lambda office: (office.out / PLAN).unlink(),
    "papers a link": lambda office: put_elsewhere(office.out / "papers", office.folder),
    "output a link": lambda office: put_elsewhere(office.out, office.folder),
    "copy as made gone": lambda office: (office.out / "earlier" / "as-made" / PLAN).unlink(),
    "record edited": lambda office: change_one_byte(office.out / "record.yaml"),
    "record gone": lambda office: (office.out / "record.yaml").unlink(),
    "filed since": lambda office: (office.out / "filed.json").write_text("{}"),
    "a build is running": lambda office: (office.out / ".permanence.lock").touch(),
    "a build was stopped": lambda office: (office.out / ".permanence-work-x").mkdir(),
    "memory damaged": lambda office: (office.out / LAST_BUILD).write_text("{"),
    "memory of another kind": lambda office: (office.out / LAST_BUILD).write_text('{"version": 2}'),
    "memory no object": lambda office: (office.out / LAST_BUILD).write_text("[]"),
}


@pytest.mark.parametrize("name", INGREDIENTS)
def test_whatever_has_changed_a_build_is_done(office: Office, name: str) -> None:
    office.build()
    assert office.is_recalled()
    INGREDIENTS[name](office)
    assert not office.is_recalled()


def test_another_day_other_papers_or_other_files_are_another_build(office: Office) -> None:
    office.build()
    assert office.is_recalled()
    assert not office.is_recalled(on="2026-11-23")
    assert not office.is_recalled(today="2026-11-23")
    assert not office.is_recalled(codes=())
    assert not office.is_recalled(word_only=False)


@pytest.mark.parametrize("variable", ["PERMANENCE_SOFFICE", "PATH", "XDG_DATA_HOME", "FONTCONFIG_FILE"])
def test_another_place_for_programs_or_fonts_is_another_build(
    office: Office, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.build()
    monkeypatch.setenv(variable, f"{os.environ.get(variable, '')}{os.pathsep}/elsewhere")
    assert not office.is_recalled()


def test_other_code_of_the_product_makes_every_paper_anew(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "code" / "plan").mkdir(parents=True)
    (tmp_path / "code" / "plan" / "__init__.py").write_text("'one'")
    monkeypatch.setattr(resources, "PROGRAM", tmp_path / "code")
    identify_product.cache_clear()
    office.build()
    before = read_yaml(office.out / "record.yaml").facts["files"][PLAN]
    assert office.is_recalled()
    (tmp_path / "code" / "plan" / "__init__.py").write_text("'two'")
    identify_product.cache_clear()
    assert not office.is_recalled()
    office.build()
    after = read_yaml(office.out / "record.yaml").facts["files"][PLAN]
    assert before["inputs"] != after["inputs"]
    identify_product.cache_clear()


def test_a_paper_is_made_anew_from_another_template_or_card(office: Office) -> None:
    office.build()
    document = Document(str(office.template))
    document.add_paragraph("One sentence more.")
    document.save(str(office.template))
    assert office.action() == "replaced"
    assert "One sentence more." in (paragraph.text for paragraph in Document(str(office.out / PLAN)).paragraphs)
    assert office.action() == "unchanged"
    card = office.template.with_suffix(".yaml")
    card.write_text(card.read_text("utf-8").replace("title: ", "title: New ", 1), "utf-8")
    assert office.action() == "replaced"


def test_a_paper_is_made_anew_under_other_rules(office: Office) -> None:
    codes = ["compliance-sheet"]

    def build() -> str:
        (paper,) = build_papers(
            office.case, Run(ON, None, office.search_path, office.out), codes=codes, word_only=True
        ).papers.papers
        return paper.action

    assert [build(), build()] == ["written", "unchanged"]
    own = office.folder / "procedures" / "hartsmere.yaml"
    own.write_text(own.read_text("utf-8").replace("    says: ", "    says: In Hartsmere, ", 3), "utf-8")
    assert build() == "replaced"


def test_what_was_left_to_do_or_to_say_is_not_taken_for_done(office: Office) -> None:
    office.build()
    (office.out / PLAN).write_bytes(b"by hand")
    office.write("Bryony")
    assert office.action() == "laid beside"
    assert not office.is_recalled()
    assert office.action() == "kept"
    assert office.is_recalled()
    assert "Changed by hand since it was made, and kept." in office.command().output


def test_what_was_withheld_is_withheld_again(office: Office) -> None:
    office.write("Rowan", hidden=ON_EVERY_PLAN)
    for _ in range(2):
        assert office.build().papers.withheld
        assert not office.is_recalled()
    assert not (office.out / LAST_BUILD).exists()


def test_the_memory_of_a_build_says_nothing_about_the_family(office: Office) -> None:
    office.write("Oisin")
    office.build()
    text = (office.out / LAST_BUILD).read_text("utf-8")
    assert not [word for word in ("Oisin", "Hale", "Millbrook", "R1", "Hartsmere", "2025") if word in text]
    assert (office.out / LAST_BUILD).stat().st_mode & 0o777 == 0o600


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of papers that were read to be searched."""
    names: list[str] = []
    read = worker.read_files

    def note(files: list[tuple[Path, str]]) -> object:
        names.extend(name for _, name in files)
        return read(files)

    monkeypatch.setattr(search_papers, "read_files", note)
    return names


def test_a_paper_in_which_nothing_was_found_is_not_read_again(office: Office, searched: list[str]) -> None:
    office.build()
    assert office.build().papers.papers[0].action == "unchanged"
    assert searched == []


def test_a_paper_is_read_again_when_more_is_kept_back(office: Office, searched: list[str]) -> None:
    office.build()
    office.write("Rowan", hidden=ON_EVERY_PLAN)
    (withheld,) = office.build().papers.withheld
    assert "Do not send" in withheld.summary
    assert searched == [Path(PLAN).name]
    office.build()
    assert searched == [Path(PLAN).name] * 2


def test_a_paper_is_read_again_when_somebody_has_changed_it(office: Office, searched: list[str]) -> None:
    office.build()
    shutil.copy(resources.TEMPLATES / "ppm-agenda.docx", office.out / PLAN)
    assert office.action() == "kept"
    assert searched == [Path(PLAN).name]


@pytest.fixture
def libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A LibreOffice that can be changed, with a folder of fonts and a list of its starts beside it."""
    program = tmp_path / "program" / "soffice"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho . >> "{tmp_path / "starts"}"\nexec {shutil.which("soffice")} "$@"\n')
    program.chmod(0o755)
    (tmp_path / "data" / "fonts").mkdir(parents=True)
    monkeypatch.setenv("PERMANENCE_SOFFICE", str(program))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return program


@pytest.mark.libreoffice
def test_other_fonts_or_another_libreoffice_make_pdfs_anew_and_nothing_else_does(
    office: Office, libreoffice: Path, tmp_path: Path
) -> None:
    def count() -> int:
        return len((tmp_path / "starts").read_text().split())

    def made_by() -> str:
        return str(read_yaml(office.out / "record.yaml").facts["files"][PDF]["converter"])

    office.build(word_only=False)
    first, starts = made_by(), count()
    assert first == identify_converter().name
    assert first.startswith("LibreOffice ")
    assert office.is_recalled(word_only=False)
    office.build(word_only=False)
    assert count() == starts
    shutil.copy(next(Path("/usr/share/fonts").rglob("Carlito-Bold.ttf")), tmp_path / "data" / "fonts" / "New.ttf")
    assert not office.is_recalled(word_only=False)
    office.build(word_only=False)
    assert (made_by() != first, count() > starts) == (True, True)
    second, starts = made_by(), count()
    libreoffice.write_text(f"{libreoffice.read_text()}# another version\n")
    assert not office.is_recalled(word_only=False)
    office.build(word_only=False)
    assert (made_by() != second, count() > starts) == (True, True)


@pytest.mark.libreoffice
def test_a_pdf_that_somebody_changed_stays_when_only_fonts_change(
    office: Office, libreoffice: Path, tmp_path: Path
) -> None:
    office.build(word_only=False)
    (office.out / PDF).write_bytes(b"%PDF by hand")
    (tmp_path / "data" / "fonts" / "New.ttf").write_bytes(b"a font")
    starts = (tmp_path / "starts").read_text()
    office.build(word_only=False)
    assert (office.out / PDF).read_bytes() == b"%PDF by hand"
    assert (tmp_path / "starts").read_text() == starts
    assert len([*(office.out / "papers").iterdir()]) == 2


@pytest.mark.libreoffice
def test_what_is_remembered_is_what_stands_there(office: Office) -> None:
    office.build(word_only=False)
    made = json.loads((office.out / LAST_BUILD).read_text("utf-8"))["made"]
    assert {PLAN, PDF, "record.yaml", "filed.json"} < {*made}
    assert all(made[name] == digest_of(office.out / name) for name in (PLAN, PDF, "record.yaml"))
    assert made["filed.json"] == ""


def put_something_else(value: Any, kept: Any) -> Any:
    """The facts of a paper with something else in the place of each that is said to make no difference to it."""
    if isinstance(value, Mapping) and isinstance(kept, Mapping):
        return {
            key: "Something else" if kept[key] is None and held is not None else put_something_else(held, kept[key])
            for key, held in value.items()
        }
    if isinstance(value, list | tuple) and isinstance(kept, list):
        return [put_something_else(one, other) for one, other in zip(value, kept, strict=True)]
    return value


def test_facts_that_do_not_count_for_a_paper_do_not_stand_in_it(
    sample_papers: dict[str, tuple[PlannedDocument, ...]],
    render: Callable[[PlannedDocument, Path], Path],
    tmp_path: Path,
) -> None:
    papers = {paper.code: paper for family in ("rowan", "fullest", "scotland") for paper in sample_papers[family]}
    selected = {code: select_facts(paper) for code, paper in papers.items()}
    whole = {code for code, facts in selected.items() if facts is papers[code].facts}
    assert whole == {
        "child-permanence-report",
        "compliance-sheet",
        "looked-after-review-minute",
        "planning-meeting-72-hours",
    }
    for code in papers.keys() - whole:
        paper = papers[code]
        facts = put_something_else(paper.facts, selected[code])
        assert facts != paper.facts
        first = render(paper, tmp_path).read_bytes()
        assert render(dataclasses.replace(paper, facts=facts), tmp_path).read_bytes() == first, code


NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.mark.parametrize(
    ("tags", "counts"),
    [
        ("{{ child.name }}", {"child": {"name": "Rowan", "plan": None}, "notes": None}),
        (
            "{{ child</w:t></w:r><w:r><w:t>.pl</w:t><w:t>an }}",
            {"child": {"name": "Rowan", "plan": "home"}, "notes": None},
        ),
        ("{% if 'x' in [notes.x] %}{% endif %}", {"child": None, "notes": {"x": "a"}}),
        ("{{ notes['x'] }}", {"child": None, "notes": {"x": "a"}}),
        ("{{ notes[child.plan] }}", None),
        ("{{ notes [kind] }}", None),
        ("{{ [child] | map(attribute=kind) | list }}", None),
        ("{% for key, one in notes.items() %}{% endfor %}", None),
    ],
)
def test_the_facts_that_count_are_those_that_the_template_can_name(
    sample_papers: dict[str, tuple[PlannedDocument, ...]], tmp_path: Path, tags: str, counts: dict[str, object] | None
) -> None:
    word = tmp_path / "note.docx"
    with zipfile.ZipFile(word, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f"<w:document {NAMESPACE}><w:body><w:p><w:r><w:t>{tags}</w:t></w:r></w:p></w:body></w:document>",
        )
    (paper, *_) = (one for one in sample_papers["rowan"] if one.code == "ppm-agenda")
    facts = {"child": {"name": "Rowan", "plan": "home"}, "notes": {"x": "a"}}
    template = dataclasses.replace(paper.template, word=word, digest=tags)
    found = select_facts(dataclasses.replace(paper, template=template, facts=facts))
    assert found == (facts if counts is None else {**counts, "cited": None})
