"""Objects of a PDF in pypdf: look up values, make page labels, describe a file."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    NameObject,
    NullObject,
    NumberObject,
    TextStringObject,
)

from generator.base.pages import read_roman

_COUNTED = re.compile("([A-Z]?)([1-9][0-9]*)")


def look_up(dictionary: DictionaryObject, key: str) -> Any:
    """Return a value with its reference resolved; None when it is absent or null."""
    if key not in dictionary:
        return None
    value = dictionary[key]
    return None if isinstance(value, NullObject) else value


def describe_file(writer: PdfWriter, title: str, made_on: dt.date) -> None:
    """Set the title, language, dates and opening view of a file, in place of what its papers said of themselves."""
    root = writer.root_object
    first_page = writer.pages[0].indirect_reference
    # Every page of a writer is an object of its own.
    assert first_page is not None  # noqa: S101
    # 100% once, when the file opens (guidance of 2021, paragraph 6); every other way through keeps the reader's zoom.
    root[NameObject("/OpenAction")] = ArrayObject(
        [first_page, NameObject("/XYZ"), NullObject(), NullObject(), NumberObject(1)]
    )
    root[NameObject("/PageMode")] = NameObject("/UseOutlines")
    root[NameObject("/Lang")] = TextStringObject("en-GB")
    root[NameObject("/ViewerPreferences")] = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    made = made_on.strftime("D:%Y%m%d000000Z")
    writer.metadata = None
    writer.metadata = {"/Title": title, "/Producer": "permanence", "/CreationDate": made, "/ModDate": made}


def make_page_labels(labels: Sequence[str]) -> DictionaryObject:
    """Make the number tree of page labels: one range for each run of i, ii, iii, of 1, 2, 3 or of C1, C2, C3.

    Every other label is a range of its own with only a prefix, such as B12a, or C4 to C9 on a slip.
    """
    numbers = ArrayObject()
    going_on: tuple[str, str, int] | None = None
    for place, label in enumerate(labels):
        style, prefix, number = _split_label(label)
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


def _split_label(label: str) -> tuple[str, str, int]:
    """Split a label into style, prefix and number; all of it is prefix where a PDF cannot count it."""
    if found := _COUNTED.fullmatch(label):
        return "/D", found[1], int(found[2])
    return ("/r", "", number) if (number := read_roman(label)) else ("", label, 0)
