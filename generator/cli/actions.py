"""The command `actions`, and how the running record of actions looks on the screen and as JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from generator.base.dates import format_date
from generator.base.english import count_of
from generator.base.errors import CannotReadError, ExitCode, Level, choose_exit_code
from generator.base.yaml.read import limit_repeats
from generator.case.action_record import ActionChange, ActionEntry
from generator.case.explain import format_case_path
from generator.case.family import Case
from generator.case.questions import find_person
from generator.case.running_actions import ActionState
from generator.cli.options import CommandOptions, case_argument, examples, options, problem_to_data, to_json
from generator.cli.screen import print_lines, show_problems, wrap
from generator.jobs.actions import ActionsReport, report_actions
from generator.meetings.next_meeting import write_action


@click.command(
    epilog=examples(
        "permanence actions my-family",
        "permanence actions my-family --owner social-worker",
        "permanence actions my-family --all --json",
    )
)
@case_argument
@options("on", "as_json", "plain", "show_values")
@click.option("--all", "everything", is_flag=True, help="Show the actions that are done, too.")
@click.option("--owner", metavar="PERSON", help="Only those of one owner: a person's id, or part of a name.")
def actions(options: CommandOptions, case: Path, everything: bool, owner: str | None) -> ExitCode:
    """Show the running record of actions over all meetings: what is open, overdue, done or lost.

    An action that was open and that a later meeting left out is lost: the command names the place where it has to be
    written, and leaves with 1. For the authority's own use: owners are named, carers among them.
    """
    report = report_actions(case, options.run)
    entries = [one for one in report.record.entries if owner is None or _is_of(one, owner, report.loaded.case)]
    if owner is not None and not entries:
        _refuse_unknown_owner(report, owner)
    shown = [one for one in entries if everything or one.is_open]
    if options.as_json:
        click.echo(to_json(_to_data(report, entries, shown)))
    else:
        print_lines(_describe(report, entries, shown))
        show_problems(limit_repeats(report.problems), show_values=options.show_values)
    return choose_exit_code(must_fix=any(one.level is Level.MUST for one in report.problems))


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
    person = find_person(case, owner)
    return f"{person.name.full} ({owner})" if person else owner


def _describe(report: ActionsReport, entries: Sequence[ActionEntry], shown: Sequence[ActionEntry]) -> Iterator[str]:
    case = report.loaded.case
    yield f"{case.reference}: actions as at {format_date(report.record.on)}"
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
                yield from _describe_action(one, report)


def _describe_action(one: ActionEntry, report: ActionsReport) -> Iterator[str]:
    case, source = report.loaded.case, report.loaded.source
    action, raised = one.action, one.running.raised.meeting
    child = case.child(action.child).name.short if action.child else "all children of the meeting"
    yield from wrap(action.what, 8, f"  {action.id:<5} ")
    yield from wrap(f"Owner: {_name_owner(action.owner, case)}. For: {child}.", 8)
    yield from wrap(
        f"{_describe_state(one)}. Raised at {raised.id}, {format_date(raised.starts_at.date())}; {_describe_age(one)}.",
        8,
    )
    if one.progress:
        yield from wrap(f"Progress: {one.progress}", 8)
    if action.evidence and not one.is_open:
        yield from wrap(f"Shown by: {action.evidence}", 8)
    elif action.evidence_needed and one.is_open:
        yield from wrap(f"Will be shown by: {action.evidence_needed}", 8)
    said = [f"Repeated at {', '.join(one.repeated_at)}"] if one.repeated_at else []
    said += [f"Listed for {', '.join(one.coming_at)}, still to come"] if one.coming_at else []
    said += [f"Left out at {', '.join(one.missing_at)}"] if one.missing_at else []
    said += [_describe_changes("Due day", one.due_changes)] if one.due_changes else []
    said += [_describe_changes("Owner", one.owner_changes)] if one.owner_changes else []
    if said:
        yield from wrap(f"{'. '.join(said)}.", 8)
    path = one.running.last.path
    yield f"        In the case file: {format_case_path(path)}, line {source.place(path).line}"
    if one.is_lost:
        # On one line, however long, so that it can be copied.
        yield f"        To write under actions of {one.missing_at[-1]}, with its progress, or done_on where it is done:"
        yield f"      - {write_action(action)}"


def _describe_state(one: ActionEntry) -> str:
    due = f"due {format_date(one.due_on)}" if one.due_on else "no due day"
    match one.state:
        case ActionState.OVERDUE:
            return f"Overdue by {count_of(one.days, 'day')} ({due})"
        case ActionState.OPEN:
            return f"Open, {due}"
        case ActionState.DONE_LATE if one.done_on:
            return f"Done {format_date(one.done_on)}, {count_of(one.days, 'day')} late ({due})"
        case _:
            return f"Done {format_date(one.done_on)} ({due})" if one.done_on else "Done"


def _describe_age(one: ActionEntry) -> str:
    weeks = count_of(one.weeks, "week")
    return f"{weeks} old" if one.is_open else f"it took {weeks}"


def _describe_changes(what: str, changes: Sequence[ActionChange]) -> str:
    def word(value: str | dt.date) -> str:
        return format_date(value) if isinstance(value, dt.date) else value

    times = {1: "once", 2: "twice"}.get(len(changes), f"{len(changes)} times")
    moves = "; ".join(f"from {word(one.was)} to {word(one.became)} at {one.meeting}" for one in changes)
    return f"{what} changed {times}: {moves}"


def _to_data(report: ActionsReport, entries: Sequence[ActionEntry], shown: Sequence[ActionEntry]) -> dict[str, Any]:
    return {
        "reference": report.loaded.case.reference,
        "on": report.record.on,
        "counts": {state: sum(one.state is state for one in entries) for state in ActionState}
        | {"lost": sum(one.is_lost for one in entries)},
        "actions": [_action_to_data(one, report) for one in shown],
        "problems": [problem_to_data(one) | {"level": one.level} for one in report.problems],
    }


def _action_to_data(one: ActionEntry, report: ActionsReport) -> dict[str, Any]:
    case, action, raised = report.loaded.case, one.action, one.running.raised.meeting
    owner = find_person(case, action.owner)
    path = one.running.last.path
    return {
        "id": action.id,
        "what": action.what,
        "child": action.child,
        "children": sorted(one.running.last.children),
        "owner": {"id": owner.id if owner else None, "name": owner.name.full if owner else action.owner},
        "raised": {"meeting": raised.id, "on": raised.starts_at.date()},
        "state": one.state,
        "says": _describe_state(one),
        "due_on": one.due_on,
        "done_on": one.done_on,
        "days_late": one.days,
        "weeks": one.weeks,
        "progress": one.progress,
        "evidence": action.evidence,
        "evidence_needed": action.evidence_needed,
        "repeated_at": one.repeated_at,
        "listed_for": one.coming_at,
        "left_out_at": one.missing_at,
        "due_day_changes": [_change_to_data(change) for change in one.due_changes],
        "owner_changes": [_change_to_data(change) for change in one.owner_changes],
        "lost": one.is_lost,
        "write_there": f"- {write_action(action)}" if one.is_lost else None,
        "path": format_case_path(path),
        "line": report.loaded.source.place(path).line,
    }


def _change_to_data(change: ActionChange) -> dict[str, Any]:
    return {"at": change.meeting, "from": change.was, "to": change.became}
