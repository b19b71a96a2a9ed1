"""What is remembered of a build, so that the next one need not be done where nothing has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from generator.base.cache.ingredients import digest_names, say_state
from generator.base.cache.last_build import LastBuild, PaperLine
from generator.case.load import LoadedCase
from generator.convert.identity import ConverterIdentity
from generator.jobs.fates import PaperResult
from generator.jobs.papers import PapersReport
from generator.jobs.settled import LEDGER
from generator.workspace.folder import AS_MADE, OutputFolder


def say_line(paper: PaperResult, folder: Path) -> PaperLine:
    """What is told of one paper."""
    planned, name = paper.planned, paper.word.relative_to(folder).as_posix()
    return PaperLine(paper.action, name, paper.pages, planned.draft, len(planned.gaps), paper.note)


def foresee_build(
    loaded: LoadedCase,
    snapshot: Mapping[str, str] | None,
    papers: PapersReport,
    folder: OutputFolder,
    converter: ConverterIdentity,
    citing: tuple[str, ...],
) -> LastBuild | None:
    """What the same build would say if it were done again, as soon as this one is delivered.

    `snapshot` are the digests of what this one was made from, taken before it began; `citing` the warnings about
    citations, which come every time. None where that is not known, or where the next build would have something to do,
    or to say for the first or last time: anything failed, was withheld, was laid beside, or was warned of.
    """
    if snapshot is None:
        return None
    once = papers.failures or papers.withheld or papers.no_pdf_because or papers.passing or folder.warnings
    if once or any(_has_more_to_come(paper) for paper in papers.papers):
        return None
    lines = tuple(
        replace(line, action="kept" if line.action == "kept" else "unchanged", pages=0)
        for line in (say_line(paper, folder.path) for paper in papers.papers)
    )
    names = [name for line in lines for name in (line.name, str(PurePosixPath(line.name).with_suffix(".pdf")))]
    names += [f"{AS_MADE}/{line.name}" for line in lines]
    try:
        folders = {name: digest_names(loaded.folder / name) for name in _list_folders(loaded)}
    except OSError:
        return None
    return LastBuild(
        made_from=snapshot,
        folders=folders,
        places=tuple(map(str, converter.places)),
        state=say_state(converter.places),
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
