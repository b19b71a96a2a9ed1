"""What somebody still owes a meeting: papers that were asked for, and actions past their day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from generator.base.working_days import Jurisdiction, Span, Unit, count_on
from generator.case.family import Case
from generator.case.meeting import Action, Contribution, Meeting
from generator.case.person import Person
from generator.case.running_actions import follow_actions
from generator.papers.copies import find_author

_PATIENCE = Span(10, Unit.WORKING_DAYS)
"""How long a paper that was asked for is waited for, unless its meeting comes first. No procedure sets a day; ours."""


@dataclass(frozen=True, slots=True)
class OwedPaper:
    """A paper that was asked for and has not come; `author` where it is known who that is."""

    paper: Contribution
    meeting: Meeting
    author: Person | None


@dataclass(frozen=True, slots=True)
class OwedAction:
    """An action past its day; `agreed_on` is the day of the first meeting that set it, `owner` where it is a person."""

    action: Action
    agreed_on: dt.date
    owner: Person | None


def list_owed_papers(case: Case, on: dt.date, jurisdiction: Jurisdiction) -> tuple[OwedPaper, ...]:
    """Papers asked for and not received: ten working days after the asking, or once their meeting was held.

    A paper has come when any meeting names it with a date, by its title or, from the same author, dated after the
    asking: titles are seldom typed twice in the same way.
    """
    return tuple(_find_papers(case, on, jurisdiction))


def _find_papers(case: Case, on: dt.date, jurisdiction: Jurisdiction) -> Iterator[OwedPaper]:
    named = [(paper, meeting) for meeting in _in_order(case) for paper in meeting.papers]
    told: list[Contribution] = []
    for paper, meeting in reversed(named):
        asked = paper.asked_on
        if asked is None or asked > on or has_come(case, paper, on):
            continue
        late_from = min(count_on(asked, _PATIENCE, jurisdiction), meeting.starts_at.date())
        if on > late_from and not any(_is_same(other, paper) for other in told):
            told.append(paper)
            yield OwedPaper(paper, meeting, find_author(paper, case))


def has_come(case: Case, paper: Contribution, on: dt.date) -> bool:
    """Whether a paper that was asked for has come by a day, under whichever meeting its date was written."""
    if paper.dated or paper.asked_on is None:
        return paper.dated is not None and paper.dated <= on
    asked = paper.asked_on
    return any(_is_come(other, paper, asked, on) for meeting in case.meetings for other in meeting.papers)


def _is_come(other: Contribution, paper: Contribution, asked: dt.date, on: dt.date) -> bool:
    if other.dated is None or other.dated > on:
        return False
    same_author = paper.author is not None and other.author == paper.author and other.dated >= asked
    return same_author or other.title.casefold() == paper.title.casefold()


def _is_same(other: Contribution, paper: Contribution) -> bool:
    """Whether two entries mean one paper: the same title, or the same author and day and a title that goes on."""
    titles = sorted((other.title.casefold(), paper.title.casefold()), key=len)
    same_asking = (other.author, other.asked_on) == (paper.author, paper.asked_on)
    return titles[0] == titles[1] or (same_asking and titles[1].startswith(titles[0]))


def list_overdue_actions(case: Case, on: dt.date) -> tuple[OwedAction, ...]:
    """Actions whose day has passed, as the last meeting up to today recorded them, and that are not done."""
    people = {person.id: person for person in case.people}
    owed = []
    for running in follow_actions(case):
        until_now = [one for one in running.mentions if one.meeting.starts_at.date() <= on]
        action = until_now[-1].action if until_now else None
        if action and action.due_on and action.due_on < on and not (action.done_on and action.done_on <= on):
            owed.append(OwedAction(action, running.raised.meeting.starts_at.date(), people.get(action.owner)))
    return tuple(owed)


def _in_order(case: Case) -> list[Meeting]:
    return sorted(case.meetings, key=lambda meeting: meeting.starts_at)
