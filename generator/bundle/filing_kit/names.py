"""Names for files: short, plain, each used once, and never a child's."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from generator.base.english import capitalise
from generator.bundle.papers import BundlePaper, PlacedPaper

_UNNAMED = "Document"
_LATIN = re.compile(r"LATIN (?:SMALL|CAPITAL) (?:LETTER|LIGATURE) ([A-Z]{1,2})(?: WITH .*)?")
# Letters that Unicode names by their sound.
_OTHERS = str.maketrans({"ß": "ss", "ẞ": "ss", "þ": "th", "Þ": "th", "ð": "d", "Ð": "d", "ŋ": "ng", "ı": "i", "ə": "e"})


def split_words(text: str) -> list[str]:
    """The words of a text in small ASCII letters and digits; none where a letter has no such form (Cyrillic)."""
    said: list[str] = []
    for letter in unicodedata.normalize("NFKD", text.translate(_OTHERS)):
        if letter.isascii():
            said.append(letter if letter.isalnum() else "" if letter == "'" else " ")
        elif found := _LATIN.fullmatch(unicodedata.name(letter, "")):
            said.append(found[1])
        elif letter in "\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}":
            continue
        elif unicodedata.category(letter)[0] in "LN":
            return []
        elif unicodedata.category(letter)[0] != "M":
            said.append(" ")
    return "".join(said).lower().split()


def name_papers(papers: Sequence[PlacedPaper], children: Sequence[str], rooms: Sequence[int]) -> tuple[str, ...]:
    """The name of each paper's file without its ending, as the portal asks: document-type-party-name-role.

    `rooms` says for each paper how long its name may be.

    Names that would be the same, whatever the capitals, end with the paper's first page. The title says too much to be
    part of a name, and a party's name is left out where it is a child's or cannot be written in plain letters.
    """
    known = [words for child in children if (words := split_words(child))]
    plain = [_choose(_propose(one.paper, known), room) for one, room in zip(papers, rooms, strict=True)]
    uses = Counter(map(str.lower, plain))
    taken: set[str] = set()
    names = []
    for placed, name, room in zip(papers, plain, rooms, strict=True):
        chosen = name
        if uses[name.lower()] > 1:
            ending = f"-{''.join(split_words(placed.first_label)).upper()}"
            chosen = _choose(_propose(placed.paper, known), room - len(ending)) + ending
        number = 1
        unique = chosen
        while unique.lower() in taken:
            number += 1
            unique = add_ending(chosen, f"-{number}", room)
        taken.add(unique.lower())
        names.append(unique)
    return tuple(names)


def name_bundle(stem: str, children: Sequence[str], longest: int) -> str:
    """The bundle's own name as far as it is safe: ASCII, no child, no longer than allowed."""
    words = split_words(stem)
    if not words or any(_is_about(words, child) for child in map(split_words, children)):
        return "court-bundle"
    safe = re.sub("[^A-Za-z0-9]+", "-", stem if stem.isascii() else "-".join(words)).strip("-")
    return _shorten(safe, longest)


def add_ending(name: str, ending: str, longest: int) -> str:
    """The name with an ending (-part-1-of-3), the name cut where both together are too long."""
    return _shorten(name, longest - len(ending)) + ending


def _propose(paper: BundlePaper, children: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    """Names of falling length, as words: a whole name says more than a role, and a role more than half a name."""
    # What comes after a comma or in brackets says the same again: First Respondent, mother.
    kind, name = split_words(paper.sort), split_words(paper.made_by)
    role = split_words(re.split("[,;(]", paper.role)[0])
    for child in children:
        for part in (name, role, kind):
            if _is_about(part, child):
                part.clear()
        # A name may also come together from two parts: Leanne Hale, mother of Rowan.
        for part in (name, role):
            if _is_about([*kind, *name, *role], child):
                part.clear()
    kind = kind or [_UNNAMED]
    # "Guardian's analysis, guardian" says the role twice, "Local authority, local authority" everything.
    if " ".join(role) == " ".join(name):
        role = []
    yield [*kind, *name, *role]
    yield [*kind, *name]
    yield [*kind, *role]
    yield kind


def _choose(proposals: Iterator[list[str]], longest: int) -> str:
    name = ""
    for words in proposals:
        name = "-".join(words)
        if len(name) <= longest:
            break
    name = _shorten(name, longest)
    return capitalise(name)


def _shorten(name: str, longest: int) -> str:
    """Cut at a hyphen where there is one."""
    if len(name) <= longest:
        return name
    cut = name[: longest + 1].rpartition("-")[0] or name[:longest]
    return cut.rstrip("-")


def _is_about(words: Sequence[str], child: Sequence[str]) -> bool:
    """Whether words hold a child's first and last name, in any order and with anything between."""
    return bool(child) and {child[0], child[-1]} <= set(words)
