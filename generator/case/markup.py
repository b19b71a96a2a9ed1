r"""The small subset of Markdown that text in a case file may use, read into paragraphs.

Paragraphs are parted by an empty line; `- ` starts a bullet and `1. ` a numbered point (two spaces in front set it one
level in); `**bold**` and `*italic*` mark words; `[[id p 3]]` cites evidence; a backslash before *, \ or [[ prints it as
it stands. Everything else prints as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from generator.case.citations import CITATION, Citation, as_citation

_BULLET = re.compile(r"( *)[-•*] +(.*)")
_NUMBER = re.compile(r"( *)(\d{1,3})[.)] +(.*)")
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"”’)\]]*+\s++(?=[\"“‘(\[]*+[^\W_])")
_TITLE = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Rev|St|e\.g|i\.e|vs)|\b[A-HJ-Z])\.$")
_COUNTED = re.compile(r"\b(?:[Nn]os?|pp?|paras?|ext|tel|approx|c)\.$")
_LONGEST_SHORT_FORM = 10
_MARKS = re.compile(rf"\\(?P<kept>[*\\]|\[\[)|(?P<stars>\*{{1,3}})|{CITATION}")


class BlockKind(Enum):
    """What a block of text is."""

    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class StyledText:
    """Words in one style. `cites` is set for a citation of evidence, whose text is as it was written."""

    text: str
    bold: bool = False
    italic: bool = False
    cites: Citation | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or one point of a list. `starts_list` is true for the first numbered point of a list."""

    kind: BlockKind
    runs: tuple[StyledText, ...]
    level: int = 0
    starts_list: bool = False

    @property
    def text(self) -> str:
        """The words without their style."""
        return "".join(run.text for run in self.runs)


def read_blocks(text: str) -> tuple[Block, ...]:
    """Return the paragraphs and points of a text, in order. An empty text has none."""
    blocks: list[Block] = []
    lines: list[str] = []
    kind, level, starts = BlockKind.PARAGRAPH, 0, False

    def close() -> None:
        nonlocal kind, level, starts
        words = " ".join(line.strip() for line in lines).strip()
        if words:
            blocks.append(Block(kind, read_runs(words), level, starts))
        lines.clear()
        kind, level, starts = BlockKind.PARAGRAPH, 0, False

    for line in text.split("\n"):
        if not line.strip():
            close()
        elif found := _BULLET.fullmatch(line):
            close()
            kind, level = BlockKind.BULLET, _level(found[1])
            lines.append(found[2])
        elif found := _NUMBER.fullmatch(line):
            close()
            kind, level = BlockKind.NUMBER, _level(found[1])
            before = next(
                (block for block in reversed(blocks) if block.kind is BlockKind.NUMBER and block.level <= level), None
            )
            follows = (
                bool(blocks)
                and before is not None
                and blocks[-1].kind is not BlockKind.PARAGRAPH
                and before.level == level
            )
            starts = found[2] == "1" or not follows
            lines.append(found[3])
        else:
            lines.append(line)
    close()
    return tuple(blocks)


def _level(indent: str) -> int:
    return min(len(indent) // 2, 1)


def read_runs(text: str) -> tuple[StyledText, ...]:
    """Return the words of one paragraph with their emphasis. A star without a partner is printed as a star."""
    marks = _pair_marks(text)
    runs: list[StyledText] = []
    bold = italic = False
    at = 0

    def add(words: str) -> None:
        if words:
            last = runs[-1] if runs else None
            if last and not last.cites and (last.bold, last.italic) == (bold, italic):
                runs[-1] = StyledText(last.text + words, bold, italic)
            else:
                runs.append(StyledText(words, bold, italic))

    for found in _MARKS.finditer(text):
        add(text[at : found.start()])
        at = found.end()
        if found["kept"]:
            add(found["kept"])
        elif found.start() in marks:
            bold ^= len(found["stars"]) >= 2
            italic ^= len(found["stars"]) != 2
        elif found["id"] and (cited := as_citation(found)):
            runs.append(StyledText(found[0], bold, italic, cited))
        else:
            add(found[0])
    add(text[at:])
    return tuple(runs)


def _pair_marks(text: str) -> frozenset[int]:
    """Return where emphasis opens and closes: stars of the same length that touch the words between them."""
    paired: set[int] = set()
    waiting: dict[int, int] = {}
    for found in _MARKS.finditer(text):
        if not found["stars"]:
            continue
        size, start, end = len(found["stars"]), found.start(), found.end()
        if size in waiting and start > 0 and not text[start - 1].isspace():
            opened = waiting.pop(size)
            paired |= {opened, start}
            waiting = {other: place for other, place in waiting.items() if place < opened}
        elif end < len(text) and not text[end].isspace():
            waiting[size] = start
    return frozenset(paired)


def part_sentences(block: Block) -> tuple[Block, ...]:
    """Split a block into one block for each of its sentences, with the same words in the same styles.

    A full stop after a title, an initial or an abbreviation ends no sentence, nor does one before a small letter.
    """
    sentences: list[list[StyledText]] = [[]]
    ends = _find_ends(block.text)
    end = next(ends, None)
    at = 0
    for run in block.runs:
        start = 0
        while end is not None and end <= at + len(run.text):
            sentences[-1].append(replace(run, text=run.text[start : end - at]))
            sentences.append([])
            start, end = end - at, next(ends, None)
        sentences[-1].append(replace(run, text=run.text[start:]))
        at += len(run.text)
    parts = [runs for sentence in sentences if (runs := _strip_end(sentence))]
    return tuple(
        replace(block, runs=runs, starts_list=block.starts_list and not number) for number, runs in enumerate(parts)
    )


def _find_ends(text: str) -> Iterator[int]:
    """Yield the places where a sentence starts after another."""
    for found in _END.finditer(text):
        before = text[max(found.start() + 1 - _LONGEST_SHORT_FORM, 0) : found.start() + 1]
        following = text[found.end() : found.end() + _LONGEST_SHORT_FORM].lstrip('"“‘([')
        is_short = _TITLE.search(before) or (_COUNTED.search(before) and following[:1].isdigit())
        if not is_short and not following[:1].islower():
            yield found.end()


def _strip_end(runs: list[StyledText]) -> tuple[StyledText, ...]:
    while runs and not runs[-1].text.strip():
        runs.pop()
    kept = [run for run in runs if run.text]
    return (*kept[:-1], replace(kept[-1], text=kept[-1].text.rstrip())) if kept else ()
