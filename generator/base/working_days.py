"""Count working days, days, weeks and months as Acts, regulations and procedures do."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from generator.base.dates import add_months


class Jurisdiction(StrEnum):
    """Whose holidays are not working days."""

    ENGLAND = "england"
    SCOTLAND = "scotland"


class Unit(StrEnum):
    """What is counted. A month ends on the same day number, or on the last day where there is none."""

    HOURS = "hours"
    WORKING_DAYS = "working days"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


_SUBDIVISIONS = {Jurisdiction.ENGLAND: "ENG", Jurisdiction.SCOTLAND: "SCT"}
_HOLIDAYS_OF = {Jurisdiction.ENGLAND: "England and Wales", Jurisdiction.SCOTLAND: "Scotland"}
_SPAN = re.compile(r"(\d{1,4}) (hour|working day|day|week|month)s?")
LONGEST = {Unit.HOURS: 9999, Unit.WORKING_DAYS: 750, Unit.DAYS: 9999, Unit.WEEKS: 1000, Unit.MONTHS: 240}
"""The longest span of each unit that a rule may count. Nothing in permanence planning comes near."""


@dataclass(frozen=True, slots=True)
class Span:
    """A number of units: 14 weeks, 5 working days."""

    number: int
    unit: Unit

    def __str__(self) -> str:
        words = self.unit.value
        return f"{self.number} {words.removesuffix('s') if self.number == 1 else words}"


def read_span(text: str) -> Span:
    """Return the span written as `14 weeks` or `5 working days`. Raises ValueError, with a sentence for the reader."""
    found = _SPAN.fullmatch(text.strip())
    if not found:
        raise ValueError("must be a number and a unit: hours, working days, days, weeks or months")
    span = Span(int(found[1]), Unit(f"{found[2]}s"))
    if not 0 < span.number <= LONGEST[span.unit]:
        raise ValueError(f"must be between 1 and {LONGEST[span.unit]} {span.unit.value}")
    if span.unit is Unit.HOURS and span.number % 24:
        raise ValueError("must be whole days of 24 hours: a case file holds days, not hours")
    return span


@cache
def _holidays(jurisdiction: Jurisdiction) -> Any:
    # England's formula: any day but Saturday, Sunday, Christmas Day, Good Friday and bank holidays under the Banking
    # and Financial Dealings Act 1971. Christmas Day and Good Friday are no bank holidays in law, so a bare list of
    # bank holidays would miss them.
    from holidays import country_holidays

    return country_holidays("GB", subdiv=_SUBDIVISIONS[jurisdiction])


def is_working_day(day: dt.date, jurisdiction: Jurisdiction) -> bool:
    """Whether a day is neither Saturday, Sunday nor a public holiday of the jurisdiction."""
    return day.weekday() < 5 and day not in _holidays(jurisdiction)


def count_on(day: dt.date, span: Span, jurisdiction: Jurisdiction) -> dt.date:
    """Return the last day of a span that starts the day after `day`. The result is not moved off a closed day."""
    return _count(day, span, 1, jurisdiction)


def count_back(day: dt.date, span: Span, jurisdiction: Jurisdiction) -> dt.date:
    """Return the latest day that lies at least a whole span before `day`."""
    return _count(day, span, -1, jurisdiction)


def count_between(day: dt.date, until: dt.date, jurisdiction: Jurisdiction) -> int:
    """Count the working days after `day` up to and including `until`; negative where `until` is earlier."""
    if until < day:
        return -count_between(until, day, jurisdiction)
    days = (day + dt.timedelta(days=number) for number in range(1, (until - day).days + 1))
    return sum(is_working_day(one, jurisdiction) for one in days)


def _count(day: dt.date, span: Span, step: int, jurisdiction: Jurisdiction) -> dt.date:
    try:
        match span.unit:
            case Unit.HOURS:
                return day + dt.timedelta(days=step * span.number // 24)
            case Unit.DAYS:
                return day + dt.timedelta(days=step * span.number)
            case Unit.WEEKS:
                return day + dt.timedelta(weeks=step * span.number)
            case Unit.MONTHS:
                return add_months(day, step * span.number)
            case Unit.WORKING_DAYS:
                left = span.number
                while left:
                    day += dt.timedelta(days=step)
                    left -= is_working_day(day, jurisdiction)
                return day
    except (OverflowError, ValueError):
        # The calendar ends with the years 1 and 9999; a date there is a slip, and the nearest day stays a date.
        return dt.date.max if step > 0 else dt.date.min


def describe_counting(span: Span, jurisdiction: Jurisdiction) -> str:
    """How a span is counted, in words."""
    match span.unit:
        case Unit.HOURS:
            return f"{span.number} hours are counted as {span.number // 24} days, because only the day is recorded"
        case Unit.WEEKS:
            return f"{span} is {span.number * 7} days, weekends and holidays counted"
        case Unit.MONTHS:
            return f"{span} ends on the same day number, or on the last day of the month"
        case Unit.DAYS:
            return f"{span}, weekends and holidays counted"
        case Unit.WORKING_DAYS:
            return f"{span}, leaving out weekends and the public holidays of {_HOLIDAYS_OF[jurisdiction]}"
