"""A converter that does nothing the first time and its work from then on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Event

from pypdf import PdfWriter

from generator.convert.promise import Probe


class Saboteur:
    """Keeps its word only as far as the line above says."""

    name = "fails once"
    preference = 99

    def __init__(self) -> None:
        self.has_failed = False

    def probe(self) -> Probe:
        return Probe(self.name, found=True, version="1")

    def convert(self, words: Sequence[Path], into: Path, work: Path, deadline_seconds: float, stopped: Event) -> None:
        if not self.has_failed:
            self.has_failed = True
            return
        writer = PdfWriter()
        writer.add_blank_page(200, 200)
        for word in words:
            writer.write(into / f"{word.stem}.pdf")


CONVERTER = Saboteur()
