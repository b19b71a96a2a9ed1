"""Whether words that many people can read, such as the subject of an e-mail, give away a name or an address."""

from __future__ import annotations

import re

from generator.case.family import Case
from generator.case.person import Address
from generator.disclosure.protected import Protected
from generator.disclosure.search import Search, text_run
from generator.disclosure.spelling import spell, spell_line, spell_number

_SHORTEST = 2


def names_somebody(words: str, case: Case) -> bool:
    """Return whether part of anybody's name, or the initials of a child, stand in some words."""
    said = set(_split(words))
    children = [child.name for child in case.children]
    names = [*children, *(person.name for person in case.people)]
    known = {part for name in names for text in (name.given, name.family, name.known_as) for part in _split(text or "")}
    known |= {name.initials.casefold() for name in children}
    return bool(said & {part for part in known if len(part) >= _SHORTEST})


def _split(words: str) -> list[str]:
    return [part for part in re.split(r"[\W_]+", words.casefold()) if part]


def tells_address(words: str, case: Case) -> bool:
    """Return whether anybody's postcode, or a line of their address that is more than a town, stands in some words."""
    addresses = [person.address for person in case.people if person.address]
    return bool(Search(map(_protect_address, addresses)).look([text_run(words)]))


def _protect_address(address: Address) -> Protected:
    lines = [line for number, line in enumerate(address.lines) if number == 0 or any(map(str.isdigit, line))]
    spelled = {spelling for line in lines for spelling in (spell(line), *spell_line(line))}
    if address.postcode:
        spelled |= {spell(address.postcode), *spell_number(address.postcode)}
    return Protected("an address", "", (), tuple(one for one in spelled if one.letters))
