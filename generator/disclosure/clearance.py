"""Finds that a person looked at and allowed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from generator.case.audience import Audience
from generator.case.kept import Cleared
from generator.disclosure.lens import Lens
from generator.disclosure.protected import Protected


def is_cleared(one: Protected, cleared: Sequence[Cleared], lens: Lens, names: Collection[str] = ()) -> bool:
    """Whether the case file says that this reader may read this fact in a paper or file that goes by these names.

    What the court may read, the copies of its bundle for the parties may hold.
    """
    readers = {lens.reader, lens.audience.value} | ({Audience.COURT.value} if lens.filed else set())
    return any(
        entry.allows == one.fact and entry.reader in readers and (not entry.papers or {*entry.papers} & {*names})
        for entry in cleared
    )
