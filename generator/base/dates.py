"""Dates as people in the United Kingdom write and count them."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from generator.base.english import count_of

MONTHS = tuple(calendar.month_name)[1:]
_MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(MONTHS, 1)} | {
    name[:3].lower(): number for number, name in enumerate(MONTHS, 1)
}
_MONTH_NUMBERS["sept"] = 9
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_WORDS = re.compile(r"(\d{1,2}) ([A-Za-z]+) (\d{4})")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))? ?(am|pm)?", re.IGNORECASE)
_MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2}|\d{1,2} [A-Za-z]+ \d{4})(?:,? (?:at )?|T)(midday|[\d:. ]+(?:am|pm)?)", re.IGNORECASE
)


def read_date(text: str) -> dt.date:
    """Return the date written as `2026-04-03` or `3 April 2026`.

    Raises ValueError, with a sentence for the reader, for any other way of writing (3/4/26 is March to some and April
    to others) and for a day that does not exist.
    """
    text = " ".join(text.split())
    if found := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _WORDS.fullmatch(text):
        month_number = _MONTH_NUMBERS.get(found[2].lower())
        if month_number is None:
            raise ValueError("must name a month, for example 3 April 2026")
        day, month, year = int(found[1]), month_number, int(found[3])
    else:
        raise ValueError("must be a date written as 2026-04-03 or 3 April 2026")
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise ValueError("must be a real date: there is no such day in the calendar") from None


def read_moment(text: str) -> dt.datetime:
    """Return the moment written as `2026-04-03 14:00` or `3 April 2026, 2pm`, in local time of the United Kingdom.

    Raises ValueError, with a sentence for the reader, when either part is missing or impossible.
    """
    text = " ".join(text.split())
    found = _MOMENT.fullmatch(text)
    if not found:
        raise ValueError("must be a date and a time, written as 2026-04-03 14:00 or 3 April 2026, 2pm")
    return dt.datetime.combine(read_date(found[1]), _read_clock(found[2]))


def _read_clock(text: str) -> dt.time:
    if text.lower() == "midday":
        return dt.time(12)
    found = _CLOCK.fullmatch(text.strip())
    if not found or not (found[2] or found[3]):
        raise ValueError("must give the time as 14:00 or 2pm")
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half and not 1 <= hour <= 12:
        raise ValueError("must give a time that exists, as 14:00 or 2pm")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return dt.time(hour, minute)
    except ValueError:
        raise ValueError("must give a time that exists, as 14:00 or 2pm") from None


def format_date(day: dt.date) -> str:
    """22 November 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def format_short_date(day: dt.date) -> str:
    """22 Nov 2026, for narrow columns."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def format_day(day: dt.date) -> str:
    """Sunday 22 November 2026."""
    return f"{calendar.day_name[day.weekday()]} {format_date(day)}"


def format_time(moment: dt.datetime | dt.time) -> str:
    """10am, 5:30pm, midday, midnight."""
    hour, minute = moment.hour, moment.minute
    if minute == 0 and hour in (0, 12):
        return "midday" if hour else "midnight"
    half = "am" if hour < 12 else "pm"
    return f"{hour % 12 or 12}{f':{minute:02}' if minute else ''}{half}"


def format_moment(moment: dt.datetime) -> str:
    """10am on Tuesday 24 November 2026."""
    return f"{format_time(moment)} on {format_day(moment.date())}"


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the day `months` calendar months later; the last day of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def whole_years(born_on: dt.date, on: dt.date) -> int:
    """Count the completed years between two days. Someone born on 29 February has their birthday on 1 March."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def whole_months(since: dt.date, on: dt.date) -> int:
    """Completed calendar months between two days."""
    return (on.year - since.year) * 12 + on.month - since.month - (on.day < since.day)


def format_age(born_on: dt.date, on: dt.date) -> str:
    """Say an age on a day in words: 11 days, 7 weeks, 19 months, 4 years. Empty before birth."""
    days = (on - born_on).days
    if days < 0:
        return ""
    years, months = whole_years(born_on, on), whole_months(born_on, on)
    if days < 14:
        return count_of(days, "day")
    if months < 3:
        return count_of(days // 7, "week")
    if months < 24:
        return count_of(months, "month")
    return count_of(years, "year")


def format_duration(since: dt.date, until: dt.date) -> str:
    """Say the time between two days in words: days up to one week, whole weeks up to two years, then whole years."""
    days = max((until - since).days, 0)
    if days >= 728:
        return count_of(whole_years(since, until), "year")
    return count_of(days, "day") if days < 7 else count_of(days // 7, "week")


class SpokenDate(dt.date):
    """A date that prints as 22 November 2026 wherever it is printed, and compares as a date."""

    def __str__(self) -> str:
        return format_date(self)


class SpokenMoment(dt.datetime):
    """A date and time that prints as 10am on Tuesday 24 November 2026, and compares as a date and time."""

    def __str__(self) -> str:
        return format_moment(self)


def speak(value: dt.date | None) -> SpokenDate | SpokenMoment | None:
    """Return the date or moment as a value that prints itself in words."""
    if isinstance(value, dt.datetime):
        return SpokenMoment(value.year, value.month, value.day, value.hour, value.minute)
    return SpokenDate(value.year, value.month, value.day) if value else None
