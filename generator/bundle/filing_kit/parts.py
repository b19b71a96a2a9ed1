"""Divide a bundle into parts that are small enough: between papers where possible, measured after writing."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.bundle.filing_kit.cut import FinishedBundle

Write = Callable[[range, Path], int]


@dataclass(frozen=True, slots=True)
class KitPart:
    """A part as it was written: where, which pages, how large."""

    path: Path
    pages: range
    size: int


class PageTooLargeError(Exception):
    """One page alone is larger than a file may be. `page` is its place in the bundle, from 0."""

    def __init__(self, page: int) -> None:
        super().__init__(page)
        self.page = page


def divide(
    bundle: FinishedBundle, papers: Sequence[range], limit: int, write: Write, folder: Path
) -> tuple[KitPart, ...]:
    """Write pages that follow one another as parts of at most `limit` bytes, into a folder that is otherwise empty.

    `papers` are their page ranges in order. A paper goes into one part, unless it is larger than a whole one: then it
    is divided between its pages. Raises PageTooLargeError.
    """
    waiting: deque[range] = deque()
    for paper in papers:
        waiting += [paper] if _guess(bundle, [paper], limit) else _single_pages(paper)
    parts: list[KitPart] = []
    while waiting:
        # What seems too large is written all the same: a guess may be too high, a file is not.
        count = max(_guess(bundle, waiting, limit), 1)
        while True:
            pages = range(waiting[0].start, waiting[count - 1].stop)
            path = folder / f"{len(parts) + 1:04}.pdf"
            size = write(pages, path)
            if size <= limit:
                break
            if len(pages) == 1:
                raise PageTooLargeError(pages.start)
            if count == 1:
                waiting.extendleft(reversed(_single_pages(waiting.popleft())))
                count = len(pages)
            count -= 1
        parts.append(KitPart(path, pages, size))
        for _ in range(count):
            waiting.popleft()
    return tuple(parts)


def _single_pages(paper: range) -> list[range]:
    return [range(page, page + 1) for page in paper]


def _guess(bundle: FinishedBundle, waiting: Iterable[range], limit: int) -> int:
    """How many of the papers that wait seem to fit into one part."""
    held: set[int] = set()
    weight = pages = count = 0
    for paper in waiting:
        added = bundle.objects_of(paper) - held
        held |= added
        weight += bundle.weigh(added)
        pages += len(paper)
        if weight + bundle.weigh_rest(pages, count + 1) > limit:
            break
        count += 1
    return count
