"""The job `timeline`: the days of a case in order."""

from __future__ import annotations

from pathlib import Path

from generator.case.load import load_case
from generator.jobs.run import Run
from generator.rules.rulebook import judge
from generator.rules.timeline import Timeline, make_timeline


def show_timeline(given: Path, run: Run, *, procedure: str | None = None) -> Timeline:
    """What happened, is booked and is due in a case, in order.

    With `procedure`, the case is read under that procedure in place of its own. Raises CannotReadError where the case
    or its procedure cannot be read.
    """
    loaded = load_case(given)
    return make_timeline(loaded.case, judge(loaded, run.on, run.search_path, procedure))
