"""Files read in a child process with limits, so that a hostile one harms nothing here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.base.sandbox.worker import SandboxedWorker
from generator.disclosure.file_text.reading import FileToRead, Reading

_CHILD = ("-m", "generator.disclosure.file_text.child")
_SECONDS, _SECONDS_PER_MEGABYTE = 60, 4


def read_files(files: Sequence[tuple[Path, str]]) -> tuple[Reading | None, ...]:
    """What each file says, under the name that its reader will see. None where it could not be read to its end."""
    found = []
    with SandboxedWorker(_CHILD, Reading) as worker:
        for path, name in files:
            size = path.stat().st_size / 1024**2
            reply = worker.ask(FileToRead(str(path.resolve()), name), _SECONDS + _SECONDS_PER_MEGABYTE * size)
            found.append(reply.answers[0] if reply.answers else None)
    return tuple(found)


def read_file(file: Path, name: str = "") -> Reading | None:
    """What one file says. None where it could not be read to its end."""
    return read_files([(file, name or file.name)])[0]
