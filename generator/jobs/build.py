"""The job `build`: every paper of a case as a Word file and a PDF."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.base.cache.ingredients import digest_ingredients, digest_names, digest_state
from generator.base.cache.last_build import LastBuild, PaperLine
from generator.base.paths import find_case_file
from generator.case.citations import refuse_broken_citations
from generator.case.load import LoadedCase, load_case
from generator.convert.promise import NO_CONVERTER, ConverterIdentity, identify_converter
from generator.jobs.locked_papers import LEDGER
from generator.jobs.make_papers import PapersReport, make_papers
from generator.jobs.open_case import open_case
from generator.jobs.outcomes import PaperResult
from generator.jobs.run import Run
from generator.jobs.unchanged import question_of
from generator.papers.catalogue import choose_templates, find_templates
from generator.papers.plan import plan_documents
from generator.rules.rulebook import judge
from generator.workspace.folder import AS_MADE, OutputFolder


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made, and in which folder."""

    folder: Path
    papers: PapersReport

    @property
    def lines(self) -> tuple[PaperLine, ...]:
        """One line about each paper."""
        return tuple(_describe(paper, self.folder) for paper in self.papers.papers)


def build_papers(
    given: Path,
    run: Run,
    *,
    codes: Sequence[str] = (),
    word_only: bool = False,
    converters_at_once: int | None = None,
) -> BuildReport:
    """Make all papers of a case, or those with the given codes, as Word files and PDFs.

    Without `converters_at_once` there are as many as bring the papers of one case soonest. Raises CannotReadError where
    the case, its procedure or a template cannot be read, and FileBusyError where the folder cannot be written.
    """
    made_from = _digest_ingredients(given, run, codes, word_only=word_only)
    converter = NO_CONVERTER if word_only else identify_converter()
    loaded = load_case(given)
    warnings = refuse_broken_citations(loaded)
    templates = choose_templates(find_templates(run.search_path), codes)
    compliance = judge(loaded, run.on, run.search_path)
    planned = plan_documents(loaded.case, compliance, templates)
    with open_case(loaded, compliance, run) as work:
        papers = make_papers(
            work, planned, converter=converter, converters_at_once=converters_at_once, word_only=word_only
        )
        work.deliver(_remember(loaded, made_from, papers, work.folder, converter, warnings))
        said = (*papers.passing, *papers.warnings, *warnings, *work.folder.warnings)
        return BuildReport(work.folder.path, dataclasses.replace(papers, warnings=said))


def _digest_ingredients(given: Path, run: Run, codes: Sequence[str], *, word_only: bool) -> dict[str, str] | None:
    """Digests of all that is read, before it is read; None where it cannot be: the build then fails."""
    try:
        return digest_ingredients(question_of(find_case_file(given), run, codes, word_only=word_only))
    except OSError:
        return None


def _describe(paper: PaperResult, folder: Path) -> PaperLine:
    planned, name = paper.planned, paper.word.relative_to(folder).as_posix()
    return PaperLine(paper.action, name, paper.pages, planned.draft, len(planned.gaps), paper.note)


def _remember(
    loaded: LoadedCase,
    made_from: Mapping[str, str] | None,
    papers: PapersReport,
    folder: OutputFolder,
    converter: ConverterIdentity,
    citing: tuple[str, ...],
) -> LastBuild | None:
    """What the same build would say if it were done again, as soon as this one is delivered.

    `made_from` are the digests of what this one was made from, `citing` the warnings about citations, which come every
    time. None where that is not known, or where the next build would have something to do, or to say for the first or
    last time: anything failed, was withheld, was laid beside, or was warned of.
    """
    if made_from is None:
        return None
    once = papers.failures or papers.withheld or papers.no_pdf_because or papers.passing or folder.warnings
    if once or any(_has_more_to_come(paper) for paper in papers.papers):
        return None
    lines = tuple(
        dataclasses.replace(line, action="kept" if line.action == "kept" else "unchanged", pages=0)
        for line in (_describe(paper, folder.path) for paper in papers.papers)
    )
    names = [name for line in lines for name in (line.name, str(PurePosixPath(line.name).with_suffix(".pdf")))]
    names += [f"{AS_MADE}/{line.name}" for line in lines]
    try:
        folders = {name: digest_names(loaded.folder / name) for name in _list_folders(loaded)}
    except OSError:
        return None
    return LastBuild(
        made_from=made_from,
        folders=folders,
        places=tuple(map(str, converter.places)),
        state=digest_state(converter.places),
        papers=lines,
        warnings=(*papers.warnings, *citing),
        made=dict.fromkeys([*names, LEDGER], ""),
    )


def _has_more_to_come(paper: PaperResult) -> bool:
    """Whether the next build will look at a paper again, or say something else of it than left alone or kept."""
    its_own = paper.pdf is None or paper.pdf == paper.word.with_suffix(".pdf")
    return paper.is_weighed or paper.beside is not None or not its_own


def _list_folders(loaded: LoadedCase) -> list[str]:
    """The folders, below that of the case, of all files that the case names."""
    case = loaded.case
    files = [item.file for item in case.evidence] + [one.photograph for one in case.children if one.photograph]
    files += [paper.file for meeting in case.meetings for paper in meeting.papers if paper.file]
    return sorted({str(PurePosixPath(file).parent) for file in files})
