"""The command `new`."""

from __future__ import annotations

from pathlib import Path

import click

from generator.base.errors import CannotReadError, FileBusyError
from generator.case.schema import schema_text
from generator.case.starter import starter_text
from generator.cli.options import examples
from generator.cli.screen import say
from generator.cli.writing import explain_unwritable


@click.command(epilog=examples("permanence new my-family"))
@click.argument("folder", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Start a case: a folder with a commented case file and a place for evidence."""
    file = folder / "case.yaml"
    if file.exists():
        raise CannotReadError(f"There is a case at {file} already. It was left as it is")
    try:
        (folder / "evidence").mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(starter_text(), encoding="utf-8")
        (folder / "case.schema.json").write_text(schema_text(), encoding="utf-8")
    except OSError as error:
        raise FileBusyError(explain_unwritable(folder, error)) from None
    click.echo(file)
    say(f"Open {file} in an editor and replace the invented facts. Then: permanence check {folder}")
