"""The words for what the model refuses in a layout."""

from __future__ import annotations

import re
from itertools import chain
from typing import get_args

from generator.base.yaml.paths import Path_
from generator.base.yaml.validation_errors import Refusal, Wording
from generator.bundle.layout.checks import CHECKS, Check
from generator.bundle.layout.model import (
    BundleLayout,
    DocumentLimit,
    LayoutNumbering,
    LayoutPageLimit,
    LayoutRule,
    LayoutSection,
    LeftOut,
)

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
_MODELS = (
    BundleLayout,
    LayoutSection,
    LayoutRule,
    LayoutNumbering,
    LayoutPageLimit,
    LeftOut,
    DocumentLimit,
    *get_args(Check),
)


def _explain_value(refused: Refusal) -> tuple[str, str]:
    if refused.kind == "union_tag_invalid":
        return "C004", f"This must be one of: {', '.join(sorted(CHECKS))}"
    if refused.kind in ("enum", "literal_error"):
        known = re.findall("'([^']*)'", str(refused.about.get("expected", "")))
        return "C004", f"This must be one of: {', '.join(known)}"
    return _PLAIN.get(refused.kind, ("C003", f"This {refused.says}"))


def _as_written(path: Path_) -> Path_:
    # A check is told apart by its name, which no line of the file carries as a key.
    return tuple(part for before, part in zip(chain(("",), path), path, strict=False) if not _is_tag(before, part))


def _is_tag(before: str | int, part: str | int) -> bool:
    return before == "check" and part in CHECKS


WORDING = Wording(
    ("C001", "C002", "C003"),
    "that is known here",
    {key for model in _MODELS for key in model.model_fields},
    _as_written,
    _explain_value,
)
