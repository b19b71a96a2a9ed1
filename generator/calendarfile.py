"""The days to come as a calendar file (.ics) that names nobody: initials, and what sort of day it is."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter

from generator.timeline import Status, Timeline

_TO_COME = frozenset({Status.BOOKED, Status.DUE, Status.OVERDUE})


def write_calendar(timeline: Timeline) -> bytes:
    """An iCalendar file (RFC 5545) of what is booked, due and overdue, each an all-day entry.

    Calendars are shared and shown on screens in open offices, so no name, reference, place or reason stands in it. The
    same timeline gives the same bytes, and an entry keeps its identity while its day changes.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//permanence//timeline//EN")
    calendar.add("version", "2.0")
    seen: Counter[tuple[str, str, str]] = Counter()
    for entry in timeline.entries:
        key = (entry.child, entry.rule or entry.kind, entry.item)
        seen[key] += 1
        if entry.status not in _TO_COME:
            continue
        event = Event()
        # Known by what it is and the how-manieth of its kind, so that a diary moves it when its day changes.
        event.add("uid", _identify(timeline.reference, *key, str(seen[key])))
        event.add("dtstamp", dt.datetime.combine(timeline.today, dt.time(), dt.UTC))
        event.add("dtstart", entry.on)
        event.add("summary", f"{entry.initials}: {entry.kind}{' (overdue)' if entry.status is Status.OVERDUE else ''}")
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _identify(*parts: str) -> str:
    return f"{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:32]}@permanence"
