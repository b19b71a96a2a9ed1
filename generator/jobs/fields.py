"""The job `templates fields`: what a template may ask for, with the papers that ask for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.base import resources
from generator.base.english import find_nearest
from generator.base.errors import TemplateError
from generator.base.resources import NO_OWN_FOLDERS, SearchPath
from generator.papers.card import PaperTemplate
from generator.papers.catalogue import find_templates
from generator.papers.facts.declare import DeclaredNames
from generator.papers.facts.dictionary import FieldGroup, Uses, list_groups
from generator.papers.facts.rules import list_declared_names
from generator.papers.field_sheet import write_fields
from generator.papers.lint.check import list_uses
from generator.papers.lint.promised import find_procedures
from generator.papers.lint.wordparts import open_word
from generator.rules.procedures.model import Procedure
from generator.rules.rulebook import load_all


def list_fields(paper: str | None, search_path: SearchPath = NO_OWN_FOLDERS) -> tuple[FieldGroup, ...]:
    """The field dictionary: every fact, or those that the paper with this code may use.

    Raises TemplateError where there is no paper with that code.
    """
    templates, procedures = find_templates(search_path), tuple(load_all(search_path))
    if paper is not None and paper not in templates:
        near = find_nearest(paper, templates)
        hint = f": did you mean {near}?" if near else f": it is one of {', '.join(sorted(templates))}"
        raise TemplateError(f"There is no paper {paper}{hint}")
    card = templates[paper].card if paper else None
    known = list_declared_names(find_procedures(card, procedures)) if card else DeclaredNames()
    return list_groups(card, known, _list_uses(templates, procedures))


def _list_uses(templates: Mapping[str, PaperTemplate], procedures: Sequence[Procedure]) -> Uses:
    uses: Uses = {}
    for code, template in templates.items():
        word = open_word(template.word.read_bytes(), template.word.name)
        for asked in list_uses(word, template.card, list_declared_names(find_procedures(template.card, procedures))):
            uses.setdefault(asked, set()).add(code)
    return uses


def write_field_sheet(title: str, groups: Sequence[FieldGroup]) -> bytes:
    """The dictionary as a Word file in the house style."""
    return write_fields(resources.TEMPLATES / "house-style.docx", title, groups)
