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
from generator.bundle.cover import Cover
from generator.bundle.deliver import deliver_pdf
from generator.bundle.fonts import FontFiles, Typesetter, find_fonts, needs_joining
from generator.bundle.front import FrontPages, draw_front
from generator.bundle.ledger import Ledger
from generator.bundle.navigation import add_navigation, describe_rows
from generator.bundle.numbering import LateStyle, number_papers
from generator.bundle.opened_pdfs import ADMIT_FIRST, OpenedPdf
from generator.bundle.papers import BundlePaper, BundleSection, PlacedPaper, list_labels
from generator.bundle.proof import ExpectedBundle, prove_bundle
from generator.bundle.round_diff import RoundChanges
from generator.bundle.stamp import Stamper, find_font


@dataclass(frozen=True, slots=True)
class PageAllowance:
    """How many pages a bundle may have: the limit of the practice direction, or what the court permitted instead."""

    limit: int = 350
    paragraph: str = "PD27A paragraph 11.2(b)"
    permitted: int | None = None


USUAL_ALLOWANCE = PageAllowance()
NO_CITATIONS: Mapping[str, Sequence[CitationLink]] = {}


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
    papers: tuple[PlacedPaper, ...]
    warnings: tuple[str, ...]
    ledger: Ledger
    changes: RoundChanges

    @property
    def pages(self) -> int:
        """How many pages the file has."""
        return len(self.labels)


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


@_without_collecting()
def assemble_bundle(
    cover: Cover,
    sections: Sequence[BundleSection],
    papers: Sequence[BundlePaper],
    output: Path,
    *,
    allowance: PageAllowance = USUAL_ALLOWANCE,
    fonts: FontFiles | None = None,
    ledger: Ledger | None = None,
    late_style: LateStyle = "lettered",
    citations: Mapping[str, Sequence[CitationLink]] = NO_CITATIONS,
) -> AssembledBundle:
    """Write the bundle as one PDF to `output`; the same input gives the same bytes.

    With the ledger of what was filed before, no page of it moves, and what is late comes where `late_style` says;
    the day of the round is that on which the cover says it was prepared. Copies for several readers have the same
    numbers when they are made from the same list and ledger, with slips in the papers that a reader may not have.

    `citations` has the links that `take_citations` took out of our own papers, by their ids; evidence that is cited
    has the id that it has in the case file.

    The file is written under a private name, opened again and proved, and only then put in the place of an older
    bundle, which otherwise stays whole. Raises BundleError (B001 for what cannot go in, B002 for a failed proof,
    B003 for filed pages that would change), FileBusyError when the place is full, read-only or held open,
    ProgramMissingError when no font is installed.
    """
    letters = Typesetter(fonts or find_fonts())
    opened, numbered = number_papers(sections, papers, ledger, late_style, cover.prepared_on)
    problems = tuple(one.problem for one in numbered.papers if one.problem)
    if problems:
        raise BundleError("Pages that were filed would change, so there is no bundle", problems)
    front = draw_front(cover, numbered.sections, letters)
    labels = list_labels(front.pages, numbered.sections)
    writer = _merge(front, numbered.papers, opened)
    _stamp_pages(writer, front, labels)
    rows = describe_rows(numbered.sections)
    add_navigation(writer, cover, front, rows, labels)
    cited = add_citations(writer, labels, front.pages, numbered.papers, citations)
    writer.compress_identical_objects()
    expected = ExpectedBundle(labels, front.pages, rows)

    def prove(written: Path) -> None:
        prove_bundle(written, expected)
        if cited:
            prove_citations(written, cited)

    digest = deliver_pdf(writer, output, prove)
    warnings = [*_check_length(front, labels, allowance)]
    warnings += _check_papers(cover, [one.section for one in numbered.sections], numbered.papers, opened)
    changes = RoundChanges(cover, numbered.round, numbered.papers, labels[front.cover_pages : front.pages])
    return AssembledBundle(
        output, labels, front.pages, digest, numbered.papers, tuple(warnings), numbered.ledger, changes
    )


def _merge(front: FrontPages, papers: Sequence[PlacedPaper], opened: Mapping[Path, OpenedPdf]) -> PdfWriter:
    writer = PdfWriter()
    drawn = PdfReader(io.BytesIO(front.pdf))
    writer.append(drawn, pages=(0, front.pages), import_outline=False)
    slip = front.pages
    for placed in papers:
        if placed.is_merged:
            try:
                writer.append(opened[placed.paper.pdf].reader, import_outline=False)
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
    cover: Cover, sections: Sequence[BundleSection], papers: Sequence[PlacedPaper], opened: Mapping[Path, OpenedPdf]
) -> Iterator[str]:
    """What a clerk would want to look at before filing, by page number and never by title."""
    held = [one for one in papers if one.labels]
    undated = [one.page_range for one in held if one.paper.dated is None]
    if undated:
        yield f"Without a date, so placed last in their section: {', '.join(undated)}"
    same: dict[str, list[str]] = {}
    for one in held:
        same.setdefault(opened[one.paper.pdf].sha256, []).append(one.page_range)
    for pages in same.values():
        if len(pages) > 1:
            yield f"The same paper is in the bundle more than once: {' and '.join(pages)}"
    words = [cover.court, cover.hearing, cover.place, cover.judge, *cover.matters, *cover.children]
    words += [f"{party.name} {party.capacity} {party.represented_by} {party.counsel}" for party in cover.parties]
    words += [f"{one.title} {one.author} {one.slip} {one.withdrawn}" for one in (placed.paper for placed in papers)]
    if any(map(needs_joining, words + [section.title for section in sections])):
        yield (
            "Cover or index have words in a script whose signs stand around its letters (as in Hindi or Bengali), "
            "and print them one after another; look at how they read"
        )
