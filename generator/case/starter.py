"""The text of a new case file: what must be written, and an example of everything that may be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from generator.case.child import Child
from generator.case.example import write_example
from generator.case.facts import fields_of, model_of
from generator.case.family import Authority, Case

MARK = "EXAMPLE"
"""Stands in every value that must be replaced, so that nobody takes it for a fact."""

SHELVES = (
    ("The family", ("people",)),
    ("Where the children live, and the plan", ("placements", "orders", "plans", "options")),
    ("Meetings and reviews", ("meetings", "reviews")),
    ("Reports, views and decisions", ("reports", "iro_views", "adm_decisions")),
    ("The court and its bundle", ("court", "evidence")),
    ("What happened, and rules set aside", ("record", "overrides")),
    ("Who may not read what", ("kept_back", "disclosure_cleared")),
)
"""The keys that may be left out, in the order in which a case grows."""

_CHILD = "child-1"
_WIDTH = 56


def starter_text(*, procedure: str = "hertfordshire-2024") -> str:
    """Return a case file that can be read as it is, with every key explained.

    Explanations start with ## and examples with one #, so that an editor's command for comments turns examples into
    facts and leaves explanations as comments.
    """
    return "\n".join(_lines(procedure)) + "\n"


def _lines(procedure: str) -> Iterator[str]:
    yield "# yaml-language-server: $schema=case.schema.json"
    yield "## A case file: what is known about one family. Papers, letters and the court bundle are made from it."
    yield f"## First replace every value that says {MARK}, and the date of birth."
    yield "## Lines with one # are examples, invented: keep what you need, without the # and the space after it."
    yield (
        "## Lines with two ## explain. Leave out what is not known; "
        "what a paper needs and lacks prints as a marked gap."
    )
    yield ""
    yield from _explain("reference")
    yield f"reference: {MARK} reference"
    yield ""
    yield from _explain("authority")
    yield "authority:"
    yield f"  name: {MARK} Council"
    yield from _examples(Authority, "  ", without=("name",))
    yield ""
    yield from _explain("procedure")
    yield f"procedure: {write_example(procedure)}"
    yield ""
    yield from _explain("children")
    yield "children:"
    yield f"  - id: {_CHILD}"
    yield f"    name: {{given: {MARK}, family: CHILD}}"
    yield "    born_on: 1 January 1900"
    yield from _examples(Child, "    ", without=("id", "name", "born_on"))
    for title, keys in SHELVES:
        yield from ("", f"## {title}")
        for key in keys:
            yield ""
            yield from _explain(key)
            yield f"# {key}:"
            info = fields_of(Case)[key]
            model = model_of(info.annotation)
            if model:
                is_list = isinstance(info.examples[0], list) if info.examples else False
                yield from _entry(model) if is_list else _examples(model, "", inside="  ")


def _explain(key: str) -> Iterator[str]:
    yield f"## {key}: {fields_of(Case)[key].description}."


def _entry(model: type[BaseModel]) -> Iterator[str]:
    """Yield the commented lines of one entry of a list."""
    for number, line in enumerate(_examples(model, "", inside="    ")):
        yield line.replace("#     ", "#   - ", 1) if number == 0 else line


def _examples(model: type[BaseModel], indent: str, *, inside: str = "", without: tuple[str, ...] = ()) -> Iterator[str]:
    for key, info in fields_of(model).items():
        if key in without or not info.examples:
            continue
        fact = f"{indent}# {inside}{key}: {write_example(_for_this_child(info.examples[0]))}"
        yield f"{fact:<{_WIDTH}}  # {info.description}"


def _for_this_child(example: Any) -> Any:
    """Return the example with the id of this file's child in place of the one in all examples."""
    if isinstance(example, dict):
        return {key: _for_this_child(value) for key, value in example.items()}
    if isinstance(example, list):
        return [_for_this_child(value) for value in example]
    return _CHILD if example == "rowan" else example
