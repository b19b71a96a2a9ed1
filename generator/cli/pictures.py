"""The command `pictures`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from generator.base.english import count_of
from generator.base.errors import ExitCode, choose_exit_code
from generator.cli.options import CommandOptions, case_argument, examples, options, reader_option
from generator.cli.screen import show_error, show_outcome
from generator.jobs.pictures import PicturesReport, draw_case_pictures


@click.command(
    epilog=examples(
        "permanence pictures my-family --for court",
        "permanence pictures my-family --for mother --child rowan",
        "permanence pictures my-family --for professionals -o for-the-meeting",
    )
)
@case_argument
@reader_option
@click.option("--child", metavar="ID", help="Draw this child alone: the id in the case file.")
@options("on", "output", "procedures", "as_json", "plain", "show_values")
def pictures(options: CommandOptions, case: Path, who: str, child: str | None) -> ExitCode:
    """Draw each child's family tree, homes and orders, and timeline of care, as one reader may see them.

    They are PNG files, 17 cm wide in print, each with the same facts in a text file beside it. What the reader may not
    know is not drawn, and each is searched before it arrives: one that says it all the same is withheld, with exit
    code 5.
    """
    report = draw_case_pictures(case, who, options.run, child=child)
    options.print(report, _to_data, _describe)
    show_outcome(report.warnings)
    for withheld in report.withheld:
        show_error(withheld, show_values=options.show_values)
    return choose_exit_code(unsafe=bool(report.withheld))


def _describe(report: PicturesReport) -> Iterator[str]:
    yield from (png.relative_to(report.folder).as_posix() for _, png, _ in report.files)
    yield f"{count_of(len(report.files), 'picture')} in {report.folder}, each with its text beside it"


def _to_data(report: PicturesReport) -> dict[str, Any]:
    return {
        "folder": report.folder,
        "reader": report.reader,
        "audience": report.audience,
        "pictures": [
            {"name": one.name, "child": one.child, "shows": one.shows, "png": png, "text": text}
            for one, png, text in report.files
        ],
        "withheld": len(report.withheld),
    }
