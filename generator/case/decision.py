"""The agency decision maker's record: what was read, weighed and decided, and who was told."""

from __future__ import annotations

from generator.case.facts import (
    EVIDENCE,
    OUTCOME,
    PERSON,
    ChildId,
    Day,
    Facts,
    Key,
    Line,
    PersonId,
    Prose,
    Yes,
    fact,
    facts_list,
)
from generator.case.iro import DocumentRead
from generator.case.words import AdmOutcome, Told


class Query(Facts, seen_as=EVIDENCE):
    """A question the decision maker asked, and the answer."""

    to: Line = fact("Whom it was put to", example="Dr Anjali Menon, medical adviser", alias="asked")
    question: Prose = fact("Question", example="Is there any need that would limit the search?", meets="R000-20")
    answer: Prose | None = fact("Answer", example="None is known.")
    on: Day | None = fact("When", example="26 October 2026")


class ViewHeard(Facts, seen_as=EVIDENCE):
    """What somebody thinks of the plan, as the decision maker understood it."""

    who: Line = fact("Whose view", example="Leanne Hale")
    view: Prose = fact("The view, or why it is not known", example="She opposes adoption.")


class AdoptionWelfare(Facts, seen_as=EVIDENCE):
    """The welfare checklist of the Adoption and Children Act 2002, section 1."""

    wishes: Prose | None = fact(
        "The child's wishes and feelings about the decision",
        example="Rowan is too young to say.",
        meets="ACA 2002 s 1(4)(a)",
    )
    needs: Prose | None = fact(
        "The child's particular needs", example="Patient, predictable care.", meets="ACA 2002 s 1(4)(b)"
    )
    lifelong_effect: Prose | None = fact(
        "The effect, for life, of leaving the family and becoming adopted",
        example="He gains a family and loses legal ties.",
        meets="ACA 2002 s 1(4)(c)",
    )
    characteristics: Prose | None = fact(
        "Age, sex, background and other characteristics",
        example="A toddler of dual heritage.",
        meets="ACA 2002 s 1(4)(d)",
    )
    harm: Prose | None = fact("Harm suffered or at risk", example="Neglect, and fear.", meets="ACA 2002 s 1(4)(e)")
    relationships: Prose | None = fact(
        "Relationships with relatives and others: their value, what they can offer, what they want",
        example="Leanne loves him and wants him home.",
        meets="ACA 2002 s 1(4)(f)",
    )
    throughout_life: Prose | None = fact(
        "Welfare throughout life, as the paramount consideration",
        example="Adoption serves him as a child and as a man.",
        meets="ACA 2002 s 1(2)",
    )
    delay: Prose | None = fact("Delay", example="He has waited five months.", meets="ACA 2002 s 1(3)")
    range_of_powers: Prose | None = fact(
        "The whole range of powers, and whether an order is better than none",
        example="No lesser order would do.",
        meets="ACA 2002 s 1(6)",
    )


class ChildrenActWelfare(Facts, seen_as=EVIDENCE):
    """The welfare checklist of the Children Act 1989, section 1(3)."""

    wishes: Prose | None = fact(
        "The child's wishes and feelings", example="Rowan is too young to say.", meets="CA 1989 s 1(3)(a)"
    )
    needs: Prose | None = fact(
        "Physical, emotional and educational needs", example="Ordinary care, given reliably.", meets="CA 1989 s 1(3)(b)"
    )
    effect_of_change: Prose | None = fact(
        "The likely effect of a change of circumstances",
        example="One more move, prepared for.",
        meets="CA 1989 s 1(3)(c)",
    )
    characteristics: Prose | None = fact(
        "Age, sex, background and other characteristics",
        example="A toddler of dual heritage.",
        meets="CA 1989 s 1(3)(d)",
    )
    harm: Prose | None = fact("Harm suffered or at risk", example="Neglect, and fear.", meets="CA 1989 s 1(3)(e)")
    capability: Prose | None = fact(
        "How capable parents and others are",
        example="Leanne cannot keep him safe at present.",
        meets="CA 1989 s 1(3)(f)",
    )
    range_of_powers: Prose | None = fact(
        "The range of powers available", example="Care and placement orders are sought.", meets="CA 1989 s 1(3)(g)"
    )


class PanelRecommendation(Facts, seen_as=EVIDENCE):
    """A panel's recommendation. Only consent cases go to panel; placement-order cases must not (AAR 2005 reg 17(2))."""

    held_on: Day = fact("When the panel met", example="9 October 2026")
    minutes_final_on: Day | None = fact("When its minutes were final", example="15 October 2026", meets="N-06")
    recommendation: Prose = fact(
        "What it recommended, with reasons", example="That the child should be placed for adoption."
    )


class ParentNotified(Facts):
    """How one parent or guardian learned the decision. The conversation comes before the letter."""

    person: PersonId = fact("Who: a person's id", example="mother")
    told_on: Day | None = fact(
        "When they were told in conversation", example="3 November 2026", seen_as=OUTCOME, meets="N-07"
    )
    told_by: PersonId | None = fact("By whom: a person's id", example="social-worker")
    how: Told | None = fact("How", example="in_person", seen_as=OUTCOME)
    letter_dated: Day | None = fact("Date of the letter", example="4 November 2026", seen_as=OUTCOME, meets="N-08")
    letter_sent_on: Day | None = fact("When the letter went", example="4 November 2026", seen_as=OUTCOME, meets="N-08")
    how_views_counted: Prose | None = fact(
        "How their wishes were considered, in words to them",
        example="You told us that you want Rowan home.",
        seen_as=PERSON,
        meets="NMS 12.5",
    )
    translation: Prose | None = fact(
        "The letter in their language, once translated", example="Szanowny Panie, …", seen_as=PERSON
    )
    translated_by: Line | None = fact("Who translated it", example="Hartsmere Language Service", seen_as=PERSON)


class AdmDecision(Facts):
    """The agency decision maker's record for one child: whether the child should be placed for adoption."""

    id: Key | None = fact("A short id, needed where a child has more than one decision", example="adm-rowan-1")
    child: ChildId = fact("The child's id", example="rowan")
    decision_maker: PersonId | None = fact("Who decides: a person's id", example="adm")
    panel_adviser: PersonId | None = fact("Who advised: a person's id", example="panel-adviser")
    met_on: Day | None = fact(
        "When the decision maker met the adviser", example="26 October 2026", seen_as=EVIDENCE, meets="R000-19"
    )
    papers_complete_on: Day | None = fact(
        "When the papers were complete", example="21 October 2026", seen_as=EVIDENCE, meets="N-06"
    )
    material: tuple[DocumentRead, ...] = facts_list(
        "Every document read", example=[{"title": "Child's permanence report"}], meets="R000-18"
    )
    material_missing: Prose | None = fact(
        "What was missing, and why the decision can be made without it",
        example="Nothing was missing.",
        seen_as=EVIDENCE,
    )
    queries: tuple[Query, ...] = facts_list(
        "Questions asked and answers", example=[{"asked": "Medical adviser", "question": "Any need?"}], meets="R000-20"
    )
    panel: PanelRecommendation | None = fact(
        "Consent cases only: the panel's recommendation",
        example={"held_on": "9 October 2026", "recommendation": "Yes"},
        meets="N-05",
    )
    views: tuple[ViewHeard, ...] = facts_list(
        "Views of the child, parents, guardian, reviewing officer, carers",
        example=[{"who": "Leanne Hale", "view": "Opposes"}],
    )
    fairness: Prose | None = fact(
        "Whether the process was fair and parents had their say", example="Leanne was heard twice.", seen_as=EVIDENCE
    )
    new_information: Prose | None = fact("What is new since the papers", example="None.", seen_as=EVIDENCE)
    adoption_welfare: AdoptionWelfare = fact(
        "Welfare checklist, Adoption and Children Act 2002",
        example={"delay": "He has waited."},
        meets="ACA 2002 s 1",
        default=AdoptionWelfare(),
    )
    children_act_welfare: ChildrenActWelfare = fact(
        "Welfare checklist, Children Act 1989",
        example={"harm": "Neglect."},
        meets="CA 1989 s 1(3)",
        default=ChildrenActWelfare(),
    )
    family_time: Prose | None = fact(
        "Time with family before and after placement", example="Weekly now; letters after.", seen_as=EVIDENCE
    )
    siblings: Prose | None = fact(
        "The plan for brothers and sisters", example="No brother or sister shares his home.", seen_as=EVIDENCE
    )
    reasons_adopted: Prose | None = fact(
        "Whose reasons are relied on, and which are not", example="I rely on the author's section 9.", seen_as=EVIDENCE
    )
    own_reasons: Prose | None = fact(
        "The decision maker's own reasons", example="I have asked what he loses.", seen_as=EVIDENCE, meets="R000-21"
    )
    decision: AdmOutcome | None = fact("The decision", example="should_be_placed", seen_as=OUTCOME, meets="R000-21")
    decided_on: Day | None = fact("When", example="2 November 2026", seen_as=OUTCOME, meets="R000-21")
    deferred_until: Line | None = fact("Where deferred: what is needed", example="An updated medical", seen_as=OUTCOME)
    application: Prose | None = fact(
        "The application that follows in law, with its limb",
        example="Placement order under section 22(2).",
        seen_as=EVIDENCE,
        meets="N-14",
    )
    parents_consent: Yes | None = fact("Whether the parents consent", example="no", seen_as=OUTCOME)
    timetable: Prose | None = fact(
        "What happens next, with dates", example="Final hearing on 14 December 2026.", seen_as=EVIDENCE
    )
    contingency: Prose | None = fact(
        "What happens if it cannot be done", example="Long-term fostering.", seen_as=EVIDENCE
    )
    reasons_for_letters: Prose | None = fact(
        "The reasons in two to four plain sentences, for letters",
        example="We do not think Rowan can be safe at home soon enough.",
        seen_as=OUTCOME,
        meets="AAR 2005 reg 19",
    )
    next_steps_for_letters: Prose | None = fact(
        "What happens next in plain words, for letters",
        example="- The court decides on 14 December 2026",
        seen_as=OUTCOME,
    )
    parents_notified: tuple[ParentNotified, ...] = facts_list(
        "How each parent learned the decision",
        example=[{"person": "mother", "told_on": "3 November 2026"}],
        seen_as=OUTCOME,
        meets="N-07",
    )
    signed_on: Day | None = fact(
        "When the decision maker signed, once they have", example="2 November 2026", seen_as=EVIDENCE
    )
