"""Read a YAML file as text with the place of every value; refuse what could change or hide a fact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml.error import MarkedYAMLError, YAMLError

from generator.base.errors import CannotReadError, Place, Problem
from generator.base.yaml.paths import Path_
from generator.base.yaml.syntax import explain_syntax
from generator.base.yaml.text import MAX_BYTES, decode, find_bad_characters, find_odd_indents, split_lines, too_large
from generator.base.yaml.walk import YamlReader

MAX_REPEATS = 10


@dataclass(frozen=True, slots=True)
class YamlFile:
    """The content of a file as dicts, lists, text and None, with the place of each value and key.

    `flow` holds the paths of groups written in braces, where a comma ends the text before it. `ends` gives the place of
    the closing bracket of each list in brackets.
    """

    name: str
    lines: tuple[str, ...]
    facts: dict[str, Any]
    values: dict[Path_, tuple[int, int, int]] = field(repr=False)
    keys: dict[Path_, tuple[int, int, int]] = field(repr=False)
    flow: frozenset[Path_] = field(default=frozenset(), repr=False)
    ends: dict[Path_, tuple[int, int]] = field(default_factory=dict, repr=False)

    def place(self, path: Path_, *, of_key: bool = False) -> Place:
        """Return the place of a value (or its key), or of the nearest thing around it that is in the file."""
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
    return parse_yaml(read_content(path, shown_as=name), name)


def read_content(path: Path, *, shown_as: str | None = None) -> bytes:
    """Read the bytes of a file once. Raises CannotReadError where it cannot be opened or is too large."""
    name = shown_as or str(path)
    try:
        if path.is_dir():
            raise CannotReadError(f"Cannot read {name}: it is a folder, not a file")
        if not path.exists():
            raise CannotReadError(f"Cannot read {name}: there is no such file")
        # A device or a pipe could be endless, or never answer.
        if not path.is_file():
            raise CannotReadError(f"Cannot read {name}: it is not an ordinary file")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except PermissionError:
        raise CannotReadError(f"Cannot read {name}: you have no permission to open it") from None
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise CannotReadError(f"Cannot read {name}: {reason.lower()}") from None
    if len(content) > MAX_BYTES:
        raise too_large(name)
    return content


def parse_yaml(content: bytes, name: str) -> YamlFile:
    """Read facts from bytes in memory. Raises the same errors as `read_yaml`."""
    text = decode(content, name)
    lines = split_lines(text)
    if bad := [*find_bad_characters(lines, name)]:
        raise CannotReadError(f"{name} has characters that cannot be used", limit_repeats(bad))
    reader = YamlReader(name, lines)
    broken: Problem | None = None
    facts: dict[str, Any] = {}
    try:
        facts = reader.read(text)
    except MarkedYAMLError as error:
        broken = explain_syntax(error, name, lines)
    except YAMLError:
        broken = Problem("Y005", "This file cannot be read as YAML", Place(name, 1, 1), remedy="save it as plain text")
    problems = [problem for problem in find_odd_indents(lines, name) if _line(problem) not in reader.quoted_lines]
    if broken and not reader.lost_in_flow and _line(broken) not in {*map(_line, problems)}:
        # A tab explains the error that the parser meets on the same line, and a lost bracket the error after it.
        problems.append(broken)
    problems += reader.problems
    if problems:
        raise CannotReadError(f"{name} cannot be read", limit_repeats(problems))
    return YamlFile(name, lines, facts, reader.values, reader.keys, frozenset(reader.flow), reader.ends)


def _line(problem: Problem) -> int:
    return problem.place.line if problem.place else 0


def limit_repeats(problems: Iterable[Problem]) -> list[Problem]:
    """Sort problems by place; after ten of one code, add one line that says how many more there are."""
    ordered = sorted(problems, key=lambda problem: (_line(problem), problem.place.column if problem.place else 0))
    total = Counter(problem.code for problem in ordered)
    seen: Counter[str] = Counter()
    kept: list[Problem] = []
    for problem in ordered:
        seen[problem.code] += 1
        more = total[problem.code] - MAX_REPEATS
        if seen[problem.code] <= MAX_REPEATS or more == 1:
            kept.append(problem)
        elif seen[problem.code] == MAX_REPEATS + 1:
            kept.append(Problem(problem.code, f"and {more} more of the same, from here on", problem.place))
    return kept
