"""The commands. Each imports what it needs when it runs, so that help answers at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from generator.cli.show import is_plain, progress_bar, say, show_error
from generator.errors import EXPLANATIONS, CannotReadError, ExitCode, Level, PermanenceError

if TYPE_CHECKING:
    from generator.check import CaseCheck, PaperCheck
    from generator.pipeline import BuildReport, BundleReport, PaperResult

_Command = TypeVar("_Command", bound=Callable[..., Any])


class _Day(click.ParamType[dt.date]):
    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        from generator.dates import read_date

        if isinstance(value, dt.date):
            return value
        try:
            return read_date(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


def _options(*names: str) -> Callable[[_Command], _Command]:
    def add(command: _Command) -> _Command:
        for name in reversed(names):
            command = _OPTIONS[name](command)
        return command

    return add


_OPTIONS: dict[str, Callable[[Any], Any]] = {
    "case": click.argument("case", type=click.Path(path_type=Path)),
    "on": click.option("--on", type=_Day(), default=dt.date.today, metavar="DATE", help="Take this day for today."),
    "output": click.option("-o", "--output", type=click.Path(path_type=Path), metavar="DIR",
                           help="The folder to write to. Without it: output/ and the name of the case."),
    "templates": click.option("--templates", "folders", type=click.Path(path_type=Path, exists=True, file_okay=False),
                              multiple=True, metavar="DIR", help="A folder of templates to look in first."),
    "json": click.option("--json", "as_json", is_flag=True, help="Report as JSON on standard output."),
    "plain": click.option("--plain", is_flag=True, help="No colours, bars or symbols."),
    "show_values": click.option("--show-values", is_flag=True, help="Show the text of the case file in messages."),
}  # fmt: skip


def _to_json(report: Any) -> str:
    import json

    return json.dumps(report, indent=2, ensure_ascii=False)


def _examples(*lines: str) -> str:
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


@click.command(epilog=_examples("permanence new my-family"))
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


@click.command(epilog=_examples("permanence check my-family", "permanence check my-family --json"))
@_options("case", "on", "templates", "json", "plain", "show_values")
@click.option("--strict", is_flag=True, help="Leave with 1 while any question is open.")
def check(
    case: Path, on: dt.date, folders: tuple[Path, ...], as_json: bool, plain: bool, show_values: bool, strict: bool
) -> int:
    """Say what is wrong in a case file and, paper by paper, what is missing."""
    from generator.pipeline import check as check_papers

    found = check_papers(case, on, folders)
    if as_json:
        click.echo(_to_json(_check_as_json(found)))
    else:
        _show_check(found)
    return int(ExitCode.MUST_FIX if strict and any(paper.gaps for paper in found.papers) else ExitCode.DONE)


def _show_check(found: CaseCheck) -> None:
    for paper in found.papers:
        state = "draft" if paper.draft else "signed off"
        count = f"{len(paper.gaps)} not yet written" if paper.gaps else "complete"
        click.echo(f"{paper.name}  ({paper.audience}, {state}): {count}")
        for gap in paper.gaps:
            click.echo(f"  {gap.level.value:<6} {gap.asks}")
            click.echo(f"         write: {gap.write}    source: {gap.source}")
    papers = len(found.papers)
    complete = sum(not paper.gaps for paper in found.papers)
    open_questions = ", ".join(f"{found.count(level)} {level.value}" for level in Level)
    click.echo(f"{papers} paper{'' if papers == 1 else 's'}, {complete} complete. Open questions: {open_questions}.")
    say("The case file can be read, and nothing in it contradicts itself.")


def _check_as_json(found: CaseCheck) -> dict[str, Any]:
    return {
        "reference": found.reference,
        "papers": [_paper_as_json(paper) for paper in found.papers],
        "open": {level.value: found.count(level) for level in Level},
    }


def _paper_as_json(paper: PaperCheck) -> dict[str, Any]:
    gaps = [
        {"question": gap.question, "asks": gap.asks, "level": gap.level.value, "source": gap.source, "write": gap.write}
        for gap in paper.gaps
    ]
    return {
        "name": paper.name,
        "code": paper.code,
        "title": paper.title,
        "audience": paper.audience,
        "draft": paper.draft,
        "due": paper.due,
        "gaps": gaps,
    }


@click.command(
    epilog=_examples("permanence build my-family", "permanence build my-family ppm-agenda ppm-minutes -o trial")
)
@_options("case")
@click.argument("papers", nargs=-1, metavar="[PAPER]...")
@_options("on", "output", "templates", "json", "plain", "show_values")
@click.option("--word-only", is_flag=True, help="Make the Word files and no PDFs.")
def build(
    case: Path,
    papers: tuple[str, ...],
    on: dt.date,
    output: Path | None,
    folders: tuple[Path, ...],
    as_json: bool,
    plain: bool,
    show_values: bool,
    word_only: bool,
) -> int:
    """Make every paper of a case, or only those named, as Word files and PDFs.

    A Word file that you have changed is never overwritten.
    """
    from generator.pipeline import build_papers

    with progress_bar(plain=is_plain(asked=plain)) as progress:
        report = build_papers(
            case, on, output=output, codes=papers, folders=folders, word_only=word_only, progress=progress
        )
    if as_json:
        click.echo(_to_json(_build_as_json(report)))
    else:
        _show_build(report)
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


def _show_build(report: BuildReport) -> None:
    for paper in report.papers.papers:
        pages = f", {paper.pages} pages" if paper.pages > 1 else ", 1 page" if paper.pages else ""
        draft = ", DRAFT" if paper.planned.draft else ""
        gaps = f", {len(paper.planned.gaps)} not yet written" if paper.planned.gaps else ""
        click.echo(f"{paper.action:<11} {paper.word.relative_to(report.folder).as_posix()}{pages}{draft}{gaps}")
        if paper.note:
            say(f"            {paper.note}")
    count = len(report.papers.papers)
    click.echo(f"{count} paper{'' if count == 1 else 's'} in {report.folder}")


def _build_as_json(report: BuildReport) -> dict[str, Any]:
    return {"folder": str(report.folder), "papers": [_result_as_json(paper) for paper in report.papers.papers]}


def _result_as_json(paper: PaperResult) -> dict[str, Any]:
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
    }


@click.command(epilog=_examples("permanence bundle my-family", "permanence bundle my-family -o trial"))
@_options("case", "on", "output", "templates", "plain", "show_values")
@click.option("--layout", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE",
              help="Another layout of the bundle.")  # fmt: skip
def bundle(
    case: Path,
    on: dt.date,
    output: Path | None,
    folders: tuple[Path, ...],
    plain: bool,
    show_values: bool,
    layout: Path | None,
) -> None:
    """Make the court bundle: the papers for the court and the evidence, as one paginated PDF."""
    from generator.pipeline import build_bundle

    with progress_bar(plain=is_plain(asked=plain)) as progress:
        report = build_bundle(case, on, output=output, folders=folders, layout=layout, progress=progress)
    _show_bundle(report)


def _show_bundle(report: BundleReport) -> None:
    for entry in report.bundle.entries:
        click.echo(f"{entry.page_range:<12} {entry.entry.title}")
    for paper in report.papers.papers:
        if paper.note:
            say(f"{paper.word.name}: {paper.note}")
    for warning in report.warnings:
        say(f"Look at this: {warning}")
    click.echo(f"{report.bundle.pages} pages in {report.folder / report.bundle.path.name}")


@click.command(epilog=_examples("permanence schema -o my-family/case.schema.json"))
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="The file to write to.")
def schema(output: Path | None) -> None:
    """Write the JSON Schema of case files, for completion in editors."""
    if output is None:
        click.echo(_schema_text(), nl=False)
        return
    try:
        output.write_text(_schema_text(), encoding="utf-8")
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise PermanenceError(f"Nothing can be written to {output}: {reason.lower()}", (), ExitCode.FILE_BUSY) from None
    click.echo(output)


def _schema_text() -> str:
    from generator.case.schema import make_schema

    return _to_json(make_schema()) + "\n"


@click.command(epilog=_examples("permanence explain C003"))
@click.argument("code")
def explain(code: str) -> None:
    """Say what the code of a message means, and why the product is strict about it."""
    known = EXPLANATIONS.get(code.upper())
    if known is None:
        raise CannotReadError(f"There is no message with the code {code}. There are: {', '.join(EXPLANATIONS)}")
    click.echo(f"{code.upper()}  {known}")


@click.command(epilog=_examples("permanence doctor"))
@_options("json")
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
        click.echo(_to_json(rows))
    else:
        for one in findings:
            state = "ok" if one.ok else "cannot tell" if one.ok is None else "missing"
            click.echo(f"{state:<12} {one.name}: {one.found}")
            if one.remedy and not one.ok:
                click.echo(f"             {one.remedy}")
    missing = [one for one in findings if one.ok is False and one.level is Level.MUST]
    return int(ExitCode.PROGRAM_MISSING if missing else ExitCode.DONE)


COMMANDS = (new, check, build, bundle, schema, explain, doctor)
"""All commands, in the order in which help lists the work."""
