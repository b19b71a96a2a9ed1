"""How the pages of a bundle look, and how its file is made: text, typefaces, turning, pictures, size, opening."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from generator.base.english import count_of
from generator.base.pages import A4
from generator.bundle.audit.look import SeenBundle
from generator.bundle.audit.measures import SeenPage
from generator.bundle.audit.verdicts import AuditedBundle, AuditVerdict, broken, cannot, kept, look
from generator.bundle.layout.checks import (
    Check,
    FileSizeCheck,
    OpensAtCheck,
    PlainCheck,
    ResolutionCheck,
    TextCheck,
    TypefaceCheck,
)
from generator.case.words import EvidenceKind

_AS_GOOD_AS = 0.03
"""How far a page may be from A4, as a part of its sides: cut edges and rounding."""
_SMALL_PICTURE = 250_000
"""Pictures of fewer dots, such as a crest, add nothing to a file."""
_ROUNDING = 1.02
_PART_OF_A_POINT = 0.3
_A_FEW_LINES = 200
"""So many letters have header, footer and the lines for a signature; the page has to have more to be judged."""
_TOO_FEW = 20
"""Letters of a sample from which nothing can be said of a page."""


def judge_form(subject: AuditedBundle, check: Check) -> AuditVerdict | None:
    """The verdict on a check of this kind; None for a check of another."""
    seen = subject.seen
    match check:
        case TextCheck():
            return _judge_text(subject, check.letters)
        case TypefaceCheck():
            return _judge_typeface(subject, check)
        case PlainCheck(name="upright"):
            return _judge_upright(seen)
        case ResolutionCheck():
            return _judge_pictures(seen, check.dpi)
        case PlainCheck(name="a4"):
            return _judge_paper_size(seen)
        case OpensAtCheck():
            return _judge_opening(seen, check.percent)
        case FileSizeCheck():
            return _judge_file_size(subject, check)
        case PlainCheck(name="not_protected"):
            if seen.protected:
                return broken("The file is protected: it forbids some uses, such as printing or copying")
            return kept("The file is not protected")
    return None


def _list_pages(seen: SeenBundle, wanted: Callable[[SeenPage], bool]) -> list[int]:
    return [number for number, page in enumerate(seen.pages) if wanted(page)]


def _judge_text(subject: AuditedBundle, least: int) -> AuditVerdict:
    seen = subject.seen
    few = _list_pages(seen, lambda page: page.letters < least)
    photographs = {
        number
        for entry in subject.list_papers()
        if entry.kind is EvidenceKind.PHOTOGRAPHS
        for number in subject.pages_of(entry)
    }
    pictures = [number for number in few if seen.pages[number].pictures and number not in photographs]
    others = [number for number in few if number not in pictures and number not in photographs]
    if pictures:
        said = f"Pictures of pages, whose words cannot be searched: {seen.name_pages(pictures)}. Have them read (OCR)"
        return broken(f"{said}; a photograph needs none", few)
    if others:
        return look(f"Pages with hardly any words: {seen.name_pages(others)}. Are they blank?", others)
    return kept(f"{count_of(len(seen.pages) - len(few), 'page')} with words that can be searched")


def _judge_typeface(subject: AuditedBundle, check: TypefaceCheck) -> AuditVerdict:
    """Our own papers must be in the right typeface and size; those of others are for a person to look at."""
    seen = subject.seen
    own = {number for entry in subject.list_papers() if entry.own for number in subject.pages_of(entry)}
    names = tuple(map(_plain_name, check.typefaces))
    least = check.points - _PART_OF_A_POINT
    small = _list_pages(seen, lambda page: _is_most(page, lambda _, size: size < least))
    odd = _list_pages(seen, lambda page: _is_most(page, lambda font, _: not _plain_name(font).startswith(names)))
    wrong = {*small, *odd}
    asked = f"{' or '.join(check.typefaces[:2])} of at least {check.points} point"
    if wrong & own:
        return broken(f"Own papers not in {asked}: {_describe_wrong(seen, small, odd, own)}", wrong & own)
    if wrong:
        rest = wrong - own
        whose = "Papers of others" if own else "Papers"
        return look(f"{whose} not in {asked}: {_describe_wrong(seen, small, odd, rest)}", rest)
    if not any(page.styles for page in seen.pages):
        return cannot("No page has text whose typeface can be seen")
    return kept(f"Most of the text of every page is in {asked}, or in a typeface of the same widths")


def _describe_wrong(seen: SeenBundle, small: Sequence[int], odd: Sequence[int], among: set[int]) -> str:
    said = []
    if pages := [number for number in small if number in among]:
        sizes = sorted({_commonest_size(seen.pages[number]) for number in pages})
        points = f"{sizes[0]:g}" if len(sizes) == 1 else f"{sizes[0]:g} to {sizes[-1]:g}"
        said.append(f"mostly {points} point on {seen.name_pages(pages)}")
    if pages := [number for number in odd if number in among]:
        said.append(f"another typeface on {seen.name_pages(pages)}")
    return "; ".join(said)


def _commonest_size(page: SeenPage) -> float:
    times: dict[float, int] = {}
    for _, size, letters in page.styles:
        times[size] = times.get(size, 0) + letters
    return max(times, key=lambda size: (times[size], size))


def _is_most(page: SeenPage, holds: Callable[[str, float], bool]) -> bool:
    """Whether something holds for more than half of the letters of a page that has enough of them."""
    letters = sum(times for _, _, times in page.styles)
    return (
        letters >= _A_FEW_LINES and sum(times for font, size, times in page.styles if holds(font, size)) * 2 > letters
    )


def _plain_name(font: str) -> str:
    """A typeface by its letters alone, without the mark of a subset: ABCDEF+LiberationSans-Bold."""
    return re.sub(r"[^a-z0-9]", "", re.sub(r"^[A-Z]{6}\+", "", font).lower())


def _judge_upright(seen: SeenBundle) -> AuditVerdict:
    ways: dict[int, list[int]] = {90: [], 180: [], 270: []}
    untold = []
    for number, page in enumerate(seen.pages):
        letters = sum(times for _, times in page.turned)
        if letters < _TOO_FEW:
            if page.drawn:
                untold.append(number)
            continue
        turned, times = page.turned[0]
        if turned and times * 2 > letters:
            ways[turned].append(number)
    sideways = ways[90] + ways[270]
    said = [f"upside down: {seen.name_pages(ways[180])}"] if ways[180] else []
    said += [f"read sideways: {seen.name_pages(sideways)}"] if sideways else []
    if said:
        return broken("; ".join(said), ways[180] + sideways)
    if untold:
        return look(f"These pages have no text to tell which way up they are: {seen.name_pages(untold)}", untold)
    return kept(f"The text of {count_of(len(seen.pages), 'page')} reads from left to right")


def _judge_pictures(seen: SeenBundle, most: int) -> AuditVerdict:
    worst = {
        number: max(found)
        for number, page in enumerate(seen.pages)
        if (found := [dpi for dpi, dots in page.pictures if dpi > most * _ROUNDING and dots >= _SMALL_PICTURE])
    }
    if worst:
        return broken(f"Up to {max(worst.values())} dots per inch: {seen.name_pages([*worst])}", worst)
    return kept(f"{count_of(sum(bool(page.pictures) for page in seen.pages), 'page')} with pictures looked at")


def _judge_paper_size(seen: SeenBundle) -> AuditVerdict:
    def differs(page: SeenPage) -> bool:
        sides = sorted((page.width, page.height))
        return any(abs(side - right) > right * _AS_GOOD_AS for side, right in zip(sides, A4, strict=True))

    other = _list_pages(seen, differs)
    if not other:
        return kept("Every page is of A4 size")
    shown = (seen.pages[number] for number in other)
    sizes = sorted({f"{page.width / 72 * 25.4:.0f} by {page.height / 72 * 25.4:.0f} mm" for page in shown})
    listed = ", ".join(sizes[:3]) + (" and others" if len(sizes) > 3 else "")
    return look(f"Not of A4 size: {seen.name_pages(other)} ({listed})", other)


def _judge_opening(seen: SeenBundle, percent: int) -> AuditVerdict:
    if seen.opens == percent:
        return kept(f"It opens at {percent}%")
    if isinstance(seen.opens, int):
        return broken(f"It opens at {seen.opens}%")
    said = {
        "unsaid": broken("The file does not say at which size it opens, so every reader chooses its own"),
        "action": broken("Opening the file starts an action, and does not set a size"),
    }
    return said.get(seen.opens, cannot("How the file opens could not be read"))


def _judge_file_size(subject: AuditedBundle, check: FileSizeCheck) -> AuditVerdict:
    size = subject.seen.size
    said = f"{size / 1_000_000:.1f} MB; {check.channel.replace('-', ' ')} takes {check.megabytes} MB"
    if size <= check.megabytes * 1_000_000:
        return kept(said)
    return look(f"{said}. Filed that way, it must go in parts")
