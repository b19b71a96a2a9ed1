"""The command `pack`, and how it tells who is to come, what is awaited and what is in each pack."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from generator.base.dates import format_moment
from generator.base.english import count_of
from generator.base.errors import ExitCode, choose_exit_code
from generator.cli.options import CommandOptions, case_argument, examples, options
from generator.cli.screen import say, show_outcome
from generator.jobs.pack import PackReport, build_pack
from generator.jobs.pack_files import PackResult
from generator.meetings.pack.contents import Contributed, Item
from generator.meetings.pack.facts import describe_since
from generator.papers.card import PlannedDocument
from generator.rules.invitations import AskedGuest, find_uninvited


@click.command(epilog=examples("permanence pack my-family", "permanence pack my-family --meeting ppm-2"))
@case_argument
@click.option("--meeting", metavar="ID", help="The meeting, by its id in the case file. Without it: the next one.")
@options("on", "output", "procedures", "templates", "as_json", "plain", "show_values")
@click.option(
    "--strict", is_flag=True, help="Exit 1 where somebody who is to be invited is not, and no reason is recorded."
)
def pack(options: CommandOptions, case: Path, meeting: str | None, strict: bool) -> ExitCode:
    """Make the packs of a meeting: everything that each reader has to read before it, as one PDF.

    One folder for those who attend the whole meeting, and one for everybody who may not read all of it. Says first who
    is to be invited under the procedure, who is not and why, and what is still awaited.
    """
    with options.show_progress() as run:
        report = build_pack(case, run, meeting=meeting)
    options.print(report, _to_data, _describe)
    show_outcome(report.warnings)
    forgotten = find_uninvited(report.asked)
    for one in forgotten:
        named = f" ({', '.join(one.people)})" if one.people else " (nobody in the case file)"
        say(
            f"NOT INVITED, AND NO REASON IS RECORDED: {one.who}{named}. {_describe_rules(one)}. Add them under "
            "meetings.invited, or under meetings.not_invited with the reason"
        )
    missing = report.papers.no_pdf_because
    if missing:
        say(f"The Word files are made. {missing}")
    return choose_exit_code(program_missing=bool(missing), must_fix=bool(strict and forgotten))


def _describe(report: PackReport) -> Iterator[str]:
    meeting = report.meeting
    yield f"{meeting.id}: {meeting.kind.words}, {format_moment(meeting.starts_at)}"
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
        yield f"  Also invited: {', '.join(f'{one.person} ({one.part.words})' for one in others)}"
    unasked = [one for one in meeting.not_invited if one.person not in known]
    yield from (f"  Not invited: {one.person}: {one.reason}" for one in unasked)
    yield ""
    yield "Still awaited" if report.awaited else "Nothing that was asked for is awaited."
    yield from (
        f"  {one.title}, from {one.author or 'nobody named'}, since {describe_since(one)}"
        if one.asked_on
        else f"  {one.title}, from {one.author or 'nobody named'} (no day recorded)"
        for one in report.awaited
    )
    for pack_ in report.packs:
        yield ""
        yield from _describe_pack(pack_, report)


def _describe_pack(one: PackResult, report: PackReport) -> Iterator[str]:
    readers = f"for {', '.join(one.readers)}" if one.readers else "for those who attend the whole meeting"
    pages = count_of(one.pages, "page") if one.pdf else "no PDF"
    place = (one.pdf or one.words[0] if one.pdf or one.words else report.folder).relative_to(report.folder).as_posix()
    yield f"{place}, {pages}, {readers}"
    for number, item in enumerate(one.items):
        at = one.placed[number] if one.placed else None
        where = f"page {at[0]}" if at else "not in it" if one.placed else ""
        yield f"  {number + 1:>2}  {_name(item)}{f'  ({where})' if where else ''}"


def _name(item: Item) -> str:
    if isinstance(item, PlannedDocument):
        return f"{item.listed_as}{', DRAFT' if item.draft else ''}"
    return item.paper.title if isinstance(item, Contributed) else "Actions still open"


def _describe_rules(one: AskedGuest) -> str:
    return "; ".join(f"{rule.level.value}: {rule.cite}" for rule in one.rules)


def _to_data(report: PackReport) -> dict[str, Any]:
    meeting = report.meeting
    return {
        "folder": report.folder,
        "meeting": {"id": meeting.id, "kind": meeting.kind, "starts_at": meeting.starts_at},
        "to_be_invited": [
            {
                "who": one.who,
                "level": one.level,
                "standing": one.standing,
                "people": one.people,
                "invited": one.invited,
                "reasons": {reason.person: reason.reason for reason in one.reasons},
                "rules": [rule.name for rule in one.rules],
                "children": one.children,
                "needs": one.needs,
            }
            for one in report.asked
        ],
        "invited": [{"person": one.person, "part": one.part} for one in meeting.invited],
        "not_invited": [{"person": one.person, "reason": one.reason} for one in meeting.not_invited],
        "awaited": [
            {"title": one.title, "from": one.author, "asked_on": one.asked_on, "days": one.days}
            for one in report.awaited
        ],
        "packs": [
            {
                "folder": one.folder,
                "readers": one.readers,
                "pdf": one.pdf,
                "pages": one.pages,
                "words": one.words,
                "papers": [
                    {"title": _name(item), "pages": at}
                    for item, at in zip(one.items, one.placed or (None,) * len(one.items), strict=True)
                ],
            }
            for one in report.packs
        ],
        "warnings": report.warnings,
    }
