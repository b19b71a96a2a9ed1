"""Convert with LibreOffice: a hardened, pre-warmed profile and a direct, supervised start of its program.

Every figure below was measured with LibreOffice 7.4.7 on two cores; "CPU" is user plus system time of the process tree.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from threading import Event

from generator.base.errors import FileBusyError, ProgramMissingError
from generator.convert.converters.libreoffice.profile import read_version, warm_profile
from generator.convert.converters.libreoffice.program import (
    PROGRAM_VARIABLE,
    find_program,
    list_rivals,
    list_surroundings,
)
from generator.convert.converters.libreoffice.run import WANTS_RESTART, run_libreoffice
from generator.convert.promise import Probe, is_word_archive

_REMEDY = (
    "Install LibreOffice Writer. On Debian or Ubuntu: "
    "sudo apt-get install libreoffice-writer-nogui fonts-liberation2 fonts-crosextra-carlito fonts-crosextra-caladea. "
    "On macOS and Windows: the installer from libreoffice.org."
)


class LibreOffice:
    """The converter that drives an installed LibreOffice."""

    name = "LibreOffice"
    preference = 50

    def probe(self) -> Probe:
        """Look in the usual places, or where PERMANENCE_SOFFICE points and nowhere else."""
        program = find_program()
        if program is None:
            misled = bool(os.environ.get(PROGRAM_VARIABLE))
            start = f"{PROGRAM_VARIABLE} points at a file that is not there: correct or unset it. " if misled else ""
            return Probe(self.name, found=False, remedy=start + _REMEDY)
        try:
            return Probe(self.name, True, read_version(program), "", list_surroundings(program), list_rivals())
        except (OSError, subprocess.SubprocessError):
            return Probe(self.name, found=False, remedy="LibreOffice is there but does not start. " + _REMEDY)

    def convert(self, words: Sequence[Path], into: Path, work: Path, deadline_seconds: float, stopped: Event) -> None:
        """Convert all the files in one run of LibreOffice; see the promise in `generator.convert.promise`."""
        ends_at = time.monotonic() + deadline_seconds
        usable = [word.absolute() for word in words if is_word_archive(word)]
        if not usable:
            return
        program = find_program()
        if program is None:
            raise ProgramMissingError(_REMEDY)
        own = Path(tempfile.mkdtemp(prefix="libreoffice-", dir=work))
        try:
            # Two runs that share a profile spoil each other: one ends with nothing written, or its work goes to the
            # other unasked. Hence a copy for each (35 small files, some milliseconds).
            shutil.copytree(warm_profile(program, own), own / "profile")
            arguments = (program, own, own / "profile", usable, into.absolute(), ends_at, stopped)
            if run_libreoffice(*arguments) == WANTS_RESTART:
                run_libreoffice(*arguments)
        except OSError as error:
            reason = error.strerror or "the folder is closed"
            raise FileBusyError(f"LibreOffice has no room to work in: {reason}.") from error
        finally:
            shutil.rmtree(own, ignore_errors=True)


CONVERTER = LibreOffice()
