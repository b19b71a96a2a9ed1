"""What is in a bundle, for how long a paper runs, and when it must be there: judged by what is known of the papers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from generator.base.dates import MONTHS, format_date, format_day, format_time
from generator.base.english import count_of
from generator.base.working_days import Jurisdiction, count_back
from generator.bundle.audit.known import KnownPaper
from generator.bundle.audit.look import Scheme, list_late
from generator.bundle.audit.verdicts import AuditedBundle, AuditVerdict, broken, cannot, join_some, kept, look
from generator.bundle.layout.checks import (
    Check,
    DatePreparedCheck,
    DocumentLimitCheck,
    KindsLeftOutCheck,
    KindsPresentCheck,
    LodgedByCheck,
    PlainCheck,
)
from generator.case.words import EvidenceKind

_NOT_KNOWN = "What its papers are cannot be told from the file alone"
_MONTH = "|".join(f"{month[:3]}(?:{month[3:]})?" for month in MONTHS)
_IN_WORDS = rf"[0-3]?\d(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTH}),?\s+\d{{4}}"
_DATE = rf"(?:{_IN_WORDS}|[0-3]?\d[./-][01]?\d[./-](?:20)?\d\d|20\d\d-[01]\d-[0-3]\d)"
_PREPARED = re.compile(rf"\b(?:prepared|dated?|drafted|updated|as at)\b\D{{0,60}}?{_DATE}", re.IGNORECASE | re.DOTALL)
_HEARING = re.compile(rf"\b(?:hearing|listed)\b.{{0,100}}?{_DATE}", re.IGNORECASE | re.DOTALL)


def judge_contents(subject: AuditedBundle, check: Check) -> AuditVerdict | None:
    """The verdict on a check of this kind; None for a check of another."""
    match check:
        case KindsLeftOutCheck():
            return _judge_left_out(subject, check)
        case KindsPresentCheck():
            return _judge_present(subject, check.kinds)
        case DocumentLimitCheck():
            return _judge_lengths(subject, check)
        case PlainCheck(name="chronological"):
            return _judge_order(subject)
        case PlainCheck(name="essential_reading"):
            return _judge_essential(subject)
        case DatePreparedCheck():
            return _judge_headings(subject, check)
        case LodgedByCheck():
            return _judge_lodging(subject, check)
    return None


def _name_papers(entries: Iterable[KnownPaper]) -> str:
    said = [one.first if one.first == one.last else f"{one.first} to {one.last}" for one in entries]
    return join_some(said)


def _places(subject: AuditedBundle, entries: Iterable[KnownPaper]) -> list[int]:
    return [number for entry in entries for number in subject.pages_of(entry)]


def _unknown(subject: AuditedBundle) -> list[KnownPaper]:
    """Papers of others that do not say what they are. What was made here is never of a kind that is left out."""
    return [entry for entry in subject.list_papers() if entry.kind is None and not entry.own]


def _name_kinds(kinds: Sequence[EvidenceKind]) -> str:
    return ", ".join(str(kind).replace("_", " ") for kind in kinds)


def _list_named(subject: AuditedBundle, words: Sequence[str]) -> list[range]:
    """The pages of papers whose bookmark has one of the words: from its page to that of the next bookmark."""
    marks = subject.seen.bookmarks
    ends = [*sorted({mark.target for mark in marks}), subject.seen.total]
    sought = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)
    return [
        range(mark.target, ends[bisect_right(ends, mark.target)])
        for place, mark in enumerate(marks)
        # A section's bookmark has those of its papers under it.
        if mark.target >= 0 and not (place + 1 < len(marks) and marks[place + 1].depth > mark.depth)
        if sought.search(mark.words)
    ]


def _guess(subject: AuditedBundle, words: Sequence[str], longer_than: int = 0) -> AuditVerdict:
    """What the bookmarks of a bundle made elsewhere give away. A name is no proof, so a person has to judge."""
    if not words or not subject.seen.bookmarks:
        return cannot(_NOT_KNOWN)
    found = _list_named(subject, words)
    long = [pages for pages in found if len(pages) > longer_than]
    if long:
        said = [f"{subject.seen.name_pages(pages)}{f' ({len(pages)} pages)' if longer_than else ''}" for pages in long]
        return look(
            f"By their bookmarks, these may be such papers: {join_some(said)}",
            [page for pages in long for page in pages],
        )
    if found:
        return look(f"By its bookmark, {count_of(len(found), 'such paper')}; none longer")
    return cannot(f"{_NOT_KNOWN}; no bookmark names such a paper")


def _judge_left_out(subject: AuditedBundle, check: KindsLeftOutCheck) -> AuditVerdict:
    entries = subject.list_papers()
    if not entries:
        return _guess(subject, check.words)
    found = [entry for entry in entries if entry.kind in check.kinds]
    loose = [entry for entry in found if not entry.directed_by]
    if loose:
        return broken(f"No direction lets these in: {_name_papers(loose)}", _places(subject, loose))
    if unknown := _unknown(subject):
        return cannot(f"These do not say what kind of paper they are: {_name_papers(unknown)}")
    if found:
        return kept(f"Let in by a direction: {_name_papers(found)}")
    return kept("None is in the bundle")


def _judge_present(subject: AuditedBundle, kinds: Sequence[EvidenceKind]) -> AuditVerdict:
    entries = subject.list_papers()
    if not entries:
        return cannot(_NOT_KNOWN)
    absent = [kind for kind in kinds if kind not in {entry.kind for entry in entries}]
    if absent:
        unsure = f". These do not say what they are: {_name_papers(unknown)}" if (unknown := _unknown(subject)) else ""
        return look(f"Not in the bundle: {_name_kinds(absent)}{unsure}")
    return kept("All are in the bundle")


def _judge_lengths(subject: AuditedBundle, check: DocumentLimitCheck) -> AuditVerdict:
    entries = subject.list_papers()
    if not entries:
        return _guess(subject, check.words, check.pages)
    found = [entry for entry in entries if entry.kind in check.kinds]
    lost = [entry for entry in found if not subject.pages_of(entry)]
    long = [entry for entry in found if len(subject.pages_of(entry)) > check.pages]
    if long:
        said = [f"{_name_papers([entry])} is {len(subject.pages_of(entry))} pages" for entry in long]
        return broken(f"{join_some(said)}; at most {check.pages}", _places(subject, long))
    if lost:
        return cannot(f"These page numbers are not found in the file: {_name_papers(lost)}")
    if unknown := _unknown(subject):
        return cannot(f"These do not say what kind of paper they are: {_name_papers(unknown)}")
    return kept(f"{count_of(len(found), 'paper')}, none longer" if found else "There is no such paper")


def _judge_order(subject: AuditedBundle) -> AuditVerdict:
    entries = subject.list_papers()
    if not entries:
        return cannot("The dates of the papers cannot be told from the file alone")
    late = {*list_late(subject.seen)}
    placed = [(pages[0], entry) for entry in entries if (pages := subject.pages_of(entry)) and pages[0] not in late]
    placed.sort(key=lambda one: one[0])
    wrong: list[KnownPaper] = []
    before: KnownPaper | None = None
    for _, entry in placed:
        if entry.dated is None:
            continue
        if before and before.first[:1] == entry.first[:1] and before.dated and before.dated > entry.dated:
            wrong.append(entry)
        before = entry
    if wrong:
        return broken(f"Dated earlier than the paper before it: {_name_papers(wrong)}", _places(subject, wrong))
    undated = [entry for _, entry in placed if entry.dated is None]
    if undated:
        return look(f"Without a date: {_name_papers(undated)}. The others stand in order", _places(subject, undated))
    return kept(f"{count_of(len(placed), 'paper')} in the order of their dates")


def _judge_essential(subject: AuditedBundle) -> AuditVerdict:
    entries = subject.list_papers()
    if not entries:
        return cannot(_NOT_KNOWN)
    marked = [entry for entry in entries if entry.essential or entry.kind is EvidenceKind.ESSENTIAL_READING]
    if not marked:
        return look("No paper is marked as essential reading for this hearing, and there is no list of it")
    return kept(f"Marked: {_name_papers(marked)}")


def _judge_headings(subject: AuditedBundle, check: DatePreparedCheck) -> AuditVerdict:
    seen = subject.seen
    entries = subject.list_papers()
    if entries:
        starts = [pages[0] for entry in entries if entry.kind in check.kinds and (pages := subject.pages_of(entry))]
    else:
        letter = next(section.letter for section in subject.layout.sections if section.id == check.section)
        if seen.scheme is not Scheme.BY_SECTION:
            return cannot("The numbers have no section letters, so preliminary papers cannot be told from others")
        targets = {mark.target for mark in seen.bookmarks}
        starts = [number for number, one in enumerate(seen.printed) if one and one[0] == letter and number in targets]
        if not starts and any(one and one[0] == letter for one in seen.printed):
            return cannot("Where preliminary papers start cannot be told without bookmarks")
    if not starts:
        if unknown := _unknown(subject):
            return cannot(f"These do not say what kind of paper they are: {_name_papers(unknown)}")
        return kept("There are no preliminary papers")
    unread = [number for number in starts if seen.pages[number].letters < 20]
    lacking = [
        number for number in starts if number not in unread and not _says_dates(subject, seen.pages[number].head)
    ]
    if lacking:
        said = f"Date of preparation or of the hearing not found under the heading: {seen.name_pages(lacking)}"
        return broken(said, lacking) if entries else look(said, lacking)
    if unread:
        return cannot(f"No words can be read on {seen.name_pages(unread)}")
    return kept(f"{count_of(len(starts), 'preliminary paper')} say both dates")


def _says_dates(subject: AuditedBundle, head: str) -> bool:
    """Whether the start of a paper says when it was prepared and for which hearing."""
    heard = subject.known.hearing_at.date() if subject.known and subject.known.hearing_at else None
    hearing = _HEARING.search(head) is not None
    if heard:
        written = (
            rf"\b0?{heard.day}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTHS[heard.month - 1][:3]}[a-z]*,?\s+{heard.year}\b",
            rf"\b0?{heard.day}[./-]0?{heard.month}[./-](?:20)?{heard.year % 100:02}\b",
            heard.isoformat(),
        )
        hearing = any(re.search(way, head, re.IGNORECASE) for way in written)
    return hearing and _PREPARED.search(head) is not None


def _judge_lodging(subject: AuditedBundle, check: LodgedByCheck) -> AuditVerdict:
    known = subject.known
    at = f"{format_time(check.at)} on " if check.at else ""
    ordered = [one for one in known.ordered if one.what == check.what] if known else []
    if ordered:
        said = "; ".join(f"by {format_day(one.on)} ({one.said_in})" for one in ordered)
        passed = known and known.today and min(one.on for one in ordered) < known.today
        return look(f"The court ordered the {check.what} {said}" + (". That day has passed" if passed else ""))
    if known is None or known.hearing_at is None:
        return cannot("The day of the hearing is not known")
    heard = known.hearing_at.date()
    days = [(span, count_back(heard, span, Jurisdiction.ENGLAND)) for span in check.before]
    said = "; ".join(
        f"{span} before the hearing of {format_date(heard)}: by {at}{format_day(day)}" for span, day in days
    )
    if len(days) > 1:
        return cannot(f"It cannot be told which: {said}. The earlier day is safe")
    passed = known.today is not None and days[0][1] < known.today
    return look(said + (". That day has passed" if passed else ""))
