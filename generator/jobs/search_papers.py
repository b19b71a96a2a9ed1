"""Papers searched on their way: what lies there already, what is newly written, and their PDFs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.base.cache.ingredients import identify_product
from generator.base.digests import digest_of, digest_texts
from generator.base.errors import UnsafeToDiscloseError
from generator.disclosure.file_text.files import read_bytes
from generator.disclosure.file_text.worker import read_files
from generator.disclosure.leak_search import LeakFindings, LeakSearch
from generator.jobs.outcomes import PaperTask
from generator.papers.plan import names_of
from generator.workspace.folder import FileStanding, OutputFolder


def search_delivered(jobs: Sequence[PaperTask], folder: OutputFolder, search: LeakSearch) -> None:
    """Search what lies there: what must be kept back may have changed since, and a person may have changed the file."""
    there = [job for job in jobs if job.standing not in (FileStanding.MISSING, FileStanding.OUTDATED)]
    digests = {job.name: _digest_search(job, folder.path / job.name, search) for job in there}
    there = [job for job in there if not _was_searched(job, digests[job.name], folder)]
    readings = read_files([(folder.path / job.name, job.planned.word_name) for job in there])
    for job, reading in zip(there, readings, strict=True):
        if reading is None:
            job.unread = ("the whole file",)
            continue
        verdict = search.judge(reading, job.planned.lens, names_of(job.planned))
        job.leaks = verdict.problems
        _note_cleared(job, verdict)
        if job.standing is not FileStanding.CURRENT:
            job.unread = (*verdict.unread, *search.list_unsearched(reading.broken, job.planned.lens))
        is_clean = verdict.found_nothing and not reading.broken and not job.unread
        # Somebody may have saved the paper between the reading and the counting.
        if is_clean and _digest_search(job, folder.path / job.name, search) == digests[job.name]:
            job.searched = digests[job.name]


def _was_searched(job: PaperTask, digest: str, folder: OutputFolder) -> bool:
    """Whether these very bytes were searched for all that is searched for now, and nothing was found."""
    known = folder.written.get(job.name)
    job.searched = digest if known and known.searched == digest else ""
    return bool(job.searched)


def _digest_search(job: PaperTask, file: Path, search: LeakSearch) -> str:
    """A digest of a file, of what it was searched for, and of what searched it.

    In a file of ours some parts need not be read, such as its pictures: the same bytes, had a person put them there,
    would be told as not searched.
    """
    whose = "ours" if job.standing in (FileStanding.CURRENT, FileStanding.MISSING, FileStanding.OUTDATED) else "theirs"
    kept = search.digest_kept(job.planned.lens)
    parts = (digest_of(file), whose, job.planned.word_name, kept, identify_product())
    return digest_texts(*parts)


def _note_cleared(job: PaperTask, verdict: LeakFindings) -> None:
    job.cleared = tuple(dict.fromkeys((*job.cleared, *(find.protected.fact for find in verdict.cleared))))


def search_new(job: PaperTask, made: Path, folder: OutputFolder, search: LeakSearch) -> Path | None:
    """The newly written Word file, where it may be delivered. It was made here, so that it is safe to read here."""
    is_ours = job.standing in (FileStanding.MISSING, FileStanding.OUTDATED) and not job.stays
    digest = _digest_search(job, made, search) if is_ours else ""
    if is_ours and _was_searched(job, digest, folder):
        return made
    reading = read_bytes(job.planned.word_name, made.read_bytes())
    verdict = search.judge(reading, job.planned.lens, names_of(job.planned))
    if is_ours and verdict.found_nothing and not reading.broken:
        job.searched = digest
    problems = verdict.problems
    job.leaks = (*job.leaks, *(one for one in problems if one not in job.leaks))
    _note_cleared(job, verdict)
    return None if problems else made


def search_pdfs(jobs: Sequence[PaperTask], pdfs: Mapping[str, tuple[Path, int]], search: LeakSearch) -> None:
    """Search PDFs by the names of their papers. Raises UnsafeToDiscloseError where one cannot be searched."""
    readings = read_files([(pdfs[job.name][0], Path(job.pdf_name).name) for job in jobs])
    for job, reading in zip(jobs, readings, strict=True):
        if reading is None or reading.broken:
            raise UnsafeToDiscloseError(
                f"The PDF of {job.planned.name} could not be searched for what its reader must not see, so nothing was "
                "delivered. Build again; if it happens again, look at the Word file"
            )
        problems = search.judge(reading, job.planned.lens, names_of(job.planned)).problems
        job.leaks = (*job.leaks, *(one for one in problems if one not in job.leaks))


def withhold(job: PaperTask, folder: OutputFolder) -> UnsafeToDiscloseError:
    """Why a paper is not delivered: what it says that its reader may not know, and where the case file holds that."""
    lies_there = (folder.path / job.name).exists()
    by_hand = job.standing in (FileStanding.EDITED, FileStanding.EDITED_AND_OUTDATED)
    whose = f"{job.name}, which was changed by hand," if by_hand else f"The paper {job.planned.name}"
    advice = f". Do not send {job.name} as it lies there" if lies_there else ""
    return UnsafeToDiscloseError(f"{whose} is withheld: its reader may not know what it says{advice}", job.leaks)
