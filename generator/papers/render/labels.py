"""Put bundle pages in the place of citations in a finished Word file, be it ours or edited since."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from generator.base.errors import ConversionError
from generator.case.citations import Citation, Labels, read_tag, say_label, write_address

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = etree.XMLParser(recover=False, resolve_entities=False, no_network=True, huge_tree=True)
_BODY, _LINKS, _STYLES = "word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml"
_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_STYLE = "BundlePage"
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_NO_BREAK = "\N{NO-BREAK SPACE}"


def list_citations(word: Path) -> tuple[Citation, ...]:
    """What a Word file still cites, in the order of its text. Raises ConversionError for a file that is damaged."""
    with _open(word) as archive:
        return tuple(cited for _, cited in _find_marks(_read(archive, _BODY, word)))


def label_citations(word: Path, target: Path, labels: Labels) -> tuple[Citation, ...]:
    """Write to `target` the same Word file with bundle pages for citations, each a link to `bundle.invalid`.

    Returns what was labelled, in the order of the text: the links are numbered so, from 1. A citation of evidence that
    has no labels, because it is not in the bundle, stays in words. Raises ConversionError for a file that is damaged,
    IndexError for a page that the evidence does not have.
    """
    with _open(word) as archive:
        parts = {name: _read(archive, name, word) for name in (_BODY, _LINKS, _STYLES)}
        labelled: list[Citation] = []
        for control, cited in list(_find_marks(parts[_BODY])):
            if cited.id in labels:
                labelled.append(cited)
                address = write_address(cited, len(labelled))
                link = _make_link(control, say_label(cited, labels[cited.id]), _relate(parts[_LINKS], address))
                control.getparent().replace(control, link)
        if labelled:
            _add_style(parts[_STYLES])
        _write(archive, target, parts)
    return tuple(labelled)


def _open(word: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(word)
    except zipfile.BadZipFile:
        raise _damaged(word) from None


def _read(archive: zipfile.ZipFile, name: str, word: Path) -> Any:
    try:
        return etree.fromstring(archive.read(name), parser=_STRICT)
    except (KeyError, zipfile.BadZipFile, etree.XMLSyntaxError):
        raise _damaged(word) from None


def _damaged(word: Path) -> ConversionError:
    return ConversionError(f"{word.name} is damaged or is not a Word file. Open it in Word and save it again.")


def _find_marks(document: Any) -> Iterator[tuple[Any, Citation]]:
    """Every content control that says what it cites, and that still holds words in one line."""
    for control in document.iter(f"{_W}sdt"):
        tag = control.find(f"{_W}sdtPr/{_W}tag")
        cited = read_tag(tag.get(f"{_W}val", "")) if tag is not None else None
        if cited and control.find(f"{_W}sdtContent/{_W}r") is not None:
            yield control, cited


def _make_link(control: Any, label: str, relation: str) -> Any:
    """The link in place of a citation, in the style of its first words; it never breaks over two lines."""
    link = control.makeelement(f"{_W}hyperlink", {qn("r:id"): relation, f"{_W}history": "1"})
    run = link.makeelement(f"{_W}r", {})
    properties = control.find(f"{_W}sdtContent/{_W}r/{_W}rPr")
    properties = run.makeelement(f"{_W}rPr", {}) if properties is None else deepcopy(properties)
    for old in properties.findall(f"{_W}rStyle"):
        properties.remove(old)
    # LibreOffice makes a link of it in the PDF only where the words have a character style.
    properties.insert(0, properties.makeelement(f"{_W}rStyle", {f"{_W}val": _STYLE}))
    text = run.makeelement(f"{_W}t", {qn("xml:space"): "preserve"})
    text.text = label.replace(" ", _NO_BREAK)
    run.extend((properties, text))
    link.append(run)
    return link


def _relate(relations: Any, address: str) -> str:
    known = {relation.get("Id") for relation in relations}
    name = next(name for number in range(1, len(known) + 2) if (name := f"rIdCited{number}") not in known)
    namespace = etree.QName(relations).namespace
    relation = {"Id": name, "Type": _HYPERLINK, "Target": address, "TargetMode": "External"}
    relations.append(relations.makeelement(f"{{{namespace}}}Relationship", relation))
    return name


def _add_style(styles: Any) -> None:
    if any(style.get(f"{_W}styleId") == _STYLE for style in styles.iter(f"{_W}style")):
        return
    style = styles.makeelement(f"{_W}style", {f"{_W}type": "character", f"{_W}styleId": _STYLE})
    look = style.makeelement(f"{_W}rPr", {})
    if colour := _find_accent(styles):
        look.append(look.makeelement(f"{_W}color", {f"{_W}val": colour}))
    style.extend((style.makeelement(f"{_W}name", {f"{_W}val": "Bundle page"}), look))
    styles.append(style)


def _find_accent(styles: Any) -> str | None:
    """The colour of first headings, which is that of the house style; nothing where they have none."""
    for style in styles.iter(f"{_W}style"):
        name, colour = style.find(f"{_W}name"), style.find(f"{_W}rPr/{_W}color")
        if name is not None and colour is not None and name.get(f"{_W}val", "").casefold() == "heading 1":
            return str(colour.get(f"{_W}val"))
    return None


def _write(archive: zipfile.ZipFile, target: Path, parts: dict[str, Any]) -> None:
    with zipfile.ZipFile(target, "w") as written:
        for part in archive.infolist():
            entry = zipfile.ZipInfo(part.filename, _EARLIEST)
            entry.create_system, entry.compress_type = 0, zipfile.ZIP_DEFLATED
            changed = parts.get(part.filename)
            content = (
                archive.read(part)
                if changed is None
                else etree.tostring(changed, xml_declaration=True, encoding="UTF-8", standalone=True)
            )
            written.writestr(entry, content, compresslevel=1)
