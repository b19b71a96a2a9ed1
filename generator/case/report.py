"""The child's permanence report (AAR 2005 reg 17)."""

from __future__ import annotations

from generator.case.facts import (
    CHILD,
    EVIDENCE,
    HEALTH,
    PERSON,
    PLANNING,
    ChildId,
    Day,
    Facts,
    Line,
    PersonId,
    PersonOrChildId,
    Prose,
    fact,
    facts_list,
)

_REG17 = "AAR 2005 reg 17(1)"


class Author(Facts, seen_as=EVIDENCE):
    """Who wrote or supervised the report, and how they qualify to (SI 2005/1711)."""

    person: PersonId = fact("Who: a person's id", example="social-worker")
    capacity: Line | None = fact("In what capacity", example="Allocated social worker")
    how_qualified: Prose | None = fact(
        "How they meet the restriction on who may prepare the report",
        example="Six years in child care since qualifying, two adoption cases.",
        meets="SI 2005/1711 reg 3",
    )
    signed_on: Day | None = fact("When they signed, once they have", example="20 October 2026")


class Contributor(Facts, seen_as=EVIDENCE):
    """Somebody else whose words are in the report."""

    name: Line = fact("Name", example="Mary Osei")
    role: Line = fact("Role", example="Health visitor")
    contributed: Line | None = fact("What they contributed", example="Development, section 6", meets="R001-151")


class HealthSummary(Facts):
    """The summary that the agency's medical adviser writes; nobody else's words may stand in for it."""

    written_by: PersonId | None = fact(
        "The medical adviser: a person's id", example="medical-adviser", meets=f"{_REG17}(b)"
    )
    dated: Day | None = fact("Date", example="2 October 2026", seen_as=EVIDENCE, meets=f"{_REG17}(b)")
    now: Prose | None = fact(
        "Health now", example="Growing along the 50th centile.", seen_as=HEALTH, meets=f"{_REG17}(b)"
    )
    history: Prose | None = fact(
        "Health history", example="Born at 39 weeks; treated for withdrawal.", seen_as=HEALTH, meets=f"{_REG17}(b)"
    )
    future_needs: Prose | None = fact(
        "Needs to come", example="Developmental check at two.", seen_as=HEALTH, meets=f"{_REG17}(b)"
    )


class ChildViews(Facts, seen_as=CHILD):
    """The child's wishes and feelings about adoption (AAR 2005 reg 17(1)(c), reg 13(1)(c))."""

    placement: Prose | None = fact(
        "About adoption and a new family", example="Rowan is too young to say.", meets=f"{_REG17}(c)"
    )
    upbringing: Prose | None = fact(
        "About religion and culture", example="He dances to his father's music.", meets=f"{_REG17}(c)"
    )
    family_time: Prose | None = fact(
        "About time with family", example="He is pleased to see Leanne.", meets=f"{_REG17}(c)"
    )


class FamilyView(Facts, seen_as=PERSON):
    """The wishes and feelings of a parent, guardian or other relevant person."""

    person: PersonOrChildId = fact("Who: a person's id", example="mother")
    placement: Prose | None = fact(
        "About the child and adoption", example="Leanne does not agree to adoption.", meets=f"{_REG17}(d)"
    )
    upbringing: Prose | None = fact(
        "About religious and cultural upbringing",
        example="She would like him to know both sides.",
        meets=f"{_REG17}(d)",
    )
    family_time: Prose | None = fact(
        "About time with the child", example="She asks for visits twice a year.", meets=f"{_REG17}(d)"
    )
    not_known_because: Line | None = fact("Where views are not known: why", example="He did not answer three letters")


class ParentingCapacity(Facts, seen_as=PERSON):
    """The assessment of one parent's capacity."""

    person: PersonOrChildId = fact("Who: a person's id", example="mother")
    assessment: Prose = fact(
        "The assessment", example="Leanne is warm in play; care at night was not safe.", meets=f"{_REG17}(g)"
    )


class ParentComment(Facts, seen_as=PERSON):
    """What a parent says of the report, and whether they signed it."""

    person: PersonOrChildId = fact("Who: a person's id", example="mother")
    read_on: Day | None = fact("When they read it", example="16 October 2026")
    comments: Prose | None = fact(
        "Their comments, in their words", example="I love him and I did try.", meets="R001-149"
    )
    signed_on: Day | None = fact("When they signed, once they have", example="16 October 2026", meets="R001-149")
    not_signed_because: Line | None = fact(
        "Where they did not sign: why", example="She did not wish to", meets="R001-149"
    )


class QualityCheck(Facts):
    """One quality check of the report."""

    by: PersonId = fact("Who: a person's id", example="team-manager")
    on: Day = fact("When", example="19 October 2026", seen_as=EVIDENCE, meets="R001-152")
    outcome: Line | None = fact("Outcome", example="Ready for the decision maker", seen_as=PLANNING)


class AgencyEvent(Facts, seen_as=EVIDENCE):
    """One decision or action of the agency about the child (AAR 2005 reg 17(1)(h))."""

    on: Day = fact("When", example="26 May 2026", meets=f"{_REG17}(h)")
    what: Line = fact(
        "What was decided or done", example="Legal planning meeting: issue proceedings", meets=f"{_REG17}(h)"
    )


class PermanenceReport(Facts):
    """What the child's permanence report says beyond the facts held elsewhere in the file (AAR 2005 reg 17)."""

    child: ChildId = fact("The child's id", example="rowan")
    dated: Day | None = fact("Date of this version", example="20 October 2026", seen_as=EVIDENCE, meets="N-09")
    author: Author | None = fact("Author", example={"person": "social-worker"}, meets="R001-148")
    supervisor: Author | None = fact(
        "Supervisor, where the author needs one", example={"person": "team-manager"}, meets="R001-150"
    )
    contributors: tuple[Contributor, ...] = facts_list(
        "Other contributors", example=[{"name": "Mary Osei", "role": "Health visitor"}], meets="R001-151"
    )
    health_summary: HealthSummary = fact(
        "The medical adviser's summary",
        example={"written_by": "medical-adviser"},
        seen_as=HEALTH,
        meets=f"{_REG17}(b)",
        default=HealthSummary(),
    )
    child_views: ChildViews = fact(
        "The child's wishes and feelings",
        example={"placement": "Too young to say."},
        meets=f"{_REG17}(c)",
        default=ChildViews(),
    )
    family_views: tuple[FamilyView, ...] = facts_list(
        "Wishes and feelings of parents and others", example=[{"person": "mother"}], meets=f"{_REG17}(d)"
    )
    family_time_need: Prose | None = fact(
        "The agency's view: the child's need for time with family",
        example="Rowan needs to know Leanne loved him.",
        seen_as=EVIDENCE,
        meets=f"{_REG17}(e)",
    )
    family_time_proposal: Prose | None = fact(
        "The arrangements the agency proposes",
        example="Letters each way in May; one visit a year.",
        seen_as=EVIDENCE,
        meets=f"{_REG17}(e)",
    )
    emotional_development: Prose | None = fact(
        "Assessment of emotional development",
        example="He is beginning to seek comfort.",
        seen_as=EVIDENCE,
        meets=f"{_REG17}(f)",
    )
    behavioural_development: Prose | None = fact(
        "Assessment of behavioural development",
        example="Settled at home; watchful outside.",
        seen_as=EVIDENCE,
        meets=f"{_REG17}(f)",
    )
    related_needs: Prose | None = fact(
        "Needs that follow from these", example="Calm, predictable carers.", seen_as=EVIDENCE, meets=f"{_REG17}(f)"
    )
    parenting_capacity: tuple[ParentingCapacity, ...] = facts_list(
        "Parenting capacity", example=[{"person": "mother", "assessment": "Warm in play."}], meets=f"{_REG17}(g)"
    )
    agency_events: tuple[AgencyEvent, ...] = facts_list(
        "Agency decisions and actions not recorded elsewhere in this file",
        example=[{"on": "26 May 2026", "what": "Legal planning meeting"}],
        meets=f"{_REG17}(h)",
    )
    options_analysis: Prose | None = fact(
        "Analysis of the options, after the table",
        example="Two options are realistic.",
        seen_as=EVIDENCE,
        meets=f"{_REG17}(i)",
    )
    why_adoption: Prose | None = fact(
        "Why adoption is preferred",
        example="Only adoption gives him a family for life.",
        seen_as=EVIDENCE,
        meets=f"{_REG17}(i)",
    )
    other_relevant: Prose | None = fact(
        "Anything else the agency thinks relevant", example="Nothing further.", seen_as=EVIDENCE, meets=f"{_REG17}(j)"
    )
    parents_relationship: Prose | None = fact(
        "The parents' relationship, past and present",
        example="They met in 2023 and parted in June 2025.",
        seen_as=EVIDENCE,
        meets="AAR 2005 Sch 1 Pt 3 item 22",
    )
    parents_married: Line | None = fact(
        "Whether the parents are or were married, with date and place",
        example="Never married",
        seen_as=EVIDENCE,
        meets="AAR 2005 Sch 1 Pt 3 item 15",
    )
    father_unknown: Prose | None = fact(
        "Where the father's identity or whereabouts is not known: what is known, from whom, and steps taken",
        example="Leanne has named no other person.",
        seen_as=EVIDENCE,
        meets="AAR 2005 Sch 1 Pt 3 item 17",
    )
    wider_family: Prose | None = fact(
        "The wider family and what they mean to the child and parents",
        example="Grandmother Pat has been a constant.",
        seen_as=EVIDENCE,
        meets="AAR 2005 Sch 1 Pt 3 item 23",
    )
    carer_view: Prose | None = fact(
        "The carer's own words about the child, with nothing that identifies the carer",
        example="He wakes singing.",
        seen_as=EVIDENCE,
    )
    parent_comments: tuple[ParentComment, ...] = facts_list(
        "Parents' comments and signatures", example=[{"person": "mother"}], meets="R001-149"
    )
    quality_checks: tuple[QualityCheck, ...] = facts_list(
        "Quality checks", example=[{"by": "team-manager", "on": "19 October 2026"}], seen_as=PLANNING, meets="R001-152"
    )
