"""Make the pack: the front page, every paper in reading order, page numbers, bookmarks, proved before it arrives."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader, PdfWriter

from generator.base.pages import format_range
from generator.base.pdf_objects import describe_file
from generator.bundle.deliver import deliver_pdf
from generator.bundle.fonts import Typesetter, clean_text, find_fonts
from generator.bundle.navigation import add_ways, link_lines
from generator.bundle.opened_pdfs import OpenedPdf, open_pdfs
from generator.bundle.proof import ExpectedRow, prove_pages
from generator.bundle.stamp import Stamper, find_font
from generator.meetings.pack.facts import PackEntry, PackFacts, PackPaper, TableRows
from generator.meetings.pack.front import ACTIONS, DrawnPages, draw_pages

_NOT_HERE = "not here"
_FOOT_SIZE = 9.0
"""Smaller than the page numbers of a court bundle: the papers have feet of their own, just above."""


@dataclass(frozen=True, slots=True)
class AssembledPack:
    """A pack that was written and proved. `pages` has the first and last page of each entry, or nothing."""

    path: Path
    length: int
    sha256: str
    pages: tuple[tuple[int, int] | None, ...]


def assemble_pack(
    facts: PackFacts,
    entries: Sequence[PackEntry],
    awaited: TableRows | None,
    output: Path,
) -> AssembledPack:
    """Write the pack as one PDF to `output`; the same input gives the same bytes.

    Every PDF must be made here or admitted as evidence before. `awaited` is None for readers who are not told of it.
    Raises BundleError (B001 for what cannot go in, B002 for a failed proof), FileBusyError when the place is full or
    read-only, ProgramMissingError when no font is installed.
    """
    letters = Typesetter(find_fonts())
    papers = [one for one in entries if isinstance(one, PackPaper)]
    sources = open_pdfs((f"papers[{number}]", one.pdf) for number, one in enumerate(papers) if one.pdf)
    # How many pages the front has is known only once it is drawn; the numbers on it change no line break.
    blank = ["0 to 0"] * len(entries)
    before = draw_pages(facts, entries, awaited, blank, [""] * len(entries), letters)
    pages = _number(entries, before, sources)
    ranges = [format_range(str(one[0]), str(one[1])) if one else _NOT_HERE for one in pages]
    targets = [str(one[0]) if one else "" for one in pages]
    drawn = draw_pages(facts, entries, awaited, ranges, targets, letters)
    writer = _merge(entries, drawn, sources)
    labels = [str(number) for number in range(1, len(writer.pages) + 1)]
    stamps = [f"{facts.reader}. Page {label} of {len(labels)}" for label in labels]
    stamper = Stamper(writer, find_font(writer.pages[0], letters.font_file_name), _FOOT_SIZE)
    for page, stamp in zip(writer.pages, stamps, strict=True):
        stamper.stamp(page, stamp)
    rows = [ExpectedRow("What to read", "1", "1", is_section=True)]
    rows += [
        ExpectedRow(
            clean_text(one.title if isinstance(one, PackPaper) else ACTIONS), str(at[0]), str(at[1]), is_section=True
        )
        for one, at in zip(entries, pages, strict=True)
        if at
    ]
    link_lines(writer, drawn.links, add_ways(writer, rows, labels))
    describe_file(writer, clean_text(facts.title), facts.made_on)
    writer.compress_identical_objects()
    digest = deliver_pdf(writer, output, lambda written: prove_pages(written, labels, rows, stamps))
    return AssembledPack(output, len(labels), digest, tuple(pages))


def _number(
    entries: Sequence[PackEntry], drawn: DrawnPages, sources: dict[Path, OpenedPdf]
) -> list[tuple[int, int] | None]:
    """The first and last page of each entry."""
    pages: list[tuple[int, int] | None] = []
    last = drawn.front
    for one in entries:
        count = drawn.pages - drawn.front
        if isinstance(one, PackPaper):
            count = sources[one.pdf].pages if one.pdf else 0
        pages.append((last + 1, last + count) if count else None)
        last += count
    return pages


def _merge(entries: Sequence[PackEntry], drawn: DrawnPages, sources: dict[Path, OpenedPdf]) -> PdfWriter:
    writer = PdfWriter()
    own = PdfReader(io.BytesIO(drawn.pdf))
    writer.append(own, pages=(0, drawn.front), import_outline=False)
    for one in entries:
        if not isinstance(one, PackPaper):
            writer.append(own, pages=(drawn.front, drawn.pages), import_outline=False)
        elif one.pdf:
            writer.append(sources[one.pdf].reader, import_outline=False)
    # What the pack uses (labels, languages) is of PDF 1.7, whatever the papers are.
    writer.pdf_header = max(writer.pdf_header, "%PDF-1.7")
    return writer
