"""Read where a child has lived and under which orders, as one reader may know it, and describe it in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from generator.base.dates import format_age, format_date, format_duration
from generator.base.english import capitalise
from generator.case.words import CARE_PLACEMENTS
from generator.papers.pictures.kit import clean

_CARE = frozenset(kind.value for kind in CARE_PLACEMENTS)


class Look(Enum):
    """How a stretch of time is drawn. Each has a pattern of its own, so that a copy without colour says the same."""

    IN_CARE = "where the authority looks after the child"
    ELSEWHERE = "elsewhere, such as at home or in hospital"
    ORDER = "an order, or accommodation by agreement"
    UNKNOWN = "no home is recorded"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A period of time with a title. `ended_on` is None while it lasts."""

    look: Look
    title: str
    detail: str
    started_on: dt.date
    ended_on: dt.date | None

    def describe_days(self, on: dt.date) -> str:
        """From when to when, and for how long."""
        length = format_duration(self.started_on, self.ended_on or on)
        if self.ended_on is None:
            return f"since {format_date(self.started_on)} ({length})"
        return f"{format_date(self.started_on)} to {format_date(self.ended_on)} ({length})"


@dataclass(frozen=True, slots=True)
class Care:
    """The homes and orders of a child until the day `on`, oldest first; times without a home are among the homes.

    `since` is where the scale begins. Where they take several pages, each holds some of them: None stands for homes, or
    orders, that are on another page, and `number` says how many homes the pages before it have.
    """

    name: str
    born_on: dt.date
    on: dt.date
    since: dt.date
    homes: tuple[Stretch, ...] | None
    orders: tuple[Stretch, ...] | None
    page: int = 1
    number: int = 0

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """Everything on this page."""
        return (*(self.homes or ()), *(self.orders or ()))


def read_care(child: Mapping[str, Any], on: dt.date) -> Care:
    """Return the homes and orders in what `show_child` gives one reader, as far as they had begun on a day."""
    born_on = child["born_on"]
    homes = [_read_home(one, on) for one in child["placements"] if one["started_on"] <= on]
    orders = [_read_order(one, on) for one in child["orders"] if one["made_on"] <= on]
    homes.sort(key=lambda one: one.started_on)
    orders.sort(key=lambda one: one.started_on)
    since = min((born_on, on, *(one.started_on for one in (*homes, *orders))))
    return Care(clean(child["name"]), born_on, on, since, tuple(_fill_gaps(homes, min(born_on, on), on)), tuple(orders))


def split_care(care: Care, fits: Callable[[Care], bool]) -> Iterator[Care]:
    """Split the homes and orders into pages: homes first, then orders, as many on each page as fit."""
    if fits(care):
        yield care
        return
    left = care
    while left.stretches:
        # Every page has one at least, as many homes as fit, and orders once all homes are told.
        homes, orders = left.homes or (), left.orders or ()
        count = len(homes or orders)
        while count > 1 and not fits(_cut(left, count)):
            count -= 1
        yield _cut(left, count)
        number = left.number + sum(one.look is not Look.UNKNOWN for one in homes[:count])
        rest = orders if homes else orders[count:]
        left = replace(left, homes=homes[count:], orders=rest, page=left.page + 1, number=number)


def _cut(care: Care, count: int) -> Care:
    """A page with the first homes or, where there are none, the first orders."""
    if care.homes:
        return replace(care, homes=care.homes[:count], orders=None)
    return replace(care, homes=None, orders=(care.orders or ())[:count])


def _read_home(home: Mapping[str, Any], on: dt.date) -> Stretch:
    look = Look.IN_CARE if home["type_code"] in _CARE else Look.ELSEWHERE
    detail = home["where"] or home["with_whom"] or ""
    title = capitalise(clean(home["type"]))
    return Stretch(look, title, clean(detail), home["started_on"], _read_end(home["ended_on"], on))


def _read_order(order: Mapping[str, Any], on: dt.date) -> Stretch:
    court = order["court"]
    detail = clean(court) if isinstance(court, str) else ""
    title = capitalise(clean(order["order"]))
    return Stretch(Look.ORDER, title, detail, order["made_on"], _read_end(order["ended_on"], on))


def _read_end(ended_on: dt.date | None, on: dt.date) -> dt.date | None:
    """Return the end of what had ended by a day; None for what still lasted on it."""
    return ended_on if ended_on and ended_on <= on else None


def _fill_gaps(homes: Sequence[Stretch], start: dt.date, on: dt.date) -> Iterator[Stretch]:
    """Yield the homes with the gaps of more than a day between them, for which the file names no home."""
    until: dt.date | None = start
    for home in homes:
        if until and (home.started_on - until).days > 1:
            yield _make_gap(until, home.started_on)
        yield home
        until = max(until, home.ended_on) if until and home.ended_on else None
    if homes and until and (on - until).days > 1:
        yield _make_gap(until, None)


def _make_gap(start: dt.date, end: dt.date | None) -> Stretch:
    return Stretch(Look.UNKNOWN, "No home is recorded", "", start, end)


def describe_care(care: Care) -> str:
    """The picture in words: one line for each home and order."""
    return "\n".join(_describe_lines(care))


def _describe_lines(care: Care) -> Iterator[str]:
    yield f"{name_picture(care)}, born {format_date(care.born_on)}, as at {format_date(care.on)}."
    if care.homes == ():
        yield "No homes are recorded."
    number = care.number
    for home in care.homes or ():
        number += home.look is not Look.UNKNOWN
        kind = "" if home.look is Look.UNKNOWN else f"Home {number}: "
        yield f"{kind}{_describe_stretch(home, care)}"
    if care.orders == ():
        yield "No orders are recorded."
    for order in care.orders or ():
        yield f"Order: {_describe_stretch(order, care)}"


def _describe_stretch(one: Stretch, care: Care) -> str:
    detail = f", {one.detail}" if one.detail else ""
    age = format_age(care.born_on, one.started_on)
    began = "from birth" if one.started_on == care.born_on else f"from the age of {age}" if age else "before birth"
    return f"{one.title}{detail}: {one.describe_days(care.on)}, {began}."


def name_picture(care: Care) -> str:
    """What the picture is called."""
    return f"Homes and orders of {care.name}{', continued' if care.page > 1 else ''}"
