"""The whole case file of one family, with methods that look up its parts."""

from __future__ import annotations

import datetime as dt

from generator.case.child import Child
from generator.case.court import Court, Evidence
from generator.case.decision import AdmDecision
from generator.case.facts import (
    CHILD,
    EVIDENCE,
    OPEN,
    OUTCOME,
    PLANNING,
    PRIVATE,
    WORKING,
    ChildId,
    Day,
    EventName,
    Facts,
    Key,
    Line,
    MeetingId,
    PersonOrChildId,
    Prose,
    ReaderId,
    fact,
    facts_list,
)
from generator.case.iro import IroView
from generator.case.meeting import Meeting, Review
from generator.case.person import Address, Person
from generator.case.planning import Option, Order, Placement, Plan
from generator.case.report import PermanenceReport
from generator.case.words import CARER_KINDS, PARENT_KINDS, RelationshipKind, Role


class Authority(Facts, seen_as=OPEN):
    """The local authority, as its letters name it."""

    name: Line = fact("Name", example="Hartsmere Council")
    department: Line | None = fact("Department", example="Children's services")
    address: Address | None = fact(
        "Office address for letters", example={"lines": ["Harbour House"], "postcode": "ZZ99 1AA"}
    )
    telephone: Line | None = fact("Office telephone", example="01632 960100")
    email: Line | None = fact("Office e-mail", example="children@hartsmere.example")
    independent_support: Line | None = fact(
        "Who offers birth parents a support worker of their own, and how to reach them",
        example="Lantern Birth Family Support, 01632 960177",
        meets="NMS 12.3",
    )
    legal_help: Line | None = fact(
        "How parents get legal advice", example="Ask any family solicitor about legal aid", meets="NMS 12.4"
    )
    support_groups: Line | None = fact(
        "Local and national support groups", example="Family Rights Group advice line", meets="NMS 12.4"
    )
    complaints: Line | None = fact("How to complain", example="complaints@hartsmere.example or 01632 960101")
    enclosures: tuple[Line, ...] = facts_list(
        "What goes with a decision letter", example=["Information for birth parents"]
    )


class RecordedEvent(Facts, seen_as=PLANNING):
    """Something that happened and has no other home in the file: one line each."""

    on: Day = fact("When", example="19 October 2026")
    event: EventName = fact("What: the name of the event, as procedures declare it", example="cpr_quality_assured")
    child: ChildId | None = fact("For which child, where not all: the child's id", example="rowan")
    person: PersonOrChildId | None = fact(
        "About or with whom, such as one of the parents: a person's or child's id", example="mother"
    )
    meeting: MeetingId | None = fact(
        "About which meeting, where its date leaves doubt: the meeting's id", example="ppm-1"
    )
    by: Line | None = fact("By whom", example="team-manager")
    to: tuple[Line, ...] = facts_list("To whom it went: ids of people, or their roles", example=["iro", "adm"])
    note: Line | None = fact("In words, for the chronology", example="Quality assured; ready for the decision maker")


class Override(Facts):
    """A rule that was set aside, by whom and why. It prints wherever the rule does."""

    rule: Line = fact("The rule's id", example="hertfordshire-2024/first-meeting", seen_as=WORKING)
    child: ChildId | None = fact("For which child, where not all: the child's id", example="rowan")
    of: Line | None = fact(
        "For which meeting, review, parent or decision, where not all: as check shows it in square brackets",
        example="ppm-2",
        seen_as=WORKING,
    )
    reason: Prose = fact("Why", example="The chair was in hospital; held eight days late.", seen_as=PLANNING)
    by: Line = fact("Who decided", example="Farida Sesay, service manager", seen_as=PLANNING)
    on: Day = fact("When", example="1 August 2026", seen_as=PLANNING)


class KeptBack(Facts, seen_as=PRIVATE):
    """Words that must not reach some readers and have no place of their own in the file."""

    words: Line = fact(
        "The words, number or address to keep back", example="Millbrook Surgery", meets="FPR 2010 r 29.1"
    )
    what: Line = fact("What it is, for those who look after the file", example="the carers' surgery")
    from_readers: tuple[ReaderId, ...] = fact(
        "From whom: ids of people, or court, parent, professionals, matching; "
        "left out, from all who may not know carers",
        example=["mother", "court"],
        default=(),
        alias="from",
        seen_as=PRIVATE,
    )


class Cleared(Facts, seen_as=PRIVATE):
    """A find of the search before delivery that a person looked at and allowed, for one reader."""

    allows: Line = fact(
        "Which fact may stand there after all: as the message names it", example="people.carer.name", alias="fact"
    )
    reader: ReaderId = fact(
        "For whom: the id of a person, or court, professionals, internal, matching",
        example="mother",
        alias="for",
        seen_as=PRIVATE,
    )
    papers: tuple[Line, ...] = fact(
        "In which papers or evidence: their names or ids; left out, in all for this reader",
        example=["letter-decision-adm-1-mother"],
        default=(),
        alias="in",
    )
    reason: Prose = fact("Why", example="She met the carer at every handover and knows her name.")
    by: Line = fact("Who decided", example="Farida Sesay, service manager")
    on: Day = fact("When", example="3 November 2026")


class Case(Facts):
    """One family: everything that is known and that papers are made from."""

    reference: Line = fact("The file's own reference", example="FAM-2026-0142", seen_as=OPEN)
    authority: Authority = fact("The local authority", example={"name": "Hartsmere Council"})
    procedure: Key = fact("Which authority's procedure applies", example="hertfordshire-2024")
    children: tuple[Child, ...] = fact(
        "The children", example=[{"id": "rowan", "name": {"given": "Rowan"}, "born_on": "14 March 2025"}], seen_as=OPEN
    )
    people: tuple[Person, ...] = facts_list(
        "Family, carers and professionals", example=[{"id": "mother", "name": {"given": "Leanne"}}], seen_as=OPEN
    )
    placements: tuple[Placement, ...] = facts_list(
        "Where each child has lived since birth",
        example=[{"child": "rowan", "started_on": "26 May 2026", "type": "foster_care"}],
        seen_as=CHILD,
        meets="AAR 2005 Sch 1 Pt 1 item 9",
    )
    orders: tuple[Order, ...] = facts_list(
        "Court orders, and section 20",
        example=[{"child": "rowan", "order": "interim_care_order", "made_on": "29 May 2026"}],
        seen_as=CHILD,
        meets="AAR 2005 Sch 1 Pt 1 item 7",
    )
    plans: tuple[Plan, ...] = facts_list(
        "Permanence plans, oldest first",
        example=[{"child": "rowan", "agreed_on": "3 August 2026", "primary": "adoption"}],
        seen_as=OUTCOME,
        meets="R001-001",
    )
    options: tuple[Option, ...] = facts_list(
        "Options weighed", example=[{"child": "rowan", "option": "adoption"}], meets="AAR 2005 reg 17(1)(i)"
    )
    meetings: tuple[Meeting, ...] = facts_list(
        "Planning meetings",
        example=[{"id": "ppm-1", "kind": "permanence_planning_meeting", "starts_at": "3 August 2026, 10am"}],
        seen_as=OPEN,
    )
    reviews: tuple[Review, ...] = facts_list(
        "Statutory reviews",
        example=[{"number": "1", "held_on": "22 June 2026"}],
        seen_as=OPEN,
        meets="CPPCR 2010 reg 33",
    )
    court: Court | None = fact("The proceedings", example={"name": "Family Court at Hartsmere"}, seen_as=CHILD)
    reports: tuple[PermanenceReport, ...] = facts_list(
        "Child's permanence reports: one for each child",
        example=[{"child": "rowan"}],
        seen_as=EVIDENCE,
        meets="AAR 2005 reg 17",
    )
    iro_views: tuple[IroView, ...] = facts_list(
        "The reviewing officer's views",
        example=[{"child": "rowan", "on": "19 August 2026", "outcome": "supports"}],
        seen_as=PLANNING,
        meets="R000-11",
    )
    adm_decisions: tuple[AdmDecision, ...] = facts_list(
        "The agency decision maker's decisions",
        example=[{"child": "rowan", "decision": "should_be_placed"}],
        seen_as=EVIDENCE,
        meets="R000-21",
    )
    record: tuple[RecordedEvent, ...] = facts_list(
        "What happened, dated: one line each", example=[{"on": "19 October 2026", "event": "cpr_quality_assured"}]
    )
    evidence: tuple[Evidence, ...] = facts_list(
        "Evidence files",
        example=[
            {"file": "evidence/psychologist.pdf", "title": "Psychological assessment", "bundle_section": "reports"}
        ],
        seen_as=EVIDENCE,
    )
    overrides: tuple[Override, ...] = facts_list(
        "Rules set aside, with reasons",
        example=[
            {"rule": "hertfordshire-2024/first-meeting", "reason": "Chair ill", "by": "F Sesay", "on": "1 August 2026"}
        ],
        seen_as=WORKING,
    )

    kept_back: tuple[KeptBack, ...] = facts_list(
        "Words that some readers must never see and that have no place of their own here",
        example=[{"words": "Millbrook Surgery", "what": "the carers' surgery"}],
        meets="FPR 2010 r 29.1",
    )
    disclosure_cleared: tuple[Cleared, ...] = facts_list(
        "Finds of the search before delivery that somebody looked at and allowed",
        example=[
            {
                "fact": "people.carer.name",
                "for": "mother",
                "reason": "She knows her name",
                "by": "F Sesay",
                "on": "3 November 2026",
            }
        ],
    )

    def child(self, key: str) -> Child:
        """The child with that id. The reference was checked when the file was read."""
        return next(child for child in self.children if child.id == key)

    def person(self, key: str) -> Person:
        """The person with that id. The reference was checked when the file was read."""
        return next(person for person in self.people if person.id == key)

    def meeting_children(self, meeting: Meeting) -> tuple[Child, ...]:
        """Return the children a meeting is about: those named, else all born by then or with an outcome in it."""
        if meeting.children:
            return tuple(child for child in self.children if child.id in meeting.children)
        day, concluded = meeting.starts_at.date(), {outcome.child for outcome in meeting.outcomes}
        there = tuple(child for child in self.children if child.born_on <= day or child.id in concluded)
        return there or self.children

    def parents_of(self, child: str) -> tuple[Person, ...]:
        """Parents, guardians and others with parental responsibility for a child, mothers first."""
        parents = [
            person
            for person in self.people
            if (tie := person.is_to(child))
            and (tie.kind in PARENT_KINDS or (tie.parental_responsibility and tie.kind not in CARER_KINDS))
        ]
        return tuple(sorted(parents, key=lambda person: _parent_position(person, child)))

    def with_role(self, role: Role) -> Person | None:
        """The first person listed with a professional role."""
        return next((person for person in self.people if person.role is role), None)

    def plans_of(self, child: str) -> tuple[Plan, ...]:
        """A child's plans, oldest first."""
        return tuple(sorted((plan for plan in self.plans if plan.child == child), key=lambda plan: plan.agreed_on))

    def placements_of(self, child: str) -> tuple[Placement, ...]:
        """Where a child has lived, oldest first."""
        mine = (placement for placement in self.placements if placement.child == child)
        return tuple(sorted(mine, key=lambda placement: placement.started_on))

    def orders_of(self, child: str) -> tuple[Order, ...]:
        """A child's orders, oldest first."""
        return tuple(sorted((order for order in self.orders if order.child == child), key=lambda order: order.made_on))

    def reviews_of(self, child: str) -> tuple[Review, ...]:
        """A child's reviews, in the order they were held or are booked."""
        mine = (review for review in self.reviews if not review.children or child in review.children)
        return tuple(sorted(mine, key=lambda review: review.day or dt.date.max))

    def meetings_before(self, meeting: Meeting) -> tuple[Meeting, ...]:
        """Earlier meetings about any of the same children, oldest first."""
        children = {child.id for child in self.meeting_children(meeting)}
        earlier = (
            other
            for other in self.meetings
            if other.starts_at < meeting.starts_at and children & {child.id for child in self.meeting_children(other)}
        )
        return tuple(sorted(earlier, key=lambda other: other.starts_at))


_PARENT_POSITION = {
    RelationshipKind.MOTHER: 0,
    RelationshipKind.SECOND_MOTHER: 1,
    RelationshipKind.FATHER: 2,
    RelationshipKind.GUARDIAN: 3,
    RelationshipKind.SPECIAL_GUARDIAN: 4,
}


def _parent_position(person: Person, child: str) -> int:
    tie = person.is_to(child)
    return _PARENT_POSITION.get(tie.kind, len(_PARENT_POSITION)) if tie else len(_PARENT_POSITION)
