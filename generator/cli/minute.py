"""The command `minute`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from generator.base.dates import format_moment
from generator.base.errors import ExitCode
from generator.case.words import MeetingKind
from generator.cli.options import CommandOptions, MomentOption, case_argument, examples, options
from generator.cli.screen import say
from generator.jobs.minute import NextMeetingReport, start_next_meeting


class _MeetingKindOption(click.ParamType[MeetingKind]):
    """A kind of meeting, as the case file writes it; hyphens and capitals do no harm."""

    name = "kind"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> MeetingKind:
        """The kind, or an error of usage that names all of them."""
        known = {kind.value: kind for kind in MeetingKind}
        found = known.get(str(value).strip().lower().replace("-", "_").replace(" ", "_"))
        if found is None:
            self.fail(f"must be one of {', '.join(known)}", param, ctx)
        return found


@click.command(
    epilog=examples(
        "permanence minute my-family --meeting ppm-2",
        'permanence minute my-family --meeting ppm-2 --at "14 September 2026, 10am"',
        'permanence minute my-family --meeting fcp-1 --kind final_care_planning_meeting --at "2 November 2026, 2pm"',
        "permanence minute my-family --meeting ppm-2 --dry-run",
    )
)
@case_argument
@options("on", "procedures", "show_values")
@click.option("--meeting", "key", required=True, metavar="ID", help="The id of the new meeting, such as ppm-2.")
@click.option(
    "--kind",
    type=_MeetingKindOption(),
    metavar="KIND",
    help="What kind of meeting. Without it: permanence_planning_meeting.",
)
@click.option(
    "--at",
    "starts_at",
    type=MomentOption(),
    metavar="WHEN",
    help="When it starts. Without it: next_meeting_at of the last meeting of this kind.",
)
@click.option(
    "--child",
    "children",
    multiple=True,
    metavar="ID",
    help="A child it is about. Without it: those of the last meeting of this kind.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be written, and change nothing.")
def minute(
    options: CommandOptions,
    case: Path,
    key: str,
    kind: MeetingKind | None,
    starts_at: dt.datetime | None,
    children: tuple[str, ...],
    dry_run: bool,
) -> ExitCode:
    """Start the next meeting in the case file: whom to invite, which papers to ask for, all open actions.

    Place, chair and minute taker are those of the last meeting of its kind. Comments, order and line ends of the file
    stay as they are; what has to be decided is left as a comment.
    """
    report = start_next_meeting(
        case, key, options.run, kind=kind, starts_at=starts_at, children=children, dry_run=dry_run
    )
    if report.line is None:
        say(f"{report.file} has no place where this can be written without changing what stands there. Nothing was")
        say("changed. Put these lines under meetings yourself:")
        click.echo(report.text)
        return ExitCode.MUST_FIX
    if dry_run:
        click.echo(report.text.strip("\r\n"))
        say(f"This would stand from line {report.line} of {report.file}. Nothing was changed.")
    else:
        click.echo(report.file)
    for line in _describe_meeting(report, written=not dry_run):
        say(line)
    return ExitCode.DONE


def _describe_meeting(report: NextMeetingReport, *, written: bool) -> Iterator[str]:
    meeting, follows = report.next.meeting, report.next.follows
    when = format_moment(meeting.starts_at)
    if written:
        yield f"The {meeting.kind.words} {meeting.id} stands from line {report.line} of {report.file}."
    yield f"It starts at {when}" + (f", as {report.booked_at} says under next_meeting_at." if report.booked_at else ".")
    posts = {"place": meeting.venue, "chair": meeting.chair, "minute taker": meeting.minute_taker}
    known, missing = ([name for name, held in posts.items() if bool(held) is there] for there in (True, False))
    if follows and known:
        yield f"As at {follows.id}: {', '.join(known)}."
    if missing:
        yield f"Still to be written: {', '.join(missing)}."
    yield f"Invited: {len(meeting.invited)}. Actions carried forward: {len(meeting.actions)}."
    if written:
        yield f"Read the comments there: they say what is left to decide. Then: permanence check {report.file}"
