"""The command that holds Word templates against the house style."""

from __future__ import annotations

from pathlib import Path

import click

from generator.base.errors import ExitCode
from generator.cli.options import examples, options, to_json
from generator.cli.show import problem_as_json, show_problems


@click.group(epilog=examples("permanence templates style check our-templates/*.docx"))
def style() -> None:
    """Look after the house style: fonts, colours, lists, margins, header and footer of every paper."""


@style.command(
    name="check",
    epilog=examples(
        "permanence templates style check our-templates/house-style.docx",
        "permanence templates style check visit-note.docx --templates our-templates",
    ),
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@options("templates", "json")
def check_style(files: tuple[Path, ...], folders: tuple[Path, ...], as_json: bool) -> int:
    """Say what in a template escapes the house style: formatting by hand, unknown styles, a header of its own.

    Of a house style itself it says what is missing. The house style is the first in the folders given with --templates,
    else the one beside the template, else the one that is shipped. Leaves with 1 where something is found.
    """
    from generator.jobs.house_style import check_style as check_given

    problems = check_given(files, folders)
    if as_json:
        click.echo(to_json([problem_as_json(one) for one in problems]))
    else:
        count = "A template" if len(files) == 1 else f"{len(files)} templates"
        click.echo(f"{count} looked at, {len(problems) or 'nothing'} found")
        show_problems(problems, show_values=False)
    return int(ExitCode.MUST_FIX if problems else ExitCode.DONE)
