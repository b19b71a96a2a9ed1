"""Which procedure a case is read under, and the rules of every procedure there is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from generator.base import resources
from generator.base.english import find_nearest
from generator.base.errors import CannotReadError, Level, Problem
from generator.base.resources import SearchPath
from generator.base.working_days import Jurisdiction
from generator.base.yaml.paths import Path_
from generator.base.yaml.read import limit_repeats, read_yaml
from generator.case.explain import format_case_path
from generator.case.load import LoadedCase
from generator.rules.conditions.events import EVENTS
from generator.rules.judging.examples import EXAMPLES, Example, Trial, find_untested, load_examples, try_examples
from generator.rules.judging.judge import Compliance, judge_case
from generator.rules.procedures.load import list_procedures, load_procedure
from generator.rules.procedures.model import Procedure, Rule


def load_named(name: str, search_path: SearchPath) -> Procedure:
    """The procedure of that name. Raises CannotReadError as `load_procedure`."""
    return load_procedure(name, search_path.procedure_folders, resources.SOURCES)


def load_all(search_path: SearchPath, jurisdiction: Jurisdiction | None = None) -> Iterator[Procedure]:
    """Every procedure, by name; with a jurisdiction, only those of it."""
    for name in sorted(list_procedures(search_path.procedure_folders)):
        procedure = load_named(name, search_path)
        if jurisdiction in (None, procedure.jurisdiction):
            yield procedure


def judge(
    loaded: LoadedCase,
    on: dt.date,
    search_path: SearchPath,
    name: str | None = None,
    *,
    load: Callable[[str, SearchPath], Procedure] = load_named,
) -> Compliance:
    """A case under its own procedure, or under the one named. Raises CannotReadError where there is none such.

    For many cases, pass a `load` that remembers the procedures it has read.
    """
    known = list_procedures(search_path.procedure_folders)
    if name is None and loaded.case.procedure not in known:
        near = find_nearest(loaded.case.procedure, known)
        place = loaded.source.place(("procedure",))
        remedy = f"procedure: {near}" if near else f"one of: {', '.join(sorted(known))}"
        problem = Problem("P002", "There is no procedure of this name", place, "procedure", remedy)
        raise CannotReadError(f"{loaded.source.name} names a procedure that is not there", [problem])
    procedure = load(loaded.case.procedure if name is None else name, search_path)
    if name is not None and loaded.case.procedure in known:
        own = load(loaded.case.procedure, search_path)
        if own.jurisdiction is not procedure.jurisdiction:
            raise CannotReadError(
                f"This case is one of {own.jurisdiction.value.title()}: it cannot be read under the procedure "
                f"{procedure.name}, whose law is that of {procedure.jurisdiction.value.title()}"
            )
    return judge_case(loaded.case, procedure, on)


def find_unknown_events(loaded: LoadedCase, procedure: Procedure, search_path: SearchPath) -> Sequence[Problem]:
    """Events in the case's record, and rules among its overrides, that no procedure knows: nothing heeds them."""
    case, source = loaded.case, loaded.source

    def unheeded(says: str, path: Path_, named: str, names: Iterable[str]) -> Problem:
        near = find_nearest(named, names, 0.75)
        remedy = f"{path[-1]}: {near}" if near else ""
        return Problem("P002", says, source.place(path), format_case_path(path), remedy, Level.SHOULD)

    known = {*procedure.events, *EVENTS}
    strange = [(i, one.event) for i, one in enumerate(case.record) if one.event not in known]
    if strange:
        known |= {*_declared(search_path)}
    says = "No procedure declares this event, so no rule looks for it"
    problems = [unheeded(says, ("record", i, "event"), event, known) for i, event in strange if event not in known]
    rules = {rule.name for rule in procedure.rules}
    says = "There is no rule of this name, so nothing is set aside"
    problems += [
        unheeded(says, ("overrides", i, "rule"), _complete(override.rule, procedure), rules)
        for i, override in enumerate(case.overrides)
        if override.rule not in rules and not _is_of_another(override.rule, procedure, search_path)
    ]
    return limit_repeats(problems)


def _is_of_another(name: str, procedure: Procedure, search_path: SearchPath) -> bool:
    """Whether a rule's name belongs to a procedure that this case is not read under just now."""
    key = name.split("/", maxsplit=1)[0]
    return "/" in name and key not in procedure.lineage and key in list_procedures(search_path.procedure_folders)


def _complete(name: str, procedure: Procedure) -> str:
    """The full name of a rule that is given by its row or without its procedure, for the hint."""
    told = [one.name for one in procedure.rules if name.rsplit("/", maxsplit=1)[-1] in (one.entry.ref, one.entry.id)]
    return told[0] if told else name


def _declared(search_path: SearchPath) -> Iterator[str]:
    for path in list_procedures(search_path.procedure_folders).values():
        # A draft that cannot be read must not stop the check of a case that does not follow it.
        with suppress(CannotReadError):
            events = read_yaml(path).facts.get("events")
            yield from events if isinstance(events, dict) else ()


@dataclass(frozen=True, slots=True)
class ExplainedRule:
    """A rule with the procedure it stands in, and its examples."""

    rule: Rule
    procedure: Procedure
    examples: tuple[Example, ...]


def find_rule(name: str, search_path: SearchPath) -> ExplainedRule:
    """The rule of that full name, such as england/first-review. Raises CannotReadError where there is none."""
    if "/" not in name:
        rows = (rule.name for one in load_all(search_path) for rule in one.rules if rule.entry.ref == name.upper())
        name = next(rows, name)
    key, _, _ = name.partition("/")
    procedure = load_named(key, search_path)
    rule = next((one for one in procedure.rules if one.name == name), None)
    if rule is None:
        names = [one.name for one in procedure.rules if one.procedure == key]
        near = find_nearest(name, names, 0.75)
        by_ref = next((one.name for one in procedure.rules if f"{key}/{one.entry.ref}".lower() == name.lower()), None)
        hint = f"Did you mean {by_ref or near}?" if by_ref or near else f"To list them: permanence procedures {key}"
        raise CannotReadError(f"There is no rule called {name}. {hint}")
    return ExplainedRule(rule, procedure, _examples_of(key, search_path).get(rule.entry.id, ()))


def _examples_of(name: str, search_path: SearchPath) -> dict[str, tuple[Example, ...]]:
    file = list_procedures(search_path.procedure_folders)[name]
    return load_examples(file.parent / EXAMPLES / file.name)


@dataclass(frozen=True, slots=True)
class TrialReport:
    """The examples of a procedure tried: how many there are, which fail, and which rules lack them."""

    procedure: str
    rules: int
    examples: int
    failures: tuple[Trial, ...]
    untested: tuple[str, ...]


def try_procedure(name: str, search_path: SearchPath) -> TrialReport:
    """Run the examples of a procedure. Raises CannotReadError where it, or they, cannot be read."""
    procedure = load_named(name, search_path)
    examples = _examples_of(name, search_path)
    rules = sum(one.procedure == name for one in procedure.rules)
    return TrialReport(
        name,
        rules,
        sum(len(rows) for rows in examples.values()),
        tuple(try_examples(procedure, examples)),
        tuple(find_untested(procedure, examples)),
    )
