"""The XML of Office files: safe parsing, and what readers of Word files often ask."""

from __future__ import annotations

from typing import Any

from lxml import etree

from generator.base.word_package import DamagedPackageError

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{NAMESPACE}}}"
"""Before the name of every element and attribute of a Word file."""
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""Holds the words of a text box a second time, for programs of before 2010."""
PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
"""Describes a picture: its alternative text."""
PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"


def parse_xml(content: bytes) -> Any:
    """The root of an XML part. Raises DamagedPackageError for one that is not well formed.

    For parts whose size was limited before: libxml2's own limits (10 MB of text, 256 levels) would refuse long papers.
    """
    return _parse(content, etree.XMLParser(recover=False, resolve_entities=False, no_network=True, huge_tree=True))


def parse_outside_xml(content: bytes) -> Any:
    """As `parse_xml`, within the limits of libxml2: tables nested by the thousand keep a converter busy for hours."""
    return _parse(content, etree.XMLParser(recover=False, resolve_entities=False, no_network=True, huge_tree=False))


def parse_damaged_xml(content: bytes) -> tuple[Any, bool]:
    """The root of an XML part as far as it can be read, None where nothing can, and whether it was read to its end.

    For a search, which must find what is there: other programs show it, too.
    """
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.fromstring(content, parser)
    return root, not any(error.level == etree.ErrorLevels.FATAL for error in parser.error_log)


def _parse(content: bytes, parser: etree.XMLParser) -> Any:
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise DamagedPackageError("a part of the file is not XML") from None


def write_xml(root: Any) -> bytes:
    """A part as Word writes it."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def text_of(element: Any) -> str:
    """The words in an element, without breaks and tabs."""
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def style_of(paragraph: Any) -> str:
    """The id of a paragraph's style; empty where it has the default one."""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else str(style.get(f"{W}val"))
