"""One case built by the command `build`, and how what was made looks as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from generator.base.errors import ExitCode
from generator.cli.options import CommandOptions, to_json
from generator.cli.paper_lines import print_papers
from generator.cli.screen import say, show_outcome
from generator.jobs.build import BuildReport, build_papers
from generator.jobs.outcomes import Differences, PaperResult

_VALUES = ("under", "before", "now", "yours")
"""What of a paragraph that differs is shown only where values may be."""


def build_one(options: CommandOptions, case: Path, codes: Sequence[str], *, word_only: bool) -> ExitCode:
    """Build a case, and print a line about each paper. Returns the exit code."""
    with options.show_progress() as run:
        report = build_papers(case, run, codes=codes, word_only=word_only)
    papers, show_values = report.papers, options.show_values
    if options.as_json:
        click.echo(to_json(_to_data(report, show_values=show_values)))
    else:
        texts = [one.differences.report_text if one.differences and show_values else "" for one in papers.papers]
        print_papers(report.lines, report.folder, texts)
    show_outcome(papers.warnings, papers.failures, papers.withheld)
    if papers.exit_code is ExitCode.PROGRAM_MISSING:
        say(f"The Word files are made. {papers.no_pdf_because}")
    return papers.exit_code


def _to_data(report: BuildReport, *, show_values: bool) -> dict[str, Any]:
    papers = [_paper_to_data(paper, show_values=show_values) for paper in report.papers.papers]
    return {"folder": report.folder, "papers": papers}


def _paper_to_data(paper: PaperResult, *, show_values: bool) -> dict[str, Any]:
    planned = paper.planned
    return {
        "name": planned.name,
        "code": planned.code,
        "title": planned.title,
        "audience": planned.audience,
        "draft": planned.draft,
        "action": paper.action,
        "word": paper.word,
        "pdf": paper.pdf,
        "beside": paper.beside,
        "gaps": len(planned.gaps),
        "note": paper.note,
        "differs": _differences_to_data(paper.differences, show_values=show_values) if paper.differences else None,
    }


def _differences_to_data(differences: Differences, *, show_values: bool) -> dict[str, Any]:
    hidden = () if show_values else _VALUES
    paragraphs = [
        {key: value for key, value in asdict(one).items() if key not in hidden} for one in differences.changes
    ]
    return {"report": differences.report, "paragraphs": paragraphs}
