"""Every fault of a Word template is named, with its place; what is safe is mended; comments stand where they belong."""

from __future__ import annotations

import importlib.util
import io
import json
import shutil
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import docx
import pytest
from click.testing import CliRunner
from lxml import etree

from generator.base.explanations import read_explanations
from generator.cli import main
from generator.jobs.lint_templates import TemplateCheck, check_templates
from places import CORPORA, TEMPLATES

TRAPS = CORPORA / "traps"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def load_maker() -> Any:
    spec = importlib.util.spec_from_file_location("make_traps", TRAPS / "make.py")
    assert spec
    assert spec.loader
    maker = importlib.util.module_from_spec(spec)
    sys.modules["make_traps"] = maker
    spec.loader.exec_module(maker)
    return maker


MAKER = load_maker()


@pytest.fixture(scope="module")
def checked() -> Mapping[str, TemplateCheck]:
    checks = check_templates([TRAPS / f"{name}.docx" for name in MAKER.TRAPS])
    return {check.path.stem: check for check in checks}


@pytest.mark.parametrize("name", MAKER.TRAPS)
def test_a_trap_is_named_with_its_code_and_its_place(name: str, checked: Mapping[str, TemplateCheck]) -> None:
    trap = MAKER.TRAPS[name]
    found = [one for one in checked[name].findings if one.code == trap.code]
    assert found, [one.code for one in checked[name].findings]
    told = [one for one in found if str(one.where).endswith(trap.place)]
    assert told, [str(one.where) for one in found]
    assert any(trap.says in f"{one.says} {one.remedy}" for one in told), [one.says for one in told]
    assert told[0].level.value == trap.level


@pytest.mark.parametrize("name", MAKER.TRAPS)
def test_the_trap_files_are_what_their_script_makes(name: str) -> None:
    with zipfile.ZipFile(TRAPS / f"{name}.docx") as archive:
        made = {info.filename: archive.read(info).decode() for info in archive.infolist()}
    assert made == MAKER.list_files(MAKER.TRAPS[name])


def test_every_code_has_a_trap_and_an_explanation() -> None:
    named = {trap.code for trap in MAKER.TRAPS.values()}
    # A paper that fails in the trial alone is one that the checks before it should have named: see below.
    assert {code for code in read_explanations() if code.startswith("T1")} - {"T170"} == named - {"D001"}


def test_two_faults_of_one_template_are_told_together(checked: Mapping[str, TemplateCheck]) -> None:
    found = [one for one in checked["two-cannot-be-read"].findings if one.code == "T120"]
    assert [str(one.where) for one in found] == ["text, paragraph 1", "text, paragraph 2"]


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["templates", "check", *arguments], standalone_mode=False)
    if done.exception:
        raise done.exception
    return int(done.return_value), done.output


def copy(name: str, folder: Path) -> Path:
    for ending in (".docx", ".yaml"):
        shutil.copy(TRAPS / f"{name}{ending}", folder / f"{name}{ending}")
    return folder / f"{name}.docx"


@pytest.mark.parametrize(("name", "code"), [("curly-quotes", 0), ("unguarded", 1), ("withheld", 5)])
def test_the_exit_code_says_how_grave_it_is(name: str, code: int) -> None:
    assert run(str(TRAPS / f"{name}.docx"))[0] == code


def test_json_tells_the_place_in_parts() -> None:
    code, said = run(str(TRAPS / "across-cells.docx"), "--json")
    [found] = json.loads(said)
    assert code == 1
    assert (found["code"], found["level"], found["part"]) == ("T124", "must", "text")
    assert (found["table"], found["row"], found["column"], found["paragraph"]) == (1, 2, 2, None)
    assert found["words"] == "y{% endif %}"


def test_sarif_has_what_its_readers_need() -> None:
    file = str(TRAPS / "two-formats.docx")
    report = json.loads(run(file, "--sarif")[1])
    assert report["version"] == "2.1.0"
    [only] = report["runs"]
    driver = only["tool"]["driver"]
    assert driver["rules"] == [
        {
            "id": "T143",
            "shortDescription": {"text": "T143"},
            "fullDescription": {"text": read_explanations()["T143"]},
        }
    ]
    [result] = only["results"]
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == ("T143", 0, "warning")
    assert "two ways" in result["message"]["text"]
    [place] = result["locations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == file
    assert place["logicalLocations"] == [{"fullyQualifiedName": "text, paragraph 1", "kind": "element"}]


def test_findings_become_word_comments_where_they_are(tmp_path: Path) -> None:
    out = tmp_path / "notes.docx"
    assert run(str(TRAPS / "unknown-in-loop.docx"), "--annotate", str(out))[0] == 1
    with zipfile.ZipFile(out) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
        comments = etree.fromstring(archive.read("word/comments.xml"))
        types = archive.read("[Content_Types].xml").decode()
        relations = archive.read("word/_rels/document.xml.rels").decode()
    [comment] = comments
    assert "".join(map(str, comment.itertext())).startswith("T101 (must): There is no one.ordr")
    assert types.count("/word/comments.xml") == 1
    assert relations.count("relationships/comments") == 1
    marks = [body.find(f".//{W}{name}") for name in ("commentRangeStart", "commentRangeEnd", "commentReference")]
    assert {mark.get(f"{W}id") for mark in marks if mark is not None} == {comment.get(f"{W}id")}
    assert marks[0] is not None
    paragraph = marks[0].getparent()
    assert paragraph is not None
    assert "{{ one.ordr }}" in [text.text for text in paragraph.iter(f"{W}t")]
    [read] = docx.Document(str(out)).comments
    assert read.text.startswith("T101")


def test_what_is_wrong_in_a_header_is_a_comment_at_the_beginning(tmp_path: Path) -> None:
    out = tmp_path / "notes.docx"
    run(str(TRAPS / "unknown-in-header.docx"), "--annotate", str(out))
    [comment] = docx.Document(str(out)).comments
    assert "In the header, paragraph 1." in comment.text


@pytest.mark.parametrize(
    "name", ["curly-quotes", "low-quotes", "hard-space", "two-formats", "no-header-row", "language"]
)
def test_what_is_safe_is_mended_and_the_original_kept(name: str, tmp_path: Path) -> None:
    file = copy(name, tmp_path)
    before = file.read_bytes()
    code, said = run(str(file), "--fix")
    assert (code, "nothing found" in said) == (0, True), said
    assert (tmp_path / f"{name} (before fix).docx").read_bytes() == before
    assert file.read_bytes() != before


def test_a_mended_tag_says_what_it_said(tmp_path: Path) -> None:
    file = copy("two-formats", tmp_path)
    run(str(file), "--fix")
    paragraph = docx.Document(str(file)).paragraphs[0]
    assert paragraph.text == "{{ child.name }}"
    assert [one.text for one in paragraph.runs if one.text] == ["{{ child.name }}"]


def test_with_a_name_for_the_mended_template_the_file_itself_stays(tmp_path: Path) -> None:
    file = copy("curly-quotes", tmp_path)
    before, out = file.read_bytes(), tmp_path / "mended.docx"
    shutil.copy(file.with_suffix(".yaml"), out.with_suffix(".yaml"))
    assert run(str(file), "--fix", "-o", str(out))[0] == 0
    assert file.read_bytes() == before
    assert "'female'" in docx.Document(str(out)).paragraphs[0].text
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "curly-quotes.docx",
        "curly-quotes.yaml",
        "mended.docx",
        "mended.yaml",
    ]


def test_nothing_is_written_where_nothing_is_safe_to_mend(tmp_path: Path) -> None:
    file = copy("unguarded", tmp_path)
    before = file.read_bytes()
    assert run(str(file), "--fix")[0] == 1
    assert file.read_bytes() == before
    assert not (tmp_path / "unguarded (before fix).docx").exists()


def test_a_template_without_a_card_is_looked_at_as_far_as_it_goes(tmp_path: Path) -> None:
    shutil.copy(TRAPS / "two-p.docx", tmp_path / "lonely.docx")
    code, said = run(str(tmp_path / "lonely.docx"))
    assert code == 1
    assert "There is no card beside the template" in said
    assert "Two tags with p" in said


def test_a_paper_that_fails_in_the_trial_is_told_with_its_paragraph(tmp_path: Path) -> None:
    file = tmp_path / "tall.docx"
    document = docx.Document(str(TEMPLATES / "house-style.docx"))
    document.add_paragraph("Fine")
    # Reading cannot tell what a number will be.
    document.add_paragraph("Weeks: {{ 52 / (child.full_name | length - child.full_name | length) }}")
    document.save(str(file))
    file.with_suffix(".yaml").write_text('title: "Tall"\nfor_each: [child]\naudience: internal\n', encoding="utf-8")
    code, said = run(str(file), "--json")
    [found] = json.loads(said)
    assert (code, found["code"], found["part"]) == (1, "T170", "text")
    assert found["words"].startswith("Weeks: {{ 52 /")


def test_templates_of_every_shipped_paper_and_the_house_style_are_clean_after_mending() -> None:
    from generator.papers.lint.mend import mend

    for file in sorted(TEMPLATES.glob("*.docx")):
        content = file.read_bytes()
        assert mend(content, file.name) == (content, ()), file.name


def test_a_damaged_file_is_told_as_one(tmp_path: Path) -> None:
    file = tmp_path / "broken.docx"
    file.write_bytes(io.BytesIO(b"not a zip file").getvalue())
    code, said = run(str(file))
    assert code == 1
    assert "is not a Word file" in said


def test_a_folder_stands_for_its_templates_and_what_is_only_kept_for_none(tmp_path: Path) -> None:
    copy("unguarded", tmp_path)
    shutil.copy(TRAPS / "macros.docx", tmp_path / "unguarded (before fix).docx")
    (tmp_path / "~$guarded.docx").write_bytes(b"lock")
    found = json.loads(run(str(tmp_path), "--json")[1])
    assert [(one["file"], one["code"]) for one in found] == [("unguarded.docx", "T103")]


@pytest.mark.parametrize("option", ["--annotate", "-o"])
def test_the_template_itself_is_never_written_over_by_name(option: str, tmp_path: Path) -> None:
    file = copy("curly-quotes", tmp_path)
    before = file.read_bytes()
    with pytest.raises(click.UsageError, match="another name"):
        run(str(file), "--fix", option, str(file))
    assert file.read_bytes() == before


def test_a_damaged_file_is_told_and_not_passed_over(tmp_path: Path) -> None:
    damaged = copy("unguarded", tmp_path)
    with zipfile.ZipFile(damaged) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    with zipfile.ZipFile(damaged, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content[:200] if name == "word/styles.xml" else content)
    code, said = run(str(damaged), "--json")
    assert code == 1
    assert [one["code"] for one in json.loads(said)] == ["T100"]


def test_comments_may_speak_of_tags(tmp_path: Path) -> None:
    asked = copy("unguarded", tmp_path)
    notes = tmp_path / "notes.docx"
    assert run(str(asked), "--annotate", str(notes))[0] == 1
    shutil.copy(asked.with_suffix(".yaml"), notes.with_suffix(".yaml"))
    again = json.loads(run(str(notes), "--json")[1])
    assert [one["code"] for one in again] == ["T103"]


def test_a_file_that_unpacks_to_gigabytes_is_not_unpacked_by_the_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "letter.docx"
    file.write_bytes((TEMPLATES / "house-style.docx").read_bytes())
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/x.bin", bytes(60 << 20))
    read = zipfile.ZipFile.read

    def note(archive: zipfile.ZipFile, name: zipfile.ZipInfo | str, *more: bytes) -> bytes:
        assert "x.bin" not in str(name)
        return read(archive, name, *more)

    monkeypatch.setattr(zipfile.ZipFile, "read", note)
    code, said = run(str(file), "--json")
    assert code == 1
    assert [found["code"] for found in json.loads(said)] == ["T100"]
