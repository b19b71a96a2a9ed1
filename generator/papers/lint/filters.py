"""What each filter takes and gives, and which tests there are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from jinja2 import nodes

from generator.base.english import find_nearest
from generator.papers.facts.types import (
    AnyType,
    DateType,
    FactType,
    GroupType,
    HiddenType,
    LeftOutType,
    ListType,
    MomentType,
    NumberType,
    ParagraphsType,
    TextType,
    YesNoType,
    join_types,
)
from generator.papers.lint.listfilters import (
    add_up,
    choose,
    find_attribute,
    find_part,
    given_to,
    group,
    keep_list,
    list_known,
    map_list,
    need_list,
    pick,
    pick_most,
    split,
)
from generator.papers.lint.remarks import Seen, say_expression

if TYPE_CHECKING:
    from generator.papers.lint.kinds import KindReader

_Work = Callable[["KindReader", nodes.Filter, Seen], Seen]


def apply_filter(reader: KindReader, node: nodes.Filter) -> Seen:
    """The kind that a filter gives."""
    given = reader.value(node.node) if node.node is not None else Seen(AnyType())
    for argument in (*node.args, *(pair.value for pair in node.kwargs)):
        reader.value(argument)
    known = list_known()[0]
    if node.name in ("safe", "escape", "e", "forceescape"):
        says = f"{node.name} is not for templates: every fact is made safe already"
        reader.remark("T137", node, says, "take it out")
        return given
    if node.name not in known:
        near = find_nearest(node.name, known, 0.5)
        remedy = f"did you mean {near}?" if near else "docs/reference/templates.md lists the filters"
        reader.remark("T111", node, f"There is no filter {node.name}", remedy)
        return Seen(AnyType())
    if isinstance(given.kind, HiddenType):
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
    known = list_known()[1]
    if node.name not in known:
        near = find_nearest(node.name, known, 0.5)
        reader.remark("T111", node, f"There is no test {node.name}", f"did you mean {near}?" if near else "use ==")
    return Seen(YesNoType())


def _make_anything(_reader: KindReader, _node: nodes.Filter, given_to: Seen) -> Seen:
    return Seen(AnyType())


def _make_text(reader: KindReader, node: nodes.Filter, given: Seen) -> Seen:
    if isinstance(given.kind, DateType | MomentType) and node.name != "string":
        says = f"{say_expression(given_to(node))} is a {given.kind.says}, and {node.name} takes it for text"
        reader.remark("T107", node, says, "print it as it is, or use short_date or day")
    elif node.name == "sentence" and not isinstance(given.kind, ListType | GroupType | YesNoType):
        # Nothing stays nothing.
        return Seen(TextType())
    else:
        reader.check_text(given_to(node), given, node.name)
    return Seen(TextType())


def _say_date(reader: KindReader, node: nodes.Filter, given: Seen) -> Seen:
    fits = (MomentType,) if node.name == "time" else (DateType, MomentType)
    if not isinstance(given.kind, (*fits, AnyType, LeftOutType)):
        wanted = "a date and time" if node.name == "time" else "a date"
        says = f"{node.name} needs {wanted}, and {say_expression(given_to(node))} is {given.kind.says}"
        reader.remark("T107", node, says, "take it out, or give it a date")
    made: FactType = DateType() if node.name == "date_of" else TextType()
    return Seen(made, given.optional)


def _make_paragraphs(reader: KindReader, node: nodes.Filter, given: Seen) -> Seen:
    if not isinstance(given.kind, TextType | AnyType | LeftOutType):
        reader.check_text(given_to(node), replace(given, optional=False), node.name)
    return Seen(ParagraphsType())


def _say_list(reader: KindReader, node: nodes.Filter, given: Seen) -> Seen:
    entry = need_list(reader, node, given, may_lack=node.name == "listed")
    if isinstance(entry, GroupType) and find_attribute(node, 1 if node.name == "join" else None) is None:
        says = f"{node.name} would print each {entry.says} as a whole"
        reader.remark("T102", node, says, f"take a part of each first: | map(attribute='…') | {node.name}")
    elif node.name == "join":
        find_part(reader, node, entry, 1)
    return Seen(TextType())


def _count(reader: KindReader, node: nodes.Filter, given: Seen) -> Seen:
    if not isinstance(given.kind, ListType | TextType | GroupType | AnyType | LeftOutType | ParagraphsType):
        reader.remark("T102", node, f"{say_expression(given_to(node))} is {given.kind.says}, and has no length", "")
    if node.node is not None:
        reader.need_there(node.node, given, node.name)
    return Seen(NumberType())


def _calculate(reader: KindReader, node: nodes.Filter, given: Seen) -> Seen:
    if node.name != "int" and not isinstance(given.kind, NumberType | AnyType):
        says = f"{node.name} needs a number, and {say_expression(given_to(node))} is {given.kind.says}"
        reader.remark("T105", node, says, "give it a number")
    return Seen(NumberType())


def _default(reader: KindReader, node: nodes.Filter, given: Seen) -> Seen:
    second = node.args[1] if len(node.args) > 1 else None
    second = second or next((pair.value for pair in node.kwargs if pair.key == "boolean"), None)
    other = reader.value(node.args[0]) if node.args else Seen(TextType())
    if isinstance(second, nodes.Const) and second.value:
        return Seen(join_types([given.kind, other.kind]), optional=other.optional)
    if given.undefined:
        return Seen(join_types([given.kind, other.kind]), optional=given.optional or other.optional)
    if given.optional:
        says = f"default does nothing for {say_expression(given_to(node))}: an unwritten fact is there, and empty"
        reader.remark("T112", node, says, f"write default(…, true), or {say_expression(given_to(node))} or …")
    return given


_FILTERS: dict[str, _Work] = {
    **dict.fromkeys(
        ("capitalize", "lower", "replace", "sentence", "string", "title", "trim", "upper", "words"), _make_text
    ),
    **dict.fromkeys(("short_date", "day", "time", "date_of"), _say_date),
    **dict.fromkeys(("listed", "join"), _say_list),
    **dict.fromkeys(("list", "reject", "reverse", "select", "sort", "unique"), keep_list),
    **dict.fromkeys(("first", "last"), pick),
    **dict.fromkeys(("max", "min"), pick_most),
    **dict.fromkeys(("count", "length"), _count),
    **dict.fromkeys(("selectattr", "rejectattr"), choose),
    **dict.fromkeys(("abs", "int", "round"), _calculate),
    **dict.fromkeys(("batch", "slice"), split),
    **dict.fromkeys(("d", "default"), _default),
    "groupby": group,
    "map": map_list,
    "prose": _make_paragraphs,
    "sum": add_up,
}
