"""What goes into a bundle and what comes out, and the numbers its pages bear."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.bundle.fonts import clean_text
from generator.errors import BundleError, Problem

MAX_TITLE = 500
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


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
    """One paper of the bundle: a PDF that is already admitted, and what the index says about it."""

    title: str
    section: str
    pdf: Path
    author: str = ""
    dated: dt.date | None = None
    essential: bool = False


@dataclass(frozen=True, slots=True)
class PageAllowance:
    """How many pages a bundle may have: the limit of the practice direction, or what the court permitted instead."""

    limit: int = 350
    paragraph: str = "PD27A paragraph 11.2(b)"
    permitted: int | None = None


@dataclass(frozen=True, slots=True)
class AssembledEntry:
    """Where an entry stands in the finished bundle: B4 to B9."""

    entry: Entry
    first_label: str
    last_label: str
    pages: int

    @property
    def page_range(self) -> str:
        """The first and last page: C4 to C9."""
        return say_range(self.first_label, self.last_label)


@dataclass(frozen=True, slots=True)
class AssembledBundle:
    """A bundle that was written, proved and put in its place. `pages` counts everything, the front pages too."""

    path: Path
    pages: int
    front_pages: int
    sha256: str
    entries: tuple[AssembledEntry, ...]
    warnings: tuple[str, ...]


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
    """The sections that have papers, in order, each with its papers: earliest first, undated last, else as given.

    Raises BundleError for a section id that is not there or is there twice, a letter that is not one capital or is
    used twice, a title that is empty or too long, and for a bundle without papers.
    """
    problems = [*_find_section_problems(sections), *_find_entry_problems(sections, entries)]
    if not entries:
        problems.append(Problem("B001", "There is nothing to put in the bundle", remedy="name at least one paper"))
    if problems:
        raise BundleError("The bundle cannot be arranged", tuple(problems))
    arranged = []
    for section in sections:
        chosen = [entry for entry in entries if entry.section == section.id]
        if chosen:
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


def number_entries(
    arranged: Sequence[tuple[Section, tuple[Entry, ...]]], page_counts: Mapping[Path, int]
) -> tuple[NumberedSection, ...]:
    """Give every paper its page numbers, starting again at 1 in each section (PD27A 1.2, Bates numbering)."""
    numbered = []
    for section, entries in arranged:
        page = 1
        placed = []
        for entry in entries:
            pages = page_counts[entry.pdf]
            first, page = page, page + pages
            placed.append(AssembledEntry(entry, f"{section.letter}{first}", f"{section.letter}{page - 1}", pages))
        numbered.append(NumberedSection(section, tuple(placed)))
    return tuple(numbered)


def list_labels(front_pages: int, numbered: Sequence[NumberedSection]) -> tuple[str, ...]:
    """The label of every page of the bundle in order: i, ii, A1, A2, B1."""
    labels = [say_roman(number) for number in range(1, front_pages + 1)]
    for part in numbered:
        total = sum(placed.pages for placed in part.entries)
        labels += [f"{part.section.letter}{number}" for number in range(1, total + 1)]
    return tuple(labels)


def say_range(first: str, last: str) -> str:
    """C4 to C9, or C4 alone."""
    return first if first == last else f"{first} to {last}"


def say_roman(number: int) -> str:
    """1 is i, 4 is iv: the numbers of the front pages."""
    said = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        said += letters * count
    return said
