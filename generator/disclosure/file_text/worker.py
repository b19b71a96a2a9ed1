"""Files read in a child process of their own, so that a hostile one harms nothing here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.base.sandboxed_process import ask_child
from generator.disclosure.file_text.reading import Reading, read_data

_CHILD = Path(__file__).with_name("child.py")
_SECONDS, _SECONDS_PER_MEGABYTE = 60, 4


def read_files(files: Sequence[tuple[Path, str]]) -> tuple[Reading | None, ...]:
    """What each file says, under the name that its reader will see. None where it could not be read to its end."""
    found: list[Reading | None] = [None] * len(files)
    waiting = list(range(len(files)))
    while waiting:
        question = {"files": [(str(files[number][0].resolve()), files[number][1]) for number in waiting]}
        size = sum(files[number][0].stat().st_size for number in waiting) / 1024**2
        answers, _ = ask_child(_CHILD, question, _SECONDS + _SECONDS_PER_MEGABYTE * size)
        for answer in answers:
            found[waiting[answer["number"]]] = read_data(answer)
        # A file that ends the child takes nothing with it: the next child begins with the one after.
        last = max((answer["number"] for answer in answers), default=-1)
        waiting = waiting[last + 2 :]
    return tuple(found)


def read_file(file: Path, name: str = "") -> Reading | None:
    """What one file says. None where it could not be read to its end."""
    return read_files([(file, name or file.name)])[0]
