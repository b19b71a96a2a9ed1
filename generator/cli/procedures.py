"""The command `procedures`, and how procedures look on the screen and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import click

from generator.base.dates import format_date
from generator.base.english import count_of
from generator.base.errors import ExitCode, choose_exit_code
from generator.cli.options import CommandOptions, examples, options
from generator.cli.screen import print_lines, wrap
from generator.rules.conditions.derived import FACTS, ROOTS
from generator.rules.conditions.events import EVENTS
from generator.rules.procedures.model import Procedure
from generator.rules.rulebook import TrialReport, load_all, load_named, try_procedure


@click.command(
    epilog=examples(
        "permanence procedures",
        "permanence procedures south-west",
        "permanence procedures --json",
        "permanence procedures --try south-west",
    )
)
@click.argument("name", required=False)
@options("procedures", "as_json", "plain")
@click.option("--terms", is_flag=True, help="List the facts and events that conditions may use.")
@click.option("--try", "trial", metavar="NAME", help="Run the examples of a procedure, and say which fail.")
def procedures(options: CommandOptions, name: str | None, terms: bool, trial: str | None) -> ExitCode:
    """List procedures and their rules, or check one that you have written."""
    if terms:
        print_lines(_describe_terms())
        return ExitCode.DONE
    if trial:
        tried = try_procedure(trial, options.search_path)
        print_lines(_describe_trial(tried))
        return choose_exit_code(must_fix=bool(tried.failures or tried.untested))
    known = [load_named(name, options.search_path)] if name else [*load_all(options.search_path)]
    options.print(known, _rules_to_data, lambda all_: _describe_all(all_, with_rules=name is not None))
    return ExitCode.DONE


def _describe_all(known: Sequence[Procedure], *, with_rules: bool) -> Iterator[str]:
    for one in known:
        yield from _describe_procedure(one, with_rules=with_rules)


def _describe_procedure(found: Procedure, *, with_rules: bool) -> Iterator[str]:
    """A procedure: what it is and how many rules it has, or all of its rules."""
    opening = found.opening
    own = [rule for rule in found.rules if rule.procedure == found.name]
    judged = sum(rule.is_judged for rule in own)
    extends = f", extends {opening.extends}" if opening.extends else ""
    yield f"{found.name}: {opening.title} ({opening.edition}){extends}"
    checked = format_date(opening.checked_on)
    rules = f"{count_of(len(own), 'rule')}, {judged} judged for each child"
    yield f"  {opening.jurisdiction.value}; {rules}; last checked {checked}"
    if with_rules:
        for rule in own:
            yield from wrap(
                rule.entry.says, 28, f"  {rule.entry.ref:<9} {rule.level.value:<7} {rule.entry.kind.value:<10}"
            )
            yield f"{'':<31}{rule.name}"
        yield "  Events that a case file may record (record: [{on: ..., event: NAME}])"
        for name, label in sorted(found.events.items()):
            if name not in EVENTS:
                yield from wrap(label, 43, f"  {name:<40} ")


def _rules_to_data(known: Sequence[Procedure]) -> list[dict[str, Any]]:
    """Every rule of each procedure itself, without those that it takes from another."""
    return [
        {
            "id": rule.name,
            "procedure": procedure.name,
            "ref": rule.entry.ref,
            "kind": rule.entry.kind,
            "level": rule.level,
            "says": rule.entry.says,
            "cite": rule.cite,
            "verified": rule.entry.verified,
            "judged": rule.is_judged,
        }
        for procedure in known
        for rule in procedure.rules
        if rule.procedure == procedure.name
    ]


def _describe_terms() -> Iterator[str]:
    """The words that conditions may use."""
    yield "Parts of the case file (name their fields: plan.primary)"
    for root in ROOTS.values():
        each = f"  with each: {root.scope}" if root.scope != "child" else ""
        yield f"  {root.name:<14} {root.model.__name__}{each}"
    yield "Worked out"
    for fact in FACTS.values():
        each = f" (with each: {fact.scope})" if fact.scope != "child" else ""
        yield from wrap(f"{fact.says}{each}", 38, f"  {fact.name:<35} ")
    yield "Events (true when they have happened)"
    for event in EVENTS.values():
        yield from wrap(f"{event.label}; written in {event.write}", 43, f"  {event.name:<40} ")


def _describe_trial(found: TrialReport) -> Iterator[str]:
    """Which examples of a procedure fail, and which rules have none."""
    for failure in found.failures:
        yield from wrap(f"{failure.rule}: {failure.example.says}: {failure.says}", 4, "  ")
    for rule in found.untested:
        yield f"  {rule}: needs an example that keeps it, and one that breaks it"
    tried = f"{count_of(found.rules, 'rule')}, {count_of(found.examples, 'example')}"
    yield f"{found.procedure}: {tried}, {len(found.failures)} fail."
