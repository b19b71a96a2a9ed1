"""Find the installed LibreOffice, and the folder where we keep what is worth keeping for it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROGRAM_VARIABLE = "PERMANENCE_SOFFICE"
"""Names another LibreOffice to use than the one that would be found."""
NAMES = ("soffice", "libreoffice")
"""What its program is called where programs are looked for."""


@dataclass(frozen=True, slots=True)
class Program:
    """An installed LibreOffice: what to start, and whether that is the bare program or the script around it."""

    start: Path
    wrapper: Path
    is_bare: bool


def find_program() -> Program | None:
    """The LibreOffice to use, or None. Starts nothing."""
    pointed_at = os.environ.get(PROGRAM_VARIABLE)
    for place in [Path(pointed_at)] if pointed_at else _usual_places():
        if place.is_file():
            real = place.resolve()
            bare = real.with_name("soffice.bin")
            # The wrapper is a shell script that starts the bare program; killing it leaves the program running, and
            # it costs five more processes. On macOS and Windows what we are given is the program itself.
            if sys.platform.startswith("linux") and bare.is_file():
                wrapper = real if real.name != "soffice.bin" else real.with_name("soffice")
                return Program(bare, wrapper if wrapper.is_file() else bare, is_bare=True)
            return Program(real, real, is_bare=False)
    return None


def _usual_places() -> Iterator[Path]:
    for name in NAMES:
        if on_path := shutil.which(name):
            yield Path(on_path)
    for folder in ("/usr/lib/libreoffice", "/usr/lib64/libreoffice", "/usr/local/lib/libreoffice"):
        yield Path(folder, "program", "soffice")
    yield from sorted(Path("/opt").glob("libreoffice*/program/soffice"), reverse=True)
    for applications in (Path("/Applications"), Path(os.path.expanduser("~/Applications"))):
        yield applications / "LibreOffice.app" / "Contents" / "MacOS" / "soffice"
    for variable in ("ProgramFiles", "ProgramFiles(x86)"):
        if programs := os.environ.get(variable):
            yield Path(programs, "LibreOffice", "program", "soffice.com")
            yield Path(programs, "LibreOffice", "program", "soffice.exe")


def cache_folder() -> Path:
    """Where warm profiles are kept from run to run. It may not exist, and may not be writable."""
    import platformdirs

    return platformdirs.user_cache_path("permanence") / "libreoffice"
