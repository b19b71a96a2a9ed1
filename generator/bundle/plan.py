"""One bundle's cover, sections, limits and ledger put together: what it would change, and the bundle itself."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator.base.dates import format_date
from generator.bundle.assemble import AssembledBundle, PageAllowance, assemble_bundle
from generator.bundle.citations import CitationLink
from generator.bundle.cover import Cover, write_cover
from generator.bundle.layout.model import BundleLayout, LatePages
from generator.bundle.ledger import Ledger
from generator.bundle.numbering import LateStyle
from generator.bundle.papers import BundlePaper, BundleSection
from generator.bundle.round_diff import RoundChanges, plan_changes
from generator.case.citations import Labels
from generator.case.court import Direction
from generator.case.family import Case


@dataclass(frozen=True)
class BundlePlan:
    """What stays the same for the court's bundle, its preview and each party's copy.

    `replaceable` has what was filed and may be replaced or taken out, by id, with the direction that allows it.
    """

    case: Case
    on: dt.date
    layout: BundleLayout
    ledger: Ledger | None
    replaceable: Mapping[str, Direction]

    @cached_property
    def cover(self) -> Cover:
        """The words of the cover."""
        return write_cover(self.case, self.on)

    @cached_property
    def _sections(self) -> list[BundleSection]:
        return [BundleSection(section.id, section.letter, section.title) for section in self.layout.sections]

    @property
    def _late_style(self) -> LateStyle:
        return "lettered" if self.layout.late_pages is LatePages.LETTERED else "at the end"

    def list_changes(self, papers: Sequence[BundlePaper]) -> RoundChanges:
        """What a bundle of these papers would change against what was filed."""
        given = [*papers, *self._list_withdrawn(papers)]
        return plan_changes(self.cover, self._sections, given, self.ledger, late_style=self._late_style)

    def number(self, papers: Sequence[BundlePaper]) -> Labels:
        """The label of each page of each paper, by its id, were these the papers of the bundle."""
        return {one.id: one.labels for one in self.list_changes(papers).papers}

    def assemble(
        self,
        papers: Sequence[BundlePaper],
        made: Path,
        citations: Mapping[str, Sequence[CitationLink]],
        *,
        title: str | None = None,
    ) -> AssembledBundle:
        """The bundle of these papers at `made`, under another title where one is given.

        Raises what assemble_bundle raises.
        """
        limit, rule = self.case.court.page_limit if self.case.court else None, self.layout.page_limit
        paragraph = f"PD27A paragraph {rule.paragraph}" if rule.paragraph else rule.source or self.layout.title
        return assemble_bundle(
            dataclasses.replace(self.cover, title=title) if title else self.cover,
            self._sections,
            [*papers, *self._list_withdrawn(papers)],
            made,
            allowance=PageAllowance(rule.pages, paragraph, limit.pages if limit else None),
            ledger=self.ledger,
            late_style=self._late_style,
            citations=citations,
        )

    def _list_withdrawn(self, papers: Sequence[BundlePaper]) -> Iterator[BundlePaper]:
        """Papers that were filed, are no longer in the case file, and that a direction lets be taken out."""
        given = {paper.id for paper in papers}
        sections = {section.letter: section.id for section in self.layout.sections}
        for paper in self.ledger.papers if self.ledger else ():
            if paper.id not in given and paper.id in self.replaceable:
                why = f"Taken out under the order of {format_date(self.replaceable[paper.id].ordered_on)}"
                section = sections.get(paper.section, paper.section)
                yield BundlePaper("Withdrawn", section, Path(paper.id), id=paper.id, withdrawn=why)
