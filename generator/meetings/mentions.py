"""Whether words that many people can read name anybody of a case, or tell where they live."""

from __future__ import annotations

import re

from generator.case.family import Case

_SHORTEST = 2


def names_somebody(words: str, case: Case) -> bool:
    """Whether a name, or the initials of a child, stand in some words: for subjects of e-mails and shared diaries."""
    said = set(_split(words))
    children = [child.name for child in case.children]
    names = [*children, *(person.name for person in case.people)]
    known = {part for name in names for text in (name.given, name.family, name.known_as) for part in _split(text or "")}
    known |= {name.initials.casefold() for name in children}
    return bool(said & {part for part in known if len(part) >= _SHORTEST})


def tells_address(words: str, case: Case) -> bool:
    """Whether somebody's postcode, or a line of their address that is more than a town, stands in some words."""
    said = f" {' '.join(_split(words))} "
    lines = [
        line
        for person in case.people
        if person.address
        for number, line in enumerate(person.address.all_lines)
        if number == 0 or any(letter.isdigit() for letter in line)
    ]
    return any(f" {' '.join(_split(line))} " in said for line in lines if _split(line))


def _split(words: str) -> list[str]:
    return [part for part in re.split(r"[\W_]+", words.casefold()) if part]
