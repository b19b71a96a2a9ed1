"""Identify the converter of this computer and its fonts: others make other PDFs of the same Word files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.base.cache.ingredients import digest_state
from generator.base.errors import ProgramMissingError
from generator.convert.promise import choose_converter


@dataclass(frozen=True, slots=True)
class ConverterIdentity:
    """A converter by name and version, with a digest of its program and fonts; `name` is empty where there is none.

    `places` are all that decide which converter is chosen and what it makes.
    """

    name: str = ""
    places: tuple[Path, ...] = ()


NO_CONVERTER = ConverterIdentity()


def identify_converter() -> ConverterIdentity:
    """The converter that is chosen on this computer now."""
    try:
        probe = choose_converter().probe()
    except ProgramMissingError:
        return NO_CONVERTER
    name = f"{probe.name} {probe.version}, {digest_state(probe.stands_on)[:16]}"
    return ConverterIdentity(name, (*probe.stands_on, *probe.instead))
