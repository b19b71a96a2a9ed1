"""For people who write templates: a copy to begin with, everything that is wrong, every fact that can be printed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from generator.base.errors import CannotReadError, ExitCode, PermanenceError
from generator.base.resources import NO_OWN_FOLDERS, SearchPath
from generator.case.load import load_case
from generator.jobs.fields import list_fields as list_all_fields
from generator.jobs.fields import write_field_sheet
from generator.jobs.templates import FAMILIES, SAMPLE_DAY, TemplateCheck, annotate_template, mend_template
from generator.jobs.templates import check_templates as check_all_of
from generator.papers.card import HOUSE_STYLE, PaperTemplate
from generator.papers.catalogue import choose_templates, find_templates
from generator.rules.judging.judge import Compliance
from generator.rules.rulebook import judge, load_all

if TYPE_CHECKING:
    from generator.papers.facts.dictionary import FieldGroup

__all__ = [
    "TemplateCheck",
    "annotate_template",
    "check_templates",
    "list_fields",
    "mend_template",
    "start_paper",
    "write_field_sheet",
]

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def start_paper(code: str, own_code: str, folder: Path, search_path: SearchPath = NO_OWN_FOLDERS) -> tuple[Path, Path]:
    """Copy a paper's card and Word template into a folder, under a code; returns the two files, the template first.

    Raises CannotReadError for a code that no paper has, or may have, or that the folder has already, and
    PermanenceError where the folder cannot be written; nothing is left behind then.
    """
    templates = find_templates(search_path)
    if own_code != code and own_code in templates:
        raise CannotReadError(f"There is a paper with the code {own_code} already. For one beside it: another code")
    return _copy_paper(choose_templates(templates, [code])[code], own_code, folder)


def _copy_paper(template: PaperTemplate, code: str, folder: Path) -> tuple[Path, Path]:
    if code == Path(HOUSE_STYLE).stem:
        raise CannotReadError(f"{code} is the code of the house style, which is laid over all papers. Use another")
    if not _CODE.fullmatch(code):
        raise CannotReadError(f"{code} cannot be the code of a paper. Use small letters, figures and single hyphens")
    word, card = folder / f"{code}.docx", folder / f"{code}.yaml"
    there = [file.name for file in (word, card) if file.exists() or file.is_symlink()]
    if there:
        raise CannotReadError(
            f"{folder} has {' and '.join(there)} already. It was left as it is. For a second paper: --as another-code"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(template.word, word)
        shutil.copyfile(template.word.with_suffix(".yaml"), card)
    except OSError as error:
        for file in (word, card):
            file.unlink(missing_ok=True)
        reason = (error.strerror or "unknown reason").lower()
        raise PermanenceError(f"Nothing can be written to {folder}: {reason}", (), ExitCode.FILE_BUSY) from None
    return word, card


def check_templates(files: Sequence[Path], search_path: SearchPath = NO_OWN_FOLDERS) -> tuple[TemplateCheck, ...]:
    """Everything that is wrong with each template, told before any paper is made, and after a trial with samples."""

    @cache
    def judge_samples() -> tuple[tuple[Path, Compliance], ...]:
        return tuple((family, judge(load_case(family), SAMPLE_DAY, search_path)) for family in FAMILIES)

    return check_all_of(files, tuple(load_all(search_path)), judge_samples)


def list_fields(paper: str | None, search_path: SearchPath = NO_OWN_FOLDERS) -> tuple[FieldGroup, ...]:
    """The field dictionary of all papers, or of one. Raises TemplateError where there is no such paper."""
    return list_all_fields(find_templates(search_path), tuple(load_all(search_path)), paper)
