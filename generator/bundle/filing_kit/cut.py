"""Cut pages out of a finished bundle: each piece keeps the labels, bookmarks and inner links of its pages."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from generator.base.errors import BundleError, Problem
from generator.base.pages import format_range
from generator.base.pdf_objects import describe_file, look_up, make_page_labels

_NOT_PROVED = "A file of the filing kit did not pass the proof, so there is no kit"
_NAMES = re.compile(rb"/([^\x00\t\n\f\r ()<>\[\]{}/%]+)")
_PAGE_IN_TITLE = re.compile(r"\W+pg \w+$")
_LEFT_OUT = ("/Annots", "/Parent", "/StructParents")
_OBJECT, _PIECE, _BOOKMARK, _PAGE = 40, 2_000, 400, 60
"""Bytes beside the objects themselves: an entry in the list of objects, the catalogue, a bookmark, a label."""


@dataclass(frozen=True, slots=True)
class PieceBookmark:
    """A bookmark: its words, the place of its page in the file (from 0), and the bookmarks under it."""

    title: str
    page: int
    inner: tuple[PieceBookmark, ...] = ()


class _Scale:
    """A file that is only weighed."""

    def __init__(self) -> None:
        self.weight = 0

    def write(self, data: bytes) -> int:
        self.weight += len(data)
        return len(data)


class FinishedBundle:
    """An opened bundle. Its pages are counted from 0, and stay on the disk until one is wanted."""

    def __init__(self, file: io.BufferedReader) -> None:
        self._digest = hashlib.file_digest(file, "sha256").digest()
        self._reader = PdfReader(file)
        self._pages: list[PageObject] = list(self._reader.pages)
        self._numbers = {page.indirect_reference.idnum: at for at, page in enumerate(self._pages)}  # type: ignore[union-attr]
        self.labels: tuple[str, ...] = tuple(self._reader.page_labels)
        described = self._reader.metadata
        self.title = (described.title if described else "") or "Court bundle"
        self.marks = tuple(self._read_marks(self._reader.outline))
        self._objects: dict[int, tuple[int, frozenset[int]]] = {}
        for page in self._pages:
            # Left out here and not on the way into a piece, where pypdf would leave out a font of that name as well.
            page.pop("/B", None)
            if _drop_unused_pictures(page):
                self._forget()
        self._forget()

    def _forget(self) -> None:
        # pypdf keeps every object that it has read; with scans that would be the whole file.
        self._reader.resolved_objects.clear()

    def _read_marks(self, items: Sequence[Any]) -> Iterator[PieceBookmark]:
        for place, item in enumerate(items):
            if isinstance(item, list):
                continue
            at = self._numbers.get(item.page.idnum) if isinstance(item.page, IndirectObject) else None
            under = items[place + 1] if place + 1 < len(items) and isinstance(items[place + 1], list) else []
            if at is not None:
                yield PieceBookmark(str(item.title), at, tuple(self._read_marks(under)))

    def objects_of(self, pages: Iterable[int]) -> frozenset[int]:
        """All that some pages need, by number, the pages themselves among them."""
        needed: set[int] = set()
        for at in pages:
            reference = self._pages[at].indirect_reference
            assert reference is not None
            if reference.idnum not in self._objects:
                self._objects[reference.idnum] = self._look_at(self._pages[at])
            open_ends = [reference.idnum]
            while open_ends:
                number = open_ends.pop()
                if number in needed:
                    continue
                needed.add(number)
                if number not in self._objects:
                    self._objects[number] = self._look_at(self._reader.get_object(number))
                open_ends += self._objects[number][1]
            self._forget()
        return frozenset(needed)

    def _look_at(self, found: Any) -> tuple[int, frozenset[int]]:
        """How many bytes an object is written in, and what it refers to."""
        scale = _Scale()
        if found is None:
            return 0, frozenset()
        found.write_to_stream(scale)
        return scale.weight, frozenset(_find_references(found))

    def weigh(self, objects: Iterable[int]) -> int:
        """What some objects come to in a file. Only a guess at the file, which is measured when it is written."""
        return sum(self._objects[number][0] + _OBJECT for number in objects)

    @staticmethod
    def weigh_rest(pages: int, papers: int) -> int:
        """What comes on top of the objects."""
        return _PIECE + pages * _PAGE + papers * _BOOKMARK

    def cut(self, pages: range, target: Path, title: str, made_on: dt.date, *, one_paper: bool = False) -> int:
        """Write some pages as a file of their own, and prove its labels; returns its size. Raises BundleError.

        `one_paper` leaves out the bookmark of the section that the paper stands in. The same pages of the same bundle
        give the same bytes.
        """
        writer = PdfWriter()
        new = {at: writer.add_page(self._pages[at], _LEFT_OUT) for at in pages}
        for at, page in new.items():
            self._link(writer, self._pages[at], page, new)
        labels = self.labels[pages.start : pages.stop]
        marks = self._choose_marks(self.marks, len(self._pages), pages)
        if one_paper:
            marks = tuple(itertools.chain.from_iterable(mark.inner or (mark,) for mark in marks))
        writer.root_object[NameObject("/PageLabels")] = make_page_labels(labels)
        describe_file(writer, title, made_on)
        if marks:
            top = writer._add_object(DictionaryObject({NameObject("/Type"): NameObject("/Outlines")}))
            _add_marks(writer, top, marks, new)
            writer.root_object[NameObject("/Outlines")] = top
        # What a piece uses is of PDF 1.7, and so is the bundle.
        writer.pdf_header = max(writer.pdf_header, "%PDF-1.7")
        identity = hashlib.sha256(self._digest + f"{pages.start} {pages.stop} {title}".encode()).digest()[:16]
        writer._ID = ArrayObject([ByteStringObject(identity), ByteStringObject(identity)])
        if sum(_is_page(one, "/Page") for one in writer._objects) != len(pages):
            # Whatever led there: a paper that is sent on its own must not carry pages of another.
            says = f"The file for {self.name_pages(pages)} would hold other pages of the bundle as well"
            raise BundleError(_NOT_PROVED, (Problem("B002", says, remedy="build the bundle again"),))
        with target.open("wb") as file:
            writer.write(file)
        # Writer and objects hold each other, so what was written would stay in memory until somebody looks for rubbish.
        writer._objects.clear()
        self._forget()
        _prove(target, labels)
        return target.stat().st_size

    def _link(self, writer: PdfWriter, source: PageObject, page: PageObject, new: Mapping[int, PageObject]) -> None:
        """Keep the links whose target is in the piece. A link that leads nowhere is worse than none."""
        kept = ArrayObject()
        for annotation in look_up(source, "/Annots") or ():
            link = annotation.get_object()
            target = look_up(link, "/Dest")
            if not isinstance(target, ArrayObject) or not target or not isinstance(target[0], IndirectObject):
                continue
            at = self._numbers.get(target[0].idnum, -1)
            if at in new:
                made = link.clone(writer, True, ("/Dest", "/P", "/Parent", "/StructParent", "/A", "/AA"))
                made[NameObject("/Dest")] = ArrayObject([new[at].indirect_reference, *target[1:]])
                kept.append(made.indirect_reference or writer._add_object(made))
        if kept:
            page[NameObject("/Annots")] = kept

    def _choose_marks(self, marks: Sequence[PieceBookmark], end: int, pages: range) -> tuple[PieceBookmark, ...]:
        """The bookmarks of what is in the piece. Where it begins in the middle of something, that is said."""
        chosen = []
        for place, mark in enumerate(marks):
            after = marks[place + 1].page if place + 1 < len(marks) else end
            if mark.page >= pages.stop or (after <= pages.start and mark.page < pages.start):
                continue
            inner = self._choose_marks(mark.inner, after, pages)
            if mark.page < pages.start:
                words = _PAGE_IN_TITLE.sub("", mark.title)
                said = f"{words} (continued) \N{EN DASH} pg {self.labels[pages.start]}"
                chosen.append(PieceBookmark(said, pages.start, inner))
            else:
                chosen.append(replace(mark, inner=inner))
        return tuple(chosen)

    def name_pages(self, pages: range) -> str:
        """The labels of the first and last of some pages: i to C40."""
        return format_range(self.labels[pages.start], self.labels[pages.stop - 1])


@contextmanager
def open_bundle(path: Path) -> Iterator[FinishedBundle]:
    """Open a finished bundle. Raises BundleError when it cannot be read, OSError when it cannot be opened."""
    with path.open("rb") as file:
        try:
            bundle = FinishedBundle(file)
        except (PyPdfError, ValueError, KeyError, TypeError, AttributeError):
            problem = Problem("B002", "The bundle cannot be read", remedy="build it again")
            raise BundleError("The filing kit cannot be made from this bundle", (problem,)) from None
        yield bundle


def _find_references(found: Any) -> Iterator[int]:
    """What an object refers to, but no page: pages lead to everything."""
    open_ends = [found]
    while open_ends:
        value = open_ends.pop()
        if isinstance(value, IndirectObject):
            if not _is_page(value.get_object()):
                yield value.idnum
        elif isinstance(value, DictionaryObject):
            page = _is_page(value)
            open_ends += [value.raw_get(key) for key in value if not (page and key in _LEFT_OUT)]
        elif isinstance(value, ArrayObject):
            open_ends += list(value)


def _is_page(found: Any, *types: str) -> bool:
    return isinstance(found, DictionaryObject) and found.get("/Type") in (types or ("/Page", "/Pages"))


def _drop_unused_pictures(page: PageObject) -> bool:
    """Leave a page only the pictures that it draws; returns whether it had to be looked at for that.

    Scanners and older programs give every page the same list of all pictures of the file. Cut into pieces, each piece
    would hold them all.
    """
    resources = look_up(page, "/Resources")
    pictures = look_up(resources, "/XObject") if isinstance(resources, DictionaryObject) else None
    if not isinstance(pictures, DictionaryObject) or len(pictures) < 2:
        return False
    drawn = _names_in(page)
    kept = {name: pictures.raw_get(name) for name in pictures if drawn is None or name in drawn}
    # A form without resources of its own, as PDF 1.1 allowed, draws with those of the page.
    forms = [value.get_object() for value in kept.values()]
    borrows = any(look_up(form, "/Subtype") == "/Form" and "/Resources" not in form for form in forms)
    if len(kept) < len(pictures) and not borrows:
        own = DictionaryObject({key: resources.raw_get(key) for key in resources})
        own[NameObject("/XObject")] = DictionaryObject({NameObject(name): value for name, value in kept.items()})
        page[NameObject("/Resources")] = own
    return True


def _names_in(page: PageObject) -> set[str] | None:
    """Every name in a page's content, whatever it names; None when the content cannot be read."""
    contents = look_up(page, "/Contents")
    parts = contents if isinstance(contents, ArrayObject) else [contents]
    try:
        content = b"\n".join(
            stream.get_data()
            for part in parts
            if part is not None and isinstance(stream := part.get_object(), StreamObject)
        )
    except (PyPdfError, ValueError, NotImplementedError):
        return None
    # In a name, #2F stands for a slash, much as %2F does in an address.
    return {
        "/" + unquote_to_bytes(name.replace(b"%", b"%25").replace(b"#", b"%")).decode("latin-1")
        for name in _NAMES.findall(content)
    }


def _add_marks(
    writer: PdfWriter, parent: IndirectObject, marks: Sequence[PieceBookmark], new: Mapping[int, PageObject]
) -> int:
    """Hang bookmarks under their parent, all unfolded; returns how many there are."""
    made = []
    total = 0
    for mark in marks:
        page = new[mark.page].indirect_reference
        assert page is not None
        # No zoom, so that the reader keeps the one they have.
        place = ArrayObject([page, NameObject("/XYZ"), NullObject(), NullObject(), NullObject()])
        item = DictionaryObject({NameObject("/Title"): TextStringObject(mark.title), NameObject("/Dest"): place})
        item[NameObject("/Parent")] = parent
        reference = writer._add_object(item)
        if mark.inner:
            total += _add_marks(writer, reference, mark.inner, new)
        made.append((reference, item))
    for (reference, item), (later, after) in itertools.pairwise(made):
        item[NameObject("/Next")] = later
        after[NameObject("/Prev")] = reference
    above = parent.get_object()
    assert isinstance(above, DictionaryObject)
    above[NameObject("/First")], above[NameObject("/Last")] = made[0][0], made[-1][0]
    total += len(made)
    above[NameObject("/Count")] = NumberObject(total)
    return total


def _prove(path: Path, labels: Sequence[str]) -> None:
    """A reader that knows nothing of how the file was made must find every page under its label."""
    import pypdfium2  # type: ignore[import-untyped]

    try:
        with pypdfium2.PdfDocument(path) as shown:
            found = [shown.get_page_label(number) for number in range(len(shown))]
    except pypdfium2.PdfiumError:
        found = []
    if found != list(labels):
        says = f"The file for {format_range(labels[0], labels[-1])} does not say the page numbers of the bundle"
        raise BundleError(_NOT_PROVED, (Problem("B002", says, remedy="build the bundle again"),))
