"""The running record of actions as at a day: open, overdue, done or lost, and what does not fit together in it."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from generator.base.errors import Level, Problem
from generator.base.yaml.paths import Path_
from generator.case.explain import explain_contradiction
from generator.case.family import Case
from generator.case.load import LoadedCase
from generator.case.meeting import Action, Meeting
from generator.case.references import Contradiction
from generator.case.running_actions import (
    ActionState,
    RunningAction,
    find_latest,
    find_state,
    find_unrepeated,
    follow_actions,
)


@dataclass(frozen=True, slots=True)
class ActionChange:
    """A due day or an owner that one meeting changed: what it was before, and what it became."""

    meeting: str
    was: str | dt.date
    became: str | dt.date


@dataclass(frozen=True, slots=True)
class ActionEntry:
    """One action as at a day, in the words of the last meeting held that lists it.

    `weeks` are whole weeks since the meeting that raised it, until it was done. `days` are calendar days after the due
    day. Meetings are ids: those held that repeat it, those to come that list it already, and those held that should
    and do not. It is lost where no meeting after one of these lists it.
    """

    running: RunningAction
    action: Action
    state: ActionState
    due_on: dt.date | None
    done_on: dt.date | None
    days: int
    weeks: int
    progress: str | None
    repeated_at: tuple[str, ...] = ()
    coming_at: tuple[str, ...] = ()
    missing_at: tuple[str, ...] = ()
    due_changes: tuple[ActionChange, ...] = ()
    owner_changes: tuple[ActionChange, ...] = ()
    is_lost: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state in (ActionState.OPEN, ActionState.OVERDUE)

    @property
    def raised_on(self) -> dt.date:
        """The day of the meeting that raised it."""
        return self.running.raised.meeting.starts_at.date()


@dataclass(frozen=True, slots=True)
class ActionsRecord:
    """All actions of a case as at a day: those raised by then, oldest first, and what is wrong with the record."""

    on: dt.date
    entries: tuple[ActionEntry, ...]
    remarks: tuple[Contradiction, ...]


_oddity = partial(Contradiction, "A002", level=Level.SHOULD)


def record_actions(case: Case, on: dt.date) -> ActionsRecord:
    """The running record of actions over all meetings, as at a day.

    What a meeting after that day says of an action counts only so far as it tells of progress, or of a day by which it
    was done: owners and due days change when a meeting has agreed them.
    """
    running = follow_actions(case)
    held = sorted((one for one in case.meetings if one.starts_at.date() <= on), key=lambda one: one.starts_at)
    missing: dict[int, list[Meeting]] = {}
    for meeting in held:
        # A meeting that lists no action yet has not been minuted.
        for one in find_unrepeated(running, case, meeting) if meeting.actions else ():
            missing.setdefault(id(one), []).append(meeting)
    entries = tuple(
        _make_entry(one, on, missing.get(id(one), [])) for one in running if one.raised.meeting.starts_at.date() <= on
    )
    return ActionsRecord(on, entries, (*_find_lost(case, entries), *_find_oddities(case, running, held)))


def _make_entry(running: RunningAction, on: dt.date, missing: Sequence[Meeting]) -> ActionEntry:
    held = [one for one in running.mentions if one.meeting.starts_at.date() <= on]
    coming = running.mentions[len(held) : len(held) + 1]
    told = [one.action.done_on for one in (held[-1], *running.mentions[len(held) :])]
    done = next((day for day in told if day and day <= on), None)
    due_days = [(one.meeting.id, one.action.due_on) for one in held if one.action.due_on]
    action = find_latest(held)
    due = action.due_on
    raised_on = running.raised.meeting.starts_at.date()
    return ActionEntry(
        running=running,
        action=action,
        state=find_state(on, due, done),
        due_on=due,
        done_on=done,
        days=max(((done or on) - due).days, 0) if due else 0,
        weeks=max(((done or on) - raised_on).days // 7, 0),
        progress=next((one.action.progress for one in reversed((*held, *coming)) if one.action.progress), None),
        repeated_at=tuple(one.meeting.id for one in held[1:]),
        coming_at=tuple(one.meeting.id for one in running.mentions[len(held) :]),
        missing_at=tuple(one.id for one in missing),
        due_changes=tuple(_list_changes(due_days)),
        owner_changes=tuple(_list_changes([(one.meeting.id, one.action.owner) for one in held])),
        is_lost=not done and any(one.starts_at > running.last.meeting.starts_at for one in missing),
    )


def _list_changes(values: Sequence[tuple[str, str | dt.date]]) -> Iterator[ActionChange]:
    for (_, was), (meeting, became) in itertools.pairwise(values):
        if was != became:
            yield ActionChange(meeting, was, became)


def _path_of(case: Case, key: str) -> Path_:
    return ("meetings", next(i for i, one in enumerate(case.meetings) if one.id == key), "actions")


def _find_lost(case: Case, entries: Sequence[ActionEntry]) -> Iterator[Contradiction]:
    for entry in entries:
        last = entry.running.last
        if entry.is_lost:
            yield Contradiction(
                "A001",
                _path_of(case, entry.missing_at[-1]),
                f"Action {entry.action.id} was open at {last.meeting.id} and is missing from {entry.missing_at[-1]}",
                "repeat it in this list with its progress, or with done_on where it is done",
                about=last.path,
            )
        elif entry.is_open and entry.missing_at:
            yield _oddity(
                _path_of(case, entry.missing_at[-1]),
                f"Action {entry.action.id} was open, and this meeting left it out; a later one took it up again",
                "repeat it in this list, if the minutes of this meeting can still be put right",
                about=last.path,
            )


def _find_oddities(case: Case, running: Sequence[RunningAction], held: Sequence[Meeting]) -> Iterator[Contradiction]:
    seen: dict[str, list[RunningAction]] = {}
    for one in running:
        first = one.raised
        for other in seen.setdefault(first.action.id, []):
            if any(mention.children & first.children for mention in other.mentions):
                says = f"The id {first.action.id} stands for another matter at {other.last.meeting.id}"
                remedy = "give this action an id of its own; if it is the same action, keep the words of what"
                yield _oddity(first.path, says, remedy, about=other.last.path)
                break
        seen[first.action.id].append(one)
        yield from _find_odd_days(one)
        for mention in one.mentions:
            if not mention.children & {child.id for child in case.meeting_children(mention.meeting)}:
                says = "This meeting is not about the child of this action, so its minutes leave the action out"
                yield _oddity((*mention.path, "child"), says, "list it at a meeting about this child too")
    for meeting in held:
        is_settled = meeting.minutes_agreed_on or meeting.minutes_sent_on
        if is_settled and not meeting.actions and (left := find_unrepeated(running, case, meeting)):
            were = "1 was" if len(left) == 1 else f"{len(left)} were"
            says = f"The minutes of {meeting.id} are agreed and list no action, though {were} open"
            remedy = "repeat them here, each with its progress or done_on"
            yield _oddity(_path_of(case, meeting.id), says, remedy, about=left[0].last.path)


def _find_odd_days(running: RunningAction) -> Iterator[Contradiction]:
    raised_on = running.raised.meeting.starts_at.date()
    for earlier, mention in zip((None, *running.mentions), running.mentions, strict=False):
        done = mention.action.done_on
        due = mention.action.due_on
        # What was due before its first meeting came from a time of which the file does not speak.
        if done and done < raised_on and not (due and due < raised_on):
            says = f"This action was done before {running.raised.meeting.id}, the meeting that raised it"
            yield _oddity((*mention.path, "done_on"), says, "check both dates")
        if earlier and earlier.action.done_on and not done:
            says = f"This action was done at {earlier.meeting.id}, and stands here as open again"
            remedy = "write done_on here too; if there is more to do, give that an id of its own"
            yield _oddity(mention.path, says, remedy, about=earlier.path)


def explain_remarks(loaded: LoadedCase, record: ActionsRecord) -> tuple[Problem, ...]:
    """What is wrong with the record of actions, each with its place in the case file and what to write."""
    return tuple(explain_contradiction(loaded.source, one) for one in record.remarks)
