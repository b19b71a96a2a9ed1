"""What papers can say of a child: homes, plans, options, brothers and sisters, and what happened."""

from __future__ import annotations

from functools import cache

from generator.case.child import Child, ChildRelationship, FamilyTime, SiblingAssessment, Wishes
from generator.case.meeting import Review
from generator.case.planning import Option, Order, Placement, Plan
from generator.case.words import PlanKind, Sex
from generator.papers.vocabulary.declare import DATE, NUMBER, TEXT, YES, declare, group, shown, words_of
from generator.papers.vocabulary.kinds import ListOf, Record
from generator.papers.vocabulary.model import Reader, record_of
from generator.papers.vocabulary.people import describe_other, describe_person, relationship_words


@cache
def describe_child(reader: Reader) -> Record:
    """A child, as `context.children.show_child` shows one."""
    placement, plan = _describe_placement(reader), _describe_plan(reader)
    order = record_of(Order, "order", reader, "orders")
    own = reader.about_self() if reader.is_parent else reader
    other = describe_other("person in short")
    record = shown(
        record_of(Child, "child", reader, "children"),
        declare("full_name", TEXT, "First names and surname", "Rowan James Hale"),
        declare("name", TEXT, "The name in short", "Rowan"),
        declare("initials", TEXT, "Initials", "RJH"),
        declare("age", TEXT, "Age on the paper's day, in words; nothing before birth", "19 months", optional=True),
        declare("age_years", NUMBER, "Completed years of age on the paper's day, for conditions", "1"),
        declare("time_in_care", TEXT, "How long the child has been looked after", "35 weeks", optional=True),
        declare("legal_status", TEXT, "The orders in force on the paper's day", "Interim care order"),
        declare("placements", ListOf(placement), "Every home, in order of time"),
        declare("placement_count", NUMBER, "How many homes since becoming looked after", "2", optional=True),
        declare("current_placement", placement, "Where the child lives on the paper's day", optional=True),
        declare("orders", ListOf(shown(order, declare("current", YES, "Whether it is in force", "yes"))),
                "Every order about the child"),
        declare("reviews", ListOf(shown(record_of(Review, "review", reader, "reviews"),
                                        declare("chair", TEXT, "Who chaired it", "Tom Birch", optional=True))),
                "Every review of the child"),
        declare("next_review_on", DATE, "The next review that is booked", "12 January 2027", optional=True),
        declare("plan", plan, "The plan agreed last", optional=True),
        declare("earlier_plans", ListOf(plan), "The plans before it, in order of time"),
        declare("brothers_and_sisters", ListOf(_describe_sibling()), "Brothers and sisters"),
        declare("family_time",
                ListOf(shown(record_of(FamilyTime, "family time", own, "children.family_time"),
                             declare("who", other, "With whom"))),
                "Time with family; in a parent's paper, that parent's own"),
        declare("wishes", ListOf(shown(record_of(Wishes, "wish", reader, "children.wishes"),
                                       declare("heard_by", TEXT, "Who heard it", "Joy Achieng", optional=True))),
                "What the child wishes"),
    )  # fmt: skip
    return record if reader.is_parent else _with_what_parents_do_not_read(record, reader)


def _with_what_parents_do_not_read(record: Record, reader: Reader) -> Record:
    person, option, other = describe_person(reader), _describe_option(reader), describe_other("person in short")
    event = group("line of a chronology", declare("on", DATE, "When", "14 March 2026"),
                  declare("what", TEXT, "What happened", "Interim care order"))  # fmt: skip
    home = group(
        "line of the care chronology",
        declare("from", DATE, "From when", "14 March 2026"),
        declare("to", DATE, "Until when", "2 May 2026", optional=True),
        declare("what", TEXT, "The kind of home, and where", "Foster care: Hartsmere"),
        declare("why", TEXT, "Why the child moved", "A planned move to longer-term carers", optional=True),
    )
    tie = record_of(ChildRelationship, "relationship of the child", reader, "children.relationships")
    sibling = record_of(SiblingAssessment, "sibling assessment", reader, "children.siblings")
    return shown(
        record,
        declare("parents", ListOf(person), "The child's parents"),
        declare("family", ListOf(person), "Relatives, without parents, brothers, sisters and carers"),
        declare("options", ListOf(option), "The options that are realistic"),
        declare("options_ruled_out", ListOf(option), "The options that are ruled out"),
        declare("relationships", ListOf(shown(tie, declare("who", other, "With whom"))),
                "People who matter to the child"),
        declare("siblings",
                ListOf(shown(sibling, declare("who", other, "The brother or sister"),
                             declare("analysed_by", TEXT, "Who analysed it", "Joy Achieng", optional=True))),
                "Assessments of living together or apart"),
        declare("care_chronology", ListOf(home), "Every home up to the paper's day"),
        declare("agency_chronology", ListOf(event), "What the agency decided and did, up to the paper's day",
                meets="AAR 2005 reg 17(1)(h)"),
        declare("court_chronology", ListOf(event), "Proceedings, hearings, directions and orders, up to that day"),
    )  # fmt: skip


@cache
def _describe_placement(reader: Reader) -> Record:
    return shown(
        record_of(Placement, "placement", reader, "placements"),
        declare("with_whom", TEXT, "With whom; neutral words where the reader may not know", "Ann and Bill Field",
                optional=True),
        declare("where", TEXT, "Where; nothing where the reader may not know", "Hartsmere", optional=True),
        declare("current", YES, "Whether the child lives there on the paper's day", "yes"),
        declare("length", TEXT, "How long it has lasted, or lasted", "35 weeks"),
    )  # fmt: skip


@cache
def _describe_plan(reader: Reader) -> Record:
    return shown(
        record_of(Plan, "plan", reader, "plans"),
        declare("agreed_at", TEXT, "The meeting that agreed it", "Permanence planning meeting, 4 June 2026",
                optional=True),
        declare("parallel", ListOf(words_of(PlanKind)), "The plans followed beside it", "special guardianship"),
    )  # fmt: skip


@cache
def _describe_option(reader: Reader) -> Record:
    return shown(
        record_of(Option, "option", reader, "options"),
        declare("id", TEXT, "A name for lists", "adoption-"),
        declare("name", TEXT, "The option in words", "special guardianship"),
        declare("person_name", TEXT, "With whom", "Maureen Hale", optional=True),
    )


@cache
def _describe_sibling() -> Record:
    order = group(
        "order about a brother or sister",
        declare("order", TEXT, "What was ordered", "special guardianship order"),
        declare("court", TEXT, "Which court", "Family Court at Hartsmere", optional=True),
        declare("made_on", DATE, "When", "3 March 2022", optional=True),
    )
    return shown(
        describe_other("brother or sister"),
        declare("relationship", relationship_words(), "What they are to the child", "half-sister"),
        declare("sex", words_of(Sex), "Sex", "female"),
        declare("born_on", DATE, "Date of birth", "3 May 2021", optional=True),
        declare("place_of_birth", TEXT, "Place of birth", "Hartsmere", optional=True),
        declare("nationality", TEXT, "Nationality", "British", optional=True),
        declare("description", TEXT, "Description", "A lively girl", optional=True),
        declare("living_with", TEXT, "With whom they live", "Her father", optional=True),
        declare("looked_after", YES, "Whether they are looked after", "no", optional=True),
        declare("orders", ListOf(order), "Orders about them"),
        declare("adoption_considered", YES, "Whether adoption is, or was, considered for them", "no", optional=True),
        declare("adopted", YES, "Whether they were adopted", "no"),
        declare("in_this_case", YES, "Whether this case file is about them too", "yes"),
    )
