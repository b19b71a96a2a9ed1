"""Due days and earliest days as rules write them: within 14 weeks of became_looked_after."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from generator.base.working_days import Span, read_span


class LimitKind(StrEnum):
    """How a limit is set. Only `within` and `beginning` start a clock; the others look towards a coming event."""

    WITHIN = "within"
    BEGINNING = "beginning"
    AT_LEAST = "at least"
    BEFORE = "before"
    BY = "by"


class FloorKind(StrEnum):
    """How an earliest day is set."""

    ON = "on"
    AFTER = "after"
    SPAN_BEFORE = "before"
    SPAN_AFTER = "later"


@dataclass(frozen=True, slots=True)
class Limit:
    """The latest day on which something may happen."""

    kind: LimitKind
    event: str
    span: Span | None = None

    @property
    def starts_clock(self) -> bool:
        """Whether nothing is due until the event has happened."""
        return self.kind in (LimitKind.WITHIN, LimitKind.BEGINNING)


@dataclass(frozen=True, slots=True)
class Floor:
    """The earliest day on which something may happen."""

    kind: FloorKind
    event: str
    span: Span | None = None


_EVENT = "[a-z][a-z0-9_]*"
_LIMITS = (
    (re.compile(rf"within (?P<span>.+?) of (?P<event>{_EVENT})"), LimitKind.WITHIN),
    (re.compile(rf"within (?P<span>.+?) beginning with (?P<event>{_EVENT})"), LimitKind.BEGINNING),
    (re.compile(rf"at least (?P<span>.+?) before (?P<event>{_EVENT})"), LimitKind.AT_LEAST),
    (re.compile(rf"before (?P<event>{_EVENT})"), LimitKind.BEFORE),
    (re.compile(rf"by (?P<event>{_EVENT})"), LimitKind.BY),
)
_FLOORS = (
    (re.compile(rf"after (?P<event>{_EVENT})"), FloorKind.AFTER),
    (re.compile(rf"(?P<span>.+?) before (?P<event>{_EVENT})"), FloorKind.SPAN_BEFORE),
    (re.compile(rf"(?P<span>.+?) after (?P<event>{_EVENT})"), FloorKind.SPAN_AFTER),
    (re.compile(rf"(?P<event>{_EVENT})"), FloorKind.ON),
)


def read_limit(text: str) -> Limit:
    """Return the limit in a line under `due:`. Raises ValueError with a sentence for the author of the rule."""
    for pattern, kind in _LIMITS:
        if found := pattern.fullmatch(text.strip()):
            return Limit(kind, found["event"], _span_of(found))
    raise ValueError("must read as within 14 weeks of EVENT, at least 5 working days before EVENT, before or by EVENT")


def read_floor(text: str) -> Floor:
    """Return the earliest day in a line under `not_before:`. Raises ValueError with a sentence for the author."""
    for pattern, kind in _FLOORS:
        if found := pattern.fullmatch(text.strip()):
            return Floor(kind, found["event"], _span_of(found))
    raise ValueError("must read as EVENT, after EVENT, 3 months before EVENT or 2 weeks after EVENT")


def _span_of(found: re.Match[str]) -> Span | None:
    said = found.groupdict().get("span")
    return read_span(said) if said else None


def is_stricter(new: Limit, old: Limit) -> bool:
    """Return whether a new limit is at least as strict as an old one. Limits in different units are not compared."""
    if (new.kind, new.event) != (old.kind, old.event):
        return new.kind is LimitKind.BEFORE and old.kind is LimitKind.BY and new.event == old.event
    if new.span is None or old.span is None:
        return True
    if new.span.unit is not old.span.unit:
        return False
    shorter = new.span.number <= old.span.number
    return shorter if new.starts_clock else new.span.number >= old.span.number
