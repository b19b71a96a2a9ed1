"""The vocabulary as a dictionary: every fact once, under its group, for people who write templates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.disclosure.lens import Audience
from generator.papers.card import PLANS_OF_UNITS, Card
from generator.papers.vocabulary.kinds import Fact, Hidden, Kind, ListOf, Nothing, Record
from generator.papers.vocabulary.rules import Known
from generator.papers.vocabulary.subject import Sight, describe_paper, describe_subject, list_sights, on_paper

_NEEDS = ("compliance", "happened")


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact of a group. `source` is its place in the case file, empty for what is worked out.

    `readers` are the audiences who may see it; `own` where a parent sees only what is kept about themselves. `papers`
    are the codes of papers whose template or card asks for it.
    """

    name: str
    kind: str
    label: str
    example: str
    optional: bool
    meets: str
    source: str
    readers: tuple[str, ...]
    own: bool = False
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A group of facts: what a template calls it, and its facts in alphabetical order."""

    name: str
    reached_by: str
    entries: tuple[Entry, ...] = field(default=())


Uses = dict[tuple[str, str], set[str]]
"""The codes of papers that ask for a fact, by the fact's group and name."""


def list_groups(card: Card | None, known: Known, uses: Uses) -> tuple[Group, ...]:
    """Every group of facts: of all papers, or of the paper with this card alone, as far as its readers may see it."""
    seen: dict[str, dict[str, Fact]] = {}
    reached: dict[str, str] = {}
    readers: dict[tuple[str, str], dict[Audience, None]] = {}
    for audience in Audience:
        for root in _describe_for(card, audience, known):
            for path, record in _walk(root):
                reached.setdefault(record.name, path)
                for name, fact in record.facts.items():
                    if isinstance(fact.kind, Hidden | Nothing):
                        continue
                    seen.setdefault(record.name, {}).setdefault(name, fact)
                    readers.setdefault((record.name, name), {})[audience] = None
    shown = {*_list_usable(card, known)} if card else None
    return tuple(
        Group(name, reached[name], entries)
        for name, facts in seen.items()
        if (
            entries := tuple(
                _enter(name, fact, readers[name, key], uses)
                for key, fact in sorted(facts.items())
                if shown is None or (name, key) in shown
            )
        )
    )


def _describe_for(card: Card | None, audience: Audience, known: Known) -> Iterator[Record]:
    """What papers see through the eyes of one audience."""
    if card is not None:
        parents = "parent" in card.for_each
        yield describe_paper(card, Sight(audience, is_parents=parents), known)
        return
    for units in PLANS_OF_UNITS:
        sight = Sight(audience, is_parents="parent" in units)
        any_card = Card(code="code", title="", for_each=units, audience=audience.value)
        yield on_paper(describe_subject(units, _NEEDS, sight, known), any_card, sight)


def _list_usable(card: Card, known: Known) -> Iterator[tuple[str, str]]:
    """The facts that a paper's own readers may see."""
    for sight in list_sights(card):
        for _, record in _walk(describe_paper(card, sight, known)):
            usable = (name for name, one in record.facts.items() if not isinstance(one.kind, Hidden | Nothing))
            yield from ((record.name, name) for name in usable)


def _walk(root: Record) -> Iterator[tuple[str, Record]]:
    """Every group with the words by which a template reaches it, the shortest first."""
    waiting: list[tuple[str, Record]] = [("", root)]
    told: set[int] = set()
    while waiting:
        path, record = waiting.pop(0)
        if id(record) in told:
            continue
        told.add(id(record))
        yield path, record
        facts = [*record.facts.values(), *([record.each] if record.each else [])]
        for fact in facts:
            inner, said = _step(fact, path)
            if isinstance(inner, Record):
                waiting.append((said, inner))


def _step(fact: Fact, path: str) -> tuple[Kind, str]:
    said = f"{path}.{fact.name or 'NAME'}" if path else fact.name
    return (fact.kind.of, f"each of {said}") if isinstance(fact.kind, ListOf) else (fact.kind, said)


def _enter(group: str, fact: Fact, readers: dict[Audience, None], uses: Uses) -> Entry:
    own = Audience.PARENT in readers and fact.seen_as is not None and fact.seen_as.value == "person"
    return Entry(
        fact.name,
        fact.kind.says,
        fact.label,
        fact.example,
        fact.optional or fact.lacking,
        fact.meets,
        fact.source,
        tuple(one.value for one in readers),
        own,
        tuple(sorted(uses.get((group, fact.name), ()))),
    )
