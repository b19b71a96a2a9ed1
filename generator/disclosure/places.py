"""Protected addresses: lines, streets, postcodes and villages that the reader does not know anyway."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.case.person import Person
from generator.disclosure.folding import squash, words_of
from generator.disclosure.protected import Certainty, FactPlace, Protected
from generator.disclosure.reader_knowledge import ReaderKnowledge
from generator.disclosure.spelling import (
    STREETS,
    spell_line,
    spell_number,
    spell_phrase,
    spell_title,
    spell_word,
    street_of,
)


def share(reader: ReaderKnowledge, one: Protected, letters: str = "") -> Protected:
    """Return the value with `also` set where the reader may know the same value of somebody else.

    A value that is the reader's own is returned without spellings, so that it is never found.
    """
    letters = letters or (one.spellings[0].letters if one.spellings else "")
    if letters in reader.known.own:
        return replace(one, spellings=())
    return replace(one, also=reader.known.values.get(letters, ""))


def list_address(reader: ReaderKnowledge, what: str, person: Person, place: FactPlace) -> Iterator[Protected]:
    """Yield each line with a number or the name of a house, each street by itself, the postcode and the village."""
    address = person.address
    if address is None:
        return
    place = place.at("address")
    for number, line in enumerate(address.lines):
        opens = number == 0 and len(address.lines) > 1
        yield from list_line(reader, what, line, place.part("lines", number), first=opens)
    if address.postcode:
        yield share(reader, Protected(what, *place.part("postcode"), tuple(spell_number(address.postcode))))
    if person in reader.hidden:
        towns = [line for line in address.lines[1:] if not any(sign.isdigit() for sign in line)]
        yield from list_villages(reader, towns, what, place)


def list_line(
    reader: ReaderKnowledge, what: str, line: str, place: FactPlace, *, first: bool = False
) -> Iterator[Protected]:
    """Yield what is protected in one line of an address. `first` means that others follow: it may name a house."""
    parts = [part.strip() for part in line.split(",") if part.strip()]
    for number, part in enumerate(parts):
        opens = first or (number == 0 and len(parts) > 1)
        has_number = any(sign.isdigit() for sign in part)
        if has_number and re.fullmatch(r"\D{0,10}\d+\s?[a-zA-Z]?", part):
            # The bare number of a house or flat tells nothing; with the part that follows it, it is an address.
            if number + 1 < len(parts):
                yield share(reader, Protected(what, *place, tuple(spell_line(f"{part} {parts[number + 1]}"))))
            continue
        is_street = not has_number and {*words_of(part)[-1:]} <= STREETS
        if has_number or (opens and " " in part and not _is_known_phrase(reader, part)):
            certainty = Certainty.LIKELY if is_street else Certainty.SURE
            spelled = tuple(spell_line(part) if has_number or is_street else spell_title(part))
            yield share(reader, Protected(what, *place, spelled, certainty=certainty), squash(line))
        street = street_of(part) if has_number else None
        if street and not _is_known_phrase(reader, street):
            spelled = tuple(spell_line(street) if " " in street else spell_word(street))
            yield Protected(what, *place, spelled, certainty=Certainty.LIKELY)


def _is_known_phrase(reader: ReaderKnowledge, phrase: str) -> bool:
    """Return whether the reader may see an address with this street or house, or is sent there."""
    letters = squash(phrase)
    if " " not in phrase and letters in reader.known.words:
        return True
    return any(letters in value for value in reader.known.own | reader.known.places)


def list_villages(reader: ReaderKnowledge, names: Iterable[str], what: str, place: FactPlace) -> Iterator[Protected]:
    """Yield villages and towns, without those that the reader knows of somebody else."""
    for name in names:
        letters = squash(name)
        if letters not in reader.known.words and not {*words_of(name)} <= reader.known.words:
            yield Protected(what, *place, tuple(spell_phrase(name)), certainty=Certainty.LIKELY)
