"""What changed between two versions of a case, in words, and which due days and outcomes follow from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.case.family import Case
from generator.case.meeting import Action
from generator.disclosure.lens import kind_of
from generator.reports.changes.change import Consequence, FactChange, FactChangeKind
from generator.reports.changes.sentences import ChangeContext, describe_difference
from generator.reports.changes.subjects import GROUPS, OF_THE_FILE, name_children
from generator.reports.changes.walk import FactDifference, Step, find_differences, walk_facts
from generator.rules.judging.judge import Compliance
from generator.rules.judging.ruling import Ruling

__all__ = ["Consequence", "FactChange", "FactChangeKind", "compare_cases", "find_consequences"]


def compare_cases(before: Case, after: Compliance, now: Case) -> tuple[FactChange, ...]:
    """Every change between two versions of a case: each child's first, then people, meetings and the rest.

    `after` is the case as it is now, judged: its day is today, and its procedure says what events are called. Two equal
    cases have no changes; entries that only changed places are none.
    """
    children = name_children(before, now)
    plans = {child.id: plans[-1] for child in before.children if (plans := before.plans_of(child.id))}
    context = ChangeContext(after.on, children, after.procedure.events, plans)
    differences = [*find_differences(before, now), *_follow_actions(before, now)]
    found = [describe_difference(difference, context) for difference in differences]
    order = [*children.values(), *dict.fromkeys(GROUPS.values()), OF_THE_FILE]
    # An action that is done is told by the meeting that set it and by the one after it.
    told: dict[tuple[str, str, str], FactChange] = {}
    for change in found:
        told.setdefault((change.group, change.says, change.with_values), change)
    return tuple(sorted(told.values(), key=lambda change: order.index(change.group)))


def _follow_actions(before: Case, now: Case) -> Iterator[FactDifference]:
    """Actions at meetings that are new, each held against what was known of it before."""
    known: dict[str, Action] = {}
    for meeting in sorted(before.meetings, key=lambda one: one.starts_at):
        known |= {action.id: action for action in meeting.actions}
    held = {meeting.id for meeting in before.meetings}
    for number, meeting in sorted(enumerate(now.meetings), key=lambda one: one[1].starts_at):
        if meeting.id in held:
            continue
        kinds = frozenset({kind_of(type(now), "meetings"), kind_of(type(meeting), "actions")})
        for place, action in enumerate(meeting.actions):
            old, path = known.get(action.id), ("meetings", number, "actions", place)
            steps = (Step("", 0, old or action, action),)
            if old is None:
                yield FactDifference(path, "actions", "", kinds, steps, None, action)
            else:
                yield from walk_facts(old, action, path, steps, kinds)
            known[action.id] = action


def find_consequences(before: Compliance, after: Compliance) -> tuple[Consequence, ...]:
    """Every rule whose due day or outcome is another now, in the order of the rulings; both judged as at one day."""
    old, new = _by_rule(before.rulings), _by_rule(after.rulings)
    found = []
    for key in dict.fromkeys((*new, *old)):
        was, now = old.get(key), new.get(key)
        if (was and (was.due, was.outcome)) == (now and (now.due, now.outcome)):
            continue
        ruling = now or was
        if ruling is not None:
            found.append(
                Consequence(
                    ruling.rule,
                    ruling.child,
                    ruling.item,
                    was.due if was else None,
                    now.due if now else None,
                    was.outcome if was else None,
                    now.outcome if now else None,
                )
            )
    return tuple(found)


def _by_rule(rulings: Sequence[Ruling]) -> dict[tuple[str, str, str, int], Ruling]:
    """Rulings by rule, child and item; two of the same by their number."""
    found: dict[tuple[str, str, str, int], Ruling] = {}
    for ruling in rulings:
        number = 0
        while (key := (ruling.rule.name, ruling.child, ruling.item, number)) in found:
            number += 1
        found[key] = ruling
    return found
