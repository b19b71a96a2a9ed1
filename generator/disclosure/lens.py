"""The case as one reader sees it."""

from __future__ import annotations

import datetime as dt
import typing
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any, NoReturn

from generator.base.dates import speak
from generator.base.errors import UnsafeToDiscloseError
from generator.case.audience import Audience
from generator.case.facts import Disclosure, Facts
from generator.case.words import describe_word

WHY: dict[Disclosure, str] = {
    Disclosure.CHILD: "about another child: each paper is about one child's family at a time",
    Disclosure.PERSON: "about somebody else: each parent's facts are kept from the other (UK GDPR article 5)",
    Disclosure.HEALTH: "health detail, which only those who need it read (AAR 2005 Schedule 1 Part 4)",
    Disclosure.CARER: "who cares for the child or will adopt, and where (for adopters: FPR 2010 r 14.2)",
    Disclosure.SIBLING: "about a brother's or sister's adoptive family (court form A50)",
    Disclosure.PLANNING: "what professionals discuss and plan; parents get the outcome in words meant for them",
    Disclosure.EVIDENCE: "written for the court; parents read it in the proceedings, not in letters",
    Disclosure.OUTCOME: "decided about the birth family, which adopters are told by the agency",
    Disclosure.ADVICE: "legal advice: privileged",
    Disclosure.PRIVATE: "private numbers and addresses, informants, reasons not to tell (FPR 2010 r 29.1)",
    Disclosure.WORKING: "how the file is kept: ids, file names, how letters are delivered",
}
"""Why a kind of fact is kept from those who may not see it."""


class Withheld:
    """Stands where a fact is that this audience may not see. Any use of it is an error that names fact and audience."""

    __slots__ = ("_audience", "_field")

    def __init__(self, field: str, audience: Audience) -> None:
        self._field = field
        self._audience = audience

    def _refuse(self) -> NoReturn:
        raise UnsafeToDiscloseError(
            f"The template asks for {self._field}, which a reader in the audience {self._audience.value} may not see"
        )

    def __getattr__(self, name: str) -> NoReturn:
        self._refuse()

    def __getitem__(self, name: object) -> NoReturn:
        self._refuse()

    def __str__(self) -> NoReturn:
        self._refuse()

    def __bool__(self) -> NoReturn:
        self._refuse()

    def __iter__(self) -> NoReturn:
        self._refuse()

    def __len__(self) -> NoReturn:
        self._refuse()

    def __eq__(self, other: object) -> NoReturn:
        self._refuse()

    __lt__ = __le__ = __gt__ = __ge__ = __eq__
    __int__ = __float__ = __len__

    def __hash__(self) -> int:
        return hash((self._field, self._audience))


def seen(value: Any) -> Any:
    """A fact, where its reader may see it; None where it is withheld."""
    return None if isinstance(value, Withheld) else value


@dataclass(frozen=True, slots=True)
class Lens:
    """One reader's view of the case: turns models into plain facts and leaves out what this reader may not see.

    `reader` is the id of the person that a person's paper is for. `filed` is true for a parent's paper that is made
    again for the bundle: other parties read it there, so that even the parent's own confidential address is left out.
    """

    audience: Audience
    reader: str | None = None
    filed: bool = False

    def sees(self, kind: Disclosure, *, owner: str | None = None) -> bool:
        """Whether a fact of this kind, kept about the person `owner` where it is about one, may be shown."""
        if self.is_family and kind is Disclosure.PERSON:
            return self.owns(owner)
        return kind in self.audience.sees

    def owns(self, owner: str | None) -> bool:
        """Whether what is kept about the person `owner` is about this reader."""
        return owner is not None and owner == self.reader

    @property
    def is_family(self) -> bool:
        """Whether this reader is one person of the family."""
        return self.audience.is_family

    @property
    def sees_plans(self) -> bool:
        """Whether this reader may know what professionals discuss and plan, and where they meet."""
        return self.sees(Disclosure.PLANNING)

    def in_bundle(self) -> Lens:
        """The view in which the same paper is filed: the court's, but a parent's letter keeps that parent's view."""
        return replace(self, filed=True) if self.is_family else AS_COURT

    def facts(self, model: Facts, *, owner: str | None = None) -> dict[str, Any]:
        """All facts of a model, by the names of `list_names`, each as `fact` shows it."""
        return {name: self.fact(model, name, owner=owner) for name in list_names(type(model))}

    def fact(self, model: Facts, name: str, *, owner: str | None = None, seen_as: Disclosure | None = None) -> Any:
        """One fact of a model as a plain dict, list or value; of the kind `seen_as` in the place of its own.

        A fact that may not be seen is `Withheld`, but for what tells of a carer, which is left out as if unwritten, so
        that papers can print the neutral words.
        """
        entry = _entries(type(model))[name]
        # An id is only a handle for lists; papers cannot be told apart without it, and it is not printed.
        kind = seen_as or entry.kind
        if entry.field != "id" and not self.sees(kind, owner=owner):
            return self.withhold(name, kind)
        value = getattr(model, entry.field)
        if entry.is_code:
            return [word.value for word in value] if isinstance(value, tuple) else value and value.value
        return value if type(value) in _AS_THEY_ARE else self.show(value, owner=owner)

    def withhold(self, name: str, kind: Disclosure) -> Withheld | None:
        """What stands in the place of a fact of this name that this reader may not see."""
        return None if kind is Disclosure.CARER else Withheld(name, self.audience)

    def show(self, value: Any, *, owner: str | None = None) -> Any:
        """A value as papers print it: models as `facts`, codes in words, dates as they are said."""
        if isinstance(value, Facts):
            return self.facts(value, owner=owner)
        if isinstance(value, tuple | list):
            return [self.show(item, owner=owner) for item in value]
        if isinstance(value, StrEnum):
            return describe_word(value.value)
        if isinstance(value, dt.date):
            return speak(value)
        return value


AS_COURT = Lens(Audience.COURT)
AS_PROFESSIONALS = Lens(Audience.PROFESSIONALS)
SEEING_ALL = Lens(Audience.PRIVILEGED)

_AS_THEY_ARE = frozenset({str, int, bool, type(None)})


@dataclass(frozen=True, slots=True)
class _Entry:
    """A name under which a field of a model is shown: its own, or that of the code beside a word."""

    field: str
    kind: Disclosure
    is_code: bool = False


def list_names(model: type[Facts]) -> Iterable[str]:
    """The names under which the facts of a model are shown.

    A word of a fixed vocabulary comes twice: in plain words, and as its code under the name with `_code` added
    (`_codes` for a list of words).
    """
    return _entries(model)


@cache
def _entries(model: type[Facts]) -> dict[str, _Entry]:
    entries: dict[str, _Entry] = {}
    for name, info in model.model_fields.items():
        kind = kind_of(model, name)
        entries[name] = _Entry(name, kind)
        if code := name_code(name, info.annotation):
            entries[code] = _Entry(name, kind, is_code=True)
    return entries


def name_code(name: str, annotation: Any) -> str | None:
    """The name of the code beside a word of a fixed vocabulary, alone or in a list; None for every other fact."""
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return f"{name}_code"
    arms = typing.get_args(annotation)
    if any(isinstance(arm, type) and issubclass(arm, StrEnum) for arm in arms):
        return f"{name}_codes" if typing.get_origin(annotation) in (tuple, list) else f"{name}_code"
    return None


def kind_of(model: type[Facts], name: str) -> Disclosure:
    """The disclosure kind that a field was declared with. Raises KeyError for a field declared without one."""
    extra = model.model_fields[name].json_schema_extra
    if not isinstance(extra, dict):
        raise KeyError(f"{model.__name__}.{name} has no disclosure kind")
    return Disclosure(str(extra["seen_as"]))
