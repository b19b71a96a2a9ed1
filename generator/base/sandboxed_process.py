"""A child process with limits, for files that nobody here made: what happens to it happens to it alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

_MEMORY = 3 * 1024**3


def ask_child(program: Path, question: dict[str, Any], seconds: float) -> tuple[tuple[dict[str, Any], ...], bool]:
    """The lines that a program of this package answers to one question, and whether it came to its own end.

    One line of JSON goes in, any number of them come out. After `seconds` the child is ended, and what it had said so
    far is returned.
    """
    # By its path, so that the room it stands in is not loaded with it: the child needs little of it.
    command, environment = write_command(str(program))
    try:
        done = subprocess.run(
            command,
            input=json.dumps(question).encode() + b"\n",
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as ended:
        return _read_lines(ended.output or b""), False
    return _read_lines(done.stdout), done.returncode == 0


def write_command(*program: str) -> tuple[list[str], dict[str, str]]:
    """The command that starts a program of this package in a process of its own, and the environment it runs in.

    What it is to work on is no part of it: arguments of a process can be read by everyone on the computer, so the
    question travels through the pipe.
    """
    environment = dict(os.environ)
    inside = str(Path(__file__).parents[2])
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (inside, environment.get("PYTHONPATH"))))
    # -P: a folder of evidence that is the current one must not be able to bring modules of its own.
    return [sys.executable, "-P", *program], environment


def _read_lines(output: bytes) -> tuple[dict[str, Any], ...]:
    # The last line may be cut off where the child was ended.
    whole = output[: output.rfind(b"\n") + 1]
    return tuple(json.loads(line) for line in whole.splitlines())


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


def open_answers() -> TextIO:
    """Where this process writes its answers: its standard output. From now on what a library prints goes nowhere."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="ascii")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, sys.stdout.fileno())
    return answers


def write_answer(answers: TextIO, words: dict[str, Any]) -> None:
    """One line of JSON, sent at once: what was said before a file brings the process down is kept."""
    answers.write(json.dumps(words) + "\n")
    answers.flush()
