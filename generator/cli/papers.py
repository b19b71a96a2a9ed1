"""The command that makes papers, and how what it made looks on the screen and as JSON."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.base.english import count_of
from generator.base.errors import ExitCode
from generator.cli.options import examples, options, to_json
from generator.cli.show import is_plain, progress_bar, say, show_outcome
from generator.cli.today import read_clock

if TYPE_CHECKING:
    from generator.base.cache.last_build import LastBuild, PaperLine
    from generator.jobs.build import BuildReport
    from generator.jobs.outcomes import Differences, PaperResult


@click.command(
    epilog=examples(
        "permanence build my-family",
        "permanence build my-family ppm-agenda ppm-minutes -o trial",
        "permanence build cases/* --jobs 2",
    )
)
@click.argument("given", nargs=-1, required=True, metavar="CASE... [PAPER]...")
@options("on", "output", "procedures", "templates", "json", "plain", "show_values")
@click.option("--word-only", is_flag=True, help="Make the Word files and no PDFs.")
@click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    help="How many cases to build at once. Without it: one for each processor.",
)
@click.option("--cluster", metavar="ADDRESS", help="Build on the Dask cluster whose scheduler is there.")  # fmt: skip
def build(
    given: tuple[str, ...],
    on: dt.date,
    output: Path | None,
    procedure_folders: tuple[Path, ...],
    folders: tuple[Path, ...],
    as_json: bool,
    plain: bool,
    show_values: bool,
    word_only: bool,
    jobs: int | None,
    cluster: str | None,
) -> int:
    """Make every paper of a case, or only those named, as Word files and PDFs.

    A Word file that you have changed is never overwritten. Several cases are built side by side, each into a folder of
    its own inside that of -o; one that cannot be built does not stop the others, and a run that was stopped goes on
    where it was when it is started again.
    """
    from generator.cli.many import build_all, sort_out

    today = read_clock()
    cases, papers = sort_out(given, folders)
    if len(cases) > 1 or cluster:
        return build_all(
            cases,
            papers,
            on,
            today,
            output=output,
            templates=folders,
            procedures=procedure_folders,
            word_only=word_only,
            jobs=jobs,
            cluster=cluster,
            as_json=as_json,
            plain=plain,
            show_values=show_values,
        )
    from generator.base.resources import SearchPath
    from generator.jobs.run import Run
    from generator.jobs.unchanged import recall_unchanged

    (case,) = cases
    run = Run(on, today, SearchPath(folders, procedure_folders), output)
    if not as_json and (known := recall_unchanged(case, run, papers, word_only=word_only)):
        _show_remembered(*known)
        return int(ExitCode.DONE)
    from generator.jobs.build import build_papers

    with progress_bar(plain=is_plain(asked=plain)) as progress:
        report = build_papers(case, replace(run, progress=progress), codes=papers, word_only=word_only)
    if as_json:
        click.echo(to_json(_build_as_json(report, show_values=show_values)))
    else:
        _show_build(report, show_values=show_values)
    return _judge_build(report)


def _judge_build(report: BuildReport) -> int:
    papers = report.papers
    show_outcome(papers.warnings, papers.failures, papers.withheld)
    if papers.exit_code is ExitCode.PROGRAM_MISSING:
        say(f"The Word files are made. {papers.no_pdf_because}")
    return int(papers.exit_code)


def _show_build(report: BuildReport, *, show_values: bool) -> None:
    for line, paper in zip(report.lines, report.papers.papers, strict=True):
        _show_line(line)
        if paper.differences and show_values:
            say(paper.differences.report_text)
    _count_papers(len(report.lines), report.folder)


def _show_remembered(known: LastBuild, folder: Path) -> None:
    for line in known.papers:
        _show_line(line)
    _count_papers(len(known.papers), folder)
    show_outcome(known.warnings)


def _show_line(line: PaperLine) -> None:
    pages = f", {line.pages} pages" if line.pages > 1 else ", 1 page" if line.pages else ""
    draft = ", DRAFT" if line.draft else ""
    gaps = f", {line.gaps} not yet written" if line.gaps else ""
    click.echo(f"{line.action:<11} {line.name}{pages}{draft}{gaps}")
    if line.note:
        say(f"            {line.note}")


def _count_papers(count: int, folder: Path) -> None:
    click.echo(f"{count_of(count, 'paper')} in {folder}")


def _build_as_json(report: BuildReport, *, show_values: bool) -> dict[str, Any]:
    papers = [_result_as_json(paper, show_values=show_values) for paper in report.papers.papers]
    return {"folder": str(report.folder), "papers": papers}


def _result_as_json(paper: PaperResult, *, show_values: bool) -> dict[str, Any]:
    return {
        "name": paper.planned.name,
        "code": paper.planned.code,
        "title": paper.planned.title,
        "audience": paper.planned.audience,
        "draft": paper.planned.draft,
        "action": paper.action,
        "word": str(paper.word),
        "pdf": str(paper.pdf) if paper.pdf else None,
        "beside": str(paper.beside) if paper.beside else None,
        "gaps": len(paper.planned.gaps),
        "note": paper.note,
        "differs": _differences_as_json(paper.differences, show_values=show_values) if paper.differences else None,
    }


def _differences_as_json(differences: Differences, *, show_values: bool) -> dict[str, Any]:
    from dataclasses import asdict

    hidden = () if show_values else ("under", "before", "now", "yours")
    paragraphs = [
        {key: value for key, value in asdict(one).items() if key not in hidden} for one in differences.changes
    ]
    return {"report": str(differences.report), "paragraphs": paragraphs}
