"""A converter that is content with doing nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Event

from generator.convert.promise import Probe


class Saboteur:
    """Keeps its word only as far as the line above says."""

    name = "writes nothing"
    preference = 99

    def probe(self) -> Probe:
        return Probe(self.name, found=True, version="1")

    def convert(self, words: Sequence[Path], into: Path, work: Path, deadline_seconds: float, stopped: Event) -> None:
        return


CONVERTER = Saboteur()
