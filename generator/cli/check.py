"""The command `check`, and how the state of a case looks on the screen and as JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from generator.base.dates import format_date
from generator.base.english import count_of
from generator.base.errors import ExitCode, Level, Problem, choose_exit_code
from generator.cli.options import CommandOptions, case_argument, examples, options, procedure_option
from generator.cli.screen import say, show_problems, wrap
from generator.jobs.check import check_case
from generator.jobs.side_by_side import show_side_by_side
from generator.reports.case_report import CaseReport, ChildReport, PaperReport
from generator.reports.side_by_side import SideBySide
from generator.rules.judging.ruling import RuleOutcome, Ruling


@click.command(
    epilog=examples(
        "permanence check my-family",
        "permanence check my-family --json",
        "permanence check my-family --procedure south-west",
        "permanence check my-family --compare",
    )
)
@case_argument
@options("on", "procedures", "templates", "as_json", "plain", "show_values")
@procedure_option
@click.option("--strict", is_flag=True, help="Leave with 1 while anything binding is late, unknown or not written.")
@click.option("--compare", "side_by_side", is_flag=True, help="The same family under every English procedure.")
@click.option("--all", "everything", is_flag=True, help="Show the rules that are kept and those due later, too.")
def check(
    options: CommandOptions, case: Path, procedure: str | None, strict: bool, side_by_side: bool, everything: bool
) -> ExitCode:
    """Say what is late, what is coming, what cannot be told, and what is still missing in each paper.

    The rules are those of the procedure that the case names, each with its source. Nothing is changed.
    """
    if side_by_side:
        options.print(show_side_by_side(case, options.run), _side_by_side_to_data, _describe_side_by_side)
        return ExitCode.DONE
    found = check_case(case, options.run, procedure=procedure)
    options.print(found, _to_data, partial(_describe, everything=everything))
    if not options.as_json:
        for warning in found.warnings:
            say(f"Look at this: {warning}.")
        show_problems(found.unheeded, show_values=options.show_values)
    return choose_exit_code(must_fix=found.has_mistakes or (strict and found.is_open))


def _describe(found: CaseReport, *, everything: bool) -> Iterator[str]:
    """A checked case in plain lines: each child's rules, then the papers, then the counts."""
    opening = found.procedure.opening
    yield f"{found.reference}, as at {format_date(found.on)}"
    checked = format_date(opening.checked_on)
    yield from wrap(
        f"Procedure: {opening.title} ({found.procedure.name}), {opening.edition}; last checked {checked}", 2
    )
    for child in found.children:
        yield ""
        yield from _describe_child(child, found.on, everything=everything)
    yield ""
    yield "Papers"
    for paper in found.papers:
        yield from _describe_paper(paper)
    if found.hints:
        yield ""
        yield from _describe_hints(found.hints, everything=everything)
    yield ""
    yield from _describe_counts(found)


def _describe_child(child: ChildReport, on: dt.date, *, everything: bool) -> Iterator[str]:
    yield child.child
    sections = (
        ("To put right", child.put_right),
        ("Late", child.late),
        ("Coming in the next four weeks", child.coming),
    )
    for title, rulings in sections:
        if rulings:
            yield f"  {title} ({len(rulings)})"
            for ruling in rulings:
                yield from _describe_ruling(ruling, on)
    if child.unsettled:
        count = sum(len(rulings) for rulings in child.unsettled.values())
        yield f"  Cannot be checked ({count}): what is written in these places would settle it"
        for needs, rulings in child.unsettled.items():
            yield from _describe_unsettled(needs, rulings)
    if child.set_aside:
        yield f"  Set aside ({len(child.set_aside)})"
        for ruling in child.set_aside:
            yield from _describe_ruling(ruling, on)
    if child.counted:
        yield f"  On the tracker ({len(child.counted)})"
        for ruling in child.counted:
            yield from wrap(f"{ruling.rule.entry.says} ({ruling.rule.name})", 12, "    ")
    later = [one for one in child.later if one.due]
    open_ended = [one for one in child.later if not one.due]
    if everything:
        kept = [
            one
            for one in child.rulings
            if one.outcome in (RuleOutcome.MET, RuleOutcome.MET_LATE) and not one.overridden
        ]
        for title, more in (("Due later", later), ("To do, with no day set", open_ended), ("Kept", kept)):
            if more:
                yield f"  {title} ({len(more)})"
                for ruling in more:
                    yield from _describe_ruling(ruling, on)
    elif later or open_ended:
        yield f"  Due later: {len(later)}. To do, with no day set: {len(open_ended)}. To see them: --all"
    counts = ", ".join(
        f"{child.counts[outcome]} {outcome.value}" for outcome in RuleOutcome if child.counts.get(outcome)
    )
    yield f"  Rules: {counts or 'none'}."


def _describe_ruling(ruling: Ruling, on: dt.date) -> Iterator[str]:
    level = ruling.rule.level.value
    item = f" [{ruling.item}]" if ruling.item else ""
    yield from wrap(f"{ruling.rule.entry.says}{item}", 12, f"    {level:<8}")
    if said := _describe_days(ruling, on):
        yield from wrap(said, 12)
    for line in ruling.working:
        yield from wrap(f"{line}.", 12)
    if ruling.overridden:
        override = ruling.overridden
        yield from wrap(f"Set aside by {override.by} on {format_date(override.on)}: {override.reason}", 12)
    elif ruling.needs and ruling.outcome is not RuleOutcome.MET:
        yield from wrap(f"write: {', '.join(ruling.needs)}", 12)
    yield from wrap(f"rule: {ruling.rule.name} ({ruling.rule.entry.ref}); {ruling.rule.cite}", 12)


def _describe_days(ruling: Ruling, on: dt.date) -> str:
    if ruling.outcome is RuleOutcome.MET_LATE and ruling.due and ruling.done:
        gap = count_of((ruling.done - ruling.due).days, "day")
        return f"Done {format_date(ruling.done)}, {gap} after it was due ({format_date(ruling.due)})"
    if ruling.outcome is RuleOutcome.MET:
        return f"Done {format_date(ruling.done)}" if ruling.done else ""
    if ruling.due is None:
        return ""
    gap = count_of(abs((on - ruling.due).days), "day")
    if ruling.outcome is RuleOutcome.OVERDUE:
        return f"Was due {format_date(ruling.due)}, {gap} ago"
    if ruling.outcome is RuleOutcome.DUE:
        return (
            f"Due today, {format_date(ruling.due)}" if ruling.due == on else f"Due {format_date(ruling.due)}, in {gap}"
        )
    return ""


def _describe_unsettled(needs: Sequence[str], rulings: Sequence[Ruling]) -> Iterator[str]:
    places = ", ".join(needs) or "a fact that the rule does not name"
    yield from wrap(f"{places}: {count_of(len(rulings), 'rule')}", 12, "    write   ")
    names = list(dict.fromkeys(f"{one.rule.name}{f' [{one.item}]' if one.item else ''}" for one in rulings))
    yield from wrap(", ".join(names), 12)


def _describe_paper(paper: PaperReport) -> Iterator[str]:
    state = "draft" if paper.draft else "signed off"
    count = f"{len(paper.gaps)} not yet written" if paper.gaps else "complete"
    yield f"{paper.name}  ({paper.audience}, {state}): {count}"
    for rule in paper.blocked_by:
        yield f"  stays a draft while this rule is not kept: {rule}"
    for gap in paper.gaps:
        yield f"  {gap.level.value:<6} {gap.asks}"
        yield f"         write: {gap.write}    source: {gap.source}"


_HINTS = 6
"""So many hints are shown unless all are asked for: they are good practice, and not to hide what is late."""


def _describe_hints(hints: Sequence[Problem], *, everything: bool) -> Iterator[str]:
    yield f"Words that parents will read ({count_of(len(hints), 'hint')})"
    shown = hints if everything else hints[:_HINTS]
    for hint in shown:
        yield from wrap(f"{hint.says}. [{hint.code}]", 9, f"  {hint.level.value:<7}")
        yield from wrap(f"try: {hint.remedy}", 9)
        yield f"         in: {hint.path}, {hint.place}"
    if len(shown) < len(hints):
        yield f"  and {len(hints) - len(shown)} more. To see them: --all"


def _describe_counts(found: CaseReport) -> Iterator[str]:
    complete = sum(not paper.gaps for paper in found.papers)
    open_questions = ", ".join(f"{found.count(level)} {level.value}" for level in Level)
    rulings = [one for child in found.children for one in child.rulings]
    counts = ", ".join(f"{sum(one.outcome is outcome for one in rulings)} {outcome.value}" for outcome in RuleOutcome)
    yield f"Rules: {counts}; {sum(one.overridden is not None for one in rulings)} set aside."
    service = sum(not rule.is_judged for rule in found.procedure.rules)
    if service:
        yield f"Not judged: {service} duties of the service as a whole, which the file of one child cannot answer."
    yield f"{count_of(len(found.papers), 'paper')}, {complete} complete. Open questions: {open_questions}."


def _to_data(found: CaseReport) -> dict[str, Any]:
    opening = found.procedure.opening
    return {
        "reference": found.reference,
        "on": found.on,
        "procedure": {
            "name": found.procedure.name,
            "title": opening.title,
            "edition": opening.edition,
            "checked_on": opening.checked_on,
        },
        "children": [
            {
                "id": child.child,
                "rules": [_ruling_to_data(one) for one in child.rulings],
                "counts": {outcome: child.counts.get(outcome, 0) for outcome in RuleOutcome},
            }
            for child in found.children
        ],
        "papers": found.papers,
        "open": {level: found.count(level) for level in Level},
        "hints": found.hints,
        "warnings": [*found.warnings, *(f"{one.path}: {one.says}" for one in found.unheeded)],
    }


def _ruling_to_data(ruling: Ruling) -> dict[str, Any]:
    override, entry = ruling.overridden, ruling.rule.entry
    return {
        "id": ruling.rule.name,
        "ref": entry.ref,
        "kind": entry.kind,
        "level": ruling.rule.level,
        "item": ruling.item,
        "outcome": ruling.outcome,
        "due": ruling.due,
        "done": ruling.done,
        "says": entry.says,
        "working": ruling.working,
        "needs": ruling.needs,
        "cite": ruling.rule.cite,
        "set_aside": {"reason": override.reason, "by": override.by, "on": override.on} if override else None,
    }


def _describe_side_by_side(found: SideBySide) -> Iterator[str]:
    """A family under several procedures, topic by topic."""
    yield f"{found.reference}, as at {format_date(found.on)}: where the English procedures differ. Nothing is averaged."
    for child, differences in groupby(found.differences, key=lambda one: one.child):
        yield ""
        yield child
        for difference in differences:
            yield from wrap(f"{difference.topic.title}: {difference.topic.about}", 6, f"  {difference.topic.id:<4}")
            for name in found.procedures:
                rulings = difference.rulings.get(name, ())
                said = "; ".join(_describe_shortly(one) for one in rulings) or "says nothing that applies"
                yield from wrap(said, 32, f"      {name:<26}")


def _describe_shortly(ruling: Ruling) -> str:
    day = ruling.due
    done = f", done {format_date(ruling.done)}" if ruling.done else ""
    item = f" [{ruling.item}]" if ruling.item else ""
    due = f", due {format_date(day)}" if day else ""
    return (
        f"{ruling.rule.entry.ref}{item} {ruling.outcome.value}{due}{done}{', set aside' if ruling.overridden else ''}"
    )


def _side_by_side_to_data(found: SideBySide) -> dict[str, Any]:
    return {
        "reference": found.reference,
        "on": found.on,
        "procedures": found.procedures,
        "differences": [
            {
                "topic": one.topic.id,
                "title": one.topic.title,
                "child": one.child,
                "rules": {name: [_ruling_to_data(each) for each in rulings] for name, rulings in one.rulings.items()},
            }
            for one in found.differences
        ],
    }
