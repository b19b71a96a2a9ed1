"""From finished papers and evidence files to one court bundle, its copies, and what goes to the court with it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from generator.base import resources
from generator.base.digests import digest_of
from generator.base.errors import BundleError, CannotReadError, FileBusyError, Problem
from generator.bundle.layout.load import load_layout
from generator.case.court import Party
from generator.case.family import Case
from generator.case.load import LoadedCase
from generator.disclosure.leak_search import LeakSearch
from generator.jobs.bundlesearch import search_bundle
from generator.jobs.filingfacts import list_kit_rows, next_hearing, say_kit_facts, tell_check, write_report
from generator.jobs.filingwarnings import COPIES, KIT, LATE, find_left_over, find_oddities, find_unknown_replaced
from generator.jobs.gathering import Gathered, Gathering, gather_papers
from generator.jobs.locked_papers import LEDGER
from generator.jobs.make_papers import PapersReport
from generator.jobs.numbering import Numbering
from generator.jobs.open_case import OpenCase
from generator.workspace.folder import OutputFolder

if TYPE_CHECKING:
    from generator.bundle.assemble import AssembledBundle
    from generator.bundle.audit.facts import BundleFacts
    from generator.bundle.entries import Entry
    from generator.bundle.ledger import Ledger
    from generator.bundle.round_diff import Changes

USUAL_LAYOUT = resources.BUNDLE_LAYOUTS / "children-proceedings.yaml"
REPORT = "bundle-report.json"
ORIGINALS = "originals"


@dataclass(frozen=True, slots=True)
class Filing:
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
    changes: Changes
    papers: PapersReport
    warnings: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    must_fix: bool = False


def make_bundle(open_: OpenCase, papers: PapersReport, on: dt.date, filing: Filing) -> BundleReport:
    """Admit every file, number what is new after what was filed, and have it all arrive in the output folder.

    Every page is searched for what the court and each party must not see. Raises UnsafeToDiscloseError where one says
    it, PermanenceError where a paper has no PDF or a file may not be filed, and BundleError where a page that was
    filed would change: every one is named, and no bundle is made.
    """
    loaded, folder, guard, progress = open_.loaded, open_.folder, open_.search, open_.progress
    case = loaded.case
    ledger = None if filing.anew else _read_filed(folder)
    numbering = Numbering(case, on, load_layout(filing.layout), ledger)
    gathering = gather_papers(
        loaded, papers, folder, numbering.layout, numbering.number, guard, progress, strict=filing.strict
    )
    if filing.preview:
        changes = numbering.plan([one.entry for one in gathering.papers])
        return BundleReport(folder.path, None, changes, papers, tuple(gathering.warnings))
    progress("Assembling the bundle", 0, 1)
    work = _Work(loaded, folder, numbering, gathering, guard)
    bundle = work.bundle
    work.deliver_bundle()
    work.keep_originals()
    if bundle.changes.round.number > 1 and bundle.changes.changed:
        work.write_late()
    if filing.copies:
        work.write_copies()
    if filing.kit:
        progress("Making the filing kit", 0, 1)
        work.write_kit()
    progress("Assembling the bundle", 1, 1)
    warnings = [*gathering.warnings, *bundle.warnings, *find_oddities(case, papers, folder, on)]
    warnings += find_unknown_replaced(case, gathering.papers, ledger)
    made_from = {COPIES: work.copied_from, KIT: bundle.sha256}
    warnings += find_left_over(folder, work.files, made_from, bundle.changes.round.number)
    _refuse_changed(loaded, gathering)
    must_fix = any(one.admitted.problem for one in gathering.papers)
    return BundleReport(
        folder.path, bundle, bundle.changes, papers, tuple(warnings), tuple(work.files), must_fix=must_fix
    )


def _refuse_changed(loaded: LoadedCase, gathering: Gathering) -> None:
    """Raises FileBusyError where a file of evidence is no longer the one that went into the bundle."""
    for one in gathering.papers:
        if one.item and one.admitted.sha256:
            file = loaded.folder / one.item.file
            if not file.is_file() or digest_of(file) != one.admitted.sha256:
                raise FileBusyError(
                    f"{one.item.file} was changed while the bundle was made. Nothing was changed in the output folder. "
                    "Build again"
                )


def _read_filed(folder: OutputFolder) -> Ledger | None:
    """What was filed before. Raises CannotReadError where it is damaged, or lost although there was one."""
    from generator.bundle.ledger import read_ledger

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


@dataclass
class _Work:
    """One bundle on its way. `files` are those that arrive, by their names in the folder."""

    loaded: LoadedCase
    folder: OutputFolder
    numbering: Numbering
    gathering: Gathering
    guard: LeakSearch
    files: list[str] = field(default_factory=list)
    _copies: dict[int, AssembledBundle] = field(default_factory=dict)

    @property
    def case(self) -> Case:
        return self.loaded.case

    @cached_property
    def made(self) -> Path:
        """Where the court's bundle is put together."""
        return self.folder.work / _name_bundle(self.case, self.numbering.on)

    @cached_property
    def bundle(self) -> AssembledBundle:
        """The court's bundle, searched."""
        return self._assemble(self.made)

    @cached_property
    def facts(self) -> BundleFacts:
        return tell_check(self.case, self.numbering.on, self.bundle, self.gathering.papers)

    def _assemble(self, made: Path, party: Party | None = None) -> AssembledBundle:
        """The court's bundle, or a party's copy of it with slips in place of what is not for them."""
        entries = [_withhold(one, party) for one in self.gathering.papers]
        title = f"Court bundle: copy for {party.name}" if party else None
        bundle = self.numbering.assemble(entries, made, self.gathering.citations, title=title)
        self.gathering.warnings += search_bundle(made, bundle, self.gathering.papers, self.guard, party)
        return bundle

    def deliver_bundle(self) -> None:
        """The court's bundle, the ledger and the report."""
        from generator.bundle.access import tell_access
        from generator.bundle.ledger import write_ledger

        sha256, access = self.bundle.sha256, tell_access(self.made)
        self.folder.refuse_if_open(self.made.name)
        self._place(self.made, self.made.name, sha256)
        ledger, report = self.folder.work / LEDGER, self.folder.work / REPORT
        write_ledger(self.bundle.ledger, ledger)
        self._place(ledger, LEDGER, sha256)
        report.write_text(write_report(self.bundle, self.gathering.papers, self.facts, access), encoding="utf-8")
        self._place(report, REPORT, sha256)

    def _place(self, made: Path, name: str, inputs: str) -> None:
        # The ledger and the report must be those of the bundle that was made last.
        arrives = self.folder.place(made, name, inputs, insists=name in {LEDGER, REPORT})
        self.files.append(arrives.relative_to(self.folder.path).as_posix())
        if arrives != self.folder.path / name:
            self.gathering.warnings.append(
                f"{name} was changed by hand, or is not ours, and is kept. The one that was made now is {arrives.name}"
            )

    def keep_originals(self) -> None:
        """Files that were signed electronically, unchanged: a copy in a bundle proves nothing (FPR 2010 Part 17)."""
        for one in self.gathering.papers:
            if one.admitted.signed and one.item:
                source = self.loaded.folder / one.item.file
                copy = self.folder.work / f"original-{one.admitted.sha256[:16]}{source.suffix.lower()}"
                copy.write_bytes(source.read_bytes())
                self._place(copy, f"{ORIGINALS}/{source.name}", one.admitted.sha256)

    def write_late(self) -> None:
        """The new pages alone, and the note for the court that says what changed."""
        from generator.bundle.newpages import draw_change_note, write_new_pages

        bundle = self.bundle
        number = bundle.changes.round.number
        stem = f"{LATE}/round-{number}"
        pages, note = self.folder.work / "new-pages.pdf", self.folder.work / "change-note.pdf"
        write_new_pages(self.made, bundle.changes, pages)
        draw_change_note(bundle.changes, note)
        self._place(pages, f"{stem}-new-pages.pdf", bundle.sha256)
        self._place(note, f"{stem}-change-note.pdf", bundle.sha256)
        new = {one.placed.entry.id for one in bundle.changes.changed}
        withheld = [
            (number, party)
            for number, party in enumerate(self.parties, 1)
            if any(one.entry.id in new and _is_withheld(one, party) for one in self.gathering.papers)
        ]
        for number, party in withheld:
            made, copy = self._make_copy(number, party)
            pages = self.folder.work / f"new-pages-{number}.pdf"
            write_new_pages(made, copy.changes, pages)
            self._place(pages, f"{stem}-new-pages-{_name_copy(number, party)}.pdf", copy.sha256)
        if withheld:
            self.gathering.warnings.append(
                f"{stem}-new-pages.pdf is for the court and holds papers that are not for every party. "
                f"Send the parties with {' and '.join(f'copy {number}' for number, _ in withheld)} their own file"
            )

    @property
    def parties(self) -> Sequence[Party]:
        return self.case.court.parties if self.case.court else ()

    def write_copies(self) -> None:
        """One copy for each party, with the numbers of the court's, and slips where a paper is not for them."""
        for number, party in enumerate(self.parties, 1):
            made, _ = self._make_copy(number, party)
            self._place(made, f"{COPIES}/{_name_copy(number, party)}.pdf", self.copied_from)

    @cached_property
    def copied_from(self) -> str:
        """What all copies are made from: the bundle, and who may not have which paper."""
        slips = [(one.entry.id, *one.item.not_for) for one in self.gathering.papers if one.item and one.item.not_for]
        return hashlib.sha256(f"{self.bundle.sha256} {slips}".encode()).hexdigest()

    def _make_copy(self, number: int, party: Party) -> tuple[Path, AssembledBundle]:
        made = self.folder.work / f"copy-{number}.pdf"
        if number not in self._copies:
            self._copies[number] = copy = self._assemble(made, party)
            _refuse_other_numbers(self.bundle, copy)
        return made, self._copies[number]

    def write_kit(self) -> None:
        """All that filing takes: files of the size and name that each way to the court wants."""
        from generator.bundle.audit.check import check_bundle
        from generator.bundle.filing_kit.channels import load_channels
        from generator.bundle.filing_kit.make import make_kit

        layout, papers = self.numbering.layout, self.gathering.papers
        check = check_bundle(self.made, layout, self.facts)
        made = self.folder.work / KIT
        kit = make_kit(
            self.made,
            list_kit_rows(self.bundle, papers, self.case),
            say_kit_facts(self.case, self.numbering.on, self.bundle, layout, check),
            load_channels(resources.CHANNELS),
            made,
        )
        for file in kit.files:
            self._place(made / file.path, f"{KIT}/{file.path}", self.bundle.sha256)
        self.gathering.warnings += [f"{KIT}: {said}" for said in kit.warnings]


def _withhold(one: Gathered, party: Party | None) -> Entry:
    if party is None or not _is_withheld(one, party):
        return one.entry
    return dataclasses.replace(one.entry, slip="This paper is not for the party whose copy this is")


def _is_withheld(one: Gathered, party: Party) -> bool:
    return one.item is not None and party.name in one.item.not_for


def _name_copy(number: int, party: Party) -> str:
    # What comes after a comma may name people, and a file name is read by everybody.
    words = re.findall("[a-z0-9]+", party.capacity.lower().partition(",")[0])
    return f"copy-{number}-{'-'.join(words) or 'party'}"


def _refuse_other_numbers(bundle: AssembledBundle, copy: AssembledBundle) -> None:
    """A copy whose pages bear other numbers than the court's would be worse than none."""
    ours = [(one.entry.id, one.labels) for one in bundle.entries]
    theirs = [(one.entry.id, one.labels) for one in copy.entries]
    if ours != theirs:
        problem = Problem("B002", "A copy has other page numbers than the court's bundle", remedy="build it again")
        raise BundleError("The copies do not agree with the court's bundle, so none was delivered", (problem,))


def _name_bundle(case: Case, on: dt.date) -> str:
    court = case.court
    number = (court.case_number if court else None) or case.reference
    hearing = next_hearing(case, on)
    safe = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in number)[:60]
    return f"{safe}-bundle{f'-{hearing.at.date().isoformat()}' if hearing else ''}.pdf"
