"""The job `compare`: what changed in a case since a day, a meeting or an older file, and which papers that touches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from generator.base.dates import format_date, read_date
from generator.base.errors import CannotReadError
from generator.base.paths import CASE_FILE
from generator.base.yaml.read import read_content
from generator.bundle.ledger import read_ledger
from generator.case.family import Case
from generator.case.load import LoadedCase, load_case, read_case_text
from generator.case.questions import find_last_meeting, find_meeting
from generator.jobs.locked_papers import LEDGER
from generator.jobs.outcomes import digest_inputs
from generator.jobs.run import Run
from generator.papers.card import PlannedDocument
from generator.papers.catalogue import find_templates
from generator.papers.plan import plan_all_documents
from generator.reports.changes.change import Consequence, FactChange
from generator.reports.changes.compare import compare_cases, find_consequences
from generator.rules.judging.judge import judge_case
from generator.rules.rulebook import judge
from generator.workspace.kept_cases import KeptCase, list_kept_cases

LAST_MEETING, LAST_FILING, LAST_BUILD = "last-meeting", "last-filing", "last-build"


class Touch(StrEnum):
    """What becomes of a paper that a change touches."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class TouchedPaper:
    """A paper that says something else now, is called for now, or is not called for any more."""

    name: str
    audience: str
    touch: Touch


@dataclass(frozen=True, slots=True)
class ChangeReport:
    """What changed between two versions of a case. `since` says in words which older version was taken."""

    reference: str
    on: dt.date
    since: str
    file: Path
    changes: tuple[FactChange, ...]
    consequences: tuple[Consequence, ...]
    papers: tuple[TouchedPaper, ...]


def report_changes(given: Path, since: str, run: Run) -> ChangeReport:
    """What changed in a case since an older version, what follows from it, and the papers that it touches.

    `since` is a file or folder, a date, the id of a meeting, last-meeting, last-filing or last-build. In the output
    folder builds keep the case files that they were made from. Raises CannotReadError where nothing is kept from then,
    or where the older version cannot be read.
    """
    loaded, on, templates = load_case(given), run.on, find_templates(run.search_path)
    said, file = _find_version(since, loaded, on, run.folder_of(loaded.file))
    before = read_case_text(read_content(file), str(file))
    after = judge(loaded, on, run.search_path)
    # The same rules and the same day for both, so that only the facts make the difference.
    was = judge_case(before, after.procedure, on)
    then = plan_all_documents(before, was, templates)
    now = plan_all_documents(loaded.case, after, templates)
    return ChangeReport(
        loaded.case.reference,
        on,
        said,
        file,
        compare_cases(before, after, loaded.case),
        find_consequences(was, after),
        tuple(_find_touched(then, now)),
    )


def _find_touched(before: Sequence[PlannedDocument], now: Sequence[PlannedDocument]) -> Iterator[TouchedPaper]:
    old, new = ({paper.name: paper for paper in papers} for papers in (before, now))
    for name in dict.fromkeys((*new, *old)):
        one, other = old.get(name), new.get(name)
        if one and other and digest_inputs(one) == digest_inputs(other):
            continue
        touch = Touch.NEW if one is None else Touch.GONE if other is None else Touch.CHANGED
        paper = other or one
        if paper is not None:
            yield TouchedPaper(name, paper.audience, touch)


def _find_version(since: str, loaded: LoadedCase, on: dt.date, folder: Path) -> tuple[str, Path]:
    """The older version that is meant, in words and as a file."""
    kept = list_kept_cases(folder)
    if since == LAST_BUILD:
        return _take_kept(kept, dt.date.max, "the last build", folder)
    if found := _find_day(since, loaded.case, on, folder):
        return _take_kept(kept, *found, folder)
    given = Path(since)
    file = given / CASE_FILE if given.is_dir() else given
    if file.is_file():
        return str(file), file
    if given.is_dir():
        raise CannotReadError(f"There is no {CASE_FILE} in {given}. Name the older case file, or a folder with one")
    meetings = ", ".join(one.id for one in loaded.case.meetings)
    raise CannotReadError(
        f"--since {since} is no date, meeting or file. Give a date (2026-11-15), an older case file, {LAST_MEETING}, "
        f"{LAST_FILING}, {LAST_BUILD}{f', or a meeting: {meetings}' if meetings else ''}"
    )


def _find_day(since: str, case: Case, on: dt.date, folder: Path) -> tuple[dt.date, str] | None:
    """The day that is meant, and what it is; None for what is no day and no meeting."""
    meeting = find_meeting(case, since)
    if since == LAST_MEETING:
        meeting = find_last_meeting(case, on)
        if meeting is None:
            raise CannotReadError(
                f"No meeting in the case file lies on or before {format_date(on)}. Give --since a date, for example "
                f"--since {on.isoformat()}, or an older case file"
            )
    if meeting is not None:
        day = meeting.starts_at.date()
        return day, f"the meeting {meeting.id} on {format_date(day)}"
    if since == LAST_FILING:
        day = _find_last_filing(folder, on)
        return day, f"the last filing on {format_date(day)}"
    with suppress(ValueError):
        day = read_date(since)
        return day, format_date(day)
    return None


def _find_last_filing(folder: Path, on: dt.date) -> dt.date:
    file = folder / LEDGER
    rounds = read_ledger(file).rounds if file.is_file() else ()
    if not rounds:
        raise CannotReadError(
            f"Nothing of this case was filed: there is no {LEDGER} in {folder}. If the bundle is elsewhere, name its "
            f"folder with -o; else give --since a date, for example --since {on.isoformat()}"
        )
    return max(one.on for one in rounds)


def _take_kept(kept: Sequence[KeptCase], day: dt.date, words: str, folder: Path) -> tuple[str, Path]:
    until = [one for one in kept if one.on <= day]
    if until:
        return f"{words} (case file of the build of {format_date(until[-1].on)})", until[-1].file
    if kept:
        first = kept[0].on
        says = f"No build kept the case file as it was at {words}: the first one that did is of {format_date(first)}"
        way = f"give --since {first.isoformat()}"
    else:
        says = f"No build has kept a case file in {folder} yet"
        way = "build once, so that later changes can be told; if the papers are elsewhere, name their folder with -o"
    raise CannotReadError(f"{says}. To compare all the same: {way}, or name an older case file: --since FILE")
