"""Every source that a card or the case file cites is in data/sources.yaml, and each says how sure it is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from generator.base.yaml.read import read_yaml
from generator.case.facts import fields_of, model_of
from generator.case.family import Case
from generator.papers.card import load_templates
from places import ROOT

_LOCAL = re.compile(r"local (?:procedure|protocol)|good practice", re.IGNORECASE)


def cited() -> Iterator[str]:
    """Each source that a card or a field of the case file cites."""
    for template in load_templates([ROOT / "templates"]).values():
        for question in template.card.questions:
            yield from question.source.split("; ")
    seen: set[type[BaseModel]] = set()
    waiting: list[type[BaseModel]] = [Case]
    while waiting:
        model = waiting.pop()
        if model in seen:
            continue
        seen.add(model)
        for info in fields_of(model).values():
            extra = info.json_schema_extra
            if isinstance(extra, dict) and extra.get("meets"):
                yield from str(extra["meets"]).split("; ")
            if inner := model_of(info.annotation):
                waiting.append(inner)


SOURCES: list[dict[str, Any]] = read_yaml(ROOT / "data" / "sources.yaml").facts["sources"]


@pytest.mark.parametrize("citation", sorted(set(cited())))
def test_every_citation_has_its_source(citation: str) -> None:
    known = [name for source in SOURCES for name in source["cited_as"]]
    short = re.fullmatch(r"Sch \d+ Pt \d+ item \d+", citation)  # follows a regulation of the same instrument
    local = _LOCAL.match(citation)
    assert short or local or any(citation == name or re.match(rf"{re.escape(name)}[ -]", citation) for name in known)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source["id"])
def test_source_says_how_sure_it_is(source: dict[str, Any]) -> None:
    keys = {"id", "cited_as", "title", "edition", "checked_on", "status", "sure"}
    assert keys <= set(source) <= keys | {"url", "note"}
    assert dt.date.fromisoformat(source["checked_on"])
    assert source["status"] in {"in force", "replaced", "guidance", "case law", "local"}


def test_source_ids_are_used_once() -> None:
    ids = [source["id"] for source in SOURCES]
    assert len(ids) == len(set(ids))
