"""The page that stands in place of a file that could not be included, so that numbers and index stay right."""

from __future__ import annotations

import functools
from pathlib import Path

from generator.base.english import capitalise
from generator.base.fonts import list_font_folders, list_pairs
from generator.base.pages import A4

_MARGIN = 72.0
_SIZE, _LARGE = 12.0, 20.0
_LINE = 1.5
_GROUP, _GROUPS_IN_LINE = 4, 8
_NOT_KNOWN = "not known, because the file could not be read to its end"


def draw_quarantine_page(target: Path, says: str, remedy: str, sha256: str, size: int | None) -> None:
    """Write the one page to `target`: why, what can be done, and which file it is, by its SHA-256 and size.

    It says no title and no name: the bundle's index has the title, and stamps its number on the page. The same words
    give the same bytes.
    """
    from reportlab.lib.utils import simpleSplit  # type: ignore[import-untyped]
    from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

    regular, bold = _load_fonts(list_font_folders())
    page = Canvas(str(target), pagesize=A4, invariant=1, pageCompression=1)
    page.setTitle("")
    page.setAuthor("")
    page.setSubject("")
    room = A4[0] - 2 * _MARGIN
    top = A4[1] - _MARGIN - _LARGE

    def write(words: str, font: str, height: float = _SIZE, space: float = 6.0) -> None:
        nonlocal top
        for line in simpleSplit(words, font, height, room):
            page.setFont(font, height)
            page.drawString(_MARGIN, top, line)
            top -= height * _LINE
        top -= space

    write("A file could not be included here", bold, _LARGE, 14)
    write("This page stands in place of a file that could not be included.", regular, space=16)
    write("Why", bold, space=0)
    write(_end(says), regular, space=16)
    write("What can be done", bold, space=0)
    write(_end(remedy), regular, space=16)
    write("Which file it is", bold, space=0)
    if size is not None:
        write(f"Size: {size:,} bytes", regular, space=0)
    write("SHA-256:" if sha256 else f"SHA-256: {_NOT_KNOWN}", regular, space=0)
    groups = [sha256[start : start + _GROUP] for start in range(0, len(sha256), _GROUP)]
    for start in range(0, len(groups), _GROUPS_IN_LINE):
        write("  ".join(groups[start : start + _GROUPS_IN_LINE]), regular, space=0)
    page.showPage()
    page.save()


def _end(words: str) -> str:
    return f"{capitalise(words).rstrip('.')}."


@functools.lru_cache(maxsize=4)
def _load_fonts(folders: tuple[Path, ...]) -> tuple[str, str]:
    """The names of a font and its bold, embedded where this computer has one, and known to every reader otherwise."""
    from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
    from reportlab.pdfbase.ttfonts import TTFError, TTFont  # type: ignore[import-untyped]

    for regular, bold in list_pairs(folders):
        if bold is None:
            continue
        try:
            for file in (regular, bold):
                pdfmetrics.registerFont(TTFont(f"stands-in-{file.name}", str(file), shapable=False))
        except (TTFError, OSError):
            continue
        return f"stands-in-{regular.name}", f"stands-in-{bold.name}"
    return "Helvetica", "Helvetica-Bold"
