"""Facts that cannot stand together: ids that lead nowhere, ids used twice, dates in an impossible order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from generator.base.yaml.paths import Path_
from generator.case.decision import ParentNotified
from generator.case.family import Case
from generator.case.references import Contradiction, find_broken_references, find_repeated_ids, list_values
from generator.case.words import IroOutcome, RelationshipKind

_BIRTH = "the child was born"
_MEETING = "the meeting"
_ORDER = "the order"
_BIRTH_PARENTS = (RelationshipKind.MOTHER, RelationshipKind.FATHER)

_IN_ORDER: tuple[tuple[str, str, str, str], ...] = (
    ("children", "looked_after_from", "born_on", _BIRTH),
    ("children.education.settings", "ended_on", "started_on", "it began"),
    ("people", "died_on", "born_on", "the person was born"),
    ("placements", "ended_on", "started_on", "the placement began"),
    ("orders", "ended_on", "made_on", "the order was made"),
    ("meetings", "minutes_agreed_on", "starts_at", _MEETING),
    ("meetings", "minutes_sent_on", "starts_at", _MEETING),
    ("adm_decisions", "decided_on", "met_on", "the decision maker met the adviser"),
    ("adm_decisions", "signed_on", "decided_on", "the decision"),
    ("court.directions", "due_on", "ordered_on", _ORDER),
    ("court.directions", "done_on", "ordered_on", _ORDER),
)
"""In which group, which day may not be before which other day, and what happened on that other day."""

_AFTER_BIRTH = (
    ("placements", "started_on"),
    ("orders", "made_on"),
    ("plans", "agreed_on"),
    ("reports", "dated"),
    ("reviews", "held_on"),
    ("reviews", "booked_for"),
    ("iro_views", "on"),
    ("adm_decisions", "decided_on"),
)
"""In which group, which day may not be before the birth of the child, or of the youngest child, whom it is about."""


def find_contradictions(case: Case) -> list[Contradiction]:
    """Return everything in the file that cannot be true together; an empty list where references and dates hold."""
    return [*find_repeated_ids(case), *find_broken_references(case), *_find_impossible_dates(case)]


def _find_impossible_dates(case: Case) -> Iterator[Contradiction]:
    for place, later in _AFTER_BIRTH:
        for path, group in _list_groups(case, place):
            yield from _compare((*path, later), getattr(group, later), _find_birth(case, group), _BIRTH)
    for place, later, earlier, what in _IN_ORDER:
        for path, group in _list_groups(case, place):
            yield from _compare((*path, later), getattr(group, later), getattr(group, earlier), what)
    for i, meeting in enumerate(case.meetings):
        at: Path_ = ("meetings", i)
        for j, told in enumerate(meeting.parents_told):
            for key in ("told_on", "summary_sent_on"):
                yield from _compare((*at, "parents_told", j, key), getattr(told, key), meeting.starts_at, _MEETING)
        for key, says in (
            ("ends_at", "This meeting ends before it starts"),
            ("next_meeting_at", "The next meeting is before this one"),
        ):
            if (moment := getattr(meeting, key)) and moment < meeting.starts_at:
                yield Contradiction("C006", (*at, key), says, "check both times")
    for i, view in enumerate(case.iro_views):
        if view.outcome is IroOutcome.CHALLENGES:
            path = ("iro_views", i, "manager_responded_on")
            yield from _compare(path, view.manager_responded_on, view.on, "the challenge")
    for i, decision in enumerate(case.adm_decisions):
        for j, notified in enumerate(decision.parents_notified):
            yield from _check_notification(("adm_decisions", i, "parents_notified", j), notified, decision.decided_on)
    for i, person in enumerate(case.people):
        born = {child.id: child.born_on for child in case.children}
        for tie in person.relationships:
            if tie.to in born and tie.kind in _BIRTH_PARENTS and person.born_on and person.born_on >= born[tie.to]:
                says = "This parent would be younger than the child"
                yield Contradiction("C006", ("people", i, "born_on"), says, "check both dates")


def _list_groups(case: Case, place: str) -> Iterator[tuple[Path_, Any]]:
    return list_values(case, tuple(place.split(".")))


def _find_birth(case: Case, group: Any) -> dt.date | None:
    about = (group.child,) if hasattr(group, "child") else group.children
    return max((child.born_on for child in case.children if not about or child.id in about), default=None)


def _compare(path: Path_, later: dt.date | None, earlier: dt.date | None, what: str) -> Iterator[Contradiction]:
    other = earlier.date() if isinstance(earlier, dt.datetime) else earlier
    if later and other and later < other:
        yield Contradiction("C006", path, f"This date is before {what}", "check both dates")


def _check_notification(at: Path_, notified: ParentNotified, decided_on: dt.date | None) -> Iterator[Contradiction]:
    """Compare the decision, the conversation, the letter and its posting each with the nearest one before it."""
    before, what = decided_on, "the decision"
    for key, name in (
        ("told_on", "the conversation with this parent"),
        ("letter_dated", "the date of the letter"),
        ("letter_sent_on", ""),
    ):
        day = getattr(notified, key)
        yield from _compare((*at, key), day, before, what)
        if day:
            before, what = day, name
