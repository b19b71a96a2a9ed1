"""The command `build`. A build that has nothing to do is told from here, before the rest of the product is loaded."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from generator.base import resources
from generator.base.cache.last_build import LastBuild
from generator.base.errors import CannotReadError, ExitCode
from generator.cli.options import CommandOptions, examples, options
from generator.cli.paper_lines import print_papers
from generator.cli.screen import show_outcome
from generator.jobs.unchanged import recall_unchanged


@click.command(
    epilog=examples(
        "permanence build my-family",
        "permanence build my-family ppm-agenda ppm-minutes -o trial",
        "permanence build cases/* --jobs 2",
    )
)
@click.argument("given", nargs=-1, required=True, metavar="CASE... [PAPER]...")
@options("on", "output", "procedures", "templates", "as_json", "plain", "show_values")
@click.option("--word-only", is_flag=True, help="Make the Word files and no PDFs.")
@click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    help="How many cases to build at once. Without it: one for each processor.",
)
@click.option("--cluster", metavar="ADDRESS", help="Build on the Dask cluster whose scheduler is there.")
def build(
    options: CommandOptions, given: tuple[str, ...], word_only: bool, jobs: int | None, cluster: str | None
) -> ExitCode:
    """Make every paper of a case, or only those named, as Word files and PDFs.

    A Word file that you have changed is never overwritten. Several cases are built side by side, each into a folder of
    its own inside that of -o; one that cannot be built does not stop the others, and a run that was stopped goes on
    where it was when it is started again.
    """
    cases, codes = sort_out(given, options.templates)
    if len(cases) > 1 or cluster:
        if unknown := [code for code in codes if code not in _list_codes(options.templates)]:
            raise CannotReadError(f"There is no paper with the code {unknown[0]}, and no case of that name")
        from generator.cli.build_many import build_all

        return build_all(options, cases, codes, word_only=word_only, jobs=jobs, cluster=cluster)
    (case,) = cases
    if not options.as_json and (known := recall_unchanged(case, options.run, codes, word_only=word_only)):
        _print_unchanged(*known)
        return ExitCode.DONE
    from generator.cli.build_one import build_one

    return build_one(options, case, codes, word_only=word_only)


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
    return {card.stem for folder in (*folders, resources.TEMPLATES) for card in folder.glob("*.yaml")}


def _print_unchanged(known: LastBuild, folder: Path) -> None:
    print_papers(known.papers, folder)
    show_outcome(known.warnings)
