"""One case at work: its file, its output folder opened for one run, which papers are locked, and the leak search."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from generator.base.cache.ingredients import identify_product
from generator.base.cache.last_build import LastBuild
from generator.base.digests import digest_of
from generator.base.errors import FileBusyError
from generator.case.load import LoadedCase
from generator.disclosure.leak_search import LeakSearch
from generator.jobs.locked_papers import LockedPapers, find_locked_papers
from generator.jobs.run import Progress, Run
from generator.rules.judging.judge import Compliance
from generator.workspace.folder import OutputFolder
from generator.workspace.opening import open_output
from generator.workspace.record import Origin


@dataclass(frozen=True, slots=True)
class OpenCase:
    """What every job that writes has at hand. Everything arrives when `deliver` is called, or nothing does."""

    loaded: LoadedCase
    folder: OutputFolder
    locked: LockedPapers
    search: LeakSearch
    progress: Progress

    def deliver(self, last_build: LastBuild | None = None) -> None:
        """Have everything arrive, and a copy of the case file with it, with which later changes are told.

        Raises FileBusyError where the case file is no longer the one that everything was made from.
        """
        file = self.loaded.file
        if not file.is_file() or digest_of(file) != self.loaded.digest:
            raise FileBusyError(f"{file} was changed while this build was running. Nothing was delivered. Build again")
        self.folder.keep_case(file)
        self.folder.deliver(last_build)


@contextmanager
def open_case(loaded: LoadedCase, compliance: Compliance, run: Run, *, anew: bool = False) -> Iterator[OpenCase]:
    """Open the output folder of a case for one run; with `anew`, as if nothing had been filed.

    Raises FileBusyError where another run has the folder, or it cannot be written.
    """
    origin = _describe_origin(loaded, compliance)
    with open_output(run.folder_of(loaded.file), origin, run.made_on.isoformat()) as folder:
        locked = find_locked_papers(loaded.case, folder, anew=anew)
        yield OpenCase(loaded, folder, locked, LeakSearch(loaded), run.progress)


def _describe_origin(loaded: LoadedCase, compliance: Compliance) -> Origin:
    """What everything in a run is made from, as the record tells it."""
    procedure = compliance.procedure
    rules = "".join(rule.entry.model_dump_json() for rule in procedure.rules)
    return Origin(
        on=compliance.on.isoformat(),
        case=loaded.digest,
        procedure=procedure.name,
        edition=procedure.opening.edition,
        rules=hashlib.sha256(rules.encode()).hexdigest(),
        product=identify_product(),
    )
