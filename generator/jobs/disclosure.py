"""The job `disclosure`: what one reader may see of a case, and what is kept from them."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.base.dates import speak
from generator.base.errors import Problem
from generator.case.family import Case, Cleared
from generator.case.load import load_case
from generator.case.questions import find_person
from generator.case.words import describe_word
from generator.disclosure.facts import CaseFact
from generator.disclosure.file_text.files import read_bytes
from generator.disclosure.leak_search import LeakSearch
from generator.disclosure.lens import WHY, Lens
from generator.disclosure.readers import find_reader
from generator.jobs.gather_papers import list_index_words
from generator.jobs.run import Run
from generator.papers.card import PlannedDocument
from generator.papers.catalogue import find_templates
from generator.papers.pictures.draw import draw_pictures
from generator.papers.plan import names_of, plan_all_documents
from generator.papers.render.document import render_document
from generator.papers.shown_words import list_words
from generator.rules.rulebook import judge


@dataclass(frozen=True, slots=True)
class SeenFact:
    """A fact that this reader's papers may print, and its words; None where they say what is kept from the reader."""

    fact: str
    words: str | None


@dataclass(frozen=True, slots=True)
class KeptFact:
    """A fact that is kept from this reader, why, and whether finished files are searched for it."""

    fact: str
    why: str
    searched: bool


@dataclass(frozen=True, slots=True)
class ReaderPaper:
    """A paper for this reader, and what in its words is kept from the reader."""

    name: str
    title: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class DisclosureReport:
    """Everything about one reader of one case."""

    who: str
    audience: str
    describes: str
    papers: tuple[ReaderPaper, ...]
    seen: tuple[SeenFact, ...]
    kept: tuple[KeptFact, ...]
    cleared: tuple[Cleared, ...]

    @property
    def is_unsafe(self) -> bool:
        """Whether a paper for this reader says what is kept from them."""
        return any(paper.problems for paper in self.papers)


def report_disclosure(given: Path, who: str, run: Run) -> DisclosureReport:
    """What a reader would see in their papers, what is kept from them, and whether the words of a paper say it.

    Papers for the court are taken as they would stand in its bundle. Raises CannotReadError where there is no such
    reader.
    """
    loaded = load_case(given)
    compliance, templates = judge(loaded, run.on, run.search_path), find_templates(run.search_path)
    lens, search = find_reader(loaded.case, who), LeakSearch(loaded)
    mine = [paper for paper in plan_all_documents(loaded.case, compliance, templates) if _is_for(paper, lens)]
    with tempfile.TemporaryDirectory(prefix="permanence-") as folder:
        papers = tuple(_search_words(paper, search, Path(folder)) for paper in mine)
    if lens.audience.reads_bundle:
        index = search.find_in_words(list_index_words(loaded.case), lens)
        papers = (*papers, ReaderPaper("bundle", "The cover and index of the bundle", index))
    shown = {text for paper in mine for text in list_words(paper.facts)}
    seen = [fact for fact in search.held if _say(fact.value) in shown and _may_be_seen(fact, lens)]
    names = {fact.named for fact in seen}
    searched = {one.fact for one in search.kept_from(lens)}
    kept = [one for fact in search.held if fact.named not in names and (one := _keep(fact, lens, searched))]
    readers = {who, lens.audience.value}
    return DisclosureReport(
        who,
        lens.audience.value,
        _describe(loaded.case, lens),
        papers,
        tuple(_show(fact, search, lens) for fact in seen),
        tuple(kept),
        tuple(one for one in loaded.case.disclosure_cleared if one.reader in readers),
    )


def _is_for(paper: PlannedDocument, lens: Lens) -> bool:
    if lens.is_family:
        return paper.audience == lens.audience.value and paper.reader == lens.reader and not paper.for_bundle
    is_theirs = paper.audience == lens.audience.value
    return is_theirs or paper.for_bundle if lens.audience.reads_bundle else is_theirs and not paper.for_bundle


def _search_words(paper: PlannedDocument, search: LeakSearch, folder: Path) -> ReaderPaper:
    made = render_document(paper, folder, pictures=draw_pictures(paper)).word
    verdict = search.judge(read_bytes(paper.word_name, made.read_bytes()), paper.lens, names_of(paper))
    return ReaderPaper(paper.name, paper.title, verdict.problems)


def _say(value: Any) -> str:
    if isinstance(value, dt.date):
        return str(speak(value))
    return describe_word(value) if isinstance(value, str) and hasattr(value, "value") else str(value)


def _show(fact: CaseFact, search: LeakSearch, lens: Lens) -> SeenFact:
    words = _say(fact.value)
    return SeenFact(fact.named, None if search.says_too_much(words, lens) else words)


def _may_be_seen(fact: CaseFact, lens: Lens) -> bool:
    # A hidden fact may have the same words as one that is seen.
    return not isinstance(fact.value, bool) and not fact.hidden_from(lens)


def _keep(fact: CaseFact, lens: Lens, searched: set[str]) -> KeptFact | None:
    kinds, is_searched = fact.hidden_from(lens), _is_searched(fact, searched)
    if not kinds and not is_searched:
        return None
    why = WHY[kinds[0]] if kinds else "of a family or an address that this reader may not know"
    return KeptFact(fact.named, why, is_searched)


def _is_searched(fact: CaseFact, searched: set[str]) -> bool:
    """Whether files are searched for it, by itself or as part of a name or address."""
    name = fact.named
    while name:
        if name in searched:
            return True
        name = name[: max(name.rfind("."), name.rfind("["), 0)]
    return False


def _describe(case: Case, lens: Lens) -> str:
    person = find_person(case, lens.reader)
    if person is None:
        return f"everybody in the audience {lens.audience.value}"
    ties = [f"{tie.kind.words} of {tie.to}" for tie in person.relationships]
    role = [person.role.words] if person.role else []
    return ", ".join([*role, *ties]) or "no role or relationship is recorded"
