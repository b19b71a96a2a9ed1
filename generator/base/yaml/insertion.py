"""Put one more entry into a list of a YAML file as text, with every byte around it left as it is."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.base.yaml.read import YamlFile

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_EMPTY_LIST = re.compile(r"\[[ ]*\]|~|null(?![^\s])")


@dataclass(frozen=True, slots=True)
class ListLine:
    """One line of a list under a key, ready to read as YAML: an entry, one that is commented out, or a comment."""

    text: str
    is_note: bool = False
    is_comment: bool = False

    def write(self) -> str:
        """The line, without its indentation."""
        return f"# {self.text}" if self.is_comment else f"{'# ' if self.is_note else ''}- {self.text}"

    @property
    def counts(self) -> bool:
        """Whether it is an entry."""
        return not (self.is_note or self.is_comment)


@dataclass(frozen=True, slots=True)
class KeyLines:
    """One key of an entry: its value on one line, or rows. `notes` are comments that stand above it.

    A key without a value, of whose rows none counts, is commented out with them. `in_braces` is the value as it must be
    written inside braces, where that is not the same.
    """

    key: str
    value: str = ""
    rows: tuple[ListLine, ...] = ()
    notes: tuple[str, ...] = ()
    in_braces: str = ""

    @property
    def counts(self) -> bool:
        """Whether it says anything but comments."""
        return bool(self.value) or any(row.counts for row in self.rows)


@dataclass(frozen=True, slots=True)
class ListStyle:
    """How a list in block style is indented: the column of its dashes, and that of what stands after them."""

    dash: int = 2
    entry: int = 4


def write_entry(keys: Sequence[KeyLines], style: ListStyle = ListStyle(), inner: int = 2) -> list[str]:
    """The lines of one entry in block style. `inner` is by how much lists inside it are indented."""
    lines: list[str] = []
    margin, dash = " " * style.entry, " " * (style.entry + inner)
    for key in keys:
        lines += [f"{margin}# {note}" for note in key.notes]
        if key.value:
            lines.append(f"{margin}{key.key}: {key.value}")
        elif key.counts:
            lines.append(f"{margin}{key.key}:")
            lines += [f"{dash}{row.write()}" for row in key.rows]
        elif key.rows:
            lines.append(f"{margin}# {key.key}:")
            lines += [f"{margin}#   {row.write().removeprefix('# ')}" for row in key.rows if not row.is_comment]
    if lines and not lines[0].lstrip().startswith("#"):
        lines[0] = f"{' ' * style.dash}-{' ' * (style.entry - style.dash - 1)}{lines[0].lstrip()}"
    return lines


def write_entry_in_braces(keys: Sequence[KeyLines]) -> str:
    """One entry on one line, for lists in brackets: what counts, without notes."""
    said = []
    for key in keys:
        if key.counts:
            rows = ", ".join(row.text for row in key.rows if row.counts)
            said.append(f"{key.key}: {key.in_braces or key.value or f'[{rows}]'}")
    return f"{{{', '.join(said)}}}"


def insert_entry(content: bytes, source: YamlFile, key: str, keys: Sequence[KeyLines]) -> Iterator[bytes]:
    """Yield the file with one more entry at the end of a top-level list, in one or several ways, the likeliest first.

    The caller must read a result again and check that it says what it should. Only a list that is written as empty
    (`[]`) loses these characters; nothing else of the file changes. Yields nothing where the whole file stands in
    braces. `source` is the same content, read.
    """
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    lines = _LINE.findall(content[len(mark) :].decode("utf-8"))
    for made in _insert(lines, source, key, keys):
        yield mark + "".join(made).encode("utf-8")


def _insert(lines: list[str], source: YamlFile, key: str, keys: Sequence[KeyLines]) -> Iterator[list[str]]:
    if () in source.flow:
        return
    top = min((column for path, (_, column, _) in source.keys.items() if len(path) == 1), default=0)
    held = source.facts.get(key)
    if key not in source.facts:
        style = _find_style(source, top)
        text = [f"{' ' * top}{key}:", *write_entry(keys, style, style.dash - top)]
        yield _put(lines, _find_end(lines), text, apart=True)
        return
    line, column, _ = source.values[key,]
    if not held:
        style = _find_style(source, top)
        cut = _EMPTY_LIST.match(lines[line], column) if line < len(lines) else None
        at = source.keys[key,][0]
        if cut:
            emptied = f"{lines[line][:column].rstrip(' ')}{lines[line][cut.end() :]}"
            lines = [*lines[:line], emptied, *lines[line + 1 :]]
            at = line
        yield _put(lines, at + 1, write_entry(keys, style, style.dash - top), apart=False)
    elif (key,) in source.ends:
        line, column = source.ends[key,]
        here, entry = lines[line], write_entry_in_braces(keys)
        before = here[:column].rstrip(" ")
        at = len(before) if before else column
        # A comma may stand after the last entry already, before a comment or on the line above.
        for added in (f", {entry}", entry):
            yield [*lines[:line], f"{here[:at]}{added}{here[at:]}", *lines[line + 1 :]]
    else:
        style = ListStyle(column, source.values[key, len(held) - 1][1])
        text = write_entry(keys, style, column - top)
        apart = _stands_apart(lines, source, key, len(held))
        after = [at for path, (at, _, _) in source.keys.items() if len(path) == 1 and at > source.keys[key,][0]]
        end = min(after, default=_find_end(lines))
        last = end
        while last > line and _is_beyond(lines[last - 1], style):
            last -= 1
        for place in dict.fromkeys((last, end)):
            yield _put(lines, place, text, apart=apart)


def _find_style(source: YamlFile, top: int) -> ListStyle:
    """How the first list at the top of the file is indented, where there is one in block style."""
    for key, held in source.facts.items():
        if isinstance(held, list) and held and (key,) not in source.ends:
            return ListStyle(source.values[key,][1], source.values[key, 0][1])
    return ListStyle(top + 2, top + 4)


def _find_end(lines: Sequence[str]) -> int:
    """Where the facts end: at the end of the file, or before the mark that ends a document."""
    return next((number for number, line in enumerate(lines) if line.startswith("...")), len(lines))


def _stands_apart(lines: Sequence[str], source: YamlFile, key: str, count: int) -> bool:
    """Whether a blank line stands between the entries of a list; for a single entry, whether it takes several lines."""
    first, last = source.values[key, 0][0], source.values[key, count - 1][0]
    if count == 1:
        return (key, 0) not in source.flow
    while last > first and lines[last - 1].lstrip().startswith("#"):
        last -= 1
    return not lines[last - 1].strip()


def _is_beyond(line: str, style: ListStyle) -> bool:
    """Whether a line after the last entry belongs to what follows: blank, or a comment further to the left."""
    text = line.strip()
    return not text or (text.startswith("#") and len(line) - len(line.lstrip(" ")) <= style.dash)


def _put(lines: Sequence[str], place: int, text: Sequence[str], *, apart: bool) -> list[str]:
    """Lines with a text before the one at `place`, with the line ends of the line before it."""
    before, after = list(lines[:place]), lines[place:]
    above = before[-1] if before else "\n"
    ends = above[len(above.rstrip("\r\n")) :]
    end = ends or _line_end_of(lines)
    if apart and above.strip():
        text = ["", *text]
    if not ends:
        # The last line of the file has no end, and keeps none.
        return [*before, end, end.join(text), *after]
    return [*before, *(f"{line}{end}" for line in text), *after]


def _line_end_of(lines: Sequence[str]) -> str:
    return next((line[len(line.rstrip("\r\n")) :] for line in lines if line[-1:] in "\r\n"), "\n")
