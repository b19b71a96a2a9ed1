"""A whole template or card text read tag by tag: loops, conditions, names that are set, and what is printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from jinja2 import nodes

from generator.papers.facts.types import (
    AnyType,
    AskType,
    DateType,
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
from generator.papers.lint.deciding import decide
from generator.papers.lint.guards import find_there, find_there_unless
from generator.papers.lint.kinds import KindReader
from generator.papers.lint.remarks import Remark, Seen, say_expression

_LOOP = {
    **dict.fromkeys(("index", "index0", "revindex", "revindex0", "length", "depth", "depth0"), NumberType()),
    **dict.fromkeys(("first", "last"), YesNoType()),
    **dict.fromkeys(("previtem", "nextitem", "cycle", "changed"), AnyType()),
}


class TemplateReader(KindReader):
    """Reads the tree of a template, in all branches that a paper in this view may take."""

    def read(self, tree: nodes.Template) -> tuple[Remark, ...]:
        """Everything that is wrong in a template or an expression."""
        self._read_all(tree.body)
        return tuple(self.remarks)

    def _read_all(self, several: Iterable[nodes.Node | None]) -> None:
        for node in several:
            if node is not None:
                self._read(node)

    def _read(self, node: nodes.Node) -> None:
        match node:
            case nodes.Output():
                for one in node.nodes:
                    if not isinstance(one, nodes.TemplateData):
                        self._check_printed(one, self.value(one))
            case nodes.If():
                self._read_if(node)
            case nodes.For():
                self._read_for(node)
            case nodes.Assign():
                self._bind(node.target, self.value(node.node))
            case _:
                pass

    def _read_if(self, node: nodes.If) -> None:
        self.test(node.test)
        decided = decide(self.facts, node.test)
        before, after = dict(self.names), []
        if decided is not False:
            with self.knowing(find_there(node.test)):
                self._read_all(node.body)
            after.append(self.names)
        self.names = dict(before)
        if decided is not True:
            with self.knowing(find_there_unless(node.test)):
                rest = node.elif_[0] if node.elif_ else None
                if rest is None:
                    self._read_all(node.else_)
                else:
                    chained = nodes.If(rest.test, rest.body, node.elif_[1:], node.else_, lineno=rest.lineno)
                    self._read_if(chained)
            after.append(self.names)
        # A name that is set in one branch alone is not known after it.
        self.names = after[0] if len(after) == 1 else _join_names(*after)

    def _read_for(self, node: nodes.For) -> None:
        items = self.value(node.iter)
        entry = self._entry_of(node.iter, items)
        outside, there = dict(self.names), self.there
        self.names["loop"] = Seen(GroupType("loop", {name: TypedFact(name, kind) for name, kind in _LOOP.items()}))
        self._bind(node.target, entry)
        if node.test is not None:
            self.test(node.test)
        with self.knowing(find_there(node.test) if node.test is not None else frozenset()):
            self._read_all(node.body)
        self.names, self.there = outside, there
        self._read_all(node.else_)

    def _entry_of(self, node: nodes.Node, items: Seen) -> Seen:
        """What one turn of a loop is about."""
        kind = items.kind
        if isinstance(kind, ListType):
            self.need_there(node, items, "the loop")
            return Seen(kind.of)
        if isinstance(kind, GroupType) and kind.each is None and not isinstance(kind, HiddenType):
            self.remark("T102", node, f"A loop over {say_expression(node)}, which is one {kind.says} and no list")
        elif isinstance(kind, TextType | NumberType | YesNoType | DateType | MomentType | ParagraphsType):
            says = f"A loop over {say_expression(node)}, which is {kind.says} and no list"
            self.remark("T108", node, says, "print it, or take the list that holds it")
        elif isinstance(kind, LeftOutType):
            self.need_there(node, items, "the loop")
        return Seen(AnyType())

    def _bind(self, target: nodes.Node, seen: Seen) -> None:
        if isinstance(target, nodes.Name):
            self.names[target.name] = seen
            start = (f"{target.name}.", f"{target.name}[")
            self.there = frozenset(one for one in self.there if one != target.name and not one.startswith(start))
        elif isinstance(target, nodes.Tuple):
            for place, name in enumerate(target.items):
                fact = seen.kind.find(str(place)) if isinstance(seen.kind, GroupType) else None
                of_list = seen.kind.of if isinstance(seen.kind, ListType) else AnyType()
                self._bind(name, Seen(fact.kind if fact else of_list))

    def _check_printed(self, node: nodes.Node, seen: Seen) -> None:
        said, kind = say_expression(node), seen.kind
        whole = node.lineno in self.whole
        if isinstance(kind, HiddenType | AnyType):
            return
        if seen.undefined:
            self.need_there(node, seen, "printing")
        elif seen.absent:
            self.remark("T103", node, "Nothing is said for where the condition does not hold", "add else '' to it")
        elif isinstance(kind, ParagraphsType):
            if not whole:
                remedy = f"write {{{{p {said} }}}}, alone in its paragraph"
                self.remark("T109", node, f"{said} makes paragraphs, and stands in a line of text", remedy)
        elif whole:
            self.remark(
                "T109", node, f"{{{{p … }}}} is for paragraphs, and {said} is {kind.says}", f"write {{{{ {said} }}}}"
            )
        elif isinstance(kind, LeftOutType) and not seen.literal:
            self.remark("T103", node, f"{said} is always empty in papers for this reader", "take it out")
        elif isinstance(kind, ListType | GroupType | YesNoType | AskType):
            self.check_text(
                node, replace(seen, kind=kind if not isinstance(kind, AskType) else YesNoType()), "printing"
            )


def _join_names(one: Mapping[str, Seen], other: Mapping[str, Seen]) -> dict[str, Seen]:
    return {name: _join(one.get(name), other.get(name)) for name in dict.fromkeys((*one, *other))}


def _join(one: Seen | None, other: Seen | None) -> Seen:
    if one is None or other is None:
        return Seen(AnyType())
    return one if one is other else Seen(join_types([one.kind, other.kind]), one.optional or other.optional)
