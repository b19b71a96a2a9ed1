"""The path of keys to a value in a file, and how it is written."""

from __future__ import annotations

import re

Path_ = tuple[str | int, ...]
"""Where a value stands in a file: ("children", 0, "born_on")."""

_ORDINARY_KEY = re.compile("[a-z][a-z0-9_]*")


def is_ordinary_key(key: str | int) -> bool:
    """Whether a key looks like a declared one, so that a message may quote it. Others may be personal text."""
    return isinstance(key, int) or bool(_ORDINARY_KEY.fullmatch(key))


def format_path(path: Path_) -> str:
    """Write a path as people do: children[0].born_on."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")
