"""The child process that opens what came from outside: one question per line in, one answer per line out.

It runs with limits on memory, time and file size. Whatever happens to it happens to it alone.
"""

from __future__ import annotations

import dataclasses
import errno
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from generator.base.sandboxed_process import limit_this_process, limit_time, open_answers, write_answer
from generator.evidence.kinds import Kind
from generator.evidence.outcomes import SECONDS_PER_PAGE, CannotAdmit, Findings, MustNotFile

_FILE_SIZE = 2 * 1024**3
_SECONDS_PER_FILE = 60


def serve(questions: TextIO, answers: TextIO) -> None:
    """Answer until the questions end. A file's trouble is an answer; only the loss of the process is not."""

    def tell_pages(pages: int) -> None:
        limit_time(_SECONDS_PER_FILE + int(pages * SECONDS_PER_PAGE))
        write_answer(answers, {"counted": pages})

    for line in questions:
        limit_time(_SECONDS_PER_FILE)
        write_answer(answers, answer(json.loads(line), tell_pages))


def answer(question: dict[str, Any], tell_pages: Callable[[int], object] = int) -> dict[str, Any]:
    """Work on one file. No words of a library are passed on: they quote paths and content.

    The answer has `end`: "admitted" with what was found out, or "quarantined", "refused" or "busy" with the reason.
    """
    try:
        found = _work(question, tell_pages)
    except MustNotFile as refusal:
        return {"end": "refused", "says": refusal.says, "remedy": refusal.remedy}
    except CannotAdmit as refusal:
        return {"end": "quarantined", "says": refusal.says, "remedy": refusal.remedy}
    except MemoryError:
        says = "The file needs more memory than a file of evidence may"
    except OSError as error:
        # What has no number comes from a reader of pictures, and is about the picture.
        if error.errno not in (None, errno.EFBIG):
            return {"end": "busy", "says": "The working folder is full or cannot be written", "remedy": ""}
        says = "The file unpacks to more than a file of evidence may"
    except Exception:
        # Readers of damaged files fail in ways that their own errors do not cover (measured: 10 of 46).
        says = "The file is damaged and cannot be read"
    else:
        return {"end": "admitted", **{one.name: getattr(found, one.name) for one in dataclasses.fields(found)}}
    return {"end": "quarantined", "says": says, "remedy": "ask for the file again, or print it to PDF and use that"}


def _work(question: dict[str, Any], tell_pages: Callable[[int], object]) -> Findings:
    kind, source, target = Kind(question["kind"]), Path(question["source"]), Path(question["target"])
    if kind is Kind.PDF:
        from generator.evidence.pdfs import clean_pdf

        return clean_pdf(source, target, tell_pages)
    if kind is Kind.WORD:
        from generator.evidence.wordfiles import check_word

        return check_word(source, target, frozenset(question.get("may_stay", ())))
    from generator.evidence.pictures import lay_out_picture

    return lay_out_picture(source, target)


def main() -> None:
    """Serve on standard input and output; anything a library prints goes nowhere."""
    limit_this_process(file_size=_FILE_SIZE)
    serve(sys.stdin, open_answers())


if __name__ == "__main__":
    main()
