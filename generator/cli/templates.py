"""The commands for people who look after Word templates."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.housestyle import style
from generator.cli.options import examples, options, to_json
from generator.cli.show import problem_as_json, say, show_problems
from generator.errors import ExitCode


@click.group(epilog=examples("permanence templates check our-templates/*.docx"))
def templates() -> None:
    """Look after Word templates."""


@templates.command(name="check", epilog=examples("permanence templates check templates/letter-decision.docx"))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@options("procedures", "json")
def check_templates(files: tuple[Path, ...], procedure_folders: tuple[Path, ...], as_json: bool) -> int:
    """Say where a template asks for what the reader of its paper may not see, before any paper is made.

    The card lies beside each template and says who reads the paper. Leaves with 5 where something is asked for.
    """
    from generator.pipeline import Shelves
    from generator.pipeline import check_templates as check_given

    problems = check_given(files, Shelves((), procedure_folders))
    if as_json:
        click.echo(to_json([problem_as_json(one) for one in problems]))
    else:
        count = "a template" if len(files) == 1 else f"{len(files)} templates"
        click.echo(f"{count[:1].upper()}{count[1:]} looked at, {len(problems) or 'nothing'} found")
        show_problems(problems, show_values=False)
    return int(ExitCode.UNSAFE_TO_DISCLOSE if problems else ExitCode.DONE)


@templates.command(
    name="new",
    epilog=examples(
        "permanence templates new letter-decision", "permanence templates new permanence-plan --as pathway-plan -o ours"
    ),
)
@click.argument("paper")
@click.option("--as", "own_code", metavar="CODE", help="The code of the new paper. Without it, yours takes its place.")
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("our-templates"), metavar="DIR",
              help="Your folder of templates. Without it: our-templates.")  # fmt: skip
@options("templates")
def new_template(paper: str, own_code: str | None, output: Path, folders: tuple[Path, ...]) -> None:
    """Copy a paper's Word template and card into a folder of your own, ready to edit.

    Edit the words in Word and the card in a text editor. Nothing that is there already is overwritten.
    """
    from generator.pipeline import Shelves, start_paper

    code = own_code or paper
    for file in start_paper(paper, code, output, Shelves(folders)):
        click.echo(file)
    say(f"Edit both. Then: permanence templates check {output / code}.docx")
    say(f"To make it: permanence build my-family {code} --templates {output}")


templates.add_command(style)
