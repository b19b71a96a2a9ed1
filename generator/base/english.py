"""Words around facts: lists, counts and capital letters, as English writes them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any


def join_words(items: Iterable[Any] | None) -> str:
    """The items as one phrase: a, b and c. Empty ones are left out."""
    words = [str(item) for item in items or () if item]
    return words[0] if len(words) == 1 else " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def count_of(number: int, unit: str) -> str:
    """A number with its unit, which takes an s in the plural: 1 day, 2 days."""
    return f"{number} {unit}{'' if number == 1 else 's'}"


def capitalise(text: str) -> str:
    """The text with a capital first letter, and the rest as it is."""
    return text[:1].upper() + text[1:]


def find_nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """The known word that is spelled most like `word`, for “did you mean”; empty where none is near.

    `likeness` is how much alike they must be, from 0 to 1 (the same).
    """
    return next(iter(difflib.get_close_matches(word, known, 1, likeness)), "")
