"""From planned papers to Word files and PDFs in the output folder."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.base.errors import (
    ExitCode,
    PermanenceError,
    ProgramMissingError,
    UnsafeToDiscloseError,
    choose_exit_code,
)
from generator.convert.conversion import Conversion
from generator.convert.identity import ConverterIdentity
from generator.disclosure.leak_search import LeakSearch
from generator.jobs.locked_papers import LockedPapers
from generator.jobs.outcomes import PaperResult, PaperTask, decide, judge_paper, needs_pdf, place_paper, take_pdf_source
from generator.jobs.run import Progress, ignore_progress
from generator.jobs.search_papers import search_delivered, search_new, search_pdfs, withhold
from generator.papers.card import PlannedDocument
from generator.papers.pictures.of_paper import draw_pictures
from generator.papers.render.document import render_document
from generator.workspace.folder import OutputFolder


@dataclass(frozen=True, slots=True)
class PapersReport:
    """All papers of one build, what failed, what to know, and why there are no PDFs where there are none.

    `passing` are warnings about what was done now and will not be done again.
    """

    papers: tuple[PaperResult, ...]
    failures: tuple[PermanenceError, ...] = ()
    warnings: tuple[str, ...] = ()
    passing: tuple[str, ...] = ()
    withheld: tuple[UnsafeToDiscloseError, ...] = ()
    no_pdf_because: ProgramMissingError | None = None

    @property
    def exit_code(self) -> ExitCode:
        """What a command leaves with that made these papers and nothing else."""
        return choose_exit_code(
            unsafe=bool(self.withheld), program_missing=bool(self.no_pdf_because), must_fix=bool(self.failures)
        )


def make_papers(
    planned: Sequence[PlannedDocument],
    folder: OutputFolder,
    locked: LockedPapers,
    search: LeakSearch,
    *,
    converter: ConverterIdentity,
    converters_at_once: int | None = None,
    word_only: bool = False,
    progress: Progress = ignore_progress,
) -> PapersReport:
    """Write the Word files that are due and make the PDFs that are missing, the first while the rest are written.

    A Word file that a person has changed stays, and so does one that is signed off or filed; where its facts have
    changed, the new one is laid beside it. PDFs that `converter` did not make are made anew. Each Word file and PDF is
    searched for what its reader must not see, those that a person has changed too. Word files are made even where
    LibreOffice is missing. Everything arrives when `folder.deliver` is called.
    """
    jobs = [judge_paper(paper, folder, locked, converter.name) for paper in planned]
    # The heaviest first, so that LibreOffice starts on them while the light ones are still being written.
    jobs.sort(key=lambda job: -_weigh(job))
    stage = folder.work / "words"
    stage.mkdir()
    search_delivered(jobs, folder, search)
    if word_only:
        _render_all(jobs, folder, stage, search, lambda _job: None, progress)
        return _report(jobs, folder, {}, {}, ())
    waiting = [job for job in jobs if needs_pdf(job, folder)]
    sent: dict[Path, PaperTask] = {}
    try:
        share, at_once = _weigh_half(waiting), converters_at_once
        with Conversion(folder.work, expected=len(waiting), first_share=share, jobs=at_once) as conversion:

            def submit(job: PaperTask) -> None:
                if needs_pdf(job, folder) and (word := take_pdf_source(job, folder, stage)):
                    sent[word] = job
                    conversion.submit(word)

            _render_all(jobs, folder, stage, search, submit, progress)
            progress("Making PDFs", 0, len(sent))
            outcome = conversion.finish()
            progress("Making PDFs", len(sent), len(sent))
    except ProgramMissingError as error:
        unmade = [job for job in jobs if job.made is None and job.must_render]
        _render_all(unmade, folder, stage, search, lambda _job: None, progress)
        return dataclasses.replace(_report(jobs, folder, {}, {}, ()), no_pdf_because=error)
    pdfs = {sent[file.word].name: (file.pdf, file.pages) for file in outcome.files}
    search_pdfs([sent[file.word] for file in outcome.files], pdfs, search)
    warnings = tuple(f"{sent[file.word].name}: {said}" for file in outcome.files for said in file.warnings)
    failed = {sent[failure.word].name: failure.error for failure in outcome.failures}
    return _report(jobs, folder, pdfs, failed, warnings)


def _weigh(job: PaperTask) -> int:
    """How heavy a paper is to convert, near enough: pages grow with about the fourth power of a packed template."""
    return job.planned.template.word.stat().st_size ** 4


def _weigh_half(jobs: Sequence[PaperTask]) -> int:
    """How many of the heaviest papers make half of the whole weight, so that two processes end together."""
    weights = [_weigh(job) for job in jobs]
    return next((count for count in range(1, len(weights)) if 2 * sum(weights[:count]) >= sum(weights)), 1)


def _render_all(
    jobs: Sequence[PaperTask],
    folder: OutputFolder,
    stage: Path,
    search: LeakSearch,
    then: Callable[[PaperTask], None],
    progress: Progress,
) -> None:
    for done, job in enumerate(jobs):
        progress("Writing papers", done, len(jobs))
        if job.must_render:
            made = render_document(job.planned, stage, pictures=draw_pictures(job.planned)).word
            job.made = search_new(job, made, folder, search)
            decide(job, folder)
        if not job.leaks:
            then(job)
    progress("Writing papers", len(jobs), len(jobs))


def _report(
    jobs: Sequence[PaperTask],
    folder: OutputFolder,
    pdfs: Mapping[str, tuple[Path, int]],
    failed: Mapping[str, PermanenceError],
    warnings: tuple[str, ...],
) -> PapersReport:
    withheld = tuple(withhold(job, folder) for job in jobs if job.leaks)
    results = [place_paper(job, folder, pdfs.get(job.name)) for job in jobs if not job.leaks]
    results.sort(key=lambda result: result.planned.name)
    unread = tuple(
        f"{job.name}: not searched: {', '.join(job.unread)}. Look at it before you send it"
        for job in jobs
        if job.unread
    )
    cleared = tuple(
        f"{job.name}: says what disclosure_cleared in the case file allows: {', '.join(job.cleared)}"
        for job in jobs
        if job.cleared and not job.leaks
    )
    return PapersReport(tuple(results), tuple(failed.values()), (*unread, *cleared), warnings, withheld)
