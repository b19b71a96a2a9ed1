"""The job `bundle`: the papers for the court and the evidence, as one PDF, and what goes to the court with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.base.digests import digest_of
from generator.base.errors import FileBusyError
from generator.base.resources import USUAL_LAYOUT
from generator.bundle.assemble import AssembledBundle
from generator.bundle.layout.load import load_layout
from generator.bundle.plan import BundlePlan
from generator.bundle.round_diff import RoundChanges
from generator.case.load import LoadedCase, load_case
from generator.jobs.bundle_files import BundleFiles, read_filed
from generator.jobs.bundle_warnings import find_left_over, find_oddities, find_unknown_replaced
from generator.jobs.gather_papers import GatheredPapers, gather_papers
from generator.jobs.locked_papers import list_replaceable
from generator.jobs.make_papers import PapersReport, make_papers
from generator.jobs.open_case import open_case
from generator.jobs.run import Run
from generator.papers.catalogue import find_templates
from generator.papers.plan import plan_documents
from generator.rules.rulebook import judge


@dataclass(frozen=True, slots=True)
class BundleOptions:
    """What is wanted beside the bundle. `anew` forgets what was filed; `preview` writes nothing.

    `strict` refuses files that cannot be included, in place of a page that says so.
    """

    layout: Path = USUAL_LAYOUT
    kit: bool = False
    copies: bool = False
    preview: bool = False
    strict: bool = False
    anew: bool = False


@dataclass(frozen=True, slots=True)
class BundleReport:
    """The bundle that was made (None for a preview), what it changes, the papers in it, and what to know about it.

    `files` are those that arrived, by their names in the folder; `must_fix` says that a page stands in place of a file
    that could not be included.
    """

    folder: Path
    bundle: AssembledBundle | None
    changes: RoundChanges
    papers: PapersReport
    warnings: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    must_fix: bool = False


def build_bundle(given: Path, run: Run, options: BundleOptions) -> BundleReport:
    """Make the court bundle of a case, or say what it would change against what was filed.

    Every page is searched for what the court and each party must not see. Raises UnsafeToDiscloseError where one says
    it, PermanenceError where a paper has no PDF or a file may not be filed, and BundleError where a page that was
    filed would change: every one is named, and nothing arrives.
    """
    loaded = load_case(given)
    case, on = loaded.case, run.on
    compliance = judge(loaded, on, run.search_path)
    planned = plan_documents(case, compliance, find_templates(run.search_path), for_bundle=True)
    with open_case(loaded, compliance, run, anew=options.anew) as work:
        papers = make_papers(work, planned)
        ledger = None if options.anew else read_filed(work.folder)
        plan = BundlePlan(case, on, load_layout(options.layout), ledger, list_replaceable(case))
        gathered = gather_papers(work, papers, plan, strict=options.strict)
        if options.preview:
            said = (*gathered.warnings, *work.folder.warnings)
            return BundleReport(work.folder.path, None, plan.list_changes(gathered.papers), papers, said)
        run.progress("Assembling the bundle", 0, 1)
        files = BundleFiles(work, plan, gathered)
        bundle = files.bundle
        files.place_bundle()
        files.place_originals()
        if bundle.changes.round.number > 1 and bundle.changes.changed:
            files.place_late_pages()
        if options.copies:
            files.place_copies()
        if options.kit:
            run.progress("Making the filing kit", 0, 1)
            files.place_kit()
        run.progress("Assembling the bundle", 1, 1)
        warnings = [*gathered.warnings, *bundle.warnings, *find_oddities(case, papers, work.folder, on)]
        warnings += find_unknown_replaced(case, gathered.papers, ledger)
        warnings += find_left_over(work.folder, files.names, files.made_from, bundle.changes.round.number)
        _refuse_changed_evidence(loaded, gathered)
        work.deliver()
        return BundleReport(
            work.folder.path,
            bundle,
            bundle.changes,
            papers,
            (*warnings, *work.folder.warnings),
            tuple(files.names),
            must_fix=gathered.has_quarantined,
        )


def _refuse_changed_evidence(loaded: LoadedCase, gathered: GatheredPapers) -> None:
    """Raises FileBusyError where a file of evidence is no longer the one that went into the bundle."""
    for paper in gathered.papers:
        came_as = gathered.admitted[paper.id].sha256
        if not paper.is_ours and came_as:
            file = loaded.folder / paper.file
            if not file.is_file() or digest_of(file) != came_as:
                raise FileBusyError(
                    f"{paper.file} was changed while the bundle was made. Nothing was changed in the output folder. "
                    "Build again"
                )
