"""Templates held against the house style that will be laid over them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.base import resources
from generator.base.errors import CannotReadError, Level, Problem
from generator.base.fonts import list_families, list_font_folders
from generator.papers.card import HOUSE_STYLE, find_house_style
from generator.papers.render.escapes import find_escapes, find_open_ends


def check_style(files: Sequence[Path], folders: Sequence[Path]) -> tuple[Problem, ...]:
    """What in each template escapes the house style; of a house style itself, what it leaves open.

    The house style is the first that `folders` hold, else the one beside the template, else the one that is shipped.
    Raises CannotReadError for a file that is not there, TemplateError for one that is no Word template.
    """
    return tuple(problem for file in files for problem in _check(file, folders))


def _check(file: Path, folders: Sequence[Path]) -> Iterator[Problem]:
    word = file.with_suffix(".docx")
    if not word.is_file():
        raise CannotReadError(f"There is no template {word}")
    if word.name == HOUSE_STYLE:
        found = find_open_ends(word.read_bytes(), word.name, _list_families())
    else:
        house = find_house_style([*folders, word.parent, resources.TEMPLATES])
        found = find_escapes(word.read_bytes(), word.name, house.read_bytes(), house.name) if house else ()
    for one in found:
        times = "" if one.count == 1 else f", {one.count} times"
        where = f"; first in “{one.first}”" if one.first else ""
        yield Problem(
            one.code, f"{one.says}{times}{where}", path=word.name, remedy=_REMEDIES[one.code], level=Level.SHOULD
        )


def _list_families() -> frozenset[str]:
    return list_families(list_font_folders())


_REMEDIES = {
    "H001": "in Word, select the text, press Ctrl and space, then give it a style",
    "H002": "give the text a style of the house style, or add this one there",
    "H003": "put its words into the text, or into the house style",
    "H004": "add a style of this name, or start from a copy of the house style that is shipped",
    "H005": "choose a darker colour, another font, or say in words what the picture shows",
}
