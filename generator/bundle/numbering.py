"""Give every page its label: the one it was filed with, or one that is free where the page belongs."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from generator.base.dates import format_date
from generator.base.errors import BundleError, Problem
from generator.base.pages import format_range
from generator.bundle.labels import Key, find_free, read_label, write_label
from generator.bundle.ledger import FiledPage, FiledPaper, FilingRound, Ledger, digest_title
from generator.bundle.opened_pdfs import OpenedPdf, open_pdfs
from generator.bundle.papers import (
    ArrangedSection,
    BundlePaper,
    BundleSection,
    FilingChange,
    PlacedPaper,
    PlacedSection,
    arrange_papers,
    name_paper,
)

LateStyle = Literal["lettered", "at the end"]
"""Where late papers go: B12a between the filed ones by their date, or the next free numbers of the section."""

_TAKEN_OUT = "Paper that has been withdrawn"


@dataclass(frozen=True, slots=True)
class NumberedBundle:
    """Every paper with its labels, and the ledger as it is once this bundle has been filed.

    `papers` are those of all sections, and those that were filed in a section that the bundle no longer has. `round`
    is a new one when the bundle changes anything, otherwise the last that was filed.
    """

    sections: tuple[PlacedSection, ...]
    papers: tuple[PlacedPaper, ...]
    round: FilingRound
    ledger: Ledger


def number_papers(
    sections: Sequence[BundleSection],
    papers: Sequence[BundlePaper],
    ledger: Ledger | None,
    style: LateStyle,
    on: dt.date,
) -> tuple[dict[Path, OpenedPdf], NumberedBundle]:
    """Arrange and open the papers, and number them as `number_arranged` does.

    Raises BundleError for what cannot go into a bundle at all (B001), and for a paper that is to be withdrawn and was
    never filed (B003). What the ledger does not allow is not raised: it is in the result.
    """
    arranged = arrange_papers(sections, papers)
    filed = {paper.id for paper in ledger.papers} if ledger else set()
    problems = [
        Problem("B003", "This paper was never filed, so it cannot be withdrawn", path=name_paper(papers, number))
        for number, paper in enumerate(papers)
        if paper.withdrawn and paper.id not in filed
    ]
    if problems:
        raise BundleError("Only what was filed can be withdrawn", tuple(problems))
    opened = open_pdfs((name_paper(papers, number), one.pdf) for number, one in enumerate(papers) if not one.withdrawn)
    return opened, number_arranged(arranged, opened, ledger, style, on)


def number_arranged(
    arranged: Sequence[ArrangedSection],
    opened: Mapping[Path, OpenedPdf],
    ledger: Ledger | None,
    style: LateStyle,
    on: dt.date,
) -> NumberedBundle:
    """Give every paper its page numbers, starting again at 1 in each section (PD27A 1.2, Bates numbering).

    What the ledger holds never moves. A new paper comes after the last filed page that it sorts behind: between
    filed papers its pages are lettered (B12a); behind all of them, or in the style `at the end`, the numbers go on.
    A replacement takes the labels of the pages it replaces; where it has more pages, these are lettered after them,
    where it has fewer, a slip page says which numbers are withdrawn. Nothing is raised: papers that the ledger
    refuses are in the result with their problem, and the ledger in the result is then the old one.
    """
    filed = ledger or Ledger()
    coming = FilingRound(len(filed.rounds) + 1, on)
    identified = _identify(arranged, opened)
    numberer = _Numberer(filed, coming, identified, opened, style)
    after: list[FiledPaper] = []
    sections: list[PlacedSection] = []
    for section, papers in identified:
        settled = [*numberer.number_section(section, papers)]
        after += [kept for kept, _ in settled]
        if settled:
            sections.append(PlacedSection(section, tuple(placed for _, placed in settled)))
    placed_papers = (*(placed for section in sections for placed in section.papers), *numberer.find_lost())
    same = (FilingChange.STAYS, FilingChange.REFUSED)
    is_changed = any(one.change not in same or one.is_retitled for one in placed_papers)
    is_refused = any(one.problem for one in placed_papers)
    return NumberedBundle(
        tuple(sections),
        placed_papers,
        coming if is_changed or not filed.rounds else filed.rounds[-1],
        Ledger((*filed.rounds, coming), tuple(after)) if is_changed and not is_refused else filed,
    )


def _identify(arranged: Sequence[ArrangedSection], opened: Mapping[Path, OpenedPdf]) -> list[ArrangedSection]:
    """Each paper with its id and digest; without an id known by its content, and from a copy of it by its turn."""
    seen: Counter[str] = Counter()
    identified = []
    for section, papers in arranged:
        chosen = []
        for paper in papers:
            digest = paper.sha256 or ("" if paper.withdrawn else opened[paper.pdf].sha256)
            seen[digest] += not paper.id
            identity = paper.id or f"sha256:{digest}:{seen[digest]}"
            chosen.append(dataclasses.replace(paper, id=identity, sha256=digest))
        identified.append((section, tuple(chosen)))
    return identified


class _Numberer:
    """Numbers one section after another against what has been filed."""

    def __init__(
        self,
        filed: Ledger,
        coming: FilingRound,
        arranged: Sequence[ArrangedSection],
        opened: Mapping[Path, OpenedPdf],
        style: LateStyle,
    ) -> None:
        self._filed = filed.papers
        self._known = {paper.id: paper for paper in filed.papers}
        self._days = {one.number: one.on for one in (*filed.rounds, coming)}
        self._round = coming.number
        self._letters = {section.letter for section, _ in arranged}
        self._given_in = {paper.id: section.letter for section, papers in arranged for paper in papers}
        self._opened = opened
        self._style = style

    def number_section(
        self, section: BundleSection, papers: Sequence[BundlePaper]
    ) -> Iterator[tuple[FiledPaper, PlacedPaper]]:
        """The papers of one section in the order of their labels: the filed ones in their places, the new between.

        Each as the ledger will remember it, and as it stands in the bundle.
        """
        filed = [paper for paper in self._filed if paper.section == section.letter]
        place_of = {paper.id: place for place, paper in enumerate(filed)}
        present: dict[str, BundlePaper] = {}
        late: dict[int, list[BundlePaper]] = defaultdict(list)
        reached = -1
        for paper in papers:
            if paper.id in place_of:
                present[paper.id] = paper
                reached = max(reached, place_of[paper.id])
            elif paper.id not in self._known:
                late[reached if self._style == "lettered" else len(filed) - 1].append(paper)
        follows = ""
        for place in range(-1, len(filed)):
            old = filed[place] if place >= 0 else None
            now = present.get(old.id) if old else None
            more = max(0, self._count(now) - len(old.pages)) if old and now and now.may_replace else 0
            before: Key = _key_of(old.pages[-1]) if old else ()
            after = _key_of(filed[place + 1].pages[0]) if place + 1 < len(filed) else None
            count = more + sum(map(self._count, late[place]))
            labels = iter([write_label(section.letter, key) for key in find_free(before, after, count)])
            if old:
                kept, placed = self._settle_filed(old, now, tuple(_take(labels, more)), section.id, follows)
                follows = placed.last_label
                yield kept, placed
            for paper in late[place]:
                pages = tuple(FiledPage(label, self._round) for label in _take(labels, self._count(paper)))
                made = FiledPaper(paper.id, digest_title(paper.title), section.letter, paper.sha256, pages)
                placed = self._place(made, paper, FilingChange.NEW, follows)
                follows = placed.last_label
                yield made, placed

    def find_lost(self) -> Iterator[PlacedPaper]:
        """Papers that were filed in a section that the bundle no longer has."""
        follows = ""
        for paper in self._filed:
            if paper.section not in self._letters:
                placed = self._place(paper, _stand_in(paper, ""), FilingChange.REFUSED, follows)
                follows = placed.last_label
                yield placed

    def _count(self, paper: BundlePaper) -> int:
        return 0 if paper.withdrawn else self._opened[paper.pdf].pages

    def _settle_filed(
        self, old: FiledPaper, now: BundlePaper | None, more: Sequence[str], section: str, follows: str
    ) -> tuple[FiledPaper, PlacedPaper]:
        """What becomes of a paper that was filed, given or not, and with which labels."""
        kept, change = self._decide(old, now, more)
        return kept, self._place(kept, now or _stand_in(old, section), change, follows)

    def _decide(self, old: FiledPaper, now: BundlePaper | None, more: Sequence[str]) -> tuple[FiledPaper, FilingChange]:
        if now is None:
            is_elsewhere = old.id in self._given_in
            return old, FilingChange.REFUSED if old.labels or is_elsewhere else FilingChange.STAYS
        # A copy with a slip may say less than the title; that is no news to the court.
        retitled = old if now.slip else dataclasses.replace(old, title_sha256=digest_title(now.title))
        if now.withdrawn:
            if not old.labels:
                return retitled, FilingChange.STAYS
            return dataclasses.replace(retitled, pages=self._withdraw(old.pages)), FilingChange.WITHDRAWN
        pages = self._count(now)
        if now.sha256 == old.sha256 and pages == len(old.labels):
            return retitled, FilingChange.STAYS
        if not now.may_replace:
            return old, FilingChange.REFUSED
        kept = tuple(dataclasses.replace(page, withdrawn=0) for page in old.pages[:pages])
        added = tuple(FiledPage(label, self._round) for label in more)
        made = dataclasses.replace(
            retitled,
            sha256=now.sha256,
            pages=(*kept, *self._withdraw(old.pages[pages:]), *added),
            replaced=(*old.replaced, self._round),
        )
        return made, FilingChange.REPLACED

    def _withdraw(self, pages: Sequence[FiledPage]) -> tuple[FiledPage, ...]:
        return tuple(dataclasses.replace(page, withdrawn=page.withdrawn or self._round) for page in pages)

    def _place(self, kept: FiledPaper, paper: BundlePaper, change: FilingChange, follows: str) -> PlacedPaper:
        gone = tuple(page.label for page in kept.pages if page.withdrawn)
        before = self._known.get(kept.id)
        return PlacedPaper(
            paper,
            kept.labels,
            gone,
            self._find_withdrawal(kept) if gone else None,
            change,
            follows,
            labels_before=before.labels if before else (),
            is_retitled=before is not None and before.title_sha256 != kept.title_sha256,
            problem=self._explain_refusal(kept) if change is FilingChange.REFUSED else None,
        )

    def _find_withdrawal(self, paper: FiledPaper) -> dt.date:
        return self._days[max(page.withdrawn for page in paper.pages)]

    def _explain_refusal(self, paper: FiledPaper) -> Problem:
        """Why a filed paper stops the build, by its pages and never by its title."""
        pages = format_range(paper.pages[0].label, paper.pages[-1].label)
        filed = f"Filed on {format_date(self._days[paper.pages[0].round])} as {pages}"
        if paper.id not in self._given_in:
            return Problem(
                "B003",
                f"{filed}, and no longer given",
                remedy="put the paper back, or name it under replaces in the direction that lets it be taken out",
            )
        section = self._given_in[paper.id]
        if section != paper.section:
            return Problem(
                "B003",
                f"{filed}, and now given for section {section}",
                path=paper.id,
                remedy=f"leave it in section {paper.section}: a page that was filed never moves",
            )
        if not paper.labels:
            return Problem(
                "B003",
                f"{filed}, withdrawn on {format_date(self._find_withdrawal(paper))}, and now given again",
                path=paper.id,
                remedy="name it under replaces in the direction that allows it back, or leave it out",
            )
        return Problem(
            "B003",
            f"{filed}, and its file is now another",
            path=paper.id,
            remedy="put back the file that was filed, name it under replaces in the direction that allows another, or "
            "use --anew where nothing has been filed yet",
        )


def _key_of(page: FiledPage) -> Key:
    return read_label(page.label)[1]


def _take(labels: Iterator[str], count: int) -> Iterator[str]:
    return (next(labels) for _ in range(count))


def _stand_in(paper: FiledPaper, section: str) -> BundlePaper:
    """A paper that is not given any more; the ledger does not know its title."""
    return BundlePaper(_TAKEN_OUT, section, Path(), id=paper.id)
