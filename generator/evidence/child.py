"""The child process that opens what came from outside: one question per line in, one answer per line out.

It runs with limits on memory, time and file size. Whatever happens to it happens to it alone.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

from generator.evidence.kinds import Kind
from generator.evidence.outcomes import CannotAdmit

_MEMORY = 3 * 1024**3
_FILE_SIZE = 2 * 1024**3
_SECONDS_PER_FILE = 60


def serve(questions: TextIO, answers: TextIO) -> None:
    """Answer until the questions end. A file's trouble is an answer; only the loss of the process is not."""
    for line in questions:
        _limit_time()
        answers.write(json.dumps(answer(json.loads(line))) + "\n")
        answers.flush()


def answer(question: dict[str, Any]) -> dict[str, Any]:
    """Work on one file. No words of a library are passed on: they quote paths and content."""
    try:
        return _work(Kind(question["kind"]), Path(question["source"]), Path(question["target"]))
    except CannotAdmit as refusal:
        return {"says": refusal.says, "remedy": refusal.remedy}
    except MemoryError:
        says = "The file needs more memory than a file of evidence may"
    except OSError:
        says = "The working folder is full or cannot be written"
    except Exception:
        # Readers of damaged files fail in ways that their own errors do not cover (measured: 10 of 46).
        says = "The file is damaged and cannot be read"
    return {"says": says, "remedy": "ask for the file again, or print it to PDF and use that"}


def _work(kind: Kind, source: Path, target: Path) -> dict[str, Any]:
    if kind is Kind.PDF:
        from generator.evidence.pdfs import clean_pdf

        pages, warnings = clean_pdf(source, target)
        return {"pages": pages, "warnings": warnings}
    if kind is Kind.WORD:
        from generator.evidence.wordfiles import check_word

        return {"pages": 0, "warnings": check_word(source)}
    from generator.evidence.pictures import lay_out_picture

    return {"pages": 1, "warnings": lay_out_picture(source, target)}


def _limit_process() -> None:
    """Limits that hold for the whole process. Windows has no such limits: there the deadline alone protects."""
    try:
        import resource
    except ImportError:
        return
    for limit, size in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_FSIZE, _FILE_SIZE)):
        # macOS refuses some of them, and a lower limit that is already set must stay.
        with suppress(ValueError, OSError):
            _, hard = resource.getrlimit(limit)
            resource.setrlimit(limit, (size if hard == resource.RLIM_INFINITY else min(size, hard), hard))


def _limit_time() -> None:
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    with suppress(ValueError, OSError):
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        soft = int(used.ru_utime + used.ru_stime) + _SECONDS_PER_FILE
        resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def main() -> None:
    """Serve on standard input and output; anything a library prints goes nowhere."""
    _limit_process()
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="ascii")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, sys.stdout.fileno())
    serve(sys.stdin, answers)


if __name__ == "__main__":
    main()
