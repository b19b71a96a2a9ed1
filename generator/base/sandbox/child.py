"""The child's side: limits on memory, time and file size, and one question after another from standard input."""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TextIO, TypeVar

_MEMORY = 3 * 1024**3

Question = TypeVar("Question")


class Answers:
    """Where a child writes what it found out: one line of JSON for each answer, sent at once.

    What was said before a file brings the process down is therefore kept. `seconds` of processor time are allowed for
    one question.
    """

    def __init__(self, lines: TextIO, seconds: int) -> None:
        self._lines = lines
        self._seconds = seconds

    def send(self, answer: object) -> None:
        """Send a dataclass, which the parent makes again from its name and its fields."""
        self._write({"answer": type(answer).__name__, "fields": _list_fields(answer)})

    def allow(self, seconds: float) -> None:
        """Take more time for the question at hand, from now on, in this process and in the parent that waits."""
        limit_time(self._seconds + int(seconds))
        self._write({"more_seconds": seconds})

    def begin(self) -> None:
        """A question begins: its time runs from now on."""
        limit_time(self._seconds)

    def finish(self) -> None:
        """All is said about the question at hand."""
        self._write({"done": True})

    def _write(self, words: dict[str, object]) -> None:
        self._lines.write(json.dumps(words, default=_list_fields) + "\n")
        self._lines.flush()


def _list_fields(held: Any) -> dict[str, Any]:
    # dataclasses.asdict would copy everything, and count the pairs of a Counter.
    return {one.name: getattr(held, one.name) for one in dataclasses.fields(held)}


def serve(
    question: type[Question], work: Callable[[Question, Answers], object], *, file_size: int, seconds: int
) -> None:
    """Answer questions from standard input until they end. This is all that the program of a child has to call.

    `question` is a flat dataclass. `work` sends its answers; a file may bring the process down, and costs only itself.
    `file_size` is the most bytes of any file that is written, `seconds` the processor time for one question.
    """
    limit_this_process(file_size=file_size)
    answers = Answers(_open_answers(), seconds)
    for line in sys.stdin:
        answers.begin()
        work(question(**json.loads(line)), answers)
        answers.finish()


def limit_this_process(*, file_size: int) -> None:
    """Bind this process to so many bytes of any file it writes, and to the memory that a file from outside may take.

    Windows has no such limits: there the deadline alone protects.
    """
    try:
        import resource
    except ImportError:
        return
    _set_limit(resource.RLIMIT_CORE, 0)
    _set_limit(resource.RLIMIT_AS, _MEMORY)
    _set_limit(resource.RLIMIT_FSIZE, file_size)


def limit_time(seconds: int) -> None:
    """Bind this process to so many seconds of a processor from now on, whatever was allowed before."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _set_limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + seconds)


def _set_limit(limit: int, wanted: int) -> None:
    import resource

    # macOS refuses some of them, and a lower limit that is already set must stay.
    with suppress(ValueError, OSError):
        _, hard = resource.getrlimit(limit)
        resource.setrlimit(limit, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def _open_answers() -> TextIO:
    """Standard output, for answers alone: from now on what a library prints there goes nowhere."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="ascii")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, sys.stdout.fileno())
    return answers
