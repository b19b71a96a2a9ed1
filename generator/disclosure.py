"""Who may see what: the one place that answers it."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any, NoReturn

from generator.case import Case, Disclosure, Facts, Person, say_words
from generator.case.words import PlacementType
from generator.dates import speak
from generator.errors import UnsafeToDiscloseError


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

        A word of a fixed vocabulary comes twice: in plain words, and as its code under the name with `_code` added. A
        fact that may not be seen is `Withheld`, but for what tells of a carer, which is left out as if unwritten, so
        that papers can print the neutral words.
        """
        plain: dict[str, Any] = {}
        own = owner is not None and owner == self.reader
        for name, kind, visible in _fields(type(model), self.audience, own):
            value = getattr(model, name)
            if not visible:
                plain[name] = None if kind is Disclosure.CARER else Withheld(name, self.audience)
            elif type(value) in _AS_THEY_ARE:
                plain[name] = value
            else:
                plain[name] = self._plain(value, owner)
                if isinstance(value, StrEnum):
                    plain[f"{name}_code"] = value.value
                elif isinstance(value, tuple) and value and isinstance(value[0], StrEnum):
                    plain[f"{name}_codes"] = [word.value for word in value]
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
def _fields(model: type[Facts], audience: Audience, own: bool) -> tuple[tuple[str, Disclosure, bool], ...]:
    """Each field of a model with its kind, and whether this audience sees it; `own` for a parent's own facts."""
    lens = Lens(audience, "own")
    owner = "own" if own else None
    # An id is only a handle for lists; papers cannot be told apart without it, and it is not printed.
    return tuple(
        (name, kind, name == "id" or lens.sees(kind, owner=owner))
        for name in model.model_fields
        for kind in (kind_of(model, name),)
    )


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


@dataclass(frozen=True, slots=True)
class Protected:
    """A value that must not stand in a paper, what it is, and where the case file holds it. Never printed.

    `written_at` are the free texts of the case file that say it as well: the usual way out.
    """

    value: str
    what: str
    path: str
    written_at: tuple[str, ...] = ()


def list_protected(case: Case, lens: Lens) -> tuple[Protected, ...]:
    """What may be in no paper for this reader, as far as it cannot be mistaken for anything else.

    For those who may not know carers: carers' and prospective adopters' full names, telephones and addresses, the
    names of nurseries and schools, and brothers' and sisters' adoptive names. For everybody outside the agency: the
    lines, postcode and private telephone of an address marked confidential, but for that person's own letters. Carers
    who are family in their own right are known to the family, and a value that is also somebody's whom this reader
    may know is left out: it would stop every paper.
    """
    found: list[Protected] = []
    if not lens.sees(Disclosure.CARER):
        found += [*_carers_values(case), *_settings_values(case), *_adoptive_names(case)]
    if not lens.sees(Disclosure.PRIVATE):
        own = None if lens.filed else lens.reader
        found += [one for person, one in _confidential_values(case) if person != own]
    known = {fold_text(value) for value in _known_values(case)}
    texts = [(path, fold_text(text)) for path, text in _list_texts(case, "")]
    folded = ((one, fold_text(one.value)) for one in found)
    return tuple(
        replace(one, written_at=tuple(path for path, text in texts if value in text and path != one.path))
        for one, value in folded
        if value not in known
    )


def _confidential_values(case: Case) -> Iterator[tuple[str, Protected]]:
    for number, person in enumerate(case.people):
        if person.address and person.address.confidential:
            for one in _address_values(person, f"people[{number}].address", "an address kept confidential"):
                yield person.id, one
        if person.private_telephone:
            path = f"people[{number}].private_telephone"
            yield person.id, Protected(person.private_telephone, "a private telephone number", path)


def _address_values(person: Person, path: str, what: str) -> Iterator[Protected]:
    """The parts of an address that give it away: lines with a number or of a house, and the postcode. Not the town."""
    address = person.address
    if address is None:
        return
    for place, line in enumerate(address.lines):
        if any(letter.isdigit() for letter in line) or (place == 0 and len(address.lines) > 1 and " " in line):
            yield Protected(line, what, path)
    if address.postcode:
        yield Protected(address.postcode, what, path)
        yield Protected(address.postcode.replace(" ", ""), what, path)


def _list_texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Every text of the case file with its path, as people[0].name.given."""
    if isinstance(value, Facts):
        for name, info in type(value).model_fields.items():
            yield from _list_texts(getattr(value, name), f"{path}.{info.alias or name}".lstrip("."))
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _list_texts(item, f"{path}[{number}]")
    elif isinstance(value, str) and " " in value:
        yield path, value


def _carers_values(case: Case) -> Iterator[Protected]:
    for number, person in enumerate(case.people):
        if not person.is_only_carer:
            continue
        at = f"people[{number}]"
        if person.name.family:
            names = {person.name.full, f"{person.name.short} {person.name.family}", person.name.formal}
            yield from (Protected(name, "a carer’s name", f"{at}.name") for name in sorted(names))
        for key in ("telephone", "private_telephone", "email"):
            if value := getattr(person, key):
                yield Protected(value, "a carer’s telephone or e-mail", f"{at}.{key}")
        yield from _address_values(person, f"{at}.address", "a carer’s address")


def _settings_values(case: Case) -> Iterator[Protected]:
    for number, child in enumerate(case.children):
        for place, setting in enumerate(child.education.settings):
            # A name of one word, such as Nursery, is no name that could be told from ordinary words.
            if len(setting.name.split()) > 1:
                path = f"children[{number}].education.settings[{place}].name"
                yield Protected(setting.name, "a nursery or school", path)


def _adoptive_names(case: Case) -> Iterator[Protected]:
    for number, person in enumerate(case.people):
        name = person.sibling.adoptive_name if person.sibling else None
        if name and len(name.split()) > 1:
            yield Protected(name, "a brother’s or sister’s adoptive name", f"people[{number}].sibling.adoptive_name")


def _known_values(case: Case) -> Iterator[str]:
    """Names, telephones and addresses that readers know anyway: of family, professionals and the authority."""
    authority = case.authority
    yield from filter(None, (authority.name, authority.telephone, authority.email))
    yield from authority.address.all_lines if authority.address else ()
    for person in case.people:
        if person.is_only_carer:
            continue
        yield from filter(None, (person.name.full, person.name.formal, person.telephone, person.email))
        if person.address and not person.address.confidential:
            yield from person.address.all_lines
    yield from (child.name.full for child in case.children)


def fold_text(text: str) -> str:
    """The same text without case, accents, and differences of spaces, hyphens and apostrophes."""
    plain = text.casefold()
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", plain.replace("ł", "l"))
        plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return re.sub(r"[\s\-‐‑–'’]+", " ", plain)
