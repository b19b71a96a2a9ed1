"""Which entry of a list was which before: by id or by what makes it itself, never by its place in the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, TypeAlias

from generator.case.decision import AdmDecision
from generator.case.facts import Facts
from generator.case.meeting import Action, Meeting, Review
from generator.case.person import Person

Pair: TypeAlias = tuple[int | None, int | None]
"""The places of an entry before and now; None where it was not there, or is not there any more."""

_WHOSE = frozenset({"child", "person", "sibling", "to", "children", "reader"})
"""Fields that say whose entry it is: two that differ in one of them are two entries, whatever else they share."""
_BY_ID = (Action, Meeting, Person)
_ALSO: dict[type[Facts], tuple[str, ...]] = {
    Review: ("number", "held_on", "booked_for"),
    AdmDecision: ("decided_on", "decision"),
}
"""What tells entries apart where nothing must be written that does."""


def pair_entries(before: Sequence[Facts], now: Sequence[Facts]) -> Iterator[Pair]:
    """Every entry of two lists once: those that are there now, in their order, then those that are gone.

    Entries of the same id are the same, and so are equal ones. Of the others, those are the same that are about the
    same person and share the most of what makes such an entry itself; or that are the only two which are left.
    """
    found: dict[int, int] = {}
    left = dict.fromkeys(range(len(before)))
    for name in (_name_by_id, _name_by_all):
        waiting: dict[Any, list[int]] = {}
        for place in reversed(left):
            waiting.setdefault(name(before[place]), []).append(place)
        for place, entry in enumerate(now):
            if place not in found and name(entry) is not None and waiting.get(name(entry)):
                found[place] = waiting[name(entry)].pop()
                del left[found[place]]
    for one, other in _rank_likely(before, now, left, [place for place in range(len(now)) if place not in found]):
        if one in left and other not in found:
            found[other] = one
            del left[one]
    yield from ((found.get(place), place) for place in range(len(now)))
    yield from ((place, None) for place in left)


def _name_by_id(entry: Facts) -> Any:
    return getattr(entry, "id", None)


def _name_by_all(entry: Facts) -> Any:
    return None if isinstance(entry, _BY_ID) else entry


def _rank_likely(
    before: Sequence[Facts], now: Sequence[Facts], left: dict[int, None], new: list[int]
) -> list[tuple[int, int]]:
    """Pairs that may be the same entry, the likeliest first."""
    waiting = Counter(_list_owners(before[one]) for one in left)
    coming = Counter(_list_owners(now[other]) for other in new)
    ranked = []
    for one in left:
        for other in new:
            old, entry = before[one], now[other]
            whose = _list_owners(old)
            if whose != _list_owners(entry) or isinstance(entry, _BY_ID) or _differ_in_id(old, entry):
                continue
            itself = _list_itself(type(entry))
            same = sum(getattr(old, name) == getattr(entry, name) for name in itself)
            alone = waiting[whose] == coming[whose] == 1
            if same or (alone and len(itself) <= 1):
                more = sum(getattr(old, name) == getattr(entry, name) for name in type(entry).model_fields)
                ranked.append((-same, -more, abs(one - other), one, other))
    return [(one, other) for *_, one, other in sorted(ranked)]


def _list_owners(entry: Facts) -> tuple[Any, ...]:
    return tuple(getattr(entry, name) for name in type(entry).model_fields if name in _WHOSE)


def _differ_in_id(one: Facts, other: Facts) -> bool:
    return None not in (ids := (_name_by_id(one), _name_by_id(other))) and ids[0] != ids[1]


@cache
def _list_itself(model: type[Facts]) -> tuple[str, ...]:
    required = (name for name, info in model.model_fields.items() if info.is_required())
    return (*(name for name in required if name not in _WHOSE and name != "id"), *_ALSO.get(model, ()))
