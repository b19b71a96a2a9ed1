"""The kind of every expression of a template or card, told from the kinds of facts that its paper has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from jinja2 import nodes

from generator.base.english import find_nearest
from generator.base.errors import Level
from generator.papers.facts.types import (
    AnyType,
    AskType,
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
    TypedFact,
    YesNoType,
    join_types,
)
from generator.papers.lint.blocks import ANYTHING
from generator.papers.lint.comparing import compare
from generator.papers.lint.deciding import decide
from generator.papers.lint.filters import apply_filter, check_test
from generator.papers.lint.guards import Chains, find_there, find_there_unless, say_chain
from generator.papers.lint.remarks import Remark, Seen, say_expression, say_one


@dataclass(slots=True)
class KindReader:
    """Tells the kinds of expressions; what it remarks is in `remarks`, each once.

    `facts` are those of the paper, as its reader sees them. `whole` are lines whose tag is `{{p`.
    """

    facts: GroupType
    whole: frozenset[int] = frozenset()
    remarks: dict[Remark, None] = field(default_factory=dict)
    names: dict[str, Seen] = field(default_factory=dict)
    there: Chains = frozenset()
    used: set[tuple[str, str]] = field(default_factory=set)
    """The facts that are asked for, each by its group and name."""

    def remark(self, code: str, node: nodes.Node, says: str, remedy: str = "", level: Level = Level.MUST) -> None:
        """Note one thing that is wrong."""
        self.remarks.setdefault(Remark(code, node.lineno, says, remedy, level, say_expression(node)))

    def test(self, node: nodes.Node) -> Seen:
        """The kind of a condition. What is not there at all cannot be asked whether it holds."""
        seen = self.value(node)
        if seen.undefined and not isinstance(seen.kind, HiddenType):
            says = f"{say_expression(node)} is not there where the list is empty, and the condition fails"
            self.remark("T103", node, says, "ask whether the list has entries, or add | default(none)")
        return seen

    @contextmanager
    def knowing(self, chains: Chains) -> Iterator[None]:
        """Reads what is inside in the light of a condition that holds there."""
        before = self.there
        self.there = before | chains
        try:
            yield
        finally:
            self.there = before

    def need_there(self, node: nodes.Node, seen: Seen, what: str) -> None:
        """Remark on a fact that may be unwritten where something stands on its being there."""
        if seen.optional or seen.undefined or isinstance(seen.kind, LeftOutType):
            said = say_expression(node)
            says = f"{said} may be unwritten, and {what} needs it"
            self.remark("T103", node, says, f"put {{% if {said} %}} … {{% endif %}} around it")

    def value(self, node: nodes.Node) -> Seen:
        """The kind of an expression; what is wrong inside it is remarked on."""
        match node:
            case nodes.Const():
                return Seen(_kind_of_constant(node.value), optional=node.value is None, literal=True)
            case nodes.Name():
                return self._known(node, self._find_name(node))
            case nodes.Getattr():
                return self._known(node, self._find_part(node, self.value(node.node), node.attr))
            case nodes.Getitem():
                return self._known(node, self._find_item(node))
            case nodes.Filter():
                return apply_filter(self, node)
            case nodes.Test():
                return check_test(self, node)
            case nodes.Call():
                return self._call(node)
            case nodes.Compare():
                return self._compare(node)
            case nodes.And() | nodes.Or() | nodes.Not():
                return self._combine(node)
            case nodes.CondExpr():
                return self._choose(node)
            case nodes.List() | nodes.Tuple():
                return Seen(
                    ListType(join_types([self.value(one).kind for one in node.items]), bool(node.items)), literal=True
                )
            case nodes.Concat():
                for one in node.nodes:
                    self.check_text(one, self.value(one), "joining with ~")
                return Seen(TextType())
            case nodes.BinExpr() | nodes.UnaryExpr():
                return self._calculate(node)
            case _:
                for inner in node.iter_child_nodes():
                    self.value(inner)
                return Seen(AnyType())

    def _known(self, node: nodes.Node, seen: Seen) -> Seen:
        """What a chain leads to, in the light of the conditions around it."""
        if isinstance(seen.kind, HiddenType):
            return seen
        if say_chain(node) not in self.there:
            return seen
        # Where a condition asks for what is always left out, nothing under it is ever printed.
        return Seen(AnyType() if isinstance(seen.kind, LeftOutType) else seen.kind)

    def _find_name(self, node: nodes.Name) -> Seen:
        if node.name in self.names:
            seen = self.names[node.name]
            if isinstance(seen.kind, HiddenType):
                self.remark("D001", node, f"{node.name} is kept from this reader")
            return seen
        if node.name in (ANYTHING, "range"):
            return Seen(AnyType())
        fact = self.facts.find(node.name)
        if fact is None:
            self._explain_unknown(node, node.name, self.facts, {*self.names, *self.facts.facts})
            return Seen(AnyType())
        return self._show(node, fact, self.facts)

    def _show(self, node: nodes.Node, fact: TypedFact, record: GroupType) -> Seen:
        self.used.add((record.name, fact.name))
        if isinstance(fact.kind, HiddenType):
            self.remark("D001", node, f"{say_expression(node)} is kept from this reader")
        if fact.lacking and f"{say_chain(node)}?" not in self.there and not self.asks_whether_defined:
            says = f"{say_expression(node)} is not there in every paper"
            self.remark("T103", node, says, f"ask first: {{% if {say_expression(node)} is defined %}}")
        return Seen(fact.kind, fact.optional)

    asks_whether_defined: bool = False

    def _explain_unknown(self, node: nodes.Node, key: str, record: GroupType, known: Iterable[str]) -> None:
        said = say_expression(node)
        parts = (name for name in sorted(known) if key in name.split("_") or name in key.split("_"))
        near = find_nearest(key, known) or next(parts, "")
        remedy = f"did you mean {near}?" if near else "permanence templates fields lists what there is"
        of = "" if isinstance(node, nodes.Name) else f": {say_one(record)} has no {key}"
        self.remark("T101", node, f"There is no {said}{of}", remedy)

    def _find_part(self, node: nodes.Getattr | nodes.Getitem, base: Seen, key: str) -> Seen:
        kind = base.kind
        if isinstance(kind, HiddenType | AnyType):
            return Seen(kind)
        if isinstance(kind, LeftOutType):
            self.need_there(node.node, base, key)
            return Seen(AnyType())
        if isinstance(kind, GroupType):
            if not self.asks_whether_defined:
                self.need_there(node.node, base, key)
            fact = kind.find(key)
            if fact is not None:
                return self._show(node, fact, kind)
            self._explain_unknown(node, key, kind, kind.facts)
            return Seen(AnyType())
        if isinstance(kind, DateType | MomentType) and key in ("year", "month", "day"):
            self.need_there(node.node, base, key)
            return Seen(NumberType())
        said = say_expression(node.node)
        if isinstance(kind, ListType):
            says = f"{said} is {say_one(kind)}, and {key} is asked of it as if it were one"
            self.remark("T102", node, says, f"loop over it, or ask ({said} | first)")
        else:
            self.remark("T101", node, f"{said} is {kind.says} and has no {key}", f"print {said} itself")
        return Seen(AnyType())

    def _find_item(self, node: nodes.Getitem) -> Seen:
        base, key = self.value(node.node), node.arg
        if isinstance(key, nodes.Const) and isinstance(key.value, str):
            return self._find_part(node, base, key.value)
        if isinstance(key, nodes.Slice):
            return replace(base, optional=False)
        asked = self.value(key)
        if isinstance(base.kind, GroupType):
            words = asked.kind.words if isinstance(asked.kind, TextType) else ()
            found = [self._find_part(node, base, word).kind for word in words]
            return Seen(join_types(found or [one.kind for one in base.kind.facts.values()]))
        if isinstance(base.kind, ListType):
            self.need_there(node.node, base, "the entry")
            first = isinstance(key, nodes.Const | nodes.Neg)
            return Seen(base.kind.of, undefined=not (first and self.is_filled(node.node, base)))
        return Seen(base.kind if isinstance(base.kind, HiddenType) else AnyType())

    def is_filled(self, node: nodes.Node | None, seen: Seen) -> bool:
        """Whether a list has an entry: because it always has, or because a condition around it says so."""
        if isinstance(seen.kind, ListType) and seen.kind.filled:
            return True
        return node is not None and say_chain(node) in self.there

    def _call(self, node: nodes.Call) -> Seen:
        method = node.node if isinstance(node.node, nodes.Getattr) else None
        base = self.value(method.node) if method else None
        if method and base and not isinstance(base.kind, GroupType | AnyType | HiddenType | LeftOutType):
            called = Seen(YesNoType())
        else:
            called = self.value(node.node)
        given = [self.value(one) for one in (*node.args, *(pair.value for pair in node.kwargs))]
        if isinstance(called.kind, AskType):
            first = node.args[0] if node.args else None
            if isinstance(first, nodes.Const) and first.value not in called.kind.questions:
                near = find_nearest(str(first.value), called.kind.questions, 0.5)
                remedy = f"did you mean {near}?" if near else "add it to the card’s questions, with each"
                self.remark("T101", node, f"The card asks no question {first.value} about each item", remedy)
            elif len(given) != 2:
                self.remark("T110", node, "ask takes a question and the id of an item", "ask('question', person.id)")
            return Seen(ParagraphsType())
        if isinstance(node.node, nodes.Name) and node.node.name == "range" and "range" not in self.names:
            return Seen(ListType(NumberType()))
        if not isinstance(called.kind, AnyType | HiddenType) or not is_of_loop(node.node):
            says = f"{say_expression(node.node)} cannot be called"
            self.remark("T110", node, says, "facts have no methods: use a filter, such as | length")
        return Seen(AnyType())

    def _compare(self, node: nodes.Compare) -> Seen:
        left_node, left = node.expr, self.value(node.expr)
        for operand in node.ops:
            right = self.value(operand.expr)
            compare(self, operand.op, (left_node, left), (operand.expr, right))
            left_node, left = operand.expr, right
        return Seen(YesNoType())

    def _combine(self, node: nodes.And | nodes.Or | nodes.Not) -> Seen:
        if isinstance(node, nodes.Not):
            self.test(node.node)
            return Seen(YesNoType())
        left, decided = self.test(node.left), decide(self.facts, node.left)
        is_and = isinstance(node, nodes.And)
        if decided is (not is_and):
            return left
        known = find_there(node.left) if is_and else find_there_unless(node.left)
        with self.knowing(known):
            right = self.value(node.right)
        if is_and:
            kind = (
                right.kind
                if isinstance(left.kind, type(right.kind)) or not isinstance(left.kind, YesNoType)
                else YesNoType()
            )
            optional = left.optional or right.optional or not isinstance(left.kind, YesNoType)
            return Seen(kind, optional, undefined=right.undefined)
        return self._known(node, Seen(join_types([left.kind, right.kind]), right.optional, undefined=right.undefined))

    def _choose(self, node: nodes.CondExpr) -> Seen:
        self.test(node.test)
        decided, found = decide(self.facts, node.test), []
        if decided is not False:
            with self.knowing(find_there(node.test)):
                found.append(self.value(node.expr1))
        if decided is not True:
            with self.knowing(find_there_unless(node.test)):
                found.append(self.value(node.expr2) if node.expr2 else Seen(LeftOutType(), optional=True, absent=True))
        return Seen(
            join_types(one.kind for one in found),
            any(one.optional for one in found),
            absent=any(one.absent for one in found),
            undefined=any(one.undefined for one in found),
        )

    def _calculate(self, node: nodes.BinExpr | nodes.UnaryExpr) -> Seen:
        sides = [node.node] if isinstance(node, nodes.UnaryExpr) else [node.left, node.right]
        found = [self.value(one) for one in sides]
        for one, seen in zip(sides, found, strict=True):
            self.need_there(one, seen, "counting with it")
        kinds = [seen.kind for seen in found]
        if any(isinstance(kind, AnyType | HiddenType | LeftOutType) for kind in kinds):
            return Seen(AnyType())
        if all(isinstance(kind, NumberType) for kind in kinds):
            return Seen(NumberType())
        if isinstance(node, nodes.Add) and (all(isinstance(kind, TextType) for kind in kinds)):
            return Seen(TextType())
        if isinstance(node, nodes.Add) and all(isinstance(kind, ListType) for kind in kinds):
            return Seen(join_types(kinds))
        if any(isinstance(kind, DateType | MomentType) for kind in kinds):
            self.remark("T107", node, "A date is counted with as if it were a number", "compare dates, or print them")
        else:
            said = " and ".join(kind.says for kind in kinds)
            self.remark("T105", node, f"Numbers alone can be counted with, and here stands {said}", "join text with ~")
        return Seen(AnyType())

    def check_text(self, node: nodes.Node, seen: Seen, what: str) -> None:
        """Remark on what makes no text: lists, groups, yes or no; and on what would print as None."""
        said, kind = say_expression(node), seen.kind
        if isinstance(kind, ListType | GroupType):
            says = f"{said} is {say_one(kind)}, and {what} needs text"
            way = (
                f"{said} | listed"
                if isinstance(kind, ListType) and isinstance(kind.of, TextType)
                else "name the part of it"
            )
            self.remark("T102", node, says, way)
        elif isinstance(kind, YesNoType):
            self.remark(
                "T106", node, f"{said} is yes or no, and {what} needs text", f"write {{% if {said} %}} … {{% endif %}}"
            )
        else:
            self.need_there(node, seen, what)


def is_of_loop(node: nodes.Node) -> bool:
    """Whether an expression asks something of the loop it stands in, such as loop.last."""
    return isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name == "loop"


def _kind_of_constant(value: Any) -> FactType:
    if isinstance(value, bool):
        return YesNoType()
    if isinstance(value, int | float):
        return NumberType()
    return TextType((value,)) if isinstance(value, str) else LeftOutType()
