"""The kinds of facts that a template can meet: text, words of a list, dates, lists, groups of facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from generator.case.facts import Disclosure
from generator.disclosure.lens import Audience


@dataclass(frozen=True, slots=True)
class Kind:
    """What a fact is. `says` is how people call it."""

    @property
    def says(self) -> str:
        """The kind in plain words."""
        return _SAID[type(self)]


@dataclass(frozen=True, slots=True)
class Text(Kind):
    """Text; with `words`, one word of a fixed list. `prose` may have paragraphs and marks for bold words and lists."""

    words: tuple[str, ...] = ()
    prose: bool = False

    @property
    def says(self) -> str:
        """The kind in plain words."""
        return "one word of a list" if self.words else "paragraphs" if self.prose else "text"


@dataclass(frozen=True, slots=True)
class Number(Kind):
    """A whole number."""


@dataclass(frozen=True, slots=True)
class YesNo(Kind):
    """Yes or no."""


@dataclass(frozen=True, slots=True)
class Date(Kind):
    """A day."""


@dataclass(frozen=True, slots=True)
class Moment(Kind):
    """A day with its time."""


@dataclass(frozen=True, slots=True)
class Paragraphs(Kind):
    """Finished paragraphs, which a tag with `{{p` alone can print."""


@dataclass(frozen=True, slots=True)
class Picture(Kind):
    """A picture."""


@dataclass(frozen=True, slots=True)
class Ask(Kind):
    """The function that gives the answer to a question about one item. `questions` are those that a card asks so."""

    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Nothing(Kind):
    """What nobody may read here and is left out as if it were unwritten."""


@dataclass(frozen=True, slots=True)
class Hidden(Kind):
    """A fact that this reader may not see: any use of it stops the paper."""


@dataclass(frozen=True, slots=True)
class Unknown(Kind):
    """What cannot be told without a case."""


@dataclass(frozen=True, slots=True)
class ListOf(Kind):
    """A list of entries of one kind. `filled` where it always has one, `gaps` where an entry may be nothing."""

    of: Kind = field(default_factory=Unknown)
    filled: bool = False
    gaps: bool = False

    @property
    def says(self) -> str:
        """The kind in plain words."""
        return f"list of {_PLURAL.get(self.of.says, self.of.says)}"


@dataclass(frozen=True, slots=True)
class Record(Kind):
    """A group of facts. With `each`, its keys are not fixed: every key leads to a fact of this one."""

    name: str
    facts: Mapping[str, Fact] = field(default_factory=dict, compare=False)
    each: Fact | None = field(default=None, compare=False)

    @property
    def says(self) -> str:
        """The kind in plain words."""
        return self.name

    def find(self, key: str) -> Fact | None:
        """The fact under a key; None where there is none."""
        return self.facts.get(key) or self.each

    def with_facts(self, *facts: Fact) -> Record:
        """The same group with more facts, or others in the place of those of the same name."""
        return replace(self, facts={**self.facts, **{one.name: one for one in facts}})


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact under its name: what it means, and whether it may be unwritten.

    `example` is a value as it prints, `meets` the requirement that asks for it, `source` where in the case file it
    comes from (empty for what is worked out), `seen_as` its kind for disclosure, `readers` those who see it. `lacking`
    where the name itself may not be there, so that only `is defined` may ask for it.
    """

    name: str
    kind: Kind
    label: str = ""
    example: str = ""
    optional: bool = False
    lacking: bool = False
    meets: str = ""
    source: str = ""
    seen_as: Disclosure | None = None
    readers: frozenset[Audience] = frozenset(Audience)


_SAID: dict[type[Kind], str] = {
    Number: "number",
    YesNo: "yes or no",
    Date: "date",
    Moment: "date and time",
    Paragraphs: "finished paragraphs",
    Picture: "picture",
    Ask: "question",
    Nothing: "left out for this reader",
    Hidden: "kept from this reader",
    Unknown: "anything",
}
_PLURAL = {"date": "dates", "number": "numbers", "one word of a list": "words of a list", "group of facts": "groups"}
