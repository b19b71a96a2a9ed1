"""Which of the facts that a paper is given its template can ask for: a change of the others makes no new paper."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from generator.papers.card import PlannedDocument

_MARKUP = re.compile(r"<[^>]*>")
_TAG = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
_NAME = re.compile(r"\w+")
_LIST_BEGINS = re.compile(r"\b(?:in|and|or|not|if|else|is)\s*\[")
_KEY_IN_A_NAME = re.compile(r"[\w\])]\s*\[\s*[^\W\d]|(?:attribute\s*=|(?:select|reject)attr\s*\()\s*[^\W\d]")
"""done[name], map(attribute=name): which fact is asked for depends on other facts."""
_WHOLE_GROUPS = frozenset(
    {"attr", "dictsort", "get", "groupby", "items", "keys", "pprint", "tojson", "values", "xmlattr"}
)
_DRAWN = frozenset({"family_tree", "homes_pictures", "care_timeline"})
"""Pictures: they are drawn from more facts than tags name."""
_BY_THE_PRODUCT = frozenset({"id", "name", "case", "authority", "reference"})
"""Facts that every Word file has in its properties, and by which one person is told from another."""


def select_facts(planned: PlannedDocument) -> Any:
    """The facts of a paper that can change its Word file, by their names; of the others the names alone.

    All of them where the template asks for facts in ways that do not show which.
    """
    template = planned.template
    names = _list_names(template.word, template.house_style, template.digest)
    if names is None or not _DRAWN.isdisjoint(planned.template.card.needs):
        return planned.facts
    return {**_select(planned.facts, names), "cited": planned.facts.get("cited")}


def _select(value: Any, names: frozenset[str]) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _select(held, names) if str(key) in names else None for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [_select(one, names) for one in value]
    return value


@lru_cache(maxsize=256)
def _list_names(word: Path, house_style: Path | None, _digest: str) -> frozenset[str] | None:
    """Every word in a tag of a template or of the house style over it; None where a fact is named by another fact.

    That a word may be text, or the name of another thing, does no harm: it is a fact too many that counts.
    """
    parts: list[str] = []
    try:
        for file in filter(None, (word, house_style)):
            with zipfile.ZipFile(file) as archive:
                inside = [name for name in archive.namelist() if name.endswith(".xml")]
                parts += [archive.read(name).decode("utf-8", "replace") for name in inside]
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError, EOFError, zlib.error):
        # No Word file, as will be told by whoever fills it in.
        return None
    # Word parts a tag into pieces with markup between them, as docxtpl knows.
    tags = [tag for part in parts for tag in _TAG.findall(_MARKUP.sub("", part))]
    names = frozenset(name for tag in tags for name in _NAME.findall(tag))
    if names & _WHOLE_GROUPS or any(_KEY_IN_A_NAME.search(_LIST_BEGINS.sub("(", tag)) for tag in tags):
        return None
    return names | _BY_THE_PRODUCT
