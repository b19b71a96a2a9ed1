"""Meetings and reviews: who came, what was said, what was decided, and the actions that run on until done."""

from __future__ import annotations

import datetime as dt

from generator.case.facts import (
    ADVICE,
    EVIDENCE,
    OPEN,
    OUTCOME,
    PERSON,
    PLANNING,
    ChildId,
    Day,
    EvidenceId,
    Facts,
    FileName,
    Key,
    Line,
    Moment,
    Number,
    PersonId,
    Prose,
    Yes,
    fact,
    facts_list,
)
from generator.case.words import MeetingKind, Part, PlanKind, ReviewKind, Told


class Invitation(Facts, seen_as=PLANNING):
    """One person invited, and to which part."""

    person: PersonId = fact("Who: a person's id", example="guardian")
    part: Part = fact("To which part of the meeting", example="information", meets="R001-103", default=Part.WHOLE)
    attended: Yes | None = fact("Whether they came; left out before the meeting", example="yes")
    apologies: Yes = fact("Whether they sent apologies", example="no", default=False)


class NotInvited(Facts, seen_as=PLANNING):
    """Someone who would usually be invited, and why not."""

    person: PersonId = fact("Who: a person's id", example="father")
    reason: Line = fact("Why not", example="Tomasz gave his views to the social worker beforehand", meets="R003-13")


class Contribution(Facts, seen_as=PLANNING):
    """A paper or a view sent to the meeting."""

    title: Line = fact("What it is", example="Health visitor's report")
    author: Line | None = fact("Who wrote it", example="Mary Osei, health visitor")
    dated: Day | None = fact("Its date; left out while awaited", example="14 July 2026")
    asked_on: Day | None = fact("When it was asked for", example="22 June 2026")
    evidence: EvidenceId | None = fact(
        "Which evidence it is, where its file stands there: the id of the evidence", example="psychologist-report"
    )
    file: FileName | None = fact(
        "Its file, in the case folder, where it is no evidence", example="reports/health-visitor.pdf"
    )
    also_for: tuple[PersonId, ...] = facts_list(
        "Who may read it beside the professionals who attend the whole meeting: ids of people", example=["carer-2"]
    )


class Discussion(Facts, seen_as=PLANNING):
    """What was said, under the headings of the agenda (Hertfordshire 2024 §3.3.1)."""

    attachment: Prose | None = fact(
        "Attachment and emotional development", example="Rowan seeks his carer when tired.", meets="R001-114"
    )
    health: Prose | None = fact("Health", example="Immunisations are up to date.", meets="R001-115")
    education: Prose | None = fact("Education", example="A nursery place is open to him.", meets="R001-116")
    social_development: Prose | None = fact(
        "Social development", example="He plays beside other children.", meets="R001-117"
    )
    family_relationships: Prose | None = fact("Family relationships", example="Warm with his mother.", meets="R001-118")
    wishes: Prose | None = fact(
        "The child's wishes and feelings", example="Rowan shows pleasure when Leanne arrives.", meets="R001-119"
    )
    equality: Prose | None = fact(
        "Equality, tied to the child's needs", example="He needs carers who know Yoruba life.", meets="R001-120"
    )
    family_time: Prose | None = fact("Contact (family time)", example="Twice weekly, well attended.", meets="R001-121")
    options: Prose | None = fact(
        "Options for permanence", example="Four options were weighed; see the table.", meets="R001-122"
    )
    services: Prose | None = fact("Services required", example="Speech and language advice.", meets="R001-123")
    legal_return: Prose | None = fact(
        "Return to parents under a supervision order or a care order",
        example="Considered; not safe at present.",
        meets="R001-125",
    )
    legal_alternatives: Prose | None = fact(
        "For a child of 8 or under: special guardianship and adoption",
        example="Both are being assessed.",
        meets="R001-126",
    )
    not_adoption_because: Prose | None = fact(
        "Why adoption is not being considered, where it is not",
        example="Adoption is being considered.",
        meets="R001-127",
    )
    contingency: Prose | None = fact("The contingency plan", example="Long-term fostering.", meets="R001-128")
    life_story: Prose | None = fact("Life-story work", example="Started by the social worker.", meets="R001-129")
    family_meeting: Prose | None = fact(
        "Whether a family group conference could develop the plan", example="Held on 15 June 2026.", meets="R001-133"
    )


class Advice(Facts):
    """Advice given to the meeting. Legal advice is privileged and prints in an annex of its own."""

    adoption: Prose | None = fact(
        "Advice from the adoption service, minuted by itself",
        example="A family is likely to be found.",
        seen_as=PLANNING,
        meets="R001-160",
    )
    adoption_by: PersonId | None = fact("Who gave it: a person's id", example="adoption-manager")
    legal: Prose | None = fact(
        "Legal advice: never circulated with the minutes",
        example="The threshold document is settled.",
        seen_as=ADVICE,
        meets="R001-094",
    )
    legal_by: PersonId | None = fact("Who gave it: a person's id", example="lawyer", seen_as=ADVICE)


class Outcome(Facts):
    """What the meeting concluded for one child."""

    child: ChildId = fact("The child's id", example="rowan")
    discussion: Discussion = fact(
        "What was said about this child alone", example={"health": "Eczema is under control."}, default=Discussion()
    )
    primary: PlanKind | None = fact("Primary plan", example="adoption", seen_as=OUTCOME)
    parallel: tuple[PlanKind, ...] = facts_list(
        "Plans worked on at the same time", example=["reunification"], seen_as=OUTCOME
    )
    contingency: Prose | None = fact("What happens if these fail", example="Long-term fostering.", seen_as=OUTCOME)
    sibling_analysis: Prose | None = fact(
        "Brothers and sisters: the analysis, and delay against being together",
        example="No brother or sister needs a home with Rowan.",
        seen_as=PLANNING,
        meets="R001-142",
    )
    reasons: Prose | None = fact(
        "Why the meeting concluded this", example="No safe way home has been found.", seen_as=PLANNING
    )
    summary: Prose | None = fact(
        "The summary sheet in plain words, for parents too",
        example="The meeting thinks Rowan needs a new family.",
        seen_as=OUTCOME,
        meets="R001-105",
    )
    recommendations: Prose | None = fact(
        "Recommendations for the plan, in plain words",
        example="- Finish the grandmother's assessment",
        seen_as=OUTCOME,
        meets="R001-112",
    )


class Decision(Facts, seen_as=PLANNING):
    """One decision of the meeting."""

    what: Line = fact("What was decided", example="Adoption is the primary plan")
    child: ChildId | None = fact("For which child, where not all: the child's id", example="rowan")
    reason: Line | None = fact("Why", example="No relative can offer a safe home")
    decided_by: Line | None = fact("By whom, where not the meeting", example="Chair")


class Action(Facts, seen_as=PLANNING):
    """Something that someone undertook. It runs on from meeting to meeting until it is done."""

    id: Key = fact("A short id, the same at every meeting", example="a7")
    what: Line = fact("What is to be done", example="Finish the special guardianship assessment")
    owner: Line = fact("Who does it: a person's id, or words", example="social-worker")
    child: ChildId | None = fact("For which child, where not all: the child's id", example="rowan")
    due_on: Day | None = fact("By when", example="14 September 2026")
    done_on: Day | None = fact("When it was done", example="9 September 2026")
    progress: Line | None = fact("How far it is", example="Two of three visits made")
    evidence: Line | None = fact("What shows that it is done", example="Report dated 9 September 2026")
    evidence_needed: Line | None = fact("What will show that it is done", example="Signed report on the record")


class ParentTold(Facts):
    """How one parent learned the outcome."""

    person: PersonId = fact("Who: a person's id", example="mother")
    told_on: Day | None = fact(
        "When they were told in conversation", example="4 August 2026", seen_as=OUTCOME, meets="R001-111"
    )
    told_by: PersonId | None = fact("By whom: a person's id", example="social-worker")
    how: Told | None = fact("How", example="in_person", seen_as=OUTCOME)
    summary_sent_on: Day | None = fact(
        "When the summary sheet was sent", example="7 August 2026", seen_as=OUTCOME, meets="R001-112"
    )
    views_before: Prose | None = fact(
        "Their views, gathered before the meeting", example="Leanne wants Rowan home.", seen_as=PERSON, meets="R003-11"
    )
    views_before_on: Day | None = fact("When", example="29 July 2026", seen_as=PERSON)
    how_views_counted: Prose | None = fact(
        "How their views were considered, in words to them", example="We know that you want Rowan home.", seen_as=PERSON
    )
    translation: Prose | None = fact(
        "The letter in their language, once translated", example="Szanowna Pani, …", seen_as=PERSON
    )
    translated_by: Line | None = fact("Who translated it", example="Hartsmere Language Service", seen_as=PERSON)


class Meeting(Facts):
    """One planning meeting about one or more of the children."""

    id: Key = fact("A short id that other parts of the file point to", example="ppm-1")
    kind: MeetingKind = fact("Kind of meeting", example="permanence_planning_meeting", seen_as=OPEN)
    starts_at: Moment = fact("When it starts", example="3 August 2026, 10am", seen_as=OPEN)
    ends_at: Moment | None = fact("When it ends", example="3 August 2026, 11:30am", seen_as=OPEN)
    venue: Line | None = fact("Where", example="Room 4, Harbour House, and by video", seen_as=PLANNING)
    children: tuple[ChildId, ...] = facts_list("The children it is about; left out, all of them", example=["rowan"])
    chair: PersonId | None = fact("Who chairs: a person's id", example="service-manager", meets="R001-092")
    minute_taker: PersonId | None = fact("Who takes the minutes: a person's id", example="minute-taker")
    invited: tuple[Invitation, ...] = facts_list("Who is invited", example=[{"person": "guardian"}], meets="R001-096")
    not_invited: tuple[NotInvited, ...] = facts_list(
        "Who is not, and why", example=[{"person": "father", "reason": "Views gathered before"}], meets="R003-13"
    )
    papers: tuple[Contribution, ...] = facts_list(
        "Papers to read, and views asked for", example=[{"title": "Health visitor's report"}]
    )
    purpose: Prose | None = fact(
        "What this meeting must settle", example="Agree the plan for the second review.", seen_as=PLANNING
    )
    background: Prose | None = fact(
        "Background and legal context", example="Proceedings began on 29 May 2026.", seen_as=PLANNING
    )
    discussion: Discussion = fact(
        "What was said, under the headings of the agenda",
        example={"health": "Immunisations are up to date."},
        default=Discussion(),
    )
    advice: Advice = fact(
        "Adoption advice and legal advice",
        example={"adoption": "A family is likely to be found."},
        seen_as=PLANNING,
        default=Advice(),
    )
    outcomes: tuple[Outcome, ...] = facts_list(
        "What was concluded for each child", example=[{"child": "rowan", "primary": "adoption"}], seen_as=PLANNING
    )
    decisions: tuple[Decision, ...] = facts_list("Decisions", example=[{"what": "Adoption is the primary plan"}])
    actions: tuple[Action, ...] = facts_list(
        "Actions set or brought forward",
        example=[{"id": "a7", "what": "Finish the assessment", "owner": "social-worker"}],
        meets="R003-15",
    )
    parents_told: tuple[ParentTold, ...] = facts_list(
        "How each parent learned the outcome",
        example=[{"person": "mother", "told_on": "4 August 2026"}],
        seen_as=OUTCOME,
        meets="R001-111",
    )
    next_meeting_at: Moment | None = fact("When the next meeting is", example="12 October 2026, 10am", seen_as=OPEN)
    minutes_agreed_on: Day | None = fact(
        "When the chair signed the minutes off", example="6 August 2026", seen_as=PLANNING
    )
    minutes_sent_on: Day | None = fact(
        "When they were circulated", example="7 August 2026", seen_as=PLANNING, meets="R001-107"
    )


class Review(Facts):
    """A statutory review of one or more children (in Scotland, a looked-after child review)."""

    children: tuple[ChildId, ...] = facts_list("The children; left out, all of them", example=["rowan"])
    number: Number | None = fact("Which review it is, from 1", example="2", seen_as=OPEN)
    kind: ReviewKind = fact(
        "Which kind, where a procedure names several (Scotland)",
        example="pre_permanence_review",
        seen_as=OPEN,
        default=ReviewKind.REVIEW,
    )
    booked_for: Day | None = fact(
        "When it is booked", example="17 August 2026", seen_as=OPEN, meets="CPPCR 2010 reg 33"
    )
    held_on: Day | None = fact("When it was held", example="17 August 2026", seen_as=OPEN, meets="CPPCR 2010 reg 33")
    chair: PersonId | None = fact("Reviewing officer: a person's id", example="iro")
    plan_ratified: Yes | None = fact(
        "Whether it ratified the permanence plan", example="yes", seen_as=PLANNING, meets="R001-077"
    )
    record: Prose | None = fact("What it decided", example="The plan of adoption was endorsed.", seen_as=EVIDENCE)

    @property
    def day(self) -> dt.date | None:
        """The day on which it was held, else the one for which it is booked."""
        return self.held_on or self.booked_for
