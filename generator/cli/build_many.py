"""Many cases built by the command `build`: how the run is shown, and what is printed about each case."""

from __future__ import annotations

import contextlib
import dataclasses
import os
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from generator.base.english import count_of
from generator.base.errors import ExitCode, FileBusyError
from generator.base.paths import find_case_file, name_output
from generator.base.resources import SearchPath
from generator.cli.options import CommandOptions, to_json
from generator.cli.screen import progress_bar, say, show_error, show_outcome
from generator.jobs.build_many import BuiltCase, CaseTask, build_many, open_pool, refuse_shared_folders
from generator.jobs.cluster import open_cluster

_ACTIONS = ("written", "replaced", "laid beside", "kept", "unchanged")


def build_all(
    options: CommandOptions,
    cases: Sequence[Path],
    codes: tuple[str, ...],
    *,
    word_only: bool,
    jobs: int | None,
    cluster: str | None,
) -> ExitCode:
    """Build many cases, each into its own folder, and print what was made of each. Returns the worst exit code.

    What was finished is told, too, when the run is stopped.
    """
    tasks = _plan_tasks(options, cases, codes, word_only=word_only, far_away=cluster is not None)
    done: dict[Path, BuiltCase] = {}
    try:
        running = contextlib.closing(_run(tasks, jobs, cluster))
        with _tell_progress(len(tasks), plain=options.is_plain) as tell, running as built:
            for one in built:
                done[one.file] = one
                tell(len(done), one.file)
    finally:
        finished = [done[task.file] for task in tasks if task.file in done]
        if options.as_json:
            click.echo(to_json([_to_data(one) for one in finished]))
        elif finished:
            for one in finished:
                _show(one, show_values=options.show_values)
            click.echo(f"{sum(one.error is None for one in finished)} of {len(tasks)} cases built")
    return max(one.exit_code for one in finished)


def _plan_tasks(
    options: CommandOptions, cases: Sequence[Path], codes: tuple[str, ...], *, word_only: bool, far_away: bool
) -> list[CaseTask]:
    """A task for each case. Raises CannotReadError where two of them would write to one folder."""
    own = options.search_path
    search_path = SearchPath(
        tuple(folder.absolute() for folder in own.templates), tuple(folder.absolute() for folder in own.procedures)
    )
    files = [find_case_file(case) for case in cases]
    folders = [name_output(file, None) for file in files]
    if options.output:
        folders = [options.output / folder.name for folder in folders]
    refuse_shared_folders([*zip(files, folders, strict=True)])
    if far_away:
        # The computers of a cluster stand in other folders than this command.
        files, folders = [file.absolute() for file in files], [folder.absolute() for folder in folders]
    run = dataclasses.replace(options.run, search_path=search_path)
    return [
        CaseTask(file, dataclasses.replace(run, output=folder), codes, word_only)
        for file, folder in zip(files, folders, strict=True)
    ]


def _run(tasks: Sequence[CaseTask], jobs: int | None, cluster: str | None) -> Generator[BuiltCase, None, None]:
    if cluster:
        for one in build_many(tasks, lambda: open_cluster(cluster), len(tasks)):
            arrived = one.error or (one.folder / "record.yaml").exists()
            yield one if arrived else dataclasses.replace(one, error=_not_shared(one.folder))
        return
    processes = min(jobs or _count_processors(), len(tasks))
    yield from build_many(tasks, lambda: open_pool(processes), processes)


def _not_shared(folder: Path) -> FileBusyError:
    return FileBusyError(
        f"The papers were written to {folder} on a computer of the cluster, and are not to be seen from here. Cases "
        "and output must be in folders that all of its computers share"
    )


def _count_processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextlib.contextmanager
def _tell_progress(total: int, *, plain: bool) -> Iterator[Callable[[int, Path], None]]:
    """A bar on a terminal; elsewhere a line for each case that is done."""
    if plain:
        yield lambda count, file: say(f"{count} of {total}: {file}")
        return
    with progress_bar(plain=False) as report:
        report("Building cases", 0, total)
        yield lambda count, _file: report("Building cases", count, total)


def _show(one: BuiltCase, *, show_values: bool) -> None:
    if one.error:
        click.echo(f"not built   {one.file}")
        show_error(one.error, show_values=show_values)
        return
    counts = {action: sum(line.action == action for line in one.papers) for action in _ACTIONS}
    said = ", ".join(f"{count} {action}" for action, count in counts.items() if count)
    is_old = not any(counts[action] for action in ("written", "replaced", "laid beside"))
    state = "look at it" if one.exit_code is not ExitCode.DONE else "unchanged" if is_old else "built"
    click.echo(f"{state:<11} {one.folder}: {count_of(len(one.papers), 'paper')}{f' ({said})' if said else ''}")
    for line in one.papers:
        if line.note:
            say(f"            {line.name}: {line.note}")
    show_outcome(one.warnings, one.failures, one.withheld)
    if one.no_pdf_because:
        say(f"The Word files are made. {one.no_pdf_because}")


def _to_data(one: BuiltCase) -> dict[str, Any]:
    errors = [error for error in (one.error, *one.withheld, *one.failures, one.no_pdf_because) if error]
    return {
        "case": one.file,
        "folder": one.folder,
        "exit_code": one.exit_code,
        "papers": one.papers,
        "warnings": one.warnings,
        "errors": [{"says": error.summary, "problems": error.problems} for error in errors],
    }
