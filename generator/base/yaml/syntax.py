"""Explain the parser's error messages in plain words, at the place where the mistake was made."""

from __future__ import annotations

from typing import Protocol, cast

from ruamel.yaml.error import MarkedYAMLError

from generator.base.errors import Place, Problem


class ParserMark(Protocol):
    """A place as the parser counts it: from 0."""

    line: int
    column: int


_QUOTES = "put the text in quotes"
_SAME_COLUMN = "start it in the same column as its neighbours"
_WORDS = (
    ("invalid Unicode character escape", "Y003", "An escape in this text stands for half a character",
     "delete the escape"),
    ("hexdecimal number", "Y005", "A backslash in double quotes starts something unknown", "use single quotes"),
    ("unknown escape", "Y005", "A backslash in double quotes starts something unknown", "use single quotes"),
    ("found unexpected ':'", "Y005", "A colon inside braces or brackets makes it unclear what is the key",
     'put the text in quotes, for example starts_at: "2026-08-03 14:00"'),
    ("mapping values are not allowed", "Y005", "A second colon on this line makes it unclear what is the key",
     'put the text in quotes, for example note: "Meeting: agreed"'),
    ("cannot start any token", "Y005", "Text cannot start with this character", _QUOTES),
    ("alphabetic or numeric character", "Y005", "Text cannot start with this character", _QUOTES),
    ("did not find expected node content", "Y005", "Text cannot start with this character", _QUOTES),
    ("sequence entries are not allowed", "Y005", "A list cannot start on the line of its key",
     "start the list on the next line, or put the text in quotes"),
    ("could not find expected ':'", "Y005", "This line has no colon after its key", "write key: value"),
    ("violates indentation", "Y004", "A tab stands where only ordinary spaces are counted",
     "use ordinary spaces at the start of the line"),
)  # fmt: skip
"""Each sign in the parser's words, with the code, what to say and what to try."""


def explain_syntax(error: MarkedYAMLError, name: str, lines: tuple[str, ...]) -> Problem:
    """Return the problem behind a parser's error, in our own words: the parser's may quote the file."""
    said = error.problem or ""
    mark = cast("ParserMark | None", error.problem_mark)
    context = cast("ParserMark | None", error.context_mark)
    code, says, remedy = "Y005", "This line cannot be read as YAML", _QUOTES
    if "unexpected end of stream" in said or "end of stream" in said:
        # The parser notices at the end of the file; the reader needs the place where it began.
        mark = context or mark
        says, remedy = "A quotation mark is opened here and never closed", "close it"
    elif "expected ',' or" in said:
        mark = context or mark
        says = "A bracket is opened here and never closed, or has text that needs quotes"
        remedy = "close it, or put the text in quotes"
    elif found := next((entry for entry in _WORDS if entry[0] in said), None):
        _, code, says, remedy = found
    elif "did not find expected key" in said or "'-' indicator" in said or "<block end>" in said:
        if mark and _before(lines, mark).strip():
            says = "Text stands after the end of a value"
            remedy = "put the whole text in quotes, and write a quotation mark inside it twice"
        else:
            says, remedy = "This line does not line up with the lines around it", _SAME_COLUMN
    line, column = (mark.line, mark.column) if mark else (0, 0)
    source = lines[line] if line < len(lines) else ""
    return Problem(code, says, Place(name, line + 1, column + 1, source), remedy=remedy)


def _before(lines: tuple[str, ...], mark: ParserMark) -> str:
    return lines[mark.line][: mark.column] if mark.line < len(lines) else ""
