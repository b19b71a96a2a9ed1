"""Turn the errors of the model into problems with a place, what is wrong, and what to write. No value is quoted."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from generator.base.english import find_nearest
from generator.base.errors import Problem
from generator.base.yaml.paths import Path_, format_path, is_ordinary_key
from generator.base.yaml.read import YamlFile
from generator.case.example import write_example
from generator.case.facts import fields_of, list_parts, model_of
from generator.case.family import Case
from generator.case.references import Contradiction

_MOST_NEAR = 50


def explain_errors(source: YamlFile, error: ValidationError) -> list[Problem]:
    """Return every problem that the model found, with its place in the file."""
    details: list[dict[str, Any]] = [dict(detail) for detail in error.errors(include_input=False, include_url=False)]
    details.sort(key=lambda detail: source.place(tuple(detail["loc"])).line)
    seen: Counter[str] = Counter()
    problems = []
    for detail in details:
        seen[detail["type"]] += 1
        # The search for the nearest word is slow, and only the first few problems of a kind are shown.
        problems.append(_explain(source, detail, is_told=seen[detail["type"]] <= _MOST_NEAR))
    return problems


def explain_contradiction(source: YamlFile, found: Contradiction) -> Problem:
    """Return a contradiction as a problem with its place; for a misspelt id, with the line of the right one."""
    remedy = f"the nearest id stands on line {source.place(found.near).line}" if found.near else found.remedy
    if found.about:
        remedy += f" (its entry is on line {source.place(found.about).line})"
    place = source.place(found.path, of_key=found.path[-1] == "actions")
    return Problem(found.code, found.says, place, format_case_path(found.path), remedy, found.level)


def format_case_path(path: Path_) -> str:
    """Return a path as people write it: children[0].born_on. A key that may be personal text becomes "?"."""
    return format_path(tuple(part if is_ordinary_key(part) else "?" for part in path))


def without_empty(value: Any, model: type[BaseModel] | None = Case) -> Any:
    """Return the facts without keys that have nothing after them, which count as left out.

    Unknown keys and empty entries of lists stay, because they are mistakes.
    """
    if isinstance(value, list):
        return [without_empty(item, model) for item in value]
    if not isinstance(value, dict):
        return value
    groups = _groups_in(model) if model else {}
    return {
        key: without_empty(inner, groups.get(key))
        for key, inner in value.items()
        if inner is not None or key not in groups
    }


def _explain(source: YamlFile, detail: dict[str, Any], *, is_told: bool) -> Problem:
    path: Path_ = tuple(detail["loc"])
    kind = detail["type"]
    model, info = _field_at(path)
    if kind == "extra_forbidden":
        return _explain_unknown(source, path, is_told=is_told)
    if kind == "missing":
        return _explain_missing(source, path, info)
    if isinstance(path[-1], int) and _value_at(source.facts, path) is None:
        says = "This entry of the list is empty"
        return Problem(
            "C003", says, source.place(path), format_case_path(path), "write what belongs here, or remove the entry"
        )
    if kind == "enum":
        return _explain_word(source, path, info, is_told=is_told)
    says = _WRONG_KIND.get(kind) or str(detail["msg"]).removeprefix("Value error, ")
    if kind in ("model_type", "model_attributes_type") and model is not None:
        says = f"This must be a group of facts, for example {next(iter(fields_of(model)), 'name')}:"
    key = _last_key(path)
    remedy = f"{key}: {_example(info)}" if info else ""
    return Problem(
        "C003", f"{key} {says}" if says[0].islower() else says, source.place(path), format_case_path(path), remedy
    )


_WRONG_KIND = {
    "tuple_type": "must be a list: start each entry on its own line with -",
    "string_type": "must be text",
}


def _explain_unknown(source: YamlFile, path: Path_, *, is_told: bool) -> Problem:
    key = str(path[-1])
    place = source.place(path, of_key=True)
    if path[:-1] in source.flow and _value_at(source.facts, path) is None:
        says = "This key is not known here: a comma ended the text before it"
        return Problem("C001", says, place, format_case_path((*path[:-1], "?")), "put the whole text in quotes")
    model = _field_at(path[:-1])[0]
    # Some keys are words of Python, so the model knows them by another name that a reader of it may try.
    known = model.model_fields[key].alias if model and key in model.model_fields else None
    near = known or find_nearest(key, fields_of(model) if model and is_told else ())
    remedy = f"{near}:" if near else "see permanence schema for the keys that may stand here"
    says = f"{key} is not a key that is known here" if is_ordinary_key(key) else "This key is not known here"
    return Problem("C001", says, place, format_case_path(path), remedy)


def _explain_missing(source: YamlFile, path: Path_, info: FieldInfo | None) -> Problem:
    key = str(path[-1])
    remedy = f"{key}: {_example(info)}"
    if path in source.keys:
        return Problem("C002", f"{key} is empty", source.place(path, of_key=True), format_case_path(path), remedy)
    return Problem("C002", f"{key} is missing here", source.place(path[:-1]), format_case_path(path), remedy)


def _explain_word(source: YamlFile, path: Path_, info: FieldInfo | None, *, is_told: bool) -> Problem:
    words = _enum_of(info.annotation) if info else None
    allowed = [member.value for member in words] if words else []
    written = str(_value_at(source.facts, path)).lower().replace(" ", "_").replace("-", "_")
    near = find_nearest(written, allowed) if is_told else ""
    key = _last_key(path)
    remedy = f"{key}: {near or _example(info)}"
    return Problem(
        "C004", f"{key} must be one of: {', '.join(allowed)}", source.place(path), format_case_path(path), remedy
    )


def _last_key(path: Path_) -> str:
    return next((str(part) for part in reversed(path) if isinstance(part, str)), "")


def _value_at(facts: Any, path: Path_) -> Any:
    for part in path:
        try:
            facts = facts[part]
        except (KeyError, IndexError, TypeError):
            return None
    return facts


def _field_at(path: Path_) -> tuple[type[BaseModel] | None, FieldInfo | None]:
    """Return the model in which a path ends (or which it names), and the field that it names."""
    model: type[BaseModel] | None = Case
    info: FieldInfo | None = None
    for part in path:
        if isinstance(part, int):
            continue
        if model is None:
            return None, None
        info = fields_of(model).get(part)
        if info is None:
            return model, None
        model = model_of(info.annotation)
    return model, info


@cache
def _groups_in(model: type[BaseModel]) -> dict[str, type[BaseModel] | None]:
    """Return the group of facts that each field of a group holds. Cached, because it runs for every key."""
    return {key: model_of(info.annotation) for key, info in fields_of(model).items()}


def _enum_of(annotation: Any) -> type[StrEnum] | None:
    return next((arm for arm in list_parts(annotation) if isinstance(arm, type) and issubclass(arm, StrEnum)), None)


def _example(info: FieldInfo | None) -> str:
    if info is None or not info.examples:
        return ""
    example = info.examples[0]
    return write_example(example[:1] if isinstance(example, list) else example)
