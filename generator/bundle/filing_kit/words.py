"""The two Word files of the kit: the index, for people to go on editing, and the filing note."""

from __future__ import annotations

import datetime as dt
import itertools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from generator.base.dates import format_date, format_moment, format_short_date
from generator.base.english import capitalise
from generator.base.pages import format_range
from generator.base.word_package import save_document
from generator.bundle.filing_kit.model import KitFacts
from generator.bundle.papers import PlacedPaper

_FONT, _SIZE = "Arial", 12
_BAND, _LINE, _GREY = "ECEFF3", "B8B8B8", RGBColor(0x52, 0x52, 0x52)
_INDEX_COLUMNS = (Cm(1.3), Cm(3.0), Cm(8.9), Cm(3.8))
_NOTE_COLUMNS = (Cm(4.2), Cm(9.8), Cm(3.0))
_WANTED = frozenset(
    getattr(RELATIONSHIP_TYPE, name)
    for name in ("STYLES", "NUMBERING", "SETTINGS", "FONT_TABLE", "OFFICE_DOCUMENT", "CORE_PROPERTIES", "FOOTER")
)
_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
_DIRECTIONS = re.compile(f"([{_RIGHT_TO_LEFT}](?:[^A-Za-z]*[{_RIGHT_TO_LEFT}])?)")


@dataclass(frozen=True, slots=True)
class FilingWay:
    """One line of the note's table: a way to the court, what goes there, and how much it takes."""

    title: str
    says: tuple[str, ...]
    limit: str


def write_index(path: Path, facts: KitFacts, papers: Sequence[PlacedPaper]) -> None:
    """The index as a Word file: one table whose header row is repeated, sections as bands, pages numbered."""
    document = _start(f"Index {facts.case_number}".strip(), facts)
    document.add_heading("Index", 1)
    for words in _introduce(facts):
        _write(document.add_paragraph(), words, colour=_GREY)
    if any(one.paper.essential for one in papers):
        _write(document.add_paragraph(), "* marks essential reading for this hearing", colour=_GREY)
    table = _add_table(document, _INDEX_COLUMNS, ("No.", "Date", "Document", "Pages"), "Index of the court bundle")
    _align_right(table.rows[0].cells[3])
    titles = dict(facts.sections)
    number = 0
    for letter, group in itertools.groupby(papers, key=lambda placed: placed.section_letter):
        held = list(group)
        _add_band(table, letter, titles.get(letter, ""), format_range(held[0].first_label, held[-1].last_label))
        for placed in held:
            number += 1
            paper = placed.paper
            cells = _add_row(table)
            _write(cells[0].paragraphs[0], str(number))
            _write(cells[1].paragraphs[0], format_short_date(paper.dated) if paper.dated else "undated")
            _write(cells[2].paragraphs[0], f"{'* ' if paper.essential else ''}{paper.title}")
            if paper.made_by:
                _write(cells[2].add_paragraph(), paper.made_by, colour=_GREY)
            _write(cells[3].paragraphs[0], placed.page_range)
            _align_right(cells[3])
    path.write_bytes(save_document(document))


def write_note(path: Path, facts: KitFacts, filed: str, ways: Sequence[FilingWay], never: Sequence[str]) -> None:
    """The filing note as a Word file, meant to be one page of A4: what is filed, where, by when, and what is not."""
    document = _start(f"Filing note {facts.case_number}".strip(), facts)
    document.add_heading("Filing note", 1)
    for words in (facts.case_title, *_introduce(facts)):
        if words:
            _write(document.add_paragraph(), words)
    by = f" by {facts.contact[0]}" if facts.contact else ""
    for words in (f"Prepared on {format_date(facts.prepared_on)}{by}", ", ".join(facts.contact[1:])):
        if words:
            _write(document.add_paragraph(), words)
    document.add_heading("File by", 2)
    for line in facts.lodge_by or ("No date is recorded. Look in the court’s order.",):
        _write(document.add_paragraph(style="List Bullet"), line)
    document.add_heading("What is filed, and where", 2)
    _write(document.add_paragraph(), filed)
    table = _add_table(document, _NOTE_COLUMNS, ("Where", "What", "Takes"), "Which file goes where")
    for way in ways:
        cells = _add_row(table)
        _write(cells[0].paragraphs[0], way.title)
        for place, words in enumerate(way.says):
            _write(cells[1].paragraphs[0] if place == 0 else cells[1].add_paragraph(), words)
        _write(cells[2].paragraphs[0], way.limit)
    document.add_heading("Do not upload or send", 2)
    for line in (*facts.kept_back, *never):
        _write(document.add_paragraph(style="List Bullet"), line)
    after = document.add_paragraph()
    after.paragraph_format.space_before = Pt(8)
    _write(after, "hashes.txt lists the SHA-256 of every file, to be checked with: sha256sum -c hashes.txt")
    path.write_bytes(save_document(document))


def _introduce(facts: KitFacts) -> list[str]:
    heard = format_moment(facts.hearing_at) if facts.hearing_at else ""
    lines = (", ".join(filter(None, (facts.case_number, facts.court))), ", ".join(filter(None, (facts.hearing, heard))))
    return [capitalise(line) for line in lines if line]


def _start(title: str, facts: KitFacts) -> Any:
    """An empty A4 document in Arial 12, in British English, with page numbers at the foot."""
    document = Document()
    for holder in (document.part.rels, document.part.package.rels):
        # The theme, thumbnail and settings for browsers that python-docx starts with.
        for key in [key for key, relation in holder.items() if relation.reltype not in _WANTED]:
            del holder[key]
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.0)
    section.top_margin, section.bottom_margin, section.footer_distance = Cm(1.8), Cm(1.8), Cm(0.9)
    for name, size, before, after in (
        ("Normal", _SIZE, 0, 2),
        ("List Bullet", _SIZE, 0, 1),
        ("Footer", _SIZE, 0, 0),
        ("Heading 1", 18, 0, 4),
        ("Heading 2", 13, 8, 2),
    ):
        _set_style(document.styles[name], size, before, after)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    _set_compatibility(document.settings.element)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for words, code in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        foot.add_run(words)
        _add_field(foot, code)
    moment = dt.datetime.combine(facts.prepared_on, dt.time(), dt.UTC)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = _clean(title), _clean("".join(facts.contact[:1])), ""
    properties.last_modified_by, properties.language, properties.revision = properties.author, "en-GB", 1
    properties.created = properties.modified = moment
    return document


def _set_style(style: Any, size: float, before: float, after: float) -> None:
    properties = style.element.get_or_add_rPr()
    for child in list(properties):
        properties.remove(child)
    fonts = properties.get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), _FONT)
    style.font.size = Pt(size)
    # Scripts such as Arabic have a size of their own, which is 10 points where nobody sets it.
    complex_size = OxmlElement("w:szCs")
    complex_size.set(qn("w:val"), str(int(size * 2)))
    properties.find(qn("w:sz")).addnext(complex_size)
    style.font.bold = style.name.startswith("Heading") or None
    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(before), Pt(after), 1.0


def _set_compatibility(settings: Any) -> None:
    """Say that this is for Word as it is now: python-docx starts with a file that Word opens as one of 2010."""
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _add_field(paragraph: Any, code: str) -> None:
    for kind in ("begin", "", "separate", "shown", "end"):
        run = paragraph.add_run("1" if kind == "shown" else "")
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif not kind:
            instruction = OxmlElement("w:instrText")
            instruction.text = code
            run._r.append(instruction)


def _add_table(document: Any, widths: Sequence[Cm], header: Sequence[str], described: str) -> Any:
    table = document.add_table(rows=1, cols=len(widths))
    table.autofit = False
    properties = table._tbl.tblPr
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", _LINE)):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    properties.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), described)
    properties.append(caption)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    first = table.rows[0]
    # Said again at the head of each page, also by a screen reader.
    _set_row(first, "w:cantSplit", "w:tblHeader")
    for cell, words, width in zip(first.cells, header, widths, strict=True):
        cell.width = width
        _write(cell.paragraphs[0], words, bold=True)
        _set_cell(cell, _BAND)
    return table


def _add_row(table: Any) -> Any:
    row = table.add_row()
    _set_row(row, "w:cantSplit")
    for cell, column in zip(row.cells, table.columns, strict=True):
        cell.width = column.width
        _set_cell(cell)
    return row.cells


def _add_band(table: Any, letter: str, title: str, pages: str) -> None:
    cells = _add_row(table)
    for cell, words in ((cells[0], letter), (cells[1].merge(cells[2]), title), (cells[3], pages)):
        _write(cell.paragraphs[0], words, bold=True)
        _set_cell(cell, _BAND)
        # A section's heading never stands alone at the foot of a page.
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    _align_right(cells[3])


def _set_row(row: Any, *marks: str) -> None:
    properties = row._tr.get_or_add_trPr()
    for mark in marks:
        properties.append(OxmlElement(mark))


def _set_cell(cell: Any, fill: str = "") -> None:
    cell.paragraphs[0].paragraph_format.space_before = Pt(2)
    if fill:
        properties = cell._tc.get_or_add_tcPr()
        shade = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
            shade.set(qn(f"w:{key}"), value)
        properties.append(shade)


def _align_right(cell: Any) -> None:
    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _write(paragraph: Any, text: str, *, bold: bool = False, colour: RGBColor | None = None) -> None:
    """Words as runs, those from right to left on their own, so that Word sets each in its direction."""
    for part in _DIRECTIONS.split(_clean(text)):
        if not part:
            continue
        run = paragraph.add_run(part)
        run.bold = bold or None
        if colour is not None:
            run.font.color.rgb = colour
        if _DIRECTIONS.match(part):
            run.font.rtl = True


def _clean(text: str) -> str:
    """Text that Word can hold: composed letters, single spaces, no control characters."""
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    return "".join(letter for letter in composed if unicodedata.category(letter) not in ("Cc", "Cs"))
