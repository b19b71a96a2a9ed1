"""The two clocks of a meeting: the actions sheet at once, the minutes once the chair has put them right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from generator.base.working_days import Jurisdiction, Span, Unit, count_back, count_between, count_on

_ONE_DAY = Span(1, Unit.WORKING_DAYS)
_TO_ANSWER = Span(5, Unit.WORKING_DAYS)
"""How long people have to send corrections or what they owe. No procedure sets a number; it is ours."""


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


def say_days_left(on: dt.date, day: dt.date, jurisdiction: Jurisdiction) -> str:
    """How far off a day is, counted in working days."""
    count = count_between(on, day, jurisdiction)
    if day == on:
        return "today"
    unit = f"{abs(count)} working day{'' if abs(count) == 1 else 's'}"
    return f"{unit} left" if day > on else f"{unit} ago"
