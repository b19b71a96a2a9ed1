"""The record of what was drafted after a meeting: for whom, when, with which papers. Nothing in it goes away."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.base.errors import CannotReadError
from generator.base.yaml.read import read_yaml
from generator.workspace.record import quote

NAME = "record.yaml"
_VERSION = "1"
_HEAD = """\
# What permanence drafted after this meeting, and for whom, by their ids in the case file. Nothing was sent by it.
# Do not edit: with this file it tells who has an older version.
"""


@dataclass(frozen=True, slots=True)
class Attached:
    """A paper as it was attached: its name, the SHA-256 of its PDF, and that of the Word file this was made from."""

    name: str
    sha256: str
    word_sha256: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """One e-mail or invitation as it was drafted. Days are ISO dates; `readers` are ids; `key` is what it was about."""

    file: str
    on: str
    readers: tuple[str, ...]
    subject: str
    sha256: str
    key: str
    due_on: str = ""
    answer_by: str = ""
    rules: tuple[str, ...] = ()
    attachments: tuple[Attached, ...] = ()


def read_drafted(file: Path) -> tuple[Drafted, ...]:
    """What was drafted until now, oldest first; nothing where there is no record.

    Raises CannotReadError for a record that is not one: who has which version could not be told from it.
    """
    if not file.exists():
        return ()
    drafted = None
    with contextlib.suppress(CannotReadError, KeyError, TypeError, AttributeError):
        facts = read_yaml(file).facts
        if facts["version"] == _VERSION:
            drafted = tuple(_read_entry(entry) for entry in facts["drafted"])
    if drafted is None:
        raise CannotReadError(
            f"{file} cannot be read, so nobody knows who was drafted what. Put it back from a copy, or move it away: "
            "a new one is then begun"
        )
    return drafted


def _read_entry(entry: dict[str, Any]) -> Drafted:
    attached = [
        Attached(str(one["name"]), str(one["sha256"]), str(one["word_sha256"]))
        for one in entry.get("attachments") or ()
    ]
    return Drafted(
        file=str(entry["file"]),
        on=str(entry["on"]),
        readers=tuple(str(one) for one in entry.get("for") or ()),
        subject=str(entry["subject"]),
        sha256=str(entry["sha256"]),
        key=str(entry.get("key") or ""),
        due_on=str(entry.get("due_on") or ""),
        answer_by=str(entry.get("answer_by") or ""),
        rules=tuple(str(one) for one in entry.get("rules") or ()),
        attachments=tuple(attached),
    )


def format_record(drafted: Sequence[Drafted]) -> str:
    """The record as it is written."""
    lines = [f"version: {_VERSION}", "drafted:"]
    for one in drafted:
        lines += _format_entry(one)
    return _HEAD + "\n".join(lines) + "\n"


def _format_entry(one: Drafted) -> Iterator[str]:
    yield f"  - file: {quote(one.file)}"
    yield f"    on: {quote(one.on)}"
    yield f"    for: [{', '.join(quote(who) for who in one.readers)}]"
    for name in ("subject", "sha256", "key", "due_on", "answer_by"):
        if value := getattr(one, name):
            yield f"    {name}: {quote(value)}"
    if one.rules:
        yield f"    rules: [{', '.join(quote(rule) for rule in one.rules)}]"
    if one.attachments:
        yield "    attachments:"
        for paper in one.attachments:
            yield f"      - name: {quote(paper.name)}"
            yield f"        sha256: {quote(paper.sha256)}"
            yield f"        word_sha256: {quote(paper.word_sha256)}"


def find_older_readers(before: Sequence[Drafted], now: Sequence[Drafted]) -> dict[str, tuple[str, ...]]:
    """Papers of today with those who were drafted another version of them, and no newer one until now: ids."""
    current = {paper.name: paper.word_sha256 for one in now for paper in one.attachments}
    last: dict[tuple[str, str], str] = {}
    for one in before:
        last |= {(paper.name, who): paper.word_sha256 for paper in one.attachments for who in one.readers}
    older: dict[str, list[str]] = {}
    for (name, who), version in last.items():
        if name in current and version != current[name]:
            older.setdefault(name, []).append(who)
    return {name: tuple(readers) for name, readers in older.items()}
