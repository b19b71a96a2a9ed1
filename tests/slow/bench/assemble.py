"""Assemble one bundle from PDF files, as a process of its own, so that its time and memory can be measured.

assemble.py BUNDLE PAPER...
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from generator.bundle.assemble import PageAllowance, assemble_bundle
from generator.bundle.cover import Cover
from generator.bundle.papers import BundlePaper, BundleSection

output, *papers = map(Path, sys.argv[1:])
cover = Cover(
    court="Family Court",
    case_number="",
    matters=("Measured, not filed",),
    children=(),
    parties=(),
    hearing="None",
    prepared_on=dt.date(2026, 11, 22),
)
assemble_bundle(
    cover,
    [BundleSection("papers", "A", "Papers")],
    [BundlePaper(f"Paper {number}", "papers", paper) for number, paper in enumerate(papers, start=1)],
    output,
    allowance=PageAllowance(permitted=100_000),
)
