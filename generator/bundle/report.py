"""The report that lies beside a bundle: every file that went in, and what the check needs to know of it later.

It names papers by their ids and files, and is not to be filed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from generator.bundle.audit.known import KnownBundle

TAGS_LOST = (
    "A bundle joins papers of many makers page by page, and the tags that tell a screen reader what is a heading, a "
    "list or a table cell are lost in it. Text, language, title, bookmarks, links and page labels are there. For "
    "somebody who needs tags, send the papers one by one: those of this product are tagged PDF/UA files."
)


@dataclass(frozen=True, slots=True)
class ReportedPaper:
    """One paper: its labels, the file it came from with its SHA-256, and what was done to it on its way in."""

    id: str
    pages: int
    labels: tuple[str, ...]
    file: str = ""
    sha256: str = ""
    outcome: str = ""
    removed: dict[str, int] = field(default_factory=dict)
    pages_without_text: tuple[int, ...] = ()
    pages_drawn: tuple[int, ...] = ()
    signed: bool = False
    warnings: tuple[str, ...] = ()
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Accessibility:
    """What a screen reader finds in the file: whether it is tagged, its language, its title and its bookmarks.

    `lost` says what was lost when the papers were joined.
    """

    tagged: bool
    language: str
    shows_title: bool
    has_bookmarks: bool
    lost: str = ""


@dataclass(frozen=True, slots=True)
class BundleRecord:
    """The whole report. `known` is what the case file says of the bundle and the file alone does not show."""

    bundle: str
    sha256: str
    pages: int
    papers: tuple[ReportedPaper, ...]
    accessibility: Accessibility
    known: KnownBundle


def write_record(record: BundleRecord, file: Path) -> None:
    """Write the report as JSON. The same report gives the same bytes."""
    words = TypeAdapter(BundleRecord).dump_python(record, mode="json")
    file.write_text(json.dumps(words, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read_known(pdf: Path, report: Path, sha256: str) -> KnownBundle | None:
    """What the report beside a bundle says of it; None where there is none, or it is about another file."""
    try:
        record = TypeAdapter(BundleRecord).validate_json(report.read_bytes())
    except (OSError, ValidationError):
        return None
    return record.known if (record.bundle, record.sha256) == (pdf.name, sha256) else None


def look_for_access(pdf: Path) -> Accessibility:
    """What a finished PDF offers to people who read it with a screen reader."""
    import pikepdf

    with pikepdf.open(pdf) as opened:
        root = opened.Root
        view = root.get("/ViewerPreferences", pikepdf.Dictionary())
        marks = root.get("/MarkInfo", pikepdf.Dictionary())
        tagged = "/StructTreeRoot" in root and bool(marks.get("/Marked", False))
        return Accessibility(
            tagged=tagged,
            language=str(root.get("/Lang", "")),
            shows_title=bool(view.get("/DisplayDocTitle", False)),
            has_bookmarks="/Outlines" in root,
            lost="" if tagged else TAGS_LOST,
        )
