"""Many cases in one run, each by itself: built by as many processes as are wanted, here or on a cluster.

What is finished stays, and is recognised by the next run. So a run that was stopped is resumed by starting it again,
and a task that is given out a second time, because a computer was lost, does nothing where the first was done.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

from generator.base.cache.last_build import PaperLine
from generator.base.errors import (
    CannotReadError,
    ExitCode,
    PermanenceError,
    ProgramFaultError,
    ProgramMissingError,
    UnsafeToDiscloseError,
    choose_exit_code,
    name_fault,
)
from generator.jobs.build import BuildReport, build_papers
from generator.jobs.run import Run
from generator.jobs.unchanged import recall_unchanged


@dataclass(frozen=True, slots=True)
class CaseTask:
    """One case that is to be built, and what is asked of the build. The output folder of `run` is that of this case."""

    file: Path
    run: Run
    codes: tuple[str, ...] = ()
    word_only: bool = False

    @property
    def folder(self) -> Path:
        """Where its papers go."""
        return self.run.folder_of(self.file)

    def recall(self) -> BuiltCase | None:
        """The case as it was built before, where nothing has changed since."""
        if found := recall_unchanged(self.file, self.run, self.codes, word_only=self.word_only):
            known, folder = found
            return BuiltCase(self.file, folder, known.papers, known.warnings)
        return None


@dataclass(frozen=True, slots=True)
class BuiltCase:
    """One case after the run: its papers, its warnings, and why some or all of the papers are not there."""

    file: Path
    folder: Path
    papers: tuple[PaperLine, ...] = ()
    warnings: tuple[str, ...] = ()
    failures: tuple[PermanenceError, ...] = ()
    withheld: tuple[UnsafeToDiscloseError, ...] = ()
    no_pdf_because: ProgramMissingError | None = None
    error: PermanenceError | None = None

    @property
    def exit_code(self) -> ExitCode:
        """What a build of this case alone leaves with."""
        if self.error:
            return self.error.exit_code
        return choose_exit_code(
            unsafe=bool(self.withheld), program_missing=bool(self.no_pdf_because), must_fix=bool(self.failures)
        )


def sum_up(file: Path, report: BuildReport) -> BuiltCase:
    """What there is to say of a build, without the facts of its papers."""
    papers = report.papers
    return BuiltCase(
        file, report.folder, report.lines, papers.warnings, papers.failures, papers.withheld, papers.no_pdf_because
    )


_ONE_AT_A_TIME = threading.Lock()
"""Writing papers is no work for several threads of one process, and workers of a cluster may have several."""


def build_case(task: CaseTask) -> BuiltCase:
    """Build one case, if there is anything to build. Never raises: a case that fails must not stop the others."""
    with _ONE_AT_A_TIME:
        try:
            if known := task.recall():
                return known
            report = build_papers(task.file, task.run, codes=task.codes, word_only=task.word_only, converters_at_once=1)
            return sum_up(task.file, report)
        except PermanenceError as error:
            return BuiltCase(task.file, task.folder, error=error)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is about this case alone
            return BuiltCase(task.file, task.folder, error=name_fault(error))


def build_many(tasks: Sequence[CaseTask], open_executor: Callable[[], Executor], at_once: int) -> Iterator[BuiltCase]:
    """Build cases `at_once` at a time, each told as it is done; the order is that in which they are done.

    Where a process dies, every case that was being built then is tried once more, by itself, so that only the one that
    kills processes is left undone. Stopping the iteration stops the work.
    """
    waiting, suspects = deque(tasks), deque[CaseTask]()
    while waiting or suspects:
        alone = bool(suspects)
        queue = deque([suspects.popleft()]) if alone else waiting
        executor = open_executor()
        try:
            for task, future in _hand_out(queue, executor, at_once):
                error = future.exception()
                if isinstance(error, BrokenExecutor) and not alone:
                    suspects.append(task)
                else:
                    yield future.result() if error is None else _report_lost(task)
        except BaseException:
            # Ctrl-C, or the caller wants no more.
            for child in multiprocessing.active_children():
                child.terminate()
            raise
        finally:
            executor.shutdown(cancel_futures=True)


def _hand_out(queue: deque[CaseTask], executor: Executor, at_once: int) -> Iterator[tuple[CaseTask, Future[BuiltCase]]]:
    """Each task with its end; what is left of the queue where the executor takes no more."""
    running: dict[Future[BuiltCase], CaseTask] = {}
    is_broken = False
    while running or (queue and not is_broken):
        while queue and not is_broken and len(running) < at_once:
            try:
                running[executor.submit(build_case, queue[0])] = queue[0]
                queue.popleft()
            except BrokenExecutor:
                is_broken = True
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            is_broken = is_broken or isinstance(future.exception(), BrokenExecutor)
            yield running.pop(future), future


def _report_lost(task: CaseTask) -> BuiltCase:
    error = ProgramFaultError(
        "The process that built this case came to an end, twice. Nothing of it was changed. Build it by itself to see "
        "more; the computer may have too little memory"
    )
    return BuiltCase(task.file, task.folder, error=error)


def open_pool(jobs: int) -> Executor:
    """So many processes on this computer."""
    # Started anew and not copied: a copy of a process with threads may stand still.
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), _begin_worker)


def _begin_worker() -> None:
    """Leave Ctrl-C to the command, which ends its workers so that each clears away what it had begun."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end_worker)


def _end_worker(_signal: int, _frame: object) -> None:
    raise SystemExit(ExitCode.STOPPED)


def refuse_shared_folders(cases: Sequence[tuple[Path, Path]]) -> None:
    """Raises CannotReadError where two cases would write to one folder. Each comes as its file and that folder."""
    taken: dict[Path, Path] = {}
    for file, folder in cases:
        place = folder.resolve()
        if place in taken:
            raise CannotReadError(
                f"{taken[place]} and {file} would both be written to {folder}. Nothing was built. Build one of them by "
                "itself, into another folder with -o"
            )
        taken[place] = file
