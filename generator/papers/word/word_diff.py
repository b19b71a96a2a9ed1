"""Read the words of Word files, paragraph by paragraph, and find where they differ."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from generator.base.word_package import DamagedPackageError, Hazard, Package, PackageLimits, open_package
from generator.base.word_xml import FALLBACK, PICTURE, W, parse_xml, style_of

_LIMITS = PackageLimits(xml_bytes=60 << 20)
_EDGES = re.compile(r"word/(?:header|footer)\d*\.xml")
_NOTES = ("word/footnotes.xml", "word/endnotes.xml", "word/comments.xml")
_WORKED_OUT = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|PAGEREF|DATE|TIME|SAVEDATE|PRINTDATE|FILENAME|TOC)\b")
"""Fields that Word fills in by itself when it saves: nobody wrote what stands there."""
_UNSETTLED = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo)[ >]")
_UNREADABLE = (OSError, DamagedPackageError)


@dataclass(frozen=True, slots=True)
class WordedParagraph:
    """The words of one paragraph, and the heading above it."""

    words: str
    under: str = ""


class WordingChangeKind(StrEnum):
    """What became of a paragraph."""

    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class WordingChange:
    """One paragraph whose words differ between the version made before and the one made now.

    `number` is its place in the person's own file, counted over paragraphs with words (for a new one: the paragraph
    that it follows). `by_hand` says that the person changed that paragraph too, or removed it.
    """

    kind: WordingChangeKind
    number: int
    under: str
    before: str
    now: str
    yours: str
    by_hand: bool = False


def read_wording(word: Path) -> tuple[WordedParagraph, ...] | None:
    """Read the paragraphs of a Word file: the body, then headers and footers, notes and comments.

    Returns None for a file that cannot be read. Layout does not count, nor do fields that Word fills in by itself.
    """
    try:
        with open_package(word) as package:
            if package.find_hazard(_LIMITS) is Hazard.TOO_LARGE:
                return None
            names = package.names
            body = _read_part(package, "word/document.xml")
            # Word numbers headers as it likes when it saves, so their order says nothing.
            edges = {one for name in names if _EDGES.fullmatch(name) for one in _read_part(package, name)}
            notes = [one for name in _NOTES if name in names for one in _read_part(package, name)]
            return (*body, *sorted(edges, key=lambda one: one.words), *notes)
    except _UNREADABLE:
        return None


def says_the_same(one: Path, other: Path) -> bool:
    """Whether two Word files have the same words. A file that cannot be read equals no other."""
    first, second = read_wording(one), read_wording(other)
    return first is not None and second is not None and [p.words for p in first] == [p.words for p in second]


def compare_wordings(
    before: Sequence[WordedParagraph], now: Sequence[WordedParagraph], yours: Sequence[WordedParagraph]
) -> tuple[WordingChange, ...]:
    """Return what changed from `before` to `now`, each with its place in a person's version of `before`.

    Changes that the person's version has already are left out.
    """
    places = _find_places([one.words for one in before], [one.words for one in yours])
    said = {one.words for one in yours}
    found: list[WordingChange] = []
    for at, old, new in _pair(before, now):
        if new and new.words in said and (not old or old.words not in said):
            continue
        if old is None:
            follows = next((places[one] for one in range(at - 1, -1, -1) if places[one] is not None), None)
            number = 0 if follows is None else follows + 1
            found.append(
                WordingChange(WordingChangeKind.NEW, number, new.under if new else "", "", new.words if new else "", "")
            )
            continue
        place = places[at]
        mine = "" if place is None else yours[place].words
        by_hand = mine != old.words
        if new is None and place is None:
            continue  # gone in both
        kind = WordingChangeKind.CHANGED if new else WordingChangeKind.GONE
        number = 0 if place is None else place + 1
        found.append(WordingChange(kind, number, old.under, old.words, new.words if new else "", mine, by_hand))
    return tuple(found)


def _pair(
    before: Sequence[WordedParagraph], now: Sequence[WordedParagraph]
) -> Iterator[tuple[int, WordedParagraph | None, WordedParagraph | None]]:
    """Yield paragraphs that differ, old and new, with the index of the old one or of the place."""
    matcher = difflib.SequenceMatcher(None, [one.words for one in before], [one.words for one in now], autojunk=False)
    for what, start, end, from_, to in matcher.get_opcodes():
        if what == "equal":
            continue
        for step in range(max(end - start, to - from_)):
            old = before[start + step] if start + step < end else None
            new = now[from_ + step] if from_ + step < to else None
            yield (start + step if old else end), old, new


def _find_places(before: Sequence[str], yours: Sequence[str]) -> list[int | None]:
    """Return the index of each paragraph in another version, changed or not; None where it was removed."""
    places: list[int | None] = [None] * len(before)
    matcher = difflib.SequenceMatcher(None, before, yours, autojunk=False)
    for what, start, end, from_, to in matcher.get_opcodes():
        if what in {"equal", "replace"}:
            for step in range(min(end - start, to - from_)):
                places[start + step] = from_ + step
    return places


def has_unsettled_changes(word: Path) -> bool:
    """Whether a Word file holds tracked changes. LibreOffice would print what a person has struck out."""
    try:
        with open_package(word) as package:
            parts = [name for name in package.names if name.startswith("word/") and name.endswith(".xml")]
            return any(_UNSETTLED.search(package.read(name)) for name in parts)
    except _UNREADABLE:
        return False


def _read_part(package: Package, name: str) -> list[WordedParagraph]:
    return [*_PartReader().read(package.read(name))]


class _PartReader:
    """Reads the paragraphs of one part of a Word file. A field may run over several of them."""

    def __init__(self) -> None:
        self._fields: list[_OpenField] = []

    def read(self, xml: bytes) -> Iterator[WordedParagraph]:
        """Every paragraph that has words, in order; those of text boxes after the one that holds the box."""
        under = ""
        for paragraph in self._list_paragraphs(parse_xml(xml)):
            words = " ".join(unicodedata.normalize("NFC", "".join(self._read_words(paragraph))).split())
            if not words:
                continue
            if style_of(paragraph).lower().startswith("heading"):
                under = words
            yield WordedParagraph(words, under)

    def _list_paragraphs(self, element: Any) -> Iterator[Any]:
        for child in element:
            if child.tag == FALLBACK:
                continue  # says a text box a second time, for programs of before 2010
            if child.tag == f"{W}p":
                yield child
            yield from self._list_paragraphs(child)

    def _read_words(self, element: Any) -> Iterator[str]:
        for child in element:
            if child.tag in {f"{W}p", FALLBACK}:
                continue
            if child.tag == f"{W}fldSimple" and _WORKED_OUT.match(child.get(f"{W}instr") or ""):
                continue
            if element.tag == f"{W}r":
                yield from self._read_piece(child)
            yield from self._read_words(child)

    def _read_piece(self, piece: Any) -> Iterator[str]:
        match str(piece.tag).removeprefix(W):
            case "fldChar":
                self._turn(str(piece.get(f"{W}fldCharType")))
            case "instrText" if self._fields:
                self._fields[-1].code += piece.text or ""
            case _ if any(field.is_worked_out for field in self._fields):
                return
            case "t":
                yield piece.text or ""
            case "delText":
                yield f"[struck out: {piece.text or ''}]"
            case "tab" | "br" | "cr":
                yield " "
            case "noBreakHyphen":
                yield "-"
            case "drawing":
                yield from (f" [picture: {one.get('descr') or ''}] " for one in piece.iter(PICTURE))

    def _turn(self, what: str) -> None:
        if what == "begin":
            self._fields.append(_OpenField())
        elif what == "separate" and self._fields:
            self._fields[-1].is_result = True
        elif what == "end" and self._fields:
            self._fields.pop()


@dataclass(slots=True)
class _OpenField:
    """A field that is open while its paragraph is read: its code, and whether what follows is its result."""

    code: str = ""
    is_result: bool = False

    @property
    def is_worked_out(self) -> bool:
        return self.is_result and _WORKED_OUT.match(self.code) is not None
