"""Draw templates/house-style.docx: fonts, colours, lists, table styles, header and footer of every paper.

Goes in: nothing but the choices written here. Comes out: one Word file without body text, the same bytes every time.
An authority that has its own house style edits the Word file (or brings its own) and does not need this program.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm
from fixed_package import save_fixed
from house_styles import ACCENT, LINE, list_numbering, style_sheet

_ROOT = Path(__file__).resolve().parent.parent

_KEPT_RELATIONS = frozenset({RT.STYLES, RT.NUMBERING, RT.SETTINGS, RT.FONT_TABLE})

_HANDLING = (
    "{% if paper.audience == 'privileged' %}Legally privileged: not to be circulated or filed"
    "{% elif paper.audience == 'internal' %}Confidential: for the authority’s own use"
    "{% elif paper.audience == 'professionals' %}Confidential: for those it is addressed to"
    "{% else %}Confidential{% endif %}"
)
"""What the foot of each page says about who may have the paper."""

_SETTINGS = """
<w:settings {ns}>
  <w:zoom w:percent="100"/>
  <w:defaultTabStop w:val="567"/>
  <w:characterSpacingControl w:val="doNotCompress"/>
  <w:compat>
    <w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
    <w:compatSetting w:name="overrideTableStyleFontSizeAndJustification" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>
    <w:compatSetting w:name="enableOpenTypeFeatures" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>
    <w:compatSetting w:name="doNotFlipMirrorIndents" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>
  </w:compat>
  <w:themeFontLang w:val="en-GB"/>
  <w:decimalSymbol w:val="."/>
  <w:listSeparator w:val=","/>
</w:settings>
"""

_FONTS = """
<w:fonts {ns}>
  <w:font w:name="Arial">
    <w:panose1 w:val="020B0604020202020204"/>
    <w:charset w:val="00"/>
    <w:family w:val="swiss"/>
    <w:pitch w:val="variable"/>
  </w:font>
</w:fonts>
"""


def draw_house_style() -> WordDocument:
    """The house style as a Word document: styles, lists, page, header and footer, and an empty body."""
    document = Document()
    _keep_only_what_is_used(document)
    _replace(document.styles.element, style_sheet())
    _replace(document.part.numbering_part.element, list_numbering())
    _replace(document.settings.element, _SETTINGS.format(ns=nsdecls("w")))
    _set_fonts(document)
    _set_page(document)
    _fill_margins(document)
    _name_the_paper(document)
    return document


def _keep_only_what_is_used(document: WordDocument) -> None:
    """Drop the theme, thumbnail, web settings and other parts that python-docx starts with."""
    _ = document.part.numbering_part
    for holder in (document.part.rels, document.part.package.rels):
        spare = [key for key, rel in holder.items() if _is_spare(rel.reltype)]
        for key in spare:
            del holder[key]


def _is_spare(relation: str) -> bool:
    needed = _KEPT_RELATIONS | {RT.OFFICE_DOCUMENT, RT.CORE_PROPERTIES}
    return relation not in needed


def _replace(old: object, new_xml: str) -> None:
    """Give a part's root element the children of `new_xml`."""
    new = parse_xml(new_xml)
    element: list[object] = old  # type: ignore[assignment]
    for child in list(element):
        element.remove(child)
    element.extend(list(new))


def _set_fonts(document: WordDocument) -> None:
    for relation in document.part.rels.values():
        if relation.reltype == RT.FONT_TABLE:
            relation.target_part._blob = _FONTS.format(ns=nsdecls("w")).strip().encode()


def _set_page(document: WordDocument) -> None:
    """A4 with margins of 2.2 cm, and a first page whose header is the letterhead."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2.6), Cm(2.2)
    section.header_distance, section.footer_distance = Cm(1.1), Cm(0.9)
    section.different_first_page_header_footer = True


def _fill_margins(document: WordDocument) -> None:
    """Header and footer: the first page carries the letterhead, the others a running head; all carry the same foot."""
    section = document.sections[0]
    _replace(section.first_page_header._element, _story("hdr", _letterhead()))
    _replace(section.header._element, _story("hdr", _running_head()))
    for footer in (section.first_page_footer, section.footer):
        _replace(footer._element, _story("ftr", _foot()))


def _letterhead() -> str:
    department = "{% if authority.department %}{{ authority.department }}{% endif %}"
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Letterhead"/></w:pPr>{_run("{{ authority.name }}")}<w:r><w:tab/></w:r>{_draft("")}</w:p>'
        f'<w:p><w:pPr><w:pStyle w:val="Header"/>{_rule("bottom", space=6)}</w:pPr>{_run(department)}</w:p>'
    )


def _running_head() -> str:
    """A table of two cells, so that a long title wraps in its own half and never meets the authority's name."""
    left = f'<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{_run("{{ authority.name }}")}</w:p>'
    right = f'<w:p><w:pPr><w:pStyle w:val="Header"/><w:jc w:val="right"/></w:pPr>{_draft("   ")}{_run("{{ paper.title }}")}</w:p>'
    return (
        '<w:tbl><w:tblPr><w:tblW w:w="9412" w:type="dxa"/>'
        f'<w:tblBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/></w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:bottom w:w="60" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        '<w:tblGrid><w:gridCol w:w="3912"/><w:gridCol w:w="5500"/></w:tblGrid>'
        f'<w:tr><w:tc><w:tcPr><w:tcW w:w="3912" w:type="dxa"/></w:tcPr>{left}</w:tc>'
        f'<w:tc><w:tcPr><w:tcW w:w="5500" w:type="dxa"/></w:tcPr>{right}</w:tc></w:tr></w:tbl>'
        '<w:p><w:pPr><w:pStyle w:val="Space"/></w:pPr></w:p>'
    )


def _foot() -> str:
    pages = f"{_run('Page ')}{_field('PAGE')}{_run(' of ')}{_field('NUMPAGES')}"
    left = _run("{{ case.reference }}   ") + _run(_HANDLING)
    return f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{left}<w:r><w:tab/></w:r>{pages}</w:p>'


def _story(kind: str, body: str) -> str:
    return f"<w:{kind} {nsdecls('w')}>{body}</w:{kind}>"


def _rule(side: str, *, space: int) -> str:
    return f'<w:pBdr><w:{side} w:val="single" w:sz="8" w:space="{space}" w:color="{ACCENT}"/></w:pBdr>'


def _draft(after: str) -> str:
    mark = '<w:r><w:rPr><w:rStyle w:val="DraftMark"/></w:rPr><w:t>DRAFT</w:t></w:r>'
    return f"{_run('{% if paper.draft %}')}{mark}{_run(after)}{_run('{% endif %}')}"


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""


def _field(code: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _name_the_paper(document: WordDocument) -> None:
    """Properties that a screen reader announces; python-docx's own author and dates do not travel."""
    document.core_properties.title = "{{ paper.title }}"
    document.core_properties.author = "{{ authority.name }}"
    document.core_properties.language = "en-GB"
    document.core_properties.comments = ""
    document.core_properties.keywords = ""


def main() -> None:
    """Write the house style where --templates says."""
    parser = argparse.ArgumentParser(description="Draw templates/house-style.docx from scratch.")
    parser.add_argument("--templates", type=Path, default=_ROOT / "templates", help="the folder of templates")
    folder: Path = parser.parse_args().templates
    save_fixed(draw_house_style(), folder / "house-style.docx")
    print(f"drew {folder / 'house-style.docx'}")


if __name__ == "__main__":
    main()
