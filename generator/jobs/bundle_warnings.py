"""Warnings about a bundle that do not stop it."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from generator.base.digests import digest_of
from generator.base.english import count_of
from generator.bundle.cover import find_hearing
from generator.bundle.ledger import Ledger
from generator.bundle.papers import BundlePaper
from generator.case.family import Case
from generator.jobs.make_papers import PapersReport
from generator.jobs.outcomes import COURT_COPIES, PAPERS
from generator.papers.plan import working_name
from generator.workspace.folder import OutputFolder

LATE, COPIES, KIT = "late-pages", "copies", "filing-kit"
_ROUND = re.compile(r"round-(\d+)-")
_AGAIN = {COPIES: ", or make them again with --copies", KIT: ", or make it again with --kit"}


def find_oddities(case: Case, papers: PapersReport, folder: OutputFolder, on: dt.date) -> Iterator[str]:
    """Edits that the bundle does not know, papers that there are not, drafts, and what the cover cannot say."""
    yield from _find_edits_left_out(papers, folder)
    yield from _find_unknown_papers(case, papers)
    drafts = [result.planned.name for result in papers.papers if result.planned.draft]
    if drafts:
        yield f"Still marked DRAFT in the bundle: {'; '.join(drafts)}"
    court = case.court
    if court is None:
        yield "The case file says nothing of proceedings (court), so the cover names no court, number or hearing"
    elif find_hearing(case, on) is None:
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
    made = {code for paper in papers.papers for code in (paper.planned.code, paper.planned.template.card.form_of)}
    made |= {working_name(paper.planned.name) for paper in papers.papers}
    for direction in case.court.directions if case.court else ():
        for name in direction.papers:
            if name not in made:
                yield f"A direction lets in {name}, and there is no such paper for the bundle. Check its code."


def find_unknown_replaced(case: Case, papers: Sequence[BundlePaper], ledger: Ledger | None) -> Iterator[str]:
    """Names in a direction's `replaces` that are no paper's."""
    if ledger is None:
        return
    known = {working_name(name) for name in (*(one.id for one in papers), *(one.id for one in ledger.papers))}
    for number, direction in enumerate(case.court.directions if case.court else ()):
        if any(working_name(name) not in known for name in direction.replaces):
            yield f"court.directions[{number}].replaces names what is neither evidence nor a paper of the bundle"


def find_left_over(
    folder: OutputFolder, made: Sequence[str], made_from: Mapping[str, str], round_number: int
) -> Iterator[str]:
    """What lies beside the bundle from an earlier one: its numbers, or who may read it, are others.

    `made` are the files that arrive now, `made_from` says from what copies and kit of this bundle are made.
    """
    old: Counter[str] = Counter()
    for name, written in folder.written.items():
        shelf, _, rest = name.partition("/")
        number = _ROUND.match(rest)
        if shelf == LATE:
            is_old = number is not None and int(number[1]) > round_number
        else:
            is_old = shelf in made_from and written.inputs != made_from[shelf]
        if is_old and name not in made and (folder.path / name).exists():
            old[shelf] += 1
    for shelf, count in sorted(old.items()):
        yield (
            f"{shelf}/ still holds {count_of(count, 'file')} of another bundle, whose numbers or "
            f"slips are not those of this one. Do not send them: move them away{_AGAIN.get(shelf, '')}"
        )
