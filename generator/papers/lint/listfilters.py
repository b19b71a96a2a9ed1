"""Filters of lists: what they need of the entries, and what they give."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import nodes

from generator.base.english import find_nearest
from generator.papers.facts.types import (
    AnyType,
    DateType,
    FactType,
    GroupType,
    HiddenType,
    ListType,
    MomentType,
    NumberType,
    ParagraphsType,
    TextType,
    TypedFact,
    YesNoType,
)
from generator.papers.lint.comparing import compare_equal
from generator.papers.lint.remarks import Seen, say_expression, say_one
from generator.rules.expressions.language import make_environment

if TYPE_CHECKING:
    from generator.papers.lint.kinds import KindReader

_EACH = "each entry"
"""A name that no template can write, for one entry of a list."""


@cache
def list_known() -> tuple[frozenset[str], frozenset[str]]:
    """The names of all filters, and of all tests."""
    environment = make_environment()
    # The filter that makes paragraphs is added where papers are written.
    return frozenset({*environment.filters, "prose"}), frozenset(environment.tests)


def need_list(reader: KindReader, node: nodes.Filter, given: Seen, *, may_lack: bool = False) -> FactType:
    """What a list holds; what is no list is remarked on."""
    if node.node is not None and not may_lack:
        reader.need_there(node.node, given, node.name)
    if isinstance(given.kind, ListType):
        return given.kind.of
    if isinstance(given.kind, TextType | NumberType | YesNoType | DateType | MomentType | GroupType | ParagraphsType):
        says = f"{node.name} needs a list, and {say_expression(given_to(node))} is {given.kind.says}"
        reader.remark("T108", node, says, "take the filter out, or give it a list")
    return AnyType()


def keep_list(reader: KindReader, node: nodes.Filter, given: Seen) -> Seen:
    """Filters that give some or all entries of a list, in some order."""
    entry = need_list(reader, node, given)
    filled = isinstance(given.kind, ListType) and given.kind.filled and node.name not in ("select", "reject")
    if node.name == "sort":
        part = find_part(reader, node, entry, 2)
        _need_order(reader, node, part)
    elif node.name == "unique":
        find_part(reader, node, entry, 1)
    return Seen(ListType(entry, filled))


def _need_order(reader: KindReader, node: nodes.Filter, part: Seen) -> None:
    if isinstance(part.kind, GroupType | ListType):
        says = f"{node.name} cannot put {say_one(part.kind)} before another"
        reader.remark("T102", node, says, f"name what counts: {node.name}(attribute='…')")
    elif part.optional:
        says = f"{node.name} looks at what may be unwritten in some of them, and would fail"
        name = find_attribute(node, 2 if node.name == "sort" else 0) or "…"
        reader.remark("T103", node, says, f"leave those out first: | selectattr('{name}') | {node.name}(…)")


def pick(reader: KindReader, node: nodes.Filter, given: Seen) -> Seen:
    """First and last: an entry, which is not there where the list is empty."""
    entry = need_list(reader, node, given)
    there = isinstance(entry, AnyType) or reader.is_filled(node.node, given)
    optional = isinstance(given.kind, ListType) and given.kind.gaps
    return Seen(entry, optional, undefined=not there)


def pick_most(reader: KindReader, node: nodes.Filter, given: Seen) -> Seen:
    """Max and min."""
    entry = need_list(reader, node, given)
    _need_order(reader, node, find_part(reader, node, entry, 1))
    return Seen(entry, undefined=not reader.is_filled(node.node, given))


def find_attribute(node: nodes.Filter, place: int | None) -> str | None:
    """The attribute that a filter is given by name, or at a place among its arguments."""
    named: list[Any] = [pair.value for pair in node.kwargs if pair.key == "attribute"]
    if not named and place is not None and len(node.args) > place:
        named = [node.args[place]]
    return str(named[0].value) if named and isinstance(named[0], nodes.Const) and named[0].value is not None else None


def find_part(reader: KindReader, node: nodes.Filter, entry: FactType, place: int | None) -> Seen:
    """What the attribute of a filter leads to in each entry; the entry where there is none."""
    path = find_attribute(node, place)
    return Seen(entry) if path is None else _follow(reader, node, entry, path)


def _follow(reader: KindReader, node: nodes.Filter, entry: FactType, path: str) -> Seen:
    seen = Seen(entry)
    for key in path.split("."):
        kind = seen.kind
        if isinstance(kind, AnyType | HiddenType):
            return Seen(kind)
        if isinstance(kind, ListType) and key.isdigit():
            seen = Seen(kind.of, optional=True)
            continue
        if seen.optional:
            says = f"{path} leads through what may be unwritten"
            reader.remark("T103", node, says, "leave those without it out first, with selectattr")
        if isinstance(kind, DateType | MomentType) and key in ("year", "month", "day"):
            seen = Seen(NumberType())
            continue
        fact = kind.find(key) if isinstance(kind, GroupType) else None
        if fact is None:
            near = find_nearest(key, kind.facts) if isinstance(kind, GroupType) else ""
            remedy = f"did you mean {near}?" if near else "permanence templates fields lists what there is"
            reader.remark("T101", node, f"In a list, {say_one(kind)} has no {key}, which {node.name} asks for", remedy)
            return Seen(AnyType())
        if isinstance(kind, GroupType):
            reader.used.add((kind.name, fact.name))
        if isinstance(fact.kind, HiddenType):
            reader.remark("D001", node, f"{path} is kept from this reader")
        seen = Seen(fact.kind, fact.optional)
    return seen


def map_list(reader: KindReader, node: nodes.Filter, given: Seen) -> Seen:
    """map: a part of each entry, or each entry through a filter."""
    entry = need_list(reader, node, given)
    filled = isinstance(given.kind, ListType) and given.kind.filled
    if find_attribute(node, None) is not None:
        part = find_part(reader, node, entry, None)
        return Seen(ListType(part.kind, filled, part.optional))
    name = node.args[0].value if node.args and isinstance(node.args[0], nodes.Const) else None
    if not isinstance(name, str):
        return Seen(ListType())
    placeholder = nodes.Name(_EACH, "load", lineno=node.lineno)
    inner = nodes.Filter(placeholder, name, node.args[1:], [], None, None, lineno=node.lineno)
    reader.names[_EACH] = Seen(entry)
    made = reader.value(inner)
    del reader.names[_EACH]
    return Seen(ListType(made.kind, filled))


def choose(reader: KindReader, node: nodes.Filter, given: Seen) -> Seen:
    """Selectattr and rejectattr: entries of the same kind, some of whose parts are known to be there."""
    entry = need_list(reader, node, given)
    path = node.args[0].value if node.args and isinstance(node.args[0], nodes.Const) else None
    if not isinstance(path, str):
        return Seen(ListType(entry))
    part = _follow(reader, node, entry, path)
    test = node.args[1].value if len(node.args) > 1 and isinstance(node.args[1], nodes.Const) else None
    if test is not None and test not in list_known()[1]:
        reader.remark("T111", node, f"There is no test {test}", "use equalto")
    if test in ("equalto", "eq", "==", "ne", "!=") and len(node.args) > 2:
        each = nodes.Name(_EACH, "load", lineno=node.lineno)
        asked = nodes.Getattr(each, path, "load", lineno=node.lineno)
        reader.names[_EACH] = Seen(entry)
        compare_equal(reader, (asked, part), (node.args[2], reader.value(node.args[2])))
        del reader.names[_EACH]
    keeps = node.name == "selectattr"
    there = keeps and (test is None or test in ("equalto", "eq", "==", "in", "string", "number"))
    there = there or (not keeps and test == "none")
    return Seen(ListType(_narrow(entry, path.split(".")) if there else entry))


def _narrow(kind: FactType, path: list[str]) -> FactType:
    """The same group, in which what a path leads to is there."""
    fact = kind.find(path[0]) if isinstance(kind, GroupType) else None
    if not isinstance(kind, GroupType) or fact is None:
        return kind
    inner = _narrow(fact.kind, path[1:]) if len(path) > 1 else fact.kind
    return kind.with_facts(replace(fact, name=path[0], kind=inner, optional=False))


def group(reader: KindReader, node: nodes.Filter, given: Seen) -> Seen:
    """groupby: groups with what they share and their list."""
    entry = need_list(reader, node, given)
    part = find_part(reader, node, entry, 0)
    _need_order(reader, node, part)
    mine = ListType(entry, filled=True)
    names = {"grouper": part.kind, "list": mine, "0": part.kind, "1": mine}
    return Seen(ListType(GroupType("group of entries", {name: TypedFact(name, kind) for name, kind in names.items()})))


def add_up(reader: KindReader, node: nodes.Filter, given: Seen) -> Seen:
    """Sum."""
    part = find_part(reader, node, need_list(reader, node, given), 0)
    if not isinstance(part.kind, NumberType | AnyType):
        reader.remark("T105", node, f"sum adds numbers, and here are {part.kind.says}", "count with length")
    return Seen(NumberType())


def split(reader: KindReader, node: nodes.Filter, given: Seen) -> Seen:
    """Batch and slice: lists of lists."""
    return Seen(ListType(ListType(need_list(reader, node, given), filled=True)))


def given_to(node: nodes.Filter) -> nodes.Node:
    """What a filter is given."""
    return node if node.node is None else node.node
