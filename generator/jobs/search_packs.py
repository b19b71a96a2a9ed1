"""A finished meeting pack searched, page by page and Word file by Word file, for what its readers must not see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.base.errors import Problem, UnsafeToDiscloseError
from generator.disclosure.file_text.reading import Reading
from generator.disclosure.file_text.worker import read_files
from generator.disclosure.leak_search import LeakSearch
from generator.disclosure.lens import Lens
from generator.disclosure.protected import Protected
from generator.jobs.search_bundle import divide_pages, list_doubts, list_unread, locate
from generator.meetings.pack.assemble import AssembledPack
from generator.meetings.pack.contents import Contributed, Item, Pack
from generator.papers.card import PlannedDocument
from generator.papers.plan import names_of

_UNSEARCHED = (
    "A pack could not be searched to its end for what its readers must not see, so nothing was delivered. "
    "Make it again; if it happens again, take out the file that was sent last"
)


@dataclass(frozen=True, slots=True)
class MadePack:
    """A pack that is made and not yet searched: its PDF (None where none could be made) and its Word files."""

    pack: Pack
    pdf: AssembledPack | None
    words: Mapping[Path, PlannedDocument]


@dataclass(frozen=True, slots=True)
class _Searched:
    """One part of a pack: how a message calls it, the names by which a clearance may, and whether it is ours."""

    called: str
    names: tuple[str, ...]
    ours: bool


def search_packs(packs: Sequence[MadePack], search: LeakSearch) -> tuple[str, ...]:
    """What to look at in the packs before they are sent.

    Raises UnsafeToDiscloseError, with the page of each find, where a part says what one of its readers must not see.
    """
    names = {file: planned.word_name for one in packs for file, planned in one.words.items()}
    names |= {one.pdf.path: f"{one.pdf.path.stem}.pdf" for one in packs if one.pdf}
    # Most Word files stand in more than one pack, and all are read in one go.
    readings = dict(zip(names, _read([*names.items()]), strict=True))
    return tuple(said for one in packs for said in _search_pack(one, readings, search))


def _search_pack(made: MadePack, readings: Mapping[Path, Reading], search: LeakSearch) -> tuple[str, ...]:
    pack, pdf = made.pack, made.pdf
    parts: list[tuple[_Searched, Reading]] = []
    warnings: list[str] = []
    if pdf:
        reading = readings[pdf.path]
        if reading.broken:
            raise UnsafeToDiscloseError(_UNSEARCHED)
        labels = [str(number) for number in range(1, pdf.length + 1)]
        owner = {
            str(number): str(place)
            for place, pages in enumerate(pdf.pages)
            if pages
            for number in range(pages[0], pages[1] + 1)
        }
        parts += [
            (_call(pack.items[int(key)]) if key else _Searched("front page", (), ours=True), part)
            for key, part in divide_pages(reading, labels, owner).items()
        ]
        warnings += list_unread(reading, labels, f"the pack {pack.folder}")
    for file, planned in made.words.items():
        parts.append((_call(planned), readings[file]))
        unread = search.list_unsearched((*readings[file].unread, *readings[file].broken), pack.lenses[0])
        if unread:
            warnings.append(f"{planned.word_name}: not searched: {', '.join(unread)}. Look at it before you send it")
    problems: dict[Problem, None] = {}
    for lens in _list_distinct(pack.lenses, search):
        for one, part in parts:
            verdict = search.judge(part, lens, one.names, ours=one.ours)
            problems |= dict.fromkeys(locate(problem, f"{one.called}: ") for problem in verdict.problems)
            warnings += list_doubts(verdict, f"{pack.folder}: {one.called}: ")
    if problems:
        raise UnsafeToDiscloseError(
            f"The pack {pack.folder} would say what its readers must not see, so no pack was delivered", [*problems]
        )
    return tuple(dict.fromkeys(warnings))


def _read(files: Sequence[tuple[Path, str]]) -> list[Reading]:
    readings = [one for one in read_files(files) if one is not None]
    if len(readings) != len(files):
        raise UnsafeToDiscloseError(_UNSEARCHED)
    return readings


def _call(item: Item) -> _Searched:
    if isinstance(item, PlannedDocument):
        return _Searched(item.name, names_of(item), ours=True)
    if isinstance(item, Contributed):
        return _Searched(item.where, item.known_as, ours=False)
    return _Searched("open actions", (), ours=True)


def _list_distinct(lenses: Sequence[Lens], search: LeakSearch) -> Iterator[Lens]:
    """One view of those from whom the same is kept: most readers of a pack are alike."""
    seen: list[set[Protected]] = []
    for lens in lenses:
        kept = {*search.kept_from(lens)}
        if kept not in seen:
            seen.append(kept)
            yield lens
