"""A Word file as a check reads it: its parts, and every paragraph with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from generator.base.errors import TemplateError
from generator.base.word_package import DamagedPackageError, open_package
from generator.base.word_xml import FALLBACK, W, parse_xml, style_of
from generator.papers.lint.findings import Where, shorten
from generator.papers.word.template_safety import refuse_excess

_TEXT = (f"{W}t", f"{W}tab", f"{W}br", f"{W}cr", f"{W}noBreakHyphen")
HARD_HYPHEN = "\N{NON-BREAKING HYPHEN}"
_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_PARTS = (
    (re.compile(r"word/document\d*\.xml"), "text", True),
    (re.compile(r"word/header\d*\.xml"), "header", True),
    (re.compile(r"word/footer\d*\.xml"), "footer", True),
    (re.compile(r"word/footnotes\.xml"), "footnotes", True),
    (re.compile(r"word/endnotes\.xml"), "endnotes", False),
    (re.compile(r"word/comments\.xml"), "comments", False),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph's text: the w:t element it stands in, and the run around that."""

    text: str
    element: Any
    run: Any


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its element, its text piece by piece, its place, and the level of a heading (0 for none)."""

    element: Any
    pieces: tuple[Piece, ...]
    where: Where
    level: int = 0
    is_heading: bool = False
    in_text_box: bool = False

    @property
    def text(self) -> str:
        """All its text."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class WordPart:
    """A part with paragraphs. `filled` where tags in it are filled in."""

    path: str
    name: str
    filled: bool
    root: Any
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class WordFile:
    """A Word file, opened: its parts with text, and every other part as bytes."""

    name: str
    parts: tuple[WordPart, ...]
    others: dict[str, bytes] = field(repr=False)
    styles: Any = None

    @property
    def body(self) -> WordPart:
        """The text of the document."""
        return next(part for part in self.parts if part.name == "text")


def open_word(content: bytes, name: str) -> WordFile:
    """The parts of a Word file. Raises TemplateError for a file that is none, or is damaged."""
    try:
        with open_package(content) as package:
            refuse_excess(package, name)
            files = package.read_all()
        styles = parse_xml(files["word/styles.xml"]) if "word/styles.xml" in files else None
        levels, parts = _heading_levels(styles), []
        for path in sorted(files, key=lambda one: (one != "word/document.xml", one)):
            for pattern, said, filled in _PARTS:
                if pattern.fullmatch(path):
                    root = parse_xml(files[path])
                    parts.append(WordPart(path, said, filled, root, tuple(_read_paragraphs(root, said, levels))))
    except DamagedPackageError:
        raise TemplateError(f"The template {name} is not a Word file. Save it in Word as .docx") from None
    if not any(part.name == "text" for part in parts):
        raise TemplateError(f"The template {name} is not a Word file. Save it in Word as .docx")
    return WordFile(name, tuple(parts), files, styles)


def _heading_levels(styles: Any) -> dict[str, int]:
    """The level of each heading style, by its id; Title counts as 0."""
    levels: dict[str, int] = {}
    for style in [] if styles is None else styles.iterfind(f"{W}style"):
        name = style.find(f"{W}name")
        found = _HEADING.fullmatch(name.get(f"{W}val", "")) if name is not None else None
        if found:
            levels[style.get(f"{W}styleId")] = int(found[1])
    return levels


def _read_paragraphs(root: Any, part: str, levels: dict[str, int]) -> Iterator[Paragraph]:
    heading, number = "", 0
    tables: dict[Any, int] = {}
    for element in root.iter(f"{W}p"):
        if any(True for _ in element.iterancestors(FALLBACK)):
            # The same words once more, for old programs.
            continue
        number += 1
        pieces = tuple(_read_pieces(element))
        text = "".join(piece.text for piece in pieces)
        level = levels.get(style_of(element), 0)
        cell = next(element.iterancestors(f"{W}tc"), None)
        place = _place_in_table(cell, tables) if cell is not None else (0, 0, 0)
        where = Where(part, heading, *place, 0 if cell is not None else number, shorten(text))
        boxed = any(True for _ in element.iterancestors(f"{W}txbxContent"))
        yield Paragraph(element, pieces, where, level, level > 0, boxed)
        if level and text.strip() and cell is None:
            heading = shorten(text)


def _place_in_table(cell: Any, tables: dict[Any, int]) -> tuple[int, int, int]:
    row = next(cell.iterancestors(f"{W}tr"))
    table = next(row.iterancestors(f"{W}tbl"))
    number = tables.setdefault(table, len(tables) + 1)
    rows, cells = list(table.iter(f"{W}tr")), list(row.iter(f"{W}tc"))
    return number, rows.index(row) + 1, cells.index(cell) + 1


def _read_pieces(paragraph: Any) -> Iterator[Piece]:
    """The text of a paragraph without what stands in text boxes inside it, and without deleted text."""
    for element in paragraph.iter(*_TEXT):
        if next(element.iterancestors(f"{W}p")) is not paragraph:
            continue
        run = next(element.iterancestors(f"{W}r"), None)
        text = (element.text or "") if element.tag == f"{W}t" else HARD_HYPHEN if "Hyphen" in element.tag else " "
        yield Piece(text, element, run)
