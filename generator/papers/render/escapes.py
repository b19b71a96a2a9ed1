"""Find what in a Word template the house style does not reach, and what a house style lacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from generator.base.word_xml import PICTURE, text_of
from generator.papers.lint.looks import LEAST_CONTRAST, contrast_of
from generator.papers.render.packageparts import open_document
from generator.papers.render.stylesheet import Key, list_styles
from generator.papers.word.template_safety import check_template

NEEDED: tuple[Key, ...] = (
    *(
        ("paragraph", name)
        for name in (
            "body text", "title", "subtitle", "heading 1", "heading 2", "heading 3", "list bullet", "list bullet 2",
            "list number", "note", "gap", "gap source", "table text", "table bullet", "table number", "table label",
            "table head", "address", "window address", "sender address", "sender contact", "header", "footer",
        )
    ),
    *(("character", name) for name in ("source", "draft mark")),
    *(("table", name) for name in ("facts", "front", "grid", "signatures")),
)  # fmt: skip
"""The styles in which the product sets a paper, by kind and name."""

_MOST_WORDS = 40
_BY_HAND = {
    "w:rFonts": "a font",
    "w:sz": "a size",
    "w:color": "a colour",
    "w:highlight": "a colour",
    "w:shd": "a ground",
    "w:spacing": "a space",
    "w:ind": "an indent",
    "w:tblBorders": "a border",
    "w:tcBorders": "a border",
    "w:pBdr": "a border",
}
_STORIES = ("/header", "/footer")


@dataclass(frozen=True, slots=True)
class Escape:
    """One thing that the house style does not reach: its code, what it is, how often it occurs, and where first."""

    code: str
    says: str
    count: int = 1
    first: str = ""


def find_escapes(paper: bytes, name: str, house: bytes, house_name: str) -> tuple[Escape, ...]:
    """Find formatting by hand, styles that the house style lacks, and a header or footer of the paper's own.

    Raises TemplateError for a file that is no Word file, or one that is refused as a template.
    """
    document, look = _open(paper, name), _open(house, house_name)
    return (*_find_by_hand(document), *_find_unknown(document, look), *_find_margins(document, look))


def find_open_ends(house: bytes, name: str, fonts: frozenset[str]) -> tuple[Escape, ...]:
    """Find what a house style lacks: styles, fonts on this computer, strong enough colours, alternative texts.

    `fonts` are the families of this computer; without any, fonts are not checked. Raises TemplateError for a file that
    is no Word file, or one that is refused as a template.
    """
    look = _open(house, name)
    return (*_find_lacking(look), *_find_fonts(look, fonts), *_find_faint(look), *_find_silent(look))


def _open(content: bytes, name: str) -> Any:
    check_template(content, name)
    return open_document(content, name)


def _find_by_hand(document: Any) -> Iterator[Escape]:
    found: dict[str, list[str]] = {}
    for tag, called in _BY_HAND.items():
        for element in document.element.body.iter(qn(tag)):
            holder = element.getparent()
            in_text = holder.tag in {qn("w:rPr"), qn("w:pPr"), qn("w:tcPr"), qn("w:tblPr")}
            if in_text and _is_fixed(element) and not _is_of_mark(holder):
                found.setdefault(called, []).append(_quote_place(element))
    for called, places in found.items():
        yield Escape("H001", f"{called.capitalize()} is set by hand", len(places), places[0])


def _is_fixed(element: Any) -> bool:
    """Whether the value is written out, and not taken from the theme, which comes from the house style."""
    if element.tag == qn("w:rFonts"):
        return any(element.get(qn(f"w:{kind}")) for kind in ("ascii", "hAnsi", "cs"))
    if element.tag == qn("w:color"):
        return element.get(qn("w:val")) not in {None, "auto"} and not element.get(qn("w:themeColor"))
    if element.tag == qn("w:shd"):
        return element.get(qn("w:fill")) not in {None, "auto"} and not element.get(qn("w:themeFill"))
    if element.tag == qn("w:spacing"):
        return bool(element.getparent().tag == qn("w:pPr"))
    return True


def _is_of_mark(properties: Any) -> bool:
    """Whether these are the properties of the mark at the end of a paragraph, which is never seen."""
    return bool(properties.tag == qn("w:rPr") and properties.getparent().tag == qn("w:pPr"))


def _quote_place(element: Any) -> str:
    around = next((one for one in element.iterancestors(qn("w:p"), qn("w:tbl"))), None)
    words = " ".join(text_of(around).split()) if around is not None else ""
    return words if len(words) <= _MOST_WORDS else f"{words[:_MOST_WORDS]}…"


def _find_unknown(document: Any, look: Any) -> Iterator[Escape]:
    known = {key for key, _ in list_styles(look.styles.element)}
    names = {style.get(qn("w:styleId")): (key, style) for key, style in list_styles(document.styles.element)}
    used: dict[str, list[Any]] = {}
    for element in document.element.body.iter(qn("w:pStyle"), qn("w:rStyle"), qn("w:tblStyle")):
        used.setdefault(element.get(qn("w:val")), []).append(element)
    for style, elements in used.items():
        if style in names and names[style][0] not in known:
            written = names[style][1].find(qn("w:name")).get(qn("w:val"))
            yield Escape(
                "H002", f"The style “{written}” is not in the house style", len(elements), _quote_place(elements[0])
            )


def _find_margins(document: Any, look: Any) -> Iterator[Escape]:
    known = {words for _, words in _list_margins(look)}
    for kind, words in dict.fromkeys(_list_margins(document)):
        if words and words not in known:
            yield Escape(
                "H003", f"It has a {kind} of its own, and the one of the house style is printed", 1, words[:_MOST_WORDS]
            )


def _list_margins(document: Any) -> Iterator[tuple[str, str]]:
    for relation in document.part.rels.values():
        kind = next((kind for kind in _STORIES if relation.reltype.endswith(kind)), None)
        if kind:
            yield kind.removeprefix("/"), " ".join(text_of(relation.target_part.element).split())


def _find_lacking(look: Any) -> Iterator[Escape]:
    known = {key for key, _ in list_styles(look.styles.element)}
    for kind, name in NEEDED:
        if (kind, name) not in known:
            yield Escape("H004", f"It has no {kind} style “{name.capitalize()}”")


def _find_fonts(look: Any, fonts: frozenset[str]) -> Iterator[Escape]:
    named = {
        element.get(qn(f"w:{kind}"))
        for element in look.styles.element.iter(qn("w:rFonts"))
        for kind in ("ascii", "hAnsi")
        if element.get(qn(f"w:{kind}"))
    }
    for font in sorted(named if fonts else ()):
        if font.casefold() not in fonts and font.casefold() not in _STAND_INS:
            yield Escape("H005", f"The font {font} is not on this computer, so PDFs made here look otherwise")


_STAND_INS = frozenset({"arial", "times new roman", "courier new", "calibri", "cambria"})
"""Fonts in whose place LibreOffice takes another of the same widths."""


def _find_faint(look: Any) -> Iterator[Escape]:
    for (_, name), style in list_styles(look.styles.element):
        for properties in style.iter(qn("w:rPr")):
            colour = properties.find(qn("w:color"))
            ground = style.find(f"{qn('w:pPr')}/{qn('w:shd')}")
            words = colour.get(qn("w:val")) if colour is not None else None
            behind = ground.get(qn("w:fill")) if ground is not None else "FFFFFF"
            # White may stand on the dark ground that a table gives to its heads.
            may_be_white = name.startswith("table") or style.get(qn("w:type")) == "table"
            if words not in {None, "auto", "FFFFFF" if may_be_white else None} and behind != "auto":
                contrast = contrast_of(words, behind)
                if contrast < LEAST_CONTRAST:
                    yield Escape(
                        "H005", f"The style “{name.capitalize()}” is faint: contrast {contrast:.1f} to 1, not 4.5"
                    )


def _find_silent(look: Any) -> Iterator[Escape]:
    for relation in look.part.rels.values():
        if relation.reltype.endswith(_STORIES):
            for picture in relation.target_part.element.iter(PICTURE):
                if not picture.get("descr"):
                    yield Escape("H005", "A picture in the header or footer has no alternative text")
