"""The command `templates check`, and how what was found looks on the screen and as JSON."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from generator.base.english import capitalise, count_of
from generator.base.errors import ExitCode, Level, choose_exit_code
from generator.cli.options import CommandOptions, examples, options, problem_to_data, to_json
from generator.cli.screen import say, show_problems
from generator.cli.writing import write_files
from generator.jobs.lint_templates import TemplateCheck, annotate_template, mend_template
from generator.jobs.lint_templates import check_templates as check_given
from generator.papers.lint.findings import TemplateFinding
from generator.papers.lint.sarif import to_sarif


@click.command(
    epilog=examples(
        "permanence templates check our-templates/*.docx",
        "permanence templates check our-templates/visit-note.docx --annotate notes.docx",
        "permanence templates check our-templates/visit-note.docx --fix",
        "permanence templates check our-templates/*.docx --sarif > templates.sarif",
    ),
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option(
    "--annotate",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="OUT.docx",
    help="Write a copy of the template with what is found as Word comments.",
)
@click.option(
    "--fix", is_flag=True, help="Put right what is safe to, and keep the original as “NAME (before fix).docx”."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="OUT.docx",
    help="With --fix: write here, and leave the template as it is.",
)
@options("procedures", "as_json")
@click.option("--sarif", is_flag=True, help="Report as SARIF 2.1.0 on standard output.")
def check_templates(
    options: CommandOptions, files: tuple[Path, ...], annotate: Path | None, fix: bool, output: Path | None, sarif: bool
) -> ExitCode:
    """Say everything that is wrong with Word templates, before any paper is made.

    Tags, facts, readers, headings, tables and fonts are looked at, in every part of the file and every branch. Then
    papers of invented families are written for a trial. The card lies beside each template and says what paper it is.

    Leaves with 5 where something is asked for that the paper's reader may not see, with 1 where something else must be
    put right, and with 0 where there is nothing, or only what should be better.
    """
    given = _list_templates(files)
    if (annotate or output) and len(given) != 1:
        raise click.UsageError("--annotate and -o take one template at a time.")
    if output and not fix:
        raise click.UsageError("-o says where the mended template goes: add --fix.")
    if options.as_json and sarif:
        raise click.UsageError("Choose one of --json and --sarif.")
    if any(one and one.resolve() == given[0].resolve() for one in (annotate, output)):
        raise click.UsageError("Choose another name than the template’s own.")
    if fix:
        _mend(given, output)
    checks = check_given((output,) if output and output.is_file() else given, options.search_path)
    findings = [one for check in checks for one in check.findings]
    if options.as_json:
        click.echo(to_json([_to_data(one) for one in findings]))
    elif sarif:
        click.echo(to_json(to_sarif(findings, {check.path.name: str(check.path) for check in checks})))
    else:
        _show(checks, findings)
    if annotate:
        write_files({annotate: annotate_template(checks[0])})
    return choose_exit_code(
        unsafe=any(one.code == "D001" for one in findings), must_fix=any(one.level is Level.MUST for one in findings)
    )


_KEPT = re.compile(r"~\$.*|.* \(before fix(?: \d+)?\)\.docx")
"""What Word and `--fix` leave beside templates: no templates themselves."""


def _list_templates(files: Sequence[Path]) -> tuple[Path, ...]:
    """The templates that are meant: those in a folder, one by its card or without an ending; none that is only kept."""
    found: list[Path] = []
    for file in files:
        if file.is_dir():
            found += sorted(file.glob("*.docx"))
        else:
            found.append(file.with_suffix(".docx") if file.suffix.lower() in ("", ".yaml") else file)
    meant = tuple(dict.fromkeys(one for one in found if not _KEPT.fullmatch(one.name)))
    if not meant:
        raise click.UsageError("There is no template here: name a .docx file, or a folder with some.")
    return meant


def _mend(files: Sequence[Path], output: Path | None) -> None:
    for file in files:
        written, done = mend_template(file, output)
        if written:
            mode = file.stat().st_mode
            write_files(written)
            for one in written:
                one.chmod(mode)
        for said in done:
            say(f"{file.name}: {said}")
        if not done:
            say(f"{file.name}: nothing that is safe to put right")


def _show(checks: Sequence[TemplateCheck], findings: Sequence[TemplateFinding]) -> None:
    count = "a template" if len(checks) == 1 else f"{len(checks)} templates"
    tried = sum(check.tried for check in checks)
    trial = f", {count_of(tried, 'trial paper')} written" if tried else ""
    click.echo(f"{capitalise(count)} looked at{trial}, {len(findings) or 'nothing'} found")
    show_problems([one.as_problem() for one in findings], show_values=False)


def _to_data(finding: TemplateFinding) -> dict[str, Any]:
    where = finding.where
    return problem_to_data(finding.as_problem()) | {
        "file": finding.file,
        "level": finding.level,
        "part": where.part,
        "heading": where.heading,
        "table": where.table or None,
        "row": where.row or None,
        "column": where.column or None,
        "paragraph": where.paragraph or None,
        "words": where.words,
        "can_be_fixed": finding.mended,
    }
