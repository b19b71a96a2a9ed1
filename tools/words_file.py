"""Read templates/words/<code>.txt: the words of one paper, as blocks in order; tell every mistake with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError
from paper_blocks import AddressBlock, Block, PageBreak, Paragraph, Row, Signatures, Span, Table

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
"""One Jinja tag."""

_WHOLE_CONTROL = re.compile(r"\{%p\s[^%}]*%\}")
_WHOLE_ANSWER = re.compile(r"\{\{p\s[^%}]*\}\}")
_PREFIXED = re.compile(r"\{[{%](?:p|tr|tc|r)\s")
_TABLE = re.compile(r'\[table\s+widths=(?P<widths>[\d,]+)\s+kind=(?P<kind>\w+)\s+alt="(?P<alt>[^"]+)"\s*\]')
_SIGN = re.compile(r"\[sign\s+(?P<signers>[^\]]+)\]")
_NUMBERED = re.compile(r"(\d+)\.\s+")
_MARKS = re.compile(r"\*\*|\*|\(\(|\)\)(?!\))")
_KEYWORD = re.compile(r"\{%(?:p|tr|-)?\s*(\w+)")
_CURLY_IN_TAG = re.compile("[‘’“”–—\u00a0]")
_STRAIGHT = re.compile("[\"']")

_PREFIX_STYLES = (
    ("title:", "Title"),
    ("subtitle:", "Subtitle"),
    ("### ", "Heading3"),
    ("## ", "Heading2"),
    ("# ", "Heading1"),
    ("> ", "Note"),
    ("- ", "ListBullet"),
)
_SIGNATURE_ROWS = frozenset({"Name", "Post", "Signature", "Date"})


class WordsError(Exception):
    """What is wrong in a words file: one line for each mistake, each with file and line."""

    def __init__(self, problems: list[str]) -> None:
        """One line for each mistake."""
        super().__init__("\n".join(problems))


def read_words(path: Path) -> tuple[Block, ...]:
    """The blocks of a words file, in order. Raises WordsError naming every mistake at once."""
    lines = path.read_text(encoding="utf-8").splitlines()
    reader = _Reader(path.name, lines)
    blocks = tuple(reader.read())
    reader.check_jinja()
    reader.check_page_breaks(blocks)
    if reader.problems:
        raise WordsError([text for _, text in sorted(reader.problems)])
    return blocks


@dataclass(slots=True)
class _Reader:
    name: str
    lines: list[str]
    problems: list[tuple[int, str]] = field(default_factory=list)

    def say(self, line: int, wrong: str) -> None:
        self.problems.append((line, f"{self.name}:{line}: {wrong}"))

    def read(self) -> Iterator[Block]:
        numbered = iter(enumerate(self.lines, start=1))
        for number, raw in numbered:
            text = raw.strip()
            if text.startswith("[table"):
                yield from self._table(number, text, numbered)
            elif text:
                yield from self._block(number, text)

    def _block(self, line: int, text: str) -> Iterator[Block]:
        if text == "===":
            yield PageBreak(line)
        elif text == "[address]":
            yield AddressBlock(line)
        elif signed := _SIGN.fullmatch(text):
            yield self._signatures(line, signed["signers"])
        elif text.startswith(("[sign", "[address", "[/table", "! ", "%tr")):
            self.say(line, f"{text.split(maxsplit=1)[0]} is not complete, or stands outside a table")
        else:
            yield self._paragraph(line, text, "BodyText")

    def _signatures(self, line: int, text: str) -> Signatures:
        signers = tuple(part.strip() for part in text.split("|"))
        for signer in signers:
            if signer in _SIGNATURE_ROWS:
                self.say(
                    line,
                    f"{signer} is a row of every signature block; name only those who sign: [sign Author | Team manager]",
                )
        if len(signers) > 3:
            self.say(line, "at most three can sign in one block; write a second block")
        return Signatures(line, signers)

    def _paragraph(self, line: int, text: str, plain_style: str) -> Paragraph:
        if _WHOLE_CONTROL.fullmatch(text) or _WHOLE_ANSWER.fullmatch(text):
            self._check_tag(line, text)
            return Paragraph(line, plain_style, (Span(text),), alone=True)
        style, rest = self._style(text, plain_style)
        if _PREFIXED.search(rest):
            self.say(line, "a tag with p stands alone in its paragraph, and holds neither % nor } inside")
        if re.fullmatch(r"\{\{\s*(?:family_tree|picture)\s*\}\}", rest):
            style = "Figure"
        number = int(found[1]) if style == "ListNumber" and (found := _NUMBERED.match(text)) else 0
        return Paragraph(line, style, self._spans(line, rest), number=number)

    def _style(self, text: str, plain_style: str) -> tuple[str, str]:
        for prefix, style in _PREFIX_STYLES:
            if text.startswith(prefix):
                return style, text.removeprefix(prefix).strip()
        if number := _NUMBERED.match(text):
            return "ListNumber", text[number.end() :]
        return plain_style, text

    def _spans(self, line: int, text: str) -> tuple[Span, ...]:
        """Text cut where its appearance changes; a Jinja tag is never cut, and its stars and brackets are its own."""
        spans: list[Span] = []
        bold = italic = source = False
        for part, is_tag in _parts(text):
            if is_tag:
                self._check_tag(line, part)
            elif part == "**":
                bold = not bold
                continue
            elif part == "*":
                italic = not italic
                continue
            elif part == "((" or (part == "))" and source):
                if source and part == "((":
                    self.say(line, "a ((source)) is opened inside another")
                source = part == "(("
                continue
            else:
                self._check_text(line, part)
            if spans and (spans[-1].bold, spans[-1].italic, spans[-1].source) == (bold, italic, source):
                part = spans.pop().text + part
            spans.append(Span(part, bold, italic, source))
        if bold or italic or source:
            self.say(line, "a mark is opened and not closed: **bold**, *italic* or ((source))")
        return tuple(spans)

    def _check_tag(self, line: int, tag: str) -> None:
        if _CURLY_IN_TAG.search(tag):
            self.say(line, f"inside a tag use straight quotes and plain hyphens: {tag}")

    def _check_text(self, line: int, text: str) -> None:
        if _STRAIGHT.search(text):
            self.say(line, "use curly quotes in words: ’ ‘ “ ”")
        if "—" in text:
            self.say(line, "no em dash: make two sentences, or use a colon")
        if "{{" in text or "{%" in text or "}}" in text or "%}" in text:
            self.say(line, "a tag is opened and not closed on this line")

    def _table(self, line: int, text: str, numbered: Iterator[tuple[int, str]]) -> Iterator[Table]:
        found = _TABLE.fullmatch(text)
        rows: list[Row] = []
        widths: tuple[int, ...] = ()
        kind, alt = "facts", ""
        if found is None:
            self.say(line, 'write [table widths=30,70 kind=facts alt="What the table tells"]')
        else:
            widths = tuple(int(part) for part in found["widths"].split(",") if part)
            kind, alt = found["kind"], found["alt"]
            self._check_table(line, kind, widths)
        for number, raw in numbered:
            inner = raw.strip()
            if inner == "[/table]":
                break
            if inner:
                rows.append(self._row(number, inner, kind, len(widths)))
        else:
            self.say(line, "this table is not closed by [/table]")
        if kind == "grid" and not any(row.is_head for row in rows):
            self.say(line, "a grid needs a header row: ! Header | Header")
        yield Table(line, kind, widths, alt, tuple(rows))

    def _check_table(self, line: int, kind: str, widths: tuple[int, ...]) -> None:
        if kind not in ("facts", "grid"):
            self.say(line, f"kind is facts or grid, not {kind}")
        if sum(widths) != 100:
            self.say(line, f"the widths add up to {sum(widths)}, not 100")

    def _row(self, line: int, text: str, kind: str, columns: int) -> Row:
        if text.startswith("%tr"):
            return Row(line, control=text.removeprefix("%tr").strip().removesuffix("%}").strip())
        is_head = text.startswith("! ")
        cells = _split(text.removeprefix("! "), "|")
        if columns and len(cells) != columns:
            self.say(line, f"{len(cells)} cells in a table of {columns} columns")
        return Row(
            line, tuple(self._cell(line, cell, kind, is_head, place) for place, cell in enumerate(cells)), is_head
        )

    def _cell(self, line: int, text: str, kind: str, is_head: bool, place: int) -> tuple[Paragraph, ...]:
        style = "TableHead" if is_head else "TableLabel" if kind == "facts" and place == 0 else "TableText"
        parts = [part for part in _split(text, "//") if part]
        paragraphs = tuple(self._paragraph(line, part, style) for part in parts)
        if any(paragraph.is_control for paragraph in paragraphs):
            self._check_balance(line, [paragraph.text for paragraph in paragraphs if paragraph.is_control])
        return paragraphs or (Paragraph(line, style, ()),)

    def _check_balance(self, line: int, tags: list[str]) -> None:
        keywords = [found[1] for tag in tags if (found := _KEYWORD.match(tag))]
        opened = sum(word in ("if", "for") for word in keywords)
        closed = sum(word in ("endif", "endfor") for word in keywords)
        if opened != closed:
            self.say(line, "a {%p … %} opened in a cell is closed in the same cell")

    def check_jinja(self) -> None:
        """Read the whole file as one Jinja template, line for line, so that a loose end is told by its line."""
        plain = [_as_plain_jinja(line) for line in self.lines]
        try:
            Environment(autoescape=True).parse("\n".join(plain))
        except TemplateSyntaxError as error:
            self.say(error.lineno, f"Jinja cannot read this: {error.message}")
        self._check_levels()

    def _check_levels(self) -> None:
        """What opens as a line of its own closes as one, and what opens as a row closes as a row."""
        opened: list[tuple[str, str, int]] = []
        for number, line in enumerate(self.lines, start=1):
            for level, word in _keywords(line):
                if word in ("if", "for"):
                    opened.append((level, word, number))
                elif word in ("endif", "endfor") and opened:
                    start_level, start_word, start = opened.pop()
                    if (start_level, f"end{start_word}") != (level, word):
                        self.say(number, f"this {word} does not match the {start_word} on line {start}")

    def check_page_breaks(self, blocks: tuple[Block, ...]) -> None:
        """A page break is a property of the paragraph after it, so there has to be one."""
        for place, block in enumerate(blocks):
            if isinstance(block, PageBreak):
                after = next((b for b in blocks[place + 1 :] if not (isinstance(b, Paragraph) and b.is_control)), None)
                if not isinstance(after, Paragraph) or after.alone:
                    self.say(block.line, "a heading or a plain paragraph must follow a page break")


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """Text cut into tags, marks and plain words: each with whether it is a tag."""
    start = 0
    for tag in TAG.finditer(text):
        yield from _plain_parts(text[start : tag.start()])
        yield tag[0], True
        start = tag.end()
    yield from _plain_parts(text[start:])


def _plain_parts(text: str) -> Iterator[tuple[str, bool]]:
    start = 0
    for mark in _MARKS.finditer(text):
        if mark.start() > start:
            yield text[start : mark.start()], False
        yield mark[0], False
        start = mark.end()
    if start < len(text):
        yield text[start:], False


def _split(text: str, mark: str) -> list[str]:
    """Text cut at a mark that stands between spaces, outside tags."""
    hidden = TAG.sub(lambda tag: "\0" * len(tag[0]), text)
    cuts = [found.span() for found in re.finditer(rf"(?:^|(?<=\s)){re.escape(mark)}(?=\s|$)", hidden)]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    return [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def _as_plain_jinja(line: str) -> str:
    text = line.strip()
    if text.startswith("%tr"):
        return f"{{% {text.removeprefix('%tr').strip()} %}}"
    return re.sub(r"(\{[{%])(?:p|tr|tc|r)(?=\s)", r"\1", line)


def _keywords(line: str) -> Iterator[tuple[str, str]]:
    """The Jinja statements of a line: at which level each stands (paragraph, row or within words), and its first word."""
    text = line.strip()
    if text.startswith("%tr"):
        yield "row", text.removeprefix("%tr").split()[0] if text.removeprefix("%tr").split() else ""
        return
    for tag in TAG.findall(text):
        if found := _KEYWORD.match(tag):
            yield ("paragraph" if tag.startswith("{%p") else "words"), found[1]
