"""Search a finished Word file for values that its reader must not see."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import unescape

from generator.disclosure import Protected, fold_text

_PARAGRAPH_ENDS = re.compile(r"</w:p>|<w:br/>|<w:tab/>")
_TAG = re.compile(r"<[^>]*>")
_ATTRIBUTE = re.compile(r'(?:descr|title|w:val|Target)="([^"]*)"')


def find_protected(word: Path, protected: Sequence[Protected]) -> tuple[Protected, ...]:
    """Which protected values stand anywhere in a Word file: body, headers, notes, alternative text, properties, links.

    Case, accents and spacing do not matter, and a value split over several runs is found.
    """
    if not protected:
        return ()
    text = _read_all(word)
    return tuple(one for one in protected if _is_in(one.value, text))


def _is_in(value: str, text: str) -> bool:
    """Whether a value stands in a folded text; a telephone number however its digits are parted, +44 included."""
    digits = re.sub(r"\D", "", value)
    if len(digits) >= 10 and not re.search("[a-z]", value.casefold()):
        local = digits.removeprefix("44").removeprefix("0")
        return re.search(r"(?<!\d)(?:\+?44|0)?[\s().]*" + r"[\s().]*".join(local), text) is not None
    return fold_text(value) in text


def _read_all(word: Path) -> str:
    parts = []
    with zipfile.ZipFile(word) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                xml = archive.read(name).decode("utf-8", "replace")
                attributes = " ".join(_ATTRIBUTE.findall(xml))
                parts += [_TAG.sub("", _PARAGRAPH_ENDS.sub(" ", xml)), attributes]
    return fold_text(unescape(" ".join(parts), {"&quot;": '"', "&apos;": "'"}))
