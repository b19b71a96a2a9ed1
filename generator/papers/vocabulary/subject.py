"""Every fact that a paper can ask for: its kind, meaning, example and readers, as `context` shows it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from generator.case.court import Direction
from generator.case.family import Authority
from generator.case.words import HearingKind
from generator.disclosure.lens import Audience
from generator.papers.card import Card
from generator.papers.vocabulary.children import describe_child
from generator.papers.vocabulary.declare import DATE, MOMENT, TEXT, TEXTS, YES, declare, group, shown, words_of
from generator.papers.vocabulary.kinds import (
    Ask,
    Date,
    Fact,
    Hidden,
    Kind,
    ListOf,
    Moment,
    Nothing,
    Number,
    Paragraphs,
    Picture,
    Record,
    Text,
    Unknown,
    YesNo,
)
from generator.papers.vocabulary.meetings import describe_guest, describe_meeting, describe_review
from generator.papers.vocabulary.model import Reader, record_of
from generator.papers.vocabulary.papers import describe_decision, describe_iro_view, describe_report
from generator.papers.vocabulary.people import describe_letter, describe_person
from generator.papers.vocabulary.rules import Known, describe_compliance, describe_procedure, know

__all__ = [
    "Ask",
    "Date",
    "Fact",
    "Hidden",
    "Kind",
    "Known",
    "ListOf",
    "Moment",
    "Nothing",
    "Number",
    "Paragraphs",
    "Picture",
    "Reader",
    "Record",
    "Sight",
    "Text",
    "Unknown",
    "YesNo",
    "describe_paper",
    "describe_subject",
    "know",
    "list_sights",
    "on_paper",
]

_ROLES = {
    "social_worker": "The social worker",
    "team_manager": "The team manager",
    "iro": "The independent reviewing officer",
    "guardian": "The children's guardian",
    "medical_adviser": "The medical adviser",
    "lawyer": "The local authority's lawyer",
}


_GUESTS = (Audience.PARENT, Audience.PROFESSIONALS, Audience.COURT, Audience.MATCHING)
"""As whom a guest of a meeting may read: all but the authority itself."""


@dataclass(frozen=True, slots=True)
class Sight:
    """One of the views in which a paper is made: for which reader, and whether it is the copy of one parent."""

    audience: Audience
    is_parents: bool


def list_sights(card: Card) -> tuple[Sight, ...]:
    """Every view in which a paper may be made: its reader's, and the court's where it may be filed."""
    has_parent = "parent" in card.for_each
    if card.audience == "reader":
        sights = [Sight(Audience.PROFESSIONALS, is_parents=False), Sight(Audience.PARENT, is_parents=True)]
    elif card.audience == "guest":
        sights = [Sight(audience, is_parents=False) for audience in _GUESTS]
    else:
        sights = [Sight(Audience(card.audience), is_parents=has_parent)]
    filed = card.bundle.filed != "never" and card.audience != "privileged"
    if filed and card.audience not in ("court", "parent"):
        sights.append(Sight(Audience.COURT, is_parents=has_parent))
    return tuple(sights)


def describe_subject(units: Collection[str], needs: Collection[str], sight: Sight, known: Known) -> Record:
    """All facts that `context.show_subject` shows for such a paper."""
    reader = Reader(sight.audience)
    person = describe_person(reader)
    is_guests = "guest" in units
    facts = list(_describe_everywhere(reader, known, filled=not is_guests))
    facts += [declare(name, person, label, optional=True) for name, label in _ROLES.items()]
    with_child = not {"child", "decision", "iro_view"}.isdisjoint(units)
    if with_child:
        facts += [
            declare("child", describe_child(reader), "The child that the paper is about"),
            declare("report", describe_report(reader), "The child's permanence report", optional=True),
        ]
        if "compliance" in needs:
            facts.append(describe_compliance(reader, known))
    if "meeting" in units:
        meeting = describe_meeting(reader, known, with_happened="happened" in needs, filled=not is_guests)
        facts.append(declare("meeting", meeting, "The meeting that the paper is about"))
    if is_guests:
        facts.append(declare("guest", describe_guest(reader), "Who is invited, and whom the paper is for"))
    if "review" in units:
        facts.append(declare("review", describe_review(reader, known, with_child=with_child), "The review"))
    if "decision" in units:
        facts.append(declare("decision", describe_decision(reader), "The decision"))
    if "iro_view" in units:
        facts.append(declare("iro_view", describe_iro_view(reader), "The reviewing officer's view"))
    if sight.is_parents or "reader" in units:
        own = reader.about_self() if reader.is_parent else reader
        # One card stands for the copies of parents and of professionals: a tag has to ask which it is.
        facts += [
            replace(one, lacking=not sight.is_parents)
            for one in (
                declare("parent", describe_person(own), "The parent whom the paper is for"),
                declare("letter", describe_letter(), "How the letter reaches this parent"),
            )
        ]
    return group("paper", *facts)


def _describe_everywhere(reader: Reader, known: Known, *, filled: bool) -> Iterator[Fact]:
    """`filled` where every such paper is about a child: that of a guest may be about none."""
    office = declare("address_lines", TEXTS, "The address of the office", "Civic Centre, ZZ99 1AA")
    authority = shown(record_of(Authority, "authority", reader, "authority"), office)
    yield declare("authority", authority, "The authority whose paper it is")
    yield declare("case", _describe_case(reader), "The case and its proceedings")
    yield declare("procedure", describe_procedure(reader, known), "The procedure that the case follows")
    yield declare("children", ListOf(describe_child(reader), filled=filled), "The children that the paper is about")
    yield declare("many_children", YES, "Whether they are several", "no")
    cited = group("cited evidence", declare("title", TEXT, "Its title", "Psychologist's report"),
                  declare("dated", DATE, "Its date", "1 June 2026", optional=True))  # fmt: skip
    yield declare(
        "cited",
        Record("cited evidence by id", {}, Fact("", cited, "Evidence that the case file cites", optional=True)),
        "Evidence that the case file cites, by its id",
    )


def _describe_case(reader: Reader) -> Record:
    hearing = group(
        "hearing",
        declare("kind", words_of(HearingKind), "What kind", "case management hearing"),
        declare("at", MOMENT, "When", "10am on Tuesday 24 November 2026"),
        declare("judge", TEXT, "Before whom", "Her Honour Judge Marsh", optional=True),
        declare("place", TEXT, "Where", "Family Court at Hartsmere", optional=True),
        declare("time_estimate", TEXT, "How long", "1 hour", optional=True),
    )
    direction = record_of(Direction, "direction", reader, "court.directions")
    return group(
        "case",
        declare("reference", TEXT, "The reference of the case", "FAM-2026-0142"),
        declare("procedure", TEXT, "The short name of the procedure", "hertfordshire"),
        declare("court_name", TEXT, "The court", "Family Court at Hartsmere", optional=True),
        declare("case_number", TEXT, "The number of the proceedings", "HM26C00142", optional=True),
        declare("issued_on", DATE, "When proceedings were issued", "2 April 2026", optional=True),
        declare("final_evidence_due_on", DATE, "When final evidence is due", "1 October 2026", optional=True),
        declare("next_hearing", hearing, "The next hearing", optional=True),
        declare("hearings", ListOf(hearing), "Every hearing, in order of time"),
        declare("directions", ListOf(direction), "Directions of the court; none in papers for parents"),
    )


def on_paper(subject: Record, card: Card, sight: Sight) -> Record:
    """The same with what the paper says of itself: what questions on a card see."""
    paper = group(
        "paper itself",
        declare("code", Text((card.code,)), "The paper's code", card.code),
        declare("title", TEXT, "Its title", "Agenda: permanence planning meeting"),
        declare("audience", Text((sight.audience.value,)), "Its reader", sight.audience.value),
        declare("draft", YES, "Whether it is a draft", "yes"),
        declare("handling", TEXT, "How it is to be handled, for its footer", "For professionals only"),
        declare("as_of", DATE, "The day as at which it speaks", "22 November 2026"),
    )
    return subject.with_facts(
        declare("paper", paper, "The paper itself"),
        declare("family_tree", Picture(), "The family tree, where the card needs it", optional=True),
        declare("homes_pictures", ListOf(Picture()), "The child's homes and orders, where the card needs it"),
        declare("care_timeline", ListOf(Picture()), "The days of the child's care, where the card needs it"),
    )


def describe_paper(card: Card, sight: Sight, known: Known) -> Record:
    """All facts that the Word template of a paper may ask for in one of its views."""
    paper = on_paper(describe_subject(card.for_each, card.needs, sight, known), card, sight)
    answers = {
        one.id: declare(one.id, Paragraphs(), one.asks, meets=one.source) for one in card.questions if one.each is None
    }
    missing = group(
        "open question",
        declare("asks", TEXT, "The question", "Where was the meeting held?"),
        declare("source", TEXT, "What asks for it", "Local procedure"),
        declare("write", TEXT, "Where the answer goes", "meetings.venue"),
    )
    asked = tuple(one.id for one in card.questions if one.each is not None)
    return paper.with_facts(
        declare("answers", Record("answers to the card's questions", answers), "Answers to the card's questions"),
        declare("missing", ListOf(missing), "The questions that are open"),
        declare("ask", Ask(asked), "The answer to a question about one item of a list"),
    )
