"""The lines that `build` prints about each paper. Imports little, as a build with nothing to do prints them too."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from generator.base.cache.last_build import PaperLine
from generator.base.english import count_of
from generator.cli.screen import say


def print_papers(lines: Sequence[PaperLine], folder: Path, more: Sequence[str] = ()) -> None:
    """Print one line about each paper, and how many there are. `more` is talk to follow each line, or nothing."""
    for number, line in enumerate(lines):
        pages = f", {count_of(line.pages, 'page')}" if line.pages else ""
        draft = ", DRAFT" if line.draft else ""
        gaps = f", {line.gaps} not yet written" if line.gaps else ""
        click.echo(f"{line.action:<11} {line.name}{pages}{draft}{gaps}")
        if line.note:
            say(f"            {line.note}")
        if more and more[number]:
            say(more[number])
    click.echo(f"{count_of(len(lines), 'paper')} in {folder}")
