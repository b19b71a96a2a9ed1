"""What is kept of people: who they are, how they can be reached, and when they were born."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.base.yaml.paths import Path_
from generator.case.facts import Disclosure
from generator.case.person import Person
from generator.case.words import ADOPTER_KINDS
from generator.disclosure.folding import squash
from generator.disclosure.naming import list_words
from generator.disclosure.places import list_address, share
from generator.disclosure.protected import Protected, Weight
from generator.disclosure.sight import Sight, is_stranger
from generator.disclosure.spelling import Fit, Spelling, spell, spell_name, spell_number, spell_telephone


def list_people(sight: Sight) -> Iterator[Protected]:
    """Everybody in the case but the reader, and of the reader what other parties must not see."""
    for number, person in enumerate(sight.case.people):
        # Their own letter may say all about them; other parties read the copy of it that is filed.
        mine = person.id == sight.own
        if mine and not sight.lens.filed:
            continue
        at: Path_ = ("people", number)
        fact = f"people.{person.id}"
        carer = person.is_carer and not sight.sees(Disclosure.CARER)
        secret = bool(person.address and person.address.confidential) and not sight.sees(Disclosure.PRIVATE)
        other = not sight.sees(Disclosure.PERSON) and not person.role and not mine
        if person in sight.hidden:
            yield from _name(sight, person, fact, at)
        if person in sight.hidden or (other and not carer):
            yield from _reach(sight, person, fact, at, _whose(person, sight.hidden))
        if person.letters.prison_number and not sight.sees(Disclosure.PRIVATE):
            spelled = tuple(spell_number(person.letters.prison_number))
            key = "prison_number"
            yield Protected("a prison number", f"{fact}.letters.{key}", (*at, "letters", key), spelled)
        if person.private_telephone and not sight.sees(Disclosure.PRIVATE):
            yield _number(sight, "a private telephone number", person.private_telephone, f"{fact}.private_telephone",
                               (*at, "private_telephone"))  # fmt: skip
        if carer and not is_stranger(person):
            yield from _reach(sight, person, fact, at, "a carer’s", sure=secret)
        elif secret:
            yield from list_address(sight, "an address kept confidential", person, fact, at)


def _name(sight: Sight, person: Person, fact: str, at: Path_) -> Iterator[Protected]:
    what = f"{_whose(person, sight.hidden)} name"
    name, known = person.name, sight.known
    whole = squash(name.full)
    place, path = f"{fact}.name", (*at, "name")
    spellings = tuple(spell_name(name, known.names))
    if whole in known.names and name.family:
        yield Protected(what, place, path, (spell(name.full),), also=_namesake(sight, whole))
    yield Protected(what, place, path, spellings)
    # Half of a double name is as good as the whole.
    halves = name.family.split("-") if name.family and "-" in name.family else []
    yield from list_words(sight, [name.family, *halves], what, place, path)
    yield from list_words(sight, [*name.given.split()[:1], name.known_as], what, place, path, Fit.FIRST_NAME)


def _namesake(sight: Sight, whole: str) -> str:
    """Where the case file holds the same name of somebody whom this reader may know."""
    known = [one for one in sight.case.people if one not in sight.hidden and squash(one.name.full) == whole]
    return f"people.{known[0].id}.name" if known else "another name in the case file"


def _reach(sight: Sight, person: Person, fact: str, at: Path_, whose: str, *, sure: bool = True) -> Iterator[Protected]:
    """How somebody can be reached or recognised: telephone, e-mail, address, date of birth."""
    weight = Weight.SURE if sure else Weight.LIKELY
    for key in ("telephone", "private_telephone"):
        if number := getattr(person, key):
            yield replace(
                _number(sight, f"{whose} telephone number", number, f"{fact}.{key}", (*at, key)), weight=weight
            )
    if person.email:
        # As it is typed, and as it is said aloud.
        at_sign = person.email.replace("@", "at")
        spelled = tuple(Spelling(squash(one)) for one in (person.email, at_sign, at_sign.replace(".", "dot")))
        yield share(
            sight, Protected(f"{whose} e-mail address", f"{fact}.email", (*at, "email"), spelled, weight=weight)
        )
    if person.born_on and person.born_on not in _known_births(sight, person):
        yield Protected(
            f"{whose} date of birth", f"{fact}.born_on", (*at, "born_on"), day=person.born_on, weight=weight
        )
    for one in list_address(sight, f"{whose} address", person, fact, at):
        yield one if sure else replace(one, weight=weight)


def _known_births(sight: Sight, person: Person) -> set[dt.date]:
    """Birthdays that this reader may know: those of their children and their own."""
    births = {child.born_on for child in sight.case.children if child.id not in sight.strange}
    return births | {
        one.born_on for one in sight.case.people if one.id == sight.own and one.born_on and one is not person
    }


def _number(sight: Sight, what: str, number: str, fact: str, path: Path_) -> Protected:
    return share(sight, Protected(what, fact, path, tuple(spell_telephone(number))), squash(number))


def _whose(person: Person, hidden: Iterable[Person]) -> str:
    if person.is_only_carer:
        adopts = any(tie.kind in ADOPTER_KINDS for tie in person.relationships)
        return "an adopter’s" if adopts else "a carer’s"
    if person.informant and not person.relationships:
        return "an informant’s"
    return "another family’s" if person in hidden else "another person’s"
