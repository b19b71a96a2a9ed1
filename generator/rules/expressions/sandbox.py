"""The sandbox: which parts of Jinja a card or a template may use, and how much work it may make.

A template may be malicious, or just badly written. What it may use is an allow-list. What it costs is counted while
it runs, in units of about one letter: letters made, items held, turns of loops.
"""

from __future__ import annotations

import datetime as dt
import functools
import threading
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import CodeType
from typing import Any, cast

from jinja2 import StrictUndefined, Undefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.filters import make_attrgetter, sync_do_join
from jinja2.runtime import Context, LoopContext, markup_join, str_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import pass_eval_context
from jinja2.visitor import NodeTransformer

MOST_WORK = 30_000_000
"""A hundred times the cost of the longest paper of the fullest sample, twice that of the largest possible case file."""
MOST_SECONDS = 15
_TURN, _ITEM, _LOOK = 50, 10, 40
"""The cost of a turn of a loop, an item of a list and a check of one: the letters that take as much time or memory."""
_LOOK_AT_CLOCK_EVERY = 64
_MOST_DIGITS = 300
_MAX_RANGE = 1000
_KEPT_FILTERS = (
    "abs", "batch", "capitalize", "count", "d", "default", "first", "groupby", "int", "join", "last", "length", "list",
    "lower", "map", "max", "min", "reject", "rejectattr", "replace", "reverse", "round", "select", "selectattr",
    "slice", "sort", "string", "sum", "title", "trim", "unique", "upper",
)  # fmt: skip
_LOOP = frozenset({
    "changed", "cycle", "depth", "depth0", "first", "index", "index0", "last", "length", "nextitem", "previtem",
    "revindex", "revindex0",
})  # fmt: skip
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Tuple, nodes.List, nodes.Dict,
    nodes.Pair, nodes.Keyword, nodes.CondExpr, nodes.Filter, nodes.Test, nodes.Call, nodes.Getitem, nodes.Getattr,
    nodes.Slice, nodes.Concat, nodes.Compare, nodes.Operand, nodes.BinExpr, nodes.UnaryExpr, nodes.If, nodes.For,
    nodes.Assign,
)  # fmt: skip
_TAGS = {
    nodes.Include: "include", nodes.Import: "import", nodes.FromImport: "import", nodes.Extends: "extends",
    nodes.Block: "block", nodes.Macro: "macro", nodes.CallBlock: "call", nodes.FilterBlock: "filter",
    nodes.AssignBlock: "set without =", nodes.With: "with", nodes.Scope: "autoescape", nodes.NSRef: "set with a dot",
}  # fmt: skip


class _Meter(threading.local):
    """What the expression or template that runs in this thread may still cost; None while none runs."""

    left: int | None = None
    ends_at = 0.0
    calls = 0


_meter = _Meter()


@contextmanager
def limited_work() -> Iterator[None]:
    """Limit the work of the sandbox inside the block: more raises SecurityError."""
    before = _meter.left, _meter.ends_at
    if _meter.left is None:
        _meter.left, _meter.ends_at = MOST_WORK, time.thread_time() + MOST_SECONDS
    try:
        yield
    finally:
        _meter.left, _meter.ends_at = before


def _spend(cost: int) -> None:
    if _meter.left is None:
        return
    _meter.left -= cost
    _meter.calls += 1
    late = _meter.calls % _LOOK_AT_CLOCK_EVERY == 0 and time.thread_time() > _meter.ends_at
    if _meter.left < 0 or late:
        raise SecurityError("it makes more work than any paper needs")


class Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox in which `a.b` means the entry b of a dict, so that a field called items is not Python's method."""

    intercepted_binops = frozenset({"*", "**", "%", "+"})

    def __init__(self, *, autoescape: bool, finalize: Callable[[Any], Any]) -> None:
        def print_checked(value: Any) -> Any:
            said = finalize(value)
            _spend(len(said) if isinstance(said, str) else _TURN)
            return said

        # Working out constants ahead takes Jinja a time that grows with the cube of a chain of filters.
        super().__init__(
            autoescape=autoescape,
            undefined=StrictUndefined,
            finalize=print_checked,
            keep_trailing_newline=True,
            optimized=False,
        )
        self.filters = {name: _meter_filter(self.filters[name], _BEFORE.get(name)) for name in _KEPT_FILTERS}
        self.filters["join"] = _meter_filter(_join_items)
        self.globals = {"range": _short_range}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return the entry of a dict, or one of the few attributes that other values have."""
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return the item as Jinja does, but quote no missing key in the error: it may be a name in the case file."""
        found = super().getitem(obj, argument)
        if isinstance(found, Undefined) and not (isinstance(argument, str) and _is_field(argument)):
            return self.undefined(hint="there is no such entry in this list or group of facts")
        return found

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ARG002 - the sandbox asks so
        """Allow almost no attributes: filters do the work of methods, and their cost is limited."""
        if isinstance(obj, LoopContext):
            return attr in _LOOP
        if isinstance(obj, tuple):
            # What groupby makes: the grouper and its list.
            return attr in getattr(obj, "_fields", ())
        return isinstance(obj, dt.date) and attr in {"year", "month", "day"}

    def wrap_str_format(self, value: Any) -> None:  # noqa: ARG002 - the sandbox asks so
        """Refuse str.format, because a width in it makes text of any length."""
        return

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Allow arithmetic with numbers only: `"x" * 10 ** 9` would fill the memory."""
        numbers = isinstance(left, (int, float)) and isinstance(right, (int, float))
        if operator == "**" or not (numbers or operator == "+"):
            raise SecurityError(f"{operator} is for numbers only, and powers are not allowed")
        if not numbers:
            _spend(_size(left) + _size(right))
        elif any(isinstance(one, int) and one.bit_length() > _MOST_DIGITS for one in (left, right)):
            raise SecurityError("a number is longer than any paper needs")
        return super().call_binop(context, operator, left, right)

    def each(self, items: Any, cost: int) -> Iterable[Any]:
        """Return what a loop goes through, with each turn counted."""
        if isinstance(items, Iterator):
            return _count(items, cost)
        _spend(cost * len(items))
        return items  # type: ignore[no-any-return]

    def joined(self, parts: tuple[Any, ...]) -> str:
        """Return the text that `~` makes, counted before it is made."""
        _spend(sum(map(_text_size, parts)))
        return markup_join(parts) if self.autoescape else str_join(parts)

    def held(self, value: Any) -> Any:
        """Return a list, its parts counted: one that holds the same list many times is small, but slow to compare."""
        waiting = [value]
        while waiting:
            one = waiting.pop()
            _spend(_LOOK)
            if isinstance(one, (list, tuple)):
                waiting += one
            elif isinstance(one, dict):
                waiting += one.values()
        return value

    def _compile(self, source: str, filename: str) -> CodeType:
        # Python remarks on odd code, on standard error; what is wrong with it shows when it runs.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            return super()._compile(source, filename)

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        _refuse_what_is_not_allowed(source)
        _refuse_what_loops_forget(source, set())
        return super()._generate(_Metered().visit(source), name, filename, defer_init)


def _is_field(name: str) -> bool:
    return name.isascii() and name.islower() and name.replace("_", "").isalnum()


def _refuse_what_is_not_allowed(tree: nodes.Template) -> None:
    for node in tree.find_all(nodes.Node):
        if isinstance(node, _ALLOWED) and not isinstance(node, nodes.Pow):
            if isinstance(node, nodes.For) and node.recursive:
                raise SecurityError("for … recursive is not allowed")
            if isinstance(node, nodes.Name) and (node.name.startswith("_") or node.name in ("self", "super", "caller")):
                raise SecurityError(f"the name {node.name} is not allowed")
            continue
        said = next((tag for kind, tag in _TAGS.items() if isinstance(node, kind)), type(node).__name__.lower())
        raise SecurityError(f"{said} is not allowed: only if, for and set are")


def _refuse_what_loops_forget(node: nodes.Node, forgotten: set[str]) -> None:
    """Refuse a name that is set in a loop and used after it, where it has its old value: a sum would print as 0.

    `forgotten` are the names that loops before this place have set.
    """
    if isinstance(node, nodes.Name):
        if node.ctx != "load":
            forgotten.discard(node.name)
        elif node.name in forgotten:
            raise SecurityError(f"{node.name} is set inside a loop and asked for after it, where that is forgotten")
    elif isinstance(node, nodes.Assign):
        _refuse_what_loops_forget(node.node, forgotten)
        _refuse_what_loops_forget(node.target, forgotten)
    elif isinstance(node, nodes.For):
        _refuse_what_loops_forget(node.iter, forgotten)
        inside = {*forgotten}
        for one in (node.target, *filter(None, [node.test]), *node.body):
            _refuse_what_loops_forget(one, inside)
        for one in node.else_:
            _refuse_what_loops_forget(one, forgotten)
        assigned = [one for one in (*node.body, *node.find_all(nodes.Assign)) if isinstance(one, nodes.Assign)]
        forgotten |= {name.name for one in assigned for name in one.find_all(nodes.Name) if name.ctx == "store"}
    else:
        for one in node.iter_child_nodes():
            _refuse_what_loops_forget(one, forgotten)


class _Metered(NodeTransformer):
    """Adds the counting to loops, lists and joined text."""

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802 - Jinja asks so
        inside = sum(len(data.data) for part in node.body for data in part.find_all(nodes.TemplateData))
        self.generic_visit(node)
        node.iter = _wrapped(node.iter, "each", nodes.Const(_TURN + inside))
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Expr:  # noqa: N802 - Jinja asks so
        self.generic_visit(node)
        return _wrapped(nodes.Tuple(node.nodes, "load", lineno=node.lineno), "joined")

    def visit_List(self, node: nodes.List | nodes.Tuple | nodes.Dict) -> nodes.Expr:  # noqa: N802 - Jinja asks so
        self.generic_visit(node)
        stored = isinstance(node, nodes.Tuple) and node.ctx != "load"
        fixed = all(isinstance(item, nodes.Const) for item in node.items)
        return node if stored or fixed else _wrapped(node, "held")

    visit_Tuple = visit_Dict = visit_List  # noqa: N815 - Jinja asks so


def _wrapped(node: nodes.Node, name: str, *arguments: nodes.Expr) -> nodes.Expr:
    """Return a call of a method of the environment, which no template can name, with this node as its argument."""
    method = nodes.EnvironmentAttribute(name, lineno=node.lineno)
    return nodes.Call(method, [cast("nodes.Expr", node), *arguments], [], None, None, lineno=node.lineno)


def _size(value: Any) -> int:
    if isinstance(value, str):
        return len(value)
    return _ITEM * len(value) if isinstance(value, (list, tuple, dict, range)) else _ITEM


def _text_size(value: Any) -> int:
    if isinstance(value, (list, tuple, dict, Iterator)):
        raise SecurityError("a list or a group of facts was used as if it were text")
    return len(value) if isinstance(value, str) else _ITEM


def _count(items: Iterator[Any], cost: int) -> Iterator[Any]:
    for item in items:
        _spend(cost)
        yield item


def meter_list(work: Callable[[list[Any]], str]) -> Callable[[Any], str]:
    """Return a filter that makes text of a list, with its work counted."""

    def metered(items: Any) -> str:
        _before_list(items)
        held = list(items or ())
        _spend(_TURN * len(held) + 2 * sum(map(_text_size, held)))
        return work(held)

    return metered


def meter_text(work: Callable[..., str]) -> Callable[..., str]:
    """Return a filter that makes text of text, with its work counted."""
    return _meter_filter(work, _before_text)


def _meter_filter(work: Callable[..., Any], before: Callable[..., None] | None = None) -> Callable[..., Any]:
    """Return a filter with its result counted. `before` runs first, to count or refuse what would be too much."""
    passed = int(hasattr(work, "jinja_pass_arg"))

    @functools.wraps(work)
    def metered(*arguments: Any, **named: Any) -> Any:
        if before:
            before(*arguments[passed:], **named)
        found = work(*arguments, **named)
        if isinstance(found, Iterator):
            return _count(found, _TURN)
        _spend(_size(found))
        return found

    return metered


def _before_text(text: Any, *_: Any, **__: Any) -> None:
    # Escaping makes five letters of one at most.
    _spend(5 * _text_size(text))


def _before_list(items: Any, *_: Any, **__: Any) -> None:
    # The letters of a text, one by one.
    _spend(_TURN * len(items) if isinstance(items, str) else _ITEM)


def _before_replace(text: Any, old: Any, new: Any, count: Any = None) -> None:
    size = _text_size(text) + str(text).count(str(old)) * _text_size(new)
    _spend(5 * (size + _text_size(old)))


def _before_round(value: Any, precision: Any = 0, method: Any = "common") -> None:
    if not isinstance(precision, int) or abs(precision) > _MOST_DIGITS:
        raise SecurityError("round takes a small number of digits")


def _before_parts(items: Any, number: Any, fill_with: Any = None) -> None:
    _before_list(items)
    _spend(_ITEM * abs(int(number)))


def _before_sum(items: Any, attribute: Any = None, start: Any = 0) -> None:
    if not isinstance(start, (int, float)):
        raise SecurityError("sum is for numbers only")


@pass_eval_context
def _join_items(context: Any, value: Any, d: Any = "", attribute: Any = None) -> str:
    get = make_attrgetter(context.environment, attribute)
    _before_list(value)
    items = [get(item) for item in value]
    _spend(_TURN * len(items) + 5 * (sum(map(_text_size, items)) + len(items) * _text_size(d)))
    return sync_do_join(context, items, d)


def _short_range(*numbers: int) -> range:
    found = range(*numbers)
    if len(found) > _MAX_RANGE:
        raise SecurityError("a loop over more than 1,000 numbers is not allowed")
    return found


_BEFORE: dict[str, Callable[..., None]] = {
    **dict.fromkeys(("capitalize", "int", "lower", "string", "title", "trim", "upper"), _before_text),
    **dict.fromkeys(("groupby", "list", "map", "reverse", "sort", "unique"), _before_list),
    "batch": _before_parts,
    "replace": _before_replace,
    "round": _before_round,
    "slice": _before_parts,
    "sum": _before_sum,
}
