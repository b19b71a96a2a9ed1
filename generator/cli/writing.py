"""Files that a command writes under the name it was given."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click

from generator.base.errors import ExitCode, PermanenceError


def write_files(files: dict[Path, bytes], *, told: bool = True) -> None:
    """Write files that were asked for by name, all of them or none, readable by their owner alone.

    Their names are printed, unless a report that is printed tells them (not `told`). Raises PermanenceError where one
    cannot be written; what was there before stays.
    """
    made: list[tuple[Path, Path]] = []
    for file, content in files.items():
        try:
            if file.is_dir():
                raise IsADirectoryError(0, "a folder of that name is there")
            handle, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
            made.append((Path(name), file))
            with os.fdopen(handle, "wb") as written:
                written.write(content)
        except OSError as error:
            for part, _ in made:
                part.unlink(missing_ok=True)
            reason = (error.strerror or "unknown reason").lower()
            raise PermanenceError(f"Nothing can be written to {file}: {reason}", (), ExitCode.FILE_BUSY) from None
    for part, file in made:
        part.replace(file)
        if told:
            click.echo(file)
