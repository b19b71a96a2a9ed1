"""The words of rules: events, worked-out facts, and the language of conditions, for one child on one day."""

from generator.terms.events import EVENTS, Event, find_occurrences, find_person, has_happened, role_of
from generator.terms.facts import FACTS, ROOTS, Fact, say_place
from generator.terms.language import Condition, ConditionError, read_condition, read_path
from generator.terms.view import NO_ITEM, Item, Occurrence, Unknown, View, unknown

__all__ = [
    "EVENTS",
    "FACTS",
    "NO_ITEM",
    "ROOTS",
    "Condition",
    "ConditionError",
    "Event",
    "Fact",
    "Item",
    "Occurrence",
    "Unknown",
    "View",
    "find_occurrences",
    "find_person",
    "has_happened",
    "read_condition",
    "read_path",
    "role_of",
    "say_place",
    "unknown",
]
