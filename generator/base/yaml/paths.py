"""Where a value stands in a file: the keys that lead to it, and how people write them."""

from __future__ import annotations

import re

Path_ = tuple[str | int, ...]
"""Where a value stands in a file: ("children", 0, "born_on")."""

_ORDINARY_KEY = re.compile("[a-z][a-z0-9_]*")


def is_ordinary_key(key: str | int) -> bool:
    """Whether a key looks like one that a file declares: a message may quote it. Others may be personal text."""
    return isinstance(key, int) or bool(_ORDINARY_KEY.fullmatch(key))


def say_path(path: Path_) -> str:
    """A path as people write it: children[0].born_on."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")
