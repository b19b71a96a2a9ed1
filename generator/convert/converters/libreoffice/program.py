"""Find the installed LibreOffice, the files that decide what it makes of a Word file, and its cache folder."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.base.fonts import list_font_folders

PROGRAM_VARIABLE = "PERMANENCE_SOFFICE"
"""Names another LibreOffice to use than the one that would be found."""
_NAMES = ("soffice", "libreoffice")
"""What its program is called where programs are looked for."""

_FONT_FOLDER = re.compile(r"<dir\b([^>]*)>\s*([^<]+?)\s*</dir>")


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
    for name in _NAMES:
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


def list_surroundings(program: Program) -> tuple[Path, ...]:
    """List the folders of the program and of fonts, and the font settings. Some may not exist."""
    here = program.wrapper.parent
    places = (here, here.parent / "share" / "fonts", *list_font_folders(), *_list_configured())
    return tuple(dict.fromkeys(places))


def list_rivals() -> tuple[Path, ...]:
    """List the paths where a program of the same name would be found before the one in use."""
    folders = [folder for folder in os.get_exec_path() if folder]
    return tuple(Path(folder, name) for name in _NAMES for folder in folders)


def _list_configured() -> Iterator[Path]:
    """List the settings files of fontconfig, and the folders they name."""
    main = Path(os.environ.get("FONTCONFIG_PATH") or "/etc/fonts", "fonts.conf")
    if chosen := os.environ.get("FONTCONFIG_FILE"):
        main = main.parent / chosen
    yield main
    yield main.parent / "conf.d"
    data = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    yield Path(os.path.expanduser(data), "fonts")  # it does not raise where there is no home
    for file in (main, *sorted(main.parent.glob("conf.d/*.conf"))):
        try:
            text = file.read_text("utf-8", errors="replace")
        except OSError:
            continue
        for attributes, folder in _FONT_FOLDER.findall(text):
            base = data if 'prefix="xdg"' in attributes else ""
            yield Path(os.path.expanduser(os.path.join(base, folder)))  # noqa: PTH118  # as above
