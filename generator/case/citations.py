r"""Citations of evidence in the text of a case file: what is cited, and how it is said in words and in a bundle.

`[[psychologist-report]]` cites the evidence with this id, `[[psychologist-report p 3]]` its page 3, and
`[[psychologist-report p 3-5]]` its pages 3 to 5. Round brackets that hold a citation alone belong to it, so that a
bundle prints [E16] and not ([E16]). A backslash before the brackets, `\[[`, prints them as they stand.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.base.dates import format_date
from generator.base.english import count_of, find_nearest
from generator.base.errors import BundleError, CannotReadError, Level, Problem
from generator.base.yaml.paths import Path_
from generator.case.explain import format_case_path
from generator.case.facts import Facts
from generator.case.family import Case
from generator.case.load import LoadedCase

HOST = "bundle.invalid"
"""The host of links to evidence until the bundle is made: it can never exist (RFC 2606)."""
NEUTRAL = "the evidence"
"""Printed for a reader who may not know which evidence there is."""
MAX_CITED_ID = 40
"""The longest id that may be cited: Word keeps 64 characters of the mark that holds it."""
MAX_ROUNDS = 4

CITATION = (
    r"(?P<opens>\()?\[\[\s*(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)"
    r"(?:(?:\s*,)?\s+(?:[Pp]{1,2}|[Pp]ages?)\.?\s*(?P<first>\d{1,5})(?:\s*(?:[-–]|to)\s*(?P<last>\d{1,5}))?)?"
    r"\s*\]\](?(opens)\))"
)
"""A citation as a regular expression, for modules that look for other marks in the same pass."""
_TOKENS = re.compile(rf"(?P<kept>\\\\)|\\(?P<literal>\[\[)|{CITATION}|(?P<unread>\[\[)")
_ADDRESS = re.compile(
    rf"https://{re.escape(HOST)}/([a-z0-9]+(?:-[a-z0-9]+)*)(?:\?page=([1-9]\d{{0,4}})(?:-([1-9]\d{{0,4}}))?)?#([1-9]\d*)"
)
_TAG = re.compile(r"cite ([a-z0-9]+(?:-[a-z0-9]+)*)(?: (\d{1,5})-(\d{1,5}))?( alone)?")


@dataclass(frozen=True, slots=True)
class Citation:
    """Evidence that a text points to, with pages counted from 1 in the file; without pages, the whole file.

    `alone` is true where it stood alone in round brackets; `written` is the text of the citation.
    """

    id: str
    first: int | None = None
    last: int | None = None
    alone: bool = False
    written: str = field(default="", compare=False)

    @property
    def is_possible(self) -> bool:
        """Whether its pages can be pages at all: from 1, and the first before the last."""
        return self.first is None or 1 <= self.first <= (self.last or self.first)

    @property
    def tag(self) -> str:
        """The mark that says in a Word file what a piece of text cites."""
        pages = "" if self.first is None else f" {self.first}-{self.last}"
        return f"cite {self.id}{pages}{' alone' if self.alone else ''}"


@dataclass(frozen=True, slots=True)
class FoundCitation:
    """A citation and its place in the case file. `cites` is None where it cannot be read."""

    path: Path_
    cites: Citation | None


def as_citation(found: re.Match[str]) -> Citation | None:
    """Return what a match of `CITATION` cites; None where its pages are impossible."""
    first = int(found["first"]) if found["first"] else None
    last = int(found["last"]) if found["last"] else first
    cited = Citation(found["id"], first, last, bool(found["opens"]), found[0])
    return cited if cited.is_possible else None


def split_text(text: str) -> Iterator[str | Citation]:
    r"""Yield the words of a text and the citations between them, in order; `\[[` becomes plain brackets."""
    at = 0
    for found in _TOKENS.finditer(text):
        cited = as_citation(found) if found["id"] else None
        if cited or found["literal"]:
            if words := text[at : found.start()]:
                yield words
            yield cited or found["literal"]
            at = found.end()
    if words := text[at:]:
        yield words


def find_citations(case: Case) -> Iterator[FoundCitation]:
    """Yield every citation in every text of a case, and every pair of brackets that cannot be read as one."""
    for path, text in _list_texts(case, ()):
        for found in _TOKENS.finditer(text):
            if found["id"] or found["unread"]:
                yield FoundCitation(path, as_citation(found) if found["id"] else None)


def _list_texts(value: object, steps: tuple[int | tuple[type[Facts], str], ...]) -> Iterator[tuple[Path_, str]]:
    """Yield every text with brackets in it. It runs for every reader, so only these get a path."""
    if isinstance(value, str):
        if "[[" in value:
            yield tuple(_name_key(*step) if isinstance(step, tuple) else step for step in steps), value
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _list_texts(item, (*steps, number))
    elif isinstance(value, Facts):
        for name, held in vars(value).items():
            if isinstance(held, (str, tuple, Facts)):
                yield from _list_texts(held, (*steps, (type(value), name)))


def _name_key(model: type[Facts], name: str) -> str:
    return model.model_fields[name].alias or name


def list_cited(case: Case) -> frozenset[str]:
    """The ids of all evidence that any text of the case cites."""
    return frozenset(found.cites.id for found in find_citations(case) if found.cites)


def find_broken_citations(
    loaded: LoadedCase, page_counts: Mapping[str, int] | None = None, unusable: Collection[str] = ()
) -> tuple[Problem, ...]:
    """Return the citations that lead nowhere, with their places: each mistake once for each text.

    `page_counts` are the known page counts of files, by the id of the evidence. `unusable` are the ids of files that
    could not be used: the one page in their place may be cited, their own pages may not. Problems of level `must` stop
    a paper; a file that is cited but not in the bundle is a problem of level `should`.
    """
    known: dict[str, Path_] = {
        item.id: ("evidence", number, "id") for number, item in enumerate(loaded.case.evidence) if item.id
    }
    left_out = {item.id for item in loaded.case.evidence if not item.in_bundle}
    counts = page_counts or {}
    problems: dict[Problem, None] = {}
    for found in find_citations(loaded.case):
        place, path = loaded.source.place(found.path), format_case_path(found.path)
        cited = found.cites
        if cited is None:
            says = "A citation cannot be read here: after [[ comes the id of an evidence entry, then p and its page"
            remedy = r"write it as [[psychologist-report p 3]], or write \[[ where two brackets are meant"
            problem = Problem("C003", says, place, path, remedy)
        elif cited.id not in known:
            near = find_nearest(cited.id, known)
            remedy = "use an id that stands under evidence, or give the entry there this id"
            if near:
                remedy = f"the nearest id stands on line {loaded.source.place(known[near]).line}"
            problem = Problem("C005", "There is no evidence with the id that is cited here", place, path, remedy)
        elif len(cited.id) > MAX_CITED_ID:
            says = f"The id of the evidence cited here is longer than {MAX_CITED_ID} characters"
            problem = Problem("C003", says, place, path, "give that evidence a shorter id")
        elif cited.last is not None and cited.id in unusable:
            says = "The file cited here could not be used, so it has no pages to cite"
            remedy = "mend the file (permanence bundle says what is wrong with it), or cite it without a page"
            problem = Problem("C005", says, place, path, remedy)
        elif cited.last is not None and cited.last > counts.get(cited.id, cited.last):
            pages = counts[cited.id]
            says = f"The file cited here has {count_of(pages, 'page')}, so there is no page {cited.last}"
            remedy = "count the pages of the file from 1, whatever is printed on them"
            problem = Problem("C005", says, place, path, remedy)
        elif cited.id in left_out:
            says = "The evidence cited here is not in the bundle, so its title is printed and no page"
            remedy = "put it into the bundle with in_bundle: yes, if the court should read it"
            problem = Problem("C005", says, place, path, remedy, Level.SHOULD)
        else:
            continue
        problems[problem] = None
    return tuple(problems)


def describe_citation(citation: Citation, title: str, dated: dt.date | None) -> str:
    """Return a citation in words: Psychological assessment of Leanne Hale, 18 September 2026, page 3."""
    words = [title]
    if dated:
        words.append(format_date(dated))
    if citation.first is not None:
        one = citation.first == citation.last
        words.append(f"page {citation.first}" if one else f"pages {citation.first} to {citation.last}")
    said = ", ".join(words)
    return f"({said})" if citation.alone else said


def describe_neutrally(citation: Citation) -> str:
    """Return the words for a citation to a reader who may not know which evidence there is."""
    return f"({NEUTRAL})" if citation.alone else NEUTRAL


def format_label(citation: Citation, labels: Sequence[str]) -> str:
    """Return a citation as pages of the bundle, [E14] or [E14 to E16]. `labels` are those of the file's pages.

    Raises IndexError for a page that the file does not have.
    """
    first, last = labels[(citation.first or 1) - 1], labels[(citation.last or len(labels)) - 1]
    return f"[{first}]" if first == last else f"[{first} to {last}]"


def write_address(citation: Citation, number: int) -> str:
    """Return the address of a citation's link until the bundle is made. `number` counts a paper's citations from 1.

    For example https://bundle.invalid/psychologist-report?page=3-5#7.
    """
    pages = ""
    if citation.first is not None:
        pages = f"?page={citation.first}" + (f"-{citation.last}" if citation.last != citation.first else "")
    return f"https://{HOST}/{citation.id}{pages}#{number}"


def read_address(address: str) -> tuple[Citation, int] | None:
    """Return what a link cites, and its number in the paper; None for a link to anywhere else."""
    found = _ADDRESS.fullmatch(address)
    if not found:
        return None
    first = int(found[2]) if found[2] else None
    last = int(found[3]) if found[3] else first
    cited = Citation(found[1], first, last)
    return (cited, int(found[4])) if cited.is_possible else None


def read_tag(tag: str) -> Citation | None:
    """Return what a mark in a Word file cites; None for a mark of another kind."""
    found = _TAG.fullmatch(tag)
    if not found:
        return None
    first, last = (int(found[2]), int(found[3])) if found[2] else (None, None)
    cited = Citation(found[1], first, last, alone=bool(found[4]))
    return cited if cited.is_possible else None


Labels = Mapping[str, Sequence[str]]
"""The labels of the pages of each evidence file, by the id of the evidence."""


def settle_citations(
    render_and_count: Callable[[Labels], Mapping[str, int]],
    number: Callable[[Mapping[str, int]], Labels],
    counts: Mapping[str, int],
) -> Labels:
    """Render the papers until the page labels that they cite are the labels that result, and return these labels.

    A label may be wider than the words that it replaces and push a line to a new page, which moves the pages behind it.
    So `render_and_count` makes the papers with given labels and returns how many pages each has, by the paper's code or
    name, and `number` returns the labels that result. `counts` are the page counts with the citations in words; the
    first labels come from them. What was rendered last holds the labels that are returned.

    Raises BundleError (B001), which names the papers that go on changing, after 4 rounds.
    """
    labels = number(counts)
    for _ in range(MAX_ROUNDS):
        before, counts = counts, render_and_count(labels)
        settled = number(counts)
        if all([*settled[key]] == [*labels.get(key, ())] for key in settled):
            return labels
        labels = settled
    restless = sorted(name for name in counts if counts[name] != before.get(name)) or sorted(counts)
    problem = Problem(
        "B001",
        f"The number of pages changes with the page numbers that it cites: {', '.join(restless)}",
        remedy="add or take away a sentence, so that its last page is neither full nor nearly empty",
    )
    raise BundleError("The page numbers in the papers do not settle", (problem,))


def refuse_broken_citations(
    loaded: LoadedCase, page_counts: Mapping[str, int] | None = None, unusable: Collection[str] = ()
) -> tuple[str, ...]:
    """Warnings about citations. Raises CannotReadError where one leads nowhere, with its place.

    `page_counts` are those of the files by the id of their evidence, as far as known; `unusable` the ids of files that
    have a page in their place.
    """
    found = find_broken_citations(loaded, page_counts, unusable)
    broken = [one for one in found if one.level is Level.MUST]
    if broken:
        raise CannotReadError("The text cites evidence that is not there", broken)
    return tuple(f"{one.path}: {one.says}" for one in found)
