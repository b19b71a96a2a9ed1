"""What papers can say of a meeting and of a review."""

from __future__ import annotations

from functools import cache

from generator.case.facts import Disclosure
from generator.case.meeting import Action, Contribution, Decision, Invitation, Meeting, Outcome, Review
from generator.case.words import Part, PlanKind
from generator.papers.vocabulary.children import describe_child
from generator.papers.vocabulary.declare import (
    DATE,
    NUMBER,
    PROSE,
    TEXT,
    TEXTS,
    YES,
    codes_of,
    declare,
    group,
    shown,
    words_of,
)
from generator.papers.vocabulary.kinds import ListOf, Record, Text
from generator.papers.vocabulary.model import Reader, record_of
from generator.papers.vocabulary.people import describe_person
from generator.papers.vocabulary.rules import Known, describe_asked, describe_happened


@cache
def describe_meeting(reader: Reader, known: Known, *, with_happened: bool, filled: bool) -> Record:
    """A meeting, as `context.meetings.show_meeting` shows one, with what the procedure asks of it.

    `filled` where every such paper is about a child.
    """
    person = describe_person(reader)
    outcome = _describe_outcome(reader, known, with_happened=with_happened)
    record = shown(
        record_of(Meeting, "meeting", reader, "meetings"),
        declare("date", DATE, "The day", "4 June 2026"),
        declare("day_before", DATE, "The day before it", "3 June 2026"),
        declare("time", TEXT, "From when to when", "10am to midday"),
        declare("number", NUMBER, "Which meeting of its kind it is", "2"),
        declare("chair", person, "Who chairs it", optional=True),
        declare("minute_taker", person, "Who takes the minutes", optional=True),
        declare("outcomes", ListOf(outcome, filled=filled), "What it came to for each child of the paper"),
        declare(
            "outcome", outcome, "What it came to for the child of the paper, else for the first", optional=not filled
        ),
        declare("follows_up", YES, "Whether there was a meeting before it", "yes"),
        declare("has_legal_advice", YES, "Whether legal advice is recorded, in its own paper", "yes"),
        declare("adoption_advice_by", TEXT, "Who gave advice on adoption", "Pat Doyle", optional=True),
    )
    if not reader.is_parent:
        record = _with_what_parents_do_not_read(record, reader)
    if reader.sees(Disclosure.ADVICE):
        record = shown(
            record,
            declare("legal_advice", PROSE, "Legal advice: privileged", "The threshold is met.", optional=True),
            declare("legal_advice_by", TEXT, "Who gave it", "Meera Shah", optional=True),
        )
    return _with_rules(record) if reader.sees(Disclosure.PLANNING) else record


@cache
def describe_guest(reader: Reader) -> Record:
    """Somebody invited, as `context.meetings.show_invitation` shows them to themselves."""
    person = describe_person(reader)
    known = [person.facts[name] for name in ("id", "full_name", "name", "formal_name", "capacity")]
    return group(
        "guest of a meeting",
        *known,
        declare("part", words_of(Part), "To which part", "information sharing only"),
        declare("part_code", codes_of(Part), "The code of the part", "information"),
        declare("sees_venue", YES, "Whether they may know where it is", "no"),
        declare("venue", TEXT, "Where it is", "Room 4, Civic Centre", optional=True),
    )


def _with_what_parents_do_not_read(record: Record, reader: Reader) -> Record:
    person = describe_person(reader)
    invitation = record_of(Invitation, "invitation", reader, "meetings.invited")
    paper = record_of(Contribution, "paper before the meeting", reader, "meetings.papers")
    decision = record_of(Decision, "decision of the meeting", reader, "meetings.decisions")
    actions = ListOf(_describe_action(reader))
    return shown(
        record,
        declare("invited", ListOf(shown(invitation, declare("who", person, "Who was invited"))), "Who was invited"),
        declare("present", ListOf(person), "Who came"),
        declare("sent_apologies", ListOf(person), "Who sent apologies"),
        declare("not_invited", ListOf(group("person not invited", declare("who", person, "Who was not invited"),
                                            declare("reason", TEXT, "Why not", "No safe address is known"))),
                "Who would usually be invited and was not"),
        declare("papers", ListOf(shown(paper, declare("received", YES, "Whether it has come", "yes"))),
                "Papers before the meeting"),
        declare("adoption_advice", PROSE, "Advice on adoption", "Adopters can be found.", optional=True),
        declare("decisions", ListOf(shown(decision, declare("child_name", TEXT, "For which child", "Rowan"))),
                "What it decided"),
        declare("actions", actions, "Every action set here, or still open from an earlier meeting", meets="R003-15"),
        declare("open_actions", actions, "The actions from earlier meetings that are still open"),
        declare("circulation", ListOf(group("line of the circulation list",
                                            declare("who", TEXT, "Who", "Leanne Hale"),
                                            declare("capacity", TEXT, "Who they are", "mother of Rowan"),
                                            declare("gets", TEXT, "What they get", "minutes and summary sheets"))),
                "Who gets which paper after the meeting", meets="R001-107"),
    )  # fmt: skip


def _describe_action(reader: Reader) -> Record:
    return shown(
        record_of(Action, "action", reader, "meetings.actions"),
        declare("owner", TEXT, "Who does it", "Joy Achieng"),
        declare("child_name", TEXT, "For which child", "all children"),
        declare("done_on", DATE, "When it was done", "1 July 2026", optional=True),
        declare("status", Text(("done", "overdue", "open")), "How far it is", "open"),
        declare("raised_on", DATE, "When it was set first", "4 June 2026"),
        declare("new", YES, "Whether this meeting set it", "yes"),
    )


def _describe_outcome(reader: Reader, known: Known, *, with_happened: bool) -> Record:
    record = shown(
        record_of(Outcome, "outcome for a child", reader, "meetings.outcomes"),
        declare("id", TEXT, "The child's id", "rowan"),
        declare("child", describe_child(reader), "The child"),
        declare("primary_code", codes_of(PlanKind), "The code of the plan", "adoption", optional=True),
        declare("parallel", ListOf(words_of(PlanKind)), "The plans to follow beside it", "special guardianship"),
        declare("parallel_codes", ListOf(codes_of(PlanKind)), "Their codes", "special_guardianship"),
    )
    return record.with_facts(describe_happened(reader, known)) if with_happened else record


def _with_rules(record: Record) -> Record:
    """What the procedure asks of a meeting."""
    asked = describe_asked("what a rule asks")
    return record.with_facts(
        declare("must_invite",
                ListOf(shown(asked, declare("who", TEXTS, "Any of these people", "the health visitor"))),
                "Whom the procedure wants invited"),
        declare("must_cover", ListOf(asked), "What the procedure wants talked about"),
        declare("options_offered",
                ListOf(group("options for a child", declare("child_name", TEXT, "The child", "Rowan"),
                             declare("age", TEXT, "Age at the meeting", "19 months"),
                             declare("options", TEXTS, "The options that this age allows", "adoption"))),
                "The options that the procedure allows at each child's age"),
        declare("copies",
                ListOf(group("copy that is asked for", declare("paper", TEXT, "The paper", "minutes"),
                             declare("to", TEXTS, "To whom", "reviewing officer"),
                             declare("due", DATE, "By when", "18 June 2026", optional=True),
                             declare("sent_on", DATE, "When it went", "11 June 2026", optional=True),
                             declare("says", TEXT, "What the rule says", "Minutes go to those invited"))),
                "The copies that the procedure asks for"),
    )  # fmt: skip


@cache
def describe_review(reader: Reader, known: Known, *, with_child: bool) -> Record:
    """A review, as `context.meetings.show_review` shows one, with what the procedure asks of it."""
    record = shown(
        record_of(Review, "review", reader, "reviews"),
        declare("day", DATE, "When it was held, else when it is booked", "12 August 2026", optional=True),
        declare("chair", describe_person(reader), "Who chairs it", optional=True),
    )
    if not with_child or not reader.sees(Disclosure.PLANNING):
        return record
    asked = shown(
        describe_asked("what a rule asks"),
        declare("ref", TEXT, "The number of the rule", "R002-14"),
        declare("due", DATE, "By when", "12 August 2026", optional=True),
    )
    return record.with_facts(
        declare("ready_before", ListOf(asked), "What must be ready before the review"),
        declare("must_cover", ListOf(asked), "What the review must cover"),
        declare("to_follow", ListOf(asked), "What must follow it"),
        declare("previous_on", DATE, "The review before it", "12 May 2026", optional=True),
        declare("venue", TEXT, "Where and at what time", "Room 2, 10am", optional=True),
        describe_happened(reader, known),
    )
