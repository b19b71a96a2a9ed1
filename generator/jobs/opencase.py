"""One case at work: its file, its output folder opened for one run, what is settled there, and the search."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator.base.cache.ingredients import digest_of, identify_product
from generator.base.cache.last_build import LastBuild
from generator.base.errors import FileBusyError
from generator.base.paths import name_output
from generator.case.load import LoadedCase
from generator.jobs.gathering import list_replaceable
from generator.jobs.guarding import Guard
from generator.jobs.papers import PapersReport, Progress, make_papers
from generator.jobs.settled import Settled, find_settled
from generator.papers.card import PlannedDocument
from generator.rules.judging.judge import Compliance
from generator.workspace.folder import OutputFolder
from generator.workspace.opening import open_output
from generator.workspace.record import Origin

if TYPE_CHECKING:
    from generator.convert.identity import ConverterIdentity


@dataclass(frozen=True, slots=True)
class OpenCase:
    """What every run that writes has at hand. Everything arrives when `deliver` is called, or nothing does."""

    loaded: LoadedCase
    folder: OutputFolder
    settled: Settled
    guard: Guard
    progress: Progress

    def make_papers(
        self,
        planned: Sequence[PlannedDocument],
        *,
        converter: ConverterIdentity | None = None,
        converters_at_once: int | None = None,
        word_only: bool = False,
    ) -> PapersReport:
        """Word files and PDFs, as `papers.make_papers`; without `converter`, with the one of this computer."""
        from generator.convert.identity import identify_converter

        return make_papers(
            planned,
            self.folder,
            self.settled,
            self.guard,
            converter=converter or identify_converter(),
            converters_at_once=converters_at_once,
            word_only=word_only,
            progress=self.progress,
        )

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
def open_case(
    loaded: LoadedCase,
    compliance: Compliance,
    output: Path | None,
    today: dt.date | None,
    progress: Progress = lambda _what, _done, _all: None,
    *,
    anew: bool = False,
) -> Iterator[OpenCase]:
    """Open the output folder of a case for one run; with `anew`, as if nothing had been filed.

    `today` is the day on the clock, where it is not the day that is taken for today. Raises FileBusyError where
    another run has the folder, or it cannot be written.
    """
    origin = _say_origin(loaded, compliance)
    made_on = (today or compliance.on).isoformat()
    with open_output(name_output(loaded.file, output), origin, made_on) as folder:
        settled = find_settled(loaded.case, folder, list_replaceable(loaded.case), anew=anew)
        yield OpenCase(loaded, folder, settled, Guard(loaded), progress)


def _say_origin(loaded: LoadedCase, compliance: Compliance) -> Origin:
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
