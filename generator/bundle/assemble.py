"""Make the bundle: front pages, papers, page numbers and ways to find them, proved before it takes its place."""

from __future__ import annotations

import gc
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader, PdfWriter

from generator.base.errors import BundleError, Problem
from generator.bundle.citations import CitationLink, add_citations, prove_citations
from generator.bundle.deliver import deliver_pdf
from generator.bundle.entries import AssembledEntry, Cover, Entry, NumberedSection, PageAllowance, Section, list_labels
from generator.bundle.fonts import FontFiles, Typesetter, find_fonts, needs_joining
from generator.bundle.front import FrontPages, draw_front
from generator.bundle.ledger import Ledger
from generator.bundle.navigation import add_navigation, describe_rows
from generator.bundle.numbering import LateStyle, number_papers
from generator.bundle.proof import ExpectedBundle, prove_bundle
from generator.bundle.round_diff import Changes
from generator.bundle.sources import ADMIT_FIRST, Source
from generator.bundle.stamp import Stamper, find_font


@dataclass(frozen=True, slots=True)
class AssembledBundle:
    """A bundle that was written, proved and put in its place.

    `labels` has the label of each page of the file; `pages` counts them all, the front pages too. `ledger` is what
    has been filed once this bundle has been: to be written when it has been delivered. `changes` says what is new.
    """

    path: Path
    labels: tuple[str, ...]
    front_pages: int
    sha256: str
    entries: tuple[AssembledEntry, ...]
    warnings: tuple[str, ...]
    ledger: Ledger
    changes: Changes

    @property
    def pages(self) -> int:
        """How many pages the file has."""
        return len(self.labels)


def assemble_bundle(
    cover: Cover,
    sections: Sequence[Section],
    entries: Sequence[Entry],
    output: Path,
    *,
    allowance: PageAllowance | None = None,
    fonts: FontFiles | None = None,
    ledger: Ledger | None = None,
    late_style: LateStyle = "lettered",
    citations: Mapping[str, Sequence[CitationLink]] | None = None,
) -> AssembledBundle:
    """Write the bundle as one PDF to `output`; the same input gives the same bytes.

    With the ledger of what was filed before, no page of it moves, and what is late comes where `late_style` says;
    the day of the round is that on which the cover says it was prepared. Copies for several readers have the same
    numbers when they are made from the same list and ledger, with slips in the entries that a reader may not have.

    `citations` has the links that `take_citations` took out of our own papers, by the id of their entries; evidence
    that is cited is entered under its id in the case file.

    The file is written under a private name, opened again and proved, and only then put in the place of an older
    bundle, which otherwise stays whole. Raises BundleError (B001 for what cannot go in, B002 for a failed proof,
    B003 for filed pages that would change), FileBusyError when the place is full, read-only or held open,
    ProgramMissingError when no font is installed.
    """
    with _without_collecting():
        return _assemble(
            cover,
            sections,
            entries,
            output,
            allowance or PageAllowance(),
            Typesetter(fonts or find_fonts()),
            ledger,
            late_style,
            citations or {},
        )


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Merging makes a million small objects that stay in use; looking for rubbish among them takes a fifth longer."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _assemble(
    cover: Cover,
    sections: Sequence[Section],
    entries: Sequence[Entry],
    output: Path,
    allowance: PageAllowance,
    letters: Typesetter,
    ledger: Ledger | None,
    late_style: LateStyle,
    citations: Mapping[str, Sequence[CitationLink]],
) -> AssembledBundle:
    sources, numbering = number_papers(sections, entries, ledger, late_style, cover.prepared_on)
    problems = tuple(one.problem for one in numbering.papers if one.problem)
    if problems:
        raise BundleError("Pages that were filed would change, so there is no bundle", problems)
    numbered = numbering.sections
    front = draw_front(cover, numbered, letters)
    labels = list_labels(front.pages, numbered)
    writer = _merge(front, numbered, sources)
    _stamp_pages(writer, front, labels)
    rows = describe_rows(numbered)
    add_navigation(writer, cover, front, rows, labels)
    cited = add_citations(writer, labels, front.pages, numbered, citations)
    writer.compress_identical_objects()
    expected = ExpectedBundle(labels, front.pages, rows)

    def prove(written: Path) -> None:
        prove_bundle(written, expected)
        if cited:
            prove_citations(written, cited)

    digest = deliver_pdf(writer, output, prove)
    placed = tuple(placed for part in numbered for placed in part.entries)
    warnings = [*_check_length(front, labels, allowance)]
    warnings += _check_papers(cover, [part.section for part in numbered], placed, sources)
    changes = Changes(cover, numbering.round, numbering.papers, labels[front.cover_pages : front.pages])
    return AssembledBundle(output, labels, front.pages, digest, placed, tuple(warnings), numbering.ledger, changes)


def _merge(front: FrontPages, numbered: Sequence[NumberedSection], sources: Mapping[Path, Source]) -> PdfWriter:
    writer = PdfWriter()
    drawn = PdfReader(io.BytesIO(front.pdf))
    writer.append(drawn, pages=(0, front.pages), import_outline=False)
    slip = front.pages
    for placed in (one for part in numbered for one in part.entries):
        if placed.is_merged:
            try:
                writer.append(sources[placed.entry.pdf].reader, import_outline=False)
            except Exception:
                problem = Problem("B001", f"The PDF for {placed.page_range} cannot be merged", remedy=ADMIT_FIRST)
                raise BundleError("Some papers cannot go into the bundle", (problem,)) from None
        if slips := len(placed.slips):
            writer.append(drawn, pages=(slip, slip + slips), import_outline=False)
            slip += slips
    # What the bundle uses (labels, languages, marked content) is of PDF 1.7, whatever the papers are.
    writer.pdf_header = max(writer.pdf_header, "%PDF-1.7")
    return writer


def _stamp_pages(writer: PdfWriter, front: FrontPages, labels: Sequence[str]) -> None:
    pages = writer.pages
    if len(pages) != len(labels):
        problem = Problem("B002", f"{len(labels)} pages were numbered, but {len(pages)} were merged")
        raise BundleError("The papers did not keep their number of pages when they were merged", (problem,))
    stamper = Stamper(writer, find_font(pages[0], front.font))
    for page, label in zip(pages, labels, strict=True):
        stamper.stamp(page, label)


def _check_length(front: FrontPages, labels: Sequence[str], allowance: PageAllowance) -> Iterator[str]:
    limit = allowance.limit if allowance.permitted is None else allowance.permitted
    source = allowance.paragraph if allowance.permitted is None else "the court's order"
    papers = len(labels) - front.pages
    if papers > limit:
        yield (
            f"The bundle has {papers} pages of papers; {source} allows {limit}. Take papers out, or ask the court for "
            "permission and write it in the case file"
        )
    elif len(labels) > limit:
        yield (
            f"The papers have {papers} pages, with cover and index {len(labels)}; {source} allows {limit} and does not "
            "say whether cover and index count"
        )


def _check_papers(
    cover: Cover, sections: Sequence[Section], placed: Sequence[AssembledEntry], sources: Mapping[Path, Source]
) -> Iterator[str]:
    """What a clerk would want to look at before filing, by page number and never by title."""
    entries = [one.entry for one in placed]
    held = [one for one in placed if one.labels]
    undated = [one.page_range for one in held if one.entry.dated is None]
    if undated:
        yield f"Without a date, so placed last in their section: {', '.join(undated)}"
    same: dict[str, list[str]] = {}
    for one in held:
        same.setdefault(sources[one.entry.pdf].sha256, []).append(one.page_range)
    for pages in same.values():
        if len(pages) > 1:
            yield f"The same paper is in the bundle more than once: {' and '.join(pages)}"
    words = [cover.court, cover.hearing, cover.place, cover.judge, *cover.matters, *cover.children]
    words += [f"{party.name} {party.capacity} {party.represented_by} {party.counsel}" for party in cover.parties]
    words += [f"{entry.title} {entry.author} {entry.slip} {entry.withdrawn}" for entry in entries]
    if any(map(needs_joining, words + [section.title for section in sections])):
        yield (
            "Cover or index have words in a script whose signs stand around its letters (as in Hindi or Bengali), "
            "and print them one after another; look at how they read"
        )
