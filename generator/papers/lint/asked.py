"""What a template asks for, held against what its reader may see: by reading its tags with the facts of one paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from generator.papers.lint.reading import TemplateReader
from generator.papers.vocabulary.kinds import Record
from generator.papers.vocabulary.observe import observe
from generator.rules.expressions.language import parse_source


@dataclass(frozen=True, slots=True)
class Asked:
    """A fact that a template asks for and its reader may not see: the part of the file and the words of the tag."""

    part: str
    tag: str


def find_withheld(sources: Iterable[tuple[str, str]], facts: Mapping[str, Any]) -> tuple[Asked, ...]:
    """Every fact that the parts of a template ask for and that is withheld in `facts`.

    `sources` are the names of parts and their text with tags. All branches are read, whatever the conditions say, so
    that no case is needed in which a branch is taken; but for those on `paper`, which is the same for every case.
    """
    kinds = cast("Record", observe(facts))
    found = {
        Asked(part, remark.tag): None
        for part, source in sources
        for remark in TemplateReader(kinds).read(parse_source(source))
        if remark.code == "D001"
    }
    return tuple(found)
