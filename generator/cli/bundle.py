"""The command `bundle`, and how bundles look on the screen and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from generator.base.errors import ExitCode, choose_exit_code
from generator.base.resources import USUAL_LAYOUT
from generator.bundle.audit.check import BundleCheck
from generator.bundle.round_diff import describe_changes, list_changes
from generator.cli.options import CommandOptions, examples, options
from generator.cli.screen import say, show_outcome, wrap
from generator.jobs.audit import check_bundles
from generator.jobs.bundle import BundleOptions, BundleReport, build_bundle


@click.command(
    epilog=examples(
        "permanence bundle my-family",
        "permanence bundle my-family --preview",
        "permanence bundle my-family --kit --copies",
        "permanence bundle --check output/my-family/*.pdf",
    )
)
@click.argument("given", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="CASE | --check FILE...")
@options("on", "output", "procedures", "templates", "as_json", "plain", "show_values")
@click.option(
    "--layout",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=USUAL_LAYOUT,
    metavar="FILE",
    help="Another layout of the bundle.",
)
@click.option("--check", "only_check", is_flag=True, help="Hold PDF bundles, made anywhere, against the rules.")
@click.option("--preview", is_flag=True, help="Say what would change against what was filed. Write nothing.")
@click.option("--kit", is_flag=True, help="Also the filing kit: every paper by itself, parts for e-mail, index, note.")
@click.option("--copies", is_flag=True, help="Also a copy for each party, with slips for what is not for them.")
@click.option("--strict", is_flag=True, help="No bundle while a file cannot be included.")
@click.option("--anew", is_flag=True, help="Nothing has been filed yet: number every page anew.")
def bundle(
    options: CommandOptions,
    given: tuple[Path, ...],
    layout: Path,
    only_check: bool,
    preview: bool,
    kit: bool,
    copies: bool,
    strict: bool,
    anew: bool,
) -> ExitCode:
    """Make the court bundle: the papers for the court and the evidence, as one paginated PDF.

    Pages that were in an earlier bundle keep their numbers; late papers are numbered after the page they follow.
    """
    if only_check:
        checked = check_bundles(given, layout)
        options.print(checked, _checks_to_data, _describe_checks)
        return choose_exit_code(must_fix=any(found.list_broken() for _, found in checked))
    if len(given) > 1:
        raise click.UsageError("Name one case. To look at several finished bundles: permanence bundle --check FILE...")
    with options.show_progress() as run:
        report = build_bundle(given[0], run, BundleOptions(layout, kit, copies, preview, strict, anew))
    options.print(report, _to_data, _describe)
    for paper in report.papers.papers:
        if paper.note:
            say(f"{paper.word.name}: {paper.note}")
    show_outcome(report.warnings)
    refused = report.bundle is None and report.changes.refused
    return choose_exit_code(must_fix=bool(report.must_fix or refused))


def _describe(report: BundleReport) -> Iterator[str]:
    """The index of a bundle, what is new in it, and what arrived beside it; or what a preview would change."""
    if report.bundle is None:
        yield from describe_changes(report.changes)
        for paper in report.changes.refused:
            if paper.problem:
                yield f"Refused: {paper.page_range}: {paper.problem.says}. Try: {paper.problem.remedy}"
        yield "Nothing was written."
        return
    for entry in report.bundle.papers:
        yield f"{entry.page_range:<14} {entry.paper.title}"
    if report.changes.round.number > 1:
        yield from describe_changes(report.changes)
    yield f"{report.bundle.pages} pages in {report.folder / report.bundle.path.name}"
    beside = [name for name in report.files if name != report.bundle.path.name]
    if beside:
        yield f"Beside it: {_list_beside(beside)}"


def _list_beside(names: Sequence[str]) -> str:
    folders: dict[str, int] = {}
    for name in names:
        head, slash, _ = name.partition("/")
        folders[f"{head}{slash}"] = folders.get(f"{head}{slash}", 0) + 1
    return ", ".join(f"{name} ({count} files)" if name.endswith("/") else name for name, count in folders.items())


def _to_data(report: BundleReport) -> dict[str, Any]:
    bundle, changes = report.bundle, report.changes
    return {
        "folder": report.folder,
        "bundle": bundle.path.name if bundle else None,
        "pages": bundle.pages if bundle else None,
        "sha256": bundle.sha256 if bundle else None,
        "papers": [
            {"id": one.id, "title": one.paper.title, "labels": one.labels} for one in (bundle.papers if bundle else ())
        ],
        "round": changes.round.number,
        "changes": list_changes(changes),
        "refused": [
            {"pages": one.page_range, "says": one.problem.says, "try": one.problem.remedy}
            for one in changes.refused
            if one.problem
        ],
        "files": report.files,
        "warnings": report.warnings,
    }


def _describe_checks(checked: Sequence[tuple[Path, BundleCheck]]) -> Iterator[str]:
    """Every rule of the layout for every bundle: the broken ones first, each with its paragraph and how sure it is."""
    for file, found in checked:
        looked = "" if found.looked_at == found.pages else f", of which {found.looked_at} were looked at"
        yield f"{file}: {found.pages} pages{looked}; {found.layout}"
        order = ("broken", "look at this", "cannot be checked", "kept")
        for finding in sorted(found.findings, key=lambda one: order.index(one.outcome.value)):
            start = f"  {finding.outcome.value:<18} {finding.level.value:<7} "
            yield from wrap(finding.says, 28, start)
            if finding.detail:
                yield from wrap(finding.detail, 28)
            paragraph = f", {finding.paragraph}" if finding.paragraph else ""
            yield from wrap(f"{finding.source}{paragraph}; {finding.sure.value}; rule {finding.rule}", 28)
        counts = [(name, sum(one.outcome.value == name for one in found.findings)) for name in order]
        yield "  " + ", ".join(f"{count} {name}" for name, count in counts) + "."


def _checks_to_data(checked: Sequence[tuple[Path, BundleCheck]]) -> list[dict[str, Any]]:
    return [{"file": file} | asdict(found) for file, found in checked]
