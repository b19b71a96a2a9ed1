"""The job `check`: what is late, what is coming, what cannot be told, and what is still to be written."""

from __future__ import annotations

from pathlib import Path

from generator.base.yaml.read import limit_repeats
from generator.case.action_record import explain_remarks, record_actions
from generator.case.citations import find_broken_citations
from generator.case.load import load_case
from generator.disclosure.leak_search import LeakSearch
from generator.jobs.run import Run
from generator.papers.catalogue import find_templates
from generator.papers.letter_hints import find_letter_hints
from generator.papers.plan import names_of, plan_documents
from generator.reports.case_report import CaseReport, report_case
from generator.rules.rulebook import find_unknown_events, judge


def check_case(given: Path, run: Run, *, procedure: str | None = None) -> CaseReport:
    """What the rules say of each child in a case, and what is still to be written in each paper.

    With `procedure`, the case is read under that procedure in place of its own. Raises CannotReadError where the case
    or its procedure cannot be read.
    """
    loaded = load_case(given)
    compliance = judge(loaded, run.on, run.search_path, procedure)
    planned = plan_documents(loaded.case, compliance, find_templates(run.search_path))
    search = LeakSearch(loaded)
    without_effect = [
        *find_unknown_events(loaded, compliance.procedure, run.search_path),
        *find_broken_citations(loaded),
        *limit_repeats(explain_remarks(loaded, record_actions(loaded.case, run.on))),
        *search.find_unused_clearances([name for paper in planned for name in names_of(paper)]),
    ]
    hints = find_letter_hints(loaded, planned, search.held)
    return report_case(loaded.case, compliance, planned, without_effect, hints)
