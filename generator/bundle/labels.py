"""Page labels: how they are read and written, in which order they stand, and which are free between two others.

A label is the letter of its section, a number, and for pages that came late further parts, letters and numbers by
turns: B12, B12a, B12a1. Each part counts on from the page it follows:

- B12a, B12b ... B12z, B12aa follow B12 (the practice of the courts for late pages);
- B12a1, B12a2 were put between B12a and B12b later still;
- B0a, B0b stand before B1, and B12.1, B12.2 between B12 and B12a: 0 and the dot are the place before the first.

So there is always room between two pages, whatever comes late, and no label ever has to change.
"""

from __future__ import annotations

import re

Key = tuple[int, ...]
"""The parts of a label without its section letter, as numbers. Keys sort as the pages stand in the bundle."""

_LABEL = re.compile(r"[A-Z](?:0|[1-9][0-9]{0,5})(?:(?:[a-z]{1,3}|\.)(?:0|[1-9][0-9]{0,5}))*(?:[a-z]{1,3})?")
_PARTS = re.compile(r"[0-9]+|[a-z]+|\.")
_LETTERS = 26


def read_label(label: str) -> tuple[str, Key]:
    """The section letter of a label and the key it sorts by: B12a is (B, (12, 1)).

    Raises ValueError for what is not the label of a page.
    """
    if not _LABEL.fullmatch(label):
        raise ValueError("must be the label of a page, such as B12 or B12a")
    key = tuple(_read_part(part) for part in _PARTS.findall(label[1:]))
    if not key[-1]:
        raise ValueError("must not end with the place before the first page")
    return label[0], key


def write_label(letter: str, key: Key) -> str:
    """The label that a key stands for."""
    return letter + "".join(_write_letters(part) if place % 2 else str(part) for place, part in enumerate(key))


def find_free(before: Key, after: Key | None, count: int) -> tuple[Key, ...]:
    """The keys for a number of new pages, one after the other, between two that are taken and stand side by side.

    `before` is () at the start of a section, `after` None at its end. The shortest labels that fit are chosen: after
    the last page the numbers go on, between B12 and B13 come B12a and what follows, between B12c and B13 comes B12d.
    """
    if not count:
        return ()
    for depth in range(1, len(before) + 1):
        head, last = before[: depth - 1], before[depth - 1]
        if after is None or (*head, last + count) < after:
            return tuple((*head, last + number) for number in range(1, count + 1))
    while after is not None and (*before, count) >= after:
        before = (*before, 0)
    return tuple((*before, number) for number in range(1, count + 1))


def _read_part(part: str) -> int:
    if part == ".":
        return 0
    if part.isdigit():
        return int(part)
    value = 0
    for letter in part:
        value = value * _LETTERS + ord(letter) - ord("a") + 1
    return value


def _write_letters(value: int) -> str:
    said = ""
    while value:
        value, letter = divmod(value - 1, _LETTERS)
        said = chr(ord("a") + letter) + said
    return said or "."
