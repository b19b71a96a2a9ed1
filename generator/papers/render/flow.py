"""Control the page breaks of a finished paper: what stays together, and frames."""

from __future__ import annotations

from copy import deepcopy
from itertools import pairwise, takewhile
from typing import Any

from docx.oxml.ns import qn

from generator.base.word_xml import style_of, text_of
from generator.papers.render.elements import make_element

_LAST = 5
"""So many paragraphs at the end of a paper stay together, so that no page has a line or two alone."""
_SHORT_ROW = 600
"""So many characters in the fullest cell of a row are about ten lines: such a row is read as one."""
_LONG_TABLE = 6
"""Rows up to which a table that is written to stay together does."""
_AFTER_FRAME = (
    "w:widowControl", "w:numPr", "w:suppressLineNumbers", "w:pBdr",
    "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct", "w:topLinePunct",
    "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind",
    "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment",
    "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip


def keep_together(body: Any) -> None:
    """Keep each table with the words that lead to it, and the last paragraphs of a paper together."""
    blocks = [block for block in body if block.tag in {qn("w:p"), qn("w:tbl")}]
    for block, following in pairwise(blocks):
        if block.tag == qn("w:p") and text_of(block).rstrip() and (following.tag == qn("w:tbl") or _leads_on(block)):
            block.get_or_add_pPr().get_or_add_keepNext()
    last = [*takewhile(lambda block: block.tag == qn("w:p"), reversed(blocks[-_LAST:]))]
    for block in last[1:]:
        block.get_or_add_pPr().get_or_add_keepNext()


def loosen_long_tables(body: Any) -> None:
    """Let a long table of facts start on the page where it is named, with two rows or more on each side of a break.

    Its rows are set to stay together, which is right for a few of them; a long table would leave half a page empty. No
    table is held to what comes after it.
    """
    for table in body.iter(qn("w:tbl")):
        rows = table.findall(qn("w:tr"))
        free = rows[1:-2] if len(rows) > _LONG_TABLE else []
        for row in (*free, *rows[-1:]):
            for kept in list(row.iter(qn("w:keepNext"))):
                kept.getparent().remove(kept)


def keep_rows_whole(body: Any) -> None:
    """Keep short table rows on one page; a long row may break, or half a page would stay empty before it."""
    for row in body.iter(qn("w:tr")):
        properties = row.find(qn("w:trPr"))
        held = properties is not None and properties.find(qn("w:cantSplit")) is not None
        if held or row.find(f".//{qn('w:tbl')}") is not None:
            continue
        if max((_length_of(cell) for cell in row.iter(qn("w:tc"))), default=0) > _SHORT_ROW:
            continue
        row.get_or_add_trPr().insert(0, make_element("cantSplit"))


def place_frames(body: Any, styles: Any) -> None:
    """Give paragraphs the frame of their style: LibreOffice ignores frames in styles."""
    frames = {
        style.get(qn("w:styleId")): frame
        for style in styles.iterfind(qn("w:style"))
        if (frame := style.find(f"{qn('w:pPr')}/{qn('w:framePr')}")) is not None
    }
    for paragraph in body.iterchildren(qn("w:p")) if frames else ():
        if (frame := frames.get(style_of(paragraph))) is not None:
            properties = paragraph.get_or_add_pPr()
            if properties.find(qn("w:framePr")) is None:
                properties.insert_element_before(deepcopy(frame), *_AFTER_FRAME)


def _leads_on(paragraph: Any) -> bool:
    """Whether a paragraph introduces the next: it ends with a colon, or is a bold line that names what follows."""
    if "List" in style_of(paragraph):
        return False
    text, runs = (
        text_of(paragraph).rstrip(),
        [run for run in paragraph.iter(qn("w:r")) if run.find(qn("w:t")) is not None],
    )
    is_label = not text.endswith((".", "?", "!")) and all(
        run.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None for run in runs
    )
    return text.endswith(":") or is_label


def _length_of(cell: Any) -> int:
    return sum(len(text_of(paragraph).rstrip()) for paragraph in cell.iter(qn("w:p")))
