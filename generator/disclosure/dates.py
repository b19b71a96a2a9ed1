"""Find dates in a text: in figures, with the month in letters, or in words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from generator.disclosure.folding import lower

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_ONES = (
    *("nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("nought", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_FIRSTS = {1: "first", 2: "second", 3: "third", 5: "fifth", 8: "eighth", 9: "ninth", 12: "twelfth", 20: "twentieth",
           30: "thirtieth"}  # fmt: skip


def _spell_ordinal(number: int) -> str:
    if number in _FIRSTS:
        return _FIRSTS[number]
    if number < 20:
        return f"{_ONES[number]}th"
    return f"{_TENS[number // 10]}{_spell_ordinal(number % 10)}"


def _spell_two_figures(number: int) -> str:
    return _ONES[number] if number < 20 else _TENS[number // 10] + (_ONES[number % 10] if number % 10 else "")


def _spell_year(year: int) -> Iterator[str]:
    hundreds, rest = divmod(year, 100)
    said = _spell_two_figures(rest) if rest else ""
    yield f"{_spell_two_figures(hundreds)}{'hundred' if not rest else 'oh' if rest < 10 else ''}{said}"
    if hundreds == 20:
        yield f"twothousand{said}"
        yield f"twothousandand{said}"


_ORDINALS = {_spell_ordinal(number): number for number in range(1, 32)}
_YEARS = {said: year for year in range(1900, 2100) for said in _spell_year(year)}
_MONTH = "|".join(f"{month[:3]}(?:{month[3:]})?" if month != "september" else "sept?(?:ember)?" for month in _MONTHS)
_FIGURES = re.compile(r"(?<![\d.,£/-])(\d{1,4})\s?([./ -])\s?(\d{1,2})\s?\2\s?(\d{2,4})(?![\d/]|[.,-]\d)")
# Gaps and words have a limited length, so that no text can make the search slow.
_W = "[a-z]{2,12}"
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s{{0,3}}(?:st|nd|rd|th)?[\s.,-]{{0,4}}(?:day\s{{1,3}})?(?:of\s{{1,3}})?({_MONTH})\b"
    rf"[\s.,'’-]{{0,4}}(\d{{4}}|\d{{2}})(?!\d)"
)
_MONTH_FIRST = re.compile(
    rf"\b({_MONTH})\b[\s.]{{0,4}}(\d{{1,2}})(?!\d)\s{{0,3}}(?:st|nd|rd|th)?[\s.,-]{{1,4}}'?(\d{{4}}|\d{{2}})(?!\d)"
)
_SPOKEN = re.compile(
    rf"(?<![a-z])((?:{_W}[\s-]{{1,3}})?{_W})\s{{1,3}}(?:day\s{{1,3}})?(?:of\s{{1,3}})?({_MONTH})\b"
    rf"[\s,]{{0,4}}(?=(\d{{4}}|(?:{_W}[\s-]{{0,3}}){{1,6}}))"
)
_SPOKEN_MONTH_FIRST = re.compile(
    rf"\b({_MONTH})\s{{1,3}}(?:the\s{{1,3}})?({_W}(?:[\s-]{{1,3}}{_W})?),?\s{{1,3}}"
    rf"(\d{{4}}|nineteen|twenty|two)(?=([\sa-z-]{{0,40}}))"
)


def read_dates(text: str) -> Iterator[tuple[int, dt.date]]:
    """Yield every date in a text with its place: 17/05/2001, 2001-05-17, 17th May 2001, May 17, 2001, or in words.

    A date that can be read in two ways, such as 4/5/01, is yielded twice.
    """
    for found in _FIGURES.finditer(text):
        first, second, third = int(found[1]), int(found[3]), int(found[4])
        orders = [(third, second, first), (third, first, second)] if len(found[1]) < 3 else [(first, second, third)]
        yield from _check(found.start(), orders)
    small = lower(text)
    for found in _DAY_FIRST.finditer(small):
        yield from _check(found.start(), [(int(found[3]), _month(found[2]), int(found[1]))])
    for found in _MONTH_FIRST.finditer(small):
        yield from _check(found.start(), [(int(found[3]), _month(found[1]), int(found[2]))])
    for found in _SPOKEN.finditer(small):
        yield from _check(found.start(), [(_year(found[3]), _month(found[2]), _day(found[1]))])
    for found in _SPOKEN_MONTH_FIRST.finditer(small):
        yield from _check(found.start(), [(_year(found[3] + found[4]), _month(found[1]), _day(found[2]))])


def _month(said: str) -> int:
    return next(number for number, month in enumerate(_MONTHS, 1) if month[:3] == said[:3])


def _day(said: str) -> int:
    words = re.findall("[a-z]+", said)
    return _ORDINALS.get("".join(words), _ORDINALS.get(words[-1], 0))


def _year(said: str) -> int:
    """Return the year at the start of some words, reading as many of them as possible; 0 where there is none."""
    if said.strip().isdigit():
        return int(said)
    words = re.findall("[a-z]+", said)
    ends = range(len(words), 0, -1)
    return next((_YEARS[joined] for end in ends if (joined := "".join(words[:end])) in _YEARS), 0)


def _check(place: int, orders: Iterable[tuple[int, int, int]]) -> Iterator[tuple[int, dt.date]]:
    for year, month, day in orders:
        for whole in (year,) if year > 99 else (1900 + year, 2000 + year):
            try:
                yield place, dt.date(whole, month, day)
            except ValueError:
                continue
