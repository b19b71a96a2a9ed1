"""The command `circulate`, and how the drafted e-mails look on the screen and as JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from generator.base.dates import format_date
from generator.base.english import capitalise, count_of
from generator.base.errors import ExitCode, choose_exit_code
from generator.base.working_days import Jurisdiction, count_between
from generator.case.person import Person
from generator.cli.options import CommandOptions, case_argument, examples, options
from generator.cli.screen import say, show_outcome, wrap
from generator.jobs.circulate import CirculationReport, Clocks, circulate_papers
from generator.jobs.mail_delivery import MailResult
from generator.meetings.mails import Waiting


@click.command(
    epilog=examples(
        "permanence circulate my-family",
        "permanence circulate my-family --meeting ppm-1",
        "permanence circulate my-family --meeting ppm-1 --dry-run",
    )
)
@case_argument
@click.option("--meeting", metavar="ID", help="The meeting's id. Without it: the last that was held.")
@click.option("--dry-run", is_flag=True, help="Only list who gets what. Nothing is made or written.")
@options("on", "output", "procedures", "templates", "as_json", "plain", "show_values")
def circulate(options: CommandOptions, case: Path, meeting: str | None, dry_run: bool) -> ExitCode:
    """Draft the e-mails that take minutes, summaries and actions to their readers. Nothing is sent.

    Each draft opens in Outlook, with its papers attached, for you to read and send. Parents are written to one by one.
    There are reminders for what is overdue, and an invitation to the next meeting.
    """
    with options.show_progress() as run:
        report = circulate_papers(case, run, meeting=meeting, trial=dry_run)
    show_values = options.show_values
    options.print(report, partial(_to_data, show_values=show_values), partial(_describe, show_values=show_values))
    papers, withheld = report.papers, (*report.papers.withheld, *report.withheld)
    show_outcome((f"{warning}.".replace("..", ".") for warning in report.warnings), papers.failures, withheld)
    code = choose_exit_code(
        unsafe=bool(withheld), program_missing=bool(papers.no_pdf_because), must_fix=bool(papers.failures)
    )
    if code is ExitCode.PROGRAM_MISSING:
        say(str(papers.no_pdf_because))
    return code


def _describe(report: CirculationReport, *, show_values: bool) -> Iterator[str]:
    meeting = report.meeting
    kind = meeting.kind.words
    yield f"{capitalise(kind)} of {format_date(meeting.starts_at.date())} ({meeting.id})"
    yield ""
    yield from _describe_clocks(report.clocks)
    yield ""
    yield "E-mails" if report.mails else "E-mails: none"
    for one in (*report.mails, *([report.invitation] if report.invitation else [])):
        yield from _describe_mail(one, report, show_values=show_values)
    if report.planned.waiting:
        yield ""
        yield "In no e-mail"
        for why, who in _group_waiting(report.planned.waiting).items():
            yield from wrap(f"{_name_people(who, show_values=show_values)}: {why}", 2)
    if report.planned.unowned:
        yield ""
        yield "Overdue, and no reminder could be drafted"
        for owed in report.planned.unowned:
            yield from wrap(f"{owed.place}: {owed.why}", 2)
    if report.older:
        yield ""
        yield "Drafted an older version before, so tell them that this one takes its place"
        for paper, readers in report.older.items():
            yield from wrap(f"{paper}: {', '.join(readers)}", 2)
    yield ""
    if not report.is_trial and report.no_invitation_because:
        yield f"No invitation: {report.no_invitation_because}."
    where = report.folder / "circulation" / meeting.id
    done = "Nothing was written" if report.is_trial else f"{count_of(len(report.mails), 'e-mail')} in {where}"
    yield f"{done}. Nothing was sent."


def describe_days_left(on: dt.date, day: dt.date, jurisdiction: Jurisdiction) -> str:
    """How far off a day is, counted in working days: 2 working days left."""
    if day == on:
        return "today"
    said = count_of(abs(count_between(on, day, jurisdiction)), "working day")
    return f"{said} left" if day > on else f"{said} ago"


def _describe_clocks(clocks: Clocks) -> Iterator[str]:
    def left(day: dt.date) -> str:
        return f"{format_date(day)} ({describe_days_left(clocks.on, day, clocks.jurisdiction)})"

    yield "Two clocks, in working days"
    yield f"  actions sheet  by {left(clocks.actions_by)}: the working day after the meeting"
    if clocks.agreed_on:
        yield f"  minutes        agreed by the chair on {format_date(clocks.agreed_on)}"
    elif clocks.corrections_by:
        yield f"  minutes        with the chair for corrections by {left(clocks.corrections_by)}"
    else:
        yield "  minutes        not agreed by the chair (minutes_agreed_on)"
    if clocks.sent_on:
        yield f"                 circulated on {format_date(clocks.sent_on)}, the case file says"
    for one in clocks.rules:
        due = f"by {left(one.due)}" if one.due else "no day set"
        done = f"; done {format_date(one.done)}" if one.done else ""
        yield f"  {one.rule.name}"
        yield f"                 {due}{done}"


def _describe_mail(result: MailResult, report: CirculationReport, *, show_values: bool) -> Iterator[str]:
    mail = result.mail
    yield f"  {result.action:<14} {result.file.relative_to(report.folder).as_posix()}"
    yield from wrap(f"for {_name_people(mail.people, show_values=show_values) or 'nobody who is known'}", 17)
    if mail.sends:
        yield from wrap(f"with {', '.join(mail.sends)}", 17)
    if result.unwritten:
        yield from wrap(f"look before you send it: something is not yet written in {', '.join(result.unwritten)}", 17)
    if mail.due_on:
        yield f"{' ' * 17}due {format_date(mail.due_on)}"
    if mail.rulings:
        yield from wrap(f"asked for by {', '.join(dict.fromkeys(one.rule.name for one in mail.rulings))}", 17)
    lacking = [person for person, way in zip(mail.people, mail.ways, strict=True) if way.by_mail and not way.address]
    elsewhere = [person for person, way in zip(mail.people, mail.ways, strict=True) if not way.by_mail]
    if lacking:
        yield from wrap(f"no e-mail address that can be used: {_name_people(lacking, show_values=show_values)}", 17)
    if elsewhere:
        says = "not written to by e-mail, so tell them in another way"
        yield from wrap(f"{says}: {_name_people(elsewhere, show_values=show_values)}", 17)
    if any(person.letters.language for person in mail.people if not person.role):
        yield f"{' ' * 17}letters.language is written for this reader: have what the e-mail says translated"
    if any(person.letters.safe_delivery for person in mail.people):
        yield f"{' ' * 17}first read safe_delivery under letters: this may not be safe to send by e-mail"


def _group_waiting(waiting: Sequence[Waiting]) -> dict[str, list[Person]]:
    groups: dict[str, list[Person]] = {}
    for one in waiting:
        groups.setdefault(one.why, []).append(one.copy.person)
    return groups


def _name_people(people: Sequence[Person], *, show_values: bool) -> str:
    """Ids, which name nobody; with names and addresses where that was asked for."""
    if not show_values:
        return ", ".join(person.id for person in people)
    said = [f"{person.id} ({person.name.full}{f', {person.email}' if person.email else ''})" for person in people]
    return ", ".join(said)


def _to_data(report: CirculationReport, *, show_values: bool) -> dict[str, Any]:
    clocks, planned = report.clocks, report.planned
    return {
        "meeting": report.meeting.id,
        "folder": report.folder,
        "on": clocks.on,
        "actions_by": clocks.actions_by,
        "corrections_by": clocks.corrections_by,
        "agreed_on": clocks.agreed_on,
        "sent_on": clocks.sent_on,
        "rules": [
            {"rule": one.rule.name, "due": one.due, "done": one.done, "outcome": one.outcome} for one in clocks.rules
        ],
        "mails": [_mail_to_data(one, show_values=show_values) for one in report.mails],
        "invitation": _mail_to_data(report.invitation, show_values=show_values) if report.invitation else None,
        "no_invitation_because": report.no_invitation_because,
        "waiting": [{"person": one.copy.person.id, "gets": one.copy.gets, "why": one.why} for one in planned.waiting],
        "unowned": [{"place": one.place, "why": one.why} for one in planned.unowned],
        "older": report.older,
        "warnings": report.warnings,
        "sent": False,
    }


def _mail_to_data(result: MailResult, *, show_values: bool) -> dict[str, Any]:
    mail = result.mail
    said: dict[str, Any] = {
        "file": result.file,
        "action": result.action,
        "for": [person.id for person in mail.people],
        "subject": mail.subject,
        "papers": mail.sends,
        "not_yet_written": result.unwritten,
        "rules": [*dict.fromkeys(one.rule.name for one in mail.rulings)],
        "due": mail.due_on,
        "answer_by": mail.answer_by,
        "missing_addresses": result.missing,
    }
    if show_values:
        said["addresses"] = [way.address for way in mail.ways]
    return said
