"""Where templates and procedures are looked for: an authority's own folders, then what comes with the product."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.base import resources
from generator.base.errors import CannotReadError
from generator.papers.card import PaperTemplate, load_templates


@dataclass(frozen=True, slots=True)
class Shelves:
    """An authority's own folders, looked in before what comes with the product."""

    templates: tuple[Path, ...] = ()
    procedures: tuple[Path, ...] = ()


NO_SHELVES = Shelves()


def find_templates(shelves: Shelves = NO_SHELVES) -> dict[str, PaperTemplate]:
    """Every paper there is: an authority's own folders first, then those that come with the product."""
    return load_templates([*shelves.templates, resources.TEMPLATES])


def choose_templates(templates: dict[str, PaperTemplate], codes: Sequence[str]) -> dict[str, PaperTemplate]:
    """Those with the given codes, or all. Raises CannotReadError for a code that no paper has, with the nearest one."""
    unknown = [code for code in codes if code not in templates]
    if unknown:
        near = difflib.get_close_matches(unknown[0], templates, 1)
        hint = f" Did you mean {near[0]}?" if near else f" There are: {', '.join(sorted(templates))}."
        raise CannotReadError(f"There is no paper with the code {unknown[0]}.{hint}")
    # Who asks for the letters means every parent's, in whichever form that parent reads.
    return {
        code: template for code, template in templates.items() if not codes or {code, template.card.form_of} & {*codes}
    }
