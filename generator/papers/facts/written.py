"""The types of facts that are written in the case file, taken from its model, as one reader sees them."""

from __future__ import annotations

import datetime as dt
import re
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, WithJsonSchema
from pydantic.fields import FieldInfo

from generator.base.dates import format_date, format_moment, read_date, read_moment
from generator.case.audience import Audience
from generator.case.facts import Disclosure, Facts
from generator.case.words import describe_word
from generator.disclosure.lens import Lens, kind_of, name_code
from generator.papers.facts.types import (
    DateType,
    FactType,
    GroupType,
    HiddenType,
    LeftOutType,
    ListType,
    MomentType,
    NumberType,
    TextType,
    TypedFact,
    YesNoType,
)

_OWN = "own"


@dataclass(frozen=True, slots=True)
class SeenBy:
    """Through whose eyes facts are described; `own` where they are kept about this reader, who is of the family."""

    audience: Audience
    own: bool = False

    def sees(self, kind: Disclosure) -> bool:
        """Whether a fact of this kind may be shown to this reader."""
        return Lens(self.audience, _OWN).sees(kind, owner=_OWN if self.own else None)

    def about_self(self) -> SeenBy:
        """The same reader, of facts that are kept about themselves."""
        return replace(self, own=self.audience.is_family)


@cache
def describe_model(
    model: type[Facts], name: str, reader: SeenBy, source: str, seen_as: Disclosure | None = None
) -> GroupType:
    """A group of facts as `Lens.facts` shows it. `source` is its place in the case file, `seen_as` the kind of all."""
    return GroupType(name, {fact.name: fact for fact in _list_facts(model, reader, source, seen_as)})


def _list_facts(model: type[Facts], reader: SeenBy, source: str, of_all: Disclosure | None) -> Iterator[TypedFact]:
    for name, info in model.model_fields.items():
        seen_as = of_all or kind_of(model, name)
        place = f"{source}.{info.alias or name}" if source else info.alias or name
        kind, optional = read_type(info.annotation, info, reader, place)
        extra = info.json_schema_extra
        fact = TypedFact(
            name,
            kind,
            info.description or "",
            _say_example(info, kind),
            optional,
            meets=str(extra.get("meets", "")) if isinstance(extra, dict) else "",
            source=place,
            seen_as=seen_as,
        )
        if name != "id" and not reader.sees(seen_as):
            # What tells of a carer is left out as if unwritten; anything else stops the paper.
            left_out = seen_as is Disclosure.CARER
            fact = replace(fact, kind=LeftOutType() if left_out else HiddenType(), optional=left_out)
        yield fact
        yield from _codes(fact, info, kind)


def _codes(fact: TypedFact, info: FieldInfo, kind: FactType) -> Iterator[TypedFact]:
    """The code beside a word of a fixed list."""
    if name := name_code(fact.name, info.annotation):
        yield describe_code(fact, name, codes_of(info.annotation, several=isinstance(kind, ListType)))


def describe_code(fact: TypedFact, name: str, codes: ListType | TextType) -> TypedFact:
    """The fact beside a word, or a list of words, that holds their codes."""
    several = isinstance(codes, ListType)
    known = codes.of.words if isinstance(codes, ListType) and isinstance(codes.of, TextType) else ()
    known = codes.words if isinstance(codes, TextType) else known
    example = ", ".join(one for one in known if describe_word(one) in fact.example.split(", "))
    label = f"The code of {fact.name}, for conditions" + (" (a list)" if several else "")
    kind = fact.kind if isinstance(fact.kind, HiddenType | LeftOutType) else codes
    return replace(fact, name=name, kind=kind, label=label, example=example, meets="")


def codes_of(annotation: Any, *, several: bool) -> ListType | TextType:
    """The codes of the words that a fact can be."""
    words = next(arm for arm in _arms(annotation) if isinstance(arm, type) and issubclass(arm, StrEnum))
    codes = TextType(tuple(member.value for member in words))
    return ListType(codes) if several else codes


def _arms(annotation: Any) -> Iterator[Any]:
    if typing.get_origin(annotation) in (types.UnionType, typing.Union, tuple, list, typing.Annotated):
        for arm in typing.get_args(annotation):
            yield from _arms(arm)
    else:
        yield annotation


def read_type(annotation: Any, info: FieldInfo | None, reader: SeenBy, place: str = "") -> tuple[FactType, bool]:
    """The type of a field, and whether it may be unwritten."""
    origin = typing.get_origin(annotation)
    if origin in (types.UnionType, typing.Union):
        arms = [arm for arm in typing.get_args(annotation) if arm is not type(None)]
        kinds = [read_type(arm, info, reader, place)[0] for arm in arms]
        return kinds[0], len(arms) < len(typing.get_args(annotation))
    if origin in (tuple, list):
        return ListType(read_type(typing.get_args(annotation)[0], None, reader, place)[0]), False
    if origin is typing.Annotated:
        inner = typing.get_args(annotation)
        kind = read_type(inner[0], None, reader, place)[0]
        return (TextType(prose=True) if _is_prose(inner[1:]) else kind), False
    if origin is Literal:
        return TextType(tuple(str(one) for one in typing.get_args(annotation))), False
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return describe_model(typing.cast("type[Facts]", annotation), _name_of(annotation), reader, place), False
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return TextType(tuple(describe_word(member.value) for member in annotation)), False
    if info is not None and _is_prose(info.metadata):
        return TextType(prose=True), False
    return _PLAIN[annotation], False


_PLAIN: dict[Any, FactType] = {
    str: TextType(),
    int: NumberType(),
    bool: YesNoType(),
    dt.date: DateType(),
    dt.datetime: MomentType(),
}


def _is_prose(metadata: typing.Iterable[Any]) -> bool:
    return any(
        isinstance(one, WithJsonSchema) and (one.json_schema or {}).get("x-kind") == "paragraphs" for one in metadata
    )


def _name_of(model: type[BaseModel]) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", " ", model.__name__).lower()


def _say_example(info: FieldInfo, kind: FactType) -> str:
    """The example of a field as papers print it; empty for a group."""
    example = info.examples[0] if info.examples else ""
    if isinstance(kind, ListType):
        return (
            ", ".join(str(one) for one in example)
            if isinstance(kind.of, TextType) and isinstance(example, list)
            else ""
        )
    if isinstance(kind, TextType) and kind.words and example:
        return describe_word(str(example))
    if isinstance(kind, DateType):
        return format_date(read_date(str(example)))
    if isinstance(kind, MomentType):
        return format_moment(read_moment(str(example)))
    return "" if isinstance(kind, GroupType) else str(example)
