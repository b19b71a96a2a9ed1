"""The job `track`: many case files judged in one run, and the sheets made from them."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import signal
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from generator.base.errors import CannotReadError, PermanenceError, locate_fault
from generator.base.resources import SearchPath
from generator.case.load import load_case
from generator.jobs.run import Run, ignore_progress
from generator.reports.tracker.book import NOT_READ, FileToLookAt, find_repeated, make_sheets
from generator.reports.tracker.cells import TrackerSheet, clean
from generator.reports.tracker.family import FamilyLines, Standards, read_standards, track_family
from generator.reports.tracker.grid import PROCEDURE as OF_GRID
from generator.reports.tracker.measures import PROCEDURE as OF_TRACKER
from generator.rules.procedures.model import Procedure
from generator.rules.rulebook import judge, load_named
from generator.workspace.case_files import find_case_files

_WORTH_A_PROCESS = 50
"""Fewer files than this for each further process are done sooner by the one that is there."""
_AT_ONCE = 10
"""How many files a process is given at a time."""


@dataclass(frozen=True, slots=True)
class TrackingReport:
    """The sheets of a run; how many case files were read, which were not, and how many other files were passed over."""

    on: dt.date
    sheets: tuple[TrackerSheet, ...]
    read: int
    unread: tuple[FileToLookAt, ...]
    repeated: tuple[FileToLookAt, ...]
    skipped: int


def track_cases(given: Iterable[Path], run: Run, *, names: bool = False, jobs: int = 1) -> TrackingReport:
    """Judge every case file that is meant by what was given, and make the sheets.

    With `names` the sheets show full names in place of initials. `jobs` is how many processes may work at once. A file
    that cannot be read is listed and stops no other. Raises CannotReadError where no case file is meant, or a
    procedure that the sheets are made by cannot be read.
    """
    found = find_case_files(given)
    if not found.files:
        named = next((f"{path} is not there" for path in found.missing), "It is a YAML file with children")
        named = next((f"{path} cannot be opened" for path in found.closed), named)
        raise CannotReadError(f"There is no case file in what was named. {named}")
    standards = _Worker(run, names).standards
    families: list[FamilyLines] = []
    unread = [FileToLookAt(clean(str(file)), NOT_READ, "There is no such file or folder") for file in found.missing]
    unread += [FileToLookAt(clean(str(one)), NOT_READ, "This folder cannot be opened") for one in found.closed]
    for done, outcome in enumerate(_track_all(found.files, run, names, jobs), 1):
        if isinstance(outcome, FamilyLines):
            families.append(outcome)
        else:
            unread.append(outcome)
        run.progress("Reading case files", done, len(found.files))
    sheets = make_sheets(families, unread, standards, run.on, skipped=found.skipped)
    return TrackingReport(run.on, sheets, len(families), tuple(unread), find_repeated(families), found.skipped)


def _track_all(files: Sequence[Path], run: Run, names: bool, jobs: int) -> Iterator[FamilyLines | FileToLookAt]:
    processes = min(jobs, 1 + len(files) // _WORTH_A_PROCESS)
    if processes <= 1:
        yield from map(_Worker(run, names).track, files)
        return
    # A process that is begun anew, rather than copied, is the same on every system.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_leave_stopping_to_parent) as pool:
        try:
            track = partial(_track_in_process, replace(run, progress=ignore_progress), names)
            yield from pool.map(track, files, chunksize=_AT_ONCE)
        except BrokenProcessPool:
            raise PermanenceError(
                "The system ended a process that was reading case files, perhaps for want of memory. "
                "Nothing was written. Try again with --jobs 1"
            ) from None
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _leave_stopping_to_parent() -> None:
    """A person who stops the run stops the process that waits for this one, and is told once."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _track_in_process(run: Run, names: bool, file: Path) -> FamilyLines | FileToLookAt:
    return _worker_of(run, names).track(file)


@cache
def _worker_of(run: Run, names: bool) -> _Worker:
    return _Worker(run, names)


class _Worker:
    """Judges one file after another, and reads each procedure once."""

    def __init__(self, run: Run, names: bool) -> None:
        self._run, self._names = run, names
        self._procedures: dict[str, Procedure] = {}
        self.standards: Standards = read_standards(self._load(OF_GRID), self._load(OF_TRACKER))

    def _load(self, name: str, _search_path: SearchPath | None = None) -> Procedure:
        if name not in self._procedures:
            self._procedures[name] = load_named(name, self._run.search_path)
        return self._procedures[name]

    def track(self, file: Path) -> FamilyLines | FileToLookAt:
        """The lines of one file, or why there are none."""
        try:
            loaded = load_case(file)
            compliance = judge(loaded, self._run.on, self._run.search_path, load=self._load)
            return track_family(loaded.case, compliance, self.standards, file=str(file), names=self._names)
        except PermanenceError as error:
            return _describe_unread(file, error)
        except OSError as error:
            return FileToLookAt(
                clean(str(file)), NOT_READ, f"It cannot be opened: {error.strerror or 'unknown reason'}"
            )
        except Exception as error:  # noqa: BLE001 - a fault that one file brings out must not cost the other 2,499
            says = f"This is a fault of the program ({locate_fault(error)}). Please report it"
            return FileToLookAt(clean(str(file)), NOT_READ, says)


def _describe_unread(file: Path, error: PermanenceError) -> FileToLookAt:
    name = clean(str(file))
    if not error.problems:
        return FileToLookAt(name, NOT_READ, clean(error.summary))
    first, more = error.problems[0], len(error.problems) - 1
    others = f" (and {more} more: permanence check {name})" if more else ""
    place = f"line {first.place.line}, column {first.place.column}" if first.place else ""
    at = ", ".join(part for part in (place, first.path) if part)
    return FileToLookAt(name, NOT_READ, clean(f"{first.says}{others}"), clean(at))
