"""Procedures: what the law and an authority ask for, as rules that cite their source."""

from generator.procedure.limits import Floor, FloorKind, Limit, LimitKind
from generator.procedure.load import NATIONAL, list_procedures, load_procedure
from generator.procedure.model import (
    Chaired,
    Counts,
    Each,
    Guest,
    Happens,
    Holds,
    InOrder,
    Invites,
    Kind,
    Options,
    Procedure,
    Rule,
    Service,
    Written,
)

__all__ = [
    "NATIONAL",
    "Chaired",
    "Counts",
    "Each",
    "Floor",
    "FloorKind",
    "Guest",
    "Happens",
    "Holds",
    "InOrder",
    "Invites",
    "Kind",
    "Limit",
    "LimitKind",
    "Options",
    "Procedure",
    "Rule",
    "Service",
    "Written",
    "list_procedures",
    "load_procedure",
]
