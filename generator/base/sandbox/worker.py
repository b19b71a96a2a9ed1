"""The parent's side: one child process that works on files one after another, and is started again when it dies."""

from __future__ import annotations

import dataclasses
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Any, BinaryIO, Generic, TypeVar

from pydantic import TypeAdapter

Answer = TypeVar("Answer")


class Ended(Enum):
    """How the work on one question ended."""

    DONE = auto()
    TOO_SLOW = auto()
    """The time was over, and the child was ended."""
    DIED = auto()
    """The file brought the child down: it needed more memory or processor time than it may, or broke a library."""


@dataclass(frozen=True, slots=True)
class Reply(Generic[Answer]):
    """The answers to one question. Where it did not end well, these are the answers from before."""

    answers: tuple[Answer, ...]
    ended: Ended


class SandboxedWorker(Generic[Answer]):
    """A child process for a set of files, to be used in a `with` statement.

    It is started when it is first asked, and again after it had to be ended, so that a file costs only itself.
    `program` are the arguments for the interpreter, such as `-m` and a module that calls `child.serve`; `answers` are
    the dataclasses that it may answer with. Nothing else is taken from it.
    """

    def __init__(self, program: Sequence[str], *answers: type[Answer]) -> None:
        self._program = program
        self._types = {one.__name__: TypeAdapter(one) for one in answers}
        self._child: subprocess.Popen[bytes] | None = None
        self._lines: queue.Queue[bytes] = queue.Queue()

    def __enter__(self) -> SandboxedWorker[Answer]:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def ask(self, question: Any, seconds: float) -> Reply[Answer]:
        """The answers to one question, a flat dataclass, within so many seconds and those that the child asks for."""
        heard: list[Answer] = []
        try:
            child = self._child or self._start()
            assert child.stdin is not None  # noqa: S101 - it was opened as a pipe
            child.stdin.write(json.dumps(dataclasses.asdict(question)).encode() + b"\n")
            child.stdin.flush()
            is_done = self._listen(heard, time.monotonic() + seconds)
        except queue.Empty:
            ended = Ended.TOO_SLOW
        except (OSError, ValueError, KeyError):
            # It is gone, or does not say what it may say.
            ended = Ended.DIED
        else:
            ended = Ended.DONE if is_done else Ended.DIED
        if ended is not Ended.DONE:
            self._stop()
        return Reply(tuple(heard), ended)

    def _listen(self, heard: list[Answer], ends_at: float) -> bool:
        """Collect the answers; returns whether they came to their end. Raises queue.Empty when the time is over."""
        while line := self._lines.get(timeout=max(ends_at - time.monotonic(), 0)):
            said = json.loads(line)
            if "done" in said:
                return True
            if "more_seconds" in said:
                ends_at += said["more_seconds"]
            else:
                heard.append(self._types[said["answer"]].validate_python(said["fields"]))
        return False

    def _start(self) -> subprocess.Popen[bytes]:
        environment = dict(os.environ)
        inside = str(Path(__file__).parents[3])
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, (inside, environment.get("PYTHONPATH"))))
        # What it is to work on is no argument: those of a process can be read by everyone on the computer.
        # -P: a folder of evidence that is the current one must not be able to bring modules of its own.
        self._child = subprocess.Popen(
            [sys.executable, "-P", *self._program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        self._lines = queue.Queue()
        threading.Thread(target=_pass_on, args=(self._child.stdout, self._lines), daemon=True).start()
        return self._child

    def _stop(self) -> None:
        """End the child, whatever it is doing."""
        child, self._child = self._child, None
        if child is None:
            return
        with suppress(OSError):
            child.kill()
        child.wait()
        if child.stdin:
            with suppress(OSError):
                child.stdin.close()


def _pass_on(output: BinaryIO, lines: queue.Queue[bytes]) -> None:
    with output:
        for line in output:
            lines.put(line)
    # The child is gone: who still waits is told at once rather than at the deadline.
    lines.put(b"")
