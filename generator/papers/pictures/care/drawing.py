"""Draw a row for each home and each order, with words at the left and a bar over the years at the right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.base.dates import format_date
from generator.base.fonts import TextLine, TextStyle
from generator.papers.pictures.care.care import Care, Look, Stretch, describe_care, name_picture, read_care, split_care
from generator.papers.pictures.care.scale import Scale, Tick, mark_ages, mark_years
from generator.papers.pictures.kit import (
    GREY,
    INK,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    PALEST,
    TEAL,
    WHITE,
    DescribedPicture,
    Pen,
    place_in_lines,
    write_png,
)

MARGIN = 30
HEADING, LANE, TITLE, DETAIL = (
    TextStyle(32, bold=True),
    TextStyle(25, bold=True),
    TextStyle(23, bold=True),
    TextStyle(21),
)
_WORDS_WIDTH = 520
_LEFT = MARGIN + _WORDS_WIDTH + 30
_RIGHT = PAGE_WIDTH - MARGIN - 26
_BAR = 30
_APART = 18
_ARROW = 20
_NARROWEST = 8
_STROKE = 3
_ON_AND_ON = "An arrow means that it goes on."
_HATCH = 11
_DASH = (9, 7)


@dataclass(frozen=True, slots=True)
class _StretchRow:
    """The words of one stretch, and the top and height of its row."""

    stretch: Stretch
    title: Sequence[TextLine]
    detail: Sequence[TextLine]
    top: int
    height: int


@dataclass(frozen=True, slots=True)
class _Lane:
    """A title with the rows under it, or with what is said where there are none."""

    title: str
    top: int
    rows: Sequence[_StretchRow]
    none: str


@dataclass(frozen=True, slots=True)
class _PlacedCare:
    """The whole picture, measured: heading and scale at the top, lanes, and the key from `bottom` on."""

    heading: Sequence[TextLine]
    note: Sequence[TextLine]
    scale_top: int
    lanes: Sequence[_Lane]
    bottom: int
    key: Sequence[tuple[Look, int, int]]
    height: int


def draw_homes(child: Mapping[str, Any], on: dt.date) -> tuple[DescribedPicture, ...]:
    """Where a child has lived, and under which orders, with a bar for each over the years; mostly on one page.

    The child is given as `show_child` shows them to one reader, as at the day `on`: only what is in it is drawn. The
    same child on the same machine gives the same bytes.
    """
    pages = split_care(read_care(child, on), lambda care: _place(care).height <= PAGE_HEIGHT)
    return tuple(DescribedPicture(_draw(page), describe_care(page)) for page in pages)


def _draw(care: Care) -> bytes:
    placed, scale = _place(care), Scale(care.since, care.on, _LEFT, _RIGHT)
    pen = Pen(PAGE_WIDTH, placed.height)
    y = pen.words(placed.heading, MARGIN, MARGIN, TEAL)
    pen.words(placed.note, MARGIN, y, GREY)
    _draw_scale(pen, mark_years(scale, DETAIL), "Year", placed.scale_top, placed.bottom)
    _draw_scale(pen, mark_ages(scale, care.born_on, DETAIL), "Age", placed.scale_top + DETAIL.line_height, None)
    for lane in placed.lanes:
        _draw_lane(pen, lane, scale)
    _draw_rule(pen, placed.bottom)
    for look, x, y in placed.key:
        fill(pen, (x, y, x + 2 * _BAR, y + _BAR), look)
        pen.words([DETAIL.line(look.value)], x + 2 * _BAR + 12, y + (_BAR - DETAIL.line_height) // 2, INK)
    if _goes_on(care):
        pen.words([DETAIL.line(_ON_AND_ON)], MARGIN, placed.height - MARGIN - DETAIL.line_height, GREY)
    return write_png(pen.image)


def _place(care: Care) -> _PlacedCare:
    heading = HEADING.wrap(name_picture(care), PAGE_WIDTH - 2 * MARGIN)
    note = DETAIL.wrap(f"As at {format_date(care.on)}.", PAGE_WIDTH - 2 * MARGIN)
    scale_top = MARGIN + len(heading) * HEADING.line_height + len(note) * DETAIL.line_height + 16
    top = scale_top + 2 * DETAIL.line_height + 20
    lanes = []
    for title, stretches, none in (
        ("Homes", care.homes, "No homes are recorded."),
        ("Orders and legal status", care.orders, "No orders are recorded."),
    ):
        if stretches is not None:
            rows = _place_rows(stretches, care.on, top + LANE.line_height + 8)
            lanes.append(_Lane(title, top, rows, none))
            end = rows[-1].top + rows[-1].height if rows else top + LANE.line_height + 8 + DETAIL.line_height
            top = end + 34
    bottom = top - 12
    key = _place_key(list(dict.fromkeys(one.look for one in care.stretches)), bottom + 18)
    end = (key[-1][2] + _BAR if key else bottom) + (DETAIL.line_height + 10 if _goes_on(care) else 0)
    return _PlacedCare(heading, note, scale_top, lanes, bottom, key, end + MARGIN)


def _goes_on(care: Care) -> bool:
    return any(one.ended_on is None for one in care.stretches)


def _draw_lane(pen: Pen, lane: _Lane, scale: Scale) -> None:
    _draw_rule(pen, lane.top - 8)
    y = pen.words([LANE.line(lane.title)], MARGIN, lane.top, TEAL)
    for row in lane.rows:
        y = pen.words(row.title, MARGIN, row.top, INK)
        pen.words(row.detail, MARGIN, y, GREY)
        _draw_bar(pen, row.stretch, scale, row.top + (row.height - _BAR) // 2)
    if not lane.rows:
        pen.words([DETAIL.line(lane.none)], MARGIN, y + 8, INK)


def _place_rows(stretches: Sequence[Stretch], on: dt.date, top: int) -> list[_StretchRow]:
    rows = []
    for stretch in stretches:
        title = TITLE.wrap(stretch.title, _WORDS_WIDTH)
        said = [stretch.detail, stretch.describe_days(on)]
        detail = [line for words in said if words for line in DETAIL.wrap(words, _WORDS_WIDTH)]
        height = max(len(title) * TITLE.line_height + len(detail) * DETAIL.line_height, _BAR)
        rows.append(_StretchRow(stretch, title, detail, top, height))
        top += height + _APART
    return rows


def _place_key(looks: Sequence[Look], y: int) -> list[tuple[Look, int, int]]:
    """Each pattern that is used, with its place: as many in a line as fit."""
    widths = [2 * _BAR + 12 + round(DETAIL.line(look.value).width) for look in looks]
    places = place_in_lines(widths, PAGE_WIDTH - 2 * MARGIN, 36, _BAR + 12)
    return [(look, MARGIN + right, y + down) for look, (right, down) in zip(looks, places, strict=True)]


def _draw_scale(pen: Pen, ticks: Sequence[Tick], title: str, top: int, bottom: int | None) -> None:
    pen.words([DETAIL.line(title)], MARGIN, top, GREY)
    for tick in ticks:
        pen.words([DETAIL.line(tick.label)], tick.label_x, top, INK)
        if bottom is None:
            _draw_upright(pen, tick.x, top + DETAIL.line_height, top + DETAIL.line_height + 8)
        else:
            _draw_upright(pen, tick.x, top + 2 * DETAIL.line_height + 10, bottom)


def _draw_rule(pen: Pen, y: int) -> None:
    """A pale line across the picture."""
    pen.line((MARGIN, y), (PAGE_WIDTH - MARGIN, y), colour=PALEST)


def _draw_upright(pen: Pen, x: int, top: int, bottom: int) -> None:
    """A pale line down the bars."""
    pen.line((x, top), (x, bottom), colour=PALEST)


def _draw_bar(pen: Pen, stretch: Stretch, scale: Scale, top: int) -> None:
    """The bar of a stretch, with an arrow at its end while it lasts."""
    left, right = scale.x(stretch.started_on), scale.x(stretch.ended_on or scale.last)
    right = max(right, left + _NARROWEST)
    fill(pen, (left, top, right, top + _BAR), stretch.look)
    if stretch.ended_on is None:
        pen.polygon([(right, top - 3), (right + _ARROW, top + _BAR // 2), (right, top + _BAR + 3)], TEAL)


def fill(pen: Pen, box: tuple[int, int, int, int], look: Look) -> None:
    """Draw a box in the pattern of a look."""
    left, top, right, bottom = box
    if look is Look.UNKNOWN:
        pen.rectangle(box, WHITE)
        for y in (top, bottom):
            pen.line((left, y), (right, y), thickness=_STROKE, dash=_DASH)
        for x in (left, right):
            pen.line((x, top), (x, bottom), thickness=_STROKE)
        return
    pen.rectangle(box, TEAL if look is Look.IN_CARE else WHITE, TEAL, _STROKE)
    if look is Look.ORDER and right - left > 2 * _STROKE:
        hatched = Pen(right - left - 2 * _STROKE + 1, bottom - top - 2 * _STROKE + 1)
        height = hatched.image.height
        for x in range(-height, hatched.image.width, _HATCH):
            hatched.stroke([(x, height), (x + height, 0)], thickness=_STROKE)
        pen.paste(hatched.image, left + _STROKE, top + _STROKE)
