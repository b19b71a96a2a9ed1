"""What papers print of the procedure: who must be invited, what must be covered, and how far the rules are kept."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from generator.base.dates import format_short_date
from generator.base.errors import Level
from generator.base.working_days import Jurisdiction
from generator.case.child import Child
from generator.case.facts import Disclosure
from generator.case.questions import find_person
from generator.disclosure.projection import show_name
from generator.papers.facts.declare import DeclaredNames, Keyed, Shown, shown
from generator.papers.facts.events import EVENTS_BY_NAME, HAPPENED, EventFacts, show_happened
from generator.papers.facts.people import PersonFacts, find_role
from generator.papers.facts.view import ReaderView
from generator.rules.conditions.child_on_day import Item
from generator.rules.conditions.derived import locate_path
from generator.rules.conditions.events import EVENTS
from generator.rules.judging.ruling import GRAVITY, RuleOutcome, Ruling
from generator.rules.procedures.model import Procedure, Rule

_LEVELS = tuple(one.value for one in Level)
_OUTCOMES = tuple(one.name.lower() for one in GRAVITY)
_SET_ASIDE = "set_aside"
_STATES = (*_OUTCOMES, _SET_ASIDE)


class RoleFacts(Shown, says="role", seen_as=Disclosure.OPEN):
    """A professional role as the procedure calls it, and who has it in this case."""

    def __init__(self, view: ReaderView, title: str, person: PersonFacts | None) -> None:
        super().__init__(view)
        self._title, self._person = title, person

    @shown("What the procedure calls the role", example="Adoption and permanency manager")
    def title(self) -> str:
        return self._title

    @shown("Who holds it in this case")
    def person(self) -> PersonFacts | None:
        return self._person


def _name_roles(names: DeclaredNames) -> dict[str, bool]:
    return {name: name not in names.roles_of_all for name in sorted(names.roles)}


class ProcedureFacts(Shown, says="procedure", seen_as=Disclosure.OPEN):
    """The procedure that the case follows, and those that it extends."""

    def __init__(self, view: ReaderView) -> None:
        super().__init__(view)
        self._procedure = view.compliance.procedure

    @shown("Its short name", example="hertfordshire")
    def name(self) -> str:
        return self._procedure.name

    @shown("The same with those that it extends", example="hertfordshire, england")
    def names(self) -> list[str]:
        return list(self._procedure.lineage)

    @shown("Its title", example="Permanence planning in Hertfordshire")
    def title(self) -> str:
        return self._procedure.opening.title

    @shown("Who publishes it", example="Hertfordshire County Council")
    def publisher(self) -> str:
        return self._procedure.opening.publisher

    @shown("Its edition", example="2024")
    def edition(self) -> str:
        return self._procedure.opening.edition

    @shown("When it was last held against its source", example="22 November 2026")
    def checked_on(self) -> dt.date:
        return self._procedure.opening.checked_on

    @shown("Whether it is one of Scotland", example="no")
    def scottish(self) -> bool:
        return self._procedure.jurisdiction is Jurisdiction.SCOTLAND

    @shown(
        "The roles that it names, by code",
        keyed=Keyed("roles of the procedure", "A role that the procedure names", names=_name_roles),
    )
    def roles(self) -> dict[str, RoleFacts]:
        titles = {role: title for one in _list_lineage(self._procedure) for role, title in one.opening.roles.items()}
        return {role.value: RoleFacts(self.view, title, find_role(role, self.view)) for role, title in titles.items()}


def _list_lineage(procedure: Procedure) -> Iterator[Procedure]:
    """A procedure after those that it extends, the most general first."""
    if procedure.extends:
        yield from _list_lineage(procedure.extends)
    yield procedure


def list_declared_names(procedures: Sequence[Procedure]) -> DeclaredNames:
    """The names that some procedures declare between them."""
    events = [
        {name for name in one.events if name not in EVENTS or EVENTS[name].scope == "child"} for one in procedures
    ]
    roles = [{role.value for each in _list_lineage(one) for role in each.opening.roles} for one in procedures]
    return DeclaredNames(
        frozenset(set.intersection(*events)) if events else frozenset(),
        frozenset(set.union(*roles)) if roles else frozenset(),
        frozenset(set.intersection(*roles)) if roles else frozenset(),
    )


class AskedFacts(Shown, says="what a rule asks", seen_as=Disclosure.PLANNING):
    """What a rule says."""

    def __init__(self, view: ReaderView, rule: Rule) -> None:
        super().__init__(view)
        self.rule = rule

    @shown("What the rule says", example="A review is held within 20 working days")
    def says(self) -> str:
        return self.rule.entry.says

    @shown("How binding it is", example="must", words=_LEVELS)
    def level(self) -> str:
        return self.rule.level.value

    @shown("Where it comes from", example="CPPCRR 2010 reg 33(1)")
    def cite(self) -> str:
        return self.rule.cite


class DueFacts(AskedFacts):
    """What a rule says, and its day."""

    def __init__(self, view: ReaderView, rule: Rule, due: dt.date | None) -> None:
        super().__init__(view, rule)
        self._due = due

    @shown("The number of the rule", example="R002-14")
    def ref(self) -> str:
        return self.rule.entry.ref

    @shown("By when", example="12 August 2026")
    def due(self) -> dt.date | None:
        return self._due


class NeededEvent(Shown, says="event that would settle it", seen_as=Disclosure.WORKING):
    """An event whose entry in the record would settle the answer of a rule."""

    def __init__(self, view: ReaderView, name: str) -> None:
        super().__init__(view)
        self._name = name

    @shown("Its name", example="cpr_quality_assured")
    def event(self) -> str:
        return self._name

    @shown("The event in words", example="Report quality assured")
    def label(self) -> str:
        return self.view.compliance.procedure.label(self._name)


class RulingFacts(AskedFacts, says="answer of a rule", seen_as=Disclosure.WORKING):
    """The answer of a rule."""

    def __init__(self, view: ReaderView, ruling: Ruling) -> None:
        super().__init__(view, ruling.rule)
        self.ruling = ruling
        self._override = ruling.overridden

    @shown("The full name of the rule", example="england/R000-11")
    def name(self) -> str:
        return self.rule.name

    @shown("Its number", example="R000-11")
    def ref(self) -> str:
        return self.rule.entry.ref

    @shown("The outcome, or set_aside", example="overdue", words=_STATES)
    def state_code(self) -> str:
        return _state_of(self.ruling)

    @shown("The outcome in words", example="overdue", words=tuple(one.value for one in GRAVITY))
    def outcome(self) -> str:
        return self.ruling.outcome.value

    @shown("The code of the outcome", example="overdue", words=_OUTCOMES)
    def outcome_code(self) -> str:
        return self.ruling.outcome.name.lower()

    @shown("The id of what it is about", example="ppm-1")
    def item(self) -> str:
        return self.ruling.item

    @shown("What it is about beyond the child", example="Review 2 of 12 Aug 2026")
    def about(self) -> str:
        return ", ".join(_list_items(self.ruling, self.view))

    @shown("By when", example="3 December 2026")
    def due(self) -> dt.date | None:
        return self.ruling.due

    @shown("When it was done", example="1 December 2026")
    def done(self) -> dt.date | None:
        return self.ruling.done

    @shown("How the day was worked out", example="20 working days from 14 March 2026")
    def working(self) -> list[str]:
        return list(self.ruling.working)

    @shown("What nobody has written and the answer needs", example="reviews.held_on")
    def needs(self) -> list[str]:
        return list(self.ruling.needs)

    @shown("The events whose entry in the record would settle it")
    def needs_events(self) -> list[NeededEvent]:
        if not any(one.startswith("record") for one in self.ruling.needs):
            return []
        return [NeededEvent(self.view, name) for name in self.rule.asks.events if name not in EVENTS]

    @shown("The papers that stay drafts for it", example="child-permanence-report")
    def blocks(self) -> list[str]:
        return list(self.rule.blocks)

    @shown("Why it was set aside", example="Agreed by the court")
    def set_aside_because(self) -> str | None:
        return self._override.reason if self._override else None

    @shown("Who set it aside", example="The head of service")
    def set_aside_by(self) -> str | None:
        return self._override.by if self._override else None

    @shown("When", example="1 June 2026")
    def set_aside_on(self) -> dt.date | None:
        return self._override.on if self._override else None


class MetRuleFacts(RulingFacts):
    """The first answer of a rule that is met, with all its answers."""

    def __init__(self, answers: Sequence[RulingFacts]) -> None:
        super().__init__(answers[0].view, answers[0].ruling)
        self._answers = answers

    @shown("All answers of the same rule", there=True)
    def answers(self) -> list[RulingFacts]:
        return [*self._answers]


_COUNTS = Keyed("counts of answers", "How many are {}", "3", lambda _: dict.fromkeys(_STATES, False))


class RuleSubjectFacts(Shown, says="subject of rules", seen_as=Disclosure.WORKING):
    """The answers of the rules that touch the same papers."""

    def __init__(self, view: ReaderView, title: str, rulings: Sequence[Ruling]) -> None:
        super().__init__(view)
        self._title, self._rulings = title, rulings
        self._answers = [RulingFacts(view, one) for one in rulings]

    @shown("The subject", example="Reviews")
    def title(self) -> str:
        return self._title

    @shown("All answers, the gravest first", there=True)
    def rules(self) -> list[RulingFacts]:
        return self._answers

    @shown("Those that are not met")
    def not_met(self) -> list[RulingFacts]:
        return [one for one in self._answers if one.state_code() != "met"]

    @shown("Those that are met, one for each rule")
    def met(self) -> list[MetRuleFacts]:
        met: dict[str, list[RulingFacts]] = {}
        for one in self._answers:
            if one.state_code() == "met":
                met.setdefault(one.name(), []).append(one)
        return [MetRuleFacts(answers) for answers in met.values()]

    @shown("How many of each kind", keyed=_COUNTS)
    def counts(self) -> dict[str, int]:
        return _count(self._rulings)


class ComplianceFacts(Shown, says="compliance", seen_as=Disclosure.WORKING):
    """How far the rules are kept for one child: for the authority's own papers alone."""

    def __init__(self, view: ReaderView, child: Child) -> None:
        super().__init__(view)
        self._child = child
        self._every = view.compliance.of_child(child.id)
        applying = (one for one in self._every if one.outcome is not RuleOutcome.DOES_NOT_APPLY)
        self._rulings = sorted(applying, key=lambda one: _STATES.index(_state_of(one)))

    @shown("The day of the answers", example="22 November 2026")
    def on(self) -> dt.date:
        return self.view.compliance.on

    @shown("The answers by subject")
    def subjects(self) -> list[RuleSubjectFacts]:
        subjects: dict[str, list[Ruling]] = {title: [] for title in _TITLES}
        for one in self._rulings:
            subjects[_subject_of(one)].append(one)
        return [RuleSubjectFacts(self.view, title, mine) for title, mine in subjects.items() if mine]

    @shown("How many of each kind", keyed=_COUNTS)
    def counts(self) -> dict[str, int]:
        return _count(self._every)

    @shown("Rules that somebody has set aside")
    def set_aside(self) -> list[RulingFacts]:
        return [RulingFacts(self.view, one) for one in self._rulings if one.overridden]

    @shown(HAPPENED, keyed=EVENTS_BY_NAME)
    def happened(self) -> dict[str, EventFacts]:
        return show_happened(self._child, self.view)


def _count(rulings: Sequence[Ruling]) -> dict[str, int]:
    states = Counter(_state_of(one) for one in rulings)
    return {state: states[state] for state in _STATES}


def _state_of(ruling: Ruling) -> str:
    """Its outcome as a code; one that somebody has set aside counts as that alone."""
    return _SET_ASIDE if ruling.overridden else ruling.outcome.name.lower()


def _list_items(ruling: Ruling, view: ReaderView) -> Iterator[str]:
    """What a ruling is about beyond the child, in words; nothing where it is about the child alone."""
    case, child = view.case, ruling.child
    for kind, key in ruling.keys.items():
        match kind:
            case "meeting":
                meeting = next(one for one in case.meetings if one.id == key)
                yield f"{meeting.kind.words}{_of(meeting.starts_at.date())}"
            case "review":
                review = next(one for one in case.reviews_of(child) if Item(review=one).id == key)
                number = f" {review.number}" if review.number else ""
                yield key.split("-")[0] + number + _of(review.day)
            case "decision":
                decision = next(one for one in case.adm_decisions if Item(decision=one).id == key)
                yield f"decision{_of(decision.decided_on)}"
            case _:
                person = find_person(case, key)
                yield show_name(person, view.lens) or case.child(key).name.full


def _of(day: dt.date | None) -> str:
    return f" of {format_short_date(day)}" if day else ""


_SUBJECTS = {
    "meetings": "Agenda and minutes of planning meetings",
    "reviews": "Reviews",
    "plans": "Permanence plan",
    "options": "Permanence plan",
    "reports": "Child’s permanence report",
    "iro_views": "Reviewing officer’s summary or challenge",
    "adm_decisions": "Decision maker’s record and letters",
    "court": "Court and final evidence",
    "orders": "Court and final evidence",
    "placements": "Home and carers",
    "children": "The child",
    "people": "The family",
}
_REST = "Other records"
_TITLES = (*dict.fromkeys(_SUBJECTS.values()), _REST)
_HOMES_OF_ITEMS = {"meeting": "meetings", "decision": "adm_decisions", "review": "reviews"}


def _subject_of(ruling: Ruling) -> str:
    """The papers that a rule touches: told by the place in the case file that it asks about first."""
    places = [EVENTS[name].write for name in ruling.rule.asks.events if name in EVENTS]
    places += [_HOMES_OF_ITEMS[kind] for kind in ruling.rule.entry.each[:1] if kind in _HOMES_OF_ITEMS]
    places += [locate_path(fact.source) for fact in ruling.rule.asks.must_be_written]
    places += ruling.needs
    found = (place.split(".")[0] for place in places)
    return next((_SUBJECTS[place] for place in found if place in _SUBJECTS), _REST)
