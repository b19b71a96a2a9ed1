"""The files that decide what LibreOffice makes of a Word file: its program, and every font it can find."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from generator.base.fonts import list_font_folders
from generator.convert.converters.libreoffice.program import NAMES, Program

_FOLDER = re.compile(r"<dir\b([^>]*)>\s*([^<]+?)\s*</dir>")


def list_surroundings(program: Program) -> tuple[Path, ...]:
    """The folder of the program, those of fonts, and the settings that say where fonts are. Some may not be there."""
    here = program.wrapper.parent
    places = (here, here.parent / "share" / "fonts", *list_font_folders(), *_list_configured())
    return tuple(dict.fromkeys(places))


def list_rivals() -> tuple[Path, ...]:
    """Where a program of the same name could be found before the one that is used."""
    folders = [folder for folder in os.get_exec_path() if folder]
    return tuple(Path(folder, name) for name in NAMES for folder in folders)


def _list_configured() -> Iterator[Path]:
    """The settings of fontconfig, and the folders that they name."""
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
        for attributes, folder in _FOLDER.findall(text):
            base = data if 'prefix="xdg"' in attributes else ""
            yield Path(os.path.expanduser(os.path.join(base, folder)))  # noqa: PTH118  # as above
