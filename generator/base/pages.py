"""Facts about PDF pages that need no PDF library: A4, keys of a page, ranges and Roman numbers."""

from __future__ import annotations

import logging

# The warnings of pypdf quote what is in a paper, and would be printed when nobody else listens.
logging.getLogger("pypdf").addHandler(logging.NullHandler())
logging.getLogger("pypdf").propagate = False

A4 = (595.2756, 841.8898)
"""The width and height of a page, in points."""
PAGE_EXTRAS = (
    "/AA",
    "/AF",
    "/B",
    "/Dur",
    "/LastModified",
    "/Metadata",
    "/PieceInfo",
    "/PresSteps",
    "/StructParents",
    "/Tabs",
    "/Thumb",
    "/Trans",
)
"""The keys of a page that a copy does without."""
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def format_range(first: str, last: str) -> str:
    """C4 to C9, or C4 alone."""
    return first if first == last else f"{first} to {last}"


def format_roman(number: int) -> str:
    """Write a number in small Roman figures, as front pages are numbered: 4 is iv."""
    said = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        said += letters * count
    return said


def read_roman(text: str) -> int:
    """Return the number that is written in small Roman figures; 0 where the text is no such number."""
    number, left = 0, text
    for value, letters in _ROMAN:
        while left.startswith(letters):
            number, left = number + value, left[len(letters) :]
    return number if number and format_roman(number) == text else 0
