"""What holds for one run of a job: its day, where to look for templates and procedures, and where to write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generator.base.paths import name_output
from generator.base.resources import NO_OWN_FOLDERS, SearchPath

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many steps of it are done, and how many there are."""


def ignore_progress(_what: str, _done: int, _total: int) -> None:
    """Progress that is not shown."""


@dataclass(frozen=True, slots=True)
class Run:
    """What the person who starts a job decides, whatever the job is.

    `on` is the day that is taken for today, `clock_day` the day on the clock, which records name beside it; None where
    they are the same. `output` is the folder to write to; None for output/ and the name of the case.
    """

    on: dt.date
    clock_day: dt.date | None = None
    search_path: SearchPath = NO_OWN_FOLDERS
    output: Path | None = None
    progress: Progress = ignore_progress

    @property
    def made_on(self) -> dt.date:
        """The day on which what is made now is made."""
        return self.clock_day or self.on

    def folder_of(self, case_file: Path) -> Path:
        """The output folder of a case."""
        return name_output(case_file, self.output)
