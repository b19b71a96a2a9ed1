"""Deliver a set of files: write a journal of the moves, rename each file, and finish an interrupted delivery.

The journal is the moment of decision. Before it is there, nothing has happened; once it is there, all of it will
happen: now, or at the start of the next run. Each step checks what is at the target, so that it can be repeated.
"""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from generator.base.errors import FileBusyError
from generator.workspace.places import digest_if_file, flush, refuse_links

JOURNAL = "journal.json"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Arrival:
    """A finished file on its way. All names are relative to the output folder.

    `was` is the SHA-256 of what stands at the target until now, None where nothing does; it is put away as `earlier`
    where it `keeps`, unless the same bytes have been put away as `kept_as` already. If something else stands there
    when the file arrives, a person has been there: their file stays, and ours goes to `beside`. Where it `insists`, it
    is theirs that is put away: the record and the ledger must be those of what was delivered.
    """

    made: str
    target: str
    sha256: str
    was: str | None = None
    earlier: str = ""
    beside: str = ""
    keeps: bool = True
    insists: bool = False
    kept_as: str = ""


@dataclass
class _Steps:
    """Renames that were made and folders that were created, so that they can be undone."""

    folder: Path
    diverted: list[str] = field(default_factory=list)
    renamed: list[tuple[Path, Path]] = field(default_factory=list)
    created: list[Path] = field(default_factory=list)

    def rename(self, source: Path, target: Path) -> None:
        refuse_links(self.folder, target.parent.relative_to(self.folder))
        self._make_folder(target.parent)
        self.renamed.append((source, target))  # first, because Ctrl-C may come at any moment
        source.replace(target)

    def _make_folder(self, folder: Path) -> None:
        if not folder.is_dir():
            self._make_folder(folder.parent)
            folder.mkdir()
            self.created.append(folder)

    def flush(self) -> None:
        for folder in {target.parent for _, target in self.renamed} | {one.parent for one in self.created}:
            flush(folder)

    def undo(self) -> None:
        for source, target in reversed(self.renamed):
            if os.path.lexists(target) and not os.path.lexists(source):
                target.replace(source)
        for folder in reversed(self.created):
            with suppress(OSError):
                folder.rmdir()


def deliver_all(folder: Path, work: Path, arrivals: Sequence[Arrival]) -> list[str]:
    """Move all files into place, or none; return the names where a person's file was found and ours laid beside it.

    Raises OSError where nothing was changed, and FileBusyError where it could be neither finished nor undone: then the
    work folder must stay, and the next run finishes it.
    """
    for arrival in arrivals:
        flush(folder / arrival.made)
    steps = _Steps(folder)
    try:
        write_journal(work, arrivals)
        for arrival in arrivals:
            _bring(folder, arrival, steps)
        steps.flush()
    except BaseException:
        try:
            steps.undo()
            (work / JOURNAL).unlink(missing_ok=True)
        except OSError:
            raise _name_unfinished(folder) from None
        raise
    with suppress(OSError):
        # Everything has arrived. A journal that stays finds nothing to do.
        close_journal(work)
    return steps.diverted


def _name_unfinished(folder: Path) -> FileBusyError:
    return FileBusyError(
        f"Some papers have arrived in {folder}, and others could not. Nothing is lost. See that the place can be "
        "written to, and build again: what was begun is finished first"
    )


def write_journal(work: Path, arrivals: Sequence[Arrival]) -> None:
    """Write the journal: from here on these files will arrive, whatever happens to this process."""
    text = json.dumps({"version": _VERSION, "arrivals": [dataclasses.asdict(one) for one in arrivals]}, indent=1)
    draft = work / f"{JOURNAL}.new"
    draft.write_text(text, encoding="utf-8")
    flush(draft)
    flush(work)
    draft.replace(work / JOURNAL)
    flush(work)
    flush(work.parent)


def close_journal(work: Path) -> None:
    """Remove the journal, because everything has arrived."""
    (work / JOURNAL).unlink()
    flush(work)


def finish_delivery(folder: Path, work: Path) -> bool:
    """Finish what an earlier run had decided; return whether there was anything.

    Raises FileBusyError when it cannot be finished now either: the journal stays.
    """
    if not (work / JOURNAL).exists():
        return False
    steps = _Steps(folder)
    for arrival in _read_journal(folder, work):
        _bring(folder, arrival, steps)
    steps.flush()
    close_journal(work)
    return True


def _bring(folder: Path, arrival: Arrival, steps: _Steps) -> None:
    made, target = folder / arrival.made, folder / arrival.target
    if made.is_symlink() or not made.is_file():
        return  # it has arrived already
    there = digest_if_file(target)
    if there is None or there == arrival.sha256:
        steps.rename(made, target)
    elif there == arrival.was or (there and arrival.insists):
        put_away = arrival.keeps or there != arrival.was
        if put_away and arrival.kept_as:
            put_away = digest_if_file(folder / arrival.kept_as) != there
        steps.rename(target, find_free(folder, arrival.earlier if put_away else f"{arrival.made}.replaced"))
        steps.rename(made, target)
    else:
        steps.diverted.append(arrival.target)
        steps.rename(made, find_free(folder, arrival.beside))


def find_free(folder: Path, name: str) -> Path:
    """Return a path that is not taken: the given name, or the name with a number."""
    path = folder / name
    number = 1
    while os.path.lexists(path):
        number += 1
        path = (folder / name).with_stem(f"{Path(name).stem}, {number}")
    return path


def _read_journal(folder: Path, work: Path) -> list[Arrival]:
    """Return the arrivals of a journal; none where it is not one of ours.

    The content of an output folder may come from anywhere, so no name in it may lead out of the folder.
    """
    try:
        facts = json.loads((work / JOURNAL).read_text("utf-8"))
        if facts["version"] != _VERSION:
            return []
        arrivals = [Arrival(**one) for one in facts["arrivals"]]
        mine = work.relative_to(folder).as_posix()
        safe = all(
            _stays_inside(name)
            for one in arrivals
            for name in (one.made, one.target, one.earlier, one.beside, one.kept_as or one.target)
        )
        return arrivals if safe and all(PurePosixPath(one.made).is_relative_to(mine) for one in arrivals) else []
    except (ValueError, KeyError, TypeError, AttributeError):
        return []


def _stays_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts and "\\" not in name
