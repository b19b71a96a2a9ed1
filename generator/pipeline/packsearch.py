"""A finished meeting pack searched, page by page and Word file by Word file, for what its readers must not see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator.disclosure import Lens, Protected
from generator.document import PlannedDocument
from generator.errors import Problem, UnsafeToDiscloseError
from generator.packlist import Contributed, Item, Pack
from generator.pipeline.bundlesearch import divide_pages, locate, say_doubts, say_unread
from generator.pipeline.guarding import Guard
from generator.pipeline.searching import names_of

if TYPE_CHECKING:
    from generator.examine import Reading
    from generator.meetingpack import AssembledPack


@dataclass(frozen=True, slots=True)
class _Searched:
    """One part of a pack: how a message calls it, the names by which a clearance may, and whether it is ours."""

    called: str
    names: tuple[str, ...]
    ours: bool


def search_pack(
    pack: Pack, made: AssembledPack | None, words: Mapping[Path, PlannedDocument], guard: Guard
) -> tuple[str, ...]:
    """What to look at in a pack before it is sent. `words` are its Word files.

    Raises UnsafeToDiscloseError, with the page of each find, where a part says what one of its readers must not see.
    """
    parts: list[tuple[_Searched, Reading]] = []
    warnings: list[str] = []
    if made:
        reading = _read([(made.path, f"{made.path.stem}.pdf")])[0]
        labels = [str(number) for number in range(1, made.length + 1)]
        owner = {
            str(number): str(place)
            for place, pages in enumerate(made.pages)
            if pages
            for number in range(pages[0], pages[1] + 1)
        }
        parts += [
            (_call(pack.items[int(key)]) if key else _Searched("front page", (), ours=True), part)
            for key, part in divide_pages(reading, labels, owner).items()
        ]
        warnings += say_unread(reading, labels, f"the pack {pack.folder}")
    found = _read([(file, planned.word_name) for file, planned in words.items()])
    parts += [(_call(planned), part) for planned, part in zip(words.values(), found, strict=True)]
    problems: dict[Problem, None] = {}
    for lens in _tell_apart(pack.lenses, guard):
        for one, part in parts:
            verdict = guard.judge(part, lens, one.names, ours=one.ours)
            problems |= dict.fromkeys(locate(problem, f"{one.called}: ") for problem in verdict.problems)
            warnings += say_doubts(verdict, f"{pack.folder}: {one.called}: ")
    if problems:
        raise UnsafeToDiscloseError(
            f"The pack {pack.folder} would say what its readers must not see, so no pack was delivered", [*problems]
        )
    return tuple(dict.fromkeys(warnings))


def _read(files: Sequence[tuple[Path, str]]) -> list[Reading]:
    from generator.examine import read_files

    readings = [one for one in read_files(files) if one is not None]
    if len(readings) != len(files):
        raise UnsafeToDiscloseError(
            "A part of the pack could not be searched for what its readers must not see, so nothing was delivered. "
            "Make it again"
        )
    return readings


def _call(item: Item) -> _Searched:
    if isinstance(item, PlannedDocument):
        return _Searched(item.name, names_of(item), ours=True)
    if isinstance(item, Contributed):
        return _Searched(item.where, item.known_as, ours=False)
    return _Searched("open actions", (), ours=True)


def _tell_apart(lenses: Sequence[Lens], guard: Guard) -> Iterator[Lens]:
    """One view of those from whom the same is kept: most readers of a pack are alike."""
    seen: list[set[Protected]] = []
    for lens in lenses:
        kept = {*guard.kept_from(lens)}
        if kept not in seen:
            seen.append(kept)
            yield lens
