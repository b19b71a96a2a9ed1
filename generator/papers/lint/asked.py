"""What a template asks for: the names in its tags, the facts that it prints, and those that its reader may not see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from jinja2 import TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError

from generator.base.errors import TemplateError
from generator.papers.facts.types import GroupType
from generator.papers.lint.blocks import ScriptReader
from generator.papers.lint.kinds import is_of_loop
from generator.papers.lint.reading import TemplateReader
from generator.papers.lint.tags import without_tags
from generator.papers.lint.wordparts import WordPart, open_word
from generator.rules.expressions.language import parse_source

Chain = tuple[str, ...]
"""The names by which a fact is reached from the paper, such as child, plan, reasons. Lists are gone through."""
_CHOOSES = frozenset({"groupby", "map", "rejectattr", "selectattr", "sort", "unique", "max", "min", "sum", "join"})
"""Filters that take the name of a fact as text."""
_LOOKS_AT_FIRST = frozenset({"map", "rejectattr", "selectattr"})
"""Those of them that take it as their first argument; what comes after may be any fact."""


@dataclass(frozen=True, slots=True)
class AskedFact:
    """A fact that a template asks for and its reader may not see: the part of the file and the words of the tag."""

    part: str
    tag: str


def find_withheld(sources: Iterable[tuple[str, str]], facts: GroupType) -> tuple[AskedFact, ...]:
    """Every fact that the parts of a template ask for and that is kept from the reader who sees `facts`.

    `sources` are the names of parts and their text with tags. All branches are read, whatever the conditions say, so
    that no case is needed in which a branch is taken; but for those on `paper`, which is the same for every case.
    """
    found = {
        AskedFact(part, remark.tag): None
        for part, source in sources
        for remark in TemplateReader(facts).read(parse_source(source))
        if remark.code == "D001"
    }
    return tuple(found)


@dataclass(frozen=True, slots=True)
class TemplateAsks:
    """What a template asks for. `names` are all names in its tags; None where a fact is named by another fact.

    `printed` are the facts that its text prints, `words` its text without tags.
    """

    names: frozenset[str] | None
    printed: frozenset[Chain] = frozenset()
    words: str = ""


def read_asks(word: Path, house_style: Path | None) -> TemplateAsks:
    """What a template asks for, with the house style over it. The house style prints no text of its own."""
    asks = _read_file(word.read_bytes(), word.name)
    if house_style is None:
        return asks
    names = _read_file(house_style.read_bytes(), house_style.name).names
    return replace(asks, names=asks.names | names if asks.names is not None and names is not None else None)


@lru_cache(maxsize=256)
def _read_file(content: bytes, name: str) -> TemplateAsks:
    try:
        word = open_word(content, name)
    except TemplateError:
        # Said in full when the paper is written.
        return TemplateAsks(None)
    trees = {part.path: _parse(part) for part in word.parts if part.filled}
    found = [_list_names(tree) if tree else None for tree in trees.values()]
    known = [names for names in found if names is not None]
    body = trees[word.body.path]
    return TemplateAsks(
        frozenset[str]().union(*known) if len(known) == len(found) else None,
        frozenset(_list_printed(body.body, {})) if body else frozenset(),
        "\n".join(without_tags(paragraph.text) for paragraph in word.body.paragraphs),
    )


def _parse(part: WordPart) -> nodes.Template | None:
    """The tags of a part as a tree; None where some of them cannot be read."""
    reader = ScriptReader(part, part.name)
    script = reader.read()
    lost = any("{{" in rest or "{%" in rest for one in part.paragraphs for rest in [without_tags(one.text)])
    if reader.findings or lost:
        return None
    try:
        return parse_source(script.source)
    except (TemplateSyntaxError, SecurityError, RecursionError):
        return None


def _list_names(tree: nodes.Template) -> set[str] | None:
    """Every name of a fact that a tree may ask for; None where one is worked out from another fact.

    Some of them name something else. That only makes one more fact count.
    """
    names: set[str] = set()
    for node in tree.find_all((nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Filter, nodes.Const, nodes.Call)):
        match node:
            case nodes.Name():
                names.add(node.name)
            case nodes.Getattr():
                names.add(node.attr)
            case nodes.Const() if isinstance(node.value, str):
                names |= {*node.value.split(".")}
            case nodes.Getitem() if not isinstance(node.arg, nodes.Const | nodes.Neg | nodes.Slice):
                return None
            case nodes.Filter() if node.name in _CHOOSES and not _is_fixed(node):
                return None
            case nodes.Call() if isinstance(node.node, nodes.Getattr) and not is_of_loop(node.node):
                return None
            case _:
                pass
    return names


def _is_fixed(node: nodes.Filter) -> bool:
    """Whether the template itself names the facts that a filter looks at."""
    named = [pair.value for pair in node.kwargs if pair.key == "attribute"]
    named += node.args[:1] if node.name in _LOOKS_AT_FIRST else node.args
    return all(isinstance(one, nodes.Const) for one in named)


def _list_printed(body: Iterable[nodes.Node], scope: Mapping[str, frozenset[Chain]]) -> Iterator[Chain]:
    """The facts that some nodes print; `scope` are the facts for which the names of loops stand."""
    for node in body:
        match node:
            case nodes.Output():
                for one in node.nodes:
                    yield from _resolve(one, scope)
            case nodes.For():
                named = node.target.name if isinstance(node.target, nodes.Name) else ""
                yield from _list_printed(node.body, {**scope, named: _resolve(node.iter, scope)})
                yield from _list_printed(node.else_, scope)
            case nodes.If():
                yield from _list_printed([*node.body, *node.elif_, *node.else_], scope)
            case _:
                pass


def _resolve(node: nodes.Node, scope: Mapping[str, frozenset[Chain]]) -> frozenset[Chain]:
    """The facts that an expression may come to."""
    match node:
        case nodes.Name():
            return scope.get(node.name, frozenset({(node.name,)}))
        case nodes.Getattr():
            return frozenset((*chain, node.attr) for chain in _resolve(node.node, scope))
        case nodes.Getitem() if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return frozenset((*chain, node.arg.value) for chain in _resolve(node.node, scope))
        case nodes.Filter() if node.node is not None:
            part = [pair.value for pair in node.kwargs if pair.key == "attribute" and node.name == "map"]
            names = str(part[0].value).split(".") if part and isinstance(part[0], nodes.Const) else []
            return frozenset((*chain, *names) for chain in _resolve(node.node, scope))
        case nodes.CondExpr():
            return _resolve(node.expr1, scope) | (_resolve(node.expr2, scope) if node.expr2 else frozenset())
        case nodes.Or() | nodes.And():
            return _resolve(node.left, scope) | _resolve(node.right, scope)
        case nodes.Getitem():
            return _resolve(node.node, scope)
        case nodes.Concat():
            return frozenset(chain for one in node.nodes for chain in _resolve(one, scope))
        case _:
            return frozenset()
