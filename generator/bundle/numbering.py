"""Give every page its label: the one it was filed with, or one that is free where the page belongs."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal

from generator.base.dates import say_date
from generator.base.errors import BundleError, Problem
from generator.base.pages import say_range
from generator.bundle.entries import AssembledEntry, Entry, NumberedSection, Section, arrange_entries
from generator.bundle.labels import Key, find_free, read_label, write_label
from generator.bundle.ledger import FiledPage, FiledPaper, Ledger, Round, digest_title
from generator.bundle.sources import Source, open_sources

LateStyle = Literal["lettered", "at the end"]
"""Where late papers go: B12a between the filed ones by their date, or the next free numbers of the section."""

_TAKEN_OUT = "Paper that has been withdrawn"


class ChangeKind(StrEnum):
    """What a bundle does with one paper, compared with what has been filed."""

    STAYS = "stays"
    NEW = "new"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PaperChange:
    """One paper: what happens to it, where it stands, after which page, and which labels come or go with it.

    `problem` (code B003) is there when it is refused; `placed` then has the pages as they were filed.
    """

    id: str
    kind: ChangeKind
    placed: AssembledEntry
    follows: str = ""
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    is_retitled: bool = False
    problem: Problem | None = None

    @property
    def sheets(self) -> tuple[str, ...]:
        """The labels of the pages to hand over in this round: all of a paper that is new or another, or its slips."""
        changed = self.kind in (ChangeKind.NEW, ChangeKind.REPLACED, ChangeKind.WITHDRAWN)
        return self.placed.sheets if changed else ()


@dataclass(frozen=True, slots=True)
class Numbering:
    """Every paper with its labels, what that changes, and the ledger as it is once this bundle has been filed.

    `round` is a new one when the bundle changes anything, otherwise the last that was filed.
    """

    sections: tuple[NumberedSection, ...]
    papers: tuple[PaperChange, ...]
    round: Round
    ledger: Ledger


@dataclass(frozen=True, slots=True)
class _Given:
    """A paper of this bundle, with what tells whether it is the one that was filed."""

    entry: Entry
    id: str
    sha256: str
    pages: int


@dataclass(frozen=True, slots=True)
class _Settled:
    """A paper as the ledger will remember it, and what happens to it."""

    paper: FiledPaper
    entry: Entry
    kind: ChangeKind


def number_papers(
    sections: Sequence[Section], entries: Sequence[Entry], ledger: Ledger | None, style: LateStyle, on: dt.date
) -> tuple[dict[Path, Source], Numbering]:
    """Arrange and open the papers, and number them as `number_entries` does.

    Raises BundleError for what cannot go into a bundle at all (B001), and for a paper that is to be withdrawn and was
    never filed (B003). What the ledger does not allow is not raised: it is in the result, with its place in the list.
    """
    arranged = arrange_entries(sections, entries)
    filed = {paper.id for paper in ledger.papers} if ledger else set()
    problems = [
        Problem("B003", "This paper was never filed, so it cannot be withdrawn", path=f"entries[{number}]")
        for number, entry in enumerate(entries)
        if entry.withdrawn and entry.id not in filed
    ]
    if problems:
        raise BundleError("Only what was filed can be withdrawn", tuple(problems))
    sources = open_sources(entries)
    numbering = number_entries(arranged, sources, ledger, style, on)
    places = {entry.id: f"entries[{number}]" for number, entry in enumerate(entries) if entry.id}
    papers = tuple(
        dataclasses.replace(one, problem=dataclasses.replace(one.problem, path=places.get(one.id, "")))
        if one.problem
        else one
        for one in numbering.papers
    )
    return sources, dataclasses.replace(numbering, papers=papers)


def number_entries(
    arranged: Sequence[tuple[Section, tuple[Entry, ...]]],
    sources: Mapping[Path, Source],
    ledger: Ledger | None,
    style: LateStyle,
    on: dt.date,
) -> Numbering:
    """Give every paper its page numbers, starting again at 1 in each section (PD27A 1.2, Bates numbering).

    What the ledger holds never moves. A new paper comes after the last filed page that it sorts behind: between
    filed papers its pages are lettered (B12a); behind all of them, or in the style `at the end`, the numbers go on.
    A replacement takes the labels of the pages it replaces; where it has more pages, these are lettered after them,
    where it has fewer, a slip page says which numbers are withdrawn. Nothing is raised: papers that the ledger
    refuses are in the result with their problem, and the ledger in the result is then the old one.
    """
    filed = ledger or Ledger()
    coming = Round(len(filed.rounds) + 1, on)
    days = {one.number: one.on for one in (*filed.rounds, coming)}
    known = {paper.id: paper for paper in filed.papers}
    given = _identify(arranged, sources)
    placed_in = {one.id: section.letter for (section, _), chosen in zip(arranged, given, strict=True) for one in chosen}
    settled: list[tuple[Section, list[_Settled]]] = []
    for (section, _), chosen in zip(arranged, given, strict=True):
        held = [paper for paper in filed.papers if paper.section == section.letter]
        here = [one for one in chosen if one.id not in known or known[one.id].section == section.letter]
        papers = _settle_section(section, here, held, style, coming.number)
        away = {one.paper.id for one in papers if placed_in.get(one.paper.id, section.letter) != section.letter}
        refused = ChangeKind.REFUSED
        settled.append(
            (section, [dataclasses.replace(one, kind=refused) if one.paper.id in away else one for one in papers])
        )
    letters = {section.letter for section, _ in arranged}
    lost = [_keep(paper, "", ChangeKind.REFUSED) for paper in filed.papers if paper.section not in letters]
    changes: list[PaperChange] = []
    numbered: list[NumberedSection] = []
    for section, papers in settled:
        described = _describe(papers, known, days, placed_in)
        changes += described
        if described:
            numbered.append(NumberedSection(section, tuple(one.placed for one in described)))
    changes += _describe(lost, known, days, placed_in)
    same = (ChangeKind.STAYS, ChangeKind.REFUSED)
    is_changed = any(one.kind not in same or one.is_retitled for one in changes)
    after = Ledger((*filed.rounds, coming), tuple(one.paper for _, papers in settled for one in papers))
    is_refused = any(one.problem for one in changes)
    return Numbering(
        tuple(numbered),
        tuple(changes),
        coming if is_changed or not filed.rounds else filed.rounds[-1],
        after if is_changed and not is_refused else filed,
    )


def _identify(
    arranged: Sequence[tuple[Section, tuple[Entry, ...]]], sources: Mapping[Path, Source]
) -> list[list[_Given]]:
    """Each paper with its identity; one without an id is told by its content, and from a copy of it by its turn."""
    seen: Counter[str] = Counter()
    given = []
    for _, entries in arranged:
        chosen = []
        for entry in entries:
            source = sources.get(entry.pdf) if not entry.withdrawn else None
            digest = entry.sha256 or (source.sha256 if source else "")
            seen[digest] += not entry.id
            identity = entry.id or f"sha256:{digest}:{seen[digest]}"
            chosen.append(_Given(entry, identity, digest, source.pages if source else 0))
        given.append(chosen)
    return given


def _settle_section(
    section: Section, given: Sequence[_Given], filed: Sequence[FiledPaper], style: LateStyle, number: int
) -> list[_Settled]:
    """The papers of one section in the order of their labels: the filed ones in their places, the new ones between."""
    place_of = {paper.id: place for place, paper in enumerate(filed)}
    present = {one.id: one for one in given if one.id in place_of}
    late: dict[int, list[_Given]] = defaultdict(list)
    reached = -1
    for one in given:
        if one.id in place_of:
            reached = max(reached, place_of[one.id])
        else:
            late[reached if style == "lettered" else len(filed) - 1].append(one)
    settled: list[_Settled] = []
    for place in range(-1, len(filed)):
        paper = filed[place] if place >= 0 else None
        now = present.get(paper.id) if paper else None
        more = max(0, now.pages - len(paper.pages)) if paper and now and now.entry.may_replace else 0
        before: Key = _key_of(paper.pages[-1]) if paper else ()
        after = _key_of(filed[place + 1].pages[0]) if place + 1 < len(filed) else None
        count = more + sum(new.pages for new in late[place])
        labels = iter([write_label(section.letter, key) for key in find_free(before, after, count)])
        if paper:
            settled.append(_settle_filed(paper, now, tuple(_take(labels, more)), number, section.id))
        for new in late[place]:
            pages = tuple(FiledPage(label, number) for label in _take(labels, new.pages))
            title = digest_title(new.entry.title)
            made = FiledPaper(new.id, title, section.letter, new.sha256, pages)
            settled.append(_Settled(made, new.entry, ChangeKind.NEW))
    return settled


def _key_of(page: FiledPage) -> Key:
    return read_label(page.label)[1]


def _take(labels: Iterator[str], count: int) -> Iterator[str]:
    return (next(labels) for _ in range(count))


def _settle_filed(paper: FiledPaper, one: _Given | None, more: Sequence[str], number: int, section: str) -> _Settled:
    """What becomes of a paper that was filed, given or not, and with which labels."""
    if one is None:
        return _keep(paper, section, ChangeKind.REFUSED if paper.labels else ChangeKind.STAYS)
    # A copy with a slip may say less than the title; that is no news to the court.
    retitled = paper if one.entry.slip else dataclasses.replace(paper, title_sha256=digest_title(one.entry.title))
    if one.entry.withdrawn:
        if not paper.labels:
            return _Settled(retitled, one.entry, ChangeKind.STAYS)
        gone = tuple(dataclasses.replace(page, withdrawn=page.withdrawn or number) for page in paper.pages)
        return _Settled(dataclasses.replace(retitled, pages=gone), one.entry, ChangeKind.WITHDRAWN)
    if one.sha256 == paper.sha256 and one.pages == len(paper.labels):
        return _Settled(retitled, one.entry, ChangeKind.STAYS)
    if not one.entry.may_replace:
        return _Settled(paper, one.entry, ChangeKind.REFUSED)
    kept = tuple(dataclasses.replace(page, withdrawn=0) for page in paper.pages[: one.pages])
    gone = tuple(dataclasses.replace(page, withdrawn=page.withdrawn or number) for page in paper.pages[one.pages :])
    pages = (*kept, *gone, *(FiledPage(label, number) for label in more))
    replaced = (*paper.replaced, number)
    made = dataclasses.replace(retitled, sha256=one.sha256, pages=pages, replaced=replaced)
    return _Settled(made, one.entry, ChangeKind.REPLACED)


def _keep(paper: FiledPaper, section: str, kind: ChangeKind) -> _Settled:
    """A paper that is not given any more, as it was filed; the ledger does not know its title."""
    return _Settled(paper, Entry(_TAKEN_OUT, section, Path()), kind)


def _describe(
    papers: Sequence[_Settled],
    known: Mapping[str, FiledPaper],
    days: Mapping[int, dt.date],
    placed_in: Mapping[str, str],
) -> list[PaperChange]:
    """The papers of one section as changes. `days` has the day of each round, `placed_in` each paper's section now."""
    changes: list[PaperChange] = []
    follows = ""
    for one in papers:
        gone = tuple(page for page in one.paper.pages if page.withdrawn)
        withdrawn_on = days[max(page.withdrawn for page in gone)] if gone else None
        placed = AssembledEntry(one.entry, one.paper.labels, tuple(page.label for page in gone), withdrawn_on)
        before = known.get(one.paper.id)
        had = before.labels if before else ()
        change = PaperChange(
            one.paper.id,
            one.kind,
            placed,
            follows,
            added=tuple(label for label in placed.labels if label not in had),
            removed=tuple(label for label in had if label not in placed.labels),
            is_retitled=before is not None and before.title_sha256 != one.paper.title_sha256,
        )
        if one.kind is ChangeKind.REFUSED:
            change = dataclasses.replace(change, problem=_say_why(one.paper, days, placed_in))
        changes.append(change)
        follows = placed.last_label
    return changes


def _say_why(paper: FiledPaper, days: Mapping[int, dt.date], placed_in: Mapping[str, str]) -> Problem:
    """Why a filed paper stops the build, by its pages and never by its title."""
    pages = say_range(paper.pages[0].label, paper.pages[-1].label)
    filed = f"Filed on {say_date(days[paper.pages[0].round])} as {pages}"
    if paper.id not in placed_in:
        return Problem(
            "B003",
            f"{filed}, and no longer given",
            remedy="put the paper back, or name it under replaces in the direction that lets it be taken out",
        )
    if placed_in[paper.id] != paper.section:
        return Problem(
            "B003",
            f"{filed}, and now given for section {placed_in[paper.id]}",
            remedy=f"leave it in section {paper.section}: a page that was filed never moves",
        )
    if not paper.labels:
        withdrawn = say_date(days[max(page.withdrawn for page in paper.pages)])
        return Problem(
            "B003",
            f"{filed}, withdrawn on {withdrawn}, and now given again",
            remedy="name it under replaces in the direction that allows it back, or leave it out",
        )
    return Problem(
        "B003",
        f"{filed}, and its file is now another",
        remedy="put back the file that was filed, name it under replaces in the direction that allows another, or use "
        "--anew where nothing has been filed yet",
    )
