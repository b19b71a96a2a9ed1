"""A converter that cannot work at all and says why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Event

from generator.base.errors import ConversionError
from generator.convert.promise import Probe


class Saboteur:
    """Keeps its word only as far as the line above says."""

    name = "explains itself"
    preference = 99

    def probe(self) -> Probe:
        return Probe(self.name, found=True, version="1")

    def convert(self, words: Sequence[Path], into: Path, work: Path, deadline_seconds: float, stopped: Event) -> None:
        raise ConversionError("It starts but converts nothing: install it again.")


CONVERTER = Saboteur()
