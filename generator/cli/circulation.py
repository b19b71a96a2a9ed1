"""The command that drafts the e-mails of a meeting, and how what it drafted looks on the screen and as JSON."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.base.english import capitalise, count_of
from generator.base.errors import ExitCode
from generator.cli.options import examples, options, to_json
from generator.cli.show import is_plain, progress_bar, say, show_outcome
from generator.cli.today import read_clock

if TYPE_CHECKING:
    from generator.base.working_days import Jurisdiction
    from generator.case.person import Person
    from generator.jobs.circulate import CirculationReport, Clocks
    from generator.jobs.mail_delivery import MailResult
    from generator.meetings.mails import Waiting

_WIDTH = 100


@click.command(
    epilog=examples(
        "permanence circulate my-family",
        "permanence circulate my-family --meeting ppm-1",
        "permanence circulate my-family --meeting ppm-1 --dry-run",
    )
)
@options("case")
@click.option("--meeting", metavar="ID", help="The meeting's id. Without it: the last that was held.")
@click.option("--dry-run", is_flag=True, help="Only list who gets what. Nothing is made or written.")
@options("on", "output", "procedures", "templates", "json", "plain", "show_values")
def circulate(
    case: Path,
    meeting: str | None,
    dry_run: bool,
    on: dt.date,
    output: Path | None,
    procedure_folders: tuple[Path, ...],
    folders: tuple[Path, ...],
    as_json: bool,
    plain: bool,
    show_values: bool,
) -> int:
    """Draft the e-mails that take minutes, summaries and actions to their readers. Nothing is sent.

    Each draft opens in Outlook, with its papers attached, for you to read and send. Parents are written to one by one.
    There are reminders for what is overdue, and an invitation to the next meeting.
    """
    from generator.base.resources import SearchPath
    from generator.jobs.circulate import circulate
    from generator.jobs.run import Run

    with progress_bar(plain=is_plain(asked=plain)) as progress:
        run = Run(on, read_clock(), SearchPath(folders, procedure_folders), output, progress)
        report = circulate(
            case,
            run,
            meeting=meeting,
            trial=dry_run,
        )
    if as_json:
        click.echo(to_json(_as_json(report, show_values=show_values)))
    else:
        click.echo("\n".join(_say_report(report, show_values=show_values)))
    return _judge(report)


def _judge(report: CirculationReport) -> int:
    papers = report.papers
    said = (f"{warning}.".replace("..", ".") for warning in report.warnings)
    show_outcome(said, papers.failures, (*papers.withheld, *report.withheld))
    code = ExitCode.UNSAFE_TO_DISCLOSE if report.withheld else papers.exit_code
    if code is ExitCode.PROGRAM_MISSING:
        say(str(papers.no_pdf_because))
    return int(code)


def _say_report(report: CirculationReport, *, show_values: bool) -> Iterator[str]:
    from generator.base.dates import say_date
    from generator.case.words import say_words

    meeting = report.meeting
    kind = say_words(meeting.kind.value)
    yield f"{capitalise(kind)} of {say_date(meeting.starts_at.date())} ({meeting.id})"
    yield ""
    yield from _say_clocks(report.clocks)
    yield ""
    yield "E-mails" if report.mails else "E-mails: none"
    for one in (*report.mails, *([report.invitation] if report.invitation else [])):
        yield from _say_mail(one, report, show_values=show_values)
    if report.planned.waiting:
        yield ""
        yield "In no e-mail"
        for why, who in _group_waiting(report.planned.waiting).items():
            yield from _wrap(f"{_say_people(who, show_values=show_values)}: {why}", 2)
    if report.planned.unowned:
        yield ""
        yield "Overdue, and no reminder could be drafted"
        for owed in report.planned.unowned:
            yield from _wrap(f"{owed.place}: {owed.why}", 2)
    if report.older:
        yield ""
        yield "Drafted an older version before, so tell them that this one takes its place"
        for paper, readers in report.older.items():
            yield from _wrap(f"{paper}: {', '.join(readers)}", 2)
    yield ""
    if not report.is_trial and report.no_invitation_because:
        yield f"No invitation: {report.no_invitation_because}."
    counts = len(report.mails)
    where = report.folder / "circulation" / meeting.id
    done = "Nothing was written" if report.is_trial else f"{count_of(counts, 'e-mail')} in {where}"
    yield f"{done}. Nothing was sent."


def describe_days_left(on: dt.date, day: dt.date, jurisdiction: Jurisdiction) -> str:
    """How far off a day is, counted in working days: 2 working days left."""
    from generator.base.working_days import count_between

    count = count_between(on, day, jurisdiction)
    if day == on:
        return "today"
    unit = f"{abs(count)} working day{'' if abs(count) == 1 else 's'}"
    return f"{unit} left" if day > on else f"{unit} ago"


def _say_clocks(clocks: Clocks) -> Iterator[str]:
    from generator.base.dates import say_date

    def left(day: dt.date) -> str:
        return f"{say_date(day)} ({describe_days_left(clocks.on, day, clocks.jurisdiction)})"

    yield "Two clocks, in working days"
    yield f"  actions sheet  by {left(clocks.actions_by)}: the working day after the meeting"
    if clocks.agreed_on:
        yield f"  minutes        agreed by the chair on {say_date(clocks.agreed_on)}"
    elif clocks.corrections_by:
        yield f"  minutes        with the chair for corrections by {left(clocks.corrections_by)}"
    else:
        yield "  minutes        not agreed by the chair (minutes_agreed_on)"
    if clocks.sent_on:
        yield f"                 circulated on {say_date(clocks.sent_on)}, the case file says"
    for one in clocks.rules:
        due = f"by {left(one.due)}" if one.due else "no day set"
        done = f"; done {say_date(one.done)}" if one.done else ""
        yield f"  {one.rule.name}"
        yield f"                 {due}{done}"


def _say_mail(result: MailResult, report: CirculationReport, *, show_values: bool) -> Iterator[str]:
    from generator.base.dates import say_date

    mail = result.mail
    yield f"  {result.action:<14} {result.file.relative_to(report.folder).as_posix()}"
    yield from _wrap(f"for {_say_people(mail.people, show_values=show_values) or 'nobody who is known'}", 17)
    if mail.sends:
        yield from _wrap(f"with {', '.join(mail.sends)}", 17)
    if result.unwritten:
        yield from _wrap(f"look before you send it: something is not yet written in {', '.join(result.unwritten)}", 17)
    if mail.due_on:
        yield f"{' ' * 17}due {say_date(mail.due_on)}"
    if mail.rulings:
        yield from _wrap(f"asked for by {', '.join(dict.fromkeys(one.rule.name for one in mail.rulings))}", 17)
    lacking = [person for person, way in zip(mail.people, mail.ways, strict=True) if way.by_mail and not way.address]
    elsewhere = [person for person, way in zip(mail.people, mail.ways, strict=True) if not way.by_mail]
    if lacking:
        yield from _wrap(f"no e-mail address that can be used: {_say_people(lacking, show_values=show_values)}", 17)
    if elsewhere:
        says = "not written to by e-mail, so tell them in another way"
        yield from _wrap(f"{says}: {_say_people(elsewhere, show_values=show_values)}", 17)
    if any(person.letters.language for person in mail.people if not person.role):
        yield f"{' ' * 17}letters.language is written for this reader: have what the e-mail says translated"
    if any(person.letters.safe_delivery for person in mail.people):
        yield f"{' ' * 17}first read safe_delivery under letters: this may not be safe to send by e-mail"


def _group_waiting(waiting: Sequence[Waiting]) -> dict[str, list[Person]]:
    groups: dict[str, list[Person]] = {}
    for one in waiting:
        groups.setdefault(one.why, []).append(one.copy.person)
    return groups


def _say_people(people: Sequence[Person], *, show_values: bool) -> str:
    """Ids, which name nobody; with names and addresses where that was asked for."""
    if not show_values:
        return ", ".join(person.id for person in people)
    said = [f"{person.id} ({person.name.full}{f', {person.email}' if person.email else ''})" for person in people]
    return ", ".join(said)


def _wrap(text: str, indent: int) -> Iterator[str]:
    margin = " " * indent
    yield from textwrap.wrap(text, _WIDTH, initial_indent=margin, subsequent_indent=margin, break_on_hyphens=False)


def _as_json(report: CirculationReport, *, show_values: bool) -> dict[str, Any]:
    clocks = report.clocks
    return {
        "meeting": report.meeting.id,
        "folder": str(report.folder),
        "on": clocks.on.isoformat(),
        "actions_by": clocks.actions_by.isoformat(),
        "corrections_by": _iso(clocks.corrections_by),
        "agreed_on": _iso(clocks.agreed_on),
        "sent_on": _iso(clocks.sent_on),
        "rules": [
            {"rule": one.rule.name, "due": _iso(one.due), "done": _iso(one.done), "outcome": one.outcome.value}
            for one in clocks.rules
        ],
        "mails": [_mail_as_json(one, show_values=show_values) for one in report.mails],
        "invitation": _mail_as_json(report.invitation, show_values=show_values) if report.invitation else None,
        "no_invitation_because": report.no_invitation_because,
        "waiting": [
            {"person": one.copy.person.id, "gets": one.copy.gets.value, "why": one.why}
            for one in report.planned.waiting
        ],
        "unowned": [{"place": one.place, "why": one.why} for one in report.planned.unowned],
        "older": {paper: list(readers) for paper, readers in report.older.items()},
        "warnings": list(report.warnings),
        "sent": False,
    }


def _mail_as_json(result: MailResult, *, show_values: bool) -> dict[str, Any]:
    mail = result.mail
    said: dict[str, Any] = {
        "file": str(result.file),
        "action": result.action,
        "for": [person.id for person in mail.people],
        "subject": mail.subject,
        "papers": list(mail.sends),
        "not_yet_written": list(result.unwritten),
        "rules": list(dict.fromkeys(one.rule.name for one in mail.rulings)),
        "due": _iso(mail.due_on),
        "answer_by": _iso(mail.answer_by),
        "missing_addresses": result.missing,
    }
    if show_values:
        said["addresses"] = [way.address for way in mail.ways]
    return said


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
