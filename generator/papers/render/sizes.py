"""Set a paper as large as its readers need; all sizes of a house style grow together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from generator.papers.card import Card
from generator.papers.render.elements import make_element
from generator.papers.render.stylesheet import list_styles

_UNSAID = 20
"""Half-points of text for which no size is set anywhere: Word's own rule."""
_IN_MARGINS = frozenset({"header", "footer", "letterhead", "draft mark", "page number"})
_RUNNING_TEXT = ("body text", "list bullet", "list bullet 2", "list number")


@dataclass(frozen=True, slots=True)
class ReadingSizes:
    """The least sizes for a reader: of text, tables and anything, in half-points; of lines, in 240ths of a line."""

    text: int = 0
    tables: int = 0
    least: int = 0
    line: int = 0


_ANYBODY = ReadingSizes()
_COURT = ReadingSizes(text=24, tables=24, line=360)
_FAMILY = ReadingSizes(text=24, tables=22, line=276)
_EASY = ReadingSizes(text=32, tables=32, least=32, line=336)


def choose_reading(card: Card) -> ReadingSizes:
    """Return what the readers of a paper need, by its card.

    Courts ask for 12 point throughout and one and a half lines. Families get 12 point. Easy-read papers have nothing
    under 16 point, as guidance on easy-read letters asks. All others get the size of the house style.
    """
    if card.easy_read:
        return _EASY
    if card.bundle.filed == "normally":
        return _COURT
    return _FAMILY if card.audience in {"parent", "reader"} else _ANYBODY


def set_for_reading(document: Any, reading: ReadingSizes) -> None:
    """Enlarge the styles of a document until its text is as large as its reader needs; never shrinks any."""
    sheet = document.styles.element
    styles = {name: style for (kind, name), style in list_styles(sheet) if kind != "numbering"}
    by_id = {style.get(qn("w:styleId")): style for style in styles.values()}
    defaults = _defaults_of(sheet)
    if defaults is None:
        return
    text = styles.get("body text", styles.get("normal"))
    share = max(1.0, reading.text / _size_of(text, by_id, defaults))
    if share > 1:
        _set_size(defaults, round((_own_size(defaults) or _UNSAID) * share))
        for name, style in styles.items():
            if name not in _IN_MARGINS:
                _enlarge(style, share, reading.least)
    if (tables := styles.get("table text")) is not None and _size_of(tables, by_id, defaults) < reading.tables:
        _set_size(tables.get_or_add_rPr(), reading.tables)
    for name in _RUNNING_TEXT:
        if reading.line and name in styles:
            _set_line(styles[name], reading.line)


def _defaults_of(sheet: Any) -> Any | None:
    return sheet.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")


def _own_size(properties: Any) -> int | None:
    size = properties.find(qn("w:sz"))
    return None if size is None else int(size.get(qn("w:val")))


def _size_of(style: Any, by_id: dict[str, Any], defaults: Any) -> int:
    """Return the size of text in a style, in half-points, also where a base style sets it."""
    seen: set[str] = set()
    while style is not None and style.get(qn("w:styleId")) not in seen:
        seen.add(style.get(qn("w:styleId")))
        properties = style.find(qn("w:rPr"))
        if properties is not None and (size := _own_size(properties)):
            return size
        based_on = style.find(qn("w:basedOn"))
        style = by_id.get(based_on.get(qn("w:val"))) if based_on is not None else None
    return _own_size(defaults) or _UNSAID


def _enlarge(style: Any, share: float, least: int) -> None:
    for properties in style.iter(qn("w:rPr")):
        if size := _own_size(properties):
            _set_size(properties, max(round(size * share), least))


def _set_size(properties: Any, half_points: int) -> None:
    size, complex_size = properties.get_or_add_sz(), properties.find(qn("w:szCs"))
    if complex_size is None:
        complex_size = make_element("szCs")
        size.addnext(complex_size)
    for one in (size, complex_size):
        one.set(qn("w:val"), str(half_points))


def _set_line(style: Any, line: int) -> None:
    spacing = style.get_or_add_pPr().get_or_add_spacing()
    if spacing.get(qn("w:lineRule"), "auto") == "auto" and int(spacing.get(qn("w:line"), "240")) < line:
        spacing.set(qn("w:line"), str(line))
        spacing.set(qn("w:lineRule"), "auto")
