"""Write an example as it would stand in a case file."""

from __future__ import annotations

import re
from typing import Any

_UNSAFE_START = re.compile(r"""[\s\-?:,\[\]{}#&*!|>'"%@`]""")
_UNSAFE_INSIDE = re.compile(r"[?,\[\]{}:\n\t]| #")
_UNSAFE_ALONE = re.compile(r":(?=\s|$)|[\n\t]| #")


def write_example(example: Any, *, alone: bool = False) -> str:
    """A value on one line, in quotes wherever it needs them, so that it may stand alone or inside braces.

    With `alone`, text that is never to stand inside braces keeps its commas and times of day without quotes.
    """
    if isinstance(example, dict):
        return "{" + ", ".join(f"{key}: {write_example(value)}" for key, value in example.items()) + "}"
    if isinstance(example, list):
        return "[" + ", ".join(map(write_example, example)) + "]"
    text = str(example)
    unsafe = _UNSAFE_ALONE if alone else _UNSAFE_INSIDE
    if text in {"", "~", "null"} or _UNSAFE_START.match(text) or unsafe.search(text) or text != text.strip():
        escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
        return f'"{escaped}"'
    return text
