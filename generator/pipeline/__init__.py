"""The order of work: load, check, plan, write, convert, admit, assemble. Read it from top to bottom."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator import __version__, shipped
from generator.bundlelayout import load_layout
from generator.case import LoadedCase, load_case
from generator.check import CaseCheck, check_case
from generator.citations import find_broken_citations
from generator.clock import Jurisdiction
from generator.comparison import Comparison, compare_procedures
from generator.compliance import Compliance
from generator.document import PaperTemplate, load_templates
from generator.errors import CannotReadError, FileBusyError, Problem
from generator.output import Origin, digest_of, open_output
from generator.pipeline.authoring import copy_paper
from generator.pipeline.citing import refuse_broken_citations
from generator.pipeline.disclosing import DisclosureReport, Examined, examine_files, report_disclosure
from generator.pipeline.fates import Differences, PaperResult
from generator.pipeline.filing import REPORT, BundleReport, Filing, make_bundle
from generator.pipeline.filingfacts import read_facts
from generator.pipeline.gathering import list_replaceable
from generator.pipeline.guarding import Guard
from generator.pipeline.letterhints import find_letter_hints
from generator.pipeline.papers import PapersReport, Progress, make_papers
from generator.pipeline.rulebook import find_unknown_events, judge, load_all, load_topics
from generator.pipeline.running import find_lost_actions
from generator.pipeline.searching import names_of
from generator.pipeline.settled import find_settled
from generator.pipeline.templates import FAMILIES, SAMPLE_DAY
from generator.pipeline.templates import check_templates as check_asked
from generator.plan import plan_documents
from generator.procedure import NATIONAL
from generator.timeline import Timeline, make_timeline

if TYPE_CHECKING:
    from generator.bundlecheck import BundleCheck

__all__ = [
    "BuildReport",
    "BundleReport",
    "Differences",
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
    "check_templates",
    "compare",
    "examine",
    "find_templates",
    "make_case_timeline",
    "show_disclosure",
    "start_paper",
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
    unheeded += find_lost_actions(loaded, on)
    guard = Guard(loaded)
    unheeded += guard.find_idle_clearances([name for paper in planned for name in names_of(paper)])
    hints = find_letter_hints(loaded, planned, guard.held)
    return check_case(loaded.case, compliance, planned, unheeded, hints)


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
    today: dt.date | None = None,
    progress: Progress = lambda _what, _done, _all: None,
) -> BuildReport:
    """Make all papers of a case, or those with the given codes, as Word files and PDFs.

    `today` is the day on the clock, which the record names beside the day that was taken for today.
    """
    loaded = load_case(given)
    warnings = refuse_broken_citations(loaded)
    templates = _choose(find_templates(shelves), codes)
    compliance = judge(loaded, on, shelves)
    planned = plan_documents(loaded.case, compliance, templates)
    origin = _say_origin(loaded, compliance)
    with open_output(output_folder(loaded, output), origin, (today or on).isoformat()) as folder:
        settled = find_settled(loaded.case, folder, list_replaceable(loaded.case))
        papers = make_papers(planned, folder, settled, Guard(loaded), word_only=word_only, progress=progress)
        _refuse_changed(loaded)
        folder.deliver()
        said = (*papers.warnings, *warnings, *folder.warnings)
        return BuildReport(folder.path, dataclasses.replace(papers, warnings=said))


def _say_origin(loaded: LoadedCase, compliance: Compliance) -> Origin:
    """What everything in a build is made from, as the record tells it."""
    procedure = compliance.procedure
    rules = "".join(rule.entry.model_dump_json() for rule in procedure.rules)
    return Origin(
        on=compliance.on.isoformat(),
        case=loaded.digest,
        procedure=procedure.name,
        edition=procedure.opening.edition,
        rules=hashlib.sha256(rules.encode()).hexdigest(),
        product=__version__,
    )


def _refuse_changed(loaded: LoadedCase) -> None:
    """Raises FileBusyError where the case file is no longer the one that everything was made from."""
    if not loaded.file.is_file() or digest_of(loaded.file) != loaded.digest:
        raise FileBusyError(
            f"{loaded.file} was changed while this build was running. Nothing was delivered. Build again"
        )


def output_folder(loaded: LoadedCase, output: Path | None) -> Path:
    """Where a case's papers go: the folder asked for, else output/ and the name of the case folder."""
    name = loaded.folder.resolve().name if loaded.file.name == "case.yaml" else loaded.file.stem
    return output or Path("output") / name


def start_paper(code: str, own_code: str, folder: Path, shelves: Shelves = NO_SHELVES) -> tuple[Path, Path]:
    """Copy a paper's template and card into an authority's folder. Raises as `copy_paper`, and for an unknown code."""
    return copy_paper(_choose(find_templates(shelves), [code])[code], own_code, folder)


def _choose(templates: dict[str, PaperTemplate], codes: Sequence[str]) -> dict[str, PaperTemplate]:
    unknown = [code for code in codes if code not in templates]
    if unknown:
        import difflib

        near = difflib.get_close_matches(unknown[0], templates, 1)
        hint = f" Did you mean {near[0]}?" if near else f" There are: {', '.join(sorted(templates))}."
        raise CannotReadError(f"There is no paper with the code {unknown[0]}.{hint}")
    # Who asks for the letters means every parent's, in whichever form that parent reads.
    return {
        code: template for code, template in templates.items() if not codes or {code, template.card.form_of} & {*codes}
    }


def build_bundle(
    given: Path,
    on: dt.date,
    shelves: Shelves = NO_SHELVES,
    *,
    filing: Filing = A_BUNDLE,
    output: Path | None = None,
    today: dt.date | None = None,
    progress: Progress = lambda _what, _done, _all: None,
) -> BundleReport:
    """Make the court bundle of a case: its papers for the court, and the evidence, as one PDF. `today` as above."""
    loaded = load_case(given)
    compliance = judge(loaded, on, shelves)
    planned = plan_documents(loaded.case, compliance, find_templates(shelves), for_bundle=True)
    origin = _say_origin(loaded, compliance)
    with open_output(output_folder(loaded, output), origin, (today or on).isoformat()) as folder:
        settled = find_settled(loaded.case, folder, list_replaceable(loaded.case), anew=filing.anew)
        guard = Guard(loaded)
        papers = make_papers(planned, folder, settled, guard, progress=progress)
        report = make_bundle(loaded, papers, folder, on, filing, guard, progress)
        if not filing.preview:
            _refuse_changed(loaded)
            folder.deliver()
        return dataclasses.replace(report, warnings=(*report.warnings, *folder.warnings))


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


def check_templates(files: Sequence[Path], shelves: Shelves = NO_SHELVES) -> tuple[Problem, ...]:
    """Every fact that a template asks for and that the reader of its paper may not see, before any paper is made."""
    judged = [(family, judge(load_case(family), SAMPLE_DAY, shelves)) for family in FAMILIES]
    return check_asked(files, judged)


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
