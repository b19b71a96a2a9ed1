"""The job `minute`: the skeleton of the next meeting written into a case file, with the actions that are still open."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.base.dates import format_moment
from generator.base.errors import CannotReadError, FileBusyError, PermanenceError
from generator.base.yaml.insertion import insert_entry, write_entry
from generator.base.yaml.read import YamlFile, read_content
from generator.base.yaml.saving import replace_content
from generator.base.yaml.text import decode, split_lines
from generator.case.family import Case
from generator.case.load import LoadedCase, load_case, read_case_text
from generator.case.questions import find_last_alike
from generator.case.words import MeetingKind
from generator.jobs.run import Run
from generator.meetings.next_meeting import NextMeeting, lay_out_next_meeting
from generator.rules.rulebook import judge


@dataclass(frozen=True, slots=True)
class NextMeetingReport:
    """A meeting that was written, or would be: the lines that are new, and the first of them, counted from 1.

    `line` is None where the file has no safe place for it. `booked_at` is the meeting that says when this one starts,
    where nobody else does.
    """

    file: Path
    next: NextMeeting
    text: str
    line: int | None
    booked_at: str | None


def start_next_meeting(
    given: Path,
    key: str,
    run: Run,
    *,
    kind: MeetingKind | None = None,
    starts_at: dt.datetime | None = None,
    children: Sequence[str] = (),
    dry_run: bool = False,
) -> NextMeetingReport:
    """Write the skeleton of the next meeting into a case file, with every other byte as it was.

    Without `kind`, a permanence planning meeting; without `starts_at`, when the last one of its kind says that the next
    is. Raises CannotReadError where the file cannot be read, or a time or kind must be given; PermanenceError where the
    id is taken or the time is not after that last one; FileBusyError where the file cannot be written, or would not say
    the same as before and this meeting. Then nothing is changed.
    """
    loaded = load_case(given)
    case = loaded.case
    _refuse_ids(loaded, key, children)
    kind = kind or _choose_kind(case)
    last = find_last_alike(case, kind, children)
    booked = starts_at is None and last is not None and last.next_meeting_at is not None
    begins = starts_at or (last.next_meeting_at if last else None)
    if begins is None:
        raise CannotReadError(
            f'The case file does not say when the next {kind.words} is. Say it with --at "14 September 2026, 10am"'
        )
    if last and begins <= last.starts_at:
        raise PermanenceError(
            f"The last {kind.words}, {last.id}, is at {format_moment(last.starts_at)}. "
            "The next must be after that: say when with --at"
        )
    found = lay_out_next_meeting(case, judge(loaded, run.on, run.search_path), key, kind, begins, children)
    before = read_content(loaded.file)
    if hashlib.sha256(before).hexdigest() != loaded.digest:
        raise FileBusyError(f"{loaded.file} was changed while this was being worked out. It was left as it is")
    booked_at = last.id if booked and last else None
    after = insert_meeting(before, loaded.source, case, found)
    if after is None:
        text = "\n".join(["meetings:", *write_entry(found.keys)])
        return NextMeetingReport(loaded.file, found, text, None, booked_at)
    if not dry_run:
        replace_content(loaded.file, before, after)
        if load_case(loaded.file).case != _expected(case, found):
            replace_content(loaded.file, after, before)
            raise FileBusyError(f"{loaded.file} did not say what it should after writing. It was put back as it was")
    line, text = _list_new_lines(before, after)
    return NextMeetingReport(loaded.file, found, text, line, booked_at)


def _refuse_ids(loaded: LoadedCase, key: str, children: Sequence[str]) -> None:
    if not re.fullmatch("[a-z0-9]+(?:-[a-z0-9]+)*", key):
        raise CannotReadError("An id is made of small letters, digits and hyphens, for example ppm-2")
    for number, meeting in enumerate(loaded.case.meetings):
        if meeting.id == key:
            line = loaded.source.place(("meetings", number, "id")).line
            raise PermanenceError(
                f"There is a meeting {key} already, on line {line} of {loaded.file}. Choose another id"
            )
    for child in children:
        if child not in {one.id for one in loaded.case.children}:
            known = ", ".join(one.id for one in loaded.case.children)
            raise CannotReadError(f"There is no child with the id {child} in {loaded.file}. There are: {known}")


def _choose_kind(case: Case) -> MeetingKind:
    usual = MeetingKind.PERMANENCE_PLANNING_MEETING
    kinds = {one.kind for one in case.meetings}
    if kinds and usual not in kinds:
        known = ", ".join(sorted(kind.value for kind in kinds))
        raise CannotReadError(
            f"This case has had no permanence planning meeting: say the kind with --kind. Those it has had: {known}"
        )
    return usual


def _expected(case: Case, found: NextMeeting) -> Case:
    return case.model_copy(update={"meetings": (*case.meetings, found.meeting)})


def insert_meeting(content: bytes, source: YamlFile, case: Case, found: NextMeeting) -> bytes | None:
    """A case file with one more meeting: it then says all that it said, and this meeting, and nothing else.

    None where there is no place for it. `source` and `case` are the same content, read.
    """
    for made in insert_entry(content, source, "meetings", found.keys):
        # A way that breaks the file, or changes what it says, is not taken.
        with contextlib.suppress(CannotReadError):
            if read_case_text(made, source.name) == _expected(case, found):
                return made
    return None


def _list_new_lines(before: bytes, after: bytes) -> tuple[int, str]:
    """The number of the first line that is new and not blank, and the new lines from there."""
    old, new = (split_lines(decode(one, "")) for one in (before, after))
    first = next((n for n, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), len(old))
    rest = min(len(old), len(new)) - first
    same = next((n for n in range(rest) if old[-1 - n] != new[-1 - n]), rest)
    added = new[first : len(new) - same]
    blank = next((n for n, line in enumerate(added) if line.strip()), 0)
    return first + blank + 1, "\n".join(added[blank:])
