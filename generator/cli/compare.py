"""The command `compare`, and how the changes in a case look on the screen and as JSON."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from generator.base.dates import format_date
from generator.cli.options import CommandOptions, case_argument, examples, options
from generator.cli.screen import wrap
from generator.jobs.changes import ChangeReport, report_changes
from generator.reports.changes.change import Consequence, FactChange
from generator.rules.judging.ruling import RuleOutcome


@click.command(
    epilog=examples(
        "permanence compare my-family --since 2026-11-02",
        "permanence compare my-family --since last-meeting",
        "permanence compare my-family --since ppm-1",
        "permanence compare my-family --since old/case.yaml --show-values",
    )
)
@case_argument
@click.option(
    "--since",
    required=True,
    metavar="WHEN",
    help="A date, an older case file or folder, the id of a meeting, last-meeting, last-filing or last-build.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The folder that the papers were built in. Without it: output/ and the name of the case.",
)
@options("on", "procedures", "templates", "as_json", "plain", "show_values")
def compare(options: CommandOptions, case: Path, since: str, output: Path | None) -> None:
    """Say what changed in the facts since a day, a meeting or an older case file, and which papers that touches.

    For a date, a meeting or a filing, the case file is taken as it was at the last build on or before that day: each
    build keeps the one it was made from. Names of carers, addresses and texts are not printed without --show-values.
    Nothing is changed.
    """
    report, show_values = report_changes(case, since, replace(options.run, output=output)), options.show_values
    options.print(report, partial(_to_data, show_values=show_values), partial(_describe, show_values=show_values))


def _describe(report: ChangeReport, *, show_values: bool) -> Iterator[str]:
    yield f"{report.reference}, as at {format_date(report.on)}"
    yield from wrap(f"Compared with {report.since}", 2, "  ")
    if not report.changes:
        yield "No fact has changed."
    for group, changes in groupby(report.changes, key=lambda one: one.group):
        yield ""
        yield from _describe_group(group, [*changes], show_values=show_values)
    moved = [one for one in report.consequences if one.is_moved]
    other = [one for one in report.consequences if not one.is_moved]
    for title, rows in (("These dates move", moved), ("These rules have another outcome", other)):
        if rows:
            yield ""
            yield f"{title} ({len(rows)})"
            for row in rows:
                yield from _describe_consequence(row)
    yield ""
    yield f"Papers that this touches ({len(report.papers)})" if report.papers else "No paper is touched."
    for paper in report.papers:
        yield f"  {paper.touch.value:<9}{paper.name}  ({paper.audience})"


def _describe_group(group: str, changes: Sequence[FactChange], *, show_values: bool) -> Iterator[str]:
    counts = Counter(change.kind for change in changes)
    yield f"{group} ({', '.join(f'{count} {kind.value}' for kind, count in counts.items())})"
    for change in changes:
        says = change.with_values if show_values else change.says
        yield from wrap(f"{says}.", 4, "  - ")
        if not show_values and change.says != change.with_values:
            yield f"    where: {change.place}"


def _describe_consequence(one: Consequence) -> Iterator[str]:
    item = f" [{one.item}]" if one.item else ""
    yield from wrap(f"{one.child}: {one.rule.entry.says}{item}", 4, "  - ")
    yield from wrap(f"{_describe_both(one)}; rule: {one.rule.name} ({one.rule.entry.ref})", 4, "    ")


def _describe_both(one: Consequence) -> str:
    before, now = _describe_outcome(one.outcome_before, one.due_before), _describe_outcome(one.outcome, one.due)
    return f"before: {before}; now: {now}"


def _describe_outcome(outcome: RuleOutcome | None, due: dt.date | None) -> str:
    if outcome is None:
        return "not asked"
    words = outcome.value
    return f"{words}{'' if words == 'due' else ', due'} {format_date(due)}" if due else words


def _to_data(report: ChangeReport, *, show_values: bool) -> dict[str, Any]:
    return {
        "reference": report.reference,
        "on": report.on,
        "since": report.since,
        "file": report.file,
        "changes": [
            {
                "group": one.group,
                "kind": one.kind,
                "place": one.place,
                "says": one.with_values if show_values else one.says,
            }
            for one in report.changes
        ],
        "rules": [
            {
                "rule": one.rule.name,
                "ref": one.rule.entry.ref,
                "child": one.child,
                "item": one.item,
                "moved": one.is_moved,
                "due_before": one.due_before,
                "due": one.due,
                "outcome_before": one.outcome_before,
                "outcome": one.outcome,
            }
            for one in report.consequences
        ],
        "papers": report.papers,
    }
