"""The job `check --compare`: one family under every English procedure."""

from __future__ import annotations

from pathlib import Path

from generator.base import resources
from generator.base.working_days import Jurisdiction
from generator.case.load import load_case
from generator.jobs.run import Run
from generator.reports.side_by_side import SideBySide, compare_procedures, read_topics
from generator.rules.procedures.load import NATIONAL
from generator.rules.rulebook import judge, load_all


def show_side_by_side(given: Path, run: Run) -> SideBySide:
    """The answers of every English procedure about one family, where they differ.

    Raises CannotReadError where the case or a procedure cannot be read, or the case is not one of England.
    """
    loaded = load_case(given)
    judge(loaded, run.on, run.search_path, NATIONAL)
    procedures = [*load_all(run.search_path, Jurisdiction.ENGLAND)]
    return compare_procedures(loaded.case, procedures, read_topics(resources.CONFLICTS), run.on)
