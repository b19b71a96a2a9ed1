"""From finished papers and evidence files to one court bundle, its copies, and what goes to the court with it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from generator import shipped
from generator.bundlelayout import BundleLayout, LatePages, load_layout
from generator.case import Case, LoadedCase
from generator.case.court import Party
from generator.citations import Labels
from generator.dates import say_date
from generator.errors import BundleError, CannotReadError, FileBusyError, Problem
from generator.output import OutputFolder, digest_of
from generator.pipeline.bundlesearch import search_bundle
from generator.pipeline.fates import COURT_COPIES, PAPERS
from generator.pipeline.filingfacts import (
    list_kit_rows,
    next_hearing,
    say_kit_facts,
    tell_check,
    write_cover,
    write_report,
)
from generator.pipeline.gathering import Gathered, Gathering, gather_papers, list_replaceable
from generator.pipeline.guarding import Guard
from generator.pipeline.papers import PapersReport, Progress
from generator.pipeline.settled import LEDGER
from generator.plan import working_name

if TYPE_CHECKING:
    from generator.bundle import AssembledBundle, Changes, Entry, LateStyle, Ledger, PageAllowance, Section

REPORT = "bundle-report.json"
LATE, COPIES, ORIGINALS, KIT = "late-pages", "copies", "originals", "filing-kit"


@dataclass(frozen=True, slots=True)
class Filing:
    """What is wanted beside the bundle. `anew` forgets what was filed; `preview` writes nothing.

    `strict` refuses files that cannot be included, in place of a page that says so.
    """

    layout: Path
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


def make_bundle(
    loaded: LoadedCase,
    papers: PapersReport,
    folder: OutputFolder,
    on: dt.date,
    filing: Filing,
    guard: Guard,
    progress: Progress,
) -> BundleReport:
    """Admit every file, number what is new after what was filed, and have it all arrive in the output folder.

    Every page is searched for what the court and each party must not see. Raises UnsafeToDiscloseError where one says
    it, PermanenceError where a paper has no PDF or a file may not be filed, and BundleError where a page that was
    filed would change: every one is named, and no bundle is made.
    """
    from generator.bundle import plan_changes

    layout = load_layout(filing.layout)
    ledger = None if filing.anew else _read_filed(folder)
    work = _Work(loaded, papers, folder, on, layout, ledger, guard)
    work.gathering = gathering = gather_papers(
        loaded, papers, folder, layout, work.number, guard, progress, strict=filing.strict
    )
    if filing.preview:
        changes = plan_changes(
            write_cover(loaded.case, on), work.sections, work.entries(), ledger, late_style=work.late_style
        )
        return BundleReport(folder.path, None, changes, papers, tuple(gathering.warnings))
    progress("Assembling the bundle", 0, 1)
    bundle = work.assemble()
    work.keep_originals()
    if bundle.changes.round.number > 1 and bundle.changes.changed:
        work.write_late(bundle)
    if filing.copies:
        work.write_copies(bundle)
    if filing.kit:
        progress("Making the filing kit", 0, 1)
        work.write_kit(bundle)
    progress("Assembling the bundle", 1, 1)
    warnings = [*gathering.warnings, *bundle.warnings, *_warn(loaded.case, papers, folder, on)]
    warnings += [*work.find_unknown_replaced(), *work.find_left_over(bundle)]
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
    from generator.bundle import read_ledger

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
    """One bundle on its way."""

    loaded: LoadedCase
    papers: PapersReport
    folder: OutputFolder
    on: dt.date
    layout: BundleLayout
    ledger: Ledger | None
    guard: Guard
    gathering: Gathering = field(default_factory=Gathering)
    _copies: dict[int, AssembledBundle] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.case = self.loaded.case
        self.name = _name_bundle(self.case, self.on)
        self.files: list[str] = []

    @property
    def sections(self) -> list[Section]:
        from generator.bundle import Section

        return [Section(section.id, section.letter, section.title) for section in self.layout.sections]

    @property
    def late_style(self) -> LateStyle:
        return "lettered" if self.layout.late_pages is LatePages.LETTERED else "at the end"

    @property
    def allowance(self) -> PageAllowance:
        from generator.bundle import PageAllowance

        limit = self.case.court.page_limit if self.case.court else None
        rule = self.layout.page_limit
        paragraph = f"PD27A paragraph {rule.paragraph}" if rule.paragraph else rule.source or self.layout.title
        return PageAllowance(self.layout.page_limit.pages, paragraph, limit.pages if limit else None)

    def number(self, entries: Sequence[Entry]) -> Labels:
        """The label of each page of each paper, by the id of its entry, were these the papers of the bundle."""
        from generator.bundle import plan_changes

        given = [*entries, *self._withdrawn({entry.id for entry in entries})]
        changes = plan_changes(
            write_cover(self.case, self.on), self.sections, given, self.ledger, late_style=self.late_style
        )
        return {one.placed.entry.id: one.placed.labels for one in changes.papers}

    def entries(self, party: Party | None = None) -> list[Entry]:
        """The papers of a copy: the court's, or that of a party, with slips in place of what is not for them."""
        made = [_withhold(one, party) for one in self.gathering.papers]
        return [*made, *self._withdrawn({entry.id for entry in made})]

    def _withdrawn(self, given: set[str]) -> Iterator[Entry]:
        """Papers that were filed, are no longer in the case file, and that a direction lets be taken out."""
        from generator.bundle import Entry

        allowed = list_replaceable(self.case)
        sections = {section.letter: section.id for section in self.layout.sections}
        for paper in self.ledger.papers if self.ledger else ():
            if paper.id not in given and paper.id in allowed:
                why = f"Taken out under the order of {say_date(allowed[paper.id].ordered_on)}"
                section = sections.get(paper.section, paper.section)
                yield Entry("Withdrawn", section, Path(paper.id), id=paper.id, withdrawn=why)

    def assemble(self) -> AssembledBundle:
        """The court's bundle, the ledger and the report."""
        from generator.bundle import assemble_bundle, tell_access, write_ledger

        made = self.folder.work / self.name
        entries = self.entries()
        try:
            bundle = assemble_bundle(
                write_cover(self.case, self.on),
                self.sections,
                entries,
                made,
                allowance=self.allowance,
                ledger=self.ledger,
                late_style=self.late_style,
                citations=self.gathering.citations,
            )
        except BundleError as error:
            raise BundleError(error.summary, tuple(_name_paper(one, entries) for one in error.problems)) from None
        self.gathering.warnings += search_bundle(made, bundle, self.gathering.papers, self.guard)
        access = tell_access(made)
        self.folder.refuse_if_open(self.name)
        self._place(made, self.name, bundle.sha256)
        kept = self.folder.work / LEDGER
        write_ledger(bundle.ledger, kept)
        self._place(kept, LEDGER, bundle.sha256)
        facts = tell_check(self.case, self.on, bundle, self.gathering.papers)
        report = self.folder.work / REPORT
        report.write_text(write_report(bundle, self.gathering.papers, facts, access), encoding="utf-8")
        self._place(report, REPORT, bundle.sha256)
        return bundle

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

    def write_late(self, bundle: AssembledBundle) -> None:
        """The new pages alone, and the note for the court that says what changed."""
        from generator.bundle import draw_change_note, write_new_pages

        number = bundle.changes.round.number
        stem = f"{LATE}/round-{number}"
        pages, note = self.folder.work / "new-pages.pdf", self.folder.work / "change-note.pdf"
        write_new_pages(self.folder.work / self.name, bundle.changes, pages)
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
            made, copy = self._make_copy(bundle, number, party)
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

    def write_copies(self, bundle: AssembledBundle) -> None:
        """One copy for each party, with the numbers of the court's, and slips where a paper is not for them."""
        for number, party in enumerate(self.parties, 1):
            made, _ = self._make_copy(bundle, number, party)
            self._place(made, f"{COPIES}/{_name_copy(number, party)}.pdf", self.copied_from(bundle))

    def find_unknown_replaced(self) -> Iterator[str]:
        """Names in a direction's `replaces` that are no paper's."""
        known = {working_name(one.entry.id) for one in self.gathering.papers}
        if self.ledger is None:
            return
        known |= {working_name(one.id) for one in self.ledger.papers}
        directions = self.case.court.directions if self.case.court else ()
        for number, direction in enumerate(directions):
            if any(working_name(name) not in known for name in direction.replaces):
                yield f"court.directions[{number}].replaces names what is neither evidence nor a paper of the bundle"

    def find_left_over(self, bundle: AssembledBundle) -> Iterator[str]:
        """What lies beside the bundle from an earlier one: its numbers, or who may read it, are others."""
        made_from = {COPIES: self.copied_from(bundle), KIT: bundle.sha256}
        late = re.compile(r"round-(\d+)-")
        old: Counter[str] = Counter()
        for name, written in self.folder.written.items():
            shelf, _, rest = name.partition("/")
            number = late.match(rest)
            if shelf == LATE:
                is_old = number is not None and int(number[1]) > bundle.changes.round.number
            else:
                is_old = shelf in made_from and written.inputs != made_from[shelf]
            if is_old and name not in self.files and (self.folder.path / name).exists():
                old[shelf] += 1
        for shelf, count in sorted(old.items()):
            again = {COPIES: ", or make them again with --copies", KIT: ", or make it again with --kit"}.get(shelf, "")
            yield (
                f"{shelf}/ still holds {count} file{'' if count == 1 else 's'} of another bundle, whose numbers or "
                f"slips are not those of this one. Do not send them: move them away{again}"
            )

    def copied_from(self, bundle: AssembledBundle) -> str:
        """What all copies are made from: the bundle, and who may not have which paper."""
        slips = [(one.entry.id, *one.item.not_for) for one in self.gathering.papers if one.item and one.item.not_for]
        return hashlib.sha256(f"{bundle.sha256} {slips}".encode()).hexdigest()

    def _make_copy(self, bundle: AssembledBundle, number: int, party: Party) -> tuple[Path, AssembledBundle]:
        from generator.bundle import assemble_bundle

        made = self.folder.work / f"copy-{number}.pdf"
        if number not in self._copies:
            cover = dataclasses.replace(write_cover(self.case, self.on), title=f"Court bundle: copy for {party.name}")
            copy = assemble_bundle(
                cover,
                self.sections,
                self.entries(party),
                made,
                allowance=self.allowance,
                ledger=self.ledger,
                late_style=self.late_style,
                citations=self.gathering.citations,
            )
            _refuse_other_numbers(bundle, copy)
            self.gathering.warnings += search_bundle(made, copy, self.gathering.papers, self.guard, party)
            self._copies[number] = copy
        return made, self._copies[number]

    def write_kit(self, bundle: AssembledBundle) -> None:
        """All that filing takes: files of the size and name that each way to the court wants."""
        from generator.bundlecheck import check_bundle
        from generator.kit import load_channels, make_kit

        facts = tell_check(self.case, self.on, bundle, self.gathering.papers)
        check = check_bundle(self.folder.work / self.name, self.layout, facts)
        made = self.folder.work / KIT
        kit = make_kit(
            self.folder.work / self.name,
            list_kit_rows(bundle, self.gathering.papers, self.case),
            say_kit_facts(self.case, self.on, bundle, self.layout, check),
            load_channels(shipped.CHANNELS),
            made,
        )
        for file in kit.files:
            self._place(made / file.path, f"{KIT}/{file.path}", bundle.sha256)
        self.gathering.warnings += [f"{KIT}: {said}" for said in kit.warnings]


def _name_paper(problem: Problem, entries: Sequence[Entry]) -> Problem:
    """A problem with the name of the paper, by which the case file knows it, in place of its number in the bundle."""
    found = re.fullmatch(r"entries\[(\d+)\]", problem.path)
    return dataclasses.replace(problem, path=entries[int(found[1])].id) if found else problem


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


def _warn(case: Case, papers: PapersReport, folder: OutputFolder, on: dt.date) -> Iterator[str]:
    yield from _find_edits_left_out(papers, folder)
    yield from _find_unknown_papers(case, papers)
    drafts = [result.planned.name for result in papers.papers if result.planned.draft]
    if drafts:
        yield f"Still marked DRAFT in the bundle: {'; '.join(drafts)}"
    court = case.court
    if court is None:
        yield "The case file says nothing of proceedings (court), so the cover names no court, number or hearing"
    elif next_hearing(case, on) is None:
        yield "The case file lists no hearing (court.hearings), so the cover names none"
    elif all(hearing.at.date() < on for hearing in court.hearings):
        yield "Every hearing in the case file (court.hearings) is past; the cover names the last one"


def _find_edits_left_out(papers: PapersReport, folder: OutputFolder) -> Iterator[str]:
    """Working papers that a person has changed, whose court copy is made from the case file and does not know it."""
    for paper in papers.papers:
        name = working_name(paper.planned.name)
        known = folder.written.get(f"{PAPERS}/{name}.docx")
        file = folder.path / PAPERS / f"{name}.docx"
        if name != paper.planned.name and known and file.exists() and digest_of(file) != known.sha256:
            yield (
                f"{PAPERS}/{name}.docx was changed by hand. The bundle takes {COURT_COPIES}/{paper.word.name}, which "
                "leaves out what the court may not see. Make the same change there, and build the bundle again."
            )


def _find_unknown_papers(case: Case, papers: PapersReport) -> Iterator[str]:
    made = {paper.planned.code for paper in papers.papers}
    made |= {working_name(paper.planned.name) for paper in papers.papers}
    for direction in case.court.directions if case.court else ():
        for name in direction.papers:
            if name not in made:
                yield f"A direction lets in {name}, and there is no such paper for the bundle. Check its code."


def _name_bundle(case: Case, on: dt.date) -> str:
    court = case.court
    number = (court.case_number if court else None) or case.reference
    hearing = next_hearing(case, on)
    safe = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in number)[:60]
    return f"{safe}-bundle{f'-{hearing.at.date().isoformat()}' if hearing else ''}.pdf"
