"""What papers can say of a person, in full and in short, and of the letter to a parent."""

from __future__ import annotations

from functools import cache

from generator.case.facts import Disclosure
from generator.case.person import FatherNotification, Person
from generator.case.words import Delivery, LetterFormat, RelationshipKind, Role, Told
from generator.papers.vocabulary.declare import DATE, PROSE, TEXT, TEXTS, YES, codes_of, declare, group, shown, words_of
from generator.papers.vocabulary.kinds import Fact, Hidden, Kind, Nothing, Record, Text
from generator.papers.vocabulary.model import Reader, record_of

_BROTHERS = ("brother", "sister", "brother or sister", "half-brother", "half-sister", "half-brother or sister")


def relationship_words() -> Text:
    """How somebody is related to a child, a brother or sister in this case included."""
    return Text(tuple(dict.fromkeys((*words_of(RelationshipKind).words, *_BROTHERS))))


@cache
def describe_person(reader: Reader) -> Record:
    """A person in full, as `context.people.show_person` shows one."""
    record = record_of(Person, "person", reader, "people")
    told = record_of(FatherNotification, "notification of a father", reader, "people.relationships.notification")
    role = [*words_of(Role).words, ""]
    return shown(
        record,
        declare("full_name", TEXT, "First names and surname; neutral words for a carer whom the reader may not know",
                "Leanne Marie Hale"),
        declare("name", TEXT, "The name in short", "Leanne"),
        declare("formal_name", TEXT, "The name for a letter", "Ms Hale"),
        declare("initials", TEXT, "Initials", "LMH"),
        declare("role", Text(tuple(role)), "The professional role; empty for family", "social worker"),
        declare("role_code", codes_of(Role), "The code of the role", "social_worker", optional=True),
        declare("capacity", TEXT, "Who they are here: the job, or the relationship and to whom", "mother of Rowan"),
        declare("relationship", words_of(RelationshipKind), "What they are to the child", "mother", optional=True),
        declare("relationship_code", codes_of(RelationshipKind), "The code of the relationship", "mother",
                optional=True),
        declare("side", TEXT, "On which side of the family", "maternal", optional=True),
        declare("parental_responsibility", YES, "Whether they have parental responsibility", "yes", optional=True),
        declare("how_acquired", TEXT, "How they got parental responsibility", "Birth certificate", optional=True),
        declare("notification", told if reader.sees(Disclosure.PRIVATE) else Nothing(),
                "Whether a father is told, and why", optional=True),
        declare("age", TEXT, "Age on the paper's day, or at death", "29 years", optional=True),
        declare("address_lines", TEXTS, "The address, or that it is kept confidential", "14 Mill Lane, ZZ99 1AA"),
        declare("address_known_on", DATE, "When the address was last known to be right", "2 May 2026", optional=True),
        declare("address", Nothing(), "Always empty: print address_lines, which know what is confidential",
                optional=True),
        declare("sibling", Nothing(), "Always empty: print brothers_and_sisters, which know who was adopted",
                optional=True),
        *(_may_be_left_out(record.facts[name])
          for name in ("telephone", "email", "organisation", "job_title", "private_telephone")),
    )  # fmt: skip


def _may_be_left_out(fact: Fact) -> Fact:
    """A way to reach somebody: what is a carer's own is left out, and not refused, where the reader may not know."""
    kind: Kind = fact.kind
    return declare(fact.name, kind, fact.label, fact.example, optional=not isinstance(kind, Hidden))


@cache
def describe_other(name: str) -> Record:
    """A person or another child in short, as `context.children.show_other` shows one."""
    return group(
        name,
        declare("id", TEXT, "The id in the case file", "mother"),
        declare("full_name", TEXT, "First names and surname", "Leanne Marie Hale"),
        declare("name", TEXT, "The name in short", "Leanne"),
        declare("relationship", relationship_words(), "What they are to the child", "mother", optional=True),
        declare("side", TEXT, "On which side of the family", "maternal", optional=True),
        declare("age", TEXT, "Age on the paper's day, or at death", "29 years", optional=True),
        declare("died_on", DATE, "When they died", "3 March 2024", optional=True),
    )


@cache
def describe_letter() -> Record:
    """How a letter reaches one parent, as `context.people.show_letter` shows it."""
    return group(
        "letter",
        declare("date", DATE, "The date on the letter", "3 September 2026", optional=True),
        declare("told_on", DATE, "When the parent was told in person, before the letter", "2 September 2026",
                optional=True),
        declare("told_by", TEXT, "Who told them", "Joy Achieng", optional=True),
        declare("how", words_of(Told), "How they were told", "in person", optional=True),
        declare("greeting", TEXT, "After Dear", "Ms Hale"),
        declare("delivery", words_of(Delivery), "How the letter is delivered", "by post"),
        declare("delivery_code", codes_of(Delivery), "The code of the delivery", "post"),
        declare("delivered_by", TEXT, "Who hands it over", "The prison chaplain", optional=True),
        declare("format", codes_of(LetterFormat), "The format that the parent needs", "easy_read"),
        declare("language", TEXT, "The language that the parent reads", "Polish", optional=True),
        declare("translation", PROSE, "The letter in their language, once translated", "Szanowna Pani, …",
                optional=True),
        declare("translated_by", TEXT, "Who translated it", "Hartsmere Language Service", optional=True),
        declare("advocate", TEXT, "Advocate or litigation friend", "Ruth Cole", optional=True),
        declare("interpreter", TEXT, "Interpreter", "Anna Nowak", optional=True),
        declare("copy_to", TEXT, "The solicitor who gets a copy", "Meera Shah, Shah and Lowe", optional=True),
        declare("address_lines", TEXTS, "Name and address for the envelope", "Ms Leanne Hale, 14 Mill Lane"),
        declare("how_views_counted", PROSE, "What the parent's views changed", "The plan now has two visits a year.",
                optional=True),
        declare("may_be_sent", YES, "Whether the letter may go", "yes"),
        declare("not_sent_because", TEXT, "Why it may not", "It is not known where Carl Dunne is.", optional=True),
        declare("children_named", TEXT, "The children it is about", "Rowan and Isla"),
        declare("in_proceedings", YES, "Whether a child that it is about is in care proceedings", "yes"),
        declare("children_in_proceedings", TEXT, "Those of the children who are in care proceedings", "Rowan"),
    )  # fmt: skip
