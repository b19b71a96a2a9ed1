"""The order of work: load, check, plan, write, convert, admit, assemble. Read it from top to bottom."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator import shipped
from generator.bundlelayout import load_layout
from generator.case import LoadedCase, load_case
from generator.check import CaseCheck, check_case
from generator.citations import find_broken_citations
from generator.clock import Jurisdiction
from generator.comparison import Comparison, compare_procedures
from generator.document import PaperTemplate, load_templates
from generator.errors import CannotReadError
from generator.output import digest_of, open_output
from generator.pipeline.citing import refuse_broken_citations
from generator.pipeline.disclosing import DisclosureReport, Examined, examine_files, report_disclosure
from generator.pipeline.filing import REPORT, BundleReport, Filing, make_bundle
from generator.pipeline.filingfacts import read_facts
from generator.pipeline.guarding import Guard
from generator.pipeline.papers import PaperResult, PapersReport, Progress, make_papers
from generator.pipeline.rulebook import find_unknown_events, judge, load_all, load_topics
from generator.plan import plan_documents
from generator.procedure import NATIONAL
from generator.timeline import Timeline, make_timeline

if TYPE_CHECKING:
    from generator.bundlecheck import BundleCheck

__all__ = [
    "BuildReport",
    "BundleReport",
    "DisclosureReport",
    "Examined",
    "Filing",
    "PaperResult",
    "PapersReport",
    "Shelves",
    "build_bundle",
    "build_papers",
    "check",
    "check_bundles",
    "compare",
    "examine",
    "find_templates",
    "make_case_timeline",
    "show_disclosure",
]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made, and in which folder."""

    folder: Path
    papers: PapersReport


@dataclass(frozen=True, slots=True)
class Shelves:
    """An authority's own folders, looked in before what comes with the product."""

    templates: tuple[Path, ...] = ()
    procedures: tuple[Path, ...] = ()


NO_SHELVES = Shelves()
A_BUNDLE = Filing(shipped.BUNDLE_LAYOUTS / "children-proceedings.yaml")


def find_templates(shelves: Shelves = NO_SHELVES) -> dict[str, PaperTemplate]:
    """Every paper there is: an authority's own folders first, then those that come with the product."""
    return load_templates([*shelves.templates, shipped.TEMPLATES])


def check(given: Path, on: dt.date, shelves: Shelves = NO_SHELVES, *, procedure: str | None = None) -> CaseCheck:
    """What is late, due, not to be told or still to be written in a case.

    With `procedure`, the case is read under that procedure in place of its own. Raises CannotReadError where the case
    or its procedure cannot be read.
    """
    loaded = load_case(given)
    compliance = judge(loaded, on, shelves, procedure)
    planned = plan_documents(loaded.case, compliance, find_templates(shelves))
    unheeded = [*find_unknown_events(loaded, compliance.procedure, shelves), *find_broken_citations(loaded)]
    unheeded += Guard(loaded).find_idle_clearances()
    return check_case(loaded.case, compliance, planned, unheeded)


def make_case_timeline(
    given: Path, on: dt.date, shelves: Shelves = NO_SHELVES, *, procedure: str | None = None
) -> Timeline:
    """What happened, is booked and is due in a case, in order. Raises as `check`."""
    loaded = load_case(given)
    return make_timeline(loaded.case, judge(loaded, on, shelves, procedure))


def compare(given: Path, on: dt.date, shelves: Shelves = NO_SHELVES) -> Comparison:
    """The same family under every English procedure side by side, where they differ. Raises as `check`."""
    loaded = load_case(given)
    judge(loaded, on, shelves, NATIONAL)
    return compare_procedures(loaded.case, [*load_all(shelves, Jurisdiction.ENGLAND)], load_topics(), on)


def build_papers(
    given: Path,
    on: dt.date,
    shelves: Shelves = NO_SHELVES,
    *,
    output: Path | None = None,
    codes: Sequence[str] = (),
    word_only: bool = False,
    progress: Progress = lambda _what, _done, _all: None,
) -> BuildReport:
    """Make all papers of a case, or those with the given codes, as Word files and PDFs."""
    loaded = load_case(given)
    warnings = refuse_broken_citations(loaded)
    templates = _choose(find_templates(shelves), codes)
    planned = plan_documents(loaded.case, judge(loaded, on, shelves), templates)
    with open_output(output_folder(loaded, output)) as folder:
        papers = make_papers(planned, folder, on, Guard(loaded), word_only=word_only, progress=progress)
        folder.deliver()
        return BuildReport(folder.path, dataclasses.replace(papers, warnings=(*papers.warnings, *warnings)))


def output_folder(loaded: LoadedCase, output: Path | None) -> Path:
    """Where a case's papers go: the folder asked for, else output/ and the name of the case folder."""
    name = loaded.folder.resolve().name if loaded.file.name == "case.yaml" else loaded.file.stem
    return output or Path("output") / name


def _choose(templates: dict[str, PaperTemplate], codes: Sequence[str]) -> dict[str, PaperTemplate]:
    unknown = [code for code in codes if code not in templates]
    if unknown:
        import difflib

        near = difflib.get_close_matches(unknown[0], templates, 1)
        hint = f" Did you mean {near[0]}?" if near else f" There are: {', '.join(sorted(templates))}."
        raise CannotReadError(f"There is no paper with the code {unknown[0]}.{hint}")
    return {code: template for code, template in templates.items() if not codes or code in codes}


def build_bundle(
    given: Path,
    on: dt.date,
    shelves: Shelves = NO_SHELVES,
    *,
    filing: Filing = A_BUNDLE,
    output: Path | None = None,
    progress: Progress = lambda _what, _done, _all: None,
) -> BundleReport:
    """Make the court bundle of a case: its papers for the court, and the evidence, as one PDF."""
    loaded = load_case(given)
    planned = plan_documents(loaded.case, judge(loaded, on, shelves), find_templates(shelves), for_bundle=True)
    with open_output(output_folder(loaded, output)) as folder:
        guard = Guard(loaded)
        papers = make_papers(planned, folder, on, guard, progress=progress)
        report = make_bundle(loaded, papers, folder, on, filing, guard, progress)
        if not filing.preview:
            folder.deliver()
        return report


def examine(given: Path, files: Sequence[Path], who: str) -> tuple[Examined, ...]:
    """Any files searched for what a reader of a case must not see. Raises CannotReadError as `examine_files`."""
    return examine_files(load_case(given), files, who)


def show_disclosure(given: Path, who: str, on: dt.date, shelves: Shelves = NO_SHELVES) -> DisclosureReport:
    """What one reader would see of a case, what is kept from them, and whether a paper says it all the same."""
    loaded = load_case(given)
    compliance, templates = judge(loaded, on, shelves), find_templates(shelves)
    planned = [
        paper
        for for_bundle in (False, True)
        for paper in plan_documents(loaded.case, compliance, templates, for_bundle=for_bundle)
    ]
    return report_disclosure(loaded, planned, who)


def check_bundles(given: Sequence[Path], layout: Path | None = None) -> tuple[tuple[Path, BundleCheck], ...]:
    """Hold bundles, made here or by another program, against the rules of a layout.

    A bundle of ours has its report beside it, which tells what the file alone does not show. Raises CannotReadError for
    a file that is no PDF that can be read.
    """
    from generator.bundlecheck import check_bundle

    rules = load_layout(layout or A_BUNDLE.layout)
    checked = []
    for pdf in given:
        facts = read_facts(pdf, pdf.parent / REPORT, digest_of(pdf)) if pdf.is_file() else None
        checked.append((pdf, check_bundle(pdf, rules, facts)))
    return tuple(checked)
