"""Replace the styles and list formats of one Word file by those of another with the same names."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.parts.numbering import NumberingPart

from generator.papers.render.elements import make_element
from generator.papers.render.packageparts import find_part

_VAL, _ID = qn("w:val"), qn("w:styleId")
_REFERENCES = (qn("w:basedOn"), qn("w:next"), qn("w:link"))
_LANGUAGE = "en-GB"
Key = tuple[str, str]
"""What a style is known by: its kind and its name, however each is capitalised. Ids differ from Word to Word."""


def take_styles(paper: Any, house: Any) -> None:
    """Put every style of `house` into `paper` in place of the one of its name; styles of the paper alone stay.

    The ids of the paper's styles stay too, because its paragraphs refer to them.
    """
    sheet, taken = paper.styles.element, house.styles.element
    mine = dict(list_styles(sheet))
    ids = _match_ids(mine, taken)
    lists = _take_lists(paper, house, mine, ids)
    for name in ("w:docDefaults", "w:latentStyles"):
        _replace_whole(sheet, taken, qn(name))
    for key, style in list_styles(taken):
        copied = _copy_style(style, ids)
        number = copied.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        if number is not None:
            number.set(_VAL, lists.get((key, number.get(_VAL)), number.get(_VAL)))
        if key in mine:
            _fill_from(mine[key], copied)
        else:
            copied.attrib.pop(qn("w:default"), None)
            sheet.append(copied)
    _set_language(sheet)


def list_styles(sheet: Any) -> Iterator[tuple[Key, Any]]:
    """Yield the styles of a styles part, each with its kind and name."""
    for style in sheet.iterfind(qn("w:style")):
        name = style.find(qn("w:name"))
        if name is not None:
            yield (style.get(qn("w:type"), "paragraph"), name.get(_VAL, "").casefold()), style


def _match_ids(mine: dict[Key, Any], taken: Any) -> dict[str, str]:
    """Return the id that each style of the house style gets in the paper."""
    used = {style.get(_ID) for style in mine.values()}
    ids: dict[str, str] = {}
    for key, style in list_styles(taken):
        wanted = style.get(_ID)
        if key in mine:
            ids[wanted] = mine[key].get(_ID)
        else:
            free = wanted
            while free in used:
                free += "House"
            used.add(free)
            ids[wanted] = free
    return ids


def _copy_style(style: Any, ids: dict[str, str]) -> Any:
    copied = deepcopy(style)
    copied.set(_ID, ids[style.get(_ID)])
    for reference in [child for child in copied if child.tag in _REFERENCES]:
        if reference.get(_VAL) in ids:
            reference.set(_VAL, ids[reference.get(_VAL)])
        else:
            copied.remove(reference)
    # A language is each paper's own; and what is set in a hidden style would be lost without a word.
    for taken_out in list(copied.iter(qn("w:lang"), qn("w:vanish"))):
        taken_out.getparent().remove(taken_out)
    return copied


def _fill_from(style: Any, copied: Any) -> None:
    for child in list(style):
        style.remove(child)
    style.extend(list(copied))


def _replace_whole(sheet: Any, taken: Any, tag: str) -> None:
    new, old = taken.find(tag), sheet.find(tag)
    if new is None:
        return
    at = 0 if old is None else sheet.index(old)
    if old is not None:
        sheet.remove(old)
    elif tag == qn("w:latentStyles"):
        at = 1
    sheet.insert(at, deepcopy(new))


def _set_language(sheet: Any) -> None:
    """Set the language to British English, whatever the house style has: screen readers speak by it."""
    defaults = sheet.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if defaults is None:
        return
    language = defaults.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        defaults.insert_element_before(language, "w:eastAsianLayout", "w:specVanish", "w:oMath")
    language.set(_VAL, _LANGUAGE)


def _take_lists(paper: Any, house: Any, mine: dict[Key, Any], ids: dict[str, str]) -> dict[tuple[Key, str], str]:
    """Give the paper's lists the formats of the house style's lists, matched by the style of their points.

    Returns the new number of each list of the house style, by its style and old number. A list of the paper keeps its
    own number, so that all lists with that number, each counting from 1, change with it.
    """
    source = find_part(house, RT.NUMBERING)
    if source is None:
        return {}
    theirs = source.element
    numbering = _numbering_of(paper)
    numbers: dict[tuple[Key, str], str] = {}
    for key, style in list_styles(house.styles.element):
        number = _number_in(style)
        form = _form_of(theirs, number) if number else None
        if number is None or form is None:
            continue
        own = _number_in(mine[key]) if key in mine else None
        form_here = _form_of(numbering, own) if own else None
        if own is None or form_here is None:
            numbers[key, number] = _add_list(numbering, form, ids)
        else:
            numbers[key, number] = own
            _take_levels(form_here, form, ids)
    return numbers


def _numbering_of(paper: Any) -> Any:
    part = find_part(paper, RT.NUMBERING)
    if part is None:
        name = PackURI("/word/numbering.xml")
        element: Any = OxmlElement("w:numbering")
        part = NumberingPart(name, CT.WML_NUMBERING, element, paper.part.package)
        paper.part.relate_to(part, RT.NUMBERING)
    return part.element


def _number_in(style: Any) -> str | None:
    number = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
    return None if number is None or number.get(_VAL) == "0" else str(number.get(_VAL))


def _form_of(numbering: Any, number: str) -> Any | None:
    """The levels to which a list number leads."""
    form = next(
        (
            num.find(qn("w:abstractNumId")).get(_VAL)
            for num in numbering.iterfind(qn("w:num"))
            if num.get(qn("w:numId")) == number
        ),
        None,
    )
    return next(
        (one for one in numbering.iterfind(qn("w:abstractNum")) if one.get(qn("w:abstractNumId")) == form), None
    )


def _take_levels(here: Any, form: Any, ids: dict[str, str]) -> None:
    for child in list(here):
        here.remove(child)
    kind = form.find(qn("w:multiLevelType"))
    # Without its own identity: Word takes two lists of one identity for one list, and goes on counting.
    here.extend([deepcopy(kind)] if kind is not None else [])
    for level in form.iterfind(qn("w:lvl")):
        copied = deepcopy(level)
        for child in list(copied):
            if child.tag == qn("w:lvlPicBulletId"):
                copied.remove(child)
            elif child.tag == qn("w:pStyle"):
                child.set(_VAL, ids.get(child.get(_VAL), child.get(_VAL)))
        here.append(copied)


def _add_list(numbering: Any, form: Any, ids: dict[str, str]) -> str:
    forms = [int(one.get(qn("w:abstractNumId"))) for one in numbering.iterfind(qn("w:abstractNum"))]
    nums = [int(one.get(qn("w:numId"))) for one in numbering.iterfind(qn("w:num"))]
    number, form_number = str(max(nums, default=0) + 1), str(max(forms, default=-1) + 1)
    added = make_element("abstractNum", abstractNumId=form_number)
    _take_levels(added, form, ids)
    numbering.insert(len(forms), added)  # all forms stand before all numbers
    numbering.append(make_element("num", make_element("abstractNumId", val=form_number), numId=number))
    return number
