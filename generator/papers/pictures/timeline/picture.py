"""The timeline of a case, drawn for print, with the same facts in words for those who cannot see it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.papers.pictures.timeline.drawing import draw, split_sheet
from generator.papers.pictures.timeline.rows import Row, Sheet, clean, describe_sheet, make_sheet
from generator.rules.timeline import Timeline

__all__ = ["Row", "Sheet", "TimelinePicture", "clean", "draw_pages", "draw_timeline"]


@dataclass(frozen=True, slots=True)
class TimelinePicture:
    """A picture as PNG, and `alt`, the same in words, which the PNG carries too.

    Printed 17 cm wide, its text has 7 points or more.
    """

    png: bytes
    alt: str


def draw_timeline(timeline: Timeline, *, since: dt.date | None = None) -> TimelinePicture:
    """The timeline as one tall picture, from the day `since` on where that is given.

    Days of several children that say the same share a row. The places and authorities under the rows are left out
    where the picture would be too tall with them; `alt` keeps them. Raises ValueError, with a sentence for the reader,
    when it is too tall even so. The same timeline on the same machine gives the same bytes.
    """
    sheet = make_sheet(timeline, since)
    alt = describe_sheet(sheet)
    return TimelinePicture(draw(sheet, alt), alt)


def draw_pages(sheet: Sheet) -> tuple[TimelinePicture, ...]:
    """Any rows of days as pictures that each fit on a page, 17 cm wide and 23 high; each with its words."""
    pages = []
    for page in split_sheet(sheet):
        alt = describe_sheet(page)
        pages.append(TimelinePicture(draw(page, alt), alt))
    return tuple(pages)
