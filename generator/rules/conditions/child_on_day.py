"""One child's file on one day, as rules look at it, and the values that stand for what is not written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from generator.base.working_days import Jurisdiction
from generator.case.child import Child, SiblingAssessment
from generator.case.decision import AdmDecision
from generator.case.family import Case
from generator.case.meeting import Meeting, Review
from generator.case.person import Person


@dataclass(frozen=True, slots=True)
class Unknown:
    """The value of a fact that is not written. `needs` are the places in the case file that would settle it."""

    needs: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        raise TypeError("an unknown fact is neither true nor false")


def unknown(*needs: str) -> Unknown:
    """Return an unknown fact that these places would settle."""
    return Unknown(frozenset(needs))


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One day on which an event happened or will happen. `write` is the place in the case file that says so.

    `named` is true where an entry of the record names the meeting asked about, so that its date does not matter.
    """

    on: dt.date
    write: str
    by: str | None = None
    to: tuple[str, ...] = ()
    note: str | None = None
    named: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """What one answer of a rule is about beyond the child: a meeting, a review, a parent, a decision, a sibling.

    Items are compared by identity, because comparing whole meetings would take most of the time of a check.
    """

    meeting: Meeting | None = None
    review: Review | None = None
    parent: Person | None = None
    decision: AdmDecision | None = None
    sibling: SiblingAssessment | None = None

    @property
    def id(self) -> str:
        """Return a name for this item that stays the same while facts are added to it."""
        if self is NO_ITEM:
            return ""
        parts = [
            self.meeting.id if self.meeting else "",
            self._review_id() if self.review else "",
            (self.decision.id or "decision") if self.decision else "",
            self.parent.id if self.parent else "",
            self.sibling.sibling if self.sibling else "",
        ]
        return " ".join(part for part in parts if part)

    def _review_id(self) -> str:
        review = self.review
        if review is None:
            return ""
        if review.number:
            return f"review-{review.number}"
        return f"review-{review.day.isoformat()}" if review.day else "review"

    @property
    def on(self) -> dt.date | None:
        """Return the day of the meeting, review or decision."""
        if self.meeting:
            return self.meeting.starts_at.date()
        if self.review:
            return self.review.day
        return self.decision.decided_on if self.decision else None


NO_ITEM = Item()


@dataclass(frozen=True, slots=True)
class ChildOnDay:
    """The file of one child. `today` is the day of asking; `at` is the rule's own day, on which ages are counted."""

    case: Case
    child: Child
    today: dt.date
    jurisdiction: Jurisdiction
    at: dt.date
    item: Item = NO_ITEM
    _memo: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def on_day(self, at: dt.date) -> ChildOnDay:
        """Return the same file with another own day."""
        if at == self.at:
            return self
        return ChildOnDay(self.case, self.child, self.today, self.jurisdiction, at, self.item, self._memo)

    def about(self, item: Item) -> ChildOnDay:
        """Return the same file, asked about one item."""
        return ChildOnDay(self.case, self.child, self.today, self.jurisdiction, self.at, item, self._memo)

    def remember(self, key: Any, find: Callable[[], Any]) -> Any:
        """Return what `find` returns, calling it once for this child and key. It may not depend on the own day."""
        if key not in self._memo:
            self._memo[key] = find()
        return self._memo[key]

    @property
    def day(self) -> dt.date:
        """Return the day for which plans and homes are looked up: the own day, but never after today."""
        return min(self.at, self.today)
