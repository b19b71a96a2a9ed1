"""Draw a family tree: lines first, symbols over them, then words and the key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.base.fonts import TextLine
from generator.case.words import describe_word
from generator.papers.pictures.family_tree.placing import (
    APART,
    CELL,
    LANE,
    SYMBOL,
    TEXT,
    FamilyBranch,
    PlacedFamily,
    RelativeBlock,
    place_family,
)
from generator.papers.pictures.family_tree.relatives import Family, Relative, describe_family, read_family
from generator.papers.pictures.kit import TEAL, WHITE, DescribedPicture, Pen, Point, place_in_lines, write_png

_MARGIN = 31
_FEWEST_COLUMNS = 4  # a narrower picture, printed as wide as the page, would shout
_STROKE = 5
_DASH = (20, 13)
_BESIDE = 13  # how far a line that runs past a block keeps from one that leaves a symbol
_ABOVE_KEY = 72
_KEY_SYMBOL = 54
_KEY_HEIGHT = 70
_KEY_SPACE = 40
_OLDEST_FIRST = "Brothers and sisters stand with the oldest on the left."
_STROKES: dict[str, tuple[float, ...]] = {"separated": (0.0,), "divorced": (-0.09, 0.09)}
"""How far each stroke stands from the middle, in sizes of a symbol."""
_BY_MARRIAGE = "An aunt or uncle may be one by marriage."


def draw_family_tree(child: Mapping[str, Any]) -> DescribedPicture:
    """The family tree of a child, given as `show_child` shows them to one reader.

    Only what is in `child` is drawn. Carers, guardians, adoptive families and friends are left out. The same child on
    the same machine gives the same bytes.
    """
    family = read_family(child)
    return DescribedPicture(_draw(family), describe_family(family))


def _draw(family: Family) -> bytes:
    placed = place_family(family)
    columns = max(placed.columns, _FEWEST_COLUMNS)
    width = round(columns * CELL) + 2 * _MARGIN
    trial = _TreePen(1, 1)
    _draw_lines(placed, family.couple, trial)
    key, key_height = _lay_out_key(family, trial.lines, width - 2 * _MARGIN)
    height = placed.height + _ABOVE_KEY + key_height + 2 * _MARGIN
    pen = _TreePen(width, height, _MARGIN + round((columns - placed.columns) * CELL / 2), _MARGIN)
    _draw_lines(placed, family.couple, pen)
    for block in placed.blocks():
        for number, person in enumerate(block.people):
            pen.symbol(person, block.x(number), block.y(number), SYMBOL, double=person is family.child)
            pen.words(block.labels[number], block.x(number), block.y(number) + SYMBOL + 14, centred=True)
    pen.left, pen.top = _MARGIN, _MARGIN + placed.height + _ABOVE_KEY
    pen.line((0, -_ABOVE_KEY / 2), (width - 2 * _MARGIN, -_ABOVE_KEY / 2))
    _draw_key(key, _wrap_notes(family, width - 2 * _MARGIN), pen)
    return write_png(pen.image)


class _TreePen(Pen):
    """A pen for symbols and the lines between them. `lines` says which sorts of line it has drawn: dashed or not."""

    def __init__(self, width: int, height: int, left: int = 0, top: int = 0) -> None:
        super().__init__(width, height, left, top)
        self.lines: set[bool] = set()

    def join(self, *points: Point, dashed: bool = False) -> None:
        """Draw straight lines from point to point, level or upright."""
        self.lines.add(dashed)
        self.line(*points, thickness=_STROKE, dash=_DASH if dashed else None)

    def symbol(self, person: Relative, x: float, y: float, size: int, *, double: bool = False) -> None:
        """A square, circle or diamond with its top at `y`; crossed out for someone who has died."""
        middle = y + size / 2
        for inset in (0, size // 9) if double else (0,):
            left, top, right, bottom = x - size / 2 + inset, y + inset, x + size / 2 - inset, y + size - inset
            if person.sex == "male":
                self.rectangle((left, top, right, bottom), WHITE, TEAL, _STROKE)
            elif person.sex == "female":
                self.ellipse((left, top, right, bottom), WHITE, TEAL, _STROKE)
            else:
                self.polygon([(x, top), (right, middle), (x, bottom), (left, middle)], WHITE, TEAL, _STROKE)
        if person.adopted:
            self._bracket(x, y, size)
        if person.died_on:
            reach = size / 2 if person.sex == "male" else size * (0.35 if person.sex else 0.25)
            for slope in (1, -1):
                self.stroke([(x + t * reach, middle + t * slope * reach) for t in (-1, 1)], thickness=_STROKE)

    def _bracket(self, x: float, y: float, size: int) -> None:
        """Brackets around a symbol: adopted out of, or into, the family."""
        for side in (-1, 1):
            edge = x + side * size * 0.68
            inner = edge - side * size * 0.14
            self.stroke([(inner, y), (edge, y), (edge, y + size), (inner, y + size)], thickness=_STROKE)

    def part(self, couple: str, x: float, y: float, size: int) -> None:
        """What ended a couple, across their line: one slanting stroke for separated, two for divorced."""
        for shift in _STROKES.get(couple, ()):
            ends = [(x + shift * size + t * size / 6, y - t * size / 3) for t in (-1, 1)]
            self.stroke(ends, thickness=_STROKE)


def _draw_lines(placed: PlacedFamily, couple: str, pen: _TreePen) -> None:
    _draw_elders(placed.left, -1, pen)
    _draw_elders(placed.right, 1, pen)
    _draw_cousins(placed.left, -1, 0, pen)
    _draw_cousins(placed.right, 1, placed.tree_columns * CELL, pen)
    mothers, fathers = placed.left.parents, placed.right.parents
    centre, siblings, unsure = placed.middle * CELL, placed.siblings, placed.unsure
    lane = siblings.tops[0] - LANE
    if mothers.people:
        pen.join((mothers.x(0), _level(mothers)), (centre, _level(mothers)))
    if fathers.people:
        dashed = len(fathers.people) > 1
        pen.join((centre, _level(fathers)), (fathers.x(fathers.width - 1), _level(fathers)), dashed=dashed)
        _join_further_lines(fathers, 1, pen)
        if mothers.people:
            # Beside the line that leads to the children, where it could be taken for none of theirs.
            between = (centre + fathers.x(0) - SYMBOL / 2) / 2
            pen.part(couple, between, _level(mothers), SYMBOL)
    if parents := mothers if mothers.people else fathers if fathers.people else None:
        pen.join((centre, _level(parents)), (centre, lane))
        _hang(siblings, centre, lane, pen)
    elif len(siblings.people) > 1:
        _hang(siblings, siblings.x(0), lane, pen)
    elif unsure.people:
        _hang(siblings, siblings.x(0), lane, pen, dashed=True)
    if unsure.people:
        _hang(unsure, siblings.x(siblings.width - 1), lane, pen, dashed=True)
    _draw_half(placed.left, -1, pen)
    _draw_half(placed.right, 1, pen)
    if placed.apart.people:
        _draw_apart(placed.apart, pen)


def _draw_elders(branch: FamilyBranch, outer: int, pen: _TreePen) -> None:
    """The lines from great-grandparents to grandparents to a parent with aunts and uncles."""
    grand, great, parents, aunts = branch.grandparents, branch.great_grandparents, branch.parents, branch.aunts
    if not any(block.people for block in (grand, great, aunts, branch.cousins)):
        return
    bus = parents.tops[0] - LANE
    sure = [aunts.x(number) for number in range(aunts.width)]
    unsure = []
    if great.people:
        below = grand.tops[0] - LANE if grand.people else bus
        x = _join(great, below, pen, dashed=True)
        if grand.people:
            _hang(grand, x, below, pen, dashed=True, only_first=True)
        else:
            unsure.append(x)
    if grand.people:
        couple = len(grand.people) == 2 and {one.sex for one in grand.people} == {"male", "female"}
        sure.append(_join(grand, bus, pen, dashed=len(grand.people) > 1 and not couple))
    dashed = len(parents.people) > 1 or not sure
    ticks = [parents.x(number) for number in range(parents.width)]
    (unsure if dashed else sure).extend(ticks)
    if unsure:
        pen.join((min(unsure + sure), bus), (max(unsure + sure), bus), dashed=True)
    if sure:
        pen.join((min(sure), bus), (max(sure), bus))
    for x in ticks:
        pen.join((x, bus), (x, parents.tops[0]), dashed=dashed)
    if aunts.people:
        _hang(aunts, aunts.x(0), bus, pen, outer)


def _draw_cousins(branch: FamilyBranch, outer: int, end: float, pen: _TreePen) -> None:
    """The line from those who may be their parents, past them and to the cousins; at the `end` past children too."""
    cousins, block = branch.cousins, branch.aunts if branch.aunts.people else branch.parents
    if cousins.people:
        bus = branch.parents.tops[0] - LANE
        nearest = block.x(0 if outer < 0 else block.width - 1)
        below = cousins.row > branch.half.row
        edge, lane = _edge(block, outer), cousins.tops[0] - 3 * LANE
        if below:
            edge, lane = (min if outer < 0 else max)(edge, end), cousins.tops[0] - LANE
        pen.join((nearest, bus), (edge, bus), (edge, lane), dashed=True)
        _hang(cousins, edge, lane, pen, outer, dashed=True)


def _draw_half(branch: FamilyBranch, outer: int, pen: _TreePen) -> None:
    """The line from one parent alone to the half-siblings through that parent."""
    parents, half = branch.parents, branch.half
    if half.people:
        dashed = len(parents.people) > 1
        x = (parents.column if outer < 0 else parents.end) * CELL
        lane = half.tops[0] - 2 * LANE
        nearest = parents.x(0 if outer < 0 else parents.width - 1)
        pen.join((nearest, _level(parents)), (x, _level(parents)), (x, lane), dashed=dashed)
        _hang(half, x, lane, pen, dashed=dashed)


def _draw_apart(apart: RelativeBlock, pen: _TreePen) -> None:
    x = apart.column * CELL
    pen.words(TEXT.wrap(APART, apart.width * CELL - 2 * _BESIDE), x + _BESIDE, 0)
    pen.join((x, 0), (x, _level(apart, len(apart.tops) - 1)), dashed=True)
    for number, line in enumerate(apart.lines()):
        pen.join((x, _level(apart, number)), (apart.x(line[-1]), _level(apart, number)), dashed=True)


def _level(block: RelativeBlock, line: int = 0) -> float:
    """The height at which lines join the symbols of a block."""
    return block.tops[line] + SYMBOL / 2


def _join(block: RelativeBlock, below: float, pen: _TreePen, *, dashed: bool) -> int:
    """Join all in a block, take a line down to `below`, and return where it comes down."""
    x = round((block.column + block.drop) * CELL)
    ends = (x, block.x(0), block.x(block.width - 1))
    pen.join((min(ends), _level(block)), (max(ends), _level(block)), dashed=dashed)
    _join_further_lines(block, -1, pen)
    pen.join((x, _level(block)), (x, below), dashed=dashed)
    return x


def _join_further_lines(block: RelativeBlock, outer: int, pen: _TreePen) -> None:
    lines = [*block.lines()]
    x = _edge(block, outer)
    for number, line in enumerate(lines if len(lines) > 1 else ()):
        far, y = block.x(line[-1] if (outer < 0) == bool(number) else line[0]), _level(block, number)
        pen.join((x, _level(block)), (x, y), (far, y), dashed=True)


def _hang(
    block: RelativeBlock,
    x: float,
    lane: float,
    pen: _TreePen,
    outer: int = -1,
    *,
    dashed: bool = False,
    only_first: bool = False,
) -> None:
    """Hang a block on a level line that comes from `x`; its further lines from one that runs down beside it."""
    edge = _edge(block, outer)
    for number, line in enumerate(block.lines()):
        if number and only_first:
            return
        if number:
            pen.join((edge, lane), (edge, block.tops[number] - LANE), dashed=dashed)
        y, start = (block.tops[number] - LANE, edge) if number else (lane, x)
        reach = [start, *(block.x(one) for one in line)]
        if not number and len(block.people) > block.width and not only_first:
            reach.append(edge)
        pen.join((min(reach), y), (max(reach), y), dashed=dashed)
        for one in line:
            pen.join((block.x(one), y), (block.x(one), block.tops[number]), dashed=dashed)


def _edge(block: RelativeBlock, outer: int) -> float:
    return (block.column if outer < 0 else block.end) * CELL + outer * _BESIDE


@dataclass(frozen=True, slots=True)
class _KeyEntry:
    words: str
    person: Relative | None = None
    dashed: bool = False
    double: bool = False
    couple: str = ""
    x: int = 0
    y: int = 0

    @property
    def width(self) -> int:
        return _KEY_SYMBOL if self.person else 2 * _KEY_SYMBOL


def list_key_entries(family: Family, lines: Collection[bool]) -> Iterator[_KeyEntry]:
    """The symbols that this tree has, and none that it has not. `lines` are the sorts of line: dashed or not."""
    people = [*family.people]
    for sex, words in (("male", "male"), ("female", "female"), ("", "sex not recorded")):
        if any(person.sex == sex for person in people):
            yield _KeyEntry(words, Relative("", "", sex))
    yield _KeyEntry("the child whose tree this is", replace(family.child, died_on=None, adopted=False), double=True)
    if dead := next((person for person in people if person.died_on), None):
        yield _KeyEntry("has died", Relative("", "", dead.sex, died_on=dt.date.min))
    if adopted := next((person for person in people if person.adopted), None):
        yield _KeyEntry("adopted", Relative("", "", adopted.sex, adopted=True))
    if False in lines:
        yield _KeyEntry("parents and their children")
    if family.couple in _STROKES:
        yield _KeyEntry(describe_word(family.couple), couple=family.couple)
    if True in lines:
        yield _KeyEntry("the file does not say how, or through whom", dashed=True)


def _lay_out_key(family: Family, lines: Collection[bool], width: int) -> tuple[list[_KeyEntry], int]:
    """The entries of the key in their places, and how high the key is."""
    entries = [*list_key_entries(family, lines)]
    widths = [entry.width + 2 * _BESIDE + round(TEXT.line(entry.words).width) for entry in entries]
    places = place_in_lines(widths, width, _KEY_SPACE, _KEY_HEIGHT)
    placed = [replace(entry, x=x, y=y) for entry, (x, y) in zip(entries, places, strict=True)]
    return placed, placed[-1].y + _KEY_HEIGHT + TEXT.line_height * len(_wrap_notes(family, width))


def _wrap_notes(family: Family, width: int) -> list[TextLine]:
    aunts = any(side.aunts for side in family.sides)
    return TEXT.wrap(f"{_OLDEST_FIRST} {_BY_MARRIAGE}" if aunts else _OLDEST_FIRST, width)


def _draw_key(key: Sequence[_KeyEntry], notes: Sequence[TextLine], pen: _TreePen) -> None:
    for entry in key:
        if entry.person:
            pen.symbol(entry.person, entry.x + _KEY_SYMBOL / 2, entry.y, _KEY_SYMBOL, double=entry.double)
        else:
            y = entry.y + _KEY_SYMBOL / 2
            pen.join((entry.x, y), (entry.x + entry.width, y), dashed=entry.dashed)
            pen.part(entry.couple, entry.x + entry.width / 2, y, _KEY_SYMBOL)
        x, y = entry.x + entry.width + 2 * _BESIDE, entry.y + (_KEY_SYMBOL - TEXT.line_height) / 2
        pen.words([TEXT.line(entry.words)], x, y)
    pen.words(notes, 0, key[-1].y + _KEY_HEIGHT)
