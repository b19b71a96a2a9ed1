"""The family tree of one child, drawn for print, with the same facts in words for those who cannot see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.papers.pictures.family_tree.drawing import draw
from generator.papers.pictures.family_tree.relatives import describe_family, read_family

__all__ = ["FamilyTree", "draw_family_tree"]


@dataclass(frozen=True, slots=True)
class FamilyTree:
    """A picture as PNG, and `alt`, the same in words. Printed 17 cm wide, its text has 7 points or more."""

    png: bytes
    alt: str
    width_px: int
    height_px: int


def draw_family_tree(child: Mapping[str, Any]) -> FamilyTree:
    """The family tree of a child, given as `show_child` shows them to one reader.

    Only what is in `child` is drawn. Carers, guardians, adoptive families and friends are left out. The same child on
    the same machine gives the same bytes.
    """
    family = read_family(child)
    png, width, height = draw(family)
    return FamilyTree(png, describe_family(family), width, height)
