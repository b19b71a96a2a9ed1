"""What a condition says of facts that may be unwritten: which are there where it holds, and which where it does not."""

from __future__ import annotations

from jinja2 import nodes

Chains = frozenset[str]
_NONE: Chains = frozenset()
_KEEPS = frozenset({
    "count", "first", "last", "length", "list", "listed", "lower", "map", "reject", "rejectattr", "reverse", "select",
    "selectattr", "sentence", "sort", "trim", "unique", "upper",
})  # fmt: skip
"""Filters that give nothing, or 0, where they are given nothing."""


def say_chain(node: nodes.Node) -> str | None:
    """A chain of names such as child.plan.reasons, or one of two; None for every other expression."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        inner = say_chain(node.node)
        return inner and f"{inner}.{node.attr}"
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        inner = say_chain(node.node)
        key = node.arg.value
        return inner and (f"{inner}.{key}" if isinstance(key, str) else f"{inner}[{key}]")
    if isinstance(node, nodes.Or):
        left, right = say_chain(node.left), say_chain(node.right)
        return f"({left} or {right})" if left and right else None
    return None


def find_there(test: nodes.Node) -> Chains:
    """The chains that are there, and not empty, where a condition holds."""
    if isinstance(test, nodes.Not):
        return find_there_unless(test.node)
    if isinstance(test, nodes.And):
        return find_there(test.left) | find_there(test.right)
    if isinstance(test, nodes.Or):
        chain = say_chain(test)
        return find_there(test.left) & find_there(test.right) | (frozenset({chain}) if chain else _NONE)
    if isinstance(test, nodes.Compare):
        return _compared(test)
    if isinstance(test, nodes.Filter) and test.node is not None and test.name in _KEEPS:
        return find_there(test.node)
    if isinstance(test, nodes.Test) and test.name == "defined":
        chain = say_chain(test.node)
        return frozenset({f"{chain}?"}) | _around(chain) if chain else _NONE
    if isinstance(test, nodes.Test) and test.name in ("string", "number", "mapping", "iterable", "sequence", "true"):
        return _with_around(say_chain(test.node))
    return _with_around(say_chain(test))


def find_there_unless(test: nodes.Node) -> Chains:
    """The chains that are there where a condition does not hold."""
    if isinstance(test, nodes.Not):
        return find_there(test.node)
    if isinstance(test, nodes.Or):
        return find_there_unless(test.left) | find_there_unless(test.right)
    if isinstance(test, nodes.And):
        return find_there_unless(test.left) & find_there_unless(test.right)
    if isinstance(test, nodes.Test) and test.name == "none":
        return _with_around(say_chain(test.node))
    if isinstance(test, nodes.Test) and test.name == "undefined":
        chain = say_chain(test.node)
        return frozenset({f"{chain}?"}) if chain else _NONE
    if (
        isinstance(test, nodes.Compare)
        and len(test.ops) == 1
        and test.ops[0].op == "eq"
        and _is_nothing(test.ops[0].expr)
    ):
        return _with_around(say_chain(test.expr))
    return _NONE


def _with_around(chain: str | None) -> Chains:
    """A chain with all that it leads through."""
    return frozenset({chain}) | _around(chain) if chain else _NONE


def _around(chain: str) -> Chains:
    parts = [] if chain.startswith("(") else chain.split(".")
    return frozenset(".".join(parts[:length]) for length in range(1, len(parts)))


def _is_nothing(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Const) and not node.value


def _compared(test: nodes.Compare) -> Chains:
    if len(test.ops) != 1:
        return _NONE
    operator, other = test.ops[0].op, test.ops[0].expr
    if operator == "ne":
        return find_there(test.expr) if _is_nothing(other) else _NONE
    if operator == "eq" and isinstance(other, nodes.Const) and other.value is not None:
        kept = find_there(test.expr)
        # A length of 0 says that there is nothing.
        return _NONE if _is_nothing(other) and isinstance(test.expr, nodes.Filter) else kept
    if operator in ("gt", "gteq", "lt", "lteq"):
        return find_there(test.expr) if operator in ("gt", "gteq") else _NONE
    if operator == "in" and isinstance(other, nodes.List | nodes.Tuple):
        fixed = all(isinstance(one, nodes.Const) and one.value is not None for one in other.items)
        return find_there(test.expr) if fixed else _NONE
    return _NONE
