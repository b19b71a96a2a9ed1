"""Ways through the bundle: page labels, bookmarks, links of the index, and how a reader opens it."""

from __future__ import annotations

from collections.abc import Sequence

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from generator.base.dates import format_date
from generator.base.pdf_objects import describe_file, make_page_labels
from generator.bundle.cover import Cover
from generator.bundle.fonts import clean_text
from generator.bundle.front import FrontPages, IndexLink
from generator.bundle.papers import PlacedPaper, PlacedSection
from generator.bundle.proof import ExpectedRow
from generator.bundle.stamp import point_to


def describe_rows(numbered: Sequence[PlacedSection]) -> tuple[ExpectedRow, ...]:
    """Each line of the index, sections and papers in order, as it must be found again in the written file."""
    rows = []
    for part in numbered:
        title = f"{part.section.letter} {clean_text(part.section.title)}"
        slip = _find_slip(part.papers[0])
        rows.append(ExpectedRow(title, part.first_label, part.last_label, is_section=True, slip=slip))
        rows += map(describe_row, part.papers)
    return tuple(rows)


def describe_row(placed: PlacedPaper) -> ExpectedRow:
    """The line of one paper."""
    title = clean_text(placed.paper.title)
    return ExpectedRow(title, placed.first_label, placed.last_label, slip=_find_slip(placed), note=placed.note)


def _find_slip(placed: PlacedPaper) -> str:
    return "" if placed.is_merged else placed.sheets[0]


def add_navigation(
    writer: PdfWriter, cover: Cover, front: FrontPages, rows: Sequence[ExpectedRow], labels: Sequence[str]
) -> None:
    """Give the merged pages labels, bookmarks, index links, and the settings with which the file opens."""
    index = labels[front.cover_pages]
    before = (
        ExpectedRow("Cover", labels[0], labels[0], is_section=True),
        ExpectedRow("Index", index, index, is_section=True),
    )
    targets = add_ways(writer, (*before, *rows), labels)
    link_lines(writer, front.links, targets)
    describe_file(writer, write_title(cover, cover.title), cover.prepared_on)


def add_ways(writer: PdfWriter, rows: Sequence[ExpectedRow], labels: Sequence[str]) -> dict[str, ArrayObject]:
    """Page labels for all pages and a bookmark for each row; returns the destinations of the rows by their label."""
    named = {row.target for row in rows}
    targets = {label: point_to(page) for page, label in zip(writer.pages, labels, strict=True) if label in named}
    writer.root_object[NameObject("/PageLabels")] = make_page_labels(labels)
    _add_bookmarks(writer, rows, targets)
    return targets


def write_title(cover: Cover, title: str) -> str:
    """The title that the file gives itself: what it is, of which case, for which hearing."""
    heard = f", {cover.hearing}" if cover.hearing else ""
    on = f" on {format_date(cover.hearing_at.date())}" if cover.hearing_at else ""
    number = f" {cover.case_number}" if cover.case_number else ""
    return clean_text(f"{title}{number}{heard}{on}")


def _add_bookmarks(writer: PdfWriter, rows: Sequence[ExpectedRow], targets: dict[str, ArrayObject]) -> None:
    outlines = DictionaryObject({NameObject("/Type"): NameObject("/Outlines")})
    top = writer._add_object(outlines)
    writer.root_object[NameObject("/Outlines")] = top
    branches: list[tuple[IndirectObject, list[IndirectObject]]] = []
    for row in rows:
        item = DictionaryObject(
            {
                NameObject("/Title"): TextStringObject(row.bookmark),
                NameObject("/Dest"): ArrayObject(targets[row.target]),
            }
        )
        reference = writer._add_object(item)
        if row.is_section:
            branches.append((reference, []))
        else:
            branches[-1][1].append(reference)
    _chain(top, [branch for branch, _ in branches])
    for branch, leaves in branches:
        if leaves:
            _chain(branch, leaves)
    outlines[NameObject("/Count")] = NumberObject(sum(1 + len(leaves) for _, leaves in branches))


def _chain(parent: IndirectObject, items: Sequence[IndirectObject]) -> None:
    """Tie bookmarks to their parent and to each other, all unfolded."""
    above = parent.get_object()
    assert isinstance(above, DictionaryObject)
    above[NameObject("/First")], above[NameObject("/Last")] = items[0], items[-1]
    above[NameObject("/Count")] = NumberObject(len(items))
    for place, reference in enumerate(items):
        item = reference.get_object()
        assert isinstance(item, DictionaryObject)
        item[NameObject("/Parent")] = parent
        if place:
            item[NameObject("/Prev")] = items[place - 1]
        if place + 1 < len(items):
            item[NameObject("/Next")] = items[place + 1]


def link_lines(writer: PdfWriter, links: Sequence[IndexLink], targets: dict[str, ArrayObject]) -> None:
    """Make each line of an index lead to the page with its label."""
    for link in links:
        page = writer.pages[link.page]
        annotation = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Link"),
                NameObject("/Rect"): ArrayObject([FloatObject(f"{side:.2f}") for side in link.box]),
                NameObject("/Border"): ArrayObject([NumberObject(0), NumberObject(0), NumberObject(0)]),
                NameObject("/Dest"): ArrayObject(targets[link.label]),
            }
        )
        if "/Annots" not in page:
            page[NameObject("/Annots")] = ArrayObject()
        held = page["/Annots"]
        assert isinstance(held, ArrayObject)
        held.append(writer._add_object(annotation))
