"""Open a written bundle again and prove that every page has the same number wherever it is named."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, Destination, DictionaryObject, IndirectObject, StreamObject

from generator.base.errors import BundleError, Problem
from generator.base.pages import format_range
from generator.base.pdf_objects import look_up
from generator.bundle.page_writer import PAGES_LEFT

_STAMP = re.compile(rb"Artifact .*\(([\w.,' ]+)\) Tj ET Q EMC\s*\Z", re.DOTALL)
_ACTIVE = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|EF|AF|AA|SubmitForm|ImportData|GoToR|GoToE|RichMedia|Rendition|Movie"
    rb"|Sound|XFA|AcroForm|ObjStm)(?=[\s/<(\[>\]])"
)
_ACTIONS = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/SubmitForm",
        "/ImportData",
        "/GoToR",
        "/GoToE",
        "/Rendition",
        "/Movie",
        "/Sound",
        "/RichMediaExecute",
    }
)
_MAX_TOLD = 20
_PIECE = 1024 * 1024

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class ExpectedRow:
    """One line of the index: a section or a paper, the pages it must name, and the page it must lead to.

    It leads to its first page, or where a slip stands for the pages, to the slip, whose label `slip` is. `note` is
    what follows the title: withheld from this copy.
    """

    title: str
    first_label: str
    last_label: str
    is_section: bool = False
    slip: str = ""
    note: str = ""

    @property
    def target(self) -> str:
        """The label of the page that the line and its bookmark lead to."""
        return self.slip or self.first_label

    @property
    def bookmark(self) -> str:
        """The words of its bookmark, with its page."""
        note = f" ({self.note})" if self.note else ""
        return f"{self.title}{note} \N{EN DASH} pg {self.target}"


@dataclass(frozen=True, slots=True)
class ExpectedBundle:
    """What a written bundle must say: the label of each page in order, and the lines of its index in order."""

    labels: tuple[str, ...]
    front_pages: int
    rows: tuple[ExpectedRow, ...]


def prove_bundle(path: Path, expected: ExpectedBundle) -> None:
    """Re-open the file and compare stamp, page label, bookmark, index line and link target of every page and paper.

    Raises BundleError with code B002 and every difference (by page number, no titles) when it does not say what it
    must, holds anything that acts, or cannot be read again.
    """
    _prove(path, expected.labels, expected.rows, expected.labels, expected.front_pages)


def prove_pages(
    path: Path, labels: Sequence[str], rows: Sequence[ExpectedRow], stamps: Sequence[str] | None = None
) -> None:
    """The same for any other file with numbered pages: stamps, page labels, bookmarks, and that every link lands.

    `stamps` are the words printed at the foot of each page, where they are more than its label.
    """
    _prove(path, labels, rows, labels if stamps is None else stamps, None)


def _prove(
    path: Path, labels: Sequence[str], rows: Sequence[ExpectedRow], stamps: Sequence[str], front_pages: int | None
) -> None:
    try:
        problems = [*_find_problems(path, labels, rows, stamps, front_pages)]
    except OSError:
        raise
    except Exception:
        # Whatever stops a reader here would stop the court's reader too.
        remedy = "build it again; if it happens again, leave out the paper that was added last"
        problems = [Problem("B002", "The bundle that was written cannot be read again", remedy=remedy)]
    refuse_differences("The bundle did not pass the proof after it was written, so it was not delivered", problems)


def refuse_differences(summary: str, problems: Sequence[Problem]) -> None:
    """Raise BundleError with the first of these problems, where there are any, and how many more there are."""
    if problems:
        more = len(problems) - _MAX_TOLD
        told = problems[:_MAX_TOLD]
        raise BundleError(summary, (*told, *([Problem("B002", f"and {more} more differences")] if more > 0 else ())))


def _find_problems(
    path: Path, labels: Sequence[str], rows: Sequence[ExpectedRow], stamps: Sequence[str], front_pages: int | None
) -> Iterator[Problem]:
    """What differs. A bundle has a cover and an index of so many front pages; None for another file."""
    # An open file: by its path, the reader would take the whole bundle into memory.
    with path.open("rb") as file, PdfReader(file) as reader:
        pages = _read_pages(reader)
        if len(pages) != len(labels):
            yield Problem("B002", f"The file has {len(pages)} pages; {len(labels)} were put in")
            return
        label_at = {reference.idnum: label for (reference, _), label in zip(pages, labels, strict=True)}
        yield from _compare_stamps(pages, stamps)
        marks = _read_bookmarks(reader, label_at)
        lines: list[tuple[int, Box, ExpectedRow]] = []
        if front_pages is None:
            yield from _compare_marks(marks, rows)
            yield from _find_lost_links(pages, label_at, labels)
        else:
            yield from _compare_front_marks(marks[:2], labels[:front_pages])
            yield from _compare_marks(marks[2:], rows)
            boxes = yield from _compare_index(pages[:front_pages], label_at, rows)
            lines = [(on, box, row) for (on, box), row in zip(boxes, rows, strict=bool(boxes))]
        yield from _compare_as_displayed(path, labels, lines)
        yield from _find_active_content(path, reader)


def _read_pages(reader: PdfReader) -> list[tuple[IndirectObject, DictionaryObject]]:
    """The pages as they stand in the file. The bundle is written with one flat list of them."""
    listed = look_up(look_up(reader.root_object, "/Pages"), "/Kids")
    pages = [(reference, reference.get_object()) for reference in listed]
    return [(reference, page) for reference, page in pages if look_up(page, "/Type") == "/Page"]


def _compare_stamps(
    pages: Sequence[tuple[IndirectObject, DictionaryObject]], labels: Sequence[str]
) -> Iterator[Problem]:
    for (_, page), label in zip(pages, labels, strict=True):
        contents = look_up(page, "/Contents")
        last = contents[-1].get_object() if isinstance(contents, ArrayObject) and contents else contents
        found = _STAMP.search(last.get_data()) if isinstance(last, StreamObject) else None
        if found is None or found[1].decode() != label:
            yield Problem("B002", f"The number printed on page {label} is missing or different")


def _compare_front_marks(own: Sequence[tuple[str, str, bool]], front: Sequence[str]) -> Iterator[Problem]:
    """The cover and the index have bookmarks of their own before the first section."""
    if len(own) != 2 or any(target not in front for _, target, _ in own):
        yield Problem("B002", "The bookmarks of the cover and the index do not lead to them")


def _find_lost_links(
    pages: Sequence[tuple[IndirectObject, DictionaryObject]], label_at: Mapping[int, str], labels: Sequence[str]
) -> Iterator[Problem]:
    for (_, page), label in zip(pages, labels, strict=True):
        for annotation in look_up(page, "/Annots") or ():
            if not _follow(annotation.get_object()["/Dest"][0], label_at):
                yield Problem("B002", f"A link on page {label} leads out of the file")


def _read_bookmarks(reader: PdfReader, label_at: Mapping[int, str]) -> list[tuple[str, str, bool]]:
    """The words of each bookmark, the label of the page it leads to, and whether it stands at the top."""
    return [(str(mark.title), _follow(mark.page, label_at), is_top) for mark, is_top in _walk_outline(reader.outline)]


def _compare_marks(found: Sequence[tuple[str, str, bool]], rows: Sequence[ExpectedRow]) -> Iterator[Problem]:
    if len(found) != len(rows):
        yield Problem("B002", f"There are {len(found)} bookmarks for {len(rows)} sections and papers")
        return
    for got, row in zip(found, rows, strict=True):
        if got != (row.bookmark, row.target, row.is_section):
            yield Problem("B002", f"The bookmark for page {row.target} says or does something else")


def _walk_outline(items: Sequence[Any], depth: int = 0) -> Iterator[tuple[Destination, bool]]:
    for item in items:
        if isinstance(item, list):
            yield from _walk_outline(item, depth + 1)
        else:
            yield item, depth == 0


def _follow(target: Any, label_at: Mapping[int, str]) -> str:
    """The label of the page that a destination names; nothing when it names no page."""
    return label_at.get(target.idnum, "") if isinstance(target, IndirectObject) else ""


def _compare_index(
    front: Sequence[tuple[IndirectObject, DictionaryObject]], label_at: Mapping[int, str], rows: Sequence[ExpectedRow]
) -> Generator[Problem, None, list[tuple[int, Box]]]:
    """Yields differences; returns the place of each line of the index as the file itself gives it."""
    boxes: list[tuple[int, Box]] = []
    targets: list[str] = []
    for number, (_, page) in enumerate(front):
        for annotation in look_up(page, "/Annots") or ():
            link = annotation.get_object()
            left, bottom, right, top = (float(side) for side in link["/Rect"])
            boxes.append((number, (left, bottom, right, top)))
            targets.append(_follow(link["/Dest"][0], label_at))
    if len(targets) != len(rows):
        yield Problem("B002", f"The index has {len(targets)} links for {len(rows)} lines")
        return []
    for got, row in zip(targets, rows, strict=True):
        if got != row.target:
            yield Problem("B002", f"The line of the index for page {row.target} leads to another page")
    return boxes


def _compare_as_displayed(
    path: Path, labels: Sequence[str], lines: Sequence[tuple[int, Box, ExpectedRow]]
) -> Iterator[Problem]:
    """A second reader, which knows nothing of how the file was made, says labels and what is printed at the links."""
    import pypdfium2  # type: ignore[import-untyped]

    with pypdfium2.PdfDocument(path) as shown:
        if len(shown) != len(labels):
            yield Problem("B002", f"A second reader counts {len(shown)} pages; {len(labels)} were put in")
            return
        for number, label in enumerate(labels):
            if shown.get_page_label(number) != label:
                yield Problem("B002", f"Page {number + 1} of the file is not labelled {label}")
        for number, group in itertools.groupby(lines, key=lambda line: line[0]):
            page = shown[number]
            text = page.get_textpage()
            for _, box, row in group:
                yield from _compare_line(text, box, row)
            text.close()
            page.close()


def _compare_line(text: Any, box: Box, row: ExpectedRow) -> Iterator[Problem]:
    left, bottom, right, top = box
    pages = format_range(row.first_label, row.last_label)
    if " ".join(text.get_text_bounded(PAGES_LEFT, bottom, right, top).split()) != pages:
        yield Problem("B002", f"The index does not print {pages} on its line")
    printed = _letters_of(text.get_text_bounded(left, bottom, PAGES_LEFT, top))
    if _letters_of(row.title) + _letters_of(row.note) - printed:
        yield Problem("B002", f"The index does not print the whole title of the paper at {row.first_label}")


def _letters_of(text: str) -> Counter[str]:
    """Letters and digits alone: readers differ in spaces, hyphens at line ends, and the order of right-to-left text.

    Letters beyond the first plane are left out, because a PDF made by reportlab names them wrongly to readers.
    """
    letters = unicodedata.normalize("NFKC", text).casefold()
    return Counter(letter for letter in letters if letter.isalnum() and letter <= "\uffff")


def _find_active_content(path: Path, reader: PdfReader) -> Iterator[Problem]:
    # Written without compressed object streams, so a name that is nowhere in its bytes is nowhere in the file.
    if not _holds(path, _ACTIVE):
        return
    for number in sorted(reader.xref.get(0, {})):
        try:
            found = reader.get_object(number)
        except PyPdfError:
            continue
        if any(_is_active(part) for part in _walk(found)):
            yield Problem("B002", f"Object {number} of the file holds a script, an attachment or an action")


def _holds(path: Path, pattern: re.Pattern[bytes]) -> bool:
    """Whether the bytes of a file hold what a pattern of less than 64 bytes looks for; a piece of it at a time."""
    end = b""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            if pattern.search(end + piece):
                return True
            end = piece[-64:]
    return False


def _walk(value: Any) -> Iterator[DictionaryObject]:
    if isinstance(value, DictionaryObject):
        yield value
        for inner in value.values():
            yield from _walk(inner)
    elif isinstance(value, ArrayObject):
        for inner in value:
            yield from _walk(inner)


def _is_active(part: DictionaryObject) -> bool:
    kind, action, subtype = (look_up(part, key) for key in ("/Type", "/S", "/Subtype"))
    if action in _ACTIONS or kind in ("/EmbeddedFile", "/ObjStm") or (kind == "/Filespec") or "/JS" in part:
        return True
    if kind == "/Catalog" and any(key in part for key in ("/AA", "/AcroForm", "/AF", "/Names")):
        return True
    if kind == "/Page" and any(key in part for key in ("/AA", "/AF")):
        return True
    return kind == "/Annot" and (subtype != "/Link" or "/A" in part)
