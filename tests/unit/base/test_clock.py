"""Counting days: every expected day here was counted by hand on a calendar."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.base.working_days import Jurisdiction, Span, Unit, count_back, count_on, is_working_day, read_span

ENGLAND, SCOTLAND = Jurisdiction.ENGLAND, Jurisdiction.SCOTLAND


def day(text: str) -> dt.date:
    return dt.datetime.strptime(text, "%d %B %Y").replace(tzinfo=dt.UTC).date()


@pytest.mark.parametrize(
    ("start", "span", "ends"),
    [
        # Good Friday is 3 April 2026 and Easter Monday 6 April.
        ("2 April 2026", "2 working days", "8 April 2026"),
        ("2 April 2026", "5 working days", "13 April 2026"),
        # 26 December 2026 is a Saturday, so Monday 28 December is a holiday in its place.
        ("22 December 2026", "2 working days", "24 December 2026"),
        ("22 December 2026", "5 working days", "31 December 2026"),
        ("5 January 2026", "20 working days", "2 February 2026"),
        ("5 January 2026", "10 weeks", "16 March 2026"),
        ("5 January 2026", "14 weeks", "13 April 2026"),
        ("5 January 2026", "16 weeks", "27 April 2026"),
        ("31 January 2026", "1 month", "28 February 2026"),
        ("31 January 2028", "1 month", "29 February 2028"),
        ("30 November 2026", "3 months", "28 February 2027"),
        ("20 January 2026", "3 months", "20 April 2026"),
        ("5 January 2026", "72 hours", "8 January 2026"),
        ("2 April 2026", "1 day", "3 April 2026"),
    ],
)
def test_a_span_ends_on_the_day_that_a_calendar_shows(start: str, span: str, ends: str) -> None:
    assert count_on(day(start), read_span(span), ENGLAND) == day(ends)


@pytest.mark.parametrize(
    ("end", "span", "starts"),
    [
        ("17 August 2026", "5 working days", "10 August 2026"),
        ("8 April 2026", "2 working days", "2 April 2026"),
        ("17 August 2026", "2 weeks", "3 August 2026"),
        ("29 December 2026", "1 working day", "24 December 2026"),
        ("31 May 2026", "3 months", "28 February 2026"),
    ],
)
def test_counting_back_gives_the_latest_day_that_is_far_enough_before(end: str, span: str, starts: str) -> None:
    assert count_back(day(end), read_span(span), ENGLAND) == day(starts)


def test_easter_monday_is_a_working_day_in_scotland_and_not_in_england() -> None:
    assert is_working_day(day("6 April 2026"), SCOTLAND)
    assert not is_working_day(day("6 April 2026"), ENGLAND)


@pytest.mark.parametrize("holiday", ["2 January 2026", "3 August 2026", "30 November 2026"])
def test_scottish_holidays_are_not_working_days_in_scotland_alone(holiday: str) -> None:
    assert not is_working_day(day(holiday), SCOTLAND)
    assert is_working_day(day(holiday), ENGLAND)


@pytest.mark.parametrize("holiday", ["3 April 2026", "25 December 2026", "28 December 2026", "1 January 2027"])
def test_good_friday_christmas_and_days_in_their_place_are_not_working_days(holiday: str) -> None:
    assert not is_working_day(day(holiday), ENGLAND)
    assert not is_working_day(day(holiday), SCOTLAND)


@pytest.mark.parametrize(
    "text", ["", "14", "weeks", "0 days", "14 fortnights", "-1 day", "30 hours", "99999 days", "1.5 months", "14weeks"]
)
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="must be"):
        read_span(text)


_days = st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1))
_spans = st.builds(Span, st.integers(1, 60), st.sampled_from(list(Unit)).filter(lambda unit: unit is not Unit.HOURS))
_nations = st.sampled_from(list(Jurisdiction))


@given(_days, st.integers(1, 60), _nations)
def test_working_days_end_on_a_working_day(start: dt.date, number: int, nation: Jurisdiction) -> None:
    end = count_on(start, Span(number, Unit.WORKING_DAYS), nation)
    assert is_working_day(end, nation)
    between = [start + dt.timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert sum(is_working_day(one, nation) for one in between) == number


@given(_days, _days, _spans, _nations)
def test_a_later_start_never_ends_sooner(one: dt.date, other: dt.date, span: Span, nation: Jurisdiction) -> None:
    first, second = sorted((one, other))
    assert count_on(first, span, nation) <= count_on(second, span, nation)
    assert count_back(first, span, nation) <= count_back(second, span, nation)


@given(_days, _spans, _nations)
def test_a_span_ends_after_it_starts(start: dt.date, span: Span, nation: Jurisdiction) -> None:
    assert count_back(start, span, nation) < start < count_on(start, span, nation)


def test_the_ends_of_the_calendar_do_not_break_counting() -> None:
    assert count_on(dt.date.max, Span(1, Unit.DAYS), ENGLAND) == dt.date.max
    assert count_back(dt.date.min, Span(1, Unit.MONTHS), ENGLAND) == dt.date.min
