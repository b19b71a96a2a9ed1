"""Makes the n-th call that changes the disk fail, or kills the process there, as a full disk or a power cut would."""

from __future__ import annotations

import builtins
import errno
import io
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

KILL = "kill -9"
FAULTS: dict[str, int] = {
    "disk full": errno.ENOSPC,
    "not allowed": errno.EACCES,
    "disk broken": errno.EIO,
    KILL: 0,
}
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@dataclass
class Injection:
    """Counts the calls that change something under `folder`; the one numbered `at` meets the fault.

    A disk that is full stays full: from `at` on every call that needs room fails, until the process ends. `at` 0 only
    counts. `calls` names each call, with the name of the file and whether it belongs to the delivery.
    """

    folder: Path
    fault: str
    at: int = 0
    lasting: bool = False
    calls: list[str] = field(default_factory=list)
    _depth: int = 0

    def step(self, what: str, path: Any) -> None:
        """One call is about to happen."""
        if self._depth or not self._is_watched(path):
            return
        self.calls.append(f"{what} {self._say(path)}")
        here = len(self.calls)
        if self.at and (here == self.at or (self.lasting and here > self.at and what != "remove")):
            if self.fault == KILL:
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(FAULTS[self.fault], os.strerror(FAULTS[self.fault]), os.fspath(path))

    def _is_watched(self, path: Any) -> bool:
        return isinstance(path, str | os.PathLike) and Path(path).absolute().is_relative_to(self.folder)

    def _say(self, path: Any) -> str:
        parts = Path(path).absolute().relative_to(self.folder).parts
        return "/".join("work" if part.startswith(".permanence-work-") else part for part in parts) or "."

    def install(self) -> None:
        """Wrap every way in which Python changes a disk. The process is expected to end soon."""
        for name, what, which in (
            ("rename", "rename", 1),
            ("replace", "rename", 1),
            ("link", "link", 1),
            ("mkdir", "mkdir", 0),
            ("unlink", "remove", 0),
            ("remove", "remove", 0),
            ("rmdir", "remove", 0),
            ("chmod", "chmod", 0),
        ):
            setattr(os, name, self._wrap(getattr(os, name), what, which))
        opened: dict[int, str] = {}
        plain_open, plain_fsync, plain_write, plain_close = os.open, os.fsync, os.write, os.close

        def open_handle(path: Any, flags: int, *rest: Any, **more: Any) -> int:
            if flags & _WRITES:
                self.step("open", path)
            handle = plain_open(path, flags, *rest, **more)
            opened[handle] = os.fspath(path) if isinstance(path, str | os.PathLike) else ""
            return handle

        def sync(handle: Any) -> None:
            self.step("fsync", opened.get(handle if isinstance(handle, int) else handle.fileno(), ""))
            plain_fsync(handle)

        def write(handle: int, content: Any) -> int:
            self.step("write", opened.get(handle, ""))
            return plain_write(handle, content)

        def close(handle: int) -> None:
            opened.pop(handle, None)
            plain_close(handle)

        os.open, os.fsync, os.write, os.close = open_handle, sync, write, close  # type: ignore[assignment]
        self._install_open(opened)

    def _wrap(self, call: Callable[..., Any], what: str, which: int) -> Callable[..., Any]:
        def wrapped(*given: Any, **more: Any) -> Any:
            # Removing by folder handle (shutil.rmtree) names files relative to it.
            if not more.get("dir_fd"):
                self.step(what, given[which])
            return call(*given, **more)

        return wrapped

    def _install_open(self, opened: dict[int, str]) -> None:
        injection, plain = self, builtins.open

        class Raw(io.FileIO):
            def write(self, content: Any) -> int:
                injection.step("write", self.name if isinstance(self.name, str) else opened.get(self.fileno(), ""))
                return super().write(content)

        def open_file(file: Any, mode: str = "r", *rest: Any, **more: Any) -> Any:
            path = opened.get(file, "") if isinstance(file, int) else file
            if not set(mode) & set("wax+") or not injection._is_watched(path):
                return plain(file, mode, *rest, **more)
            if not isinstance(file, int):
                injection.step("open", file)
            raw = Raw(file if isinstance(file, int) else os.fspath(file), mode.replace("b", "").replace("t", ""))
            buffered: Any = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
            if "b" in mode:
                return buffered
            encoding = more.get("encoding") or "utf-8"
            return io.TextIOWrapper(buffered, encoding=encoding, newline=more.get("newline"))

        builtins.open = io.open = open_file
