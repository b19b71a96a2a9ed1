"""Read who belongs where in a family, as far as the file says, and describe it in words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.base.dates import format_date
from generator.base.english import capitalise
from generator.case.words import CARER_KINDS, RelationshipKind, describe_word
from generator.disclosure.lens import seen
from generator.papers.pictures.kit import clean

NOT_NAMED = "not named here"
# Who looks after a child is never drawn, nor who is no relative.
_LEFT_OUT = CARER_KINDS | {
    RelationshipKind.SPECIAL_GUARDIAN,
    RelationshipKind.GUARDIAN,
    RelationshipKind.FAMILY_FRIEND,
}
_FEMALE = re.compile(r"(grand|great-grand|second |half-|step-)?(mother|sister)|aunt")
_MALE = re.compile(r"(grand|great-grand|half-|step-)?(father|brother)|uncle")
_SIDES = (("matern", 0), ("mother", 0), ("patern", 1), ("father", 1))


@dataclass(frozen=True, slots=True)
class Relative:
    """One symbol of the tree."""

    name: str
    kinship: str
    sex: str
    born_on: dt.date | None = None
    died_on: dt.date | None = None
    adopted: bool = False


@dataclass(slots=True)
class Side:
    """The relatives through one parent. `half` are the child's brothers and sisters through this parent alone."""

    parents: list[Relative] = field(default_factory=list)
    aunts: list[Relative] = field(default_factory=list)
    grandparents: list[Relative] = field(default_factory=list)
    great_grandparents: list[Relative] = field(default_factory=list)
    cousins: list[Relative] = field(default_factory=list)
    half: list[Relative] = field(default_factory=list)

    @property
    def is_known(self) -> bool:
        """Whether anyone here needs a parent to be linked through."""
        return any((self.aunts, self.grandparents, self.great_grandparents, self.cousins, self.half))


@dataclass(slots=True)
class Family:
    """A child's family. `unsure` are half-siblings through an unnamed parent; `apart` have no known link.

    `couple` says what one mother and one father are to each other, as a code of the case file, or is empty.
    """

    child: Relative
    couple: str = ""
    maternal: Side = field(default_factory=Side)
    paternal: Side = field(default_factory=Side)
    siblings: list[Relative] = field(default_factory=list)
    unsure: list[Relative] = field(default_factory=list)
    apart: list[Relative] = field(default_factory=list)

    @property
    def people(self) -> Iterator[Relative]:
        """Everyone in the tree."""
        for side in self.sides:
            yield from (*side.parents, *side.aunts, *side.grandparents, *side.great_grandparents)
            yield from (*side.cousins, *side.half)
        yield from (*self.siblings, *self.unsure, *self.apart)

    @property
    def sides(self) -> tuple[Side, Side]:
        """The mother's side, which is drawn on the left, and the father's."""
        return self.maternal, self.paternal


def read_family(child: Mapping[str, Any]) -> Family:
    """Read the family in what `show_child` gives: each relative once, brothers and sisters oldest first."""
    family = Family(_read_relative(child, ""))
    read: set[str] = set()
    mothers = []
    for person in (*(seen(child.get("parents")) or ()), *(seen(child.get("family")) or ())):
        code = _read_text(person, "relationship_code")
        relative = _read_relative(person, _read_text(person, "relationship") or code.replace("_", " ") or "relative")
        key = _read_text(person, "id") or f"{relative.name}, {code}"
        if code in _LEFT_OUT or key in read or not relative.name:
            continue
        read.add(key)
        if code in ("mother", "second_mother"):
            mothers.append(relative)
        else:
            _find_place(family, code, _read_text(person, "side")).append(relative)
    # The first mother stands on the left; a second one stands where a father would.
    family.maternal.parents = mothers[:1]
    family.paternal.parents[:0] = mothers[1:]
    if len(family.maternal.parents) == len(family.paternal.parents) == 1:
        family.couple = _read_text(child, "parents_are_code")
    _read_siblings(family, child)
    for side, kinship, sex in zip(family.sides, ("mother", "father"), ("female", "male"), strict=True):
        if side.is_known and not side.parents:
            side.parents.append(Relative(NOT_NAMED, kinship, sex))
        for group in (side.aunts, side.cousins, side.half):
            group.sort(key=_seniority)
    for group in (family.siblings, family.unsure):
        group.sort(key=_seniority)
    return family


def _read_siblings(family: Family, child: Mapping[str, Any]) -> None:
    family.siblings.append(family.child)
    for person in child.get("brothers_and_sisters") or ():
        relative = _read_relative(person, _read_text(person, "relationship") or "brother or sister")
        number = _read_side(_read_text(person, "side"))
        if not relative.name:
            continue
        if not relative.kinship.startswith("half"):
            family.siblings.append(relative)
        elif number is None:
            family.unsure.append(relative)
        else:
            family.sides[number].half.append(relative)


def _find_place(family: Family, code: str, side: str) -> list[Relative]:
    if code == "father":
        return family.paternal.parents
    number = _read_side(side)
    if number is None:
        return family.apart
    through = family.sides[number]
    places = {
        "great_grandparent": through.great_grandparents,
        "grandmother": through.grandparents,
        "grandfather": through.grandparents,
        "aunt": through.aunts,
        "uncle": through.aunts,
        "cousin": through.cousins,
    }
    return places.get(code, family.apart)


def _read_side(side: str) -> int | None:
    found = {number for word, number in _SIDES if word in side.lower()}
    return found.pop() if len(found) == 1 else None


def _read_relative(person: Mapping[str, Any], kinship: str) -> Relative:
    born_on, died_on = person.get("born_on"), person.get("died_on")
    sex = _read_text(person, "sex").lower()
    if sex not in ("male", "female"):
        sex = "female" if _FEMALE.fullmatch(kinship) else "male" if _MALE.fullmatch(kinship) else ""
    return Relative(
        _read_text(person, "full_name"),
        kinship,
        sex,
        born_on if isinstance(born_on, dt.date) else None,
        died_on if isinstance(died_on, dt.date) else None,
        person.get("adopted") is True,
    )


def _read_text(person: Mapping[str, Any], key: str) -> str:
    """A text in one line; empty where there is none, and where this reader may not see it."""
    value = person.get(key)
    return clean(value) if isinstance(value, str) else ""


def _seniority(relative: Relative) -> dt.date:
    return relative.born_on or dt.date.max


def describe_family(family: Family) -> str:
    """The tree in words: one sentence for each relative."""
    said = [*_describe_relatives(family)]
    child = f"Family tree of {family.child.name or 'the child'}{_describe_life(family.child)}."
    return " ".join([child, *(said or ["No relatives are shown."])])


def _describe_relatives(family: Family) -> Iterator[str]:
    for side in family.sides:
        several = f" (one of {len(side.parents)} named)" if len(side.parents) > 1 else ""
        yield from (_describe_relative(parent, several) for parent in side.parents)
    if family.couple:
        yield f"Mother and father: {describe_word(family.couple)}."
    for relative in family.siblings:
        if relative is not family.child:
            yield _describe_relative(relative)
    for side, parent in zip(family.sides, ("mother", "father"), strict=True):
        yield from (_describe_relative(relative, f" through the {parent}") for relative in side.half)
    yield from (_describe_relative(one, " (the file does not say through which parent)") for one in family.unsure)
    for side, parent in zip(family.sides, ("mother", "father"), strict=True):
        for relative in (*side.grandparents, *side.great_grandparents, *side.aunts, *side.cousins):
            yield _describe_relative(relative, f" on the {parent}’s side")
    yield from (_describe_relative(one, " (the file does not say through whom)") for one in family.apart)


def _describe_relative(relative: Relative, through: str = "") -> str:
    return f"{capitalise(relative.kinship)}{through}: {relative.name}{_describe_life(relative)}."


def _describe_life(relative: Relative) -> str:
    born = f", born {format_date(relative.born_on)}" if relative.born_on else ""
    died = f", died {format_date(relative.died_on)}" if relative.died_on else ""
    return f"{born}{died}{', adopted' if relative.adopted else ''}"
