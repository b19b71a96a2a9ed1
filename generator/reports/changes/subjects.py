"""What the entries of a case file are called in a sentence, without anything that is kept from anyone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from generator.base.dates import format_date
from generator.base.english import capitalise
from generator.base.yaml.paths import Path_
from generator.case.child import Child
from generator.case.court import Court, Direction, Evidence, Hearing
from generator.case.decision import AdmDecision
from generator.case.facts import Facts
from generator.case.family import Case, Override, RecordedEvent
from generator.case.iro import IroView
from generator.case.meeting import Action, Meeting, Review
from generator.case.person import Person
from generator.case.planning import Option, Order, Placement, Plan
from generator.case.report import PermanenceReport
from generator.case.words import describe_word
from generator.reports.changes.walk import FactDifference, Step

GROUPS = {
    "people": "People",
    "meetings": "Meetings",
    "actions": "Actions",
    "reviews": "Reviews",
    "court": "Court",
    "evidence": "Evidence",
    "record": "What happened",
    "overrides": "Rules set aside",
    "kept_back": "Who may read what",
    "disclosure_cleared": "Who may read what",
}
"""Where a change is told that belongs to no child alone, by the part of the case file."""
OF_THE_FILE = "The file"
_NUMBER = re.compile(r"\d+[.()\w]{0,5}")


def name_children(before: Case, now: Case) -> dict[str, str]:
    """The name of every child by id; with the id after it where two children share the name."""
    names = {child.id: child.name.short for case in (before, now) for child in case.children}
    shared = Counter(names.values())
    return {key: f"{name} ({key})" if shared[name] > 1 else name for key, name in names.items()}


def find_group(path: Path_, steps: tuple[Step, ...], children: dict[str, str]) -> str:
    """Under whom or what a change is told."""
    part = str(path[0])
    if "actions" in path:
        return GROUPS["actions"]
    if steps:
        first = steps[0].group
        child = first.id if isinstance(first, Child) else getattr(first, "child", None)
        if child in children:
            return children[child]
    return GROUPS.get(part, OF_THE_FILE)


def name_subject(difference: FactDifference, events: Mapping[str, str], *, dated: bool = True) -> str:
    """What a fact belongs to: Foster care from 26 May 2026. Empty for what a child or the file itself has.

    `events` are the labels of events by name; an event that has none may be a person's own words, and is not repeated.
    """
    said: list[str] = []
    steps = difference.steps
    # An action is the same at every meeting, so no meeting is told with it.
    for step in steps[-1:] if steps and isinstance(steps[-1].group, Action) else steps:
        # Entries are told by their days as people know them, which are those from before.
        if isinstance(step.was, RecordedEvent):
            words = events.get(step.was.event, "entry of the record")
            said.append(_name_since(words, step.was.on, dated, "on"))
        elif name := _NAMES.get(type(step.was)):
            said.append(name(step.was, dated))
        else:
            said.append(f"{lower(step.label)} {step.number}" if step.number else lower(step.label))
    return capitalise(", ".join(one for one in said if one))


def lower(words: str) -> str:
    """Words as they stand inside a sentence: NHS number keeps its capitals."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _name_meeting(one: Any, dated: bool) -> str:
    return f"{one.kind.words} {one.id}{f' of {format_date(one.starts_at.date())}' if dated else ''}"


def _name_review(one: Any, dated: bool) -> str:
    if one.number:
        return f"review {one.number}"
    return f"review of {format_date(one.day)}" if one.day and dated else "review"


def _name_direction(one: Any, dated: bool) -> str:
    # A number, such as 9 or 12(a). Whatever is longer is a text, and is not repeated.
    paragraph = f", paragraph {one.paragraph}" if one.paragraph and _NUMBER.fullmatch(one.paragraph) else ""
    return f"direction of {format_date(one.ordered_on)}{paragraph}{f' ({one.id})' if one.id else ''}"


def _name_since(words: str, day: Any, dated: bool, joint: str) -> str:
    return f"{describe_word(words)} {joint} {format_date(day)}" if dated else describe_word(words)


_NAMES: dict[type[Facts], Callable[[Any, bool], str]] = {
    Child: lambda _one, _dated: "",
    Court: lambda _one, _dated: "",
    Person: lambda one, _dated: f"person {one.id}",
    Placement: lambda one, dated: _name_since(one.type.value, one.started_on, dated, "from"),
    Order: lambda one, dated: _name_since(one.order.value, one.made_on, dated, "of"),
    Plan: lambda one, dated: _name_since("plan", one.agreed_on, dated, "of"),
    Option: lambda one, _dated: f"option {one.option.words}",
    Meeting: _name_meeting,
    Action: lambda one, _dated: f"action {one.id}",
    Review: _name_review,
    Hearing: lambda one, dated: _name_since(one.kind.value, one.at.date(), dated, "on"),
    Direction: _name_direction,
    AdmDecision: lambda one, _dated: f"agency decision{f' {one.id}' if one.id else ''}",
    IroView: lambda one, dated: _name_since("reviewing officer’s view", one.on, dated, "of"),
    PermanenceReport: lambda _one, _dated: "permanence report",
    Evidence: lambda one, _dated: f"evidence {one.id}" if one.id else "evidence",
    Override: lambda one, _dated: f"rule {one.rule}",
}
