"""What can be put right in a template without asking: signs in tags, tags in two formats, header rows, the language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.base.word_package import rewrite_package
from generator.base.word_xml import PRESERVE, W, text_of, write_xml
from generator.papers.lint.looks import needs_header_row
from generator.papers.lint.tags import Tag, find_tags
from generator.papers.lint.traps import format_of
from generator.papers.lint.wordparts import Piece, WordPart, open_word
from generator.rules.expressions.signs import AS_TYPED

_LANGUAGE = "en-GB"
_BEFORE_HEADER = tuple(f"{W}{name}" for name in ("tblCellSpacing", "jc", "hidden"))


def mend(content: bytes, name: str) -> tuple[bytes, tuple[str, ...]]:
    """The template with everything put right that is safe to put right, and what was done, in words."""
    word = open_word(content, name)
    done: list[str] = []
    changed: dict[str, bytes] = {}
    for part in word.parts:
        if part.filled and (found := [*_mend_part(part)]):
            done += found
            changed[part.path] = write_xml(part.root)
    if word.styles is not None and (said := _set_language(word.styles)):
        done.append(said)
        changed["word/styles.xml"] = write_xml(word.styles)
    return (rewrite_package(content, changed) if changed else content), tuple(done)


def _mend_part(part: WordPart) -> Iterator[str]:
    for paragraph in part.paragraphs:
        # From the last to the first, so that the places of those before stay what they were.
        for tag in reversed(find_tags(paragraph)):
            yield from (f"{said} in the {paragraph.where}" for said in _mend_tag(tag))
    if part.name == "text":
        for table in part.root.iter(f"{W}tbl"):
            if needs_header_row(table) and _set_header_row(table):
                yield "a heading row was marked as one"


def _mend_tag(tag: Tag) -> Iterator[str]:
    pieces = [piece for piece in tag.pieces if piece.element.tag == f"{W}t"]
    plain = tag.written[:2] + tag.written[2:-2].translate(AS_TYPED) + tag.written[-2:]
    looks = {format_of(piece.run) for piece in pieces}
    if plain == tag.written and len(looks) <= 1:
        return
    if len({piece.run.getparent() for piece in pieces if piece.run is not None}) != 1:
        # Half of it is inside a link or a tracked change: only a person knows where it belongs.
        return
    _write_in_first(tag, pieces, plain)
    if plain != tag.written:
        yield "signs of a tag were made plain"
    if len(looks) > 1:
        yield "a tag was given one format"


def _write_in_first(tag: Tag, pieces: list[Piece], plain: str) -> None:
    """Put a whole tag into the first piece of the paragraph that holds some of it, and take it out of the others."""
    held = {id(piece.element) for piece in pieces}
    at, first = 0, True
    for piece in tag.paragraph.pieces:
        end = at + len(piece.text)
        if id(piece.element) in held:
            text = piece.element.text or ""
            before, after = text[: max(tag.start - at, 0)], text[max(tag.end - at, 0) :] if tag.end < end else ""
            piece.element.text = before + (plain if first else "") + after
            piece.element.set(PRESERVE, "preserve")
            first = False
        at = end


def _set_header_row(table: Any) -> bool:
    row = table.find(f"{W}tr")
    if "{%tr" in text_of(row):
        return False
    properties = row.find(f"{W}trPr")
    if properties is None:
        properties = row.makeelement(f"{W}trPr", {})
        extra = row.find(f"{W}tblPrEx")
        row.insert(0 if extra is None else 1, properties)
    at = next((place for place, one in enumerate(properties) if one.tag in _BEFORE_HEADER), len(properties))
    properties.insert(at, properties.makeelement(f"{W}tblHeader", {}))
    return True


def _set_language(styles: Any) -> str | None:
    defaults = styles
    for name in ("docDefaults", "rPrDefault", "rPr"):
        inner = defaults.find(f"{W}{name}")
        if inner is None:
            inner = defaults.makeelement(f"{W}{name}", {})
            defaults.insert(0, inner)
        defaults = inner
    language = defaults.find(f"{W}lang")
    if language is None:
        language = defaults.makeelement(f"{W}lang", {})
        defaults.append(language)
    if language.get(f"{W}val") == _LANGUAGE:
        return None
    language.set(f"{W}val", _LANGUAGE)
    return "the language was set to English (United Kingdom)"
