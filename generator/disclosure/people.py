"""Protected values about people: names, addresses, telephone numbers, dates of birth."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.case.facts import Disclosure
from generator.case.person import Person
from generator.case.words import ADOPTER_KINDS
from generator.disclosure.folding import squash
from generator.disclosure.places import list_address, share
from generator.disclosure.protected import Certainty, FactPlace, Protected
from generator.disclosure.reader_knowledge import ReaderKnowledge, is_stranger
from generator.disclosure.spelling import (
    Spelling,
    SpellingFit,
    spell,
    spell_name,
    spell_number,
    spell_telephone,
    spell_word,
)


def list_people(reader: ReaderKnowledge) -> Iterator[Protected]:
    """Yield what is protected about everybody but the reader.

    Where the reader's paper is filed, other parties read it too, so what they may not see of the reader is included.
    """
    for number, person in enumerate(reader.case.people):
        mine = person.id == reader.own
        if mine and not reader.lens.filed:
            continue
        place = FactPlace(f"people.{person.id}", ("people", number))
        carer = person.is_carer and not reader.sees(Disclosure.CARER)
        secret = bool(person.address and person.address.confidential) and not reader.sees(Disclosure.PRIVATE)
        other = not reader.sees(Disclosure.PERSON) and not person.role and not mine
        if person in reader.hidden:
            yield from _name(reader, person, place)
        if person in reader.hidden or (other and not carer):
            yield from _reach(reader, person, place, _whose(person, reader.hidden))
        if person.letters.prison_number and not reader.sees(Disclosure.PRIVATE):
            spelled = tuple(spell_number(person.letters.prison_number))
            yield Protected("a prison number", *place.at("letters", "prison_number"), spelled)
        if person.private_telephone and not reader.sees(Disclosure.PRIVATE):
            what = "a private telephone number"
            yield _number(reader, what, person.private_telephone, place.at("private_telephone"))
        if carer and not is_stranger(person):
            yield from _reach(reader, person, place, "a carer’s", sure=secret)
        elif secret:
            yield from list_address(reader, "an address kept confidential", person, place)


def _name(reader: ReaderKnowledge, person: Person, place: FactPlace) -> Iterator[Protected]:
    what, here = f"{_whose(person, reader.hidden)} name", place.at("name")
    name, known = person.name, reader.known
    whole = squash(name.full)
    if whole in known.names and name.family:
        yield Protected(what, *here, (spell(name.full),), also=_namesake(reader, whole))
    yield Protected(what, *here, tuple(spell_name(name, known.names)))
    # Half of a double name gives a family away as the whole does.
    halves = name.family.split("-") if name.family and "-" in name.family else []
    yield from list_single_names(reader, [name.family, *halves], what, here)
    yield from list_single_names(reader, [*name.given.split()[:1], name.known_as], what, here, SpellingFit.FIRST_NAME)


def list_single_names(
    reader: ReaderKnowledge,
    names: Iterable[str | None],
    what: str,
    place: FactPlace,
    fit: SpellingFit = SpellingFit.NAME,
) -> Iterator[Protected]:
    """Yield first names or family names by themselves, without those that somebody whom the reader may know has too."""
    for name in filter(None, names):
        letters = squash(name)
        if letters not in reader.known.words:
            owned = not (letters.endswith("s") and letters[:-1] in reader.known.words)
            yield Protected(what, *place, tuple(spell_word(name, fit, owned=owned)), certainty=Certainty.LIKELY)


def _namesake(reader: ReaderKnowledge, whole: str) -> str:
    """Return the fact with the same name of somebody whom this reader may know."""
    known = [one for one in reader.case.people if one not in reader.hidden and squash(one.name.full) == whole]
    return f"people.{known[0].id}.name" if known else "another name in the case file"


def _reach(
    reader: ReaderKnowledge, person: Person, place: FactPlace, whose: str, *, sure: bool = True
) -> Iterator[Protected]:
    """Yield how somebody can be reached or recognised. Not `sure`, a match is only likely to be this person's."""
    for one in _list_ways(reader, person, place, whose):
        yield one if sure else replace(one, certainty=Certainty.LIKELY)


def _list_ways(reader: ReaderKnowledge, person: Person, place: FactPlace, whose: str) -> Iterator[Protected]:
    for key in ("telephone", "private_telephone"):
        if number := getattr(person, key):
            yield _number(reader, f"{whose} telephone number", number, place.at(key))
    if person.email:
        # As it is typed, and as it is said aloud.
        at_sign = person.email.replace("@", "at")
        spelled = tuple(Spelling(squash(one)) for one in (person.email, at_sign, at_sign.replace(".", "dot")))
        yield share(reader, Protected(f"{whose} e-mail address", *place.at("email"), spelled))
    if person.born_on and person.born_on not in _known_births(reader, person):
        yield Protected(f"{whose} date of birth", *place.at("born_on"), day=person.born_on)
    yield from list_address(reader, f"{whose} address", person, place)


def _known_births(reader: ReaderKnowledge, person: Person) -> set[dt.date]:
    """Return the birthdays that this reader may know: those of their children and their own."""
    births = {child.born_on for child in reader.case.children if child.id not in reader.strange}
    return births | {
        one.born_on for one in reader.case.people if one.id == reader.own and one.born_on and one is not person
    }


def _number(reader: ReaderKnowledge, what: str, number: str, place: FactPlace) -> Protected:
    return share(reader, Protected(what, *place, tuple(spell_telephone(number))), squash(number))


def _whose(person: Person, hidden: Iterable[Person]) -> str:
    if person.is_only_carer:
        adopts = any(tie.kind in ADOPTER_KINDS for tie in person.relationships)
        return "an adopter’s" if adopts else "a carer’s"
    if person.informant and not person.relationships:
        return "an informant’s"
    return "another family’s" if person in hidden else "another person’s"
