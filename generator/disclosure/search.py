"""Search the text of a finished file for protected values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from generator.disclosure.dates import read_dates
from generator.disclosure.folding import Folded
from generator.disclosure.protected import Protected
from generator.disclosure.spelling import Spelling, SpellingFit, has_capital

_PLACES = 5
"""How many places of one value are reported: enough to find the others by hand."""


@dataclass(frozen=True, slots=True)
class TextRun:
    """Pieces of text that follow each other in a file, such as the lines of a page, each as (where, text)."""

    pieces: tuple[tuple[str, str], ...]


def text_run(text: str) -> TextRun:
    """Return a run of one text, without a place."""
    return TextRun((("", text),))


@dataclass(frozen=True, slots=True)
class Leak:
    """A protected value found in a file, and where. The value itself is not repeated."""

    protected: Protected
    where: str


class Search:
    """All protected values of one reader, indexed so that many files can be searched for them."""

    def __init__(self, protected: Iterable[Protected]) -> None:
        self._spellings: dict[str, list[tuple[Protected, Spelling]]] = {}
        self._days: dict[dt.date, list[Protected]] = {}
        for one in protected:
            for spelling in one.spellings:
                self._spellings.setdefault(spelling.letters, []).append((one, spelling))
            if one.day:
                self._days.setdefault(one.day, []).append(one)

    def look(self, runs: Iterable[TextRun]) -> tuple[Leak, ...]:
        """Return the protected values in these parts of a file: each place once, at most five places for each value."""
        found: dict[tuple[str, str], Leak] = {}
        places: dict[str, int] = {}
        for run in runs:
            for protected, where in (*self._look_for_letters(run), *self._look_for_days(run)):
                fact = protected.fact
                # A page is also searched together with the next one ("page 3 to 4"), for what runs over its end.
                known = (fact, where) in found or (fact, where.partition(" to ")[0]) in found
                if not known and places.get(fact, 0) < _PLACES:
                    places[fact] = places.get(fact, 0) + 1
                    found[fact, where] = Leak(protected, where)
        return tuple(found.values())

    def _look_for_letters(self, run: TextRun) -> Iterator[tuple[Protected, str]]:
        folded = Folded([text for _, text in run.pieces])
        for letters, wanted in self._spellings.items():
            start = folded.text.find(letters)
            while start >= 0:
                for protected, spelling in wanted:
                    if _fits(folded, start, spelling) and not _is_inside(folded, start, letters, protected.inside):
                        yield protected, run.pieces[folded.piece_at(start)][0]
                start = folded.text.find(letters, start + 1)

    def _look_for_days(self, run: TextRun) -> Iterator[tuple[Protected, str]]:
        if not self._days:
            return
        for where, text in run.pieces:
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
    if spelling.fit is SpellingFit.ANY:
        return True
    if spelling.fit is SpellingFit.TITLE:
        openings = list(_openings(folded, start, spelling))
        return all(has_capital(piece, place, in_addresses=True) for piece, place in openings) and not any(
            _PARTED.search(piece[place:after])
            for (piece, place), (other, after) in pairwise(openings)
            if piece is other
        )
    piece, place = folded.original(start + spelling.capital)
    if not has_capital(piece, place, in_addresses=spelling.fit in (SpellingFit.NAME, SpellingFit.FIRST_NAME)):
        return False
    if spelling.fit is SpellingFit.FIRST_NAME:
        piece, place = folded.original(end - 1)
        return not _OTHER_NAME.match(piece, place + 1)
    if spelling.fit is not SpellingFit.SURE_NAME:
        return True
    # An everyday word that is a name too does not count at the start of a sentence, in a line of capitals, or after
    # "the": the King, the Crown.
    after = piece[place + 1 : place + 2]
    before = piece[max(place - 8, 0) : place]
    return not folded.opens_sentence(start) and not after.isupper() and not _THE.search(before)


def _openings(folded: Folded, start: int, spelling: Spelling) -> Iterator[tuple[str, int]]:
    """Yield (piece, place) where each word of a spelling begins, but for words such as "of" that titles write small."""
    for begins in (0, *sorted(spelling.words or ())):
        ends = min((end for end in spelling.words or () if end > begins), default=0)
        if ends and spelling.letters[begins:ends] not in _SMALL:
            yield folded.original(start + begins)


_THE = re.compile(r"\bthe\s+$", re.IGNORECASE)
_PARTED = re.compile(
    r"\w(?<!\b\w)(?<!\bmr)(?<!\bmrs)(?<!\bms)(?<!\bmx)(?<!\bmiss)(?<!\bdr)[.!?]['’\"”)]*\s|\w[;:]\s", re.IGNORECASE
)
"""The end of a sentence, as in "with grace. May we ask", and not of an initial or title."""
_SMALL = frozenset({"a", "and", "at", "by", "in", "of", "on", "the"})
_OTHER_NAME = re.compile(r" [A-Z][a-z]")


def _is_inside(folded: Folded, start: int, letters: str, names: Iterable[str]) -> bool:
    """Return whether the letters at this place are part of one of these longer names."""
    for name in names:
        offset = name.find(letters)
        begins = start - offset
        if offset >= 0 and begins >= 0 and folded.text.startswith(name, begins):
            return folded.starts_word(begins) and folded.ends_word(begins + len(name))
    return False
