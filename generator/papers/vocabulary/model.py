"""Facts that stand in the case file as they are: their kinds, told from the model, as one reader sees them."""

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

from generator.base.dates import read_date, read_moment, say_date, say_moment
from generator.case.facts import Disclosure, Facts
from generator.case.words import say_words
from generator.disclosure.lens import AUDIENCES, Audience, Lens, kind_of
from generator.papers.vocabulary.kinds import (
    Date,
    Fact,
    Hidden,
    Kind,
    ListOf,
    Moment,
    Nothing,
    Number,
    Record,
    Text,
    YesNo,
)

_OWN = "own"


@dataclass(frozen=True, slots=True)
class Reader:
    """Through whose eyes facts are described; `own` where they are about this reader, a parent."""

    audience: Audience
    own: bool = False

    def sees(self, kind: Disclosure) -> bool:
        """Whether a fact of this kind may be shown to this reader."""
        return Lens(self.audience, _OWN).sees(kind, owner=_OWN if self.own else None)

    @property
    def is_parent(self) -> bool:
        """Whether the paper is for one parent."""
        return self.audience is Audience.PARENT

    def about_self(self) -> Reader:
        """The same reader, of facts that are kept about themselves."""
        return replace(self, own=True)


@cache
def record_of(model: type[Facts], name: str, reader: Reader, source: str) -> Record:
    """A group of facts as `Lens.facts` shows it. `source` is its place in the case file."""
    return Record(name, {fact.name: fact for fact in _list_facts(model, reader, source)})


def _list_facts(model: type[Facts], reader: Reader, source: str) -> Iterator[Fact]:
    for name, info in model.model_fields.items():
        seen_as = kind_of(model, name)
        place = f"{source}.{info.alias or name}" if source else info.alias or name
        kind, optional = _read_kind(info.annotation, info, reader, place)
        extra = info.json_schema_extra
        fact = Fact(
            name,
            kind,
            info.description or "",
            _say_example(info, kind),
            optional,
            meets=str(extra.get("meets", "")) if isinstance(extra, dict) else "",
            source=place,
            seen_as=seen_as,
            readers=readers_of(seen_as),
        )
        if name != "id" and not reader.sees(seen_as):
            # What tells of a carer is left out as if unwritten; anything else stops the paper.
            left_out = seen_as is Disclosure.CARER
            fact = replace(fact, kind=Nothing() if left_out else Hidden(), optional=left_out)
        yield fact
        yield from _codes(fact, info, kind)


def _codes(fact: Fact, info: FieldInfo, kind: Kind) -> Iterator[Fact]:
    """The code beside a word of a fixed list."""
    words = next((arm for arm in _arms(info.annotation) if isinstance(arm, type) and issubclass(arm, StrEnum)), None)
    if words is None:
        return
    several = isinstance(kind, ListOf)
    codes: Kind = Text(tuple(member.value for member in words))
    if isinstance(fact.kind, Hidden | Nothing):
        codes = fact.kind
    elif several:
        codes = ListOf(codes)
    label = f"The code of {fact.name}, for conditions" + (" (a list)" if several else "")
    example = str(info.examples[0]) if info.examples and isinstance(info.examples[0], str) else ""
    yield replace(
        fact, name=f"{fact.name}_{'codes' if several else 'code'}", kind=codes, label=label, example=example, meets=""
    )


def readers_of(seen_as: Disclosure) -> frozenset[Audience]:
    """The readers who see a kind of fact; a parent sees what is kept about themselves too."""
    return AUDIENCES[seen_as] | ({Audience.PARENT} if seen_as is Disclosure.PERSON else frozenset())


def _arms(annotation: Any) -> Iterator[Any]:
    if typing.get_origin(annotation) in (types.UnionType, typing.Union, tuple, typing.Annotated):
        for arm in typing.get_args(annotation):
            yield from _arms(arm)
    else:
        yield annotation


def _read_kind(annotation: Any, info: FieldInfo | None, reader: Reader, place: str) -> tuple[Kind, bool]:
    """The kind of a field, and whether it may be unwritten."""
    origin = typing.get_origin(annotation)
    if origin in (types.UnionType, typing.Union):
        arms = [arm for arm in typing.get_args(annotation) if arm is not type(None)]
        kinds = [_read_kind(arm, info, reader, place)[0] for arm in arms]
        return kinds[0], len(arms) < len(typing.get_args(annotation))
    if origin is tuple:
        return ListOf(_read_kind(typing.get_args(annotation)[0], None, reader, place)[0]), False
    if origin is typing.Annotated:
        inner = typing.get_args(annotation)
        kind = _read_kind(inner[0], None, reader, place)[0]
        return (Text(prose=True) if _is_prose(inner[1:]) else kind), False
    if origin is Literal:
        return Text(tuple(str(one) for one in typing.get_args(annotation))), False
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return record_of(typing.cast("type[Facts]", annotation), _name_of(annotation), reader, place), False
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return Text(tuple(say_words(member.value) for member in annotation)), False
    if info is not None and _is_prose(info.metadata):
        return Text(prose=True), False
    return _PLAIN[annotation], False


_PLAIN: dict[Any, Kind] = {str: Text(), int: Number(), bool: YesNo(), dt.date: Date(), dt.datetime: Moment()}


def _is_prose(metadata: typing.Iterable[Any]) -> bool:
    return any(
        isinstance(one, WithJsonSchema) and (one.json_schema or {}).get("x-kind") == "paragraphs" for one in metadata
    )


def _name_of(model: type[BaseModel]) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", " ", model.__name__).lower()


def _say_example(info: FieldInfo, kind: Kind) -> str:
    """The example of a field as papers print it; empty for a group."""
    example = info.examples[0] if info.examples else ""
    if isinstance(kind, ListOf):
        return ", ".join(str(one) for one in example) if isinstance(kind.of, Text) and isinstance(example, list) else ""
    if isinstance(kind, Text) and kind.words and example:
        return say_words(str(example))
    if isinstance(kind, Date):
        return say_date(read_date(str(example)))
    if isinstance(kind, Moment):
        return say_moment(read_moment(str(example)))
    return "" if isinstance(kind, Record) else str(example)
