"""One value that is kept from a reader, and how much it says to find it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from generator.base.yaml.paths import Path_
from generator.disclosure.spelling import Spelling


class Weight(Enum):
    """How much a find says."""

    SURE = "sure"
    """It is the value, wherever it stands."""
    LIKELY = "likely"
    """It may be another of the same name: it stops our own papers, and is pointed out in files that others wrote."""


@dataclass(frozen=True, slots=True)
class Protected:
    """One value that must not stand before a reader: what it is, and where the case file holds it. Never printed.

    `fact` is how a clearance names it. `also` is where the same value stands as something that this reader may know;
    only a person can say which of the two is meant.
    """

    what: str
    fact: str
    path: Path_
    spellings: tuple[Spelling, ...] = field(default=(), repr=False)
    day: dt.date | None = field(default=None, repr=False)
    weight: Weight = Weight.SURE
    also: str = ""
    inside: frozenset[str] = field(default=frozenset(), repr=False)
    """Longer names that readers may know, as squashed, in which a spelling is no find: Ann Lee in Jo-Ann Lee-Smith."""


def digest_protected(protected: Iterable[Protected]) -> str:
    """The SHA-256 of all that is kept back and of every way to write it: another search would find the same."""
    digest = hashlib.sha256()
    for one in protected:
        spellings = [
            (each.letters, each.fit.value, each.capital, sorted(each.words or ()), each.words is None, each.owned)
            for each in one.spellings
        ]
        parts = (one.fact, one.path, spellings, one.day, one.weight.value, one.also, sorted(one.inside))
        digest.update(repr(parts).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
