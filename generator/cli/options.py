"""The options that commands share, as click knows them and as one object; and how a command prints its report."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import click

from generator.base.dates import read_date, read_moment
from generator.base.errors import Problem
from generator.base.resources import SearchPath
from generator.cli.screen import is_plain, print_lines, progress_bar
from generator.jobs.run import Run

_Report = TypeVar("_Report")
_Command = TypeVar("_Command", bound=Callable[..., Any])


def read_clock() -> dt.date:
    """Today, by the time that courts and councils in England and Scotland keep, wherever the computer is."""
    return dt.datetime.now(ZoneInfo("Europe/London")).date()


class DateOption(click.ParamType[dt.date]):
    """A date, as a person writes it."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """The date, or an error of usage that says how to write one."""
        if isinstance(value, dt.date):
            return value
        try:
            return self.read(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)

    def read(self, text: str) -> dt.date:
        """What the text says. Raises ValueError, with a sentence for the reader, where it says none."""
        return read_date(text)


class MomentOption(DateOption):
    """A date and time, as a person writes it."""

    name = "date and time"

    def read(self, text: str) -> dt.datetime:
        """What the text says, as local time in the United Kingdom. Raises ValueError as for a date."""
        return read_moment(text)


@dataclasses.dataclass(frozen=True, slots=True)
class CommandOptions:
    """What a person chose of the options that commands share. Those that a command does not have keep their default."""

    on: dt.date = dataclasses.field(default_factory=read_clock)
    output: Path | None = None
    templates: tuple[Path, ...] = ()
    procedures: tuple[Path, ...] = ()
    as_json: bool = False
    plain: bool = False
    show_values: bool = False

    @property
    def search_path(self) -> SearchPath:
        """Where templates and procedures are looked for."""
        return SearchPath(self.templates, self.procedures)

    @property
    def is_plain(self) -> bool:
        """Whether to print without colours, bars and symbols."""
        return is_plain(asked=self.plain)

    @property
    def run(self) -> Run:
        """A run of a job, of whose progress nothing is shown."""
        return Run(self.on, read_clock(), self.search_path, self.output)

    @contextmanager
    def show_progress(self) -> Iterator[Run]:
        """A run of a job whose progress is shown."""
        with progress_bar(plain=self.is_plain) as progress:
            yield dataclasses.replace(self.run, progress=progress)

    def print(
        self, report: _Report, to_data: Callable[[_Report], Any], describe: Callable[[_Report], Iterable[str]]
    ) -> None:
        """Print a report, as JSON where that was asked for, else in words."""
        if self.as_json:
            click.echo(to_json(to_data(report)))
        else:
            print_lines(describe(report))


_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
_OPTIONS: dict[str, Callable[[Any], Any]] = {
    "on": click.option("--on", type=DateOption(), default=read_clock, metavar="DATE", help="Take this day for today."),
    "output": click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="The folder to write to. Without it: output/ and the name of the case.",
    ),
    "templates": click.option(
        "--templates", type=_FOLDER, multiple=True, metavar="DIR", help="A folder of templates to look in first."
    ),
    "procedures": click.option(
        "--procedures", type=_FOLDER, multiple=True, metavar="DIR", help="A folder of procedures to look in first."
    ),
    "as_json": click.option("--json", "as_json", is_flag=True, help="Report as JSON on standard output."),
    "plain": click.option("--plain", is_flag=True, help="No colours, bars or symbols."),
    "show_values": click.option("--show-values", is_flag=True, help="Show the text of the case file in messages."),
}


def options(*names: str) -> Callable[[_Command], Any]:
    """Give a command the options with these names, in this order. Its first argument is then a `CommandOptions`."""

    def add(command: _Command) -> Any:
        @functools.wraps(command)
        def with_options(**given: Any) -> Any:
            return command(CommandOptions(**{name: given.pop(name) for name in names}), **given)

        for name in reversed(names):
            _OPTIONS[name](with_options)
        return with_options

    return add


case_argument = click.argument("case", type=click.Path(path_type=Path))
procedure_option = click.option("--procedure", metavar="NAME", help="Read the case under this procedure, not its own.")
reader_option = click.option(
    "--for",
    "who",
    required=True,
    metavar="READER",
    help="The id of a person in the case file, or: court, professionals, internal, privileged, matching.",
)


def examples(*lines: str) -> str:
    """The end of a command's help."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def to_json(data: Any) -> str:
    """Data as JSON, for people too: reports by their fields, days as 2026-11-22, problems as `problem_to_data`."""
    return json.dumps(data, indent=2, ensure_ascii=False, default=_to_plain)


def _to_plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Problem):
        return problem_to_data(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {one.name: getattr(value, one.name) for one in dataclasses.fields(value)}
    raise TypeError(type(value).__name__)


def problem_to_data(problem: Problem) -> dict[str, Any]:
    """A problem as JSON tells it."""
    return {
        "code": problem.code,
        "says": problem.says,
        "place": str(problem.place) if problem.place else None,
        "path": problem.path,
        "try": problem.remedy,
    }
