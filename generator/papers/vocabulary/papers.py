"""What papers can say of the report, the reviewing officer's view and the decision record."""

from __future__ import annotations

from functools import cache

from generator.case.decision import AdmDecision, ParentNotified
from generator.case.iro import IroView
from generator.case.report import (
    Author,
    FamilyView,
    HealthSummary,
    ParentComment,
    ParentingCapacity,
    PermanenceReport,
    QualityCheck,
)
from generator.case.words import AdmOutcome
from generator.papers.vocabulary.declare import TEXT, YES, codes_of, declare, shown
from generator.papers.vocabulary.kinds import Fact, Hidden, ListOf, Record
from generator.papers.vocabulary.model import Reader, record_of
from generator.papers.vocabulary.people import describe_other, describe_person


@cache
def describe_report(reader: Reader) -> Record:
    """The child's permanence report, as `context.papers.show_report` shows it."""
    person = describe_person(reader)
    author = shown(record_of(Author, "author", reader, "reports.author"), declare("person", person, "Who"))
    health = shown(
        record_of(HealthSummary, "health summary", reader, "reports.health_summary"),
        declare("written_by", person, "Who wrote it", optional=True),
    )
    check = shown(
        record_of(QualityCheck, "quality check", reader, "reports.quality_checks"),
        declare("by", TEXT, "Who checked it", "Nadia Rahman"),
    )
    each = {
        "family_views": (
            record_of(FamilyView, "view of the family", reader, "reports.family_views"),
            "What each person of the family wants",
        ),
        "parenting_capacity": (
            record_of(ParentingCapacity, "parenting capacity", reader, "reports.parenting_capacity"),
            "How each parent can care",
        ),
        "parent_comments": (
            record_of(ParentComment, "comments of a parent", reader, "reports.parent_comments"),
            "What each parent says of the report",
        ),
    }
    return shown(
        record_of(PermanenceReport, "report", reader, "reports"),
        declare("author", author, "Who wrote it", optional=True),
        declare("supervisor", author, "Who supervised it", optional=True),
        declare("health_summary", health, "The medical adviser's summary"),
        declare("quality_checks", ListOf(check), "Checks of the report"),
        *(declare(name, ListOf(shown(record, declare("who", describe_other("person in short"), "Who"))), label)
          for name, (record, label) in each.items()),
    )  # fmt: skip


@cache
def describe_iro_view(reader: Reader) -> Record:
    """The reviewing officer's view, as `context.papers.show_iro_view` shows it."""
    record = record_of(IroView, "view of the reviewing officer", reader, "iro_views")
    return shown(record, declare("iro", describe_person(reader), "The reviewing officer", optional=True))


@cache
def describe_decision(reader: Reader) -> Record:
    """The decision record, as `context.papers.show_decision` shows it."""
    own = reader.about_self() if reader.is_parent else reader
    person = describe_person(reader)
    told = shown(
        record_of(ParentNotified, "how a parent was told", own, "adm_decisions.parents_notified"),
        declare("who", describe_person(own), "Which parent"),
        declare("told_by", TEXT, "Who told them", "Joy Achieng", optional=True),
    )
    record = record_of(AdmDecision, "decision", reader, "adm_decisions")
    code = declare(
        "decision_code", codes_of(AdmOutcome), "The code of the decision", "placed_for_adoption", optional=True
    )
    hidden = isinstance(record.facts["decision"].kind, Hidden)
    return shown(
        record,
        declare("decision_maker", person, "The agency decision maker", optional=True),
        declare("panel_adviser", person, "The panel adviser", optional=True),
        declare("uses_panel", YES, "Whether a panel was lawful: consent cases alone", "no", meets="AAR 2005 reg 17(2)"),
        Fact("decision_code", Hidden(), code.label) if hidden else code,
        declare("parents_notified", ListOf(told), "How each parent was told; in a parent's paper, how that parent was"),
    )  # fmt: skip
