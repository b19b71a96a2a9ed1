"""Convert Word files in at most two batches at once, check every PDF, and try failures once more."""

from __future__ import annotations

import contextlib
import math
import os
import shutil
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from generator.base.errors import ConversionError, FileBusyError, PermanenceError
from generator.convert.pdf_file import accept_pdf, load_reader
from generator.convert.private_folder import private_folder
from generator.convert.promise import Converter, choose_converter
from generator.convert.result import ConversionResult, ConvertedFile, FailedFile, name_failure
from generator.convert.word_file import WordFileFacts, inspect_word_file, refuse_unknown_letters

_PAPERS_WORTH_A_BATCH = 3
"""Below this many papers a second start of LibreOffice (0.25 s) costs more than it saves."""

_START_SECONDS = 45.0
"""What a converter may need before its first PDF, the making of its profile on a slow machine included."""

_GRACE_SECONDS = 3.0
"""How long a converter that was told to stop may take before it is left behind."""


@dataclass(frozen=True, slots=True)
class _Submitted:
    """One Word file: where it came from, our own copy under a neutral name, and what was found in it."""

    word: Path
    copy: Path
    facts: WordFileFacts


@dataclass(slots=True)
class _Batch:
    """Files that are converted in one go, by a thread that waits for the converter.

    The thread says by `ended` that it is done. Asking the thread itself will not do: in Python 3.11 a thread whose
    `join` is interrupted by Ctrl-C counts as finished, and the LibreOffice it watches over would be left running.
    """

    papers: tuple[_Submitted, ...]
    into: Path
    patience: float
    stopped: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)
    error: PermanenceError | None = None
    is_left_behind: bool = False


class Conversion:
    """Turns Word files into PDF while more are still being written. Use it in a `with` statement.

    Submit the heaviest papers first. `expected` is how many will come: with it, the first batch starts after
    `first_share` papers (by default four in ten); without it, all start in `finish`. The PDF of `x.docx` becomes
    `into/x.pdf`. Entering raises ProgramMissingError when no converter is installed. Leaving ends every converter and
    removes all temporary files.
    """

    def __init__(
        self,
        into: Path,
        *,
        expected: int | None = None,
        first_share: int | None = None,
        converter: Converter | None = None,
        jobs: int | None = None,
        patience_seconds: float | None = None,
    ) -> None:
        self._into = into
        self._jobs = _choose_jobs(expected, jobs)
        self._share = (first_share if self._jobs > 1 else 0) or _first_share(expected, self._jobs)
        self._wanted = converter
        self._patience = patience_seconds
        self._words: list[Path] = []
        self._names: set[str] = set()
        self._waiting: list[_Submitted] = []
        self._batches: list[_Batch] = []
        self._errors: dict[Path, ConversionError] = {}
        self._done: dict[Path, ConvertedFile] = {}
        self._left = contextlib.ExitStack()

    def __enter__(self) -> Self:
        self._converter = self._wanted or choose_converter()
        probe = self._converter.probe()
        self._made_by = f"{probe.name} {probe.version}".strip()
        try:
            self._folder = self._left.enter_context(private_folder())
        except OSError as error:
            raise FileBusyError("The folder for temporary files cannot be written, or is full.") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            for batch in self._batches:
                batch.stopped.set()
            ends_at = time.monotonic() + _GRACE_SECONDS
            for batch in self._batches:
                if not batch.is_left_behind:
                    batch.ended.wait(max(ends_at - time.monotonic(), 0))
        finally:
            self._left.close()

    def submit(self, word: Path) -> None:
        """Take one Word file. Its content is copied now, so it may change afterwards.

        A file that cannot be converted is remembered as a failure and reported by `finish`. Raises FileBusyError when
        the file cannot be read or copied.
        """
        if word in self._words:
            raise ValueError("the same Word file was submitted twice")
        self._words.append(word)
        try:
            name = f"{word.stem}.pdf".casefold()
            if name in self._names:
                raise name_failure(word, "another paper has the same name", "Rename one of the two.")
            # A neutral name: two papers may share a name, and the list of processes shows names to everybody.
            copy = self._folder / f"{len(self._words):04}.docx"
            shutil.copyfile(word, copy)
            facts = inspect_word_file(copy, word)
            refuse_unknown_letters(word, facts)
            self._waiting.append(_Submitted(word, copy, facts))
            self._names.add(name)
        except ConversionError as error:
            self._errors[word] = error
        except FileNotFoundError:
            self._errors[word] = name_failure(word, "it is not there any more", "Build the papers again.")
        except OSError as error:
            raise _busy(word) from error
        if self._share and len(self._waiting) >= self._share and len(self._batches) < self._jobs - 1:
            self._start(self._waiting)
            self._waiting = []

    def finish(self) -> ConversionResult:
        """Wait for all batches, retry files without a PDF one by one, and return the result of each file."""
        for papers in _share_out(self._waiting, max(self._jobs - len(self._batches), 1)):
            self._start(papers)
        self._waiting = []
        load_reader()
        missing = [paper for batch in self._batches for paper in self._collect(batch)]
        for start in range(0, len(missing), self._jobs):
            for batch in [self._start([paper]) for paper in missing[start : start + self._jobs]]:
                for paper in self._collect(batch):
                    self._errors[paper.word] = _explain(paper, batch)
        return ConversionResult(
            tuple(self._done[word] for word in self._words if word in self._done),
            tuple(FailedFile(word, self._errors[word]) for word in self._words if word in self._errors),
        )

    def _start(self, papers: Sequence[_Submitted]) -> _Batch:
        """Begin converting in a thread. A daemon: a converter that cannot be stopped must not keep the command open."""
        into = self._folder / f"out-{len(self._batches)}"
        into.mkdir()
        patience = self._patience or _START_SECONDS + max(paper.facts.allowed_seconds for paper in papers)
        deadline = patience + sum(paper.facts.allowed_seconds for paper in papers)
        batch = _Batch(tuple(papers), into, patience)
        self._batches.append(batch)
        threading.Thread(target=self._convert, args=(batch, deadline), daemon=True).start()
        return batch

    def _convert(self, batch: _Batch, deadline: float) -> None:
        try:
            copies = [paper.copy for paper in batch.papers]
            self._converter.convert(copies, batch.into, self._folder, deadline, batch.stopped)
        except PermanenceError as error:
            batch.error = error
        except Exception:  # it may come from anyone, and a fault is one more way to write no file
            return
        finally:
            batch.ended.set()

    def _collect(self, batch: _Batch) -> list[_Submitted]:
        """Wait for a batch and take its sound PDF files into place; returns the papers that have none."""
        _wait(batch)
        missing: list[_Submitted] = []
        for paper in batch.papers:
            made = batch.into / f"{paper.copy.stem}.pdf"
            pages = accept_pdf(made)
            if not pages:
                missing.append(paper)
                continue
            pdf = self._into / f"{paper.word.stem}.pdf"
            try:
                _put_in_place(made, pdf)
            except OSError as error:
                raise _busy(pdf) from error
            self._done[paper.word] = ConvertedFile(paper.word, pdf, pages, self._made_by, _warn(paper))
        return missing


def convert_documents(
    words: Sequence[Path], into: Path, *, converter: Converter | None = None, jobs: int | None = None
) -> ConversionResult:
    """Convert Word files that are all there already; `into` must exist. See `Conversion` for what is raised."""
    with Conversion(into, converter=converter, jobs=jobs or _choose_jobs(len(words), None)) as conversion:
        for word in words:
            conversion.submit(word)
        return conversion.finish()


def _choose_jobs(expected: int | None, jobs: int | None) -> int:
    """Two at most: a second LibreOffice brings 1.93 times the papers on two cores; each takes some 200 MB."""
    if jobs is not None:
        return max(jobs, 1)
    worth = 2 if expected is None else math.ceil(expected / _PAPERS_WORTH_A_BATCH)
    return max(1, min(2, os.cpu_count() or 1, worth))


def _first_share(expected: int | None, jobs: int) -> int:
    """How many papers start a batch before the last one: of ten heaviest-first, four are about half the work."""
    return max(1, round(0.8 * expected / jobs)) if expected and jobs > 1 else 0


def _share_out(papers: Sequence[_Submitted], shares: int) -> list[list[_Submitted]]:
    """Split into at most `shares` lists of about the same weight: each paper goes to the lightest so far."""
    lists: list[list[_Submitted]] = [
        [] for _ in range(max(1, min(shares, math.ceil(len(papers) / _PAPERS_WORTH_A_BATCH))))
    ]
    weights = [0] * len(lists)
    for paper in sorted(papers, key=lambda paper: -paper.facts.weight):
        lightest = weights.index(min(weights))
        lists[lightest].append(paper)
        weights[lightest] += paper.facts.weight
    return [papers for papers in lists if papers]


def _wait(batch: _Batch) -> None:
    """Wait until the converter is done, or has made no PDF for as long as its heaviest paper may take."""
    seen, since = 0, time.monotonic()
    while not batch.ended.wait(0.2):
        brought = sum(1 for _ in batch.into.iterdir())
        if brought != seen:
            seen, since = brought, time.monotonic()
        elif time.monotonic() - since > batch.patience:
            batch.stopped.set()
            batch.is_left_behind = not batch.ended.wait(_GRACE_SECONDS)
            return


def _explain(paper: _Submitted, batch: _Batch) -> ConversionError:
    if batch.error is not None:
        if not isinstance(batch.error, ConversionError):
            raise batch.error
        return name_failure(paper.word, "the converter does not work", batch.error.summary)
    if batch.stopped.is_set():
        says = "the converter took too long, twice"
    else:
        says = "the converter could not read it, twice"
    return name_failure(
        paper.word, says, "Open it in Word and save it again. If a table has thousands of rows, split it."
    )


def _warn(paper: _Submitted) -> tuple[str, ...]:
    if not paper.facts.linked_parts:
        return ()
    warning = (
        f"{paper.word.name}: {paper.facts.linked_parts} picture(s) or objects are linked, not kept in the file, and "
        "are not in the PDF. In Word, insert them again with Insert, Pictures."
    )
    return (warning,)


def _put_in_place(made: Path, pdf: Path) -> None:
    """Move a finished PDF to its name in one step, also from another disk, so that nobody reads half of one."""
    beside = pdf.with_name(f".{pdf.name}.new")
    try:
        shutil.copyfile(made, beside)
        beside.replace(pdf)
    finally:
        beside.unlink(missing_ok=True)


def _busy(path: Path) -> FileBusyError:
    return FileBusyError(
        f"{path.name} cannot be read or written: close it if it is open elsewhere, and see that the folder is not "
        "read-only or full."
    )
