"""Decode a file into lines, and find characters that could be lost, hide text or shift the structure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.base.errors import CannotReadError, Place, Problem

MAX_BYTES = 5 * 1024 * 1024

_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff"
_HIDDEN_BREAKS = "\x85\u2028\u2029"
_TURNING = "\u202a-\u202e\u2066-\u2069\ufeff"
UNUSABLE = re.compile(f"[{_CONTROLS}{_HIDDEN_BREAKS}{_TURNING}]")
_INVISIBLE_SPACE = "\u00a0\u2007\u202f\u3000\u200b"
_ODD_INDENT = re.compile(rf"^(?: |\t|-(?=[ \t{_INVISIBLE_SPACE}])|[{_INVISIBLE_SPACE}])*?([\t{_INVISIBLE_SPACE}])")


def too_large(name: str) -> CannotReadError:
    """Make the error for a file over the limit."""
    return _refuse(
        Problem("Y002", "This file is larger than 5 MB", Place(name, 1, 1), remedy="move long text into evidence files")
    )


def _refuse(problem: Problem) -> CannotReadError:
    return CannotReadError(f"{problem.place.file if problem.place else 'The file'} cannot be read", [problem])


def split_lines(text: str) -> tuple[str, ...]:
    """Split a text into lines as the parser does, once `find_bad_characters` has found nothing."""
    return tuple(re.split(r"\r\n|\r|\n", text))


def decode(content: bytes, name: str) -> str:
    """Decode the text of a file. Raises CannotReadError where it is too large or not UTF-8."""
    if len(content) > MAX_BYTES:
        raise too_large(name)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = split_lines(error.object[: error.start].decode("utf-8"))
        raise _not_utf_8(name, len(before), len(before[-1]) + 1) from None
    # UTF-16 without its mark decodes as text in which every other character is a null.
    start = text[:1000]
    if start.count("\0") * 4 > len(start):
        raise _not_utf_8(name, 1, 1)
    return text


def _not_utf_8(name: str, line: int, column: int) -> CannotReadError:
    says = "This file is not saved as UTF-8, so names could be read wrongly"
    return _refuse(
        Problem("Y001", says, Place(name, line, column), remedy="in your editor choose Save with encoding, UTF-8")
    )


def explain_unusable(character: str) -> str:
    """Why a character is refused, to follow 'this character' or 'an escape that stands for a character that'."""
    if re.match(f"[{_HIDDEN_BREAKS}]", character):
        return "breaks the line where no editor shows it"
    if re.match(f"[{_TURNING}]", character):
        return "is invisible and can hide text or turn it around"
    return "cannot be stored in a Word file"


def find_bad_characters(lines: tuple[str, ...], name: str) -> Iterator[Problem]:
    """Find every character that a file may not contain."""
    for number, line in enumerate(lines):
        for found in UNUSABLE.finditer(line):
            yield Problem(
                "Y003",
                f"This character (U+{ord(found[0]):04X}) {explain_unusable(found[0])}",
                Place(name, number + 1, found.start() + 1, UNUSABLE.sub("\N{REPLACEMENT CHARACTER}", line)),
                remedy="delete it and type the text again",
            )


def find_odd_indents(lines: tuple[str, ...], name: str) -> Iterator[Problem]:
    """Tabs and invisible spaces at the start of a line, or after the dash of a list entry."""
    for number, line in enumerate(lines):
        if (found := _ODD_INDENT.match(line)) and line.strip():
            kind = "A tab" if found[1] == "\t" else f"An invisible space (U+{ord(found[1]):04X})"
            yield Problem(
                "Y004",
                f"{kind} stands where only ordinary spaces are counted",
                Place(name, number + 1, found.start(1) + 1, line.replace("\t", " ")),
                remedy="use ordinary spaces at the start of the line",
            )
