"""A paper that comes with the product, copied into an authority's own folder as the beginning of one of theirs."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from generator.document import HOUSE_STYLE, PaperTemplate
from generator.errors import CannotReadError, ExitCode, PermanenceError

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def copy_paper(template: PaperTemplate, code: str, folder: Path) -> tuple[Path, Path]:
    """Copy a paper's card and Word template into a folder, under a code; returns the two files, the template first.

    Raises CannotReadError for a code that no paper may have or that the folder has already, and PermanenceError where
    the folder cannot be written; nothing is left behind then.
    """
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
