"""Check a Word file before a converter opens it, and measure how much work it is."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from generator.base.word_package import (
    DamagedPackageError,
    Hazard,
    Package,
    PackageLimits,
    declares_entities,
    is_xml,
    open_package,
)
from generator.convert.result import name_failure

LIMITS = PackageLimits(parts=2_000, xml_bytes=60 << 20, all_bytes=500 << 20)
"""60 MB of text keeps LibreOffice busy for more than a minute; real papers unpack to less than a tenth of that."""

_WEIGHT_OF_ANY = 25_000
_PICTURE_BYTES_TO_TEXT_BYTES = 10
"""Measured: 0.08 s for any paper, 0.018 s a page (some 6 kB of text), 0.25 s for a photograph of 1 MB."""

_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_LINKED = re.compile(rb"""TargetMode\s*=\s*["']External["']""")
_SHOWN = re.compile(rb"""Type\s*=\s*["'][^"']*/(?:image|oleObject|subDocument|aFChunk|chart|video)["']""")

_WORDS = re.compile(r"word/(?:document|header|footer|footnotes|endnotes)[^/]*\.xml")
_RARE = re.compile("[^\0-\u024f]")
"""Beyond the letters of western and middle Europe, which every font for papers has."""

_NAMED = 5
"""How many letters are named."""
_SAVE_AGAIN = "Open it in Word, save it as a Word document (.docx), and run the command again."


@dataclass(frozen=True, slots=True)
class WordFileFacts:
    """What matters for converting: the size of the text in bytes, a weight, and the number of linked parts.

    `letters` are those that not every font has.
    """

    text_bytes: int
    weight: int
    linked_parts: int
    letters: frozenset[str] = frozenset()

    @property
    def allowed_seconds(self) -> float:
        """How long converting may take: LibreOffice needs 0.2 s for a paper, 54 s for a table of 9,000 rows (9 MB).

        Its time for tables grows with the square of their length; machines four times slower are allowed for.
        """
        size = self.text_bytes / 1_000_000
        return min(15 + 4 * size + 2 * size * size, 600)


def inspect_word_file(file: Path, word: Path) -> WordFileFacts:
    """Read every part of `file` once (this checks its check sums too) and measure it.

    `word` is the name to use in messages. Raises ConversionError with a remedy for a file that is empty, not a Word
    file, damaged, locked by a password, or built to exhaust the reader.
    """
    with file.open("rb") as start:
        first = start.read(8)
    if not first:
        raise name_failure(word, "the file is empty", "Restore it from a copy, or remove it and build it again.")
    if first == _OLD_OR_LOCKED:
        says = "it is protected by a password, or saved in the format of Word 97-2003"
        raise name_failure(word, says, "Open it in Word, remove the password, and save it as a .docx file.")
    try:
        with open_package(file) as package:
            return _inspect(package, word)
    except DamagedPackageError:
        raise name_failure(word, "it is damaged or is not a Word file", _SAVE_AGAIN) from None


def _inspect(package: Package, word: Path) -> WordFileFacts:
    hazard = package.find_hazard(LIMITS)
    if hazard is Hazard.TOO_LARGE:
        raise name_failure(word, "it unpacks to far more than a paper holds", "Split it into smaller files.")
    if hazard in (Hazard.OUTSIDE_ITS_FOLDER, Hazard.LOCKED) or not package.is_word:
        raise DamagedPackageError
    if hazard is Hazard.TWO_OF_ONE_NAME:
        raise name_failure(word, "it holds two versions of one part", _SAVE_AGAIN)
    text_bytes, linked, weight = 0, 0, _WEIGHT_OF_ANY
    letters: set[str] = set()
    for part in package.parts:
        data = package.read(part)  # raises where the check sum is wrong; LibreOffice would say nothing
        text_bytes += len(data) if is_xml(part.filename) else 0
        if is_xml(part.filename) and declares_entities(data):
            raise name_failure(word, "it declares entities, which no Word file does", _SAVE_AGAIN)
        if part.filename.startswith("word/document"):
            weight += part.file_size
        elif part.filename.startswith("word/media/"):
            weight += part.file_size // _PICTURE_BYTES_TO_TEXT_BYTES
        if _WORDS.fullmatch(part.filename):
            letters.update(_RARE.findall(data.decode("utf-8", "ignore")))
        if part.filename.endswith(".rels"):
            linked += sum(1 for tag in _RELATION.findall(data) if _LINKED.search(tag) and _SHOWN.search(tag))
    return WordFileFacts(text_bytes, weight, linked, frozenset(letters))


def refuse_unknown_letters(word: Path, facts: WordFileFacts) -> None:
    """Raises ConversionError, which names the letters, where no font of this computer can draw letters of a text.

    They would be empty boxes in the PDF, in a child's name for example. Signs and emoji do not stop a paper.
    """
    letters = [letter for letter in facts.letters if unicodedata.category(letter)[0] in "LMN"]
    if not letters:
        return
    from generator.base.fonts import find_uncovered

    missing = find_uncovered(letters)
    if missing:
        named = [unicodedata.name(letter, "a letter without a name").lower() for letter in missing[:_NAMED]]
        more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
        says = f"no font of this computer has {', '.join(named)}{more}"
        raise name_failure(word, says, "Install a font with these letters, such as those of the package fonts-noto.")
