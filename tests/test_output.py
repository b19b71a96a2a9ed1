"""Nothing lost: what people changed stays, what they did not is replaced, and a failed build leaves all as it was."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from filelock import FileLock

from generator.convert import Conversion
from generator.errors import FileBusyError, TemplateError
from generator.output import Origin, OutputFolder, Standing, Written, open_output
from generator.pipeline import BuildReport, build_papers
from generator.wording import has_unsettled_changes
from generator.yamlfile import read_yaml

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
        return build_papers(self.case, ON, output=self.out, codes=["permanence-plan"], word_only=word_only)

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
        return {
            file.relative_to(self.out).as_posix(): file.read_bytes()
            for file in sorted(self.out.rglob("*"))
            if file.is_file()
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
        "import sys, pathlib; from generator.output import Origin, open_output\n"
        "with open_output(pathlib.Path(sys.argv[1]), Origin()): print('in', flush=True); sys.stdin.read()"
    )
    root = Path(__file__).resolve().parent.parent
    with subprocess.Popen(
        [sys.executable, "-c", program, str(desk.out)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root
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
        "import sys, os, signal, pathlib; from generator.output import Origin, open_output\n"
        "with open_output(pathlib.Path(sys.argv[1]), Origin()) as f:\n"
        "    (f.work / 'half.docx').write_bytes(b'half')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)"
    )
    root = Path(__file__).resolve().parent.parent
    ended = subprocess.run([sys.executable, "-c", program, str(desk.out)], check=False, cwd=root)
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

    monkeypatch.setattr("generator.render.PaperTemplate.fill", fail)
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


def test_a_paper_with_tracked_changes_says_so_when_its_facts_change_too(desk: Desk) -> None:
    desk.build()
    desk.edit(struck_out=True)
    desk.write("Bryony")
    (paper,) = desk.build(word_only=False).papers.papers
    assert (paper.action, paper.pdf) == ("laid beside", None)
    assert "tracked changes" in paper.note


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
        assert folder.standing("a.docx", "x") is Standing.MISSING
        made = folder.work / "a.docx"
        made.write_bytes(b"one")
        folder.place(made, "a.docx", "x")
        folder.deliver()
    with open_output(tmp_path / "out", FROM) as again:
        assert isinstance(again, OutputFolder)
        assert [again.standing("a.docx", inputs) for inputs in ("x", "y")] == [Standing.CURRENT, Standing.OUTDATED]
        (tmp_path / "out" / "a.docx").write_bytes(b"two")
        assert [again.standing("a.docx", inputs) for inputs in ("x", "y")] == [
            Standing.EDITED,
            Standing.EDITED_AND_OUTDATED,
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
        assert again.written == {name: Written(digest, "cd", "2026-11-22", "ef", FROM)}


def test_a_file_that_is_no_word_file_has_no_tracked_changes(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(b"<w:del >")
    assert not has_unsettled_changes(file)
    assert not has_unsettled_changes(tmp_path / "nothing.docx")


def test_the_output_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    with open_output(tmp_path / "a" / "b", FROM):
        assert os.path.isdir(tmp_path / "a" / "b")  # noqa: PTH112 - the point is the folder itself
