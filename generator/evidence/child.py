"""The child process that opens evidence: a file to clean in, what was found out about it out."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

from generator.base.sandbox.child import Answers, serve
from generator.evidence.file_formats import FileFormat
from generator.evidence.results import SECONDS_PER_PAGE, CannotAdmit, FileToClean, Findings, MustNotFile, NotAdmitted

_FILE_SIZE = 2 * 1024**3
_SECONDS_PER_FILE = 60


def clean_file(file: FileToClean, tell_pages: Callable[[int], object] = int) -> Findings | NotAdmitted:
    """Work on one file. No words of a library are passed on: they quote paths and content.

    `tell_pages` is called once it is known how many pages the file has.
    """
    try:
        return _clean(file, tell_pages)
    except MustNotFile as refusal:
        return NotAdmitted("refused", refusal.says, refusal.remedy)
    except CannotAdmit as refusal:
        return NotAdmitted("quarantined", refusal.says, refusal.remedy)
    except MemoryError:
        says = "The file needs more memory than a file of evidence may"
    except OSError as error:
        # What has no number comes from a reader of pictures, and is about the picture.
        if error.errno not in (None, errno.EFBIG):
            return NotAdmitted("busy", "The working folder is full or cannot be written")
        says = "The file unpacks to more than a file of evidence may"
    except Exception:
        # Readers of damaged files fail in ways that their own errors do not cover (measured: 10 of 46).
        says = "The file is damaged and cannot be read"
    return NotAdmitted("quarantined", says, "ask for the file again, or print it to PDF and use that")


def _clean(file: FileToClean, tell_pages: Callable[[int], object]) -> Findings:
    source, target = Path(file.source), Path(file.target)
    if file.format == FileFormat.PDF:
        from generator.evidence.pdfs import clean_pdf

        return clean_pdf(source, target, tell_pages)
    if file.format == FileFormat.WORD:
        from generator.evidence.wordfiles import check_word

        return check_word(source, target, frozenset(file.may_stay))
    from generator.evidence.pictures import lay_out_picture

    return lay_out_picture(source, target)


def answer(file: FileToClean, answers: Answers) -> None:
    """Say what was found out about one file; a file of many pages gets more time once they are counted."""
    answers.send(clean_file(file, lambda pages: answers.allow(pages * SECONDS_PER_PAGE)))


if __name__ == "__main__":
    serve(FileToClean, answer, file_size=_FILE_SIZE, seconds=_SECONDS_PER_FILE)
