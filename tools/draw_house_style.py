"""Draw house-style.docx: fonts, colours, lists, table styles, header and footer of every paper of an authority.

Goes in: the choices in looks.py. Comes out: one Word file without body text, the same bytes every time: for what is
shipped, and for the second authority among the tests. An authority that has its own house style edits the Word file (or
brings its own) and does not need this program.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm
from fixed_package import save_fixed
from house_styles import list_numbering, style_sheet
from looks import SECOND, SHIPPED, Look
from PIL import Image, ImageDraw

_ROOT = Path(__file__).resolve().parent.parent

_KEPT_RELATIONS = frozenset({RT.STYLES, RT.NUMBERING, RT.SETTINGS, RT.FONT_TABLE})

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
{fonts}
</w:fonts>
"""


_FONT = '<w:font w:name="{name}"><w:charset w:val="00"/><w:pitch w:val="variable"/></w:font>'


def draw_house_style(look: Look) -> WordDocument:
    """The house style as a Word document: styles, lists, page, header and footer, and an empty body."""
    document = Document()
    _keep_only_what_is_used(document)
    _replace(document.styles.element, style_sheet(look))
    _replace(document.part.numbering_part.element, list_numbering(look))
    _replace(document.settings.element, _SETTINGS.format(ns=nsdecls("w")))
    _set_fonts(document, look)
    _set_page(document, look)
    _fill_margins(document, look)
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


def _set_fonts(document: WordDocument, look: Look) -> None:
    fonts = "".join(_FONT.format(name=name) for name in sorted({look.text_font, look.heading_font}))
    for relation in document.part.rels.values():
        if relation.reltype == RT.FONT_TABLE:
            relation.target_part._blob = _FONTS.format(ns=nsdecls("w"), fonts=fonts).strip().encode()


def _set_page(document: WordDocument, look: Look) -> None:
    """A4, and a first page whose header is the letterhead."""
    section, page = document.sections[0], look.page
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
    section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
    section.header_distance, section.footer_distance = Mm(page.header), Mm(page.footer)
    section.different_first_page_header_footer = True


def _fill_margins(document: WordDocument, look: Look) -> None:
    """Header and footer: the first page carries the letterhead, the others a running head; all carry the same foot."""
    section = document.sections[0]
    first: Any = section.first_page_header
    logo = _place_logo(first.part) if look.has_logo else ""
    _replace(first._element, _story("hdr", _letterhead(look, logo)))
    _replace(section.header._element, _story("hdr", _running_head(look)))
    for footer in (section.first_page_footer, section.footer):
        _replace(footer._element, _story("ftr", _foot(look)))


def _letterhead(look: Look, logo: str) -> str:
    name, department = (
        _run("{{ authority.name }}"),
        _run("{% if authority.department %}{{ authority.department }}{% endif %}"),
    )
    if logo:
        return (
            f'<w:p><w:pPr><w:pStyle w:val="Letterhead"/></w:pPr>{logo}<w:r><w:tab/></w:r>{name}</w:p>'
            f'<w:p><w:pPr><w:pStyle w:val="Header"/><w:jc w:val="right"/></w:pPr>{_draft("   ")}{department}</w:p>'
        )
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Letterhead"/></w:pPr>{name}<w:r><w:tab/></w:r>{_draft("")}</w:p>'
        f'<w:p><w:pPr><w:pStyle w:val="Header"/>{_rule("bottom", look, space=6)}</w:pPr>{department}</w:p>'
    )


def _place_logo(part: Any) -> str:
    """An invented mark, in words for those who do not see it."""
    inline = part.new_pic_inline(io.BytesIO(_draw_logo(SECOND)), None, Mm(15))
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")
    inline.docPr.set("name", "Logo")
    inline.docPr.set("descr", "Mark of the council: a bridge over a river")
    return f"<w:r><w:drawing>{inline.xml}</w:drawing></w:r>"


def _draw_logo(look: Look) -> bytes:
    picture = Image.new("RGB", (612, 360), "white")
    pen = ImageDraw.Draw(picture)
    accent, line = f"#{look.accent}", f"#{look.line}"
    pen.rectangle((0, 60, 611, 110), fill=accent)
    for left in (10, 210, 410):
        pen.pieslice((left, 70, left + 180, 330), 180, 360, fill="white")
    for left in (0, 190, 390, 590):
        pen.rectangle((left, 100, left + 20, 230), fill=accent)
    for top in (260, 310):
        pen.rectangle((0, top, 611, top + 22), fill=line)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _running_head(look: Look) -> str:
    """A table of two cells, so that a long title wraps in its own half and never meets the authority's name."""
    width = look.page.width
    halves = width * 2 // 5, width - width * 2 // 5
    left = f'<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{_run("{{ authority.name }}")}</w:p>'
    right = f'<w:p><w:pPr><w:pStyle w:val="Header"/><w:jc w:val="right"/></w:pPr>{_draft("   ")}{_run("{{ paper.title }}")}</w:p>'
    cells = zip(halves, (left, right), strict=True)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/>'
        f'<w:tblBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="{look.line}"/></w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:bottom w:w="60" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblGrid>{"".join(f"""<w:gridCol w:w="{half}"/>""" for half in halves)}</w:tblGrid><w:tr>'
        + "".join(f'<w:tc><w:tcPr><w:tcW w:w="{half}" w:type="dxa"/></w:tcPr>{words}</w:tc>' for half, words in cells)
        + '</w:tr></w:tbl><w:p><w:pPr><w:pStyle w:val="Space"/></w:pPr></w:p>'
    )


def _foot(look: Look) -> str:
    pages = f"{_run('Page ')}{_field('PAGE')}{_run(' of ')}{_field('NUMPAGES')}"
    says = _run("{{ case.reference }}   {{ paper.handling }}")
    left, right = (pages, says) if look.has_logo else (says, pages)
    return f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{left}<w:r><w:tab/></w:r>{right}</w:p>'


def _story(kind: str, body: str) -> str:
    return f"<w:{kind} {nsdecls('w', 'wp', 'a', 'pic', 'r')}>{body}</w:{kind}>"


def _rule(side: str, look: Look, *, space: int) -> str:
    return f'<w:pBdr><w:{side} w:val="single" w:sz="8" w:space="{space}" w:color="{look.accent}"/></w:pBdr>'


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
    """Write the house style that is shipped, and that of the second authority among the tests."""
    for look, folder in ((SHIPPED, _ROOT / "templates"), (SECOND, _ROOT / "tests" / "corpora" / "second-authority")):
        folder.mkdir(exist_ok=True)
        save_fixed(draw_house_style(look), folder / "house-style.docx")
        print(f"drew {folder / 'house-style.docx'}")


if __name__ == "__main__":
    main()
