"""A converter whose files begin and end as PDF files do, with rubbish between."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Event

from generator.convert.promise import Probe


class Saboteur:
    """Keeps its word only as far as the line above says."""

    name = "writes garbage"
    preference = 99

    def probe(self) -> Probe:
        return Probe(self.name, found=True, version="1")

    def convert(self, words: Sequence[Path], into: Path, work: Path, deadline_seconds: float, stopped: Event) -> None:
        for word in words:
            (into / f"{word.stem}.pdf").write_bytes(b"%PDF-1.6\n" + b"rubbish " * 100 + b"\n%%EOF\n")


CONVERTER = Saboteur()
