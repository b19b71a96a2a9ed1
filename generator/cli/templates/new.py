"""The command `templates new`."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.options import CommandOptions, examples, options
from generator.cli.screen import say
from generator.jobs.new_paper import start_paper


@click.command(
    epilog=examples(
        "permanence templates new letter-decision", "permanence templates new permanence-plan --as pathway-plan -o ours"
    ),
)
@click.argument("paper")
@click.option("--as", "own_code", metavar="CODE", help="The code of the new paper. Without it, yours takes its place.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("our-templates"),
    metavar="DIR",
    help="Your folder of templates. Without it: our-templates.",
)
@options("templates")
def new_template(options: CommandOptions, paper: str, own_code: str | None, output: Path) -> None:
    """Copy a paper's Word template and card into a folder of your own, ready to edit.

    Edit the words in Word and the card in a text editor. Nothing that is there already is overwritten.
    """
    code = own_code or paper
    for file in start_paper(paper, code, output, options.search_path):
        click.echo(file)
    say(f"Edit both. Then: permanence templates check {output / code}.docx")
    say(f"To make it: permanence build my-family {code} --templates {output}")
