"""Addresses that are kept back: lines, streets, postcodes and villages, as far as readers do not know them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.base.yaml.paths import Path_
from generator.case.person import Person
from generator.disclosure.folding import squash, words_of
from generator.disclosure.protected import Protected, Weight
from generator.disclosure.sight import Sight
from generator.disclosure.spelling import (
    STREETS,
    spell_line,
    spell_number,
    spell_phrase,
    spell_title,
    spell_word,
    street_of,
)


def share(sight: Sight, one: Protected, letters: str = "") -> Protected:
    """With the place where the same value stands as something known; without spellings where it is one's own."""
    letters = letters or (one.spellings[0].letters if one.spellings else "")
    if letters in sight.known.own:
        return replace(one, spellings=())
    return replace(one, also=sight.known.values.get(letters, ""))


def list_address(sight: Sight, what: str, person: Person, fact: str, at: Path_) -> Iterator[Protected]:
    """Each line with a number or the name of a house, the street by itself, the postcode, and the village."""
    address = person.address
    if address is None:
        return
    fact, path = f"{fact}.address", (*at, "address")
    for place, line in enumerate(address.lines):
        yield from list_line(
            sight, what, line, fact, (*path, "lines", place), first=place == 0 and len(address.lines) > 1
        )
    if address.postcode:
        spelled = tuple(spell_number(address.postcode))
        yield share(sight, Protected(what, fact, (*path, "postcode"), spelled))
    if person in sight.hidden:
        towns = [line for line in address.lines[1:] if not any(sign.isdigit() for sign in line)]
        yield from list_villages(sight, towns, what, fact, path)


def list_line(
    sight: Sight, what: str, line: str, fact: str, path: Path_, *, first: bool = False
) -> Iterator[Protected]:
    """One line of an address. `first` says that others follow, so that it may be the name of a house."""
    parts = [part.strip() for part in line.split(",") if part.strip()]
    for number, part in enumerate(parts):
        opens = first or (number == 0 and len(parts) > 1)
        has_number = any(sign.isdigit() for sign in part)
        if has_number and re.fullmatch(r"\D{0,10}\d+\s?[a-zA-Z]?", part):
            # A bare number of a house or flat is nobody's; with the part that follows it, it is an address.
            if number + 1 < len(parts):
                yield share(sight, Protected(what, fact, path, tuple(spell_line(f"{part} {parts[number + 1]}"))))
            continue
        is_street = not has_number and {*words_of(part)[-1:]} <= STREETS
        if has_number or (opens and " " in part and not _is_known_phrase(sight, part)):
            weight = Weight.LIKELY if is_street else Weight.SURE
            spelled = tuple(spell_line(part) if has_number or is_street else spell_title(part))
            yield share(sight, Protected(what, fact, path, spelled, weight=weight), squash(line))
        street = street_of(part) if has_number else None
        if street and not _is_known_phrase(sight, street):
            spelled = tuple(spell_line(street) if " " in street else spell_word(street))
            yield Protected(what, fact, path, spelled, weight=Weight.LIKELY)


def _is_known_phrase(sight: Sight, phrase: str) -> bool:
    """Whether a street or house stands in an address that this reader may see, or in words that send them there."""
    letters = squash(phrase)
    if " " not in phrase and letters in sight.known.words:
        return True
    return any(letters in value for value in sight.known.own | sight.known.places)


def list_villages(sight: Sight, names: Iterable[str], what: str, fact: str, path: Path_) -> Iterator[Protected]:
    """Villages and towns, as far as nobody whom the reader may know has to do with them."""
    for name in names:
        letters = squash(name)
        if letters not in sight.known.words and not {*words_of(name)} <= sight.known.words:
            yield Protected(what, fact, path, tuple(spell_phrase(name)), weight=Weight.LIKELY)
