"""Count what acts in a PDF and what it carries along, before it is left out of the copy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pikepdf

from generator.evidence.results import Removed

_ACTIONS = {
    "/JavaScript": Removed.SCRIPTS,
    "/Launch": Removed.LAUNCH_ACTIONS,
    "/URI": Removed.OUTSIDE_LINKS,
    "/GoToR": Removed.OUTSIDE_LINKS,
    "/GoToE": Removed.OUTSIDE_LINKS,
    "/SubmitForm": Removed.OUTSIDE_LINKS,
    "/ImportData": Removed.OUTSIDE_LINKS,
    "/Rendition": Removed.MEDIA,
    "/Movie": Removed.MEDIA,
    "/Sound": Removed.MEDIA,
    "/RichMediaExecute": Removed.MEDIA,
}
_NOTES = {
    "/FileAttachment": Removed.ATTACHMENTS,
    "/Movie": Removed.MEDIA,
    "/Sound": Removed.MEDIA,
    "/RichMedia": Removed.MEDIA,
    "/3D": Removed.MEDIA,
    "/Widget": Removed.FORM_FIELDS,
}
_SAID_ON_THE_PAGE = frozenset({"/FreeText", "/Link", "/Popup", "/Widget", "/Redact", "/Screen", *_NOTES})
_LONGEST_CHAIN = 50
_MOST_MARKS = 20_000


def list_annotations(page: pikepdf.Page) -> list[Any]:
    """The notes, links and fields of a page that are what they should be: dictionaries."""
    held = page.obj.get("/Annots")
    return [one for one in held if isinstance(one, pikepdf.Dictionary)] if isinstance(held, pikepdf.Array) else []


def count_removed(pdf: pikepdf.Pdf) -> Counter[str]:
    """How many there are of each kind in a PDF as it came."""
    removed: Counter[str] = Counter()
    root = pdf.Root
    holders: list[Any] = [root, *_walk_tree(root, "/AcroForm", "/Fields", ("/Kids",))]
    marks = [*_walk_outline(root)]
    holders += marks
    removed[Removed.BOOKMARKS] = len(marks)
    removed[Removed.ATTACHMENTS] = len(pdf.attachments)
    for page in pdf.pages:
        holders.append(page.obj)
        for one in list_annotations(page):
            holders.append(one)
            kind = str(one.get("/Subtype"))
            if kind in _NOTES:
                removed[_NOTES[kind]] += 1
            elif "/Contents" in one and kind not in _SAID_ON_THE_PAGE and str(one["/Contents"]).strip():
                # Its icon or its line may be drawn; its words are not.
                removed[Removed.NOTES] += 1
    names = root.get("/Names")
    scripts = names.get("/JavaScript") if isinstance(names, pikepdf.Dictionary) else None
    if isinstance(scripts, pikepdf.Dictionary):
        removed[Removed.SCRIPTS] += len(pikepdf.NameTree(scripts))
    seen: set[tuple[int, int]] = set()
    for holder in holders:
        for action in _list_actions(holder):
            # A field and its drawing on the page are often one object, met twice.
            if action.objgen != (0, 0) and action.objgen in seen:
                continue
            seen.add(action.objgen)
            if what := _ACTIONS.get(str(action.get("/S"))):
                removed[what] += 1
    removed[Removed.METADATA] = len(pdf.docinfo) + ("/Metadata" in root)
    return +removed


def is_signed(pdf: pikepdf.Pdf) -> bool:
    """Whether somebody signed the PDF electronically; a field that waits for a signature is none."""
    fields = _walk_tree(pdf.Root, "/AcroForm", "/Fields", ("/Kids",))
    on_pages = (one for page in pdf.pages for one in list_annotations(page))
    return any(one.get("/FT") == "/Sig" and "/V" in one for source in (fields, on_pages) for one in source)


def _list_actions(holder: Any) -> Iterator[Any]:
    found = [holder.get("/A"), holder.get("/OpenAction")]
    events = holder.get("/AA")
    if isinstance(events, pikepdf.Dictionary):
        found += [events[key] for key in events.keys()]  # noqa: SIM118 - a pikepdf dictionary iterates over values
    left = _LONGEST_CHAIN
    while found and left:
        action = found.pop()
        if isinstance(action, pikepdf.Array):
            found += list(action)
        elif isinstance(action, pikepdf.Dictionary):
            left -= 1
            yield action
            found.append(action.get("/Next"))


def _walk_tree(root: Any, holder: str, first: str, branches: tuple[str, ...]) -> Iterator[Any]:
    held = root.get(holder)
    waiting = [held.get(first)] if isinstance(held, pikepdf.Dictionary) else []
    seen: set[tuple[int, int]] = set()
    while waiting and len(seen) < _MOST_MARKS:
        node = waiting.pop()
        if isinstance(node, pikepdf.Array):
            waiting += list(node)
        elif isinstance(node, pikepdf.Dictionary):
            # Loops go through objects with a number of their own.
            if node.objgen in seen:
                continue
            if node.objgen != (0, 0):
                seen.add(node.objgen)
            yield node
            waiting += [node.get(branch) for branch in branches]


def _walk_outline(root: Any) -> Iterator[Any]:
    return _walk_tree(root, "/Outlines", "/First", ("/Next", "/First"))
