"""The command that draws a case for one reader, and how what it made looks on the screen and as JSON."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.base.english import count_of
from generator.base.errors import ExitCode
from generator.cli.disclosure import reader_option
from generator.cli.options import examples, options, to_json
from generator.cli.show import show_error, show_outcome
from generator.cli.today import read_clock

if TYPE_CHECKING:
    from generator.jobs.pictures import PicturesReport


@click.command(
    epilog=examples(
        "permanence pictures my-family --for court",
        "permanence pictures my-family --for mother --child rowan",
        "permanence pictures my-family --for professionals -o for-the-meeting",
    )
)
@options("case")
@reader_option
@click.option("--child", metavar="ID", help="Draw this child alone: the id in the case file.")
@options("on", "output", "procedures", "json", "plain", "show_values")
def pictures(
    case: Path,
    who: str,
    child: str | None,
    on: dt.date,
    output: Path | None,
    procedure_folders: tuple[Path, ...],
    as_json: bool,
    plain: bool,
    show_values: bool,
) -> int:
    """Draw each child's family tree, homes and orders, and timeline of care, as one reader may see them.

    They are PNG files, 17 cm wide in print, each with the same facts in a text file beside it. What the reader may not
    know is not drawn, and each is searched before it arrives: one that says it all the same is withheld, with exit
    code 5.
    """
    from generator.base.resources import SearchPath
    from generator.jobs.pictures import draw_case_pictures
    from generator.jobs.run import Run

    report = draw_case_pictures(
        case, who, Run(on, read_clock(), SearchPath((), procedure_folders), output), child=child
    )
    if as_json:
        click.echo(to_json(_report_as_json(report)))
    else:
        for _, png, _ in report.files:
            click.echo(png.relative_to(report.folder).as_posix())
        count = len(report.files)
        click.echo(f"{count_of(count, 'picture')} in {report.folder}, each with its text beside it")
    show_outcome(report.warnings)
    for withheld in report.withheld:
        show_error(withheld, show_values=show_values)
    return int(ExitCode.UNSAFE_TO_DISCLOSE if report.withheld else ExitCode.DONE)


def _report_as_json(report: PicturesReport) -> dict[str, Any]:
    return {
        "folder": str(report.folder),
        "reader": report.reader,
        "audience": report.audience,
        "pictures": [
            {"name": one.name, "child": one.child, "shows": one.shows, "png": str(png), "text": str(text)}
            for one, png, text in report.files
        ],
        "withheld": len(report.withheld),
    }
