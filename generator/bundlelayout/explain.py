"""What the model refuses in a layout, in words, with its place."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, get_args

from generator.bundlelayout.checks import CHECKS, Check
from generator.bundlelayout.model import (
    BundleLayout,
    DocumentLimit,
    LayoutSection,
    LeftOut,
    Numbering,
    PageLimit,
    Rule,
)
from generator.bundlelayout.overlay import Gathered
from generator.errors import Problem
from generator.yamlfile import Path_

_PLAIN = {
    "tuple_type": ("C003", "This must be a list: start each entry on its own line with -"),
    "model_type": ("C003", "This must be a group of keys"),
    "model_attributes_type": ("C003", "This must be the name of a check, or a group of keys with its name"),
    "union_tag_not_found": ("C002", "name is missing here: the name of the check"),
    "string_type": ("C003", "This must be text"),
    "string_too_short": ("C003", "This must not be empty"),
    "string_too_long": ("C003", "This must be shorter"),
    "string_pattern_mismatch": (
        "C003",
        "This must be a short id in small letters, digits and hyphens, or one capital letter",
    ),
}
_MODELS = (BundleLayout, LayoutSection, Rule, Numbering, PageLimit, LeftOut, DocumentLimit, *get_args(Check))
_KEYS = sorted({key for model in _MODELS for key in model.model_fields})


def explain(gathered: Gathered, loc: Sequence[str | int], kind: str, words: str, ctx: Mapping[str, Any]) -> Problem:
    """The problem that stands for one refusal of the model."""
    # A check is told apart by its name, which no line of the file carries as a key.
    path: Path_ = tuple(part for before, part in zip(chain(("",), loc), loc, strict=False) if not _is_tag(before, part))
    key = str(path[-1]) if path else ""
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(key, _KEYS, 1)
        says = f"{key} is not a key that is known here"
        place = gathered.place(path, of_key=True)
        return Problem("C001", says, place, say_path(path), f"{near[0]}:" if near else "")
    if kind == "missing":
        return Problem("C002", f"{key} is missing here", gathered.place(path[:-1]), say_path(path), f"{key}:")
    if kind == "union_tag_invalid":
        says = f"This must be one of: {', '.join(sorted(CHECKS))}"
        return Problem("C004", says, gathered.place(path), say_path(path))
    if kind in ("enum", "literal_error"):
        known = re.findall("'([^']*)'", str(ctx.get("expected", "")))
        return Problem("C004", f"This must be one of: {', '.join(known)}", gathered.place(path), say_path(path))
    code, says = _PLAIN.get(kind, ("C003", f"This {words.removeprefix('Value error, ')}"))
    return Problem(code, says, gathered.place(path), say_path(path))


def _is_tag(before: str | int, part: str | int) -> bool:
    return before == "check" and part in CHECKS


def say_path(path: Path_) -> str:
    """A path as people write it: sections[0].letter."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")
