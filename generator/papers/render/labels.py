"""Replace citations by bundle pages in a finished Word file, also one that was edited."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from generator.base.errors import ConversionError
from generator.base.word_package import DamagedPackageError, Package, open_package, rewrite_package
from generator.base.word_xml import W, parse_xml, write_xml
from generator.case.citations import Citation, Labels, format_label, read_tag, write_address
from generator.papers.render.elements import make_element

_BODY, _LINKS, _STYLES = "word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml"
_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_STYLE = "BundlePage"
_NO_BREAK = "\N{NO-BREAK SPACE}"


def list_citations(word: Path) -> tuple[Citation, ...]:
    """List what a Word file still cites, in the order of its text. Raises ConversionError for a damaged file."""
    with _open(word) as package:
        return tuple(cited for _, cited in _find_marks(parse_xml(package.read(_BODY))))


def label_citations(word: Path, target: Path, labels: Labels) -> tuple[Citation, ...]:
    """Write to `target` the same Word file with bundle pages for citations, each a link to `bundle.invalid`.

    Returns what was labelled, in the order of the text; the links are numbered from 1 in the same order. A citation of
    evidence without labels, which is not in the bundle, stays in words. Raises ConversionError for a damaged file,
    IndexError for a page that the evidence does not have.
    """
    with _open(word) as package:
        parts = {name: parse_xml(package.read(name)) for name in (_BODY, _LINKS, _STYLES)}
    labelled: list[Citation] = []
    for control, cited in list(_find_marks(parts[_BODY])):
        if cited.id in labels:
            labelled.append(cited)
            address = write_address(cited, len(labelled))
            link = _make_link(control, format_label(cited, labels[cited.id]), _relate(parts[_LINKS], address))
            control.getparent().replace(control, link)
    if labelled:
        _add_style(parts[_STYLES])
    changed = {name: write_xml(root) for name, root in parts.items()}
    # The ledger holds the digest of this file: other bytes would be another paper than the one that was filed.
    target.write_bytes(rewrite_package(word, changed, fast=True, packs_pictures=True))
    return tuple(labelled)


@contextmanager
def _open(word: Path) -> Iterator[Package]:
    try:
        with open_package(word) as package:
            yield package
    except DamagedPackageError:
        raise ConversionError(
            f"{word.name} is damaged or is not a Word file. Open it in Word and save it again."
        ) from None


def _find_marks(document: Any) -> Iterator[tuple[Any, Citation]]:
    """Find every content control that names a citation and still holds words in one line."""
    for control in document.iter(f"{W}sdt"):
        tag = control.find(f"{W}sdtPr/{W}tag")
        cited = read_tag(tag.get(f"{W}val", "")) if tag is not None else None
        if cited and control.find(f"{W}sdtContent/{W}r") is not None:
            yield control, cited


def _make_link(control: Any, label: str, relation: str) -> Any:
    """The link in place of a citation, in the style of its first words; it never breaks over two lines."""
    properties = control.find(f"{W}sdtContent/{W}r/{W}rPr")
    properties = make_element("rPr") if properties is None else deepcopy(properties)
    for old in properties.findall(f"{W}rStyle"):
        properties.remove(old)
    # LibreOffice makes a link of it in the PDF only where the words have a character style.
    properties.insert(0, make_element("rStyle", val=_STYLE))
    link = make_element(
        "hyperlink", make_element("r", properties, make_element("t", text=label.replace(" ", _NO_BREAK)))
    )
    link.set(qn("r:id"), relation)
    link.set(qn("w:history"), "1")
    return link


def _relate(relations: Any, address: str) -> str:
    known = {relation.get("Id") for relation in relations}
    name = next(name for number in range(1, len(known) + 2) if (name := f"rIdCited{number}") not in known)
    namespace = etree.QName(relations).namespace
    relation = {"Id": name, "Type": _HYPERLINK, "Target": address, "TargetMode": "External"}
    relations.append(relations.makeelement(f"{{{namespace}}}Relationship", relation))
    return name


def _add_style(styles: Any) -> None:
    if any(style.get(f"{W}styleId") == _STYLE for style in styles.iter(f"{W}style")):
        return
    colour = _find_accent(styles)
    look = make_element("rPr", *([make_element("color", val=colour)] if colour else []))
    styles.append(
        make_element("style", make_element("name", val="Bundle page"), look, type="character", styleId=_STYLE)
    )


def _find_accent(styles: Any) -> str | None:
    """The colour of first headings, which is that of the house style; nothing where they have none."""
    for style in styles.iter(f"{W}style"):
        name, colour = style.find(f"{W}name"), style.find(f"{W}rPr/{W}color")
        if name is not None and colour is not None and name.get(f"{W}val", "").casefold() == "heading 1":
            return str(colour.get(f"{W}val"))
    return None
