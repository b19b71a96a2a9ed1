"""Lay blocks of words out as the body of a Word document, in the styles of the house."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

from looks import SHIPPED
from paper_blocks import AddressBlock, Block, PageBreak, Paragraph, Row, Signatures, Span, Table

TEXT_WIDTH = SHIPPED.page.width
"""Twentieths of a point between the margins. Under a house style with other margins, tables keep their share of it."""

FIRST_RESTART = 3
"""List number 1 is the bullets and 2 the numbered points; each further list of points counts from 1 under its own number."""

_SPACE = '<w:p><w:pPr><w:pStyle w:val="Space"/></w:pPr></w:p>'
_LABELLED = frozenset({"Facts", "Front"})


def lay_out_body(blocks: tuple[Block, ...]) -> tuple[str, int]:
    """The body as XML without its section, and how many numbered lists it holds."""
    layout = _Layout()
    return "".join(map(layout.block, blocks)), layout.lists


class _Layout:
    """Blocks to XML; remembers a page break until its paragraph comes, and which list is being counted.

    Facts before the first heading are the front of the paper, and look so.
    """

    def __init__(self) -> None:
        self.lists = 0
        self._new_page = False
        self._last_style = ""
        self._at_front = True

    def block(self, block: Block) -> str:
        match block:
            case PageBreak():
                self._new_page = True
                return ""
            case Table():
                self._last_style = ""
                is_front, self._at_front = self._at_front and block.kind == "facts", False
                return _table(block, is_front=is_front) + _SPACE
            case Signatures():
                return _signatures(block) + _SPACE
            case AddressBlock():
                return _addresses()
            case Paragraph():
                return self._paragraph(block)

    def _paragraph(self, block: Paragraph) -> str:
        if block.alone:
            return paragraph(block)
        self._at_front = self._at_front and not block.style.startswith("Heading")
        properties = "<w:keepNext/>" if block.style == "Figure" else ""
        if self._new_page:
            properties += "<w:pageBreakBefore/>"
            self._new_page = False
        if block.style == "ListBullet" and self._last_style == "ListNumber":
            return paragraph(replace(block, style="ListBullet2"), properties)
        return paragraph(block, properties + self._list_place(block))

    def _list_place(self, block: Paragraph) -> str:
        """Which list a point counts in: 1 begins a new one unless it follows a point."""
        under_point, self._last_style = self._last_style == "ListNumber", block.style
        if block.style == "ListNumber":
            if self.lists == 0 or (block.number == 1 and not under_point):
                self.lists += 1
            return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{FIRST_RESTART + self.lists - 1}"/></w:numPr>'
        return ""


def paragraph(block: Paragraph, properties: str = "") -> str:
    """One paragraph as XML."""
    style = block.style
    if style == "Figure":
        style, properties = "BodyText", f'{properties}<w:jc w:val="center"/>'
    runs = "".join(_run(span) for span in block.spans)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>'


def _run(span: Span) -> str:
    look = '<w:rStyle w:val="Source"/>' if span.source else ""
    look += "<w:b/><w:bCs/>" if span.bold else ""
    look += "<w:i/><w:iCs/>" if span.italic else ""
    return f'<w:r>{f"<w:rPr>{look}</w:rPr>" if look else ""}<w:t xml:space="preserve">{escape(span.text)}</w:t></w:r>'


def _table(table: Table, *, is_front: bool) -> str:
    widths = _twips(table.widths)
    style = "Front" if is_front else table.kind.title()
    return _frame(style, widths, table.alt, (_row(row, table, widths) for row in table.rows))


def _frame(style: str, widths: tuple[int, ...], alt: str, rows: Iterator[str]) -> str:
    """A table of fixed widths with its style and the words that a screen reader says for it."""
    first_row, first_column = ("0", "1") if style in _LABELLED else ("1", "0")
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:firstRow="{first_row}" w:lastRow="0" w:firstColumn="{first_column}" '
        'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(alt)}/><w:tblDescription w:val={quoteattr(alt)}/></w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _twips(widths: tuple[int, ...]) -> tuple[int, ...]:
    """Percentages as twentieths of a point that add up to the width of the text."""
    edges = [0]
    for width in widths:
        edges.append(edges[-1] + width)
    marks = [TEXT_WIDTH * edge // 100 for edge in edges]
    return tuple(right - left for left, right in pairwise(marks))


def _row(row: Row, table: Table, widths: tuple[int, ...]) -> str:
    if row.control:
        tag = f"<w:p><w:r><w:t>{escape(f'{{%tr {row.control} %}}')}</w:t></w:r></w:p>"
        return f'<w:tr><w:tc><w:tcPr><w:tcW w:w="{sum(widths)}" w:type="dxa"/><w:gridSpan w:val="{len(widths)}"/></w:tcPr>{tag}</w:tc></w:tr>'
    may_break = table.kind == "facts" and any(item.alone and not item.is_control for cell in row.cells for item in cell)
    properties = "" if may_break else "<w:cantSplit/>"
    properties += "<w:tblHeader/>" if row.is_head else ""
    together = "" if table.kind == "grid" or may_break else "<w:keepNext/>"
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{"".join(paragraph(item, together) for item in cell)}</w:tc>'
        for cell, width in zip(row.cells, widths, strict=True)
    )
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{cells}</w:tr>"


def _signatures(block: Signatures) -> str:
    """Rows for name, post, signature and date, left blank; one column for each who signs."""
    share = 78 // len(block.signers)
    widths = _twips((100 - share * len(block.signers), *([share] * len(block.signers))))
    head = _blank_row(("Signed by", *block.signers), widths, 0, "TableHead", head=True)
    heights = (("Name", 430), ("Post", 430), ("Signature", 800), ("Date", 430))
    rows = (_blank_row((label, *([""] * len(block.signers))), widths, height, "TableText") for label, height in heights)
    return _frame("Signatures", widths, "Signatures: to be completed by hand", iter((head, *rows)))


def _blank_row(texts: tuple[str, ...], widths: tuple[int, ...], height: int, style: str, *, head: bool = False) -> str:
    tall = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    repeat = "<w:tblHeader/>" if head else ""
    cells = ""
    for place, (text, width) in enumerate(zip(texts, widths, strict=True)):
        item = Paragraph(0, "TableLabel" if place == 0 and not head else style, (Span(text),) if text else ())
        cells += f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{paragraph(item, "<w:keepNext/>")}</w:tc>'
    return f"<w:tr><w:trPr><w:cantSplit/>{tall}{repeat}</w:trPr>{cells}</w:tr>"


def _addresses() -> str:
    """The reader's address where a window envelope shows it, and the sender's beside it.

    Their styles place them on the page. The sender's frame reaches below the window, so the letter begins under both.
    """
    return (
        _address_line("SenderAddress", "{{ authority.address_lines | join('\\n') }}")
        + _optional("authority.telephone")
        + _optional("authority.email")
        + _address_line("WindowAddress", "{{ letter.address_lines | join('\\n') }}")
    )


def _address_line(style: str, text: str) -> str:
    return paragraph(Paragraph(0, style, (Span(text),)))


def _optional(field: str) -> str:
    lines = f"{{%p if {field} %}}", f"{{{{ {field} }}}}", "{%p endif %}"
    return "".join(_address_line("SenderContact", line) for line in lines)
