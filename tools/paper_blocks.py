"""What a paper is made of before it is laid out: paragraphs, tables, signatures, addresses and page breaks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text with one appearance."""

    text: str
    bold: bool = False
    italic: bool = False
    source: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in one style. `alone` is True for a tag that becomes paragraphs or vanishes; `number` is a point's own."""

    line: int
    style: str
    spans: tuple[Span, ...]
    alone: bool = False
    number: int = 0

    @property
    def text(self) -> str:
        """The words without their marks."""
        return "".join(span.text for span in self.spans)

    @property
    def is_control(self) -> bool:
        """Whether this is a control line such as {%p if x %}, which vanishes."""
        return self.alone and self.text.startswith("{%")


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next paragraph begins a page."""

    line: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: cells of paragraphs, or a control tag such as `for a in meeting.actions`."""

    line: int
    cells: tuple[tuple[Paragraph, ...], ...] = ()
    is_head: bool = False
    control: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of facts (labels in the first column) or a grid (a header row that repeats)."""

    line: int
    kind: str
    widths: tuple[int, ...]
    alt: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Signatures:
    """A signature block, to be filled in by hand: one column for each who signs."""

    line: int
    signers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AddressBlock:
    """The reader's address for a window envelope, and the sender's beside it."""

    line: int


Block = Paragraph | PageBreak | Table | Signatures | AddressBlock
