"""The job `bundle --check`: finished bundles, made here or by another program, held against the rules of a layout."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.base.digests import digest_of
from generator.base.resources import USUAL_LAYOUT
from generator.bundle.audit.check import BundleCheck, check_bundle
from generator.bundle.layout.load import load_layout
from generator.bundle.report import read_known
from generator.jobs.bundle_files import REPORT


def check_bundles(given: Sequence[Path], layout: Path | None = None) -> tuple[tuple[Path, BundleCheck], ...]:
    """Each bundle with what the rules of the layout say of it.

    The report that this program writes beside a bundle of its own is read too: it tells what the file alone does not
    show. Raises CannotReadError for a file that is no PDF that can be read.
    """
    rules = load_layout(layout or USUAL_LAYOUT)
    checked = []
    for pdf in given:
        known = read_known(pdf, pdf.parent / REPORT, digest_of(pdf)) if pdf.is_file() else None
        checked.append((pdf, check_bundle(pdf, rules, known)))
    return tuple(checked)
