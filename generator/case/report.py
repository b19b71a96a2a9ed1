"""The child's permanence report, the reviewing officer's view, and the decision maker's record."""

from __future__ import annotations

from generator.case.facts import Day, Disclosure, Facts, Key, Line, Prose, Yes, fact, facts_list
from generator.case.words import AdmOutcome, IroOutcome, Told

_REG17 = "AAR 2005 reg 17(1)"


class Author(Facts):
    """Who wrote or supervised the report, and how they qualify to (SI 2005/1711)."""

    person: Key = fact("Who: a person's id", example="social-worker", seen_as=Disclosure.WORKING)
    capacity: Line | None = fact(
        "In what capacity", example="Allocated social worker", seen_as=Disclosure.EVIDENCE, default=None
    )
    how_qualified: Prose | None = fact(
        "How they meet the restriction on who may prepare the report",
        example="Six years in child care since qualifying, two adoption cases.",
        seen_as=Disclosure.EVIDENCE,
        meets="SI 2005/1711 reg 3",
        default=None,
    )
    signed_on: Day | None = fact(
        "When they signed, once they have", example="20 October 2026", seen_as=Disclosure.EVIDENCE, default=None
    )


class Contributor(Facts):
    """Somebody else whose words are in the report."""

    name: Line = fact("Name", example="Mary Osei", seen_as=Disclosure.EVIDENCE)
    role: Line = fact("Role", example="Health visitor", seen_as=Disclosure.EVIDENCE)
    contributed: Line | None = fact(
        "What they contributed",
        example="Development, section 6",
        seen_as=Disclosure.EVIDENCE,
        meets="R001-151",
        default=None,
    )


class HealthSummary(Facts):
    """The summary that the agency's medical adviser writes; nobody else's words may stand in for it."""

    written_by: Key | None = fact(
        "The medical adviser: a person's id",
        example="medical-adviser",
        seen_as=Disclosure.WORKING,
        meets=f"{_REG17}(b)",
        default=None,
    )
    dated: Day | None = fact(
        "Date", example="2 October 2026", seen_as=Disclosure.EVIDENCE, meets=f"{_REG17}(b)", default=None
    )
    now: Prose | None = fact(
        "Health now",
        example="Growing along the 50th centile.",
        seen_as=Disclosure.HEALTH,
        meets=f"{_REG17}(b)",
        default=None,
    )
    history: Prose | None = fact(
        "Health history",
        example="Born at 39 weeks; treated for withdrawal.",
        seen_as=Disclosure.HEALTH,
        meets=f"{_REG17}(b)",
        default=None,
    )
    future_needs: Prose | None = fact(
        "Needs to come",
        example="Developmental check at two.",
        seen_as=Disclosure.HEALTH,
        meets=f"{_REG17}(b)",
        default=None,
    )


class ChildViews(Facts):
    """The child's wishes and feelings about adoption (AAR 2005 reg 17(1)(c), reg 13(1)(c))."""

    placement: Prose | None = fact(
        "About adoption and a new family",
        example="Rowan is too young to say.",
        seen_as=Disclosure.CHILD,
        meets=f"{_REG17}(c)",
        default=None,
    )
    upbringing: Prose | None = fact(
        "About religion and culture",
        example="He dances to his father's music.",
        seen_as=Disclosure.CHILD,
        meets=f"{_REG17}(c)",
        default=None,
    )
    family_time: Prose | None = fact(
        "About time with family",
        example="He is pleased to see Leanne.",
        seen_as=Disclosure.CHILD,
        meets=f"{_REG17}(c)",
        default=None,
    )


class FamilyView(Facts):
    """The wishes and feelings of a parent, guardian or other relevant person."""

    person: Key = fact("Who: a person's id", example="mother", seen_as=Disclosure.WORKING)
    placement: Prose | None = fact(
        "About the child and adoption",
        example="Leanne does not agree to adoption.",
        seen_as=Disclosure.PERSON,
        meets=f"{_REG17}(d)",
        default=None,
    )
    upbringing: Prose | None = fact(
        "About religious and cultural upbringing",
        example="She would like him to know both sides.",
        seen_as=Disclosure.PERSON,
        meets=f"{_REG17}(d)",
        default=None,
    )
    family_time: Prose | None = fact(
        "About time with the child",
        example="She asks for visits twice a year.",
        seen_as=Disclosure.PERSON,
        meets=f"{_REG17}(d)",
        default=None,
    )
    not_known_because: Line | None = fact(
        "Where views are not known: why",
        example="He did not answer three letters",
        seen_as=Disclosure.PERSON,
        default=None,
    )


class ParentingCapacity(Facts):
    """The assessment of one parent's capacity."""

    person: Key = fact("Who: a person's id", example="mother", seen_as=Disclosure.WORKING)
    assessment: Prose = fact(
        "The assessment",
        example="Leanne is warm in play; care at night was not safe.",
        seen_as=Disclosure.PERSON,
        meets=f"{_REG17}(g)",
    )


class ParentComment(Facts):
    """What a parent says of the report, and whether they signed it."""

    person: Key = fact("Who: a person's id", example="mother", seen_as=Disclosure.WORKING)
    read_on: Day | None = fact("When they read it", example="16 October 2026", seen_as=Disclosure.PERSON, default=None)
    comments: Prose | None = fact(
        "Their comments, in their words",
        example="I love him and I did try.",
        seen_as=Disclosure.PERSON,
        meets="R001-149",
        default=None,
    )
    signed_on: Day | None = fact(
        "When they signed, once they have",
        example="16 October 2026",
        seen_as=Disclosure.PERSON,
        meets="R001-149",
        default=None,
    )
    not_signed_because: Line | None = fact(
        "Where they did not sign: why",
        example="She did not wish to",
        seen_as=Disclosure.PERSON,
        meets="R001-149",
        default=None,
    )


class QualityCheck(Facts):
    """One quality check of the report."""

    by: Key = fact("Who: a person's id", example="team-manager", seen_as=Disclosure.WORKING)
    on: Day = fact("When", example="19 October 2026", seen_as=Disclosure.EVIDENCE, meets="R001-152")
    outcome: Line | None = fact(
        "Outcome", example="Ready for the decision maker", seen_as=Disclosure.PLANNING, default=None
    )


class AgencyEvent(Facts):
    """One decision or action of the agency about the child (AAR 2005 reg 17(1)(h))."""

    on: Day = fact("When", example="26 May 2026", seen_as=Disclosure.EVIDENCE, meets=f"{_REG17}(h)")
    what: Line = fact(
        "What was decided or done",
        example="Legal planning meeting: issue proceedings",
        seen_as=Disclosure.EVIDENCE,
        meets=f"{_REG17}(h)",
    )


class PermanenceReport(Facts):
    """What the child's permanence report says beyond the facts held elsewhere in the file (AAR 2005 reg 17)."""

    child: Key = fact("The child's id", example="rowan", seen_as=Disclosure.WORKING)
    dated: Day | None = fact(
        "Date of this version", example="20 October 2026", seen_as=Disclosure.EVIDENCE, meets="N-09", default=None
    )
    author: Author | None = fact(
        "Author", example={"person": "social-worker"}, seen_as=Disclosure.EVIDENCE, meets="R001-148", default=None
    )
    supervisor: Author | None = fact(
        "Supervisor, where the author needs one",
        example={"person": "team-manager"},
        seen_as=Disclosure.EVIDENCE,
        meets="R001-150",
        default=None,
    )
    contributors: tuple[Contributor, ...] = facts_list(
        "Other contributors",
        example=[{"name": "Mary Osei", "role": "Health visitor"}],
        seen_as=Disclosure.EVIDENCE,
        meets="R001-151",
    )
    health_summary: HealthSummary = fact(
        "The medical adviser's summary",
        example={"written_by": "medical-adviser"},
        seen_as=Disclosure.HEALTH,
        meets=f"{_REG17}(b)",
        default=HealthSummary(),
    )
    child_views: ChildViews = fact(
        "The child's wishes and feelings",
        example={"placement": "Too young to say."},
        seen_as=Disclosure.CHILD,
        meets=f"{_REG17}(c)",
        default=ChildViews(),
    )
    family_views: tuple[FamilyView, ...] = facts_list(
        "Wishes and feelings of parents and others",
        example=[{"person": "mother"}],
        seen_as=Disclosure.PERSON,
        meets=f"{_REG17}(d)",
    )
    family_time_need: Prose | None = fact(
        "The agency's view: the child's need for time with family",
        example="Rowan needs to know Leanne loved him.",
        seen_as=Disclosure.EVIDENCE,
        meets=f"{_REG17}(e)",
        default=None,
    )
    family_time_proposal: Prose | None = fact(
        "The arrangements the agency proposes",
        example="Letters each way in May; one visit a year.",
        seen_as=Disclosure.EVIDENCE,
        meets=f"{_REG17}(e)",
        default=None,
    )
    emotional_development: Prose | None = fact(
        "Assessment of emotional development",
        example="He is beginning to seek comfort.",
        seen_as=Disclosure.EVIDENCE,
        meets=f"{_REG17}(f)",
        default=None,
    )
    behavioural_development: Prose | None = fact(
        "Assessment of behavioural development",
        example="Settled at home; watchful outside.",
        seen_as=Disclosure.EVIDENCE,
        meets=f"{_REG17}(f)",
        default=None,
    )
    related_needs: Prose | None = fact(
        "Needs that follow from these",
        example="Calm, predictable carers.",
        seen_as=Disclosure.EVIDENCE,
        meets=f"{_REG17}(f)",
        default=None,
    )
    parenting_capacity: tuple[ParentingCapacity, ...] = facts_list(
        "Parenting capacity",
        example=[{"person": "mother", "assessment": "Warm in play."}],
        seen_as=Disclosure.PERSON,
        meets=f"{_REG17}(g)",
    )
    agency_events: tuple[AgencyEvent, ...] = facts_list(
        "Agency decisions and actions not recorded elsewhere in this file",
        example=[{"on": "26 May 2026", "what": "Legal planning meeting"}],
        seen_as=Disclosure.EVIDENCE,
        meets=f"{_REG17}(h)",
    )
    options_analysis: Prose | None = fact(
        "Analysis of the options, after the table",
        example="Two options are realistic.",
        seen_as=Disclosure.EVIDENCE,
        meets=f"{_REG17}(i)",
        default=None,
    )
    why_adoption: Prose | None = fact(
        "Why adoption is preferred",
        example="Only adoption gives him a family for life.",
        seen_as=Disclosure.EVIDENCE,
        meets=f"{_REG17}(i)",
        default=None,
    )
    other_relevant: Prose | None = fact(
        "Anything else the agency thinks relevant",
        example="Nothing further.",
        seen_as=Disclosure.EVIDENCE,
        meets=f"{_REG17}(j)",
        default=None,
    )
    parents_relationship: Prose | None = fact(
        "The parents' relationship, past and present",
        example="They met in 2023 and parted in June 2025.",
        seen_as=Disclosure.EVIDENCE,
        meets="AAR 2005 Sch 1 Pt 3 item 22",
        default=None,
    )
    parents_married: Line | None = fact(
        "Whether the parents are or were married, with date and place",
        example="Never married",
        seen_as=Disclosure.EVIDENCE,
        meets="AAR 2005 Sch 1 Pt 3 item 15",
        default=None,
    )
    father_unknown: Prose | None = fact(
        "Where the father's identity or whereabouts is not known: what is known, from whom, and steps taken",
        example="Leanne has named no other person.",
        seen_as=Disclosure.EVIDENCE,
        meets="AAR 2005 Sch 1 Pt 3 item 17",
        default=None,
    )
    wider_family: Prose | None = fact(
        "The wider family and what they mean to the child and parents",
        example="Grandmother Pat has been a constant.",
        seen_as=Disclosure.EVIDENCE,
        meets="AAR 2005 Sch 1 Pt 3 item 23",
        default=None,
    )
    carer_view: Prose | None = fact(
        "The carer's own words about the child, with nothing that identifies the carer",
        example="He wakes singing.",
        seen_as=Disclosure.EVIDENCE,
        default=None,
    )
    parent_comments: tuple[ParentComment, ...] = facts_list(
        "Parents' comments and signatures", example=[{"person": "mother"}], seen_as=Disclosure.PERSON, meets="R001-149"
    )
    quality_checks: tuple[QualityCheck, ...] = facts_list(
        "Quality checks",
        example=[{"by": "team-manager", "on": "19 October 2026"}],
        seen_as=Disclosure.PLANNING,
        meets="R001-152",
    )


class DocumentRead(Facts):
    """A document that somebody read before deciding."""

    title: Line = fact("Title", example="Child's permanence report", seen_as=Disclosure.EVIDENCE)
    author: Line | None = fact("Author", example="Grace Adeyemi", seen_as=Disclosure.EVIDENCE, default=None)
    dated: Day | None = fact("Date", example="20 October 2026", seen_as=Disclosure.EVIDENCE, default=None)
    version: Line | None = fact("Version", example="2", seen_as=Disclosure.EVIDENCE, default=None)


class IroView(Facts):
    """The independent reviewing officer's view of the plan for one child."""

    child: Key = fact("The child's id", example="rowan", seen_as=Disclosure.WORKING)
    iro: Key | None = fact(
        "The reviewing officer: a person's id", example="iro", seen_as=Disclosure.WORKING, default=None
    )
    on: Day = fact("When", example="19 August 2026", seen_as=Disclosure.PLANNING)
    outcome: IroOutcome = fact(
        "Whether they support the plan", example="supports", seen_as=Disclosure.PLANNING, meets="R000-11"
    )
    reasons: Prose | None = fact(
        "Reasons, in their own words",
        example="Delay would harm Rowan more.",
        seen_as=Disclosure.PLANNING,
        meets="R000-11",
        default=None,
    )
    conditions: Prose | None = fact(
        "Conditions, where there are any", example="Search to start at once.", seen_as=Disclosure.PLANNING, default=None
    )
    review_number: Line | None = fact("At which review", example="2", seen_as=Disclosure.PLANNING, default=None)
    child_heard: Prose | None = fact(
        "How and when they heard the child, and what they heard",
        example="Watched Rowan at home on 11 August 2026.",
        seen_as=Disclosure.PLANNING,
        default=None,
    )
    parents_views: Prose | None = fact(
        "Parents' views as heard", example="Leanne opposes adoption.", seen_as=Disclosure.PLANNING, default=None
    )
    carers_views: Prose | None = fact(
        "Carers' views as heard", example="They see a child ready to attach.", seen_as=Disclosure.CARER, default=None
    )
    guardian_view: Prose | None = fact(
        "Whether the guardian was consulted, and their view",
        example="Consulted on 12 August 2026; agrees.",
        seen_as=Disclosure.PLANNING,
        default=None,
    )
    siblings_and_family_time: Prose | None = fact(
        "Brothers, sisters and time with family",
        example="Letters, and one visit a year.",
        seen_as=Disclosure.PLANNING,
        default=None,
    )
    concerns: Prose | None = fact(
        "Concerns, delay, and the stage of any dispute",
        example="Assessment of Pat Hale finished three weeks late.",
        seen_as=Disclosure.PLANNING,
        default=None,
    )
    documents: tuple[DocumentRead, ...] = facts_list(
        "Documents seen", example=[{"title": "Care plan"}], seen_as=Disclosure.PLANNING
    )
    actions: Prose | None = fact(
        "Decisions, and who does what",
        example="- Social worker: send the summary",
        seen_as=Disclosure.PLANNING,
        default=None,
    )
    next_review_on: Day | None = fact(
        "Next review", example="15 February 2027", seen_as=Disclosure.PLANNING, default=None
    )
    manager_response: Prose | None = fact(
        "After a challenge: the team manager's answer",
        example="The plan will be reconsidered.",
        seen_as=Disclosure.PLANNING,
        meets="R000-12",
        default=None,
    )
    manager_responded_on: Day | None = fact(
        "When", example="26 August 2026", seen_as=Disclosure.PLANNING, meets="R000-12", default=None
    )
    signed_on: Day | None = fact(
        "When the officer signed, once they have", example="19 August 2026", seen_as=Disclosure.PLANNING, default=None
    )


class Query(Facts):
    """A question the decision maker asked, and the answer."""

    to: Line = fact(
        "Whom it was put to", example="Dr Anjali Menon, medical adviser", seen_as=Disclosure.EVIDENCE, alias="asked"
    )
    question: Prose = fact(
        "Question",
        example="Is there any need that would limit the search?",
        seen_as=Disclosure.EVIDENCE,
        meets="R000-20",
    )
    answer: Prose | None = fact("Answer", example="None is known.", seen_as=Disclosure.EVIDENCE, default=None)
    on: Day | None = fact("When", example="26 October 2026", seen_as=Disclosure.EVIDENCE, default=None)


class ViewHeard(Facts):
    """What somebody thinks of the plan, as the decision maker understood it."""

    who: Line = fact("Whose view", example="Leanne Hale", seen_as=Disclosure.EVIDENCE)
    view: Prose = fact("The view, or why it is not known", example="She opposes adoption.", seen_as=Disclosure.EVIDENCE)


class AdoptionWelfare(Facts):
    """The welfare checklist of the Adoption and Children Act 2002, section 1."""

    wishes: Prose | None = fact(
        "The child's wishes and feelings about the decision",
        example="Rowan is too young to say.",
        seen_as=Disclosure.EVIDENCE,
        meets="ACA 2002 s 1(4)(a)",
        default=None,
    )
    needs: Prose | None = fact(
        "The child's particular needs",
        example="Patient, predictable care.",
        seen_as=Disclosure.EVIDENCE,
        meets="ACA 2002 s 1(4)(b)",
        default=None,
    )
    lifelong_effect: Prose | None = fact(
        "The effect, for life, of leaving the family and becoming adopted",
        example="He gains a family and loses legal ties.",
        seen_as=Disclosure.EVIDENCE,
        meets="ACA 2002 s 1(4)(c)",
        default=None,
    )
    characteristics: Prose | None = fact(
        "Age, sex, background and other characteristics",
        example="A toddler of dual heritage.",
        seen_as=Disclosure.EVIDENCE,
        meets="ACA 2002 s 1(4)(d)",
        default=None,
    )
    harm: Prose | None = fact(
        "Harm suffered or at risk",
        example="Neglect, and fear.",
        seen_as=Disclosure.EVIDENCE,
        meets="ACA 2002 s 1(4)(e)",
        default=None,
    )
    relationships: Prose | None = fact(
        "Relationships with relatives and others: their value, what they can offer, what they want",
        example="Leanne loves him and wants him home.",
        seen_as=Disclosure.EVIDENCE,
        meets="ACA 2002 s 1(4)(f)",
        default=None,
    )
    throughout_life: Prose | None = fact(
        "Welfare throughout life, as the paramount consideration",
        example="Adoption serves him as a child and as a man.",
        seen_as=Disclosure.EVIDENCE,
        meets="ACA 2002 s 1(2)",
        default=None,
    )
    delay: Prose | None = fact(
        "Delay",
        example="He has waited five months.",
        seen_as=Disclosure.EVIDENCE,
        meets="ACA 2002 s 1(3)",
        default=None,
    )
    range_of_powers: Prose | None = fact(
        "The whole range of powers, and whether an order is better than none",
        example="No lesser order would do.",
        seen_as=Disclosure.EVIDENCE,
        meets="ACA 2002 s 1(6)",
        default=None,
    )


class ChildrenActWelfare(Facts):
    """The welfare checklist of the Children Act 1989, section 1(3)."""

    wishes: Prose | None = fact(
        "The child's wishes and feelings",
        example="Rowan is too young to say.",
        seen_as=Disclosure.EVIDENCE,
        meets="CA 1989 s 1(3)(a)",
        default=None,
    )
    needs: Prose | None = fact(
        "Physical, emotional and educational needs",
        example="Ordinary care, given reliably.",
        seen_as=Disclosure.EVIDENCE,
        meets="CA 1989 s 1(3)(b)",
        default=None,
    )
    effect_of_change: Prose | None = fact(
        "The likely effect of a change of circumstances",
        example="One more move, prepared for.",
        seen_as=Disclosure.EVIDENCE,
        meets="CA 1989 s 1(3)(c)",
        default=None,
    )
    characteristics: Prose | None = fact(
        "Age, sex, background and other characteristics",
        example="A toddler of dual heritage.",
        seen_as=Disclosure.EVIDENCE,
        meets="CA 1989 s 1(3)(d)",
        default=None,
    )
    harm: Prose | None = fact(
        "Harm suffered or at risk",
        example="Neglect, and fear.",
        seen_as=Disclosure.EVIDENCE,
        meets="CA 1989 s 1(3)(e)",
        default=None,
    )
    capability: Prose | None = fact(
        "How capable parents and others are",
        example="Leanne cannot keep him safe at present.",
        seen_as=Disclosure.EVIDENCE,
        meets="CA 1989 s 1(3)(f)",
        default=None,
    )
    range_of_powers: Prose | None = fact(
        "The range of powers available",
        example="Care and placement orders are sought.",
        seen_as=Disclosure.EVIDENCE,
        meets="CA 1989 s 1(3)(g)",
        default=None,
    )


class PanelRecommendation(Facts):
    """A panel's recommendation. Only consent cases go to panel; placement-order cases must not (AAR 2005 reg 17(2))."""

    held_on: Day = fact("When the panel met", example="9 October 2026", seen_as=Disclosure.EVIDENCE)
    minutes_final_on: Day | None = fact(
        "When its minutes were final",
        example="15 October 2026",
        seen_as=Disclosure.EVIDENCE,
        meets="N-06",
        default=None,
    )
    recommendation: Prose = fact(
        "What it recommended, with reasons",
        example="That the child should be placed for adoption.",
        seen_as=Disclosure.EVIDENCE,
    )


class ParentNotified(Facts):
    """How one parent or guardian learned the decision. The conversation comes before the letter."""

    person: Key = fact("Who: a person's id", example="mother", seen_as=Disclosure.WORKING)
    told_on: Day | None = fact(
        "When they were told in conversation",
        example="3 November 2026",
        seen_as=Disclosure.OUTCOME,
        meets="N-07",
        default=None,
    )
    told_by: Key | None = fact(
        "By whom: a person's id", example="social-worker", seen_as=Disclosure.WORKING, default=None
    )
    how: Told | None = fact("How", example="in_person", seen_as=Disclosure.OUTCOME, default=None)
    letter_dated: Day | None = fact(
        "Date of the letter", example="4 November 2026", seen_as=Disclosure.OUTCOME, meets="N-08", default=None
    )
    letter_sent_on: Day | None = fact(
        "When the letter went", example="4 November 2026", seen_as=Disclosure.OUTCOME, meets="N-08", default=None
    )
    how_views_counted: Prose | None = fact(
        "How their wishes were considered, in words to them",
        example="You told us that you want Rowan home.",
        seen_as=Disclosure.PERSON,
        meets="NMS 12.5",
        default=None,
    )
    translation: Prose | None = fact(
        "The letter in their language, once translated",
        example="Szanowny Panie, …",
        seen_as=Disclosure.PERSON,
        default=None,
    )
    translated_by: Line | None = fact(
        "Who translated it", example="Hartsmere Language Service", seen_as=Disclosure.PERSON, default=None
    )


class AdmDecision(Facts):
    """The agency decision maker's record for one child: whether the child should be placed for adoption."""

    id: Key | None = fact(
        "A short id, needed where a child has more than one decision",
        example="adm-rowan-1",
        seen_as=Disclosure.WORKING,
        default=None,
    )
    child: Key = fact("The child's id", example="rowan", seen_as=Disclosure.WORKING)
    decision_maker: Key | None = fact(
        "Who decides: a person's id", example="adm", seen_as=Disclosure.WORKING, default=None
    )
    panel_adviser: Key | None = fact(
        "Who advised: a person's id", example="panel-adviser", seen_as=Disclosure.WORKING, default=None
    )
    met_on: Day | None = fact(
        "When the decision maker met the adviser",
        example="26 October 2026",
        seen_as=Disclosure.EVIDENCE,
        meets="R000-19",
        default=None,
    )
    papers_complete_on: Day | None = fact(
        "When the papers were complete",
        example="21 October 2026",
        seen_as=Disclosure.EVIDENCE,
        meets="N-06",
        default=None,
    )
    material: tuple[DocumentRead, ...] = facts_list(
        "Every document read",
        example=[{"title": "Child's permanence report"}],
        seen_as=Disclosure.EVIDENCE,
        meets="R000-18",
    )
    material_missing: Prose | None = fact(
        "What was missing, and why the decision can be made without it",
        example="Nothing was missing.",
        seen_as=Disclosure.EVIDENCE,
        default=None,
    )
    queries: tuple[Query, ...] = facts_list(
        "Questions asked and answers",
        example=[{"asked": "Medical adviser", "question": "Any need?"}],
        seen_as=Disclosure.EVIDENCE,
        meets="R000-20",
    )
    panel: PanelRecommendation | None = fact(
        "Consent cases only: the panel's recommendation",
        example={"held_on": "9 October 2026", "recommendation": "Yes"},
        seen_as=Disclosure.EVIDENCE,
        meets="N-05",
        default=None,
    )
    views: tuple[ViewHeard, ...] = facts_list(
        "Views of the child, parents, guardian, reviewing officer, carers",
        example=[{"who": "Leanne Hale", "view": "Opposes"}],
        seen_as=Disclosure.EVIDENCE,
    )
    fairness: Prose | None = fact(
        "Whether the process was fair and parents had their say",
        example="Leanne was heard twice.",
        seen_as=Disclosure.EVIDENCE,
        default=None,
    )
    new_information: Prose | None = fact(
        "What is new since the papers", example="None.", seen_as=Disclosure.EVIDENCE, default=None
    )
    adoption_welfare: AdoptionWelfare = fact(
        "Welfare checklist, Adoption and Children Act 2002",
        example={"delay": "He has waited."},
        seen_as=Disclosure.EVIDENCE,
        meets="ACA 2002 s 1",
        default=AdoptionWelfare(),
    )
    children_act_welfare: ChildrenActWelfare = fact(
        "Welfare checklist, Children Act 1989",
        example={"harm": "Neglect."},
        seen_as=Disclosure.EVIDENCE,
        meets="CA 1989 s 1(3)",
        default=ChildrenActWelfare(),
    )
    family_time: Prose | None = fact(
        "Time with family before and after placement",
        example="Weekly now; letters after.",
        seen_as=Disclosure.EVIDENCE,
        default=None,
    )
    siblings: Prose | None = fact(
        "The plan for brothers and sisters",
        example="No brother or sister shares his home.",
        seen_as=Disclosure.EVIDENCE,
        default=None,
    )
    reasons_adopted: Prose | None = fact(
        "Whose reasons are relied on, and which are not",
        example="I rely on the author's section 9.",
        seen_as=Disclosure.EVIDENCE,
        default=None,
    )
    own_reasons: Prose | None = fact(
        "The decision maker's own reasons",
        example="I have asked what he loses.",
        seen_as=Disclosure.EVIDENCE,
        meets="R000-21",
        default=None,
    )
    decision: AdmOutcome | None = fact(
        "The decision", example="should_be_placed", seen_as=Disclosure.OUTCOME, meets="R000-21", default=None
    )
    decided_on: Day | None = fact(
        "When", example="2 November 2026", seen_as=Disclosure.OUTCOME, meets="R000-21", default=None
    )
    deferred_until: Line | None = fact(
        "Where deferred: what is needed", example="An updated medical", seen_as=Disclosure.OUTCOME, default=None
    )
    application: Prose | None = fact(
        "The application that follows in law, with its limb",
        example="Placement order under section 22(2).",
        seen_as=Disclosure.EVIDENCE,
        meets="N-14",
        default=None,
    )
    parents_consent: Yes | None = fact(
        "Whether the parents consent", example="no", seen_as=Disclosure.OUTCOME, default=None
    )
    timetable: Prose | None = fact(
        "What happens next, with dates",
        example="Final hearing on 14 December 2026.",
        seen_as=Disclosure.EVIDENCE,
        default=None,
    )
    contingency: Prose | None = fact(
        "What happens if it cannot be done", example="Long-term fostering.", seen_as=Disclosure.EVIDENCE, default=None
    )
    reasons_for_letters: Prose | None = fact(
        "The reasons in two to four plain sentences, for letters",
        example="We do not think Rowan can be safe at home soon enough.",
        seen_as=Disclosure.OUTCOME,
        meets="AAR 2005 reg 19",
        default=None,
    )
    next_steps_for_letters: Prose | None = fact(
        "What happens next in plain words, for letters",
        example="- The court decides on 14 December 2026",
        seen_as=Disclosure.OUTCOME,
        default=None,
    )
    parents_notified: tuple[ParentNotified, ...] = facts_list(
        "How each parent learned the decision",
        example=[{"person": "mother", "told_on": "3 November 2026"}],
        seen_as=Disclosure.OUTCOME,
        meets="N-07",
    )
    signed_on: Day | None = fact(
        "When the decision maker signed, once they have",
        example="2 November 2026",
        seen_as=Disclosure.EVIDENCE,
        default=None,
    )
