"""Write an example as it would stand in a case file."""

from __future__ import annotations

import re
from typing import Any

_UNSAFE_START = re.compile(r"""[\s\-?:,\[\]{}#&*!|>'"%@`]""")
_UNSAFE_INSIDE = re.compile(r"[?,\[\]{}:\n\t]| #")


def write_example(example: Any) -> str:
    """A value on one line, in quotes wherever it needs them, so that it may stand alone or inside braces."""
    if isinstance(example, dict):
        return "{" + ", ".join(f"{key}: {write_example(value)}" for key, value in example.items()) + "}"
    if isinstance(example, list):
        return "[" + ", ".join(map(write_example, example)) + "]"
    text = str(example)
    if text in {"", "~", "null"} or _UNSAFE_START.match(text) or _UNSAFE_INSIDE.search(text) or text != text.strip():
        escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
        return f'"{escaped}"'
    return text
