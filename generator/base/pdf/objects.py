"""Read a value of a PDF dictionary, wherever in the file it is kept."""

from __future__ import annotations

from typing import Any

from pypdf.generic import DictionaryObject, NullObject


def look_up(dictionary: DictionaryObject, key: str) -> Any:
    """The value itself, not a reference to it; None when it is absent or null."""
    if key not in dictionary:
        return None
    value = dictionary[key]
    return None if isinstance(value, NullObject) else value
