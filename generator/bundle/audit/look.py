"""What is seen of a bundle: its measures from the child process, and the numbers that are printed on its pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from generator.base.errors import CannotReadError
from generator.base.sandbox.worker import Ended, SandboxedWorker
from generator.bundle.audit.measures import (
    Bookmark,
    CannotMeasure,
    FileToMeasure,
    SecondReader,
    SeenFile,
    SeenPage,
)

MAX_PAGES = 10_000
_CHILD = ("-m", "generator.bundle.audit.child")
_Answer = SeenFile | SeenPage | SecondReader | CannotMeasure
_LETTERED = re.compile(r"(?<![A-Za-z0-9])([A-Z])[ \-./]?([1-9][0-9]{0,4})([a-z]{0,2})(?![A-Za-z0-9])")
_NUMBER = re.compile(r"(?<![A-Za-z0-9])[1-9][0-9]{0,4}(?![A-Za-z0-9])")
_SAFE_LABEL = re.compile(r"[A-Z]?[0-9]{1,5}[a-z]{0,2}|[ivxlc]{1,8}")
"""A label that can be printed: others may hold anything, names too."""


class Scheme(StrEnum):
    """How the pages are numbered, as far as can be seen."""

    BY_SECTION = "by section"
    STRAIGHT = "straight through"
    NONE = "none"


@dataclass(frozen=True)
class SeenBundle:
    """Everything that was seen. `pages` holds those looked at; `total` is how many there are.

    `opens` is the size in per cent at which the file opens; a word where it says none.
    """

    total: int
    size: int
    pages: tuple[SeenPage, ...]
    bookmarks: tuple[Bookmark, ...]
    protected: bool
    opens: int | str

    @cached_property
    def scheme(self) -> Scheme:
        """How the pages are numbered."""
        return self._numbers[0]

    @cached_property
    def printed(self) -> tuple[str | None, ...]:
        """The number printed on each page, None where none of the scheme is found."""
        return self._numbers[1]

    @cached_property
    def read_from_labels(self) -> bool:
        """Whether the numbers are those of the file alone, because none could be read on the pages."""
        return self.scheme is Scheme.BY_SECTION and not _read_lettered(self.pages)

    @cached_property
    def _numbers(self) -> tuple[Scheme, tuple[str | None, ...]]:
        lettered, straight = _read_lettered(self.pages), _read_straight(self.pages)
        if lettered and len(lettered) * 2 >= len(straight):
            return Scheme.BY_SECTION, tuple(lettered.get(number) for number in range(len(self.pages)))
        if straight:
            return Scheme.STRAIGHT, tuple(straight.get(number) for number in range(len(self.pages)))
        labels = [page.label if _LETTERED.fullmatch(page.label) else None for page in self.pages]
        if any(labels):
            return Scheme.BY_SECTION, tuple(labels)
        return Scheme.NONE, (None,) * len(self.pages)

    @cached_property
    def front(self) -> int:
        """How many pages stand before the first one that is numbered by section: cover and index."""
        if self.scheme is not Scheme.BY_SECTION:
            return 0
        return next((number for number, one in enumerate(self.printed) if one), 0)

    @cached_property
    def page_of(self) -> dict[str, int]:
        """The place of each printed number, the first where it is printed twice; labels of the file count too."""
        found: dict[str, int] = {}
        for number, one in enumerate(self.printed):
            if one:
                found.setdefault(one, number)
        for number, page in enumerate(self.pages):
            if page.label:
                found.setdefault(page.label, number)
        return found

    def name(self, number: int) -> str:
        """A page by the number printed on it, else by its label, else by its place in the file. Safe to print."""
        printed = self.printed[number] if number < len(self.printed) else None
        if printed:
            return printed
        label = self.pages[number].label if number < len(self.pages) else ""
        return label if _SAFE_LABEL.fullmatch(label) else f"page {number + 1} of the file"

    def name_pages(self, numbers: Sequence[int], most: int = 12) -> str:
        """Pages in words, neighbours as ranges: B3 to B5, C1."""
        runs: list[list[int]] = []
        for number in sorted({*numbers}):
            if runs and number == runs[-1][-1] + 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        said = [self._name_run(run[0], run[-1]) for run in runs[:most]]
        more = sum(map(len, runs[most:]))
        return ", ".join(said) + (f" and {more} more" if more else "")

    def _name_run(self, first: int, last: int) -> str:
        start, end = self.name(first), self.name(last)
        if first == last:
            return start
        if " " in start and " " in end:
            return f"pages {first + 1} to {last + 1} of the file"
        return f"{start} to {end}"


def look_at_bundle(pdf: Path, seconds: float) -> SeenBundle:
    """What a limited child process sees of a PDF within so many seconds.

    Raises CannotReadError, in one sentence, for a file that is not there, is not a whole PDF, or needs a password.
    """
    try:
        size = pdf.stat().st_size
        if not pdf.is_file():
            raise CannotReadError(f"Cannot check {pdf.name}: it is not a file")
        with pdf.open("rb"):
            pass
    except OSError as error:
        reason = (error.strerror or "it cannot be opened").lower()
        raise CannotReadError(f"Cannot check {pdf.name}: {reason}") from None
    with SandboxedWorker[_Answer](_CHILD, SeenFile, SeenPage, SecondReader, CannotMeasure) as worker:
        reply = worker.ask(FileToMeasure(str(pdf.absolute()), MAX_PAGES), seconds)
    file: SeenFile | None = None
    second = SecondReader()
    pages: list[SeenPage] = []
    for answer in reply.answers:
        match answer:
            case CannotMeasure():
                raise CannotReadError(f"Cannot check {pdf.name}: {answer.says}")
            case SeenFile():
                file = answer
            case SeenPage():
                pages.append(answer)
            case SecondReader():
                second = answer
    if file is None or not pages:
        slow = reply.ended is Ended.TOO_SLOW
        why = "it takes too long to be read" if slow else "it is damaged, or needs more memory than a bundle may"
        raise CannotReadError(f"Cannot check {pdf.name}: {why}")
    if second.pages not in (None, file.pages):
        raise CannotReadError(
            f"Cannot check {pdf.name}: it is damaged. Two readers count {file.pages} and {second.pages} pages in it"
        )
    return SeenBundle(file.pages, size, tuple(pages), file.bookmarks, file.protected, second.opens)


def _read_lettered(pages: Sequence[SeenPage]) -> dict[int, str]:
    """The numbers such as B12 and B12a that stand in one and the same place of the pages' margins."""
    found = [[_find_lettered(words) for words in page.margins] for page in pages]
    places = Counter(place for page in found for place, numbers in enumerate(page) if numbers)
    if not places:
        return {}
    best = max(places, key=lambda place: (places[place], place))
    chosen: dict[int, str] = {}
    before = ""
    for number, (page, margins) in enumerate(zip(pages, found, strict=True)):
        if not margins[best]:
            continue
        # An address at the foot may look like one (E2); the right one is what the file calls the page, or comes next.
        likely = [one for one in margins[best] if one == page.label or one in list_next(before)]
        before = chosen[number] = (likely or margins[best])[-1]
    return chosen


def _find_lettered(words: Sequence[str]) -> list[str]:
    return ["".join(parts) for parts in _LETTERED.findall(" ".join(words))]


def _next_late(late: str) -> str:
    """B12 is followed by B12a, B12z by B12aa."""
    if not late or set(late) == {"z"}:
        return "a" * (len(late) + 1)
    return late[:-1] + chr(ord(late[-1]) + 1) if late[-1] != "z" else f"{chr(ord(late[-2]) + 1)}a"


def _read_straight(pages: Sequence[SeenPage]) -> dict[int, str]:
    """The numbers that rise by one from page to page through most of the file, wherever in the margins they stand."""
    votes: Counter[int] = Counter()
    numbers = [{int(one) for words in page.margins for one in _NUMBER.findall(" ".join(words))} for page in pages]
    for place, found in enumerate(numbers):
        votes.update(one - place for one in found)
    if not votes:
        return {}
    start, times = max(votes.items(), key=lambda vote: (vote[1], -abs(vote[0] - 1)))
    if times * 10 < len(pages) * 6:
        return {}
    return {place: str(start + place) for place, found in enumerate(numbers) if start + place in found}


def list_next(number: str) -> tuple[str, ...]:
    """What may be printed on the page after one: B13, C1, or B12a for a page that was filed late."""
    found = _LETTERED.fullmatch(number)
    if not found:
        return ()
    letter, count, late = found.groups()
    following = (f"{letter}{int(count) + 1}", f"{chr(ord(letter) + 1)}1")
    return (*following, f"{letter}{count}{_next_late(late)}")


def split_number(number: str) -> tuple[str, int, str]:
    """The letter, the count and the late letters of a number: B12a is B, 12 and a."""
    found = _LETTERED.fullmatch(number)
    if found is None:
        raise ValueError("is not numbered by section")
    return found[1], int(found[2]), found[3]


def list_late(seen: SeenBundle) -> Iterator[int]:
    """The pages whose number has a letter after it."""
    if seen.scheme is Scheme.BY_SECTION:
        yield from (number for number, one in enumerate(seen.printed) if one and split_number(one)[2])
