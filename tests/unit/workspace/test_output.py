"""Nothing lost: what people changed stays, what they did not is replaced, and a failed build leaves all as it was."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from filelock import FileLock

from generator.base.cache.ingredients import identify_product
from generator.base.errors import FileBusyError, TemplateError
from generator.base.yaml.read import read_yaml
from generator.cli import main
from generator.convert.conversion import Conversion
from generator.jobs.build import BuildReport, build_papers
from generator.jobs.run import Run
from generator.papers.word.word_diff import has_unsettled_changes
from generator.workspace.folder import FileStanding, OutputFolder
from generator.workspace.opening import open_output
from generator.workspace.record import Origin, WrittenFile
from places import ROOT, TEMPLATES

ON = dt.date(2026, 11, 22)
CASE = """
reference: R1
authority: {{name: Hartsmere Council}}
procedure: hertfordshire-2024
children: [{{id: rowan, name: {{given: {name}}}, born_on: 14 March 2025}}]
"""
NAME = "papers/permanence-plan-rowan.docx"
COPY = f"earlier/as-made/{NAME}"
FROM = Origin(on="2026-11-22")


class Desk:
    """A case, its output folder, and what somebody does with them."""

    def __init__(self, folder: Path) -> None:
        self.case = folder / "case.yaml"
        self.out = folder / "out"
        self.word = self.out / NAME
        self.write("Rowan")

    def write(self, name: str) -> None:
        self.case.write_text(CASE.format(name=name), encoding="utf-8")

    def build(self, *, word_only: bool = True) -> BuildReport:
        return build_papers(self.case, Run(ON, output=self.out), codes=["permanence-plan"], word_only=word_only)

    def action(self) -> str:
        (paper,) = self.build().papers.papers
        return paper.action

    def edit(self, words: str = "By hand", *, struck_out: bool = False) -> bytes:
        document = Document(str(self.word))
        paragraph = document.add_paragraph(words)
        if struck_out:
            paragraph._p.append(
                parse_xml(
                    f'<w:del {nsdecls("w")} w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z">'
                    "<w:r><w:delText>no</w:delText></w:r></w:del>"
                )
            )
        document.save(str(self.word))
        return self.word.read_bytes()

    def files(self) -> dict[str, bytes]:
        """What lies in the output folder, but for what builds remember: see test_changes.py and test_cache.py."""
        return {
            file.relative_to(self.out).as_posix(): file.read_bytes()
            for file in sorted(self.out.rglob("*"))
            if file.is_file() and file.name != "last-build.json" and file.parent != self.out / "earlier" / "case"
        }


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_first_build_writes_the_papers_a_copy_of_each_and_the_record_and_nothing_else(desk: Desk) -> None:
    assert desk.action() == "written"
    assert set(desk.files()) == {NAME, COPY, "record.yaml"}


def test_a_paper_whose_facts_have_not_changed_is_left_alone(desk: Desk) -> None:
    desk.build()
    before = desk.word.stat()
    assert desk.action() == "unchanged"
    after = desk.word.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_an_unchanged_paper_is_replaced_when_its_facts_change_and_the_old_one_is_put_away(
    desk: Desk, words_in: Callable[[Path], list[str]]
) -> None:
    desk.build()
    old = desk.word.read_bytes()
    desk.write("Bryony")
    assert desk.action() == "replaced"
    assert "Bryony" in "\n".join(words_in(desk.word))
    put_away = "earlier/2026-11-22/papers/permanence-plan-rowan (facts changed).docx"
    assert set(desk.files()) == {NAME, COPY, "record.yaml", put_away, "earlier/2026-11-22/record.yaml"}
    assert desk.files()[put_away] == old


def test_a_paper_changed_by_hand_is_kept(desk: Desk) -> None:
    desk.build()
    edited = desk.edit()
    assert desk.action() == "kept"
    assert desk.word.read_bytes() == edited
    assert set(desk.files()) == {NAME, COPY, "record.yaml"}


def test_a_paper_changed_by_hand_whose_facts_change_gets_the_new_version_beside_it(
    desk: Desk, words_in: Callable[[Path], list[str]]
) -> None:
    desk.build()
    edited = desk.edit()
    desk.write("Bryony")
    (paper,) = desk.build().papers.papers
    assert paper.action == "laid beside"
    assert paper.beside == desk.out / "papers" / "permanence-plan-rowan (new 2026-11-22).docx"
    assert paper.beside.name in paper.note
    assert desk.word.read_bytes() == edited
    assert "Bryony" in "\n".join(words_in(paper.beside))
    assert "By hand" not in "\n".join(words_in(paper.beside))


def test_the_version_laid_beside_is_not_laid_again_until_facts_change_again(desk: Desk) -> None:
    desk.build()
    edited = desk.edit()
    desk.write("Bryony")
    desk.build()
    once = desk.files()
    assert desk.action() == "kept"
    assert desk.files() == once
    desk.write("Clara")
    assert desk.action() == "laid beside"
    assert {name for name in desk.files() if "(new" in name and name.endswith(".docx")} == {
        "papers/permanence-plan-rowan (new 2026-11-22).docx",
        "papers/permanence-plan-rowan (new 2026-11-22, 2).docx",
    }
    assert desk.word.read_bytes() == edited


def test_a_file_of_the_same_name_that_the_product_did_not_write_is_never_replaced(desk: Desk) -> None:
    desk.word.parent.mkdir(parents=True)
    desk.word.write_bytes(b"somebody's own letter")
    assert desk.action() == "laid beside"
    assert desk.action() in {"kept", "laid beside"}
    assert desk.word.read_bytes() == b"somebody's own letter"


def test_without_its_record_every_paper_is_taken_for_a_persons(desk: Desk) -> None:
    desk.build()
    edited = desk.edit()
    (desk.out / "record.yaml").unlink()
    desk.write("Bryony")
    assert desk.action() == "laid beside"
    assert desk.word.read_bytes() == edited


def test_a_paper_that_somebody_threw_away_is_written_again(desk: Desk) -> None:
    desk.build()
    desk.word.unlink()
    assert desk.action() == "written"
    assert desk.word.exists()


def test_files_that_the_product_does_not_know_stay(desk: Desk) -> None:
    desk.build()
    (desk.out / "notes.txt").write_text("mine", encoding="utf-8")
    (desk.out / "papers" / "old letter.docx").write_bytes(b"mine too")
    desk.write("Bryony")
    desk.build()
    assert (desk.out / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert (desk.out / "papers" / "old letter.docx").read_bytes() == b"mine too"


@pytest.mark.parametrize("lock", ["~$rmanence-plan-rowan.docx", "~$permanence-plan-rowan.docx"])
def test_a_paper_that_is_open_in_word_is_not_replaced_and_nothing_changes(desk: Desk, lock: str) -> None:
    desk.build()
    (desk.word.parent / lock).write_bytes(b"")
    before = desk.files()
    desk.write("Bryony")
    with pytest.raises(FileBusyError, match=r"open in Word.*Nothing was changed") as busy:
        desk.build()
    assert busy.value.exit_code == 4
    assert desk.files() == before


def test_two_builds_at_once_do_not_get_in_each_others_way(desk: Desk) -> None:
    desk.build()
    before = desk.files()
    desk.write("Bryony")
    held = FileLock(desk.out / ".permanence.lock")
    with held, pytest.raises(FileBusyError, match="Another build") as busy:
        desk.build()
    assert busy.value.exit_code == 4
    held.release()
    (desk.out / ".permanence.lock").unlink(missing_ok=True)
    assert desk.files() == before


def test_a_build_in_another_process_is_noticed(desk: Desk) -> None:
    program = (
        "import sys, pathlib; from generator.workspace.record import Origin\n"
        "from generator.workspace.opening import open_output\n"
        "with open_output(pathlib.Path(sys.argv[1]), Origin()): print('in', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(desk.out)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as other:
        assert other.stdin
        assert other.stdout
        assert other.stdout.readline() == b"in\n"
        with pytest.raises(FileBusyError, match="Another build"):
            desk.build()
        other.stdin.close()
    assert desk.action() == "written"


def test_a_killed_build_leaves_nothing_that_stops_the_next(desk: Desk) -> None:
    program = (
        "import sys, os, signal, pathlib; from generator.workspace.record import Origin\n"
        "from generator.workspace.opening import open_output\n"
        "with open_output(pathlib.Path(sys.argv[1]), Origin()) as f:\n"
        "    (f.work / 'half.docx').write_bytes(b'half')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)"
    )
    ended = subprocess.run([sys.executable, "-c", program, str(desk.out)], check=False, cwd=ROOT)
    assert ended.returncode == -9
    assert list(desk.out.glob(".permanence-work-*/half.docx"))
    desk.build()
    assert set(desk.files()) == {NAME, COPY, "record.yaml"}


@pytest.mark.parametrize("place", ["out", "out/papers"])
def test_a_place_that_cannot_be_a_folder_is_busy_and_stays_as_it_is(desk: Desk, place: str) -> None:
    blocked = desk.out.parent / place
    blocked.parent.mkdir(exist_ok=True)
    blocked.write_bytes(b"a file where the folder should be")
    with pytest.raises(FileBusyError, match="Nothing can be written") as busy:
        desk.build()
    assert busy.value.exit_code == 4
    assert blocked.read_bytes() == b"a file where the folder should be"


def test_a_build_that_fails_midway_leaves_the_old_output_whole(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.build()
    before = desk.files()
    desk.write("Bryony")

    def fail(*_: object, **__: object) -> None:
        raise TemplateError("The template is damaged")

    monkeypatch.setattr("generator.papers.render.template.WordTemplate.fill", fail)
    with pytest.raises(TemplateError):
        desk.build()
    assert desk.files() == before
    assert not list(desk.out.glob(".permanence*"))


def test_a_disk_that_fills_up_while_files_arrive_is_told_as_such(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.build()
    before = desk.files()
    desk.write("Bryony")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(FileBusyError, match="full") as busy:
        desk.build()
    assert busy.value.exit_code == 4
    assert desk.files() == before


def test_the_work_folder_is_private_and_gone_afterwards(tmp_path: Path) -> None:
    with open_output(tmp_path / "out", FROM) as folder:
        assert folder.work.stat().st_mode & 0o777 == 0o700
        work = folder.work
    assert not work.exists()
    assert not list((tmp_path / "out").iterdir())


def test_what_is_written_can_be_read_by_its_owner_alone(desk: Desk) -> None:
    desk.build()
    assert {name: oct((desk.out / name).stat().st_mode & 0o777) for name in desk.files()} == {
        NAME: "0o600",
        COPY: "0o600",
        "record.yaml": "0o600",
    }


@pytest.mark.libreoffice
def test_the_record_tells_the_truth(desk: Desk) -> None:
    desk.build(word_only=False)
    files = read_yaml(desk.out / "record.yaml").facts["files"]
    assert isinstance(files, dict)
    assert set(files) == {NAME, NAME.replace(".docx", ".pdf")}
    for name, entry in files.items():
        assert isinstance(entry, dict)
        assert entry["sha256"] == hashlib.sha256((desk.out / str(name)).read_bytes()).hexdigest()
        assert re.fullmatch("[0-9a-f]{64}", str(entry["inputs"]))
        assert entry["made_on"] == "2026-11-22"
    pdf = files[NAME.replace(".docx", ".pdf")]
    assert isinstance(pdf, dict)
    assert pdf["made_from"] == hashlib.sha256(desk.word.read_bytes()).hexdigest()


@pytest.mark.libreoffice
def test_an_edited_paper_gets_a_pdf_of_the_edit_and_one_with_tracked_changes_gets_none(desk: Desk) -> None:
    desk.build(word_only=False)
    pdf = desk.word.with_suffix(".pdf")
    first = pdf.read_bytes()
    desk.edit("Quite unmistakable")
    (paper,) = desk.build(word_only=False).papers.papers
    assert (paper.action, paper.pdf) == ("kept", pdf)
    text = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    assert "Quite unmistakable" in text
    assert pdf.read_bytes() != first

    edited = desk.edit(struck_out=True)
    (paper,) = desk.build(word_only=False).papers.papers
    assert (paper.action, paper.pdf) == ("kept", None)
    assert "tracked changes" in paper.note
    assert desk.word.read_bytes() == edited


@pytest.mark.libreoffice
def test_a_paper_with_tracked_changes_says_so_when_its_facts_change_too(desk: Desk) -> None:
    desk.build()
    desk.edit(struck_out=True)
    desk.write("Bryony")
    (paper,) = desk.build(word_only=False).papers.papers
    assert (paper.action, paper.pdf) == ("laid beside", None)
    assert "tracked changes" in paper.note


@pytest.mark.libreoffice
def test_a_pdf_is_not_made_again_while_its_word_file_is_the_same(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.build(word_only=False)
    before = desk.files()
    submitted: list[Path] = []
    monkeypatch.setattr(Conversion, "submit", lambda _self, word: submitted.append(word))
    (paper,) = desk.build(word_only=False).papers.papers
    assert (submitted, paper.action, paper.pdf) == ([], "unchanged", desk.word.with_suffix(".pdf"))
    assert desk.files() == before


def test_a_file_is_known_by_its_standing(tmp_path: Path) -> None:
    with open_output(tmp_path / "out", FROM) as folder:
        assert folder.standing("a.docx", "x") is FileStanding.MISSING
        made = folder.work / "a.docx"
        made.write_bytes(b"one")
        folder.place(made, "a.docx", "x")
        folder.deliver()
    with open_output(tmp_path / "out", FROM) as again:
        assert isinstance(again, OutputFolder)
        assert [again.standing("a.docx", inputs) for inputs in ("x", "y")] == [
            FileStanding.CURRENT,
            FileStanding.OUTDATED,
        ]
        (tmp_path / "out" / "a.docx").write_bytes(b"two")
        assert [again.standing("a.docx", inputs) for inputs in ("x", "y")] == [
            FileStanding.EDITED,
            FileStanding.EDITED_AND_OUTDATED,
        ]


@pytest.mark.parametrize("name", ["it's.docx", "a: b.docx", "#1.docx", "papers/Łukasz & 王.docx"])
def test_any_name_comes_back_from_the_record(tmp_path: Path, name: str) -> None:
    with open_output(tmp_path / "out", FROM) as folder:
        made = folder.work / "made"
        made.write_bytes(b"one")
        folder.place(made, name, "cd", made_from="ef")
        folder.deliver()
    with open_output(tmp_path / "out", FROM) as again:
        digest = "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"  # of "one"
        assert again.written == {name: WrittenFile(digest, "cd", "2026-11-22", "ef", FROM)}


def test_a_file_that_is_no_word_file_has_no_tracked_changes(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(b"<w:del >")
    assert not has_unsettled_changes(file)
    assert not has_unsettled_changes(tmp_path / "nothing.docx")


def test_the_output_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    with open_output(tmp_path / "a" / "b", FROM):
        assert os.path.isdir(tmp_path / "a" / "b")  # noqa: PTH112 - the point is the folder itself


MEETING = """
reference: R1
authority: {{name: Hartsmere Council}}
procedure: hertfordshire-2024
children: [{{id: rowan, name: {{given: Rowan}}, born_on: 14 March 2025}}]
people: [{{id: chair, name: {{given: Farida, family: Sesay}}, role: service_manager}}]
meetings:
  - id: ppm-1
    kind: permanence_planning_meeting
    starts_at: 3 August 2026, 2pm
    invited: [{{person: chair, attended: yes}}]
    venue: {venue}
    {signed}
"""
MINUTES = "papers/ppm-minutes-ppm-1.docx"
AGENDA = "papers/ppm-agenda-ppm-1.docx"


class Minutes(Desk):
    """The same desk with the minutes of a meeting, which its chair signs off."""

    def write(self, name: str, *, signed: bool = False) -> None:
        agreed = "minutes_agreed_on: 10 August 2026" if signed else ""
        self.case.write_text(MEETING.format(venue=name, signed=agreed), encoding="utf-8")

    def actions(self) -> dict[str, str]:
        codes = ["ppm-minutes", "ppm-agenda"]
        report = build_papers(self.case, Run(ON, output=self.out), codes=codes, word_only=True)
        self.notes = {paper.word.relative_to(self.out).as_posix(): paper.note for paper in report.papers.papers}
        return {paper.word.relative_to(self.out).as_posix(): paper.action for paper in report.papers.papers}


def test_signing_off_replaces_the_draft_and_puts_it_away_under_that_reason(tmp_path: Path) -> None:
    desk = Minutes(tmp_path)
    desk.actions()
    draft = (desk.out / MINUTES).read_bytes()
    desk.write("Rowan", signed=True)
    assert desk.actions()[MINUTES] == "replaced"
    assert desk.files()["earlier/2026-11-22/papers/ppm-minutes-ppm-1 (signed off).docx"] == draft


def test_a_signed_paper_is_never_replaced_and_the_new_one_is_laid_beside_it_once(tmp_path: Path) -> None:
    desk = Minutes(tmp_path)
    desk.write("Town Hall", signed=True)
    desk.actions()
    signed = (desk.out / MINUTES).read_bytes()
    desk.write("Civic Hall", signed=True)
    assert desk.actions() == {MINUTES: "laid beside", AGENDA: "replaced"}
    assert "signed off" in desk.notes[MINUTES]
    assert (desk.out / MINUTES).read_bytes() == signed
    once = desk.files()
    assert desk.actions() == {MINUTES: "unchanged", AGENDA: "unchanged"}
    assert desk.files() == once
    desk.write("Town Hall", signed=True)
    assert desk.actions()[MINUTES] == "unchanged"


def test_a_signed_paper_that_would_say_the_same_gets_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Minutes(tmp_path)
    desk.write("Town Hall", signed=True)
    desk.actions()
    before = desk.files()
    monkeypatch.setattr("generator.jobs.outcomes.identify_product", lambda: "99")
    assert desk.actions() == {MINUTES: "unchanged", AGENDA: "unchanged"}
    assert {name: held for name, held in desk.files().items() if name != "record.yaml"} == {
        name: held for name, held in before.items() if name != "record.yaml"
    }


def test_a_paper_changed_by_hand_gets_nothing_beside_it_while_the_new_one_would_say_the_same(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.build()
    desk.edit()
    monkeypatch.setattr("generator.jobs.outcomes.identify_product", lambda: "99")
    assert desk.action() == "kept"
    assert set(desk.files()) == {NAME, COPY, "record.yaml"}


def test_a_paper_saved_again_with_the_same_words_is_told_as_such_and_never_overwritten(desk: Desk) -> None:
    desk.build()
    document = Document(str(desk.word))
    document.save(str(desk.word))
    saved = desk.word.read_bytes()
    (paper,) = desk.build().papers.papers
    assert (paper.action, paper.note) == ("kept", "Saved again, same words.")
    desk.write("Bryony")
    (paper,) = desk.build().papers.papers
    assert paper.action == "laid beside"
    assert desk.word.read_bytes() == saved


def test_what_differs_is_told_by_number_and_in_full_in_a_file_beside(desk: Desk) -> None:
    desk.build()
    document = Document(str(desk.word))
    title = next(one for one in document.paragraphs if one.text.strip() == "Rowan")
    title.runs[0].text = "Our Rowan "
    document.save(str(desk.word))
    desk.write("Bryony")
    (paper,) = desk.build().papers.papers
    assert paper.differences
    assert paper.differences.report.name == "permanence-plan-rowan (new 2026-11-22) - what differs.txt"
    text = paper.differences.report.read_text("utf-8")
    assert re.search(r"Paragraph 2.*\(you changed it too\)\n  before: Rowan\n  now: +Bryony\n  yours: +Our Rowan", text)
    assert "1 of them you changed too" in paper.note
    assert "Look at your paragraphs 2" in paper.note
    assert "Bryony" not in paper.note
    assert "Rowan" not in paper.note


def test_the_screen_and_json_hold_the_words_only_where_they_are_asked_for(desk: Desk) -> None:
    desk.build()
    desk.edit()
    desk.write("Bryony")
    options = ["build", str(desk.case), "permanence-plan", "-o", str(desk.out), "--word-only", "--on", "2026-11-22"]
    said = CliRunner().invoke(main, [*options, "--json"])
    assert said.exit_code == 0
    (paper,) = json.loads(said.stdout)["papers"]
    assert {tuple(one) for one in paper["differs"]["paragraphs"]} == {("kind", "number", "by_hand")}
    assert "Bryony" not in said.output
    desk.write("Clara")
    shown = CliRunner().invoke(main, [*options, "--show-values"])
    assert "now:    Clara" in shown.output


@pytest.mark.parametrize(
    ("what", "reason"),
    [("template_sha256", "template changed"), ("product", "product changed"), ("rules", "procedure changed")],
)
def test_an_old_version_is_put_away_with_what_changed(desk: Desk, what: str, reason: str) -> None:
    desk.build()
    record = desk.out / "record.yaml"
    record.write_text(re.sub(rf"(    {what}: ).*", r"\1other", record.read_text("utf-8")), encoding="utf-8")
    desk.write("Bryony")
    desk.build()
    listed = read_yaml(desk.out / "earlier/2026-11-22/record.yaml").facts["files"]
    (name,) = listed
    assert name == f"earlier/2026-11-22/papers/permanence-plan-rowan ({reason}).docx"
    assert listed[name]["was"] == NAME
    assert listed[name]["reason"] == reason
    assert listed[name]["sha256"] == hashlib.sha256((desk.out / name).read_bytes()).hexdigest()


def test_earlier_versions_never_take_each_others_names_and_all_can_be_shown_again(desk: Desk) -> None:
    made = []
    for name in ("Anna", "Ben", "Clara", "Dora"):
        desk.write(name)
        desk.build()
        made.append(desk.word.read_bytes())
    put_away = [name for name in desk.files() if name.startswith("earlier/2026") and name.endswith(".docx")]
    assert sorted(desk.files()[name] for name in put_away) == sorted(made[:-1])
    listed = read_yaml(desk.out / "record.yaml").facts["earlier"]
    assert listed == ["earlier/2026-11-22", "earlier/2026-11-22, 2", "earlier/2026-11-22, 3"]


@pytest.mark.libreoffice
def test_a_pdf_changed_by_hand_stays_and_the_new_one_is_laid_beside(desk: Desk) -> None:
    desk.build(word_only=False)
    pdf = desk.word.with_suffix(".pdf")
    pdf.write_bytes(pdf.read_bytes() + b"% signed by hand")
    signed = pdf.read_bytes()
    desk.write("Bryony")
    (paper,) = desk.build(word_only=False).papers.papers
    assert paper.action == "replaced"
    assert pdf.read_bytes() == signed
    assert paper.pdf == pdf.with_name("permanence-plan-rowan (new 2026-11-22).pdf")
    assert paper.pdf.name in paper.note


@pytest.mark.parametrize("what", ["one letter", "tracked change", "comment", "renamed", "moved", "thrown away"])
def test_whatever_a_person_does_with_a_paper_nothing_of_theirs_is_lost(desk: Desk, what: str) -> None:
    desk.build()
    made = desk.word.read_bytes()
    if what == "one letter":
        desk.edit("x")
    elif what == "tracked change":
        desk.edit(struck_out=True)
    elif what == "comment":
        document = Document(str(desk.word))
        document.add_comment(document.paragraphs[0].runs, text="Why?", author="A")
        document.save(str(desk.word))
    elif what == "renamed":
        desk.word.rename(desk.word.with_name("mine.docx"))
    elif what == "moved":
        desk.word.rename(desk.out.parent / "mine.docx")
    else:
        desk.word.unlink()
    theirs = {file: file.read_bytes() for file in desk.out.parent.rglob("*.docx")}
    desk.write("Bryony")
    desk.build()
    desk.write("Clara")
    desk.build()
    assert {file: file.read_bytes() for file in theirs if "as-made" not in str(file)} == {
        file: held for file, held in theirs.items() if "as-made" not in str(file)
    }
    assert made in desk.files().values()


def test_copies_that_a_synced_folder_made_stay_and_without_its_record_nothing_is_lost(desk: Desk) -> None:
    desk.build()
    for name in ("permanence-plan-rowan (1).docx", "permanence-plan-rowan-LAPTOP.docx"):
        (desk.word.parent / name).write_bytes(desk.word.read_bytes() + b"x")
    (desk.out / "record.yaml").rename(desk.out / "record-LAPTOP.yaml")
    before = desk.files()
    desk.write("Bryony")
    assert desk.action() == "laid beside"
    assert before.items() <= desk.files().items()


def test_a_paper_that_is_just_what_would_be_written_is_known_again_without_the_record(desk: Desk) -> None:
    desk.build()
    (desk.out / "record.yaml").unlink()
    assert desk.action() == "unchanged"
    desk.write("Bryony")
    assert desk.action() == "replaced"


@pytest.mark.parametrize(
    "record",
    ["", "{", "files: 3", "- a", "version: 99\nfiles: {}", "files: {'%s': {sha256: x}}", "files: {'%s': [1]}", "\x00"],
)
def test_with_a_record_that_is_damaged_or_of_another_version_papers_are_a_persons_and_it_is_said(
    desk: Desk, record: str
) -> None:
    desk.build()
    before = desk.word.read_bytes()
    damaged = record.replace("%s", NAME).encode()
    (desk.out / "record.yaml").write_bytes(damaged)
    desk.write("Bryony")
    report = desk.build()
    assert [paper.action for paper in report.papers.papers] == ["laid beside"]
    assert desk.word.read_bytes() == before
    assert any("record.yaml" in said and "move your own out" in said for said in report.papers.warnings)
    assert desk.files()["earlier/2026-11-22/record (damaged).yaml"] == damaged
    assert not any("record.yaml" in said for said in desk.build().papers.warnings)


def test_a_record_of_the_first_release_still_tells_ours_from_theirs(desk: Desk) -> None:
    desk.build()
    record = desk.out / "record.yaml"
    entry = read_yaml(record).facts["files"][NAME]
    first = {key: entry[key] for key in ("sha256", "inputs", "made_on")}
    record.write_text(f"files:\n  '{NAME}': {json.dumps(first)}\n", encoding="utf-8")
    desk.write("Bryony")
    assert desk.action() == "replaced"


def test_the_record_says_what_each_paper_was_made_from(desk: Desk) -> None:
    build_papers(desk.case, Run(ON, dt.date(2026, 11, 23), output=desk.out), codes=["permanence-plan"], word_only=True)
    entry = read_yaml(desk.out / "record.yaml").facts["files"][NAME]
    template = TEMPLATES / "permanence-plan"
    cards = template.with_suffix(".yaml").read_bytes() + template.with_suffix(".docx").read_bytes()
    cards += template.with_name("house-style.docx").read_bytes()
    assert {key: value for key, value in entry.items() if key not in {"inputs", "rules", "searched"}} == {
        "sha256": hashlib.sha256(desk.word.read_bytes()).hexdigest(),
        "made_on": "2026-11-23",
        "on": "2026-11-22",
        "case": hashlib.sha256(desk.case.read_bytes()).hexdigest(),
        "procedure": "hertfordshire-2024",
        "edition": "updated November 2024",
        "template": "permanence-plan",
        "template_sha256": hashlib.sha256(cards).hexdigest(),
        "product": identify_product(),
        "draft": "yes",
    }


@pytest.mark.parametrize(
    ("today", "says"), [(dt.date(1999, 12, 31), "before the year 2000"), (dt.date(2026, 1, 1), "still to come")]
)
def test_a_clock_that_is_wrong_is_pointed_out_and_decides_nothing(desk: Desk, today: dt.date, says: str) -> None:
    desk.build()
    desk.write("Bryony")
    report = build_papers(desk.case, Run(ON, today, output=desk.out), codes=["permanence-plan"], word_only=True)
    assert [paper.action for paper in report.papers.papers] == ["replaced"]
    assert any(says in said for said in report.papers.warnings)
