"""Have scans read by OCRmyPDF, where it is installed, so that their words can be searched. Nothing needs it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

_PROGRAM = "ocrmypdf"
_LAST_WORDS = 5.0
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "SYSTEMROOT", "TESSDATA_PREFIX", "TEMP", "TMP", "USERPROFILE")


def can_read_scans() -> bool:
    """Whether OCRmyPDF is on the PATH."""
    return shutil.which(_PROGRAM) is not None


def read_scan(clean: Path, target: Path, *, deadline: float) -> bool:
    """Write to `target` a clean PDF with the words of its scanned pages added, invisible; False where it did not work.

    Pages that have text are left as they are. Whatever the program does, it ends within `deadline` seconds, together
    with those that it started. Its own words are not passed on: they quote paths.
    """
    program = shutil.which(_PROGRAM)
    if program is None:
        return False
    folder = target.with_suffix(".reading")
    folder.mkdir(mode=0o700)
    environment = _choose_environment(os.environ, folder)
    command = [program, "--skip-text", "--output-type", "pdf", "--optimize", "0", "--quiet", "-l", "eng"]
    try:
        with subprocess.Popen(
            [*command, str(clean), str(target)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        ) as running:
            try:
                done = running.wait(timeout=deadline) == 0
            except subprocess.TimeoutExpired:
                done = False
            finally:
                _end(running)
    except OSError:
        done = False
    shutil.rmtree(folder, ignore_errors=True)
    if not done:
        target.unlink(missing_ok=True)
    return done and target.exists()


def _choose_environment(environment: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Its passing files go into a private folder; what else this computer keeps in its environment is no concern."""
    return {key: environment[key] for key in _PASSED_ON if key in environment} | {"TMPDIR": str(folder)}


def _end(running: subprocess.Popen[bytes]) -> None:
    """End the program and, where the system knows such groups, all that it started."""
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(running.pid, signal.SIGKILL)
        else:
            running.kill()
    with suppress(subprocess.TimeoutExpired):
        running.wait(timeout=_LAST_WORDS)
