"""The running record of actions, and the next meeting of a case file."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.base.english import count_of
from generator.base.errors import CannotReadError, ExitCode, Level
from generator.cli.options import Moment, examples, options, to_json
from generator.cli.show import problem_as_json, say, show_problems

if TYPE_CHECKING:
    from generator.case.action_record import ActionChange, ActionEntry
    from generator.case.family import Case
    from generator.case.words import MeetingKind
    from generator.jobs.actions import ActionsReport
    from generator.jobs.minute import NextMeetingReport

_WIDTH = 100


@click.command(
    epilog=examples(
        "permanence actions my-family",
        "permanence actions my-family --owner social-worker",
        "permanence actions my-family --all --json",
    )
)
@options("case", "on", "json", "plain", "show_values")
@click.option("--all", "everything", is_flag=True, help="Show the actions that are done, too.")
@click.option("--owner", metavar="PERSON", help="Only those of one owner: a person's id, or part of a name.")
def actions(
    case: Path, on: dt.date, as_json: bool, plain: bool, show_values: bool, everything: bool, owner: str | None
) -> int:
    """Show the running record of actions over all meetings: what is open, overdue, done or lost.

    An action that was open and that a later meeting left out is lost: the command names the place where it has to be
    written, and leaves with 1. For the authority's own use: owners are named, carers among them.
    """
    from generator.base.yaml.read import limit_repeats
    from generator.jobs.actions import report_actions
    from generator.jobs.run import Run

    report = report_actions(case, Run(on))
    entries = [one for one in report.record.entries if owner is None or _is_of(one, owner, report.loaded.case)]
    if owner is not None and not entries:
        _refuse_unknown_owner(report, owner)
    shown = [one for one in entries if everything or one.is_open]
    if as_json:
        click.echo(to_json(_actions_as_json(report, entries, shown)))
    else:
        click.echo("\n".join(_say_actions(report, entries, shown)))
        show_problems(limit_repeats(report.problems), show_values=show_values)
    lost = any(one.level is Level.MUST for one in report.problems)
    return int(ExitCode.MUST_FIX if lost else ExitCode.DONE)


def _is_of(entry: ActionEntry, owner: str, case: Case) -> bool:
    held = entry.action.owner
    if owner in {person.id for person in case.people}:
        return held == owner
    return owner.casefold() in _name_owner(held, case).casefold()


def _refuse_unknown_owner(report: ActionsReport, owner: str) -> None:
    case = report.loaded.case
    if owner not in {person.id for person in case.people}:
        known = sorted({one.action.owner for one in report.record.entries} & {person.id for person in case.people})
        hint = f" These have: {', '.join(known)}" if known else ""
        raise CannotReadError(f"Nobody of this name or id has an action in {report.loaded.file}.{hint}")


def _name_owner(owner: str, case: Case) -> str:
    from generator.case.questions import find_person

    person = find_person(case, owner)
    return f"{person.name.full} ({owner})" if person else owner


def _say_actions(report: ActionsReport, entries: Sequence[ActionEntry], shown: Sequence[ActionEntry]) -> Iterator[str]:
    from generator.base.dates import say_date
    from generator.case.running_actions import ActionState

    case = report.loaded.case
    yield f"{case.reference}: actions as at {say_date(report.record.on)}"
    count = {state: sum(one.state is state for one in entries) for state in ActionState}
    overdue, late = count[ActionState.OVERDUE], count[ActionState.DONE_LATE]
    still, done = count[ActionState.OPEN] + overdue, count[ActionState.DONE] + late
    yield f"  {still} open, {overdue} of them overdue; {done} done, {late} of them late."
    if done and not any(not one.is_open for one in shown):
        yield "  To see those that are done, too: --all"
    groups = (
        ("Lost between two meetings", [one for one in shown if one.is_lost]),
        ("Overdue", [one for one in shown if one.state is ActionState.OVERDUE and not one.is_lost]),
        ("Open", [one for one in shown if one.state is ActionState.OPEN and not one.is_lost]),
        ("Done", [one for one in shown if not one.is_open]),
    )
    for title, members in groups:
        if members:
            yield ""
            yield f"{title} ({len(members)})"
            for one in sorted(members, key=lambda one: one.done_on or one.due_on or dt.date.max):
                yield from _say_action(one, report)


def _say_action(one: ActionEntry, report: ActionsReport) -> Iterator[str]:
    from generator.base.dates import say_date
    from generator.case.explain import say_path

    case, source = report.loaded.case, report.loaded.source
    action, raised = one.action, one.running.raised.meeting
    child = case.child(action.child).name.short if action.child else "all children of the meeting"
    yield from _wrap(action.what, 8, f"  {action.id:<5} ")
    yield from _wrap(f"Owner: {_name_owner(action.owner, case)}. For: {child}.")
    yield from _wrap(f"{_say_state(one)}. Raised at {raised.id}, {say_date(raised.starts_at.date())}; {_say_age(one)}.")
    if one.progress:
        yield from _wrap(f"Progress: {one.progress}")
    if action.evidence and not one.is_open:
        yield from _wrap(f"Shown by: {action.evidence}")
    elif action.evidence_needed and one.is_open:
        yield from _wrap(f"Will be shown by: {action.evidence_needed}")
    said = [f"Repeated at {', '.join(one.repeated_at)}"] if one.repeated_at else []
    said += [f"Listed for {', '.join(one.coming_at)}, still to come"] if one.coming_at else []
    said += [f"Left out at {', '.join(one.missing_at)}"] if one.missing_at else []
    said += [_say_changes("Due day", one.due_changes)] if one.due_changes else []
    said += [_say_changes("Owner", one.owner_changes)] if one.owner_changes else []
    if said:
        yield from _wrap(f"{'. '.join(said)}.")
    path = one.running.last.path
    yield f"        In the case file: {say_path(path)}, line {source.place(path).line}"
    if one.is_lost:
        from generator.meetings.next_meeting import write_action

        # On one line, however long, so that it can be copied.
        yield f"        To write under actions of {one.missing_at[-1]}, with its progress, or done_on where it is done:"
        yield f"      - {write_action(action)}"


def _wrap(text: str, indent: int = 8, first: str = "") -> Iterator[str]:
    margin = " " * indent
    yield from textwrap.wrap(
        text, _WIDTH, initial_indent=first or margin, subsequent_indent=margin, break_on_hyphens=False
    )


def _say_state(one: ActionEntry) -> str:
    from generator.base.dates import say_date
    from generator.case.running_actions import ActionState

    due = f"due {say_date(one.due_on)}" if one.due_on else "no due day"
    match one.state:
        case ActionState.OVERDUE:
            return f"Overdue by {count_of(one.days, 'day')} ({due})"
        case ActionState.OPEN:
            return f"Open, {due}"
        case ActionState.DONE_LATE if one.done_on:
            return f"Done {say_date(one.done_on)}, {count_of(one.days, 'day')} late ({due})"
        case _:
            return f"Done {say_date(one.done_on)} ({due})" if one.done_on else "Done"


def _say_age(one: ActionEntry) -> str:
    weeks = count_of(one.weeks, "week")
    return f"{weeks} old" if one.is_open else f"it took {weeks}"


def _say_changes(what: str, changes: Sequence[ActionChange]) -> str:
    from generator.base.dates import say_date

    def word(value: str | dt.date) -> str:
        return say_date(value) if isinstance(value, dt.date) else value

    times = {1: "once", 2: "twice"}.get(len(changes), f"{len(changes)} times")
    moves = "; ".join(f"from {word(one.was)} to {word(one.became)} at {one.meeting}" for one in changes)
    return f"{what} changed {times}: {moves}"


def _actions_as_json(
    report: ActionsReport, entries: Sequence[ActionEntry], shown: Sequence[ActionEntry]
) -> dict[str, Any]:
    from generator.case.running_actions import ActionState

    return {
        "reference": report.loaded.case.reference,
        "on": report.record.on.isoformat(),
        "counts": {state.value: sum(one.state is state for one in entries) for state in ActionState}
        | {"lost": sum(one.is_lost for one in entries)},
        "actions": [_action_as_json(one, report) for one in shown],
        "problems": [problem_as_json(one) | {"level": one.level.value} for one in report.problems],
    }


def _action_as_json(one: ActionEntry, report: ActionsReport) -> dict[str, Any]:
    from generator.case.explain import say_path
    from generator.case.questions import find_person
    from generator.meetings.next_meeting import write_action

    case, action, raised = report.loaded.case, one.action, one.running.raised.meeting
    owner = find_person(case, action.owner)
    path = one.running.last.path
    return {
        "id": action.id,
        "what": action.what,
        "child": action.child,
        "children": sorted(one.running.last.children),
        "owner": {"id": owner.id if owner else None, "name": owner.name.full if owner else action.owner},
        "raised": {"meeting": raised.id, "on": raised.starts_at.date().isoformat()},
        "state": one.state.value,
        "says": _say_state(one),
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "done_on": one.done_on.isoformat() if one.done_on else None,
        "days_late": one.days,
        "weeks": one.weeks,
        "progress": one.progress,
        "evidence": action.evidence,
        "evidence_needed": action.evidence_needed,
        "repeated_at": list(one.repeated_at),
        "listed_for": list(one.coming_at),
        "left_out_at": list(one.missing_at),
        "due_day_changes": [_change_as_json(change) for change in one.due_changes],
        "owner_changes": [_change_as_json(change) for change in one.owner_changes],
        "lost": one.is_lost,
        "write_there": f"- {write_action(action)}" if one.is_lost else None,
        "path": say_path(path),
        "line": report.loaded.source.place(path).line,
    }


def _change_as_json(change: ActionChange) -> dict[str, str]:
    return {"at": change.meeting, "from": str(change.was), "to": str(change.became)}


class _Kind(click.ParamType["MeetingKind"]):
    """A kind of meeting, as the case file writes it; hyphens and capitals do no harm."""

    name = "kind"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> MeetingKind:
        """The kind, or an error of usage that names all of them."""
        from generator.case.words import MeetingKind

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
@options("case", "on", "procedures", "show_values")
@click.option("--meeting", "key", required=True, metavar="ID", help="The id of the new meeting, such as ppm-2.")
@click.option(
    "--kind", type=_Kind(), metavar="KIND", help="What kind of meeting. Without it: permanence_planning_meeting."
)
@click.option("--at", "starts_at", type=Moment(), metavar="WHEN",
              help="When it starts. Without it: next_meeting_at of the last meeting of this kind.")  # fmt: skip
@click.option("--child", "children", multiple=True, metavar="ID",
              help="A child it is about. Without it: those of the last meeting of this kind.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Show what would be written, and change nothing.")
def minute(
    case: Path,
    on: dt.date,
    procedure_folders: tuple[Path, ...],
    show_values: bool,
    key: str,
    kind: MeetingKind | None,
    starts_at: dt.datetime | None,
    children: tuple[str, ...],
    dry_run: bool,
) -> int:
    """Start the next meeting in the case file: whom to invite, which papers to ask for, all open actions.

    Place, chair and minute taker are those of the last meeting of its kind. Comments, order and line ends of the file
    stay as they are; what has to be decided is left as a comment.
    """
    from generator.base.resources import SearchPath
    from generator.jobs.minute import start_next_meeting
    from generator.jobs.run import Run

    report = start_next_meeting(
        case,
        key,
        Run(on, search_path=SearchPath((), procedure_folders)),
        kind=kind,
        starts_at=starts_at,
        children=children,
        dry_run=dry_run,
    )
    if report.line is None:
        say(f"{report.file} has no place where this can be written without changing what stands there. Nothing was")
        say("changed. Put these lines under meetings yourself:")
        click.echo(report.text)
        return int(ExitCode.MUST_FIX)
    if dry_run:
        click.echo(report.text.strip("\r\n"))
        say(f"This would stand from line {report.line} of {report.file}. Nothing was changed.")
    else:
        click.echo(report.file)
    for line in _say_next(report, written=not dry_run):
        say(line)
    return int(ExitCode.DONE)


def _say_next(report: NextMeetingReport, *, written: bool) -> Iterator[str]:
    from generator.base.dates import say_moment
    from generator.meetings.next_meeting import say_kind

    meeting, follows = report.next.meeting, report.next.follows
    when = say_moment(meeting.starts_at)
    if written:
        yield f"The {say_kind(meeting.kind)} {meeting.id} stands from line {report.line} of {report.file}."
    yield f"It starts at {when}" + (f", as {report.booked_at} says under next_meeting_at." if report.booked_at else ".")
    posts = {"place": meeting.venue, "chair": meeting.chair, "minute taker": meeting.minute_taker}
    known, missing = ([name for name, held in posts.items() if bool(held) is there] for there in (True, False))
    if follows and known:
        yield f"As at {follows.id}: {', '.join(known)}."
    if missing:
        yield f"Still to be written: {', '.join(missing)}."
    yield f"Invited: {len(meeting.invited)}. Actions carried forward: {len(meeting.actions)}."
    if written:
        yield "Read the comments there: they say what is left to decide. Then: permanence check"
