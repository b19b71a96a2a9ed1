"""Where a child has lived, the orders, the plan, and the options weighed."""

from __future__ import annotations

from generator.case.facts import (
    CARER,
    CHILD,
    EVIDENCE,
    OUTCOME,
    PLANNING,
    ChildId,
    Day,
    Facts,
    Line,
    MeetingId,
    PersonId,
    Prose,
    Yes,
    fact,
    facts_list,
)
from generator.case.words import LifeStoryStatus, OrderKind, PlacementType, PlanKind, RealisticAnswer

_SCH1_CHILD = "AAR 2005 Sch 1 Pt 1"


class Placement(Facts):
    """One place a child has lived, before or since being looked after."""

    child: ChildId = fact("The child's id", example="rowan")
    started_on: Day = fact("From", example="26 May 2026", seen_as=CHILD, meets=f"{_SCH1_CHILD} item 9")
    ended_on: Day | None = fact(
        "To; left out while the child lives there", example="3 July 2026", seen_as=CHILD, meets=f"{_SCH1_CHILD} item 9"
    )
    type: PlacementType = fact("Kind of home", example="foster_care", seen_as=CHILD)
    carer: PersonId | None = fact("Who cares: a person's id", example="carer-1", seen_as=CARER)
    where: Line | None = fact("Where, in words", example="With Leanne at 3 Quay Street", seen_as=CARER)
    moved_because: Line | None = fact(
        "Why the child moved here",
        example="Police protection after Rowan was found alone",
        seen_as=EVIDENCE,
        meets=f"{_SCH1_CHILD} item 9",
    )
    local: Yes | None = fact("Whether it is near home", example="yes", seen_as=PLANNING, meets="R001-011")
    not_local_because: Line | None = fact(
        "If not near home: why",
        example="No family nearby could take three children",
        seen_as=PLANNING,
        meets="R001-011",
    )
    matched_on: Day | None = fact("When a permanent match was approved", example="2 November 2026", seen_as=PLANNING)


class Order(Facts):
    """A court order about a child, or section 20 in its place."""

    child: ChildId = fact("The child's id", example="rowan")
    order: OrderKind = fact(
        "What was ordered", example="interim_care_order", seen_as=CHILD, meets=f"{_SCH1_CHILD} item 7"
    )
    made_on: Day = fact(
        "When it was made, or began", example="29 May 2026", seen_as=CHILD, meets=f"{_SCH1_CHILD} item 7"
    )
    ended_on: Day | None = fact("When it ended", example="14 December 2026", seen_as=CHILD)
    court: Line | None = fact(
        "Which court", example="Family Court at Hartsmere", seen_as=CHILD, meets=f"{_SCH1_CHILD} item 7"
    )
    note: Line | None = fact("Terms worth knowing", example="Exclusion requirement until 1 July 2026", seen_as=EVIDENCE)


class LifeStory(Facts, seen_as=PLANNING):
    """Life-story work, needed for every permanent plan other than return to a parent."""

    status: LifeStoryStatus = fact("How far it is", example="started", meets="R001-129")
    note: Prose | None = fact("What is done and what is next", example="Hospital band and first photographs saved.")


class Plan(Facts):
    """The permanence plan for one child, as agreed on a day. A new agreement is a new entry, so history is kept."""

    child: ChildId = fact("The child's id", example="rowan")
    agreed_on: Day = fact("When it was agreed", example="3 August 2026", seen_as=OUTCOME)
    agreed_at: MeetingId | None = fact("At which meeting: its id", example="ppm-1")
    primary: PlanKind = fact("The primary plan: exactly one", example="adoption", seen_as=OUTCOME, meets="R001-001")
    parallel: tuple[PlanKind, ...] = facts_list(
        "Plans worked on at the same time", example=["reunification"], seen_as=OUTCOME, meets="R001-136"
    )
    contingency: Prose | None = fact(
        "What happens if these fail",
        example="Long-term fostering with a further search.",
        seen_as=OUTCOME,
        meets="R003-22",
    )
    reasons: Prose | None = fact("Why this plan", example="Rowan needs a family for life.", seen_as=PLANNING)
    how_needs_are_met: Prose | None = fact(
        "How the child's need for permanence is being met",
        example="By early permanence carers.",
        seen_as=PLANNING,
        meets="R001-006",
    )
    legal_permanence: Prose | None = fact(
        "The order that would make it secure", example="Placement order, then adoption order.", seen_as=PLANNING
    )
    psychological_permanence: Prose | None = fact(
        "Who the child will belong with", example="A family who can claim him as theirs.", seen_as=PLANNING
    )
    physical_permanence: Prose | None = fact(
        "Where the child will live, and with what stability",
        example="One move, to the adoptive home.",
        seen_as=PLANNING,
    )
    services: Prose | None = fact(
        "Services the plan needs", example="Speech and language advice.", seen_as=PLANNING, meets="R001-123"
    )
    family_time_proposal: Prose | None = fact(
        "Time with family under this plan", example="Letters once a year each way.", seen_as=PLANNING
    )
    life_story: LifeStory | None = fact("Life-story work", example={"status": "started"}, meets="R001-129")
    specialist_advice: Prose | None = fact(
        "Advice from the adoption or fostering service",
        example="Adoption team agrees that a family can be found.",
        seen_as=PLANNING,
        meets="R001-059",
    )
    not_adoption_because: Prose | None = fact(
        "For a young child whose plan is not adoption: why not",
        example="His aunt offers him his own family.",
        seen_as=PLANNING,
        meets="R001-134",
    )
    reunification_ruled_out_on: Day | None = fact(
        "When return to a parent was ruled out", example="2 November 2026", seen_as=PLANNING
    )
    final: Yes = fact("Whether this is the final plan put to the court", example="no", seen_as=PLANNING, default=False)


class Option(Facts, seen_as=EVIDENCE):
    """One option for a child's future, weighed. One entry for each realistic option, and each ruled out early."""

    child: ChildId = fact("The child's id", example="rowan")
    option: PlanKind = fact("Which option", example="special_guardianship", meets="AAR 2005 reg 17(1)(i)")
    person: PersonId | None = fact("With whom: a person's id", example="grandmother", alias="with")
    described_as: Line | None = fact(
        "The option in words, where the kind is not enough", example="Return to Leanne with a supervision order"
    )
    order_that_would_secure_it: Line | None = fact(
        "The order that would secure it", example="Special guardianship order"
    )
    benefits: Prose | None = fact(
        "What this child gains", example="Rowan stays in his family.", meets="Re B-S [2013] EWCA Civ 1146"
    )
    losses: Prose | None = fact(
        "Risks and losses, now and for life", example="Two moves before he is two.", meets="Re B-S [2013] EWCA Civ 1146"
    )
    support: Prose | None = fact(
        "What support would make it work, and is it there in time", example="A support plan for three years."
    )
    views: Prose | None = fact("What those concerned think of it", example="Leanne supports this second.")
    conclusion: Prose | None = fact("The conclusion, and why", example="Not recommended: the assessment is negative.")
    answer: RealisticAnswer = fact(
        "Whether the option is realistic, or was ruled out early",
        example="realistic",
        default=RealisticAnswer.REALISTIC,
    )
