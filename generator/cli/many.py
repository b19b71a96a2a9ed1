"""Many cases in one command: which arguments are cases, how the run goes on, and what is said of each in the end."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.base.english import count_of
from generator.base.errors import CannotReadError, ExitCode, FileBusyError
from generator.cli.options import to_json
from generator.cli.show import is_plain, problem_as_json, progress_bar, say, show_error, show_outcome

if TYPE_CHECKING:
    from generator.jobs.build_many import BuiltCase, CaseTask


def sort_out(given: Sequence[str], folders: Sequence[Path]) -> tuple[list[Path], tuple[str, ...]]:
    """Which arguments of `build` are cases, and which the codes of papers. The first is always a case.

    A paper has the code of a template in the given folders or among those that are shipped; whatever is there under
    its name, or is written with a slash or .yaml, is a case. Raises CannotReadError for what could be both or is
    neither.
    """
    cases, codes = [Path(given[0])], []
    for one in given[1:]:
        is_path = any(sign in one for sign in ("/", os.sep)) or one.endswith((".yaml", ".yml"))
        is_code = not is_path and one in _list_codes(folders)
        is_there = is_path or Path(one).exists()
        if is_code and is_there:
            raise CannotReadError(
                f"{one} is the code of a paper and the name of something here. For a case write ./{one}; for the paper "
                "go to another folder"
            )
        if is_there:
            cases.append(Path(one))
        else:
            codes.append(one)
    return cases, tuple(codes)


def _list_codes(folders: Sequence[Path]) -> set[str]:
    from generator.base import resources

    return {card.stem for folder in (*folders, resources.TEMPLATES) for card in folder.glob("*.yaml")}


def build_all(
    cases: Sequence[Path],
    codes: tuple[str, ...],
    on: dt.date,
    today: dt.date,
    *,
    output: Path | None,
    templates: tuple[Path, ...],
    procedures: tuple[Path, ...],
    word_only: bool,
    jobs: int | None,
    cluster: str | None,
    as_json: bool,
    plain: bool,
    show_values: bool,
) -> int:
    """Build many cases, each into its own folder, and say of each what became of it. Returns the worst exit code.

    What was finished is told, too, when the run is stopped.
    """
    if unknown := [code for code in codes if code not in _list_codes(templates)]:
        raise CannotReadError(f"There is no paper with the code {unknown[0]}, and no case of that name")
    from generator.base.paths import find_case_file, name_output
    from generator.base.resources import SearchPath
    from generator.jobs.build_many import CaseTask, refuse_shared_folders
    from generator.jobs.run import Run

    search_path = SearchPath(
        tuple(folder.absolute() for folder in templates), tuple(folder.absolute() for folder in procedures)
    )
    files = [find_case_file(case) for case in cases]
    folders = [name_output(file, None) for file in files]
    if output:
        folders = [output / folder.name for folder in folders]
    refuse_shared_folders([*zip(files, folders, strict=True)])
    if cluster:
        # Its computers stand in other folders than this command.
        files, folders = [file.absolute() for file in files], [folder.absolute() for folder in folders]
    pairs = zip(files, folders, strict=True)
    tasks = [CaseTask(file, Run(on, today, search_path, folder), codes, word_only) for file, folder in pairs]
    done: dict[Path, BuiltCase] = {}
    try:
        running = contextlib.closing(_run(tasks, jobs, cluster))
        with _tell_progress(len(tasks), plain=is_plain(asked=plain)) as tell, running as built:
            for one in built:
                done[one.file] = one
                tell(len(done), one.file)
    finally:
        finished = [done[task.file] for task in tasks if task.file in done]
        if as_json:
            click.echo(to_json([_as_json(one) for one in finished]))
        elif finished:
            for one in finished:
                _show(one, show_values=show_values)
            click.echo(f"{sum(one.error is None for one in finished)} of {len(tasks)} cases built")
    return max(int(one.exit_code) for one in finished)


def _run(tasks: Sequence[CaseTask], jobs: int | None, cluster: str | None) -> Generator[BuiltCase, None, None]:
    import dataclasses

    from generator.jobs.build_many import build_many, open_pool

    if cluster:
        from generator.jobs.cluster import open_cluster

        for one in build_many(tasks, lambda: open_cluster(cluster), len(tasks)):
            arrived = one.error or (one.folder / "record.yaml").exists()
            yield one if arrived else dataclasses.replace(one, error=_say_elsewhere(one.folder))
        return
    processes = min(jobs or _count_processors(), len(tasks))
    yield from build_many(tasks, lambda: open_pool(processes), processes)


def _say_elsewhere(folder: Path) -> FileBusyError:
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
    papers = len(one.papers)
    click.echo(f"{state:<11} {one.folder}: {count_of(papers, 'paper')}{f' ({said})' if said else ''}")
    for line in one.papers:
        if line.note:
            say(f"            {line.name}: {line.note}")
    show_outcome(one.warnings, one.failures, one.withheld)
    if one.no_pdf_because:
        say(f"The Word files are made. {one.no_pdf_because}")


_ACTIONS = ("written", "replaced", "laid beside", "kept", "unchanged")


def _as_json(one: BuiltCase) -> dict[str, Any]:
    errors = [error for error in (one.error, *one.withheld, *one.failures, one.no_pdf_because) if error]
    return {
        "case": str(one.file),
        "folder": str(one.folder),
        "exit_code": int(one.exit_code),
        "papers": [asdict(line) for line in one.papers],
        "warnings": list(one.warnings),
        "errors": [
            {"says": error.summary, "problems": [problem_as_json(problem) for problem in error.problems]}
            for error in errors
        ],
    }
