"""What each filter takes and gives, and which tests there are."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import nodes

from generator.expressions import make_environment
from generator.templatecheck.comparing import compare_equal
from generator.templatecheck.remarks import Seen, say_expression
from generator.vocabulary import (
    Date,
    Fact,
    Hidden,
    Kind,
    ListOf,
    Moment,
    Nothing,
    Number,
    Paragraphs,
    Record,
    Text,
    Unknown,
    YesNo,
)
from generator.vocabulary.observe import join_kinds

if TYPE_CHECKING:
    from generator.templatecheck.kinds import KindReader

_Work = Callable[["KindReader", nodes.Filter, Seen], Seen]


@cache
def _list_known() -> tuple[frozenset[str], frozenset[str]]:
    environment = make_environment()
    # The filter that makes paragraphs is added where papers are written.
    return frozenset({*environment.filters, "prose"}), frozenset(environment.tests)


def apply_filter(reader: KindReader, node: nodes.Filter) -> Seen:
    """The kind that a filter gives."""
    given = reader.value(node.node) if node.node is not None else Seen(Unknown())
    for argument in (*node.args, *(pair.value for pair in node.kwargs)):
        reader.value(argument)
    known = _list_known()[0]
    if node.name not in known:
        near = difflib.get_close_matches(node.name, sorted(known), 1, 0.5)
        remedy = f"did you mean {near[0]}?" if near else "templates/README.md lists the filters"
        reader.remark("T111", node, f"There is no filter {node.name}", remedy)
        return Seen(Unknown())
    if isinstance(given.kind, Hidden):
        return given
    if given.undefined and node.name not in ("default", "d") and node.node is not None:
        reader.need_there(node.node, given, node.name)
    work = _FILTERS.get(node.name, _make_anything)
    return work(reader, node, given)


def check_test(reader: KindReader, node: nodes.Test) -> Seen:
    """The yes or no of a test; a test that is not there is remarked on."""
    before = reader.asks_whether_defined
    reader.asks_whether_defined = before or node.name in ("defined", "undefined")
    reader.value(node.node)
    reader.asks_whether_defined = before
    for argument in node.args or ():
        reader.value(argument)
    known = _list_known()[1]
    if node.name not in known:
        near = difflib.get_close_matches(node.name, sorted(known), 1, 0.5)
        reader.remark("T111", node, f"There is no test {node.name}", f"did you mean {near[0]}?" if near else "use ==")
    return Seen(YesNo())


def _make_anything(_reader: KindReader, _node: nodes.Filter, _given: Seen) -> Seen:
    return Seen(Unknown())


def _make_text(reader: KindReader, node: nodes.Filter, given: Seen) -> Seen:
    if isinstance(given.kind, Date | Moment) and node.name != "string":
        says = f"{say_expression(node.node)} is a {given.kind.says}, and {node.name} takes it for text"
        reader.remark("T107", node, says, "print it as it is, or use short_date or day")
    elif node.name == "sentence" and not isinstance(given.kind, ListOf | Record | YesNo):
        # Nothing stays nothing.
        return Seen(Text())
    else:
        reader.check_text(node.node, given, node.name)
    return Seen(Text())


def _say_date(reader: KindReader, node: nodes.Filter, given: Seen) -> Seen:
    fits = (Moment,) if node.name == "time" else (Date, Moment)
    if not isinstance(given.kind, (*fits, Unknown, Nothing)):
        wanted = "a date and time" if node.name == "time" else "a date"
        says = f"{node.name} needs {wanted}, and {say_expression(node.node)} is {given.kind.says}"
        reader.remark("T107", node, says, "take it out, or give it a date")
    made: Kind = Date() if node.name == "date_of" else Text()
    return Seen(made, given.optional)


def _make_paragraphs(reader: KindReader, node: nodes.Filter, given: Seen) -> Seen:
    if not isinstance(given.kind, Text | Unknown | Nothing):
        reader.check_text(node.node, replace(given, optional=False), node.name)
    return Seen(Paragraphs())


def _say_list(reader: KindReader, node: nodes.Filter, given: Seen) -> Seen:
    entry = _need_list(reader, node, given, may_lack=node.name == "listed")
    if isinstance(entry, Record) and _attribute(node, 1 if node.name == "join" else None) is None:
        says = f"{node.name} would print each {entry.says} as a whole"
        reader.remark("T102", node, says, f"take a part of each first: | map(attribute='…') | {node.name}")
    elif node.name == "join":
        _part_of(reader, node, entry, 1)
    return Seen(Text())


def _count(reader: KindReader, node: nodes.Filter, given: Seen) -> Seen:
    if not isinstance(given.kind, ListOf | Text | Record | Unknown | Nothing | Paragraphs):
        reader.remark("T102", node, f"{say_expression(node.node)} is {given.kind.says}, and has no length", "")
    if node.node is not None:
        reader.need_there(node.node, given, node.name)
    return Seen(Number())


def _need_list(reader: KindReader, node: nodes.Filter, given: Seen, *, may_lack: bool = False) -> Kind:
    """What a list holds; what is no list is remarked on."""
    if node.node is not None and not may_lack:
        reader.need_there(node.node, given, node.name)
    if isinstance(given.kind, ListOf):
        return given.kind.of
    if isinstance(given.kind, Text | Number | YesNo | Date | Moment | Record | Paragraphs):
        says = f"{node.name} needs a list, and {say_expression(node.node)} is {given.kind.says}"
        reader.remark("T108", node, says, "take the filter out, or give it a list")
    return Unknown()


def _same_list(reader: KindReader, node: nodes.Filter, given: Seen) -> Seen:
    entry = _need_list(reader, node, given)
    filled = isinstance(given.kind, ListOf) and given.kind.filled and node.name not in ("select", "reject")
    if node.name == "sort":
        part = _part_of(reader, node, entry, 2)
        _need_order(reader, node, part)
    elif node.name == "unique":
        _part_of(reader, node, entry, 1)
    return Seen(ListOf(entry, filled))


def _need_order(reader: KindReader, node: nodes.Filter, part: Seen) -> None:
    if isinstance(part.kind, Record | ListOf):
        says = f"{node.name} cannot put a {part.kind.says} before another"
        reader.remark("T102", node, says, f"name what counts: {node.name}(attribute='…')")
    elif part.optional:
        says = f"{node.name} looks at what may be unwritten in some of them, and would fail"
        name = _attribute(node, 2 if node.name == "sort" else 0) or "…"
        reader.remark("T103", node, says, f"leave those out first: | selectattr('{name}') | {node.name}(…)")


def _pick(reader: KindReader, node: nodes.Filter, given: Seen) -> Seen:
    entry = _need_list(reader, node, given)
    there = isinstance(entry, Unknown) or reader.is_filled(node.node, given)
    optional = isinstance(given.kind, ListOf) and given.kind.gaps
    return Seen(entry, optional, undefined=not there)


def _pick_most(reader: KindReader, node: nodes.Filter, given: Seen) -> Seen:
    entry = _need_list(reader, node, given)
    _need_order(reader, node, _part_of(reader, node, entry, 1))
    return Seen(entry, undefined=not reader.is_filled(node.node, given))


def _attribute(node: nodes.Filter, place: int | None) -> str | None:
    """The attribute that a filter is given by name, or at a place among its arguments."""
    named: list[Any] = [pair.value for pair in node.kwargs if pair.key == "attribute"]
    if not named and place is not None and len(node.args) > place:
        named = [node.args[place]]
    return str(named[0].value) if named and isinstance(named[0], nodes.Const) and named[0].value is not None else None


def _part_of(reader: KindReader, node: nodes.Filter, entry: Kind, place: int | None) -> Seen:
    """What the attribute of a filter leads to in each entry; the entry where there is none."""
    path = _attribute(node, place)
    return Seen(entry) if path is None else _follow(reader, node, entry, path)


def _follow(reader: KindReader, node: nodes.Filter, entry: Kind, path: str) -> Seen:
    seen = Seen(entry)
    for key in path.split("."):
        kind = seen.kind
        if isinstance(kind, Unknown | Hidden):
            return Seen(kind)
        if isinstance(kind, ListOf) and key.isdigit():
            seen = Seen(kind.of, optional=True)
            continue
        if seen.optional:
            says = f"{path} leads through what may be unwritten"
            reader.remark("T103", node, says, "leave those without it out first, with selectattr")
        fact = kind.find(key) if isinstance(kind, Record) else None
        if fact is None:
            near = difflib.get_close_matches(key, sorted(kind.facts), 1, 0.6) if isinstance(kind, Record) else []
            remedy = f"did you mean {near[0]}?" if near else "permanence templates fields lists what there is"
            reader.remark("T101", node, f"A {kind.says} has no {key} (in {node.name})", remedy)
            return Seen(Unknown())
        if isinstance(fact.kind, Hidden):
            reader.remark("D001", node, f"{path} is kept from this reader")
        seen = Seen(fact.kind, fact.optional)
    return seen


def _map(reader: KindReader, node: nodes.Filter, given: Seen) -> Seen:
    entry = _need_list(reader, node, given)
    filled = isinstance(given.kind, ListOf) and given.kind.filled
    if _attribute(node, None) is not None:
        part = _part_of(reader, node, entry, None)
        return Seen(ListOf(part.kind, filled, part.optional))
    name = node.args[0].value if node.args and isinstance(node.args[0], nodes.Const) else None
    if not isinstance(name, str):
        return Seen(ListOf())
    placeholder = nodes.Name("each entry", "load", lineno=node.lineno)
    inner = nodes.Filter(placeholder, name, node.args[1:], [], None, None, lineno=node.lineno)
    reader.names["each entry"] = Seen(entry)
    made = apply_filter(reader, inner)
    del reader.names["each entry"]
    return Seen(ListOf(made.kind, filled))


def _choose(reader: KindReader, node: nodes.Filter, given: Seen) -> Seen:
    """selectattr and rejectattr: entries of the same kind, some of whose parts are known to be there."""
    entry = _need_list(reader, node, given)
    path = node.args[0].value if node.args and isinstance(node.args[0], nodes.Const) else None
    if not isinstance(path, str):
        return Seen(ListOf(entry))
    part = _follow(reader, node, entry, path)
    test = node.args[1].value if len(node.args) > 1 and isinstance(node.args[1], nodes.Const) else None
    if test is not None and test not in _list_known()[1]:
        reader.remark("T111", node, f"There is no test {test}", "use equalto")
    if test in ("equalto", "eq", "==", "ne", "!=") and len(node.args) > 2:
        asked = nodes.Getattr(nodes.Name("each", "load"), path, "load", lineno=node.lineno)
        compare_equal(reader, (asked, part), (node.args[2], reader.value(node.args[2])))
    keeps = node.name == "selectattr"
    there = keeps and (test is None or test in ("equalto", "eq", "==", "in", "string", "number"))
    there = there or (not keeps and test == "none")
    return Seen(ListOf(_narrow(entry, path.split(".")) if there else entry))


def _narrow(kind: Kind, path: list[str]) -> Kind:
    """The same group, in which what a path leads to is there."""
    fact = kind.find(path[0]) if isinstance(kind, Record) else None
    if not isinstance(kind, Record) or fact is None:
        return kind
    inner = _narrow(fact.kind, path[1:]) if len(path) > 1 else fact.kind
    return kind.with_facts(replace(fact, name=path[0], kind=inner, optional=False))


def _group(reader: KindReader, node: nodes.Filter, given: Seen) -> Seen:
    entry = _need_list(reader, node, given)
    part = _part_of(reader, node, entry, 0)
    _need_order(reader, node, part)
    mine = ListOf(entry, filled=True)
    names = {"grouper": part.kind, "list": mine, "0": part.kind, "1": mine}
    return Seen(ListOf(Record("group of entries", {name: Fact(name, kind) for name, kind in names.items()})))


def _sum(reader: KindReader, node: nodes.Filter, given: Seen) -> Seen:
    part = _part_of(reader, node, _need_list(reader, node, given), 0)
    if not isinstance(part.kind, Number | Unknown):
        reader.remark("T105", node, f"sum adds numbers, and here are {part.kind.says}", "count with length")
    return Seen(Number())


def _calculate(reader: KindReader, node: nodes.Filter, given: Seen) -> Seen:
    if node.name != "int" and not isinstance(given.kind, Number | Unknown):
        says = f"{node.name} needs a number, and {say_expression(node.node)} is {given.kind.says}"
        reader.remark("T105", node, says, "give it a number")
    return Seen(Number())


def _split(reader: KindReader, node: nodes.Filter, given: Seen) -> Seen:
    return Seen(ListOf(ListOf(_need_list(reader, node, given), filled=True)))


def _default(reader: KindReader, node: nodes.Filter, given: Seen) -> Seen:
    second = node.args[1] if len(node.args) > 1 else None
    second = second or next((pair.value for pair in node.kwargs if pair.key == "boolean"), None)
    other = reader.value(node.args[0]) if node.args else Seen(Text())
    if isinstance(second, nodes.Const) and second.value:
        return Seen(join_kinds([given.kind, other.kind]), optional=other.optional)
    if given.undefined:
        return Seen(join_kinds([given.kind, other.kind]), optional=given.optional or other.optional)
    if given.optional:
        says = f"default does nothing for {say_expression(node.node)}: an unwritten fact is there, and empty"
        reader.remark("T112", node, says, f"write default(…, true), or {say_expression(node.node)} or …")
    return given


_FILTERS: dict[str, _Work] = {
    **dict.fromkeys(
        ("capitalize", "lower", "replace", "sentence", "string", "title", "trim", "upper", "words"), _make_text
    ),
    **dict.fromkeys(("short_date", "day", "time", "date_of"), _say_date),
    **dict.fromkeys(("listed", "join"), _say_list),
    **dict.fromkeys(("list", "reject", "reverse", "select", "sort", "unique"), _same_list),
    **dict.fromkeys(("first", "last"), _pick),
    **dict.fromkeys(("max", "min"), _pick_most),
    **dict.fromkeys(("count", "length"), _count),
    **dict.fromkeys(("selectattr", "rejectattr"), _choose),
    **dict.fromkeys(("abs", "int", "round"), _calculate),
    **dict.fromkeys(("batch", "slice"), _split),
    **dict.fromkeys(("d", "default"), _default),
    "groupby": _group,
    "map": _map,
    "prose": _make_paragraphs,
    "sum": _sum,
}
