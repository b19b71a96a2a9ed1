"""The facts of a layout laid over those of the one that it extends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.base.errors import Place
from generator.base.yaml.paths import Path_
from generator.base.yaml.read import YamlFile

GROUPS = ("numbering", "page_limit")
LISTS = ("sections", "rules", "never_included", "document_limits")
_OF_A_SOURCE = ("sure", "paragraph", "fallback", "source", "checked_on", "level")
"""Keys that say where a rule comes from: a local row that changes one of its parent has its own."""


@dataclass(frozen=True, slots=True)
class MergedLayout:
    """The facts of a file and its parents as one group, and where in which file each part stands."""

    source: YamlFile
    facts: dict[str, Any]
    origins: dict[Path_, tuple[YamlFile, Path_]]

    def place(self, path: Path_, *, of_key: bool = False) -> Place:
        """The place of a value (or of its key), in whichever file it was written."""
        for size in range(len(path), -1, -1):
            if path[:size] in self.origins:
                source, at = self.origins[path[:size]]
                return source.place((*at, *path[size:]), of_key=of_key)
        return self.source.place(path, of_key=of_key)


def merge(source: YamlFile, parent: MergedLayout) -> MergedLayout:
    """The parent's rows with those of the file put over them: by id, or added. The rest of the file is its own."""
    facts = {key: value for key, value in source.facts.items() if key not in (*GROUPS, *LISTS)}
    origins: dict[Path_, tuple[YamlFile, Path_]] = {(): (source, ())}
    if "late_pages" not in facts and "late_pages" in parent.facts:
        facts["late_pages"] = parent.facts["late_pages"]
    for key in GROUPS:
        own = source.facts.get(key)
        if own is None:
            facts[key] = _with_source(parent.facts[key], parent)
            origins[key,] = _origin(parent, (key,))
        else:
            facts[key] = _put_over(parent.facts[key], own)
            origins[key,] = (source, (key,))
    for key in LISTS:
        own = source.facts.get(key) or []
        if not isinstance(own, list):
            facts[key] = own
            continue
        rows = [(row, parent, (key, number)) for number, row in enumerate(parent.facts.get(key) or [])]
        left_out = source.facts.get("sections_left_out") if key == "sections" else None
        if isinstance(left_out, list):
            rows = [row for row in rows if row[0]["id"] not in left_out]
        merged = [(_with_source(row, holder), _origin(holder, path)) for row, holder, path in rows]
        ids = [row["id"] for row, _ in merged]
        for number, row in enumerate(own):
            here = (source, (key, number))
            if isinstance(row, dict) and row.get("id") in ids:
                at = ids.index(row["id"])
                changed = (_put_over(merged[at][0], row), here)
                # A second row of the same file for one id is kept, so that it is told as used twice.
                if merged[at][1][0] is source:
                    merged.append(changed)
                else:
                    merged[at] = changed
            else:
                merged.append((row, here))
        if key == "sections":
            merged.sort(key=_letter_of)
        facts[key] = [row for row, _ in merged]
        for number, (_, origin) in enumerate(merged):
            origins[key, number] = origin
    return MergedLayout(source, facts, origins)


def _letter_of(row: tuple[Any, Any]) -> str:
    letter = row[0].get("letter") if isinstance(row[0], dict) else None
    return letter if isinstance(letter, str) else ""


def _origin(parent: MergedLayout, path: Path_) -> tuple[YamlFile, Path_]:
    source, at = parent.origins.get(path, (parent.source, path))
    return source, at


def _with_source(row: Mapping[str, Any], parent: MergedLayout) -> dict[str, Any]:
    """A parent's row with what its file says of every row, because the file that extends it has another source."""
    return {"source": parent.facts["source"], "checked_on": parent.facts["checked_on"], **row}


def _put_over(row: Mapping[str, Any], own: Any) -> Any:
    if not isinstance(own, dict):
        return own
    return {**{key: value for key, value in row.items() if key not in _OF_A_SOURCE}, **own}
