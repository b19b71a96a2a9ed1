"""The command that makes the packs of a meeting, and how it tells who is to come and what is awaited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.base.english import count_of
from generator.base.errors import ExitCode
from generator.cli.options import examples, options, to_json
from generator.cli.show import is_plain, progress_bar, say, show_outcome
from generator.cli.today import read_clock

if TYPE_CHECKING:
    from generator.jobs.packing import PackReport, PackResult
    from generator.meetings.pack.contents import Item
    from generator.rules.invitations import AskedGuest


@click.command(epilog=examples("permanence pack my-family", "permanence pack my-family --meeting ppm-2"))
@options("case")
@click.option("--meeting", metavar="ID", help="The meeting, by its id in the case file. Without it: the next one.")
@options("on", "output", "procedures", "templates", "json", "plain", "show_values")
@click.option(
    "--strict", is_flag=True, help="Exit 1 where somebody who is to be invited is not, and no reason is recorded."
)
def pack(
    case: Path,
    meeting: str | None,
    on: dt.date,
    output: Path | None,
    procedure_folders: tuple[Path, ...],
    folders: tuple[Path, ...],
    as_json: bool,
    plain: bool,
    show_values: bool,
    strict: bool,
) -> int:
    """Make the packs of a meeting: everything that each reader has to read before it, as one PDF.

    One folder for those who attend the whole meeting, and one for everybody who may not read all of it. Says first who
    is to be invited under the procedure, who is not and why, and what is still awaited.
    """
    from generator.base.resources import SearchPath
    from generator.jobs.pack import build_pack
    from generator.jobs.run import Run

    with progress_bar(plain=is_plain(asked=plain)) as progress:
        run = Run(on, read_clock(), SearchPath(folders, procedure_folders), output, progress)
        report = build_pack(case, run, meeting=meeting)
    if as_json:
        click.echo(to_json(_as_json(report)))
    else:
        for line in _say_report(report):
            click.echo(line)
    return _judge(report, strict=strict)


def _judge(report: PackReport, *, strict: bool) -> int:
    from generator.rules.invitations import find_uninvited

    show_outcome(report.warnings)
    forgotten = find_uninvited(report.asked)
    for one in forgotten:
        named = f" ({', '.join(one.people)})" if one.people else " (nobody in the case file)"
        say(
            f"NOT INVITED, AND NO REASON IS RECORDED: {one.who}{named}. {_say_rules(one)}. Add them under "
            "meetings.invited, or under meetings.not_invited with the reason"
        )
    if report.papers.no_pdf_because:
        say(f"The Word files are made. {report.papers.no_pdf_because}")
        return int(ExitCode.PROGRAM_MISSING)
    return int(ExitCode.MUST_FIX if strict and forgotten else ExitCode.DONE)


def _say_report(report: PackReport) -> Iterator[str]:
    from generator.base.dates import say_moment
    from generator.case.words import say_words
    from generator.jobs.packfacts import say_since

    meeting = report.meeting
    yield f"{meeting.id}: {say_words(meeting.kind.value)}, {say_moment(meeting.starts_at)}"
    yield ""
    yield "Who is to be invited under the procedure" if report.asked else "The procedure asks for nobody by name."
    for one in report.asked:
        who = f"{one.who}: {', '.join(one.invited or one.people) or 'nobody in the case file'}"
        yield f"  {one.level.value:<7} {who} - {one.standing.value}"
        yield from (f"          {reason.person}: {reason.reason}" for reason in one.reasons)
        if one.needs and one.standing.value == "cannot be told":
            yield f"          needs {', '.join(one.needs)}"
    known = {person for one in report.asked for person in (*one.invited, *one.people)}
    others = [one for one in meeting.invited if one.person not in known]
    if others:
        yield f"  Also invited: {', '.join(f'{one.person} ({say_words(one.part.value)})' for one in others)}"
    unasked = [one for one in meeting.not_invited if one.person not in known]
    yield from (f"  Not invited: {one.person}: {one.reason}" for one in unasked)
    yield ""
    yield "Still awaited" if report.awaited else "Nothing that was asked for is awaited."
    yield from (
        f"  {one.title}, from {one.author or 'nobody named'}, since {say_since(one)}"
        if one.asked_on
        else f"  {one.title}, from {one.author or 'nobody named'} (no day recorded)"
        for one in report.awaited
    )
    for pack_ in report.packs:
        yield ""
        yield from _say_pack(pack_, report)


def _say_pack(one: PackResult, report: PackReport) -> Iterator[str]:
    readers = f"for {', '.join(one.readers)}" if one.readers else "for those who attend the whole meeting"
    pages = f"{count_of(one.pages, 'page')}" if one.pdf else "no PDF"
    place = (one.pdf or one.words[0] if one.pdf or one.words else report.folder).relative_to(report.folder).as_posix()
    yield f"{place}, {pages}, {readers}"
    for number, item in enumerate(one.items):
        at = one.placed[number] if one.placed else None
        where = f"page {at[0]}" if at else "not in it" if one.placed else ""
        yield f"  {number + 1:>2}  {_name(item)}{f'  ({where})' if where else ''}"


def _name(item: Item) -> str:
    from generator.meetings.pack.contents import Contributed
    from generator.papers.card import PlannedDocument

    if isinstance(item, PlannedDocument):
        return f"{item.listed_as}{', DRAFT' if item.draft else ''}"
    return item.paper.title if isinstance(item, Contributed) else "Actions still open"


def _say_rules(one: AskedGuest) -> str:
    return "; ".join(f"{rule.level.value}: {rule.cite}" for rule in one.rules)


def _as_json(report: PackReport) -> dict[str, Any]:
    """Everything that the command says, as plain data."""
    meeting = report.meeting
    return {
        "folder": str(report.folder),
        "meeting": {"id": meeting.id, "kind": meeting.kind.value, "starts_at": meeting.starts_at.isoformat()},
        "to_be_invited": [
            {
                "who": one.who,
                "level": one.level.value,
                "standing": one.standing.value,
                "people": list(one.people),
                "invited": list(one.invited),
                "reasons": {reason.person: reason.reason for reason in one.reasons},
                "rules": [rule.name for rule in one.rules],
                "children": list(one.children),
                "needs": list(one.needs),
            }
            for one in report.asked
        ],
        "invited": [{"person": one.person, "part": one.part.value} for one in meeting.invited],
        "not_invited": [{"person": one.person, "reason": one.reason} for one in meeting.not_invited],
        "awaited": [
            {
                "title": one.title,
                "from": one.author,
                "asked_on": one.asked_on.isoformat() if one.asked_on else None,
                "days": one.days,
            }
            for one in report.awaited
        ],
        "packs": [
            {
                "folder": one.folder,
                "readers": list(one.readers),
                "pdf": str(one.pdf) if one.pdf else None,
                "pages": one.pages,
                "words": [str(word) for word in one.words],
                "papers": [
                    {"title": _name(item), "pages": list(at) if at else None}
                    for item, at in zip(one.items, one.placed or (None,) * len(one.items), strict=True)
                ],
            }
            for one in report.packs
        ],
        "warnings": list(report.warnings),
    }
