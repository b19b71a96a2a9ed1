"""The job `templates new`: a copy of a paper's template and card, to begin a paper of one's own with."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from generator.base.errors import CannotReadError, FileBusyError
from generator.base.resources import SearchPath
from generator.papers.card import HOUSE_STYLE, PaperTemplate
from generator.papers.catalogue import choose_templates, find_templates

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def start_paper(code: str, own_code: str, folder: Path, search_path: SearchPath) -> tuple[Path, Path]:
    """Copy a paper's card and Word template into a folder, under a code; returns the two files, the template first.

    Raises CannotReadError for a code that no paper has, or may have, or that the folder has already, and
    FileBusyError where the folder cannot be written; nothing is left behind then.
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
        raise FileBusyError(f"Nothing can be written to {folder}: {reason}") from None
    return word, card
