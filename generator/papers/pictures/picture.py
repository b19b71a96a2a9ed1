"""A drawing of a case with the same facts in words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DescribedPicture:
    """A picture as PNG, and `alt`, the same in words for people who cannot see it.

    Printed 17 cm wide, its text has 7 points or more.
    """

    png: bytes
    alt: str
