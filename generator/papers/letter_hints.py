"""Hints on the texts of a case file that parents will read, each text once, with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from generator.base import resources
from generator.base.errors import Level, Problem
from generator.base.yaml.paths import Path_, format_path
from generator.case.load import LoadedCase
from generator.disclosure.facts import CaseFact
from generator.papers.card import PlannedDocument
from generator.papers.lint.asked import Chain, read_asks
from generator.papers.plain_words import PlainWords, Term, find_hints, read_plain_words
from generator.papers.shown_words import list_words

_NOT_ENGLISH = frozenset({"translation"})
_NAMES = frozenset({"given", "family", "known_as", "title", "organisation", "firm", "name", "job_title"})


def find_letter_hints(
    loaded: LoadedCase, planned: Sequence[PlannedDocument], held: Sequence[CaseFact]
) -> tuple[Problem, ...]:
    """What parents may stumble over in the free texts that their letters and summaries print.

    `held` are all facts of the case. A text reaches a parent's paper where it answers a question of its card, or
    where its template prints it by itself. Translations are left alone. In the
    order of the case file; nothing here stops a paper.
    """
    words = read_plain_words(resources.PLAIN_WORDS)
    texts = [one for one in held if isinstance(one.value, str) and one.field not in _NOT_ENGLISH]
    by_words: dict[str, list[CaseFact]] = {}
    for fact in texts:
        by_words.setdefault(fact.value, []).append(fact)
    reached: dict[Path_, tuple[str, frozenset[Term]]] = {}
    for paper in planned:
        if paper.is_for_family:
            template = paper.template
            asks = read_asks(template.word, template.house_style)
            explained = _find_explained(asks.words, words)
            for place, said in {*_list_answers(paper), *_list_printed(paper.facts, asks.printed)}:
                for fact in by_words.get(said, ()):
                    if place in (_place_in_model(fact), fact.field):
                        before = reached.get(fact.path, (said, explained))[1]
                        reached[fact.path] = (said, before & explained)
    names = frozenset(
        word
        for one in texts
        if one.field in _NAMES and one.model != "Evidence"
        for word in re.findall(r"[A-Z&]{2,}", one.value)
    )
    found = [
        Problem(hint.code, hint.says, loaded.source.place(path), format_path(path), hint.remedy, Level.COULD)
        for path, (text, explained) in reached.items()
        for hint in find_hints(text, words, names, explained)
    ]
    return tuple(sorted(found, key=_place_of))


@cache
def _find_explained(text: str, words: PlainWords) -> frozenset[Term]:
    return words.find_explained(text)


def _place_of(problem: Problem) -> tuple[int, int, str]:
    place = problem.place
    return (place.line, place.column, problem.code) if place else (0, 0, problem.code)


def _place_in_model(fact: CaseFact) -> str:
    return ".".join(step for step in fact.path if isinstance(step, str))


def _list_answers(paper: PlannedDocument) -> Iterator[tuple[str, str]]:
    """The answers that a paper prints, each with the place in the case file where its card says that it is written."""
    places = {question.id: question.write for question in paper.template.card.questions}
    return ((places[question], answer.text) for (question, _), answer in paper.answers.items() if answer.text)


def _list_printed(facts: Mapping[str, Any], printed: Iterable[Chain]) -> Iterator[tuple[str, str]]:
    """The texts that a template prints by itself, each with the name of its field."""
    for chain in printed:
        for value in _follow(chain, facts):
            yield from ((chain[-1], said) for said in list_words(value))


def _follow(chain: Chain, facts: Mapping[str, Any]) -> list[Any]:
    """What a chain of names leads to: the values of all entries, where it leads through a list."""
    values: list[Any] = [facts]
    for name in chain:
        values = [value.get(name) for value in values if isinstance(value, Mapping)]
        values = [one for value in values for one in (value if isinstance(value, list | tuple) else [value])]
    return values
