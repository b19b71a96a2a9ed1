"""One reader's view of one case on one day, remembered while papers are planned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from generator.case.family import Case
from generator.disclosure.lens import Lens
from generator.rules.judging.judge import Compliance


@dataclass(frozen=True, slots=True)
class Scene:
    """A case as one reader may see it, as at the day `on`.

    The same people and children stand in many papers, so what was shown once is remembered. What `remember` gives is
    shared: nobody may change it.
    """

    case: Case
    compliance: Compliance
    lens: Lens
    on: dt.date
    _shown: dict[tuple[str, ...], dict[str, Any]] = field(default_factory=dict, compare=False, repr=False)

    def remember(self, key: tuple[str, ...], show: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """What was shown under this key before, else what `show` gives now."""
        if key not in self._shown:
            self._shown[key] = show()
        return self._shown[key]
