"""The kinds of facts that are there: told from the facts of one paper, where no declaration is at hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from generator.disclosure.lens import Withheld
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
    Unknown,
)
from generator.papers.vocabulary.kinds import YesNo as Yes

_MOST_ENTRIES = 30
"""So many entries of a list are looked at: they are all of one kind."""


def observe(value: Any) -> Kind:
    """The kind of a value, with all that it holds. A text that is there is one word of a list of one."""
    if isinstance(value, Withheld):
        return Hidden()
    if isinstance(value, Mapping):
        facts = {str(key): Fact(str(key), observe(one), optional=one is None) for key, one in value.items()}
        return Record("group of facts", facts)
    if isinstance(value, list):
        return ListOf(join_kinds(observe(one) for one in value[:_MOST_ENTRIES]))
    if isinstance(value, tuple):
        facts = {str(place): Fact(str(place), observe(one)) for place, one in enumerate(value)}
        return Record("group of facts", facts)
    return next((kind for type_, kind in _KINDS if isinstance(value, type_)), _of_text(value))


_KINDS: tuple[tuple[type, Kind], ...] = (
    (bool, Yes()),
    (int, Number()),
    (dt.datetime, Moment()),
    (dt.date, Date()),
    (type(None), Nothing()),
)


def _of_text(value: Any) -> Kind:
    return Text((value,)) if isinstance(value, str) else Unknown()


def join_kinds(kinds: Iterable[Kind]) -> Kind:
    """The kind of what may be any of several: hidden where one of them is."""
    found: Kind | None = None
    for kind in kinds:
        found = kind if found is None else _join(found, kind)
    return found or Unknown()


def _join(one: Kind, other: Kind) -> Kind:
    if one is other:
        return one
    for kind, rest in ((one, other), (other, one)):
        if isinstance(kind, Hidden) or (isinstance(rest, Nothing | Unknown) and not isinstance(kind, Nothing)):
            return kind
    if isinstance(one, Record) and isinstance(other, Record):
        return _join_records(one, other)
    if isinstance(one, ListOf) and isinstance(other, ListOf):
        return ListOf(_join(one.of, other.of), one.filled and other.filled)
    if isinstance(one, Text) and isinstance(other, Text):
        fixed = bool(one.words and other.words)
        return Text(tuple(dict.fromkeys(one.words + other.words)) if fixed else (), one.prose or other.prose)
    return one if type(one) is type(other) else Unknown()


def _join_records(one: Record, other: Record) -> Record:
    facts = {**one.facts, **other.facts}
    for name in one.facts.keys() & other.facts.keys():
        first, second = one.facts[name], other.facts[name]
        facts[name] = replace(first, kind=_join(first.kind, second.kind), optional=first.optional or second.optional)
    return replace(one, facts=facts, each=one.each or other.each)
