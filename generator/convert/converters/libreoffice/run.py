"""Run LibreOffice once: its arguments, its environment, and how it is watched and ended."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from threading import Event

from generator.convert.converters.libreoffice.program import Program, cache_folder

if sys.platform != "win32":
    import resource

_PDF_OPTIONS = {
    # Naming any option resets the others to values of its own (JPEG quality falls from 90 to 80), so all are named.
    "UseLosslessCompression": False,
    "Quality": 90,
    "ReduceImageResolution": False,
    "MaxImageResolution": 300,
    "SelectPdfVersion": 0,
    "UseTaggedPDF": True,
    "PDFUACompliance": True,
    "ExportFormFields": False,
    "ExportBookmarks": True,
    "OpenBookmarkLevels": -1,
    "ExportNotes": False,
    "ExportNotesInMargin": False,
    "ExportNotesPages": False,
    "ExportPlaceholders": False,
    "ExportLinksRelativeFsys": False,
    "ConvertOOoTargetToPDFTarget": False,
    "ExportBookmarksToPDFDestination": False,
    "EmbedStandardFonts": True,
    "IsSkipEmptyPages": False,
    "IsAddStream": False,
    "SinglePageSheets": False,
    "EncryptFile": False,
    "RestrictPermissions": False,
}

WANTS_RESTART = 81
"""What soffice.bin returns, converting nothing, when it has just filled an empty profile."""

_MEMORY_LIMIT = 4 << 30
_FILE_LIMIT = 2 << 30


def run_libreoffice(
    program: Program, own: Path, profile: Path, words: Sequence[Path], into: Path, ends_at: float, stopped: Event
) -> int | None:
    """Start LibreOffice and stay until it ends, time is up or `stopped` is set. Returns its exit code, or None.

    Whatever happens, an exception included, its whole process group is gone afterwards and so is its socket.
    """
    process = subprocess.Popen(
        _arguments(program, profile, words, into),
        env=_environment(program, own),
        cwd=own,
        stdin=subprocess.DEVNULL,
        # What it prints holds paths and is not to be relied on: 28 of 28 failures ended with code 0 and a message.
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _limit(process.pid, ends_at - time.monotonic())
        while not stopped.is_set() and time.monotonic() < ends_at:
            with contextlib.suppress(subprocess.TimeoutExpired):
                return process.wait(timeout=0.1)
        return None
    finally:
        _end_group(process)
        _remove_socket(profile)


def _arguments(program: Program, profile: Path, words: Sequence[Path], into: Path) -> list[str]:
    options = {
        name: {"type": "boolean" if isinstance(value, bool) else "long", "value": str(value).lower()}
        for name, value in _PDF_OPTIONS.items()
    }
    return [
        str(program.start),
        f"-env:UserInstallation={profile.as_uri()}",  # an address that is not percent-encoded aborts the program
        "--headless",
        "--norestore",
        "--nologo",
        "--nodefault",
        "--nolockcheck",
        "--infilter=MS Word 2007 XML",  # without it, text and garbage named .docx are converted as well
        "--convert-to",
        f"pdf:writer_pdf_Export:{json.dumps(options, separators=(',', ':'))}",
        "--outdir",
        str(into),
        *map(str, words),
    ]


def _environment(program: Program, own: Path) -> dict[str, str]:
    """What LibreOffice may know of the machine: private folders, and nothing of the user's settings."""
    cache = cache_folder().parent
    surroundings = {
        "HOME": str(own),
        "TMPDIR": str(own),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "SAL_USE_VCLPLUGIN": "svp",
        # Fonts that a person installed for themselves are found, and their index is kept from run to run.
        "XDG_DATA_HOME": os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share"),
        "XDG_CACHE_HOME": str(cache),
    }
    if program.is_bare:
        # Without a path LibreOffice does not start gpg and paperconf five times over: 0.92 of the CPU time.
        surroundings["PATH"] = "/nonexistent"
        if jemalloc := _jemalloc():
            surroundings["LD_PRELOAD"] = jemalloc  # 0.75 of the CPU time for ten papers
    else:
        surroundings["PATH"] = os.environ.get("PATH", os.defpath)
        kept = ("SYSTEMROOT", "TEMP", "TMP", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "__CF_USER_TEXT_ENCODING")
        surroundings.update({name: os.environ[name] for name in kept if name in os.environ})
    for name in ("FONTCONFIG_FILE", "FONTCONFIG_PATH"):
        if name in os.environ:
            surroundings[name] = os.environ[name]
    return surroundings


@functools.cache
def _jemalloc() -> str | None:
    for pattern in ("lib/*/libjemalloc.so.2", "lib64/libjemalloc.so.2", "lib/libjemalloc.so.2"):
        for found in sorted(Path("/usr").glob(pattern)):
            return str(found)
    return None


def _limit(pid: int, seconds: float) -> None:
    """Bound what a runaway LibreOffice can take, and keep personal data out of core dumps (Linux only).

    The CPU limit also ends it when this process is killed and nobody is left to watch the clock.
    """
    if sys.platform == "linux":
        wanted = {
            resource.RLIMIT_CORE: 0,
            resource.RLIMIT_CPU: max(60, int(seconds) * 2),
            resource.RLIMIT_AS: _MEMORY_LIMIT,
            resource.RLIMIT_FSIZE: _FILE_LIMIT,
        }
        for what, limit in wanted.items():
            with contextlib.suppress(OSError, ValueError):  # it may have ended already, or be limited further
                resource.prlimit(pid, what, (limit, limit))


def _end_group(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _remove_socket(profile: Path) -> None:
    """Remove the socket that a killed LibreOffice leaves in the system's temporary folder.

    Its name is the MD5 of the profile's address in UTF-16, each byte in hexadecimal without leading zeros.
    """
    if sys.platform != "win32":
        digest = hashlib.md5(profile.as_uri().encode("utf-16-le"), usedforsecurity=False).digest()
        name = f"OSL_PIPE_{os.getuid()}_SingleOfficeIPC_{''.join(f'{byte:x}' for byte in digest)}"
        for folder in ("/tmp", "/var/tmp", tempfile.gettempdir()):
            with contextlib.suppress(OSError):
                Path(folder, name).unlink()
