"""The words of the cover, from the case file."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.case.court import Hearing
from generator.case.family import Case
from generator.case.questions import find_next_hearing, list_children_in_court, list_hearings

_CHILDREN_ACT = "In the matter of the Children Act 1989"
_ADOPTION_ACT = "In the matter of the Adoption and Children Act 2002"


@dataclass(frozen=True, slots=True)
class CoverParty:
    """One party as the cover names them."""

    name: str
    capacity: str
    represented_by: str = ""
    counsel: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """The words of the cover. What is empty is left out, never guessed."""

    court: str
    case_number: str
    matters: tuple[str, ...]
    children: tuple[str, ...]
    parties: tuple[CoverParty, ...]
    hearing: str
    prepared_on: dt.date
    hearing_at: dt.datetime | None = None
    place: str = ""
    judge: str = ""
    title: str = "Court bundle"


def find_hearing(case: Case, on: dt.date) -> Hearing | None:
    """The hearing that a bundle is for: the next from a day on, else the last before it; None where none is listed."""
    return find_next_hearing(case, on) or next(reversed(list_hearings(case)), None)


def write_cover(case: Case, on: dt.date) -> Cover:
    """The words of the cover of a bundle that is prepared on this day. What the case file does not say is left out."""
    court = case.court
    hearing = find_hearing(case, on)
    return Cover(
        court=court.name if court else "",
        case_number=(court.case_number or "") if court else "",
        matters=(_CHILDREN_ACT, _ADOPTION_ACT) if _plans_adoption(case) else (_CHILDREN_ACT,),
        children=tuple(child.name.full for child in list_children_in_court(case)),
        parties=tuple(
            CoverParty(party.name, party.capacity, party.represented_by or "", party.counsel or "")
            for party in (court.parties if court else ())
        ),
        hearing=hearing.kind.words if hearing else "",
        prepared_on=on,
        hearing_at=hearing.at if hearing else None,
        place=(hearing.place or "") if hearing else "",
        judge=(hearing.judge or (court.judge if court else None) or "") if hearing else "",
    )


def _plans_adoption(case: Case) -> bool:
    before_court = {child.id for child in list_children_in_court(case)}
    plans = (plan for plan in case.plans if plan.child in before_court)
    return any("adoption" in {plan.primary.value, *(kind.value for kind in plan.parallel)} for plan in plans)
