"""Which of the facts that a paper is given its template can ask for: a change of the others makes no new paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.papers.card import PlannedDocument
from generator.papers.lint.asked import read_asks

_DRAWN = frozenset({"family_tree", "homes_pictures", "care_timeline"})
"""Pictures: they are drawn from more facts than tags name."""
_BY_THE_PRODUCT = frozenset({"id", "name", "case", "authority", "reference"})
"""Facts that every Word file has in its properties, and those that tell one person from another."""


def select_facts(planned: PlannedDocument) -> Any:
    """The facts of a paper that can change its Word file, by their names; of the others the names alone.

    All of them where the template asks for facts in ways that do not show which.
    """
    template = planned.template
    names = read_asks(template.word, template.house_style).names
    if names is None or not _DRAWN.isdisjoint(planned.template.card.needs):
        return planned.facts
    return {**_select(planned.facts, names | _BY_THE_PRODUCT), "cited": planned.facts.get("cited")}


def _select(value: Any, names: frozenset[str]) -> Any:
    if isinstance(value, Mapping):
        # Facts are worked out when they are asked for: those that do not count are never.
        return {str(key): _select(value[key], names) if str(key) in names else None for key in value}
    if isinstance(value, list | tuple):
        return [_select(one, names) for one in value]
    return value
