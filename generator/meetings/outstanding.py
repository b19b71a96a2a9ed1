"""What has not come or is not done: papers and views that a meeting still waits for, and actions past their due day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from generator.base.working_days import Jurisdiction, Span, Unit, count_on
from generator.base.yaml.paths import Path_
from generator.case.action_record import ActionEntry, record_actions
from generator.case.family import Case
from generator.case.meeting import Contribution, Meeting
from generator.case.person import Person
from generator.case.questions import find_letter_bar
from generator.case.running_actions import ActionState
from generator.papers.copies import find_author

_PATIENCE = Span(10, Unit.WORKING_DAYS)
"""How long a paper that was asked for is waited for, unless its meeting comes first. No procedure sets a day; ours."""


@dataclass(frozen=True, slots=True)
class Awaited:
    """One thing that has not come. `asked_on` is since when, where that is written; `days` are calendar days since.

    `place` is where the case file asks for it, and `author` from whom, in words.
    """

    title: str
    author: str | None
    asked_on: dt.date | None
    days: int | None
    place: Path_


@dataclass(frozen=True, slots=True)
class OwedPaper:
    """A paper that was asked for and is late; `author` where it is known who that is."""

    paper: Contribution
    meeting: Meeting
    author: Person | None


def list_awaited(case: Case, meeting: Meeting, on: dt.date) -> tuple[Awaited, ...]:
    """Everything that a meeting waits for as at the day `on`: what was asked for first comes first.

    The views of a parent who is not invited are gathered beforehand (South West procedure of 2024, ¶5, R003-11), but
    not from a parent who may not be written to.
    """
    views = _list_views(case, meeting) if on <= meeting.starts_at.date() else ()
    found = [*_list_papers(case, meeting, on), *views]
    return tuple(sorted(found, key=lambda one: one.asked_on or dt.date.max))


def _list_papers(case: Case, meeting: Meeting, on: dt.date) -> Iterator[Awaited]:
    at = case.meetings.index(meeting)
    for number, paper in enumerate(meeting.papers):
        if not _has_come(case, paper, on):
            days = (on - paper.asked_on).days if paper.asked_on and paper.asked_on <= on else None
            yield Awaited(paper.title, paper.author, paper.asked_on, days, ("meetings", at, "papers", number))


def _list_views(case: Case, meeting: Meeting) -> Iterator[Awaited]:
    at = case.meetings.index(meeting)
    coming = {one.person for one in meeting.invited}
    given = {one.person for one in meeting.parents_told if one.views_before or one.views_before_on}
    seen: set[str] = set()
    for child in case.meeting_children(meeting):
        for parent in case.parents_of(child.id):
            if parent.id not in coming | given | seen and find_letter_bar(parent, child.id) is None:
                seen.add(parent.id)
                title = "Views, to be gathered before the meeting"
                yield Awaited(title, parent.name.full, None, None, ("meetings", at, "parents_told"))


def list_owed_papers(case: Case, on: dt.date, jurisdiction: Jurisdiction) -> tuple[OwedPaper, ...]:
    """Papers asked for and not received: ten working days after the asking, or once their meeting was held."""
    return tuple(_find_owed_papers(case, on, jurisdiction))


def _find_owed_papers(case: Case, on: dt.date, jurisdiction: Jurisdiction) -> Iterator[OwedPaper]:
    in_order = sorted(case.meetings, key=lambda meeting: meeting.starts_at)
    named = [(paper, meeting) for meeting in in_order for paper in meeting.papers]
    told: list[Contribution] = []
    for paper, meeting in reversed(named):
        asked = paper.asked_on
        if asked is None or asked > on or _has_come(case, paper, on):
            continue
        late_from = min(count_on(asked, _PATIENCE, jurisdiction), meeting.starts_at.date())
        if on > late_from and not any(_is_same(other, paper) for other in told):
            told.append(paper)
            yield OwedPaper(paper, meeting, find_author(paper, case))


def _has_come(case: Case, paper: Contribution, on: dt.date) -> bool:
    """Whether a paper that was asked for has come by a day, under whichever meeting its date was written.

    It is known again by its title or, from the same author, by a date after the asking: titles are seldom typed twice
    in the same way.
    """
    if paper.dated or paper.asked_on is None:
        return paper.dated is not None and paper.dated <= on
    asked = paper.asked_on
    return any(_is_answer(other, paper, asked, on) for meeting in case.meetings for other in meeting.papers)


def _is_answer(other: Contribution, paper: Contribution, asked: dt.date, on: dt.date) -> bool:
    if other.dated is None or other.dated > on:
        return False
    same_author = paper.author is not None and other.author == paper.author and other.dated >= asked
    return same_author or other.title.casefold() == paper.title.casefold()


def _is_same(other: Contribution, paper: Contribution) -> bool:
    """Whether two entries mean one paper: the same title, or the same author and day and a title that goes on."""
    titles = sorted((other.title.casefold(), paper.title.casefold()), key=len)
    same_asking = (other.author, other.asked_on) == (paper.author, paper.asked_on)
    return titles[0] == titles[1] or (same_asking and titles[1].startswith(titles[0]))


def list_overdue_actions(case: Case, on: dt.date) -> tuple[ActionEntry, ...]:
    """Actions whose due day has passed and that are not done."""
    return tuple(one for one in record_actions(case, on).entries if one.state is ActionState.OVERDUE)
