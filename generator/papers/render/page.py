"""Give a paper the page of a house style: size, margins, header and footer, and what each page must say."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from generator.base.errors import TemplateError
from generator.base.word_xml import text_of, write_xml
from generator.papers.render.elements import make_element
from generator.papers.render.packageparts import copy_part
from generator.papers.render.stylesheet import Key, list_styles

_HEADER, _FOOTER = qn("w:headerReference"), qn("w:footerReference")
_MARGINS = {
    _HEADER: (RT.HEADER, CT.WML_HEADER, "header", "hdr"),
    _FOOTER: (RT.FOOTER, CT.WML_FOOTER, "footer", "ftr"),
}
_LEAST_WIDTH = 2268
"""Four centimetres, in twentieths of a point."""
_MUST_SAY = {
    "header": (("paper.draft",), ("{%p if paper.draft %}", "DRAFT", "{%p endif %}")),
    "footer": (("paper.handling", "paper.audience"), ("{{ paper.handling }}",)),
}
"""What header and footer have to ask for, and the lines that are added where they do not."""


def take_page(paper: Any, house: Any, house_name: str) -> None:
    """Give every page of `paper` the size, margins, header and footer of `house`.

    Landscape pages stay landscape. Tables keep their share of the width. Raises TemplateError for a header or footer
    that holds more than text, pictures and links, and for margins with no room between them.
    """
    page = house.element.body.find(qn("w:sectPr"))
    sections = list(_find_sections(paper.element.body))
    if page is None or not sections:
        return
    references = [*_take_margins(paper, house, page, house_name)]
    for place, (section, content) in enumerate(sections):
        before = measure_text(section)
        _set_page(section, page, references, is_first=place == 0)
        after = measure_text(section)
        if after < _LEAST_WIDTH and section.find(qn("w:pgSz")) is not None:
            raise TemplateError(
                f"The house style {house_name} leaves no room for words between its margins. Make them smaller in Word"
            )
        if before > 0 and after > 0 and before != after:
            _fit_tables(content, after / before)
    mine, theirs = paper.settings.element, house.settings.element
    mine.evenAndOddHeaders_val = False
    if _is_on(theirs.evenAndOddHeaders):
        mine.replace(mine.get_or_add_evenAndOddHeaders(), deepcopy(theirs.evenAndOddHeaders))


def measure_text(section: Any) -> int:
    """The width of the text between the margins, in twentieths of a point; 0 where the section does not say."""
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    if size is None or margins is None:
        return 0
    left, right = (int(margins.get(qn(f"w:{side}"), "0")) for side in ("left", "right"))
    return int(size.get(qn("w:w"), "0")) - left - right


def _find_sections(body: Any) -> Iterator[tuple[Any, list[Any]]]:
    """The sections of a text, each with the paragraphs and tables in it."""
    content: list[Any] = []
    for child in body:
        section = child if child.tag == qn("w:sectPr") else child.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        content.append(child)
        if section is not None:
            yield section, content
            content = []


def _set_page(section: Any, page: Any, references: list[Any], *, is_first: bool) -> None:
    for child in list(section):
        if child.tag in _MARGINS or child.tag == qn("w:titlePg"):
            section.remove(child)
    for place, reference in enumerate(references):
        section.insert(place, deepcopy(reference))
    on_its_side = (old := section.pgSz) is not None and old.get(qn("w:orient")) == "landscape"
    for new, get_or_add in ((page.pgSz, section.get_or_add_pgSz), (page.pgMar, section.get_or_add_pgMar)):
        if new is not None:
            section.replace(get_or_add(), deepcopy(new))
    size = section.pgSz
    if size is not None and on_its_side != (size.get(qn("w:orient")) == "landscape"):
        size.attrib.pop(qn("w:orient"), None)
        width, height = size.get(qn("w:w")), size.get(qn("w:h"))
        size.set(qn("w:w"), height)
        size.set(qn("w:h"), width)
        if on_its_side:
            size.set(qn("w:orient"), "landscape")
    if is_first and _is_on(page.titlePg):
        section.get_or_add_titlePg()


def _is_on(switch: Any) -> bool:
    return switch is not None and switch.get(qn("w:val"), "true") not in {"0", "false", "off"}


def _fit_tables(content: list[Any], share: float) -> None:
    for block in content:
        for table in block.iter(qn("w:tbl")):
            widths = [width for width in table.iter(qn("w:tblW"), qn("w:tcW")) if width.get(qn("w:type")) == "dxa"]
            for width in [*widths, *table.iter(qn("w:gridCol"))]:
                if width.get(qn("w:w"), "").isdigit():
                    width.set(qn("w:w"), str(round(int(width.get(qn("w:w"))) * share)))


def _take_margins(paper: Any, house: Any, page: Any, house_name: str) -> Iterator[Any]:
    """Copy headers and footers into the paper; yields the references by which its sections name them."""
    for relation in [key for key, one in paper.part.rels.items() if one.reltype in {RT.HEADER, RT.FOOTER}]:
        del paper.part.rels[relation]
    ids = {key: style.get(qn("w:styleId")) for key, style in list_styles(paper.styles.element)}
    for tag, (kind, content_type, called, root) in _MARGINS.items():
        given = {reference.get(qn("w:type")): reference.get(qn("r:id")) for reference in page.iterfind(tag)}
        needed = [*(["first"] if _is_on(page.titlePg) else []), "default"]
        if _is_on(house.settings.element.evenAndOddHeaders):
            needed.append("even")
        for which in needed:
            name = PackURI(f"/word/{called}{needed.index(which) + 1}.xml")
            original = house.part.related_parts[given[which]] if which in given else _Empty(root)
            part = copy_part(original, paper.part.package, name, content_type, f"the {called} of {house_name}")
            part._blob = _complete(part.blob, called, ids)  # noqa: SLF001 - python-docx offers no other way to write a part
            reference = make_element(f"{called}Reference", type=which)
            reference.set(qn("r:id"), paper.part.relate_to(part, kind))
            yield reference


class _Empty:
    """The header or footer of a house style that has none there."""

    def __init__(self, root: str) -> None:
        self.rels: dict[str, Any] = {}
        self.blob = f"<w:{root} {nsdecls('w', 'r')}/>".encode()


def _complete(blob: bytes, called: str, ids: dict[Key, str]) -> bytes:
    """Add the words that every page must have before those of the house style, where it does not ask for them."""
    story = parse_xml(blob)
    said = text_of(story)
    fields, lines = _MUST_SAY[called]
    if not any(field in said for field in fields):
        for place, words in enumerate(lines):
            story.insert(place, parse_xml(_write_line(called, words, ids)))
    if story.find(qn("w:p")) is None and story.find(qn("w:tbl")) is None:
        story.append(OxmlElement("w:p"))
    return write_xml(story)


def _write_line(called: str, words: str, ids: dict[Key, str]) -> str:
    style, mark = ids.get(("paragraph", called)), ids.get(("character", "draft mark"))
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    run = (
        (f'<w:rPr><w:rStyle w:val="{mark}"/></w:rPr>' if mark else "<w:rPr><w:b/></w:rPr>") if words == "DRAFT" else ""
    )
    return f'<w:p {nsdecls("w")}>{look}<w:r>{run}<w:t xml:space="preserve">{words}</w:t></w:r></w:p>'
