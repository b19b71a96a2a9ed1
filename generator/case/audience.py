"""The one table of audiences: who papers are made for, which kinds of fact each may see, and what else differs."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Self

from generator.case.facts import Disclosure

_EVERYONE = frozenset({Disclosure.OPEN, Disclosure.CHILD})
_COURT = _EVERYONE | {
    Disclosure.PERSON, Disclosure.HEALTH, Disclosure.SIBLING, Disclosure.PLANNING, Disclosure.EVIDENCE,
    Disclosure.OUTCOME,
}  # fmt: skip
_PROFESSIONALS = _COURT | {Disclosure.CARER}
_AGENCY = _PROFESSIONALS | {Disclosure.PRIVATE, Disclosure.WORKING}


@dataclass(frozen=True, slots=True)
class _AudienceRow:
    """What is particular to one audience, as `Audience` explains it."""

    sees: frozenset[Disclosure]
    handling: str = "Confidential"
    is_agency: bool = False
    is_family: bool = False
    reads_bundle: bool = False


class Audience(StrEnum):
    """For whom a paper is made. Every paper has exactly one. A new audience is one more row here.

    `sees` is the allow-list: a kind of fact that is not in it is kept back. `handling` stands at the foot of each page.
    `is_agency` is the authority itself; nobody else is a guest of its meetings. In `is_family` each reader is one
    person, named by id, who also sees what is kept about themselves. `reads_bundle` says who reads the court bundle.
    """

    COURT = "court", _AudienceRow(_COURT, reads_bundle=True)
    PARENT = "parent", _AudienceRow(_EVERYONE | {Disclosure.OUTCOME}, is_family=True)
    PROFESSIONALS = "professionals", _AudienceRow(_PROFESSIONALS, "Confidential: for those it is addressed to")
    INTERNAL = "internal", _AudienceRow(_AGENCY, "Confidential: for the authority’s own use", is_agency=True)
    PRIVILEGED = (
        "privileged",
        _AudienceRow(
            _AGENCY | {Disclosure.ADVICE}, "Legally privileged: not to be circulated or filed", is_agency=True
        ),
    )
    MATCHING = "matching", _AudienceRow(_EVERYONE | {Disclosure.HEALTH, Disclosure.EVIDENCE})

    _value_: str
    sees: frozenset[Disclosure]
    handling: str
    is_agency: bool
    is_family: bool
    reads_bundle: bool

    def __new__(cls, name: str, row: _AudienceRow = _AudienceRow(frozenset())) -> Self:
        """A member whose value is its name, with what its row says of it."""
        member = str.__new__(cls, name)
        member._value_ = name
        for one in fields(row):
            setattr(member, one.name, getattr(row, one.name))
        return member

    @property
    def sees_everything(self) -> bool:
        """Whether nothing at all is kept from these readers."""
        return self.sees == frozenset(Disclosure)

    @property
    def is_privileged(self) -> bool:
        """Whether these readers see legal advice: what is made for them is neither circulated nor filed."""
        return Disclosure.ADVICE in self.sees

    @property
    def may_be_guest(self) -> bool:
        """Whether somebody invited to a meeting may read as this audience does: all but the authority itself."""
        return not self.is_agency
