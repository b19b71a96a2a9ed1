"""The case file: what may be known about a family, as frozen models."""

from generator.case.child import Child
from generator.case.court import Court, Direction, Evidence, Hearing
from generator.case.decision import AdmDecision
from generator.case.facts import Disclosure, Facts
from generator.case.family import Authority, Case
from generator.case.iro import IroView
from generator.case.load import LoadedCase, load_case
from generator.case.meeting import Action, Meeting, Review
from generator.case.person import Name, Person, Relationship
from generator.case.planning import Option, Order, Placement, Plan
from generator.case.report import PermanenceReport
from generator.case.words import say_words

__all__ = [
    "Action",
    "AdmDecision",
    "Authority",
    "Case",
    "Child",
    "Court",
    "Direction",
    "Disclosure",
    "Evidence",
    "Facts",
    "Hearing",
    "IroView",
    "LoadedCase",
    "Meeting",
    "Name",
    "Option",
    "Order",
    "PermanenceReport",
    "Person",
    "Placement",
    "Plan",
    "Relationship",
    "Review",
    "load_case",
    "say_words",
]
