"""Make a source ready to be appended: its own links keep their targets, and nothing else of it acts."""

from __future__ import annotations

from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, PdfObject

from generator.base.errors import Problem
from generator.base.pages import PAGE_EXTRAS
from generator.base.pdf_objects import look_up

_CATALOG_EXTRAS = ("/AcroForm", "/AF", "/Dests", "/Names", "/OpenAction", "/Outlines", "/AA", "/Threads")
_LOOK = ("/Rect", "/Border", "/BS", "/C", "/H", "/QuadPoints")


def prepare_source(reader: PdfReader) -> list[Problem]:
    """Change an opened source in memory: links by name become links to a page, everything that acts is dropped.

    Two papers may use the same name for different places (Word does), and a merged file has only one list of names.
    Returns problems for what would be lost: drawn notes and form fields that were not made part of the page before.
    """
    problems: list[Problem] = []
    names: dict[str, Any] | None = None
    for page in reader.pages:
        for key in PAGE_EXTRAS:
            page.pop(key, None)
        if "/Annots" not in page:
            continue
        annotations = look_up(page, "/Annots")
        if not isinstance(annotations, ArrayObject):
            page.pop("/Annots", None)
            continue
        kept = ArrayObject()
        for annotation in annotations:
            described = annotation.get_object()
            if not isinstance(described, DictionaryObject):
                continue
            if look_up(described, "/Subtype") != "/Link":
                if "/AP" in described and not problems:
                    says = "This PDF has form fields or notes that are not yet part of its pages"
                    remedy = "admit it as evidence first, which makes them part of the page"
                    problems.append(Problem("B001", says, remedy=remedy))
                continue
            target: object = _read_target(described)
            if isinstance(target, str):
                names = _read_names(reader) if names is None else names
                target = names.get(target)
            if isinstance(target, ArrayObject) and target and "/Rect" in described:
                kept.append(_make_link(described, target))
        page.pop("/Annots", None)
        if kept:
            page[NameObject("/Annots")] = kept
    for key in _CATALOG_EXTRAS:
        reader.root_object.pop(key, None)
    return problems


def _read_target(link: DictionaryObject) -> PdfObject | None:
    """Where a link leads inside its own file: an array, a name, or nothing when it leads elsewhere or acts."""
    target: PdfObject | None = look_up(link, "/Dest")
    if target is None:
        action = look_up(link, "/A")
        if isinstance(action, DictionaryObject) and look_up(action, "/S") == "/GoTo":
            target = look_up(action, "/D")
    return target


def _read_names(reader: PdfReader) -> dict[str, Any]:
    return {str(name): place.dest_array for name, place in reader.named_destinations.items()}


def _make_link(link: DictionaryObject, target: ArrayObject) -> DictionaryObject:
    made = DictionaryObject({NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Link")})
    for key in _LOOK:
        if key in link:
            made[NameObject(key)] = link[key]
    made[NameObject("/Dest")] = ArrayObject(target)
    return made
