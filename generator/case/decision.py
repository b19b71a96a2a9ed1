"""The agency decision maker's record: what was read, weighed and decided, and who was told."""

from __future__ import annotations

from generator.case.facts import Day, Disclosure, Facts, Key, Line, Prose, Yes, fact, facts_list
from generator.case.iro import DocumentRead
from generator.case.words import AdmOutcome, Told


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
