"""Find what makes a Word file hard to read: headings, tables, pictures, fonts, colours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.base.errors import Level
from generator.base.word_package import DamagedPackageError
from generator.base.word_xml import PICTURE, W, parse_xml, text_of
from generator.papers.lint.findings import TemplateFinding, Where, shorten
from generator.papers.lint.tags import find_tags, without_tags
from generator.papers.lint.wordparts import Paragraph, WordFile, WordPart

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
FONTS_EVERYWHERE = frozenset({
    "arial", "calibri", "cambria", "cambria math", "courier new", "georgia", "symbol", "tahoma", "times new roman",
    "trebuchet ms", "verdana", "wingdings", "segoe ui symbol", "ms gothic",
})  # fmt: skip
"""Fonts that come with every Word, or that LibreOffice has one of the same widths for."""
_ENGLISH = "en-GB"
_EMPTY_WORDS = frozenset({"here", "click here", "link", "this link", "more", "read more"})
LEAST_CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3."""


def find_looks(word: WordFile) -> Iterator[TemplateFinding]:
    """Every hindrance to reading, place by place."""
    last = 0
    for paragraph in word.body.paragraphs:
        if paragraph.is_heading:
            yield from _look_at_heading(word.name, paragraph, last)
            last = paragraph.level if paragraph.text.strip() else last
    for part in word.parts:
        if part.filled:
            yield from _look_at_part(word, part)
    yield from _look_at_language(word)
    yield from _look_at_fonts(word)


def _note(file: str, code: str, says: str, where: Where, remedy: str, *, mended: bool = False) -> TemplateFinding:
    return TemplateFinding(file, code, says, where, remedy, Level.SHOULD, mended)


def _look_at_heading(file: str, paragraph: Paragraph, last: int) -> Iterator[TemplateFinding]:
    text = paragraph.text
    if not text.strip():
        yield _note(
            file, "T161", "A heading without words", paragraph.where, "delete it, or give it the style Body Text"
        )
    elif not without_tags(text).strip() and all(tag.sort != "{{" for tag in find_tags(paragraph)) and "{%p" not in text:
        yield _note(file, "T161", "A heading of tags alone, which may be empty", paragraph.where, "write words in it")
    elif paragraph.level > max(last, 1) + 1:
        says = (
            f"A heading of level {paragraph.level} comes after one of level {last}"
            if last
            else (f"The first heading is of level {paragraph.level}")
        )
        yield _note(file, "T160", says, paragraph.where, f"use Heading {max(last, 1) + 1 if last else 1}")


def _look_at_part(word: WordFile, part: WordPart) -> Iterator[TemplateFinding]:
    paragraphs = {paragraph.element: paragraph for paragraph in part.paragraphs}

    def place(element: Any) -> Where:
        near = next((one for one in element.iter(f"{W}p") if one in paragraphs), None)
        near = (
            near
            if near is not None
            else next((one for one in element.iterancestors(f"{W}p") if one in paragraphs), None)
        )
        return paragraphs[near].where if near is not None else Where(part.name)

    if part.name == "text":
        for table in part.root.iter(f"{W}tbl"):
            if needs_header_row(table):
                says = "The table does not say that its first row is a heading"
                yield _note(word.name, "T162", says, place(table), "tick Repeat Header Rows in Word", mended=True)
    for picture in part.root.iter(PICTURE):
        if not (picture.get("descr") or "").strip() and not _is_box(picture):
            yield _note(word.name, "T163", "A picture has no alternative text", place(picture), "add it in Word")
    for link in part.root.iter(f"{W}hyperlink"):
        words = text_of(link).strip()
        if words.lower().rstrip(".") in _EMPTY_WORDS or re.match(r"https?://\S{25,}$", words):
            says = "The words of this link do not say where it leads"
            yield _note(word.name, "T166", says, place(link), "write what stands behind it")
    for colour in part.root.iter(f"{W}color"):
        if _is_faint(colour):
            says = f"The colour {colour.get(f'{W}val')} is too faint to read on white"
            yield _note(word.name, "T167", says, place(colour), "choose a darker colour")


def _is_box(picture: Any) -> bool:
    """Whether a drawing is a text box, whose words speak for themselves."""
    return any(True for _ in picture.getparent().iter(f"{W}txbxContent"))


def needs_header_row(table: Any) -> bool:
    """Whether a table of several rows and columns has no row that is a heading, and no labels in its first column."""
    rows = table.findall(f"{W}tr")
    kept = [row for row in rows if not _is_control(row)]
    if len(kept) < 2 or max(len(row.findall(f"{W}tc")) for row in rows) < 2:
        return False
    look = table.find(f"{W}tblPr/{W}tblLook")
    labelled = look is not None and look.get(f"{W}firstColumn") == "1" and look.get(f"{W}firstRow") == "0"
    bare = table.find(f"{W}tblPr/{W}tblStyle") is None and table.find(f"{W}tblPr/{W}tblBorders") is None
    return not labelled and not bare and not any(True for row in rows for _ in row.iter(f"{W}tblHeader"))


def _is_control(row: Any) -> bool:
    return bool(re.match(r"\s*\{%tr\s", text_of(row)))


def _look_at_language(word: WordFile) -> Iterator[TemplateFinding]:
    if word.styles is None:
        return
    said = word.styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    language = said.get(f"{W}val") if said is not None else None
    if language != _ENGLISH:
        says = f"The language of the document is {language}" if language else "The document does not say its language"
        remedy = "set the proofing language to English (United Kingdom)"
        yield _note(word.name, "T164", says, Where("styles"), remedy, mended=True)


def _look_at_fonts(word: WordFile) -> Iterator[TemplateFinding]:
    embedded = {name.lower() for name in _list_embedded(word)}
    used: dict[str, Where] = {}
    for part in word.parts:
        if part.filled:
            for paragraph in part.paragraphs:
                for name in _names_of(paragraph.element):
                    used.setdefault(name, paragraph.where)
    if word.styles is not None:
        for style in _list_used_styles(word):
            label = style.find(f"{W}name")
            said = f"style {label.get(f'{W}val')}" if label is not None else "default font"
            for name in _names_of(style):
                used.setdefault(name, Where("styles", words=shorten(said)))
    for name in _list_theme_fonts(word):
        used.setdefault(name, Where("styles", words="fonts of the theme"))
    for name, where in used.items():
        if name.lower() not in FONTS_EVERYWHERE | embedded:
            says = f"The font {name} is not on every computer, and is not in the file"
            remedy = "embed it (File, Options, Save), or choose a font that is everywhere, such as Arial"
            yield _note(word.name, "T165", says, where, remedy)


def _list_used_styles(word: WordFile) -> Iterator[Any]:
    """The styles that something is written in, those they are based on, and what holds without a style."""
    yield from word.styles.iter(f"{W}rPrDefault")
    styles = {style.get(f"{W}styleId"): style for style in word.styles.iterfind(f"{W}style")}
    waiting = [name for name, style in styles.items() if style.get(f"{W}default") == "1"]
    for part in word.parts:
        if part.filled:
            waiting += [one.get(f"{W}val") for one in part.root.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")]
    while waiting:
        style = styles.pop(waiting.pop(), None)
        if style is not None:
            yield style
            waiting += [base.get(f"{W}val") for base in style.iterfind(f"{W}basedOn")]


def _names_of(element: Any) -> Iterator[str]:
    for fonts in element.iter(f"{W}rFonts"):
        yield from (name for key in ("ascii", "hAnsi") if (name := fonts.get(f"{W}{key}")))


def _list_theme_fonts(word: WordFile) -> Iterator[str]:
    """The two fonts of the theme, where styles use them."""
    content = word.others.get("word/theme/theme1.xml")
    if content is None or word.styles is None:
        return
    asked = {fonts.get(f"{W}asciiTheme", "")[:5] for fonts in word.styles.iter(f"{W}rFonts")}
    try:
        theme = parse_xml(content)
    except DamagedPackageError:
        return
    for kind in ("major", "minor"):
        latin = theme.find(f".//{_A}{kind}Font/{_A}latin")
        if kind in asked and latin is not None and latin.get("typeface"):
            yield str(latin.get("typeface"))


def _list_embedded(word: WordFile) -> Iterator[str]:
    content = word.others.get("word/fontTable.xml")
    if content is None:
        return
    try:
        table = parse_xml(content)
    except DamagedPackageError:
        return
    yield from (font.get(f"{W}name", "") for font in table if font.find(f"{W}embedRegular") is not None)


def _is_faint(colour: Any) -> bool:
    """Whether words in this colour stand on white with too little contrast."""
    value = colour.get(f"{W}val", "")
    if not re.fullmatch("[0-9A-Fa-f]{6}", value) or _is_shaded(colour):
        return False
    return contrast_of(value, "FFFFFF") < LEAST_CONTRAST


def _is_shaded(colour: Any) -> bool:
    holders = (f"{W}r", f"{W}p", f"{W}tc", f"{W}tbl")
    for holder in colour.iterancestors(*holders):
        shade = next(holder.iter(f"{W}shd"), None)
        if shade is not None and shade.get(f"{W}fill", "auto") not in ("auto", "FFFFFF"):
            return True
    return False


def contrast_of(words: str, ground: str) -> float:
    """The contrast of two colours RRGGBB, from 1 (none) to 21 (black on white), as WCAG 2.2 defines it."""
    light, dark = sorted((_luminance(words), _luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
