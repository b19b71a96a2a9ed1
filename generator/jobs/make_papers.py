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
from generator.convert.promise import ConverterIdentity, identify_converter
from generator.jobs.open_case import OpenCase
from generator.jobs.outcomes import PaperResult, PaperTask, decide, judge_paper, needs_pdf, place_paper, take_pdf_source
from generator.jobs.search_papers import search_delivered, search_new, search_pdfs, withhold
from generator.papers.card import PlannedDocument
from generator.papers.pictures.draw import draw_pictures
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
    work: OpenCase,
    planned: Sequence[PlannedDocument],
    *,
    converter: ConverterIdentity | None = None,
    converters_at_once: int | None = None,
    word_only: bool = False,
) -> PapersReport:
    """Write the Word files that are due and make the PDFs that are missing, the first while the rest are written.

    A Word file that a person has changed stays, and so does one that is signed off or filed; where its facts have
    changed, the new one is laid beside it. PDFs that `converter` did not make are made anew; without it, that is the
    one of this computer. Each Word file and PDF is searched for what its reader must not see, those that a person has
    changed too. Word files are made even where LibreOffice is missing. Everything arrives when `work` delivers.
    """
    folder, progress = work.folder, work.progress
    converter = converter or identify_converter()
    tasks = [judge_paper(paper, folder, work.locked, converter.name) for paper in planned]
    # The heaviest first, so that LibreOffice starts on them while the light ones are still being written.
    tasks.sort(key=lambda task: -_weigh(task))
    stage = folder.work / "words"
    stage.mkdir()
    search_delivered(tasks, folder, work.search)
    if word_only:
        _render_all(tasks, work, stage)
        return _report(tasks, folder, {}, {}, ())
    waiting = [task for task in tasks if needs_pdf(task, folder)]
    sent: dict[Path, PaperTask] = {}
    try:
        share, at_once = _weigh_half(waiting), converters_at_once
        with Conversion(folder.work, expected=len(waiting), first_share=share, jobs=at_once) as conversion:

            def submit(task: PaperTask) -> None:
                if needs_pdf(task, folder) and (word := take_pdf_source(task, folder, stage)):
                    sent[word] = task
                    conversion.submit(word)

            _render_all(tasks, work, stage, submit)
            progress("Making PDFs", 0, len(sent))
            outcome = conversion.finish()
            progress("Making PDFs", len(sent), len(sent))
    except ProgramMissingError as error:
        unmade = [task for task in tasks if task.made is None and task.must_render]
        _render_all(unmade, work, stage)
        return dataclasses.replace(_report(tasks, folder, {}, {}, ()), no_pdf_because=error)
    pdfs = {sent[file.word].name: (file.pdf, file.pages) for file in outcome.files}
    search_pdfs([sent[file.word] for file in outcome.files], pdfs, work.search)
    warnings = tuple(f"{sent[file.word].name}: {said}" for file in outcome.files for said in file.warnings)
    failed = {sent[failure.word].name: failure.error for failure in outcome.failures}
    return _report(tasks, folder, pdfs, failed, warnings)


def _weigh(task: PaperTask) -> int:
    """How heavy a paper is to convert, near enough: pages grow with about the fourth power of a packed template."""
    return task.planned.template.word.stat().st_size ** 4


def _weigh_half(tasks: Sequence[PaperTask]) -> int:
    """How many of the heaviest papers make half of the whole weight, so that two processes end together."""
    weights = [_weigh(task) for task in tasks]
    return next((count for count in range(1, len(weights)) if 2 * sum(weights[:count]) >= sum(weights)), 1)


def _render_all(
    tasks: Sequence[PaperTask],
    work: OpenCase,
    stage: Path,
    then: Callable[[PaperTask], None] = lambda _task: None,
) -> None:
    """Write and search the Word files that are due, in the folder `stage`; `then` is called with each clean paper."""
    for done, task in enumerate(tasks):
        work.progress("Writing papers", done, len(tasks))
        if task.must_render:
            made = render_document(task.planned, stage, pictures=draw_pictures(task.planned)).word
            task.made = search_new(task, made, work.folder, work.search)
            decide(task, work.folder)
        if not task.leaks:
            then(task)
    work.progress("Writing papers", len(tasks), len(tasks))


def _report(
    tasks: Sequence[PaperTask],
    folder: OutputFolder,
    pdfs: Mapping[str, tuple[Path, int]],
    failed: Mapping[str, PermanenceError],
    warnings: tuple[str, ...],
) -> PapersReport:
    withheld = tuple(withhold(task, folder) for task in tasks if task.leaks)
    results = [place_paper(task, folder, pdfs.get(task.name)) for task in tasks if not task.leaks]
    results.sort(key=lambda result: result.planned.name)
    unread = tuple(
        f"{task.name}: not searched: {', '.join(task.unread)}. Look at it before you send it"
        for task in tasks
        if task.unread
    )
    cleared = tuple(
        f"{task.name}: says what disclosure_cleared in the case file allows: {', '.join(task.cleared)}"
        for task in tasks
        if task.cleared and not task.leaks
    )
    return PapersReport(tuple(results), tuple(failed.values()), (*unread, *cleared), warnings, withheld)
