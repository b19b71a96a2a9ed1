"""A child process with limits on memory, time and files, for reading files from outside."""

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
    """Send one question to a program of this package; return its answers and whether it ended by itself.

    One line of JSON goes in, any number of lines come out. After `seconds` the child is ended, and what it has answered
    so far is returned.
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
    """Return the command and the environment that start a program of this package in its own process.

    The question itself travels through the pipe: everyone on the computer can read the arguments of a process.
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
    """Limit the size of files this process may write, and its memory, in bytes.

    Windows has no such limits: there only the deadline protects.
    """
    try:
        import resource
    except ImportError:
        return
    _set_limit(resource.RLIMIT_CORE, 0)
    _set_limit(resource.RLIMIT_AS, _MEMORY)
    _set_limit(resource.RLIMIT_FSIZE, file_size)


def limit_time(seconds: int) -> None:
    """Limit the processor time of this process to so many seconds from now on."""
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
    """Return the standard output of this process for its answers. Whatever libraries print from now on is discarded."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="ascii")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, sys.stdout.fileno())
    return answers


def write_answer(answers: TextIO, words: dict[str, Any]) -> None:
    """Write one line of JSON and flush it, so that it is kept when a file brings the process down later."""
    answers.write(json.dumps(words) + "\n")
    answers.flush()
