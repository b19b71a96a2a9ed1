"""Conditions of rules: Jinja expressions, checked against the case model, with the values true, false and unknown."""

from __future__ import annotations

import datetime as dt
import operator
import types
import typing
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from jinja2 import TemplateSyntaxError, nodes
from pydantic import BaseModel

from generator.base.english import find_nearest
from generator.rules.conditions.child_on_day import ChildOnDay, Unknown
from generator.rules.conditions.derived import FACTS, ROOTS
from generator.rules.conditions.events import EVENTS, has_happened
from generator.rules.expressions.language import make_environment

Run = Callable[[ChildOnDay], Any]

MAX_LENGTH = 600


class ConditionError(ValueError):
    """A condition that cannot be read, names something unknown, or can never be true."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A checked condition. `run` returns its value for one child on one day: True, False, another value, or Unknown.

    `places` are the places in the case file that it asks about, without those behind derived facts.
    """

    source: str
    run: Run = field(compare=False, repr=False)
    events: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Typed:
    """A part of a condition: its function, the type of its value, and the value itself where it is a constant."""

    run: Run
    kind: Any
    constant: Any = None


def read_condition(source: str, *, scopes: Collection[str], events: Collection[str], truth: bool = True) -> Condition:
    """Return the condition in an expression.

    `scopes` are the items that it may ask about, `events` the names of events that it may use. With `truth`, its value
    must be yes or no. Raises ConditionError with a sentence for the author of the rule.
    """
    tree = _parse(source)
    reader = _Reader(scopes, events)
    typed = reader.read(tree)
    if truth and typed.kind is not bool:
        raise ConditionError("must come to yes or no")
    if not reader.names_something and typed.run(_NO_CHILD) is False:
        raise ConditionError("can never be true")
    if truth:
        _refuse_impossible(tree)
    return Condition(source, typed.run, frozenset(reader.used), frozenset(reader.places))


_NO_CHILD = typing.cast("ChildOnDay", None)
"""For an expression without names, whose value is the same for every child."""


def read_path(source: str, *, scopes: Collection[str]) -> Condition:
    """Return the condition that looks up a path such as plan.contingency. Raises ConditionError."""
    tree = _parse(source)
    if not isinstance(tree, nodes.Getattr):
        raise ConditionError("must be the place of a fact, for example plan.contingency")
    reader = _Reader(scopes, ())
    return Condition(source, reader.read(tree).run, frozenset())


_environment = make_environment()


def _parse(source: str) -> nodes.Expr:
    if len(source) > MAX_LENGTH:
        raise ConditionError(f"must be shorter than {MAX_LENGTH} characters")
    try:
        template = _environment.parse("{{ " + source + " }}")
    except TemplateSyntaxError as error:
        raise ConditionError(f"cannot be read: {error.message}") from None
    except RecursionError:
        raise ConditionError("is nested too deeply") from None
    except ValueError:
        raise ConditionError("holds a number that is too long") from None
    output = template.body[0] if len(template.body) == 1 else None
    if not isinstance(output, nodes.Output) or len(output.nodes) != 1:
        raise ConditionError("must be one condition")
    return output.nodes[0]


_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "lteq": operator.le,
    "gt": operator.gt,
    "gteq": operator.ge,
    "in": lambda a, b: a in b,
    "notin": lambda a, b: a not in b,
}
_SIGNS = {"eq": "==", "ne": "!=", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">=", "in": "in", "notin": "not in"}


class _Reader:
    """Turns a syntax tree into functions, each with the type of its value."""

    def __init__(self, scopes: Collection[str], events: Collection[str]) -> None:
        self.scopes, self.events = scopes, events
        self.used: set[str] = set()
        self.places: set[str] = set()
        self.names_something = False

    def read(self, node: nodes.Expr) -> _Typed:
        match node:
            case nodes.And():
                return self._joined(node, decides=False)
            case nodes.Or():
                return self._joined(node, decides=True)
            case nodes.Not():
                return self._not(node)
            case nodes.Compare():
                return self._compare(node)
            case nodes.Name() | nodes.Getattr():
                return self._path(node)
            case nodes.Const():
                return self._constant(node)
            case nodes.List() | nodes.Tuple():
                return self._list(node)
            case nodes.Filter():
                return self._filter(node)
            case nodes.Test():
                return self._test(node)
        raise ConditionError(f"may not use {type(node).__name__.lower()} here")

    def _truth(self, node: nodes.Expr) -> Run:
        typed = self.read(node)
        if typed.kind is not bool:
            raise ConditionError("joins with and, or and not only what is yes or no")
        return typed.run

    def _joined(self, node: nodes.And | nodes.Or, decides: bool) -> _Typed:
        """Join with `and` (`decides` is False) or `or` (True). One side may decide where the other is unknown."""
        left, right = self._truth(node.left), self._truth(node.right)

        def run(view: ChildOnDay) -> Any:
            one = left(view)
            if one is decides:
                return decides
            other = right(view)
            if other is decides:
                return decides
            unknown = _join(one, other)
            return not decides if unknown is None else unknown

        return _Typed(run, bool)

    def _not(self, node: nodes.Not) -> _Typed:
        inner = self._truth(node.node)

        def run(view: ChildOnDay) -> Any:
            value = inner(view)
            return value if isinstance(value, Unknown) else not value

        return _Typed(run, bool)

    def _compare(self, node: nodes.Compare) -> _Typed:
        runs: list[Run] = []
        left = self.read(node.expr)
        for operand in node.ops:
            right = self.read(operand.expr)
            _refuse_mismatch(left, right, operand.op)
            runs.append(_compared(left.run, right.run, _COMPARE[operand.op]))
            left = right

        def run(view: ChildOnDay) -> Any:
            unknown: Unknown | None = None
            for one in runs:
                value = one(view)
                if value is False:
                    return False
                if isinstance(value, Unknown):
                    unknown = _join(unknown, value)
            return True if unknown is None else unknown

        return _Typed(runs[0] if len(runs) == 1 else run, bool)

    def _path(self, node: nodes.Name | nodes.Getattr) -> _Typed:
        names: list[str] = []
        step: nodes.Expr = node
        while isinstance(step, nodes.Getattr):
            names.append(step.attr)
            step = step.node
        if not isinstance(step, nodes.Name):
            raise ConditionError("may only follow names, for example plan.primary")
        names.append(step.name)
        names.reverse()
        self.names_something = True
        if names[0] in ROOTS:
            return self._fact_of_case(names)
        if len(names) > 1:
            raise ConditionError(f"{names[0]} has no parts")
        return self._worked_out(names[0])

    def _worked_out(self, name: str) -> _Typed:
        if name in FACTS:
            fact = FACTS[name]
            self._need_scope(name, fact.scope)
            return _Typed(fact.find, fact.value_type)
        if name in self.events:
            self.used.add(name)
            self.places.add(EVENTS[name].write if name in EVENTS else "record")
            return _Typed(lambda view: has_happened(view, name), bool)
        raise ConditionError(_unknown_name(name, [*FACTS, *ROOTS, *self.events]))

    def _need_scope(self, name: str, scope: str) -> None:
        if scope != "child" and scope not in self.scopes:
            raise ConditionError(f"{name} can only be asked in a rule with each: {scope}")

    def _fact_of_case(self, names: list[str]) -> _Typed:
        root = ROOTS[names[0]]
        self._need_scope(names[0], root.scope)
        if len(names) == 1:
            first = next(iter(root.model.model_fields))
            raise ConditionError(f"{names[0]} is a group of facts: name one of them, for example {first}")
        kind: Any = root.model
        for name in names[1:]:
            kind = _step(kind, name)
        write = ".".join(filter(None, [root.write, *names[1:]]))
        self.places.add(write)
        unknown = Unknown(frozenset({write}))
        find, path = root.find, names[1:]

        def run(view: ChildOnDay) -> Any:
            held = find(view)
            for name in path:
                if held is None:
                    return unknown
                held = getattr(held, name)
            return unknown if held is None else held

        return _Typed(run, kind)

    def _constant(self, node: nodes.Const) -> _Typed:
        value = node.value
        if isinstance(value, bool):
            return _Typed(lambda _view: value, bool, value)
        if isinstance(value, (int, str)):
            return _Typed(lambda _view: value, type(value), value)
        raise ConditionError("may only use whole numbers, text, true and false")

    def _list(self, node: nodes.List | nodes.Tuple) -> _Typed:
        items = [self.read(item) for item in node.items]
        if not items or any(item.constant is None for item in items):
            raise ConditionError("may only list words or numbers")
        kind = items[0].kind
        values = tuple(item.constant for item in items)
        if any(item.kind is not kind for item in items):
            raise ConditionError("may only list things of one kind")
        return _Typed(lambda _view: values, types.GenericAlias(tuple, (kind, ...)), values)

    def _filter(self, node: nodes.Filter) -> _Typed:
        if node.name not in {"length", "count"} or node.node is None or node.args or node.kwargs:
            raise ConditionError("may use no filter but length")
        inner = self.read(node.node)
        if item_of(inner.kind) is None:
            raise ConditionError("may only take the length of a list")
        run = inner.run

        def count(view: ChildOnDay) -> Any:
            value = run(view)
            return value if isinstance(value, Unknown) else len(value)

        return _Typed(count, int)

    def _test(self, node: nodes.Test) -> _Typed:
        if node.name not in {"defined", "undefined"} or node.args or node.kwargs:
            raise ConditionError("may test nothing but is defined and is not defined")
        inner = self.read(node.node).run
        wanted = node.name == "defined"

        def written(view: ChildOnDay) -> Any:
            value = inner(view)
            return (not (isinstance(value, Unknown) or value == ())) is wanted

        return _Typed(written, bool)


def _compared(left: Run, right: Run, compare: Callable[[Any, Any], Any]) -> Run:
    def run(view: ChildOnDay) -> Any:
        one, other = left(view), right(view)
        unknown = _join(one, other)
        return bool(compare(one, other)) if unknown is None else unknown

    return run


def _join(one: Any, other: Any) -> Unknown | None:
    """Return what is unknown in two values together; None where both are known."""
    if isinstance(one, Unknown):
        return Unknown(one.needs | other.needs) if isinstance(other, Unknown) else one
    return other if isinstance(other, Unknown) else None


def item_of(kind: Any) -> Any:
    """Return the type of the items of a list type; None for any other type."""
    return typing.get_args(kind)[0] if typing.get_origin(kind) is tuple else None


def _plain(annotation: Any) -> Any:
    """Return the type without `| None` and without Annotated."""
    while True:
        origin = typing.get_origin(annotation)
        if origin is typing.Annotated:
            annotation = typing.get_args(annotation)[0]
        elif origin in (typing.Union, types.UnionType):
            annotation = next(arg for arg in typing.get_args(annotation) if arg is not types.NoneType)
        else:
            return annotation


def _step(kind: Any, name: str) -> Any:
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
        raise ConditionError(f"there is nothing called {name} there: what stands before it is no group of facts")
    if name not in kind.model_fields:
        raise ConditionError(_unknown_name(name, [*kind.model_fields]))
    return _plain(kind.model_fields[name].annotation)


def _unknown_name(name: str, known: Collection[str]) -> str:
    near = find_nearest(name, known)
    return f"{name} is not known here{f': did you mean {near}?' if near else ''}"


def _family(kind: Any) -> Any:
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return str
    return kind


def _refuse_mismatch(left: _Typed, right: _Typed, sign: str) -> None:
    shown = _SIGNS[sign]
    is_list = sign in {"in", "notin"}
    kind = item_of(right.kind) if is_list else right.kind
    if kind is None:
        raise ConditionError(f"needs a list after {shown}")
    _refuse_words(left.kind, right)
    _refuse_words(kind, left)
    if _family(left.kind) is not _family(kind):
        raise ConditionError(f"compares two different kinds with {shown}")
    if not is_list and sign not in {"eq", "ne"} and left.kind not in {int, dt.date, dt.datetime}:
        raise ConditionError(f"may only use {shown} between numbers or dates")


def _refuse_words(kind: Any, other: _Typed) -> None:
    """Refuse a comparison with a word that the case file never allows there."""
    value = other.constant
    if value is None or not (isinstance(kind, type) and issubclass(kind, StrEnum)):
        return
    allowed = {member.value for member in kind}
    for word in value if isinstance(value, tuple) else (value,):
        if word not in allowed:
            raise ConditionError(f"can never be true: {_unknown_name(str(word), allowed)}")


def _refuse_impossible(tree: nodes.Expr) -> None:
    """Refuse joined comparisons of one name that leave it no value: age < 7 and age > 10."""
    low: dict[str, int] = {}
    high: dict[str, int] = {}
    words: dict[str, set[Any]] = {}
    truths: dict[str, bool] = {}
    for part in _joined(tree):
        name, sign, value = _simple(part)
        if not name:
            plain, wanted = (part.node, False) if isinstance(part, nodes.Not) else (part, True)
            key = _name_of(plain)
            if key and truths.setdefault(key, wanted) is not wanted:
                raise ConditionError(f"can never be true: {key} cannot be both")
            continue
        if isinstance(value, int) and not isinstance(value, bool):
            if sign in {"eq", "gteq", "gt"}:
                low[name] = max(low.get(name, value), value + (sign == "gt"))
            if sign in {"eq", "lteq", "lt"}:
                high[name] = min(high.get(name, value), value - (sign == "lt"))
            if name in low and name in high and low[name] > high[name]:
                raise ConditionError(f"can never be true: no {name} is both")
        elif sign in {"eq", "in"}:
            allowed = set(value) if isinstance(value, tuple) else {value}
            words[name] = words.get(name, allowed) & allowed
            if not words[name]:
                raise ConditionError(f"can never be true: {name} cannot be both")


def _joined(tree: nodes.Expr) -> Iterator[nodes.Expr]:
    if isinstance(tree, nodes.And):
        yield from _joined(tree.left)
        yield from _joined(tree.right)
    else:
        yield tree


def _name_of(node: nodes.Expr) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        held = _name_of(node.node)
        return f"{held}.{node.attr}" if held else ""
    return ""


def _simple(node: nodes.Expr) -> tuple[str, str, Any]:
    """Return the name, sign and constant of a plain comparison; an empty name for anything else."""
    if not isinstance(node, nodes.Compare) or len(node.ops) != 1:
        return "", "", None
    operand = node.ops[0]
    name = _name_of(node.expr)
    if name and isinstance(operand.expr, nodes.Const):
        return name, operand.op, operand.expr.value
    if name and operand.op == "in" and isinstance(operand.expr, (nodes.List, nodes.Tuple)):
        items = operand.expr.items
        if all(isinstance(item, nodes.Const) for item in items):
            return name, "in", tuple(item.value for item in items if isinstance(item, nodes.Const))
    return "", "", None
