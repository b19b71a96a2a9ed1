"""Files in which their reader may read everything, although they look like those that leak."""

# ruff: noqa: E501 (a table has one line for each file)

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from docx import Document
from in_mail import calendar, mail, message, odt, rtf, sent
from in_pdfs import drawn, page, say, start
from in_sheets import book, sheet
from pikepdf import Array, Dictionary, Name
from PIL import Image
from shapes import (
    CLEFT,
    COUNSEL,
    GARETHS_BIRTH,
    GARETHS_STREET,
    MOTHERS_MOBILE,
    MOTHERS_STREET,
    NHS,
    OPENS_POST,
    STREET,
    WORKERS_MOBILE,
    Clean,
    Make,
    content_of,
    letter,
    packing,
    plain,
    slug,
)

_WORDS: list[tuple[str, str]] = [
    ("the child who shares a carer’s surname", "Jonah Hart laughed."),
    ("the child’s initial and surname", "J. Hart and J Hart"),
    ("the shared surname alone", "Hart is his surname, as it is his father’s."),
    ("a relative’s title and the shared surname", "Mrs Hart is Jonah’s grandmother; Mr Hart is his father."),
    ("a family of the shared surname", "The Harts came to see Jonah."),
    ("the other father’s name", "Gareth Pell and Dominic Hart have been told."),
    ("a relative’s name", "Edith Hart, Rory Hart and Maureen Moss were asked."),
    ("her own address", "Ms Caitlin Moss\nFlat 6\n41 Sailmaker Street\nSaltmarch\nZZ99 3KD"),
    ("her own street in short", "We came to 41 Sailmaker St."),
    ("her own telephone", "We rang you on 07700 900211."),
    ("her own telephone from abroad", "+44 7700 900211"),
    ("her own birth", "You were born on 3 September 1998."),
    ("the shared town", "There is a park in Saltmarch."),
    ("the other town", "The train goes to Brackwater."),
    ("a field", "They ran over the field to the playing field."),
    ("fields", "The fields are wet, and so are the fields’ edges."),
    ("a field of work", "She is known in her field, and this field is wide."),
    ("a field trip", "Field trips begin in July."),
    ("another name that begins so", "Mrs Fielding and Mrs Fieldhouse and Mr Bloomfield were there."),
    ("another first name with the first letters", "Z. Fielding"),
    ("another Zoë", "Zoë Fielder is a singer."),
    ("brown hair", "Tamsin has brown hair. Brown bread is her favourite."),
    ("May", "In May we may meet; Mr May may come."),
    ("will", "We will ask Will Brown, who will answer."),
    ("quarries", "The old quarries are fenced. The quarry is deep."),
    ("a stone and a marsh", "A stone fell into the marsh by the castle."),
    ("part of another word", "Hartlepool, Heartfelt, Pelling and Mossley"),
    ("moss", "There is moss on the wall."),
    ("another day with the day and month", "The hearing is on 17 May 2026."),
    ("the day and month alone", "The fair is on 17 May, and again on 22 June."),
    ("another day with strokes", "17/05/2026 and 22/06/2026"),
    ("another year first", "2026-05-17"),
    ("the children’s births", "Tamsin was born on 14 June 2021 and Jonah on 2 February 2024."),
    ("the year alone", "It opened in 1996."),
    ("figures like a birth", "Section 17.5, table 96; 1/7/05/1996-B"),
    ("the office telephone", "Ring 01632 960200."),
    ("the social worker’s telephone", "Ring Ibrahim May on 01632 960245."),
    ("a number one figure away", "Ring 01632 960232 or 07700 900230."),
    ("the same figures within a longer number", "Account 7016329602334415, parcel 440163296023399"),
    ("the same figures over two sums", "We paid 01632 pounds, and 96,023 more."),
    ("the last figures of a number", "Form 0233"),
    ("another health number", "999 000 2272 is nobody’s."),
    ("a longer number that holds a health number", "79990002271555"),
    ("another postcode", "Write to ZZ99 1AA."),
    ("a postcode one letter away", "ZZ99 7CG and ZZ98 7CF"),
    ("the first half of a postcode", "It is somewhere in ZZ99."),
    ("another street of the same kind", "They walked along Quay Road and Mill Street."),
    ("the same number in another street", "27 Harbour Road and 12 Mill Street"),
    ("a toll and a gate", "There is a toll at the gate of the road."),
    ("a wren and a cottage", "A wren nested by the cottage."),
    ("a larkspur and a house", "Larkspur grows by the house."),
    ("a chapel and a lane", "The chapel is at the end of the lane."),
    ("a ladybird in a corner", "A ladybird sat in the corner of the nursery."),
    ("any school and nursery", "His nursery and her primary school sent a card."),
    ("another saint", "St Paul Primary School sang."),
    ("an adopted brother’s first surname", "Callum Moss is their brother."),
    ("the neutral words for a carer", "Tamsin lives with a Local Authority foster carer."),
    ("professionals", "Ibrahim May, Dr Lena Osei, Nerys Bowen, Harriet Castle, Rosalind Marsh and Imran Sadiq"),
    ("the authority", "Saltmarch Council, Customs House, 1 Parade Square, Saltmarch, ZZ99 1AA, children@saltmarch.example"),
    ("another e-mail address at the same place", "cat.moss@post.example and field@saltmarch.example"),
    ("words that the law uses", "Counsel is a barrister. The threshold is what must be shown."),
    ("words that a doctor uses", "A clinic is open before the winter."),
    ("initials", "ZF, MOL, GH and AQ"),
]  # fmt: skip

_READERS: list[tuple[str, str, str]] = [
    ("father-1", "his own address", f"Mr Gareth Pell, {GARETHS_STREET}, Saltmarch, ZZ99 5PB"),
    ("father-1", "his own birth", f"You were born on {GARETHS_BIRTH}."),
    ("father-1", "his own telephone", "We rang 07700 900222."),
    ("father-1", "the mother’s name", "Caitlin Moss and Cat Moss"),
    ("father-2", "his own address", "The Old Chandlery, 5 Wharf Terrace, Brackwater, ZZ98 4TN"),
    ("father-2", "his child’s name", "Jonah Hart, Mr Hart’s son"),
    ("court", "a parent’s address that is not confidential", f"Gareth Pell of {GARETHS_STREET}, Saltmarch"),
    ("court", "the parents’ births", "17 May 1996 and 3 September 1998"),
    ("court", "the brother’s first name", "Callum Moss"),
    ("court", "what a doctor wrote", CLEFT),
    ("professionals", "who cares", "Zoë Field and Marek Ostrowski-Lund care for Tamsin."),
    ("professionals", "where she learns", "St Osyth Primary School"),
    ("professionals", "what a doctor wrote", CLEFT),
    ("guardian", "who cares", "Mrs Field"),
    ("internal", "everything but advice", f"Zoë Field, {STREET}, {MOTHERS_STREET}, {MOTHERS_MOBILE}, {WORKERS_MOBILE}, {NHS}, Casper Winterbourne"),
    ("internal", "how letters are kept safe", OPENS_POST),
    ("privileged", "legal advice", COUNSEL),
    ("privileged", "everything", f"Zoë Field, {STREET}, {MOTHERS_STREET}, Casper Winterbourne"),
    ("carer-1", "her own address", f"Mrs Zoë Field, Wren Cottage, {STREET}, Saltmarch, ZZ99 7CF"),
    ("carer-1", "her own telephone", "07700 900233"),
    ("matching", "what a doctor wrote", CLEFT),
]  # fmt: skip


def _everywhere(path: Path) -> None:
    """A letter with innocent words in each place that is searched."""
    document = Document()
    paragraph = document.add_paragraph("Jonah Hart lives with a Local Authority foster carer.")
    section = document.sections[0]
    section.different_first_page_header_footer = True
    for place in (section.header, section.footer, section.first_page_header):
        place.paragraphs[0].text = "Saltmarch Council, ZZ99 1AA"
    document.add_comment(paragraph.runs, text="Ask Ibrahim May", author="Will Brown", initials="WB")
    document.core_properties.author = "Ibrahim May"
    document.core_properties.title = "The playing field"
    document.save(str(path))


def _picture() -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (200, 100), "white").save(held, "PNG")
    return held.getvalue()


def _pictured(path: Path) -> None:
    document = Document()
    document.add_paragraph("A photograph of the sea.")
    document.add_picture(io.BytesIO(_picture()))
    document.save(str(path))


def _scanned(path: Path) -> None:
    pdf = start(say("Page one"), b"q 595 0 0 842 0 0 cm /Im1 Do Q")
    image = Dictionary(
        Type=Name.XObject, Subtype=Name.Image, Width=2, Height=2, ColorSpace=Name.DeviceGray, BitsPerComponent=8
    )
    drawing = pdf.make_stream(b"\xff\x80\x80\xff", image)
    pdf.pages[1].obj.Resources.XObject = Dictionary(Im1=drawing)
    pdf.save(path)


def _noted(path: Path) -> None:
    pdf = start(say("The field in May"))
    note: Any = Dictionary(
        Type=Name.Annot, Subtype=Name.Text, Rect=[72, 500, 90, 520], Contents="Ask Will Brown", T="Ibrahim May"
    )
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])
    pdf.docinfo["/Author"] = "Ibrahim May"
    with pdf.open_outline() as outline:
        from pikepdf import OutlineItem

        outline.root.append(OutlineItem("Jonah Hart", 0))
    pdf.save(path)


_WORDS_OF_ALL = "Jonah Hart, Mrs Hart, Saltmarch, the playing field, brown hair, ZZ99 1AA, 01632 960200, 17 May 2026"
_FILES: list[tuple[str, str, Make, bool]] = [
    ("everywhere.docx", "a letter with innocent words everywhere", _everywhere, False),
    ("innocent.pdf", "a PDF with innocent words", page(_WORDS_OF_ALL), False),
    ("two-pages.pdf", "a PDF whose pages end and begin with innocent words", drawn(say("Tamsin and Jonah"), say("Field trips begin.")), False),
    ("columns.pdf", "a PDF with words in two columns", drawn(say("27") + b"BT /F1 12 Tf 300 700 Td (Toll) Tj ET" + say("Gate", 600) + say("Road", 500)), False),
    ("notes.pdf", "a PDF with notes, bookmarks and an author", _noted, False),
    ("mail.eml", "an e-mail", sent(message(_WORDS_OF_ALL, f"<p>{_WORDS_OF_ALL}</p>")), False),
    ("mail-with-letter.eml", "an e-mail with a letter", sent(message(files={"letter.docx": content_of(letter(_WORDS_OF_ALL))})), False),
    ("mail-to-her.eml", "an e-mail to her", mail("Subject: =?utf-8?q?The_field_in_May?=\r\nReply-To: Ibrahim May <ibrahim.may@saltmarch.example>\r\n"), False),
    ("calendar.ics", "a calendar", calendar("SUMMARY:Visit to Jonah Hart", "LOCATION:Room 4\\, Customs House", "DESCRIPTION:By the playing fi", " eld"), False),
    ("page.html", "a page", plain(f"<html><head><title>Saltmarch</title></head><body><form><input name='field'></form>{_WORDS_OF_ALL}</body></html>"), False),
    ("rich.rtf", "a rich text", rtf("{\\field{\\*\\fldinst PAGE}{\\fldrslt 1}} " + _WORDS_OF_ALL), False),
    ("open.odt", "an OpenDocument text", odt(f"<text:p>{_WORDS_OF_ALL}</text:p>"), False),
    ("sheet.xlsx", "a spreadsheet", sheet(_WORDS_OF_ALL), False),
    ("numbers.xlsx", "a spreadsheet of numbers that are no days", book("<c r='A1'><v>35202</v></c><c r='B1'><v>7700900230</v></c>"), False),
    ("cells.xlsx", "a spreadsheet with first names under surnames", book("<c r='A1' t='inlineStr'><is><t>Field</t></is></c><c r='B1' t='inlineStr'><is><t>Width</t></is></c>"), False),
    ("papers.zip", "a zip of letters", packing({"a/letter.docx": content_of(letter(_WORDS_OF_ALL)), "b.txt": "the field"}), False),
    ("letter-named-as-a-pdf.pdf", "a letter with the wrong ending", letter(_WORDS_OF_ALL), False),
    ("Letter about Jonah Hart in Saltmarch field.docx", "an innocent file name", letter("Good morning"), False),
    ("empty.docx", "a letter with nothing in it", letter(""), False),
    ("pictured.docx", "a letter with a picture", _pictured, True),
    ("scanned.pdf", "a PDF with a page that is a picture", _scanned, True),
    ("pictured.zip", "a zip with a picture", packing({"photograph.png": _picture()}), True),
    ("pictured.eml", "an e-mail with a picture", sent(message(files={"photograph.png": _picture()})), True),
]  # fmt: skip

CLEAN: tuple[Clean, ...] = (
    *(Clean(f"words-{slug(about)}.docx", f"Words: {about}", letter(text)) for about, text in _WORDS),
    *(Clean(f"for-{reader}-{slug(about)}.txt", f"Reader {reader}: {about}", plain(text), reader) for reader, about, text in _READERS),
    *(Clean(name, about, make, unsearched=unsearched) for name, about, make, unsearched in _FILES),
)  # fmt: skip
