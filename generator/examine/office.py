"""The words in every part of a Word, Excel, PowerPoint or OpenDocument file: also what no page shows."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from generator.examine.reading import Budget, InnerReader, Reading

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_BREAKS = frozenset({"br", "cr", "tab", "line-break", "s", "noBreakHyphen"})
_BLOCKS = frozenset({"p", "h", "si", "is", "c", "comment", "title", "subject", "creator", "keywords", "description",
                     "lastModifiedBy", "category", "lpwstr", "property", "t", "v"})  # fmt: skip
_LOOKS = frozenset({"ascii", "hAnsi", "cs", "eastAsia", "typeface", "panose", "script"})
"""Attributes that name fonts: Georgia is nobody there."""
# Attributes that hold measures, references and switches, and never words. Everything else is read.
_PLAIN = re.compile(r"[\d.,%#+-]{0,8}|true|false|on|off|auto|none|[0-9A-Fa-f]{6,8}|rId\d+|\{[0-9A-Fa-f-]{36}\}")
_PARTS = (
    (re.compile(r"word/document\.xml$"), "text"),
    (re.compile(r"word/header\d*\.xml$"), "header"),
    (re.compile(r"word/footer\d*\.xml$"), "footer"),
    (re.compile(r"word/footnotes\.xml$"), "footnote"),
    (re.compile(r"word/endnotes\.xml$"), "endnote"),
    (re.compile(r"word/comments.*\.xml$"), "comment"),
    (re.compile(r"word/people\.xml$"), "list of reviewers"),
    (re.compile(r"word/glossary/"), "building blocks"),
    (re.compile(r"word/(styles|numbering|settings|fontTable|webSettings)\.xml$"), "settings"),
    (re.compile(r"(word|xl|ppt)/(charts|diagrams|drawings)/"), "drawing"),
    (re.compile(r"docProps/"), "document properties"),
    (re.compile(r"customXml/"), "custom XML"),
    (re.compile(r"xl/"), "sheet"),
    (re.compile(r"ppt/"), "slide"),
    (re.compile(r"content\.xml$"), "text"),
    (re.compile(r"meta\.xml$"), "document properties"),
)
_PICTURE = re.compile(r"\.(png|jpe?g|gif|bmp|tiff?|emf|wmf|webp|heic|svgz)$", re.IGNORECASE)


def is_office(names: list[str]) -> bool:
    """Whether the entries of an archive are those of a document of an office program."""
    return "[Content_Types].xml" in names or {"content.xml", "mimetype"} <= set(names)


def read_office(data: bytes, budget: Budget, read_inner: InnerReader) -> Reading:
    """Every part of the document, and every file inside it. Raises BadZipFile where it is no such document."""
    reading = Reading()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if archive.comment:
            reading.add("comment of the archive", [archive.comment.decode("utf-8", "replace")])
        for entry in entries:
            where = _say_part(entry.filename)
            if entry.is_dir():
                continue
            if entry.flag_bits & 1 or not budget.spend(entry.file_size):
                reading.unread.append(f"{where} (too large, or locked)")
                continue
            content = archive.read(entry)
            if entry.filename.endswith((".xml", ".rels", ".vml")) or content[:5] == b"<?xml":
                _read_part(where, content, reading)
            elif _PICTURE.search(entry.filename):
                reading.unread.append(f"picture {posixpath.basename(entry.filename)}")
                reading.take_in(read_inner(entry.filename, content), where)
            else:
                reading.take_in(read_inner(entry.filename, content), f"file inside it ({posixpath.basename(where)})")
    return reading


def _say_part(name: str) -> str:
    if name.endswith(".rels"):
        return "link target"
    return next((words for pattern, words in _PARTS if pattern.search(name)), posixpath.basename(name))


def _read_part(where: str, content: bytes, reading: Reading) -> None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, recover=True)
    root = etree.fromstring(content, parser)
    if root is None:
        reading.unread.append(f"{where} (damaged)")
        return
    if any(_is_unseen(element.tag) for element in root.iter()):
        # As it reads once the changes are accepted, besides all that is in it.
        reading.add_pieces(_number(where, _paragraphs(root, without=frozenset({"delText", "instrText"}))))
    reading.add_pieces(_number(where, _paragraphs(root)))
    reading.add_pieces((f"{where}, {place}", text) for place, text in _attributes(root))


def _is_unseen(tag: Any) -> bool:
    """Whether an element holds text that was struck out, or the instruction of a field."""
    return tag in (f"{_W}delText", f"{_W}instrText")


def _number(where: str, texts: Iterator[str]) -> Iterator[tuple[str, str]]:
    for number, text in enumerate(texts, 1):
        yield f"{where}, paragraph {number}", text


def _paragraphs(root: Any, without: frozenset[str] = frozenset()) -> Iterator[str]:
    """The text of each paragraph, cell or property, text in boxes and deleted text included but for `without`."""
    texts: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            texts.append(element.text or "")
            if event == "comment" and element.tail:
                texts.append(element.tail)
            continue
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if event == "start":
            if element.text and name not in without:
                texts.append(element.text)
            if name in _BREAKS:
                texts.append("\n")
        else:
            if name in _BLOCKS and element.tag not in (f"{_W}t", f"{_S}t"):
                yield "".join(texts)
                texts.clear()
            if element.tail:
                texts.append(element.tail)
    yield "".join(texts)


_SAY_ATTRIBUTE = {
    "descr": "alternative text",
    "alt": "alternative text",
    "title": "alternative text",
    "tooltip": "tooltip",
    "author": "author",
    "initials": "author",
    "instr": "field",
    "Target": "target",
}


def _attributes(root: Any) -> Iterator[tuple[str, str]]:
    seen: set[tuple[str, str]] = set()
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        for name, value in element.attrib.items():
            local = etree.QName(name).localname
            if _PLAIN.fullmatch(value) or (local, value) in seen or local in _LOOKS or element.tag == f"{_W}font":
                continue
            seen.add((local, value))
            yield _SAY_ATTRIBUTE.get(local, f"the value of {etree.QName(element).localname}"), value
