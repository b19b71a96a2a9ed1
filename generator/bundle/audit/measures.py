"""What a child process says of a PDF that may be a bundle: measures alone, without a rule and without a judgement."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileToMeasure:
    """The question: a PDF, and how many of its pages are looked at."""

    pdf: str
    most_pages: int


@dataclass(frozen=True, slots=True)
class CannotMeasure:
    """Why a file cannot be read, in words for the reader. It is the last answer."""

    says: str


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A bookmark's words, how deep it stands, and the page it leads to (-1: nowhere)."""

    words: str
    depth: int
    target: int


@dataclass(frozen=True, slots=True)
class SeenFile:
    """The file as a whole: how many pages it has, its bookmarks, and whether it forbids some uses."""

    pages: int
    bookmarks: tuple[Bookmark, ...]
    protected: bool


@dataclass(frozen=True, slots=True)
class SeenPage:
    """One page as it is shown. `links` are the pages it leads to (-1: nowhere); `turned` is clockwise, by letters.

    `margins` are the words in six places at its edges, `styles` typeface, size and number of letters in a sample,
    `pictures` the dots per inch of each and how many dots it has.
    """

    label: str
    width: float
    height: float
    margins: tuple[tuple[str, ...], ...]
    head: str
    links: tuple[int, ...]
    letters: int
    styles: tuple[tuple[str, float, int], ...]
    turned: tuple[tuple[int, int], ...]
    drawn: bool
    pictures: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class SecondReader:
    """What another reader says: how many pages it counts (None: it cannot tell), and how the file opens.

    `opens` is a size in per cent, or a word where the file says none.
    """

    pages: int | None = None
    opens: int | str = "unread"
