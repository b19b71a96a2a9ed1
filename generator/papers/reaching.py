"""How a person may be reached: by e-mail, with or without a known address, or in another way that they prefer."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.case.person import Person
from generator.case.words import Delivery, say_words

_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}"
)
"""One plain address. Whatever else stands under `email` is not used: two addresses are one too many."""


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody is reached: by e-mail, at `address` where it is known, or as `instead` says."""

    by_mail: bool
    address: str | None = None
    instead: str = ""


def find_way(person: Person) -> Way:
    """How to reach somebody with a paper.

    Professionals are written to by e-mail. Of family it must be written that they want their letters so; carers are
    asked by e-mail unless the case file says another way.
    """
    letters = person.letters
    if person.died_on or not person.whereabouts_known or not letters.send or letters.deliver is Delivery.NONE:
        return Way(by_mail=False, instead="to nobody: the case file says that nothing may go to this person")
    said = "deliver" in letters.model_fields_set
    is_family = not person.role and not person.is_only_carer
    if letters.deliver is not Delivery.EMAIL and (is_family or (said and not person.role)):
        return Way(by_mail=False, instead=say_words(letters.deliver.value))
    return Way(by_mail=True, address=read_address(person.email))


def read_address(text: str | None) -> str | None:
    """The e-mail address that a text is, where it is just one."""
    return text if text and len(text) <= 254 and _ADDRESS.fullmatch(text) else None
