"""A finished bundle searched page by page for what the court and the parties must not see."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from generator.base.errors import Problem, UnsafeToDiscloseError
from generator.base.pages import format_range
from generator.bundle.assemble import AssembledBundle
from generator.case.court import Party
from generator.disclosure.file_text.reading import Reading
from generator.disclosure.file_text.worker import read_file
from generator.disclosure.leak_search import LeakFindings, LeakSearch
from generator.disclosure.lens import AS_COURT
from generator.disclosure.search import TextRun
from generator.papers.plan import working_name

_PLACES = 5
"""How many places that could not be read are told."""
_PAGE = re.compile(r"page (\d+)(?: to (\d+))?")


def search_bundle(bundle: AssembledBundle, search: LeakSearch, party: Party | None = None) -> tuple[str, ...]:
    """What to look at in a bundle or in a party's copy: names that may be another person's, pages without words.

    Raises UnsafeToDiscloseError, with the label of each page, where it says what its readers must not see.
    """
    lens = replace(AS_COURT, reader=party.person if party else None)
    if party and not {*search.kept_from(lens)} - {*search.kept_from(AS_COURT)}:
        # The copy has the pages of the court's bundle, and nothing more is kept from this party.
        return ()
    reading = read_file(bundle.path)
    if reading is None or reading.broken:
        # What cannot be read to its end may say anything.
        pages = [_label_of(where, bundle.labels) or where for where in reading.broken] if reading else []
        at = f" ({', '.join(pages[:_PLACES])})" if pages else ""
        raise UnsafeToDiscloseError(
            f"The bundle could not be searched to its end for what its readers must not see{at}, so nothing was "
            "delivered. Build it again; if it happens again, leave out the file whose page this is (in_bundle: no)"
        )
    problems: list[Problem] = []
    warnings: list[str] = []
    papers = {placed.id: placed.paper for placed in bundle.papers}
    owner = {label: placed.id for placed in bundle.papers for label in placed.sheets}
    for key, part in divide_pages(reading, bundle.labels, owner).items():
        paper = papers.get(key)
        theirs = paper is not None and bool(paper.file) and not paper.is_ours
        names = (key, working_name(key), *([paper.file] if paper and theirs else ()))
        verdict = search.judge(part, lens, names, ours=not theirs)
        where = f"{key}: " if key else ""
        problems += [locate(found, where) for found in verdict.problems]
        warnings += list_doubts(verdict, where)
    if problems:
        copy = "The court's bundle" if party is None else f"The copy for a party ({party.capacity.partition(',')[0]})"
        raise UnsafeToDiscloseError(
            f"{copy} would say what its readers must not see, so nothing was delivered", problems
        )
    return (*warnings, *list_unread(reading, bundle.labels, "the bundle"))


def list_doubts(verdict: LeakFindings, where: str) -> Iterator[str]:
    """What the case file allows, and what may be another person's, for somebody to look at."""
    if cleared := dict.fromkeys(find.protected.fact for find in verdict.cleared):
        yield f"{where}it says what disclosure_cleared in the case file allows: {', '.join(cleared)}"
    for find in verdict.look_at:
        yield f"{where}it may say {find.protected.what} ({find.protected.fact}): {find.where}"


def locate(problem: Problem, where: str) -> Problem:
    """A problem that says first in which paper it is."""
    return Problem(problem.code, f"{where}{problem.says}", problem.place, problem.path, problem.remedy)


def divide_pages(reading: Reading, labels: Sequence[str], owner: Mapping[str, str]) -> Mapping[str, Reading]:
    """The reading of each paper, with the labels of its pages; under the empty name what is in no paper.

    `labels` has the label of each page of the file, and `owner` the paper to which a label belongs.
    """
    parts: dict[str, Reading] = {}
    for run in reading.runs:
        groups: dict[str, list[tuple[str, str]]] = {}
        for where, text in run.pieces:
            label, after = _label_of(where, labels), _label_of(where, labels, end=True)
            key = owner.get(label, "") if label else ""
            if after and owner.get(after, "") != key:
                # The end of one paper and the beginning of the next are no sentence, and each was read by itself.
                continue
            groups.setdefault(key, []).append((f"page {label}" if label else where, text))
        for key, pieces in groups.items():
            parts.setdefault(key, Reading()).runs.append(TextRun(tuple(pieces)))
    return parts


def _label_of(where: str, labels: Sequence[str], *, end: bool = False) -> str | None:
    """The label of the page that a place names; with `end`, of the second where it names two that were joined."""
    found = _PAGE.match(where)
    number = found[2 if end else 1] if found else None
    return labels[int(number) - 1] if number and int(number) <= len(labels) else None


def list_unread(reading: Reading, labels: Sequence[str], what: str) -> Iterator[str]:
    """The pages that no search can look at."""
    places = [_label_of(where, labels) or where for where in dict.fromkeys(reading.unread)]
    if places:
        yield (
            "Not searched for what must not be seen, because no words can be read there: "
            f"{', '.join(_shorten(places, labels))}. Look at these pages before you send {what}"
        )


def _shorten(places: Sequence[str], labels: Sequence[str]) -> Iterator[str]:
    """Pages that follow each other as one range: C7 to C9."""
    order = {label: number for number, label in enumerate(labels)}
    start = before = ""
    for place in (*places, ""):
        if before and order.get(place, -1) == order.get(before, -9) + 1:
            before = place
            continue
        if before:
            yield format_range(start, before)
        start = before = place
