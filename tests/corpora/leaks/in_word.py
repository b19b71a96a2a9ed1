"""Leaks in every place of a Word file that can hold words, shown or not."""

# ruff: noqa: E501 (a table has one line for each file)

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as REL
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from in_pdfs import page
from in_sheets import sheet
from PIL import Image
from shapes import (
    ADDRESS,
    COTTAGE,
    EMAIL,
    LANDLINE,
    MAIL,
    MAREK,
    MOBILE,
    STREET,
    TELEPHONE,
    ZOE,
    Leak,
    Make,
    content_of,
    letter,
    packed,
)

_NS = (
    " ".join(
        f'xmlns:{prefix}="http://schemas.{space}"'
        for prefix, space in {
            "w": "openxmlformats.org/wordprocessingml/2006/main",
            "r": "openxmlformats.org/officeDocument/2006/relationships",
            "wp": "openxmlformats.org/drawingml/2006/wordprocessingDrawing",
            "a": "openxmlformats.org/drawingml/2006/main",
            "c": "openxmlformats.org/drawingml/2006/chart",
            "dgm": "openxmlformats.org/drawingml/2006/diagram",
            "m": "openxmlformats.org/officeDocument/2006/math",
            "mc": "openxmlformats.org/markup-compatibility/2006",
            "wps": "microsoft.com/office/word/2010/wordprocessingShape",
            "w15": "microsoft.com/office/word/2012/wordml",
        }.items()
    )
    + ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_WHO = 'w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z"'
_ML = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def _run(text: str, more: str = "") -> str:
    return f'<w:r>{more}<w:t xml:space="preserve">{text}</w:t></w:r>'


def _xml(inside: str, tag: str = "w:p", more: str = "") -> Any:
    return parse_xml(f"<{tag} {_NS}{more}>{inside}</{tag}>")


def body(inside: str) -> Make:
    """A Word file with a paragraph of this XML after an innocent one."""

    def make(path: Path) -> None:
        document = Document()
        document.add_paragraph("We met in July.")
        document.element.body.insert(1, _xml(inside))
        document.save(str(path))

    return make


def changed(change: Callable[[Any], object]) -> Make:
    """A Word file after this has been done to it."""

    def make(path: Path) -> None:
        document = Document()
        document.add_paragraph("We met in July.")
        change(document)
        document.save(str(path))

    return make


def part(name: str, content: str | bytes, kind: str, related: str = "customPart") -> Make:
    """A Word file with one more part."""
    blob = content.encode() if isinstance(content, str) else content
    relation = (
        related if "/" in related else f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{related}"
    )

    def add(document: Any) -> None:
        document.part.relate_to(Part(PackURI(f"/{name}"), kind, blob, document.part.package), relation)

    return changed(add)


def rewritten(change: Callable[[str, bytes], bytes], inside: Make) -> Make:
    """A Word file whose parts are changed as bytes."""

    def make(path: Path) -> None:
        inside(path)
        with zipfile.ZipFile(path) as archive:
            parts = {name: change(name, archive.read(name)) for name in archive.namelist()}
        path.write_bytes(packed(parts))

    return make


def _notes(kind: str) -> Make:
    note = f'<w:{kind} w:id="2"><w:p>{_run(f"See {ZOE}.")}</w:p></w:{kind}>'
    return part(f"word/{kind}s.xml", f"<w:{kind}s {_NS}>{note}</w:{kind}s>", f"{_ML}.{kind}s+xml", f"{kind}s")


def _header(kind: str, where: str) -> Make:
    def change(document: Any) -> None:
        section = document.sections[0]
        section.different_first_page_header_footer = True
        document.settings.odd_and_even_pages_header_footer = True
        getattr(section, f"{kind}{where}").paragraphs[0].text = f"About {STREET}"

    return changed(change)


def _table(*cells: str) -> Make:
    def change(document: Any) -> None:
        table = document.add_table(rows=2, cols=len(cells))
        for number, text in enumerate(cells):
            table.cell(0, number).text = f"Line {number + 1}"
            table.cell(1, number).text = text

    return changed(change)


def _picture(attributes: str) -> Make:
    def change(document: Any) -> None:
        held = io.BytesIO()
        Image.new("RGB", (4, 4), "red").save(held, "PNG")
        held.seek(0)
        document.add_picture(held)
        for one in document.element.body.iter("{*}docPr"):
            one.set(attributes, f"The house of {ZOE}")

    return changed(change)


def _property(name: str) -> Make:
    return changed(lambda document: setattr(document.core_properties, name, f"Visit to {ZOE}"))


def _commented(text: str, author: str) -> Make:
    def change(document: Any) -> None:
        document.add_comment(document.paragraphs[0].runs, text=text, author=author, initials="X")

    return changed(change)


def _linked(target: str) -> Make:
    return changed(lambda document: document.part.relate_to(target, REL.HYPERLINK, is_external=True))


def _into(element: str, inside: str) -> Make:
    """More XML into the settings, styles or numbering of a Word file."""

    def change(document: Any) -> None:
        held = {"settings": document.settings, "styles": document.styles, "numbering": document.part.numbering_part}
        held[element].element.append(_xml(*_split_tag(inside)))

    return changed(change)


def _split_tag(xml: str) -> tuple[str, str, str]:
    tag, more, inside = re.match(r"<([\w:]+)([^>]*?)>(.*)</\1>$", xml, re.DOTALL).groups()  # type: ignore[union-attr]
    return inside, tag, more


def compound(text: str) -> bytes:
    """A compound file as Word keeps for an object that was dragged in: one stream, with a file and its name."""
    stream = struct.pack("<IH", 0, 2) + b"note.txt\0C:\\note.txt\0" + text.encode("utf-16-le")
    stream += text.encode("latin-1", "replace") + b"\0" * 4200
    count = -(-len(stream) // 512)
    free, end = 0xFFFFFFFF, 0xFFFFFFFE
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0, 0) + struct.pack("<108I", *[free] * 108)
    fat = [0xFFFFFFFD, end, *range(3, 2 + count), end]
    table = struct.pack("<128I", *fat, *[free] * (128 - len(fat)))

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        said = name.encode("utf-16-le") + b"\0\0"
        return (
            said.ljust(64, b"\0") + struct.pack("<HBBIII", len(said), kind, 1, free, free, child) + b"\0" * 36
            + struct.pack("<IQ", start, size)
        )  # fmt: skip

    folder = entry("Root Entry", 5, 1, end, 0) + entry("\x01Ole10Native", 2, free, 2, len(stream))
    return head + table + folder.ljust(512, b"\0") + stream.ljust(count * 512, b"\0")


def _embedded(name: str, content: bytes) -> Make:
    return part(f"word/embeddings/{name}", content, "application/octet-stream", "package")


def _other_prefix(name: str, content: bytes) -> bytes:
    if name != "word/document.xml":
        return content
    text = content.decode().replace("<w:", "<v0:").replace("</w:", "</v0:").replace(" w:", " v0:")
    return text.replace("xmlns:w=", "xmlns:v0=").encode()


def _in_sixteen_bits(name: str, content: bytes) -> bytes:
    if name != "word/document.xml":
        return content
    return re.sub(r"<\?xml[^>]*\?>", "<?xml version='1.0' encoding='UTF-16'?>", content.decode()).encode("utf-16")


def _as_references(name: str, content: bytes) -> bytes:
    said = "".join(f"&#{ord(one)};" for one in ZOE)
    return content.replace(b"SECRET", said.encode()) if name == "word/document.xml" else content


def _field(instruction: str, result: str) -> str:
    half = len(instruction) // 2
    pieces = (instruction[:half], instruction[half:])
    said = "".join(f'<w:r><w:instrText xml:space="preserve">{one}</w:instrText></w:r>' for one in pieces)
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return mark.format("begin") + said + mark.format("separate") + _run(result) + mark.format("end")


_BOX = f"<w:txbxContent><w:p>{_run(ZOE)}</w:p></w:txbxContent>"
_CHOICE = f'<mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx>{_BOX}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>'
_FALLBACK = f"<mc:Fallback><w:pict><v:shape><v:textbox>{_BOX}</v:textbox></v:shape></w:pict></mc:Fallback>"
_EMPTY = '<mc:Choice Requires="wps"><w:t>box</w:t></mc:Choice>'
_CUSTOM = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property '
    'fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="Carer"><vt:lpwstr>'
    + ZOE
    + "</vt:lpwstr></property></Properties>"
)
_APP = f'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Manager>{ZOE}</Manager></Properties>'
_OFFICE = "application/vnd.openxmlformats-officedocument"

_ROUTES: list[tuple[str, Make, str, str, str]] = [
    # words of the page
    ("in the body", letter(f"We met {ZOE} in July."), ZOE, "name", ""),
    ("over runs that break inside the words", body(_run("Zo") + '<w:proofErr w:type="spellStart"/>' + _run("ë Fi", "<w:rPr><w:b/></w:rPr>") + _run("eld")), ZOE, "name", ""),
    ("over two lines", letter("Write to 27 Tollgate\nRoad."), STREET, "address", ""),
    ("over two paragraphs", changed(lambda d: (d.add_paragraph("27 Tollgate"), d.add_paragraph("Road"))), STREET, "address", ""),
    ("over a tab", body(_run("Zoë") + "<w:r><w:tab/></w:r>" + _run("Field")), ZOE, "name", ""),
    ("with a hyphen that is an element", body(_run("Mr Ostrowski") + "<w:r><w:noBreakHyphen/></w:r>" + _run("Lund")), MAREK, "name", ""),
    ("with a soft hyphen that is an element", body(_run("27 Toll") + "<w:r><w:softHyphen/></w:r>" + _run("gate Road")), STREET, "address", ""),
    ("in cells of a table, line by line", _table(COTTAGE, STREET, "Saltmarch"), STREET, "address", "table|body"),
    ("in two cells, first name and surname", _table("Zoë", "Field"), ZOE, "name", "table|body"),
    ("in an equation", body(f"<m:oMath><m:r><m:t>{ZOE}</m:t></m:r></m:oMath>"), ZOE, "name", ""),
    ("in a file written with other short names", rewritten(_other_prefix, letter(ZOE)), ZOE, "name", ""),
    ("in a part of two bytes a letter", rewritten(_in_sixteen_bits, letter(ZOE)), ZOE, "name", ""),
    ("as numbers of letters", rewritten(_as_references, letter("SECRET")), ZOE, "name", ""),
    # around the page
    ("in the header", _header("header", ""), STREET, "address", "header"),
    ("in the footer", _header("footer", ""), STREET, "address", "footer"),
    ("in the header of the first page", _header("first_page_", "header"), STREET, "address", "header"),
    ("in the header of even pages", _header("even_page_", "header"), STREET, "address", "header"),
    ("in a footnote", _notes("footnote"), ZOE, "name", "note"),
    ("in an endnote", _notes("endnote"), ZOE, "name", "note"),
    ("in a comment", _commented(f"Ask {ZOE}", "A"), ZOE, "name", "comment"),
    ("as the author of a comment", _commented("Agreed", ZOE), ZOE, "name", "comment"),
    # changes and hidden words
    ("in a tracked insertion", body(f"<w:ins {_WHO}>{_run(ZOE)}</w:ins>"), ZOE, "name", ""),
    ("in a tracked deletion", body(f"<w:del {_WHO}><w:r><w:delText>{ZOE}</w:delText></w:r></w:del>"), ZOE, "name", "delet|struck|tracked|change"),
    ("half kept and half struck out", body(_run("Zoë ") + f"<w:del {_WHO}><w:r><w:delText>Fie</w:delText></w:r></w:del>" + _run("ld")), ZOE, "name", ""),
    ("in a tracked move", body(f"<w:moveFrom {_WHO}>{_run(ZOE)}</w:moveFrom>"), ZOE, "name", ""),
    ("as the author of a tracked change", body(f'<w:ins w:id="1" w:author="{ZOE}" w:date="2026-01-01T00:00:00Z">{_run("Yes")}</w:ins>'), ZOE, "name", "author|change|tracked|attribute"),
    ("in hidden text", body(_run(ZOE, "<w:rPr><w:vanish/></w:rPr>")), ZOE, "name", ""),
    ("in white on white", body(_run(ZOE, '<w:rPr><w:color w:val="FFFFFF"/></w:rPr>')), ZOE, "name", ""),
    # boxes, fields and controls
    ("in a text box", body(f"<w:r><mc:AlternateContent>{_CHOICE}<mc:Fallback/></mc:AlternateContent></w:r>"), ZOE, "name", ""),
    ("in the older form of a text box", body(f"<w:r><mc:AlternateContent>{_EMPTY}{_FALLBACK}</mc:AlternateContent></w:r>"), ZOE, "name", ""),
    ("in a watermark", changed(lambda d: d.sections[0].header.paragraphs[0]._p.append(_xml(f'<w:pict><v:shape><v:textpath string="{ZOE}"/></v:shape></w:pict>', "w:r"))), ZOE, "name", "header"),
    ("in the instruction of a field", body(_field(f'QUOTE "{ZOE}"', "quoted")), ZOE, "name", ""),
    ("in the result of a field", body(_field("MERGEFIELD carer", ZOE)), ZOE, "name", ""),
    ("in a simple field", body(f'<w:fldSimple w:instr="QUOTE &quot;{ZOE}&quot;">{_run("x")}</w:fldSimple>'), ZOE, "name", ""),
    ("in the default of a form field", body(f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="t"/><w:textInput><w:default w:val="{ZOE}"/></w:textInput></w:ffData></w:fldChar></w:r>'), ZOE, "name", ""),
    ("as a choice in a list", body(f'<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText="{ZOE}" w:value="1"/></w:dropDownList></w:sdtPr><w:sdtContent>{_run("Choose")}</w:sdtContent></w:sdt>'), ZOE, "name", ""),
    ("as the tag of a content control", body(f'<w:sdt><w:sdtPr><w:tag w:val="Zoe_Field"/></w:sdtPr><w:sdtContent>{_run("x")}</w:sdtContent></w:sdt>'), ZOE, "name", ""),
    ("as the placeholder of a content control", body(f'<w:sdt><w:sdtPr><w:alias w:val="Write to {ZOE}"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{_run("x")}</w:sdtContent></w:sdt>'), ZOE, "name", ""),
    ("as the name of a bookmark", body('<w:bookmarkStart w:id="7" w:name="Zoe_Field"/><w:bookmarkEnd w:id="7"/>'), ZOE, "name", ""),
    ("in alternative text", _picture("descr"), ZOE, "name", "alt"),
    ("in the title of a picture", _picture("title"), ZOE, "name", "alt|title"),
    ("as the name of a picture", _picture("name"), ZOE, "name", ""),
    # links
    ("as the target of a link", _linked(f"mailto:{MAIL}"), MAIL, "e-mail", "link"),
    ("in a link to a map", _linked("https://maps.example/?q=" + quote("27 Tollgate Road, Saltmarch")), STREET, "address", "link"),
    ("in a link to a map with signs of plus", _linked("https://maps.example/place/27+Tollgate+Road"), STREET, "address", "link"),
    ("as the tip of a link", body(f'<w:hyperlink w:anchor="x" w:tooltip="{ZOE}">{_run("here")}</w:hyperlink>'), ZOE, "name", ""),
    ("as a telephone link", _linked("tel:+447700900233"), MOBILE, "telephone", "link"),
    # properties and parts
    *((f"in the property {name}", _property(name), ZOE, "name", "propert") for name in ("author", "title", "subject", "keywords", "comments", "last_modified_by", "category")),
    ("in an application property", rewritten(lambda name, content: _APP.encode() if name == "docProps/app.xml" else content, letter("Yes")), ZOE, "name", "propert"),
    ("in a custom property", part("docProps/custom.xml", _CUSTOM, f"{_OFFICE}.custom-properties+xml", "custom-properties"), ZOE, "name", "propert"),
    ("in custom XML", part("customXml/item7.xml", f"<case><carer>{ZOE}</carer></case>", "application/xml", "customXml"), ZOE, "name", ""),
    ("in a document variable", _into("settings", f'<w:docVars><w:docVar w:name="carer" w:val="{ZOE}"/></w:docVars>'), ZOE, "name", ""),
    ("in the question of a mail merge", _into("settings", f'<w:mailMerge><w:query w:val="SELECT * WHERE carer = {ZOE}"/></w:mailMerge>'), ZOE, "name", ""),
    ("as the name of a style", _into("styles", f'<w:style w:type="paragraph" w:styleId="S1"><w:name w:val="Quote {ZOE}"/></w:style>'), ZOE, "name", ""),
    ("in the text of a list number", _into("numbering", f'<w:abstractNum w:abstractNumId="77"><w:lvl w:ilvl="0"><w:lvlText w:val="{STREET} %1"/></w:lvl></w:abstractNum>'), STREET, "address", ""),
    ("in the store of building blocks", part("word/glossary/document.xml", f"<w:glossaryDocument {_NS}><w:docParts><w:docPart><w:docPartBody><w:p>{_run(ZOE)}</w:p></w:docPartBody></w:docPart></w:docParts></w:glossaryDocument>", f"{_ML}.document.glossary+xml", "glossaryDocument"), ZOE, "name", ""),
    ("in the list of people", part("word/people.xml", f'<w15:people {_NS}><w15:person w15:author="{ZOE}"/></w15:people>', f"{_ML}.people+xml", "http://schemas.microsoft.com/office/2011/relationships/people"), ZOE, "name", ""),
    ("in a chart", part("word/charts/chart1.xml", f"<c:chartSpace {_NS}><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>{ZOE}</a:t></a:r></a:p></c:rich></c:tx></c:title></c:chart></c:chartSpace>", f"{_OFFICE}.drawingml.chart+xml", "chart"), ZOE, "name", "chart"),
    ("in a row of a chart", part("word/charts/chart1.xml", f"<c:chartSpace {_NS}><c:ser><c:tx><c:strRef><c:strCache><c:pt><c:v>{ZOE}</c:v></c:pt></c:strCache></c:strRef></c:tx></c:ser></c:chartSpace>", f"{_OFFICE}.drawingml.chart+xml", "chart"), ZOE, "name", "chart"),
    ("in a diagram", part("word/diagrams/data1.xml", f"<dgm:dataModel {_NS}><dgm:pt><dgm:t><a:p><a:r><a:t>Zoë </a:t></a:r><a:r><a:t>Field</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:dataModel>", f"{_OFFICE}.drawingml.diagramData+xml", "diagramData"), ZOE, "name", "diagram"),
    ("in a remark of the format itself", rewritten(lambda name, content: content.replace(b"<w:body>", f"<w:body><!-- {ZOE} -->".encode()) if name == "word/document.xml" else content, letter("Yes")), ZOE, "name", ""),
    # files inside
    ("in a Word file inside", _embedded("inner.docx", content_of(letter(ZOE))), ZOE, "name", "inner"),
    ("in a spreadsheet inside", _embedded("inner.xlsx", content_of(sheet(ZOE), ".xlsx")), ZOE, "name", "inner"),
    ("in a PDF inside", _embedded("inner.pdf", content_of(page(f"Write to {STREET}"), ".pdf")), STREET, "address", "inner"),
    ("in an object that was dragged in", part("word/embeddings/oleObject1.bin", compound(f"Ring {LANDLINE} after six"), f"{_OFFICE}.oleObject", "oleObject"), LANDLINE, "telephone", "object|ole"),
    ("in a page of HTML that Word takes in", part("word/afchunk.html", "<html><body><p>Zo&euml; <b>Fi</b>eld</p></body></html>", "text/html", "aFChunk"), ZOE, "name", ""),
    ("in a Word file that Word takes in", part("word/afchunk.docx", content_of(letter(ZOE)), f"{_ML}.document.main+xml", "aFChunk"), ZOE, "name", ""),
]  # fmt: skip

_KINDS = {"name": "name", "address": ADDRESS, "telephone": TELEPHONE, "e-mail": EMAIL}

LEAKS: tuple[Leak, ...] = (
    *(
        Leak(f"word {about}.docx".replace(" ", "-"), f"Word: {about}", make, value, _KINDS[kind], where=where)
        for about, make, value, kind, where in _ROUTES
    ),
    Leak("Letter about Zoë Field.docx", "Word: in the name of the file", letter("See the meeting."), ZOE, where="name"),
    Leak("word-named-as-a-pdf.pdf", "Word: a file with the wrong ending", letter(ZOE), ZOE),
    Leak("word-with-no-ending", "Word: a file with no ending", letter(ZOE), ZOE),
    Leak("word-macro.docm", "Word: a file that may hold macros", letter(ZOE), ZOE),
)
