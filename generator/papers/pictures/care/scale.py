"""The scale of time under a picture, with labels that do not overlap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.base.dates import add_months, format_age
from generator.base.fonts import TextStyle

_STEPS = (1, 3, 6, 12, 24, 60, 120, 240)
_BETWEEN = 18  # pixels that two labels keep from one another
_SHORT_MONTH = "%b %Y"


@dataclass(frozen=True, slots=True)
class Scale:
    """Days from left to right, from `left` to `right` in pixels."""

    first: dt.date
    last: dt.date
    left: int
    right: int

    def x(self, day: dt.date) -> int:
        """Return the place of a day in pixels; an end of the scale for a day beyond it."""
        days = max((self.last - self.first).days, 1)
        part = min(max((day - self.first).days / days, 0.0), 1.0)
        return round(self.left + part * (self.right - self.left))


@dataclass(frozen=True, slots=True)
class Tick:
    """A day that is marked, and the left edge of its label."""

    x: int
    label_x: float
    label: str


def mark_years(scale: Scale, style: TextStyle) -> list[Tick]:
    """Marks at the beginnings of years or, in a short time, of months."""
    first = dt.date(scale.first.year, 1, 1)

    def list_days(step: int) -> Iterator[dt.date]:
        # Years that divide evenly: 2020, 2025 and not 2021, 2026.
        start = dt.date(first.year - first.year % (step // 12), 1, 1) if step > 12 else first
        yield from _step_through(start, step, scale)

    def label(day: dt.date, step: int) -> str:
        return str(day.year) if step >= 12 else day.strftime(_SHORT_MONTH)

    return _choose(scale, style, list_days, label)


def mark_ages(scale: Scale, born_on: dt.date, style: TextStyle) -> list[Tick]:
    """Marks at the child's ages, from birth on."""

    def list_days(step: int) -> Iterator[dt.date]:
        yield from _step_through(born_on, step, scale)

    def label(day: dt.date, _step: int) -> str:
        return "birth" if day == born_on else format_age(born_on, day)

    return _choose(scale, style, list_days, label)


def _step_through(start: dt.date, step: int, scale: Scale) -> Iterator[dt.date]:
    number = max(0, ((scale.first - start).days // 31) // step)
    while (day := add_months(start, number * step)) <= scale.last:
        if day >= scale.first:
            yield day
        number += 1


def _choose(
    scale: Scale,
    style: TextStyle,
    list_days: Callable[[int], Iterator[dt.date]],
    label: Callable[[dt.date, int], str],
) -> list[Tick]:
    """The closest marks whose labels keep apart."""
    for step in _STEPS:
        ticks: list[Tick] = []
        end = -_BETWEEN * 1.0
        for day in list_days(step):
            words = label(day, step)
            width = style.line(words).width
            x = scale.x(day)
            at = min(max(x - width / 2, scale.left), scale.right - width)
            if at < end + _BETWEEN and ticks:
                break
            ticks.append(Tick(x, at, words))
            end = at + width
        else:
            return ticks
    return []
