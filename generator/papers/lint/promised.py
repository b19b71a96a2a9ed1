"""What a card's condition promises its template: facts that are there, and procedures under which it is made at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jinja2 import TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError

from generator.papers.card import Card
from generator.papers.lint.guards import Chains, find_there, say_chain
from generator.rules.expressions.language import parse_source
from generator.rules.procedures.model import Procedure


def _read_condition(card: Card) -> nodes.Node | None:
    try:
        found = parse_source(f"{{% if {card.when} %}}{{% endif %}}").body[0]
    except (TemplateSyntaxError, SecurityError):
        return None
    return found.test if isinstance(found, nodes.If) else None


def find_promised(card: Card) -> Chains:
    """What is there in every paper of a card, because the paper is not made without it."""
    test = _read_condition(card)
    return find_there(test) if test is not None else frozenset()


def find_procedures(card: Card, procedures: Iterable[Procedure]) -> tuple[Procedure, ...]:
    """The procedures under which the paper may be made: those of its nation that its condition does not shut out."""
    test = _read_condition(card)
    needed = {name for part in _list_parts(test) if (name := _names_procedure(part))} if test is not None else set()
    return tuple(
        one for one in procedures if one.jurisdiction in card.jurisdictions and needed.issubset({*one.lineage})
    )


def _list_parts(test: nodes.Node) -> Iterator[nodes.Node]:
    """The parts of a condition that must all hold."""
    if isinstance(test, nodes.And):
        yield from _list_parts(test.left)
        yield from _list_parts(test.right)
    else:
        yield test


def _names_procedure(test: nodes.Node) -> str | None:
    """The procedure that a condition such as "england" in procedure.names asks for."""
    if not isinstance(test, nodes.Compare) or len(test.ops) != 1 or not isinstance(test.expr, nodes.Const):
        return None
    asked = test.ops[0]
    return str(test.expr.value) if asked.op == "in" and say_chain(asked.expr) == "procedure.names" else None
