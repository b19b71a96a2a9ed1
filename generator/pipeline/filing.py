"""From finished papers and evidence files to one court bundle."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from generator.bundlelayout import BundleLayout, load_layout
from generator.case import Case, Hearing, LoadedCase, say_words
from generator.case.explain import say_path
from generator.disclosure import Audience, Lens, fold_text, list_protected
from generator.errors import PermanenceError, Problem, UnsafeToDiscloseError
from generator.output import OutputFolder, Written, digest_of
from generator.pipeline.papers import COURT_COPIES, PAPERS, PaperResult, PapersReport, Progress
from generator.plan import COURT_COPY

if TYPE_CHECKING:
    from generator.bundle import AssembledBundle, Cover, Entry
    from generator.evidence import EvidenceResult

DEFAULT_LAYOUT = "children-proceedings.yaml"
_CHILDREN_ACT = "In the matter of the Children Act 1989"
_ADOPTION_ACT = "In the matter of the Adoption and Children Act 2002"


@dataclass(frozen=True, slots=True)
class BundleReport:
    """The bundle that was made, the papers in it, and what to know about it."""

    folder: Path
    bundle: AssembledBundle
    papers: PapersReport
    warnings: tuple[str, ...] = ()


@dataclass
class _Found:
    """What goes into the bundle, gathered on the way. `places` says which part of the case file each file is from."""

    files: list[Path] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    places: list[tuple[str | int, ...] | None] = field(default_factory=list)

    def add(self, entry: Entry, place: tuple[str | int, ...] | None) -> None:
        self.files.append(entry.pdf)
        self.entries.append(entry)
        self.places.append(place)


def make_bundle(
    loaded: LoadedCase, papers: PapersReport, folder: OutputFolder, on: dt.date, layout_file: Path, progress: Progress
) -> BundleReport:
    """Admit every file, assemble the bundle, and have it arrive in the output folder.

    Raises PermanenceError where a paper has no PDF or an evidence file cannot be admitted: every one is named, with
    its place in the case file, and no bundle is made.
    """
    from generator.bundle import PageAllowance, Section, assemble_bundle

    layout = load_layout(layout_file)
    case = loaded.case
    if papers.no_pdf_because:
        raise papers.no_pdf_because
    _refuse_missing(papers)
    found = _Found()
    for paper in papers.papers:
        found.add(_enter_paper(paper, folder, case), None)
    for number, item in enumerate(case.evidence):
        if item.in_bundle:
            found.add(_enter_evidence(loaded, number), ("evidence", number, "file"))
    _refuse_unknown_sections(loaded, layout)
    _refuse_unsafe_words(loaded)
    progress("Looking at every file", 0, len(found.files))
    entries, warnings = _admit(loaded, found, folder)
    progress("Assembling the bundle", 0, 1)
    limit = case.court.page_limit if case.court else None
    sections = [Section(section.id, section.letter, section.title) for section in layout.sections]
    name = _name_bundle(case, on)
    made = folder.work / name
    allowance = PageAllowance(
        layout.page_limit.pages, f"PD27A paragraph {layout.page_limit.paragraph}", limit.pages if limit else None
    )
    bundle = assemble_bundle(_write_cover(case, on), sections, entries, made, allowance=allowance)
    folder.refuse_if_open(name)
    folder.place(made, name, Written(digest_of(made), bundle.sha256, on.isoformat()))
    progress("Assembling the bundle", 1, 1)
    warnings += [*_find_edits_left_out(papers, folder), *_find_unknown_papers(case, papers)]
    drafts = [paper.planned.name for paper in papers.papers if paper.planned.draft]
    if drafts:
        warnings.append(f"Still marked DRAFT in the bundle: {'; '.join(drafts)}")
    return BundleReport(folder.path, bundle, papers, (*warnings, *bundle.warnings))


def _find_edits_left_out(papers: PapersReport, folder: OutputFolder) -> Iterator[str]:
    """Working papers that a person has changed, whose court copy is made from the case file and does not know it."""
    for paper in papers.papers:
        name = paper.planned.name.removesuffix(f"-{COURT_COPY}")
        known = folder.written.get(f"{PAPERS}/{name}.docx")
        file = folder.path / PAPERS / f"{name}.docx"
        if name != paper.planned.name and known and file.exists() and digest_of(file) != known.sha256:
            yield (
                f"{PAPERS}/{name}.docx was changed by hand. The bundle takes {COURT_COPIES}/{paper.word.name}, which "
                "leaves out what the court may not see. Make the same change there, and build the bundle again."
            )


def _find_unknown_papers(case: Case, papers: PapersReport) -> Iterator[str]:
    made = {paper.planned.code for paper in papers.papers}
    made |= {paper.planned.name.removesuffix(f"-{COURT_COPY}") for paper in papers.papers}
    for direction in case.court.directions if case.court else ():
        for name in direction.papers:
            if name not in made:
                yield f"A direction lets in {name}, and there is no such paper for the bundle. Check its code."


def _refuse_missing(papers: PapersReport) -> None:
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
            "Not every paper of the bundle could be made into PDF, so there is no bundle", tuple(problems)
        )


def _enter_paper(paper: PaperResult, folder: OutputFolder, case: Case) -> Entry:
    from generator.bundle import Entry

    planned = paper.planned
    arriving = {target: made for made, target in folder.arrivals}
    pdf = paper.pdf or paper.word
    title = planned.title
    parent, child = planned.facts.get("parent"), planned.facts.get("child")
    if parent and parent["full_name"] not in title:
        title = f"{title}, to {parent['full_name']}"
    if child and child["name"] not in title:
        title = f"{title}: {child['full_name']}"
    return Entry(
        title, planned.template.card.bundle.section, arriving.get(pdf, pdf), case.authority.name, planned.as_of
    )


def _enter_evidence(loaded: LoadedCase, number: int) -> Entry:
    from generator.bundle import Entry

    item = loaded.case.evidence[number]
    return Entry(item.title, item.bundle_section, loaded.folder / item.file, item.author or "", item.dated)


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


def _refuse_unsafe_words(loaded: LoadedCase) -> None:
    """Titles and authors of evidence, and names of parties, stand in the index and on the cover, for every party."""
    protected = list_protected(loaded.case, Lens(Audience.COURT))
    said: list[tuple[tuple[str | int, ...], str]] = []
    for number, item in enumerate(loaded.case.evidence):
        if item.in_bundle:
            said += [(("evidence", number, "title"), item.title), (("evidence", number, "author"), item.author or "")]
    for number, party in enumerate(loaded.case.court.parties if loaded.case.court else ()):
        said.append((("court", "parties", number, "name"), party.name))
    problems = [
        Problem("D002", f"It says {one.what}", loaded.source.place(path), say_path(path), "reword it")
        for path, words in said
        for one in protected
        if fold_text(one.value) in fold_text(words)
    ]
    if problems:
        raise UnsafeToDiscloseError("The index or cover would say what not every party may know", problems)


def _admit(loaded: LoadedCase, found: _Found, folder: OutputFolder) -> tuple[list[Entry], list[str]]:
    """Every file looked at and made harmless; Word evidence converted on the way."""
    import dataclasses

    from generator.convert import convert_documents
    from generator.evidence import AdmittedEvidence, RefusedEvidence, WordEvidence, admit_evidence

    results: list[EvidenceResult] = list(admit_evidence(found.files, _private(folder, "admitted")))
    words = {number: result for number, result in enumerate(results) if isinstance(result, WordEvidence)}
    if words:
        outcome = convert_documents([result.docx for result in words.values()], _private(folder, "evidence-pdfs"))
        pdfs = {file.word: file.pdf for file in outcome.files}
        outcome.raise_failures()
        again = admit_evidence([pdfs[result.docx] for result in words.values()], _private(folder, "admitted-words"))
        for number, result in zip(words, again, strict=True):
            results[number] = result
    entries, warnings, problems = [], [], []
    for entry, place, result in zip(found.entries, found.places, results, strict=True):
        if isinstance(result, AdmittedEvidence):
            entries.append(dataclasses.replace(entry, pdf=result.pdf))
            warnings += [f"{_say_where(place)}: {said}" for said in result.warnings]
        elif isinstance(result, RefusedEvidence):
            at = loaded.source.place(place) if place else None
            problems.append(dataclasses.replace(result.problem, place=at, path=_say_where(place)))
    for number, word in words.items():
        warnings += [f"{_say_where(found.places[number])}: {said}" for said in word.warnings]
    if problems:
        raise PermanenceError("Some files cannot go into the bundle, so there is no bundle", tuple(problems))
    return entries, warnings


def _private(folder: OutputFolder, name: str) -> Path:
    private = folder.work / name
    private.mkdir(mode=0o700)
    return private


def _say_where(place: tuple[str | int, ...] | None) -> str:
    return say_path(place) if place else "one of the papers"


def _name_bundle(case: Case, on: dt.date) -> str:
    court = case.court
    number = (court.case_number if court else None) or case.reference
    hearing = _next_hearing(case, on)
    safe = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in number)
    return f"{safe}-bundle{f'-{hearing.at.date().isoformat()}' if hearing else ''}.pdf"


def _next_hearing(case: Case, on: dt.date) -> Hearing | None:
    hearings = sorted(case.court.hearings, key=lambda hearing: hearing.at) if case.court else []
    return next((hearing for hearing in hearings if hearing.at.date() >= on), hearings[-1] if hearings else None)


def _write_cover(case: Case, on: dt.date) -> Cover:
    from generator.bundle import Cover, CoverParty

    court = case.court
    hearing = _next_hearing(case, on)
    adoption = any("adoption" in {plan.primary.value, *(kind.value for kind in plan.parallel)} for plan in case.plans)
    return Cover(
        court=court.name if court else "",
        case_number=(court.case_number or "") if court else "",
        matters=(_CHILDREN_ACT, _ADOPTION_ACT) if adoption else (_CHILDREN_ACT,),
        children=tuple(child.name.full for child in case.children),
        parties=tuple(
            CoverParty(party.name, party.capacity, party.represented_by or "", party.counsel or "")
            for party in (court.parties if court else ())
        ),
        hearing=say_words(hearing.kind.value) if hearing else "",
        prepared_on=on,
        hearing_at=hearing.at if hearing else None,
        place=(hearing.place or "") if hearing else "",
        judge=(hearing.judge or (court.judge if court else None) or "") if hearing else "",
    )
