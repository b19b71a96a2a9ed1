"""Which papers there are, and which of them are meant by the codes that a person gives."""

from __future__ import annotations

from collections.abc import Sequence

from generator.base.english import find_nearest
from generator.base.errors import CannotReadError
from generator.base.resources import NO_OWN_FOLDERS, SearchPath
from generator.papers.card import PaperTemplate, load_templates


def find_templates(search_path: SearchPath = NO_OWN_FOLDERS) -> dict[str, PaperTemplate]:
    """Every paper by its code, from an authority's own folders first, then from those that come with the product."""
    return load_templates([*search_path.template_folders])


def choose_templates(templates: dict[str, PaperTemplate], codes: Sequence[str]) -> dict[str, PaperTemplate]:
    """The templates with the given codes, or all where none is given.

    Raises CannotReadError for a code that no paper has, with the nearest one.
    """
    unknown = [code for code in codes if code not in templates]
    if unknown:
        near = find_nearest(unknown[0], templates)
        hint = f" Did you mean {near}?" if near else f" There are: {', '.join(sorted(templates))}."
        raise CannotReadError(f"There is no paper with the code {unknown[0]}.{hint}")
    # The code of the letters means every parent's letter, in whichever form that parent reads.
    return {
        code: template for code, template in templates.items() if not codes or {code, template.card.form_of} & {*codes}
    }
