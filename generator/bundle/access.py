"""What a bundle offers to people who read it with a screen reader, and what it lost when papers were put together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

TAGS_LOST = (
    "A bundle joins papers of many makers page by page, and the tags that tell a screen reader what is a heading, a "
    "list or a table cell are lost in it. Text, language, title, bookmarks, links and page labels are there. For "
    "somebody who needs tags, send the papers one by one: those of this product are tagged PDF/UA files."
)


@dataclass(frozen=True, slots=True)
class Access:
    """What the file itself says: whether it is tagged, its language, whether readers show its title and bookmarks."""

    tagged: bool
    language: str
    shows_title: bool
    has_bookmarks: bool


def tell_access(pdf: Path) -> Access:
    """Look into a finished PDF."""
    import pikepdf

    with pikepdf.open(pdf) as opened:
        root = opened.Root
        view = root.get("/ViewerPreferences", pikepdf.Dictionary())
        marks = root.get("/MarkInfo", pikepdf.Dictionary())
        return Access(
            tagged="/StructTreeRoot" in root and bool(marks.get("/Marked", False)),
            language=str(root.get("/Lang", "")),
            shows_title=bool(view.get("/DisplayDocTitle", False)),
            has_bookmarks="/Outlines" in root,
        )
