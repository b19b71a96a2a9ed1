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


def search_delivered(tasks: Sequence[PaperTask], folder: OutputFolder, search: LeakSearch) -> None:
    """Search what lies there: what must be kept back may have changed since, and a person may have changed the file."""
    there = [task for task in tasks if task.standing not in (FileStanding.MISSING, FileStanding.OUTDATED)]
    digests = {task.name: _digest_search(task, folder.path / task.name, search) for task in there}
    there = [task for task in there if not _was_searched(task, digests[task.name], folder)]
    readings = read_files([(folder.path / task.name, task.planned.word_name) for task in there])
    for task, reading in zip(there, readings, strict=True):
        if reading is None:
            task.unread = ("the whole file",)
            continue
        verdict = search.judge(reading, task.planned.lens, names_of(task.planned))
        task.leaks = verdict.problems
        _note_cleared(task, verdict)
        if task.standing is not FileStanding.CURRENT:
            task.unread = (*verdict.unread, *search.list_unsearched(reading.broken, task.planned.lens))
        is_clean = verdict.found_nothing and not reading.broken and not task.unread
        # Somebody may have saved the paper between the reading and the counting.
        if is_clean and _digest_search(task, folder.path / task.name, search) == digests[task.name]:
            task.searched = digests[task.name]


def _was_searched(task: PaperTask, digest: str, folder: OutputFolder) -> bool:
    """Whether these very bytes were searched for all that is searched for now, and nothing was found."""
    known = folder.written.get(task.name)
    task.searched = digest if known and known.searched == digest else ""
    return bool(task.searched)


def _digest_search(task: PaperTask, file: Path, search: LeakSearch) -> str:
    """A digest of a file, of what it was searched for, and of what searched it.

    In a file of ours some parts need not be read, such as its pictures: the same bytes, had a person put them there,
    would be told as not searched.
    """
    whose = "ours" if task.standing in (FileStanding.CURRENT, FileStanding.MISSING, FileStanding.OUTDATED) else "theirs"
    kept = search.digest_kept(task.planned.lens)
    parts = (digest_of(file), whose, task.planned.word_name, kept, identify_product())
    return digest_texts(*parts)


def _note_cleared(task: PaperTask, verdict: LeakFindings) -> None:
    task.cleared = tuple(dict.fromkeys((*task.cleared, *(find.protected.fact for find in verdict.cleared))))


def search_new(task: PaperTask, made: Path, folder: OutputFolder, search: LeakSearch) -> Path | None:
    """The newly written Word file, where it may be delivered. It was made here, so that it is safe to read here."""
    is_ours = task.standing in (FileStanding.MISSING, FileStanding.OUTDATED) and not task.stays
    digest = _digest_search(task, made, search) if is_ours else ""
    if is_ours and _was_searched(task, digest, folder):
        return made
    reading = read_bytes(task.planned.word_name, made.read_bytes())
    verdict = search.judge(reading, task.planned.lens, names_of(task.planned))
    if is_ours and verdict.found_nothing and not reading.broken:
        task.searched = digest
    problems = verdict.problems
    task.leaks = (*task.leaks, *(one for one in problems if one not in task.leaks))
    _note_cleared(task, verdict)
    return None if problems else made


def search_pdfs(tasks: Sequence[PaperTask], pdfs: Mapping[str, tuple[Path, int]], search: LeakSearch) -> None:
    """Search PDFs by the names of their papers. Raises UnsafeToDiscloseError where one cannot be searched."""
    readings = read_files([(pdfs[task.name][0], Path(task.pdf_name).name) for task in tasks])
    for task, reading in zip(tasks, readings, strict=True):
        if reading is None or reading.broken:
            raise UnsafeToDiscloseError(
                f"The PDF of {task.planned.name} could not be searched for what its reader must not see, so nothing "
                "was delivered. Build again; if it happens again, look at the Word file"
            )
        problems = search.judge(reading, task.planned.lens, names_of(task.planned)).problems
        task.leaks = (*task.leaks, *(one for one in problems if one not in task.leaks))


def withhold(task: PaperTask, folder: OutputFolder) -> UnsafeToDiscloseError:
    """Why a paper is not delivered: what it says that its reader may not know, and where the case file holds that."""
    lies_there = (folder.path / task.name).exists()
    by_hand = task.standing in (FileStanding.EDITED, FileStanding.EDITED_AND_OUTDATED)
    whose = f"{task.name}, which was changed by hand," if by_hand else f"The paper {task.planned.name}"
    advice = f". Do not send {task.name} as it lies there" if lies_there else ""
    return UnsafeToDiscloseError(f"{whose} is withheld: its reader may not know what it says{advice}", task.leaks)
