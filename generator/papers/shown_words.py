"""What a paper can say: its facts as words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.disclosure.lens import Withheld


def list_words(value: Any) -> Iterator[str]:
    """Every text, date and number in a paper's facts, as words; not what is withheld, nor ids and codes."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key != "id" and not str(key).endswith(("_code", "_codes")):
                yield from list_words(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from list_words(inner)
    elif value is not None and not isinstance(value, Withheld | bool):
        yield str(value)
