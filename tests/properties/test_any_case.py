"""Any case that may be written gives its papers: whole Word files with every text as it was typed, and no error."""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, event, given, settings
from lxml import etree

from casemaker import CODE_LIKE, Recipe, recipes, settle
from generator.case.example import write_example
from generator.case.family import Case
from generator.case.load import read_case_text
from generator.papers.card import PaperTemplate, PlannedDocument, load_templates
from generator.papers.plan import plan_documents
from generator.rules.judging.judge import Compliance
from places import TEMPLATES

STRICT = etree.XMLParser(recover=False, resolve_entities=False, huge_tree=True)
TAG = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
EXAMPLES = settings.default.max_examples if settings.default else 100
WHOLE = settings(
    max_examples=max(EXAMPLES // 4, 1),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
"""Cases are not made smaller when one fails, which would take minutes; `--hypothesis-profile=long` makes many more."""

Judge = Callable[[Case], Compliance]
Render = Callable[[PlannedDocument, Path], Path]


@cache
def shipped() -> dict[str, PaperTemplate]:
    """The shipped templates; as a fixture they would fill the message of a failure."""
    return load_templates([TEMPLATES])


def parts_of(word: Path) -> dict[str, Any]:
    with zipfile.ZipFile(word) as archive:
        return {
            name: etree.fromstring(archive.read(name), parser=STRICT)
            for name in archive.namelist()
            if name.endswith((".xml", ".rels"))
        }


@WHOLE
@given(recipe=recipes())
def test_any_case_gives_all_its_papers(judge: Judge, render: Render, recipe: Recipe) -> None:
    case = settle(recipe.facts())
    found = judge(case)
    for for_bundle in (False, True):
        papers = plan_documents(case, found, shipped(), for_bundle=for_bundle)
        event(f"papers: {len(papers) // 10 * 10} or more")
        assert len({paper.name for paper in papers}) == len(papers)
        with tempfile.TemporaryDirectory() as folder:
            for paper in papers:
                for name, part in parts_of(render(paper, Path(folder))).items():
                    said = "".join(part.itertext())
                    for typed in CODE_LIKE:
                        said = said.replace(typed, "")
                    assert not TAG.search(said), f"{paper.name} {name}"


@settings(max_examples=max(EXAMPLES // 2, 1), deadline=None)
@given(recipe=recipes(is_far=True))
def test_any_case_comes_back_from_its_file(recipe: Recipe) -> None:
    facts = recipe.facts()
    case = settle(facts)
    text = "".join(f"{key}: {write_example(value)}\n" for key, value in facts.items())
    assert read_case_text(text.encode(), "case.yaml") == case
