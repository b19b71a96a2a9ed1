"""What goes into a filing kit and what comes out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from generator.base.pages import say_range


@dataclass(frozen=True, slots=True)
class KitRow:
    """One paper of the bundle, as its index has it.

    `pages` are page numbers of the PDF, counted from 1 and one after another. `kind` is what sort of paper it is in
    words ("witness statement"), `party` who made it, `role` that person's part in the case ("mother", "expert").
    """

    id: str
    title: str
    kind: str
    section: str
    dated: dt.date | None
    first_label: str
    last_label: str
    pages: tuple[int, ...]
    party: str = ""
    role: str = ""
    essential: bool = False

    @property
    def page_range(self) -> str:
        """The first and last page: C4 to C9."""
        return say_range(self.first_label, self.last_label)


@dataclass(frozen=True, slots=True)
class KitFacts:
    """What the kit says about the case. What is empty is left out, never guessed.

    `lodge_by` are finished sentences, each with what says so; `contact` the lines of who files it, the authority's name
    first. `sections` are the letters and titles of the bundle's sections. `index_pages` are the pages of the PDF
    (counted from 1) that hold its index. `children` are all names by which the children are known: no file is named
    after them. `kept_back` are sentences about what else must not be uploaded in this case.
    """

    case_title: str
    case_number: str
    court: str
    hearing: str
    hearing_at: dt.datetime | None
    prepared_on: dt.date
    lodge_by: tuple[str, ...]
    contact: tuple[str, ...]
    sections: tuple[tuple[str, str], ...]
    index_pages: tuple[int, ...]
    children: tuple[str, ...] = ()
    kept_back: tuple[str, ...] = ()


class Content(StrEnum):
    """What a file of the kit is."""

    BUNDLE = "bundle"
    PAPER = "paper"
    EMAIL = "email"
    INDEX = "index"
    NOTE = "note"
    HASHES = "hashes"


@dataclass(frozen=True, slots=True)
class KitFile:
    """A file of the kit: its path inside the kit's folder, and the pages and paper it holds, where it is a PDF."""

    path: str
    content: Content
    size: int
    sha256: str
    first_label: str = ""
    last_label: str = ""
    row: str = ""


@dataclass(frozen=True, slots=True)
class Kit:
    """A kit that was written and proved. `warnings` name pages, never titles."""

    folder: Path
    files: tuple[KitFile, ...]
    warnings: tuple[str, ...]

    def of(self, content: Content) -> tuple[KitFile, ...]:
        """The files of one sort, in order."""
        return tuple(file for file in self.files if file.content is content)
