"""How rules, their answers and the days of a case look on the screen and as JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from generator.base.dates import say_date
from generator.base.english import count_of
from generator.base.errors import Level, Problem
from generator.base.working_days import say_counting
from generator.cli.show import problem_as_json
from generator.cli.show import wrap as _wrap
from generator.rules.conditions.derived import FACTS, ROOTS
from generator.rules.conditions.events import EVENTS
from generator.rules.judging.ruling import RuleOutcome, Ruling
from generator.rules.procedures.limits import LimitKind
from generator.rules.procedures.model import Procedure, Rule
from generator.rules.timeline import Status, Timeline

if TYPE_CHECKING:
    from generator.reports.case_report import CaseReport, ChildCheck, PaperCheck
    from generator.reports.side_by_side import SideBySide
    from generator.rules.rulebook import ExplainedRule, TrialReport

# check


def say_check(found: CaseReport, *, everything: bool = False) -> Iterator[str]:
    """A checked case in plain lines: each child's rules, then the papers, then the counts."""
    opening = found.procedure.opening
    yield f"{found.reference}, as at {say_date(found.on)}"
    checked = say_date(opening.checked_on)
    yield from _wrap(
        f"Procedure: {opening.title} ({found.procedure.name}), {opening.edition}; last checked {checked}", 2
    )
    for child in found.children:
        yield ""
        yield from _say_child(child, found.on, everything=everything)
    yield ""
    yield "Papers"
    for paper in found.papers:
        yield from _say_paper(paper)
    if found.hints:
        yield ""
        yield from _say_hints(found.hints, everything=everything)
    yield ""
    yield from _say_counts(found)


def _say_child(child: ChildCheck, on: dt.date, *, everything: bool) -> Iterator[str]:
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
                yield from _say_ruling(ruling, on)
    if child.unsettled:
        count = sum(len(rulings) for rulings in child.unsettled.values())
        yield f"  Cannot be checked ({count}): what is written in these places would settle it"
        for needs, rulings in child.unsettled.items():
            yield from _say_unsettled(needs, rulings)
    if child.set_aside:
        yield f"  Set aside ({len(child.set_aside)})"
        for ruling in child.set_aside:
            yield from _say_ruling(ruling, on)
    if child.counted:
        yield f"  On the tracker ({len(child.counted)})"
        for ruling in child.counted:
            yield from _wrap(f"{ruling.rule.entry.says} ({ruling.rule.name})", 12, "    ")
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
                    yield from _say_ruling(ruling, on)
    elif later or open_ended:
        yield f"  Due later: {len(later)}. To do, with no day set: {len(open_ended)}. To see them: --all"
    counts = ", ".join(
        f"{child.counts[outcome]} {outcome.value}" for outcome in RuleOutcome if child.counts.get(outcome)
    )
    yield f"  Rules: {counts or 'none'}."


def _say_ruling(ruling: Ruling, on: dt.date) -> Iterator[str]:
    level = ruling.rule.level.value
    item = f" [{ruling.item}]" if ruling.item else ""
    yield from _wrap(f"{ruling.rule.entry.says}{item}", 12, f"    {level:<8}")
    if said := _say_days(ruling, on):
        yield from _wrap(said, 12)
    for line in ruling.working:
        yield from _wrap(f"{line}.", 12)
    if ruling.overridden:
        override = ruling.overridden
        yield from _wrap(f"Set aside by {override.by} on {say_date(override.on)}: {override.reason}", 12)
    elif ruling.needs and ruling.outcome is not RuleOutcome.MET:
        yield from _wrap(f"write: {', '.join(ruling.needs)}", 12)
    yield from _wrap(f"rule: {ruling.rule.name} ({ruling.rule.entry.ref}); {ruling.rule.cite}", 12)


def _say_days(ruling: Ruling, on: dt.date) -> str:
    if ruling.outcome is RuleOutcome.MET_LATE and ruling.due and ruling.done:
        gap = _say_gap(ruling.due, ruling.done)
        return f"Done {say_date(ruling.done)}, {gap} after it was due ({say_date(ruling.due)})"
    if ruling.outcome is RuleOutcome.MET:
        return f"Done {say_date(ruling.done)}" if ruling.done else ""
    if ruling.due is None:
        return ""
    gap = _say_gap(min(on, ruling.due), max(on, ruling.due))
    if ruling.outcome is RuleOutcome.OVERDUE:
        return f"Was due {say_date(ruling.due)}, {gap} ago"
    if ruling.outcome is RuleOutcome.DUE:
        return f"Due today, {say_date(ruling.due)}" if ruling.due == on else f"Due {say_date(ruling.due)}, in {gap}"
    return ""


def _say_gap(since: dt.date, until: dt.date) -> str:
    days = (until - since).days
    return "1 day" if days == 1 else f"{days} days"


def _say_unsettled(needs: Sequence[str], rulings: Sequence[Ruling]) -> Iterator[str]:
    places = ", ".join(needs) or "a fact that the rule does not name"
    yield from _wrap(f"{places}: {count_of(len(rulings), 'rule')}", 12, "    write   ")
    names = list(dict.fromkeys(f"{one.rule.name}{f' [{one.item}]' if one.item else ''}" for one in rulings))
    yield from _wrap(", ".join(names), 12)


def _say_paper(paper: PaperCheck) -> Iterator[str]:
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


def _say_hints(hints: Sequence[Problem], *, everything: bool) -> Iterator[str]:
    yield f"Words that parents will read ({count_of(len(hints), 'hint')})"
    shown = hints if everything else hints[:_HINTS]
    for hint in shown:
        yield from _wrap(f"{hint.says}. [{hint.code}]", 9, f"  {hint.level.value:<7}")
        yield from _wrap(f"try: {hint.remedy}", 9)
        yield f"         in: {hint.path}, {hint.place}"
    if len(shown) < len(hints):
        yield f"  and {len(hints) - len(shown)} more. To see them: --all"


def _say_counts(found: CaseReport) -> Iterator[str]:
    papers = len(found.papers)
    complete = sum(not paper.gaps for paper in found.papers)
    open_questions = ", ".join(f"{found.count(level)} {level.value}" for level in Level)
    rulings = [one for child in found.children for one in child.rulings]
    counts = ", ".join(f"{sum(one.outcome is outcome for one in rulings)} {outcome.value}" for outcome in RuleOutcome)
    yield f"Rules: {counts}; {sum(one.overridden is not None for one in rulings)} set aside."
    service = sum(not rule.is_judged for rule in found.procedure.rules)
    if service:
        yield f"Not judged: {service} duties of the service as a whole, which the file of one child cannot answer."
    yield f"{count_of(papers, 'paper')}, {complete} complete. Open questions: {open_questions}."


def check_as_json(found: CaseReport) -> dict[str, Any]:
    """A checked case as plain data."""
    opening = found.procedure.opening
    return {
        "reference": found.reference,
        "on": found.on.isoformat(),
        "procedure": {
            "name": found.procedure.name,
            "title": opening.title,
            "edition": opening.edition,
            "checked_on": opening.checked_on.isoformat(),
        },
        "children": [
            {
                "id": child.child,
                "rules": [ruling_as_json(one) for one in child.rulings],
                "counts": {outcome.value: child.counts.get(outcome, 0) for outcome in RuleOutcome},
            }
            for child in found.children
        ],
        "papers": [_paper_as_json(paper) for paper in found.papers],
        "open": {level.value: found.count(level) for level in Level},
        "hints": [problem_as_json(hint) for hint in found.hints],
        "warnings": [*found.warnings, *(f"{one.path}: {one.says}" for one in found.unheeded)],
    }


def ruling_as_json(ruling: Ruling) -> dict[str, Any]:
    """One ruling as plain data."""
    override = ruling.overridden
    return {
        "id": ruling.rule.name,
        "ref": ruling.rule.entry.ref,
        "kind": ruling.rule.entry.kind.value,
        "level": ruling.rule.level.value,
        "item": ruling.item,
        "outcome": ruling.outcome.value,
        "due": _day(ruling.due),
        "done": _day(ruling.done),
        "says": ruling.rule.entry.says,
        "working": list(ruling.working),
        "needs": list(ruling.needs),
        "cite": ruling.rule.cite,
        "set_aside": {"reason": override.reason, "by": override.by, "on": _day(override.on)} if override else None,
    }


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


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
        "blocked_by": list(paper.blocked_by),
        "due": paper.due,
        "gaps": gaps,
    }


# check --compare


def say_comparison(found: SideBySide) -> Iterator[str]:
    """A family under several procedures, topic by topic."""
    yield f"{found.reference}, as at {say_date(found.on)}: where the English procedures differ. Nothing is averaged."
    for child, differences in groupby(found.differences, key=lambda one: one.child):
        yield ""
        yield child
        for difference in differences:
            yield from _wrap(f"{difference.topic.title}: {difference.topic.about}", 6, f"  {difference.topic.id:<4}")
            for name in found.procedures:
                rulings = difference.rulings.get(name, ())
                said = "; ".join(_say_short(one) for one in rulings) or "says nothing that applies"
                yield from _wrap(said, 32, f"      {name:<26}")


def _say_short(ruling: Ruling) -> str:
    day = ruling.due
    done = f", done {say_date(ruling.done)}" if ruling.done else ""
    item = f" [{ruling.item}]" if ruling.item else ""
    due = f", due {say_date(day)}" if day else ""
    return (
        f"{ruling.rule.entry.ref}{item} {ruling.outcome.value}{due}{done}{', set aside' if ruling.overridden else ''}"
    )


def comparison_as_json(found: SideBySide) -> dict[str, Any]:
    """A comparison as plain data."""
    return {
        "reference": found.reference,
        "on": found.on.isoformat(),
        "procedures": list(found.procedures),
        "differences": [
            {
                "topic": one.topic.id,
                "title": one.topic.title,
                "child": one.child,
                "rules": {
                    name: [ruling_as_json(ruling) for ruling in rulings] for name, rulings in one.rulings.items()
                },
            }
            for one in found.differences
        ],
    }


# timeline

_MARKS = {
    Status.HAPPENED: "happened",
    Status.BOOKED: "booked",
    Status.MET: "met",
    Status.MET_LATE: "met late",
    Status.DUE: "due",
    Status.OVERDUE: "OVERDUE",
    Status.SET_ASIDE: "set aside",
}


def say_timeline(found: Timeline) -> Iterator[str]:
    """The days of a case in order, with today between past and coming."""
    yield f"{found.reference}, under {found.procedure}"
    today_shown = False
    for entry in found.entries:
        if entry.on > found.today and not today_shown:
            today_shown = True
            yield f"{'':-<12} today, {say_date(found.today)} {'':-<40}"
        start = f"{say_date(entry.on):<18} {_MARKS[entry.status]:<9} {entry.child}: "
        yield from _wrap(entry.what, 29, start)
        if entry.working:
            yield from _wrap(entry.working, 29)
        rule = f" ({entry.rule})" if entry.rule else ""
        yield from _wrap(f"source: {entry.source}{rule}", 29)


def timeline_as_json(found: Timeline) -> dict[str, Any]:
    """A timeline as plain data."""
    return {
        "reference": found.reference,
        "procedure": found.procedure,
        "today": found.today.isoformat(),
        "entries": [
            {
                "on": one.on.isoformat(),
                "child": one.child,
                "status": one.status.value,
                "what": one.what,
                "source": one.source,
                "rule": one.rule or None,
                "level": one.level.value if one.level else None,
                "working": one.working,
            }
            for one in found.entries
        ],
    }


# procedures and explain


def say_procedure(found: Procedure, *, with_rules: bool) -> Iterator[str]:
    """A procedure: what it is and how many rules it has, or all of its rules."""
    opening = found.opening
    own = [rule for rule in found.rules if rule.procedure == found.name]
    judged = sum(rule.is_judged for rule in own)
    extends = f", extends {opening.extends}" if opening.extends else ""
    yield f"{found.name}: {opening.title} ({opening.edition}){extends}"
    checked = say_date(opening.checked_on)
    yield f"  {opening.jurisdiction.value}; {len(own)} rules, {judged} judged for each child; last checked {checked}"
    if with_rules:
        for rule in own:
            yield from _wrap(
                rule.entry.says, 28, f"  {rule.entry.ref:<9} {rule.level.value:<7} {rule.entry.kind.value:<10}"
            )
            yield f"{'':<31}{rule.name}"
        yield "  Events that a case file may record (record: [{on: ..., event: NAME}])"
        for name, label in sorted(found.events.items()):
            if name not in EVENTS:
                yield from _wrap(label, 43, f"  {name:<40} ")


def procedure_as_json(found: Procedure) -> Iterator[dict[str, Any]]:
    """Every rule of a procedure itself, without those that it takes from another, as plain data."""
    for rule in found.rules:
        if rule.procedure == found.name:
            yield {
                "id": rule.name,
                "procedure": found.name,
                "ref": rule.entry.ref,
                "kind": rule.entry.kind.value,
                "level": rule.level.value,
                "says": rule.entry.says,
                "cite": rule.cite,
                "verified": rule.entry.verified,
                "judged": rule.is_judged,
            }


def say_terms() -> Iterator[str]:
    """The words that conditions may use."""
    yield "Parts of the case file (name their fields: plan.primary)"
    for root in ROOTS.values():
        each = f"  with each: {root.scope}" if root.scope != "child" else ""
        yield f"  {root.name:<14} {root.model.__name__}{each}"
    yield "Worked out"
    for fact in FACTS.values():
        each = f" (with each: {fact.scope})" if fact.scope != "child" else ""
        yield from _wrap(f"{fact.says}{each}", 38, f"  {fact.name:<35} ")
    yield "Events (true when they have happened)"
    for event in EVENTS.values():
        yield from _wrap(f"{event.label}; written in {event.write}", 43, f"  {event.name:<40} ")


def say_rule(found: ExplainedRule) -> Iterator[str]:
    """A rule: its sentence, source, counting, history and examples."""
    rule, entry = found.rule, found.rule.entry
    yield f"{rule.name} ({entry.ref}), {entry.kind.value}, {entry.level.value}"
    yield from _wrap(entry.says, 2)
    yield ""
    yield from _wrap(f"Source: {rule.cite} ({rule.source.edition}). How sure: {rule.source.sure}.", 2)
    if not entry.verified:
        yield from _wrap("The text of this law was not verified, so this rule warns and never stops a paper.", 2)
    yield from _say_conditions(rule, found.procedure)
    for label, text in (("Note", entry.note), ("Taken as", entry.reading), ("Worked out", entry.derived)):
        if text:
            yield from _wrap(f"{label}: {text}", 4, "  ")
    if entry.because:
        yield from _wrap(f"Not judged for one child: {entry.because}", 4, "  ")
    if entry.topics:
        yield f"  Procedures differ on this: {', '.join(entry.topics)} (permanence check CASE --compare)"
    for past in entry.history:
        yield from _wrap(f"{say_date(past.on)}: {past.what}", 4, "  History: ")
    for example in found.examples:
        due = f", due {say_date(example.due)}" if example.due else ""
        yield from _wrap(f"Example: {example.says}. On {say_date(example.on)}: {example.outcome.value}{due}.", 4, "  ")


def _say_conditions(rule: Rule, procedure: Procedure) -> Iterator[str]:
    entry = rule.entry
    if entry.each:
        yield f"  One answer for each {' and '.join(entry.each)}."
    if entry.when:
        yield from _wrap(f"Applies when: {entry.when}", 4, "  ")
    if entry.at:
        yield f"  Ages and plans as on the day of: {procedure.label(entry.at)}"
    if rule.asks.events:
        yield from _wrap(f"Asks: {procedure.label_events(rule.asks)}", 4, "  ")
    if rule.asks.to:
        yield from _wrap(f"Goes to: {', '.join(rule.asks.to)}", 4, "  ")
    for text, limit in zip(entry.due, rule.limits, strict=True):
        counted = f": {say_counting(limit.span, procedure.jurisdiction)}" if limit.span else ""
        first = {LimitKind.WITHIN: "; the first day is not counted", LimitKind.BEGINNING: "; the first day is counted"}
        yield from _wrap(f"Due: {text}{counted}{first.get(limit.kind, '')}", 4, "  ")
    for text in entry.not_before:
        yield f"  Not before: {text}"
    if rule.limits:
        yield "  A due day is never moved because it falls on a weekend or holiday."
    if entry.blocks:
        yield f"  Stays a draft while this is not kept: {', '.join(entry.blocks)}"


def say_trial(found: TrialReport) -> Iterator[str]:
    """What came of the examples of a procedure."""
    for failure in found.failures:
        yield from _wrap(f"{failure.rule}: {failure.example.says}: {failure.says}", 4, "  ")
    for rule in found.untested:
        yield f"  {rule}: needs an example that keeps it, and one that breaks it"
    yield f"{found.procedure}: {found.rules} rules, {found.examples} examples, {len(found.failures)} fail."
