"""The job `bundle`: the papers for the court and the evidence, as one PDF."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from generator.case.load import load_case
from generator.jobs.filing import BundleReport, Filing, make_bundle
from generator.jobs.make_papers import make_papers
from generator.jobs.open_case import open_case
from generator.jobs.run import Run
from generator.papers.catalogue import find_templates
from generator.papers.plan import plan_documents
from generator.rules.rulebook import judge


def build_bundle(given: Path, run: Run, filing: Filing) -> BundleReport:
    """Make the court bundle of a case, or say what it would change against what was filed.

    Raises PermanenceError where there can be no bundle: every paper and file that stands in its way is named.
    """
    loaded = load_case(given)
    compliance = judge(loaded, run.on, run.search_path)
    planned = plan_documents(loaded.case, compliance, find_templates(run.search_path), for_bundle=True)
    with open_case(loaded, compliance, run, anew=filing.anew) as work:
        report = make_bundle(work, make_papers(work, planned), run.on, filing)
        if not filing.preview:
            work.deliver()
        return dataclasses.replace(report, warnings=(*report.warnings, *work.folder.warnings))
