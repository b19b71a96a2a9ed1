"""The commands. Each imports what it needs when it runs, so that help answers at once."""

from __future__ import annotations

import datetime as dt
import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli.disclosure import disclosure, examine, templates
from generator.cli.options import Day, examples, options, to_json
from generator.cli.show import is_plain, progress_bar, say, show_error, show_problems
from generator.cli.today import read_clock
from generator.errors import EXPLANATIONS, CannotReadError, ExitCode, Level, PermanenceError

if TYPE_CHECKING:
    from generator.pipeline import BuildReport, Differences, PaperResult
    from generator.timeline import Timeline

_ROW = re.compile(r"R\d{3}-\d{2,3}|N-\d{2}")
"""A row of the register of requirements, by which a rule may be named too."""


@click.command(epilog=examples("permanence new my-family"))
@click.argument("folder", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Start a case: a folder with a commented case file and a place for evidence."""
    from generator.case.starter import starter_text

    file = folder / "case.yaml"
    if file.exists():
        raise CannotReadError(f"There is a case at {file} already. It was left as it is")
    try:
        (folder / "evidence").mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(starter_text(), encoding="utf-8")
        (folder / "case.schema.json").write_text(_schema_text(), encoding="utf-8")
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise PermanenceError(f"Nothing can be written to {folder}: {reason.lower()}", (), ExitCode.FILE_BUSY) from None
    click.echo(file)
    say(f"Open {file} in an editor and replace the invented facts. Then: permanence check {folder}")


@click.command(
    epilog=examples(
        "permanence check my-family",
        "permanence check my-family --json",
        "permanence check my-family --procedure south-west",
        "permanence check my-family --compare",
    )
)
@options("case", "on", "procedure", "procedures", "templates", "json", "plain", "show_values")
@click.option("--strict", is_flag=True, help="Leave with 1 while anything binding is late, unknown or not written.")
@click.option("--compare", "side_by_side", is_flag=True, help="The same family under every English procedure.")
@click.option("--all", "everything", is_flag=True, help="Show the rules that are kept and those due later, too.")
def check(
    case: Path,
    on: dt.date,
    procedure: str | None,
    procedure_folders: tuple[Path, ...],
    folders: tuple[Path, ...],
    as_json: bool,
    plain: bool,
    show_values: bool,
    strict: bool,
    side_by_side: bool,
    everything: bool,
) -> int:
    """Say what is late, what is coming, what cannot be told, and what is still missing in each paper.

    The rules are those of the procedure that the case names, each with its source. Nothing is changed.
    """
    from generator.cli import rules
    from generator.pipeline import Shelves, compare
    from generator.pipeline import check as check_papers

    shelves = Shelves(folders, procedure_folders)
    if side_by_side:
        found = compare(case, on, shelves)
        click.echo(to_json(rules.comparison_as_json(found)) if as_json else "\n".join(rules.say_comparison(found)))
        return int(ExitCode.DONE)
    checked = check_papers(case, on, shelves, procedure=procedure)
    if as_json:
        click.echo(to_json(rules.check_as_json(checked)))
    else:
        click.echo("\n".join(rules.say_check(checked, everything=everything)))
        for warning in checked.warnings:
            say(f"Look at this: {warning}.")
        show_problems(checked.unheeded, show_values=show_values)
    stops = any(one.level is Level.MUST for one in checked.unheeded)
    return int(ExitCode.MUST_FIX if stops or (strict and checked.is_open) else ExitCode.DONE)


@click.command(
    epilog=examples(
        "permanence timeline my-family",
        "permanence timeline my-family --from 2026-09-01",
        "permanence timeline my-family -o timeline.ics",
        "permanence timeline my-family -o timeline.png",
    )
)
@options("case", "on", "procedure", "procedures", "json", "plain", "show_values")
@click.option("--from", "since", type=Day(), metavar="DATE", help="Leave out what lies before this day.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Write a calendar (.ics), a picture (.png, with its text beside it) or text (.txt).")  # fmt: skip
def timeline(
    case: Path,
    on: dt.date,
    procedure: str | None,
    procedure_folders: tuple[Path, ...],
    as_json: bool,
    plain: bool,
    show_values: bool,
    since: dt.date | None,
    output: Path | None,
) -> None:
    """Show the days of a case in order: what happened, what is booked, what is due, and on whose authority.

    A calendar holds initials and the kind of day only, so that it can stand in a shared diary.
    """
    from generator.cli import rules
    from generator.pipeline import Shelves, make_case_timeline

    made = make_case_timeline(case, on, Shelves((), procedure_folders), procedure=procedure)
    made = made.since(since) if since else made
    if output is None:
        click.echo(to_json(rules.timeline_as_json(made)) if as_json else "\n".join(rules.say_timeline(made)))
        return
    write_files(_write_timeline(made, output))


def _write_timeline(made: Timeline, output: Path) -> dict[Path, bytes]:
    from generator.cli import rules

    text = ("\n".join(rules.say_timeline(made)) + "\n").encode()
    match output.suffix.lower():
        case ".ics":
            from generator.calendarfile import write_calendar

            return {output: write_calendar(made)}
        case ".png":
            from generator.timelinepicture import draw_timeline

            try:
                return {output: draw_timeline(made).png, output.with_name(f"{output.name}.txt"): text}
            except ValueError as error:
                says = str(error)
                raise CannotReadError(f"{says[:1].upper()}{says[1:]}") from None
        case ".txt":
            return {output: text}
    raise CannotReadError(f"A timeline cannot be written as {output.name}: name a file that ends in .ics, .png or .txt")


@click.command(
    epilog=examples(
        "permanence procedures",
        "permanence procedures south-west",
        "permanence procedures --json",
        "permanence procedures --try south-west",
    )
)
@click.argument("name", required=False)
@options("procedures", "json", "plain")
@click.option("--terms", is_flag=True, help="List the facts and events that conditions may use.")
@click.option("--try", "trial", metavar="NAME", help="Run the examples of a procedure, and say which fail.")
def procedures(
    name: str | None, procedure_folders: tuple[Path, ...], as_json: bool, plain: bool, terms: bool, trial: str | None
) -> int:
    """List procedures and their rules, or check one that you have written."""
    from generator.cli import rules
    from generator.pipeline import Shelves
    from generator.pipeline.rulebook import load_all, load_named, try_procedure

    shelves = Shelves((), procedure_folders)
    if terms:
        click.echo("\n".join(rules.say_terms()))
        return int(ExitCode.DONE)
    if trial:
        failed = try_procedure(trial, shelves)
        click.echo("\n".join(rules.say_trial(failed)))
        return int(ExitCode.MUST_FIX if failed.failures or failed.untested else ExitCode.DONE)
    known = [load_named(name, shelves)] if name else [*load_all(shelves)]
    if as_json:
        click.echo(to_json([row for one in known for row in rules.procedure_as_json(one)]))
    else:
        click.echo("\n".join(line for one in known for line in rules.say_procedure(one, with_rules=name is not None)))
    return int(ExitCode.DONE)


@click.command(
    epilog=examples("permanence build my-family", "permanence build my-family ppm-agenda ppm-minutes -o trial")
)
@options("case")
@click.argument("papers", nargs=-1, metavar="[PAPER]...")
@options("on", "output", "procedures", "templates", "json", "plain", "show_values")
@click.option("--word-only", is_flag=True, help="Make the Word files and no PDFs.")
def build(
    case: Path,
    papers: tuple[str, ...],
    on: dt.date,
    output: Path | None,
    procedure_folders: tuple[Path, ...],
    folders: tuple[Path, ...],
    as_json: bool,
    plain: bool,
    show_values: bool,
    word_only: bool,
) -> int:
    """Make every paper of a case, or only those named, as Word files and PDFs.

    A Word file that you have changed is never overwritten.
    """
    from generator.pipeline import Shelves, build_papers

    shelves = Shelves(folders, procedure_folders)
    with progress_bar(plain=is_plain(asked=plain)) as progress:
        report = build_papers(
            case,
            on,
            shelves,
            output=output,
            codes=papers,
            word_only=word_only,
            today=read_clock(),
            progress=progress,
        )
    if as_json:
        click.echo(to_json(_build_as_json(report, show_values=show_values)))
    else:
        _show_build(report, show_values=show_values)
    return _judge_build(report)


def _judge_build(report: BuildReport) -> int:
    for warning in report.papers.warnings:
        say(f"Look at this: {warning}")
    for failure in report.papers.failures:
        say(f"No PDF: {failure}")
    for withheld in report.papers.withheld:
        show_error(withheld, show_values=False)
    if report.papers.withheld:
        return int(ExitCode.UNSAFE_TO_DISCLOSE)
    if report.papers.no_pdf_because:
        say(f"The Word files are made. {report.papers.no_pdf_because}")
        return int(ExitCode.PROGRAM_MISSING)
    return int(ExitCode.MUST_FIX if report.papers.failures else ExitCode.DONE)


def _show_build(report: BuildReport, *, show_values: bool) -> None:
    for paper in report.papers.papers:
        pages = f", {paper.pages} pages" if paper.pages > 1 else ", 1 page" if paper.pages else ""
        draft = ", DRAFT" if paper.planned.draft else ""
        gaps = f", {len(paper.planned.gaps)} not yet written" if paper.planned.gaps else ""
        click.echo(f"{paper.action:<11} {paper.word.relative_to(report.folder).as_posix()}{pages}{draft}{gaps}")
        if paper.note:
            say(f"            {paper.note}")
        if paper.differences and show_values:
            say(paper.differences.report_text)
    count = len(report.papers.papers)
    click.echo(f"{count} paper{'' if count == 1 else 's'} in {report.folder}")


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


@click.command(
    epilog=examples(
        "permanence bundle my-family",
        "permanence bundle my-family --preview",
        "permanence bundle my-family --kit --copies",
        "permanence bundle --check output/my-family/*.pdf",
    )
)
@click.argument("given", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="CASE | --check FILE...")
@options("on", "output", "procedures", "templates", "json", "plain", "show_values")
@click.option(
    "--layout",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
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
    given: tuple[Path, ...],
    on: dt.date,
    output: Path | None,
    procedure_folders: tuple[Path, ...],
    folders: tuple[Path, ...],
    as_json: bool,
    plain: bool,
    show_values: bool,
    layout: Path | None,
    only_check: bool,
    preview: bool,
    kit: bool,
    copies: bool,
    strict: bool,
    anew: bool,
) -> int:
    """Make the court bundle: the papers for the court and the evidence, as one paginated PDF.

    Pages that were in an earlier bundle keep their numbers; late papers are numbered after the page they follow.
    """
    from generator.cli import filing as shown
    from generator.pipeline import A_BUNDLE, Filing, Shelves, build_bundle, check_bundles

    if only_check:
        checked = check_bundles(given, layout)
        click.echo(to_json(shown.checks_as_json(checked)) if as_json else "\n".join(shown.say_checks(checked)))
        return int(ExitCode.MUST_FIX if any(found.list_broken() for _, found in checked) else ExitCode.DONE)
    if len(given) > 1:
        raise click.UsageError("Name one case. To look at several finished bundles: permanence bundle --check FILE...")
    shelves = Shelves(folders, procedure_folders)
    wanted = Filing(layout or A_BUNDLE.layout, kit, copies, preview, strict, anew)
    with progress_bar(plain=is_plain(asked=plain)) as progress:
        report = build_bundle(
            given[0], on, shelves, filing=wanted, output=output, today=read_clock(), progress=progress
        )
    click.echo(to_json(shown.bundle_as_json(report)) if as_json else "\n".join(shown.say_bundle(report)))
    for paper in report.papers.papers:
        if paper.note:
            say(f"{paper.word.name}: {paper.note}")
    for warning in report.warnings:
        say(f"Look at this: {warning}")
    refused = report.bundle is None and report.changes.refused
    return int(ExitCode.MUST_FIX if report.must_fix or refused else ExitCode.DONE)


@click.command(epilog=examples("permanence schema -o my-family/case.schema.json"))
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="The file to write to.")
def schema(output: Path | None) -> None:
    """Write the JSON Schema of case files, for completion in editors."""
    if output is None:
        click.echo(_schema_text(), nl=False)
        return
    write_files({output: _schema_text().encode()})


def write_files(files: dict[Path, bytes]) -> None:
    """Write files that were asked for by name, all of them or none, readable by their owner alone.

    Raises PermanenceError where one cannot be written; what was there before stays.
    """
    made: list[tuple[Path, Path]] = []
    for file, content in files.items():
        try:
            if file.is_dir():
                raise IsADirectoryError(0, "a folder of that name is there")
            handle, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
            made.append((Path(name), file))
            with os.fdopen(handle, "wb") as written:
                written.write(content)
        except OSError as error:
            for part, _ in made:
                part.unlink(missing_ok=True)
            reason = (error.strerror or "unknown reason").lower()
            raise PermanenceError(f"Nothing can be written to {file}: {reason}", (), ExitCode.FILE_BUSY) from None
    for part, file in made:
        part.replace(file)
        click.echo(file)


def _schema_text() -> str:
    from generator.case.schema import make_schema

    return to_json(make_schema()) + "\n"


@click.command(
    epilog=examples("permanence explain C003", "permanence explain hertfordshire-2024/second-review-in-proceedings")
)
@click.argument("name", metavar="CODE|RULE")
@options("procedures")
def explain(name: str, procedure_folders: tuple[Path, ...]) -> None:
    """Say what the code of a message means, or what a rule asks, where it comes from, and how it is counted."""
    if "/" in name or _ROW.fullmatch(name.upper()):
        from generator.cli import rules
        from generator.pipeline import Shelves
        from generator.pipeline.rulebook import find_rule

        click.echo("\n".join(rules.say_rule(find_rule(name, Shelves((), procedure_folders)))))
        return
    known = EXPLANATIONS.get(name.upper())
    if known is None:
        raise CannotReadError(
            f"There is no message with the code {name}. There are: {', '.join(EXPLANATIONS)}. "
            "A rule is named with its procedure: england/first-review"
        )
    click.echo(f"{name.upper()}  {known}")


@click.command(epilog=examples("permanence doctor"))
@options("json")
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("output"), metavar="DIR",
              help="The folder that papers are to be written to.")  # fmt: skip
def doctor(as_json: bool, output: Path) -> int:
    """Look whether this machine has all that is needed, and say what to install."""
    from generator.doctor import examine_machine

    findings = examine_machine(output)
    if as_json:
        rows = [
            {"name": one.name, "ok": one.ok, "found": one.found, "remedy": one.remedy, "level": one.level.value}
            for one in findings
        ]
        click.echo(to_json(rows))
    else:
        for one in findings:
            state = "ok" if one.ok else "cannot tell" if one.ok is None else "missing"
            click.echo(f"{state:<12} {one.name}: {one.found}")
            if one.remedy and not one.ok:
                click.echo(f"             {one.remedy}")
    missing = [one for one in findings if one.ok is False and one.level is Level.MUST]
    return int(ExitCode.PROGRAM_MISSING if missing else ExitCode.DONE)


COMMANDS = (new, check, timeline, build, disclosure, examine, bundle, templates, procedures, schema, explain, doctor)
"""All commands, in the order in which help lists the work."""
