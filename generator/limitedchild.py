"""A child process with limits, for files that nobody here made: what happens to it happens to it alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any


def ask_child(program: Path, question: dict[str, Any], seconds: float) -> tuple[tuple[dict[str, Any], ...], bool]:
    """The lines that a program of this package answers to one question, and whether it came to its own end.

    One line of JSON goes in, any number of them come out. After `seconds` the child is ended, and what it had said so
    far is returned.
    """
    environment = dict(os.environ)
    inside = str(Path(__file__).parents[1])
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (inside, environment.get("PYTHONPATH"))))
    # By its path, so that the room it stands in is not loaded with it: the child needs little of it.
    # -P: the folder that is the current one must not be able to bring modules of its own.
    # The question travels through the pipe: arguments of a process can be read by everyone on the computer.
    command = [sys.executable, "-P", str(program)]
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


def _read_lines(output: bytes) -> tuple[dict[str, Any], ...]:
    # The last line may be cut off where the child was ended.
    whole = output[: output.rfind(b"\n") + 1]
    return tuple(json.loads(line) for line in whole.splitlines())


def limit_this_process(*, memory: int, file_size: int, seconds: int) -> None:
    """Bind this process to so many bytes of memory, of any file it writes, and so many seconds of a processor.

    Windows has no such limits: there the deadline alone protects.
    """
    try:
        import resource
    except ImportError:
        return
    wanted = (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, file_size),
        (resource.RLIMIT_CPU, seconds),
    )
    for limit, size in wanted:
        # macOS refuses some of them, and a lower limit that is already set must stay.
        with suppress(ValueError, OSError):
            _, hard = resource.getrlimit(limit)
            resource.setrlimit(limit, (size if hard == resource.RLIM_INFINITY else min(size, hard), hard))
