"""What a procedure is: rules with their source, as frozen models."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from generator.base.dates import read_date
from generator.base.errors import Level
from generator.base.working_days import Jurisdiction
from generator.case.words import Part, PlanKind, Role
from generator.rules.conditions.language import Condition
from generator.rules.procedures.limits import Floor, Limit
from generator.rules.procedures.sources import RuleSource


class RuleKind(StrEnum):
    """What sort of requirement a rule is."""

    TIMESCALE = "timescale"
    INVITATION = "invitation"
    COPY = "copy"
    CONDITION = "condition"
    RECORD = "record"
    APPROVAL = "approval"
    ALERT = "alert"
    OPTIONS = "options"
    GATE = "gate"
    MEASURE = "measure"
    SERVICE = "service"


Each = Literal["meeting", "review", "parent", "decision", "sibling"]
WAYS_OF_EACH: tuple[tuple[Each, ...], ...] = (
    (),
    ("meeting",),
    ("review",),
    ("parent",),
    ("decision",),
    ("sibling",),
    ("meeting", "parent"),
    ("decision", "parent"),
)
"""What a rule may have one answer for, within one child's file."""

GROUPS = ("parents", "carer", "connected_carers")
"""Who may be invited beside professional roles: the child's parents, the carer at home, relatives who might care."""


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _read_day(value: Any) -> Any:
    return read_date(value) if isinstance(value, str) else value


def _read_yes(value: Any) -> Any:
    if isinstance(value, str):
        answer = {"yes": True, "no": False}.get(value.lower())
        if answer is None:
            raise ValueError("must be yes or no")
        return answer
    return value


Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
EventKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$")]
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=800)]
Many = Annotated[tuple[str, ...], BeforeValidator(_as_list)]
Day = Annotated[dt.date, BeforeValidator(_read_day)]
YesNo = Annotated[bool, BeforeValidator(_read_yes)]


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Past(_Row):
    """One line of a rule's history."""

    on: Day
    what: Sentence


class InviteRow(_Row):
    """Someone to invite: any one of these roles, under a condition, to a part of the meeting."""

    any: Many
    when: Sentence | None = None
    part: Part | None = None


class RuleEntry(_Row):
    """A rule as it stands in the file. `docs/reference/procedure-files.md` explains every key."""

    id: Key
    ref: str = ""
    kind: RuleKind
    level: Level
    cite: Sentence
    says: Sentence
    when: Sentence | None = None
    at: EventKey | None = None
    each: Annotated[tuple[Each, ...], BeforeValidator(_as_list)] = ()
    due: Many = ()
    not_before: Many = ()
    blocks: Many = ()
    topics: Many = ()
    note: Sentence | None = None
    reading: Sentence | None = None
    derived: Sentence | None = None
    history: tuple[Past, ...] = ()
    verified: YesNo = True
    replaces: Sentence | None = None
    because: Sentence | None = None
    event: EventKey | None = None
    events: Many = ()
    any_event: Many = ()
    by: Many = ()
    paper: Sentence | None = None
    to: Many = ()
    written: Many = ()
    holds: Sentence | None = None
    invite: Annotated[tuple[str | InviteRow, ...], BeforeValidator(_as_list)] = ()
    chair: Many = ()
    in_order: tuple[str | tuple[str, ...], ...] = ()
    consider: Many = ()
    allow: Many = ()
    counts: Sentence | None = None


class Opening(_Row):
    """What a procedure says of itself before its rules."""

    title: Sentence
    publisher: Sentence
    edition: Sentence
    jurisdiction: Jurisdiction
    source: Key
    checked_on: Day
    extends: Key | None = None
    roles: dict[Role, Sentence] = Field(default_factory=dict)
    events: dict[EventKey, Sentence] = Field(default_factory=dict)


# What a rule asks, once it is read and checked


@dataclass(frozen=True, slots=True)
class Guest:
    """Someone to invite: any one of these roles or groups."""

    any_of: tuple[str, ...]
    when: Condition | None = None
    part: Part | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """What a rule asks. Each kind says here what other parts of the product need to know of it.

    A new kind is a subclass here, its key in `load.py` and its answer in `judging/answers.py`.
    """

    is_judged: ClassVar[bool] = True
    """Whether the file of one child can answer it."""
    is_count: ClassVar[bool] = False
    """Whether it counts children, so that nobody has anything to do because of it."""
    is_done_on_a_day: ClassVar[bool] = False
    """Whether it asks for something to be done, so that the day of a meeting is no deadline by itself."""

    events: tuple[str, ...] = ()
    """The events that must happen by the rule's due day."""
    any_one: bool = False
    """Whether one of the events is enough."""
    to: tuple[str, ...] = ()
    """Who must be told or sent something: roles, or groups in words."""
    paper: str | None = None
    """The paper that must be sent, in words."""
    must_be_written: tuple[Condition, ...] = ()
    """The places of facts that must be written in the case file."""
    guests: tuple[Guest, ...] = ()
    """Who must be invited to the meeting."""
    consider: tuple[PlanKind, ...] = ()
    """The options that must be weighed."""
    allow: tuple[PlanKind, ...] = ()
    """The options that need no reason; empty where any may be chosen."""

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """What is looked up in the case file to answer it."""
        return self.must_be_written


@dataclass(frozen=True, slots=True)
class EventsHappen(Requirement):
    """Events must happen: all of them, or one. `by`, where given, are the roles of whom one must do it."""

    is_done_on_a_day = True

    by: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class FactsWritten(Requirement):
    """Facts must be written in the case file."""


@dataclass(frozen=True, slots=True)
class ConditionHolds(Requirement):
    """Something must be so."""

    condition: Condition

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The one condition that must hold."""
        return (self.condition,)


@dataclass(frozen=True, slots=True)
class GuestsInvited(Requirement):
    """People must be invited to the meeting."""


@dataclass(frozen=True, slots=True)
class ChairHasRole(Requirement):
    """Somebody in one of these roles must chair."""

    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class EventsInOrder(Requirement):
    """Groups of events must follow each other."""

    is_done_on_a_day = True

    groups: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class OptionsWeighed(Requirement):
    """The child's list of options: what must be on it, and what needs a reason because it is not among `allow`."""


@dataclass(frozen=True, slots=True)
class ChildCounted(Requirement):
    """A measure over many families: the child is counted while the condition is true."""

    is_count = True

    condition: Condition


@dataclass(frozen=True, slots=True)
class ServiceDuty(Requirement):
    """A duty of the whole service, with why one child's file cannot answer it."""

    is_judged = False

    because: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One requirement, checked. `name` is its full name: the procedure's, then its own."""

    name: str
    entry: RuleEntry = field(repr=False)
    source: RuleSource = field(repr=False)
    asks: Requirement = field(repr=False)
    when: Condition | None = field(repr=False, default=None)
    limits: tuple[Limit, ...] = ()
    floors: tuple[Floor, ...] = ()

    @property
    def procedure(self) -> str:
        """The name of the procedure that it stands in."""
        return self.name.split("/")[0]

    @property
    def level(self) -> Level:
        """How binding it is."""
        return self.entry.level

    @property
    def cite(self) -> str:
        """Where it comes from: the title of its source, and the place in it."""
        place = self.entry.cite.removeprefix(self.source.id).strip()
        return f"{self.source.title}, {place}" if place else self.source.title

    @property
    def is_judged(self) -> bool:
        """Whether the file of one child can answer it."""
        return self.asks.is_judged

    @property
    def blocks(self) -> tuple[str, ...]:
        """The codes of papers that stay drafts while it is not kept."""
        return self.entry.blocks


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure with all its rules, those of the procedure it extends first."""

    name: str
    opening: Opening
    rules: tuple[Rule, ...] = field(repr=False)
    events: dict[str, str] = field(repr=False)
    extends: Procedure | None = field(default=None, repr=False)

    @property
    def jurisdiction(self) -> Jurisdiction:
        """Whose holidays are not working days."""
        return self.opening.jurisdiction

    @property
    def lineage(self) -> tuple[str, ...]:
        """Its name, and the names of the procedures that it extends."""
        return (self.name, *(self.extends.lineage if self.extends else ()))

    def label(self, event: str) -> str:
        """An event in plain words."""
        return self.events[event]

    def label_events(self, asks: Requirement) -> str:
        """The events that a rule asks for in plain words, joined with and, or with or where one of them is enough."""
        return (" or " if asks.any_one else " and ").join(map(self.label, asks.events))
