"""Files that a command writes under the name it was given."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click

from generator.base.errors import FileBusyError


def write_files(files: dict[Path, bytes], *, told: bool = True) -> None:
    """Write files that were asked for by name, all of them or none, readable by their owner alone.

    Their names are printed, unless a report that is printed tells them (not `told`). Raises FileBusyError where one
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
            raise FileBusyError(explain_unwritable(file, error)) from None
    for part, file in made:
        part.replace(file)
        if told:
            click.echo(file)


def make_folder(folder: Path) -> None:
    """Make a folder that files are to be written to. Raises FileBusyError where it cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileBusyError(explain_unwritable(folder, error)) from None


def explain_unwritable(place: Path, error: OSError) -> str:
    """The message for a file or folder that cannot be written."""
    return f"Nothing can be written to {place}: {(error.strerror or 'unknown reason').lower()}"
