"""What goes into a bundle: the papers for the court and the evidence, each file admitted or named as refused."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generator.base.dates import format_date
from generator.base.digests import digest_of
from generator.base.errors import PermanenceError, Problem, UnsafeToDiscloseError
from generator.base.yaml.paths import Path_
from generator.bundle.citations import CitationLink
from generator.bundle.papers import BundlePaper
from generator.bundle.plan import BundlePlan
from generator.case.citations import refuse_broken_citations
from generator.case.court import Evidence
from generator.case.explain import format_case_path
from generator.case.family import Case
from generator.case.load import LoadedCase
from generator.disclosure.lens import AS_COURT
from generator.evidence.results import AdmittedEvidence, EvidenceResult, RefusedEvidence
from generator.jobs.admit_files import admit_files, list_warnings, make_private
from generator.jobs.make_papers import PapersReport
from generator.jobs.open_case import OpenCase
from generator.jobs.outcomes import PaperResult
from generator.jobs.page_numbers import write_page_numbers
from generator.workspace.folder import OutputFolder


@dataclass
class GatheredPapers:
    """Everything that goes into the bundle, ours first, and what to know about it.

    `admitted` has the result of admitting the file of each paper, `citations` the links of those that cite others: both
    by the ids of the papers.
    """

    papers: tuple[BundlePaper, ...] = ()
    admitted: dict[str, AdmittedEvidence] = field(default_factory=dict)
    citations: dict[str, tuple[CitationLink, ...]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    @property
    def has_quarantined(self) -> bool:
        """Whether a page stands in place of a file that could not be included."""
        return any(one.problem for one in self.admitted.values())


def gather_papers(work: OpenCase, papers: PapersReport, plan: BundlePlan, *, strict: bool = False) -> GatheredPapers:
    """Every paper of the bundle, admitted, in the order of the case file; ours with the page numbers that they cite.

    Raises PermanenceError where a paper has no PDF or a file may not be filed (with `strict`, also where one cannot be
    included): every one is named, with its place in the case file. A file that cannot be included otherwise has a page
    in its place, and is named in the warnings.
    """
    loaded, folder = work.loaded, work.folder
    refuse_missing(papers)
    _refuse_unknown_sections(loaded, plan)
    if problems := work.search.find_in_words(list_index_words(loaded.case), AS_COURT):
        raise UnsafeToDiscloseError("The index or cover would say what not every party may know", problems)
    given = [(number, item) for number, item in enumerate(loaded.case.evidence) if item.in_bundle]
    work.progress("Looking at every file", 0, len(papers.papers) + len(given))
    evidence = [_describe_evidence(loaded, item, plan) for _, item in given]
    results = admit_files(
        [paper.pdf for paper in evidence],
        folder,
        "evidence",
        may_stay=[frozenset(item.may_stay) for _, item in given],
        strict=strict,
    )
    theirs = _collect(loaded, evidence, results, [("evidence", number, "file") for number, _ in given])
    theirs.warnings += _check_citations(loaded, theirs)
    ours = [_describe_ours(result, folder, loaded.case, plan) for result in papers.papers]
    words = {result.planned.name: folder.arriving.get(result.word, result.word) for result in papers.papers}
    cited = write_page_numbers(words, [*ours, *theirs.papers], plan.number, make_private(folder, "cited"))
    ours = [cited[paper.id].paper if paper.id in cited else paper for paper in ours]
    results = admit_files([paper.pdf for paper in ours], folder, "papers", strict=strict)
    own = _collect(loaded, ours, results, [None] * len(ours))
    return GatheredPapers(
        (*own.papers, *theirs.papers),
        own.admitted | theirs.admitted,
        {key: found.links for key, found in cited.items()},
        [*own.warnings, *theirs.warnings],
    )


def _describe_ours(result: PaperResult, folder: OutputFolder, case: Case, plan: BundlePlan) -> BundlePaper:
    planned, pdf = result.planned, result.pdf or result.word
    return BundlePaper(
        title=planned.listed_as,
        section=planned.template.card.bundle.section,
        pdf=folder.arriving.get(pdf, pdf),
        author=case.authority.name,
        dated=planned.as_of,
        id=planned.name,
        # Of the Word file: the same words may come out of LibreOffice as other bytes on another machine.
        sha256=digest_of(folder.arriving.get(result.word, result.word)),
        may_replace=planned.name in plan.replaceable,
        file=result.word.name,
        is_ours=True,
        sort=planned.template.card.code.replace("-", " "),
        made_by=case.authority.name,
        role=_find_role(case.authority.name, case),
    )


def _describe_evidence(loaded: LoadedCase, item: Evidence, plan: BundlePlan) -> BundlePaper:
    case, known_as = loaded.case, item.id or item.file
    made_by = item.author or case.authority.name
    directions = case.court.directions if case.court else ()
    direction = next((one for one in directions if one.id and one.id == item.directed_by), None)
    return BundlePaper(
        title=item.title,
        section=item.bundle_section,
        pdf=loaded.folder / item.file,
        author=item.author or "",
        dated=item.dated,
        essential=item.essential,
        id=known_as,
        may_replace=known_as in plan.replaceable,
        file=item.file,
        kind=item.kind,
        sort=item.kind.words if item.kind else "",
        made_by=made_by,
        role=_find_role(made_by, case),
        directed_by=f"order of {format_date(direction.ordered_on)}" if direction else None,
        not_for=item.not_for,
    )


def _find_role(name: str, case: Case) -> str:
    """What somebody is in the case, by their name: mother, expert, applicant; nothing where the case does not say."""
    person = next((one for one in case.people if one.name.full == name), None)
    if person and person.role:
        return person.role.words
    party = next((one for one in (case.court.parties if case.court else ()) if one.name == name), None)
    return party.capacity if party else ""


def _collect(
    loaded: LoadedCase,
    papers: Sequence[BundlePaper],
    results: Sequence[EvidenceResult],
    places: Sequence[Path_ | None],
) -> GatheredPapers:
    """The papers with their clean PDFs. Raises PermanenceError where a file may not be filed, with its place."""
    gathered = GatheredPapers()
    admitted_papers: list[BundlePaper] = []
    problems: list[Problem] = []
    for paper, result, path in zip(papers, results, places, strict=True):
        where = format_case_path(path) if path else "one of the papers"
        if isinstance(result, RefusedEvidence):
            place = loaded.source.place(path) if path else None
            problems.append(dataclasses.replace(result.problem, place=place, path=where))
        elif isinstance(result, AdmittedEvidence):
            # Our own papers are known by their Word files, evidence by the file as it came.
            digest = paper.sha256 or result.sha256
            admitted_papers.append(dataclasses.replace(paper, pdf=result.pdf, sha256=digest))
            gathered.admitted[paper.id] = result
            gathered.warnings += [f"{where}: {said}" for said in list_warnings(result)]
    if problems:
        raise PermanenceError(
            "Some files may not go into the bundle as they are, so there is no bundle", tuple(problems)
        )
    gathered.papers = tuple(admitted_papers)
    return gathered


def _check_citations(loaded: LoadedCase, theirs: GatheredPapers) -> tuple[str, ...]:
    """Warnings about citations of evidence, whose pages are counted now. Raises CannotReadError."""
    known: Mapping[str, AdmittedEvidence] = {
        item.id: theirs.admitted[item.id] for item in loaded.case.evidence if item.in_bundle and item.id
    }
    unusable = {key for key, admitted in known.items() if admitted.problem}
    counts = {key: admitted.pages for key, admitted in known.items() if key not in unusable}
    return refuse_broken_citations(loaded, counts, unusable)


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


def _refuse_unknown_sections(loaded: LoadedCase, plan: BundlePlan) -> None:
    known = {section.id for section in plan.layout.sections}
    problems = [
        Problem(
            "C005",
            "The bundle has no section with this id",
            loaded.source.place(("evidence", number, "bundle_section")),
            f"evidence[{number}].bundle_section",
            f"one of: {', '.join(section.id for section in plan.layout.sections)}",
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
