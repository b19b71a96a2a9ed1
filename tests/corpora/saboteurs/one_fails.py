"""A converter that cannot convert the paper with the word SABOTAGE in it, however often it is asked."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from threading import Event

from pypdf import PdfWriter

from generator.convert.promise import Probe


class Saboteur:
    """Keeps its word only as far as the line above says."""

    name = "one fails"
    preference = 99

    def probe(self) -> Probe:
        return Probe(self.name, found=True, version="1")

    def convert(self, words: Sequence[Path], into: Path, work: Path, deadline_seconds: float, stopped: Event) -> None:
        writer = PdfWriter()
        writer.add_blank_page(200, 200)
        for word in words:
            with zipfile.ZipFile(word) as archive:
                if b"SABOTAGE" not in archive.read("word/document.xml"):
                    writer.write(into / f"{word.stem}.pdf")


CONVERTER = Saboteur()
