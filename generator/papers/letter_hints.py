"""Hints on the texts of a case file that parents will read, each text once, with its place."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from generator.base import resources
from generator.base.errors import Level, Problem
from generator.base.yaml.paths import Path_, say_path
from generator.case.load import LoadedCase
from generator.disclosure.facts import CaseFact
from generator.disclosure.lens import Audience
from generator.papers.card import PlannedDocument
from generator.papers.plain_words import PlainWords, Term, find_hints, read_plain_words
from generator.papers.shown_words import list_words

_TAG = re.compile(r"\{\{(?P<prints>.*?)\}\}|\{%.*?%\}", re.DOTALL)
_LOOP = re.compile(r"\{%\w* *for (?P<name>\w+) in (?P<over>[\w.]+)")
_CHAIN = re.compile(r"(?<![\w.\"'])[a-z_]\w*(?:\.\w+)+")
_Chain = tuple[str, ...]
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
        if paper.audience == Audience.PARENT.value:
            template = _read_template(paper.template.word, words)
            for place, said in {*_list_answers(paper), *_list_printed(paper.facts, template)}:
                for fact in by_words.get(said, ()):
                    if place in (_place_in_model(fact), fact.field):
                        before = reached.get(fact.path, (said, template.explains))[1]
                        reached[fact.path] = (said, before & template.explains)
    names = frozenset(
        word
        for one in texts
        if one.field in _NAMES and one.model != "Evidence"
        for word in re.findall(r"[A-Z&]{2,}", one.value)
    )
    found = [
        Problem(hint.code, hint.says, loaded.source.place(path), say_path(path), hint.remedy, Level.COULD)
        for path, (text, explained) in reached.items()
        for hint in find_hints(text, words, names, explained)
    ]
    return tuple(sorted(found, key=_place_of))


def _place_of(problem: Problem) -> tuple[int, int, str]:
    place = problem.place
    return (place.line, place.column, problem.code) if place else (0, 0, problem.code)


@dataclass(frozen=True, slots=True)
class _Template:
    """What a template prints by itself, as chains such as authority.complaints; its loops; the terms it explains."""

    chains: frozenset[_Chain]
    loops: Mapping[str, _Chain]
    explains: frozenset[Term]


@cache
def _read_template(word: Path, words: PlainWords) -> _Template:
    with zipfile.ZipFile(word) as package:
        xml = package.read("word/document.xml").decode()
    text = html.unescape(re.sub(r"<[^>]*>", "", xml.replace("</w:p>", "\n")))
    chains = (found[0] for tag in _TAG.finditer(text) for found in _CHAIN.finditer(tag["prints"] or ""))
    loops = {found["name"]: tuple(found["over"].split(".")) for found in _LOOP.finditer(text)}
    return _Template(
        frozenset(tuple(chain.split(".")) for chain in chains), loops, words.find_explained(_TAG.sub("", text))
    )


def _place_in_model(fact: CaseFact) -> str:
    return ".".join(step for step in fact.path if isinstance(step, str))


def _list_answers(paper: PlannedDocument) -> Iterator[tuple[str, str]]:
    """The answers that a paper prints, each with the place in the case file where its card says that it is written."""
    places = {question.id: question.write for question in paper.template.card.questions}
    return ((places[question], answer.text) for (question, _), answer in paper.answers.items() if answer.text)


def _list_printed(facts: Mapping[str, Any], template: _Template) -> Iterator[tuple[str, str]]:
    """The texts that a template prints by itself, each with the name of its field."""
    for chain in template.chains:
        for value in _follow(chain, facts, template.loops):
            yield from ((chain[-1], said) for said in list_words(value))


def _follow(chain: _Chain, facts: Mapping[str, Any], loops: Mapping[str, _Chain]) -> list[Any]:
    """What a chain stands for: one value, or that of each entry of the list over which its first name goes."""
    name, *steps = chain
    if name in loops:
        outside = {other: over for other, over in loops.items() if other != name}
        lists = _follow(loops[name], facts, outside)
        values = [entry for one in lists if isinstance(one, list | tuple) for entry in one]
    else:
        values = [facts.get(name)]
    for step in steps:
        values = [value.get(step) for value in values if isinstance(value, Mapping)]
    return values
