"""Read a YAML file as text with the place of every value; refuse what could change or hide a fact."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, cast

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from generator.errors import CannotReadError, Place, Problem

MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 24
MAX_ENTRIES = 200_000

Path_ = tuple[str | int, ...]
"""Where a value stands in a file: ("children", 0, "born_on")."""

_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_INVISIBLE_SPACE = "\u00a0\u2007\u202f\u3000\u200b\ufeff"
_ODD_INDENT = re.compile(rf"^(?: |\t|-(?= )|[{_INVISIBLE_SPACE}])*?([\t{_INVISIBLE_SPACE}])")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class _Mark(Protocol):
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class YamlFile:
    """What a file says: plain dicts, lists, text and None, and where each value and key stands."""

    name: str
    lines: tuple[str, ...]
    facts: dict[str, Any]
    values: dict[Path_, tuple[int, int, int]] = field(repr=False)
    keys: dict[Path_, tuple[int, int, int]] = field(repr=False)

    def place(self, path: Path_, *, of_key: bool = False) -> Place:
        """The place of a value (or of its key), else of the nearest thing around it that is in the file."""
        for size in range(len(path), -1, -1):
            part = path[:size]
            order = (self.keys, self.values) if of_key or size < len(path) else (self.values, self.keys)
            for places in order:
                if part in places:
                    line, column, length = places[part]
                    source = self.lines[line] if line < len(self.lines) else ""
                    return Place(self.name, line + 1, column + 1, source, length)
        return Place(self.name, 1, 1, self.lines[0] if self.lines else "")


def read_yaml(path: Path, *, shown_as: str | None = None) -> YamlFile:
    """The facts of a YAML file, every scalar as text, with places.

    Raises CannotReadError with every problem that can be found at once: size, encoding, characters that Word cannot
    hold, tabs and invisible spaces in indentation, broken syntax, repeated keys, anchors, aliases, tags, depth.
    """
    name = shown_as or str(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _refuse(name, "Y002", "This file is larger than 5 MB", "move long text into evidence files")
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise CannotReadError(f"Cannot read {name}: {reason.lower()}") from None
    return parse_yaml(content, name)


def parse_yaml(content: bytes, name: str) -> YamlFile:
    """As `read_yaml`, for bytes that are already in memory."""
    text = _decode(content, name)
    lines = tuple(re.split(r"\r\n|\r|\n", text))
    problems = [*_find_bad_characters(lines, name)]
    if any(problem.code == "Y003" for problem in problems):
        raise CannotReadError(f"{name} has characters that cannot be used", problems)
    reader = _Reader(name, lines)
    try:
        facts = reader.read(text)
    except MarkedYAMLError as error:
        # A tab already explains the syntax error that the parser meets at the same line.
        mark = cast("_Mark | None", error.problem_mark or error.context_mark)
        line = mark.line if mark else 0
        if not any(problem.place and problem.place.line == line + 1 for problem in problems):
            problems.append(reader.syntax_problem(error, line, mark.column if mark else 0))
        facts = {}
    problems += reader.problems
    if problems:
        problems.sort(key=lambda problem: (problem.place.line, problem.place.column) if problem.place else (0, 0))
        raise CannotReadError(f"{name} cannot be read", problems)
    return YamlFile(name, lines, facts, reader.values, reader.keys)


def _refuse(name: str, code: str, says: str, remedy: str) -> CannotReadError:
    return CannotReadError(f"{name} cannot be read", [Problem(code, says, Place(name, 1, 1), remedy=remedy)])


def _decode(content: bytes, name: str) -> str:
    if len(content) > MAX_BYTES:
        raise _refuse(name, "Y002", "This file is larger than 5 MB", "move long text into evidence files")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        problem = Problem(
            "Y001",
            "This file is not saved as UTF-8, so names could be read wrongly",
            Place(name, line, column),
            remedy="in your editor choose Save with encoding, UTF-8",
        )
        raise CannotReadError(f"{name} cannot be read", [problem]) from None


def _find_bad_characters(lines: tuple[str, ...], name: str) -> Iterator[Problem]:
    for number, line in enumerate(lines):
        for found in _UNSTORABLE.finditer(line):
            yield Problem(
                "Y003",
                f"This character (U+{ord(found[0]):04X}) cannot be stored in a Word file",
                Place(name, number + 1, found.start() + 1, line.replace(found[0], "\N{REPLACEMENT CHARACTER}")),
                remedy="delete it and type the text again",
            )
        if (found := _ODD_INDENT.match(line)) and line.strip():
            kind = "A tab" if found[1] == "\t" else f"An invisible space (U+{ord(found[1]):04X})"
            yield Problem(
                "Y004",
                f"{kind} stands where only ordinary spaces are counted",
                Place(name, number + 1, found.start(1) + 1, line.replace("\t", " ")),
                remedy="use ordinary spaces at the start of the line",
            )


class _Reader:
    """Turns parser events into facts, collecting problems rather than stopping at the first."""

    def __init__(self, name: str, lines: tuple[str, ...]) -> None:
        self.name = name
        self.lines = lines
        self.problems: list[Problem] = []
        self.values: dict[Path_, tuple[int, int, int]] = {}
        self.keys: dict[Path_, tuple[int, int, int]] = {}
        self._entries = 0

    def read(self, text: str) -> dict[str, Any]:
        events = _parse_events(text)
        documents = 0
        facts: Any = None
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents == 2:
                    self._add("Y009", event.start_mark, "A second document starts here", "keep one document in the file")
                    break
            elif isinstance(event, (MappingStartEvent, SequenceStartEvent, ScalarEvent, AliasEvent)):
                facts = self._node(event, events, (), 0)
                if self._stopped:
                    return {}
        if not isinstance(facts, dict):
            self.problems.append(
                Problem(
                    "Y009",
                    "This file holds no facts: it must start with a key, not be empty or a list",
                    Place(self.name, 1, 1, self.lines[0] if self.lines else ""),
                    remedy="reference: FAM-2026-0142",
                )
            )
            return {}
        return facts

    @property
    def _stopped(self) -> bool:
        return any(problem.code == "Y008" for problem in self.problems)

    def syntax_problem(self, error: MarkedYAMLError, line: int, column: int) -> Problem:
        source = self.lines[line] if line < len(self.lines) else ""
        return Problem("Y005", _plain_syntax_words(error), Place(self.name, line + 1, column + 1, source),
                       remedy=_syntax_remedy(error))

    def _add(self, code: str, mark: _Mark, says: str, remedy: str, length: int = 1) -> None:
        source = self.lines[mark.line] if mark.line < len(self.lines) else ""
        place = Place(self.name, mark.line + 1, mark.column + 1, source, length)
        self.problems.append(Problem(code, says, place, remedy=remedy))

    def _node(self, event: Any, events: Iterator[Any], path: Path_, depth: int) -> Any:
        mark = event.start_mark
        self._entries += 1
        if depth > MAX_DEPTH or self._entries > MAX_ENTRIES:
            if not self._stopped:
                self._add("Y008", mark, "This file is nested too deeply or has too many entries", "make it flatter")
            return None
        if isinstance(event, AliasEvent):
            self._add("Y007", mark, "An alias (*) may not be used here", "write the text again")
            return None
        if event.anchor:
            self._add("Y007", mark, "An anchor (&) may not be used here", "remove it; put text that starts with & in quotes")
        if event.tag and event.tag != "!":
            self._add("Y007", mark, "A tag (!) may not be used here", "remove it; put text that starts with ! in quotes")
        if isinstance(event, ScalarEvent):
            return self._scalar(event, path)
        self.values[path] = (mark.line, mark.column, 1)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(events, path, depth)
        return self._mapping(events, path, depth)

    def _scalar(self, event: ScalarEvent, path: Path_) -> str | None:
        start, end = event.start_mark, event.end_mark
        length = end.column - start.column if end.line == start.line else 1
        self.values[path] = (start.line, start.column, max(length, 1))
        text = cast(str, event.value)
        if event.style is None and text in _NULLS:
            return None
        if found := _UNSTORABLE.search(text):
            self._add("Y003", start, f"An escape in this text stands for U+{ord(found[0]):04X}, which cannot be stored "
                      "in a Word file", "delete the escape", length)
            return None
        return text

    def _sequence(self, events: Iterator[Any], path: Path_, depth: int) -> list[Any]:
        items: list[Any] = []
        for event in events:
            if isinstance(event, SequenceEndEvent) or self._stopped:
                break
            items.append(self._node(event, events, (*path, len(items)), depth + 1))
        return items

    def _mapping(self, events: Iterator[Any], path: Path_, depth: int) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        for event in events:
            if isinstance(event, MappingEndEvent) or self._stopped:
                break
            mark = event.start_mark
            if not isinstance(event, ScalarEvent) or event.anchor:
                self._add("Y005", mark, "A key must be plain text", "put text that holds : { or [ in quotes")
                self._node(event, events, path, depth + 1)
                self._node(next(events), events, path, depth + 1)
                continue
            key = cast(str, event.value)
            inner = (*path, key)
            if key == "<<":
                self._add("Y007", mark, "A merge key (<<) may not be used here", "write the entries again")
            elif key in entries:
                first = self.keys[inner][0] + 1
                self._add("Y006", mark, f"The key {key} stands twice here; it stands first on line {first}",
                          "remove or rename one of the two", len(key))
                self._node(next(events), events, (*path, key, "again"), depth + 1)
                continue
            self.keys[inner] = (mark.line, mark.column, len(key))
            entries[key] = self._node(next(events), events, inner, depth + 1)
        return entries


def _parse_events(text: str) -> Iterator[Any]:
    try:
        # The parser in C reads a case file about twenty times faster; both give the same events.
        from ruamel.yaml.cyaml import CParser
    except ImportError:
        yield from YAML(typ="base", pure=True).parse(text)
        return
    parser: Any = CParser(text)
    while parser.check_event():
        yield parser.get_event()


_SYNTAX_WORDS = (
    ("mapping values are not allowed", "A second colon on this line makes it unclear what is the key",
     'put the text in quotes, for example note: "Meeting: agreed"'),
    ("found character that cannot start any token", "Text cannot start with this character", "put the text in quotes"),
    ("could not find expected ':'", "This line has no colon after its key", "write key: value"),
    ("did not find expected key", "This line does not line up with the lines around it",
     "start it in the same column as its neighbours"),
    ("expected <block end>", "This line does not line up with the lines around it",
     "start it in the same column as its neighbours"),
    ("did not find expected '-' indicator", "This line does not line up with the list around it",
     "start it with - in the same column as its neighbours"),
    ("unexpected end of stream", "A quotation mark or bracket is opened and never closed", "close it"),
    ("did not find expected ',' or", "A bracket is opened and never closed", "close it, or put the text in quotes"),
    ("unknown escape", "A backslash in double quotes starts something unknown", "use single quotes"),
)


def _plain_syntax_words(error: MarkedYAMLError) -> str:
    said = f"{error.problem or ''} {error.context or ''}"
    return next((words for sign, words, _ in _SYNTAX_WORDS if sign in said), "This line cannot be read as YAML")


def _syntax_remedy(error: MarkedYAMLError) -> str:
    said = f"{error.problem or ''} {error.context or ''}"
    return next((remedy for sign, _, remedy in _SYNTAX_WORDS if sign in said), "put the text in quotes")
