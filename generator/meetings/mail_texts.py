"""What the e-mails of a meeting say: plain, short, and no name in a subject."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from generator.base.dates import format_date, format_day
from generator.case.action_record import ActionEntry
from generator.case.family import Case
from generator.case.meeting import Meeting
from generator.case.person import Person
from generator.case.words import Role, Told
from generator.disclosure.mentions import names_somebody
from generator.meetings.outstanding import OwedPaper
from generator.meetings.unsent_mail import Body
from generator.papers.copies import Copy

_NOT_ON = (
    "Please keep this in your own records and do not send it on. "
    "Family members get a copy that is made for each of them."
)


def describe_meeting(meeting: Meeting) -> str:
    """What kind of meeting it was, and when: permanence planning meeting on 3 August 2026."""
    return f"{meeting.kind.words} on {format_date(meeting.starts_at.date())}"


def write_subject(what: str, meeting: Meeting, case: Case) -> str:
    """A subject with reference, kind and day; without the reference where that names somebody."""
    said = f"{what}: {describe_meeting(meeting)}"
    return said if names_somebody(case.reference, case) else f"{case.reference} {said}"


def write_chair_mail(case: Case, meeting: Meeting, titles: Sequence[str], answer_by: dt.date) -> Body:
    """For the chair: the minutes before anybody else has them."""
    return (
        _greet([case.person(meeting.chair)] if meeting.chair else []),
        f"The draft minutes of the {describe_meeting(meeting)} are attached, marked DRAFT. Nobody else has them.",
        tuple(titles),
        (
            f"Please say by {format_day(answer_by)} what is to be put right, or that they are right as they are. "
            "They go to others once you have agreed them."
        ),
        *_sign(case),
    )


def write_minutes_mail(
    case: Case, meeting: Meeting, copies: Sequence[Copy], titles: Sequence[str], answer_by: dt.date
) -> Body:
    """For professionals and foster carers: the minutes that the chair has agreed."""
    agreed = f" The chair agreed them on {format_date(meeting.minutes_agreed_on)}." if meeting.minutes_agreed_on else ""
    return (
        _greet([copy.person for copy in copies]),
        f"The minutes of the {describe_meeting(meeting)} are attached.{agreed}",
        tuple(titles),
        *_ask_by(copies),
        f"If anything in them is wrong, please tell {_name_chair(case, meeting)} by {format_day(answer_by)}.",
        _NOT_ON,
        *_sign(case),
    )


def write_summaries_mail(
    case: Case, meeting: Meeting, copies: Sequence[Copy], titles: Sequence[str], answer_by: dt.date
) -> Body:
    """For those who get the summary sheets and no minutes."""
    return (
        _greet([copy.person for copy in copies]),
        f"Here is a short summary of the {describe_meeting(meeting)}:",
        tuple(titles),
        f"If anything in it is wrong, please tell {_name_chair(case, meeting)} by {format_day(answer_by)}.",
        _NOT_ON if any(copy.person.role for copy in copies) else "Please keep it to yourself.",
        *_sign(case),
    )


def write_annex_mail(case: Case, meeting: Meeting, copies: Sequence[Copy], titles: Sequence[str]) -> Body:
    """For the authority's lawyers: the legal advice by itself."""
    return (
        _greet([copy.person for copy in copies]),
        f"The record of the legal advice given at the {describe_meeting(meeting)} is attached.",
        tuple(titles),
        "It is privileged. Please keep it on the legal file, apart from the minutes, and do not send it on.",
        *_sign(case),
    )


def write_actions_mail(
    case: Case, meeting: Meeting, copies: Sequence[Copy], titles: Sequence[str], answer_by: dt.date
) -> Body:
    """For those who get the minutes: the actions, before the minutes."""
    minutes = (
        "The minutes come in an e-mail of their own."
        if meeting.minutes_agreed_on
        else "The minutes follow, once the chair has agreed them."
    )
    return (
        _greet([copy.person for copy in copies]),
        (f"The actions from the {describe_meeting(meeting)} are attached. {minutes}"),
        tuple(titles),
        f"Please look for your own. If one is wrong, tell {_name_chair(case, meeting)} by {format_day(answer_by)}.",
        _NOT_ON,
        *_sign(case),
    )


def write_parent_mail(case: Case, meeting: Meeting, copy: Copy, titles: Sequence[str]) -> Body:
    """For one parent: their own letter and summary sheets."""
    told = next((one for one in meeting.parents_told if one.person == copy.person.id), None)
    by = case.person(told.told_by) if told and told.told_by else case.with_role(Role.SOCIAL_WORKER)
    spoke = bool(told and told.told_on and told.told_by and told.how not in (Told.LETTER, Told.EMAIL))
    start = f"{by.name.full} talked with you about the" if by and spoke else "We met for a"
    call = f"{by.name.full} on {by.telephone}" if by and by.telephone else _name_office(case)
    support = case.authority.independent_support
    return (
        _greet([copy.person]),
        f"{start} {describe_meeting(meeting)}. Here is the outcome in writing:",
        tuple(titles),
        (
            "If something is not clear, if you see it differently, or if you would like somebody to go through it "
            f"with you, please call {call}."
        ),
        *([f"You can also have a support worker of your own: {support}."] if support else []),
        *_close(case),
    )


def write_paper_chaser(case: Case, author: Person | None, owed: Sequence[OwedPaper], answer_by: dt.date) -> Body:
    """For one author: what was asked for and has not come."""
    return (
        _greet([author] if author else []),
        "We asked you for this, and do not have it yet:",
        tuple(
            f"{one.paper.title}, for the {describe_meeting(one.meeting)}"
            + (f" (asked for on {format_date(one.paper.asked_on)})" if one.paper.asked_on else "")
            for one in owed
        ),
        (
            f"Could you send it by {format_day(answer_by)}, or tell us by then when it will come? "
            "If you have sent it already, please tell us when."
        ),
        *_sign(case),
    )


def write_action_chaser(
    case: Case, owner: Person, owed: Sequence[ActionEntry], answer_by: dt.date, *, in_full: bool
) -> Body:
    """For one owner: their actions whose day has passed; not `in_full` for who may not read what was planned."""
    count = f"{len(owed)} things" if len(owed) > 1 else "something"
    days = ", ".join(format_date(day) for day in dict.fromkeys(one.action.due_on for one in owed) if day)
    if in_full:
        said: Body = (
            "These actions are yours. Their day has passed, and they are not recorded as done:",
            tuple(_describe_action(one) for one in owed),
        )
    else:
        said = (f"You kindly agreed to do {count} for a meeting that we held. The day for it was {days}.",)
    return (
        _greet([owner]),
        *said,
        f"Could you tell us by {format_day(answer_by)} how far it is, or on what day it was done?",
        *_sign(case),
    )


def _describe_action(one: ActionEntry) -> str:
    due = f"due {format_date(one.action.due_on)}" if one.action.due_on else "no day set"
    return f"{one.action.id}: {one.action.what} ({due}, agreed on {format_date(one.raised_on)})"


def write_address_warning(missing: int, among: int) -> str:
    """The line at the head of an e-mail whose addresses are not all known."""
    whom = "the person" if among == 1 else f"{missing} of the {among} people"
    return (
        f"BEFORE YOU SEND: the case file has no e-mail address for {whom} whom this is for. Add it; delete this line."
    )


def _greet(people: Sequence[Person]) -> str:
    if len(people) != 1:
        return "Hello,"
    person = people[0]
    return f"Dear {person.letters.greeting or person.name.formal},"


def _ask_by(copies: Iterable[Copy]) -> Iterator[str]:
    """For one reader whose copy has a day: that the procedure wants it with them by then."""
    ahead = sorted({copy.due_on for copy in copies if copy.due_on})
    if len(ahead) == 1:
        yield f"The procedure wants them with you by {format_day(ahead[0])}."


def _name_chair(case: Case, meeting: Meeting) -> str:
    return f"the chair, {case.person(meeting.chair).name.full}," if meeting.chair else "the chair"


def _name_office(case: Case) -> str:
    authority = case.authority
    return f"{authority.name} on {authority.telephone}" if authority.telephone else authority.name


def _sign(case: Case) -> Iterator[str]:
    if case.authority.telephone:
        yield f"If you want to talk about it, call {case.authority.telephone}."
    yield from _close(case)


def _close(case: Case) -> Iterator[str]:
    yield "Kind regards"
    yield ", ".join(one for one in (case.authority.department, case.authority.name) if one)
