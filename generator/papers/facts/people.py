"""People as papers show them: a person in full, and how a letter reaches one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from generator.base.dates import format_age
from generator.base.english import join_words
from generator.case.child import Child
from generator.case.decision import ParentNotified
from generator.case.facts import Disclosure, Prose
from generator.case.meeting import ParentTold
from generator.case.person import FatherNotification, Person
from generator.case.questions import is_in_proceedings
from generator.case.words import CARER_KINDS, Delivery, LetterFormat, RelationshipKind, Role, Told
from generator.disclosure.projection import CARER_WORDS, WITHHELD_ADDRESS, is_nameless, show_address, show_name
from generator.papers.facts.declare import Shown, ShownOf, shown, words_of
from generator.papers.facts.view import ReaderView


class NotificationFacts(
    ShownOf[FatherNotification],
    says="notification of a father",
    model=FatherNotification,
    source="people.relationships.notification",
):
    """Whether a father is told of the plans, and why."""


class PersonFacts(ShownOf[Person], says="person", model=Person, source="people", seen_as=Disclosure.OPEN):
    """One person; their relationship is the one to the child `about`."""

    def __init__(self, view: ReaderView, written: Person, about: Child) -> None:
        super().__init__(view, written)
        self.tie = written.is_to(about.id) or next(iter(written.relationships), None)
        self.nameless = is_nameless(written, view.lens)

    @property
    def kept_about(self) -> str:
        """Facts of a person are kept about that person."""
        return self.written.id

    @shown(
        "First names and surname; neutral words for a carer whom the reader may not know", example="Leanne Marie Hale"
    )
    def full_name(self) -> str:
        return CARER_WORDS if self.nameless else self.written.name.full

    @shown("The name in short", example="Leanne")
    def name(self) -> str:
        return CARER_WORDS if self.nameless else self.written.name.short

    @shown("The name for a letter", example="Ms Hale")
    def formal_name(self) -> str:
        return CARER_WORDS if self.nameless else self.written.name.formal

    @shown("Initials", example="LMH")
    def initials(self) -> str:
        return "" if self.nameless else self.written.name.initials

    @shown("The professional role; empty for family", example="social worker", words=(*words_of(Role), ""))
    def role(self) -> str:
        return self.written.role.words if self.written.role else ""

    @shown("Who they are here: the job, or the relationship and to whom", example="mother of Rowan")
    def capacity(self) -> str:
        person, tie = self.written, self.tie
        if person.role:
            return person.job_title or person.role.words
        if tie is None:
            return person.job_title or "not recorded"
        if tie.kind in CARER_KINDS:
            return tie.kind.words
        same = (other for other in person.relationships if other.kind is tie.kind)
        return f"{tie.kind.words} of {join_words([self.view.case.child(one.to).name.short for one in same])}"

    @shown("What they are to the child", example="mother")
    def relationship(self) -> RelationshipKind | None:
        return self.tie.kind if self.tie else None

    @shown("On which side of the family", example="maternal")
    def side(self) -> str | None:
        return self.tie.side if self.tie else None

    @shown("Whether they have parental responsibility", example="yes")
    def parental_responsibility(self) -> bool | None:
        return self.tie.parental_responsibility if self.tie else None

    @shown("How they got parental responsibility", example="Birth certificate")
    def how_acquired(self) -> str | None:
        return self.tie.how_acquired if self.tie else None

    @shown("Whether a father is told, and why", seen_as=Disclosure.PRIVATE, unseen=None)
    def notification(self) -> NotificationFacts | None:
        told = self.tie.notification if self.tie else None
        return NotificationFacts(self.view, told) if told else None

    @shown("Age on the paper's day, or at death", example="29 years", seen_as=Disclosure.PERSON, unseen=None)
    def age(self) -> str | None:
        return say_age_of(self.written, self.view.on)

    @shown("The address, or that it is kept confidential", example="14 Mill Lane, ZZ99 1AA")
    def address_lines(self) -> list[str]:
        return show_address(self.written, self.view.lens)[0]

    @shown("When the address was last known to be right", example="2 May 2026")
    def address_known_on(self) -> dt.date | None:
        return show_address(self.written, self.view.lens)[1]

    @shown("Always empty: print address_lines, which know what is confidential")
    def address(self) -> None:
        return None

    @shown("Always empty: print brothers_and_sisters, which know who was adopted")
    def sibling(self) -> None:
        return None

    @shown()
    def telephone(self) -> str | None:
        return self.written.telephone if self._may_be_reached() else None

    @shown()
    def email(self) -> str | None:
        return self.written.email if self._may_be_reached() else None

    @shown()
    def organisation(self) -> str | None:
        return self.written.organisation if self._may_be_reached() else None

    @shown()
    def job_title(self) -> str | None:
        return self.written.job_title if self._may_be_reached() else None

    @shown(seen_as=Disclosure.PRIVATE)
    def private_telephone(self) -> str | None:
        return self.written.private_telephone if self._may_be_reached() else None

    def _may_be_reached(self) -> bool:
        """Whether this reader may know how to reach them: professionals by everybody, others by few."""
        seen = self.written.role or self.view.lens.sees(Disclosure.PERSON, owner=self.kept_about)
        return bool(seen) and not self.nameless


def show_person(person: Person, view: ReaderView, child: Child | None = None) -> PersonFacts:
    """One person in full; relationship as to `child`, else to the first child of the case."""
    about = child or view.case.children[0]
    return view.remember(("person", person.id, about.id), lambda: PersonFacts(view, person, about))


def find_person_facts(key: str | None, view: ReaderView, child: Child | None = None) -> PersonFacts | None:
    """The person with this id; None where there is no id."""
    return show_person(view.case.person(key), view, child) if key else None


def find_name(key: str | None, view: ReaderView) -> str | None:
    """The full name of the person with this id, as this reader may know it; None where there is no id."""
    return show_name(view.case.person(key), view.lens) if key else None


def find_role(role: Role, view: ReaderView) -> PersonFacts | None:
    """The person with a professional role, where somebody has it."""
    person = view.case.with_role(role)
    return show_person(person, view) if person else None


def say_age_of(person: Person, on: dt.date) -> str | None:
    """How old somebody is on a day, or was when they died; None where it is not known."""
    return (format_age(person.born_on, person.died_on or on) or None) if person.born_on else None


class LetterFacts(Shown, says="letter", seen_as=Disclosure.OPEN):
    """How a letter reaches one parent.

    `told` is the record of how they learned the news, `bar` why the letter may not go, `children` those it is about.
    """

    def __init__(
        self,
        view: ReaderView,
        person: Person,
        told: ParentNotified | ParentTold | None,
        bar: str | None,
        children: Sequence[Child],
    ) -> None:
        super().__init__(view)
        self._person, self._told, self._bar, self._children = person, told, bar, children

    @shown("The date on the letter", example="3 September 2026")
    def date(self) -> dt.date | None:
        sent_on: dt.date | None = self._find_told("letter_dated") or self._find_told("summary_sent_on")
        return sent_on

    @shown("When the parent was told in person, before the letter", example="2 September 2026")
    def told_on(self) -> dt.date | None:
        # A letter or an e-mail is not the conversation that comes before this letter.
        return self._told.told_on if self._told and self._told.how not in (Told.LETTER, Told.EMAIL) else None

    @shown("Who told them", example="Joy Achieng")
    def told_by(self) -> str | None:
        return find_name(self._find_told("told_by"), self.view)

    @shown("How they were told", example="in person")
    def how(self) -> Told | None:
        return self._told.how if self._told else None

    @shown("After Dear", example="Ms Hale")
    def greeting(self) -> str:
        return self._person.letters.greeting or self._person.name.formal

    @shown("How the letter is delivered", example="by post")
    def delivery(self) -> Delivery:
        return self._person.letters.deliver

    @shown("Who hands it over", example="The prison chaplain")
    def delivered_by(self) -> str | None:
        return self._person.letters.delivered_by

    @shown("The format that the parent needs", example="easy_read", words=tuple(one.value for one in LetterFormat))
    def format(self) -> str:
        return self._person.letters.format.value

    @shown("The language that the parent reads", example="Polish")
    def language(self) -> str | None:
        return self._person.letters.language

    @shown("The letter in their language, once translated", example="Szanowna Pani, …")
    def translation(self) -> Prose | None:
        return self._told.translation if self._told else None

    @shown("Who translated it", example="Hartsmere Language Service")
    def translated_by(self) -> str | None:
        return self._told.translated_by if self._told else None

    @shown("Advocate or litigation friend", example="Ruth Cole")
    def advocate(self) -> str | None:
        return self._person.letters.advocate

    @shown("Interpreter", example="Anna Nowak")
    def interpreter(self) -> str | None:
        return self._person.letters.interpreter

    @shown("The solicitor who gets a copy", example="Meera Shah, Shah and Lowe")
    def copy_to(self) -> str | None:
        solicitor = self._person.solicitor
        if solicitor is None or not self._person.letters.copy_to_solicitor:
            return None
        return f"{solicitor.name or 'The solicitor'}, {solicitor.firm}"

    @shown("Name and address for the envelope", example="Ms Leanne Hale, 14 Mill Lane")
    def address_lines(self) -> list[str]:
        person, letters = self._person, self._person.letters
        is_sealed = letters.deliver in (Delivery.PRISON, Delivery.HOSPITAL_WARD) and not self.view.lens.filed
        return [
            f"{person.name.title} {person.name.full}" if person.name.title else person.name.full,
            *([letters.prison_number] if is_sealed and letters.prison_number else []),
            *(line for line in show_address(person, self.view.lens)[0] if line != WITHHELD_ADDRESS),
        ]

    @shown("What the parent's views changed", example="The plan now has two visits a year.")
    def how_views_counted(self) -> Prose | None:
        return self._told.how_views_counted if self._told else None

    @shown("Whether the letter may go", example="yes")
    def may_be_sent(self) -> bool:
        return self._bar is None

    @shown("Why it may not", example="It is not known where Carl Dunne is.")
    def not_sent_because(self) -> str | None:
        return self._bar

    @shown("The children it is about", example="Rowan and Isla")
    def children_named(self) -> str:
        return join_words([child.name.short for child in self._children])

    @shown("Whether a child that it is about is in care proceedings", example="yes")
    def in_proceedings(self) -> bool:
        return any(map(self._is_before_court, self._children))

    @shown("Those of the children who are in care proceedings", example="Rowan")
    def children_in_proceedings(self) -> str:
        return join_words(child.name.short for child in self._children if self._is_before_court(child))

    def _is_before_court(self, child: Child) -> bool:
        return bool(is_in_proceedings(self.view.case, child.id, self.view.on))

    def _find_told(self, name: str) -> Any:
        return getattr(self._told, name, None)
