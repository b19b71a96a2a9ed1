"""Make the bundle: front pages, papers, page numbers and ways to find them, proved before it takes its place."""

from __future__ import annotations

import gc
import hashlib
import io
import logging
import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import ArrayObject, ByteStringObject, IndirectObject

from generator.bundle.entries import (
    AssembledBundle,
    AssembledEntry,
    Cover,
    Entry,
    NumberedSection,
    PageAllowance,
    Section,
    arrange_entries,
    list_labels,
    number_entries,
)
from generator.bundle.fonts import FontFiles, Typesetter, find_fonts, needs_joining
from generator.bundle.front import FrontPages, draw_front
from generator.bundle.links import prepare_source
from generator.bundle.navigation import add_navigation, describe_rows
from generator.bundle.proof import ExpectedBundle, prove_bundle
from generator.bundle.stamp import Stamper
from generator.errors import BundleError, FileBusyError, Problem

# Its warnings quote what is in a paper, and would be printed when nobody else listens.
logging.getLogger("pypdf").addHandler(logging.NullHandler())
logging.getLogger("pypdf").propagate = False

_NO_IDENTITY = b"\0" * 16
_ADMIT_FIRST = "admit it as evidence first, or ask for a new copy"


def assemble_bundle(
    cover: Cover,
    sections: Sequence[Section],
    entries: Sequence[Entry],
    output: Path,
    *,
    allowance: PageAllowance | None = None,
    fonts: FontFiles | None = None,
) -> AssembledBundle:
    """Write the bundle as one PDF to `output`; the same input gives the same bytes.

    The file is written under a private name, opened again and proved, and only then put in the place of an older
    bundle, which otherwise stays whole. Raises BundleError (B001 for what cannot go in, B002 for a failed proof),
    FileBusyError when the place is full, read-only or held open, ProgramMissingError when no font is installed.
    """
    arranged = arrange_entries(sections, entries)
    with _without_collecting():
        return _assemble(cover, arranged, entries, output, allowance or PageAllowance(), fonts or find_fonts())


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
    arranged: Sequence[tuple[Section, tuple[Entry, ...]]],
    entries: Sequence[Entry],
    output: Path,
    allowance: PageAllowance,
    fonts: FontFiles,
) -> AssembledBundle:
    readers = _open_sources(entries)
    numbered = number_entries(arranged, {path: len(reader.pages) for path, reader in readers.items()})
    front = draw_front(cover, numbered, Typesetter(fonts))
    labels = list_labels(front.pages, numbered)
    writer = _merge(front, numbered, readers)
    _stamp_pages(writer, front, labels)
    rows = describe_rows(numbered)
    add_navigation(writer, cover, front, rows, labels)
    writer.compress_identical_objects()
    digest = _deliver(writer, output, ExpectedBundle(labels, front.pages, rows))
    placed = tuple(placed for part in numbered for placed in part.entries)
    warnings = [*_check_length(front, labels, allowance)]
    warnings += _check_papers(cover, [part.section for part in numbered], placed)
    return AssembledBundle(output, len(labels), front.pages, digest, placed, tuple(warnings))


def _open_sources(entries: Sequence[Entry]) -> dict[Path, PdfReader]:
    readers: dict[Path, PdfReader] = {}
    problems: list[Problem] = []
    for number, entry in enumerate(entries):
        if entry.pdf in readers:
            continue
        try:
            reader = PdfReader(io.BytesIO(entry.pdf.read_bytes()))
            found = prepare_source(reader) if len(reader.pages) else [Problem("B001", "This PDF has no pages")]
        except OSError as error:
            reason = (error.strerror or "it cannot be opened").lower()
            found = [Problem("B001", f"This PDF cannot be opened: {reason}", remedy="check that the file is there")]
        except Exception:
            # pypdf fails on damaged files in ways that its own errors do not cover (measured: 10 of 46).
            found = [Problem("B001", "This PDF cannot be read", remedy=_ADMIT_FIRST)]
        else:
            readers[entry.pdf] = reader
        problems += [Problem(p.code, p.says, path=f"entries[{number}]", remedy=p.remedy) for p in found]
    if problems:
        raise BundleError("Some papers cannot go into the bundle", tuple(problems))
    return readers


def _merge(front: FrontPages, numbered: Sequence[NumberedSection], readers: Mapping[Path, PdfReader]) -> PdfWriter:
    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(front.pdf)), import_outline=False)
    for placed in (one for part in numbered for one in part.entries):
        try:
            writer.append(readers[placed.entry.pdf], import_outline=False)
        except Exception:
            problem = Problem("B001", f"The PDF for {placed.page_range} cannot be merged", remedy=_ADMIT_FIRST)
            raise BundleError("Some papers cannot go into the bundle", (problem,)) from None
    # What the bundle uses (labels, languages, marked content) is of PDF 1.7, whatever the papers are.
    writer.pdf_header = max(writer.pdf_header, "%PDF-1.7")
    return writer


def _stamp_pages(writer: PdfWriter, front: FrontPages, labels: Sequence[str]) -> None:
    pages = writer.pages
    if len(pages) != len(labels):
        problem = Problem("B002", f"{len(labels)} pages were numbered, but {len(pages)} were merged")
        raise BundleError("The papers did not keep their number of pages when they were merged", (problem,))
    writer._ID = ArrayObject([ByteStringObject(_NO_IDENTITY), ByteStringObject(_NO_IDENTITY)])
    stamper = Stamper(writer, _find_front_font(pages[0], front.font))
    for page, label in zip(pages, labels, strict=True):
        stamper.stamp(page, label)


def _find_front_font(page: PageObject, name: str) -> IndirectObject:
    """The font of the headings, whose first subset holds all letters and digits under their ASCII codes."""
    fonts = page["/Resources"]["/Font"]  # type: ignore[index]
    for key in sorted(fonts):
        font = fonts.raw_get(key)
        if isinstance(font, IndirectObject) and key.endswith("+0") and fonts[key]["/BaseFont"].endswith(f"+{name}"):
            return font
    problem = Problem("B002", "The front pages have no embedded font")
    raise BundleError("The font for the page numbers was not embedded", (problem,))


def _deliver(writer: PdfWriter, output: Path, expected: ExpectedBundle) -> str:
    """Write, prove, and put in place; returns the SHA-256. Whatever goes wrong, an older bundle is untouched."""
    try:
        handle, name = tempfile.mkstemp(prefix=".bundle-", suffix=".part", dir=output.parent)
    except OSError as error:
        raise _say_busy(error) from None
    written = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            writer.write(file)
            _write_identity(file)
            file.flush()
            os.fsync(file.fileno())
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        prove_bundle(written, expected)
        written.replace(output)
        _flush_folder(output.parent)
    except OSError as error:
        raise _say_busy(error) from None
    finally:
        # After a success the name is gone, because the file has moved.
        with suppress(OSError):
            written.unlink()
    return digest


def _write_identity(file: io.BufferedRandom) -> None:
    """Replace the blank identifier in the trailer with a digest of the file, so that equal bundles are equal bytes."""
    blank = f"<{_NO_IDENTITY.hex()}>".encode()
    file.seek(0)
    identity = f"<{hashlib.file_digest(file, 'sha256').digest()[:16].hex()}>".encode()
    start = max(file.seek(0, os.SEEK_END) - 1024, 0)
    file.seek(start)
    trailer = file.read()
    # Only the trailer is changed: the same digits inside a page would be content.
    head, mark, tail = trailer.rpartition(b"/ID")
    file.seek(start)
    file.write(head + mark + tail.replace(blank, identity))


def _flush_folder(folder: Path) -> None:
    # The rename itself must survive a power cut; Windows has no such call and keeps its own journal.
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _say_busy(error: OSError) -> FileBusyError:
    reason = (error.strerror or "it cannot be written").lower()
    return FileBusyError(
        f"The bundle cannot be written: {reason}. Nothing was changed; close the old bundle if it is open, "
        "or make room on the disk, and build again"
    )


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


def _check_papers(cover: Cover, sections: Sequence[Section], placed: Sequence[AssembledEntry]) -> Iterator[str]:
    """What a clerk would want to look at before filing, by page number and never by title."""
    entries = [one.entry for one in placed]
    undated = [one.page_range for one in placed if one.entry.dated is None]
    if undated:
        yield f"Without a date, so placed last in their section: {', '.join(undated)}"
    sizes = Counter(entry.pdf.stat().st_size for entry in entries)
    same: dict[str, list[str]] = {}
    for one in placed:
        if sizes[one.entry.pdf.stat().st_size] > 1:
            same.setdefault(hashlib.sha256(one.entry.pdf.read_bytes()).hexdigest(), []).append(one.page_range)
    for pages in same.values():
        if len(pages) > 1:
            yield f"The same paper is in the bundle more than once: {' and '.join(pages)}"
    words = [cover.court, cover.hearing, cover.place, cover.judge, *cover.matters, *cover.children]
    words += [f"{party.name} {party.capacity} {party.represented_by} {party.counsel}" for party in cover.parties]
    words += [f"{entry.title} {entry.author}" for entry in entries] + [section.title for section in sections]
    if any(map(needs_joining, words)):
        yield (
            "Cover or index have words in a script that joins its letters or runs from right to left; "
            "look at how they are printed"
        )
