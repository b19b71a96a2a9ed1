"""The job `actions`: the running record of a case's actions over all its meetings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.base.errors import Problem
from generator.case.action_record import ActionsRecord, explain_remarks, record_actions
from generator.case.load import LoadedCase, load_case
from generator.jobs.run import Run


@dataclass(frozen=True, slots=True)
class ActionsReport:
    """The running record of a case's actions, and what is wrong with it, each with its place."""

    loaded: LoadedCase
    record: ActionsRecord
    problems: tuple[Problem, ...]


def report_actions(given: Path, run: Run) -> ActionsReport:
    """The running record over all meetings. Raises CannotReadError where the case cannot be read."""
    loaded = load_case(given)
    record = record_actions(loaded.case, run.on)
    return ActionsReport(loaded, record, explain_remarks(loaded, record))
