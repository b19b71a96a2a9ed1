"""The commands. Each imports what it needs when it runs, so that help answers at once."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.base.english import capitalise
from generator.base.errors import EXPLANATIONS, CannotReadError, ExitCode, Level, PermanenceError
from generator.cli.changes import compare
from generator.cli.circulation import circulate
from generator.cli.disclosure import disclosure, examine
from generator.cli.filing import bundle
from generator.cli.meetings import actions, minute
from generator.cli.options import Day, examples, options, to_json
from generator.cli.packing import pack
from generator.cli.papers import build
from generator.cli.pictures import pictures
from generator.cli.show import say, show_problems
from generator.cli.templates import templates
from generator.cli.tracking import track
from generator.cli.writing import write_files

if TYPE_CHECKING:
    from generator.rules.timeline import Timeline

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
    from generator.base.resources import SearchPath
    from generator.cli import rules
    from generator.jobs.check import check_case
    from generator.jobs.run import Run
    from generator.jobs.side_by_side import show_side_by_side

    run = Run(on, search_path=SearchPath(folders, procedure_folders))
    if side_by_side:
        found = show_side_by_side(case, run)
        click.echo(to_json(rules.comparison_as_json(found)) if as_json else "\n".join(rules.say_comparison(found)))
        return int(ExitCode.DONE)
    checked = check_case(case, run, procedure=procedure)
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
    from generator.base.resources import SearchPath
    from generator.cli import rules
    from generator.jobs.run import Run
    from generator.jobs.timeline import show_timeline

    made = show_timeline(case, Run(on, search_path=SearchPath((), procedure_folders)), procedure=procedure)
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
            from generator.meetings.calendar import write_calendar

            return {output: write_calendar(made)}
        case ".png":
            from generator.papers.pictures.timeline.drawing import draw_timeline

            try:
                return {output: draw_timeline(made).png, output.with_name(f"{output.name}.txt"): text}
            except ValueError as error:
                says = str(error)
                raise CannotReadError(capitalise(says)) from None
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
    from generator.base.resources import SearchPath
    from generator.cli import rules
    from generator.rules.rulebook import load_all, load_named, try_procedure

    search_path = SearchPath((), procedure_folders)
    if terms:
        click.echo("\n".join(rules.say_terms()))
        return int(ExitCode.DONE)
    if trial:
        failed = try_procedure(trial, search_path)
        click.echo("\n".join(rules.say_trial(failed)))
        return int(ExitCode.MUST_FIX if failed.failures or failed.untested else ExitCode.DONE)
    known = [load_named(name, search_path)] if name else [*load_all(search_path)]
    if as_json:
        click.echo(to_json([row for one in known for row in rules.procedure_as_json(one)]))
    else:
        click.echo("\n".join(line for one in known for line in rules.say_procedure(one, with_rules=name is not None)))
    return int(ExitCode.DONE)


@click.command(epilog=examples("permanence schema -o my-family/case.schema.json"))
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="The file to write to.")
def schema(output: Path | None) -> None:
    """Write the JSON Schema of case files, for completion in editors."""
    if output is None:
        click.echo(_schema_text(), nl=False)
        return
    write_files({output: _schema_text().encode()})


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
        from generator.base.resources import SearchPath
        from generator.cli import rules
        from generator.rules.rulebook import find_rule

        click.echo("\n".join(rules.say_rule(find_rule(name, SearchPath((), procedure_folders)))))
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
    from generator.cli.doctor import examine_machine

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


COMMANDS = (
    new,
    check,
    timeline,
    actions,
    minute,
    compare,
    pictures,
    build,
    pack,
    circulate,
    disclosure,
    examine,
    bundle,
    track,
    templates,
    procedures,
    schema,
    explain,
    doctor,
)
"""All commands, in the order in which help lists the work."""
