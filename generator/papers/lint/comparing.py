"""Comparisons that can never be true, or that stop the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import nodes

from generator.base.english import find_nearest
from generator.case.audience import Audience
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
    TextType,
)
from generator.papers.lint.remarks import Seen, say_expression

if TYPE_CHECKING:
    from generator.papers.lint.kinds import KindReader

_ORDERS = ("lt", "lteq", "gt", "gteq")
_Side = tuple[nodes.Node, Seen]


def compare(reader: KindReader, operator: str, left: _Side, right: _Side) -> None:
    """Remark on a comparison that can come to one thing only."""
    if any(isinstance(seen.kind, AnyType | HiddenType) for _, seen in (left, right)):
        return
    if operator in _ORDERS:
        _compare_order(reader, left, right)
    elif operator in ("in", "notin"):
        _compare_list(reader, left, right)
    else:
        compare_equal(reader, left, right)


def _compare_order(reader: KindReader, left: _Side, right: _Side) -> None:
    for node, seen in (left, right):
        reader.need_there(node, seen, "being earlier, later, more or less")
    if not _are_alike(left[1].kind, right[1].kind):
        says = f"{_say(left)} and {_say(right)} cannot be put in order"
        reader.remark("T105", left[0], says, "compare dates with dates, and numbers with numbers")


def _compare_list(reader: KindReader, left: _Side, right: _Side) -> None:
    kind = right[1].kind
    reader.need_there(right[0], right[1], "looking into it")
    if isinstance(kind, ListType):
        if isinstance(right[0], nodes.List | nodes.Tuple):
            for item in right[0].items:
                compare_equal(reader, left, (item, reader.value(item)))
        elif not isinstance(kind.of, AnyType):
            compare_equal(reader, left, (right[0], Seen(kind.of)))
    elif isinstance(kind, TextType):
        if not isinstance(left[1].kind, TextType | AnyType | LeftOutType):
            reader.remark("T105", left[0], f"{_say(left)} is looked for in {_say(right)}", "compare things of one kind")
    elif not isinstance(kind, GroupType | LeftOutType):
        reader.remark("T105", right[0], f"{_say(right)} is no list to look into", "compare with ==")


def compare_equal(reader: KindReader, left: _Side, right: _Side) -> None:
    """Remark where two things can never be equal."""
    kinds = (left[1].kind, right[1].kind)
    if any(isinstance(kind, AnyType | HiddenType | LeftOutType) for kind in kinds):
        return
    if not _are_alike(*kinds):
        says = f"{_say(left)} is never equal to {_say(right)}"
        reader.remark("T104", left[0], says, _suggest_kind(left, right))
        return
    if isinstance(kinds[0], TextType) and isinstance(kinds[1], TextType):
        _compare_words(reader, left, right)


def _compare_words(reader: KindReader, left: _Side, right: _Side) -> None:
    """A word of a fixed list beside a word that is not of that list."""
    (node, seen), (_, other) = (left, right) if right[1].literal else (right, left)
    if not isinstance(seen.kind, TextType) or not isinstance(other.kind, TextType):
        return
    words, given = seen.kind.words, other.kind.words
    if seen.literal or not words or not given or not set(words).isdisjoint(given):
        return
    word = given[0]
    chain = say_expression(node)
    if chain == "paper.code" or (chain == "paper.audience" and word in {one.value for one in Audience}):
        return
    says = f"{chain} is never “{word}”"
    codes = _find_codes(reader, node)
    if word in codes:
        reader.remark("T104", node, f"{says}: that is its code", f"ask {chain}_code")
        return
    near = find_nearest(word.lower().replace("_", " "), words) or next(
        (one for one in words if word.lower() in one.lower() or one.lower() in word.lower()), ""
    )
    listed = ", ".join(words[:8]) + (" …" if len(words) > 8 else "")
    reader.remark("T104", node, says, f"did you mean {near}?" if near else f"it is one of: {listed}")


def _find_codes(reader: KindReader, node: nodes.Node) -> tuple[str, ...]:
    if not isinstance(node, nodes.Getattr):
        return ()
    base = reader.value(node.node).kind
    fact = base.find(f"{node.attr}_code") if isinstance(base, GroupType) else None
    return fact.kind.words if fact and isinstance(fact.kind, TextType) else ()


def _are_alike(one: FactType, other: FactType) -> bool:
    return (
        type(one) is type(other) or isinstance(one, AnyType | LeftOutType) or isinstance(other, AnyType | LeftOutType)
    )


def _suggest_kind(left: _Side, right: _Side) -> str:
    kinds = {type(left[1].kind), type(right[1].kind)}
    if kinds & {DateType, MomentType}:
        return "compare a date with a date; of a moment, take | date_of"
    if NumberType in kinds and TextType in kinds:
        return "write a number without quotes, and text with them"
    return "compare things of one kind"


def _say(side: _Side) -> str:
    node, seen = side
    return f"{say_expression(node)} ({seen.kind.says})"
