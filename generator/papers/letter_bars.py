"""Why no letter may go to a parent."""

from __future__ import annotations

from generator.base.dates import speak
from generator.case.child import Child
from generator.case.person import Person, Relationship
from generator.case.words import Delivery, NotificationDecision, RelationshipKind

_FATHERS = frozenset({RelationshipKind.FATHER})


def find_letter_bar(person: Person, child: Child) -> str | None:
    """Why no letter about this child may go to this parent; None where one may.

    A father without parental responsibility gets a letter only where it was decided that he is told (AAR 2005 reg
    14(3), (4)); where it is not recorded whether he has parental responsibility, nothing is presumed. Letters follow
    reg 19 in going only where whereabouts are known.
    """
    name = person.name.full
    tie = person.is_to(child.id)
    if person.died_on:
        return f"{name} died on {speak(person.died_on)}."
    if tie and (told := _find_father_bar(tie, name)):
        return told
    if not person.whereabouts_known:
        return f"It is not known where {name} is."
    if not person.letters.send or person.letters.deliver is Delivery.NONE:
        return person.letters.why_not or f"The case file says that no letter is to go to {name}."
    if person.letters.lacks_capacity and not person.letters.advocate:
        return f"{name} lacks capacity in the proceedings, and no litigation friend or advocate is named."
    return None


def _find_father_bar(tie: Relationship, name: str) -> str | None:
    decision = tie.notification.decision if tie.notification else None
    if decision is NotificationDecision.DO_NOT_NOTIFY:
        return f"It was decided that {name} is not to be told."
    if decision is NotificationDecision.UNDECIDED:
        return f"It has not been decided whether {name} is to be told."
    if decision is None and tie.kind in _FATHERS and not tie.parental_responsibility:
        lacks = "does not have" if tie.parental_responsibility is False else "is not recorded to have"
        return f"{name} {lacks} parental responsibility, and it is not recorded whether he is to be told."
    return None
