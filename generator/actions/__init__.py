"""Actions as they run on from meeting to meeting until they are done, and those that were lost on the way."""

from generator.actions.following import CarriedAction, RunningAction, find_unrepeated, follow_actions, list_running
from generator.actions.record import ActionEntry, ActionsRecord, Change, Remark, State, record_actions

__all__ = [
    "ActionEntry",
    "ActionsRecord",
    "CarriedAction",
    "Change",
    "Remark",
    "RunningAction",
    "State",
    "find_unrepeated",
    "follow_actions",
    "list_running",
    "record_actions",
]
