"""The command `explain`, and how a rule looks on the screen."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click

from generator.base.dates import format_date
from generator.base.errors import CannotReadError
from generator.base.explanations import read_explanations
from generator.base.working_days import describe_counting
from generator.cli.options import CommandOptions, examples, options
from generator.cli.screen import print_lines, wrap
from generator.rules.procedures.limits import LimitKind
from generator.rules.procedures.model import Procedure, Rule
from generator.rules.rulebook import ExplainedRule, find_rule

_ROW = re.compile(r"R\d{3}-\d{2,3}|N-\d{2}")
"""A row of the register of requirements, by which a rule may be named too."""


@click.command(
    epilog=examples("permanence explain C003", "permanence explain hertfordshire-2024/second-review-in-proceedings")
)
@click.argument("name", metavar="CODE|RULE")
@options("procedures")
def explain(options: CommandOptions, name: str) -> None:
    """Say what the code of a message means, or what a rule asks, where it comes from, and how it is counted."""
    if "/" in name or _ROW.fullmatch(name.upper()):
        print_lines(_describe_rule(find_rule(name, options.search_path)))
        return
    known = read_explanations().get(name.upper())
    if known is None:
        raise CannotReadError(
            f"There is no message with the code {name}. There are: {', '.join(read_explanations())}. "
            "A rule is named with its procedure: england/first-review"
        )
    click.echo(f"{name.upper()}  {known}")


def _describe_rule(found: ExplainedRule) -> Iterator[str]:
    """A rule: its sentence, source, counting, history and examples."""
    rule, entry = found.rule, found.rule.entry
    row = f" ({entry.ref})" if entry.ref else ""
    yield f"{rule.name}{row}, {entry.kind.value}, {entry.level.value}"
    yield from wrap(entry.says, 2)
    yield ""
    yield from wrap(f"Source: {rule.cite} ({rule.source.edition}). How sure: {rule.source.sure}.", 2)
    if not entry.verified:
        yield from wrap("The text of this law was not verified, so this rule warns and never stops a paper.", 2)
    yield from _describe_conditions(rule, found.procedure)
    for label, text in (("Note", entry.note), ("Taken as", entry.reading), ("Worked out", entry.derived)):
        if text:
            yield from wrap(f"{label}: {text}", 4, "  ")
    if entry.because:
        yield from wrap(f"Not judged for one child: {entry.because}", 4, "  ")
    if entry.topics:
        yield f"  Procedures differ on this: {', '.join(entry.topics)} (permanence check CASE --compare)"
    for past in entry.history:
        yield from wrap(f"{format_date(past.on)}: {past.what}", 4, "  History: ")
    for example in found.examples:
        due = f", due {format_date(example.due)}" if example.due else ""
        yield from wrap(
            f"Example: {example.says}. On {format_date(example.on)}: {example.outcome.value}{due}.", 4, "  "
        )


def _describe_conditions(rule: Rule, procedure: Procedure) -> Iterator[str]:
    entry = rule.entry
    if entry.each:
        yield f"  One answer for each {' and '.join(entry.each)}."
    if entry.when:
        yield from wrap(f"Applies when: {entry.when}", 4, "  ")
    if entry.at:
        yield f"  Ages and plans as on the day of: {procedure.label(entry.at)}"
    if rule.asks.events:
        yield from wrap(f"Asks: {procedure.label_events(rule.asks)}", 4, "  ")
    if rule.asks.to:
        yield from wrap(f"Goes to: {', '.join(rule.asks.to)}", 4, "  ")
    for text, limit in zip(entry.due, rule.limits, strict=True):
        counted = f": {describe_counting(limit.span, procedure.jurisdiction)}" if limit.span else ""
        first = {LimitKind.WITHIN: "; the first day is not counted", LimitKind.BEGINNING: "; the first day is counted"}
        yield from wrap(f"Due: {text}{counted}{first.get(limit.kind, '')}", 4, "  ")
    for text in entry.not_before:
        yield f"  Not before: {text}"
    if rule.limits:
        yield "  A due day is never moved because it falls on a weekend or holiday."
    if entry.blocks:
        yield f"  Stays a draft while this is not kept: {', '.join(entry.blocks)}"
