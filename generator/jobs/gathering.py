"""What goes into a bundle: the papers for the court and the evidence, each file admitted, each with its fate."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.base.digests import digest_of
from generator.base.errors import PermanenceError, Problem, UnsafeToDiscloseError
from generator.base.yaml.paths import Path_
from generator.bundle.layout.model import BundleLayout
from generator.case.citations import Labels, refuse_broken_citations
from generator.case.court import Evidence
from generator.case.explain import say_path
from generator.case.family import Case
from generator.case.load import LoadedCase
from generator.disclosure.leak_search import LeakSearch
from generator.disclosure.lens import AS_COURT
from generator.jobs.admitting import admit_files, list_warnings, make_private
from generator.jobs.locked_papers import list_replaceable
from generator.jobs.make_papers import PapersReport
from generator.jobs.outcomes import PaperResult
from generator.jobs.page_numbers import write_page_numbers
from generator.jobs.run import Progress
from generator.workspace.folder import OutputFolder

if TYPE_CHECKING:
    from generator.bundle.citations import CitationLink
    from generator.bundle.entries import Entry
    from generator.evidence.results import AdmittedEvidence, EvidenceResult

_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Gathered:
    """One paper of the bundle with where it comes from: `item` is its entry under evidence, or `paper` is ours."""

    entry: Entry
    admitted: AdmittedEvidence
    item: Evidence | None = None
    paper: PaperResult | None = None


@dataclass(frozen=True, slots=True)
class _Coming:
    """A file on its way into the bundle. `place` says which part of the case file it is from."""

    entry: Entry
    place: Path_ | None = None
    stays: frozenset[str] = _NOTHING
    item: Evidence | None = None
    paper: PaperResult | None = None


@dataclass
class Gathering:
    """Everything that goes into the bundle, and what to know about it."""

    papers: tuple[Gathered, ...] = ()
    warnings: list[str] = field(default_factory=list)
    citations: dict[str, tuple[CitationLink, ...]] = field(default_factory=dict)


def gather_papers(
    loaded: LoadedCase,
    papers: PapersReport,
    folder: OutputFolder,
    layout: BundleLayout,
    number: Callable[[Sequence[Entry]], Labels],
    guard: LeakSearch,
    progress: Progress,
    *,
    strict: bool = False,
) -> Gathering:
    """Every paper of the bundle, admitted, in the order of the case file; ours with the page numbers that they cite.

    `number` tells the label of each page of each paper, by the id of its entry, were these the papers of the bundle.

    Raises PermanenceError where a paper has no PDF or a file may not be filed (with `strict`, also where one cannot be
    included): every one is named, with its place in the case file. A file that cannot be included otherwise has a page
    in its place, and is named in the warnings.
    """
    refuse_missing(papers)
    _refuse_unknown_sections(loaded, layout)
    if problems := guard.find_in_words(list_index_words(loaded.case), AS_COURT):
        raise UnsafeToDiscloseError("The index or cover would say what not every party may know", problems)
    replaceable = list_replaceable(loaded.case)
    coming = [_bring_paper(paper, folder, loaded.case, replaceable) for paper in papers.papers]
    coming += [
        _bring_evidence(loaded, number, replaceable)
        for number, item in enumerate(loaded.case.evidence)
        if item.in_bundle
    ]
    progress("Looking at every file", 0, len(coming))
    ours = [one for one in coming if one.paper]
    results = _admit([one for one in coming if not one.paper], folder, "evidence", strict=strict)
    gathering = _collect(loaded, [one for one in coming if not one.paper], results)
    known = {one.item.id: one.admitted for one in gathering.papers if one.item and one.item.id}
    unusable = {key for key, admitted in known.items() if admitted.problem}
    counts = {key: admitted.pages for key, admitted in known.items() if key not in unusable}
    gathering.warnings += refuse_broken_citations(loaded, counts, unusable)
    arriving = folder.arriving
    words = {one.entry.id: arriving.get(one.paper.word, one.paper.word) for one in ours if one.paper}
    everything = [*(one.entry for one in ours), *(one.entry for one in gathering.papers)]
    cited = write_page_numbers(words, everything, number, make_private(folder, "cited"))
    ours = [dataclasses.replace(one, entry=cited[one.entry.id].entry) if one.entry.id in cited else one for one in ours]
    own = _collect(loaded, ours, _admit(ours, folder, "papers", strict=strict))
    links = {key: found.links for key, found in cited.items()}
    return Gathering((*own.papers, *gathering.papers), [*own.warnings, *gathering.warnings], links)


def refuse_missing(papers: PapersReport, what: str = "the bundle") -> None:
    """Raises PermanenceError where a paper of the bundle, or of what else is made of many, has no PDF."""
    if papers.no_pdf_because:
        raise papers.no_pdf_because
    if papers.withheld:
        raise papers.withheld[0]
    without = [paper for paper in papers.papers if paper.pdf is None]
    if papers.failures or without:
        problems = [Problem("B001", str(error), remedy="mend the Word file and try again") for error in papers.failures]
        problems += [
            Problem("B001", f"{paper.word.name} has no PDF. {paper.note}".strip(), remedy="settle the changes in Word")
            for paper in without
            if not papers.failures
        ]
        raise PermanenceError(
            f"Not every paper of {what} could be made into PDF, so there is no {what.removeprefix('the ')}",
            tuple(problems),
        )


def _refuse_unknown_sections(loaded: LoadedCase, layout: BundleLayout) -> None:
    known = {section.id for section in layout.sections}
    problems = [
        Problem(
            "C005",
            "The bundle has no section with this id",
            loaded.source.place(("evidence", number, "bundle_section")),
            f"evidence[{number}].bundle_section",
            f"one of: {', '.join(section.id for section in layout.sections)}",
        )
        for number, item in enumerate(loaded.case.evidence)
        if item.in_bundle and item.bundle_section not in known
    ]
    if problems:
        raise PermanenceError("Some evidence has no place in this bundle", tuple(problems))


def list_index_words(case: Case) -> list[tuple[Path_, str]]:
    """Words of the case file that stand in the index and on the cover, for every party, each with its path.

    Titles and authors of evidence, names of parties, and names of files, which signed originals keep.
    """
    said: list[tuple[Path_, str]] = []
    for number, item in enumerate(case.evidence):
        if item.in_bundle:
            keys = ("title", "author", "file")
            said += [(("evidence", number, key), value) for key in keys if (value := getattr(item, key))]
    for number, party in enumerate(case.court.parties if case.court else ()):
        said.append((("court", "parties", number, "name"), party.name))
    return said


def _bring_paper(paper: PaperResult, folder: OutputFolder, case: Case, replaceable: Collection[str]) -> _Coming:
    from generator.bundle.entries import Entry

    planned = paper.planned
    arriving = folder.arriving
    pdf = paper.pdf or paper.word
    entry = Entry(
        planned.listed_as,
        planned.template.card.bundle.section,
        arriving.get(pdf, pdf),
        case.authority.name,
        planned.as_of,
        id=planned.name,
        # Of the Word file: the same words may come out of LibreOffice as other bytes on another machine.
        sha256=digest_of(arriving.get(paper.word, paper.word)),
        may_replace=planned.name in replaceable,
    )
    return _Coming(entry, paper=paper)


def _bring_evidence(loaded: LoadedCase, number: int, replaceable: Collection[str]) -> _Coming:
    from generator.bundle.entries import Entry

    item = loaded.case.evidence[number]
    known_as = item.id or item.file
    entry = Entry(
        item.title,
        item.bundle_section,
        loaded.folder / item.file,
        item.author or "",
        item.dated,
        item.essential,
        id=known_as,
        may_replace=known_as in replaceable,
    )
    return _Coming(entry, ("evidence", number, "file"), frozenset(item.may_stay), item)


def _admit(coming: Sequence[_Coming], folder: OutputFolder, name: str, *, strict: bool) -> list[EvidenceResult]:
    files, stays = [one.entry.pdf for one in coming], [one.stays for one in coming]
    return admit_files(files, folder, name, may_stay=stays, strict=strict)


def _collect(loaded: LoadedCase, coming: Sequence[_Coming], results: Sequence[EvidenceResult]) -> Gathering:
    from generator.evidence.results import AdmittedEvidence, RefusedEvidence

    gathered: list[Gathered] = []
    warnings: list[str] = []
    problems: list[Problem] = []
    for one, result in zip(coming, results, strict=True):
        where = say_path(one.place) if one.place else "one of the papers"
        if isinstance(result, RefusedEvidence):
            place = loaded.source.place(one.place) if one.place else None
            problems.append(dataclasses.replace(result.problem, place=place, path=where))
        elif isinstance(result, AdmittedEvidence):
            # Our own papers are known by their Word files, evidence by the file as it came.
            digest = one.entry.sha256 or result.sha256
            entry = dataclasses.replace(one.entry, pdf=result.pdf, sha256=digest)
            gathered.append(Gathered(entry, result, one.item, one.paper))
            warnings += [f"{where}: {said}" for said in list_warnings(result)]
    if problems:
        raise PermanenceError(
            "Some files may not go into the bundle as they are, so there is no bundle", tuple(problems)
        )
    return Gathering(tuple(gathered), warnings)
