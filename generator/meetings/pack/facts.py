"""What the pages of a meeting pack say of the meeting: when, where, for whom, what is open and what is awaited."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.base.dates import format_date, format_day, format_short_date, format_time
from generator.base.english import count_of, join_words
from generator.case.family import Case
from generator.case.meeting import Meeting
from generator.case.person import Person
from generator.case.words import describe_word
from generator.disclosure.lens import AS_PROFESSIONALS
from generator.meetings.outstanding import Awaited
from generator.meetings.pack.contents import WHOLE, Pack
from generator.papers.facts.paper import PaperSubject, find_children, letter_children, show_subject
from generator.papers.facts.view import ReaderView
from generator.rules.judging.judge import Compliance


@dataclass(frozen=True, slots=True)
class PackFacts:
    """The words of the front page. `reader` says in ASCII letters at the foot of every page for whom the pack is.

    `facts` are the lines of the table at the top, each with its heading; `made_on` is the day that was taken for today.
    """

    title: str
    about: str
    authority: str
    reader: str
    facts: tuple[tuple[str, str], ...]
    made_on: dt.date


@dataclass(frozen=True, slots=True)
class PackPaper:
    """One paper in the reading order. Without a `pdf` it is not in the pack, and `note` says why."""

    title: str
    author: str = ""
    dated: dt.date | None = None
    pdf: Path | None = None
    note: str = ""


TableRows = tuple[tuple[str, ...], ...]
"""Rows of a table in words."""
PackEntry = PackPaper | TableRows
"""A paper, or the rows of open actions, which the pack draws itself."""


def describe_pack(case: Case, meeting: Meeting, pack: Pack, on: dt.date) -> PackFacts:
    """The words of the front page. Where the meeting is stands there for those who see what is planned alone."""
    guest = None if pack.whole else pack.readers[0]
    subject = PaperSubject(meeting=meeting, guest=guest)
    children = letter_children(subject, case) if guest else find_children(subject, case)
    until = f" to {format_time(meeting.ends_at)}" if meeting.ends_at else ""
    rows = [("When", f"{format_day(meeting.starts_at.date())}, {format_time(meeting.starts_at)}{until}")]
    if meeting.venue and all(lens.sees_plans for lens in pack.lenses):
        rows.append(("Where", meeting.venue))
    people = {one.id: one for one in case.people}
    rows += [
        (heading, f"{people[key].name.full}, {_describe_capacity(people[key])}")
        for heading, key in (("Chair", meeting.chair), ("Minutes", meeting.minute_taker))
        if key and guest is None
    ]
    rows.append(("For", _describe_readers(pack)))
    rows.append(("Made on", format_date(on)))
    return PackFacts(
        f"Meeting pack: {meeting.kind.words}",
        join_words([child.name.full for child in children]),
        case.authority.name,
        _write_foot(pack),
        tuple(rows),
        on,
    )


def _describe_readers(pack: Pack) -> str:
    names = join_words([one.name.full for one in pack.readers])
    if pack.folder == WHOLE:
        return f"Those who attend the whole meeting{f': {names}' if names else ''}"
    return f"{names}, and nobody else"


def _write_foot(pack: Pack) -> str:
    """For whom a pack is, in plain letters without a name: at the foot of every page."""
    if pack.folder == WHOLE:
        return "For those who attend the whole meeting"
    capacities = dict.fromkeys(_describe_capacity(one) for one in pack.readers)
    words = unicodedata.normalize("NFKD", " and ".join(capacities).replace("’", "'"))
    return f"For the {re.sub(r'[^A-Za-z0-9 ]', '', words.replace('-', ' '))} only"


def _describe_capacity(person: Person) -> str:
    if person.role:
        return person.role.words
    return describe_word(person.relationships[0].kind.value) if person.relationships else "person named on page 1"


def list_open_actions(case: Case, meeting: Meeting, compliance: Compliance) -> TableRows:
    """The open actions of earlier meetings, as the agenda has them: number, what, who, by when, state."""
    view = ReaderView(case, compliance, AS_PROFESSIONALS, meeting.starts_at.date())
    facts = show_subject(PaperSubject(meeting=meeting), view)
    many = len(facts["children"]) > 1
    rows = []
    for one in facts["meeting"]["open_actions"]:
        whose = f" ({one['child_name']})" if many and one["child_name"] != "all children" else ""
        due = format_short_date(one["due_on"]) if one["due_on"] else "no date set"
        rows.append((one["id"], f"{one['what']}{whose}\n{one['progress'] or ''}", one["owner"], due, one["status"]))
    return tuple(rows)


def list_awaited_rows(awaited: Sequence[Awaited]) -> TableRows:
    """What is awaited, as the front page says it: what it is, from whom, and since when."""
    return tuple((one.title, one.author or "not recorded", describe_since(one)) for one in awaited)


def describe_since(one: Awaited) -> str:
    """Since when something is awaited, in words."""
    if one.asked_on is None:
        return "not recorded"
    days = "" if one.days is None else f", {count_of(one.days, 'day')}"
    return f"{format_date(one.asked_on)}{days}"
