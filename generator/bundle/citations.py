"""Citations in our own papers: found in their PDFs, led to the pages of the bundle, and proved in the written file.

A link to `bundle.invalid` is taken out of a PDF that we made ourselves, before it is admitted, and drawn anew on the
merged page. Admission and `prepare_source` drop every link that leads out of a file, so that such a link in a paper
from outside never becomes one into the bundle.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from generator.base.errors import BundleError, Problem
from generator.base.pdf_objects import look_up
from generator.bundle.papers import PlacedPaper
from generator.bundle.proof import refuse_differences
from generator.bundle.stamp import point_to
from generator.case.citations import Citation, format_label, read_address

Box = tuple[float, float, float, float]

_NAME = "citation "
_BUILD_AGAIN = "build it again; if it happens again, take the citation out of the text"


@dataclass(frozen=True, slots=True)
class CitationLink:
    """One link of a citation on a page of our own paper. `number` counts the citations of the paper from 1."""

    page: int
    box: Box
    cites: Citation
    number: int


@dataclass(frozen=True, slots=True)
class ExpectedCitation:
    """What a citation must print in the written bundle, and the label of the page to which it must lead.

    `name` says which citation it is: the paper that cites, counted from 1, and the citation in it. `on` are the labels
    of the pages that hold it.
    """

    name: str
    on: tuple[str, ...]
    prints: str
    leads_to: str


def take_citations(pdf: Path, target: Path, written: Sequence[Citation]) -> tuple[CitationLink, ...]:
    """Take the links of citations out of a PDF that was made from our Word file; what is left is written to `target`.

    `written` is what `label_citations` put into the Word file; the links come back in the order of their numbers. In
    `target` they are gone, so that admission finds nothing that leads out of it. Raises BundleError (B002) where the
    PDF does not have exactly these, so that no citation is lost without a word.
    """
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf.read_bytes())))
    links = [link for number, page in enumerate(writer.pages) for link in _take_links(number, page)]
    wanted = {(number, replace(cited, alone=False)) for number, cited in enumerate(written, 1)}
    if {(link.number, link.cites) for link in links} != wanted:
        says = f"The PDF of a paper should cite evidence {len(wanted)} times, and its links say something else"
        raise BundleError("A paper lost its citations on the way to PDF", (Problem("B002", says, remedy=_BUILD_AGAIN),))
    writer.write(target)
    return tuple(sorted(links, key=lambda link: (link.number, _reading_order(link.page, link.box))))


def _take_links(number: int, page: PageObject) -> Iterator[CitationLink]:
    kept = ArrayObject()
    for annotation in look_up(page, "/Annots") or ():
        described = annotation.get_object()
        action = look_up(described, "/A") if isinstance(described, DictionaryObject) else None
        found = read_address(str(look_up(action, "/URI"))) if isinstance(action, DictionaryObject) else None
        if found:
            yield CitationLink(number, _read_box(described), *found)
        else:
            kept.append(annotation)
    page.pop("/Annots", None)
    if kept:
        page[NameObject("/Annots")] = kept


def _reading_order(page: int, box: Box) -> tuple[int, float, float]:
    """Where a link is read: LibreOffice does not write the lines of one citation in their order."""
    left, _, _, top = box
    return page, -top, left


def _read_box(link: DictionaryObject) -> Box:
    left, bottom, right, top = (float(side) for side in link["/Rect"])  # type: ignore[attr-defined]
    return left, bottom, right, top


@dataclass(frozen=True, slots=True)
class _Cited:
    """An evidence file in this copy: the number of each of its pages, and the page of the file that holds it.

    Where a slip stands for the file, all its numbers lead to the slip.
    """

    labels: tuple[str, ...]
    pages: tuple[int, ...]


def add_citations(
    writer: PdfWriter,
    labels: Sequence[str],
    front_pages: int,
    papers: Sequence[PlacedPaper],
    citations: Mapping[str, Sequence[CitationLink]],
) -> tuple[ExpectedCitation, ...]:
    """Draw the links of all papers on the merged pages, and return what must be found in the written file.

    `labels` are those of all pages in order; `citations` has the links of each paper by its id. What they cite is the
    paper whose id is that of the evidence. Raises BundleError (B001) for each page that cites what the
    bundle does not have.
    """
    starts: dict[str, int] = {}
    cited: dict[str, _Cited] = {}
    at = front_pages
    for placed in papers:
        pages = len(placed.labels)
        where = tuple(range(at, at + pages)) if placed.is_merged else (at,) * pages
        cited[placed.id] = _Cited(placed.labels, where)
        if placed.is_merged:
            starts[placed.id] = at
        at += len(placed.sheets)
    expected: list[ExpectedCitation] = []
    broken: dict[str, None] = {}
    citing = [(start, citations[key]) for key, start in starts.items() if key in citations]
    for paper, (start, links) in enumerate(citing, 1):
        for number, pieces in itertools.groupby(links, key=lambda link: link.number):
            lines = list(pieces)
            cites, on = lines[0].cites, tuple(dict.fromkeys(labels[start + line.page] for line in lines))
            file = cited.get(cites.id, _Cited((), ()))
            if (cites.last or 1) > len(file.labels):
                broken[on[0]] = None
                continue
            target, name = file.pages[(cites.first or 1) - 1], f"{paper}.{number}"
            for piece, line in enumerate(lines):
                _draw_link(writer, start + line.page, line.box, f"{_NAME}{name}.{piece}", target)
            expected.append(ExpectedCitation(name, on, format_label(cites, file.labels), labels[target]))
    if broken:
        remedy = "put the evidence into the bundle, or mend the citation"
        problems = [
            Problem("B001", f"Page {page} cites a page that is not in the bundle", None, "", remedy) for page in broken
        ]
        raise BundleError("Some citations lead nowhere", tuple(problems))
    return tuple(expected)


def _draw_link(writer: PdfWriter, on: int, box: Box, name: str, target: int) -> None:
    page = writer.pages[on]
    annotation = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Link"),
            NameObject("/NM"): TextStringObject(name),
            NameObject("/Rect"): ArrayObject([FloatObject(f"{side:.2f}") for side in box]),
            NameObject("/Border"): ArrayObject([NumberObject(0)] * 3),
            NameObject("/Dest"): point_to(writer.pages[target]),
        }
    )
    held = look_up(page, "/Annots")
    if not isinstance(held, ArrayObject):
        held = ArrayObject()
    page[NameObject("/Annots")] = ArrayObject([*held, writer._add_object(annotation)])


def prove_citations(path: Path, expected: Sequence[ExpectedCitation]) -> None:
    """Re-open a written bundle: each citation prints the label of the page that its link leads to, and none is amiss.

    Words, links and labels are read from the file by two readers that know nothing of how it was made. Raises
    BundleError with code B002 and every difference, by page number.
    """
    problems = [*_find_problems(path, expected)]
    refuse_differences("The bundle does not cite the pages it should, so it was not delivered", problems)


def _find_problems(path: Path, expected: Sequence[ExpectedCitation]) -> Iterator[Problem]:
    import pypdfium2  # type: ignore[import-untyped]

    found = _read_links(path)
    with pypdfium2.PdfDocument(path) as shown:
        for one in expected:
            here = " and ".join(one.on)
            pieces = sorted(found.pop(one.name, []), key=lambda piece: _reading_order(*piece[:2]))
            on = tuple(dict.fromkeys(str(shown.get_page_label(page)) for page, _, _ in pieces))
            if on != one.on:
                yield Problem("B002", f"A citation on page {here} has no link there", remedy=_BUILD_AGAIN)
                continue
            leads_to = {"" if target is None else str(shown.get_page_label(target)) for _, _, target in pieces}
            if leads_to != {one.leads_to}:
                yield Problem("B002", f"A citation on page {here} does not lead to {one.leads_to}")
            printed = "".join(_read_words(shown, page, box) for page, box, _ in pieces)
            if printed != one.prints.replace(" ", ""):
                yield Problem("B002", f"A citation on page {here} does not print {one.prints}", remedy=_BUILD_AGAIN)
        for pieces in found.values():
            yield Problem("B002", f"Page {shown.get_page_label(pieces[0][0])} has a citation that nobody wrote")


def _read_links(path: Path) -> dict[str, list[tuple[int, Box, int | None]]]:
    """The links of citations by name, each piece with the page it is on, its box, and the page it leads to."""
    found: dict[str, list[tuple[int, Box, int | None]]] = {}
    with path.open("rb") as file:
        pages = PdfReader(file).pages
        number_of = {
            page.indirect_reference.idnum: number for number, page in enumerate(pages) if page.indirect_reference
        }
        for number, page in enumerate(pages):
            for annotation in look_up(page, "/Annots") or ():
                link = annotation.get_object()
                name = str(look_up(link, "/NM") or "")
                if name.startswith(_NAME):
                    key = name.removeprefix(_NAME).rpartition(".")[0]
                    found.setdefault(key, []).append((number, _read_box(link), _read_target(link, number_of)))
    return found


def _read_target(link: DictionaryObject, number_of: Mapping[int, int]) -> int | None:
    target: Any = look_up(link, "/Dest")
    first = target[0] if isinstance(target, ArrayObject) and target else None
    return number_of.get(first.idnum) if isinstance(first, IndirectObject) else None


def _read_words(shown: Any, page: int, box: Box) -> str:
    """What is printed inside a link, without its blanks."""
    opened = shown[page]
    text = opened.get_textpage()
    words = str(text.get_text_bounded(*box))
    text.close()
    opened.close()
    return "".join(words.split())
