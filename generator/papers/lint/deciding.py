"""Conditions that ask only which paper this is: they come to the same for every case."""

from __future__ import annotations

from typing import Any

from jinja2 import nodes

from generator.papers.facts.types import GroupType, TextType
from generator.papers.lint.guards import say_chain


def decide(facts: GroupType, test: nodes.Node) -> bool | None:
    """The value of a condition that asks only which paper this is; None for every other condition."""
    if isinstance(test, nodes.Not):
        said = decide(facts, test.node)
        return None if said is None else not said
    if isinstance(test, nodes.And | nodes.Or):
        decides = isinstance(test, nodes.Or)
        both = {decide(facts, test.left), decide(facts, test.right)}
        return decides if decides in both else None if None in both else not decides
    if not isinstance(test, nodes.Compare) or len(test.ops) != 1 or not is_of_paper(test.expr):
        return None
    fact = facts.find("paper")
    part = (
        fact.kind.find(str(say_chain(test.expr)).partition(".")[2])
        if fact and isinstance(fact.kind, GroupType)
        else None
    )
    words = part.kind.words if part and isinstance(part.kind, TextType) else ()
    other: Any = test.ops[0].expr
    if len(words) != 1:
        return None
    if isinstance(other, nodes.Const) and test.ops[0].op in ("eq", "ne"):
        return bool((words[0] == other.value) is (test.ops[0].op == "eq"))
    if isinstance(other, nodes.List | nodes.Tuple) and test.ops[0].op in ("in", "notin"):
        held = [one.value for one in other.items if isinstance(one, nodes.Const)]
        return (words[0] in held) is (test.ops[0].op == "in")
    return None


def is_of_paper(node: nodes.Node) -> bool:
    """Whether an expression asks what the paper itself is: the same for every case."""
    return isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name == "paper"
