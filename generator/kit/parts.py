"""Divide a bundle into parts that are small enough: between papers where possible, measured after writing."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.kit.cut import Bundle

Write = Callable[[range, Path], int]


@dataclass(frozen=True, slots=True)
class Part:
    """A part as it was written: where, which pages, how large."""

    path: Path
    pages: range
    size: int


class PageTooLargeError(Exception):
    """One page alone is larger than a file may be. `page` is its place in the bundle, from 0."""

    def __init__(self, page: int) -> None:
        super().__init__(page)
        self.page = page


def divide(bundle: Bundle, papers: Sequence[range], limit: int, write: Write, folder: Path) -> tuple[Part, ...]:
    """Write pages that follow one another as parts of at most `limit` bytes, into a folder that is otherwise empty.

    `papers` are their page ranges in order; what stands before the first paper goes first. A paper goes into one part,
    unless it is larger than a whole one: then it starts a part and is divided between its pages. Raises
    PageTooLargeError.
    """
    waiting = deque(papers)
    parts: list[Part] = []
    while waiting:
        count = _guess(bundle, waiting, limit)
        if count == 1 and not parts and len(waiting) > 1 and _guess(bundle, [waiting[1]], limit) == 0:
            # The index does not travel alone because the first paper is divided.
            _loosen(waiting, 1)
            count = _guess(bundle, waiting, limit)
        while True:
            if count == 0:
                _loosen(waiting, 0)
                # A page that seems too large is written all the same: the guess may be too high, a file is not.
                count = max(_guess(bundle, waiting, limit), 1)
            pages = range(waiting[0].start, waiting[count - 1].stop)
            path = folder / f"{len(parts) + 1:04}.pdf"
            size = write(pages, path)
            if size <= limit:
                break
            if len(pages) == 1:
                raise PageTooLargeError(pages.start)
            count -= 1
        parts.append(Part(path, pages, size))
        for _ in range(count):
            waiting.popleft()
    return tuple(parts)


def _loosen(waiting: deque[range], place: int) -> None:
    """Replace a paper by its single pages."""
    paper = waiting[place]
    rest = [waiting.popleft() for _ in range(place + 1)][:-1]
    waiting.extendleft(range(page, page + 1) for page in reversed(paper))
    waiting.extendleft(reversed(rest))


def _guess(bundle: Bundle, waiting: Sequence[range], limit: int) -> int:
    """How many of the papers that wait seem to fit into one part."""
    held: set[int] = set()
    weight = pages = 0
    for count, paper in enumerate(waiting):
        added = bundle.objects_of(paper) - held
        held |= added
        weight += bundle.weigh(added)
        pages += len(paper)
        if weight + bundle.weigh_rest(pages, count + 1) > limit:
            return count
    return len(waiting)
