"""Protected values in the text of a finished file: which are there, and where."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from generator.disclosure.dates import read_dates
from generator.disclosure.folding import Folded
from generator.disclosure.protected import Protected
from generator.disclosure.spelling import Fit, Spelling, has_capital

_PLACES = 5
"""How many places of one value are told: enough to find them all by hand."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A part of a file whose pieces of text follow each other: (where, text), such as a paragraph or a page."""

    pieces: tuple[tuple[str, str], ...]


def strip_of(text: str) -> Strip:
    """One text by itself, whose place goes without saying."""
    return Strip((("", text),))


@dataclass(frozen=True, slots=True)
class Find:
    """A protected value that stands in a file, and where there. The value itself is not repeated."""

    protected: Protected
    where: str


class Search:
    """Everything that is kept from one reader, ready to be looked for in many files."""

    def __init__(self, protected: Iterable[Protected]) -> None:
        self._spellings: dict[str, list[tuple[Protected, Spelling]]] = {}
        self._days: dict[dt.date, list[Protected]] = {}
        for one in protected:
            for spelling in one.spellings:
                self._spellings.setdefault(spelling.letters, []).append((one, spelling))
            if one.day:
                self._days.setdefault(one.day, []).append(one)

    def look(self, strips: Iterable[Strip]) -> tuple[Find, ...]:
        """Every protected value in these parts of a file, each place once, in the order of the list of what is kept."""
        found: dict[tuple[str, str], Find] = {}
        places: dict[str, int] = {}
        for strip in strips:
            for protected, where in (*self._look_for_letters(strip), *self._look_for_days(strip)):
                fact = protected.fact
                # What was found on a page need not be told again where it is read together with the next.
                known = (fact, where) in found or (fact, where.partition(" to ")[0]) in found
                if not known and places.get(fact, 0) < _PLACES:
                    places[fact] = places.get(fact, 0) + 1
                    found[fact, where] = Find(protected, where)
        return tuple(found.values())

    def _look_for_letters(self, strip: Strip) -> Iterator[tuple[Protected, str]]:
        folded = Folded([text for _, text in strip.pieces])
        for letters, wanted in self._spellings.items():
            start = folded.text.find(letters)
            while start >= 0:
                for protected, spelling in wanted:
                    if _fits(folded, start, spelling) and not _is_inside(folded, start, letters, protected.inside):
                        yield protected, strip.pieces[folded.piece_at(start)][0]
                start = folded.text.find(letters, start + 1)

    def _look_for_days(self, strip: Strip) -> Iterator[tuple[Protected, str]]:
        if not self._days:
            return
        for where, text in strip.pieces:
            for _, day in read_dates(text):
                for protected in self._days.get(day, ()):
                    yield protected, where


def _fits(folded: Folded, start: int, spelling: Spelling) -> bool:
    end = start + len(spelling.letters)
    if not (folded.starts_word(start) and folded.ends_word(end)):
        return False
    if spelling.words is not None and not folded.breaks_well(start, end, spelling.words):
        return False
    if not spelling.owned and folded.is_owned(end):
        return False
    if spelling.fit is Fit.ANY:
        return True
    if spelling.fit is Fit.TITLE:
        openings = list(_openings(folded, start, spelling))
        return all(has_capital(piece, place, in_addresses=True) for piece, place in openings) and not any(
            _PARTED.search(piece[place:after])
            for (piece, place), (other, after) in pairwise(openings)
            if piece is other
        )
    piece, place = folded.original(start + spelling.capital)
    if not has_capital(piece, place, in_addresses=spelling.fit in (Fit.NAME, Fit.FIRST_NAME)):
        return False
    if spelling.fit is Fit.FIRST_NAME:
        piece, place = folded.original(end - 1)
        return not _OTHER_NAME.match(piece, place + 1)
    if spelling.fit is not Fit.SURE_NAME:
        return True
    # An everyday word that is a name too: not at the start of a sentence, not in a line of capitals, and not the King.
    after = piece[place + 1 : place + 2]
    before = piece[max(place - 8, 0) : place]
    return not folded.opens_sentence(start) and not after.isupper() and not _THE.search(before)


def _openings(folded: Folded, start: int, spelling: Spelling) -> Iterator[tuple[str, int]]:
    """Where each word of a spelling begins, but for small words, which titles write small."""
    for begins in (0, *sorted(spelling.words or ())):
        ends = min((end for end in spelling.words or () if end > begins), default=0)
        if ends and spelling.letters[begins:ends] not in _SMALL:
            yield folded.original(start + begins)


_THE = re.compile(r"\bthe\s+$", re.IGNORECASE)
_PARTED = re.compile(
    r"\w(?<!\b\w)(?<!\bmr)(?<!\bmrs)(?<!\bms)(?<!\bmx)(?<!\bmiss)(?<!\bdr)[.!?]['’\"”)]*\s|\w[;:]\s", re.IGNORECASE
)
"""A sentence ends here, and no initial or title: with grace. May we ask."""
_SMALL = frozenset({"a", "and", "at", "by", "in", "of", "on", "the"})
_OTHER_NAME = re.compile(r" [A-Z][a-z]")


def _is_inside(folded: Folded, start: int, letters: str, names: Iterable[str]) -> bool:
    """Whether the letters here are part of a longer name."""
    for name in names:
        offset = name.find(letters)
        begins = start - offset
        if offset >= 0 and begins >= 0 and folded.text.startswith(name, begins):
            return folded.starts_word(begins) and folded.ends_word(begins + len(name))
    return False
