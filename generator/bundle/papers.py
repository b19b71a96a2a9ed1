"""One paper of a bundle: what the case says of it, and then where it stands and what that changes."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from generator.base.dates import format_date
from generator.base.errors import BundleError, Problem
from generator.base.pages import format_range, format_roman
from generator.bundle.fonts import clean_text
from generator.case.words import EvidenceKind

MAX_TITLE, MAX_ID = 500, 200


@dataclass(frozen=True, slots=True)
class BundleSection:
    """One section of the bundle; its letter starts the number of each of its pages."""

    id: str
    letter: str
    title: str


@dataclass(frozen=True, slots=True)
class BundlePaper:
    """One paper of the bundle: an admitted PDF, and what the case says of it.

    `id` says which paper it is, in this bundle and in every later one, whatever its title and file become; without
    one, the paper is known by its content alone, so that a changed file is another paper. `sha256` is the digest of
    the source as it came in; when empty, that of the PDF. `slip` says why this copy must not hold the paper: a slip
    page stands in its place. `may_replace` says that the caller saw an order that lets this file take the place of
    the one that was filed; `withdrawn` says why a paper that was filed is taken out (then `pdf` is not opened).

    `file` is the name under which it came. `is_ours` says that the authority wrote it, and could set it anew. `kind`
    is what the case file says it is, and `sort` the same in words, for our own papers too. `made_by` and `role` are
    who made it and that person's part in the case, for the name of its file. `directed_by` is the order that lets it
    in, `not_for` the parties whose copy must not hold it.
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
    file: str = ""
    is_ours: bool = False
    kind: EvidenceKind | None = None
    sort: str = ""
    made_by: str = ""
    role: str = ""
    directed_by: str | None = None
    not_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slip:
    """A page that stands for others. Its label is their whole range: printed, as PDF page label and as link target."""

    label: str
    pages: int
    heading: str
    why: str


class FilingChange(StrEnum):
    """What a bundle does with one paper, compared with what has been filed."""

    STAYS = "stays"
    NEW = "new"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PlacedPaper:
    """Where a paper stands in the bundle, C4 to C9, and what that changes against what has been filed.

    `labels` has the label of each of its pages, also when this copy holds a slip instead; `gone` has those of pages
    that were filed once and have been withdrawn, the last on `withdrawn_on`. `labels_before` are those under which it
    was filed, `follows` is the last page of the paper before it. `problem` (code B003) is there when the paper is
    refused; its labels are then those under which it was filed.
    """

    paper: BundlePaper
    labels: tuple[str, ...]
    gone: tuple[str, ...] = ()
    withdrawn_on: dt.date | None = None
    change: FilingChange = FilingChange.NEW
    follows: str = ""
    labels_before: tuple[str, ...] = ()
    is_retitled: bool = False
    problem: Problem | None = None

    @property
    def id(self) -> str:
        """Which paper it is."""
        return self.paper.id

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
        return format_range(self.first_label, self.last_label)

    @property
    def section_letter(self) -> str:
        """The letter of its section."""
        return self.first_label[0]

    @property
    def is_withheld(self) -> bool:
        """Whether a slip stands in this copy for pages that other copies hold."""
        return bool(self.labels and self.paper.slip)

    @property
    def is_merged(self) -> bool:
        """Whether this copy holds the paper itself."""
        return bool(self.labels) and not self.paper.slip

    @property
    def slips(self) -> tuple[Slip, ...]:
        """The slip pages at the end of the paper, or in place of it."""
        slips = []
        if self.is_withheld:
            pages = format_range(self.labels[0], self.labels[-1])
            slips.append(Slip(pages, len(self.labels), "withheld from this copy", self.paper.slip))
        if self.gone:
            on = f" on {format_date(self.withdrawn_on)}" if self.withdrawn_on else ""
            shorter = "The paper now filed has fewer pages than the one before." if self.labels else ""
            pages = format_range(self.gone[0], self.gone[-1])
            slips.append(Slip(pages, len(self.gone), f"withdrawn{on}", self.paper.withdrawn or shorter))
        return tuple(slips)

    @property
    def sheets(self) -> tuple[str, ...]:
        """The label of each page of the file, in order: of the paper's own pages, or of the slips instead."""
        return (self.labels if self.is_merged else ()) + tuple(slip.label for slip in self.slips)

    @property
    def sheets_to_send(self) -> tuple[str, ...]:
        """The labels of the pages to hand over in this round: all of a paper that is new or another, or its slips."""
        changed = self.change in (FilingChange.NEW, FilingChange.REPLACED, FilingChange.WITHDRAWN)
        return self.sheets if changed else ()

    @property
    def added(self) -> tuple[str, ...]:
        """The labels that come with this round."""
        return tuple(label for label in self.labels if label not in self.labels_before)

    @property
    def removed(self) -> tuple[str, ...]:
        """The labels that go with this round."""
        return tuple(label for label in self.labels_before if label not in self.labels)

    @property
    def note(self) -> str:
        """What the index and the bookmark add to the title: withheld from this copy, or C8 to C9 withdrawn."""
        notes = ["withheld from this copy"] if self.is_withheld else []
        if self.gone:
            notes.append(f"{format_range(self.gone[0], self.gone[-1])} withdrawn" if self.labels else "withdrawn")
        return ", ".join(notes)


@dataclass(frozen=True, slots=True)
class PlacedSection:
    """A section that has papers, each with its page numbers."""

    section: BundleSection
    papers: tuple[PlacedPaper, ...]

    @property
    def first_label(self) -> str:
        """The first page of the section."""
        return self.papers[0].first_label

    @property
    def last_label(self) -> str:
        """The last page of the section."""
        return self.papers[-1].last_label


def name_paper(papers: Sequence[BundlePaper], number: int) -> str:
    """How a problem names one of the papers that were given: by its id, else by its place in the list."""
    return papers[number].id or f"papers[{number}]"


ArrangedSection = tuple[BundleSection, tuple[BundlePaper, ...]]


def arrange_papers(sections: Sequence[BundleSection], papers: Sequence[BundlePaper]) -> tuple[ArrangedSection, ...]:
    """The sections in order, each with its papers: earliest first, undated last, else as given.

    Raises BundleError for a section id that is not there or is there twice, a letter that is not one capital or is
    used twice, a paper that is there twice by its id, words that are empty or too long, and a bundle without papers.
    """
    problems = [*_find_section_problems(sections), *_find_paper_problems(sections, papers)]
    if not papers:
        problems.append(Problem("B001", "There is nothing to put in the bundle", remedy="name at least one paper"))
    if problems:
        raise BundleError("The bundle cannot be arranged", tuple(problems))
    arranged = []
    for section in sections:
        chosen = [paper for paper in papers if paper.section == section.id]
        chosen.sort(key=lambda paper: (paper.dated is None, paper.dated or dt.date.min))
        arranged.append((section, tuple(chosen)))
    return tuple(arranged)


def _find_section_problems(sections: Sequence[BundleSection]) -> Iterable[Problem]:
    for number, section in enumerate(sections):
        where = f"sections[{number}]"
        earlier = sections[:number]
        if not re.fullmatch("[A-Z]", section.letter):
            yield Problem("B001", "The letter of a section must be one capital letter", path=where)
        if any(section.letter == other.letter or section.id == other.id for other in earlier):
            yield Problem("B001", "Two sections have the same id or the same letter", path=where)


def _find_paper_problems(sections: Sequence[BundleSection], papers: Sequence[BundlePaper]) -> Iterable[Problem]:
    known = {section.id for section in sections}
    named = Counter(paper.id for paper in papers if paper.id)
    for number, paper in enumerate(papers):
        where = name_paper(papers, number)
        if paper.section not in known:
            ids = ", ".join(section.id for section in sections)
            says = "This paper is for a section that the bundle does not have"
            yield Problem("B001", says, path=where, remedy=f"use one of: {ids}")
        if not clean_text(paper.title):
            yield Problem("B001", "This paper has no title for the index", path=where, remedy="give it a title")
        if len(paper.title) + len(paper.author) > MAX_TITLE:
            remedy = f"use fewer than {MAX_TITLE} letters"
            yield Problem("B001", "The title and author are too long for the index", path=where, remedy=remedy)
        if max(len(paper.slip), len(paper.withdrawn)) > MAX_TITLE:
            remedy = f"use fewer than {MAX_TITLE} letters"
            yield Problem("B001", "The reason on the slip page is too long", path=where, remedy=remedy)
        if named[paper.id] > 1:
            yield Problem("B001", "Two papers have the same id", path=where, remedy="give each paper its own id")
        if len(paper.id) > MAX_ID:
            yield Problem(
                "B001", "The id of this paper is too long", path=where, remedy=f"use at most {MAX_ID} letters"
            )


def list_labels(front_pages: int, sections: Sequence[PlacedSection]) -> tuple[str, ...]:
    """The label of every page of the file in order: i, ii, A1, A2, B1, B1a, and C4 to C9 for a slip."""
    labels = [format_roman(number) for number in range(1, front_pages + 1)]
    labels += [label for part in sections for placed in part.papers for label in placed.sheets]
    return tuple(labels)
