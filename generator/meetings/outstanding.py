"""What a meeting still waits for: papers that were asked for, and the views of those who do not come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from generator.base.yaml.paths import Path_
from generator.case.family import Case
from generator.case.meeting import Meeting
from generator.case.questions import find_letter_bar
from generator.meetings.owed import has_come


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


def list_awaited(case: Case, meeting: Meeting, on: dt.date) -> tuple[Awaited, ...]:
    """Everything that a meeting waits for as at the day `on`: what was asked for first comes first.

    A paper has come once any meeting names it with a date. The views of a parent who is not invited are gathered
    beforehand (South West procedure of 2024, ¶5, R003-11), but not from a parent who may not be told.
    """
    views = _list_views(case, meeting) if on <= meeting.starts_at.date() else ()
    found = [*_list_papers(case, meeting, on), *views]
    return tuple(sorted(found, key=lambda one: one.asked_on or dt.date.max))


def _list_papers(case: Case, meeting: Meeting, on: dt.date) -> Iterator[Awaited]:
    at = case.meetings.index(meeting)
    for number, paper in enumerate(meeting.papers):
        if not has_come(case, paper, on):
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
