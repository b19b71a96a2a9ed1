"""What is still missing in a case, paper by paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.case import Case
from generator.document import Gap, PlannedDocument
from generator.errors import Level


@dataclass(frozen=True, slots=True)
class PaperCheck:
    """One paper that the case calls for, and the questions in it that nobody has answered."""

    name: str
    code: str
    title: str
    audience: str
    draft: bool
    due: str
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class CaseCheck:
    """A whole case: its papers, and how many questions of each level are open."""

    reference: str
    papers: tuple[PaperCheck, ...]

    def count(self, level: Level) -> int:
        """How many open questions have this level, each place in the case file counted once for each question."""
        return len(
            {(gap.question, gap.asks, gap.write) for paper in self.papers for gap in paper.gaps if gap.level is level}
        )


def check_case(case: Case, planned: Sequence[PlannedDocument]) -> CaseCheck:
    """The open questions of every planned paper, in the order of the papers."""
    papers = tuple(
        PaperCheck(
            paper.name,
            paper.code,
            paper.title,
            paper.audience,
            paper.draft,
            paper.template.card.due,
            paper.gaps,
        )
        for paper in planned
    )
    return CaseCheck(case.reference, papers)
