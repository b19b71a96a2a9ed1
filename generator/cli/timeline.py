"""The command `timeline`, and how the days of a case look on the screen, as JSON and as files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from generator.base.dates import format_date
from generator.base.english import capitalise
from generator.base.errors import CannotReadError
from generator.cli.options import CommandOptions, DateOption, case_argument, examples, options, procedure_option
from generator.cli.screen import wrap
from generator.cli.writing import write_files
from generator.jobs.timeline import show_timeline
from generator.meetings.calendar import write_calendar
from generator.rules.timeline import Status, Timeline


@click.command(
    epilog=examples(
        "permanence timeline my-family",
        "permanence timeline my-family --from 2026-09-01",
        "permanence timeline my-family -o timeline.ics",
        "permanence timeline my-family -o timeline.png",
    )
)
@case_argument
@options("on", "procedures", "as_json", "plain", "show_values")
@procedure_option
@click.option("--from", "since", type=DateOption(), metavar="DATE", help="Leave out what lies before this day.")
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write a calendar (.ics), a picture (.png, with its text beside it) or text (.txt).",
)
def timeline(
    options: CommandOptions, case: Path, procedure: str | None, since: dt.date | None, file: Path | None
) -> None:
    """Show the days of a case in order: what happened, what is booked, what is due, and on whose authority.

    A calendar holds initials and the kind of day only, so that it can stand in a shared diary.
    """
    whole = show_timeline(case, options.run, procedure=procedure)
    made = whole.since(since) if since else whole
    if file:
        write_files(_make_files(whole, made, since, file))
    else:
        options.print(made, _to_data, _describe)


def _make_files(whole: Timeline, made: Timeline, since: dt.date | None, file: Path) -> dict[Path, bytes]:
    """The files of a timeline `made` from the `whole` one, which a picture needs to say how much is left out."""
    text = ("\n".join(_describe(made)) + "\n").encode()
    match file.suffix.lower():
        case ".ics":
            return {file: write_calendar(made)}
        case ".png":
            # Drawing loads the library for pictures.
            from generator.papers.pictures.timeline.drawing import draw_timeline

            try:
                return {file: draw_timeline(whole, since=since).png, file.with_name(f"{file.name}.txt"): text}
            except ValueError as error:
                raise CannotReadError(capitalise(str(error))) from None
        case ".txt":
            return {file: text}
    raise CannotReadError(f"A timeline cannot be written as {file.name}: name a file that ends in .ics, .png or .txt")


_STATES = {
    Status.HAPPENED: "happened",
    Status.BOOKED: "booked",
    Status.MET: "met",
    Status.MET_LATE: "met late",
    Status.DUE: "due",
    Status.OVERDUE: "OVERDUE",
    Status.SET_ASIDE: "set aside",
}


def _describe(found: Timeline) -> Iterator[str]:
    """The days of a case in order, with today between past and coming."""
    yield f"{found.reference}, under {found.procedure}"
    today_shown = False
    for entry in found.entries:
        if entry.on > found.today and not today_shown:
            today_shown = True
            yield f"{'':-<12} today, {format_date(found.today)} {'':-<40}"
        start = f"{format_date(entry.on):<18} {_STATES[entry.status]:<9} {entry.child}: "
        yield from wrap(entry.what, 29, start)
        if entry.working:
            yield from wrap(entry.working, 29)
        rule = f" ({entry.rule})" if entry.rule else ""
        yield from wrap(f"source: {entry.source}{rule}", 29)


def _to_data(found: Timeline) -> dict[str, Any]:
    return {
        "reference": found.reference,
        "procedure": found.procedure,
        "today": found.today,
        "entries": [
            {
                "on": one.on,
                "child": one.child,
                "status": one.status,
                "what": one.what,
                "source": one.source,
                "rule": one.rule or None,
                "level": one.level,
                "working": one.working,
            }
            for one in found.entries
        ],
    }
