"""Make one small file for each way in which evidence can go wrong, and say what it is and what must become of it.

make_hostile.py FOLDER    writes them all and prints a line about each
"""

from __future__ import annotations

import io
import sys
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from docx import Document
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw

MERGED, WARNED, DRAWN = "merged", "merged with warning", "rasterised"
QUARANTINED, REFUSED, WORD = "quarantined", "refused", "Word"
HIDDEN = "the carer lives at 1 Secret Street"
"""What must not be found in any result of a file that hides it."""


OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 8000
"""How a file of Word before 2007 begins, and every Office file with a password."""


@dataclass(frozen=True, slots=True)
class Trap:
    """One trap: its file's name, what becomes of it, a word that the report says, and what it is."""

    name: str
    becomes: str
    says: str
    about: str
    make: Callable[[Path], None]
    pages: int = 1
    keeps: str = ""
    """Words that must be on the result, where anything of the file is."""


TRAPS: list[Trap] = []


def trap(name: str, becomes: str, says: str = "", *, pages: int = 1, keeps: str = "") -> Callable[[Any], Any]:
    """Enter a maker under the name of the file that it makes; its first line says what the trap is."""

    def enter(make: Callable[[Path], None]) -> Callable[[Path], None]:
        TRAPS.append(Trap(name, becomes, says, (make.__doc__ or "").splitlines()[0], make, pages, keeps))
        return make

    return enter


# tools


def font(pdf: pikepdf.Pdf) -> Any:
    return Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)


def words(text: str, x: int = 72, y: int = 700, size: int = 12) -> bytes:
    return f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET ".encode("latin-1")


def start(content: bytes = words("Statement"), pages: int = 1) -> pikepdf.Pdf:
    """A PDF with a line of text on each page, or with the content given."""
    pdf = pikepdf.new()
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(595, 842))
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font(pdf)))
        page.obj.Contents = pikepdf.Stream(pdf, content)
    return pdf


def annotate(pdf: pikepdf.Pdf, *notes: Any) -> None:
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note) for note in notes])


def field(name: str, value: str, **more: Any) -> Any:
    return Dictionary(
        {
            "/Type": Name.Annot, "/Subtype": Name.Widget, "/FT": Name.Tx, "/T": name, "/V": value,
            "/DA": "/Helv 12 Tf 0 g", "/Rect": [72, 500, 400, 560], "/F": 4,
            **{f"/{key}": one for key, one in more.items()},
        }
    )  # fmt: skip


def add_form(pdf: pikepdf.Pdf, *fields: Any, **more: Any) -> None:
    annotate(pdf, *fields)
    held = list(pdf.pages[0].obj.Annots)
    pdf.Root.AcroForm = Dictionary(Fields=held, DR=Dictionary(Font=Dictionary(Helv=font(pdf))), **more)


def add_image(pdf: pikepdf.Pdf, picture: Image.Image, place: bytes, name: str = "Im1") -> bytes:
    image = pikepdf.Stream(pdf, picture.convert("RGB").tobytes())
    image.stream_dict.update(
        Dictionary(
            Type=Name.XObject, Subtype=Name.Image, Width=picture.width, Height=picture.height,
            ColorSpace=Name.DeviceRGB, BitsPerComponent=8,
        )
    )  # fmt: skip
    pdf.pages[0].obj.Resources.XObject = Dictionary({f"/{name}": pdf.make_indirect(image)})
    return b"q " + place + f" cm /{name} Do Q ".encode()


def scan(text: str = "A scanned letter of the school") -> Image.Image:
    picture = Image.new("RGB", (620, 877), "white")
    ImageDraw.Draw(picture).text((75, 150), text, fill="black", font_size=14)
    return picture


def word_file(path: Path, change: Callable[[str], str] = str, parts: Mapping[str, str] | None = None) -> None:
    """A Word file whose main part is changed as text, with more parts."""
    document = Document()
    document.add_paragraph("Statement of CHANGED END")
    plain = io.BytesIO()
    document.save(plain)
    with zipfile.ZipFile(plain) as packed, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written:
        for part in packed.infolist():
            content = packed.read(part)
            if part.filename == "word/document.xml":
                content = change(content.decode()).encode()
            written.writestr(part.filename, content)
        for name, more in (parts or {}).items():
            written.writestr(name, more)


def between(inside: str) -> Callable[[str], str]:
    """Change a Word file so that a piece of XML stands in the middle of its one sentence."""
    text = "<w:r><w:t>Statement of CHANGED END</w:t></w:r>"
    return lambda xml: xml.replace(
        text, f'<w:r><w:t xml:space="preserve">Statement of </w:t></w:r>{inside}<w:r><w:t> END</w:t></w:r>'
    )


WHO = 'w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z"'

# what hides: stops the build


@trap("redact-marks.pdf", REFUSED, "marked for redaction")
def _(path: Path) -> None:
    """Words marked for redaction in a program that then never applied the redaction."""
    pdf = start(words(HIDDEN))
    annotate(pdf, Dictionary(Type=Name.Annot, Subtype=Name.Redact, Rect=[70, 690, 300, 715]))
    pdf.save(path)


@trap("black-box.pdf", REFUSED, "under a box")
def _(path: Path) -> None:
    """A black box drawn over words that are still there: the redaction that fails in one of ten court files."""
    start(words("Statement", y=750) + words(HIDDEN) + b"0 g 70 690 250 20 re f").save(path)


@trap("black-box-on-a-number.pdf", REFUSED, "under a box")
def _(path: Path) -> None:
    """A telephone number under a box: figures are words too."""
    start(words("Telephone 07700 900123") + b"0 g 128 690 250 20 re f").save(path)


@trap("black-box-turned.pdf", REFUSED, "under a box")
def _(path: Path) -> None:
    """The same on a page that is shown turned and cropped."""
    pdf = start(words("Statement", y=750) + words(HIDDEN) + b"0 g 70 690 250 20 re f")
    pdf.pages[0].obj.Rotate = 90
    pdf.pages[0].obj.CropBox = Array([20, 300, 500, 800])
    pdf.save(path)


@trap("black-box-nested.pdf", REFUSED, "under a box")
def _(path: Path) -> None:
    """Words and box inside a drawing inside the page, moved and enlarged."""
    pdf = start(b"q 1.5 0 0 1.5 40 -300 cm /Fm1 Do Q")
    inner = pikepdf.Stream(pdf, words(HIDDEN) + b"0 g 70 690 250 20 re f")
    inner.stream_dict.update(
        Dictionary(
            Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 595, 842], Matrix=[1, 0, 0, 1, 5, 0],
            Resources=Dictionary(Font=Dictionary(F1=font(pdf))),
        )
    )  # fmt: skip
    pdf.pages[0].obj.Resources.XObject = Dictionary(Fm1=inner)
    pdf.save(path)


@trap("black-box-as-picture.pdf", REFUSED, "under a box")
def _(path: Path) -> None:
    """A black picture pasted over the words."""
    pdf = start()
    box = add_image(pdf, Image.new("RGB", (10, 10), "black"), b"250 0 0 20 70 690")
    pdf.pages[0].obj.Contents = pikepdf.Stream(pdf, words("Statement", y=750) + words(HIDDEN) + box)
    pdf.save(path)


@trap("black-box-on-a-scan.pdf", REFUSED, "under a box")
def _(path: Path) -> None:
    """A scan that was read by a program and blacked out afterwards: the words that were read are still behind it."""
    picture = scan()
    ImageDraw.Draw(picture).rectangle((70, 140, 340, 165), fill="black")
    pdf = start()
    shown = add_image(pdf, picture, b"595 0 0 842 0 0")
    pdf.pages[0].obj.Contents = pikepdf.Stream(pdf, shown + b"3 Tr " + words(HIDDEN, y=690))
    pdf.save(path)


@trap("black-box-note.pdf", REFUSED, "under a box")
def _(path: Path) -> None:
    """A black rectangle drawn as a note: it lies over the page, and the words under it are untouched."""
    pdf = start(words(HIDDEN))
    box = pikepdf.Stream(pdf, b"0 g 0 0 250 20 re f", {"/Subtype": Name.Form, "/BBox": Array([0, 0, 250, 20])})
    note = Dictionary(Type=Name.Annot, Subtype=Name.Square, Rect=[70, 690, 320, 710], F=4, AP=Dictionary(N=box))
    annotate(pdf, note)
    pdf.save(path)


@trap("black-on-black.pdf", REFUSED, "under a box")
def _(path: Path) -> None:
    """Words with black shading, as a word processor makes it: black on black, and still words."""
    start(words("Statement", y=750) + b"0 g 70 690 250 20 re f " + words(HIDDEN)).save(path)


@trap("marker.pdf", REFUSED, "under a box")
def _(path: Path) -> None:
    """Words struck through with a stroke as wide as a marker: no box at all, and still black over words."""
    start(words("Statement", y=750) + words(HIDDEN) + b"q 2 0 0 2 0 0 cm 8 w 36 351 m 160 351 l S Q").save(path)


@trap("box-as-large-as-the-letters.pdf", REFUSED, "under a box")
def _(path: Path) -> None:
    """A box that leaves no edge around the letters, and leaves their tails uncovered."""
    start(words("Statement", y=750) + words(HIDDEN) + b"0 g 72 699.5 166 9.5 re f").save(path)


@trap("white-box.pdf", REFUSED, "under a box")
def _(path: Path) -> None:
    """Words painted over with white."""
    start(words("Statement", y=750) + words(HIDDEN) + b"1 g 70 690 250 20 re f").save(path)


@trap("outside-the-crop.pdf", REFUSED, "outside the part")
def _(path: Path) -> None:
    """A page cropped so that a paragraph is not shown; it is still in the file."""
    pdf = start(words("Statement", y=200) + words(HIDDEN))
    pdf.pages[0].obj.CropBox = Array([0, 0, 595, 400])
    pdf.save(path)


@trap("outside-the-page.pdf", REFUSED, "outside the part")
def _(path: Path) -> None:
    """A page made smaller, with no box of its own for the crop; the paragraph above its edge is still in the file."""
    pdf = start(words("Statement", y=200) + words(HIDDEN))
    pdf.pages[0].obj.MediaBox = Array([0, 0, 595, 400])
    pdf.save(path)


@trap("tracked-changes.docx", REFUSED, "tracked changes")
def _(path: Path) -> None:
    """An address struck out with tracked changes on: the converter prints it."""
    struck = f"<w:del {WHO}><w:r><w:delText>{HIDDEN}</w:delText></w:r></w:del>"
    word_file(path, between(f"{struck}<w:ins {WHO}><w:r><w:t>[withheld]</w:t></w:r></w:ins>"))


@trap("tracked-changes-other-prefix.docx", REFUSED, "tracked changes")
def _(path: Path) -> None:
    """The same, written by a program that gives the parts of the format other short names."""
    struck = f"<w:del {WHO}><w:r><w:delText>{HIDDEN}</w:delText></w:r></w:del>"
    word_file(path, lambda xml: between(struck)(xml).replace("<w:", "<v0:").replace("</w:", "</v0:")
              .replace(" w:", " v0:").replace("xmlns:w=", "xmlns:v0="))  # fmt: skip


@trap("comments.docx", REFUSED, "comments")
def _(path: Path) -> None:
    """Comments in the margin, which nobody meant to file."""
    document = Document()
    paragraph = document.add_paragraph("Statement")
    document.add_comment(paragraph.runs, text=HIDDEN, author="A", initials="A")
    document.save(str(path))


@trap("hidden-text.docx", REFUSED, "hidden text")
def _(path: Path) -> None:
    """Text that Word was told not to show."""
    word_file(path, between(f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{HIDDEN}</w:t></w:r>"))


# what cannot be taken apart or shows less than it has


def _layer(pdf: pikepdf.Pdf, **usage: Any) -> Any:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="layer", **usage))
    pdf.pages[0].obj.Resources.Properties = Dictionary(L1=layer)
    pdf.pages[0].obj.Contents = pikepdf.Stream(
        pdf, words("Statement", y=750) + b"/OC /L1 BDC " + words(HIDDEN) + b"EMC"
    )
    return layer


@trap("hidden-layer.pdf", DRAWN, "hidden", pages=2)
def _(path: Path) -> None:
    """A layer that is switched off: a merged file has no switch, and would show it. The second page has none."""
    pdf = start(pages=2)
    layer = _layer(pdf)
    pdf.Root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary(OFF=[layer]))
    pdf.save(path)


@trap("hidden-layer-by-default.pdf", DRAWN, "hidden")
def _(path: Path) -> None:
    """All layers off to begin with; and a note that it is to be seen, which some readers follow and others do not."""
    pdf = start()
    layer = _layer(pdf, Usage=Dictionary(View=Dictionary(ViewState=Name.ON)), Intent=Name.Design)
    pdf.Root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary(BaseState=Name.OFF))
    pdf.save(path)


@trap("hidden-layer-by-use.pdf", DRAWN, "hidden")
def _(path: Path) -> None:
    """A layer that is on, and off on every screen: only readers that know about uses hide it."""
    pdf = start()
    layer = _layer(pdf, Usage=Dictionary(View=Dictionary(ViewState=Name.OFF)))
    use = Dictionary(Event=Name.View, Category=[Name.View], OCGs=[layer])
    pdf.Root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary(ON=[layer], AS=[use]))
    pdf.save(path)


@trap("hidden-layer-by-rule.pdf", DRAWN, "hidden")
def _(path: Path) -> None:
    """A rule that shows a part only when a layer is off."""
    pdf = start()
    layer = _layer(pdf)
    rule = pdf.make_indirect(Dictionary(Type=Name.OCMD, OCGs=[layer], P=Name.AllOff))
    pdf.pages[0].obj.Resources.Properties.L1 = rule
    pdf.Root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary())
    pdf.save(path)


@trap("unwritten-form.pdf", DRAWN, "Pictures")
def _(path: Path) -> None:
    """A form that is described only in XFA, with its page drawn beside it."""
    pdf = start(words("Name: Leanne Hale"))
    pdf.Root.AcroForm = Dictionary(Fields=[], XFA=pikepdf.Stream(pdf, b"<xdp/>"))
    pdf.save(path)


@trap("box-that-readers-draw.pdf", DRAWN, "Pictures")
def _(path: Path) -> None:
    """A black rectangle as a note that says no more than its size and colour: each reader draws it, no copy would."""
    pdf = start(words("Statement", y=750) + words(HIDDEN))
    annotate(pdf, Dictionary(Type=Name.Annot, Subtype=Name.Square, Rect=[70, 690, 320, 710], F=4, IC=[0, 0, 0]))
    pdf.save(path)


@trap("packed-in-no-known-way.pdf", DRAWN, "Pictures", pages=2)
def _(path: Path) -> None:
    """Page instructions packed in a way that nobody knows; the rest of the file is in order."""
    pdf = start(pages=2)
    pdf.pages[0].obj.Contents = pikepdf.Stream(pdf, b"secret", {"/Filter": Name.NobodyKnows})
    pdf.save(path)


@trap("half-unpacked.pdf", WARNED, "repaired", keeps="Statement")
def _(path: Path) -> None:
    """Page instructions that are damaged half way: readers show what comes before."""
    pdf = start(words("Statement") * 200)
    packed = bytearray(zlib.compress(words("Statement") * 200))
    packed[-20:] = b"\0" * 20
    pdf.pages[0].obj.Contents = pikepdf.Stream(pdf, bytes(packed), {"/Filter": Name.FlateDecode})
    pdf.save(path)


@trap("page-tree-loop.pdf", DRAWN, "damaged inside")
def _(path: Path) -> None:
    """A list of pages that contains itself."""
    pdf = start()
    node = pdf.Root.Pages
    node.Kids.append(node)
    pdf.save(path)


# what a page must stand in place of


@trap("password.pdf", QUARANTINED, "password")
def _(path: Path) -> None:
    """A PDF that cannot be opened without a password."""
    start().save(path, encryption=pikepdf.Encryption(owner="x", user="y"))


@trap("certificate.pdf", QUARANTINED, "only its own program")
def _(path: Path) -> None:
    """A PDF that only the holder of a certificate can open."""
    pdf = start()
    whole = io.BytesIO()
    pdf.save(whole, object_stream_mode=pikepdf.ObjectStreamMode.disable, static_id=True)
    locked = b"<< /Encrypt << /Filter /Adobe.PubSec /SubFilter /adbe.pkcs7.s5 /V 4 /Length 128 /Recipients [<00>] >>"
    path.write_bytes(whole.getvalue().replace(b"trailer <<", b"trailer " + locked))


@trap("empty.pdf", QUARANTINED, "empty")
def _(path: Path) -> None:
    """A file of no bytes: the copy failed on its way."""
    path.write_bytes(b"")


@trap("blanks.pdf", QUARANTINED, "blanks")
def _(path: Path) -> None:
    """A file of nothing but zeros: what a broken disk leaves."""
    path.write_bytes(b"\0" * 5000)


@trap("cut-off.pdf", QUARANTINED, "cut off")
def _(path: Path) -> None:
    """Half of a file of twelve pages: readers that mend it show some of them and say nothing."""
    whole = io.BytesIO()
    start(pages=12).save(whole)
    path.write_bytes(whole.getvalue()[: len(whole.getvalue()) // 2])


@trap("garbage.pdf", QUARANTINED, "damaged")
def _(path: Path) -> None:
    """The beginning and the end of a PDF, and nothing between."""
    path.write_bytes(b"%PDF-1.7\nnothing more\nstartxref\n0\n%%EOF")


@trap("no-pages.pdf", QUARANTINED, "no pages")
def _(path: Path) -> None:
    """A PDF without a page, which libraries merge without a word."""
    start(pages=0).save(path)


@trap("portfolio.pdf", QUARANTINED, "portfolio")
def _(path: Path) -> None:
    """A portfolio: its one page is a cover sheet, and the papers are attached to it."""
    pdf = start(words("For the best experience, open this PDF portfolio in Acrobat"))
    pdf.attachments["statement.txt"] = b"attached"
    pdf.Root.Collection = Dictionary(Type=Name.Collection)
    pdf.save(path)


@trap("adobe-form.pdf", QUARANTINED, "only Adobe Reader")
def _(path: Path) -> None:
    """A form that a program must write before it can be read."""
    pdf = start(words("Please wait..."))
    pdf.Root.NeedsRendering = True
    pdf.Root.AcroForm = Dictionary(Fields=[], XFA=pikepdf.Stream(pdf, b"<xdp/>"))
    pdf.save(path)


@trap("adobe-form-unsaid.pdf", QUARANTINED, "only Adobe Reader")
def _(path: Path) -> None:
    """The same, which does not say so: its page asks the reader to wait."""
    pdf = start(words("Please wait... If this message is not eventually replaced"))
    pdf.Root.AcroForm = Dictionary(Fields=[], XFA=pikepdf.Stream(pdf, b"<xdp/>"))
    pdf.save(path)


@trap("drawing-that-few-draw.pdf", QUARANTINED, "only the program it comes from")
def _(path: Path) -> None:
    """A black polygon as a note without a drawing of its own: the reader at hand would show what is under it."""
    pdf = start(words(HIDDEN))
    annotate(
        pdf,
        Dictionary(
            Type=Name.Annot, Subtype=Name.Polygon, Rect=[70, 690, 320, 710], F=4, IC=[0, 0, 0],
            Vertices=[70, 690, 320, 690, 320, 710, 70, 710],
        ),
    )  # fmt: skip
    pdf.save(path)


@trap("many-pages.pdf", QUARANTINED, "10001 pages")
def _(path: Path) -> None:
    """More pages than any bundle has, in a small file."""
    pdf = pikepdf.new()
    page = Dictionary(Type=Name.Page, MediaBox=[0, 0, 595, 842], Parent=pdf.Root.Pages)
    kids = Array([pdf.make_indirect(page) for _ in range(10_001)])
    pdf.Root.Pages.Kids = kids
    pdf.Root.Pages.Count = len(kids)
    pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.generate)


@trap("fewer-pages-than-said.pdf", QUARANTINED, "should have 7 pages")
def _(path: Path) -> None:
    """A list of pages that announces more than there are."""
    pdf = start(pages=2)
    whole = io.BytesIO()
    pdf.save(whole, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    path.write_bytes(whole.getvalue().replace(b"/Count 2", b"/Count 7"))


@trap("gigantic.pdf", QUARANTINED, "larger than 1 GB")
def _(path: Path) -> None:
    """A file larger than any portal takes (it has a hole in place of its bytes, so it needs no room)."""
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(1024**3 + 1)


@trap("program.pdf", QUARANTINED, "a program, although its name ends in .pdf")
def _(path: Path) -> None:
    """A Windows program under the name of a PDF."""
    path.write_bytes(b"MZ\x90\0" + b"\0" * 99)


@trap("photograph.jpg", QUARANTINED, "HEIC")
def _(path: Path) -> None:
    """A photograph as telephones store it, under another name."""
    path.write_bytes(b"\0\0\0\x18ftypheic" + b"\0" * 99)


@trap("locked.docx", QUARANTINED, "password")
def _(path: Path) -> None:
    """A Word file with a password: outside an Office file of the old kind, inside one locked part."""
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 8000 + "EncryptedPackage".encode("utf-16-le") + b"\0"
    )


@trap("old.doc", QUARANTINED, "of the old kind")
def _(path: Path) -> None:
    """A Word file of before 2007."""
    path.write_bytes(OLD_OFFICE + "WordDocument".encode("utf-16-le") + b"\0")


@trap("bomb.docx", QUARANTINED, "unpacks")
def _(path: Path) -> None:
    """A Word file that unpacks to a thousand times its size."""
    word_file(path, parts={"word/media/x": "0" * 30_000_000})


@trap("two-parts.docx", QUARANTINED, "two parts of one name")
def _(path: Path) -> None:
    """Two main parts: some readers take the first and others the second."""
    word_file(path)
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("WORD/document.xml", "<x/>")


@trap("declares.docx", QUARANTINED, "declares")
def _(path: Path) -> None:
    """A part that declares entities, which can grow without end or fetch files."""
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    word_file(path, parts={"word/more.xml": bomb})


@trap("declares-far-down.docx", QUARANTINED, "declares")
def _(path: Path) -> None:
    """The same behind a long comment, where a look at the first bytes does not find it."""
    far = f'<?xml version="1.0"?><!--{"x" * 9000}--><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>'
    word_file(path, parts={"docProps/more.xml": far})


@trap("many-parts.docx", QUARANTINED, "unpacks")
def _(path: Path) -> None:
    """Thousands of small parts, which keep every program busy."""
    word_file(path, parts={f"word/{number}.bin": "" for number in range(2100)})


@trap("tables-in-tables.docx", QUARANTINED, "damaged")
def _(path: Path) -> None:
    """Three thousand tables, each in a cell of the last: a converter would never come to an end."""
    word_file(path, between("<w:t>" * 3000 + "</w:t>" * 3000))


@trap("empty.docx", QUARANTINED, "empty")
def _(path: Path) -> None:
    """A Word file of no bytes, which the converter would print as a blank page."""
    path.write_bytes(b"")


@trap("cut-off.docx", QUARANTINED, "cut off")
def _(path: Path) -> None:
    """Two thirds of a Word file."""
    word_file(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])


@trap("wrong-sum.docx", QUARANTINED, "damaged")
def _(path: Path) -> None:
    """A part whose check sum is wrong: the converter would mend it without a word."""
    word_file(path)
    with zipfile.ZipFile(path) as packed:
        part = packed.getinfo("word/document.xml")
    content = bytearray(path.read_bytes())
    sum_at = content.rindex(b"word/document.xml") - 46 + 16
    content[sum_at] ^= 1
    content[part.header_offset + 14] ^= 1
    path.write_bytes(content)


@trap("web-page.docx", QUARANTINED, "web page")
def _(path: Path) -> None:
    """A web page under the name of a Word file."""
    path.write_bytes(b"<html><body>Statement</body></html>")


@trap("takes-in.docx", QUARANTINED, "takes in other documents")
def _(path: Path) -> None:
    """A Word file that takes in another document whole, which no check here would read."""
    link = '<Relationship Id="r" Type="http://x/relationships/aFChunk" Target="other.docx"/>'
    word_file(path, parts={"word/_rels/more.xml.rels": f"<Relationships>{link}</Relationships>"})


@trap("huge.png", QUARANTINED, "100 million")
def _(path: Path) -> None:
    """A few bytes that announce 400 million pixels."""
    small = io.BytesIO()
    Image.new("1", (8, 8)).save(small, "PNG")
    content = bytearray(small.getvalue())
    content[16:24] = (20_000).to_bytes(4, "big") * 2
    content[29:33] = zlib.crc32(bytes(content[12:29])).to_bytes(4, "big")
    path.write_bytes(content)


@trap("cut-off.jpg", QUARANTINED, "cut off")
def _(path: Path) -> None:
    """Half a photograph."""
    whole = io.BytesIO()
    Image.effect_noise((300, 300), 60).save(whole, "JPEG")
    path.write_bytes(whole.getvalue()[: len(whole.getvalue()) // 2])


@trap("instructions-bomb.pdf", QUARANTINED, "unpacks")
def _(path: Path) -> None:
    """Page instructions of a gigabyte, packed twice into a few kilobytes."""
    packed = zlib.compressobj(9)
    once = b"".join(packed.compress(b"0 0 m " * 200_000) for _ in range(900)) + packed.flush()
    twice = zlib.compress(once, 9)
    pdf = start()
    pdf.pages[0].obj.Contents = pikepdf.Stream(pdf, twice, {"/Filter": Array([Name.FlateDecode, Name.FlateDecode])})
    pdf.save(path, compress_streams=False)


# what goes in, with a word to the reader


@trap("owner-password.pdf", WARNED, "forbids some uses", keeps="Statement")
def _(path: Path) -> None:
    """A PDF that may be read and not printed: the bundle has no such rule."""
    start().save(path, encryption=pikepdf.Encryption(owner="x", user=""))


@trap("wrong-table.pdf", WARNED, "repaired", pages=2, keeps="Statement")
def _(path: Path) -> None:
    """A PDF whose table of contents points to the wrong place."""
    whole = io.BytesIO()
    start(pages=2).save(whole, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    content = whole.getvalue()
    path.write_bytes(content[: content.rindex(b"startxref")] + b"startxref\n7\n%%EOF\n")


@trap("end-missing.pdf", WARNED, "end of the PDF is missing", pages=12, keeps="Statement")
def _(path: Path) -> None:
    """A PDF that lacks only its last line: all that it announces is there."""
    whole = io.BytesIO()
    start(pages=12).save(whole, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    path.write_bytes(whole.getvalue()[: whole.getvalue().rindex(b"startxref")])


@trap("earlier-version.pdf", MERGED, keeps="Statement")
def _(path: Path) -> None:
    """A file that was saved over itself: its earlier words are still in its bytes."""
    whole = io.BytesIO()
    start(words(HIDDEN)).save(
        whole, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False, static_id=True
    )
    before = whole.getvalue()
    with pikepdf.open(io.BytesIO(before)) as pdf:
        number, size = pdf.pages[0].obj.Contents.objgen[0], len(pdf.objects) + 1
        root = pdf.Root.objgen[0]
    now = words("Statement")
    at = len(before)
    made = f"{number} 0 obj\n<< /Length {len(now)} >>\nstream\n".encode() + now + b"\nendstream\nendobj\n"
    first = before[before.rindex(b"startxref") :].split()[1].decode()
    table = f"xref\n{number} 1\n{at:010} 00000 n \ntrailer\n<< /Size {size} /Root {root} 0 R /Prev {first} >>\n"
    path.write_bytes(before + made + table.encode() + f"startxref\n{at + len(made)}\n%%EOF\n".encode())


@trap("something-before-and-after.pdf", WARNED, "repaired", keeps="Statement")
def _(path: Path) -> None:
    """Lines of a mail program before the PDF, and more after it."""
    whole = io.BytesIO()
    start().save(whole, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    path.write_bytes(b"Content-Type: application/pdf\n\n" + whole.getvalue() + b"\n--boundary--\n" * 200)


@trap("bookmarks-in-a-circle.pdf", MERGED, keeps="Statement")
def _(path: Path) -> None:
    """Bookmarks of which each comes after the other."""
    pdf = start()
    one = pdf.make_indirect(Dictionary(Title=HIDDEN))
    one.Next = pdf.make_indirect(Dictionary(Title=HIDDEN, Next=one, First=one, Last=one))
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=one, Last=one, Count=2))
    pdf.save(path)


@trap("fields-in-a-circle.pdf", WARNED, keeps="Statement")
def _(path: Path) -> None:
    """A field of a form that is its own child."""
    pdf = start()
    field_ = pdf.make_indirect(Dictionary(T="party"))
    field_.Kids = Array([field_])
    field_.Parent = field_
    pdf.Root.AcroForm = Dictionary(Fields=[field_])
    pdf.save(path)


@trap("deeply-nested.pdf", DRAWN, "damaged inside")
def _(path: Path) -> None:
    """Lists within lists, a thousand deep."""
    whole = io.BytesIO()
    start().save(whole, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    deep = b"/Type /Catalog /Deep " + b"[" * 1000 + b"]" * 1000
    path.write_bytes(whole.getvalue().replace(b"/Type /Catalog", deep))


@trap("acts.pdf", WARNED, "scripts", keeps="Statement")
def _(path: Path) -> None:
    """Scripts, programs to start, attached files, films, links to the web, a maker's name and bookmarks."""
    pdf = start()
    script = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
    pdf.Root.OpenAction = script
    pdf.pages[0].obj.AA = Dictionary(O=script)
    go = [
        Dictionary(S=Name.Launch, F="calc.exe"),
        Dictionary(S=Name.URI, URI="http://example.org/"),
        Dictionary(S=Name.GoToR, F="other.pdf", D=[0, Name.Fit], Next=Dictionary(S=Name.URI, URI="http://x/")),
        Dictionary(S=Name.SubmitForm, F="http://example.org/"),
    ]
    notes = [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=one) for one in go]
    film = Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=[0, 0, 9, 9], RichMediaContent=Dictionary())
    annotate(pdf, *notes, film)
    pdf.attachments["attached.txt"] = HIDDEN.encode()
    pdf.docinfo["/Author"] = "Foster Carer"
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(HIDDEN, 0))
    pdf.save(path)


@trap("notes.pdf", WARNED, "(1)", keeps="Statement")
def _(path: Path) -> None:
    """A yellow note whose words are not on the page."""
    pdf = start()
    annotate(pdf, Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents=HIDDEN))
    pdf.save(path)


@trap("signed.pdf", WARNED, "signed electronically", keeps="Statement")
def _(path: Path) -> None:
    """An electronic signature, deep in a tree of fields: no copy can carry it."""
    pdf = start()
    widget = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T="s", V=Dictionary(Type=Name.Sig))
    widget.Rect = Array([0, 0, 0, 0])
    party = pdf.make_indirect(Dictionary(T="party", Kids=[pdf.make_indirect(widget)]))
    party.Kids[0].Parent = party
    pdf.Root.AcroForm = Dictionary(Fields=[party])
    pdf.save(path)


@trap("form.pdf", WARNED, "answers in form fields (1)", keeps="Leanne Hale")
def _(path: Path) -> None:
    """A filled form that leaves the drawing of its answers to the reader."""
    pdf = start()
    add_form(pdf, field("party", "Leanne Hale"), NeedAppearances=True)
    pdf.save(path)


@trap("form-many-lines.pdf", DRAWN, "Pictures")
def _(path: Path) -> None:
    """An answer of several lines, which a copy would run together into one and cut off."""
    pdf = start()
    add_form(
        pdf, field("story", "First line of the answer, which is long enough to be broken\nsecond line", Ff=1 << 12)
    )
    pdf.save(path)


@trap("form-polish.pdf", DRAWN, "Pictures")
def _(path: Path) -> None:
    """An answer with letters that the font of the form does not have."""
    pdf = start()
    add_form(pdf, field("party", "Łukasz Żółć"), NeedAppearances=True)
    pdf.save(path)


@trap("form-arabic.pdf", WARNED, "small pictures", keeps="Statement")
def _(path: Path) -> None:
    """An answer in letters that the reader at hand leaves out without a word."""
    pdf = start()
    add_form(pdf, field("party", "مريم حسن"), NeedAppearances=True)
    pdf.save(path)


@trap("form-ticked.pdf", WARNED, "answers in form fields (2)", keeps="Statement")
def _(path: Path) -> None:
    """A box and a round button, ticked, whose drawing is left to the reader."""
    pdf = start()
    box = field("agree", "", FT=Name.Btn)
    box.V, box.AS, box.Rect = Name.Yes, Name.Yes, Array([72, 500, 92, 520])
    button = field("who", "", FT=Name.Btn, Ff=1 << 15)
    button.V, button.AS, button.Rect = Name.Mother, Name.Mother, Array([72, 460, 92, 480])
    add_form(pdf, box, button)
    pdf.save(path)


@trap("open-string.pdf", MERGED, keeps="Statement")
def _(path: Path) -> None:
    """Page instructions that end inside a text: the page number would become part of that text."""
    start(words("Statement") + b"BT /F1 12 Tf 72 600 Td (never ends").save(path)


@trap("scan.pdf", WARNED, "no text on page 1")
def _(path: Path) -> None:
    """A scanned letter: a picture of words."""
    pdf = start()
    pdf.pages[0].obj.Contents = pikepdf.Stream(pdf, add_image(pdf, scan(), b"595 0 0 842 0 0"))
    pdf.save(path)


@trap("scan-with-a-stamp.pdf", WARNED, "no text on page 1", keeps="Page 3")
def _(path: Path) -> None:
    """A scanned letter on which a program has written the number of the page: one word is not its text."""
    pdf = start()
    shown = add_image(pdf, scan(), b"595 0 0 842 0 0")
    pdf.pages[0].obj.Contents = pikepdf.Stream(pdf, shown + words("Page 3", y=20))
    pdf.save(path)


@trap("stamp-left-out-by-some.pdf", DRAWN, "Pictures")
def _(path: Path) -> None:
    """A stamp with a mark that means nothing for stamps: readers show it, and a copy would leave it out."""
    pdf = start()
    box = pikepdf.Stream(pdf, b"1 0 0 rg 0 0 50 50 re f", {"/Subtype": Name.Form, "/BBox": Array([0, 0, 50, 50])})
    annotate(pdf, Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=[300, 300, 350, 350], F=1, AP=Dictionary(N=box)))
    pdf.save(path)


@trap("form-of-two-minds.pdf", WARNED, "answers in form fields (1)", keeps="Statement")
def _(path: Path) -> None:
    """A ticked button that does not say which of its drawings is the one of now: readers show none."""
    pdf = start()
    button = field("who", "", FT=Name.Btn, Ff=1 << 15)
    button.V, button.Rect = Name.Mother, Array([72, 460, 92, 480])
    dot = pikepdf.Stream(pdf, b"0 g 2 2 16 16 re f", {"/Subtype": Name.Form, "/BBox": Array([0, 0, 20, 20])})
    button.AP = Dictionary(N=Dictionary(Mother=pdf.make_indirect(dot)))
    add_form(pdf, button)
    pdf.save(path)


@trap("white-on-white.pdf", WARNED, "cannot be seen", keeps="Statement")
def _(path: Path) -> None:
    """White words on white paper."""
    start(words("Statement", y=750) + b"1 g " + words("anchor for the signature")).save(path)


@trap("crop-beside-the-page.pdf", WARNED, "was not clear", keeps="Statement")
def _(path: Path) -> None:
    """A crop box that lies beside the page."""
    pdf = start()
    pdf.pages[0].obj.CropBox = Array([2000, 2000, 3000, 3000])
    pdf.save(path)


@trap("unit.pdf", WARNED, "size of page 1", keeps="Statement")
def _(path: Path) -> None:
    """A page measured in units of its own, which some readers know and others do not."""
    pdf = start()
    pdf.pages[0].obj.UserUnit = 2
    pdf.save(path)


@trap("wall.pdf", WARNED, "size of page 1", keeps="Statement")
def _(path: Path) -> None:
    """A page of half a kilometre."""
    pdf = start(b"2000 0 0 2000 0 0 cm " + words("Statement"))
    pdf.pages[0].obj.MediaBox = Array([0, 0, 1_190_000, 1_684_000])
    pdf.save(path)


@trap("picture-cropped.pdf", WARNED, "go on outside", keeps="Statement")
def _(path: Path) -> None:
    """A photograph of which the page shows half: the other half is in the file."""
    pdf = start()
    shown = add_image(pdf, Image.linear_gradient("L"), b"400 0 0 400 -200 200")
    pdf.pages[0].obj.Contents = pikepdf.Stream(pdf, words("Statement of Leanne Hale") + shown)
    pdf.save(path)


@trap("really-a-photograph.pdf", WARNED, "JPEG file, whatever its name says")
def _(path: Path) -> None:
    """A photograph under the name of a PDF."""
    Image.new("RGB", (60, 30), "blue").save(path, "JPEG")


# what looks like a trap and must simply go in


@trap("open-state.pdf", MERGED, keeps="Statement")
def _(path: Path) -> None:
    """Instructions that leave the page shrunk and turned, so that a page number would be as well."""
    start(words("Statement") + b"q 0.1 0 0 0.1 300 300 cm").save(path)


@trap("surplus-state.pdf", MERGED, keeps="Statement")
def _(path: Path) -> None:
    """Instructions that give back a state they never saved."""
    start(b"Q Q " + words("Statement")).save(path)


@trap("inherited.pdf", MERGED, keeps="Statement")
def _(path: Path) -> None:
    """Fonts and page size that are kept once for all pages."""
    pdf = start()
    page = pdf.pages[0].obj
    for key in ("/Resources", "/MediaBox"):
        pdf.Root.Pages[key] = page[key]
        del page[key]
    pdf.save(path)


@trap("no-content.pdf", MERGED, pages=2)
def _(path: Path) -> None:
    """Pages with nothing on them: the backs of a letter."""
    pdf = start(pages=2)
    for page in pdf.pages:
        del page.obj.Contents
    pdf.save(path)


@trap("printers-marks.pdf", WARNED, "printer's line", keeps="Statement")
def _(path: Path) -> None:
    """The line of a printer outside the page: no reason to stop."""
    pdf = start(words("Statement", y=400) + words("doc.indd 1", x=10, y=820, size=6))
    pdf.pages[0].obj.CropBox = Array([30, 30, 560, 800])
    pdf.save(path)


@trap("table-heading.pdf", MERGED, keeps="Date")
def _(path: Path) -> None:
    """White words on a dark heading, yellow marker, and a white page painted first: all can be read."""
    start(
        b"1 g 0 0 595 842 re f 0.1 0.2 0.4 rg 70 690 400 20 re f 1 g " + words("Date and event")
        + b"1 1 0 rg 70 640 250 20 re f 0 g " + words("what was said", y=645)
    ).save(path)  # fmt: skip


@trap("table-heading-turned.pdf", MERGED, keeps="Date")
def _(path: Path) -> None:
    """White words on a dark heading, on a page that is shown turned and whose corner is not at zero."""
    pdf = start(b"0.1 0.2 0.4 rg 70 690 400 20 re f 1 g " + words("Date and event"))
    pdf.pages[0].obj.MediaBox = Array([20, 30, 595, 842])
    pdf.pages[0].obj.Rotate = 90
    pdf.save(path)


@trap("dot-leaders.pdf", MERGED, keeps="Contents")
def _(path: Path) -> None:
    """A list of contents on a grey ground, whose dots are too small to be seen."""
    start(
        b"0.9 g 70 690 400 20 re f 0 g " + words("Contents") + b"0.9 g " + words("." * 60, x=150, size=4) + b"0 g "
    ).save(path)


@trap("read-scan.pdf", MERGED, keeps="scanned letter")
def _(path: Path) -> None:
    """A scan with its words behind it, as programs that read scans leave it."""
    pdf = start()
    shown = add_image(pdf, scan(), b"595 0 0 842 0 0")
    pdf.pages[0].obj.Contents = pikepdf.Stream(pdf, b"3 Tr " + words("A scanned letter of the school", y=690) + shown)
    pdf.save(path)


@trap("moving-fields.docx", WORD, "change by themselves")
def _(path: Path) -> None:
    """A date that becomes the day of the build, and a name of a file that becomes that of our copy."""
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = (
        '<w:r><w:instrText xml:space="preserve"> DA</w:instrText></w:r><w:r><w:instrText>TE \\@ "d"</w:instrText></w:r>'
    )
    date = (
        sign.format("begin")
        + code
        + sign.format("separate")
        + "<w:r><w:t>3 March 2026</w:t></w:r>"
        + sign.format("end")
    )
    name = '<w:fldSimple w:instr=" FILENAME "><w:r><w:t>statement.docx</w:t></w:r></w:fldSimple>'
    page = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    word_file(path, between(date + name + page))


def make_all(folder: Path) -> dict[str, Path]:
    """Write every trap into a folder; returns the files by their names."""
    made = {}
    for one in TRAPS:
        made[one.name] = folder / one.name
        one.make(made[one.name])
    return made


if __name__ == "__main__":
    into = Path(sys.argv[1])
    into.mkdir(parents=True, exist_ok=True)
    make_all(into)
    for one in TRAPS:
        print(f"{one.name}: {one.about} -> {one.becomes}")
