"""Turn the errors of a pydantic model into problems with their place, never quoting a value."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from pydantic import ValidationError

from generator.base.english import find_nearest
from generator.base.errors import Place, Problem
from generator.base.yaml.paths import Path_, format_path


class HasPlaces(Protocol):
    """Knows where a value stands: in one file, or in several that were merged."""

    def place(self, path: Path_, *, of_key: bool = False) -> Place:
        """The place of a value, or of its key."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A value that a model refused: its path, pydantic's type of error, the message, and the error's context.

    The message of one of our own validators stands in `says` unchanged.
    """

    path: Path_
    kind: str
    says: str
    about: Mapping[str, Any]

    @property
    def key(self) -> str:
        """The last part of the path; empty where the whole file is refused."""
        return str(self.path[-1]) if self.path else ""


@dataclass(frozen=True, slots=True)
class Wording:
    """How one kind of file words its mistakes.

    `codes` are those for an unknown key, a missing one and a wrong value. `keys_of` ends the sentence “shoe_size is not
    a key ...”, and a near key is suggested from `known`. `as_written` turns a path of the model into one of the file.
    `of_value` gives code and words for a wrong value; without it, the words follow the key.
    """

    codes: tuple[str, str, str]
    keys_of: str
    known: Collection[str] = ()
    as_written: Callable[[Path_], Path_] = tuple
    of_value: Callable[[Refusal], tuple[str, str]] | None = None


def explain_refusals(source: HasPlaces, error: ValidationError, wording: Wording, at: Path_ = ()) -> list[Problem]:
    """Return every problem that a model found below a path of a file, each with its place."""
    return [
        _explain(
            source,
            Refusal(
                (*at, *wording.as_written(detail["loc"])),
                detail["type"],
                detail["msg"].removeprefix("Value error, "),
                detail.get("ctx", {}),
            ),
            wording,
        )
        for detail in error.errors(include_input=False, include_url=False)
    ]


def _explain(source: HasPlaces, refused: Refusal, wording: Wording) -> Problem:
    path, key = refused.path, refused.key
    unknown, missing, wrong = wording.codes
    if refused.kind == "extra_forbidden":
        near = find_nearest(key, wording.known)
        says = f"{key} is not a key {wording.keys_of}"
        return Problem(unknown, says, source.place(path, of_key=True), format_path(path), f"{near}:" if near else "")
    if refused.kind == "missing":
        return Problem(missing, f"{key} is missing here", source.place(path[:-1]), format_path(path), f"{key}:")
    if wording.of_value:
        wrong, says = wording.of_value(refused)
    else:
        words = refused.says.removeprefix("Input ")
        says = f"{key} {words[:1].lower()}{words[1:]}"
    return Problem(wrong, says, source.place(path), format_path(path))
