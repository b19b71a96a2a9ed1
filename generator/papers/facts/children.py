"""A child as papers show them: who they are, where they have lived, and the plan."""

from __future__ import annotations

import datetime as dt

from generator.base.dates import format_age, format_date, format_duration, whole_years
from generator.base.english import capitalise
from generator.case.child import Child, ChildRelationship, FamilyTime, SiblingAssessment, Wishes
from generator.case.facts import Disclosure
from generator.case.meeting import Review
from generator.case.person import Person
from generator.case.planning import Option, Order, Placement, Plan
from generator.case.questions import (
    count_homes_in_care,
    find_meeting,
    find_next_review_day,
    is_in_proceedings,
    lasts_on,
    list_orders_in_force,
)
from generator.case.words import (
    CARER_KINDS,
    PARENT_KINDS,
    SIBLING_KINDS,
    RealisticAnswer,
)
from generator.disclosure.projection import show_home
from generator.papers.facts.chronology import ChronologyLine, list_agency_chronology, list_court_chronology
from generator.papers.facts.declare import Shown, ShownOf, shown
from generator.papers.facts.people import PersonFacts, find_name, show_person
from generator.papers.facts.relatives import OtherFacts, SiblingFacts, list_siblings
from generator.papers.facts.view import ReaderView
from generator.rules.conditions.derived import FACTS


class PlacementFacts(
    ShownOf[Placement], says="placement", model=Placement, source="placements", seen_as=Disclosure.OPEN
):
    """A home. Who may not know the carer reads neutral words, and no place."""

    @shown("With whom; neutral words where the reader may not know", example="Ann and Bill Field")
    def with_whom(self) -> str | None:
        return self._show_home()[0]

    @shown("Where; nothing where the reader may not know", example="Hartsmere")
    def where(self) -> str | None:
        return self._show_home()[1]

    @shown("Whether the child lives there on the paper's day", example="yes")
    def current(self) -> bool:
        return lasts_on(self.view.on, self.written.started_on, self.written.ended_on)

    @shown("How long it has lasted, or lasted", example="35 weeks")
    def length(self) -> str:
        return format_duration(self.written.started_on, min(self.written.ended_on or self.view.on, self.view.on))

    def has_begun(self) -> bool:
        """Whether the child lived there on the paper's day or before."""
        return self.written.started_on <= self.view.on

    def _show_home(self) -> tuple[str | None, str | None]:
        carer = self.view.case.person(self.written.carer) if self.written.carer else None
        return show_home(self.written, carer, self.view.lens)


class CareLine(Shown, says="line of the care chronology", seen_as=Disclosure.OPEN):
    """One home as a line of the care chronology."""

    def __init__(self, home: PlacementFacts) -> None:
        super().__init__(home.view)
        self._home = home

    @shown("From when", name="from", example="14 March 2026")
    def started_on(self) -> dt.date:
        return self._home.written.started_on

    @shown("Until when", name="to", example="2 May 2026")
    def ended_on(self) -> dt.date | None:
        return self._home.written.ended_on

    @shown("The kind of home, and where", example="Foster care: Hartsmere")
    def what(self) -> str:
        where = self._home.where() or self._home.with_whom()
        return capitalise(self._home.written.type.words) + (f": {where}" if where else "")

    @shown("Why the child moved", example="A planned move to longer-term carers")
    def why(self) -> str | None:
        return self._home.written.moved_because


class ChildOrderFacts(ShownOf[Order], says="order", model=Order, source="orders", seen_as=Disclosure.OPEN):
    """An order about a child."""

    @shown("Whether it is in force", example="yes")
    def current(self) -> bool:
        return lasts_on(self.view.on, self.written.made_on, self.written.ended_on)


class ChildReviewFacts(ShownOf[Review], says="review", model=Review, source="reviews", seen_as=Disclosure.OPEN):
    """A review of a child, in a list of them."""

    @shown("Who chaired it", example="Tom Birch")
    def chair(self) -> str | None:
        return find_name(self.written.chair, self.view)


class PlanFacts(ShownOf[Plan], says="plan", model=Plan, source="plans", seen_as=Disclosure.OPEN):
    """A plan for a child."""

    @shown("The meeting that agreed it", example="Permanence planning meeting, 4 June 2026")
    def agreed_at(self) -> str | None:
        meeting = find_meeting(self.view.case, self.written.agreed_at)
        return f"{meeting.kind.words}, {format_date(meeting.starts_at.date())}" if meeting else None


class OptionFacts(ShownOf[Option], says="option", model=Option, source="options", seen_as=Disclosure.EVIDENCE):
    """An option for a child's permanent home."""

    @shown("A name for lists", example="adoption-")
    def id(self) -> str:
        return f"{self.written.option.value}-{self.written.person or self.written.described_as or ''}"

    @shown("The option in words", example="special guardianship")
    def name(self) -> str:
        return self.written.described_as or self.written.option.words

    @shown("With whom", example="Maureen Hale")
    def person_name(self) -> str | None:
        return find_name(self.written.person, self.view)


class FamilyTimeFacts(
    ShownOf[FamilyTime],
    says="family time",
    model=FamilyTime,
    source="children.family_time",
    seen_as=Disclosure.OPEN,
):
    """Time with one person of the family, as it is arranged; kept about that person."""

    def __init__(self, view: ReaderView, written: FamilyTime, child: Child) -> None:
        super().__init__(view, written)
        self._child = child

    @property
    def kept_about(self) -> str:
        """The person with whom it is."""
        return self.written.person

    @shown("With whom")
    def who(self) -> OtherFacts:
        return OtherFacts(self.view, self.written.person, self._child)


class WishFacts(ShownOf[Wishes], says="wish", model=Wishes, source="children.wishes", seen_as=Disclosure.OPEN):
    """What a child wished, and how it was heard."""

    @shown("Who heard it", example="Joy Achieng")
    def heard_by(self) -> str | None:
        return find_name(self.written.heard_by, self.view)


class ChildTieFacts(
    ShownOf[ChildRelationship],
    says="relationship of the child",
    model=ChildRelationship,
    source="children.relationships",
    seen_as=Disclosure.EVIDENCE,
):
    """A person who matters to a child."""

    def __init__(self, view: ReaderView, written: ChildRelationship, child: Child) -> None:
        super().__init__(view, written)
        self._child = child

    @shown("With whom")
    def who(self) -> OtherFacts:
        return OtherFacts(self.view, self.written.person, self._child)


class SiblingAssessmentFacts(
    ShownOf[SiblingAssessment],
    says="sibling assessment",
    model=SiblingAssessment,
    source="children.siblings",
    seen_as=Disclosure.PLANNING,
):
    """Whether a child should live with a brother or sister, or apart."""

    def __init__(self, view: ReaderView, written: SiblingAssessment, child: Child) -> None:
        super().__init__(view, written)
        self._child = child

    @shown("The brother or sister")
    def who(self) -> OtherFacts:
        return OtherFacts(self.view, self.written.sibling, self._child)

    @shown("Who analysed it", example="Joy Achieng")
    def analysed_by(self) -> str | None:
        return find_name(self.written.analysed_by, self.view)


class ChildFacts(ShownOf[Child], says="child", model=Child, source="children", seen_as=Disclosure.CHILD):
    """Everything about one child that a reader may see, as at the paper's day."""

    @shown("First names and surname", example="Rowan James Hale")
    def full_name(self) -> str:
        return self.written.name.full

    @shown("The name in short", example="Rowan")
    def name(self) -> str:
        return self.written.name.short

    @shown("Initials", example="RJH")
    def initials(self) -> str:
        return self.written.name.initials

    @shown("Age on the paper's day, in words; nothing before birth", example="19 months")
    def age(self) -> str | None:
        return format_age(self.written.born_on, self.view.on) or None

    @shown("Completed years of age on the paper's day, for conditions", example="1")
    def age_years(self) -> int:
        return max(whole_years(self.written.born_on, self.view.on), 0)

    @shown("How long the child has been looked after", example="35 weeks")
    def time_in_care(self) -> str | None:
        since = self.written.looked_after_from
        return format_duration(since, self.view.on) if since and since <= self.view.on else None

    @shown("The orders in force on the paper's day", example="Interim care order")
    def legal_status(self) -> str:
        current = list_orders_in_force(self.view.case, self.written.id, self.view.on)
        return capitalise("; ".join(one.order.words for one in current) or "not subject to an order")

    @shown("Every home, in order of time")
    def placements(self) -> list[PlacementFacts]:
        return [PlacementFacts(self.view, one) for one in self.view.case.placements_of(self.written.id)]

    @shown(FACTS["homes_in_care"].says, example="2")
    def placement_count(self) -> int | None:
        return count_homes_in_care(self.view.case, self.written.id, self.view.on)

    @shown("Where the child lives on the paper's day")
    def current_placement(self) -> PlacementFacts | None:
        return next((one for one in reversed(self.placements()) if one.current()), None)

    @shown("Every order about the child")
    def orders(self) -> list[ChildOrderFacts]:
        return [ChildOrderFacts(self.view, one) for one in self.view.case.orders_of(self.written.id)]

    @shown("Every review of the child")
    def reviews(self) -> list[ChildReviewFacts]:
        return [ChildReviewFacts(self.view, one) for one in self.view.case.reviews_of(self.written.id)]

    @shown("The next review that is booked", example="12 January 2027")
    def next_review_on(self) -> dt.date | None:
        return find_next_review_day(self.view.case, self.written.id, self.view.on)

    @shown("The plan agreed last")
    def plan(self) -> PlanFacts | None:
        return next(iter(self._list_plans()[-1:]), None)

    @shown("The plans before it, in order of time")
    def earlier_plans(self) -> list[PlanFacts]:
        return self._list_plans()[:-1]

    @shown("Brothers and sisters")
    def brothers_and_sisters(self) -> list[SiblingFacts]:
        return [*list_siblings(self.written, self.view)]

    @shown("Time with family; in a parent's paper, that parent's own", about_reader=True)
    def family_time(self) -> list[FamilyTimeFacts]:
        lens = self.view.lens
        times = (one for one in self.written.family_time if not lens.is_family or lens.owns(one.person))
        return [FamilyTimeFacts(self.view, one, self.written) for one in times]

    @shown("What the child wishes")
    def wishes(self) -> list[WishFacts]:
        return [WishFacts(self.view, one) for one in self.written.wishes]

    @shown("The child's parents", seen_as=Disclosure.EVIDENCE)
    def parents(self) -> list[PersonFacts]:
        parents = self.view.case.parents_of(self.written.id)
        return [show_person(one, self.view, self.written) for one in parents]

    @shown("Relatives, without parents, brothers, sisters and carers", seen_as=Disclosure.EVIDENCE)
    def family(self) -> list[PersonFacts]:
        family = (one for one in self.view.case.people if _is_wider_family(one, self.written))
        return [show_person(one, self.view, self.written) for one in family]

    @shown("The options that are realistic", seen_as=Disclosure.EVIDENCE)
    def options(self) -> list[OptionFacts]:
        return self._list_options(RealisticAnswer.REALISTIC)

    @shown("The options that are ruled out", seen_as=Disclosure.EVIDENCE)
    def options_ruled_out(self) -> list[OptionFacts]:
        return self._list_options(RealisticAnswer.RULED_OUT)

    @shown("People who matter to the child", seen_as=Disclosure.EVIDENCE)
    def relationships(self) -> list[ChildTieFacts]:
        return [ChildTieFacts(self.view, one, self.written) for one in self.written.relationships]

    @shown("Assessments of living together or apart", seen_as=Disclosure.PLANNING)
    def siblings(self) -> list[SiblingAssessmentFacts]:
        return [SiblingAssessmentFacts(self.view, one, self.written) for one in self.written.siblings]

    @shown("Whether care proceedings about the child are before the court", example="yes", seen_as=Disclosure.OPEN)
    def in_proceedings(self) -> bool:
        return bool(is_in_proceedings(self.view.case, self.written.id, self.view.on))

    @shown("Every home up to the paper's day", seen_as=Disclosure.EVIDENCE)
    def care_chronology(self) -> list[CareLine]:
        return [CareLine(one) for one in self.placements() if one.has_begun()]

    @shown(
        "What the agency decided and did, up to the paper's day",
        meets="AAR 2005 reg 17(1)(h)",
        seen_as=Disclosure.EVIDENCE,
    )
    def agency_chronology(self) -> list[ChronologyLine]:
        return list_agency_chronology(self.written, self.view)

    @shown("Proceedings, hearings, directions and orders, up to that day", seen_as=Disclosure.EVIDENCE)
    def court_chronology(self) -> list[ChronologyLine]:
        return list_court_chronology(self.written, self.view)

    def _list_plans(self) -> list[PlanFacts]:
        plans = self.view.case.plans_of(self.written.id)
        return [PlanFacts(self.view, one) for one in plans if one.agreed_on <= self.view.on]

    def _list_options(self, answer: RealisticAnswer) -> list[OptionFacts]:
        mine = self.view.case.options_of(self.written.id)
        return [OptionFacts(self.view, one) for one in mine if one.answer is answer]


def show_child(child: Child, view: ReaderView) -> ChildFacts:
    """Everything about one child that this reader may see, as at the day of the view."""
    return view.remember(("child", child.id), lambda: ChildFacts(view, child))


def _is_wider_family(person: Person, child: Child) -> bool:
    tie = person.is_to(child.id)
    return tie is not None and tie.kind not in PARENT_KINDS | SIBLING_KINDS | CARER_KINDS and not person.role
