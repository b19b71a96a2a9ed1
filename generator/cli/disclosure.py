"""The commands about who may see what: one reader's view of a case, and any file searched before it is sent."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.base.errors import ExitCode
from generator.cli.options import examples, options, to_json
from generator.cli.show import problem_as_json, say, show_problems

if TYPE_CHECKING:
    import datetime as dt

    from generator.jobs.disclosure import DisclosureReport
    from generator.jobs.examine import ExaminedFile

_WIDTH = 100
reader_option = click.option(
    "--for",
    "who",
    required=True,
    metavar="READER",
    help="The id of a person in the case file, or: court, professionals, internal, privileged, matching.",
)


@click.command(
    epilog=examples("permanence disclosure my-family --for mother", "permanence disclosure my-family --for court")
)
@options("case")
@reader_option
@options("on", "procedures", "templates", "json", "show_values")
def disclosure(
    case: Path,
    who: str,
    on: dt.date,
    procedure_folders: tuple[Path, ...],
    folders: tuple[Path, ...],
    as_json: bool,
    show_values: bool,
) -> int:
    """Show what one reader would see, what is kept from them and why, and whether a text says it all the same.

    For a second pair of eyes before papers go out. What is kept is named by its place in the case file and never
    printed. Leaves with 5 where a paper for this reader says what is kept from them.
    """
    from generator.base.resources import SearchPath
    from generator.jobs.disclosure import report_disclosure
    from generator.jobs.run import Run

    report = report_disclosure(case, who, Run(on, search_path=SearchPath(folders, procedure_folders)))
    if as_json:
        click.echo(to_json(_report_as_json(report)))
    else:
        click.echo("\n".join(_say_report(report)))
        for paper in report.papers:
            show_problems(paper.problems, show_values=show_values)
    return int(ExitCode.UNSAFE_TO_DISCLOSE if report.is_unsafe else ExitCode.DONE)


def _say_report(report: DisclosureReport) -> Iterator[str]:
    from generator.base.dates import say_date

    yield f"Reader: {report.who} ({report.describes}). Reads as: {report.audience}."
    yield ""
    yield f"Papers for this reader: {len(report.papers)}"
    for paper in report.papers:
        state = "WITHHELD: it says what is kept from this reader" if paper.problems else "nothing found"
        yield f"  {paper.name}: {state}"
    yield ""
    yield f"What these papers may show: {len(report.seen)} facts"
    for fact in report.seen:
        words = "(it says what is kept from this reader)" if fact.words is None else " ".join(fact.words.split())
        yield f"  {textwrap.shorten(f'{fact.fact}: {words}', _WIDTH, placeholder=' …')}"
    yield ""
    searched = dict.fromkeys(_gist(kept.fact) for kept in report.kept if kept.searched)
    yield f"What is kept from this reader: {len(report.kept)} facts"
    if searched:
        yield "  Every file for this reader is searched for these:"
        yield from _wrap(", ".join(searched))
    reasons: dict[str, dict[str, int]] = {}
    for kept in report.kept:
        where = reasons.setdefault(kept.why, {})
        shelf = (
            ".".join(re.split(r"[.\[]", kept.fact)[:2])
            if kept.fact.startswith(("people.", "children."))
            else (re.split(r"[.\[]", kept.fact)[0])
        )
        where[shelf] = where.get(shelf, 0) + 1
    for why, shelves in reasons.items():
        yield f"  Because it is {why}:"
        yield from _wrap(", ".join(f"{shelf} ({count})" for shelf, count in shelves.items()))
    for one in report.cleared:
        yield f"Cleared: {one.allows}, by {one.by} on {say_date(one.on)}"


def _gist(fact: str) -> str:
    """A fact without the line of an address or the number of an entry."""
    return re.sub(r"(\.(?:name|address))\b.*", r"\1", fact)


def _wrap(words: str) -> list[str]:
    return textwrap.wrap(
        words, _WIDTH, initial_indent="    ", subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
    )


def _report_as_json(report: DisclosureReport) -> dict[str, Any]:
    return {
        "reader": report.who,
        "audience": report.audience,
        "describes": report.describes,
        "papers": [
            {"name": one.name, "title": one.title, "problems": [problem_as_json(each) for each in one.problems]}
            for one in report.papers
        ],
        "seen": [{"fact": one.fact, "words": one.words} for one in report.seen],
        "kept": [{"fact": one.fact, "why": one.why, "searched": one.searched} for one in report.kept],
        "cleared": [
            {"fact": one.allows, "for": one.reader, "in": list(one.papers), "by": one.by, "on": one.on.isoformat()}
            for one in report.cleared
        ],
    }


@click.command(
    epilog=examples(
        "permanence examine letter.docx --case my-family --for mother",
        "permanence examine bundle.pdf draft.eml --case my-family --for court",
    )
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--case", "case", required=True, type=click.Path(path_type=Path), help="The case folder or file.")
@reader_option
@options("json", "show_values")
def examine(files: tuple[Path, ...], case: Path, who: str, as_json: bool, show_values: bool) -> int:
    """Search any file for what its reader must not see, before it is sent: Word, PDF, e-mail, calendar, archive.

    All of the file is searched: headers, comments, tracked changes, hidden text, properties, attachments, its name.
    Leaves with 5 where something is found. Nothing is changed.
    """
    from generator.jobs.examine import examine_files

    examined = examine_files(case, files, who)
    if as_json:
        click.echo(to_json([_examined_as_json(one) for one in examined]))
    else:
        for one in examined:
            click.echo("\n".join(_say_examined(one)))
            show_problems(one.found.problems, show_values=show_values)
    if any(one.found.problems for one in examined):
        if not as_json:
            say("")
            say("Do not send it like this. Nothing was changed.")
        return int(ExitCode.UNSAFE_TO_DISCLOSE)
    return int(ExitCode.DONE)


def _say_examined(one: ExaminedFile) -> Iterator[str]:
    found = len(one.found.problems)
    yield f"{_say_name(one)}: {'nothing found' if not found else f'{found} found'}"
    for find in one.found.cleared:
        yield f"  cleared in the case file: {find.protected.fact}: {find.where}"
    if one.found.unread:
        yield f"  not searched, because it holds no words that can be read: {', '.join(_first(one.found.unread))}"


def _say_name(one: ExaminedFile) -> str:
    """The file as it was asked for; not where its name is what must not be said."""
    named = any(find.where == "file name" for find in one.found.stops)
    return "A file whose name says what is kept from this reader" if named else str(one.file)


def _first(places: Sequence[str]) -> Sequence[str]:
    return places if len(places) < 20 else [*places[:20], f"and {len(places) - 20} more"]


def _examined_as_json(one: ExaminedFile) -> dict[str, Any]:
    return {
        "file": _say_name(one),
        "found": [problem_as_json(each) for each in one.found.problems],
        "cleared": [{"fact": find.protected.fact, "where": find.where} for find in one.found.cleared],
        "not_searched": list(one.found.unread),
    }
