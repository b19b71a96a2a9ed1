"""Files that nobody can read to the end are never called clean, and names made of everyday words are told from them."""

from __future__ import annotations

import bz2
import gzip
import io
import shutil
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml

from generator.case.audience import Audience
from generator.case.load import read_case_text
from generator.cli import run
from generator.disclosure.lens import Lens
from generator.disclosure.listing import list_protected
from generator.disclosure.search import Search, TextRun
from places import CORPORA

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_CASE = """
reference: A
authority: {name: Hartsmere Council}
procedure: england
children: [{id: ben, name: {given: Ben}, born_on: 1 May 2020}]
people:
  - {id: m, name: {given: Ada, family: Ash}, relationships: [{to: ben, as: mother}]}
  - id: c
    name: {given: Grace, family: May}
    relationships: [{to: ben, as: foster_carer}]
    telephone: 01632 960433
    address: {lines: [88 Albert Road, Hartsmere], postcode: ZZ90 2AT, confidential: yes}
  - {id: d, name: {given: Will, family: King}, relationships: [{to: ben, as: foster_carer}]}
"""
CASE = read_case_text(_CASE.encode(), "case.yaml")
_SAYS = "They live at 88 Albert Road with Grace May."


def facts_in(text: str) -> set[str]:
    """Which facts that are kept from the mother are found in a text."""
    kept = list_protected(CASE, Lens(Audience.PARENT, "m"))
    return {find.protected.fact for find in Search(kept).look([TextRun((("text", text),))])}


@pytest.mark.parametrize(
    "text",
    [
        "Grace may come, and saying grace may help.",
        "She spoke with grace. May we ask?",
        "They came in May. Grace is said before lunch.",
        "Will I see you? May I?",
        "The King will rule.",
    ],
)
def test_sentences_are_not_names(text: str) -> None:
    assert not facts_in(text)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Grace May came.", "people.c.name"),
        ("GRACE MAY", "people.c.name"),
        ("May, Grace", "people.c.name"),
        ("Mrs. May came.", "people.c.name"),
        ("G. May came.", "people.c.name"),
        ("write to grace.may@post.example", "people.c.name"),
        ("The Mays have a dog.", "people.c.name"),
        ("Grace M. cooked.", "people.c.name"),
        ("Will K drove her.", "people.d.name"),
        ("Grace\nMay", "people.c.name"),
        ("Ring O1632 96O433.", "people.c.telephone"),
        ("ZZ9O 2AT", "people.c.address"),
    ],
)
def test_the_same_words_are_names_where_they_are_written_so(text: str, fact: str) -> None:
    assert fact in facts_in(text)


def _pack(*entries: tuple[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return packed.getvalue()


def _word(body: str) -> bytes:
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    document = f"<w:document {_W}><w:body>{body}</w:body></w:document>"
    return _pack(("[Content_Types].xml", types), ("word/document.xml", document))


def _examine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *files: Path) -> int:
    (tmp_path / "case.yaml").write_text(_CASE, encoding="utf-8")
    given = ["permanence", "examine", *map(str, files), "--case", str(tmp_path / "case.yaml"), "--for", "m"]
    monkeypatch.setattr("sys.argv", given)
    with pytest.raises(SystemExit) as left:
        run()
    assert isinstance(left.value.code, int)
    return left.value.code


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.7z", b"7z\xbc\xaf\x27\x1c" + bytes(range(200))),
        ("a.rar", b"Rar!\x1a\x07\x01\x00" + bytes(range(200))),
        ("a.bz2", bz2.compress(_SAYS.encode())),
        ("a.zip", _pack(("inside.7z", b"7z\xbc\xaf\x27\x1c" + bytes(range(200))))),
        ("a.pages", _pack(("Index/Document.iwa", b"\x00\x10packed away"))),
        ("object.rtf", b"{\\rtf1 {\\object\\objemb{\\*\\objdata 3838}} hello}"),
        ("cut-off.docx", _word("<w:p><w:r><w:t>hello")),
        (
            "words.docx",
            _pack(("[Content_Types].xml", ""), ("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')),
        ),
    ],
)
def test_what_cannot_be_opened_is_not_called_clean(
    name: str, content: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    assert _examine(monkeypatch, tmp_path, tmp_path / name) == 2


_DEEP = f"{'<w:p>' * 9000}{'</w:p>' * 9000}<w:p><w:r><w:t>{_SAYS}</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("deep.docx", _word(_DEEP)),
        ("a.txt.gz", gzip.compress(_SAYS.encode(), mtime=0)),
        (
            "a.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg'><text>Grace <tspan>M</tspan><tspan>ay</tspan></text></svg>",
        ),
        ("bookmark.rtf", b"{\\rtf1 Gr{\\*\\bkmkstart x}ace M{\\*\\bkmkend x}ay}"),
        ("hyphen.docx", _word("<w:p><w:r><w:t>88-Al</w:t><w:noBreakHyphen/><w:t>bert Road</w:t></w:r></w:p>")),
    ],
)
def test_a_leak_behind_what_is_hard_to_read_is_found(
    name: str, content: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    assert _examine(monkeypatch, tmp_path, tmp_path / name) == 5


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<html><img src='data:image/png;base64,iVBORw0KGgo='></html>"),
        ("picture.rtf", b"{\\rtf1 {\\pict\\pngblip 89504e47} hello}"),
        ("shot.webp", b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(40)),
        ("sound.bin", b"\x00\x01\x02\x03" + bytes(range(256)) * 4),
    ],
)
def test_what_holds_no_words_is_listed(
    name: str,
    content: bytes,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / name).write_bytes(content)
    assert _examine(monkeypatch, tmp_path, tmp_path / name) == 0
    assert "not searched" in capsys.readouterr().out


def test_a_file_that_cannot_be_read_is_told_beside_one_that_leaks(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "leak.txt").write_text(_SAYS, encoding="utf-8")
    (tmp_path / "locked.7z").write_bytes(b"7z\xbc\xaf\x27\x1c")
    assert _examine(monkeypatch, tmp_path, tmp_path / "leak.txt", tmp_path / "locked.7z") == 5
    assert "what is packed in it" in capsys.readouterr().out


def test_the_place_of_a_picture_never_says_what_is_kept_back(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "photos.zip").write_bytes(_pack(("Grace May.png", b"\x89PNG\r\n"), ("Grace May.7z", b"7z\xbc\xaf")))
    assert _examine(monkeypatch, tmp_path, tmp_path / "photos.zip") == 5
    said = "".join(capsys.readouterr())
    assert "Grace" not in said


def _build(monkeypatch: pytest.MonkeyPatch, case: Path, output: Path, command: str = "build") -> int:
    more = ["letter-meeting-outcome", "-o", str(output), "--word-only"] if command == "build" else []
    monkeypatch.setattr("sys.argv", ["permanence", command, str(case), *more, "--on", "2026-11-22"])
    with pytest.raises(SystemExit) as left:
        run()
    assert isinstance(left.value.code, int)
    return left.value.code


_FAMILY = CORPORA / "leaks"
_CLEARED = """
disclosure_cleared:
  - {fact: people.carer-1.name, for: mother, in: [PAPER], reason: She knows her., by: Will Brown, on: 3 August 2026}
"""


@pytest.mark.parametrize(
    ("paper", "code"), [("letter-meeting-outcome-ppm-1-mother", 0), ("letter-meeting-outcome-ppm-1-mothre", 5)]
)
def test_what_was_allowed_is_told_and_a_paper_that_is_not_there_as_well(
    paper: str, code: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = tmp_path / "case"
    shutil.copytree(_FAMILY, case, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    text = (case / "case.yaml").read_text(encoding="utf-8")
    text = text.replace("We thought hard about it.", "We thought of Mrs Field too.") + _CLEARED.replace("PAPER", paper)
    (case / "case.yaml").write_text(text, encoding="utf-8")
    assert _build(monkeypatch, case, tmp_path / "out") == code
    said = "".join(capsys.readouterr())
    assert ("disclosure_cleared in the case file allows: people.carer-1.name" in said) == (code == 0)
    _build(monkeypatch, case, tmp_path / "out", "check")
    said = "".join(capsys.readouterr())
    assert ("there is no paper or evidence of this name" in said) == (code != 0)
    assert ("did you mean letter-meeting-outcome-ppm-1-mother?" in said) == (code != 0)


def test_a_word_run_with_a_soft_hyphen_in_a_name_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    document = docx.Document()
    run_ = f"<w:r {_W}><w:t>Gra</w:t><w:softHyphen/><w:t>ce May</w:t></w:r>"
    document.add_paragraph()._p.append(parse_xml(run_))
    document.save(str(tmp_path / "letter.docx"))
    assert _examine(monkeypatch, tmp_path, tmp_path / "letter.docx") == 5
