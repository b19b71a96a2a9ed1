"""One reader's view of one case on one day, and what the paper that is made in it is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import TypeVar

from generator.case.family import Case
from generator.disclosure.lens import Lens
from generator.rules.judging.judge import Compliance

_Shown = TypeVar("_Shown")


@dataclass(frozen=True, slots=True)
class PaperShape:
    """What decides which facts a paper has: what it is about (`units`), and what its card needs.

    `maybe` are units that some papers of a card are about and others are not.
    """

    units: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    maybe: frozenset[str] = frozenset()


def shape_of(units: Collection[str], needs: Collection[str], *, is_parents: bool) -> PaperShape:
    """The shape of the papers of a card that are, or are not, the copy of one parent."""
    found = {*units}
    # A decision and a view are each about one child.
    found |= {"child"} if found & {"decision", "iro_view"} else set()
    found |= {"parent"} if is_parents else set()
    maybe = frozenset({"parent"}) if "reader" in units and not is_parents else frozenset[str]()
    return PaperShape(frozenset(found), frozenset(needs), maybe)


@dataclass(frozen=True, slots=True)
class ReaderView:
    """A case as one reader may see it, as at the day `on`, in a paper of one shape.

    The same people and children stand in many papers, so what was shown once is remembered.
    """

    case: Case
    compliance: Compliance
    lens: Lens
    on: dt.date
    paper: PaperShape = PaperShape()
    _shown: dict[tuple[str, ...], object] = field(default_factory=dict, compare=False, repr=False)

    def remember(self, key: tuple[str, ...], show: Callable[[], _Shown]) -> _Shown:
        """What was shown under this key before, else what `show` gives now. It may not depend on the paper."""
        if key not in self._shown:
            self._shown[key] = show()
        return self._shown[key]  # type: ignore[return-value] # a key always stands for the same type
