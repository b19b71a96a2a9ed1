"""The job `pack`: everything that each reader has to read before a meeting, as one PDF for each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.base.dates import format_date
from generator.case.citations import refuse_broken_citations
from generator.case.load import load_case
from generator.case.meeting import Meeting
from generator.disclosure.lens import AS_PROFESSIONALS
from generator.jobs.gather_papers import refuse_missing
from generator.jobs.make_papers import PapersReport, make_papers
from generator.jobs.open_case import open_case
from generator.jobs.pack_files import PackFiles, PackResult
from generator.jobs.run import Run
from generator.jobs.search_packs import search_packs
from generator.meetings.outstanding import Awaited
from generator.meetings.pack.contents import choose_coming_meeting, is_wanted, list_packs
from generator.papers.catalogue import find_templates
from generator.papers.plan import plan_documents
from generator.rules.invitations import AskedGuest, list_asked_guests
from generator.rules.rulebook import judge


@dataclass(frozen=True, slots=True)
class PackReport:
    """The packs of one meeting, who is asked to come, what is awaited, and what to know before sending anything."""

    folder: Path
    meeting: Meeting
    packs: tuple[PackResult, ...]
    asked: tuple[AskedGuest, ...]
    awaited: tuple[Awaited, ...]
    papers: PapersReport
    warnings: tuple[str, ...] = ()


def build_pack(given: Path, run: Run, *, meeting: str | None = None) -> PackReport:
    """Make the packs of a meeting: the one with that id, or the next one.

    Every page and every Word file is searched for what its readers must not see. Raises CannotReadError where there is
    no such meeting, UnsafeToDiscloseError where a page says what its readers must not see, and PermanenceError where a
    paper has no PDF or a file may not go in: every one is named, and no pack arrives. Where LibreOffice is missing
    there are Word files alone.
    """
    loaded = load_case(given)
    case = loaded.case
    about = choose_coming_meeting(case, meeting, run.on)
    warnings = [*refuse_broken_citations(loaded)]
    compliance = judge(loaded, run.on, run.search_path)
    planned = plan_documents(case, compliance, find_templates(run.search_path))
    wanted = [paper for paper in planned if is_wanted(paper, case, about)]
    with open_case(loaded, compliance, run) as work:
        papers = make_papers(work, wanted)
        packs = list_packs(case, about, [one.planned for one in papers.papers])
        if papers.withheld:
            raise papers.withheld[0]
        files = PackFiles(work, about, compliance, papers)
        if not papers.no_pdf_because:
            refuse_missing(papers, "the pack")
            run.progress("Looking at every file", 0, 1)
            files.admit()
        made = []
        for number, pack in enumerate(packs):
            run.progress("Assembling packs", number, len(packs))
            made.append(files.make(pack, number))
        run.progress("Assembling packs", len(packs), len(packs))
        files.warnings += search_packs(made, work.search)
        results = tuple(files.place(one, number) for number, one in enumerate(made))
        warnings += [*papers.warnings, *files.warnings, *files.find_left_over(), *_warn(about, papers, run.on)]
        work.deliver()
        warnings += work.folder.warnings
        asked = list_asked_guests(case, about, compliance)
        return PackReport(work.folder.path, about, results, asked, files.awaited, papers, tuple(warnings))


def _warn(meeting: Meeting, papers: PapersReport, on: dt.date) -> Iterator[str]:
    if meeting.starts_at.date() < on:
        yield (
            f"This meeting was on {format_date(meeting.starts_at.date())}. The pack has its papers as they are now, "
            "not as they were then"
        )
    if not any(one.planned.meeting == meeting.id and one.planned.lens == AS_PROFESSIONALS for one in papers.papers):
        yield "There is no agenda for a meeting of this kind: make one, and take it along"
    drafts = [one.planned.name for one in papers.papers if one.planned.draft]
    if drafts:
        yield f"Still marked DRAFT in the pack: {', '.join(drafts)}"
