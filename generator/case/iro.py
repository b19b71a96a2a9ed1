"""The independent reviewing officer's view of a plan."""

from __future__ import annotations

from generator.case.facts import CARER, EVIDENCE, PLANNING, ChildId, Day, Facts, Line, PersonId, Prose, fact, facts_list
from generator.case.words import IroOutcome


class DocumentRead(Facts, seen_as=EVIDENCE):
    """A document that somebody read before deciding."""

    title: Line = fact("Title", example="Child's permanence report")
    author: Line | None = fact("Author", example="Grace Adeyemi")
    dated: Day | None = fact("Date", example="20 October 2026")
    version: Line | None = fact("Version", example="2")


class IroView(Facts):
    """The independent reviewing officer's view of the plan for one child."""

    child: ChildId = fact("The child's id", example="rowan")
    iro: PersonId | None = fact("The reviewing officer: a person's id", example="iro")
    on: Day = fact("When", example="19 August 2026", seen_as=PLANNING)
    outcome: IroOutcome = fact("Whether they support the plan", example="supports", seen_as=PLANNING, meets="R000-11")
    reasons: Prose | None = fact(
        "Reasons, in their own words", example="Delay would harm Rowan more.", seen_as=PLANNING, meets="R000-11"
    )
    conditions: Prose | None = fact(
        "Conditions, where there are any", example="Search to start at once.", seen_as=PLANNING
    )
    review_number: Line | None = fact("At which review", example="2", seen_as=PLANNING)
    child_heard: Prose | None = fact(
        "How and when they heard the child, and what they heard",
        example="Watched Rowan at home on 11 August 2026.",
        seen_as=PLANNING,
    )
    parents_views: Prose | None = fact("Parents' views as heard", example="Leanne opposes adoption.", seen_as=PLANNING)
    carers_views: Prose | None = fact(
        "Carers' views as heard", example="They see a child ready to attach.", seen_as=CARER
    )
    guardian_view: Prose | None = fact(
        "Whether the guardian was consulted, and their view",
        example="Consulted on 12 August 2026; agrees.",
        seen_as=PLANNING,
    )
    siblings_and_family_time: Prose | None = fact(
        "Brothers, sisters and time with family", example="Letters, and one visit a year.", seen_as=PLANNING
    )
    concerns: Prose | None = fact(
        "Concerns, delay, and the stage of any dispute",
        example="Assessment of Pat Hale finished three weeks late.",
        seen_as=PLANNING,
    )
    documents: tuple[DocumentRead, ...] = facts_list(
        "Documents seen", example=[{"title": "Care plan"}], seen_as=PLANNING
    )
    actions: Prose | None = fact(
        "Decisions, and who does what", example="- Social worker: send the summary", seen_as=PLANNING
    )
    next_review_on: Day | None = fact("Next review", example="15 February 2027", seen_as=PLANNING)
    manager_response: Prose | None = fact(
        "After a challenge: the team manager's answer",
        example="The plan will be reconsidered.",
        seen_as=PLANNING,
        meets="R000-12",
    )
    manager_responded_on: Day | None = fact("When", example="26 August 2026", seen_as=PLANNING, meets="R000-12")
    signed_on: Day | None = fact("When the officer signed, once they have", example="19 August 2026", seen_as=PLANNING)
