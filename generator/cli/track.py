"""The command `track`: many families in one workbook."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from generator.base.english import count_of
from generator.base.errors import CannotReadError, ExitCode, choose_exit_code
from generator.cli.options import CommandOptions, examples, options, to_json
from generator.cli.screen import print_lines, say
from generator.cli.writing import make_folder, write_files
from generator.jobs.track import TrackingReport, track_cases
from generator.reports.tracker.plain import sheet_as_csv, sheet_as_json
from generator.reports.workbook import write_workbook

TITLE = "Permanence planning"
_MOST_JOBS = 2
"""How many processes work at once where nobody says how many."""


@click.command(
    epilog=examples(
        "permanence track cases -o output/grid.xlsx",
        "permanence track cases/*/case.yaml -o output/grid.xlsx --names",
        "permanence track cases --json",
        "permanence track cases --csv output/grid-csv --on 2026-11-30",
    )
)
@click.argument("cases", nargs=-1, required=True, type=click.Path(path_type=Path))
@options("on", "procedures", "as_json", "plain")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.xlsx",
    help="The workbook to write.",
)
@click.option(
    "--csv",
    "csv_folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Write each sheet as a CSV file to this folder.",
)
@click.option("--names", is_flag=True, help="Show full names in place of initials.")
@click.option("--jobs", type=click.IntRange(1, 64), metavar="N", help="How many processes work at once. Without it: 2.")
def track(
    options: CommandOptions,
    cases: tuple[Path, ...],
    output: Path | None,
    csv_folder: Path | None,
    names: bool,
    jobs: int | None,
) -> ExitCode:
    """Put many families side by side: decision grid, tracker, deadlines by days left, and totals.

    CASES are case files, case folders, or folders that hold many of them. A file that cannot be read is listed, and the
    rest is done; the command then ends with 1. Without -o, --csv or --json the totals are shown.
    """
    if output and output.suffix.lower() != ".xlsx":
        raise CannotReadError(f"A workbook cannot be written as {output.name}: name a file that ends in .xlsx")
    if csv_folder and csv_folder.suffix.lower() == ".csv":
        raise CannotReadError("--csv names a folder, because each sheet becomes a file: --csv grid-csv")
    # Made first, so that nobody waits for a workbook that has nowhere to go.
    for folder in (*([output.parent] if output else ()), *([csv_folder] if csv_folder else ())):
        make_folder(folder)
    with options.show_progress() as run:
        report = track_cases(cases, run, names=names, jobs=jobs or min(_MOST_JOBS, os.cpu_count() or 1))
    files = _make_files(report, output, csv_folder)
    write_files(files, told=not options.as_json)
    if options.as_json:
        click.echo(to_json(_to_data(report, [*files])))
    elif not files:
        print_lines(_describe_totals(report))
    _tell_files(report)
    return choose_exit_code(must_fix=bool(report.unread))


def _make_files(report: TrackingReport, output: Path | None, csv_folder: Path | None) -> dict[Path, bytes]:
    files: dict[Path, bytes] = {}
    if output:
        files[output] = write_workbook(report.sheets, TITLE, report.on)
    if csv_folder:
        files |= {csv_folder / f"{sheet.id}.csv": sheet_as_csv(sheet) for sheet in report.sheets}
    return files


def _to_data(report: TrackingReport, written: Sequence[Path]) -> dict[str, Any]:
    return {
        "on": report.on,
        "read": report.read,
        "not_read": len(report.unread),
        "passed_over": report.skipped,
        "written": written,
        "sheets": {sheet.id: sheet_as_json(sheet) for sheet in report.sheets},
    }


def _describe_totals(report: TrackingReport) -> list[str]:
    lines: list[str] = []
    totals = next(sheet for sheet in report.sheets if sheet.id == "totals")
    part = None
    for group, what, number in totals.lines:
        if group != part:
            lines += [*([""] if lines else []), str(group)]
            part = group
        lines.append(f"  {number:>7}  {what}")
    return lines


def _tell_files(report: TrackingReport) -> None:
    for one in (*report.unread, *report.repeated):
        place = f" ({one.place})" if one.place else ""
        say(f"{one.what}: {one.file}{place}: {one.why}.".replace("..", "."))
    parts = [count_of(report.read, "case file"), f"{len(report.unread)} not read"]
    if report.skipped:
        parts.append(f"{count_of(report.skipped, 'other file')} passed over")
    say(f"{', '.join(parts)}.")
