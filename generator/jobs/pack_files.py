"""The files of the packs of one meeting, on their way to the output folder."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.base.digests import digest_of
from generator.base.english import count_of
from generator.base.errors import PermanenceError, Problem
from generator.case.meeting import Meeting
from generator.evidence.results import AdmittedEvidence, RefusedEvidence
from generator.jobs.admit_files import admit_files, list_warnings
from generator.jobs.make_papers import PapersReport
from generator.jobs.open_case import OpenCase
from generator.jobs.search_packs import MadePack
from generator.meetings.outstanding import list_awaited
from generator.meetings.pack.assemble import AssembledPack, assemble_pack
from generator.meetings.pack.contents import Contributed, Item, Pack, list_contributed
from generator.meetings.pack.facts import (
    PackEntry,
    PackPaper,
    describe_pack,
    list_awaited_rows,
    list_open_actions,
)
from generator.papers.card import PlannedDocument
from generator.rules.judging.judge import Compliance

PACK = "pack"
_NO_FILE = "has come, and its file is not named"


@dataclass(frozen=True, slots=True)
class PackResult:
    """One pack that arrived: its readers' ids, its PDF (None where none could be made), and its Word files."""

    folder: str
    readers: tuple[str, ...]
    pdf: Path | None
    pages: int
    words: tuple[Path, ...]
    items: tuple[Item, ...] = field(repr=False)
    placed: tuple[tuple[int, int] | None, ...] = ()


class PackFiles:
    """The files that are made for one meeting: admitted, made into packs, and placed in the output folder."""

    def __init__(self, work: OpenCase, meeting: Meeting, compliance: Compliance, papers: PapersReport) -> None:
        self._loaded = work.loaded
        self._case = work.loaded.case
        self._meeting = meeting
        self._compliance = compliance
        self._papers = {one.planned.name: one for one in papers.papers}
        self._folder = work.folder
        self._clean: dict[str, Path] | None = None
        self._placed: set[str] = set()
        self.awaited = list_awaited(self._case, meeting, compliance.on)
        self.warnings: list[str] = []

    def admit(self) -> None:
        """Every file that goes into a pack made harmless: what was sent, and our own, which a person may have changed.

        Raises PermanenceError where a file may not go in, or is not there.
        """
        named = [one for one in list_contributed(self._case, self._meeting) if one.file]
        self.warnings += [
            f"{one.where}: it has come, but names no file (under evidence or file), so it is in no pack"
            for one in list_contributed(self._case, self._meeting)
            if not one.file
        ]
        ours = [(name, self._now(one.pdf)) for name, one in self._papers.items() if one.pdf]
        coming = [*ours, *((one.where, self._loaded.folder / (one.file or "")) for one in named)]
        stays = [frozenset[str]()] * len(ours)
        stays += [frozenset(one.evidence.may_stay if one.evidence else ()) for one in named]
        results = admit_files([file for _, file in coming], self._folder, PACK, may_stay=stays)
        places = dict.fromkeys(name for name, _ in ours) | {one.where: one.place for one in named}
        problems: list[Problem] = []
        self._clean = {}
        for (called, _), result in zip(coming, results, strict=True):
            if isinstance(result, RefusedEvidence):
                place = places[called]
                at = self._loaded.source.place(place) if place else None
                problems.append(dataclasses.replace(result.problem, place=at, path=called))
            elif isinstance(result, AdmittedEvidence):
                self._clean[called] = result.pdf
                self.warnings += [f"{called}: {said}" for said in list_warnings(result)]
        if problems:
            raise PermanenceError("Some files may not go into the pack as they are, so there is none", tuple(problems))

    def make(self, pack: Pack, number: int) -> MadePack:
        """One pack in the private folder, with the Word files that go with it."""
        ours = [one for one in pack.items if isinstance(one, PlannedDocument) and one.name in self._papers]
        words = {self._now(self._papers[one.name].word): one for one in ours}
        return MadePack(pack, None if self._clean is None else self._assemble(pack, number, self._clean), words)

    def place(self, one: MadePack, number: int) -> PackResult:
        """Have a pack that was searched arrive in the output folder."""
        pack, made = one.pack, one.pdf
        base = f"{PACK}/{self._meeting.id}/{pack.folder}"
        pdf = None
        if made:
            # A pack is made new whenever something in it is: it is for reading, and the Word files are for writing.
            pdf = self._place(made.path, f"{base}/{PACK}-{self._meeting.id}.pdf", made.sha256, insists=True)
        copies = []
        for file, planned in one.words.items():
            copy = self._folder.work / f"pack-{number}-{planned.word_name}"
            copy.write_bytes(file.read_bytes())
            copies.append(self._place(copy, f"{base}/{planned.word_name}", digest_of(copy)))
        return PackResult(
            pack.folder,
            tuple(one.id for one in pack.readers),
            pdf,
            made.length if made else 0,
            tuple(copies),
            pack.items,
            made.pages if made else (),
        )

    def _assemble(self, pack: Pack, number: int, clean: Mapping[str, Path]) -> AssembledPack:
        facts = describe_pack(self._case, self._meeting, pack, self._compliance.on)
        awaited = list_awaited_rows(self.awaited) if pack.whole and number == 0 else None
        entries = [self._enter(one, clean) for one in pack.items]
        return assemble_pack(facts, entries, awaited, self._folder.work / f"pack-{number}.pdf")

    def _enter(self, item: Item, clean: Mapping[str, Path]) -> PackEntry:
        if isinstance(item, PlannedDocument):
            draft = "DRAFT" if item.draft else ""
            # An agenda speaks as at the eve of its meeting, which is no date of a paper that is made before.
            dated = item.as_of if item.as_of <= self._compliance.on else None
            return PackPaper(item.listed_as, self._case.authority.name, dated, clean[item.name], draft)
        if isinstance(item, Contributed):
            paper = item.paper
            pdf = clean.get(item.where)
            return PackPaper(paper.title, paper.author or "", paper.dated, pdf, "" if pdf else _NO_FILE)
        return list_open_actions(self._case, self._meeting, self._compliance)

    def _place(self, made: Path, name: str, inputs: str, *, insists: bool = False) -> Path:
        arrives = self._folder.place(made, name, inputs, insists=insists)
        self._placed |= {name, arrives.relative_to(self._folder.path).as_posix()}
        if arrives != self._folder.path / name:
            self.warnings.append(
                f"{name} was changed by hand and is kept. What was made now is {arrives.name}. Change the paper in "
                "papers/, which goes into every pack"
            )
        return arrives

    def _now(self, file: Path | None) -> Path:
        """Where a file that may still be on its way to the output folder lies now."""
        if file is None:
            raise TypeError("a paper without a file")
        return self._folder.arriving.get(file, file)

    def find_left_over(self) -> Iterator[str]:
        """Packs that lie there from an earlier run, for readers who have none now, and papers that went out of one."""
        base = f"{PACK}/{self._meeting.id}/"
        old: Counter[str] = Counter()
        for name in self._folder.written:
            if name.startswith(base) and name not in self._placed and (self._folder.path / name).exists():
                old[name.rpartition("/")[0]] += 1
        for shelf, count in sorted(old.items()):
            yield (
                f"{shelf}/ still holds {count_of(count, 'file')} of an earlier pack. "
                "Do not send what is not listed above: move it away"
            )
