"""The parent's side of the child process that opens what came from outside: questions, answers, and an end to it."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
import time
from contextlib import suppress
from typing import Any, BinaryIO

from generator.base.sandboxed_process import write_command
from generator.evidence.outcomes import SECONDS_PER_PAGE

_CHILD = ("-m", "generator.evidence.child")
_PRINT = "print it to PDF, or scan it, and use that"


class Worker:
    """One child process for the whole set. It is started when first needed, and again after it had to be ended."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._answers: queue.Queue[bytes] = queue.Queue()

    def ask(self, request: dict[str, Any], deadline: float) -> dict[str, Any]:
        """The child's answer about one file, or the reason why there is none."""
        child = self._child or self._start()
        try:
            assert child.stdin is not None
            child.stdin.write(json.dumps(request).encode() + b"\n")
            child.stdin.flush()
            answer = self._listen(deadline)
        except queue.Empty:
            self.stop()
            return _say(f"The file could not be read within {deadline:g} seconds")
        except OSError:
            answer = None
        if answer is None:
            self.stop()
            return _say("The file could not be read: it needs more memory or time than a file of evidence may")
        return answer

    def _listen(self, deadline: float) -> dict[str, Any] | None:
        """The answer; None where the child is gone. A file of many pages has more time, once they are counted."""
        ends_at = time.monotonic() + deadline
        while line := self._answers.get(timeout=max(ends_at - time.monotonic(), 0)):
            answer: dict[str, Any] = json.loads(line)
            if "counted" not in answer:
                return answer
            ends_at += answer["counted"] * SECONDS_PER_PAGE
        return None

    def _start(self) -> subprocess.Popen[bytes]:
        command, environment = write_command(*_CHILD)
        self._child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        self._answers = queue.Queue()
        threading.Thread(target=_pass_on, args=(self._child.stdout, self._answers), daemon=True).start()
        return self._child

    def stop(self) -> None:
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


def _pass_on(output: BinaryIO, answers: queue.Queue[bytes]) -> None:
    with output:
        for line in output:
            answers.put(line)
    # The child is gone: whoever still waits is told at once rather than at the deadline.
    answers.put(b"")


def _say(says: str) -> dict[str, Any]:
    return {"end": "quarantined", "says": says, "remedy": _PRINT}
