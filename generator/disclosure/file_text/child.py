"""The child process that reads files for their words: a file in, what it says out."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from generator.base.sandbox.child import Answers, serve
from generator.disclosure.file_text.files import read_bytes
from generator.disclosure.file_text.reading import FileToRead

_FILE_SIZE = 1024
_SECONDS_PER_FILE = 300


def answer(file: FileToRead, answers: Answers) -> None:
    """Send the reading of one file; nothing where it needs more memory than it may."""
    with suppress(MemoryError):
        answers.send(read_bytes(file.name, Path(file.path).read_bytes()))


if __name__ == "__main__":
    serve(FileToRead, answer, file_size=_FILE_SIZE, seconds=_SECONDS_PER_FILE)
