"""The order of work: load, check, plan, write, convert, admit, assemble. Read it from top to bottom."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator.base import resources
from generator.base.cache.ingredients import Asked, digest_ingredients, digest_of
from generator.base.cache.last_build import PaperLine
from generator.base.paths import find_case_file, name_output
from generator.base.working_days import Jurisdiction
from generator.bundle.layout.load import load_layout
from generator.case.citations import find_broken_citations
from generator.case.load import load_case
from generator.jobs.authoring import check_templates, list_fields, start_paper
from generator.jobs.changing import ChangeReport, report_changes
from generator.jobs.circulating import CirculationReport, choose_meeting, list_circulation, make_circulation
from generator.jobs.citing import refuse_broken_citations
from generator.jobs.disclosing import DisclosureReport, Examined, examine_files, report_disclosure
from generator.jobs.fates import Differences, PaperResult
from generator.jobs.fields import write_field_sheet
from generator.jobs.filing import REPORT, BundleReport, Filing, make_bundle
from generator.jobs.filingfacts import read_facts
from generator.jobs.guarding import Guard
from generator.jobs.housestyle import check_style
from generator.jobs.letterhints import find_letter_hints
from generator.jobs.opencase import open_case
from generator.jobs.packing import PackReport, PackResult, make_packs
from generator.jobs.papers import PapersReport, Progress
from generator.jobs.picturing import PicturesReport, deliver_pictures, draw_for_reader
from generator.jobs.remembering import foresee_build, say_line
from generator.jobs.rulebook import find_unknown_events, judge, load_all, load_topics
from generator.jobs.running import find_lost_actions
from generator.jobs.searching import names_of
from generator.jobs.shelves import NO_SHELVES, Shelves, choose_templates, find_templates
from generator.jobs.templates import TemplateCheck, annotate_template, mend_template
from generator.meetings.pack.contents import find_meeting, is_wanted
from generator.papers.plan import plan_documents
from generator.reports.case_report import CaseCheck, check_case
from generator.reports.side_by_side import Comparison, compare_procedures
from generator.rules.procedures.load import NATIONAL
from generator.rules.timeline import Timeline, make_timeline

if TYPE_CHECKING:
    from generator.bundle.audit.findings import BundleCheck

__all__ = [
    "NO_SHELVES",
    "BuildReport",
    "BundleReport",
    "ChangeReport",
    "CirculationReport",
    "Differences",
    "DisclosureReport",
    "Examined",
    "Filing",
    "PackReport",
    "PackResult",
    "PaperResult",
    "PapersReport",
    "PicturesReport",
    "Shelves",
    "TemplateCheck",
    "annotate_template",
    "build_bundle",
    "build_pack",
    "build_papers",
    "check",
    "check_bundles",
    "check_style",
    "check_templates",
    "circulate",
    "compare",
    "draw_case_pictures",
    "examine",
    "find_templates",
    "list_fields",
    "make_case_timeline",
    "mend_template",
    "show_changes",
    "show_disclosure",
    "start_paper",
    "write_field_sheet",
]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made, and in which folder."""

    folder: Path
    papers: PapersReport

    @property
    def lines(self) -> tuple[PaperLine, ...]:
        """What is told of each paper."""
        return tuple(say_line(paper, self.folder) for paper in self.papers.papers)


A_BUNDLE = Filing(resources.BUNDLE_LAYOUTS / "children-proceedings.yaml")


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


def show_changes(
    given: Path, since: str, on: dt.date, shelves: Shelves = NO_SHELVES, *, output: Path | None = None
) -> ChangeReport:
    """What changed in a case since an older version, and which papers that touches. Raises as `report_changes`."""
    loaded = load_case(given)
    return report_changes(loaded, since, on, shelves, find_templates(shelves), name_output(loaded.file, output))


def build_papers(
    given: Path,
    on: dt.date,
    shelves: Shelves = NO_SHELVES,
    *,
    output: Path | None = None,
    codes: Sequence[str] = (),
    word_only: bool = False,
    today: dt.date | None = None,
    converters_at_once: int | None = None,
    progress: Progress = lambda _what, _done, _all: None,
) -> BuildReport:
    """Make all papers of a case, or those with the given codes, as Word files and PDFs.

    `today` is the day on the clock, which the record names beside the day that was taken for today. Without
    `converters_at_once` there are as many as bring the papers of one case soonest.
    """
    from generator.convert.identity import NO_CONVERTER, identify_converter

    made_from = _digest_ingredients(given, on, shelves, codes, today, word_only=word_only)
    converter = NO_CONVERTER if word_only else identify_converter()
    loaded = load_case(given)
    warnings = refuse_broken_citations(loaded)
    templates = choose_templates(find_templates(shelves), codes)
    compliance = judge(loaded, on, shelves)
    planned = plan_documents(loaded.case, compliance, templates)
    with open_case(loaded, compliance, output, today, progress) as work:
        papers = work.make_papers(
            planned, converter=converter, converters_at_once=converters_at_once, word_only=word_only
        )
        work.deliver(foresee_build(loaded, made_from, papers, work.folder, converter, warnings))
        said = (*papers.passing, *papers.warnings, *warnings, *work.folder.warnings)
        return BuildReport(work.folder.path, dataclasses.replace(papers, warnings=said))


def _digest_ingredients(
    given: Path, on: dt.date, shelves: Shelves, codes: Sequence[str], today: dt.date | None, *, word_only: bool
) -> dict[str, str] | None:
    """As they are before anything is read; None where they cannot be read, of which the build will say more."""
    days = on.isoformat(), (today or on).isoformat()
    try:
        file = find_case_file(given)
        return digest_ingredients(Asked(file, *days, tuple(codes), word_only, shelves.templates, shelves.procedures))
    except OSError:
        return None


def draw_case_pictures(
    given: Path,
    who: str,
    on: dt.date,
    shelves: Shelves = NO_SHELVES,
    *,
    child: str | None = None,
    output: Path | None = None,
    today: dt.date | None = None,
) -> PicturesReport:
    """Draw the family tree, homes and timeline of each child, or of one, as files for one reader.

    Each is searched for what its reader must not see before it arrives. `today` as above. Raises CannotReadError as
    `draw_for_reader`.
    """
    loaded = load_case(given)
    compliance = judge(loaded, on, shelves)
    lens, drawn = draw_for_reader(loaded, compliance, who, child)
    with open_case(loaded, compliance, output, today) as work:
        return deliver_pictures(drawn, who, lens, work)


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
    with open_case(loaded, compliance, output, today, progress, anew=filing.anew) as work:
        report = make_bundle(work, work.make_papers(planned), on, filing)
        if not filing.preview:
            work.deliver()
        return dataclasses.replace(report, warnings=(*report.warnings, *work.folder.warnings))


def build_pack(
    given: Path,
    on: dt.date,
    shelves: Shelves = NO_SHELVES,
    *,
    meeting: str | None = None,
    output: Path | None = None,
    today: dt.date | None = None,
    progress: Progress = lambda _what, _done, _all: None,
) -> PackReport:
    """Make the packs of a meeting: the one with that id, or the next after `on`. `today` as above."""
    loaded = load_case(given)
    about = find_meeting(loaded.case, meeting, on)
    warnings = refuse_broken_citations(loaded)
    compliance = judge(loaded, on, shelves)
    planned = plan_documents(loaded.case, compliance, find_templates(shelves))
    wanted = [paper for paper in planned if is_wanted(paper, loaded.case, about)]
    with open_case(loaded, compliance, output, today, progress) as work:
        papers = work.make_papers(wanted)
        report = make_packs(work, about, compliance, papers)
        work.deliver()
        said = (*warnings, *papers.warnings, *report.warnings, *work.folder.warnings)
        return dataclasses.replace(report, warnings=said)


def circulate(
    given: Path,
    on: dt.date,
    shelves: Shelves = NO_SHELVES,
    *,
    meeting: str | None = None,
    output: Path | None = None,
    today: dt.date | None = None,
    trial: bool = False,
    progress: Progress = lambda _what, _done, _all: None,
) -> CirculationReport:
    """Draft the e-mails that take the papers of a meeting to its readers; a `trial` only says which. `today` as above.

    Without `meeting` it is the last that was held. Raises PermanenceError where there is nothing to circulate.
    """
    loaded = load_case(given)
    warnings = refuse_broken_citations(loaded)
    chosen = choose_meeting(loaded.case, meeting, on)
    compliance = judge(loaded, on, shelves)
    planned = plan_documents(loaded.case, compliance, find_templates(shelves))
    if trial:
        return list_circulation(loaded, planned, compliance, chosen, name_output(loaded.file, output))
    with open_case(loaded, compliance, output, today, progress) as work:
        report = make_circulation(work, planned, compliance, chosen)
        work.deliver()
        said = (*report.papers.warnings, *warnings, *report.warnings, *work.folder.warnings)
        return dataclasses.replace(report, warnings=said)


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
    from generator.bundle.audit.check import check_bundle

    rules = load_layout(layout or A_BUNDLE.layout)
    checked = []
    for pdf in given:
        facts = read_facts(pdf, pdf.parent / REPORT, digest_of(pdf)) if pdf.is_file() else None
        checked.append((pdf, check_bundle(pdf, rules, facts)))
    return tuple(checked)
