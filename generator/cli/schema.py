"""The command `schema`."""

from __future__ import annotations

from pathlib import Path

import click

from generator.case.schema import schema_text
from generator.cli.options import examples
from generator.cli.writing import write_files


@click.command(epilog=examples("permanence schema -o my-family/case.schema.json"))
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="The file to write to.")
def schema(output: Path | None) -> None:
    """Write the JSON Schema of case files, for completion in editors."""
    if output is None:
        click.echo(schema_text(), nl=False)
    else:
        write_files({output: schema_text().encode()})
