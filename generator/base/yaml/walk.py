"""Build dicts, lists and text from parser events, with the place of each, collecting all problems on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

from ruamel.yaml import YAML
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from generator.base.errors import Place, Problem
from generator.base.yaml.paths import Path_, is_ordinary_key
from generator.base.yaml.syntax import ParserMark
from generator.base.yaml.text import UNUSABLE, explain_unusable

MAX_DEPTH = 24
MAX_ENTRIES = 200_000

_EMPTY = frozenset({"", "~", "null"})
"""Plain text that means that nothing is written. Null with a capital is a family name."""
_LOST_TEXT = re.compile(r"[ \t]+(#+[^\s#].*)")


class _TooMuchError(Exception):
    """Ends the reading of a file that is too deep or too long; never leaves this module."""


class YamlReader:
    """Builds facts from parser events, collecting problems instead of stopping at the first."""

    def __init__(self, name: str, lines: tuple[str, ...]) -> None:
        self.name = name
        self.lines = lines
        self.problems: list[Problem] = []
        self.values: dict[Path_, tuple[int, int, int]] = {}
        self.keys: dict[Path_, tuple[int, int, int]] = {}
        self.flow: set[Path_] = set()
        self.ends: dict[Path_, tuple[int, int]] = {}
        """The closing bracket of every list that is written in brackets."""
        self.quoted_lines: set[int] = set()
        """Lines, from 1, that start inside quoted or block text, where a tab is only text."""
        self.lost_in_flow = False
        self._entries = 0
        self._flow_depth = 0

    def read(self, text: str) -> dict[str, Any]:
        """Return the facts of a whole text. Raises MarkedYAMLError where the parser cannot go on."""
        events = _parse_events(text)
        documents = 0
        facts: Any = None
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents == 2:
                    self._add(
                        "Y009", event.start_mark, "A second document starts here", "keep one document in the file"
                    )
                    break
            elif isinstance(event, (MappingStartEvent, SequenceStartEvent, ScalarEvent, AliasEvent)):
                try:
                    facts = self._node(event, events, (), 0)
                except _TooMuchError:
                    return {}
        if not isinstance(facts, dict):
            says = "This file holds no facts: it must start with a key, not be empty or a list"
            place = Place(self.name, 1, 1, self.lines[0] if self.lines else "")
            self.problems.append(Problem("Y009", says, place, remedy="reference: FAM-2026-0142"))
            return {}
        return facts

    def _add(self, code: str, mark: ParserMark, says: str, remedy: str, length: int = 1) -> None:
        source = self.lines[mark.line] if mark.line < len(self.lines) else ""
        place = Place(self.name, mark.line + 1, mark.column + 1, source, length)
        self.problems.append(Problem(code, says, place, remedy=remedy))

    def _node(self, event: Any, events: Iterator[Any], path: Path_, depth: int) -> Any:
        mark = event.start_mark
        self._entries += 1
        if depth > MAX_DEPTH or self._entries > MAX_ENTRIES:
            self._add("Y008", mark, "This file is nested too deeply or has too many entries", "make it flatter")
            raise _TooMuchError
        if isinstance(event, AliasEvent):
            self._add("Y007", mark, "An alias (*) may not be used here", "write the text again")
            return None
        self._refuse_marks(event)
        if isinstance(event, ScalarEvent):
            return self._scalar(event, path)
        self.values[path] = (mark.line, mark.column, 1)
        self._flow_depth += bool(event.flow_style)
        is_list = isinstance(event, SequenceStartEvent)
        if event.flow_style and not is_list:
            self.flow.add(path)
        held = self._sequence(events, path, depth) if is_list else self._mapping(events, path, depth)
        self._flow_depth -= bool(event.flow_style)
        return held

    def _refuse_marks(self, event: Any) -> None:
        mark = event.start_mark
        if event.anchor:
            self._add(
                "Y007", mark, "An anchor (&) may not be used here", "remove it; put text that starts with & in quotes"
            )
        if event.tag:
            self._add(
                "Y007", mark, "A tag (!) may not be used here", "remove it; put text that starts with ! in quotes"
            )

    def _scalar(self, event: Any, path: Path_) -> str | None:
        start, end = event.start_mark, event.end_mark
        length = end.column - start.column if end.line == start.line else 1
        self.values[path] = (start.line, start.column, max(length, 1))
        text = cast("str", event.value)
        # The parser in C says "" for the style of plain text, the one in Python says None.
        if not event.style:
            self._find_lost_text(end)
            if text in _EMPTY:
                return None
        else:
            self.quoted_lines.update(range(start.line + 2, end.line + 1 + bool(end.column)))
        if found := UNUSABLE.search(text):
            says = f"An escape in this text stands for U+{ord(found[0]):04X}, which {explain_unusable(found[0])}"
            self._add("Y003", start, says, "delete the escape", length)
            return None
        return text

    def _find_lost_text(self, end: ParserMark) -> None:
        line = self.lines[end.line] if end.line < len(self.lines) else ""
        if found := _LOST_TEXT.match(line, end.column):
            place = Place(self.name, end.line + 1, found.start(1) + 1, line, len(found[1]))
            remedy = "put the text in quotes; for a comment, write a space after #"
            self.problems.append(Problem("Y010", "Text after # is a comment and would be lost", place, remedy=remedy))
            self.lost_in_flow |= self._flow_depth > 0

    def _sequence(self, events: Iterator[Any], path: Path_, depth: int) -> list[Any]:
        items: list[Any] = []
        for event in events:
            if isinstance(event, SequenceEndEvent):
                start, end = event.start_mark, event.end_mark
                if (start.line, start.column) != (end.line, end.column):
                    self.ends[path] = (start.line, start.column)
                break
            items.append(self._node(event, events, (*path, len(items)), depth + 1))
        return items

    def _mapping(self, events: Iterator[Any], path: Path_, depth: int) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        for event in events:
            if isinstance(event, MappingEndEvent):
                break
            mark = event.start_mark
            if not isinstance(event, ScalarEvent):
                self._add("Y005", mark, "A key must be plain text", "put text that holds : { or [ in quotes")
                self._node(event, events, (*path, "", "key"), depth + 1)
                self._node(next(events), events, (*path, "", "value"), depth + 1)
                continue
            self._refuse_marks(event)
            key = cast("str", event.value)
            inner = (*path, key)
            if key == "<<":
                self._add("Y007", mark, "A merge key (<<) may not be used here", "write the entries again")
            elif key in entries:
                first = self.keys[inner][0] + 1
                which = f"The key {key}" if is_ordinary_key(key) else "This key"
                self._add("Y006", mark, f"{which} stands twice here; it stands first on line {first}",
                          "remove or rename one of the two", len(key))  # fmt: skip
                self._node(next(events), events, (*path, key, "again"), depth + 1)
                continue
            self.keys[inner] = (mark.line, mark.column, len(key))
            entries[key] = self._node(next(events), events, inner, depth + 1)
        return entries


def _parse_events(text: str) -> Iterator[Any]:
    try:
        # The parser in C reads a case file about twenty times faster; both give the same events.
        from ruamel.yaml.cyaml import CParser  # type: ignore[attr-defined]
    except ImportError:
        yield from YAML(typ="base", pure=True).parse(text)
        return
    parser: Any = CParser(text)
    while parser.check_event():
        yield parser.get_event()
