"""Layouts from their files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from generator.base.english import find_nearest
from generator.base.errors import CannotReadError, Problem
from generator.base.resources import BUNDLE_LAYOUTS
from generator.base.yaml.read import YamlFile, limit_repeats, read_yaml
from generator.base.yaml.validation_errors import explain_refusals
from generator.bundle.layout.contradictions import find_clashes, find_loosened
from generator.bundle.layout.model import BundleLayout, Sourced
from generator.bundle.layout.overlay import GROUPS, LISTS, MergedLayout, merge
from generator.bundle.layout.wording import WORDING


def load_layout(file: Path) -> BundleLayout:
    """The layout in a file, with that of the layout it extends (beside it, or one that comes with the product).

    Raises CannotReadError with every problem and its place: a wrong key or value, two sections with one letter, a
    parent that is not there, a circle of parents, a local rule that asks for less than a known rule of its parent.
    """
    return _load(file, ()).layout


@dataclass(frozen=True, slots=True)
class _Loaded:
    layout: BundleLayout
    gathered: MergedLayout


def _load(file: Path, above: tuple[Path, ...]) -> _Loaded:
    source = read_yaml(file, shown_as=str(file) if not above else file.name)
    named = source.facts.get("extends")
    base: _Loaded | None = None
    if isinstance(named, str) and re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", named):
        parent = _find_parent(file, named, source)
        if parent.resolve() in (file.resolve(), *above):
            says = "This makes a circle: a layout cannot extend itself"
            problem = Problem("P004", says, source.place(("extends",)), "extends")
            raise CannotReadError(f"{source.name} cannot be used", [problem])
        base = _load(parent, (*above, file.resolve()))
    gathered = merge(source, base.gathered) if base else MergedLayout(source, source.facts, {(): (source, ())})
    layout = _build(gathered)
    problems = [*find_clashes(layout, gathered)]
    if base:
        problems += find_loosened(layout, base.layout, gathered)
    if problems:
        raise CannotReadError(f"{source.name} contradicts itself", limit_repeats(problems))
    return _Loaded(layout, gathered)


def _find_parent(file: Path, named: str, source: YamlFile) -> Path:
    for folder in (file.parent, BUNDLE_LAYOUTS):
        if (folder / f"{named}.yaml").is_file():
            return folder / f"{named}.yaml"
    known = sorted({path.stem for folder in (file.parent, BUNDLE_LAYOUTS) for path in folder.glob("*.yaml")})
    near = find_nearest(named, known)
    says = "There is no layout of this name, neither beside this file nor among those that come with the product"
    problem = Problem("P002", says, source.place(("extends",)), "extends", f"extends: {near}" if near else "")
    raise CannotReadError(f"{source.name} cannot be used", [problem])


def _build(gathered: MergedLayout) -> BundleLayout:
    try:
        layout = BundleLayout.model_validate(gathered.facts)
    except ValidationError as error:
        problems = explain_refusals(gathered, error, WORDING)
        raise CannotReadError(f"{gathered.source.name} is not a bundle layout", limit_repeats(problems)) from None
    told = {"source": layout.source, "checked_on": layout.checked_on}
    filled: dict[str, Any] = {key: _fill(getattr(layout, key), told) for key in GROUPS}
    filled |= {key: tuple(_fill(row, told) for row in getattr(layout, key)) for key in LISTS}
    return layout.model_copy(update=filled)


def _fill(row: Sourced, told: Mapping[str, Any]) -> Sourced:
    return row.model_copy(update={key: value for key, value in told.items() if getattr(row, key) is None})
