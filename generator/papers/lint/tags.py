"""The tags of a paragraph: what each is, where it begins and ends, and the parts of Jinja that it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.papers.lint.wordparts import Paragraph, Piece
from generator.rules.expressions.signs import AS_TYPED

_TAG = re.compile(r"\{\{.{0,4000}?\}\}|\{%.{0,4000}?%\}|\{#.{0,4000}?#\}", re.DOTALL)
"""No tag is longer: the end of each beginning would be looked for through the whole paragraph."""
_INSIDE = re.compile(
    r"\{[{%#](?P<prefix>tr|tc|p|r)?(?P<trim>[-+])?(?P<space>\s*)(?P<inner>.*?)\s*[-+]?[}%#]\}", re.DOTALL
)
ODD_SIGNS = {"–": "-", "—": "-", "\N{NON-BREAKING HYPHEN}": "-", "…": "..."}
"""What Word makes of dashes and dots, and no tag knows."""
_SIGNS = str.maketrans(ODD_SIGNS)
_STRINGS = re.compile(r"""(['"]).*?\1""", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag. `start` and `end` count letters of the paragraph; `prefix` is p, tr, tc, r or empty.

    `inner` is what Jinja reads, in plain signs; `written` the tag as it stands.
    """

    written: str
    start: int
    end: int
    prefix: str
    inner: str
    paragraph: Paragraph

    @property
    def sort(self) -> str:
        """What kind of tag: `{{`, `{%` or `{#`."""
        return self.written[:2]

    @property
    def word(self) -> str:
        """The first word of a `{%` tag: if, for, endif; empty for other tags."""
        return self.inner.split(None, 1)[0] if self.sort == "{%" and self.inner else ""

    @property
    def pieces(self) -> Iterator[Piece]:
        """The pieces of the paragraph that hold some of the tag."""
        at = 0
        for piece in self.paragraph.pieces:
            if at < self.end and at + len(piece.text) > self.start:
                yield piece
            at += len(piece.text)


def find_tags(paragraph: Paragraph) -> tuple[Tag, ...]:
    """Every tag of a paragraph, in order."""
    return tuple(_read(found, paragraph) for found in _TAG.finditer(paragraph.text))


def _read(found: re.Match[str], paragraph: Paragraph) -> Tag:
    written = found[0]
    inside = _INSIDE.fullmatch(written)
    prefix = (inside["prefix"] or "") if inside else ""
    inner = inside["inner"] if inside else written[2:-2]
    # Without a space after it, p or tr is the beginning of a name: {{ person }}, {{parent.name}}, {% trust %}.
    if prefix and inside and not inside["space"] and inner:
        prefix, inner = "", prefix + inner
    return Tag(written, found.start(), found.end(), prefix, _in_plain_signs(inner).strip(), paragraph)


def _in_plain_signs(inner: str) -> str:
    """The same with plain quotes and spaces, and with plain dashes outside of quotes."""
    text = inner.translate(AS_TYPED)
    strings = [found[0] for found in _STRINGS.finditer(text)]
    around = [part.translate(_SIGNS) for part in _STRINGS.sub("\0", text).split("\0")]
    return around[0] + "".join(string + part for string, part in zip(strings, around[1:], strict=True))


def find_odd_sign(tag: Tag) -> str | None:
    """The first sign of a tag, outside of the words in its quotes, that tags do not know."""
    text = tag.written[2:-2].translate(AS_TYPED)
    return next((sign for sign in _STRINGS.sub("", text) if sign in ODD_SIGNS), None)


def without_tags(text: str) -> str:
    """The words of a text around its tags."""
    return _TAG.sub("", text)
