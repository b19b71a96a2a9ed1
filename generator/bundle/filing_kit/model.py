"""What goes into a filing kit and what comes out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


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


class KitContent(StrEnum):
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
    content: KitContent
    size: int
    sha256: str
    first_label: str = ""
    last_label: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Kit:
    """A kit that was written and proved. `warnings` name pages, never titles."""

    folder: Path
    files: tuple[KitFile, ...]
    warnings: tuple[str, ...]

    def of(self, content: KitContent) -> tuple[KitFile, ...]:
        """The files of one sort, in order."""
        return tuple(file for file in self.files if file.content is content)
