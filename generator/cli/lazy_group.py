"""A group of commands that is a table: a command's module is imported when the command is asked for."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import groupby
from typing import Any

import click


@dataclass(frozen=True, slots=True)
class CommandRow:
    """One command: its name, the module and name of its function, whose job it is, and one sentence for the list."""

    name: str
    function: str
    whose: str
    says: str

    def load(self) -> click.Command:
        """The command itself. Imports its module."""
        module, _, name = self.function.partition(":")
        found = getattr(import_module(module), name)
        if not isinstance(found, click.Command):
            raise TypeError(self.function)
        return found


class _LazyCommands(MutableMapping[str, click.Command]):
    """Commands by name, each loaded when it is first looked up. To list the names loads none."""

    def __init__(self, rows: Sequence[CommandRow]) -> None:
        self._found: dict[str, CommandRow | click.Command] = {row.name: row for row in rows}

    def __getitem__(self, name: str) -> click.Command:
        found = self._found[name]
        if isinstance(found, CommandRow):
            self._found[name] = found = found.load()
        return found

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._found[name] = command

    def __delitem__(self, name: str) -> None:
        del self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


class LazyGroup(click.Group):
    """A group whose commands are rows of a table. Its help lists them by whose job they are."""

    def __init__(self, *given: Any, rows: Sequence[CommandRow] = (), **more: Any) -> None:
        super().__init__(*given, **more)
        self.commands = _LazyCommands(rows)
        self._rows = rows

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's own
        """Write a list of the commands for each of those whose job they are. No command is loaded for it."""
        width = max(len(row.name) for row in self._rows)
        for whose, rows in groupby(self._rows, key=lambda row: row.whose):
            with formatter.section(whose):
                formatter.write_dl([(row.name.ljust(width), row.says) for row in rows])
