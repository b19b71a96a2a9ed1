"""What stands in papers in the place of names, homes and addresses that a reader may not know."""

from __future__ import annotations

import datetime as dt
from typing import overload

from generator.case.facts import Disclosure
from generator.case.person import Person, SiblingLife
from generator.case.planning import Placement
from generator.case.words import CARE_PLACEMENTS, FOSTER_PLACEMENTS, PlacementType
from generator.disclosure.lens import Lens

CARER_WORDS = "Local Authority foster carer"
"""What a reader who may not know the carer reads in place of the name."""
WITHHELD_ADDRESS = "Address kept confidential"


def is_nameless(person: Person, lens: Lens) -> bool:
    """Whether this reader may not know who this carer is."""
    return person.is_only_carer and not lens.sees(Disclosure.CARER)


@overload
def show_name(person: Person, lens: Lens) -> str: ...


@overload
def show_name(person: None, lens: Lens) -> None: ...


@overload
def show_name(person: Person | None, lens: Lens) -> str | None: ...


def show_name(person: Person | None, lens: Lens) -> str | None:
    """A person's full name, or the neutral words for a carer whom this reader may not know."""
    if person is None:
        return None
    return CARER_WORDS if is_nameless(person, lens) else person.name.full


def show_address(person: Person, lens: Lens) -> tuple[list[str], dt.date | None]:
    """The lines of an address and the day when it was last known to be right.

    No lines where this reader may not know where the person lives at all; one that says so where the address is kept
    confidential.
    """
    address = person.address
    if address is None or not lens.sees(Disclosure.PERSON, owner=person.id):
        return [], None
    own = lens.owns(person.id) and not lens.filed
    is_carers = person.is_carer and not lens.sees(Disclosure.CARER)
    if is_carers or (address.confidential and not own and not lens.sees(Disclosure.PRIVATE)):
        return [WITHHELD_ADDRESS], None
    return list(address.all_lines), address.known_on


def show_home(placement: Placement, carer: Person | None, lens: Lens) -> tuple[str | None, str | None]:
    """With whom a child lives or lived, and where; neutral words, and no place, where this reader may not know."""
    if placement.type in CARE_PLACEMENTS and not lens.sees(Disclosure.CARER):
        return neutral_carer(placement.type), None
    is_secret = carer is not None and carer.address is not None and carer.address.confidential
    is_told = not is_secret or lens.sees(Disclosure.PRIVATE)
    return show_name(carer, lens), placement.where if is_told else None


def neutral_carer(kind: PlacementType) -> str | None:
    """The neutral words for with whom a child lives; None where the kind of home already says what may be said."""
    return CARER_WORDS if kind in FOSTER_PLACEMENTS else None


def may_tell_of_sibling(life: SiblingLife, lens: Lens) -> bool:
    """Whether this reader may know the life of a brother or sister who is not in this case.

    Nothing about an adopted brother's or sister's family may stand in a paper that leaves the agency (form A50).
    """
    is_adopted = bool(life.adopted_on or life.adoptive_name)
    return lens.sees(Disclosure.SIBLING) and (not is_adopted or lens.sees(Disclosure.PRIVATE))
