"""The job `bundle --check`: finished bundles, made here or by another program, held against the rules of a layout."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.base.digests import digest_of
from generator.bundle.audit.check import check_bundle
from generator.bundle.audit.findings import BundleCheck
from generator.bundle.layout.load import load_layout
from generator.jobs.filing import REPORT, USUAL_LAYOUT
from generator.jobs.filingfacts import read_facts


def check_bundles(given: Sequence[Path], layout: Path | None = None) -> tuple[tuple[Path, BundleCheck], ...]:
    """Each bundle with what the rules of the layout say of it.

    The report that this program writes beside a bundle of its own is read too: it tells what the file alone does not
    show. Raises CannotReadError for a file that is no PDF that can be read.
    """
    rules = load_layout(layout or USUAL_LAYOUT)
    checked = []
    for pdf in given:
        facts = read_facts(pdf, pdf.parent / REPORT, digest_of(pdf)) if pdf.is_file() else None
        checked.append((pdf, check_bundle(pdf, rules, facts)))
    return tuple(checked)
