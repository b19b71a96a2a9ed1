"""The timeline of a child's care as one reader may know it: birth, homes, orders, reviews, plans, decisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from generator.base.dates import format_age, format_date
from generator.base.english import capitalise
from generator.disclosure.lens import seen
from generator.papers.pictures.care.care import Care, Look, read_care
from generator.papers.pictures.kit import DescribedPicture, clean
from generator.papers.pictures.timeline.drawing import draw_pages
from generator.papers.pictures.timeline.rows import TimelineRow, TimelineSheet
from generator.rules.timeline import Status


def draw_care_timeline(child: Mapping[str, Any], on: dt.date) -> tuple[DescribedPicture, ...]:
    """Draw what happened in a child's care until the day `on`, on as many pictures as it takes pages."""
    return draw_pages(list_milestones(child, on))


def list_milestones(child: Mapping[str, Any], on: dt.date) -> TimelineSheet:
    """List every day until `on` in what `show_child` gives one reader, the oldest first."""
    care = read_care(child, on)
    days = sorted(dict.fromkeys((*_list_care(child, care), *_list_decided(child, on))), key=lambda one: one[0])
    rows = []
    for number, (day, what) in enumerate(days):
        age = format_age(care.born_on, day) if day > care.born_on else ""
        is_first = number == 0 or days[number - 1][0] != day
        rows.append(TimelineRow(day, (age,) if age and is_first else (), what, Status.HAPPENED, ""))
    since = child["looked_after_from"]
    notes = [f"Born {format_date(care.born_on)}."]
    if since and since <= on:
        notes.append(f"Looked after since {format_date(since)}.")
    heading, as_at = f"Timeline of the care of {care.name}", f"As at {format_date(on)}"
    ages = f"At the right: how old {care.name} was."
    return TimelineSheet(heading, (" ".join(notes),), as_at, tuple(rows), len(rows), ages, has_key=False)


_Day = tuple[dt.date, str]


def _list_care(child: Mapping[str, Any], care: Care) -> Iterator[_Day]:
    yield care.born_on, "Born"
    since = child["looked_after_from"]
    if since and since <= care.on:
        yield since, "Became looked after"
    for home in care.homes or ():
        detail = f", {home.detail}" if home.detail else ""
        title = home.title[:1].lower() + home.title[1:]
        yield home.started_on, home.title if home.look is Look.UNKNOWN else f"New home: {title}{detail}"
    for order in care.orders or ():
        yield order.started_on, order.title
        if order.ended_on:
            yield order.ended_on, f"{order.title} ended"


def _list_decided(child: Mapping[str, Any], on: dt.date) -> Iterator[_Day]:
    for review in child["reviews"]:
        if review["held_on"] and review["held_on"] <= on:
            yield review["held_on"], f"Review {review['number']}" if review["number"] else "Review"
    plans = [plan for plan in (*child["earlier_plans"], child["plan"]) if plan]
    if any(seen(plan["primary"]) is None for plan in plans):
        # Who may not know the plan is not told by the chronology either.
        return
    for plan in plans:
        yield plan["agreed_on"], f"Plan agreed: {plan['primary']}"
    for name in ("agency_chronology", "court_chronology"):
        yield from ((one["on"], capitalise(clean(one["what"]))) for one in seen(child.get(name)) or ())
