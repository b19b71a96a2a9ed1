"""The field dictionary: every fact once, under its group, for people who write templates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.case.audience import Audience
from generator.case.facts import Disclosure
from generator.papers.card import PLANS_OF_UNITS, Card
from generator.papers.facts.declare import DeclaredNames
from generator.papers.facts.paper import PaperCopy, describe_paper, describe_subject, list_copies_of, on_paper
from generator.papers.facts.types import FactType, GroupType, HiddenType, LeftOutType, ListType, TypedFact

_NEEDS = ("compliance", "happened")


@dataclass(frozen=True, slots=True)
class FieldEntry:
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
class FieldGroup:
    """A group of facts: what a template calls it, and its facts in alphabetical order."""

    name: str
    reached_by: str
    entries: tuple[FieldEntry, ...] = field(default=())


Uses = dict[tuple[str, str], set[str]]
"""The codes of papers that ask for a fact, by the fact's group and name."""


def list_groups(card: Card | None, names: DeclaredNames, uses: Uses) -> tuple[FieldGroup, ...]:
    """Every group of facts: of all papers, or of the paper with this card alone, as far as its readers may see it."""
    seen: dict[str, dict[str, TypedFact]] = {}
    reached: dict[str, str] = {}
    readers: dict[tuple[str, str], dict[Audience, None]] = {}
    for audience in Audience:
        for root in _describe_for(card, audience, names):
            for path, record in _walk(root):
                reached.setdefault(record.name, path)
                for name, fact in record.facts.items():
                    if isinstance(fact.kind, HiddenType | LeftOutType):
                        continue
                    seen.setdefault(record.name, {}).setdefault(name, fact)
                    readers.setdefault((record.name, name), {})[audience] = None
    shown = {*_list_usable(card, names)} if card else None
    return tuple(
        FieldGroup(name, reached[name], entries)
        for name, facts in seen.items()
        if (
            entries := tuple(
                _enter(name, fact, readers[name, key], uses)
                for key, fact in sorted(facts.items())
                if shown is None or (name, key) in shown
            )
        )
    )


def _describe_for(card: Card | None, audience: Audience, names: DeclaredNames) -> Iterator[GroupType]:
    """What papers see through the eyes of one audience."""
    if card is not None:
        parents = "parent" in card.for_each
        yield describe_paper(card, PaperCopy(audience, is_parents=parents), names)
        return
    for units in PLANS_OF_UNITS:
        copy = PaperCopy(audience, is_parents="parent" in units)
        any_card = Card(code="code", title="", for_each=units, audience=audience.value)
        yield on_paper(describe_subject(units, _NEEDS, copy, names), any_card, copy)


def _list_usable(card: Card, names: DeclaredNames) -> Iterator[tuple[str, str]]:
    """The facts that a paper's own readers may see."""
    for copy in list_copies_of(card):
        for _, record in _walk(describe_paper(card, copy, names)):
            usable = (name for name, one in record.facts.items() if not isinstance(one.kind, HiddenType | LeftOutType))
            yield from ((record.name, name) for name in usable)


def _walk(root: GroupType) -> Iterator[tuple[str, GroupType]]:
    """Every group with the words by which a template reaches it, the shortest first."""
    waiting: list[tuple[str, GroupType]] = [("", root)]
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
            if isinstance(inner, GroupType):
                waiting.append((said, inner))


def _step(fact: TypedFact, path: str) -> tuple[FactType, str]:
    said = f"{path}.{fact.name or 'NAME'}" if path else fact.name
    return (fact.kind.of, f"each of {said}") if isinstance(fact.kind, ListType) else (fact.kind, said)


def _enter(group: str, fact: TypedFact, readers: dict[Audience, None], uses: Uses) -> FieldEntry:
    own = fact.seen_as is Disclosure.PERSON and any(one.is_family for one in readers)
    return FieldEntry(
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
