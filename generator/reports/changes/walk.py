"""Two versions of a case walked side by side: every fact that is not what it was, with its place and its kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic.fields import FieldInfo

from generator.base.yaml.paths import Path_
from generator.case.facts import Disclosure, Facts
from generator.case.family import Case
from generator.disclosure.lens import kind_of
from generator.reports.changes.pairing import pair_entries


@dataclass(frozen=True, slots=True)
class Step:
    """One group of facts on the way to a fact: as it is now, and as it was before, or the same where it was not there.

    `label` is what the field that holds it is called, and `number` its place in a list, from 1; 0 where there is none.
    """

    label: str
    number: int
    was: Facts
    group: Facts


@dataclass(frozen=True, slots=True)
class FactDifference:
    """One fact, or one whole group of facts, that differs. `kinds` are those of all that it lies in, and its own.

    `path` is its place in the case file as it is now, or as it was where it is gone.
    """

    path: Path_
    name: str
    label: str
    kinds: frozenset[Disclosure]
    steps: tuple[Step, ...]
    before: Any = field(repr=False)
    now: Any = field(repr=False)


def find_differences(before: Case, now: Case) -> Iterator[FactDifference]:
    """Every difference between two versions of a case, in the order of the case file.

    Nothing where they are equal, and nothing for entries that only changed places.
    """
    yield from walk_facts(before, now, (), (), frozenset())


def walk_facts(
    before: Facts, now: Facts, path: Path_, steps: tuple[Step, ...], kinds: frozenset[Disclosure]
) -> Iterator[FactDifference]:
    """As `find_differences`, for one group of facts that stands at `path`, inside `steps`."""
    model = type(now)
    for name, info in model.model_fields.items():
        old, new = getattr(before, name), getattr(now, name)
        if old == new:
            continue
        at = (*path, info.alias or name)
        inner = kinds | {kind_of(model, name)}
        label = name_field(info)
        if _is_list_of_facts(old) or _is_list_of_facts(new):
            yield from _walk_list(old, new, at, name, label, steps, inner)
        elif isinstance(old, Facts) and isinstance(new, Facts):
            yield from walk_facts(old, new, at, (*steps, Step(label, 0, old, new)), inner)
        else:
            yield FactDifference(at, name, label, inner, steps, old, new)


def _walk_list(
    before: Sequence[Facts],
    now: Sequence[Facts],
    path: Path_,
    name: str,
    label: str,
    steps: tuple[Step, ...],
    kinds: frozenset[Disclosure],
) -> Iterator[FactDifference]:
    for one, other in pair_entries(before, now):
        old = None if one is None else before[one]
        new = None if other is None else now[other]
        place = other if other is not None else one or 0
        if old is None or new is None:
            alone = before[place] if other is None else now[place]
            inside = (*steps, Step(label, place + 1, alone, alone))
            yield FactDifference((*path, place), name, label, kinds, inside, old, new)
        elif old != new:
            inside = (*steps, Step(label, place + 1, old, new))
            yield from walk_facts(old, new, (*path, place), inside, kinds)


def _is_list_of_facts(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], Facts)


def name_field(info: FieldInfo) -> str:
    """What a field is called: its meaning as the model says it, as far as the first colon or semicolon."""
    return (info.description or "").split(";")[0].split(":")[0].strip()
