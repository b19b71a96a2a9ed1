"""The picture: a row for each home and each order, its words at the left and its bar over the years at the right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from generator.base.dates import say_date
from generator.base.fonts import Letters, Line, write_lines
from generator.papers.pictures.care.care import Care, Look, Stretch, name_picture
from generator.papers.pictures.care.scale import Scale, Tick, mark_ages, mark_years
from generator.papers.pictures.picture_file import write_png

WIDTH = 1240
MARGIN = 30
TALLEST = 1700  # what stands on one page of A4 under a heading, 17 cm wide
HEADING, LANE, TITLE, DETAIL = Letters(32, bold=True), Letters(25, bold=True), Letters(23, bold=True), Letters(21)
_WORDS_WIDTH = 520
_LEFT = MARGIN + _WORDS_WIDTH + 30
_RIGHT = WIDTH - MARGIN - 26
_BAR = 30
_APART = 18
_ARROW = 20
_NARROWEST = 8
_TEAL, _INK, _GREY, _PALE, _WHITE = "#1F5C61", "#1A1A1A", "#595959", "#D5DCDC", "#FFFFFF"
_STROKE = 3
_ON_AND_ON = "An arrow means that it goes on."
_HATCH = 11


@dataclass(frozen=True, slots=True)
class _Row:
    """The words of one stretch, and the top and height of its row."""

    stretch: Stretch
    title: Sequence[Line]
    detail: Sequence[Line]
    top: int
    height: int


@dataclass(frozen=True, slots=True)
class _Lane:
    """A title with the rows under it, or with what is said where there are none."""

    title: str
    top: int
    rows: Sequence[_Row]
    none: str


@dataclass(frozen=True, slots=True)
class _Placed:
    """The whole picture, measured: heading and scale at the top, lanes, and the key from `bottom` on."""

    heading: Sequence[Line]
    note: Sequence[Line]
    scale_top: int
    lanes: Sequence[_Lane]
    bottom: int
    key: Sequence[tuple[Look, int, int]]
    height: int


def fits_on_a_page(care: Care) -> bool:
    """Whether the picture, 17 cm wide, is not higher than what stands on a page."""
    return _place(care).height <= TALLEST


def draw(care: Care) -> bytes:
    """The picture as PNG. Printed 17 cm wide, its text has 8 points or more."""
    placed, scale = _place(care), Scale(care.since, care.on, _LEFT, _RIGHT)
    image = Image.new("RGB", (WIDTH, placed.height), _WHITE)
    pen = Pen(image)
    y = pen.words(placed.heading, MARGIN, MARGIN, _TEAL)
    pen.words(placed.note, MARGIN, y, _GREY)
    _draw_scale(pen, mark_years(scale, DETAIL), "Year", placed.scale_top, placed.bottom)
    _draw_scale(pen, mark_ages(scale, care.born_on, DETAIL), "Age", placed.scale_top + DETAIL.line_height, None)
    for lane in placed.lanes:
        _draw_lane(pen, lane, scale)
    pen.rule(placed.bottom)
    for look, x, y in placed.key:
        pen.fill((x, y, x + 2 * _BAR, y + _BAR), look)
        pen.words([DETAIL.line(look.value)], x + 2 * _BAR + 12, y + (_BAR - DETAIL.line_height) // 2, _INK)
    if _goes_on(care):
        pen.words([DETAIL.line(_ON_AND_ON)], MARGIN, placed.height - MARGIN - DETAIL.line_height, _GREY)
    return write_png(image)


def _place(care: Care) -> _Placed:
    heading = HEADING.wrap(name_picture(care), WIDTH - 2 * MARGIN)
    note = DETAIL.wrap(f"As at {say_date(care.on)}.", WIDTH - 2 * MARGIN)
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
    return _Placed(heading, note, scale_top, lanes, bottom, key, end + MARGIN)


def _goes_on(care: Care) -> bool:
    return any(one.ended_on is None for one in care.stretches)


def _draw_lane(pen: Pen, lane: _Lane, scale: Scale) -> None:
    pen.rule(lane.top - 8)
    y = pen.words([LANE.line(lane.title)], MARGIN, lane.top, _TEAL)
    for row in lane.rows:
        y = pen.words(row.title, MARGIN, row.top, _INK)
        pen.words(row.detail, MARGIN, y, _GREY)
        pen.bar(row.stretch, scale, row.top + (row.height - _BAR) // 2)
    if not lane.rows:
        pen.words([DETAIL.line(lane.none)], MARGIN, y + 8, _INK)


def _place_rows(stretches: Sequence[Stretch], on: dt.date, top: int) -> list[_Row]:
    rows = []
    for stretch in stretches:
        title = TITLE.wrap(stretch.title, _WORDS_WIDTH)
        said = [stretch.detail, stretch.say_days(on)]
        detail = [line for words in said if words for line in DETAIL.wrap(words, _WORDS_WIDTH)]
        height = max(len(title) * TITLE.line_height + len(detail) * DETAIL.line_height, _BAR)
        rows.append(_Row(stretch, title, detail, top, height))
        top += height + _APART
    return rows


def _place_key(looks: Sequence[Look], y: int) -> list[tuple[Look, int, int]]:
    """Each pattern that is used, with its place: as many in a line as fit."""
    placed, x = [], MARGIN
    for look in looks:
        width = 2 * _BAR + 12 + round(DETAIL.line(look.value).width)
        if x > MARGIN and x + width > WIDTH - MARGIN:
            x, y = MARGIN, y + _BAR + 12
        placed.append((look, x, y))
        x += width + 36
    return placed


def _draw_scale(pen: Pen, ticks: Sequence[Tick], title: str, top: int, bottom: int | None) -> None:
    pen.words([DETAIL.line(title)], MARGIN, top, _GREY)
    for tick in ticks:
        pen.words([DETAIL.line(tick.label)], tick.label_x, top, _INK)
        if bottom is None:
            pen.upright(tick.x, top + DETAIL.line_height, top + DETAIL.line_height + 8)
        else:
            pen.upright(tick.x, top + 2 * DETAIL.line_height + 10, bottom)


class Pen:
    """Draws on an image."""

    def __init__(self, image: Image.Image) -> None:
        self._image = image
        self._draw = ImageDraw.Draw(image)

    def words(self, lines: Sequence[Line], x: float, y: int, colour: str) -> int:
        """Lines of text, the first with its top at `y`; returns where the next would start."""
        return write_lines(self._draw, lines, x, y, colour)

    def rule(self, y: int) -> None:
        """A pale line across the picture."""
        self._draw.line([(MARGIN, y), (WIDTH - MARGIN, y)], _PALE, 2)

    def upright(self, x: int, top: int, bottom: int) -> None:
        """A pale line down the bars."""
        self._draw.line([(x, top), (x, bottom)], _PALE, 2)

    def bar(self, stretch: Stretch, scale: Scale, top: int) -> None:
        """The bar of a stretch, with an arrow at its end while it lasts."""
        left, right = scale.x(stretch.started_on), scale.x(stretch.ended_on or scale.last)
        right = max(right, left + _NARROWEST)
        self.fill((left, top, right, top + _BAR), stretch.look)
        if stretch.ended_on is None:
            tip = [(right, top - 3), (right + _ARROW, top + _BAR // 2), (right, top + _BAR + 3)]
            self._draw.polygon(tip, _TEAL)

    def fill(self, box: tuple[int, int, int, int], look: Look) -> None:
        """A box in the pattern of a look."""
        left, top, right, bottom = box
        if look is Look.UNKNOWN:
            self._draw.rectangle(box, _WHITE)
            for x in range(left, right + 1, 16):
                for y in (top, bottom):
                    self._draw.line([(x, y), (min(x + 9, right), y)], _TEAL, _STROKE)
            for x in (left, right):
                self._draw.line([(x, top), (x, bottom)], _TEAL, _STROKE)
            return
        self._draw.rectangle(box, _TEAL if look is Look.IN_CARE else _WHITE, _TEAL, _STROKE)
        if look is Look.ORDER and right - left > 2 * _STROKE:
            hatched = Image.new("RGB", (right - left - 2 * _STROKE + 1, bottom - top - 2 * _STROKE + 1), _WHITE)
            pen = ImageDraw.Draw(hatched)
            for x in range(-hatched.height, hatched.width, _HATCH):
                pen.line([(x, hatched.height), (x + hatched.height, 0)], _TEAL, _STROKE)
            self._image.paste(hatched, (left + _STROKE, top + _STROKE))
