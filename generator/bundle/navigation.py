"""Ways through the bundle: page labels, bookmarks, links of the index, and how a reader opens it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    TextStringObject,
)

from generator.bundle.entries import Cover, NumberedSection
from generator.bundle.fonts import clean_text
from generator.bundle.front import FrontPages
from generator.bundle.proof import ExpectedRow
from generator.bundle.stamp import point_to
from generator.dates import say_date


def describe_rows(numbered: Sequence[NumberedSection]) -> tuple[ExpectedRow, ...]:
    """Each line of the index, sections and papers in order, as it must be found again in the written file."""
    rows = []
    for part in numbered:
        title = f"{part.section.letter} {clean_text(part.section.title)}"
        rows.append(ExpectedRow(title, part.first_label, part.last_label, is_section=True))
        rows += [ExpectedRow(clean_text(one.entry.title), one.first_label, one.last_label) for one in part.entries]
    return tuple(rows)


def add_navigation(
    writer: PdfWriter, cover: Cover, front: FrontPages, rows: Sequence[ExpectedRow], labels: Sequence[str]
) -> None:
    """Give the merged pages labels, bookmarks, index links, and the settings with which the file opens."""
    root = writer.root_object
    named = {row.first_label for row in rows} | set(labels[: front.pages])
    targets = {label: point_to(page) for page, label in zip(writer.pages, labels, strict=True) if label in named}
    root[NameObject("/PageLabels")] = _make_page_labels(labels)
    _add_bookmarks(writer, front, rows, labels, targets)
    _link_index(writer, front, targets)
    first_page = writer.pages[0].indirect_reference
    assert first_page is not None
    # 100% once, when the file opens (guidance of 2021, paragraph 6); every other way through keeps the reader's zoom.
    root[NameObject("/OpenAction")] = ArrayObject(
        [first_page, NameObject("/XYZ"), NullObject(), NullObject(), NumberObject(1)]
    )
    root[NameObject("/PageMode")] = NameObject("/UseOutlines")
    root[NameObject("/Lang")] = TextStringObject("en-GB")
    root[NameObject("/ViewerPreferences")] = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    writer.metadata = None
    writer.metadata = _describe_file(cover)


def _describe_file(cover: Cover) -> dict[str, str]:
    heard = f", {cover.hearing}" if cover.hearing else ""
    on = f" on {say_date(cover.hearing_at.date())}" if cover.hearing_at else ""
    made = cover.prepared_on.strftime("D:%Y%m%d000000Z")
    number = f" {cover.case_number}" if cover.case_number else ""
    return {
        "/Title": clean_text(f"{cover.title}{number}{heard}{on}"),
        "/Producer": "permanence",
        "/CreationDate": made,
        "/ModDate": made,
    }


def _make_page_labels(labels: Sequence[str]) -> DictionaryObject:
    """A number tree with one range for the front pages and one for each run of the same letter."""
    numbers = ArrayObject()
    for prefix, run in itertools.groupby(enumerate(labels), key=lambda item: _letter_of(item[1])):
        start, _ = next(run)
        numbers.append(NumberObject(start))
        style = DictionaryObject({NameObject("/S"): NameObject("/D" if prefix else "/r")})
        if prefix:
            style[NameObject("/P")] = TextStringObject(prefix)
        numbers.append(style)
    return DictionaryObject({NameObject("/Nums"): numbers})


def _letter_of(label: str) -> str:
    found = re.match("[A-Z]", label)
    return found[0] if found else ""


def _add_bookmarks(
    writer: PdfWriter,
    front: FrontPages,
    rows: Sequence[ExpectedRow],
    labels: Sequence[str],
    targets: dict[str, ArrayObject],
) -> None:
    outlines = DictionaryObject({NameObject("/Type"): NameObject("/Outlines")})
    top = writer._add_object(outlines)
    writer.root_object[NameObject("/Outlines")] = top
    before = [ExpectedRow("Cover", labels[0], labels[0], is_section=True)]
    index = labels[front.cover_pages]
    before.append(ExpectedRow("Index", index, index, is_section=True))
    branches: list[tuple[IndirectObject, list[IndirectObject]]] = []
    for row in (*before, *rows):
        item = DictionaryObject(
            {
                NameObject("/Title"): TextStringObject(row.bookmark),
                NameObject("/Dest"): ArrayObject(targets[row.first_label]),
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


def _link_index(writer: PdfWriter, front: FrontPages, targets: dict[str, ArrayObject]) -> None:
    for link in front.links:
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
