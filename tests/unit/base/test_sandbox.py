"""A child process for files from outside: what happens to one file happens to it alone, and its limits hold."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.base.sandbox.worker import Ended, SandboxedWorker

PROGRAM = """
import os, time
from dataclasses import dataclass
from generator.base.sandbox.child import serve

@dataclass
class Task:
    do: str

@dataclass
class Said:
    words: tuple

@dataclass
class Other:
    words: str

def work(task, answers):
    answers.send(Said(("before", "\\ud800")))
    exec(task.do)
    answers.send(Said(("after",)))

serve(Task, work, file_size=1024, seconds=1)
"""


@dataclass
class Task:
    """What the child is to do between its two answers."""

    do: str


@dataclass(frozen=True)
class Said:
    """An answer of the child."""

    words: tuple[str, ...]


BEFORE, AFTER = Said(("before", "\ud800")), Said(("after",))


@pytest.fixture
def worker(tmp_path: Path) -> SandboxedWorker[Said]:
    script = tmp_path / "child.py"
    script.write_text(PROGRAM)
    return SandboxedWorker((str(script),), Said)


@pytest.mark.parametrize("do", ["pass", "print('what a library prints')", "answers.allow(9); time.sleep(1.5)"])
def test_all_answers_come_back_as_they_were_sent(worker: SandboxedWorker[Said], do: str) -> None:
    with worker:
        worker.ask(Task("pass"), 30)
        reply = worker.ask(Task(do), 1 if "allow" in do else 30)
    assert (reply.answers, reply.ended) == ((BEFORE, AFTER), Ended.DONE)


@pytest.mark.parametrize(
    ("do", "ended"),
    [
        ("time.sleep(60)", Ended.TOO_SLOW),
        ("os._exit(0)", Ended.DIED),
        ("os.kill(os.getpid(), 9)", Ended.DIED),
        ("raise ValueError", Ended.DIED),
        ("bytearray(4 * 1024**3)", Ended.DIED),
        ("os.write(os.open('large', os.O_CREAT | os.O_WRONLY), bytes(2048)) == 2048 or os._exit(1)", Ended.DIED),
        ("exec('while True: pass')", Ended.DIED),
        ("answers.send(Other('x'))", Ended.DIED),
        ("answers.send(Said(7))", Ended.DIED),
        ("answers._lines.write('not JSON\\n')", Ended.DIED),
    ],
)
def test_a_file_that_ends_the_child_costs_only_itself(
    worker: SandboxedWorker[Said], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, do: str, ended: Ended
) -> None:
    pytest.importorskip("resource")
    monkeypatch.chdir(tmp_path)
    with worker:
        # The start of a child takes longer than the one second that a slow file has here.
        worker.ask(Task("pass"), 30)
        reply = worker.ask(Task(do), 1 if ended is Ended.TOO_SLOW else 30)
        after = worker.ask(Task("pass"), 30)
    assert (reply.answers, reply.ended) == ((BEFORE,), ended)
    assert after.ended is Ended.DONE
