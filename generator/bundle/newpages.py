"""What goes out with a later round: a file with the new pages alone, and a note of what changed."""

from __future__ import annotations

import io
from pathlib import Path

from pypdf import PdfReader, PdfWriter

from generator.base.dates import format_moment
from generator.base.errors import BundleError, Problem
from generator.base.pages import A4
from generator.base.pdf_objects import describe_file
from generator.bundle.deliver import deliver_bytes, deliver_pdf
from generator.bundle.fonts import FontFiles, Typesetter, find_fonts
from generator.bundle.navigation import add_ways, describe_row, write_title
from generator.bundle.page_writer import LEFT, RIGHT, PageWriter, TableColumn
from generator.bundle.papers import FilingChange
from generator.bundle.proof import ExpectedRow, prove_pages
from generator.bundle.round_diff import RoundChanges, describe_round, list_changes
from generator.bundle.stamp import Stamper, find_font

_NAME = "New pages"
_TO_DO = (
    "Add these pages to the bundle by their numbers, in place of any that have the same number. "
    "The index in this file takes the place of the old one."
)
_PAPER_LEFT, _SAYS_LEFT = LEFT + 108, RIGHT - 150
_COLUMNS = (
    TableColumn(LEFT + 4, _PAPER_LEFT - LEFT - 14, "Pages"),
    TableColumn(_PAPER_LEFT, _SAYS_LEFT - _PAPER_LEFT - 10, "Paper"),
    TableColumn(_SAYS_LEFT, RIGHT - _SAYS_LEFT, "What changed"),
)


def write_new_pages(bundle_pdf: Path, changes: RoundChanges, output: Path, *, fonts: FontFiles | None = None) -> str:
    """A PDF of the pages that are new in this round, for readers who have the rest; returns its SHA-256.

    A cover sheet with round, date and what changed; the revised index; then the new and replaced pages and slips,
    under the labels they have in the bundle. `changes` are those of the assembled bundle that `bundle_pdf` is; the
    file is proved as the bundle is. Raises BundleError when nothing changed, when the bundle is another one, and for
    a failed proof; FileBusyError when the file cannot be written.
    """
    if not changes.changed:
        problem = Problem("B003", "No page is new, replaced or withdrawn", remedy="send nothing, or the whole bundle")
        raise BundleError("There are no new pages to put in a file", (problem,))
    letters = Typesetter(fonts or find_fonts())
    content = _draw(changes, letters, _NAME, _TO_DO)
    drawn = PdfReader(io.BytesIO(content))
    bundle = PdfReader(bundle_pdf)
    wanted = (*changes.index_labels, *changes.sheets)
    place_of = {label: place for place, label in enumerate(bundle.page_labels)}
    if not changes.index_labels or not set(wanted) <= set(place_of):
        problem = Problem("B003", "The bundle does not have the pages that are new", remedy="assemble the bundle again")
        raise BundleError("The new pages belong to another bundle", (problem,))
    front = tuple(_NAME if not place else f"{_NAME} {place + 1}" for place in range(len(drawn.pages)))
    labels = (*front, *wanted)
    writer = PdfWriter()
    writer.append(drawn, import_outline=False)
    # pypdf keeps only those links of the index whose pages come along.
    writer.append(bundle, pages=[place_of[label] for label in wanted], import_outline=False)
    writer.pdf_header = bundle.pdf_header
    stamper = Stamper(writer, find_font(writer.pages[0], letters.font_file_name))
    for place, label in enumerate(front):
        stamper.stamp(writer.pages[place], label)
    index = changes.index_labels[0]
    rows = [
        ExpectedRow(_NAME, front[0], front[0], is_section=True),
        ExpectedRow("Index", index, index, is_section=True),
    ]
    for one in changes.papers:
        if one.sheets_to_send:
            row = describe_row(one)
            rows.append(ExpectedRow(row.title, row.first_label, row.last_label, True, row.slip, row.note))
    add_ways(writer, rows, labels)
    title = write_title(changes.cover, f"{_NAME}, round {changes.round.number}")
    describe_file(writer, title, changes.cover.prepared_on)
    writer.compress_identical_objects()
    return deliver_pdf(writer, output, lambda written: prove_pages(written, labels, rows))


def draw_change_note(changes: RoundChanges, output: Path, *, fonts: FontFiles | None = None) -> str:
    """The change note as a PDF for the court: case, round and date, and a table of pages, paper, and what changed.

    Returns its SHA-256. Raises FileBusyError when it cannot be written, BundleError for letters that no font has.
    """
    said = "Pages that were filed before keep their numbers." if changes.round.number > 1 else "First bundle."
    content = _draw(changes, Typesetter(fonts or find_fonts()), "Change note", said)
    return deliver_bytes(content, output)


def _draw(changes: RoundChanges, letters: Typesetter, title: str, said: str) -> bytes:
    from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

    cover = changes.cover
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=A4, invariant=1, pageCompression=1, lang="en-GB")
    number = f" {cover.case_number}" if cover.case_number else ""
    canvas.setTitle(f"{title}, round {changes.round.number}{number}")
    canvas.setAuthor("")
    canvas.setProducer("permanence")
    canvas.setCreator("permanence")
    sheet = PageWriter(canvas, letters)
    sheet.lines(cover.court, size=14, bold=True, after=4)
    if cover.case_number:
        sheet.lines(f"Case number: {cover.case_number}", bold=True, x=RIGHT, align="right", after=10)
    sheet.y -= 10
    sheet.lines(title, size=22, bold=True, after=4)
    heard = format_moment(cover.hearing_at) if cover.hearing_at else ""
    sheet.lines(", ".join(part for part in (cover.title, cover.hearing, heard) if part), after=2)
    sheet.lines(describe_round(changes), bold=True, after=10)
    sheet.lines(said, after=14)
    sheet.table(_COLUMNS, [(line.pages, line.paper, line.says) for line in list_changes(changes)], gap=4)
    sheet.y -= 8
    sheet.lines(_count(changes))
    canvas.save()
    return written.getvalue()


def _count(changes: RoundChanges) -> str:
    new = sum(len(one.added) for one in changes.papers)
    replaced = sum(one.pages - len(one.added) for one in changes.papers if one.change is FilingChange.REPLACED)
    withdrawn = sum(len(one.removed) for one in changes.papers)
    counts = (("New pages", new), ("Pages replaced", replaced), ("Pages withdrawn", withdrawn))
    said = [f"{words}: {count}." for words, count in counts if count]
    return " ".join((*said, "All other pages are as they were filed."))
