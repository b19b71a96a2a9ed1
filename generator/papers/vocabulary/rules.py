"""What papers can say of the procedure: its roles, its events by name, and how far its rules are kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from generator.base.errors import Level
from generator.case.facts import Disclosure
from generator.papers.vocabulary.declare import DATE, NUMBER, TEXT, TEXTS, YES, declare, group, shown
from generator.papers.vocabulary.kinds import Fact, Hidden, ListOf, Record, Text
from generator.papers.vocabulary.model import Reader, readers_of
from generator.papers.vocabulary.people import describe_person
from generator.rules.conditions.events import EVENTS
from generator.rules.judging.ruling import GRAVITY
from generator.rules.procedures.model import Procedure

_LEVEL = Text(tuple(one.value for one in Level))
_OUTCOMES = tuple(one.name.lower() for one in GRAVITY)
_STATES = (*_OUTCOMES, "set_aside")


@dataclass(frozen=True, slots=True)
class Known:
    """The names that procedures declare: events that every procedure knows, and roles that some do."""

    events: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    roles_of_all: frozenset[str] = frozenset()


def know(procedures: Sequence[Procedure]) -> Known:
    """The names that some procedures declare between them."""
    events = [
        {name for name in one.events if name not in EVENTS or EVENTS[name].scope == "child"} for one in procedures
    ]
    roles = [{role.value for each in _list_lineage(one) for role in each.opening.roles} for one in procedures]
    return Known(
        frozenset(set.intersection(*events)) if events else frozenset(),
        frozenset(set.union(*roles)) if roles else frozenset(),
        frozenset(set.intersection(*roles)) if roles else frozenset(),
    )


def _list_lineage(procedure: Procedure) -> Iterator[Procedure]:
    yield procedure
    if procedure.extends:
        yield from _list_lineage(procedure.extends)


def describe_procedure(reader: Reader, known: Known) -> Record:
    """The procedure that the case follows, as `context.rules.show_procedure` shows it."""
    role = group(
        "role",
        declare("title", TEXT, "What the procedure calls the role", "Adoption and permanency manager"),
        declare("person", describe_person(reader), "Who holds it in this case", optional=True),
    )
    roles = {
        name: Fact(name, role, "A role that the procedure names", lacking=name not in known.roles_of_all)
        for name in sorted(known.roles)
    }
    return group(
        "procedure",
        declare("name", TEXT, "Its short name", "hertfordshire"),
        declare("names", TEXTS, "The same with those that it extends", "hertfordshire, england"),
        declare("title", TEXT, "Its title", "Permanence planning in Hertfordshire"),
        declare("publisher", TEXT, "Who publishes it", "Hertfordshire County Council"),
        declare("edition", TEXT, "Its edition", "2024"),
        declare("checked_on", DATE, "When it was last held against its source", "22 November 2026"),
        declare("scottish", YES, "Whether it is one of Scotland", "no"),
        declare("roles", Record("roles of the procedure", roles), "The roles that it names, by code"),
    )


def describe_asked(name: str) -> Record:
    """What a rule says, as papers print it."""
    return group(
        name,
        declare("says", TEXT, "What the rule says", "A review is held within 20 working days"),
        declare("level", _LEVEL, "How binding it is", "must"),
        declare("cite", TEXT, "Where it comes from", "CPPCRR 2010 reg 33(1)"),
    )


def describe_happened(reader: Reader, known: Known) -> Fact:
    """Every event that the procedures know, by name, as `context.happened` shows them."""
    if not reader.sees(Disclosure.PLANNING):
        return Fact("happened", Hidden(), _HAPPENED, seen_as=Disclosure.PLANNING)
    event = group(
        "event",
        declare("label", TEXT, "The event in words", "Placement referral sent"),
        declare("on", DATE, "When it happened last", "4 June 2026", optional=True),
        declare("note", TEXT, "What was noted", "By e-mail", optional=True),
        declare("by", TEXT, "Who did it", "Joy Achieng", optional=True),
        declare("booked_for", DATE, "When it is to happen next", "1 December 2026", optional=True),
        declare("due", DATE, "By when a rule wants it", "3 December 2026", optional=True),
        declare("not_before", DATE, "The earliest day that it may bear", "3 June 2026", optional=True),
        declare("current_until", DATE, "The last day on which it may be used", "3 June 2027", optional=True),
    )
    # No name of an event is given where none is known: then every name may be right.
    any_event = Fact("", event, "An event that the procedure knows")
    facts = {name: Fact(name, event, "An event that every procedure knows") for name in sorted(known.events)}
    record = Record("events by name", facts, None if known.events else any_event)
    return Fact("happened", record, _HAPPENED, seen_as=Disclosure.PLANNING, readers=readers_of(Disclosure.PLANNING))


_HAPPENED = "When each event of the procedure happened, by the event's name"


@cache
def describe_compliance(reader: Reader, known: Known) -> Fact:
    """How far the rules are kept for one child, as `context.rules.show_compliance` shows it."""
    label = "How far the rules are kept for the child"
    if not reader.sees(Disclosure.WORKING):
        return Fact("compliance", Hidden(), label, seen_as=Disclosure.WORKING)
    answer = _describe_answer()
    counts = Record(
        "counts of answers",
        {one: declare(one, NUMBER, f"How many are {one.replace('_', ' ')}", "3") for one in _STATES},
    )
    met = shown(answer, declare("answers", ListOf(answer, filled=True), "All answers of the same rule"))
    subject = group(
        "subject of rules",
        declare("title", TEXT, "The subject", "Reviews"),
        declare("rules", ListOf(answer, filled=True), "All answers, the gravest first"),
        declare("not_met", ListOf(answer), "Those that are not met"),
        declare("met", ListOf(met), "Those that are met, one for each rule"),
        declare("counts", counts, "How many of each kind"),
    )
    record = group(
        "compliance",
        declare("on", DATE, "The day of the answers", "22 November 2026"),
        declare("subjects", ListOf(subject), "The answers by subject"),
        declare("counts", counts, "How many of each kind"),
        declare("set_aside", ListOf(answer), "Rules that somebody has set aside"),
        describe_happened(reader, known),
    )
    return Fact("compliance", record, label, seen_as=Disclosure.WORKING, readers=readers_of(Disclosure.WORKING))


def _describe_answer() -> Record:
    event = group("event that would settle it", declare("event", TEXT, "Its name", "cpr_quality_assured"),
                  declare("label", TEXT, "The event in words", "Report quality assured"))  # fmt: skip
    return shown(
        describe_asked("answer of a rule"),
        declare("name", TEXT, "The full name of the rule", "england/R000-11"),
        declare("ref", TEXT, "Its number", "R000-11"),
        declare("state_code", Text(_STATES), "The outcome, or set_aside", "overdue"),
        declare("outcome", Text(tuple(one.value for one in GRAVITY)), "The outcome in words", "overdue"),
        declare("outcome_code", Text(_OUTCOMES), "The code of the outcome", "overdue"),
        declare("item", TEXT, "The id of what it is about", "ppm-1"),
        declare("about", TEXT, "What it is about beyond the child", "Review 2 of 12 Aug 2026"),
        declare("due", DATE, "By when", "3 December 2026", optional=True),
        declare("done", DATE, "When it was done", "1 December 2026", optional=True),
        declare("working", TEXTS, "How the day was worked out", "20 working days from 14 March 2026"),
        declare("needs", TEXTS, "What nobody has written and the answer needs", "reviews.held_on"),
        declare("needs_events", ListOf(event), "The events whose entry in the record would settle it"),
        declare("blocks", TEXTS, "The papers that stay drafts for it", "child-permanence-report"),
        declare("set_aside_because", TEXT, "Why it was set aside", "Agreed by the court", optional=True),
        declare("set_aside_by", TEXT, "Who set it aside", "The head of service", optional=True),
        declare("set_aside_on", DATE, "When", "1 June 2026", optional=True),
    )
