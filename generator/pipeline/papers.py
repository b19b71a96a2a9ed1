"""From planned papers to Word files and PDFs in the output folder."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator import __version__
from generator.disclosure import Withheld
from generator.document import ConvertedDocument, PlannedDocument
from generator.errors import PermanenceError, Problem, ProgramMissingError, UnsafeToDiscloseError
from generator.output import OutputFolder, Standing, Written, digest_of, has_unsettled_changes
from generator.pipeline.guarding import Guard
from generator.plan import COURT_COPY

PAPERS = "papers"
COURT_COPIES = "court-copies"

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class PaperResult:
    """What became of one paper. `action` is written, replaced, unchanged, kept or laid beside; `note` says more."""

    planned: PlannedDocument
    word: Path
    action: str
    pdf: Path | None = None
    pages: int = 0
    beside: Path | None = None
    note: str = ""

    @property
    def converted(self) -> ConvertedDocument | None:
        """The paper with its PDF, where it has one."""
        return ConvertedDocument(self.planned, self.word, self.pdf, self.pages) if self.pdf else None


@dataclass(frozen=True, slots=True)
class PapersReport:
    """All papers of one build, what failed, what to know, and why there are no PDFs where there are none."""

    papers: tuple[PaperResult, ...]
    failures: tuple[PermanenceError, ...] = ()
    warnings: tuple[str, ...] = ()
    withheld: tuple[UnsafeToDiscloseError, ...] = ()
    no_pdf_because: ProgramMissingError | None = None


def name_of(planned: PlannedDocument) -> str:
    """Where a paper's Word file stands in the output folder."""
    folder = COURT_COPIES if planned.for_bundle and planned.name.endswith(f"-{COURT_COPY}") else PAPERS
    return f"{folder}/{planned.word_name}"


@dataclass
class _Job:
    """One paper on its way. `made` is the new Word file, where one has to be made."""

    planned: PlannedDocument
    name: str
    inputs: str
    standing: Standing
    made: Path | None = None
    leaks: tuple[Problem, ...] = ()
    by_hand: bool = False
    unread: tuple[str, ...] = ()


def make_papers(
    planned: Sequence[PlannedDocument],
    folder: OutputFolder,
    on: dt.date,
    guard: Guard,
    *,
    word_only: bool = False,
    progress: Progress = lambda _what, _done, _all: None,
) -> PapersReport:
    """Write the Word files that are due and make the PDFs that are missing, the first while the rest are written.

    Each Word file and each PDF is searched for what its reader must not see, those that a person has changed too. A
    Word file that a person has changed stays; where its facts have changed too, the new one is laid beside it. Word
    files are made even where LibreOffice is missing. Everything arrives when `folder.deliver` is called.
    """
    from generator.convert import Conversion

    jobs = [_judge(paper, folder) for paper in planned]
    for job in jobs:
        if job.standing is Standing.OUTDATED:
            folder.refuse_if_open(job.name)
    # The heaviest first, so that LibreOffice starts on them while the light ones are still being written.
    jobs.sort(key=lambda job: -_weigh(job))
    stage = folder.work / "words"
    stage.mkdir()
    _search_delivered(jobs, folder, guard)
    if word_only:
        _render_all(jobs, stage, guard, lambda _job: None, progress)
        return _report(jobs, folder, on, {}, {}, ())
    waiting = [job for job in jobs if _needs_pdf(job, folder)]
    sent: dict[Path, _Job] = {}
    try:
        with Conversion(folder.work, expected=len(waiting), first_share=_weigh_half(waiting)) as conversion:

            def submit(job: _Job) -> None:
                if job in waiting and (source := _pdf_source(job, folder)):
                    word = source if job.made == source else _copy(source, stage / f"kept-{job.planned.name}.docx")
                    sent[word] = job
                    conversion.submit(word)

            _render_all(jobs, stage, guard, submit, progress)
            progress("Making PDFs", 0, len(sent))
            outcome = conversion.finish()
            progress("Making PDFs", len(sent), len(sent))
    except ProgramMissingError as error:
        unmade = [job for job in jobs if job.made is None and _must_render(job)]
        _render_all(unmade, stage, guard, lambda _job: None, progress)
        return dataclasses.replace(_report(jobs, folder, on, {}, {}, ()), no_pdf_because=error)
    pdfs = {sent[file.word].name: (file.pdf, file.pages) for file in outcome.files}
    _search_pdfs([sent[file.word] for file in outcome.files], pdfs, guard)
    warnings = tuple(f"{sent[file.word].name}: {said}" for file in outcome.files for said in file.warnings)
    failed = {sent[failure.word].name: failure.error for failure in outcome.failures}
    return _report(jobs, folder, on, pdfs, failed, warnings)


def _weigh(job: _Job) -> int:
    """How heavy a paper is to convert, near enough: pages grow with about the fourth power of a packed template."""
    return job.planned.template.word.stat().st_size ** 4


def _weigh_half(jobs: Sequence[_Job]) -> int:
    """How many of the heaviest papers make half of the whole weight, so that two processes end together."""
    weights = [_weigh(job) for job in jobs]
    return next((count for count in range(1, len(weights)) if 2 * sum(weights[:count]) >= sum(weights)), 1)


def _judge(planned: PlannedDocument, folder: OutputFolder) -> _Job:
    name, inputs = name_of(planned), digest_inputs(planned)
    return _Job(planned, name, inputs, folder.standing(name, inputs))


def digest_inputs(planned: PlannedDocument) -> str:
    """The SHA-256 of everything that a paper is made from: its facts, its answers, its template, the product."""
    answers = [[*key, answer.text, answer.asks, answer.source] for key, answer in planned.answers.items()]
    parts: list[Any] = [__version__, planned.template.digest, planned.title, planned.facts, answers]
    return hashlib.sha256(
        json.dumps(parts, default=_say_fact, sort_keys=True).encode("utf-8", "surrogatepass")
    ).hexdigest()


def _say_fact(value: Any) -> str:
    return "withheld" if isinstance(value, Withheld) else str(value)


def _must_render(job: _Job) -> bool:
    return job.standing in (Standing.MISSING, Standing.OUTDATED, Standing.EDITED_AND_OUTDATED)


def names_of(planned: PlannedDocument) -> tuple[str, ...]:
    """The names by which a clearance may call a paper."""
    return planned.name, planned.name.removesuffix(f"-{COURT_COPY}"), planned.code


def _search_delivered(jobs: Sequence[_Job], folder: OutputFolder, guard: Guard) -> None:
    """Search what is already there: what must be kept back may have changed since, and so may the file."""
    from generator.examine import read_files

    there = [job for job in jobs if job.standing not in (Standing.MISSING, Standing.OUTDATED)]
    readings = read_files([(folder.path / job.name, job.planned.word_name) for job in there])
    for job, reading in zip(there, readings, strict=True):
        job.by_hand = job.standing is not Standing.CURRENT
        if reading is None:
            job.unread = ("the whole file",)
            continue
        verdict = guard.judge(reading, job.planned.lens, names_of(job.planned))
        job.leaks = verdict.problems
        job.unread = verdict.unread if job.by_hand else ()


def _search_pdfs(jobs: Sequence[_Job], pdfs: Mapping[str, tuple[Path, int]], guard: Guard) -> None:
    from generator.examine import read_files

    readings = read_files([(pdfs[job.name][0], _pdf_name(job.planned.word_name)) for job in jobs])
    for job, reading in zip(jobs, readings, strict=True):
        if reading is None:
            raise UnsafeToDiscloseError(
                f"The PDF of {job.planned.name} could not be searched for what its reader must not see, so nothing was "
                "delivered. Build again; if it happens again, look at the Word file"
            )
        verdict = guard.judge(reading, job.planned.lens, names_of(job.planned))
        job.leaks = (*job.leaks, *(find for find in verdict.problems if find not in job.leaks))


def _render_all(
    jobs: Sequence[_Job], stage: Path, guard: Guard, then: Callable[[_Job], None], progress: Progress
) -> None:
    from generator.examine.files import read_bytes
    from generator.render import render_document

    for done, job in enumerate(jobs):
        progress("Writing papers", done, len(jobs))
        if _must_render(job):
            made = render_document(job.planned, stage, picture=draw_tree(job.planned)).word
            # Our own Word files are safe to read here; whatever comes from outside is read in a child process.
            reading = read_bytes(job.planned.word_name, made.read_bytes())
            leaks = guard.judge(reading, job.planned.lens, names_of(job.planned)).problems
            job.leaks = (*job.leaks, *leaks)
            job.made = None if leaks else made
        if not job.leaks:
            then(job)
    progress("Writing papers", len(jobs), len(jobs))


def draw_tree(planned: PlannedDocument) -> tuple[bytes, str] | None:
    """The family tree for a paper that asks for one, and what it shows in words."""
    if "family_tree" not in planned.template.card.needs:
        return None
    from generator.familytree import draw_family_tree

    tree = draw_family_tree(planned.facts["child"])
    return tree.png, tree.alt


def _pdf_name(name: str) -> str:
    return f"{name.removesuffix('.docx')}.pdf"


def _needs_pdf(job: _Job, folder: OutputFolder) -> bool:
    if job.standing in (Standing.MISSING, Standing.OUTDATED):
        return True
    known = folder.written.get(_pdf_name(job.name))
    pdf = folder.path / _pdf_name(job.name)
    return not (known and pdf.exists() and known.made_from == digest_of(folder.path / job.name))


def _pdf_source(job: _Job, folder: OutputFolder) -> Path | None:
    """The Word file whose PDF counts: a person's, where they have changed it; none while it has tracked changes."""
    if job.standing in (Standing.MISSING, Standing.OUTDATED):
        return job.made
    word = folder.path / job.name
    return None if has_unsettled_changes(word) else word


def _copy(source: Path, target: Path) -> Path:
    target.write_bytes(source.read_bytes())
    return target


_TRACKED = (
    "It has tracked changes, and a PDF would show what was struck out. "
    "Any PDF beside it is older. Accept or reject the changes in Word, save, and build again."
)


def _report(
    jobs: Sequence[_Job],
    folder: OutputFolder,
    on: dt.date,
    pdfs: dict[str, tuple[Path, int]],
    failed: Mapping[str, PermanenceError],
    warnings: tuple[str, ...],
) -> PapersReport:
    withheld = tuple(_withhold(job, folder) for job in jobs if job.leaks)
    results = [_place(job, folder, on, pdfs.get(job.name)) for job in jobs if not job.leaks]
    results.sort(key=lambda result: result.planned.name)
    unread = tuple(f"{job.name}, changed by hand: not searched: {', '.join(job.unread)}" for job in jobs if job.unread)
    return PapersReport(tuple(results), tuple(failed.values()), (*warnings, *unread), withheld)


def _withhold(job: _Job, folder: OutputFolder) -> UnsafeToDiscloseError:
    """Why a paper is not delivered: what it says that its reader may not know, and where the case file holds that."""
    lies_there = (folder.path / job.name).exists()
    whose = f"{job.name}, which was changed by hand," if job.by_hand else f"The paper {job.planned.name}"
    advice = f". Do not send {job.name} as it lies there" if lies_there else ""
    return UnsafeToDiscloseError(f"{whose} is withheld: its reader may not know what it says{advice}", job.leaks)


def _place(job: _Job, folder: OutputFolder, on: dt.date, pdf: tuple[Path, int] | None) -> PaperResult:
    word = folder.path / job.name
    beside, note = None, ""
    action = {
        Standing.MISSING: "written",
        Standing.OUTDATED: "replaced",
        Standing.CURRENT: "unchanged",
        Standing.EDITED: "kept",
        Standing.EDITED_AND_OUTDATED: "laid beside",
    }[job.standing]
    source = digest_of(job.made or word) if job.standing is not Standing.EDITED_AND_OUTDATED else digest_of(word)
    if job.made and job.standing is Standing.EDITED_AND_OUTDATED:
        name = folder.beside(job.name, on.isoformat())
        made = digest_of(job.made)
        beside = folder.place(job.made, name, Written(made, job.inputs, on.isoformat()))
        # What was made before stays on record, so that the file goes on being known as changed by hand.
        before = folder.written.get(job.name)
        folder.written[job.name] = Written(before.sha256 if before else "", job.inputs, on.isoformat())
        note = f"Your changes are kept. The version from the new facts is {beside.name}."
        note = f"{note} {_TRACKED}" if has_unsettled_changes(word) else note
    elif job.made:
        folder.place(job.made, job.name, Written(source, job.inputs, on.isoformat()))
    elif job.standing is Standing.EDITED:
        note = "Changed by hand since it was made, and kept."
        if has_unsettled_changes(word):
            note = f"{note} {_TRACKED}"
    target = folder.path / _pdf_name(job.name)
    if pdf:
        made_pdf, pages = pdf
        entry = Written(digest_of(made_pdf), job.inputs, on.isoformat(), source)
        return PaperResult(
            job.planned, word, action, folder.place(made_pdf, _pdf_name(job.name), entry), pages, beside, note
        )
    known = folder.written.get(_pdf_name(job.name))
    current = known is not None and target.exists() and known.made_from == source
    return PaperResult(job.planned, word, action, target if current else None, 0, beside, note)
