"""The labels under which a reader shows the pages of a PDF."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from generator.base.pdf.numbers import read_roman

_PLAIN = re.compile("([A-Z]?)([1-9][0-9]*)")


def make_page_labels(labels: Sequence[str]) -> DictionaryObject:
    """A number tree with one range for each run of i, ii, iii, of 1, 2, 3 and of C1, C2, C3; every other stands alone.

    A range that has only a prefix says exactly that, which is how B12a and a slip's C4 to C9 become labels.
    """
    numbers = ArrayObject()
    going_on: tuple[str, str, int] | None = None
    for place, label in enumerate(labels):
        style, prefix, number = _split(label)
        if not style or (style, prefix, number) != going_on:
            described = DictionaryObject()
            if style:
                described[NameObject("/S")] = NameObject(style)
            if prefix:
                described[NameObject("/P")] = TextStringObject(prefix)
            if number > 1:
                described[NameObject("/St")] = NumberObject(number)
            numbers.append(NumberObject(place))
            numbers.append(described)
        going_on = (style, prefix, number + 1)
    return DictionaryObject({NameObject("/Nums"): numbers})


def _split(label: str) -> tuple[str, str, int]:
    """How a PDF counts to a label: its style, its prefix, and the number; only a prefix where it cannot count."""
    if found := _PLAIN.fullmatch(label):
        return "/D", found[1], int(found[2])
    return ("/r", "", number) if (number := read_roman(label)) else ("", label, 0)
