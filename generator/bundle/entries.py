"""What goes into a bundle and what comes out, and the numbers its pages bear."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.base.dates import say_date
from generator.base.errors import BundleError, Problem
from generator.base.pages import say_range, say_roman
from generator.bundle.fonts import clean_text

MAX_TITLE, MAX_ID = 500, 200


@dataclass(frozen=True, slots=True)
class CoverParty:
    """One party as the cover names them."""

    name: str
    capacity: str
    represented_by: str = ""
    counsel: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """The words of the cover. What is empty is left out, never guessed."""

    court: str
    case_number: str
    matters: tuple[str, ...]
    children: tuple[str, ...]
    parties: tuple[CoverParty, ...]
    hearing: str
    prepared_on: dt.date
    hearing_at: dt.datetime | None = None
    place: str = ""
    judge: str = ""
    title: str = "Court bundle"


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the bundle; its letter starts the number of each of its pages."""

    id: str
    letter: str
    title: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper of the bundle: a PDF that is already admitted, and what the index says about it.

    `id` says which paper it is, in this bundle and in every later one, whatever its title and file become; without
    one, the paper is known by its content alone, so that a changed file is another paper. `sha256` is the digest of
    the source as it came in; when empty, that of the PDF. `slip` says why this copy must not hold the paper: a slip
    page stands in its place. `may_replace` says that the caller saw an order that lets this file take the place of
    the one that was filed; `withdrawn` says why a paper that was filed is taken out (then `pdf` is not opened).
    """

    title: str
    section: str
    pdf: Path
    author: str = ""
    dated: dt.date | None = None
    essential: bool = False
    id: str = ""
    sha256: str = ""
    slip: str = ""
    may_replace: bool = False
    withdrawn: str = ""


@dataclass(frozen=True, slots=True)
class PageAllowance:
    """How many pages a bundle may have: the limit of the practice direction, or what the court permitted instead."""

    limit: int = 350
    paragraph: str = "PD27A paragraph 11.2(b)"
    permitted: int | None = None


@dataclass(frozen=True, slots=True)
class Slip:
    """A page that stands for others. Its label is their whole range: printed, as PDF page label and as link target."""

    label: str
    pages: int
    heading: str
    why: str


@dataclass(frozen=True, slots=True)
class AssembledEntry:
    """Where a paper stands in the finished bundle: C4 to C9.

    `labels` has the label of each of its pages, also when this copy holds a slip instead; `gone` has those of pages
    that were filed once and have been withdrawn, the last on `withdrawn_on`.
    """

    entry: Entry
    labels: tuple[str, ...]
    gone: tuple[str, ...] = ()
    withdrawn_on: dt.date | None = None

    @property
    def pages(self) -> int:
        """How many pages the paper has."""
        return len(self.labels)

    @property
    def first_label(self) -> str:
        """The first number that belongs to the paper."""
        return (self.labels or self.gone)[0]

    @property
    def last_label(self) -> str:
        """The last number that belongs to the paper."""
        return (self.gone or self.labels)[-1]

    @property
    def page_range(self) -> str:
        """The first and last page: C4 to C9."""
        return say_range(self.first_label, self.last_label)

    @property
    def is_withheld(self) -> bool:
        """Whether a slip stands in this copy for pages that other copies hold."""
        return bool(self.labels and self.entry.slip)

    @property
    def is_merged(self) -> bool:
        """Whether this copy holds the paper itself."""
        return bool(self.labels) and not self.entry.slip

    @property
    def slips(self) -> tuple[Slip, ...]:
        """The slip pages at the end of the paper, or in place of it."""
        slips = []
        if self.is_withheld:
            pages = say_range(self.labels[0], self.labels[-1])
            slips.append(Slip(pages, len(self.labels), "withheld from this copy", self.entry.slip))
        if self.gone:
            on = f" on {say_date(self.withdrawn_on)}" if self.withdrawn_on else ""
            shorter = "The paper now filed has fewer pages than the one before." if self.labels else ""
            pages = say_range(self.gone[0], self.gone[-1])
            slips.append(Slip(pages, len(self.gone), f"withdrawn{on}", self.entry.withdrawn or shorter))
        return tuple(slips)

    @property
    def sheets(self) -> tuple[str, ...]:
        """The label of each page of the file, in order: of the paper's own pages, or of the slips instead."""
        return (self.labels if self.is_merged else ()) + tuple(slip.label for slip in self.slips)

    @property
    def note(self) -> str:
        """What the index and the bookmark add to the title: withheld from this copy, or C8 to C9 withdrawn."""
        notes = ["withheld from this copy"] if self.is_withheld else []
        if self.gone:
            notes.append(f"{say_range(self.gone[0], self.gone[-1])} withdrawn" if self.labels else "withdrawn")
        return ", ".join(notes)


@dataclass(frozen=True, slots=True)
class NumberedSection:
    """A section that has papers, each with its page numbers."""

    section: Section
    entries: tuple[AssembledEntry, ...]

    @property
    def first_label(self) -> str:
        """The first page of the section."""
        return self.entries[0].first_label

    @property
    def last_label(self) -> str:
        """The last page of the section."""
        return self.entries[-1].last_label


def arrange_entries(
    sections: Sequence[Section], entries: Sequence[Entry]
) -> tuple[tuple[Section, tuple[Entry, ...]], ...]:
    """The sections in order, each with its papers: earliest first, undated last, else as given.

    Raises BundleError for a section id that is not there or is there twice, a letter that is not one capital or is
    used twice, a paper that is there twice by its id, words that are empty or too long, and a bundle without papers.
    """
    problems = [*_find_section_problems(sections), *_find_entry_problems(sections, entries)]
    if not entries:
        problems.append(Problem("B001", "There is nothing to put in the bundle", remedy="name at least one paper"))
    if problems:
        raise BundleError("The bundle cannot be arranged", tuple(problems))
    arranged = []
    for section in sections:
        chosen = [entry for entry in entries if entry.section == section.id]
        chosen.sort(key=lambda entry: (entry.dated is None, entry.dated or dt.date.min))
        arranged.append((section, tuple(chosen)))
    return tuple(arranged)


def _find_section_problems(sections: Sequence[Section]) -> Iterable[Problem]:
    for number, section in enumerate(sections):
        where = f"sections[{number}]"
        earlier = sections[:number]
        if not re.fullmatch("[A-Z]", section.letter):
            yield Problem("B001", "The letter of a section must be one capital letter", path=where)
        if any(section.letter == other.letter or section.id == other.id for other in earlier):
            yield Problem("B001", "Two sections have the same id or the same letter", path=where)


def _find_entry_problems(sections: Sequence[Section], entries: Sequence[Entry]) -> Iterable[Problem]:
    known = {section.id for section in sections}
    named = Counter(entry.id for entry in entries if entry.id)
    for number, entry in enumerate(entries):
        where = f"entries[{number}]"
        if entry.section not in known:
            ids = ", ".join(section.id for section in sections)
            says = "This paper is for a section that the bundle does not have"
            yield Problem("B001", says, path=where, remedy=f"use one of: {ids}")
        if not clean_text(entry.title):
            yield Problem("B001", "This paper has no title for the index", path=where, remedy="give it a title")
        if len(entry.title) + len(entry.author) > MAX_TITLE:
            remedy = f"use fewer than {MAX_TITLE} letters"
            yield Problem("B001", "The title and author are too long for the index", path=where, remedy=remedy)
        if max(len(entry.slip), len(entry.withdrawn)) > MAX_TITLE:
            remedy = f"use fewer than {MAX_TITLE} letters"
            yield Problem("B001", "The reason on the slip page is too long", path=where, remedy=remedy)
        if named[entry.id] > 1:
            yield Problem("B001", "Two papers have the same id", path=where, remedy="give each paper its own id")
        if len(entry.id) > MAX_ID:
            yield Problem(
                "B001", "The id of this paper is too long", path=where, remedy=f"use at most {MAX_ID} letters"
            )


def list_labels(front_pages: int, numbered: Sequence[NumberedSection]) -> tuple[str, ...]:
    """The label of every page of the file in order: i, ii, A1, A2, B1, B1a, and C4 to C9 for a slip."""
    labels = [say_roman(number) for number in range(1, front_pages + 1)]
    labels += [label for part in numbered for placed in part.entries for label in placed.sheets]
    return tuple(labels)
