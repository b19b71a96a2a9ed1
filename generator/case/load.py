"""Read a case file from disk into the model, every problem with its place."""

from __future__ import annotations

import difflib
import hashlib
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from generator.case.consistency import Contradiction, find_contradictions
from generator.case.family import Case
from generator.errors import CannotReadError, Problem
from generator.yamlfile import Path_, YamlFile, parse_yaml, read_yaml

CASE_FILE = "case.yaml"


@dataclass(frozen=True, slots=True)
class LoadedCase:
    """A case with where it came from. `digest` is the SHA-256 of the file as it was read."""

    case: Case
    folder: Path
    file: Path
    digest: str
    source: YamlFile = field(repr=False)


def load_case(given: Path) -> LoadedCase:
    """The case in a folder (its case.yaml) or in the file itself.

    Raises CannotReadError with all problems of syntax, of facts, of references and of dates, each with its place.
    """
    file = given / CASE_FILE if given.is_dir() else given
    if not file.exists():
        raise CannotReadError(_say_not_found(given, file))
    source = read_yaml(file)
    case = read_case(source)
    # The bytes are hashed again from disk only here, so that a record can say which file made a paper.
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    missing = [*_find_missing_files(case, source, file.parent)]
    if missing:
        raise CannotReadError(f"{file} names files that are not there", missing)
    return LoadedCase(case, file.parent, file, digest, source)


def _say_not_found(given: Path, file: Path) -> str:
    if given.is_dir():
        return f"There is no {CASE_FILE} in {given}. To start one: permanence new {given}"
    near = difflib.get_close_matches(given.name, [other.name for other in _siblings(given)], 1)
    hint = f" Did you mean {given.parent / near[0]}?" if near else ""
    return f"There is no case at {file}.{hint}"


def _siblings(given: Path) -> list[Path]:
    return [*given.parent.iterdir()] if given.parent.is_dir() else []


def read_case(source: YamlFile) -> Case:
    """The model of a file that is already read. Raises CannotReadError with every problem."""
    try:
        case = Case.model_validate(source.facts)
    except ValidationError as error:
        problems = [_explain(source, dict(detail)) for detail in error.errors(include_input=False, include_url=False)]
        raise _cannot_read(source, problems) from None
    contradictions = [_locate(source, found) for found in find_contradictions(case)]
    if contradictions:
        raise _cannot_read(source, contradictions)
    return case


def read_case_text(content: bytes, name: str) -> Case:
    """As `load_case`, for bytes in memory: no evidence file is looked for."""
    return read_case(parse_yaml(content, name))


def _cannot_read(source: YamlFile, problems: list[Problem]) -> CannotReadError:
    problems.sort(key=lambda problem: (problem.place.line, problem.place.column) if problem.place else (0, 0))
    return CannotReadError(f"{source.name} has facts that cannot be used", problems)


def _find_missing_files(case: Case, source: YamlFile, folder: Path) -> Iterator[Problem]:
    named: list[tuple[Path_, str]] = [(("evidence", i, "file"), item.file) for i, item in enumerate(case.evidence)]
    named += [(("children", i, "photograph"), child.photograph) for i, child in enumerate(case.children) if child.photograph]
    root = folder.resolve()
    for path, name in named:
        file = folder / name
        inside = file.resolve().is_relative_to(root)
        if inside and file.is_file():
            continue
        says = "This file is not in the case folder" if inside else "This file leads out of the case folder"
        near = difflib.get_close_matches(Path(name).name, [other.name for other in _siblings(file)], 1) if inside else []
        remedy = f"{Path(name).parent.as_posix()}/{near[0]}" if near else f"put the file at {name} inside the case folder"
        yield Problem("C008", says, source.place(path), _say_path(path), remedy)


def _locate(source: YamlFile, found: Contradiction) -> Problem:
    return Problem(found.code, found.says, source.place(found.path), _say_path(found.path), found.remedy)


def _say_path(path: Path_) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def _explain(source: YamlFile, detail: dict[str, Any]) -> Problem:
    path = _path_in_file(detail["loc"])
    kind = detail["type"]
    model, info = _field_at(path)
    if kind == "extra_forbidden":
        key = str(path[-1])
        near = difflib.get_close_matches(key, _keys_of(_field_at(path[:-1])[0]), 1)
        remedy = f"{near[0]}:" if near else "see permanence schema for the keys that may stand here"
        return Problem("C001", f"{key} is not a key that is known here", source.place(path, of_key=True), _say_path(path), remedy)
    if kind == "missing":
        key = str(path[-1])
        return Problem("C002", f"{key} is missing here", source.place(path[:-1]), _say_path(path), f"{key}: {_example(info)}")
    if kind == "enum":
        return _explain_word(source, path, info)
    says = _WRONG_KIND.get(kind) or _own_words(detail)
    if kind in ("model_type", "model_attributes_type") and model is not None:
        says = f"This must be a group of facts, for example {next(iter(_keys_of(model)), 'name')}:"
    key = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
    return Problem("C003", f"{key} {says}" if says[0].islower() else says, source.place(path), _say_path(path),
                   f"{key}: {_example(info)}" if info else "")


_WRONG_KIND = {
    "tuple_type": "must be a list: start each entry on its own line with -",
    "string_type": "must be text",
}


def _own_words(detail: dict[str, Any]) -> str:
    return str(detail["msg"]).removeprefix("Value error, ")


def _explain_word(source: YamlFile, path: Path_, info: FieldInfo | None) -> Problem:
    words = _enum_of(info.annotation) if info else None
    allowed = [member.value for member in words] if words else []
    place = source.place(path)
    key = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
    written = place.source[place.column - 1 : place.column - 1 + place.length].strip("'\"").lower().replace(" ", "_").replace("-", "_")
    near = difflib.get_close_matches(written, allowed, 1)
    listed = ", ".join(allowed)
    return Problem("C004", f"{key} must be one of: {listed}", place, _say_path(path), f"{key}: {near[0] if near else _example(info)}")


def _path_in_file(loc: tuple[str | int, ...]) -> Path_:
    return tuple(loc)


def _field_at(path: Path_) -> tuple[type[BaseModel] | None, FieldInfo | None]:
    """The model inside which a path ends (or which it names), and the field it names."""
    model: type[BaseModel] | None = Case
    info: FieldInfo | None = None
    for part in path:
        if isinstance(part, int):
            continue
        if model is None:
            return None, None
        info = next((field for name, field in model.model_fields.items() if part in (field.alias, name)), None)
        if info is None:
            return model, None
        model = _model_of(info.annotation)
    return model, info


def _arms(annotation: Any) -> Iterator[Any]:
    origin = typing.get_origin(annotation)
    if origin in (types.UnionType, typing.Union, tuple, typing.Annotated):
        for arm in typing.get_args(annotation):
            yield from _arms(arm)
    else:
        yield annotation


def _model_of(annotation: Any) -> type[BaseModel] | None:
    return next((arm for arm in _arms(annotation) if isinstance(arm, type) and issubclass(arm, BaseModel)), None)


def _enum_of(annotation: Any) -> type[StrEnum] | None:
    return next((arm for arm in _arms(annotation) if isinstance(arm, type) and issubclass(arm, StrEnum)), None)


def _keys_of(model: type[BaseModel] | None) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()] if model else []


def _example(info: FieldInfo | None) -> str:
    if info is None or not info.examples:
        return ""
    example = info.examples[0]
    if isinstance(example, list):
        first = example[0]
        return f"[{_inline(first)}]"
    return _inline(example)


def _inline(example: Any) -> str:
    if isinstance(example, dict):
        return "{" + ", ".join(f"{key}: {_inline(value)}" for key, value in example.items()) + "}"
    if isinstance(example, list):
        return "[" + ", ".join(map(_inline, example)) + "]"
    text = str(example)
    return f'"{text}"' if ", " in text or ": " in text else text
