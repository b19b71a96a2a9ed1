"""Who gets which papers of a meeting, by which day, and on whose rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from generator.case.family import Case
from generator.case.meeting import Contribution, Invitation, Meeting
from generator.case.person import Person
from generator.case.questions import find_letter_bar
from generator.case.words import LetterFormat, Part, RelationshipKind, Role
from generator.papers.card import EASY_READ
from generator.rules.judging.judge import Compliance
from generator.rules.judging.ruling import RuleOutcome, Ruling

MINUTES, SUMMARY, LETTER = "ppm-minutes", "ppm-summary", "letter-meeting-outcome"
LEGAL_ANNEX, ACTIONS = "ppm-legal-advice", "actions-sheet"

_FOSTERING = frozenset({RelationshipKind.FOSTER_CARER, RelationshipKind.CONNECTED_CARER})
_FOR_THE_CHAIR = (Role.SOLICITOR, Role.EXPERT, Role.ADVOCATE, Role.INTERPRETER)
"""Those who act for one person in the case: minutes name carers, so none go to them unread."""


class Gets(Enum):
    """What somebody gets after a meeting, as the minutes say it."""

    MINUTES = "minutes and summary sheets"
    WITH_ADVICE = "minutes, summary sheets and the legal annex"
    SUMMARIES = "summary sheets"
    CHAIR_DECIDES = "what the chair decides"
    OWN = "summary sheet about their own child, with a letter"
    LATER = "a letter, once the outcome is written"
    NOTHING = "nothing: no letter may go to this person"


@dataclass(frozen=True, slots=True)
class Copy:
    """What one person gets: `papers` by name, on the rules of `asked_by`. `listed` in the minutes, or by a rule alone.

    `because` says why they get no more, where that is known: it may name a person, and is for the authority's eyes.
    """

    person: Person
    gets: Gets
    papers: tuple[str, ...] = ()
    asked_by: tuple[Ruling, ...] = ()
    because: str = ""

    @property
    def due_on(self) -> dt.date | None:
        """The first day by which a rule that is still open wants it there."""
        return min((one.due for one in self.asked_by if one.due and one.done is None), default=None)

    @property
    def sent_on(self) -> dt.date | None:
        """The day on which it went, where the case file says so of every rule that asks for it."""
        days = [one.done for one in self.asked_by]
        known = [day for day in days if day]
        return max(known) if known and len(known) == len(days) else None


@dataclass(frozen=True, slots=True)
class AskedCopy:
    """A copy that a rule asks for after a meeting; `parent` where it is for one of them."""

    ruling: Ruling
    parent: Person | None = None


def list_asked_copies(case: Case, meeting: Meeting, compliance: Compliance) -> tuple[AskedCopy, ...]:
    """Copies that the procedure asks for after this meeting; none for a parent to whom no letter may go."""
    asked = []
    for ruling in compliance.rulings:
        asks, keys = ruling.rule.asks, ruling.keys
        if not asks.to or keys.get("meeting") != meeting.id:
            continue
        parent = case.person(keys["parent"]) if "parent" in keys else None
        barred = parent and find_letter_bar(parent, ruling.child)
        if not barred and ruling.outcome is not RuleOutcome.DOES_NOT_APPLY:
            asked.append(AskedCopy(ruling, parent))
    return tuple(asked)


def list_copies(case: Case, meeting: Meeting) -> tuple[Copy, ...]:
    """Who gets what after the meeting: all who were invited, not only those who came (requirement R001-107).

    Parents get the summary of their own child alone, and nothing where a bar stands in the way.
    """
    rows: dict[str, Copy] = {}
    for invitation in meeting.invited:
        person = case.person(invitation.person)
        rows[person.id] = _give(person, _choose(person, invitation.part), case, meeting)
    officer = case.with_role(Role.INDEPENDENT_REVIEWING_OFFICER)
    if officer:
        rows[officer.id] = _give(officer, Gets.MINUTES, case, meeting)
    invited = {invitation.person for invitation in meeting.invited}
    parents = {parent.id: parent for child in case.meeting_children(meeting) for parent in case.parents_of(child.id)}
    for parent in parents.values():
        copy = _give_parent(parent, case, meeting)
        # A parent who may get nothing is named only where they were invited, so that nobody sends them minutes.
        if copy.gets is not Gets.NOTHING or parent.id in invited:
            rows[parent.id] = copy
    return tuple(rows.values())


def list_readers(case: Case, meeting: Meeting, compliance: Compliance) -> tuple[Copy, ...]:
    """As `list_copies`, with the rules that ask for each copy, and with those to whom a rule alone gives one."""
    copies = {copy.person.id: copy for copy in list_copies(case, meeting)}
    asked = list_asked_copies(case, meeting, compliance)
    for person in case.people:
        mine = [one for one in asked if _is_for(one, person, case, meeting)]
        if person.id not in copies:
            codes = {code for one in mine for code in _codes(one.ruling)}
            if not codes or not person.role:
                continue
            gets = _choose(person, Part.WHOLE) if MINUTES in codes else Gets.SUMMARIES
            given = _give(person, gets, case, meeting)
            copies[person.id] = replace(given, papers=tuple(one for one in given.papers if not one.startswith(ACTIONS)))
        copy = copies[person.id]
        held = {paper.partition(f"-{meeting.id}")[0].removesuffix(EASY_READ) for paper in copy.papers}
        rules = tuple(one.ruling for one in mine if _codes(one.ruling) & held)
        copies[person.id] = replace(copy, asked_by=rules)
    return tuple(copies.values())


def find_author(paper: Contribution, case: Case) -> Person | None:
    """Whose paper it is, where just one person has the name under `author`; what follows a comma is their work."""
    said = " ".join((paper.author or "").partition(",")[0].casefold().split())
    found = [person for person in case.people if said and said in _list_names(person)]
    return found[0] if len(found) == 1 else None


def _list_names(person: Person) -> Iterator[str]:
    name = person.name
    everyday = f"{name.known_as} {name.family}" if name.known_as and name.family else name.full
    for one in (name.full, everyday):
        yield one.casefold()
        yield f"{name.title or ''} {one}".casefold().strip()


def _give(person: Person, gets: Gets, case: Case, meeting: Meeting) -> Copy:
    children = case.meeting_children(meeting)
    if person.is_carer:
        # Summary sheets are about one child each: a carer gets those of the children in their care.
        children = tuple(child for child in children if person.is_to(child.id)) or children
    summaries = [f"{SUMMARY}-{meeting.id}-{child.id}" for child in children]
    whole = [f"{MINUTES}-{meeting.id}", *summaries, f"{ACTIONS}-{meeting.id}"]
    papers = {
        Gets.MINUTES: whole,
        Gets.WITH_ADVICE: [*whole, f"{LEGAL_ANNEX}-{meeting.id}"],
        Gets.SUMMARIES: summaries,
    }
    return Copy(person, gets, tuple(papers.get(gets, ())))


def _give_parent(parent: Person, case: Case, meeting: Meeting) -> Copy:
    mine = [child for child in case.meeting_children(meeting) if parent in case.parents_of(child.id)]
    bars = [find_letter_bar(parent, child.id) for child in mine]
    if None not in bars:
        return Copy(parent, Gets.NOTHING, because=next((bar.reason for bar in bars if bar), ""))
    written = {outcome.child for outcome in meeting.outcomes if outcome.summary or outcome.primary}
    if not any(child.id in written for child in mine):
        return Copy(parent, Gets.LATER)
    told = [child for child, bar in zip(mine, bars, strict=True) if bar is None and child.id in written]
    form = EASY_READ if parent.letters.format is LetterFormat.EASY_READ else ""
    papers = [f"{SUMMARY}{form}-{meeting.id}-{child.id}-{parent.id}" for child in told]
    return Copy(parent, Gets.OWN, (f"{LETTER}{form}-{meeting.id}-{parent.id}", *papers))


def _choose(person: Person, part: Part) -> Gets:
    if person.role is Role.LOCAL_AUTHORITY_LAWYER:
        return Gets.WITH_ADVICE
    kinds = {tie.kind for tie in person.relationships}
    if person.role in _FOR_THE_CHAIR or (person.role is None and not kinds & _FOSTERING):
        return Gets.CHAIR_DECIDES
    if part is Part.INFORMATION or (person.is_carer and person.is_also_family):
        return Gets.SUMMARIES
    return Gets.MINUTES


def reads_minutes(case: Case, invitation: Invitation) -> bool:
    """Whether somebody who is invited may read what professionals discuss: the plans, the minutes, the reports."""
    person = case.person(invitation.person)
    if invitation.part is Part.INFORMATION or any(person in case.parents_of(tie.to) for tie in person.relationships):
        return False
    return _choose(person, invitation.part) in (Gets.MINUTES, Gets.WITH_ADVICE)


_ALL_INVITED, _ALL_ASKED = "everyone invited", "everyone asked to contribute"


def _is_for(asked: AskedCopy, person: Person, case: Case, meeting: Meeting) -> bool:
    if asked.parent:
        return asked.parent.id == person.id
    return any(
        (person.role is not None and one == person.role.value)
        or (one.startswith(_ALL_INVITED) and any(guest.person == person.id for guest in meeting.invited))
        or (one.startswith(_ALL_ASKED) and any(find_author(p, case) == person for p in meeting.papers if p.asked_on))
        for one in asked.ruling.rule.asks.to
    )


def _codes(ruling: Ruling) -> set[str]:
    """Which papers of a meeting a rule speaks of."""
    paper = ruling.rule.asks.paper or ""
    return {code for code in (MINUTES, SUMMARY) if code in paper}
