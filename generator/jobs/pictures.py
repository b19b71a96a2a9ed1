"""The job `pictures`: family tree, homes and timeline of each child as files for one reader, each with its text."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from generator import __version__
from generator.base.errors import UnsafeToDiscloseError
from generator.case.load import load_case
from generator.disclosure.file_text.files import read_bytes
from generator.disclosure.lens import Lens
from generator.jobs.open_case import OpenCase, open_case
from generator.jobs.run import Run
from generator.papers.pictures.draw import DrawnPicture, draw_for_reader
from generator.rules.rulebook import judge

PICTURES = "pictures"


@dataclass(frozen=True, slots=True)
class PicturesReport:
    """The pictures that were delivered, each with the text beside it, and why others are withheld."""

    folder: Path
    reader: str
    audience: str
    files: tuple[tuple[DrawnPicture, Path, Path], ...]
    withheld: tuple[UnsafeToDiscloseError, ...]
    warnings: tuple[str, ...]


def draw_case_pictures(given: Path, who: str, run: Run, *, child: str | None = None) -> PicturesReport:
    """Draw the family tree, homes and timeline of each child, or of one, as files for one reader.

    Each is searched for what its reader must not see before it arrives. Raises CannotReadError where there is no such
    reader, or no such child among those that the reader may see.
    """
    loaded = load_case(given)
    compliance = judge(loaded, run.on, run.search_path)
    lens, drawn = draw_for_reader(loaded, compliance, who, child)
    with open_case(loaded, compliance, run) as work:
        return _deliver(drawn, who, lens, work)


def _deliver(drawn: tuple[DrawnPicture, ...], who: str, lens: Lens, work: OpenCase) -> PicturesReport:
    """Search the words of each picture, and have those that say nothing wrong arrive with their texts."""
    folder, search = work.folder, work.search
    placed: list[tuple[DrawnPicture, Path, Path]] = []
    withheld: list[UnsafeToDiscloseError] = []
    for picture in drawn:
        text = f"{picture.text}\n".encode()
        verdict = search.judge(read_bytes(f"{picture.name}.txt", text), lens, (picture.name,))
        if verdict.problems:
            says = f"The picture {picture.name} is withheld: its reader may not know what it says"
            withheld.append(UnsafeToDiscloseError(says, verdict.problems))
            continue
        inputs = hashlib.sha256(__version__.encode() + picture.png + text).hexdigest()

        def place(suffix: str, content: bytes, stem: str = picture.name, inputs: str = inputs) -> Path:
            made = folder.work / f"{stem}.{suffix}"
            made.write_bytes(content)
            return folder.place(made, f"{PICTURES}/for-{who}/{stem}.{suffix}", inputs)

        placed.append((picture, place("png", picture.png), place("txt", text)))
    work.deliver()
    return PicturesReport(
        folder.path,
        who,
        lens.audience.value,
        tuple(placed),
        tuple(withheld),
        tuple(folder.warnings),
    )
