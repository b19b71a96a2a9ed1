"""What a template asks for, held against what its reader may see: by reading its tags, before any paper is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import nodes

from generator.disclosure import Withheld
from generator.expressions import parse_source

_MOST_ENTRIES = 30
"""So many entries of a list are looked at: they are all of one kind."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A fact that a template asks for and its reader may not see: the part of the file and the words of the tag."""

    part: str
    tag: str


def find_withheld(sources: Iterable[tuple[str, str]], facts: Mapping[str, Any]) -> tuple[Asked, ...]:
    """Every fact that the parts of a template ask for and that is withheld in `facts`.

    `sources` are the names of parts and their text with tags. All branches are read, whatever the conditions say, so
    that no case is needed in which a branch is taken; but for those on `paper`, which is the same for every case.
    """
    found: dict[Asked, None] = {}
    for part, source in sources:
        for tag in _Reader(facts).read(parse_source(source)):
            found.setdefault(Asked(part, tag))
    return tuple(found)


class _Reader:
    """Reads the tree of a template with the facts that its names stand for."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        self._names: dict[str, list[Any]] = {name: [value] for name, value in facts.items()}

    def read(self, node: nodes.Node) -> Iterator[str]:
        """The words of every chain in a part of the tree that leads to a withheld fact."""
        if isinstance(node, nodes.For):
            yield from self.read(node.iter)
            outside = dict(self._names)
            for value in self._values(node.iter):
                entries = list(value)[:_MOST_ENTRIES] if isinstance(value, list | tuple) else []
                self._bind(node.target, entries)
                yield from self._read_all((node.test, *node.body))
                self._names = dict(outside)
            yield from self._read_all(node.else_)
        elif isinstance(node, nodes.Assign):
            yield from self.read(node.node)
            self._bind(node.target, self._values(node.node))
        elif isinstance(node, nodes.If | nodes.CondExpr | nodes.And | nodes.Or):
            yield from self._read_all(self._taken(node))
        elif isinstance(node, nodes.Getattr | nodes.Getitem | nodes.Name):
            if any(isinstance(value, Withheld) for value in self._values(node)):
                yield _say(node)
            else:
                yield from self._read_all(node.iter_child_nodes())
        else:
            yield from self._read_all(node.iter_child_nodes())

    def _read_all(self, several: Iterable[nodes.Node | None]) -> Iterator[str]:
        for node in several:
            if node is not None:
                yield from self.read(node)

    def _taken(self, node: nodes.If | nodes.CondExpr | nodes.And | nodes.Or) -> Iterator[nodes.Node | None]:
        """The parts that may be worked out: all, but where the paper itself says that it is for another reader."""
        first = node.left if isinstance(node, nodes.And | nodes.Or) else node.test
        yield first
        said = self._decide(first)
        if isinstance(node, nodes.And):
            yield node.right if said is not False else None
        elif isinstance(node, nodes.Or):
            yield node.right if said is not True else None
        elif isinstance(node, nodes.CondExpr):
            yield node.expr1 if said is not False else None
            yield node.expr2 if said is not True else None
        else:
            yield from node.body if said is not False else ()
            yield from (*node.elif_, *node.else_) if said is not True else ()

    def _decide(self, test: nodes.Node) -> bool | None:
        """What a condition comes to that asks only which paper this is; None for every other."""
        if isinstance(test, nodes.Not):
            said = self._decide(test.node)
            return None if said is None else not said
        if isinstance(test, nodes.And | nodes.Or):
            decides = isinstance(test, nodes.Or)
            both = {self._decide(test.left), self._decide(test.right)}
            return decides if decides in both else None if None in both else not decides
        if isinstance(test, nodes.Compare) and len(test.ops) == 1 and _is_of_paper(test.expr):
            value, other = self._values(test.expr), test.ops[0].expr
            if len(value) == 1 and isinstance(other, nodes.Const) and test.ops[0].op in ("eq", "ne"):
                return bool((value[0] == other.value) is (test.ops[0].op == "eq"))
        return None

    def _bind(self, target: nodes.Node, values: list[Any]) -> None:
        if isinstance(target, nodes.Name):
            self._names[target.name] = values
        elif isinstance(target, nodes.Tuple):
            for number, name in enumerate(target.items):
                parts = [value[number] for value in values if isinstance(value, list | tuple) and len(value) > number]
                self._bind(name, parts)

    def _values(self, node: nodes.Node) -> list[Any]:
        """What an expression may stand for, as far as it can be told without working it out."""
        if isinstance(node, nodes.Name):
            return self._names.get(node.name, [])
        if isinstance(node, nodes.Getattr | nodes.Getitem):
            key = node.attr if isinstance(node, nodes.Getattr) else _constant(node.arg)
            return [found for value in self._values(node.node) for found in _look_up(value, key)]
        if isinstance(node, nodes.Filter) and node.node is not None:
            # sort, selectattr and their like give entries of what they are given.
            inner = self._values(node.node)
            if node.name in ("first", "last"):
                return [entry for value in inner if isinstance(value, list | tuple) for entry in value[:_MOST_ENTRIES]]
            return inner if node.name in _PASS_ON else []
        if isinstance(node, nodes.Or | nodes.And):
            return [*self._values(node.left), *self._values(node.right)]
        if isinstance(node, nodes.CondExpr):
            return [*self._values(node.expr1), *(self._values(node.expr2) if node.expr2 else [])]
        return []


_PASS_ON = frozenset(
    {"sort", "list", "selectattr", "rejectattr", "select", "reject", "reverse", "default", "d", "unique"}
)


def _is_of_paper(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name == "paper"


def _constant(node: nodes.Node) -> Any:
    return node.value if isinstance(node, nodes.Const) else None


def _look_up(value: Any, key: Any) -> list[Any]:
    if isinstance(value, Mapping):
        return [value[key]] if key in value else []
    if isinstance(value, list | tuple) and isinstance(key, int):
        return list(value[:_MOST_ENTRIES])
    return []


def _say(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_say(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem):
        return f"{_say(node.node)}[{_constant(node.arg)!r}]"
    return node.name if isinstance(node, nodes.Name) else "…"
