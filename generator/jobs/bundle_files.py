"""The files of one bundle on their way to the output folder: bundle, ledger, report, late pages, copies, filing kit."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from generator.base import resources
from generator.base.errors import BundleError, CannotReadError, Problem
from generator.bundle.assemble import AssembledBundle
from generator.bundle.audit.check import check_bundle
from generator.bundle.audit.known import KnownBundle, know_bundle
from generator.bundle.cover import find_hearing
from generator.bundle.filing_kit.channels import load_channels
from generator.bundle.filing_kit.make import make_kit
from generator.bundle.filing_kit.model import KitFacts
from generator.bundle.ledger import Ledger, read_ledger, write_ledger
from generator.bundle.newpages import draw_change_note, write_new_pages
from generator.bundle.papers import BundlePaper, PlacedPaper
from generator.bundle.plan import BundlePlan
from generator.bundle.report import BundleRecord, ReportedPaper, look_for_access, write_record
from generator.case.court import Party
from generator.case.family import Case
from generator.case.questions import list_children_in_court
from generator.evidence.results import AdmittedEvidence
from generator.jobs.bundle_warnings import COPIES, KIT, LATE
from generator.jobs.gather_papers import GatheredPapers
from generator.jobs.locked_papers import LEDGER
from generator.jobs.open_case import OpenCase
from generator.jobs.search_bundle import search_bundle
from generator.workspace.folder import OutputFolder

REPORT = "bundle-report.json"
ORIGINALS = "originals"


def read_filed(folder: OutputFolder) -> Ledger | None:
    """What was filed before. Raises CannotReadError where it is damaged, or lost although there was one."""
    file = folder.path / LEDGER
    if file.exists():
        return read_ledger(file)
    if LEDGER in folder.written:
        problem = Problem(
            "B003",
            "Without it nobody knows which numbers pages were filed under",
            path=LEDGER,
            remedy="put it back from a copy; or, if nothing has been filed, number everything anew with --anew",
        )
        raise CannotReadError(f"The ledger {LEDGER} of what was filed is missing", [problem])
    return None


class BundleFiles:
    """The files that are made for one bundle. `names` are those that arrive, by their names in the folder.

    `bundle` is the court's bundle, searched. What there is to know is added to the warnings of what was gathered.
    """

    def __init__(self, work: OpenCase, plan: BundlePlan, gathered: GatheredPapers) -> None:
        self.names: list[str] = []
        self._work = work
        self._case = work.loaded.case
        self._folder = work.folder
        self._plan = plan
        self._gathered = gathered
        self._copies: dict[int, AssembledBundle] = {}
        self._made = work.folder.work / _name_bundle(self._case, plan.on)
        self.bundle = self._assemble(self._made)

    @property
    def made_from(self) -> Mapping[str, str]:
        """What the files in the folders of copies and of the kit are made from."""
        return {COPIES: self._copied_from, KIT: self.bundle.sha256}

    def place_bundle(self) -> None:
        """The court's bundle, the ledger and the report."""
        self._folder.refuse_if_open(self._made.name)
        self._place(self._made, self._made.name, self.bundle.sha256)
        ledger, report = self._folder.work / LEDGER, self._folder.work / REPORT
        write_ledger(self.bundle.ledger, ledger)
        self._place(ledger, LEDGER, self.bundle.sha256)
        write_record(self._report(), report)
        self._place(report, REPORT, self.bundle.sha256)

    def place_originals(self) -> None:
        """Files that were signed electronically, unchanged: a copy in a bundle proves nothing (FPR 2010 Part 17)."""
        for paper in self._gathered.papers:
            admitted = self._gathered.admitted[paper.id]
            if admitted.signed and not paper.is_ours:
                source = self._work.loaded.folder / paper.file
                copy = self._folder.work / f"original-{admitted.sha256[:16]}{source.suffix.lower()}"
                copy.write_bytes(source.read_bytes())
                self._place(copy, f"{ORIGINALS}/{source.name}", admitted.sha256)

    def place_late_pages(self) -> None:
        """The new pages alone, and the note for the court that says what changed."""
        changes = self.bundle.changes
        stem = f"{LATE}/round-{changes.round.number}"
        pages, note = self._folder.work / "new-pages.pdf", self._folder.work / "change-note.pdf"
        write_new_pages(self._made, changes, pages)
        draw_change_note(changes, note)
        self._place(pages, f"{stem}-new-pages.pdf", self.bundle.sha256)
        self._place(note, f"{stem}-change-note.pdf", self.bundle.sha256)
        withheld = [
            (number, party)
            for number, party in enumerate(self._parties, 1)
            if any(party.name in one.paper.not_for for one in changes.changed)
        ]
        for number, party in withheld:
            made, copy = self._make_copy(number, party)
            pages = self._folder.work / f"new-pages-{number}.pdf"
            write_new_pages(made, copy.changes, pages)
            self._place(pages, f"{stem}-new-pages-{_name_copy(number, party)}.pdf", copy.sha256)
        if withheld:
            self._gathered.warnings.append(
                f"{stem}-new-pages.pdf is for the court and holds papers that are not for every party. "
                f"Send the parties with {' and '.join(f'copy {number}' for number, _ in withheld)} their own file"
            )

    def place_copies(self) -> None:
        """One copy for each party, with the numbers of the court's, and slips where a paper is not for them."""
        for number, party in enumerate(self._parties, 1):
            made, _ = self._make_copy(number, party)
            self._place(made, f"{COPIES}/{_name_copy(number, party)}.pdf", self._copied_from)

    def place_kit(self) -> None:
        """All that filing takes: files of the size and name that each way to the court wants."""
        check = check_bundle(self._made, self._plan.layout, self._known)
        facts = self._describe_for_kit(check.list_lodging_days(self._plan.layout))
        made = self._folder.work / KIT
        kit = make_kit(self._made, self.bundle.papers, facts, load_channels(resources.CHANNELS), made)
        for file in kit.files:
            self._place(made / file.path, f"{KIT}/{file.path}", self.bundle.sha256)
        self._gathered.warnings += [f"{KIT}: {said}" for said in kit.warnings]

    @property
    def _parties(self) -> Sequence[Party]:
        return self._case.court.parties if self._case.court else ()

    @cached_property
    def _known(self) -> KnownBundle:
        return know_bundle(self._case, self._plan.on, self.bundle.papers)

    @cached_property
    def _copied_from(self) -> str:
        """What all copies are made from: the bundle, and who may not have which paper."""
        slips = [(paper.id, *paper.not_for) for paper in self._gathered.papers if paper.not_for]
        return hashlib.sha256(f"{self.bundle.sha256} {slips}".encode()).hexdigest()

    def _assemble(self, made: Path, party: Party | None = None) -> AssembledBundle:
        """The court's bundle, or a party's copy of it with slips in place of what is not for them."""
        papers = [_withhold(paper, party) for paper in self._gathered.papers]
        title = f"Court bundle: copy for {party.name}" if party else None
        bundle = self._plan.assemble(papers, made, self._gathered.citations, title=title)
        self._gathered.warnings += search_bundle(bundle, self._work.search, party)
        return bundle

    def _make_copy(self, number: int, party: Party) -> tuple[Path, AssembledBundle]:
        made = self._folder.work / f"copy-{number}.pdf"
        if number not in self._copies:
            self._copies[number] = copy = self._assemble(made, party)
            _refuse_other_numbers(self.bundle, copy)
        return made, self._copies[number]

    def _place(self, made: Path, name: str, inputs: str) -> None:
        # The ledger and the report must be those of the bundle that was made last.
        arrives = self._folder.place(made, name, inputs, insists=name in {LEDGER, REPORT})
        self.names.append(arrives.relative_to(self._folder.path).as_posix())
        if arrives != self._folder.path / name:
            self._gathered.warnings.append(
                f"{name} was changed by hand, or is not ours, and is kept. The one that was made now is {arrives.name}"
            )

    def _report(self) -> BundleRecord:
        bundle = self.bundle
        return BundleRecord(
            bundle.path.name,
            bundle.sha256,
            bundle.pages,
            tuple(_report_paper(placed, self._gathered.admitted.get(placed.id)) for placed in bundle.papers),
            look_for_access(self._made),
            self._known,
        )

    def _describe_for_kit(self, lodge_by: tuple[str, ...]) -> KitFacts:
        """What the filing kit says about the case."""
        case, bundle, cover = self._case, self.bundle, self.bundle.changes.cover
        contact = (case.authority.name, case.authority.department, case.authority.telephone, case.authority.email)
        names = {name for child in case.children for name in (child.name.full, child.name.short, child.name.given)}
        initials = " and ".join(child.name.initials for child in list_children_in_court(case))
        return KitFacts(
            case_title=f"In the matter of {initials}",
            case_number=cover.case_number,
            court=cover.court,
            hearing=cover.hearing,
            hearing_at=cover.hearing_at,
            prepared_on=cover.prepared_on,
            lodge_by=lodge_by,
            contact=tuple(line for line in contact if line),
            sections=tuple((section.letter, section.title) for section in self._plan.layout.sections),
            index_pages=tuple(range(bundle.front_pages - len(bundle.changes.index_labels) + 1, bundle.front_pages + 1)),
            children=tuple(sorted(names)),
        )


def _withhold(paper: BundlePaper, party: Party | None) -> BundlePaper:
    if party is None or party.name not in paper.not_for:
        return paper
    return dataclasses.replace(paper, slip="This paper is not for the party whose copy this is")


def _report_paper(placed: PlacedPaper, admitted: AdmittedEvidence | None) -> ReportedPaper:
    paper = placed.paper
    reported = ReportedPaper(placed.id, placed.pages, placed.labels, paper.file, paper.sha256)
    if admitted is None:
        return reported
    return dataclasses.replace(
        reported,
        outcome=admitted.outcome.value,
        removed=dict(sorted(admitted.removed.items())),
        pages_without_text=admitted.without_text,
        pages_drawn=admitted.drawn,
        signed=admitted.signed,
        warnings=admitted.warnings,
        problem=admitted.problem.says if admitted.problem else None,
    )


def _refuse_other_numbers(bundle: AssembledBundle, copy: AssembledBundle) -> None:
    """A copy whose pages bear other numbers than the court's would be worse than none."""
    ours = [(one.id, one.labels) for one in bundle.papers]
    theirs = [(one.id, one.labels) for one in copy.papers]
    if ours != theirs:
        problem = Problem("B002", "A copy has other page numbers than the court's bundle", remedy="build it again")
        raise BundleError("The copies do not agree with the court's bundle, so none was delivered", (problem,))


def _name_copy(number: int, party: Party) -> str:
    # What comes after a comma may name people, and a file name is read by everybody.
    words = re.findall("[a-z0-9]+", party.capacity.lower().partition(",")[0])
    return f"copy-{number}-{'-'.join(words) or 'party'}"


def _name_bundle(case: Case, on: dt.date) -> str:
    court = case.court
    number = (court.case_number if court else None) or case.reference
    hearing = find_hearing(case, on)
    safe = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in number)[:60]
    return f"{safe}-bundle{f'-{hearing.at.date().isoformat()}' if hearing else ''}.pdf"
