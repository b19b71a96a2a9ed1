"""Prepare a part of a Word template as text for Jinja, with one paragraph on each line."""

from __future__ import annotations

import html
import re
from functools import lru_cache

from generator.rules.expressions.signs import AS_TYPED, SPACES

_TAG = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
_PARAGRAPH = re.compile(r"<w:p(?=[ >])")
_WORDS = re.compile(r"<w:t(?: [^<>]*)?>([^<]*)</w:t>")
FILLED = 'w:rsidDel="00F1113D"'
"""On each paragraph of the body that has a tag in it: where nothing came of the tag, the paragraph goes."""
_HARD_SPACE = re.compile(f"(\\{{[%{{](?:p|tr|tc))[{''.join(SPACES)}]")
_BOUND = re.compile(r"<w:dataBinding\b[^<>]*/>")
"""Ties a content control to data inside the file, which Word would show in the place of what was filled in."""
_AROUND = 60
"""How many letters of a paragraph are quoted."""


def soften_spaces(xml: str) -> str:
    """Put plain spaces after the tags that remove whole paragraphs and rows."""
    return _HARD_SPACE.sub(r"\1 ", xml)


def read_as_typed(xml: str) -> str:
    """Return a part with each tag as its author typed it."""
    # In XML an ampersand is written out; inside a tag the author wrote the sign alone.
    return _TAG.sub(lambda tag: tag[0].replace("&amp;", "&").translate(AS_TYPED), xml)


@lru_cache(maxsize=256)
def prepare(xml: str, *, is_body: bool) -> str:
    """Return the text for Jinja: one paragraph a line, so that errors can be placed, and marks on those with tags."""
    lines = _PARAGRAPH.sub("\n<w:p", _BOUND.sub("", xml)).split("\n")
    if is_body:
        lines = [_mark(line) for line in lines]
    return "\n".join(lines)


def _mark(line: str) -> str:
    # What comes after its end is no longer the paragraph's: tags that take out whole paragraphs stand between them.
    paragraph = line.partition("</w:p>")[0]
    if not line.startswith("<w:p") or "w:rsidDel=" in paragraph or not _TAG.search(paragraph):
        return line
    return f"<w:p {FILLED}{line[4:]}"


def restore(filled: str) -> str:
    """Remove the line breaks that `prepare` added."""
    return filled.replace("\n<w:p", "<w:p")


def quote_line(source: str, number: int | None) -> str:
    """Return the words of the paragraph on a line of a prepared text; empty where there are none."""
    lines = source.split("\n")
    if number is None or not 0 < number <= len(lines):
        return ""
    words = " ".join(html.unescape("".join(_WORDS.findall(lines[number - 1]))).split())
    if not words:
        words = " ".join(tag for tag in _TAG.findall(lines[number - 1]))
    return words if len(words) <= _AROUND else f"{words[:_AROUND]}…"
