"""What came of holding a bundle against the rules of a layout."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.base.errors import Level
from generator.bundle.layout.model import Sure


class Outcome(StrEnum):
    """What a look at one rule came to."""

    KEPT = "kept"
    BROKEN = "broken"
    LOOK = "look at this"
    """A person has to judge: the rule has exceptions, or the program sees only a sign."""
    CANNOT = "cannot be checked"
    """Neither the file nor what is known beside it says enough."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule and what was found. `pages` are pages of the file, from 1; `detail` names them, and never a title."""

    rule: str
    says: str
    outcome: Outcome
    detail: str
    level: Level
    source: str
    paragraph: str
    sure: Sure
    checked_on: str
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class BundleCheck:
    """A finding for every rule of the layout, in its order. `dataclasses.asdict` gives what JSON can hold.

    `looked_at` is smaller than `pages` where the file is too long or took too much time.
    """

    layout: str
    pages: int
    looked_at: int
    size: int
    findings: tuple[Finding, ...]

    def list_broken(self, level: Level = Level.MUST) -> tuple[Finding, ...]:
        """The findings of broken rules that are binding at this level."""
        return tuple(one for one in self.findings if one.outcome is Outcome.BROKEN and one.level is level)
