"""Days and meetings to come as calendar files (.ics) that name nobody."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Any

from generator.rules.timeline import Status, Timeline

if TYPE_CHECKING:
    from icalendar import Calendar

_TO_COME = frozenset({Status.BOOKED, Status.DUE, Status.OVERDUE})


def write_calendar(timeline: Timeline) -> bytes:
    """An iCalendar file (RFC 5545) of what is booked, due and overdue, each an all-day entry.

    Calendars are shared and shown on screens in open offices, so no name, reference, place or reason stands in it. The
    same timeline gives the same bytes, and an entry keeps its identity while its day changes.
    """
    from icalendar import Event

    calendar = _start("timeline")
    seen: Counter[tuple[str, str, str]] = Counter()
    for entry in timeline.entries:
        key = (entry.child, entry.rule or entry.kind, entry.item)
        seen[key] += 1
        if entry.status not in _TO_COME:
            continue
        event = Event()
        # Its kind and its place among entries of that kind identify it, so that a diary moves it when its day changes.
        event.add("uid", _identify(timeline.reference, *key, str(seen[key])))
        event.add("dtstamp", dt.datetime.combine(timeline.today, dt.time(), dt.UTC))
        event.add("dtstart", entry.on)
        event.add("summary", f"{entry.initials}: {entry.kind}{' (overdue)' if entry.status is Status.OVERDUE else ''}")
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def write_invitation(
    identity: tuple[str, ...], starts_at: dt.datetime, ends_at: dt.datetime, words: str, venue: str, today: dt.date
) -> bytes:
    """An iCalendar file of one meeting, by the clock in London. `identity` is what makes it this meeting.

    It opens as an entry of one's own diary (METHOD:PUBLISH), to which a person adds the people to invite: nobody's name
    or address stands in it. The same meeting keeps its identity when it moves.
    """
    from icalendar import Event

    calendar = _start("meeting")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_make_london())
    event = Event()
    event.add("uid", _identify(*identity))
    event.add("dtstamp", dt.datetime.combine(today, dt.time(), dt.UTC))
    event.add("dtstart", starts_at, parameters={"TZID": _LONDON})
    event.add("dtend", ends_at, parameters={"TZID": _LONDON})
    event.add("summary", words)
    if venue:
        event.add("location", venue)
    event.add("class", "PRIVATE")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


_LONDON = "Europe/London"


def _make_london() -> Any:
    """The clock in London, as it has been set since 1996 (Summer Time Act 1972 s 1, as amended)."""
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    zone = Timezone()
    zone.add("tzid", _LONDON)
    hour = dt.timedelta(hours=1)
    summer, winter = TimezoneDaylight(), TimezoneStandard()
    for part, name, month, starts, before, after in (
        (summer, "BST", 3, "19960331T010000", 0 * hour, hour),
        (winter, "GMT", 10, "19961027T020000", hour, 0 * hour),
    ):
        part.add("tzname", name)
        part.add("dtstart", dt.datetime.fromisoformat(starts))
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        zone.add_component(part)
    return zone


def _start(about: str) -> Calendar:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", f"-//permanence//{about}//EN")
    calendar.add("version", "2.0")
    return calendar


def _identify(*parts: str) -> str:
    return f"{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:32]}@permanence"
