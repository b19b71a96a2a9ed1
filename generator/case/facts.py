"""How one fact of the case file is declared: its meaning, an example, what asks for it, and who may see it."""

from __future__ import annotations

import datetime as dt
import re
import types
import typing
import unicodedata
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from generator.base import dates

MAX_TEXT = 200_000
AnyDay = TypeVar("AnyDay", dt.date, dt.datetime)


class Disclosure(StrEnum):
    """What kind of fact this is, for the question who may see it.

    `audience.py` holds the one table that says which audience sees which kinds. A fact has exactly one kind, and there
    is no default: every new field needs a decision.
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
    disclosure, unless the group declares one kind for all its fields; `meets` the requirement that asks for it, where
    one does. A field without a default must be written, unless its type allows None: then None is its default.
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

    Where all fields of a group have one kind for disclosure, the class says it once: `class Name(Facts, seen_as=...)`.
    In every other group each field says its own.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, validate_default=False, defer_build=True
    )

    def __init_subclass__(cls, *, seen_as: Disclosure | None = None, **more: Any) -> None:
        """Take `seen_as` as an argument of the class; the fields are completed once pydantic has gathered them."""
        super().__init_subclass__(**more)

    @classmethod
    def __pydantic_init_subclass__(cls, *, seen_as: Disclosure | None = None, **_: Any) -> None:
        """Complete the fields: optional ones get their default, and each gets the kind of the group.

        Raises TypeError for a field whose kind is declared nowhere, or both for the group and for the field.
        """
        for name, info in cls.model_fields.items():
            if info.is_required() and types.NoneType in typing.get_args(info.annotation):
                info.default = None
            declared = info.json_schema_extra
            if isinstance(declared, dict):
                if ("seen_as" in declared) is (seen_as is not None):
                    raise TypeError(f"{cls.__name__}.{name} must have one kind for disclosure, declared in one place")
                if seen_as:
                    declared["seen_as"] = seen_as.value
            elif seen_as:
                raise TypeError(f"{cls.__name__}.{name} must be declared with fact(...)")


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
Key = Annotated[str, BeforeValidator(_read_key), _text_schema("id", pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]
"""A short id that other parts of the file point to."""
EventName = Annotated[str, BeforeValidator(_read_event), _text_schema("event name", pattern="^[a-z][a-z0-9_]*$")]
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
FileName = Annotated[str, BeforeValidator(_read_file_name), _text_schema("file name")]
"""A file inside the case folder."""
