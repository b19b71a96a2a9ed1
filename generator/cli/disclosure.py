"""The command `disclosure`, and how one reader's view of a case looks on the screen and as JSON."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from generator.base.dates import format_date
from generator.base.errors import ExitCode, choose_exit_code
from generator.cli.options import CommandOptions, case_argument, examples, options, reader_option
from generator.cli.screen import WIDTH, show_problems, wrap
from generator.jobs.disclosure import DisclosureReport, report_disclosure


@click.command(
    epilog=examples("permanence disclosure my-family --for mother", "permanence disclosure my-family --for court")
)
@case_argument
@reader_option
@options("on", "procedures", "templates", "as_json", "show_values")
def disclosure(options: CommandOptions, case: Path, who: str) -> ExitCode:
    """Show what one reader would see, what is kept from them and why, and whether a text says it all the same.

    For a second pair of eyes before papers go out. What is kept is named by its place in the case file and never
    printed. Leaves with 5 where a paper for this reader says what is kept from them.
    """
    report = report_disclosure(case, who, options.run)
    options.print(report, _to_data, _describe)
    if not options.as_json:
        for paper in report.papers:
            show_problems(paper.problems, show_values=options.show_values)
    return choose_exit_code(unsafe=report.is_unsafe)


def _describe(report: DisclosureReport) -> Iterator[str]:
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
        yield f"  {textwrap.shorten(f'{fact.fact}: {words}', WIDTH, placeholder=' …')}"
    yield ""
    searched = dict.fromkeys(_gist(kept.fact) for kept in report.kept if kept.searched)
    yield f"What is kept from this reader: {len(report.kept)} facts"
    if searched:
        yield "  Every file for this reader is searched for these:"
        yield from wrap(", ".join(searched), 4)
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
        yield from wrap(", ".join(f"{shelf} ({count})" for shelf, count in shelves.items()), 4)
    for one in report.cleared:
        yield f"Cleared: {one.allows}, by {one.by} on {format_date(one.on)}"


def _gist(fact: str) -> str:
    """A fact without the line of an address or the number of an entry."""
    return re.sub(r"(\.(?:name|address))\b.*", r"\1", fact)


def _to_data(report: DisclosureReport) -> dict[str, Any]:
    return {
        "reader": report.who,
        "audience": report.audience,
        "describes": report.describes,
        "papers": report.papers,
        "seen": report.seen,
        "kept": report.kept,
        "cleared": [
            {"fact": one.allows, "for": one.reader, "in": one.papers, "by": one.by, "on": one.on}
            for one in report.cleared
        ],
    }
