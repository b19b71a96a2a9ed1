"""Check the ids in a case file: none may lead nowhere, and none may stand for two things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel

from generator.base.english import find_nearest
from generator.base.yaml.paths import Path_
from generator.case.audience import Audience
from generator.case.family import Case


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Something that cannot be true, at a path in the case file. `near` is the place of the id probably meant."""

    code: str
    path: Path_
    says: str
    remedy: str
    near: Path_ | None = None


class LeadsTo(StrEnum):
    """What an id stands for."""

    CHILD = "child"
    PERSON = "person"
    ANYONE = "person or child"
    MEETING = "meeting"
    EVIDENCE = "evidence"
    DIRECTION = "direction"
    PARTY = "party"
    READER = "person or audience"


REFERENCES: dict[str, LeadsTo] = {
    "children.relationships.with": LeadsTo.ANYONE,
    "children.family_time.with": LeadsTo.ANYONE,
    "children.siblings.with": LeadsTo.ANYONE,
    "children.siblings.analysed_by": LeadsTo.PERSON,
    "children.wishes.heard_by": LeadsTo.PERSON,
    "people.relationships.to": LeadsTo.CHILD,
    "placements.child": LeadsTo.CHILD,
    "placements.carer": LeadsTo.PERSON,
    "orders.child": LeadsTo.CHILD,
    "plans.child": LeadsTo.CHILD,
    "plans.agreed_at": LeadsTo.MEETING,
    "options.child": LeadsTo.CHILD,
    "options.with": LeadsTo.PERSON,
    "meetings.children": LeadsTo.CHILD,
    "meetings.chair": LeadsTo.PERSON,
    "meetings.minute_taker": LeadsTo.PERSON,
    "meetings.invited.person": LeadsTo.PERSON,
    "meetings.not_invited.person": LeadsTo.PERSON,
    "meetings.papers.evidence": LeadsTo.EVIDENCE,
    "meetings.papers.also_for": LeadsTo.PERSON,
    "meetings.advice.adoption_by": LeadsTo.PERSON,
    "meetings.advice.legal_by": LeadsTo.PERSON,
    "meetings.outcomes.child": LeadsTo.CHILD,
    "meetings.decisions.child": LeadsTo.CHILD,
    "meetings.actions.child": LeadsTo.CHILD,
    "meetings.parents_told.person": LeadsTo.PERSON,
    "meetings.parents_told.told_by": LeadsTo.PERSON,
    "reviews.children": LeadsTo.CHILD,
    "reviews.chair": LeadsTo.PERSON,
    "reports.child": LeadsTo.CHILD,
    "reports.author.person": LeadsTo.PERSON,
    "reports.supervisor.person": LeadsTo.PERSON,
    "reports.health_summary.written_by": LeadsTo.PERSON,
    # A brother or sister in the same case has views too, and a young parent may be a child of the case.
    "reports.family_views.person": LeadsTo.ANYONE,
    "reports.parenting_capacity.person": LeadsTo.ANYONE,
    "reports.parent_comments.person": LeadsTo.ANYONE,
    "reports.quality_checks.by": LeadsTo.PERSON,
    "iro_views.child": LeadsTo.CHILD,
    "iro_views.iro": LeadsTo.PERSON,
    "adm_decisions.child": LeadsTo.CHILD,
    "adm_decisions.decision_maker": LeadsTo.PERSON,
    "adm_decisions.panel_adviser": LeadsTo.PERSON,
    "adm_decisions.parents_notified.person": LeadsTo.PERSON,
    "adm_decisions.parents_notified.told_by": LeadsTo.PERSON,
    "court.parties.person": LeadsTo.ANYONE,
    "record.child": LeadsTo.CHILD,
    "record.person": LeadsTo.ANYONE,
    "record.meeting": LeadsTo.MEETING,
    "court.children": LeadsTo.CHILD,
    "evidence.children": LeadsTo.CHILD,
    "evidence.directed_by": LeadsTo.DIRECTION,
    "evidence.not_for": LeadsTo.PARTY,
    "overrides.child": LeadsTo.CHILD,
    "kept_back.from": LeadsTo.READER,
    "disclosure_cleared.for": LeadsTo.READER,
}
"""Each field that holds an id, and what the id must lead to. A test compares this with the labels of the model."""

_MOST_NEAR = 20
_UNIQUE = (
    ("id", ("children.id", "people.id")),
    ("id", ("meetings.id",)),
    ("id", ("adm_decisions.id",)),
    ("id", ("evidence.id",)),
    ("id", ("court.directions.id",)),
    ("child", ("reports.child",)),
)
"""Fields whose values may stand once only, with the word for them."""


def find_broken_references(case: Case) -> Iterator[Contradiction]:
    """Yield every id that leads nowhere."""
    children: dict[str, Path_] = {child.id: ("children", i, "id") for i, child in enumerate(case.children)}
    people: dict[str, Path_] = {person.id: ("people", i, "id") for i, person in enumerate(case.people)}
    meetings: dict[str, Path_] = {meeting.id: ("meetings", i, "id") for i, meeting in enumerate(case.meetings)}
    directions = case.court.directions if case.court else ()
    parties = case.court.parties if case.court else ()
    known: dict[LeadsTo, dict[str, Path_]] = {
        LeadsTo.CHILD: children,
        LeadsTo.PERSON: people,
        LeadsTo.ANYONE: children | people,
        LeadsTo.MEETING: meetings,
        LeadsTo.EVIDENCE: {one.id: ("evidence", i, "id") for i, one in enumerate(case.evidence) if one.id},
        LeadsTo.DIRECTION: {one.id: ("court", "directions", i, "id") for i, one in enumerate(directions) if one.id},
        # A name that is no party's would withhold the paper from nobody.
        LeadsTo.READER: people | dict.fromkeys([one.value for one in Audience], ("people",)),
        LeadsTo.PARTY: {one.name: ("court", "parties", i, "name") for i, one in enumerate(parties)},
    }
    told = 0
    for field, leads_to in REFERENCES.items():
        ids = known[leads_to]
        for path, value in _values_of(case, tuple(field.split("."))):
            if value not in ids:
                told += 1
                # The search for the nearest id is slow, and only the first few problems are shown.
                near = find_nearest(value, ids) if told <= _MOST_NEAR else ""
                key = "name" if leads_to is LeadsTo.PARTY else "id"
                says = f"There is no {leads_to} with this {key}"
                remedy = f"use one that stands under {_SHELVES[leads_to]}, or add an entry there"
                yield Contradiction("C005", path, says, remedy, ids[near] if near else None)


_SHELVES = {
    LeadsTo.CHILD: "children",
    LeadsTo.PERSON: "people",
    LeadsTo.ANYONE: "people or children",
    LeadsTo.MEETING: "meetings",
    LeadsTo.EVIDENCE: "evidence",
    LeadsTo.DIRECTION: "court.directions",
    LeadsTo.PARTY: "court.parties",
    LeadsTo.READER: f"people, or one of: {', '.join(one.value for one in Audience)}",
}


def find_repeated_ids(case: Case) -> Iterator[Contradiction]:
    """Yield every id that is used twice where it must be unique, and a case without a child."""
    if not case.children:
        yield Contradiction("C002", ("children",), "children must name at least one child", "- id: rowan")
    for key, fields in _UNIQUE:
        yield from _find_repeats(key, [pair for field in fields for pair in _values_of(case, tuple(field.split(".")))])
    for i, meeting in enumerate(case.meetings):
        at: Path_ = ("meetings", i)
        yield from _find_repeats("id", _values_of(meeting, ("actions", "id"), at))
        yield from _find_repeats("child", _values_of(meeting, ("outcomes", "child"), at))
        says = "This person is invited twice, and what they may read depends on the part that counts"
        remedy = "keep one line; without part, it is the whole meeting"
        yield from _find_repeats("person", _values_of(meeting, ("invited", "person"), at), says, remedy)
        for j, paper in enumerate(meeting.papers):
            if paper.evidence and paper.file:
                says = "This paper names its file twice: as evidence, and as a file of its own"
                yield Contradiction("C007", (*at, "papers", j, "file"), says, "keep one of the two")
    for i, person in enumerate(case.people):
        says = "This person has two relationships to the same child, and only the first would be used"
        remedy = "keep the one that counts in law, and say the other in side or how_acquired"
        ties = _values_of(person, ("relationships", "to"), ("people", i))
        yield from _find_repeats("child", ties, says, remedy)
    yield from _find_clashing_files(case)
    without = Counter(decision.child for decision in case.adm_decisions if not decision.id)
    for i, decision in enumerate(case.adm_decisions):
        if not decision.id and without[decision.child] > 1:
            says = "This child has more than one decision, so each needs an id"
            yield Contradiction("C007", ("adm_decisions", i), says, f"id: adm-{i + 1}")


def _find_clashing_files(case: Case) -> Iterator[Contradiction]:
    """Yield file names that differ in capitals only: on some computers they are the same file."""
    first: dict[str, str] = {}
    for i, item in enumerate(case.evidence):
        if first.setdefault(item.file.casefold(), item.file) != item.file:
            says = "This name differs from that of another file in capitals alone, so it can be the same file elsewhere"
            yield Contradiction("C007", ("evidence", i, "file"), says, "rename one of the two files")


def _find_repeats(
    key: str, values: Iterator[tuple[Path_, str]] | list[tuple[Path_, str]], says: str = "", remedy: str = ""
) -> Iterator[Contradiction]:
    seen: set[str] = set()
    for path, value in values:
        if value in seen:
            yield Contradiction("C007", path, says or f"This {key} is used twice", remedy or f"give each its own {key}")
        seen.add(value)


def _values_of(held: object, keys: Path_, at: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """Yield every id in a field, through lists and groups, with its path in the file."""
    if isinstance(held, tuple):
        for i, item in enumerate(held):
            yield from _values_of(item, keys, (*at, i))
    elif isinstance(held, BaseModel) and keys:
        fields = type(held).model_fields
        name = next(name for name, info in fields.items() if keys[0] == (info.alias or name))
        yield from _values_of(getattr(held, name), keys[1:], (*at, keys[0]))
    elif isinstance(held, str):
        yield at, held
