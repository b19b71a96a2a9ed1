"""The ledger: every page that was ever filed in a case, so that a later bundle cannot move one.

It lies beside the bundle as a small file and holds no title and no name: ids, digests, labels and dates.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.base.errors import CannotReadError, Problem
from generator.bundle.deliver import deliver_bytes
from generator.bundle.fonts import clean_text
from generator.bundle.labels import read_label
from generator.bundle.papers import MAX_ID

VERSION = 1
MAX_SIZE = 10_000_000
_SHA256 = re.compile("[0-9a-f]{64}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_REMEDY = "put back the ledger as it was delivered with the last bundle; nobody should write in it"


@dataclass(frozen=True, slots=True)
class FilingRound:
    """One filing: the first bundle is round 1, each later one that changes something the next. `on` is its day."""

    number: int
    on: dt.date


@dataclass(frozen=True, slots=True)
class FiledPage:
    """A page by its label, with the rounds in which the label was first filed and in which it was withdrawn (or 0)."""

    label: str
    round: int
    withdrawn: int = 0


@dataclass(frozen=True, slots=True)
class FiledPaper:
    """A paper as it was filed. `sha256` is of its source, `replaced` has the rounds in which another took its place."""

    id: str
    title_sha256: str
    section: str
    sha256: str
    pages: tuple[FiledPage, ...]
    replaced: tuple[int, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the pages that it still has."""
        return tuple(page.label for page in self.pages if not page.withdrawn)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything filed so far: rounds by number, papers in the order in which they stand in the bundle."""

    rounds: tuple[FilingRound, ...] = ()
    papers: tuple[FiledPaper, ...] = ()

    def date_of(self, number: int) -> dt.date:
        """The day of a round."""
        return self.rounds[number - 1].on


def digest_title(title: str) -> str:
    """What the ledger remembers of a title: enough to see that it changed."""
    return hashlib.sha256(clean_text(title).encode("utf-8", "surrogatepass")).hexdigest()


def write_ledger(ledger: Ledger, path: Path) -> None:
    """Put the ledger in its place, one line for each paper. The same ledger gives the same bytes.

    To be called when the bundle it belongs to has been delivered. Raises FileBusyError, and the old one stays whole.
    """
    rounds = [_say({"round": one.number, "on": one.on.isoformat()}) for one in ledger.rounds]
    papers = [_say(_list_facts(paper)) for paper in ledger.papers]
    said = f'{{\n "version": {VERSION},\n "rounds": [{_stack(rounds)}],\n "papers": [{_stack(papers)}]\n}}\n'
    deliver_bytes(said.encode("ascii"), path)


def _say(facts: dict[str, Any]) -> str:
    return json.dumps(facts, ensure_ascii=True)


def _stack(lines: Sequence[str]) -> str:
    return "".join(f"{',' if number else ''}\n  {line}" for number, line in enumerate(lines)) + ("\n " if lines else "")


def _list_facts(paper: FiledPaper) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "id": paper.id,
        "title_sha256": paper.title_sha256,
        "section": paper.section,
        "sha256": paper.sha256,
    }
    if paper.replaced:
        facts["replaced"] = list(paper.replaced)
    facts["pages"] = [
        {"label": page.label, "round": page.round} | ({"withdrawn": page.withdrawn} if page.withdrawn else {})
        for page in paper.pages
    ]
    return facts


class _Wrong(Exception):  # noqa: N818 - says what is wrong and where; never leaves this module
    def __init__(self, says: str, where: str = "") -> None:
        super().__init__(says)
        self.says = says
        self.where = where


def read_ledger(path: Path) -> Ledger:
    """The ledger in a file, read strictly: what it does not know, or cannot be true, is refused rather than skipped.

    Raises CannotReadError with the first thing that is wrong and its place. A ledger that is not there is an error too:
    the caller knows whether there must be one.
    """
    try:
        with path.open("rb") as file:
            return _read(file.read(MAX_SIZE + 1))
    except OSError as error:
        found = _Wrong(f"It cannot be opened: {(error.strerror or 'unknown reason').lower()}")
    except (ValueError, RecursionError):
        found = _Wrong("It is not JSON as the program writes it")
    except _Wrong as wrong:
        found = wrong
    problem = Problem("B003", found.says, path=found.where, remedy=_REMEDY)
    raise CannotReadError("The ledger of the pages that were filed cannot be used", [problem])


def _refuse_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Wrong("The same key stands twice in one place")
    return found


def _read(content: bytes) -> Ledger:
    if len(content) > MAX_SIZE:
        raise _Wrong("It is larger than a ledger can be")
    facts = json.loads(content.decode("utf-8"), object_pairs_hook=_refuse_twice)
    _check_keys(facts, {"version", "rounds", "papers"}, set(), "")
    if facts["version"] != VERSION:
        raise _Wrong("It was written by another version of the program", "version")
    rounds = tuple(_read_round(one, f"rounds[{number}]") for number, one in _walk(facts["rounds"], "rounds"))
    papers = tuple(_read_paper(one, f"papers[{number}]") for number, one in _walk(facts["papers"], "papers"))
    ledger = Ledger(rounds, papers)
    for wrong in _find_contradictions(ledger):
        raise wrong
    return ledger


def _read_round(facts: Any, where: str) -> FilingRound:
    _check_keys(facts, {"round", "on"}, set(), where)
    day = _read_text(facts["on"], where)
    try:
        # More ways of writing a date are ISO than the one that is written here.
        on = dt.date.fromisoformat(day) if _DAY.fullmatch(day) else None
    except ValueError:
        on = None
    if on is None:
        raise _Wrong("The day of a round is not a date", where)
    return FilingRound(_read_number(facts["round"], where), on)


def _read_paper(facts: Any, where: str) -> FiledPaper:
    _check_keys(facts, {"id", "title_sha256", "section", "sha256", "pages"}, {"replaced"}, where)
    identity, section = _read_text(facts["id"], where), _read_text(facts["section"], where)
    if not 0 < len(identity) <= MAX_ID or not re.fullmatch("[A-Z]", section):
        raise _Wrong("A paper has no id, or its section is not one capital letter", where)
    title, source = _read_text(facts["title_sha256"], where), _read_text(facts["sha256"], where)
    if not _SHA256.fullmatch(title) or not _SHA256.fullmatch(source):
        raise _Wrong("A digest of a paper is not a SHA-256", where)
    pages = tuple(
        _read_page(one, section, f"{where}.pages[{number}]") for number, one in _walk(facts["pages"], f"{where}.pages")
    )
    replaced = facts.get("replaced", [])
    return FiledPaper(
        identity,
        title,
        section,
        source,
        pages,
        tuple(_read_number(one, where) for _, one in _walk(replaced, f"{where}.replaced")),
    )


def _read_page(facts: Any, section: str, where: str) -> FiledPage:
    _check_keys(facts, {"label", "round"}, {"withdrawn"}, where)
    label = _read_text(facts["label"], where)
    try:
        letter, _ = read_label(label)
    except ValueError as error:
        raise _Wrong(f"A label {error}", where) from None
    if letter != section:
        raise _Wrong("A label belongs to another section than its paper", where)
    withdrawn = _read_number(facts["withdrawn"], where) if "withdrawn" in facts else 0
    return FiledPage(label, _read_number(facts["round"], where), withdrawn)


def _check_keys(facts: Any, needed: set[str], possible: set[str], where: str) -> None:
    if not isinstance(facts, dict):
        raise _Wrong("There must be a group of keys here", where)
    if not needed <= set(facts) <= needed | possible:
        raise _Wrong("A key is missing here, or is not one that a ledger knows", where)


def _walk(facts: Any, where: str) -> Iterator[tuple[int, Any]]:
    if not isinstance(facts, list):
        raise _Wrong("There must be a list here", where)
    return enumerate(facts)


def _read_text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise _Wrong("There must be text here", where)
    return value


def _read_number(value: Any, where: str) -> int:
    # True is a number to Python.
    if type(value) is not int or value < 1:
        raise _Wrong("There must be the number of a round here", where)
    return value


def _find_contradictions(ledger: Ledger) -> Iterator[_Wrong]:
    """What no bundle could have written: a round that is not there, a paper or page twice, pages out of order."""
    if [one.number for one in ledger.rounds] != list(range(1, len(ledger.rounds) + 1)):
        yield _Wrong("The rounds are not numbered one after the other", "rounds")
    if len({paper.id for paper in ledger.papers}) != len(ledger.papers):
        yield _Wrong("The same paper is there twice", "papers")
    last: dict[str, tuple[int, ...]] = {}
    for number, paper in enumerate(ledger.papers):
        where = f"papers[{number}]"
        if not paper.pages:
            yield _Wrong("A paper has no pages", where)
        for page in paper.pages:
            key = read_label(page.label)[1]
            if key <= last.get(paper.section, ()):
                yield _Wrong(f"Page {page.label} is there twice, or not in its order", where)
            last[paper.section] = key
        named = {page.round for page in paper.pages} | {page.withdrawn for page in paper.pages} | {*paper.replaced}
        if max(named, default=0) > len(ledger.rounds):
            yield _Wrong("A page was filed in a round that is not there", where)
