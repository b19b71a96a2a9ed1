"""Check the ids in a case file: none may lead nowhere, and none may stand for two things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from generator.base.english import find_nearest
from generator.base.errors import Level
from generator.base.yaml.paths import Path_
from generator.case.audience import Audience
from generator.case.facts import LeadsTo, fields_of, find_marks, model_of
from generator.case.family import Case


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Something that cannot be true, at a path in the case file.

    `near` is the place of the id probably meant; `about` that of the entry to look at.
    """

    code: str
    path: Path_
    says: str
    remedy: str
    near: Path_ | None = None
    about: Path_ | None = None
    level: Level = Level.MUST


def _list_references(model: type[BaseModel], place: str = "") -> Iterator[tuple[str, LeadsTo]]:
    for key, info in fields_of(model).items():
        yield from ((f"{place}{key}", leads_to) for leads_to in find_marks(info, LeadsTo))
        if group := model_of(info.annotation):
            yield from _list_references(group, f"{place}{key}.")


REFERENCES = dict(_list_references(Case))
"""Each field that holds an id, and what the id must lead to, as its type says."""

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
        for path, value in list_values(case, tuple(field.split("."))):
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
        yield from _find_repeats(key, [pair for field in fields for pair in list_values(case, tuple(field.split(".")))])
    for i, meeting in enumerate(case.meetings):
        at: Path_ = ("meetings", i)
        yield from _find_repeats("id", list_values(meeting, ("actions", "id"), at))
        yield from _find_repeats("child", list_values(meeting, ("outcomes", "child"), at))
        says = "This person is invited twice, and what they may read depends on the part that counts"
        remedy = "keep one line; without part, it is the whole meeting"
        yield from _find_repeats("person", list_values(meeting, ("invited", "person"), at), says, remedy)
        for j, paper in enumerate(meeting.papers):
            if paper.evidence and paper.file:
                says = "This paper names its file twice: as evidence, and as a file of its own"
                yield Contradiction("C007", (*at, "papers", j, "file"), says, "keep one of the two")
    for i, person in enumerate(case.people):
        says = "This person has two relationships to the same child, and only the first would be used"
        remedy = "keep the one that counts in law, and say the other in side or how_acquired"
        ties = list_values(person, ("relationships", "to"), ("people", i))
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


def list_values(held: object, keys: Path_, at: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    """Yield every id or group in a field, through lists and groups, with its path in the file."""
    if isinstance(held, tuple):
        for i, item in enumerate(held):
            yield from list_values(item, keys, (*at, i))
    elif not keys and held is not None:
        yield at, held
    elif isinstance(held, BaseModel):
        name = next(name for name, info in type(held).model_fields.items() if keys[0] == (info.alias or name))
        yield from list_values(getattr(held, name), keys[1:], (*at, keys[0]))
