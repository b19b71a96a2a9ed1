"""Leaks in spreadsheets and in zip files."""

# ruff: noqa: E501 (a table has one line for each file)

from __future__ import annotations

from shapes import (
    ADDRESS,
    BORN,
    GARETHS_BIRTH,
    LANDLINE,
    MOBILE,
    NAME,
    STREET,
    TELEPHONE,
    ZOE,
    Leak,
    Make,
    content_of,
    letter,
    packed,
    packing,
)

_SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_ML = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def book(
    cell: str = "<c r='A1' t='s'><v>0</v></c>",
    *,
    shared: str = "Hello",
    name: str = "Visits",
    more: str = "",
    names: str = "",
    second: str = "",
    parts: dict[str, str | bytes] | None = None,
) -> Make:
    """A spreadsheet: the XML of its one row, its shared text, and what else it holds; `second` is a hidden sheet."""
    hidden = "<sheet name='Notes' sheetId='2' state='hidden' r:id='rId2'/>" if second else ""
    links = "".join(
        f"<Relationship Id='rId{number}' Type='{_R}/{kind}' Target='{target}'/>"
        for number, (kind, target) in enumerate(
            [("worksheet", "worksheets/sheet1.xml"), ("worksheet", "worksheets/sheet2.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")], 1
        )
        if second or "sheet2" not in target
    )  # fmt: skip
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": f"<Types xmlns='{_TYPES}'><Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/><Default Extension='xml' ContentType='application/xml'/><Override PartName='/xl/workbook.xml' ContentType='{_ML}.sheet.main+xml'/></Types>",
        "_rels/.rels": f"<Relationships xmlns='{_RELATIONS}'><Relationship Id='rId1' Type='{_R}/officeDocument' Target='xl/workbook.xml'/></Relationships>",
        "xl/workbook.xml": f"<workbook xmlns='{_SPACE}' xmlns:r='{_R}'><sheets><sheet name='{name}' sheetId='1' r:id='rId1'/>{hidden}</sheets>{names}</workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships xmlns='{_RELATIONS}'>{links}</Relationships>",
        "xl/worksheets/sheet1.xml": f"<worksheet xmlns='{_SPACE}'><sheetData><row r='1'>{cell}</row></sheetData>{more}</worksheet>",
        "xl/sharedStrings.xml": f"<sst xmlns='{_SPACE}'><si>{shared if shared.startswith('<') else f'<t>{shared}</t>'}</si></sst>",
        "xl/styles.xml": f"<styleSheet xmlns='{_SPACE}'><cellXfs><xf numFmtId='0'/><xf numFmtId='14' applyNumberFormat='1'/></cellXfs></styleSheet>",
        **(parts or {}),
    }
    if second:
        made["xl/worksheets/sheet2.xml"] = (
            f"<worksheet xmlns='{_SPACE}'><sheetData><row r='1'>{second}</row></sheetData></worksheet>"
        )
    return packing(made)


def sheet(text: str) -> Make:
    """A spreadsheet with this in its first cell."""
    return book(shared=text)


def _inline(text: str) -> str:
    return f"<c r='A1' t='inlineStr'><is><t>{text}</t></is></c>"


_COMMENT = f"<comments xmlns='{_SPACE}'><authors><author>{{}}</author></authors><commentList><comment ref='A1' authorId='0'><text><r><t>{{}}</t></r></text></comment></commentList></comments>"

_SHEETS: list[tuple[str, Make, str, str, str, str]] = [
    ("in a cell", sheet(ZOE), ZOE, NAME, "mother", ""),
    ("in a cell in pieces", book(shared="<r><t>Zoë Fi</t></r><r><t>eld</t></r>"), ZOE, NAME, "mother", ""),
    ("in a cell that holds its own words", book(_inline(STREET)), STREET, ADDRESS, "mother", ""),
    ("over two cells", book(_inline("Zoë") + _inline("Field").replace("A1", "B1")), ZOE, NAME, "mother", ""),
    ("as a number without its first zero", book("<c r='A1'><v>7700900233</v></c>"), MOBILE, TELEPHONE, "mother", ""),
    ("as a day that is kept as a number", book("<c r='A1' s='1'><v>35202</v></c>"), GARETHS_BIRTH, BORN, "mother", ""),
    ("in a formula", book(f"<c r='A1' t='str'><f>\"Zoë \"&amp;\"Field\"</f><v>{ZOE}</v></c>"), ZOE, NAME, "mother", ""),
    ("in a comment", book(parts={"xl/comments1.xml": _COMMENT.format("A", f"Ask {ZOE}")}), ZOE, NAME, "mother", "comment"),
    ("as the author of a comment", book(parts={"xl/comments1.xml": _COMMENT.format(ZOE, "Yes")}), ZOE, NAME, "mother", "comment"),
    ("as the name of a sheet", book(name="Zoe Field"), ZOE, NAME, "mother", "sheet"),
    ("on a hidden sheet", book(second=_inline(f"Ring {LANDLINE}")), LANDLINE, TELEPHONE, "mother", ""),
    ("in the header for printing", book(more=f"<headerFooter><oddHeader>&amp;C{STREET}</oddHeader></headerFooter>"), STREET, ADDRESS, "mother", ""),
    ("as the name of a range", book(names="<definedNames><definedName name='Zoe_Field'>Visits!$A$1</definedName></definedNames>"), ZOE, NAME, "mother", ""),
    ("in the tip of a cell", book(more=f"<dataValidations count='1'><dataValidation type='list' prompt='{ZOE}' sqref='A1'/></dataValidations>"), ZOE, NAME, "mother", ""),
    ("in a text box", book(parts={"xl/drawings/drawing1.xml": f"<d xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'><a:t>{ZOE}</a:t></d>"}), ZOE, NAME, "mother", ""),
]  # fmt: skip

_INNER = content_of(letter(ZOE))

LEAKS: tuple[Leak, ...] = (
    *(
        Leak(f"sheet {about}.xlsx".replace(" ", "-"), f"Spreadsheet: {about}", make, value, kind, reader, where)
        for about, make, value, kind, reader, where in _SHEETS
    ),
    Leak("zip-with-a-letter.zip", "Zip: in a letter inside", packing({"papers/letter.docx": _INNER}), ZOE, where="letter"),
    Leak("zip-in-a-zip.zip", "Zip: in a zip inside", packing({"more.zip": packed({"letter.docx": _INNER})}), ZOE, where="letter"),
    Leak("zip-name-inside.zip", "Zip: as the name of a file inside", packing({"Zoe Field.txt": "Yes"}), ZOE, where="name"),
    Leak("zip-folder-inside.zip", "Zip: as the name of a folder inside", packing({"27 Tollgate Road/a.txt": "Yes"}), STREET, ADDRESS, where="name|folder"),
    Leak("zip-comment.zip", "Zip: in the comment of the zip", packing({"a.txt": "Yes"}, f"For {MOBILE}".encode()), MOBILE, TELEPHONE),
    Leak("zip-inner-with-no-ending.zip", "Zip: in a letter with no ending", packing({"letter": _INNER}), ZOE),
    Leak("zip-named-as-a-pdf.pdf", "Zip: with the wrong ending", packing({"letter.docx": _INNER}), ZOE),
)  # fmt: skip
