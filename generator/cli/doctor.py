"""The command `doctor`: what is installed on this computer, what is missing, and what to do about it."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from generator.base.errors import ExitCode, Level, choose_exit_code
from generator.cli.options import CommandOptions, examples, options
from generator.convert.promise import find_converters

OLDEST_PYTHON = (3, 11)
ROOM_WANTED = 1 << 30

_STAND_INS = {
    "Calibri": "Carlito",
    "Cambria": "Caladea",
    "Arial": "Liberation Sans",
    "Times New Roman": "Liberation Serif",
}
"""Free fonts with the same widths, letter by letter. With others a statement of 16 pages became one of 18."""

_FONTS_REMEDY = (
    "On Debian or Ubuntu: sudo apt-get install fonts-crosextra-carlito fonts-crosextra-caladea fonts-liberation2 "
    "(fonts-liberation where that name is not known). Elsewhere: install Carlito, Caladea and Liberation."
)

_SCRIPTS = {
    "Arabic": "645 62d 62f",
    "Urdu": "679 6d2 6c1",
    "Bengali": "995 9be 9b2",
    "Gurmukhi (Punjabi)": "a17 a4d a30",
    "Ethiopic (Amharic, Tigrinya)": "1230 120b 121d",
    "Hebrew": "5e9 5dc 5d5",
    "Chinese": "738b 5f35 5f20",
}
"""Scripts that names in a case file are likely to be written in, each with letters that a font for it must have.

Asking fontconfig by language instead would refuse fonts that lack only rare letters.
"""

_SCRIPTS_REMEDY = "On Debian or Ubuntu: sudo apt-get install fonts-noto-core fonts-droid-fallback."


@dataclass(frozen=True, slots=True)
class MachineCheck:
    """One thing on this computer that was looked at, and how much it matters. `ok` is None where it cannot be told."""

    name: str
    ok: bool | None
    found: str
    remedy: str = ""
    level: Level = Level.MUST


@click.command(epilog=examples("permanence doctor"))
@options("as_json")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("output"),
    metavar="DIR",
    help="The folder that papers are to be written to.",
)
def doctor(options: CommandOptions, output: Path) -> ExitCode:
    """Look whether this machine has all that is needed, and say what to install."""
    checks = examine_machine(output)
    options.print(checks, list, _describe)
    missing = any(one.ok is False and one.level is Level.MUST for one in checks)
    return choose_exit_code(program_missing=missing)


def _describe(checks: Sequence[MachineCheck]) -> Iterator[str]:
    for one in checks:
        state = "ok" if one.ok else "cannot tell" if one.ok is None else "missing"
        yield f"{state:<12} {one.name}: {one.found}"
        if one.remedy and not one.ok:
            yield f"             {one.remedy}"


def examine_machine(output: Path = Path("output")) -> tuple[MachineCheck, ...]:
    """Everything that decides whether and how well papers can be made here. Never raises, uses no network."""
    return (
        _python(),
        *_converters(),
        *_stand_in_fonts(),
        *_scripts(),
        _output_folder(output),
        _room(output),
        _cores(),
        *_libraries(),
    )


def _python() -> MachineCheck:
    version = ".".join(map(str, sys.version_info[:3]))
    wanted = ".".join(map(str, OLDEST_PYTHON))
    is_new_enough = sys.version_info[:2] >= OLDEST_PYTHON
    return MachineCheck("Python", is_new_enough, version, "" if is_new_enough else f"Install Python {wanted} or later.")


def _converters() -> Iterator[MachineCheck]:
    """One finding for each converter. When one is there, missing another does no harm."""
    probes = [converter.probe() for converter in find_converters()]
    level = Level.COULD if any(probe.found for probe in probes) else Level.MUST
    for probe in probes:
        found = (probe.version or "there") if probe.found else "not found"
        yield MachineCheck(probe.name, probe.found, found, probe.remedy, Level.MUST if probe.found else level)


def _stand_in_fonts() -> Iterator[MachineCheck]:
    for wanted, stand_in in _STAND_INS.items():
        answer = _ask("fc-match", "--format=%{family}", wanted)
        families = {family.strip() for family in (answer or "").split(",")}
        ok = None if answer is None else bool(families & {wanted, stand_in})
        found = _CANNOT_CHECK if answer is None else answer
        yield MachineCheck(f"Font for {wanted}", ok, found, "" if ok else _FONTS_REMEDY, Level.SHOULD)


def _scripts() -> Iterator[MachineCheck]:
    for script, letters in _SCRIPTS.items():
        answer = _ask("fc-list", f":charset={letters}", "family")
        ok = None if answer is None else bool(answer)
        found = _CANNOT_CHECK if answer is None else "shows" if ok else "would print as empty boxes"
        yield MachineCheck(f"Names in {script}", ok, found, "" if ok else _SCRIPTS_REMEDY, Level.COULD)


_CANNOT_CHECK = "cannot be checked: fontconfig is not installed"


def _ask(program: str, *arguments: str) -> str | None:
    """The answer of a fontconfig program, or None when it is not there or does not answer."""
    where = shutil.which(program)
    if where is None:
        return None
    try:
        answer = subprocess.run(
            [where, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=60,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.strip()


def _output_folder(output: Path) -> MachineCheck:
    try:
        with tempfile.TemporaryFile(dir=_nearest_folder(output)):
            return MachineCheck("Output folder", True, "can be written")
    except OSError:
        remedy = "Choose another folder with -o, or ask its owner for the right to write in it."
        return MachineCheck("Output folder", False, "cannot be written", remedy)


def _room(output: Path) -> MachineCheck:
    try:
        free = shutil.disk_usage(_nearest_folder(output)).free
    except OSError:
        return MachineCheck("Disk space", None, "cannot be checked", level=Level.SHOULD)
    remedy = "" if free >= ROOM_WANTED else "Make room: a bundle with its evidence can take several hundred megabytes."
    return MachineCheck("Disk space", free >= ROOM_WANTED, f"{free / 1e9:.1f} GB free", remedy, Level.SHOULD)


def _nearest_folder(path: Path) -> Path:
    """The folder itself, or the first one above it that exists: the doctor makes nothing."""
    path = path.absolute()
    return next(folder for folder in (path, *path.parents) if folder.is_dir() or not folder.name)


def _cores() -> MachineCheck:
    cores = os.cpu_count() or 1
    remedy = "" if cores > 1 else "With two, papers are converted in about half the time."
    return MachineCheck("Processor cores", cores > 1, str(cores), remedy, Level.COULD)


def _libraries() -> Iterator[MachineCheck]:
    """The libraries that the installed product asks for, with the versions that are there."""
    try:
        wanted = importlib.metadata.requires("permanence") or []
    except importlib.metadata.PackageNotFoundError:
        yield MachineCheck("Libraries", None, "cannot be checked: permanence is not installed", "Run make set-up.")
        return
    for requirement in sorted(wanted, key=str.casefold):
        name = re.match(r"[\w.-]+", requirement)
        if name and not re.search(r";.*\bextra\b", requirement):
            yield _library(name[0])


def _library(name: str) -> MachineCheck:
    try:
        return MachineCheck(f"Library {name}", True, importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return MachineCheck(
            f"Library {name}", False, "not installed", "Run make set-up, or pip install permanence again."
        )
