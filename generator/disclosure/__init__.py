"""Who may see what: the one place that answers it."""

from generator.disclosure.clearance import is_cleared
from generator.disclosure.lens import (
    AUDIENCES,
    CARER_WORDS,
    WHY,
    WITHHELD_ADDRESS,
    Audience,
    Lens,
    Withheld,
    kind_of,
    neutral_carer,
)
from generator.disclosure.listing import list_protected
from generator.disclosure.protected import Protected, Weight
from generator.disclosure.readers import find_guest, find_reader
from generator.disclosure.search import Find, Search, Strip, strip_of

__all__ = [
    "AUDIENCES",
    "CARER_WORDS",
    "WHY",
    "WITHHELD_ADDRESS",
    "Audience",
    "Find",
    "Lens",
    "Protected",
    "Search",
    "Strip",
    "Weight",
    "Withheld",
    "find_guest",
    "find_reader",
    "is_cleared",
    "kind_of",
    "list_protected",
    "neutral_carer",
    "strip_of",
]
