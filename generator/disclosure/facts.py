"""Every fact of a case with its kind, whose it is, and where the case file holds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.base.yaml.paths import Path_
from generator.case.facts import Disclosure, Facts
from generator.case.family import Case
from generator.case.person import Person
from generator.disclosure.lens import Lens, kind_of


@dataclass(frozen=True, slots=True)
class CaseFact:
    """One single fact of a case: a text, date, code or number.

    `kinds` are its own kind for disclosure and those of the groups it lies in: a reader must be allowed to see all of
    them. `named` is its place with ids in place of numbers, which stays the same when something is added before it.
    `owner` is the id of the person whom it is about, if any.
    """

    model: str
    field: str
    kinds: tuple[Disclosure, ...]
    value: Any
    path: Path_
    named: str
    owner: str | None

    @property
    def key(self) -> str:
        """Return the model and the field: Address.lines."""
        return f"{self.model}.{self.field}"

    def hidden_from(self, lens: Lens) -> tuple[Disclosure, ...]:
        """Return the kinds that hide it from this reader, the innermost first; an empty tuple where they may see it."""
        return tuple(kind for kind in reversed(self.kinds) if not lens.sees(kind, owner=self.owner))


def list_facts(case: Case) -> Iterator[CaseFact]:
    """Yield every single fact of a case, in the order of the model. The authority's address is open to everybody."""
    yield from _walk(case, (), "", None, ())


def _walk(
    group: Facts, path: Path_, named: str, owner: str | None, kinds: tuple[Disclosure, ...] | None
) -> Iterator[CaseFact]:
    model = type(group)
    about = getattr(group, "person", None)
    owner = about if isinstance(about, str) else owner
    for name, info in model.model_fields.items():
        value = getattr(group, name)
        inner = None if kinds is None or (model is Case and name == "authority") else (*kinds, kind_of(model, name))
        key = info.alias or name
        for step, item in _items(value):
            at = (*path, key, *step)
            called = f"{named}.{key}".lstrip(".") + _call(item, step)
            if isinstance(item, Facts):
                yield from _walk(item, at, called, item.id if isinstance(item, Person) else owner, inner)
            elif item is not None:
                yield CaseFact(model.__name__, name, inner or (), item, at, called, owner)


def _items(value: Any) -> Iterator[tuple[Path_, Any]]:
    if isinstance(value, tuple):
        yield from (((number,), item) for number, item in enumerate(value))
    else:
        yield (), value


def _call(item: Any, step: Path_) -> str:
    if not step:
        return ""
    key = getattr(item, "id", None)
    return f".{key}" if isinstance(key, str) else f"[{step[0]}]"
