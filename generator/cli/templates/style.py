"""The command `templates style check`."""

from __future__ import annotations

from pathlib import Path

import click

from generator.base.errors import ExitCode, choose_exit_code
from generator.cli.options import CommandOptions, examples, options, to_json
from generator.cli.screen import show_problems
from generator.jobs.house_style import check_style as check_given


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
@options("templates", "as_json")
def check_style(options: CommandOptions, files: tuple[Path, ...]) -> ExitCode:
    """Say what in a template escapes the house style: formatting by hand, unknown styles, a header of its own.

    Of a house style itself it says what is missing. The house style is the first in the folders given with --templates,
    else the one beside the template, else the one that is shipped. Leaves with 1 where something is found.
    """
    problems = check_given(files, options.templates)
    if options.as_json:
        click.echo(to_json(problems))
    else:
        count = "A template" if len(files) == 1 else f"{len(files)} templates"
        click.echo(f"{count} looked at, {len(problems) or 'nothing'} found")
        show_problems(problems, show_values=False)
    return choose_exit_code(must_fix=bool(problems))
