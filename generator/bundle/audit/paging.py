"""How a bundle is numbered, and how a reader finds a page: numbers, labels, sections, bookmarks, index."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from generator.base.english import count_of
from generator.bundle.audit.look import Scheme, SeenBundle, list_next, split_number
from generator.bundle.audit.verdicts import AuditedBundle, AuditVerdict, broken, cannot, join_some, kept, look
from generator.bundle.layout.checks import (
    Check,
    PageLimitCheck,
    PlainCheck,
)
from generator.bundle.layout.model import LatePages

_INDEX_PAGES = 20
"""How far into a file without section letters an index is looked for."""
_WORD = re.compile("[A-Za-z0-9]+")
_INDEX = re.compile(r"(?m)^\W*(?:index|contents|table of contents)\b", re.IGNORECASE)


def judge_paging(subject: AuditedBundle, check: Check) -> AuditVerdict | None:
    """The verdict on a check of this kind; None for a check of another."""
    match check:
        case PageLimitCheck():
            return _judge_length(subject, check.pages)
        case PlainCheck(name="numbering"):
            return _judge_numbering(subject)
        case PlainCheck(name="labels_agree"):
            return _judge_labels(subject.seen)
        case PlainCheck(name="sections_in_order"):
            return _judge_sections(subject)
        case PlainCheck(name="bookmarks"):
            return _judge_bookmarks(subject)
        case PlainCheck(name="bookmarks_name_page"):
            return _judge_bookmark_words(subject.seen)
        case PlainCheck(name="index_linked"):
            return _judge_index(subject)
    return None


def _judge_length(subject: AuditedBundle, limit: int) -> AuditVerdict:
    seen, known = subject.seen, subject.known
    permitted = known.permitted_pages if known else None
    allowed = limit if permitted is None else permitted
    by = "the limit" if permitted is None else (known.permission if known else "") or "the court's permission"
    papers = seen.total - seen.front
    said = f"{count_of(seen.total, 'page')}; {by} allows {allowed}"
    if papers > allowed:
        over = f"{said}, so there are {papers - allowed} too many"
        if seen.front:
            over += f", cover and index ({seen.front}) not counted"
        if known is None:
            over += ". Whether the court gave permission cannot be told from the file"
        return broken(over)
    if seen.total > allowed:
        return look(f"{said}. Without cover and index there are {papers}; nothing says whether those count")
    return kept(said)


def _judge_numbering(subject: AuditedBundle) -> AuditVerdict:
    seen = subject.seen
    if seen.scheme is Scheme.NONE:
        unread = [number for number, page in enumerate(seen.pages) if not page.letters]
        if len(unread) * 2 > len(seen.pages):
            return cannot("Most pages are pictures without text, so the numbers printed on them cannot be read")
        return broken("No page numbers of a bundle can be found at the edges of the pages")
    if seen.scheme is Scheme.STRAIGHT:
        first, last = _ends(seen)
        return broken(
            f"The pages are numbered straight through, {first} to {last}. Each section needs a letter, and its pages "
            "start again at 1 after it: A1, A2, B1"
        )
    problems = [*_find_number_problems(subject)]
    if problems:
        return broken(join_some([said for said, _ in problems]), (page for _, page in problems))
    first, last = _ends(seen)
    where = "as the file names its pages; none could be read on them" if seen.read_from_labels else "as printed"
    said = f"{first} to {last}, each section from 1, without a gap or a repeat ({where})"
    return cannot(said) if seen.read_from_labels else kept(said)


def _ends(seen: SeenBundle) -> tuple[str, str]:
    numbers = [one for one in seen.printed if one]
    return numbers[0], numbers[-1]


def _find_number_problems(subject: AuditedBundle) -> Iterator[tuple[str, int]]:
    """Every place where the numbers do not run on, in words, with its page."""
    seen = subject.seen
    bare = [number for number in range(seen.front, len(seen.pages)) if not seen.printed[number]]
    if bare:
        places = [f"page {number + 1} of the file" for number in bare[:12]]
        more = f" and {len(bare) - 12} more" if len(bare) > 12 else ""
        yield f"no number is printed on {', '.join(places)}{more}", bare[0]
    first_at: dict[str, int] = {}
    before = ""
    missed = 0
    for number in range(seen.front, len(seen.pages)):
        one = seen.printed[number]
        if not one:
            missed += 1
            continue
        where = f"page {number + 1} of the file"
        if one in first_at:
            yield f"{one} is printed twice, on page {first_at[one] + 1} and on {where}", number
        elif problem := _follow(before, one, missed, subject.layout.late_pages):
            yield f"{problem} ({where})", number
        first_at.setdefault(one, number)
        before, missed = one, 0


def _follow(before: str, one: str, missed: int, late_pages: LatePages) -> str:
    """What is wrong with a number after another; nothing where it may follow. Pages without a number count too."""
    letter, number, late = split_number(one)
    if not before or split_number(before)[0] != letter:
        if before and letter < before[0]:
            return f"after section {before[0]} comes {one}"
        return "" if number <= 1 + missed and not late else f"section {letter} starts with {one}"
    if late:
        if late_pages is LatePages.AT_THE_END:
            return f"{one} has a letter after its number, and late pages belong at the end of the section here"
        return "" if one in list_next(before) or missed else f"after {before} comes {one}"
    return "" if number == split_number(before)[1] + 1 + missed else f"after {before} comes {one}"


def _judge_labels(seen: SeenBundle) -> AuditVerdict:
    if seen.scheme is Scheme.NONE or seen.read_from_labels:
        return cannot("No numbers can be read on the pages, so there is nothing to compare with")
    numbered = [(number, one) for number, one in enumerate(seen.printed) if one]
    # A reader counts from 1 where the file gives no labels.
    differ = [number for number, one in numbered if (seen.pages[number].label or str(number + 1)) != one]
    if not differ:
        return kept(f"{count_of(len(numbered), 'page')} compared")
    if not any(page.label for page in seen.pages):
        number = differ[0]
        shows = f"a reader shows {number + 1} where {seen.printed[number]} is printed"
        return broken(f"The file does not name its pages, so {shows}; {count_of(len(differ), 'page')} in all", differ)
    return broken(f"A reader shows another number than the one printed on {seen.name_pages(differ)}", differ)


def _judge_sections(subject: AuditedBundle) -> AuditVerdict:
    seen, layout = subject.seen, subject.layout
    if seen.scheme is not Scheme.BY_SECTION:
        return cannot("The numbers have no section letters, so the sections cannot be told apart")
    known = {section.letter: section.title for section in layout.sections}
    letters = [one[0] for one in seen.printed if one]
    order = [letter for place, letter in enumerate(letters) if place == 0 or letters[place - 1] != letter]
    first = {letter: next(n for n, one in enumerate(seen.printed) if one and one[0] == letter) for letter in {*order}}
    problems = [
        (f"there is no section {letter} in this layout", first[letter])
        for letter in dict.fromkeys(order)
        if letter not in known
    ]
    problems += [
        (f"section {after} stands after section {before}", first[after])
        for before, after in itertools.pairwise(order)
        if after < before
    ]
    if problems:
        return broken(join_some([said for said, _ in problems]), (page for _, page in problems))
    absent = [f"{letter} ({title})" for letter, title in known.items() if letter not in first]
    there = f"Sections {', '.join(dict.fromkeys(order))}"
    if absent:
        return look(f"{there}. Nothing stands in: {'; '.join(absent)}")
    return kept(there)


def _list_starts(subject: AuditedBundle) -> dict[int, str]:
    """The page on which each section and each known paper starts, with what starts there."""
    seen = subject.seen
    starts: dict[int, str] = {}
    before = ""
    for number, one in enumerate(seen.printed):
        if seen.scheme is Scheme.BY_SECTION and one and one[0] != before:
            starts.setdefault(number, f"section {one[0]}")
            before = one[0]
    for entry in subject.list_papers():
        pages = subject.pages_of(entry)
        if pages:
            starts.setdefault(pages[0], f"the paper at {entry.first}")
    return starts


def _judge_bookmarks(subject: AuditedBundle) -> AuditVerdict:
    seen = subject.seen
    if not seen.bookmarks:
        return broken("There are no bookmarks")
    lost = sum(mark.target < 0 for mark in seen.bookmarks)
    if lost:
        return broken(f"{count_of(lost, 'bookmark')} of {len(seen.bookmarks)} lead to no page")
    starts = _list_starts(subject)
    targets = {mark.target for mark in seen.bookmarks}
    without = [number for number in starts if number not in targets]
    if without:
        return broken(f"No bookmark leads to {join_some([starts[number] for number in without])}", without)
    said = count_of(len(seen.bookmarks), "bookmark")
    if not starts:
        return look(f"{said}; where sections and papers start cannot be told, so look whether each has one")
    if not subject.list_papers():
        return look(f"{said}, one for each section; where papers start cannot be told, so look whether each has one")
    return kept(f"{said}, one for each section and paper")


def _judge_bookmark_words(seen: SeenBundle) -> AuditVerdict:
    if not seen.bookmarks:
        return broken("There are no bookmarks")
    wrong = [mark for mark in seen.bookmarks if mark.target < 0 or not _names_page(seen, mark.words, mark.target)]
    if not wrong:
        return kept(count_of(len(seen.bookmarks), "bookmark"))
    targets = [mark.target for mark in wrong if mark.target >= 0]
    to = f": those to {seen.name_pages(targets)}" if targets else ""
    return broken(f"{len(wrong)} of {count_of(len(seen.bookmarks), 'bookmark')} do not name their page{to}", targets)


def _names_page(seen: SeenBundle, words: str, target: int) -> bool:
    if target >= len(seen.pages):
        return True
    numbers = {seen.printed[target], seen.pages[target].label or str(target + 1)}
    return not numbers.isdisjoint(_WORD.findall(words))


def _judge_index(subject: AuditedBundle) -> AuditVerdict:
    seen = subject.seen
    index = [*range(seen.front)] or [
        number
        for number, page in enumerate(seen.pages[:_INDEX_PAGES])
        if _INDEX.search(page.head) or sum(target >= 0 for target in page.links) > 1
    ]
    if not index:
        return broken("No index was found at the front")
    links = [target for number in index for target in seen.pages[number].links]
    if not links:
        return broken(f"Nothing on the pages at the front is a link: {seen.name_pages(index)}", index)
    if -1 in links:
        return broken(f"{links.count(-1)} of {count_of(len(links), 'link')} of the index lead nowhere", index)
    starts = _list_starts(subject)
    without = [number for number in starts if number not in links]
    if without:
        return broken(f"No link of the index leads to {join_some([starts[number] for number in without])}", without)
    if not subject.list_papers():
        return look(f"{count_of(len(links), 'link')}; look whether every line of the index has one")
    return kept(f"{count_of(len(links), 'link')}, one for each section and paper")
