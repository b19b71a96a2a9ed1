"""What every command prints in the same way: results on standard output, problems and progress on standard error."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import click

from generator.base.errors import ExitCode, Level, PermanenceError, Problem
from generator.jobs.run import Progress

_KEY = re.compile(r"(\s*(?:- )*\s*(?:[A-Za-z0-9_]+:\s*)?)(.*)")
_WIDEST = 110
WIDTH = 100
_LONG_MARK = 30
"""More marks than these under a line, and what is wrong is said on the next line."""


def is_plain(*, asked: bool) -> bool:
    """Whether to print without colours, bars and symbols: asked for, NO_COLOR set, or not a terminal."""
    return asked or bool(os.environ.get("NO_COLOR")) or not sys.stderr.isatty()


def say(text: str) -> None:
    """Talk to the person: standard error."""
    click.echo(text, err=True)


def show_error(error: PermanenceError, *, show_values: bool) -> None:
    """An error with all its problems, each with its place, the line, a caret and a way out."""
    say(f"{error.summary}.".replace("..", ".") if not error.summary.endswith(("?", "!")) else error.summary)
    show_problems(error.problems, show_values=show_values)
    if error.problems and error.exit_code is not ExitCode.UNSAFE_TO_DISCLOSE:
        say("")
        say(_count(error.problems))


def show_outcome(
    warnings: Iterable[str], failures: Iterable[PermanenceError] = (), withheld: Iterable[PermanenceError] = ()
) -> None:
    """What to know of a run: what to look at, which papers have no PDF, and what is withheld."""
    for warning in warnings:
        say(f"Look at this: {warning}")
    for failure in failures:
        say(f"No PDF: {failure}")
    for error in withheld:
        show_error(error, show_values=False)


def show_problems(problems: Sequence[Problem], *, show_values: bool) -> None:
    """Each problem with its place, the line, a caret and a way out."""
    for problem in problems:
        say("")
        for line in _say_problem(problem, show_values=show_values):
            say(line)


def _count(problems: Sequence[Problem]) -> str:
    must = sum(problem.level is Level.MUST for problem in problems)
    other = len(problems) - must
    parts = [f"{must} must be fixed"] if must else []
    parts += [f"{other} should be fixed"] if other else []
    return f"{', '.join(parts)}. Nothing was written."


def _say_problem(problem: Problem, *, show_values: bool) -> Iterator[str]:
    place = f"  {problem.place}" if problem.place else ""
    path = f"  {problem.path}" if problem.path else ""
    yield f"{problem.level.value.upper()}  {problem.code}{place}{path}"
    at = problem.place
    if at and at.source.strip():
        line = at.source if show_values else hide_value(at.source)
        margin = f"{at.line:>5} | "
        start = max(at.column - 1 - _WIDEST // 2, 0) if at.column > _WIDEST else 0
        shown = line[start : start + _WIDEST]
        yield f"{margin}{shown}"
        under = " " * (at.column - 1 - start)
        marks = f"{' ' * (len(margin) - 2)}| {under}{'^' * max(1, min(at.length, _WIDEST - len(under)))}"
        if at.length > _LONG_MARK:
            yield marks
            yield f"      {problem.says}"
        else:
            yield f"{marks} {problem.says}"
    else:
        yield f"      {problem.says}"
    if problem.remedy:
        yield f"  try: {problem.remedy}"
    yield f"  why: permanence explain {problem.code}"


def hide_value(line: str) -> str:
    """A line of the case file with its value made unreadable, so that a screen shot gives nothing away."""
    found = _KEY.fullmatch(line)
    if not found:
        return re.sub(r"\S", "·", line)
    return found[1] + re.sub(r"\S", "·", found[2])


def print_lines(lines: Iterable[str]) -> None:
    """Print a result: standard output."""
    click.echo("\n".join(lines))


def wrap(text: str, indent: int, first: str = "") -> Iterator[str]:
    """A text in lines of the width of a screen, the first one after `first` and the others indented."""
    margin = " " * indent
    yield from textwrap.wrap(
        text, WIDTH, initial_indent=first or margin, subsequent_indent=margin, break_on_hyphens=False
    )


@contextlib.contextmanager
def progress_bar(*, plain: bool) -> Iterator[Progress]:
    """A bar on a terminal; elsewhere one line for each step, on standard error."""
    if plain:
        told: set[str] = set()

        def tell(what: str, _done: int, total: int) -> None:
            if what not in told and total:
                told.add(what)
                say(f"{what} ({total})")

        yield tell
        return
    from rich import progress as rich_progress
    from rich.console import Console

    columns = (
        rich_progress.TextColumn("{task.description}"),
        rich_progress.BarColumn(),
        rich_progress.MofNCompleteColumn(),
    )
    with rich_progress.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def move(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=total or 1)
            bar.update(tasks[what], completed=done, total=total or 1)

        yield move
