"""The output folder of a case: which files are ours or edited, and what the current build will put there."""

from __future__ import annotations

import dataclasses
import os
import shutil
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from generator.base.cache.last_build import LAST_BUILD, LastBuild
from generator.base.digests import digest_of
from generator.base.errors import FileBusyError
from generator.workspace.delivery import Arrival, deliver_all, find_free
from generator.workspace.kept_cases import find_newest, name_kept_case
from generator.workspace.places import digest_if_file, name_disk_faults, refuse_odd_place, refuse_open_file
from generator.workspace.record import (
    RECORD,
    Origin,
    OutputRecord,
    Replaced,
    WrittenFile,
    format_record,
    format_replaced,
    name_reason,
)

EARLIER = "earlier"
AS_MADE = f"{EARLIER}/as-made"


class FileStanding(StrEnum):
    """The state of a file in the folder, compared with what the product would write now."""

    MISSING = "missing"
    CURRENT = "current"
    OUTDATED = "outdated"
    EDITED = "edited"
    EDITED_AND_OUTDATED = "edited and outdated"


@dataclass
class OutputFolder:
    """The folder of one case, open for one build at a time. `work` is a private folder on the same disk.

    `origin` is what everything in this build is made from, `made_on` the day on the clock, `warnings` what to know
    about the folder.
    """

    path: Path
    work: Path
    record: OutputRecord
    origin: Origin
    made_on: str
    warnings: list[str] = field(default_factory=list)
    _arrivals: dict[str, Arrival] = field(default_factory=dict)
    _put_away: dict[str, Replaced] = field(default_factory=dict)
    _shelf: str = ""

    @property
    def written(self) -> dict[str, WrittenFile]:
        """What the product wrote here, by name."""
        return self.record.written

    @property
    def arriving(self) -> dict[Path, Path]:
        """The finished files that are waiting to arrive, by the place where they will stand."""
        return {self.path / name: self.path / one.made for name, one in self._arrivals.items()}

    def standing(self, name: str, inputs: str) -> FileStanding:
        """Tell whether a file was edited since it was written, and whether its inputs have changed."""
        refuse_odd_place(self.path, name)
        file = self.path / name
        if not file.exists():
            return FileStanding.MISSING
        known = self.written.get(name)
        same = known is not None and known.inputs == inputs
        if known and digest_of(file) == known.sha256:
            return FileStanding.CURRENT if same else FileStanding.OUTDATED
        return FileStanding.EDITED if same else FileStanding.EDITED_AND_OUTDATED

    def refuse_if_open(self, name: str) -> None:
        """Raises FileBusyError when Word or LibreOffice has the file open: its lock file lies beside it."""
        refuse_open_file(self.path / name)

    def as_made(self, name: str) -> Path | None:
        """Return the untouched copy of a Word file as the product wrote it, or None."""
        known, copy = self.written.get(name), self.path / AS_MADE / name
        return copy if known and known.sha256 and digest_if_file(copy) == known.sha256 else None

    def place(
        self,
        made: Path,
        name: str,
        inputs: str,
        *,
        made_from: str = "",
        origin: Origin | None = None,
        insists: bool = False,
        keep_copy: bool = False,
    ) -> Path:
        """Have a finished file arrive as `name` when the build is delivered; return the path where it will stand.

        A file that a person has edited, or that the product did not write, stays, and ours is laid beside it. With
        `insists` ours takes its place and theirs is moved to earlier/. An old file of ours is moved there, too.
        `keep_copy` keeps a second copy, by which later builds can tell what a person has changed.
        """
        entry = WrittenFile(digest_of(made), inputs, self.made_on, made_from, origin or self.origin)
        refuse_odd_place(self.path, name)
        there, known = digest_if_file(self.path / name), self.written.get(name)
        if there == entry.sha256:
            # The same bytes stand there already: ours, or somebody's who put our file back.
            is_ours = known is not None and known.sha256 == there
            self.written[name] = dataclasses.replace(entry, made_on=known.made_on) if known and is_ours else entry
            if keep_copy and self.as_made(name) is None:
                self._keep_copy(made, name, known, "changed by hand", is_put_away=False)
            return self.path / name
        if there is not None and not insists and (known is None or known.sha256 != there):
            self.keep(name, inputs, made_from)
            return self.lay(made, self.beside(name), inputs, made_from=made_from, origin=origin)
        is_ours = known is not None and known.sha256 == there
        reason = "taken out by hand" if there is None else "changed by hand" if known else "found here"
        if known and is_ours:
            reason = name_reason(known, entry.origin)
            self._list_put_away(name, known, reason)
        self.written[name] = entry
        self._add(made, name, entry.sha256, there, reason, insists=insists)
        if keep_copy:
            self._keep_copy(made, name, known, reason, is_put_away=is_ours)
        return self.path / name

    def keep(self, name: str, inputs: str, made_from: str = "") -> None:
        """Record that a file stays as it is, and the inputs for which a new version was considered."""
        known = self.written.get(name) or WrittenFile("", "", "")
        self.written[name] = dataclasses.replace(known, inputs=inputs, made_from=made_from or known.made_from)

    def lay(self, made: Path, name: str, inputs: str, *, made_from: str = "", origin: Origin | None = None) -> Path:
        """Have a finished file arrive under a name that is free."""
        entry = WrittenFile(digest_of(made), inputs, self.made_on, made_from, origin or self.origin)
        self.written[name] = entry
        self._add(made, name, entry.sha256, None, "")
        return self.path / name

    def keep_case(self, file: Path) -> None:
        """Keep a copy of the case file in earlier/case/, unless the newest copy there is the same.

        Later comparisons use these copies to tell what has changed since a build.
        """
        sha256 = digest_of(file)
        name = name_kept_case(self.origin.on, sha256)
        newest = find_newest(self.record.cases, self.origin.on)
        if newest and digest_if_file(self.path / newest) == sha256:
            return
        self.record.cases.append(name)
        copy = self.work / "case.yaml"
        shutil.copyfile(file, copy)
        refuse_odd_place(self.path, name)
        self._add(copy, name, sha256, digest_if_file(self.path / name), "changed by hand", insists=True)

    def beside(self, name: str) -> str:
        """Return a free name beside a file that stays: letter (new 2026-11-22).docx."""
        stem, _, suffix = name.rpartition(".")
        for number in range(1, 1000):
            free = f"{stem} (new {self.origin.on}{f', {number}' if number > 1 else ''}).{suffix}"
            if not os.path.lexists(self.path / free) and free not in self._arrivals:
                return free
        raise FileBusyError(
            f"There are too many new versions beside {self.path / name}. Nothing was changed. "
            "Move away those you do not need, and build again"
        )

    def remember_search(self, name: str, searched: str) -> None:
        """Remember a search that found nothing; see `WrittenFile`."""
        if known := self.written.get(name):
            self.written[name] = dataclasses.replace(known, searched=searched)

    def deliver(self, last_build: LastBuild | None = None) -> None:
        """Move everything into place, the record last. Raises FileBusyError when it cannot; nothing is changed then.

        `last_build` is written with it, completed by the SHA-256 of the files it names and of the record.
        """
        with name_disk_faults(self.path):
            for target in (*self._arrivals, RECORD, LAST_BUILD):
                refuse_odd_place(self.path, target)
            if self._put_away:
                self.record.earlier.append(self._choose_shelf())
                listed = self._write("earlier-record.yaml", format_replaced(self._put_away, self.origin.on))
                self._add(listed, f"{self._choose_shelf()}/{RECORD}", digest_of(listed), None, "")
            trouble = bool(self.record.trouble)
            record = self._write(RECORD, format_record(self.record))
            was = digest_if_file(self.path / RECORD)
            self._add(record, RECORD, digest_of(record), was, "damaged", insists=True, keeps=trouble)
            if last_build:
                made = {name: self._foresee(name) for name in (*last_build.made, RECORD)}
                text = dataclasses.replace(last_build, made=made).as_text()
                memory, was = self._write(LAST_BUILD, text), digest_if_file(self.path / LAST_BUILD)
                self._add(memory, LAST_BUILD, digest_of(memory), was, "", insists=True, keeps=False)
            for name in deliver_all(self.path, self.work, list(self._arrivals.values())):
                self.warnings.append(
                    f"{name} was changed while this build was running. It stays, and the new version is beside it"
                )
        self._arrivals.clear()

    def _foresee(self, name: str) -> str:
        """Return the SHA-256 of the file that will stand there after delivery; empty where there will be none."""
        arrival = self._arrivals.get(name)
        return arrival.sha256 if arrival else digest_if_file(self.path / name) or ""

    def _write(self, name: str, text: str) -> Path:
        file = self.work / name
        file.write_text(text, encoding="utf-8")
        return file

    def _add(
        self,
        made: Path,
        name: str,
        sha256: str,
        was: str | None,
        reason: str,
        *,
        insists: bool = False,
        keeps: bool = True,
    ) -> None:
        made.chmod(0o600)
        earlier = self._name_earlier(name, reason or "changed meanwhile")
        self._arrivals[name] = Arrival(
            made.relative_to(self.path).as_posix(), name, sha256, was, earlier, self.beside(name), keeps, insists
        )

    def _keep_copy(self, made: Path, name: str, known: WrittenFile | None, reason: str, *, is_put_away: bool) -> None:
        """Keep a copy of what is made now. The copy before it goes only when the same bytes have been put away."""
        copy = self.work / AS_MADE / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(made, copy)
        target, sha256 = f"{AS_MADE}/{name}", digest_of(copy)
        before = digest_if_file(self.path / target)
        if before == sha256:
            return
        if known and before == known.sha256 and not is_put_away:
            self._list_put_away(name, known, reason)
        copy.chmod(0o600)
        made_at, earlier = copy.relative_to(self.path).as_posix(), self._name_earlier(name, reason)
        self._arrivals[target] = Arrival(
            made_at, target, sha256, before, earlier, self.beside(target), kept_as=earlier, insists=True
        )

    def _list_put_away(self, name: str, known: WrittenFile, reason: str) -> None:
        self._put_away[self._name_earlier(name, reason)] = Replaced(name, reason, known)

    def _name_earlier(self, name: str, reason: str) -> str:
        stem, _, suffix = name.rpartition(".")
        return f"{self._choose_shelf()}/{stem} ({reason}).{suffix}"

    def _choose_shelf(self) -> str:
        """The folder for what this build replaces: one for each build, so that its names are always free."""
        if not self._shelf:
            self._shelf = find_free(self.path, f"{EARLIER}/{self.origin.on}").relative_to(self.path).as_posix()
        return self._shelf
