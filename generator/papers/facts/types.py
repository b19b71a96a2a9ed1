"""The types of facts that a template can meet: text, words of a list, dates, lists, groups of facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from generator.case.facts import Disclosure


@dataclass(frozen=True, slots=True)
class FactType:
    """What a fact is. `says` is what people call it."""

    @property
    def says(self) -> str:
        """The type in plain words."""
        return _SAID[type(self)]


@dataclass(frozen=True, slots=True)
class TextType(FactType):
    """Text; with `words`, one word of a fixed list. `prose` may have paragraphs and marks for bold words and lists."""

    words: tuple[str, ...] = ()
    prose: bool = False

    @property
    def says(self) -> str:
        """The type in plain words."""
        return "one word of a list" if self.words else "paragraphs" if self.prose else "text"


@dataclass(frozen=True, slots=True)
class NumberType(FactType):
    """A whole number."""


@dataclass(frozen=True, slots=True)
class YesNoType(FactType):
    """Yes or no."""


@dataclass(frozen=True, slots=True)
class DateType(FactType):
    """A day."""


@dataclass(frozen=True, slots=True)
class MomentType(FactType):
    """A day with its time."""


@dataclass(frozen=True, slots=True)
class ParagraphsType(FactType):
    """Finished paragraphs, which a tag with `{{p` alone can print."""


@dataclass(frozen=True, slots=True)
class PictureType(FactType):
    """A picture."""


@dataclass(frozen=True, slots=True)
class AskType(FactType):
    """The function that gives the answer to a question about one item. `questions` are those that a card asks so."""

    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOutType(FactType):
    """What nobody may read here and is left out as if it were unwritten."""


@dataclass(frozen=True, slots=True)
class HiddenType(FactType):
    """A fact that this reader may not see: any use of it stops the paper."""


@dataclass(frozen=True, slots=True)
class AnyType(FactType):
    """What cannot be told without a case."""


@dataclass(frozen=True, slots=True)
class ListType(FactType):
    """A list of entries of one kind. `filled` where it always has one, `gaps` where an entry may be nothing."""

    of: FactType = field(default_factory=AnyType)
    filled: bool = False
    gaps: bool = False

    @property
    def says(self) -> str:
        """The type in plain words."""
        return f"list of {_PLURAL.get(self.of.says, self.of.says)}"


@dataclass(frozen=True, slots=True)
class GroupType(FactType):
    """A group of facts. With `each`, its keys are not fixed: every key leads to a fact of this one."""

    name: str
    facts: Mapping[str, TypedFact] = field(default_factory=dict, compare=False)
    each: TypedFact | None = field(default=None, compare=False)

    @property
    def says(self) -> str:
        """The type in plain words."""
        return self.name

    def find(self, key: str) -> TypedFact | None:
        """The fact under a key; None where there is none."""
        return self.facts.get(key) or self.each

    def with_facts(self, *facts: TypedFact) -> GroupType:
        """The same group with more facts, or others in the place of those of the same name."""
        return replace(self, facts={**self.facts, **{one.name: one for one in facts}})


@dataclass(frozen=True, slots=True)
class TypedFact:
    """One fact under its name: what it means, and whether it may be unwritten.

    `example` is a value as it prints, `meets` the requirement that asks for it, `source` where in the case file it
    comes from (empty for what is worked out), `seen_as` its kind for disclosure. `lacking` where the name itself may
    not be there, so that only `is defined` may ask for it.
    """

    name: str
    kind: FactType
    label: str = ""
    example: str = ""
    optional: bool = False
    lacking: bool = False
    meets: str = ""
    source: str = ""
    seen_as: Disclosure | None = None


_SAID: dict[type[FactType], str] = {
    NumberType: "number",
    YesNoType: "yes or no",
    DateType: "date",
    MomentType: "date and time",
    ParagraphsType: "finished paragraphs",
    PictureType: "picture",
    AskType: "question",
    LeftOutType: "left out for this reader",
    HiddenType: "kept from this reader",
    AnyType: "anything",
}
_PLURAL = {"date": "dates", "number": "numbers", "one word of a list": "words of a list", "group of facts": "groups"}


def join_types(types: Iterable[FactType]) -> FactType:
    """The type of what may be any of several: hidden where one of them is."""
    found: FactType | None = None
    for kind in types:
        found = kind if found is None else _join(found, kind)
    return found or AnyType()


def _join(one: FactType, other: FactType) -> FactType:
    if one is other:
        return one
    for kind, rest in ((one, other), (other, one)):
        if isinstance(kind, HiddenType) or (
            isinstance(rest, LeftOutType | AnyType) and not isinstance(kind, LeftOutType)
        ):
            return kind
    if isinstance(one, GroupType) and isinstance(other, GroupType):
        return _join_records(one, other)
    if isinstance(one, ListType) and isinstance(other, ListType):
        return ListType(_join(one.of, other.of), one.filled and other.filled)
    if isinstance(one, TextType) and isinstance(other, TextType):
        fixed = bool(one.words and other.words)
        return TextType(tuple(dict.fromkeys(one.words + other.words)) if fixed else (), one.prose or other.prose)
    return one if type(one) is type(other) else AnyType()


def _join_records(one: GroupType, other: GroupType) -> GroupType:
    facts = {**one.facts, **other.facts}
    for name in one.facts.keys() & other.facts.keys():
        first, second = one.facts[name], other.facts[name]
        facts[name] = replace(first, kind=_join(first.kind, second.kind), optional=first.optional or second.optional)
    return replace(one, facts=facts, each=one.each or other.each)
