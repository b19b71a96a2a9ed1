"""Place each relative: blocks of columns in rows by generation, with no more columns than print allows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from generator.base.dates import format_short_date
from generator.base.fonts import TextLine, TextStyle
from generator.papers.pictures.family_tree.relatives import Family, Relative, Side

TEXT = TextStyle(35)
COLUMNS = 7
CELL = 330
SYMBOL = 96
LANE = 26
APART = "The file does not say through whom"
_LABEL_WIDTH = 288
_BESIDE = 28 / CELL  # what keeps those at the side from the tree
_GAPS = (0, 84, 84, 5 * LANE, 84)  # above each generation, for the lines that lead to it
_GAP = 64  # between the lines of a block that is too wide for one


@dataclass(slots=True)
class RelativeBlock:
    """Relatives who stand together. Columns are counted in cells and may be halves; tops are pixels."""

    people: Sequence[Relative]
    row: int = 0
    width: int = 0
    column: float = 0
    mirrored: bool = False
    tops: list[int] = field(default_factory=list)
    labels: list[list[TextLine]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.width = len(self.people)
        self.labels = [label(person) for person in self.people]

    @property
    def end(self) -> float:
        """The column after the last."""
        return self.column + self.width

    @property
    def drop(self) -> int:
        """After how many cells the line down to the children leaves."""
        return 0 if self.mirrored and self.width == 1 else max(1, self.width // 2)

    def x(self, number: int) -> int:
        """The middle of a relative's symbol."""
        return round((self.column + number % self.width + 0.5) * CELL)

    def y(self, number: int) -> int:
        """The top of a relative's symbol."""
        return self.tops[number // self.width]

    def lines(self) -> Iterator[range]:
        """The numbers of the relatives in each line of the block."""
        for start in range(0, len(self.people), self.width or 1):
            yield range(start, min(start + self.width, len(self.people)))

    def balance(self) -> None:
        """Fill the lines evenly, in as many lines."""
        if self.people:
            self.width = -(-len(self.people) // -(-len(self.people) // self.width))

    def heights(self) -> list[int]:
        """How high each line of the block is."""
        return [SYMBOL + 14 + TEXT.line_height * max(len(self.labels[n]) for n in line) for line in self.lines()]


@dataclass(slots=True)
class FamilyBranch:
    """The blocks of one side of the family. `edge` is the column of its outer edge, where lines run down past it."""

    parents: RelativeBlock
    aunts: RelativeBlock
    grandparents: RelativeBlock
    great_grandparents: RelativeBlock
    cousins: RelativeBlock
    half: RelativeBlock

    def needs(self) -> float:
        """How many columns its widest generation takes; halves let a single grandparent's line come straight down."""
        below, above = self.parents.width + self.aunts.width, (self.grandparents.width, self.great_grandparents.width)
        return max(below, *above, 1 + above.count(1) / 2 if below == 1 else 0)

    def narrow(self) -> bool:
        """Take one column off the widest generation; False when there is none to take."""
        widest, done = self.needs(), False
        blocks = [self.grandparents, self.great_grandparents]
        if self.parents.width + self.aunts.width == widest:
            blocks.append(max(self.aunts, self.parents, key=lambda block: block.width))
            done = blocks[-1].width > 1
            blocks[-1].width -= done
        for block in blocks[:2]:
            if block.width == widest > 1:
                block.width -= 1
                done = True
        return done


@dataclass(slots=True)
class PlacedFamily:
    """Everyone in their places. `middle` is the column between the two sides; `columns` counts those apart too."""

    left: FamilyBranch
    right: FamilyBranch
    siblings: RelativeBlock
    unsure: RelativeBlock
    apart: RelativeBlock
    middle: float = 0
    tree_columns: float = 0
    columns: float = 0
    height: int = 0

    def blocks(self) -> Iterator[RelativeBlock]:
        """Every block, from great-grandparents to those at the side."""
        for branch in (self.left, self.right):
            yield from (branch.great_grandparents, branch.grandparents, branch.parents, branch.aunts)
            yield from (branch.cousins, branch.half)
        yield from (self.siblings, self.unsure, self.apart)


def label(relative: Relative) -> list[TextLine]:
    """The lines that stand under a symbol: name, kinship, adopted, born, died."""
    lives = (("born", relative.born_on), ("died", relative.died_on))
    adopted = ["adopted"] if relative.adopted else []
    parts = [
        relative.name,
        relative.kinship,
        *adopted,
        *(f"{word} {format_short_date(day)}" for word, day in lives if day),
    ]
    return [line for part in parts for line in TEXT.wrap(part, _LABEL_WIDTH)]


def place_family(family: Family) -> PlacedFamily:
    """A place for everyone in the family."""
    left, right = _make_branch(family.maternal), _make_branch(family.paternal, mirrored=True)
    siblings, unsure, apart = (
        RelativeBlock(family.siblings, 3),
        RelativeBlock(family.unsure, 3),
        RelativeBlock(family.apart),
    )
    young = [left.cousins, left.half, siblings, unsure, right.half, right.cousins]
    fewest = max(len([block for block in young if block.people]), _fewest(left) + _fewest(right))
    apart.width = min(-(-len(apart.people) // 4), COLUMNS - fewest)
    budget = COLUMNS - apart.width
    if sum(block.width for block in young) > budget:
        left.cousins.row = right.cousins.row = 4
        young = [left.half, siblings, unsure, right.half]
        _narrow([left.cousins, right.cousins], budget)
    _narrow(young, budget)
    while left.needs() + right.needs() > budget:
        first, second = sorted((left, right), key=FamilyBranch.needs, reverse=True)
        if not first.narrow() and not second.narrow():
            break
    placed = PlacedFamily(left, right, siblings, unsure, apart)
    for block in placed.blocks():
        block.balance()
    before = sum(block.width for block in young[: young.index(siblings)]) + siblings.width / 2
    after = sum(block.width for block in young) - before
    middle = max(min(max(left.needs(), before), budget - right.needs()), left.needs())
    columns = max(middle + right.needs(), min(budget, middle + after), before + after)
    columns = max(columns, left.cousins.width + right.cousins.width)
    _place_parents(left, right, middle, columns)
    column = max(0.0, min(middle - before, columns - before - after))
    for block in young:
        block.column = column
        column += block.width
    left.cousins.column = 0
    right.cousins.column = columns - right.cousins.width
    placed.middle, placed.tree_columns = middle, columns
    apart.column = columns + _BESIDE
    placed.columns = apart.end if apart.people else columns
    placed.height = _set_tops(placed)
    return placed


def _narrow(blocks: list[RelativeBlock], budget: int) -> None:
    """Narrow blocks until they fit beside each other, in as few lines as may be."""
    while sum(block.width for block in blocks) > budget:
        wide = [block for block in blocks if block.width > 1]
        min(wide, key=lambda block: (len(block.people) / (block.width - 1), -block.width)).width -= 1


def _make_branch(side: Side, *, mirrored: bool = False) -> FamilyBranch:
    return FamilyBranch(
        RelativeBlock(side.parents, 2),
        RelativeBlock(side.aunts, 2),
        RelativeBlock(sorted(side.grandparents, key=lambda one: one.sex != "male"), 1, mirrored=mirrored),
        RelativeBlock(side.great_grandparents, 0, mirrored=mirrored),
        RelativeBlock(side.cousins, 3),
        RelativeBlock(side.half, 3),
    )


def _fewest(branch: FamilyBranch) -> int:
    above = (branch.aunts, branch.grandparents, branch.great_grandparents)
    return 2 if any(block.people for block in above) else bool(branch.parents.people)


def _place_parents(left: FamilyBranch, right: FamilyBranch, middle: float, columns: float) -> None:
    left.parents.column = middle - left.parents.width
    left.aunts.column = left.parents.column - left.aunts.width
    right.parents.column = middle
    right.aunts.column = right.parents.end
    for branch, low, high in ((left, 0.0, middle), (right, middle, columns)):
        over = (min(branch.aunts.column, branch.parents.column) + max(branch.aunts.end, branch.parents.end)) / 2
        for block in (branch.grandparents, branch.great_grandparents):
            block.column = max(low, min(over - block.drop, high - block.width))
            over = block.column + block.width / 2 if block.people else over


def _set_tops(placed: PlacedFamily) -> int:
    """Give every line of every block its top, and return the height of all."""
    y = 0
    tree = [block for block in placed.blocks() if block is not placed.apart and block.people]
    for row in range(len(_GAPS)):
        blocks = [block for block in tree if block.row == row]
        y += (_GAPS[row] if y else 2 * LANE) if blocks else 0
        for number, heights in enumerate(zip_longest(*(block.heights() for block in blocks), fillvalue=0)):
            y += _GAP if number else 0
            for block in blocks:
                block.tops.append(y)
            y += max(heights)
    aside = TEXT.line_height * len(TEXT.wrap(APART, (placed.apart.width or 1) * CELL - LANE)) + 40
    for height in placed.apart.heights():
        placed.apart.tops.append(aside)
        aside += height + _GAP
    return max(y, aside - _GAP if placed.apart.people else 0)
