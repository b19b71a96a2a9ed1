"""The child: who they are, how they are, and who matters to them."""

from __future__ import annotations

from generator.case.facts import (
    CARER,
    CHILD,
    EVIDENCE,
    PERSON,
    PLANNING,
    PRIVATE,
    WORKING,
    Day,
    Facts,
    FileName,
    Key,
    Line,
    PersonId,
    PersonOrChildId,
    Prose,
    Yes,
    fact,
    facts_list,
)
from generator.case.person import Identity, Name
from generator.case.words import CoupleStatus, Sex

_SCH1_CHILD = "AAR 2005 Sch 1 Pt 1"


class Setting(Facts):
    """A nursery or school."""

    name: Line = fact("Name", example="Quayside Nursery", seen_as=CARER, meets=f"{_SCH1_CHILD} item 12")
    kind: Line | None = fact("Kind", example="nursery", seen_as=CHILD)
    address: Line | None = fact("Address", example="Harbour Road, Hartsmere", seen_as=CARER)
    started_on: Day | None = fact("From", example="8 September 2025", seen_as=CHILD)
    ended_on: Day | None = fact("To", example="20 December 2025", seen_as=CHILD)


class Education(Facts, seen_as=CHILD):
    """Learning, past and present."""

    settings: tuple[Setting, ...] = facts_list(
        "Nurseries and schools", example=[{"name": "Quayside Nursery"}], meets=f"{_SCH1_CHILD} item 12"
    )
    progress: Prose | None = fact("Progress", example="Rowan uses about forty words.", meets=f"{_SCH1_CHILD} item 12")
    learning_needs: Prose | None = fact(
        "Special educational needs, and any EHC plan", example="None identified.", meets=f"{_SCH1_CHILD} item 12"
    )
    education_plan: Prose | None = fact(
        "Personal education plan", example="First meeting held on 2 October 2026.", meets=f"{_SCH1_CHILD} item 12"
    )


class FamilyTime(Facts):
    """Time with one person: what the law calls contact."""

    person: PersonOrChildId = fact("With whom: a person's or child's id", example="mother", alias="with")
    kind: Line = fact("How", example="supervised, at the family centre", seen_as=CHILD, meets=f"{_SCH1_CHILD} item 14")
    frequency: Line = fact(
        "How often", example="twice a week for 90 minutes", seen_as=CHILD, meets=f"{_SCH1_CHILD} item 14"
    )
    arrangements: Prose | None = fact(
        "Arrangements and how it goes", example="Leanne brings a snack and books.", seen_as=PERSON
    )


class ChildRelationship(Facts, seen_as=EVIDENCE):
    """What one relationship is worth to the child."""

    person: PersonOrChildId = fact("With whom: a person's or child's id", example="mother", alias="with")
    quality: Prose = fact(
        "What the relationship is like", example="Rowan settles quickly in her arms.", meets=f"{_SCH1_CHILD} item 13"
    )
    likely_to_continue: Line | None = fact(
        "Whether it is likely to continue",
        example="Yes, by letter and two visits a year",
        meets="ACA 2002 s 1(4)(f)(i)",
    )
    value_to_child: Prose | None = fact(
        "What it is worth to the child", example="She is the person he looks for first.", meets="ACA 2002 s 1(4)(f)(i)"
    )


class SiblingAssessment(Facts, seen_as=PLANNING):
    """Together or apart: one child's relationship with one brother or sister, seen from this child."""

    sibling: PersonOrChildId = fact("The brother or sister: a person's or child's id", example="wren", alias="with")
    assessed_on: Day | None = fact("When the checklist was analysed", example="20 July 2026")
    completed_by: Line | None = fact("Who filled in the checklist", example="Foster carer")
    analysed_by: PersonId | None = fact("Who analysed it", example="social-worker")
    quality: Prose | None = fact("The relationship now", example="Wren is the first person Rowan shows things to.")
    effect_of_separation: Prose | None = fact(
        "What separation would mean for this child", example="He would lose his closest companion."
    )
    together: Yes | None = fact("Whether they are to be placed together", example="yes")
    reasons: Prose | None = fact("Why", example="Each calms the other.", meets="R001-145")
    countersigned_by: Line | None = fact("Service manager who countersigned", example="Farida Sesay", meets="R001-145")
    countersigned_on: Day | None = fact("When", example="31 July 2026")


class Wishes(Facts, seen_as=CHILD):
    """What the child said or showed, and how it was found out."""

    on: Day | None = fact("When", example="14 July 2026")
    heard_by: PersonId | None = fact("By whom: a person's id", example="social-worker")
    how: Line | None = fact("How it was found out", example="Play with small-world figures at home", meets="R001-104")
    what: Prose = fact(
        "What the child said or showed", example="Rowan put the mummy figure in the bed next to his.", meets="R001-013"
    )


class Child(Facts):
    """A child whose permanence is being planned."""

    id: Key = fact("A short id that other parts of the file point to", example="rowan")
    name: Name = fact("Name", example={"given": "Rowan", "family": "Hale-Okafor"}, meets=f"{_SCH1_CHILD} item 1")
    born_on: Day = fact("Date of birth", example="14 March 2025", seen_as=CHILD, meets=f"{_SCH1_CHILD} item 1")
    sex: Sex = fact("Sex", example="male", seen_as=CHILD, meets=f"{_SCH1_CHILD} item 1", default=Sex.NOT_RECORDED)
    place_of_birth: Line | None = fact(
        "Place of birth", example="Hartsmere Infirmary", seen_as=CHILD, meets=f"{_SCH1_CHILD} item 1"
    )
    local_authority_area: Line | None = fact(
        "The local authority area the child lives in", example="Hartsmere", seen_as=CARER, meets=f"{_SCH1_CHILD} item 1"
    )
    looked_after_from: Day | None = fact(
        "The day the child became looked after", example="26 May 2026", seen_as=CHILD, meets="CPPCR 2010 reg 33"
    )
    identity: Identity = fact(
        "Heritage, language and religion",
        example={"nationality": "British"},
        seen_as=CHILD,
        meets=f"{_SCH1_CHILD} items 3 to 5",
        default=Identity(),
    )
    identity_needs: Prose | None = fact(
        "What the child needs for their identity",
        example="Yoruba songs and food at home.",
        seen_as=CHILD,
        meets="R001-014",
    )
    physical_description: Prose | None = fact(
        "What the child looks like",
        example="Sturdy, with brown curls and his father's dimples.",
        seen_as=CHILD,
        meets=f"{_SCH1_CHILD} item 2",
    )
    photograph: FileName | None = fact(
        "Photograph, in the case folder", example="evidence/rowan.jpg", seen_as=PRIVATE, meets=f"{_SCH1_CHILD} item 2"
    )
    property_or_claims: Prose | None = fact(
        "Property or claims that adoption would affect",
        example="None known.",
        seen_as=EVIDENCE,
        meets=f"{_SCH1_CHILD} item 8",
    )
    personality: Prose | None = fact(
        "Personality, social, emotional and behavioural development",
        example="Curious, and wary of new men.",
        seen_as=CHILD,
        meets=f"{_SCH1_CHILD} item 10",
    )
    self_care: Prose | None = fact(
        "Difficulties with feeding, washing and dressing",
        example="None for his age.",
        seen_as=CHILD,
        meets=f"{_SCH1_CHILD} item 11",
    )
    education: Education = fact(
        "Learning",
        example={"progress": "Rowan uses about forty words."},
        meets=f"{_SCH1_CHILD} item 12",
        default=Education(),
    )
    relationships: tuple[ChildRelationship, ...] = facts_list(
        "What relationships are worth to the child",
        example=[{"with": "mother", "quality": "Warm"}],
        meets=f"{_SCH1_CHILD} item 13",
    )
    relatives_able_and_willing: Prose | None = fact(
        "Relatives and others able and willing to care for the child",
        example="Maternal grandmother: assessed, not able.",
        seen_as=EVIDENCE,
        meets=f"{_SCH1_CHILD} item 13",
    )
    family_time: tuple[FamilyTime, ...] = facts_list(
        "Time with family now",
        example=[{"with": "mother", "kind": "supervised", "frequency": "weekly"}],
        seen_as=CHILD,
        meets=f"{_SCH1_CHILD} item 14",
    )
    interests: Prose | None = fact(
        "Interests, likes and dislikes",
        example="Diggers, bananas, water. Dislikes hand dryers.",
        seen_as=CHILD,
        meets=f"{_SCH1_CHILD} item 15",
    )
    other: Prose | None = fact(
        "Anything else that matters", example="Nothing further.", seen_as=EVIDENCE, meets=f"{_SCH1_CHILD} item 16"
    )
    wishes: tuple[Wishes, ...] = facts_list(
        "What the child said or showed", example=[{"what": "Rowan reaches for Leanne."}], meets="AAR 2005 reg 13(1)(c)"
    )
    siblings: tuple[SiblingAssessment, ...] = facts_list(
        "Together or apart, seen from this child", example=[{"with": "wren"}], meets="R001-139"
    )
    parents_are: CoupleStatus | None = fact(
        "What the child's mother and father are to each other now: the family tree shows it",
        example="separated",
        seen_as=EVIDENCE,
        meets="AAR 2005 Sch 1 Pt 3",
    )
    relinquished: Yes = fact(
        "Whether the parents ask for the child to be adopted", example="no", seen_as=EVIDENCE, default=False
    )
    nhs_number: Line | None = fact("NHS number", example="000 000 0000", seen_as=PRIVATE)
    pupil_number: Line | None = fact("Unique pupil number", example="Z000000000000", seen_as=PRIVATE)
    record_number: Line | None = fact("Number on the authority's case system", example="0014207", seen_as=WORKING)
    pace_test_case: Yes = fact(
        "Scotland: whether the child is in a PACE test of change", example="no", seen_as=WORKING, default=False
    )
