"""Correct a rendered body so that Word accepts it: lists, tables, ids, direction of script, marked gaps."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from docx.oxml.ns import qn

from generator.base.word_xml import PICTURE, W, style_of, text_of
from generator.case.citations import (
    Citation,
    describe_citation,
    describe_neutrally,
    split_text,
)
from generator.papers.render.elements import make_element
from generator.papers.render.flow import (
    keep_rows_whole,
    keep_together,
    loosen_long_tables,
    place_frames,
)
from generator.papers.render.paragraphs import OWN_LISTS, has_right_to_left, is_right_to_left
from generator.papers.render.source import FILLED
from generator.rules.expressions.language import NOT_RECORDED

_GAP_SHADE = "FFF3DC"
_BEFORE_DIRECTION = frozenset(
    f"{W}{name}" for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "numPr", "pBdr", "shd", "tabs")
)
_SET_APART = frozenset({"BodyText", "ListBullet", "ListNumber", "Note", "Gap", "Signature"})
_AFTER_TABLE = "200"
"""Twentieths of a point between a table and the text after it."""
_HOLDS_MORE = tuple(
    f"{W}{name}"
    for name in (
        "drawing",
        "pict",
        "object",
        "br",
        "sectPr",
        "fldChar",
        "fldSimple",
        "sym",
        "ptab",
        "bookmarkStart",
        "sdt",
    )
)
"""What a paragraph without words may be there for."""
_FIRST_MARK = 900_000_001
"""Marks of citations are numbered from here, beyond the numbers that Word gives to those of templates."""
_RIGHT_TO_LEFT_LETTERS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


def finish_body(body: Any, styles: Any, numbering: Any | None, cited: Mapping[str, Any]) -> None:
    """Correct a rendered body in place, by the document's `styles`. `numbering` is its w:numbering or None.

    `cited` is what this reader may know of the evidence that the case file cites, by its id: title and date, or None.
    """
    _remove_empty_tables(body)
    _remove_stray_paragraphs(body)
    _fill_empty_cells(body)
    _restyle_cells(body, frozenset(style.get(f"{W}styleId") for style in styles.iterfind(f"{W}style")))
    _replace_spaces(body)
    keep_together(body)
    keep_rows_whole(body)
    loosen_long_tables(body)
    place_frames(body, styles)
    _separate_lists(body, numbering)
    _write_citations(body, cited)
    _mark_unrecorded(body)
    _set_direction(body)
    _renumber_ids(body)


def _remove_empty_tables(body: Any) -> None:
    for table in list(body.iter(f"{W}tbl")):
        if table.find(f"{W}tr") is None:
            table.getparent().remove(table)


def _remove_stray_paragraphs(body: Any) -> None:
    """Remove paragraphs whose tags gave no text; those that an author left empty on purpose stay."""
    key, value = qn("w:rsidDel"), FILLED.partition('"')[2].rstrip('"')
    for paragraph in [one for one in body.iter(f"{W}p") if one.get(key) == value]:
        del paragraph.attrib[key]
        around = paragraph.getparent()
        is_empty = not text_of(paragraph).strip() and next(paragraph.iter(*_HOLDS_MORE), None) is None
        # Text boxes, notes and cells must keep one.
        if is_empty and (around is body or len(around.findall(f"{W}p")) > 1):
            around.remove(paragraph)


def _fill_empty_cells(body: Any) -> None:
    # A cell must end with a paragraph, or Word opens the file with a repair message.
    for cell in body.iter(f"{W}tc"):
        last = cell[-1] if len(cell) else None
        if last is None or last.tag != f"{W}p":
            cell.append(make_element("p", make_element("pPr", make_element("pStyle", val="TableText"))))


_IN_CELLS = {
    "BodyText": "TableText",
    "ListBullet": "TableBullet",
    "ListBullet2": "TableBullet",
    "ListNumber": "TableNumber",
}
"""Text of the case file that stands in a cell is as large as the rest of the table, and takes the whole width."""


def _restyle_cells(body: Any, known: frozenset[str]) -> None:
    """Set text in cells in the styles of tables, and inner points as points where the inner style is unknown."""
    for paragraph in body.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val") == "ListBullet2" and "ListBullet2" not in known:
            style.set(f"{W}val", "ListBullet")
    for cell in body.iter(f"{W}tc"):
        for paragraph in cell.iterfind(f"{W}p"):
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            if style is not None:
                better = _IN_CELLS.get(style.get(f"{W}val"))
                style.set(f"{W}val", better if better in known else style.get(f"{W}val"))


def _replace_spaces(body: Any) -> None:
    """Remove the empty paragraphs after tables, and give what follows a space above it instead.

    One stays between two tables, which would become one without it, and at the end. A heading has its space already.
    """
    for space in [one for one in body.iterchildren(f"{W}p") if style_of(one) == "Space" and not text_of(one)]:
        following = space.getnext()
        if following is None or following.tag != f"{W}p" or space.find(f"{W}pPr/{W}sectPr") is not None:
            continue
        body.remove(space)
        if style_of(following) in _SET_APART:
            following.get_or_add_pPr().get_or_add_spacing().set(f"{W}before", _AFTER_TABLE)


def _separate_lists(body: Any, numbering: Any | None) -> None:
    """Give each numbered list from prose its own numbering, so that each starts at 1."""
    used: dict[int, list[Any]] = {}
    for reference in body.iter(f"{W}numId"):
        number = int(reference.get(f"{W}val"))
        if number >= OWN_LISTS:
            used.setdefault(number, []).append(reference)
    if not used or numbering is None:
        return
    numbers = [int(num.get(f"{W}numId")) for num in numbering.iterfind(f"{W}num")]
    abstract = _find_number_style(numbering)
    for position, references in enumerate(used.values(), max(numbers, default=0) + 1):
        restarts = [make_element("lvlOverride", make_element("startOverride", val="1"), ilvl=level) for level in "01"]
        form = make_element("abstractNumId", val=abstract)
        numbering.append(make_element("num", form, *restarts, numId=str(position)))
        for reference in references:
            reference.set(f"{W}val", str(position))


def _find_number_style(numbering: Any) -> str:
    for abstract in numbering.iterfind(f"{W}abstractNum"):
        if any(style.get(f"{W}val") == "ListNumber" for style in abstract.iter(f"{W}pStyle")):
            return str(abstract.get(f"{W}abstractNumId"))
    return "0"


def _write_citations(body: Any, cited: Mapping[str, Any]) -> None:
    """Print citations in words, each marked with what it cites, so that a bundle can print page numbers instead.

    The mark is a content control: it stays when a person edits the paper in Word.
    """
    numbers = itertools.count(_FIRST_MARK)
    for run in list(body.iter(f"{W}r")):
        if not any("[[" in (text.text or "") for text in run.iterfind(f"{W}t")):
            continue
        parent, at = run.getparent(), run.getparent().index(run)
        for said, citation in _split_run(run, cited):
            parent.insert(at, _mark(said, citation, next(numbers)) if citation else said)
            at += 1
        parent.remove(run)


def _split_run(run: Any, cited: Mapping[str, Any]) -> Iterator[tuple[Any, Citation | None]]:
    """Split a run into runs of one part each, with the citation of each where it is to be marked."""
    for part in run:
        if part.tag == f"{W}t":
            for piece in split_text(part.text or ""):
                yield _write_piece(run, piece, cited)
        elif part.tag != f"{W}rPr":
            alone = _copy_style(run)
            alone.append(deepcopy(part))
            yield alone, None


def _write_piece(run: Any, piece: str | Citation, cited: Mapping[str, Any]) -> tuple[Any, Citation | None]:
    if isinstance(piece, str):
        return _run_of(run, piece), None
    if piece.id not in cited:
        return _run_of(run, piece.written), None
    source = cited[piece.id]
    if source is None:
        return _run_of(run, describe_neutrally(piece)), None
    return _run_of(run, describe_citation(piece, source["title"], source["dated"])), piece


def _copy_style(run: Any) -> Any:
    return make_element("r", *(deepcopy(properties) for properties in run.findall(f"{W}rPr")))


def _run_of(run: Any, words: str) -> Any:
    made = _copy_style(run)
    made.append(make_element("t", text=words))
    return made


def _mark(said: Any, citation: Citation, number: int) -> Any:
    facts = (("alias", "Evidence"), ("tag", citation.tag), ("id", str(number)))
    properties = make_element("sdtPr", *(make_element(name, val=value) for name, value in facts))
    return make_element("sdt", properties, make_element("sdtContent", said))


def _mark_unrecorded(body: Any) -> None:
    """Shade the words that stand for an unwritten fact, so that they are seen in a line of text."""
    for text in list(body.iter(f"{W}t")):
        if not text.text or NOT_RECORDED not in text.text:
            continue
        run = text.getparent()
        if run.tag != f"{W}r" or len(run.findall(f"{W}t")) != 1:
            continue
        parts = re.split(f"({re.escape(NOT_RECORDED)})", text.text)
        at = run.getparent().index(run)
        for part in (part for part in parts if part):
            piece = deepcopy(run)
            words = piece.find(f"{W}t")
            words.text = part
            words.set(qn("xml:space"), "preserve")
            if part == NOT_RECORDED:
                _add_to_run(piece, make_element("shd", val="clear", color="auto", fill=_GAP_SHADE))
            run.getparent().insert(at, piece)
            at += 1
        run.getparent().remove(run)


def _add_to_run(run: Any, added: Any) -> None:
    """Add a property to a run, before its language, which comes last."""
    properties = run.get_or_add_rPr()
    language = properties.find(f"{W}lang")
    if language is None:
        properties.append(added)
    else:
        language.addprevious(added)


def _set_direction(body: Any) -> None:
    for paragraph in body.iter(f"{W}p"):
        runs = [run for run in paragraph.iter(f"{W}r") if _RIGHT_TO_LEFT_LETTERS.search(text_of(run))]
        if not runs:
            continue
        for run in runs:
            if has_right_to_left(text_of(run)):
                _add_to_run(run, make_element("rtl"))
        if is_right_to_left(text_of(paragraph)):
            properties = paragraph.get_or_add_pPr()
            at = sum(child.tag in _BEFORE_DIRECTION for child in properties)
            properties.insert(at, make_element("bidi"))


def _renumber_ids(body: Any) -> None:
    """Number bookmarks and drawings anew: loops copy their ids, and each must be unique."""
    bookmarks: dict[str, str] = {}
    for number, element in enumerate(body.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        if element.tag == f"{W}bookmarkStart":
            bookmarks[element.get(f"{W}id")] = str(number)
        element.set(f"{W}id", bookmarks.get(element.get(f"{W}id"), str(number)))
    for number, element in enumerate(body.iter(PICTURE), 1):
        element.set("id", str(number))
