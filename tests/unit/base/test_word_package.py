"""Office files as packages: what is refused before it is unpacked, and that the same parts give the same bytes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document

from generator.base.word_package import (
    DamagedPackageError,
    Hazard,
    PackageLimits,
    declares_entities,
    open_package,
    rewrite_package,
    save_document,
    write_package,
)
from generator.base.word_xml import parse_damaged_xml, parse_outside_xml, parse_xml

_PARTS = (("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<a/>"), ("word/media/one.png", b"\x89PNG" * 9))
_LIMITS = PackageLimits(parts=3, part_bytes=2 << 20, all_bytes=3 << 20, most_packed=100)


def pack(*parts: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("parts", "hazard"),
    [
        (_PARTS, None),
        ((*_PARTS, ("word/more.xml", b"<a/>")), Hazard.TOO_LARGE),
        ((("word/document.xml", b"a" * (2 << 20) + b"b"),), Hazard.TOO_LARGE),
        ((("word/document.xml", b"a" * ((1 << 20) + 1)),), Hazard.TOO_LARGE),
        ((("word/document.xml", b"<a/>"), ("Word/Document.xml", b"<b/>")), Hazard.TWO_OF_ONE_NAME),
        ((("../document.xml", b"<a/>"),), Hazard.OUTSIDE_ITS_FOLDER),
        ((("/document.xml", b"<a/>"),), Hazard.OUTSIDE_ITS_FOLDER),
        ((("C:/document.xml", b"<a/>"),), Hazard.OUTSIDE_ITS_FOLDER),
    ],
)
def test_hazards_are_told_before_anything_is_unpacked(
    parts: tuple[tuple[str, bytes], ...], hazard: Hazard | None
) -> None:
    with open_package(pack(*parts)) as package:
        assert package.find_hazard(_LIMITS) is hazard


def test_a_part_that_unpacks_to_more_than_it_says_is_damage() -> None:
    content = bytearray(pack(("word/document.xml", b"a" * 100_000)))
    for sign, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = content.index(sign) + at
        content[place : place + 4] = (10).to_bytes(4, "little")
    with pytest.raises(DamagedPackageError), open_package(bytes(content)) as package:
        package.read("word/document.xml")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", pack(*_PARTS)[:-30], b"<html/>"])
def test_whatever_is_no_archive_is_one_error(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "paper.docx"
    file.write_bytes(content)
    for source in (content, file):
        with pytest.raises(DamagedPackageError), open_package(source) as package:
            package.read_all()


def test_a_file_that_is_not_there_is_not_called_damaged(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), open_package(tmp_path / "none.docx"):
        pass


def test_a_rewritten_package_keeps_its_other_parts_and_has_the_same_bytes_each_time() -> None:
    changed = {"word/new.xml": b"<n/>", "word/document.xml": b"<b/>", "word/added.xml": b"<m/>"}
    first, second = (rewrite_package(pack(*_PARTS), changed) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.namelist() == [*(name for name, _ in _PARTS), "word/new.xml", "word/added.xml"]
        assert archive.read("word/document.xml") == b"<b/>"
        assert archive.read("word/media/one.png") == _PARTS[2][1]
        assert {(info.date_time, info.create_system) for info in archive.infolist()} == {((1980, 1, 1, 0, 0, 0), 0)}


def test_a_document_is_saved_as_python_docx_would_but_for_dates() -> None:
    document, plain = Document(), io.BytesIO()
    document.add_paragraph("Rowan")
    document.save(plain)
    with open_package(plain.getvalue()) as theirs, open_package(save_document(document)) as ours:
        assert ours.read_all() == theirs.read_all()
    assert write_package(_PARTS) == write_package(_PARTS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_seen_in_any_encoding(encoding: str) -> None:
    declared = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    assert declares_entities(declared.encode(encoding))
    assert not declares_entities("<a>DOCTYPE</a>".encode(encoding))


def test_no_parser_reads_a_file_or_expands_an_entity(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden", encoding="utf-8")
    outside = f'<!DOCTYPE a [<!ENTITY b SYSTEM "{secret.as_uri()}"><!ENTITY c "inside">]><a>&b;&c;</a>'.encode()
    for root in (parse_xml(outside), parse_outside_xml(outside), parse_damaged_xml(outside)[0]):
        assert not {"hidden", "inside"} & {one.text for one in root.iter()}
        assert root.text is None


def test_parsers_differ_in_how_deep_elements_may_lie_and_in_what_they_forgive() -> None:
    deep = b"<a>" * 300 + b"</a>" * 300
    assert parse_xml(deep) is not None
    with pytest.raises(DamagedPackageError):
        parse_outside_xml(deep)
    with pytest.raises(DamagedPackageError):
        parse_xml(b"<a><b>words</a>")
    root, is_whole = parse_damaged_xml(b"<a><b>words</a>")
    assert "".join(root.itertext()) == "words"
    assert not is_whole
