"""People: names, addresses, how each is tied to each child, and how each may be written to."""

from __future__ import annotations

from generator.case.facts import (
    CHILD,
    EVIDENCE,
    OPEN,
    PERSON,
    PRIVATE,
    SIBLING,
    WORKING,
    ChildId,
    Day,
    Facts,
    Key,
    Line,
    Number,
    Prose,
    Yes,
    fact,
    facts_list,
)
from generator.case.words import CARER_KINDS, Delivery, LetterFormat, NotificationDecision, RelationshipKind, Role, Sex

_SCH1_PARENT = "AAR 2005 Sch 1 Pt 3"


class Name(Facts, seen_as=OPEN):
    """A person's name, in the parts that papers need."""

    given: Line = fact("First name or names", example="Rowan Idris", meets="AAR 2005 Sch 1 Pt 1 item 1")
    family: Line | None = fact("Family name", example="Hale-Okafor")
    known_as: Line | None = fact("The name the person uses day to day", example="Rowan")
    title: Line | None = fact("Title for letters and minutes", example="Ms")

    @property
    def full(self) -> str:
        """First names and family name."""
        return f"{self.given} {self.family}" if self.family else self.given

    @property
    def short(self) -> str:
        """The name used day to day, else the first of the given names."""
        return self.known_as or self.given.split()[0]

    @property
    def initials(self) -> str:
        """One capital for each part of the full name, for places that many people can read."""
        return "".join(part[0].upper() for part in self.full.replace("-", " ").split())

    @property
    def formal(self) -> str:
        """How a letter greets: title and family name, else the full name."""
        return f"{self.title} {self.family}" if self.title and self.family else self.full


class Address(Facts):
    """A postal address."""

    lines: tuple[Line, ...] = fact(
        "Address lines, without the postcode", example=["14 Tannery Row", "Hartsmere"], seen_as=PERSON
    )
    postcode: Line | None = fact("Postcode", example="ZZ99 1AA", seen_as=PERSON)
    confidential: Yes = fact(
        "Whether the address is kept from other people in the case",
        example="yes",
        seen_as=WORKING,
        meets="FPR 2010 r 29.1",
        default=False,
    )
    known_on: Day | None = fact(
        "For a last known address: when it was known to be right",
        example="2 May 2026",
        seen_as=PERSON,
        meets=f"{_SCH1_PARENT} item 1",
    )

    @property
    def all_lines(self) -> tuple[str, ...]:
        """Address lines with the postcode last."""
        return (*self.lines, *([self.postcode] if self.postcode else []))


class Identity(Facts):
    """Who a person is: heritage, language, religion. Asked for the child, each parent, brothers and sisters."""

    nationality: Line | None = fact(
        "Nationality", example="British and Nigerian", seen_as=CHILD, meets="AAR 2005 Sch 1 Pt 1 item 3"
    )
    immigration_status: Line | None = fact(
        "Immigration status, where it matters", example="Indefinite leave to remain", seen_as=PERSON
    )
    ethnicity: Line | None = fact(
        "Racial origin, in the person's own words where possible",
        example="White British and Nigerian (Yoruba)",
        seen_as=CHILD,
        meets="AAR 2005 Sch 1 Pt 1 item 4",
    )
    culture: Prose | None = fact(
        "Cultural background",
        example="Yoruba traditions matter to his father's family.",
        seen_as=CHILD,
        meets="AAR 2005 Sch 1 Pt 1 item 4",
    )
    languages: tuple[Line, ...] = facts_list(
        "Languages, first language first",
        example=["English", "Yoruba"],
        seen_as=CHILD,
        meets="AAR 2005 Sch 1 Pt 1 item 4",
    )
    religion: Line | None = fact(
        "Religion", example="Christian (Anglican)", seen_as=CHILD, meets="AAR 2005 Sch 1 Pt 1 item 5"
    )
    ceremonies: tuple[Line, ...] = facts_list(
        "Baptism, naming or other ceremonies, with dates",
        example=["Named at home on 8 April 2025"],
        seen_as=CHILD,
        meets="AAR 2005 Sch 1 Pt 1 item 5",
    )


class SharedCare(Facts, seen_as=SIBLING):
    """A court order about a brother or sister."""

    order: Line = fact("What was ordered", example="Special guardianship order")
    court: Line | None = fact("Which court", example="Family Court at Hartsmere")
    made_on: Day | None = fact("When", example="3 March 2022")


class SiblingLife(Facts, seen_as=SIBLING):
    """Where a brother or sister under 18 lives; needed for the report and never for an audience that may not know."""

    living_with: Line | None = fact(
        "Where and with whom", example="With his paternal grandparents", meets=f"{_SCH1_PARENT} item 11(a)"
    )
    looked_after: Yes | None = fact(
        "Whether looked after by an authority", example="no", meets=f"{_SCH1_PARENT} item 11(b)"
    )
    orders: tuple[SharedCare, ...] = facts_list(
        "Court orders", example=[{"order": "Special guardianship order"}], meets=f"{_SCH1_PARENT} item 11(c)"
    )
    adoption_considered: Yes | None = fact(
        "Whether adoption is being considered too", example="no", meets=f"{_SCH1_PARENT} item 11(d)"
    )
    adopted_on: Day | None = fact("When adopted, if so", example="9 June 2019")
    adoptive_name: Line | None = fact("Name since adoption", example="Amelia Wren")


class FatherNotification(Facts, seen_as=PRIVATE):
    """Whether a father without parental responsibility is told, with reasons (AAR 2005 reg 14(3) and (4))."""

    decision: NotificationDecision = fact(
        "Whether he is to be told", example="do_not_notify", meets="AAR 2005 reg 14(4)"
    )
    reasons: Prose | None = fact("Why", example="The court decided on 4 August 2026 that he need not be told.")
    decided_by: Line | None = fact("Who decided", example="Nasreen Akhtar, head of service")
    decided_on: Day | None = fact("When", example="6 August 2026")
    legal_advice_on: Day | None = fact("When legal advice was taken", example="30 July 2026")


class Relationship(Facts):
    """What a person is to one child."""

    to: ChildId = fact("The child's id", example="rowan")
    kind: RelationshipKind = fact("What this person is to the child", example="mother", seen_as=OPEN, alias="as")
    parental_responsibility: Yes | None = fact(
        "Whether they hold parental responsibility", example="yes", seen_as=CHILD, meets=f"{_SCH1_PARENT} item 16"
    )
    how_acquired: Line | None = fact(
        "How it was acquired", example="Named on the birth certificate", seen_as=CHILD, meets=f"{_SCH1_PARENT} item 16"
    )
    notification: FatherNotification | None = fact(
        "For a father without parental responsibility: whether he is told",
        example={"decision": "notify"},
        meets="AAR 2005 reg 14",
    )
    side: Line | None = fact("For relatives: through which parent", example="maternal", seen_as=OPEN)


class Enquiry(Facts, seen_as=PERSON):
    """One step taken to find a parent whose whereabouts are not known."""

    on: Day = fact("When", example="12 June 2026")
    what: Line = fact("What was tried, and what came of it", example="Letter to last known address, returned")


class Solicitor(Facts):
    """Who represents a parent in the proceedings."""

    name: Line | None = fact("Solicitor's name", example="Tamsin Bright", seen_as=PERSON)
    firm: Line = fact("Firm", example="Bright & Lowe Solicitors", seen_as=PERSON)
    email: Line | None = fact("E-mail address", example="t.bright@brightlowe.example", seen_as=WORKING)
    instructed_on: Day | None = fact("When instructed", example="2 June 2026", seen_as=WORKING)


class Letters(Facts):
    """How this person may be written to. Asked only of parents, guardians and others with parental responsibility."""

    send: Yes = fact("Whether letters may go at all", example="yes", seen_as=WORKING, default=True)
    why_not: Line | None = fact(
        "Where no letter may go: why", example="Court order of 4 August 2026, paragraph 3", seen_as=WORKING
    )
    deliver: Delivery = fact("How letters are delivered", example="by_hand", seen_as=WORKING, default=Delivery.POST)
    delivered_by: Line | None = fact(
        "Who takes a letter by hand and stays to explain it", example="Grace Adeyemi, social worker", seen_as=PERSON
    )
    format: LetterFormat = fact(
        "Which format the person reads best", example="easy_read", seen_as=PERSON, default=LetterFormat.STANDARD
    )
    language: Line | None = fact("The language to translate into, where not English", example="Polish", seen_as=PERSON)
    interpreter: Line | None = fact("Interpreter at the visit", example="Polish interpreter booked", seen_as=PERSON)
    advocate: Line | None = fact(
        "Advocate or litigation friend, where there is one", example="Noor Rahman, Hartsmere Advocacy", seen_as=PERSON
    )
    lacks_capacity: Yes = fact(
        "Whether the person lacks capacity in the proceedings", example="no", seen_as=PRIVATE, default=False
    )
    safe_delivery: Line | None = fact(
        "What must be done for safety", example="Not to the shared address; call first from the office", seen_as=PRIVATE
    )
    prison_number: Line | None = fact("Prison number, for a letter to a prison", example="A0000ZZ", seen_as=PRIVATE)
    greeting: Line | None = fact("How the person likes to be addressed", example="Leanne", seen_as=PERSON)
    copy_to_solicitor: Yes = fact(
        "Whether a copy goes to their solicitor", example="yes", seen_as=WORKING, default=False
    )


class LifeEvent(Facts, seen_as=PERSON):
    """One dated line of a person's own history."""

    when: Line = fact("When, as exactly as is known", example="2014 to 2016")
    what: Line = fact("What happened", example="Lived with her aunt in Brackwater")


class FamilyHistory(Facts, seen_as=PERSON):
    """What the report says of a parent beyond who they are (AAR 2005 Sch 1 Pt 3)."""

    description: Prose | None = fact(
        "What they look like", example="Tall, with brown eyes and a quick smile.", meets=f"{_SCH1_PARENT} item 2"
    )
    personality: Prose | None = fact(
        "Personality and interests", example="She loves singing and is quick to laugh.", meets=f"{_SCH1_PARENT} item 6"
    )
    childhood: Prose | None = fact(
        "Their own account of being parented, and its influence",
        example="She was cared for by her grandmother from the age of six.",
        meets=f"{_SCH1_PARENT} item 21",
    )
    past_relationships: Prose | None = fact(
        "Earlier marriages or civil partnerships", example="None.", meets=f"{_SCH1_PARENT} item 18"
    )
    home: Prose | None = fact(
        "Home and neighbourhood", example="A one-bedroom flat near the harbour.", meets=f"{_SCH1_PARENT} item 24"
    )
    education: Prose | None = fact(
        "Education", example="Left school at 16 with four GCSEs.", meets=f"{_SCH1_PARENT} item 25"
    )
    employment: Prose | None = fact(
        "Work", example="Kitchen assistant until March 2025.", meets=f"{_SCH1_PARENT} item 26"
    )
    other: Prose | None = fact(
        "Anything else that matters", example="She volunteers at a food bank.", meets=f"{_SCH1_PARENT} item 28"
    )
    chronology: tuple[LifeEvent, ...] = facts_list(
        "Their life from birth, as far as is known",
        example=[{"when": "2001", "what": "Born in Hartsmere"}],
        meets=f"{_SCH1_PARENT} item 20",
    )


class Person(Facts):
    """Anyone in the case but the children whose case it is: family, carers, professionals."""

    id: Key = fact("A short id that other parts of the file point to", example="mother")
    name: Name = fact("Name", example={"given": "Leanne", "family": "Hale"})
    role: Role | None = fact("For professionals: their role", example="social_worker", seen_as=OPEN)
    job_title: Line | None = fact(
        "Their title, where it is more exact than the role", example="Advanced practitioner", seen_as=OPEN
    )
    organisation: Line | None = fact("Where they work", example="Hartsmere Council", seen_as=OPEN)
    relationships: tuple[Relationship, ...] = facts_list(
        "What this person is to each child", example=[{"to": "rowan", "as": "mother"}], seen_as=OPEN
    )
    sex: Sex = fact("Sex", example="female", seen_as=PERSON, meets=f"{_SCH1_PARENT} item 1", default=Sex.NOT_RECORDED)
    born_on: Day | None = fact("Date of birth", example="17 May 2001", seen_as=PERSON, meets=f"{_SCH1_PARENT} item 1")
    died_on: Day | None = fact(
        "Date of death", example="2 February 2020", seen_as=PERSON, meets=f"{_SCH1_PARENT} item 19"
    )
    place_of_birth: Line | None = fact(
        "Place of birth", example="Hartsmere", seen_as=PERSON, meets=f"{_SCH1_PARENT} item 1"
    )
    address: Address | None = fact(
        "Address",
        example={"lines": ["3 Quay Street"], "postcode": "ZZ99 2BB"},
        seen_as=PERSON,
        meets=f"{_SCH1_PARENT} item 1",
    )
    telephone: Line | None = fact(
        "A telephone number that may be given to the family", example="01632 960142", seen_as=OPEN
    )
    private_telephone: Line | None = fact("A number that may not", example="07700 900142", seen_as=PRIVATE)
    email: Line | None = fact("E-mail address", example="grace.adeyemi@hartsmere.example", seen_as=OPEN)
    identity: Identity = fact(
        "Heritage, language and religion",
        example={"nationality": "British"},
        seen_as=PERSON,
        meets=f"{_SCH1_PARENT} items 3 to 5",
        default=Identity(),
    )
    history: FamilyHistory = fact(
        "For parents: what the report says of their life",
        example={"personality": "Warm and quick to laugh."},
        meets=_SCH1_PARENT,
        default=FamilyHistory(),
    )
    sibling: SiblingLife | None = fact(
        "For a brother or sister outside this case: where they live",
        example={"living_with": "With his grandparents"},
        meets=f"{_SCH1_PARENT} item 11",
    )
    whereabouts_known: Yes = fact(
        "Whether it is known where they are", example="no", seen_as=PERSON, meets="AAR 2005 reg 19", default=True
    )
    enquiries: tuple[Enquiry, ...] = facts_list(
        "What was done to find them", example=[{"on": "12 June 2026", "what": "Letter to last known address, returned"}]
    )
    solicitor: Solicitor | None = fact("Their solicitor", example={"firm": "Bright & Lowe Solicitors"}, seen_as=PERSON)
    letters: Letters = fact(
        "How letters may reach them",
        example={"format": "easy_read", "deliver": "by_hand"},
        seen_as=WORKING,
        default=Letters(),
    )
    consents_to_adoption: Yes | None = fact(
        "Whether they consent to adoption", example="no", seen_as=PERSON, meets="ACA 2002 s 19"
    )
    registration_number: Line | None = fact(
        "Professional registration", example="SW000000", seen_as=EVIDENCE, meets="SI 2005/1711"
    )
    years_qualified: Number | None = fact(
        "Years of child-care social work since qualifying", example="6", seen_as=EVIDENCE, meets="SI 2005/1711 reg 3"
    )

    informant: Yes = fact(
        "Whether they gave information in confidence: nobody outside the agency may learn who they are",
        example="no",
        seen_as=PRIVATE,
        default=False,
    )

    @property
    def is_carer(self) -> bool:
        """Whether this person's name tells where a child lives."""
        return any(tie.kind in CARER_KINDS for tie in self.relationships)

    @property
    def is_only_carer(self) -> bool:
        """Whether this person cares for a child and has no other relationship to any child."""
        return bool(self.relationships) and all(tie.kind in CARER_KINDS for tie in self.relationships)

    @property
    def is_also_family(self) -> bool:
        """Whether they are family in their own right: a grandmother who fosters is still a grandmother."""
        return any(tie.kind not in CARER_KINDS for tie in self.relationships)

    def is_to(self, child: str) -> Relationship | None:
        """What this person is to the child with that id, if anything."""
        return next((tie for tie in self.relationships if tie.to == child), None)
