"""Which e-mails go out after a meeting, to whom together and to whom alone, and what has to wait."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.base.working_days import Jurisdiction, Span, Unit, count_back, count_on
from generator.case.action_record import ActionEntry
from generator.case.family import Case
from generator.case.meeting import Meeting
from generator.case.person import Person
from generator.case.questions import find_letter_bar, find_person
from generator.case.words import Delivery, Role
from generator.disclosure.readers import find_reader
from generator.meetings import mail_texts
from generator.meetings.outstanding import OwedPaper, list_overdue_actions, list_owed_papers
from generator.meetings.unsent_mail import Body
from generator.papers.copies import ACTIONS, LEGAL_ANNEX, MINUTES, Copy, Gets
from generator.rules.judging.ruling import Ruling

_PLAIN_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}"
)
"""One plain address. Anything else under `email` is not used: two addresses are one too many."""
_ONE_DAY = Span(1, Unit.WORKING_DAYS)
_TO_ANSWER = Span(5, Unit.WORKING_DAYS)
"""How long people have to send corrections or what they owe. No procedure sets a number; it is ours."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How a person is reached: by e-mail, at `address` where it is known, or in another way, as `instead` says."""

    by_mail: bool
    address: str | None = None
    instead: str = ""


def find_reach(person: Person) -> Reach:
    """How a person is reached with a paper.

    Professionals are written to by e-mail. Of family it must be written that they want their letters so; carers are
    asked by e-mail unless the case file says another way.
    """
    letters = person.letters
    if find_letter_bar(person):
        return Reach(by_mail=False, instead="to nobody: the case file says that nothing may go to this person")
    is_written = "deliver" in letters.model_fields_set
    is_family = not person.role and not person.is_only_carer
    if letters.deliver is not Delivery.EMAIL and (is_family or (is_written and not person.role)):
        return Reach(by_mail=False, instead=letters.deliver.words)
    return Reach(by_mail=True, address=read_address(person.email))


def read_address(text: str | None) -> str | None:
    """The e-mail address that a text is, where it is just one."""
    return text if text and len(text) <= 254 and _PLAIN_ADDRESS.fullmatch(text) else None


def find_actions_day(held_on: dt.date, jurisdiction: Jurisdiction) -> dt.date:
    """By when the actions sheet should be out: the working day after the meeting. No procedure sets a day; ours."""
    return count_on(held_on, _ONE_DAY, jurisdiction)


def choose_answer_day(on: dt.date, due: Iterable[dt.date | None], jurisdiction: Jurisdiction) -> dt.date:
    """The working day by which people are asked to answer: in five, and a working day before anything is due.

    Never before the next working day: what is overdue already is asked for by then.
    """
    answer = count_on(on, _TO_ANSWER, jurisdiction)
    ahead = [day for day in due if day and day > on]
    if ahead:
        answer = min(answer, count_back(min(ahead), _ONE_DAY, jurisdiction))
    return max(answer, count_on(on, _ONE_DAY, jurisdiction))


@dataclass(frozen=True, slots=True)
class MailPaper:
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
    def ways(self) -> tuple[Reach, ...]:
        """How each of the people is reached."""
        return tuple(find_reach(person) for person in self.people)


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
class Mailing:
    """Everything that goes out after a meeting on one day."""

    mails: tuple[Mail, ...]
    waiting: tuple[Waiting, ...]
    unowned: tuple[Unowned, ...]


AnswerDay = Callable[[str, Sequence[str], dt.date], dt.date]
"""The day by which an e-mail of this name, with these papers, asks for an answer, given the one worked out today."""


@dataclass(frozen=True, slots=True)
class MailContext:
    """What e-mails are written from: the case, its meeting, the papers by name, and today."""

    case: Case
    meeting: Meeting
    copies: tuple[Copy, ...]
    papers: Mapping[str, MailPaper]
    on: dt.date
    jurisdiction: Jurisdiction
    answer_day: AnswerDay = lambda _name, _papers, worked_out: worked_out

    def answer_by(self, name: str, sends: Sequence[str], due: Sequence[dt.date | None] = ()) -> dt.date:
        """The working day by which the readers of an e-mail are asked to answer."""
        return self.answer_day(name, sends, choose_answer_day(self.on, due, self.jurisdiction))

    def titles(self, names: Sequence[str]) -> tuple[str, ...]:
        """What papers are called."""
        return tuple(self.papers[name].title for name in names)


def plan_mails(context: MailContext) -> Mailing:
    """Every e-mail of a meeting. Parents and other family are written to one by one, professionals together.

    Papers marked DRAFT go to the chair alone. The legal annex goes to the authority's lawyers, apart from all else.
    """
    waiting: list[Waiting] = []
    mails = [*_write_chair(context), *_write_actions(context), *_write_copies(context, waiting), *_write_annex(context)]
    unowned: list[Unowned] = []
    mails += [*_chase_papers(context, unowned), *_chase_actions(context, unowned)]
    return Mailing(tuple(mails), tuple(waiting), tuple(unowned))


def _write_chair(context: MailContext) -> Iterator[Mail]:
    case, meeting = context.case, context.meeting
    minutes = context.papers.get(f"{MINUTES}-{meeting.id}")
    if minutes is None or not minutes.draft:
        return
    chair = case.person(meeting.chair) if meeting.chair else None
    taker = case.person(meeting.minute_taker) if meeting.minute_taker else None
    whole = next((copy.papers for copy in context.copies if copy.gets is Gets.MINUTES), (f"{MINUTES}-{meeting.id}",))
    sends = tuple(name for name in whole if name in context.papers and not name.startswith(ACTIONS))
    if any(context.papers[name].trouble for name in sends):
        return
    people = tuple(one for one in (chair,) if one and find_reach(one).by_mail)
    if chair and taker and taker != chair and _is_colleague(chair) and _is_colleague(taker):
        people = tuple(one for one in (chair, taker) if find_reach(one).by_mail)
    due = [copy.due_on for copy in context.copies]
    answer_by = context.answer_by("chair", sends, due)
    body = mail_texts.write_chair_mail(case, meeting, context.titles(sends), answer_by)
    subject = mail_texts.write_subject("Draft minutes for the chair", meeting, case)
    yield Mail("chair", people, subject, body, sends, answer_by=answer_by, open_to_all=True)


def _write_actions(context: MailContext) -> Iterator[Mail]:
    name = f"{ACTIONS}-{context.meeting.id}"
    paper = context.papers.get(name)
    if paper is None or paper.trouble or paper.draft:
        return
    mine = [copy for copy in context.copies if name in copy.papers and find_reach(copy.person).by_mail]
    for group, copies in _group(mine, "actions", "actions-to").items():
        answer_by = context.answer_by(group, [name])
        body = mail_texts.write_actions_mail(context.case, context.meeting, copies, context.titles([name]), answer_by)
        subject = mail_texts.write_subject("Actions", context.meeting, context.case)
        yield _mail(group, copies, subject, body, (name,), answer_by, ruled=False)


def _write_copies(context: MailContext, waiting: list[Waiting]) -> Iterator[Mail]:
    ready: dict[tuple[Gets, tuple[str, ...]], list[Copy]] = {}
    for copy in context.copies:
        sends = tuple(name for name in copy.papers if not name.startswith((ACTIONS, LEGAL_ANNEX)))
        why = _find_hold(copy, sends, context)
        if why:
            waiting.append(Waiting(copy, why))
        else:
            kind: Gets = Gets.MINUTES if copy.gets is Gets.WITH_ADVICE else copy.gets
            ready.setdefault((kind, tuple(name for name in sends if name in context.papers)), []).append(copy)
    for (gets, sends), together in ready.items():
        if gets is Gets.OWN:
            for copy in together:
                body = mail_texts.write_parent_mail(context.case, context.meeting, copy, context.titles(sends))
                subject = mail_texts.write_subject("Letter", context.meeting, context.case)
                yield _mail(f"to-{copy.person.id}", [copy], subject, body, sends, None)
            continue
        name = "professionals" if gets is Gets.MINUTES else "summaries"
        for group, copies in _group(together, name, "to").items():
            write = mail_texts.write_minutes_mail if gets is Gets.MINUTES else mail_texts.write_summaries_mail
            answer_by = context.answer_by(group, sends)
            body = write(context.case, context.meeting, copies, context.titles(sends), answer_by)
            what = "Minutes" if gets is Gets.MINUTES else "Summary"
            yield _mail(
                group, copies, mail_texts.write_subject(what, context.meeting, context.case), body, sends, answer_by
            )


def _write_annex(context: MailContext) -> Iterator[Mail]:
    name = f"{LEGAL_ANNEX}-{context.meeting.id}"
    paper = context.papers.get(name)
    held = [copy for copy in context.copies if name in copy.papers and find_reach(copy.person).by_mail]
    mine = [copy for copy in held if copy.person.role is Role.LOCAL_AUTHORITY_LAWYER]
    if paper and mine and not paper.draft and not paper.trouble:
        for group, copies in _group(mine, "legal-annex", "legal-annex-to").items():
            body = mail_texts.write_annex_mail(context.case, context.meeting, copies, context.titles([name]))
            subject = mail_texts.write_subject("Legal annex, privileged", context.meeting, context.case)
            yield _mail(group, copies, subject, body, (name,), None, ruled=False)


def _chase_papers(context: MailContext, unowned: list[Unowned]) -> Iterator[Mail]:
    by_author: dict[str, list[OwedPaper]] = {}
    for owed in list_owed_papers(context.case, context.on, context.jurisdiction):
        if owed.author is None:
            place = f"meetings.{owed.meeting.id}.papers"
            unowned.append(Unowned(place, "asked for and not received; nobody under people has the author’s name"))
        elif not find_reach(owed.author).by_mail:
            unowned.append(Unowned(f"people.{owed.author.id}", "owes a paper and is not written to by e-mail"))
        else:
            by_author.setdefault(owed.author.id, []).append(owed)
    for key, mine in by_author.items():
        name, author = f"chase-paper-{key}", context.case.person(key)
        answer_by = context.answer_by(name, [one.paper.title for one in mine])
        body = mail_texts.write_paper_chaser(context.case, author, mine, answer_by)
        subject = mail_texts.write_subject("Paper awaited", mine[0].meeting, context.case)
        yield Mail(name, (author,), subject, body, answer_by=answer_by)


def _chase_actions(context: MailContext, unowned: list[Unowned]) -> Iterator[Mail]:
    by_owner: dict[str, list[ActionEntry]] = {}
    for owed in list_overdue_actions(context.case, context.on):
        owner = find_person(context.case, owed.action.owner)
        if owner is None:
            unowned.append(Unowned(f"actions.{owed.action.id}", "overdue; its owner is written in words, not as an id"))
        elif not find_reach(owner).by_mail:
            unowned.append(Unowned(f"actions.{owed.action.id}", "overdue; its owner is not written to by e-mail"))
        else:
            by_owner.setdefault(owner.id, []).append(owed)
    for key, mine in by_owner.items():
        name, owner = f"chase-action-{key}", context.case.person(key)
        answer_by = context.answer_by(name, [one.action.id for one in mine])
        in_full = find_reader(context.case, key).sees_plans
        body = mail_texts.write_action_chaser(context.case, owner, mine, answer_by, in_full=in_full)
        subject = mail_texts.write_subject("Actions overdue", context.meeting, context.case)
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
    """Colleagues in one e-mail; everybody else, and the reviewing officer, in one each."""
    groups: dict[str, list[Copy]] = {}
    for copy in copies:
        person = copy.person
        is_together = _is_colleague(person) and person.role is not Role.INDEPENDENT_REVIEWING_OFFICER
        groups.setdefault(together if is_together else f"{alone}-{person.id}", []).append(copy)
    return groups


def _is_colleague(person: Person) -> bool:
    """Whether somebody is here for their work alone: then their work address may stand beside others'."""
    return person.role is not None and not person.relationships


def _find_hold(copy: Copy, sends: Sequence[str], context: MailContext) -> str:
    """Why a copy is in no e-mail now; empty where it can go."""
    if copy.gets in (Gets.CHAIR_DECIDES, Gets.LATER, Gets.NOTHING):
        return str(copy.gets.value)
    sends = [name for name in sends if name in context.papers]
    known = [context.papers[name] for name in sends]
    if not known or (copy.gets in (Gets.MINUTES, Gets.WITH_ADVICE) and f"{MINUTES}-{context.meeting.id}" not in sends):
        return "nothing of it is written yet"
    trouble = next((paper.trouble for paper in known if paper.trouble), "")
    if trouble:
        return trouble
    if any(paper.draft for paper in known):
        return _describe_draft(copy)
    reach = find_reach(copy.person)
    return "" if reach.by_mail else f"goes {reach.instead}, not by e-mail: {', '.join(sends)}"


def _describe_draft(copy: Copy) -> str:
    if copy.gets is Gets.OWN:
        return "still a DRAFT: write minutes_agreed_on, and summary_sent_on under parents_told"
    return "still a DRAFT: goes once the chair has agreed it (minutes_agreed_on)"
