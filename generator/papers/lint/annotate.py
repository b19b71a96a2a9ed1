"""Write findings into a copy of the template, as Word comments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml import etree

from generator.base.word_package import rewrite_package
from generator.base.word_xml import NAMESPACE, PRESERVE, W, parse_xml, write_xml
from generator.papers.lint.findings import TemplateFinding
from generator.papers.lint.wordparts import Paragraph, WordFile, open_word

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_PATH, _RELATIONS = "word/comments.xml", "word/_rels/document.xml.rels"
_AUTHOR, _INITIALS = "permanence templates check", "PTC"


def annotate(content: bytes, name: str, findings: Sequence[TemplateFinding]) -> bytes:
    """A copy of a template in which every finding is a comment: at its paragraph, else at the first paragraph.

    Word has no comments in headers, footers and properties, so what is wrong there stands at the beginning of the text.
    """
    word = open_word(content, name)
    comments = _read_comments(word)
    number = max((int(one.get(f"{W}id", "0")) for one in comments), default=-1) + 1
    paragraphs = word.body.paragraphs
    if not paragraphs:
        return content
    for finding in findings:
        place = next((one for one in paragraphs if one.where == finding.where), None)
        comments.append(_write_comment(number, finding, elsewhere=place is None))
        _mark(place or paragraphs[0], number)
        number += 1
    parts = {word.body.path: write_xml(word.body.root), _PATH: write_xml(comments)}
    parts["[Content_Types].xml"] = _declare(word)
    parts[_RELATIONS] = _relate(word)
    return rewrite_package(content, parts)


def _read_comments(word: WordFile) -> Any:
    if _PATH in word.others:
        return parse_xml(word.others[_PATH])
    return etree.Element(f"{W}comments", nsmap={"w": NAMESPACE})


def _write_comment(number: int, finding: TemplateFinding, *, elsewhere: bool) -> Any:
    comment = etree.Element(f"{W}comment", {
        f"{W}id": str(number), f"{W}author": _AUTHOR, f"{W}initials": _INITIALS,
    })  # fmt: skip
    where = f" In the {finding.where}." if elsewhere else ""
    lines = [f"{finding.code} ({finding.level.value}): {finding.says}.{where}"]
    if finding.remedy:
        lines.append(f"Try: {finding.remedy}")
    for line in lines:
        paragraph = etree.SubElement(comment, f"{W}p")
        run = etree.SubElement(paragraph, f"{W}r")
        text = etree.SubElement(run, f"{W}t", {PRESERVE: "preserve"})
        text.text = line
    return comment


def _mark(paragraph: Paragraph, number: int) -> None:
    """Put the mark of a comment around a paragraph; around the one that holds a text box, where it is in one."""
    element = paragraph.element
    for around in element.iterancestors(f"{W}p"):
        element = around
    start = etree.Element(f"{W}commentRangeStart", {f"{W}id": str(number)})
    properties = element.find(f"{W}pPr")
    element.insert(0 if properties is None else element.index(properties) + 1, start)
    element.append(etree.Element(f"{W}commentRangeEnd", {f"{W}id": str(number)}))
    run = etree.SubElement(element, f"{W}r")
    etree.SubElement(run, f"{W}commentReference", {f"{W}id": str(number)})


def _declare(word: WordFile) -> bytes:
    types = parse_xml(word.others["[Content_Types].xml"])
    if not any(one.get("PartName") == f"/{_PATH}" for one in types):
        etree.SubElement(types, f"{_TYPES}Override", {"PartName": f"/{_PATH}", "ContentType": _CONTENT_TYPE})
    return write_xml(types)


def _relate(word: WordFile) -> bytes:
    content = word.others.get(_RELATIONS)
    relations = (
        parse_xml(content)
        if content is not None
        else etree.Element(f"{_RELS}Relationships", nsmap={None: _RELS.strip("{}")})  # type: ignore[dict-item] # lxml allows it
    )
    if not any(one.get("Type") == _KIND for one in relations):
        taken = {one.get("Id") for one in relations}
        free = next(name for name in (f"rId{number}" for number in range(1, len(taken) + 2)) if name not in taken)
        etree.SubElement(relations, f"{_RELS}Relationship", {"Id": free, "Type": _KIND, "Target": "comments.xml"})
    return write_xml(relations)
