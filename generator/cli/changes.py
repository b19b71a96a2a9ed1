"""The command that says what changed in a case, and how that looks on the screen and as JSON."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli.options import examples, options, to_json
from generator.cli.show import wrap

if TYPE_CHECKING:
    from generator.jobs.changes import ChangeReport
    from generator.reports.changes.change import Change, Consequence
    from generator.rules.judging.ruling import RuleOutcome


@click.command(
    epilog=examples(
        "permanence compare my-family --since 2026-11-02",
        "permanence compare my-family --since last-meeting",
        "permanence compare my-family --since ppm-1",
        "permanence compare my-family --since old/case.yaml --show-values",
    )
)
@options("case")
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
@options("on", "procedures", "templates", "json", "plain", "show_values")
def compare(
    case: Path,
    since: str,
    output: Path | None,
    on: dt.date,
    procedure_folders: tuple[Path, ...],
    folders: tuple[Path, ...],
    as_json: bool,
    plain: bool,
    show_values: bool,
) -> None:
    """Say what changed in the facts since a day, a meeting or an older case file, and which papers that touches.

    For a date, a meeting or a filing, the case file is taken as it was at the last build on or before that day: each
    build keeps the one it was made from. Names of carers, addresses and texts are not printed without --show-values.
    Nothing is changed.
    """
    from generator.base.resources import SearchPath
    from generator.jobs.changes import report_changes
    from generator.jobs.run import Run

    report = report_changes(case, since, Run(on, None, SearchPath(folders, procedure_folders), output))
    if as_json:
        click.echo(to_json(_report_as_json(report, show_values=show_values)))
    else:
        click.echo("\n".join(_say_report(report, show_values=show_values)))


def _say_report(report: ChangeReport, *, show_values: bool) -> Iterator[str]:
    from generator.base.dates import say_date

    yield f"{report.reference}, as at {say_date(report.on)}"
    yield from wrap(f"Compared with {report.since}", 2, "  ")
    if not report.changes:
        yield "No fact has changed."
    for group, changes in groupby(report.changes, key=lambda one: one.group):
        yield ""
        yield from _say_group(group, [*changes], show_values=show_values)
    moved = [one for one in report.consequences if one.is_moved]
    other = [one for one in report.consequences if not one.is_moved]
    for title, rows in (("These dates move", moved), ("These rules have another outcome", other)):
        if rows:
            yield ""
            yield f"{title} ({len(rows)})"
            for row in rows:
                yield from _say_consequence(row)
    yield ""
    yield f"Papers that this touches ({len(report.papers)})" if report.papers else "No paper is touched."
    for paper in report.papers:
        yield f"  {paper.touch.value:<9}{paper.name}  ({paper.audience})"


def _say_group(group: str, changes: Sequence[Change], *, show_values: bool) -> Iterator[str]:
    counts = Counter(change.kind for change in changes)
    yield f"{group} ({', '.join(f'{count} {kind.value}' for kind, count in counts.items())})"
    for change in changes:
        says = change.with_values if show_values else change.says
        yield from wrap(f"{says}.", 4, "  - ")
        if not show_values and change.says != change.with_values:
            yield f"    where: {change.place}"


def _say_consequence(one: Consequence) -> Iterator[str]:
    item = f" [{one.item}]" if one.item else ""
    yield from wrap(f"{one.child}: {one.rule.entry.says}{item}", 4, "  - ")
    yield from wrap(f"{_say_was_and_is(one)}; rule: {one.rule.name} ({one.rule.entry.ref})", 4, "    ")


def _say_was_and_is(one: Consequence) -> str:
    return f"before: {_say_outcome(one.outcome_before, one.due_before)}; now: {_say_outcome(one.outcome, one.due)}"


def _say_outcome(outcome: RuleOutcome | None, due: dt.date | None) -> str:
    from generator.base.dates import say_date

    if outcome is None:
        return "not asked"
    words = outcome.value
    return f"{words}{'' if words == 'due' else ', due'} {say_date(due)}" if due else words


def _report_as_json(report: ChangeReport, *, show_values: bool) -> dict[str, Any]:
    return {
        "reference": report.reference,
        "on": report.on.isoformat(),
        "since": report.since,
        "file": str(report.file),
        "changes": [
            {
                "group": one.group,
                "kind": one.kind.value,
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
                "due_before": one.due_before.isoformat() if one.due_before else None,
                "due": one.due.isoformat() if one.due else None,
                "outcome_before": one.outcome_before.value if one.outcome_before else None,
                "outcome": one.outcome.value if one.outcome else None,
            }
            for one in report.consequences
        ],
        "papers": [{"name": one.name, "audience": one.audience, "touch": one.touch.value} for one in report.papers],
    }
