"""What the commands share: arguments and options with their help, examples, and reports as JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from generator.cli.today import read_clock

_Command = TypeVar("_Command", bound=Callable[..., Any])


class Day(click.ParamType[dt.date]):
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
        from generator.base.dates import read_date

        return read_date(text)


class Moment(Day):
    """A date and time, as a person writes it."""

    name = "date and time"

    def read(self, text: str) -> dt.datetime:
        """What the text says, as local time in the United Kingdom. Raises ValueError as for a date."""
        from generator.base.dates import read_moment

        return read_moment(text)


def options(*names: str) -> Callable[[_Command], _Command]:
    """Add the options with these names to a command, in this order."""

    def add(command: _Command) -> _Command:
        for name in reversed(names):
            command = _OPTIONS[name](command)
        return command

    return add


_OPTIONS: dict[str, Callable[[Any], Any]] = {
    "case": click.argument("case", type=click.Path(path_type=Path)),
    "on": click.option("--on", type=Day(), default=read_clock, metavar="DATE", help="Take this day for today."),
    "output": click.option("-o", "--output", type=click.Path(path_type=Path), metavar="DIR",
                           help="The folder to write to. Without it: output/ and the name of the case."),
    "templates": click.option("--templates", "folders", type=click.Path(path_type=Path, exists=True, file_okay=False),
                              multiple=True, metavar="DIR", help="A folder of templates to look in first."),
    "procedures": click.option("--procedures", "procedure_folders", multiple=True, metavar="DIR",
                               type=click.Path(path_type=Path, exists=True, file_okay=False),
                               help="A folder of procedures to look in first."),
    "procedure": click.option("--procedure", metavar="NAME", help="Read the case under this procedure, not its own."),
    "json": click.option("--json", "as_json", is_flag=True, help="Report as JSON on standard output."),
    "plain": click.option("--plain", is_flag=True, help="No colours, bars or symbols."),
    "show_values": click.option("--show-values", is_flag=True, help="Show the text of the case file in messages."),
}  # fmt: skip


def to_json(report: Any) -> str:
    """A report as JSON, for people too."""
    import json

    return json.dumps(report, indent=2, ensure_ascii=False)


def examples(*lines: str) -> str:
    """The end of a command's help."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)
