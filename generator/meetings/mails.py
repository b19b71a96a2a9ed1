"""Which e-mails go out after a meeting, to whom together and to whom alone, and what has to wait."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.base.working_days import Jurisdiction
from generator.case.facts import Disclosure
from generator.case.family import Case
from generator.case.meeting import Meeting
from generator.case.person import Person
from generator.case.words import Role
from generator.disclosure.readers import find_reader
from generator.meetings import mail_texts as wording
from generator.meetings.mail_texts import Body
from generator.meetings.owed import OwedAction, OwedPaper, list_overdue_actions, list_owed_papers
from generator.papers.copies import ACTIONS, LEGAL_ANNEX, MINUTES, Copy, Gets
from generator.papers.copy_days import choose_answer_day
from generator.papers.reaching import Way, find_way
from generator.rules.judging.ruling import Ruling


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper that may be attached: its title, whether it is a DRAFT, and why it cannot go, if so."""

    title: str
    draft: bool = False
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Mail:
    """One e-mail to be drafted. Those it is for do not see each other, unless `open_to_all`.

    `sends` names the papers to attach; `rulings` are what asks for it, `due_on` the first day that they set.
    """

    name: str
    people: tuple[Person, ...]
    subject: str
    body: Body = field(repr=False)
    sends: tuple[str, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    due_on: dt.date | None = None
    answer_by: dt.date | None = None
    open_to_all: bool = False

    @property
    def ways(self) -> tuple[Way, ...]:
        """How each of the people can be reached."""
        return tuple(find_way(person) for person in self.people)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody whose copy is in no e-mail yet, or ever: why."""

    copy: Copy
    why: str


@dataclass(frozen=True, slots=True)
class Unowned:
    """Something owed by nobody whom the case file knows by id or name; `place` says where it stands."""

    place: str
    why: str


@dataclass(frozen=True, slots=True)
class Round:
    """Everything that goes out after a meeting on one day."""

    mails: tuple[Mail, ...]
    waiting: tuple[Waiting, ...]
    unowned: tuple[Unowned, ...]


AnswerDay = Callable[[str, Sequence[str], dt.date], dt.date]
"""The day by which an e-mail of this name, with these papers, asks for an answer, given the one worked out today."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What e-mails are written from: the case, its meeting, the papers by name, and today."""

    case: Case
    meeting: Meeting
    copies: tuple[Copy, ...]
    papers: Mapping[str, Paper]
    on: dt.date
    jurisdiction: Jurisdiction
    answer_day: AnswerDay = lambda _name, _papers, worked_out: worked_out

    def answer_by(self, name: str, sends: Sequence[str], due: Sequence[dt.date | None] = ()) -> dt.date:
        """The working day by which the readers of an e-mail are asked to answer."""
        return self.answer_day(name, sends, choose_answer_day(self.on, due, self.jurisdiction))

    def titles(self, names: Sequence[str]) -> tuple[str, ...]:
        """What papers are called."""
        return tuple(self.papers[name].title for name in names)


def plan_mails(desk: Desk) -> Round:
    """Every e-mail of a meeting. Parents and other family are written to one by one, professionals together.

    Papers marked DRAFT go to the chair alone. The legal annex goes to the authority's lawyers, apart from all else.
    """
    waiting: list[Waiting] = []
    mails = [*_write_chair(desk), *_write_actions(desk), *_write_copies(desk, waiting), *_write_annex(desk)]
    unowned: list[Unowned] = []
    mails += [*_chase_papers(desk, unowned), *_chase_actions(desk, unowned)]
    return Round(tuple(mails), tuple(waiting), tuple(unowned))


def _write_chair(desk: Desk) -> Iterator[Mail]:
    case, meeting = desk.case, desk.meeting
    minutes = desk.papers.get(f"{MINUTES}-{meeting.id}")
    if minutes is None or not minutes.draft:
        return
    chair = case.person(meeting.chair) if meeting.chair else None
    taker = case.person(meeting.minute_taker) if meeting.minute_taker else None
    whole = next((copy.papers for copy in desk.copies if copy.gets is Gets.MINUTES), (f"{MINUTES}-{meeting.id}",))
    sends = tuple(name for name in whole if name in desk.papers and not name.startswith(ACTIONS))
    if any(desk.papers[name].trouble for name in sends):
        return
    people = tuple(one for one in (chair,) if one and find_way(one).by_mail)
    if chair and taker and taker != chair and _is_colleague(chair) and _is_colleague(taker):
        people = tuple(one for one in (chair, taker) if find_way(one).by_mail)
    due = [copy.due_on for copy in desk.copies]
    answer_by = desk.answer_by("chair", sends, due)
    body = wording.say_to_chair(case, meeting, desk.titles(sends), answer_by)
    subject = wording.say_subject("Draft minutes for the chair", meeting, case)
    yield Mail("chair", people, subject, body, sends, answer_by=answer_by, open_to_all=True)


def _write_actions(desk: Desk) -> Iterator[Mail]:
    name = f"{ACTIONS}-{desk.meeting.id}"
    paper = desk.papers.get(name)
    if paper is None or paper.trouble or paper.draft:
        return
    mine = [copy for copy in desk.copies if name in copy.papers and find_way(copy.person).by_mail]
    for group, copies in _group(mine, "actions", "actions-to").items():
        answer_by = desk.answer_by(group, [name])
        body = wording.say_actions(desk.case, desk.meeting, copies, desk.titles([name]), answer_by)
        subject = wording.say_subject("Actions", desk.meeting, desk.case)
        yield _mail(group, copies, subject, body, (name,), answer_by, ruled=False)


def _write_copies(desk: Desk, waiting: list[Waiting]) -> Iterator[Mail]:
    ready: dict[tuple[Gets, tuple[str, ...]], list[Copy]] = {}
    for copy in desk.copies:
        sends = tuple(name for name in copy.papers if not name.startswith((ACTIONS, LEGAL_ANNEX)))
        why = _find_hold(copy, sends, desk)
        if why:
            waiting.append(Waiting(copy, why))
        else:
            kind: Gets = Gets.MINUTES if copy.gets is Gets.WITH_ADVICE else copy.gets
            ready.setdefault((kind, tuple(name for name in sends if name in desk.papers)), []).append(copy)
    for (gets, sends), together in ready.items():
        if gets is Gets.OWN:
            for copy in together:
                body = wording.say_to_parent(desk.case, desk.meeting, copy, desk.titles(sends))
                subject = wording.say_subject("Letter", desk.meeting, desk.case)
                yield _mail(f"to-{copy.person.id}", [copy], subject, body, sends, None)
            continue
        name = "professionals" if gets is Gets.MINUTES else "summaries"
        for group, copies in _group(together, name, "to").items():
            write = wording.say_minutes if gets is Gets.MINUTES else wording.say_summaries
            answer_by = desk.answer_by(group, sends)
            body = write(desk.case, desk.meeting, copies, desk.titles(sends), answer_by)
            what = "Minutes" if gets is Gets.MINUTES else "Summary"
            yield _mail(group, copies, wording.say_subject(what, desk.meeting, desk.case), body, sends, answer_by)


def _write_annex(desk: Desk) -> Iterator[Mail]:
    name = f"{LEGAL_ANNEX}-{desk.meeting.id}"
    paper = desk.papers.get(name)
    held = [copy for copy in desk.copies if name in copy.papers and find_way(copy.person).by_mail]
    mine = [copy for copy in held if copy.person.role is Role.LOCAL_AUTHORITY_LAWYER]
    if paper and mine and not paper.draft and not paper.trouble:
        for group, copies in _group(mine, "legal-annex", "legal-annex-to").items():
            body = wording.say_legal_annex(desk.case, desk.meeting, copies, desk.titles([name]))
            subject = wording.say_subject("Legal annex, privileged", desk.meeting, desk.case)
            yield _mail(group, copies, subject, body, (name,), None, ruled=False)


def _chase_papers(desk: Desk, unowned: list[Unowned]) -> Iterator[Mail]:
    by_author: dict[str, list[OwedPaper]] = {}
    for owed in list_owed_papers(desk.case, desk.on, desk.jurisdiction):
        if owed.author is None:
            place = f"meetings.{owed.meeting.id}.papers"
            unowned.append(Unowned(place, "asked for and not received; nobody under people has the author’s name"))
        elif not find_way(owed.author).by_mail:
            unowned.append(Unowned(f"people.{owed.author.id}", "owes a paper and is not written to by e-mail"))
        else:
            by_author.setdefault(owed.author.id, []).append(owed)
    for key, mine in by_author.items():
        name, author = f"chase-paper-{key}", desk.case.person(key)
        answer_by = desk.answer_by(name, [one.paper.title for one in mine])
        body = wording.say_owed_papers(desk.case, author, mine, answer_by)
        subject = wording.say_subject("Paper awaited", mine[0].meeting, desk.case)
        yield Mail(name, (author,), subject, body, answer_by=answer_by)


def _chase_actions(desk: Desk, unowned: list[Unowned]) -> Iterator[Mail]:
    by_owner: dict[str, list[OwedAction]] = {}
    for owed in list_overdue_actions(desk.case, desk.on):
        if owed.owner is None:
            unowned.append(Unowned(f"actions.{owed.action.id}", "overdue; its owner is written in words, not as an id"))
        elif not find_way(owed.owner).by_mail:
            unowned.append(Unowned(f"actions.{owed.action.id}", "overdue; its owner is not written to by e-mail"))
        else:
            by_owner.setdefault(owed.owner.id, []).append(owed)
    for key, mine in by_owner.items():
        name, owner = f"chase-action-{key}", desk.case.person(key)
        answer_by = desk.answer_by(name, [one.action.id for one in mine])
        in_full = find_reader(desk.case, key).sees(Disclosure.PLANNING)
        body = wording.say_overdue_actions(desk.case, owner, mine, answer_by, in_full=in_full)
        subject = wording.say_subject("Actions overdue", desk.meeting, desk.case)
        yield Mail(name, (owner,), subject, body, answer_by=answer_by)


def _mail(
    name: str,
    copies: Sequence[Copy],
    subject: str,
    body: Body,
    sends: tuple[str, ...],
    answer_by: dt.date | None,
    *,
    ruled: bool = True,
) -> Mail:
    rulings = tuple(dict.fromkeys(one for copy in copies for one in copy.asked_by)) if ruled else ()
    due = min((copy.due_on for copy in copies if copy.due_on), default=None) if ruled else None
    return Mail(name, tuple(copy.person for copy in copies), subject, body, sends, rulings, due, answer_by)


def _group(copies: Sequence[Copy], together: str, alone: str) -> dict[str, list[Copy]]:
    """Colleagues in one e-mail; everybody else, and whoever has a day of their own, in one by themselves."""
    groups: dict[str, list[Copy]] = {}
    for copy in copies:
        person = copy.person
        is_together = _is_colleague(person) and person.role is not Role.INDEPENDENT_REVIEWING_OFFICER
        groups.setdefault(together if is_together else f"{alone}-{person.id}", []).append(copy)
    return groups


def _is_colleague(person: Person) -> bool:
    """Whether somebody is here for their work alone: then their work address may stand beside others'."""
    return person.role is not None and not person.relationships


def _find_hold(copy: Copy, sends: Sequence[str], desk: Desk) -> str:
    """Why a copy is in no e-mail now; empty where it can go."""
    if copy.gets in (Gets.CHAIR_DECIDES, Gets.LATER, Gets.NOTHING):
        return str(copy.gets.value)
    sends = [name for name in sends if name in desk.papers]
    known = [desk.papers[name] for name in sends]
    if not known or (copy.gets in (Gets.MINUTES, Gets.WITH_ADVICE) and f"{MINUTES}-{desk.meeting.id}" not in sends):
        return "nothing of it is written yet"
    trouble = next((paper.trouble for paper in known if paper.trouble), "")
    if trouble:
        return trouble
    if any(paper.draft for paper in known):
        return _say_draft(copy)
    way = find_way(copy.person)
    return "" if way.by_mail else f"goes {way.instead}, not by e-mail: {', '.join(sends)}"


def _say_draft(copy: Copy) -> str:
    if copy.gets is Gets.OWN:
        return "still a DRAFT: write minutes_agreed_on, and summary_sent_on under parents_told"
    return "still a DRAFT: goes once the chair has agreed it (minutes_agreed_on)"
