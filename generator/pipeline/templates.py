"""Templates held against what their readers may see, with an invented family that uses every fact."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator import shipped
from generator.case import load_case
from generator.document import HOUSE_STYLE, PaperTemplate, PlannedDocument, load_templates
from generator.errors import CannotReadError, Problem, TemplateError, UnsafeToDiscloseError
from generator.plan import plan_documents

if TYPE_CHECKING:
    from generator.compliance import Compliance


def check_templates(files: Sequence[Path], judged: Sequence[tuple[Path, Compliance]]) -> tuple[Problem, ...]:
    """Every fact that a template asks for and that the reader of its paper may not see.

    Raises CannotReadError or TemplateError where a template or its card cannot be read.
    """
    papers = [file for file in files if file.with_suffix(".docx").name != HOUSE_STYLE]
    return tuple(problem for file in papers for problem in dict.fromkeys(_check(_load(file), judged)))


def _load(file: Path) -> PaperTemplate:
    word = file.with_suffix(".docx")
    if not word.is_file():
        raise CannotReadError(f"There is no template {word}")
    if not file.with_suffix(".yaml").is_file():
        raise TemplateError(f"There is no card beside the template {word.name}: it should be {word.stem}.yaml")
    return load_templates([file.parent, shipped.TEMPLATES])[file.stem]


def _check(template: PaperTemplate, judged: Sequence[tuple[Path, Compliance]]) -> Iterator[Problem]:
    from generator.render import list_sources
    from generator.templatecheck import find_withheld

    sources = tuple(list_sources(template))
    # As its card says, and for every subject of its kind, whether or not the invented families call for the paper.
    anyhow = template.card.model_copy(update={"when": "true", "as_of": "none", "signed_off": "true", "questions": ()})
    for one in (template, dataclasses.replace(template, card=anyhow)):
        for family, compliance in judged:
            case = load_case(family).case
            for for_bundle in (False, True):
                try:
                    planned = plan_documents(case, compliance, {one.card.code: one}, for_bundle=for_bundle)
                except UnsafeToDiscloseError as error:
                    yield Problem("D001", error.summary, path=f"{one.card.code}.yaml", remedy=_REMEDY)
                    continue
                for paper in planned:
                    for asked in find_withheld(sources, paper.facts):
                        yield _explain(asked.part, asked.tag, paper)


_REMEDY = "take it out, or ask for what this reader may see: a carer’s place is taken by neutral words"


def _explain(part: str, tag: str, paper: PlannedDocument) -> Problem:
    reader = paper.lens.audience.value
    says = f"The {part} asks for {tag}, which a reader in the audience {reader} may not see"
    return Problem("D001", says, path=paper.template.word.name, remedy=_REMEDY)


FAMILIES = tuple(shipped.SAMPLES / name for name in ("fullest", "scotland"))
"""The first uses every fact; papers that are for Scotland alone need the second."""
SAMPLE_DAY = dt.date(2026, 11, 22)
"""A day on which the invented families have all their papers: what a template asks for does not depend on the day."""
