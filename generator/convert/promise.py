"""The interface of Word-to-PDF converters, and which one this computer has: each module in `converters` is one."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Protocol, runtime_checkable

from generator.base.cache.ingredients import digest_state
from generator.base.errors import ProgramMissingError
from generator.base.word_package import DamagedPackageError, open_package
from generator.convert import converters


@dataclass(frozen=True, slots=True)
class Probe:
    """What is known of the outside program behind a converter, without converting anything.

    `remedy` says what to do when the program is not found; it is empty when nothing needs doing. `stands_on` are the
    files and folders whose change may change its PDFs, its fonts among them; `instead` are files that would be used in
    its place if they were there. None of them need be there.
    """

    name: str
    found: bool
    version: str = ""
    remedy: str = ""
    stands_on: tuple[Path, ...] = ()
    instead: tuple[Path, ...] = ()


@runtime_checkable
class Converter(Protocol):
    """Turns Word files into PDF. A module in `converters` offers one as `CONVERTER`."""

    @property
    def name(self) -> str:
        """What people call the program: "LibreOffice"."""

    @property
    def preference(self) -> int:
        """Which converter is asked first when several are there: the lowest."""

    def probe(self) -> Probe:
        """Look for the program. Never raises, never converts, is quick when asked again."""

    def convert(self, words: Sequence[Path], into: Path, work: Path, deadline_seconds: float, stopped: Event) -> None:
        """Write `into/<stem>.pdf` for each Word file; two files never share a stem.

        `into` and `work` are private folders that exist; whatever else the converter writes goes into `work`. It
        returns when done, when the deadline has passed or soon after `stopped` is set, and leaves no process behind.
        It says nothing about success: the caller judges the files. It may raise a PermanenceError that explains why
        nothing could be converted. It may be called from several threads at once.
        """


def find_converters() -> tuple[Converter, ...]:
    """List every converter in the folder `converters`, the preferred first, whether its program is installed or not.

    Raises TypeError for a module that offers none, so that an unfinished converter is noticed.
    """
    found: list[Converter] = []
    for module in pkgutil.iter_modules(converters.__path__):
        offered = getattr(importlib.import_module(f"{converters.__name__}.{module.name}"), "CONVERTER", None)
        if not isinstance(offered, Converter):
            raise TypeError(f"the converter module {module.name} offers no CONVERTER that keeps the promise")
        found.append(offered)
    return tuple(sorted(found, key=lambda converter: (converter.preference, converter.name)))


def choose_converter() -> Converter:
    """The preferred converter whose program is installed; raises ProgramMissingError saying what to install."""
    remedies: list[str] = []
    for converter in find_converters():
        probe = converter.probe()
        if probe.found:
            return converter
        remedies.append(probe.remedy)
    raise ProgramMissingError(" ".join(["No program that turns Word files into PDF was found.", *remedies]))


@dataclass(frozen=True, slots=True)
class ConverterIdentity:
    """A converter by name and version, with a digest of its program and fonts; `name` is empty where there is none.

    `places` are all that decide which converter is chosen and what it makes.
    """

    name: str = ""
    places: tuple[Path, ...] = ()


NO_CONVERTER = ConverterIdentity()


def identify_converter() -> ConverterIdentity:
    """The converter that is chosen on this computer now."""
    try:
        probe = choose_converter().probe()
    except ProgramMissingError:
        return NO_CONVERTER
    name = f"{probe.name} {probe.version}, {digest_state(probe.stands_on)[:16]}"
    return ConverterIdentity(name, (*probe.stands_on, *probe.instead))


def is_word_archive(path: Path) -> bool:
    """Whether a file has the outer shape of a .docx: a zip archive with a `word/` folder inside.

    LibreOffice 7.4 turns a file of no bytes into a blank page and garbage into pages of gibberish, each with exit
    code 0, so no converter is shown such a file.
    """
    try:
        with open_package(path) as package:
            return package.is_word
    except (OSError, DamagedPackageError):
        return False
