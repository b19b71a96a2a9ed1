"""How one fact of the case file is declared: its meaning, an example, what asks for it, and who may see it."""

from __future__ import annotations

import datetime as dt
import re
import types
import typing
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic.fields import FieldInfo

from generator.base import dates

MAX_TEXT = 200_000
AnyDay = TypeVar("AnyDay", dt.date, dt.datetime)
Mark = TypeVar("Mark")


class Disclosure(StrEnum):
    """What kind of fact this is, for the question who may see it.

    `audience.py` holds the one table that says which audience sees which kinds. A fact has exactly one kind, and there
    is no default: every new field needs a decision. Ids and names of files are WORKING unless they say otherwise.
    """

    OPEN = "open"
    """Says nothing that a reader of a paper about this child could not know: titles, kinds, professional roles."""
    CHILD = "child"
    """About the child: for the child's own parents, the court and the professionals."""
    PERSON = "person"
    """About one parent or relative: for that person, the court and the professionals; never for the other parent."""
    HEALTH = "health"
    """Health detail, and what the medical adviser writes: for the court and the professionals, not for letters."""
    CARER = "carer"
    """Tells who cares for the child or where: never for parents or the court, who read a neutral word instead."""
    SIBLING = "sibling"
    """About a brother's or sister's adoptive family: for the agency only."""
    PLANNING = "planning"
    """What professionals discuss and plan: for those invited, and for the court in a paper that is filed."""
    EVIDENCE = "evidence"
    """What is written for the court: for the court and the professionals."""
    OUTCOME = "outcome"
    """What was decided, in words meant for the family as well."""
    ADVICE = "advice"
    """Legal advice: privileged, for the authority alone."""
    PRIVATE = "private"
    """Private telephone numbers, identity numbers, informants: for the agency's own files."""
    WORKING = "working"
    """How the file is kept: ids, file names, delivery notes. Never printed for anyone outside."""


class LeadsTo(StrEnum):
    """What an id stands for."""

    CHILD = "child"
    PERSON = "person"
    ANYONE = "person or child"
    MEETING = "meeting"
    EVIDENCE = "evidence"
    DIRECTION = "direction"
    PARTY = "party"
    READER = "person or audience"


OPEN, CHILD, PERSON, HEALTH, CARER, SIBLING, PLANNING, EVIDENCE, OUTCOME, ADVICE, PRIVATE, WORKING = Disclosure


def fact(
    says: str,
    *,
    example: Any,
    seen_as: Disclosure | None = None,
    meets: str = "",
    default: Any = ...,
    alias: str | None = None,
) -> Any:
    """Declare one field of the case file.

    `says` is its meaning in plain English; `example` a value as it would stand in the file; `seen_as` its kind for
    disclosure, unless its type or its group declares it; `meets` the requirement that asks for it, where one does. A
    field without a default must be written, unless its type allows None: then None is its default.
    """
    extra: dict[str, Any] = {"meets": meets}
    if seen_as:
        extra["seen_as"] = seen_as.value
    return Field(default, description=says, examples=[example], alias=alias, json_schema_extra=extra)


def facts_list(says: str, *, example: Any, seen_as: Disclosure | None = None, meets: str = "") -> Any:
    """Declare a field as `fact` does, for a list that may be left out."""
    return fact(says, example=example, seen_as=seen_as, meets=meets, default=())


class Facts(BaseModel):
    """Any group of facts: frozen, and refusing keys that it does not know.

    Where all fields of a group but ids have one kind for disclosure, the class says it once: `class Name(Facts,
    seen_as=...)`. In every other group each field says its own.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, validate_default=False, defer_build=True
    )

    seen_as: ClassVar[Disclosure | None]

    def __init_subclass__(cls, *, seen_as: Disclosure | None = None, **more: Any) -> None:
        """Take `seen_as` as an argument of the class; the fields are completed once pydantic has gathered them."""
        super().__init_subclass__(**more)

    @classmethod
    def __pydantic_init_subclass__(cls, *, seen_as: Disclosure | None = None, **_: Any) -> None:
        """Complete the fields: optional ones get their default, and each gets the kind of its type or of the group.

        A field that holds groups of one kind has that kind. Raises TypeError for a field whose kind is declared
        nowhere, or both for the group and for the field.
        """
        cls.seen_as = seen_as
        for name, info in cls.model_fields.items():
            if info.is_required() and types.NoneType in typing.get_args(info.annotation):
                info.default = None
            declared = info.json_schema_extra
            if isinstance(declared, dict):
                inner = model_of(info.annotation)
                kind = next(find_marks(info, Disclosure), None) or getattr(inner, "seen_as", None)
                if kind is None and ("seen_as" in declared) is (seen_as is not None):
                    raise TypeError(f"{cls.__name__}.{name} must have one kind for disclosure, declared in one place")
                if implied := kind or seen_as:
                    declared.setdefault("seen_as", implied.value)
            elif seen_as:
                raise TypeError(f"{cls.__name__}.{name} must be declared with fact(...)")


@cache
def fields_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return the fields of a group of facts, by their keys in the file."""
    return {info.alias or name: info for name, info in model.model_fields.items()}


def model_of(annotation: Any) -> type[BaseModel] | None:
    """Return the group of facts that a field holds, alone or in a list; None where it holds a single fact."""
    return next((one for one in list_parts(annotation) if isinstance(one, type) and issubclass(one, BaseModel)), None)


def find_marks(info: FieldInfo, mark: type[Mark]) -> Iterator[Mark]:
    """Yield what the type of a field is marked with: its kind for disclosure, or what its id leads to."""
    for part in (info.annotation, *info.metadata):
        yield from (one for one in list_parts(part) if isinstance(one, mark))


def list_parts(annotation: Any) -> Iterator[Any]:
    """Yield a type, and every type and mark inside it."""
    yield annotation
    for part in typing.get_args(annotation):
        yield from list_parts(part)


def _need_text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("must be text")  # noqa: TRY004 - pydantic reports ValueError with its place
    if len(value) > MAX_TEXT:
        raise ValueError("must be shorter: one fact may hold 200,000 characters")
    return value


_BLANKS = "\u034f\u115f\u1160\u2800\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef"
_BLANK = re.compile(f"[{_BLANKS}]")


def _need_visible(text: str) -> str:
    # A name of zero-width characters alone would print as nothing at all.
    if all(unicodedata.category(letter) in _UNSEEN or _BLANK.match(letter) for letter in text):
        raise ValueError("must not be empty")
    return text


_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})


def _read_line(value: Any) -> str:
    return _need_visible(" ".join(_need_text(value).split()))


def _read_prose(value: Any) -> str:
    text = _need_text(value).replace("\r\n", "\n").replace("\r", "\n")
    return _need_visible(text.replace("\t", "    ").strip("\n "))


def _read_key(value: Any) -> str:
    text = _need_text(value)
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", text):
        raise ValueError("must be a short id in small letters, digits and hyphens, for example ppm-1")
    return text


def _read_event(value: Any) -> str:
    text = _need_text(value)
    if not re.fullmatch(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*", text):
        raise ValueError(
            "must be the name of an event in small letters with underscores, for example cpr_quality_assured"
        )
    return text


_SEPT = re.compile(r"\bsept\b", re.IGNORECASE)
"""September is the one month that people shorten to four letters."""


_FIRST_YEAR, _LAST_YEAR = 1800, 2200
"""A year beyond these is a slip of the finger, and days counted from it could leave the calendar."""


def _read_date(value: Any) -> dt.date:
    if isinstance(value, dt.date):
        return value
    return _need_likely(dates.read_date(_SEPT.sub("Sep", _need_text(value))))


def _read_moment(value: Any) -> dt.datetime:
    if isinstance(value, dt.datetime):
        return value
    return _need_likely(dates.read_moment(_SEPT.sub("Sep", _need_text(value))))


def _need_likely(day: AnyDay) -> AnyDay:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError(f"must be in a year between {_FIRST_YEAR} and {_LAST_YEAR}")
    return day


def _read_yes(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    answer = {"yes": True, "true": True, "no": False, "false": False}.get(_need_text(value).strip().lower())
    if answer is None:
        raise ValueError("must be yes or no")
    return answer


def _read_number(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not re.fullmatch("[0-9]{1,5}", _need_text(value).strip()):
        raise ValueError("must be a whole number")
    return int(value)


_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)


def _read_file_name(value: Any) -> str:
    text = _need_text(value)
    parts = text.split("/")
    if text.startswith("/") or "\\" in text or ":" in text or any(part in ("", ".", "..") for part in parts):
        raise ValueError(
            "must be a file inside the case folder, written with /, for example evidence/school-report.pdf"
        )
    if any(_DEVICE.fullmatch(part) or part[-1] in ". " for part in parts):
        raise ValueError(
            "must be a name that Windows can use too: it keeps names such as con, and drops a dot at the end"
        )
    return text


def _text_schema(kind: str, **more: Any) -> WithJsonSchema:
    # Editors read an unquoted 0142 as a number; the reader of the product takes it as the text it is.
    return WithJsonSchema({"type": ["string", "number"], "x-kind": kind, **more})


_DATE_PATTERN = r"^(\d{4}-\d{2}-\d{2}|\d{1,2} [A-Za-z]+ \d{4})$"

Line = Annotated[str, BeforeValidator(_read_line), _text_schema("line of text")]
"""One line of text; line breaks become spaces."""
Prose = Annotated[str, BeforeValidator(_read_prose), _text_schema("paragraphs")]
"""Paragraphs, with the small subset of Markdown that docs/how-to/social-worker/case-file.md describes."""
Key = Annotated[str, BeforeValidator(_read_key), _text_schema("id", pattern="^[a-z0-9]+(-[a-z0-9]+)*$"), WORKING]
"""A short id that other parts of the file point to."""
ChildId = Annotated[Key, LeadsTo.CHILD]
PersonId = Annotated[Key, LeadsTo.PERSON]
PersonOrChildId = Annotated[Key, LeadsTo.ANYONE]
MeetingId = Annotated[Key, LeadsTo.MEETING]
EvidenceId = Annotated[Key, LeadsTo.EVIDENCE]
DirectionId = Annotated[Key, LeadsTo.DIRECTION]
ReaderId = Annotated[Key, LeadsTo.READER]
PartyName = Annotated[Line, LeadsTo.PARTY]
EventName = Annotated[
    str, BeforeValidator(_read_event), _text_schema("event name", pattern="^[a-z][a-z0-9_]*$"), WORKING
]
"""The name of an event, as procedures declare it."""
Day = Annotated[
    dt.date,
    BeforeValidator(_read_date),
    WithJsonSchema({"type": "string", "pattern": _DATE_PATTERN, "x-kind": "date"}),
]
"""A date, written 2026-04-03 or 3 April 2026."""
Moment = Annotated[
    dt.datetime, BeforeValidator(_read_moment), WithJsonSchema({"type": "string", "x-kind": "date and time"})
]
"""A date and time of day in the United Kingdom, written 2026-04-03 14:00 or 3 April 2026, 2pm."""
Yes = Annotated[
    bool, BeforeValidator(_read_yes), WithJsonSchema({"enum": ["yes", "no", True, False], "x-kind": "yes or no"})
]
"""yes or no."""
Number = Annotated[
    int, BeforeValidator(_read_number), WithJsonSchema({"type": ["integer", "string"], "x-kind": "number"})
]
"""A whole number."""
FileName = Annotated[str, BeforeValidator(_read_file_name), _text_schema("file name"), WORKING]
"""A file inside the case folder."""
