"""Text without what varies between spellings: case, accents, spaces, hyphens, apostrophes, invisible characters."""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Iterable
from functools import cache

# Letters that Unicode does not decompose, and what people type who do not have them on their keyboard.
_TYPED_AS = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ß": "ss"}
    | {"æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ı": "i", "ħ": "h", "Ħ": "H"}
)
# Soft hyphens, joiners, direction marks, byte-order marks: invisible to a reader.
_UNSEEN = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
                     "\u3164\ufe00-\ufe0f\ufeff\uffa0]")  # fmt: skip
_TOKEN = re.compile(r"[^\W_]+")
_NOT_TOKEN = re.compile(r"[\W_]+")


_AROUND = 40
"""How many characters before a place are searched for the end of a sentence."""


def strip_accents(text: str) -> str:
    """Return the same letters without accents and invisible characters, in their own case."""
    if text.isascii():
        return text
    typed = _UNSEEN.sub("", text).translate(_TYPED_AS)
    apart = unicodedata.normalize("NFKD", typed)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def lower(text: str) -> str:
    """Return the text in small letters with its length unchanged, so that positions in both texts are the same."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(letter.lower()[:1] or letter for letter in text)


@cache
def squash(text: str) -> str:
    """Return only the letters and digits, small and without accents: "O’Neill-Çelik" becomes "oneillcelik"."""
    return _NOT_TOKEN.sub("", lower(strip_accents(text)))


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, small and without accents."""
    return tuple(_TOKEN.findall(lower(strip_accents(text))))


class Folded:
    """Pieces of text that follow each other, such as the lines of a page, squashed into one text.

    A value that is split by spaces, hyphens or a line break is found whole in `text`. The methods lead from an index in
    `text` back to the piece and place that it came from.
    """

    def __init__(self, pieces: Iterable[str]) -> None:
        self.plain = [strip_accents(piece) for piece in pieces]
        small = [lower(piece) for piece in self.plain]
        squashed = [_NOT_TOKEN.sub("", piece) for piece in small]
        self.text = "".join(squashed)
        self._starts: list[int] = []
        total = 0
        for piece in squashed:
            self._starts.append(total)
            total += len(piece)
        self._edges: dict[int, tuple[list[int], list[int]]] = {}

    def piece_at(self, index: int) -> int:
        """Return the number of the piece that an index of `text` lies in."""
        return bisect.bisect_right(self._starts, index) - 1

    def original(self, index: int) -> tuple[str, int]:
        """Return the piece that an index of `text` lies in, without accents, and the place in that piece."""
        number = self.piece_at(index)
        within = index - self._starts[number]
        starts, squashed = self._tokens(number)
        if not starts:
            return self.plain[number], 0
        token = max(bisect.bisect_right(squashed, within) - 1, 0)
        return self.plain[number], starts[token] + within - squashed[token]

    def _tokens(self, number: int) -> tuple[list[int], list[int]]:
        """Return where each word of a piece starts, in the piece and in its squashed text."""
        if number not in self._edges:
            starts, squashed, total = [], [], 0
            for token in _TOKEN.finditer(self.plain[number]):
                starts.append(token.start())
                squashed.append(total)
                total += token.end() - token.start()
            self._edges[number] = starts, squashed
        return self._edges[number]

    def starts_word(self, index: int) -> bool:
        """Return whether a word or number starts at this index."""
        piece, place = self.original(index)
        return place == 0 or _parts(piece[place - 1], piece[place])

    def ends_word(self, index: int) -> bool:
        """Return whether a word or number ends just before this index."""
        piece, place = self.original(index - 1)
        return place + 1 >= len(piece) or _parts(piece[place], piece[place + 1])

    def breaks_well(self, start: int, end: int, words: frozenset[int]) -> bool:
        """Return whether spaces between these two indexes stand only where a word may end, or between single letters.

        `words` are the positions, counted from `start`, where a word may end. A hyphen may stand anywhere, because a
        word may be broken at the end of a line.
        """
        before = self.original(start)
        single = 0
        for index in range(start + 1, end):
            here = self.original(index)
            piece, place = here
            if piece is before[0] and place == before[1] + 1:
                single = 0
            elif index - start not in words:
                between = piece[before[1] + 1 : place] if piece is before[0] else " "
                spaced = place + 1 >= len(piece) or not piece[place + 1].isalnum()
                if between.isspace() and not (spaced or single):
                    return False
                single = 1 if spaced else 0
            before = here
        return True

    def is_owned(self, index: int) -> bool:
        """Return whether the last character before this index follows an apostrophe: the s of Summer's."""
        piece, place = self.original(index - 1)
        return place > 0 and piece[place - 1] in "'’‘ʼ`´"

    def opens_sentence(self, index: int) -> bool:
        """Return whether a sentence or line starts at this index, so that any word would have a capital."""
        piece, place = self.original(index)
        before = piece[max(place - _AROUND, 0) : place].rstrip(" \t\u00a0\"'“‘([*_")
        return not before or before[-1] in ".!?:;\n|•·–—-"


def _parts(before: str, after: str) -> bool:
    if not before.isalnum() or not after.isalnum():
        return True
    if before.isdigit() != after.isdigit():
        return True
    return before.islower() and after.isupper()
