"""A value that is kept from a reader, and whether a person has allowed it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from generator.base.yaml.paths import Path_
from generator.case.family import Cleared
from generator.disclosure.lens import AS_COURT, Lens
from generator.disclosure.spelling import Spelling


class Certainty(Enum):
    """How sure it is that a match is the protected value."""

    SURE = "sure"
    """Any match is the value."""
    LIKELY = "likely"
    """A match may be another person or place of the same name. It stops the product's own papers, and is only reported
    in files that others wrote."""


class FactPlace(NamedTuple):
    """A fact of the case: the name that a clearance uses for it, and its place in the case file."""

    fact: str
    path: Path_

    def at(self, *keys: str | int) -> FactPlace:
        """Return a fact inside this one, with a name of its own."""
        named = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys)
        return FactPlace(self.fact + named, (*self.path, *keys))

    def part(self, *keys: str | int) -> FactPlace:
        """Return a part of this fact, which a clearance allows together with it."""
        return FactPlace(self.fact, (*self.path, *keys))


@dataclass(frozen=True, slots=True)
class Protected:
    """A value that a reader may not see. The value itself is never printed.

    `what` says what it is, in words; `path` is its place in the case file; `fact` is the name that a clearance uses for
    it. `also` names another fact with the same value that the reader may see, for example a namesake: a person must
    decide which of the two a match is.
    """

    what: str
    fact: str
    path: Path_
    spellings: tuple[Spelling, ...] = field(default=(), repr=False)
    day: dt.date | None = field(default=None, repr=False)
    certainty: Certainty = Certainty.SURE
    also: str = ""
    inside: frozenset[str] = field(default=frozenset(), repr=False)
    """Longer names that the reader may know, squashed. A match inside one is ignored: Ann Lee in Jo-Ann Lee-Smith."""


def digest_protected(protected: Iterable[Protected]) -> str:
    """Return the SHA-256 of all protected values with their spellings. Equal digests mean equal search results."""
    digest = hashlib.sha256()
    for one in protected:
        spellings = [
            (each.letters, each.fit.value, each.capital, sorted(each.words or ()), each.words is None, each.owned)
            for each in one.spellings
        ]
        parts = (one.fact, one.path, spellings, one.day, one.certainty.value, one.also, sorted(one.inside))
        digest.update(repr(parts).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def is_cleared(one: Protected, cleared: Sequence[Cleared], lens: Lens, names: Collection[str] = ()) -> bool:
    """Return whether the case file allows this reader to read this fact in a paper or file with one of these names.

    What the court may read may also stand in the parties' copies of its bundle.
    """
    readers = {lens.reader, lens.audience.value} | ({AS_COURT.audience.value} if lens.filed else set())
    return any(
        entry.allows == one.fact and entry.reader in readers and (not entry.papers or {*entry.papers} & {*names})
        for entry in cleared
    )
