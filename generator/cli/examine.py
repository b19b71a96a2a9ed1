"""The command `examine`, and how files that were searched look on the screen and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from generator.base.errors import ExitCode, choose_exit_code
from generator.cli.options import CommandOptions, examples, options, reader_option, to_json
from generator.cli.screen import print_lines, say, show_problems
from generator.jobs.examine import ExaminedFile, examine_files

_PLACES = 20
"""How many places that were not searched are told of each file."""


@click.command(
    epilog=examples(
        "permanence examine letter.docx --case my-family --for mother",
        "permanence examine bundle.pdf draft.eml --case my-family --for court",
    )
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--case", "case", required=True, type=click.Path(path_type=Path), help="The case folder or file.")
@reader_option
@options("as_json", "show_values")
def examine(options: CommandOptions, files: tuple[Path, ...], case: Path, who: str) -> ExitCode:
    """Search any file for what its reader must not see, before it is sent: Word, PDF, e-mail, calendar, archive.

    All of the file is searched: headers, comments, tracked changes, hidden text, properties, attachments, its name.
    Leaves with 5 where something is found. Nothing is changed.
    """
    examined = examine_files(case, files, who)
    is_unsafe = any(one.found.problems for one in examined)
    if options.as_json:
        click.echo(to_json([_to_data(one) for one in examined]))
    else:
        for one in examined:
            print_lines(_describe_file(one))
            show_problems(one.found.problems, show_values=options.show_values)
        if is_unsafe:
            say("")
            say("Do not send it like this. Nothing was changed.")
    return choose_exit_code(unsafe=is_unsafe)


def _describe_file(one: ExaminedFile) -> Iterator[str]:
    found = len(one.found.problems)
    yield f"{_name(one)}: {'nothing found' if not found else f'{found} found'}"
    for find in one.found.cleared:
        yield f"  cleared in the case file: {find.protected.fact}: {find.where}"
    if one.found.unread:
        yield f"  not searched, because it holds no words that can be read: {', '.join(_first(one.found.unread))}"


def _name(one: ExaminedFile) -> str:
    """The file as it was asked for; not where its name is what must not be said."""
    named = any(find.where == "file name" for find in one.found.stops)
    return "A file whose name says what is kept from this reader" if named else str(one.file)


def _first(places: Sequence[str]) -> Sequence[str]:
    return places if len(places) < _PLACES else [*places[:_PLACES], f"and {len(places) - _PLACES} more"]


def _to_data(one: ExaminedFile) -> dict[str, Any]:
    return {
        "file": _name(one),
        "found": one.found.problems,
        "cleared": [{"fact": find.protected.fact, "where": find.where} for find in one.found.cleared],
        "not_searched": one.found.unread,
    }
