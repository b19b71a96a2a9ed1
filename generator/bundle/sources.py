"""Open the papers of a bundle: how many pages each has, and whether it is the same file as before."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader

from generator.base.errors import BundleError, Problem
from generator.bundle.entries import Entry
from generator.bundle.links import prepare_source

ADMIT_FIRST = "admit it as evidence first, or ask for a new copy"


@dataclass(frozen=True, slots=True)
class Source:
    """An opened PDF, its number of pages, and the SHA-256 of its bytes."""

    reader: PdfReader
    pages: int
    sha256: str


def open_sources(entries: Sequence[Entry]) -> dict[Path, Source]:
    """Every PDF that is named, opened once, its links made ready to be merged.

    Raises BundleError (B001) with every paper that cannot be read, by its place in the list.
    """
    sources: dict[Path, Source] = {}
    problems: list[Problem] = []
    for number, entry in enumerate(entries):
        if entry.pdf in sources or entry.withdrawn:
            continue
        try:
            content = entry.pdf.read_bytes()
            reader = PdfReader(io.BytesIO(content))
            pages = len(reader.pages)
            found = prepare_source(reader) if pages else [Problem("B001", "This PDF has no pages")]
        except OSError as error:
            reason = (error.strerror or "it cannot be opened").lower()
            found = [Problem("B001", f"This PDF cannot be opened: {reason}", remedy="check that the file is there")]
        except Exception:
            # pypdf fails on damaged files in ways that its own errors do not cover (measured: 10 of 46).
            found = [Problem("B001", "This PDF cannot be read", remedy=ADMIT_FIRST)]
        else:
            sources[entry.pdf] = Source(reader, pages, hashlib.sha256(content).hexdigest())
        problems += [Problem(p.code, p.says, path=f"entries[{number}]", remedy=p.remedy) for p in found]
    if problems:
        raise BundleError("Some papers cannot go into the bundle", tuple(problems))
    return sources
