"""Dates and ages as people in the United Kingdom write and count them, case by case."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.base import dates
from generator.case.family import Case

DAYS = st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2150, 12, 31))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


READ = {
    "numbers, year first": ("2026-04-03", "2026-04-03"),
    "words": ("3 April 2026", "2026-04-03"),
    "short month": ("3 Apr 2026", "2026-04-03"),
    "leading zero": ("03 April 2026", "2026-04-03"),
    "any capitals": ("3 APRIL 2026", "2026-04-03"),
    "spaces all over": ("  3   April  2026 ", "2026-04-03"),
    "leap day": ("29 February 2024", "2024-02-29"),
    "leap day of a century": ("29 February 2000", "2000-02-29"),
}


@pytest.mark.parametrize("name", READ)
def test_date_is_read(name: str) -> None:
    written, meant = READ[name]
    assert dates.read_date(written) == day(meant)


NOT_READ = {
    "March or April": ("3/4/26", "written as"),
    "American order": ("April 3, 2026", "written as"),
    "year left out": ("3 April", "written as"),
    "two figures for the year": ("3 April 26", "written as"),
    "ordinal": ("3rd April 2026", "written as"),
    "misspelt month": ("3 Aprli 2026", "name a month"),
    "no such day in June": ("31 June 2026", "no such day"),
    "leap day in an ordinary year": ("29 February 2025", "no such day"),
    "leap day in 2100": ("29 February 2100", "no such day"),
    "month thirteen": ("2026-13-01", "no such day"),
    "day zero": ("0 April 2026", "no such day"),
    "nothing": ("", "written as"),
}


@pytest.mark.parametrize("name", NOT_READ)
def test_date_is_refused(name: str) -> None:
    written, words = NOT_READ[name]
    with pytest.raises(ValueError, match=words):
        dates.read_date(written)


MOMENTS = {
    "numbers": ("2026-08-03 14:00", "2026-08-03T14:00"),
    "numbers with a T": ("2026-08-03T09:05", "2026-08-03T09:05"),
    "words": ("3 August 2026, 2pm", "2026-08-03T14:00"),
    "words with at": ("3 August 2026 at 3.30pm", "2026-08-03T15:30"),
    "capitals": ("3 August 2026, 10 AM", "2026-08-03T10:00"),
    "midday": ("3 August 2026, midday", "2026-08-03T12:00"),
    "twelve at noon": ("3 August 2026, 12pm", "2026-08-03T12:00"),
    "twelve at night": ("3 August 2026, 12am", "2026-08-03T00:00"),
    "last minute": ("3 August 2026, 23:59", "2026-08-03T23:59"),
}


@pytest.mark.parametrize("name", MOMENTS)
def test_moment_is_read(name: str) -> None:
    written, meant = MOMENTS[name]
    assert dates.read_moment(written) == dt.datetime.fromisoformat(meant)


@pytest.mark.parametrize(
    "written", ["3 August 2026", "14:00", "3 August 2026, 10", "3 August 2026, 25:00", "3 August 2026, 13pm",
                "3 August 2026, 0am", "3 August 2026, 10:60", "31 June 2026, 10am", ""],
)  # fmt: skip
def test_moment_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="must "):
        dates.read_moment(written)


@pytest.mark.parametrize("written", ["1 Sept 2009", "1 sept 2009", "1 Sep 2009", "1 September 2009"])
def test_case_file_takes_every_way_to_shorten_september(written: str) -> None:
    child = {"id": "rowan", "name": {"given": "Rowan"}, "born_on": written}
    case = Case.model_validate(
        {"reference": "R", "authority": {"name": "A"}, "procedure": "p", "children": [child]}
    )  # fmt: skip
    assert case.children[0].born_on == day("2009-09-01")


SAID = {
    "00:00": "midnight",
    "12:00": "midday",
    "10:00": "10am",
    "17:30": "5:30pm",
    "00:05": "12:05am",
    "12:05": "12:05pm",
    "23:59": "11:59pm",
}


@pytest.mark.parametrize("clock", SAID)
def test_time_is_said_as_gov_uk_says_it(clock: str) -> None:
    assert dates.format_time(dt.time.fromisoformat(clock)) == SAID[clock]


def test_days_and_moments_are_said_in_words() -> None:
    assert dates.format_date(day("2026-11-02")) == "2 November 2026"
    assert dates.format_short_date(day("2026-11-02")) == "2 Nov 2026"
    assert dates.format_day(day("2026-11-22")) == "Sunday 22 November 2026"
    assert dates.format_moment(dt.datetime.fromisoformat("2026-11-24T10:00")) == "10am on Tuesday 24 November 2026"


BIRTHDAYS = {
    "the day before a birthday": ("2020-05-05", "2026-05-04", 5),
    "the birthday": ("2020-05-05", "2026-05-05", 6),
    "born on 29 February, on 28 February": ("2024-02-29", "2025-02-28", 0),
    "born on 29 February, on 1 March": ("2024-02-29", "2025-03-01", 1),
    "born on 29 February, in a leap year": ("2024-02-29", "2028-02-29", 4),
    "the day of birth": ("2026-05-05", "2026-05-05", 0),
}


@pytest.mark.parametrize("name", BIRTHDAYS)
def test_years_of_age(name: str) -> None:
    born_on, on, years = BIRTHDAYS[name]
    assert dates.whole_years(day(born_on), day(on)) == years


MONTHS_LATER = {
    "same day number": ("2026-01-15", 1, "2026-02-15"),
    "end of January to end of February": ("2026-01-31", 1, "2026-02-28"),
    "end of January in a leap year": ("2028-01-31", 1, "2028-02-29"),
    "over the new year": ("2026-11-30", 3, "2027-02-28"),
    "backwards": ("2026-03-31", -1, "2026-02-28"),
    "twelve months from a leap day": ("2024-02-29", 12, "2025-02-28"),
    "none": ("2026-03-31", 0, "2026-03-31"),
}


@pytest.mark.parametrize("name", MONTHS_LATER)
def test_months_are_added_by_the_calendar(name: str) -> None:
    start, months, end = MONTHS_LATER[name]
    assert dates.add_months(day(start), months) == day(end)


AGES = {
    "before birth": ("2026-05-05", "2026-05-04", ""),
    "born today": ("2026-05-05", "2026-05-05", "0 days"),
    "one day": ("2026-05-05", "2026-05-06", "1 day"),
    "thirteen days": ("2026-05-05", "2026-05-18", "13 days"),
    "two weeks": ("2026-05-05", "2026-05-19", "2 weeks"),
    "the last day before three months": ("2026-05-05", "2026-08-04", "13 weeks"),
    "three months": ("2026-05-05", "2026-08-05", "3 months"),
    "nearly two": ("2024-05-05", "2026-05-04", "23 months"),
    "two": ("2024-05-05", "2026-05-05", "2 years"),
    "seventeen": ("2008-11-23", "2026-11-22", "17 years"),
}


@pytest.mark.parametrize("name", AGES)
def test_age_in_words(name: str) -> None:
    born_on, on, words = AGES[name]
    assert dates.format_age(day(born_on), day(on)) == words


def test_durations_are_whole_weeks() -> None:
    since = day("2026-05-26")
    assert dates.format_duration(since, since) == "0 days"
    assert dates.format_duration(since, since + dt.timedelta(1)) == "1 day"
    assert dates.format_duration(since, since + dt.timedelta(7)) == "1 week"
    assert dates.format_duration(since, since + dt.timedelta(129)) == "18 weeks"
    assert dates.format_duration(since, since - dt.timedelta(3)) == "0 days"


@given(one=DAYS)
def test_every_date_is_read_back_from_its_words(one: dt.date) -> None:
    for said in (dates.format_date(one), dates.format_short_date(one), one.isoformat()):
        assert dates.read_date(said) == one


@given(moment=st.datetimes(min_value=dt.datetime(1900, 1, 1), max_value=dt.datetime(2150, 1, 1)))
def test_every_moment_is_read_back_from_its_words(moment: dt.datetime) -> None:
    moment = moment.replace(second=0, microsecond=0)
    said = "12am" if dates.format_time(moment) == "midnight" else dates.format_time(moment)
    assert dates.read_moment(f"{dates.format_date(moment.date())}, {said}") == moment


@given(one=DAYS, months=st.integers(0, 240))
def test_adding_months_and_counting_them_agree(one: dt.date, months: int) -> None:
    later = dates.add_months(one, months)
    assert dates.whole_months(one, later) in {months, months - (later.day < one.day)}
    assert dates.whole_months(one, later + dt.timedelta(1)) >= months - 1
