"""The groups of shown facts as types: what the dictionary lists and the checker holds tags against."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from generator.case.facts import Disclosure
from generator.disclosure.lens import name_code
from generator.papers.facts.declare import REFUSED, DeclaredNames, Keyed, Shown, ShownFact
from generator.papers.facts.types import (
    FactType,
    GroupType,
    HiddenType,
    LeftOutType,
    ListType,
    TextType,
    TypedFact,
)
from generator.papers.facts.view import PaperShape
from generator.papers.facts.written import SeenBy, codes_of, describe_code, describe_model, read_type


@dataclass(frozen=True, slots=True)
class PaperKind:
    """Papers of one shape, for readers of one audience, under procedures that declare some names."""

    reader: SeenBy
    paper: PaperShape = field(default_factory=PaperShape)
    names: DeclaredNames = field(default_factory=DeclaredNames)


def describe_group(group: type[Shown], kind: PaperKind) -> GroupType:
    """A group with the type of each of its facts, as such papers have them."""
    # Most groups are the same in every paper, so that they are described once for each reader.
    return _describe(group, kind if _depends_on_paper(group) else PaperKind(kind.reader))


@cache
def _describe(group: type[Shown], kind: PaperKind) -> GroupType:
    about = group.declared
    written: Mapping[str, TypedFact] = {}
    if about.model:
        written = describe_model(about.model, about.says, kind.reader, about.source, about.written_as).facts
    facts = dict(written)
    for declared in about.facts.values():
        if declared.may_stand_in(kind.paper):
            for fact in _type_facts(declared, written.get(declared.name), kind):
                facts[fact.name] = fact
    return GroupType(about.says, facts)


def _type_facts(declared: ShownFact, written: TypedFact | None, kind: PaperKind) -> Iterator[TypedFact]:
    """A declared fact as such papers have it, and the code beside it."""
    reader = kind.reader.about_self() if declared.about_reader else kind.reader
    inner, optional = _type_of(declared.returns, declared, replace(kind, reader=reader))
    if declared.there(kind.paper):
        inner = replace(inner, filled=True) if isinstance(inner, ListType) else inner
        optional = False
    fact = TypedFact(
        declared.name,
        inner,
        declared.label or (written.label if written else ""),
        declared.example or (written.example if written and not declared.label else ""),
        optional,
        lacking=not declared.stands_in(kind.paper),
        meets=declared.meets or (written.meets if written else ""),
        source=written.source if written else "",
        seen_as=declared.seen_as,
    )
    fact = _withhold(fact, declared, reader)
    yield fact
    if name := name_code(declared.name, declared.returns):
        yield describe_code(fact, name, codes_of(declared.returns, several=isinstance(inner, ListType)))


def _withhold(fact: TypedFact, declared: ShownFact, reader: SeenBy) -> TypedFact:
    """The same fact as this reader finds it."""
    kind = declared.seen_as
    if kind is None or reader.sees(kind):
        return fact
    if declared.unseen is REFUSED and kind is not Disclosure.CARER:
        return replace(fact, kind=HiddenType())
    if kind is Disclosure.PERSON and reader.audience.is_family:
        # The person may be the reader, who sees it.
        return replace(fact, optional=True)
    return replace(fact, kind=LeftOutType(), optional=True)


def _type_of(annotation: Any, declared: ShownFact, kind: PaperKind) -> tuple[FactType, bool]:
    """The type of what a function returns, and whether it may be nothing."""
    origin, arms = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (types.UnionType, typing.Union):
        some = [arm for arm in arms if arm is not type(None)]
        return _type_of(some[0], declared, kind)[0], len(some) < len(arms)
    if annotation is type(None):
        return LeftOutType(), True
    if origin is list:
        return ListType(_type_of(arms[0], declared, kind)[0]), False
    if origin is dict and declared.keyed:
        return _type_keyed(declared.keyed, _type_of(arms[1], declared, kind), kind), False
    if isinstance(annotation, type) and issubclass(annotation, Shown):
        return describe_group(annotation, kind), False
    if isinstance(annotation, type) and issubclass(annotation, FactType):
        return annotation(), False
    found = read_type(annotation, None, kind.reader)
    return (TextType(declared.words), False) if declared.words else found


def _type_keyed(keyed: Keyed, entry: tuple[FactType, bool], kind: PaperKind) -> GroupType:
    inner, optional = entry
    names = keyed.names(kind.names)
    facts = {
        name: TypedFact(
            name, inner, keyed.label.format(name.replace("_", " ")), keyed.example, optional, lacking=may_lack
        )
        for name, may_lack in names.items()
    }
    return GroupType(keyed.says, facts, None if names else TypedFact("", inner, keyed.label, optional=optional))


@cache
def _depends_on_paper(group: type[Shown]) -> bool:
    """Whether a group, or one inside it, has other facts in other papers."""
    return any(
        one.given or one.needs or one.keyed or one.there(PaperShape()) is not one.there(_GUESTS)
        for one in group.declared.facts.values()
    ) or any(_depends_on_paper(inner) for one in group.declared.facts.values() for inner in _list_groups(one.returns))


_GUESTS = PaperShape(frozenset({"guest"}))


def _list_groups(annotation: Any) -> Iterator[type[Shown]]:
    if isinstance(annotation, type) and issubclass(annotation, Shown):
        yield annotation
    for arm in typing.get_args(annotation):
        yield from _list_groups(arm)
