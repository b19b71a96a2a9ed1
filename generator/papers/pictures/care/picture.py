"""The homes, orders and days of one child's care, drawn for print, with the same facts in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.papers.pictures.care.care import describe_care, read_care, split_care
from generator.papers.pictures.care.drawing import draw, fits_on_a_page
from generator.papers.pictures.care.milestones import list_milestones
from generator.papers.pictures.timeline.picture import draw_pages

__all__ = ["CarePicture", "draw_care_timeline", "draw_homes"]


@dataclass(frozen=True, slots=True)
class CarePicture:
    """A picture as PNG, and `alt`, the same in words. Printed 17 cm wide, its text has 7 points or more."""

    png: bytes
    alt: str


def draw_homes(child: Mapping[str, Any], on: dt.date) -> tuple[CarePicture, ...]:
    """Where a child has lived, and under which orders, with a bar for each over the years; mostly on one page.

    The child is given as `show_child` shows them to one reader, as at the day `on`: only what is in it is drawn. The
    same child on the same machine gives the same bytes.
    """
    pages = split_care(read_care(child, on), fits_on_a_page)
    return tuple(CarePicture(draw(page), describe_care(page)) for page in pages)


def draw_care_timeline(child: Mapping[str, Any], on: dt.date) -> tuple[CarePicture, ...]:
    """What happened in a child's care, day by day, until the day `on`: as many pictures as it takes pages."""
    return tuple(CarePicture(page.png, page.alt) for page in draw_pages(list_milestones(child, on)))
