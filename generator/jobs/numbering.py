"""One bundle's cover, sections, limits and ledger put together: what it would change, and the bundle itself."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from generator.base.dates import say_date
from generator.base.errors import BundleError, Problem
from generator.bundle.layout.model import BundleLayout, LatePages
from generator.case.citations import Labels
from generator.case.family import Case
from generator.jobs.filingfacts import write_cover
from generator.jobs.locked_papers import list_replaceable

if TYPE_CHECKING:
    from generator.bundle.assemble import AssembledBundle
    from generator.bundle.citations import CitationLink
    from generator.bundle.entries import Cover, Entry, Section
    from generator.bundle.ledger import Ledger
    from generator.bundle.numbering import LateStyle
    from generator.bundle.round_diff import Changes


@dataclass(frozen=True)
class Numbering:
    """What stays the same for the court's bundle, its preview and each party's copy."""

    case: Case
    on: dt.date
    layout: BundleLayout
    ledger: Ledger | None

    @cached_property
    def cover(self) -> Cover:
        """The words of the cover."""
        return write_cover(self.case, self.on)

    @cached_property
    def _sections(self) -> list[Section]:
        from generator.bundle.entries import Section

        return [Section(section.id, section.letter, section.title) for section in self.layout.sections]

    @property
    def _late_style(self) -> LateStyle:
        return "lettered" if self.layout.late_pages is LatePages.LETTERED else "at the end"

    def plan(self, entries: Sequence[Entry]) -> Changes:
        """What a bundle of these papers would change against what was filed."""
        from generator.bundle.round_diff import plan_changes

        given = [*entries, *self._withdrawn(entries)]
        return plan_changes(self.cover, self._sections, given, self.ledger, late_style=self._late_style)

    def number(self, entries: Sequence[Entry]) -> Labels:
        """The label of each page of each paper, by the id of its entry, were these the papers of the bundle."""
        return {one.placed.entry.id: one.placed.labels for one in self.plan(entries).papers}

    def assemble(
        self,
        entries: Sequence[Entry],
        made: Path,
        citations: Mapping[str, tuple[CitationLink, ...]],
        *,
        title: str | None = None,
    ) -> AssembledBundle:
        """The bundle of these papers at `made`, under another title where one is given.

        Raises BundleError, which names each paper as the case file does.
        """
        from generator.bundle.assemble import assemble_bundle
        from generator.bundle.entries import PageAllowance

        limit, rule = self.case.court.page_limit if self.case.court else None, self.layout.page_limit
        paragraph = f"PD27A paragraph {rule.paragraph}" if rule.paragraph else rule.source or self.layout.title
        given = [*entries, *self._withdrawn(entries)]
        try:
            return assemble_bundle(
                dataclasses.replace(self.cover, title=title) if title else self.cover,
                self._sections,
                given,
                made,
                allowance=PageAllowance(rule.pages, paragraph, limit.pages if limit else None),
                ledger=self.ledger,
                late_style=self._late_style,
                citations=citations,
            )
        except BundleError as error:
            raise BundleError(error.summary, tuple(_name_paper(one, given) for one in error.problems)) from None

    def _withdrawn(self, entries: Sequence[Entry]) -> Iterator[Entry]:
        """Papers that were filed, are no longer in the case file, and that a direction lets be taken out."""
        from generator.bundle.entries import Entry

        given, allowed = {entry.id for entry in entries}, list_replaceable(self.case)
        sections = {section.letter: section.id for section in self.layout.sections}
        for paper in self.ledger.papers if self.ledger else ():
            if paper.id not in given and paper.id in allowed:
                why = f"Taken out under the order of {say_date(allowed[paper.id].ordered_on)}"
                section = sections.get(paper.section, paper.section)
                yield Entry("Withdrawn", section, Path(paper.id), id=paper.id, withdrawn=why)


def _name_paper(problem: Problem, entries: Sequence[Entry]) -> Problem:
    """A problem with the name of the paper, by which the case file knows it, in place of its number in the bundle."""
    found = re.fullmatch(r"entries\[(\d+)\]", problem.path)
    return dataclasses.replace(problem, path=entries[int(found[1])].id) if found else problem
