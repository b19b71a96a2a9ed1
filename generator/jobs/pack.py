"""The job `pack`: everything that each reader has to read before a meeting, as one PDF for each."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from generator.case.citations import refuse_broken_citations
from generator.case.load import load_case
from generator.jobs.open_case import open_case
from generator.jobs.packing import PackReport, make_packs
from generator.jobs.run import Run
from generator.meetings.pack.contents import choose_coming_meeting, is_wanted
from generator.papers.catalogue import find_templates
from generator.papers.plan import plan_documents
from generator.rules.rulebook import judge


def build_pack(given: Path, run: Run, *, meeting: str | None = None) -> PackReport:
    """Make the packs of a meeting: the one with that id, or the next one.

    Raises CannotReadError where there is no such meeting, PermanenceError where there can be no pack.
    """
    loaded = load_case(given)
    about = choose_coming_meeting(loaded.case, meeting, run.on)
    warnings = refuse_broken_citations(loaded)
    compliance = judge(loaded, run.on, run.search_path)
    planned = plan_documents(loaded.case, compliance, find_templates(run.search_path))
    wanted = [paper for paper in planned if is_wanted(paper, loaded.case, about)]
    with open_case(loaded, compliance, run) as work:
        papers = work.make_papers(wanted)
        report = make_packs(work, about, compliance, papers)
        work.deliver()
        said = (*warnings, *papers.warnings, *report.warnings, *work.folder.warnings)
        return dataclasses.replace(report, warnings=said)
