"""Read procedures from their files, and report every mistake with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from generator.base.english import find_nearest
from generator.base.errors import CannotReadError, Problem
from generator.base.yaml.paths import Path_, format_path
from generator.base.yaml.read import YamlFile, limit_repeats, read_yaml
from generator.base.yaml.validation_errors import Wording, explain_refusals
from generator.case.words import PlanKind, Role
from generator.rules.conditions.derived import FACTS, ROOTS
from generator.rules.conditions.events import EVENTS
from generator.rules.conditions.language import Condition, ConditionError, read_condition, read_path
from generator.rules.procedures.limits import is_stricter, read_floor, read_limit
from generator.rules.procedures.model import (
    GROUPS,
    WAYS_OF_EACH,
    ChairHasRole,
    ChildCounted,
    ConditionHolds,
    EventsHappen,
    EventsInOrder,
    FactsWritten,
    Guest,
    GuestsInvited,
    InviteRow,
    Opening,
    OptionsWeighed,
    Past,
    Procedure,
    Requirement,
    Rule,
    RuleEntry,
    RuleKind,
    ServiceDuty,
)
from generator.rules.procedures.sources import RuleSource, load_sources

_ASKS = (
    "event", "events", "any_event", "written", "holds", "invite", "chair", "in_order", "consider", "allow", "counts",
    "because",
)  # fmt: skip
_TOGETHER = {"consider", "allow"}
Read = TypeVar("Read")
SOURCES = "sources.yaml"
"""The file beside an authority's own procedures that says what they cite."""


NATIONAL = "england"
"""The procedure that holds the law for England, which every authority's own extends."""


def list_procedures(folders: Sequence[Path]) -> dict[str, Path]:
    """Every procedure file by its name. One in an earlier folder stands before one of the same name.

    Raises CannotReadError where an authority's folder holds a file in the place of the national rules: a local
    procedure may add to them, and may not make them vanish.
    """
    found: dict[str, Path] = {}
    for folder in folders[:-1]:
        if (folder / f"{NATIONAL}.yaml").is_file():
            says = f"A procedure of one's own may not be called {NATIONAL}, which is the name of the national rules"
            problem = Problem("P006", says, remedy=f"give it another name, and extends: {NATIONAL}")
            raise CannotReadError(f"{folder / NATIONAL}.yaml cannot be used", [problem])
    for folder in folders:
        for path in sorted(folder.glob("*.yaml")):
            if path.name != SOURCES:
                found.setdefault(path.stem, path)
    return found


def load_procedure(name: str, folders: Sequence[Path], sources: Path) -> Procedure:
    """The procedure of that name with the rules of the one that it extends.

    Raises CannotReadError with every mistake and its place: an unknown procedure, event, source or role, a rule
    without a source, a circle of `extends`, a condition that cannot be true, a rule that loosens what it replaces.
    """
    own = [folder / SOURCES for folder in folders if (folder / SOURCES).is_file()]
    known: dict[str, RuleSource] = {}
    for file in (*own, sources):
        known = load_sources(file) | known
    return _load(name, list_procedures(folders), known, ())


def _load(name: str, files: Mapping[str, Path], sources: Mapping[str, RuleSource], above: tuple[str, ...]) -> Procedure:
    if name not in files:
        raise CannotReadError(_describe_unknown(f"There is no procedure called {name}", name, files))
    source = read_yaml(files[name], shown_as=str(files[name]) if above == () else files[name].name)
    opening, entries = _read(source)
    if opening.extends and opening.extends in (*above, name):
        problem = Problem("P004", "This makes a circle: a procedure cannot extend itself", source.place(("extends",)))
        raise CannotReadError(f"{source.name} cannot be used", [problem])
    if opening.extends and opening.extends not in files:
        says = _describe_unknown(f"There is no procedure called {opening.extends}", opening.extends, files)
        raise CannotReadError(f"{source.name} cannot be used", [Problem("P002", says, source.place(("extends",)))])
    base = _load(opening.extends, files, sources, (*above, name)) if opening.extends else None
    return _Builder(name, source, opening, entries, base, sources).build()


def _describe_unknown(says: str, name: str, known: Iterable[str]) -> str:
    near = find_nearest(name, known)
    return f"{says}. Did you mean {near}?" if near else f"{says}. There are: {', '.join(sorted(known))}."


def _read(source: YamlFile) -> tuple[Opening, tuple[RuleEntry, ...]]:
    facts = dict(source.facts)
    rows = facts.pop("rules", None)
    problems: list[Problem] = []
    opening: Opening | None = None
    try:
        opening = Opening.model_validate({key: value for key, value in facts.items() if value is not None})
    except ValidationError as error:
        problems += explain_refusals(source, error, _WORDING)
    entries: list[RuleEntry] = []
    if not isinstance(rows, list):
        problems.append(Problem("P001", "rules must be a list of rules", source.place(("rules",)), "rules"))
    else:
        for number, row in enumerate(rows):
            try:
                entries.append(RuleEntry.model_validate(row))
            except ValidationError as error:
                problems += explain_refusals(source, error, _WORDING, ("rules", number))
    if problems or opening is None:
        raise CannotReadError(f"{source.name} is not a procedure", limit_repeats(problems))
    return opening, tuple(entries)


def _as_written(path: Path_) -> Path_:
    # A union reports each branch that failed under its own name, which no line of the file carries.
    return tuple(part for part in path if part not in ("str", "InviteRow", "[key]") and "[" not in str(part))


_WORDING = Wording(
    ("P001", "P001", "P001"),
    "of a procedure",
    {*Opening.model_fields, *RuleEntry.model_fields, *InviteRow.model_fields, *Past.model_fields, "rules"},
    _as_written,
)


class _Builder:
    """Checks the entries of one file and makes rules of them, and collects every mistake."""

    def __init__(
        self,
        name: str,
        source: YamlFile,
        opening: Opening,
        entries: Sequence[RuleEntry],
        base: Procedure | None,
        sources: Mapping[str, RuleSource],
    ) -> None:
        self.name, self.source, self.opening, self.entries = name, source, opening, entries
        self.base, self.sources = base, sources
        built_in = {event.name: event.label for event in EVENTS.values()}
        self.events = built_in | (base.events if base else {}) | opening.events
        self.roles = {*opening.roles, *(base.opening.roles if base else ())}
        self.problems: list[Problem] = []
        self.seen: set[str] = set()

    def build(self) -> Procedure:
        self._check_opening()
        rules = [rule for number, entry in enumerate(self.entries) if (rule := self._build_rule(number, entry))]
        inherited = self._check_replaced(rules)
        if self.problems:
            raise CannotReadError(f"{self.source.name} has rules that cannot be used", limit_repeats(self.problems))
        return Procedure(self.name, self.opening, (*inherited, *rules), self.events, self.base)

    def _wrong(self, code: str, says: str, path: Path_, remedy: str = "") -> None:
        self.problems.append(Problem(code, says, self.source.place(path), format_path(path), remedy))

    def _check_opening(self) -> None:
        if self.opening.source not in self.sources:
            self._wrong(
                "P003", _describe_unknown("There is no such source", self.opening.source, self.sources), ("source",)
            )
        for event in self.opening.events:
            if event in EVENTS or event in FACTS or event in ROOTS:
                self._wrong("P001", f"{event} is a name that every case file has already", ("events", event))
        if self.base and self.base.jurisdiction is not self.opening.jurisdiction:
            self._wrong("P001", "jurisdiction must be that of the procedure it extends", ("jurisdiction",))

    def _build_rule(self, number: int, entry: RuleEntry) -> Rule | None:
        before = len(self.problems)
        at: Path_ = ("rules", number)
        if entry.id in self.seen:
            self._wrong("P001", f"The id {entry.id} is used twice", (*at, "id"))
        self.seen.add(entry.id)
        source = self._find_source(entry, at)
        if entry.each not in WAYS_OF_EACH:
            listed = ", ".join("[" + ", ".join(way) + "]" for way in WAYS_OF_EACH[1:])
            self._wrong("P001", f"each must be one of: {listed}", (*at, "each"))
        when = self._condition(entry.when, entry, (*at, "when")) if entry.when else None
        limits = tuple(self._read_each(entry.due, read_limit, (*at, "due")))
        floors = tuple(self._read_each(entry.not_before, read_floor, (*at, "not_before")))
        for place, limit in enumerate(limits):
            self._need_event(limit.event, entry, (*at, "due", place))
        for place, floor in enumerate(floors):
            self._need_event(floor.event, entry, (*at, "not_before", place))
        if entry.at:
            self._need_event(entry.at, entry, (*at, "at"))
        if entry.blocks and not entry.verified:
            self._wrong("P006", "A rule whose law was not verified may warn, but not block a paper", (*at, "blocks"))
        asks = self._read_asks(entry, at)
        if len(self.problems) > before or asks is None or source is None:
            return None
        return Rule(f"{self.name}/{entry.id}", entry, source, asks, when, limits, floors)

    def _find_source(self, entry: RuleEntry, at: Path_) -> RuleSource | None:
        key = entry.cite.split()[0]
        if key in self.sources:
            return self.sources[key]
        self._wrong("P003", _describe_unknown(f"cite names no source called {key}", key, self.sources), (*at, "cite"))
        return None

    def _read_each(self, lines: Sequence[str], read: Callable[[str], Read], at: Path_) -> Iterator[Read]:
        for place, line in enumerate(lines):
            try:
                yield read(line)
            except ConditionError as error:
                self._wrong("P005", f"This path {error}", (*at, place))
            except ValueError as error:
                self._wrong("P001", f"This {error}", (*at, place))

    def _need_event(self, name: str, entry: RuleEntry, at: Path_) -> None:
        if name not in self.events:
            self._wrong("P002", _describe_unknown(f"There is no event called {name}", name, self.events), at)
        elif name in EVENTS and name.startswith(("this_", "following_", "previous_")):
            scope = EVENTS[name].scope
            if scope not in entry.each:
                self._wrong("P002", f"{name} can only be used in a rule with each: {scope}", at)

    def _condition(self, text: str, entry: RuleEntry, at: Path_) -> Condition | None:
        try:
            return read_condition(text, scopes=entry.each, events=self.events)
        except ConditionError as error:
            self._wrong("P005", f"This condition {error}", at)
            return None

    def _role(self, name: str, at: Path_, *, groups: bool = False) -> str | None:
        if groups and name in GROUPS:
            return name
        if name in {role.value for role in Role}:
            if Role(name) not in self.roles:
                self._wrong("P002", f"The role {name} is not declared under roles", at, f"roles: {{{name}: ...}}")
            return name
        known = [*(role.value for role in Role), *(GROUPS if groups else ())]
        self._wrong("P002", _describe_unknown(f"There is no role called {name}", name, known), at)
        return None

    def _roles(self, names: Sequence[str], at: Path_) -> tuple[Role, ...]:
        read = [self._role(name, (*at, place)) for place, name in enumerate(names)]
        return tuple(Role(name) for name in read if name)

    def _read_asks(self, entry: RuleEntry, at: Path_) -> Requirement | None:
        asked = {key for key in _ASKS if getattr(entry, key) not in (None, ())}
        if (len(asked) != 1 and asked != _TOGETHER) or not asked:
            self._wrong("P001", f"A rule asks exactly one of: {', '.join(_ASKS)}", at)
            return None
        if (entry.kind is RuleKind.SERVICE) != (asked == {"because"}):
            self._wrong("P001", "because belongs to kind: service, and to no other", (*at, "kind"))
        if (entry.kind is RuleKind.MEASURE) != (asked == {"counts"}):
            self._wrong("P001", "counts belongs to kind: measure, and to no other", (*at, "kind"))
        if (entry.by or entry.paper or entry.to) and not asked & {"event", "events", "any_event"}:
            self._wrong("P001", "by, paper and to can only stand with event, events or any_event", at)
        return self._read_ask(asked.pop(), entry, at)

    def _read_ask(self, asked: str, entry: RuleEntry, at: Path_) -> Requirement | None:
        match asked:
            case "event" | "events" | "any_event":
                names = (entry.event,) if entry.event else entry.events or entry.any_event
                for place, name in enumerate(names):
                    self._need_event(name, entry, (*at, asked) if entry.event else (*at, asked, place))
                by = self._roles(entry.by, (*at, "by"))
                any_one = bool(entry.any_event)
                return EventsHappen(by, events=names, any_one=any_one, paper=entry.paper, to=entry.to)
            case "written":
                read = partial(read_path, scopes=entry.each)
                return FactsWritten(must_be_written=tuple(self._read_each(entry.written, read, (*at, "written"))))
            case "holds" | "counts":
                text = entry.holds or entry.counts
                condition = self._condition(text, entry, (*at, asked)) if text else None
                return (ConditionHolds if asked == "holds" else ChildCounted)(condition) if condition else None
            case "invite":
                if "meeting" not in entry.each:
                    self._wrong("P001", "invite needs each: meeting", (*at, "invite"))
                return GuestsInvited(guests=tuple(self._guests(entry, at)))
            case "chair":
                if not {"meeting", "review"} & {*entry.each}:
                    self._wrong("P001", "chair needs each: meeting or each: review", (*at, "chair"))
                return ChairHasRole(self._roles(entry.chair, (*at, "chair")))
            case "in_order":
                groups = tuple((group,) if isinstance(group, str) else group for group in entry.in_order)
                if not all(groups):
                    self._wrong("P001", "in_order has an empty group", (*at, "in_order"))
                for place, group in enumerate(groups):
                    for name in group:
                        self._need_event(name, entry, (*at, "in_order", place))
                return EventsInOrder(groups)
            case "consider" | "allow":
                return OptionsWeighed(
                    consider=tuple(self._options(entry.consider, (*at, "consider"))),
                    allow=tuple(self._options(entry.allow, (*at, "allow"))),
                )
        return ServiceDuty(entry.because or "")

    def _guests(self, entry: RuleEntry, at: Path_) -> Iterator[Guest]:
        for place, guest in enumerate(entry.invite):
            here: Path_ = (*at, "invite", place)
            row = InviteRow(any=(guest,)) if isinstance(guest, str) else guest
            if not row.any:
                self._wrong("P001", "invite names nobody here", here)
            for name in row.any:
                self._role(name, here, groups=True)
            yield Guest(row.any, self._condition(row.when, entry, here) if row.when else None, row.part)

    def _options(self, names: Sequence[str], at: Path_) -> Iterator[PlanKind]:
        for place, name in enumerate(names):
            try:
                yield PlanKind(name)
            except ValueError:
                says = _describe_unknown(f"There is no option called {name}", name, [kind.value for kind in PlanKind])
                self._wrong("P002", says, (*at, place))

    def _check_replaced(self, rules: Sequence[Rule]) -> Iterator[Rule]:
        """Return the rules of the extended procedure that stay, and report where a new rule loosens an old one."""
        inherited = {rule.name: rule for rule in (self.base.rules if self.base else ())}
        numbers = {entry.id: number for number, entry in enumerate(self.entries)}
        for rule in rules:
            replaced = rule.entry.replaces
            if replaced is None:
                continue
            at: Path_ = ("rules", numbers[rule.entry.id], "replaces")
            old = inherited.pop(replaced, None)
            if old is None:
                known = [other.name for other in (self.base.rules if self.base else ())]
                self._wrong("P002", _describe_unknown(f"There is no rule called {replaced}", replaced, known), at)
            elif loosens := _find_loosened(rule, old):
                self._wrong("P006", loosens, at, "keep the national rule, and add one of your own beside it")
        return iter(inherited.values())


def _find_loosened(new: Rule, old: Rule) -> str | None:
    """Return in which way a rule is looser than the one that it replaces; None where it is not."""
    if new.level.strength < old.level.strength:
        return "A local rule may not be less binding than the law that it replaces"
    if (new.entry.when, new.entry.each, new.entry.at) != (old.entry.when, old.entry.each, old.entry.at):
        return "A local rule must apply wherever the law that it replaces does: keep its when, each and at"
    if new.asks != old.asks:
        return "A local rule must ask what the law that it replaces asks"
    if not {*old.blocks} <= {*new.blocks}:
        return "A local rule must block every paper that the law it replaces blocks"
    if not {*old.floors} <= {*new.floors}:
        return "A local rule may not allow something sooner than the law that it replaces"
    if new.limits and not old.limits:
        return "A local rule may not give time to what the law asks at once: keep it without due"
    for limit in old.limits:
        if not any(is_stricter(mine, limit) for mine in new.limits):
            return "A local rule may tighten a limit of the law, and not loosen it"
    return None
