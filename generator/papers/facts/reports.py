"""The report, the reviewing officer's view and the decision record, with the people they name."""

from __future__ import annotations

import datetime as dt
from typing import TypeVar

from generator.case.child import Child
from generator.case.citations import list_cited
from generator.case.court import Evidence
from generator.case.decision import AdmDecision, ParentNotified
from generator.case.facts import Disclosure
from generator.case.iro import IroView
from generator.case.report import (
    Author,
    FamilyView,
    HealthSummary,
    ParentComment,
    ParentingCapacity,
    PermanenceReport,
    QualityCheck,
)
from generator.disclosure.projection import show_name
from generator.papers.facts.declare import Shown, ShownOf, shown
from generator.papers.facts.people import PersonFacts, find_name, find_person_facts, show_person
from generator.papers.facts.relatives import OtherFacts
from generator.papers.facts.view import ReaderView

_AboutPerson = TypeVar("_AboutPerson", bound=FamilyView | ParentingCapacity | ParentComment)


class AuthorFacts(ShownOf[Author], says="author", model=Author, source="reports.author", seen_as=Disclosure.OPEN):
    """Who wrote a report, or supervised it."""

    def __init__(self, view: ReaderView, written: Author, child: Child) -> None:
        super().__init__(view, written)
        self._child = child

    @shown("Who")
    def person(self) -> PersonFacts:
        return show_person(self.view.case.person(self.written.person), self.view, self._child)


class HealthSummaryFacts(
    ShownOf[HealthSummary],
    says="health summary",
    model=HealthSummary,
    source="reports.health_summary",
    seen_as=Disclosure.HEALTH,
):
    """The medical adviser's summary."""

    def __init__(self, view: ReaderView, written: HealthSummary, child: Child) -> None:
        super().__init__(view, written)
        self._child = child

    @shown("Who wrote it")
    def written_by(self) -> PersonFacts | None:
        return find_person_facts(self.written.written_by, self.view, self._child)


class QualityCheckFacts(
    ShownOf[QualityCheck],
    says="quality check",
    model=QualityCheck,
    source="reports.quality_checks",
    seen_as=Disclosure.PLANNING,
):
    """A check of a report."""

    @shown("Who checked it", example="Nadia Rahman")
    def by(self) -> str:
        return show_name(self.view.case.person(self.written.by), self.view.lens)


class _AboutOneFacts(ShownOf[_AboutPerson], seen_as=Disclosure.PERSON):
    """What a report says of one person of the family; kept about that person."""

    def __init__(self, view: ReaderView, written: _AboutPerson, child: Child) -> None:
        super().__init__(view, written)
        self._child = child

    @property
    def kept_about(self) -> str:
        """The person it is about."""
        return self.written.person

    @shown("Who", seen_as=Disclosure.OPEN)
    def who(self) -> OtherFacts:
        return OtherFacts(self.view, self.written.person, self._child)


class FamilyViewFacts(
    _AboutOneFacts[FamilyView], says="view of the family", model=FamilyView, source="reports.family_views"
):
    """What one person of the family wants."""


class ParentingCapacityFacts(
    _AboutOneFacts[ParentingCapacity],
    says="parenting capacity",
    model=ParentingCapacity,
    source="reports.parenting_capacity",
):
    """How one parent can care."""


class ParentCommentFacts(
    _AboutOneFacts[ParentComment],
    says="comments of a parent",
    model=ParentComment,
    source="reports.parent_comments",
):
    """What one parent says of the report."""


class ReportFacts(
    ShownOf[PermanenceReport], says="report", model=PermanenceReport, source="reports", seen_as=Disclosure.EVIDENCE
):
    """The child's permanence report."""

    def __init__(self, view: ReaderView, written: PermanenceReport) -> None:
        super().__init__(view, written)
        self._child = view.case.child(written.child)

    @shown("Who wrote it")
    def author(self) -> AuthorFacts | None:
        return self._show_author(self.written.author)

    @shown("Who supervised it")
    def supervisor(self) -> AuthorFacts | None:
        return self._show_author(self.written.supervisor)

    @shown("The medical adviser's summary", seen_as=Disclosure.HEALTH)
    def health_summary(self) -> HealthSummaryFacts:
        return HealthSummaryFacts(self.view, self.written.health_summary, self._child)

    @shown("Checks of the report", seen_as=Disclosure.PLANNING)
    def quality_checks(self) -> list[QualityCheckFacts]:
        return [QualityCheckFacts(self.view, one) for one in self.written.quality_checks]

    @shown("What each person of the family wants", seen_as=Disclosure.PERSON)
    def family_views(self) -> list[FamilyViewFacts]:
        return [FamilyViewFacts(self.view, one, self._child) for one in self.written.family_views]

    @shown("How each parent can care", seen_as=Disclosure.PERSON)
    def parenting_capacity(self) -> list[ParentingCapacityFacts]:
        return [ParentingCapacityFacts(self.view, one, self._child) for one in self.written.parenting_capacity]

    @shown("What each parent says of the report", seen_as=Disclosure.PERSON)
    def parent_comments(self) -> list[ParentCommentFacts]:
        return [ParentCommentFacts(self.view, one, self._child) for one in self.written.parent_comments]

    def _show_author(self, author: Author | None) -> AuthorFacts | None:
        return AuthorFacts(self.view, author, self._child) if author else None


class CitedFacts(Shown, says="cited evidence", seen_as=Disclosure.EVIDENCE):
    """A piece of evidence that the case file cites."""

    def __init__(self, view: ReaderView, written: Evidence) -> None:
        super().__init__(view)
        self._written = written

    @shown("Its title", example="Psychologist's report")
    def title(self) -> str:
        return self._written.title

    @shown("Its date", example="1 June 2026")
    def dated(self) -> dt.date | None:
        return self._written.dated


def show_cited(view: ReaderView) -> dict[str, CitedFacts | None]:
    """Title and date of the evidence that the case file cites, by id; None where this reader may not know of it."""
    return view.remember(("cited",), lambda: _show_cited(view))


def _show_cited(view: ReaderView) -> dict[str, CitedFacts | None]:
    is_seen = view.lens.sees(Disclosure.EVIDENCE)
    cited = list_cited(view.case)
    return {
        item.id: CitedFacts(view, item) if is_seen else None
        for item in view.case.evidence
        if item.id is not None and item.id in cited
    }


class IroViewFacts(
    ShownOf[IroView],
    says="view of the reviewing officer",
    model=IroView,
    source="iro_views",
    seen_as=Disclosure.PLANNING,
):
    """The reviewing officer's view of a child's plan."""

    @shown("The reviewing officer", seen_as=Disclosure.OPEN)
    def iro(self) -> PersonFacts | None:
        return find_person_facts(self.written.iro, self.view, self.view.case.child(self.written.child))


class NotifiedFacts(
    ShownOf[ParentNotified],
    says="how a parent was told",
    model=ParentNotified,
    source="adm_decisions.parents_notified",
    seen_as=Disclosure.OUTCOME,
):
    """How one parent was told of a decision; kept about that parent."""

    def __init__(self, view: ReaderView, written: ParentNotified, child: Child) -> None:
        super().__init__(view, written)
        self._child = child

    @property
    def kept_about(self) -> str:
        """The parent who was told."""
        return self.written.person

    @shown("Which parent")
    def who(self) -> PersonFacts:
        return show_person(self.view.case.person(self.written.person), self.view, self._child)

    @shown("Who told them", example="Joy Achieng")
    def told_by(self) -> str | None:
        return find_name(self.written.told_by, self.view)


class AdmDecisionFacts(
    ShownOf[AdmDecision], says="decision", model=AdmDecision, source="adm_decisions", seen_as=Disclosure.OPEN
):
    """The decision record."""

    def __init__(self, view: ReaderView, written: AdmDecision) -> None:
        super().__init__(view, written)
        self._child = view.case.child(written.child)

    @shown("The agency decision maker")
    def decision_maker(self) -> PersonFacts | None:
        return find_person_facts(self.written.decision_maker, self.view, self._child)

    @shown("The panel adviser")
    def panel_adviser(self) -> PersonFacts | None:
        return find_person_facts(self.written.panel_adviser, self.view, self._child)

    @shown("Whether a panel was lawful: consent cases alone", example="no", meets="AAR 2005 reg 17(2)")
    def uses_panel(self) -> bool:
        return self.written.panel is not None and self.written.parents_consent is True

    @shown(
        "How each parent was told; in a parent's paper, how that parent was",
        about_reader=True,
        seen_as=Disclosure.OUTCOME,
    )
    def parents_notified(self) -> list[NotifiedFacts]:
        lens = self.view.lens
        mine = (one for one in self.written.parents_notified if lens.reader is None or lens.owns(one.person))
        return [NotifiedFacts(self.view, one, self._child) for one in mine]
