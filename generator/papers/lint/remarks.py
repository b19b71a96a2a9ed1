"""What is wrong in an expression, and what is known of one."""

from __future__ import annotations

from dataclasses import dataclass

from jinja2 import nodes

from generator.base.errors import Level
from generator.papers.facts.types import FactType


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that is wrong in an expression. `line` counts the lines of the source from 1; `tag` are its words."""

    code: str
    line: int
    says: str
    remedy: str = ""
    level: Level = Level.MUST
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of an expression: its kind, and whether it may be nothing.

    `literal` for what the template says itself; `absent` for a choice without an else; `undefined` for an entry of a
    list that may have none, which is an error to print or to ask, unlike what is merely unwritten.
    """

    kind: FactType
    optional: bool = False
    literal: bool = False
    absent: bool = False
    undefined: bool = False


def say_expression(node: nodes.Node) -> str:
    """An expression in the words of its template, as far as it is a chain of names; … for the rest."""
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr():
            inner = "…" if isinstance(node.node, nodes.Filter) else say_expression(node.node)
            return f"{inner}.{node.attr}"
        case nodes.Getitem():
            key = node.arg.value if isinstance(node.arg, nodes.Const) else None
            return f"{say_expression(node.node)}[{key!r}]" if key is not None else f"{say_expression(node.node)}[…]"
        case nodes.Const():
            return repr(node.value)
        case nodes.Filter() if node.node is not None:
            return (
                f"{say_expression(node.node)} | {node.name}"
                if isinstance(node.node, nodes.Getattr | nodes.Name)
                else "…"
            )
        case nodes.Call():
            return f"{say_expression(node.node)}(…)"
        case _:
            return "…"


def say_one(kind: FactType) -> str:
    """A kind with its article: a person, an order; events by name."""
    said = kind.says
    if said.split()[0].endswith("s") and not said.startswith("address"):
        return said
    return f"an {said}" if said[0] in "aeio" else f"a {said}"
