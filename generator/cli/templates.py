"""The commands for people who look after Word templates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.base.english import capitalise
from generator.base.errors import ExitCode, Level
from generator.cli.housestyle import style
from generator.cli.options import examples, options, to_json
from generator.cli.show import problem_as_json, say, show_problems
from generator.cli.writing import write_files

if TYPE_CHECKING:
    from generator.jobs.templates import TemplateCheck
    from generator.papers.facts.dictionary import FieldGroup
    from generator.papers.lint.findings import TemplateFinding


@click.group(
    epilog=examples(
        "permanence templates check our-templates/*.docx", "permanence templates fields letter-decision -o fields.docx"
    )
)
def templates() -> None:
    """Look after Word templates."""


@templates.command(
    name="check",
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
@options("procedures", "json")
@click.option("--sarif", is_flag=True, help="Report as SARIF 2.1.0 on standard output.")
def check_templates(
    files: tuple[Path, ...],
    annotate: Path | None,
    fix: bool,
    output: Path | None,
    procedure_folders: tuple[Path, ...],
    as_json: bool,
    sarif: bool,
) -> int:
    """Say everything that is wrong with Word templates, before any paper is made.

    Tags, facts, readers, headings, tables and fonts are looked at, in every part of the file and every branch. Then
    papers of invented families are written for a trial. The card lies beside each template and says what paper it is.

    Leaves with 5 where something is asked for that the paper's reader may not see, with 1 where something else must be
    put right, and with 0 where there is nothing, or only what should be better.
    """
    from generator.base.resources import SearchPath
    from generator.jobs.authoring import check_templates as check_given
    from generator.jobs.templates import annotate_template

    given = _list_templates(files)
    if (annotate or output) and len(given) != 1:
        raise click.UsageError("--annotate and -o take one template at a time.")
    if output and not fix:
        raise click.UsageError("-o says where the mended template goes: add --fix.")
    if as_json and sarif:
        raise click.UsageError("Choose one of --json and --sarif.")
    if any(one and one.resolve() == given[0].resolve() for one in (annotate, output)):
        raise click.UsageError("Choose another name than the template’s own.")
    if fix:
        _mend(given, output)
    checks = check_given((output,) if output and output.is_file() else given, SearchPath((), procedure_folders))
    findings = [one for check in checks for one in check.findings]
    if as_json:
        click.echo(to_json([_as_json(one) for one in findings]))
    elif sarif:
        from generator.papers.lint.sarif import to_sarif

        click.echo(to_json(to_sarif(findings, {check.path.name: str(check.path) for check in checks})))
    else:
        _show(checks, findings)
    if annotate:
        write_files({annotate: annotate_template(checks[0])})
    if any(one.code == "D001" for one in findings):
        return int(ExitCode.UNSAFE_TO_DISCLOSE)
    return int(ExitCode.MUST_FIX if any(one.level is Level.MUST for one in findings) else ExitCode.DONE)


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
    from generator.jobs.templates import mend_template

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
    trial = f", {tried} trial paper{'' if tried == 1 else 's'} written" if tried else ""
    click.echo(f"{capitalise(count)} looked at{trial}, {len(findings) or 'nothing'} found")
    show_problems([one.as_problem() for one in findings], show_values=False)


def _as_json(finding: TemplateFinding) -> dict[str, Any]:
    where = finding.where
    return problem_as_json(finding.as_problem()) | {
        "file": finding.file,
        "level": finding.level.value,
        "part": where.part,
        "heading": where.heading,
        "table": where.table or None,
        "row": where.row or None,
        "column": where.column or None,
        "paragraph": where.paragraph or None,
        "words": where.words,
        "can_be_fixed": finding.mended,
    }


@templates.command(
    name="fields",
    epilog=examples(
        "permanence templates fields",
        "permanence templates fields letter-decision",
        "permanence templates fields letter-decision -o fields.docx",
    ),
)
@click.argument("paper", required=False)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="OUT.docx", help="Write a Word file."
)
@options("templates", "procedures", "json")
def show_fields(
    paper: str | None,
    output: Path | None,
    folders: tuple[Path, ...],
    procedure_folders: tuple[Path, ...],
    as_json: bool,
) -> int:
    """List every fact that templates can print: what it means, an example, what asks for it, who may see it.

    With the code of a paper, only the facts that its readers may see. Facts stand in groups: of a child, of a meeting.
    """
    from generator.base.resources import SearchPath
    from generator.jobs.authoring import list_fields
    from generator.jobs.fields import write_field_sheet

    groups = list_fields(paper, SearchPath(folders, procedure_folders))
    if output:
        title = f"Fields of the paper {paper}" if paper else "Fields of all papers"
        write_files({output: write_field_sheet(title, groups)})
    if as_json:
        click.echo(to_json([asdict(group) for group in groups]))
    elif not output:
        for group in groups:
            _show_group(group)
    return int(ExitCode.DONE)


def _show_group(group: FieldGroup) -> None:
    from generator.papers.field_sheet import say_papers, say_readers

    reached = f"  ({group.reached_by})" if group.reached_by and group.reached_by != group.name else ""
    click.echo(f"{capitalise(group.name)}{reached}")
    for entry in group.entries:
        may = ", may be empty" if entry.optional else ""
        example = f" Example: {entry.example}" if entry.example else ""
        click.echo(f"  {entry.name:<28} {entry.label}.{example}")
        more = [f"{entry.kind}{may}", entry.meets, f"from {entry.source}" if entry.source else ""]
        more += [f"seen by {say_readers(entry)}", f"used in {say_papers(entry)}" if entry.papers else ""]
        click.echo(f"  {'':<28} {'; '.join(filter(None, more))}")
    click.echo("")


@templates.command(
    name="new",
    epilog=examples(
        "permanence templates new letter-decision", "permanence templates new permanence-plan --as pathway-plan -o ours"
    ),
)
@click.argument("paper")
@click.option("--as", "own_code", metavar="CODE", help="The code of the new paper. Without it, yours takes its place.")
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("our-templates"), metavar="DIR",
              help="Your folder of templates. Without it: our-templates.")  # fmt: skip
@options("templates")
def new_template(paper: str, own_code: str | None, output: Path, folders: tuple[Path, ...]) -> None:
    """Copy a paper's Word template and card into a folder of your own, ready to edit.

    Edit the words in Word and the card in a text editor. Nothing that is there already is overwritten.
    """
    from generator.base.resources import SearchPath
    from generator.jobs.authoring import start_paper

    code = own_code or paper
    for file in start_paper(paper, code, output, SearchPath(folders)):
        click.echo(file)
    say(f"Edit both. Then: permanence templates check {output / code}.docx")
    say(f"To make it: permanence build my-family {code} --templates {output}")


templates.add_command(style)
