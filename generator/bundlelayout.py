"""What a court bundle looks like in one kind of proceedings: read strictly from a file, every rule with its source."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError, model_validator

from generator.dates import read_date
from generator.errors import CannotReadError, Problem
from generator.yamlfile import Path_, YamlFile, read_yaml


class Sure(StrEnum):
    """How well a rule is known."""

    PRIMARY = "primary text"
    TWO_SECONDARY = "two secondary sources"
    ONE_SECONDARY = "one secondary source"
    CARRIED_OVER = "carried over from the old text"
    NOT_FOUND = "not found in the new text"


def _read_day(value: Any) -> Any:
    return read_date(value) if isinstance(value, str) else value


def _read_yes(value: Any) -> Any:
    if isinstance(value, str):
        answer = {"yes": True, "true": True, "no": False, "false": False}.get(value.lower())
        if answer is None:
            raise ValueError("must be yes or no")
        return answer
    return value


def _read_pages(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch("[1-9][0-9]{0,4}", value):
        raise ValueError("must be a number of pages")
    return int(value)


Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Day = Annotated[dt.date, BeforeValidator(_read_day)]
Yes = Annotated[bool, BeforeValidator(_read_yes)]
Pages = Annotated[int, BeforeValidator(_read_pages)]


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Sourced(_Row):
    """A row of the layout with where it comes from. `fallback` marks what a person must still confirm."""

    sure: Sure
    paragraph: Line | None = None
    fallback: Yes = False

    @model_validator(mode="after")
    def _mark_what_is_unsure(self) -> Sourced:
        if self.fallback != (self.sure in (Sure.CARRIED_OVER, Sure.NOT_FOUND)):
            raise ValueError("must say fallback: yes exactly where the new text does not say so")
        return self


class LayoutSection(Sourced):
    """One section: the letter before its page numbers, and its title in the index."""

    id: Key
    letter: Annotated[str, StringConstraints(pattern="^[A-Z]$")]
    title: Line


class Rule(Sourced):
    """One rule, said in a sentence."""

    id: Key
    says: Line


class Numbering(Sourced):
    """How pages are numbered."""

    style: Literal["restarts in each section"]
    says: Line


class PageLimit(Sourced):
    """How many pages the bundle may have without the court's permission."""

    pages: Pages
    says: Line


class DocumentLimit(Sourced):
    """How many pages one kind of paper may have."""

    id: Key
    pages: Pages
    says: Line


class BundleLayout(_Row):
    """A whole layout file."""

    title: Line
    source: Line
    in_force_from: Day
    checked_on: Day
    sections: tuple[LayoutSection, ...]
    numbering: Numbering
    page_limit: PageLimit
    rules: tuple[Rule, ...] = ()
    never_included: tuple[Rule, ...] = ()
    document_limits: tuple[DocumentLimit, ...] = ()


def load_layout(file: Path) -> BundleLayout:
    """The layout in a file. Raises CannotReadError with every problem and its place."""
    source = read_yaml(file)
    try:
        layout = BundleLayout.model_validate(source.facts)
    except ValidationError as error:
        problems = [
            _explain(source, detail["loc"], detail["type"], detail["msg"])
            for detail in error.errors(include_input=False, include_url=False)
        ]
        raise CannotReadError(f"{source.name} is not a bundle layout", problems) from None
    if problems := [*_find_clashes(layout, source)]:
        raise CannotReadError(f"{source.name} contradicts itself", problems)
    return layout


def _find_clashes(layout: BundleLayout, source: YamlFile) -> Iterator[Problem]:
    if not layout.sections:
        yield Problem("C002", "A layout needs at least one section", source.place(("sections",)), "sections")
    for number, section in enumerate(layout.sections[1:], 1):
        before = layout.sections[:number]
        if section.letter <= before[-1].letter:
            yield Problem(
                "C003",
                "The letters of the sections must follow the alphabet, each used once",
                source.place(("sections", number, "letter")),
                f"sections[{number}].letter",
            )
    for name in ("sections", "rules", "never_included", "document_limits"):
        ids = [row.id for row in getattr(layout, name)]
        for number, one in enumerate(ids):
            if one in ids[:number]:
                yield Problem(
                    "C007",
                    f"The id {one} is used twice here",
                    source.place((name, number, "id")),
                    f"{name}[{number}].id",
                )


_PLAIN = {
    "tuple_type": ("C003", "This must be a list: start each entry on its own line with -"),
    "model_type": ("C003", "This must be a group of keys"),
    "string_type": ("C003", "This must be text"),
    "string_too_short": ("C003", "This must not be empty"),
    "string_too_long": ("C003", "This must be shorter"),
    "string_pattern_mismatch": (
        "C003",
        "This must be a short id in small letters, digits and hyphens, or one capital letter",
    ),
    "literal_error": ("C004", "This must be: restarts in each section"),
    "enum": ("C004", f"This must be one of: {', '.join(Sure)}"),
}


def _explain(source: YamlFile, path: Path_, kind: str, words: str) -> Problem:
    said = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")
    key = str(path[-1]) if path else ""
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(key, _KEYS, 1)
        return Problem(
            "C001",
            f"{key} is not a key that is known here",
            source.place(path, of_key=True),
            said,
            f"{near[0]}:" if near else "",
        )
    if kind == "missing":
        return Problem("C002", f"{key} is missing here", source.place(path[:-1]), said, f"{key}:")
    code, says = _PLAIN.get(kind, ("C003", f"This {words.removeprefix('Value error, ')}"))
    return Problem(code, says, source.place(path), said)


_KEYS = sorted(
    {
        key
        for model in (BundleLayout, LayoutSection, Rule, Numbering, PageLimit, DocumentLimit)
        for key in model.model_fields
    }
)
