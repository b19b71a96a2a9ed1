"""The command `templates fields`."""

from __future__ import annotations

from pathlib import Path

import click

from generator.base.english import capitalise
from generator.cli.options import CommandOptions, examples, options, to_json
from generator.cli.writing import write_files
from generator.jobs.fields import list_fields, write_field_sheet
from generator.papers.facts.dictionary import FieldGroup
from generator.papers.field_sheet import say_papers, say_readers


@click.command(
    epilog=examples(
        "permanence templates fields",
        "permanence templates fields letter-decision",
        "permanence templates fields letter-decision -o fields.docx",
    ),
)
@click.argument("paper", required=False)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="OUT.docx", help="Write a Word file."
)
@options("templates", "procedures", "as_json")
def show_fields(options: CommandOptions, paper: str | None, output: Path | None) -> None:
    """List every fact that templates can print: what it means, an example, what asks for it, who may see it.

    With the code of a paper, only the facts that its readers may see. Facts stand in groups: of a child, of a meeting.
    """
    groups = list_fields(paper, options.search_path)
    if output:
        title = f"Fields of the paper {paper}" if paper else "Fields of all papers"
        write_files({output: write_field_sheet(title, groups)})
    if options.as_json:
        click.echo(to_json(groups))
    elif not output:
        for group in groups:
            _show_group(group)


def _show_group(group: FieldGroup) -> None:
    reached = f"  ({group.reached_by})" if group.reached_by and group.reached_by != group.name else ""
    click.echo(f"{capitalise(group.name)}{reached}")
    for entry in group.entries:
        may = ", may be empty" if entry.optional else ""
        example = f" Example: {entry.example}" if entry.example else ""
        click.echo(f"  {entry.name:<28} {entry.label}.{example}")
        more = [f"{entry.kind}{may}", entry.meets, f"from {entry.source}" if entry.source else ""]
        more += [f"seen by {say_readers(entry)}", f"used in {say_papers(entry)}" if entry.papers else ""]
        click.echo(f"  {'':<28} {'; '.join(filter(None, more))}")
    click.echo("")
