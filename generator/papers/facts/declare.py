"""How a worked-out fact is declared: once, with its type, meaning, example, readers and the function that finds it.

A group of facts is a class. The facts that are written in the case file come from its model; each worked-out fact is a
method under `@shown`, whose return type is the type of the fact:

    class ReviewFacts(ShownOf[Review], says="review", model=Review, source="reviews", seen_as=Disclosure.OPEN):
        @shown("When it was held, else when it is booked", example="12 August 2026")
        def day(self) -> dt.date | None:
            return self.written.held_on or self.written.booked_for

A template reads `review.day`. The field dictionary and the types that the checker of templates knows are made from the
same class by `describe`.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, Final, Generic, TypeVar

from generator.case.facts import Disclosure, Facts
from generator.case.words import describe_word
from generator.disclosure.lens import list_names, name_code
from generator.papers.facts.view import PaperShape, ReaderView

_Find = TypeVar("_Find", bound=Callable[[Any], Any])
_Model = TypeVar("_Model", bound=Facts)
_MARK = "_declared_as"


class _Refused:
    """Says that any use of a fact stops the paper of a reader who may not see it."""


REFUSED: Final = _Refused()


@dataclass(frozen=True, slots=True)
class DeclaredNames:
    """The names that procedures declare: events that every procedure knows, and roles that some do."""

    events: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    roles_of_all: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Keyed:
    """What the facts of a `dict` are called: the group, and each entry.

    `names` gives the keys that are known, each with whether it may be lacking; without any, every key may be right.
    """

    says: str
    label: str
    example: str = ""
    names: Callable[[DeclaredNames], Mapping[str, bool]] = lambda _: {}


@dataclass(frozen=True, slots=True)
class ShownFact:
    """The declaration of one worked-out fact.

    `find` works it out, `seen_as` says who may see it, and `unseen` what others find in its place. It stands only in
    papers about the unit `given`, whose card `needs` it; in those of which `there` is true, it is never nothing, or a
    list that is never empty. `words` are all that a text can be. `about_reader` where what a parent finds here is kept
    about themselves. Without a label it is said as the model says it.
    """

    name: str
    find: Callable[..., Any]
    label: str
    example: str
    seen_as: Disclosure | None
    meets: str
    unseen: Any
    words: tuple[str, ...]
    keyed: Keyed | None
    given: str
    needs: str
    there: Callable[[PaperShape], bool]
    about_reader: bool

    @property
    def method(self) -> str:
        """The name of its function, which is its own unless that is a word of Python's."""
        return self.find.__name__

    @property
    def returns(self) -> Any:
        """The return type of its function."""
        return typing.get_type_hints(self.find, include_extras=True)["return"]

    def stands_in(self, paper: PaperShape) -> bool:
        """Whether every paper of this shape has it."""
        return (not self.given or self.given in paper.units) and (not self.needs or self.needs in paper.needs)

    def may_stand_in(self, paper: PaperShape) -> bool:
        """Whether some papers of this shape have it."""
        return self.stands_in(replace(paper, units=paper.units | paper.maybe))


def shown(
    label: str = "",
    *,
    name: str = "",
    example: str = "",
    seen_as: Disclosure | None = None,
    meets: str = "",
    unseen: Any = REFUSED,
    words: tuple[str, ...] = (),
    keyed: Keyed | None = None,
    given: str = "",
    needs: str = "",
    there: Callable[[PaperShape], bool] | bool = False,
    about_reader: bool = False,
) -> Callable[[_Find], _Find]:
    """Declare a worked-out fact of a group: see `ShownFact`. Without `seen_as` it is of the kind of its group."""
    where = there if callable(there) else lambda _: bool(there)

    def declare(find: _Find) -> _Find:
        declared = ShownFact(
            name or find.__name__,
            find,
            label,
            example,
            seen_as,
            meets,
            unseen,
            words,
            keyed,
            given,
            needs,
            where,
            about_reader,
        )
        setattr(find, _MARK, declared)
        return find

    return declare


@dataclass(frozen=True, slots=True)
class _Name:
    """A name in a group: of a declared fact, or of a written one. `is_code` for the code beside a declared word."""

    declared: ShownFact | None
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """The declaration of a group of facts.

    `says` is what people call it, `model` and `source` where it is written in the case file, `seen_as` the kind of its
    worked-out facts that name no other. `written_as` is the kind of its written facts where that is not what the model
    says: in papers, more readers may know it than where it stands in the case file.
    """

    says: str
    seen_as: Disclosure
    model: type[Facts] | None = None
    source: str = ""
    written_as: Disclosure | None = None
    facts: Mapping[str, ShownFact] = field(default_factory=dict)


class Shown(Mapping[str, Any]):
    """A group of facts as one reader sees it.

    Each fact is worked out when it is asked for. This is the one place where disclosure is applied to them.
    """

    declared: ClassVar[ShownGroup] = ShownGroup("", Disclosure.OPEN)

    def __init_subclass__(
        cls,
        *,
        says: str = "",
        seen_as: Disclosure | None = None,
        model: type[Facts] | None = None,
        source: str = "",
        written_as: Disclosure | None = None,
    ) -> None:
        """Gather the declarations of a group, those of the group that it extends first."""
        super().__init_subclass__()
        base = cls.declared
        kind = seen_as or base.seen_as
        own = [getattr(one, _MARK) for one in vars(cls).values() if hasattr(one, _MARK)]
        facts = {**base.facts, **{one.name: replace(one, seen_as=one.seen_as or kind) for one in own}}
        written = model or base.model, source or base.source, written_as or base.written_as
        cls.declared = ShownGroup(says or base.says, kind, *written, facts)

    def __init__(self, view: ReaderView) -> None:
        self.view = view
        self._found: dict[str, Any] = {}

    __eq__ = object.__eq__
    __hash__ = object.__hash__

    @property
    def kept_about(self) -> str | None:
        """The id of the person about whom these facts are kept, where they are about one."""
        return None

    def __getitem__(self, name: str) -> Any:
        if name not in self._found:
            self._found[name] = self._show(name)
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return (name for name in _list_names(type(self)) if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, name: object) -> bool:
        found = _list_names(type(self)).get(str(name))
        return found is not None and (found.declared is None or found.declared.stands_in(self.view.paper))

    def _show(self, name: str) -> Any:
        if name not in self:
            raise KeyError(name)
        lens, found = self.view.lens, _list_names(type(self))[name]
        if found.declared is None:
            return self._show_written(name)
        kind = found.declared.seen_as or self.declared.seen_as
        if not lens.sees(kind, owner=self.kept_about):
            return lens.withhold(name, kind) if found.declared.unseen is REFUSED else found.declared.unseen
        value = getattr(self, found.declared.method)()
        return _code_of(value) if found.is_code else lens.show(value, owner=self.kept_about)

    def _show_written(self, name: str) -> Any:
        raise KeyError(name)


class ShownOf(Shown, Generic[_Model]):
    """A group that is written in the case file, with what is worked out beside it, or shown in its place."""

    def __init__(self, view: ReaderView, written: _Model) -> None:
        super().__init__(view)
        self.written = written

    def _show_written(self, name: str) -> Any:
        return self.view.lens.fact(self.written, name, owner=self.kept_about, seen_as=self.declared.written_as)


def _code_of(value: Any) -> Any:
    return [one.value for one in value] if isinstance(value, list | tuple) else value and value.value


@cache
def _list_names(group: type[Shown]) -> dict[str, _Name]:
    """Every name under which a fact of a group is shown, the written ones first."""
    names = {name: _Name(None) for name in (list_names(group.declared.model) if group.declared.model else ())}
    for name, declared in group.declared.facts.items():
        names[name] = _Name(declared)
        if code := name_code(name, declared.returns):
            names[code] = _Name(declared, is_code=True)
    return names


def words_of(*vocabularies: type[StrEnum]) -> tuple[str, ...]:
    """Any of the words of some vocabularies, in plain words."""
    return tuple(dict.fromkeys(describe_word(one.value) for words in vocabularies for one in words))
