"""Which kind of fact each audience may see, and the case as one reader sees it."""

from __future__ import annotations

import datetime as dt
import typing
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, NoReturn

from generator.base.dates import speak
from generator.base.errors import UnsafeToDiscloseError
from generator.case.facts import Disclosure, Facts
from generator.case.words import PlacementType, say_words


class Audience(StrEnum):
    """For whom a paper is made. Every paper has exactly one."""

    COURT = "court"
    PARENT = "parent"
    PROFESSIONALS = "professionals"
    INTERNAL = "internal"
    PRIVILEGED = "privileged"
    MATCHING = "matching"


_AGENCY = frozenset({Audience.INTERNAL, Audience.PRIVILEGED})
_WORKERS = _AGENCY | {Audience.PROFESSIONALS}
_COURT = _WORKERS | {Audience.COURT}

AUDIENCES: dict[Disclosure, frozenset[Audience]] = {
    Disclosure.OPEN: frozenset(Audience),
    Disclosure.CHILD: frozenset(Audience),
    Disclosure.PERSON: _COURT,
    Disclosure.HEALTH: _COURT | {Audience.MATCHING},
    Disclosure.CARER: _WORKERS,
    Disclosure.SIBLING: _COURT,
    Disclosure.PLANNING: _COURT,
    Disclosure.EVIDENCE: _COURT | {Audience.MATCHING},
    Disclosure.OUTCOME: _COURT | {Audience.PARENT},
    Disclosure.ADVICE: frozenset({Audience.PRIVILEGED}),
    Disclosure.PRIVATE: _AGENCY,
    Disclosure.WORKING: _AGENCY,
}
"""The allow-list: a kind of fact is visible to these audiences and to nobody else.

A parent also sees what is kept about themselves (`Lens.sees`). What an adopted brother or sister's family is, is
hidden from the court as well (court form A50), which `context` decides because it depends on the person.
"""

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

CARER_WORDS = "Local Authority foster carer"
"""What a reader who may not know the carer reads in place of the name."""
WITHHELD_ADDRESS = "Address kept confidential"


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


@dataclass(frozen=True, slots=True)
class Lens:
    """One reader's view of the case: turns models into plain facts and leaves out what this reader may not see.

    `reader` is the id of the parent that a parent's paper is for. `filed` is true for a parent's paper that is made
    again for the bundle: other parties read it there, so that even the parent's own confidential address is left out.
    """

    audience: Audience
    reader: str | None = None
    filed: bool = False

    def sees(self, kind: Disclosure, *, owner: str | None = None) -> bool:
        """Whether a fact of this kind, kept about the person `owner` where it is about one, may be shown."""
        if self.audience is Audience.PARENT and kind is Disclosure.PERSON:
            return owner is not None and owner == self.reader
        return self.audience in AUDIENCES[kind]

    def facts(self, model: Facts, *, owner: str | None = None) -> dict[str, Any]:
        """All facts of a model as plain dicts, lists and values.

        A word of a fixed vocabulary comes twice: in plain words, and as its code under the name with `_code` added
        (`_codes` for a list of words). Both are there, and empty, where nothing is written. A fact that may not be seen
        is `Withheld`, but for what tells of a carer, which is left out as if unwritten, so that papers can print the
        neutral words.
        """
        plain: dict[str, Any] = {}
        own = owner is not None and owner == self.reader
        for name, kind, visible, code in _fields(type(model), self.audience, own):
            value = getattr(model, name)
            if not visible:
                plain[name] = None if kind is Disclosure.CARER else Withheld(name, self.audience)
                if code:
                    plain[code] = plain[name]
                continue
            plain[name] = value if type(value) in _AS_THEY_ARE else self._plain(value, owner)
            if code:
                plain[code] = [word.value for word in value] if isinstance(value, tuple) else value and value.value
        return plain

    def _plain(self, value: Any, owner: str | None) -> Any:
        if isinstance(value, Facts):
            return self.facts(value, owner=owner)
        if isinstance(value, tuple):
            return [self._plain(item, owner) for item in value]
        if isinstance(value, StrEnum):
            return say_words(value.value)
        if isinstance(value, dt.date):
            return speak(value)
        return value


_AS_THEY_ARE = frozenset({str, int, bool, type(None)})


@cache
def _fields(model: type[Facts], audience: Audience, own: bool) -> tuple[tuple[str, Disclosure, bool, str | None], ...]:
    """Each field of a model with its kind, whether this audience sees it, and the name under which its code stands.

    `own` is for a parent's own facts. Only words of a fixed vocabulary have a code.
    """
    lens = Lens(audience, "own")
    owner = "own" if own else None
    # An id is only a handle for lists; papers cannot be told apart without it, and it is not printed.
    return tuple(
        (name, kind, name == "id" or lens.sees(kind, owner=owner), _name_code(name, info.annotation))
        for name, info in model.model_fields.items()
        for kind in (kind_of(model, name),)
    )


def _name_code(name: str, annotation: Any) -> str | None:
    """The name of the code beside a word of a fixed vocabulary, alone or in a list; None for every other fact."""
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return f"{name}_code"
    arms = typing.get_args(annotation)
    if any(isinstance(arm, type) and issubclass(arm, StrEnum) for arm in arms):
        return f"{name}_codes" if typing.get_origin(annotation) is tuple else f"{name}_code"
    return None


def kind_of(model: type[Facts], name: str) -> Disclosure:
    """The disclosure kind that a field was declared with. Raises KeyError for a field declared without one."""
    extra = model.model_fields[name].json_schema_extra
    if not isinstance(extra, dict):
        raise KeyError(f"{model.__name__}.{name} has no disclosure kind")
    return Disclosure(str(extra["seen_as"]))


_FOSTER_KINDS = frozenset(
    {
        PlacementType.FOSTER_CARE,
        PlacementType.AGENCY_FOSTER_CARE,
        PlacementType.CONNECTED_FOSTER_CARE,
        PlacementType.EARLY_PERMANENCE,
        PlacementType.LONG_TERM_FOSTER_CARE,
    }
)


def neutral_carer(kind: PlacementType) -> str | None:
    """The neutral words for with whom a child lives; None where the kind of home already says what may be said."""
    return CARER_WORDS if kind in _FOSTER_KINDS else None
