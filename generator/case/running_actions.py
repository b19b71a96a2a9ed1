"""Which entries of which meetings are one action, and how it stands at each meeting."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from generator.base.yaml.paths import Path_
from generator.case.family import Case
from generator.case.meeting import Action, Meeting
from generator.case.questions import is_late
from generator.case.words import MeetingKind

PLANNING_KINDS = frozenset(
    {
        MeetingKind.PERMANENCE_PLANNING_MEETING,
        MeetingKind.FINAL_CARE_PLANNING_MEETING,
        MeetingKind.PLANNING_MEETING_72_HOUR,
    }
)
"""Meetings that share one running record. Every other kind has its own, and repeats what its own kind raised."""


class ActionState(StrEnum):
    """How far an action is on a day."""

    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"
    DONE_LATE = "done late"


def find_state(day: dt.date, due_on: dt.date | None, done_on: dt.date | None) -> ActionState:
    """How far an action is on a day. What was done after that day was not done yet."""
    if done_on and done_on <= day:
        return ActionState.DONE_LATE if due_on and done_on > due_on else ActionState.DONE
    return ActionState.OVERDUE if is_late(day, due_on, done_on) else ActionState.OPEN


@dataclass(frozen=True, slots=True)
class Mention:
    """An action as one meeting lists it, at a path in the case file. `children` are the ids of those it is about."""

    meeting: Meeting
    action: Action
    path: Path_
    children: frozenset[str]


@dataclass(frozen=True, slots=True)
class RunningAction:
    """One action through all meetings that list it, oldest first."""

    mentions: tuple[Mention, ...]

    @property
    def raised(self) -> Mention:
        """Where it stands first."""
        return self.mentions[0]

    @property
    def last(self) -> Mention:
        """Where it stands last."""
        return self.mentions[-1]

    def is_listed_at(self, meeting: Meeting) -> bool:
        """Whether this meeting lists it."""
        return any(one.meeting.id == meeting.id for one in self.mentions)

    def before(self, meeting: Meeting) -> tuple[Mention, ...]:
        """What earlier meetings say of it."""
        return tuple(one for one in self.mentions if one.meeting.starts_at < meeting.starts_at)


def find_latest(mentions: Sequence[Mention]) -> Action:
    """An action as the last of some meetings lists it. A due day that it leaves out is the one agreed before."""
    action = mentions[-1].action
    due_on = next((one.action.due_on for one in reversed(mentions) if one.action.due_on), None)
    return action if action.due_on == due_on else action.model_copy(update={"due_on": due_on})


def follow_actions(case: Case) -> tuple[RunningAction, ...]:
    """Every action of every meeting, in the order in which they were raised.

    Two meetings list the same action where its id is the same, a child is, and the words speak of the same matter: an
    id that is used again for something else starts another action, so that the first is not lost behind it.
    """
    found: list[list[Mention]] = []
    with_id: dict[str, list[list[Mention]]] = {}
    for i, meeting in sorted(enumerate(case.meetings), key=lambda pair: pair[1].starts_at):
        everyone = frozenset(child.id for child in case.meeting_children(meeting))
        for j, action in enumerate(meeting.actions):
            children = frozenset({action.child}) if action.child else everyone
            mention = Mention(meeting, action, ("meetings", i, "actions", j), children)
            namesakes = with_id.setdefault(action.id, [])
            run = next((one for one in reversed(namesakes) if _goes_on(one, mention)), None)
            if run is None:
                run = []
                found.append(run)
                namesakes.append(run)
            run.append(mention)
    return tuple(RunningAction(tuple(run)) for run in found)


def _goes_on(run: Sequence[Mention], mention: Mention) -> bool:
    shared = any(one.children & mention.children for one in run)
    return shared and _is_same_matter(run[-1].action, mention.action)


_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 5
_COMMON_STEMS = frozenset(
    {"about", "after", "again", "arran", "befor", "begin", "book", "booke", "compl", "finis", "from", "give", "have"}
    | {"into", "make", "send", "start", "that", "this", "wheth", "with", "write", "writt"}
)
"""Beginnings of words that any two actions may share."""


def _is_same_matter(one: Action, other: Action) -> bool:
    """Whether two entries with one id speak of the same thing: people reword an action, and rarely change all of it."""
    if one.owner == other.owner and one.due_on and one.due_on == other.due_on:
        return True
    first, second = _words_of(one.what), _words_of(other.what)
    fewer = min(len(first), len(second))
    if fewer and len(first & second) / fewer > 1 / 3:
        return True
    return difflib.SequenceMatcher(None, one.what.casefold(), other.what.casefold()).ratio() > 0.6


def _words_of(text: str) -> frozenset[str]:
    return frozenset(found[0][:_STEM] for found in _WORD.finditer(text.casefold())) - _COMMON_STEMS


# As one meeting sees them


@dataclass(frozen=True, slots=True)
class CarriedAction:
    """An action as it stands at one meeting: as recorded last, when it was raised, and when it was done by then."""

    action: Action
    raised_on: dt.date
    done_on: dt.date | None
    state: ActionState


def list_running(case: Case, meeting: Meeting) -> tuple[CarriedAction, ...]:
    """Every action of a meeting, and every earlier one about its children that was not done by the meeting before.

    What any meeting up to this one recorded last is taken; an action that an earlier meeting left open stays, even
    where this meeting does not repeat it (requirement R003-15).
    """
    before = case.meetings_before(meeting)
    since = before[-1].starts_at.date() if before else dt.date.min
    day = meeting.starts_at.date()
    children = frozenset(child.id for child in case.meeting_children(meeting))
    rows = []
    for running in follow_actions(case):
        is_here = running.is_listed_at(meeting)
        # Another child's action is not for the readers of this meeting.
        mine = [
            one
            for one in running.mentions
            if one.children & children and (one.meeting.starts_at < meeting.starts_at or one.meeting.id == meeting.id)
        ]
        if not mine:
            continue
        action = find_latest(mine)
        done = action.done_on if action.done_on and action.done_on <= day else None
        if not is_here and done and done <= since:
            continue
        state = find_state(day, action.due_on, done)
        rows.append(CarriedAction(action, mine[0].meeting.starts_at.date(), done, state))
    return tuple(rows)


def find_unrepeated(running: Sequence[RunningAction], case: Case, meeting: Meeting) -> tuple[RunningAction, ...]:
    """Of all actions, those left open before a meeting about the same children, which it should list and does not."""
    children = frozenset(child.id for child in case.meeting_children(meeting))
    return tuple(one for one in running if _should_stand(one, meeting, children) and not one.is_listed_at(meeting))


def _should_stand(running: RunningAction, meeting: Meeting, children: frozenset[str]) -> bool:
    before = running.before(meeting)
    if not before or not before[-1].children & children:
        return False
    kinds = {one.meeting.kind for one in before}
    same = meeting.kind in kinds or (meeting.kind in PLANNING_KINDS and kinds & PLANNING_KINDS)
    done = before[-1].action.done_on
    return bool(same) and not (done and done < meeting.starts_at.date())
