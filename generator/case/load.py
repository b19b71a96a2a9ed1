"""Read a case file from disk into the model, and report every problem with its place."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from generator.base.english import find_nearest
from generator.base.errors import CannotReadError, Problem
from generator.base.paths import CASE_FILE, find_case_file
from generator.base.yaml.paths import Path_
from generator.base.yaml.read import YamlFile, limit_repeats, parse_yaml, read_content
from generator.case.consistency import find_contradictions
from generator.case.explain import explain_contradiction, explain_errors, format_case_path, without_empty
from generator.case.family import Case


@dataclass(frozen=True, slots=True)
class LoadedCase:
    """A case and where it came from. `digest` is the SHA-256 of the file as it was read."""

    case: Case
    folder: Path
    file: Path
    digest: str
    source: YamlFile = field(repr=False)


def load_case(given: Path) -> LoadedCase:
    """Return the case in a folder (its case.yaml) or in a file.

    Raises CannotReadError with all problems of syntax, of facts, of references and of dates, each with its place.
    """
    file = _find_case_file(given)
    # The file is read once, so that the digest in the record is that of these bytes, even if somebody saves meanwhile.
    content = read_content(file)
    source = parse_yaml(content, str(file))
    case = read_case(source)
    if missing := [*_find_missing_files(case, source, file.parent)]:
        raise CannotReadError(f"{file} names files that are not there", limit_repeats(missing))
    return LoadedCase(case, file.parent, file, hashlib.sha256(content).hexdigest(), source)


def _find_case_file(given: Path) -> Path:
    try:
        file = find_case_file(given)
        if file.exists():
            return file
    except OSError as error:
        reason = (
            "you have no permission to open it" if isinstance(error, PermissionError) else "the name cannot be used"
        )
        raise CannotReadError(f"Cannot read {given}: {reason}") from None
    if file != given:
        raise CannotReadError(f"There is no {CASE_FILE} in {given}. To start one: permanence new {given}")
    near = find_nearest(given.name, _names_beside(given))
    hint = f" Did you mean {given.parent / near}?" if near else ""
    raise CannotReadError(f"There is no case at {file}.{hint}")


def _names_beside(given: Path) -> list[str]:
    try:
        return [other.name for other in given.parent.iterdir()]
    except OSError:
        return []


def read_case(source: YamlFile) -> Case:
    """Return the case in a file that is already parsed. Raises CannotReadError with every problem."""
    try:
        case = Case.model_validate(without_empty(source.facts))
    except ValidationError as error:
        raise _cannot_read(source, explain_errors(source, error)) from None
    if contradictions := [explain_contradiction(source, found) for found in find_contradictions(case)]:
        raise _cannot_read(source, contradictions)
    return case


def read_case_text(content: bytes, name: str) -> Case:
    """Return the case in bytes in memory. Raises CannotReadError. Evidence files are not looked for."""
    return read_case(parse_yaml(content, name))


def _cannot_read(source: YamlFile, problems: list[Problem]) -> CannotReadError:
    return CannotReadError(f"{source.name} has facts that cannot be used", limit_repeats(problems))


def _find_missing_files(case: Case, source: YamlFile, folder: Path) -> Iterator[Problem]:
    named: list[tuple[Path_, str]] = [(("evidence", i, "file"), item.file) for i, item in enumerate(case.evidence)]
    named += [
        (("children", i, "photograph"), child.photograph) for i, child in enumerate(case.children) if child.photograph
    ]
    for path, name in named:
        if found := _explain_unusable(folder, name):
            says, remedy = found
            yield Problem("C008", says, source.place(path), format_case_path(path), remedy)


def _explain_unusable(folder: Path, name: str) -> tuple[str, str] | None:
    """Return what is wrong with a file that the case names, and what to do; None where it can be used."""
    file = folder / name
    try:
        if not file.resolve().is_relative_to(folder.resolve()):
            return "This file leads out of the case folder", "put the file itself inside the case folder"
        if file.is_file():
            return None
        if file.is_dir():
            return "This is a folder, not a file", "name one file in it"
        if file.exists():
            return "This is not an ordinary file", "put the file itself inside the case folder"
    except (OSError, RuntimeError):
        # A name that is too long for the disk, a folder that may not be entered, a link that leads to itself.
        return "This file cannot be opened", "check its name, and whether you may open its folder"
    if find_nearest(file.name, _names_beside(file)):
        return "This file is not in the case folder", "a file there has nearly this name: check the spelling"
    return "This file is not in the case folder", "put the file where this line says, inside the case folder"
