"""Write the field dictionary as a Word file in the house style, for template authors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from generator.base.english import capitalise
from generator.base.word_package import save_document
from generator.case.audience import Audience
from generator.papers.facts.dictionary import FieldEntry, FieldGroup

_NO_DATE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_COLUMNS = (
    ("Name", 4.6),
    ("What it is", 6.6),
    ("Example", 4.6),
    ("Asked for by", 3.6),
    ("Who may see it", 3.2),
    ("Used in", 3.5),
)
_MOST_PAPERS = 3
"""More papers than these are counted and not named."""
_HEAD_SHADE = "EAF2F2"


def write_fields(house_style: Path, title: str, groups: Sequence[FieldGroup]) -> bytes:
    """The dictionary on A4 across: a heading and a table for each group, whose header row is repeated on every page."""
    document = Document(str(house_style))
    _start(document, title)
    document.add_paragraph(title, style="Title")
    document.add_paragraph(
        "A fact is written with the name of its group before it, such as {{ child.name }}. Facts marked (may be empty) "
        "print as [not recorded] where nobody has written them. Made from the product’s own list of facts.",
        style="Body Text",
    )
    for group in groups:
        document.add_paragraph(capitalise(group.name), style="Heading 1")
        if group.reached_by:
            document.add_paragraph(f"In a template: {group.reached_by}", style="Body Text")
        _add_table(document, group)
    return save_document(document)


def _start(document: Any, title: str) -> None:
    """Turn the page, take the tags of papers out of header and footer, and number the pages."""
    for element in list(document.element.body):
        if element.tag != qn("w:sectPr"):
            document.element.body.remove(element)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(1.8)
    section.different_first_page_header_footer = False
    for holder in (section.header, section.footer, section.first_page_header, section.first_page_footer):
        for element in list(holder._element):  # noqa: SLF001 - python-docx has no way to empty a header
            holder._element.remove(element)  # noqa: SLF001
        holder.add_paragraph(title if holder is section.header else "", style="Header")
    _number_pages(section.footer.paragraphs[0])
    properties = document.core_properties
    properties.title, properties.author, properties.subject, properties.comments = title, "permanence", "", ""
    properties.language, properties.last_modified_by = "en-GB", "permanence"
    properties.created = properties.modified = _NO_DATE


def _number_pages(paragraph: Any) -> None:
    paragraph.add_run("Page ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)  # noqa: SLF001 - python-docx has no fields


def _add_table(document: Any, group: FieldGroup) -> None:
    table = document.add_table(rows=1, cols=len(_COLUMNS))
    table.style = document.styles["Grid"]
    table.autofit = False
    _describe(table, f"The facts of {group.name}")
    for cell, (words, _) in zip(table.rows[0].cells, _COLUMNS, strict=True):
        cell.paragraphs[0].text = words
        cell.paragraphs[0].style = document.styles["Table Head"]
        shade = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", _HEAD_SHADE)):
            shade.set(qn(f"w:{key}"), value)
        cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - python-docx has no shading
    _set_row(table.rows[0], "w:tblHeader")
    for entry in group.entries:
        row = table.add_row()
        for cell, words in zip(row.cells, _say(entry), strict=True):
            cell.paragraphs[0].text = words
            cell.paragraphs[0].style = document.styles["Table Text"]
    for column, (_, width) in zip(table.columns, _COLUMNS, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        _set_row(row, "w:cantSplit")
        for cell, (_, width) in zip(row.cells, _COLUMNS, strict=True):
            cell.width = Cm(width)


def _describe(table: Any, words: str) -> None:
    """Alternative text, and which row is a heading, for those who read by ear."""
    properties = table._tbl.tblPr  # noqa: SLF001 - python-docx has no descriptions
    for name in ("w:tblCaption", "w:tblDescription"):
        element = OxmlElement(name)
        element.set(qn("w:val"), words)
        properties.append(element)


def _set_row(row: Any, name: str) -> None:
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no such setting
    element = OxmlElement(name)
    properties.insert(0, element) if name == "w:cantSplit" else properties.append(element)


def _say(entry: FieldEntry) -> tuple[str, ...]:
    may = " (may be empty)" if entry.optional else ""
    place = f"\nin the case file: {entry.source}" if entry.source else ""
    return (
        entry.name,
        f"{entry.label}\n{entry.kind}{may}{place}",
        entry.example,
        entry.meets,
        say_readers(entry),
        say_papers(entry),
    )


def say_readers(entry: FieldEntry) -> str:
    """Who may see a fact, in words."""
    if len(entry.readers) == _ALL and not entry.own:
        return "everyone"
    return ", ".join(f"{one} (about themselves)" if one == "parent" and entry.own else one for one in entry.readers)


def say_papers(entry: FieldEntry) -> str:
    """The papers that ask for a fact, by code; how many, where they are many."""
    many = len(entry.papers) > _MOST_PAPERS
    return f"{len(entry.papers)} papers" if many else ", ".join(entry.papers)


_ALL = len(Audience)
