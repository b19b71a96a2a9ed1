"""Read the words in every part of a Word, Excel, PowerPoint or OpenDocument file, also hidden ones."""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from generator.base.word_package import Package, open_package
from generator.base.word_xml import W, parse_damaged_xml
from generator.disclosure.file_text.reading import MAX_PART, Budget, InnerReader, Reading, list_targets
from generator.disclosure.file_text.text import decode

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_BREAKS = frozenset({"br", "cr", "tab", "line-break", "s", "noBreakHyphen"})
_BLOCKS = frozenset({"p", "h", "si", "is", "c", "comment", "title", "subject", "creator", "keywords", "description",
                     "lastModifiedBy", "category", "lpwstr", "property", "t", "v"})  # fmt: skip
_LOOKS = frozenset({"ascii", "hAnsi", "cs", "eastAsia", "typeface", "panose", "script"})
"""Attributes that name fonts: Georgia is nobody there."""
_POINTS_TO_STYLE = frozenset(f"{W}{name}" for name in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link",
                                                        "styleLink", "numStyleLink"))  # fmt: skip
_STYLE_NAMES = """
accent acronym address annotation balloon bibliography bit block body book bullet caption change char character
citation classic closing code colorful columns comment contemporary continue dark date default definition definitions
directory document draft e elegant emphasis endnote envelope exception facts figures first fixed followed font footer
footnote gap grid hanging hash head header heading headings html hyperlink indent index intense keyboard label latent
letterhead light line link list macro map mark medium mention message no normal note number of outline page paragraph
placeholder plain preformatted professional quote reference return salutation sample semi semicondensed shading
signature simple smart source space spacing straight strong style subject subtitle subtle table template text theme
title toa toc top typewriter unresolved variable web
"""
_STYLE_WORDS = frozenset(_STYLE_NAMES.split())
"""Words in the names of styles of programs and of our templates: a carer called Mark is not in every file."""
_NAMES_STYLE = frozenset({f"{W}name", f"{W}lsdException"})
# Attributes that hold measures, references and switches, and never words. Everything else is read.
_PLAIN = re.compile(r"[\d.,%#+-]{0,8}|true|false|on|off|auto|none|[0-9A-Fa-f]{6,8}|rId\d+|\{[0-9A-Fa-f-]{36}\}")
_PARTS = (
    (re.compile(r"word/document\.xml$"), "text"),
    (re.compile(r"word/header\d*\.xml$"), "header"),
    (re.compile(r"word/footer\d*\.xml$"), "footer"),
    (re.compile(r"word/footnotes\.xml$"), "footnote"),
    (re.compile(r"word/endnotes\.xml$"), "endnote"),
    (re.compile(r"(word|xl|ppt)/(.*/)?(comments|threadedComment|persons).*\.xml$"), "comment"),
    (re.compile(r"word/people\.xml$"), "list of reviewers"),
    (re.compile(r"word/glossary/"), "building blocks"),
    (re.compile(r"word/(styles|numbering|settings|fontTable|webSettings)\.xml$"), "settings"),
    (re.compile(r"(word|xl|ppt)/charts/"), "chart"),
    (re.compile(r"(word|xl|ppt)/diagrams/"), "diagram"),
    (re.compile(r"(word|xl|ppt)/drawings/"), "drawing"),
    (re.compile(r"docProps/"), "document properties"),
    (re.compile(r"customXml/"), "custom XML"),
    (re.compile(r"xl/"), "sheet"),
    (re.compile(r"ppt/"), "slide"),
    (re.compile(r"content\.xml$"), "text"),
    (re.compile(r"meta\.xml$"), "document properties"),
)
_TAG = re.compile("<[^<>]*>")
_SILENT = re.compile(r"printerSettings\d*\.bin$|\.(odttf|fntdata|ttf|otf)$", re.IGNORECASE)
"""What programs keep beside the words: settings of printers, and fonts."""
_PICTURE = re.compile(r"\.(png|jpe?g|gif|bmp|tiff?|emf|wmf|webp|heic|svgz)$", re.IGNORECASE)


def is_office(names: list[str]) -> bool:
    """Whether the parts of an archive are those of an office document."""
    return "[Content_Types].xml" in names or {"content.xml", "mimetype"} <= set(names)


def read_office(data: bytes, budget: Budget, read_inner: InnerReader) -> Reading:
    """Read every part of the document, and every file inside it. Raises DamagedPackageError where it is none."""
    reading = Reading()
    with open_package(data) as package:
        if package.comment:
            reading.add("comment of the archive", [package.comment.decode("utf-8", "replace")])
        days = _find_day_styles(package)
        for entry in package.parts:
            where = _name_part(entry.filename)
            if entry.is_dir():
                continue
            if entry.flag_bits & 1 or entry.file_size > MAX_PART or not budget.spend(entry.file_size):
                reading.broken.append(f"{where} (too large, or locked)")
                continue
            content = package.read(entry)
            if entry.filename.endswith((".xml", ".rels", ".vml")) or content[:5] == b"<?xml":
                _read_part(where, content, reading, days)
            elif _PICTURE.search(entry.filename):
                found = read_inner(entry.filename, content)
                # The small picture of the first page, which Word keeps for lists of files, shows what the page says.
                found.unread = [] if where == "document properties" else ["a picture"]
                reading.take_in(found, where)
            else:
                found = read_inner(entry.filename, content)
                found.unread = [] if _SILENT.search(entry.filename) else found.unread
                reading.take_in(found, f"file inside it ({posixpath.basename(where)})")
    return reading


def _name_part(name: str) -> str:
    if name.endswith(".rels"):
        return "link target"
    return next((words for pattern, words in _PARTS if pattern.search(name)), posixpath.basename(name))


_STYLES = "xl/styles.xml"
_DAY_FORMATS = frozenset(map(str, (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59))))


def _find_day_styles(package: Package) -> frozenset[str]:
    """The styles of a workbook's cells that show a number as a day."""
    if _STYLES not in package.names:
        return frozenset()
    root, _ = parse_damaged_xml(package.read(_STYLES))
    own = root.iter(f"{_S}numFmt") if root is not None else ()
    days = {one.get("numFmtId") for one in own if re.search("[dmy]", one.get("formatCode", ""), re.IGNORECASE)}
    cells = root.find(f"{_S}cellXfs") if root is not None else None
    forms = [] if cells is None else [one.get("numFmtId") for one in cells]
    return frozenset(str(number) for number, one in enumerate(forms) if one in _DAY_FORMATS | days)


def _read_part(where: str, content: bytes, reading: Reading, days: frozenset[str]) -> None:
    root, is_whole = parse_damaged_xml(content)
    if not is_whole or b"<!ENTITY" in content:
        # The parser stops where elements lie too deep, say; programs that are less strict show what comes after.
        reading.add(f"{where} (damaged)", _TAG.sub("", decode(content)).splitlines())
        reading.broken.append(f"{where} (damaged)")
    if root is None:
        return
    if next(root.iter(*_UNSEEN), None) is not None:
        # As it reads once the changes are accepted, besides all that is in it.
        reading.add_pieces(_paragraphs(root, where, days, without=frozenset({"delText", "instrText"})))
    # Tables of styles have thousands of elements and no text.
    if b"<!--" in content or b"<?" in content[5:] or etree.tostring(root, method="text", encoding="unicode").strip():
        reading.add_pieces(_paragraphs(root, where, days))
    reading.add_pieces((f"{where}, {place}", text) for place, text in _attributes(root))


_UNSEEN = (f"{W}delText", f"{W}instrText")
"""Text that was struck out, and the instructions of fields."""


def _paragraphs(
    root: Any, where: str, days: frozenset[str], without: frozenset[str] = frozenset()
) -> Iterator[tuple[str, str]]:
    """The text of each paragraph, cell or property with its place: all that is in it, but for `without`."""
    texts: list[str] = []
    tables, number, changed = 0, 0, False
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            texts += [element.text or "", element.tail or ""]
            continue
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if event == "start":
            tables += element.tag == f"{W}tbl"
            changed = changed or element.tag in _CHANGES
            if element.text and name not in without:
                texts.append(element.text)
            if element.tag == f"{_S}v" and element.getparent().get("s") in days:
                texts += _format_serial(element.text)
            if name in _BREAKS:
                texts.append("-" if name == "noBreakHyphen" else "\n")
            continue
        if name in _BLOCKS and element.tag not in (f"{W}t", f"{_S}t"):
            number += 1
            yield _name_place(where, number, tables, changed=changed), "".join(texts)
            texts.clear()
            changed = False
        tables -= element.tag == f"{W}tbl"
        texts.append(element.tail or "")
    yield _name_place(where, number + 1, tables, changed=changed), "".join(texts)


_CHANGES = frozenset(f"{W}{name}" for name in ("del", "ins", "moveFrom", "moveTo"))


def _name_place(where: str, number: int, tables: int, *, changed: bool) -> str:
    table = ", in a table" if tables else ""
    return f"{where}{table}, paragraph {number}{', in tracked changes' if changed else ''}"


_FIRST_SERIAL, _LAST_SERIAL = 7_000, 60_000


def _format_serial(text: str | None) -> tuple[str, ...]:
    """A number of a sheet as the day that it may stand for, between 1919 and 2064."""
    if text and text.isdigit() and _FIRST_SERIAL < int(text) < _LAST_SERIAL:
        day = dt.date(1899, 12, 30) + dt.timedelta(days=int(text))
        return (f" ({day.isoformat()})",)
    return ()


_ATTRIBUTE_NAMES = {
    "descr": "alternative text",
    "alt": "alternative text",
    "title": "alternative text",
    "tooltip": "tooltip",
    "author": "author",
    "initials": "author",
    "instr": "field",
    "Target": "target",
}


def _is_style(tag: str, attribute: str, value: str) -> bool:
    """Whether an attribute points to a style, or names one as programs do. A name that somebody gave is read."""
    if tag in _POINTS_TO_STYLE or attribute == "styleId":
        return True
    return tag in _NAMES_STYLE and {word.lower() for word in re.findall("[A-Za-z]+", value)} <= _STYLE_WORDS


def _attributes(root: Any) -> Iterator[tuple[str, str]]:
    # Most attributes say what another has said before, so each is looked at once.
    said = {(element.tag, *pair): None for element in root.iter("*") for pair in element.attrib.items()}
    seen: set[tuple[str, str]] = set()
    for tag, name, value in said:
        local = name.rpartition("}")[2]
        if (local, value) in seen or local in _LOOKS or tag == f"{W}font" or _PLAIN.fullmatch(value):
            continue
        if not _is_style(tag, local, value):
            seen.add((local, value))
            where = _ATTRIBUTE_NAMES.get(local, f"the value of {tag.rpartition('}')[2]}")
            yield from ((where, one) for one in list_targets(value))
