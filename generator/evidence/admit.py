"""Admit a set of files: copy each, have a limited child process work on the copy, and collect what became of it."""

from __future__ import annotations

import hashlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from generator.errors import FileBusyError, Problem
from generator.evidence.kinds import ENDINGS, LOOKED_AT, Kind, tell_kind
from generator.evidence.outcomes import AdmittedEvidence, EvidenceResult, Outcome, RefusedEvidence, WordEvidence

_SUFFIXES = {Kind.PDF: ".pdf", Kind.WORD: ".docx", Kind.JPEG: ".jpg", Kind.PNG: ".png"}
_CHUNK = 1024 * 1024
_CHILD = ("-m", "generator.evidence.child")


def admit_evidence(files: Iterable[Path], folder: Path, *, deadline: float = 60.0) -> tuple[EvidenceResult, ...]:
    """What became of each file, in the order given: never fewer results than files.

    Clean PDFs are written to `folder`, which must be private and empty. Each file has `deadline` seconds; one that
    hangs or brings the child down is refused and the others go on. Raises FileBusyError when the folder is full or
    cannot be written; a file that is wrong in itself never raises.
    """
    worker = _Worker()
    try:
        return tuple(_admit_one(file, folder, number, worker, deadline) for number, file in enumerate(files, 1))
    finally:
        worker.stop()


def _admit_one(file: Path, folder: Path, number: int, worker: _Worker, deadline: float) -> EvidenceResult:
    try:
        source = file.open("rb")
    except OSError as error:
        reason = (error.strerror or "it cannot be opened").lower()
        return _refuse(
            file, f"The file cannot be opened: {reason}", "check that the file is there and not open in another program"
        )
    with source:
        kind = tell_kind(source.read(LOOKED_AT))
        named = ENDINGS.get(file.suffix.lower())
        if not isinstance(kind, Kind):
            what, remedy = kind
            but = f", although its name ends in {file.suffix.lower()}" if named else ""
            return _refuse(file, f"The file is {what}{but}", remedy)
        copy = folder / f"{number:04}-source{_SUFFIXES[kind]}"
        try:
            # From here on only the copy is read, so a file that changes meanwhile cannot be two things at once.
            digest = _copy(source, copy)
        except OSError as error:
            raise FileBusyError(
                f"Evidence cannot be copied to the working folder: {(error.strerror or 'unknown reason').lower()}"
            ) from None
    clean = folder / f"{number:04}.pdf"
    answer = worker.ask({"kind": kind, "source": str(copy), "target": str(clean)}, deadline)
    if kind is not Kind.WORD or "says" in answer:
        copy.unlink(missing_ok=True)
    if "says" in answer:
        clean.unlink(missing_ok=True)
        return _refuse(file, answer["says"], answer["remedy"], digest)
    warnings = [*answer["warnings"]]
    if named is not kind:
        warnings.insert(0, f"The file is a {kind} file, whatever its name says")
    if kind is Kind.WORD:
        return WordEvidence(file, copy, digest, tuple(warnings))
    outcome = Outcome.MERGED_WITH_WARNING if warnings else Outcome.MERGED
    return AdmittedEvidence(file, clean, answer["pages"], digest, outcome, tuple(warnings))


def _refuse(file: Path, says: str, remedy: str, digest: str = "") -> RefusedEvidence:
    return RefusedEvidence(file, Problem("B001", says, remedy=remedy), digest)


def _copy(source: BinaryIO, copy: Path) -> str:
    digest = hashlib.sha256()
    source.seek(0)
    handle = os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as written:
        while block := source.read(_CHUNK):
            digest.update(block)
            written.write(block)
    return digest.hexdigest()


class _Worker:
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
            line = self._answers.get(timeout=deadline)
        except queue.Empty:
            self.stop()
            return _say(
                f"The file could not be read within {deadline:g} seconds", "print it to PDF, or scan it, and use that"
            )
        except OSError:
            line = b""
        if not line:
            self.stop()
            return _say(
                "The file could not be read: it needs more memory or time than a file of evidence may",
                "print it to PDF, or scan it, and use that",
            )
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        environment = dict(os.environ)
        inside = str(Path(__file__).parents[2])
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, (inside, environment.get("PYTHONPATH"))))
        # -P: a folder of evidence that is the current one must not be able to bring modules of its own.
        # File names travel through the pipe: arguments of a process can be read by everyone on the computer.
        self._child = subprocess.Popen(
            [sys.executable, "-P", *_CHILD],
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


def _say(says: str, remedy: str) -> dict[str, Any]:
    return {"says": says, "remedy": remedy}
