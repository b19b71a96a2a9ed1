"""The record of an output folder: which files the product wrote, and from what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.base.english import count_of
from generator.base.errors import CannotReadError
from generator.base.yaml.read import read_yaml
from generator.workspace.places import digest_if_file

RECORD = "record.yaml"
VERSION = "2"
_HEAD = """\
# What permanence wrote here, so that it can tell its own files from those that a person has changed since.
# Do not edit: a paper whose entry is gone is taken for yours, and is never replaced.
"""
_HEAD_EARLIER = "# Files that permanence wrote and has replaced since, why, and what each was made from.\n"
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Origin:
    """What a file was made from. Days are ISO dates; `rules` and `template_sha256` are digests of what was used.

    `on` is the day that was taken for today, `case` the SHA-256 of the case file, `draft` yes, no or empty,
    `converter` what made a PDF, with a digest of its program and fonts.
    """

    on: str = ""
    case: str = ""
    procedure: str = ""
    edition: str = ""
    rules: str = ""
    template: str = ""
    template_sha256: str = ""
    product: str = ""
    draft: str = ""
    converter: str = ""


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """The record of one file: its SHA-256 as written, the digest of what it was made from, and the day it was made.

    `made_from` is the SHA-256 of the Word file that a PDF was made from. An empty `sha256` means that what stands
    there was never written by the product. `searched` is a digest of a file and of all that it was searched for, where
    nothing was found.
    """

    sha256: str
    inputs: str
    made_on: str
    made_from: str = ""
    origin: Origin = Origin()
    searched: str = ""


@dataclass(frozen=True, slots=True)
class Replaced:
    """A file that the product wrote and has replaced: where it stood, why it went, and its old entry."""

    was: str
    reason: str
    written: WrittenFile


@dataclass
class OutputRecord:
    """All that is known of an output folder. `trouble` says what is wrong with the file that was read, if anything.

    `cases` names the copies of the case file that builds were made from, in the order of the builds.
    """

    written: dict[str, WrittenFile] = field(default_factory=dict)
    earlier: list[str] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)
    sha256: str | None = None
    trouble: str = ""


def name_reason(before: WrittenFile, now: Origin) -> str:
    """Return why a file is made anew, by comparing what it was made from with what it is made from now."""
    was = before.origin
    if was.draft == "yes" and now.draft == "no":
        return "signed off"
    pairs = (
        ("procedure changed", was.procedure + was.rules, now.procedure + now.rules),
        ("template changed", was.template_sha256, now.template_sha256),
        ("product changed", was.product, now.product),
    )
    # An older record does not say everything; what it does not say has not changed as far as anybody knows.
    found = next((reason for reason, old, new in pairs if old and new and old != new), "")
    return found or "facts changed"


def read_record(file: Path) -> OutputRecord:
    """Read a record. Never raises for its content: what is wrong with it stands in `trouble`."""
    sha256 = digest_if_file(file)
    if sha256 is None:
        return OutputRecord()
    try:
        facts = read_yaml(file).facts
    except CannotReadError:
        return OutputRecord(sha256=sha256, trouble="is damaged")
    if str(facts.get("version") or "1") not in {"1", VERSION}:
        return OutputRecord(sha256=sha256, trouble="was written by another version of the product")
    files, earlier = facts.get("files"), facts.get("earlier")
    if not isinstance(files, dict | None):
        return OutputRecord(sha256=sha256, trouble="is damaged")
    written = {str(name): _read_entry(entry) for name, entry in (files or {}).items()}
    known = {name: entry for name, entry in written.items() if entry is not None}
    lost = len(written) - len(known)
    return OutputRecord(
        known,
        _read_names(earlier),
        _read_names(facts.get("cases")),
        sha256,
        f"does not say enough of {count_of(lost, 'file')}" if lost else "",
    )


def _read_names(names: Any) -> list[str]:
    return [str(one) for one in names] if isinstance(names, list) else []


def _read_entry(entry: Any) -> WrittenFile | None:
    if not isinstance(entry, dict) or not all(isinstance(value, str | None) for value in entry.values()):
        return None
    if not entry.get("inputs") or "sha256" not in entry:
        return None
    origin = Origin(**{name: entry.get(name) or "" for name in Origin.__dataclass_fields__})
    made_on, made_from, searched = (entry.get(name) or "" for name in ("made_on", "made_from", "searched"))
    return WrittenFile(entry["sha256"] or "", entry["inputs"], made_on, made_from, origin, searched)


def format_record(record: OutputRecord) -> str:
    """Write the record as YAML."""
    lines = [f"version: {VERSION}", "files:" if record.written else "files: {}"]
    for name, entry in sorted(record.written.items()):
        lines += [f"  {quote(name)}:", *_format_entry(entry)]
    if record.earlier:
        lines += ["earlier:", *(f"  - {quote(one)}" for one in record.earlier)]
    if record.cases:
        lines += ["cases:", *(f"  - {quote(one)}" for one in record.cases)]
    return _HEAD + "\n".join(lines) + "\n"


def format_replaced(replaced: Mapping[str, Replaced], on: str) -> str:
    """Write the list of files that one build has put away, as YAML."""
    lines = [f"version: {VERSION}", f"on: {on}", "files:"]
    for name, one in sorted(replaced.items()):
        lines += [f"  {quote(name)}:", f"    was: {quote(one.was)}", f"    reason: {one.reason}"]
        lines += _format_entry(one.written)
    return _HEAD_EARLIER + "\n".join(lines) + "\n"


def _format_entry(entry: WrittenFile) -> Iterator[str]:
    yield f"    sha256: {quote(entry.sha256)}"
    yield f"    inputs: {quote(entry.inputs)}"
    yield f"    made_on: {quote(entry.made_on)}"
    if entry.made_from:
        yield f"    made_from: {quote(entry.made_from)}"
    for name in Origin.__dataclass_fields__:
        if value := getattr(entry.origin, name):
            yield f"    {name}: {quote(value)}"
    if entry.searched:
        yield f"    searched: {quote(entry.searched)}"


def quote(text: str) -> str:
    """Write a text so that YAML reads it back unchanged."""
    return text if _PLAIN.fullmatch(text) and text != "null" else "'" + text.replace("'", "''") + "'"
