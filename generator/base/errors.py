"""Exit codes, problems with their place in a file, and the errors of the product."""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from pathlib import PurePath


class ExitCode(IntEnum):
    """The exit codes of the command."""

    DONE = 0
    MUST_FIX = 1
    CANNOT_READ = 2
    PROGRAM_MISSING = 3
    FILE_BUSY = 4
    UNSAFE_TO_DISCLOSE = 5
    STOPPED = 130


def choose_exit_code(*, unsafe: bool = False, program_missing: bool = False, must_fix: bool = False) -> ExitCode:
    """The exit code of a command that ran to its end: the gravest of what it found."""
    if unsafe:
        return ExitCode.UNSAFE_TO_DISCLOSE
    if program_missing:
        return ExitCode.PROGRAM_MISSING
    return ExitCode.MUST_FIX if must_fix else ExitCode.DONE


class Level(StrEnum):
    """How binding a problem is: law or a broken file (must), guidance (should), good practice (could)."""

    MUST = "must"
    SHOULD = "should"
    COULD = "could"

    @property
    def strength(self) -> int:
        """A number for sorting: the higher, the more binding."""
        return [Level.COULD, Level.SHOULD, Level.MUST].index(self)


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a text file. Lines and columns count from 1, as editors show them.

    `source` is the whole line. It may hold personal data, so it is only shown on request.
    """

    file: str
    line: int
    column: int
    source: str = ""
    length: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where, and the way out. The words never quote a value from the file."""

    code: str
    says: str
    place: Place | None = None
    path: str = ""
    remedy: str = ""
    level: Level = Level.MUST


class PermanenceError(Exception):
    """The parent of every error the product raises on purpose.

    `summary` is one sentence for the reader; `problems` are the located parts, all of them at once. `exit_code` is that
    of a command which it ends.
    """

    exit_code = ExitCode.MUST_FIX

    def __init__(self, summary: str, problems: Iterable[Problem] = ()) -> None:
        super().__init__(summary)
        self.summary = summary
        self.problems = tuple(problems)


class CannotReadError(PermanenceError):
    """A file that cannot be read as what it should be: wrong syntax, wrong facts, not there."""

    exit_code = ExitCode.CANNOT_READ


class ProgramMissingError(PermanenceError):
    """An outside program is not installed. The summary says which, and how to install it."""

    exit_code = ExitCode.PROGRAM_MISSING


class FileBusyError(PermanenceError):
    """A file is open elsewhere, a folder is read-only or full, or another build runs. Nothing was changed."""

    exit_code = ExitCode.FILE_BUSY


class UnsafeToDiscloseError(PermanenceError):
    """A paper asks for what its reader may not see. It is withheld."""

    exit_code = ExitCode.UNSAFE_TO_DISCLOSE


class TemplateError(PermanenceError):
    """A Word template or its card cannot be used as it stands."""

    exit_code = ExitCode.CANNOT_READ


class ProgramFaultError(PermanenceError):
    """A fault of the program, not of a file that it was given."""

    exit_code = ExitCode.CANNOT_READ


class ConversionError(PermanenceError):
    """A Word file could not be turned into PDF."""


class BundleError(PermanenceError):
    """The bundle could not be made, or did not pass the proof after it was written."""


def name_fault(error: Exception) -> PermanenceError:
    """Turn an unexpected exception into an error to show. A traceback could quote the case file."""
    if isinstance(error, OSError):
        says = f"A file could not be used: {error.strerror or 'unknown reason'}. Nothing was changed"
        return FileBusyError(says)
    says = (
        f"This is a fault of the program ({locate_fault(error)}), not of your file. Nothing more was written. "
        "Please report it"
    )
    return ProgramFaultError(says)


def locate_fault(error: Exception) -> str:
    """Say the type of an exception and the line of the program that raised it, without any of its data."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {PurePath(last.filename).name}, line {last.lineno}"
