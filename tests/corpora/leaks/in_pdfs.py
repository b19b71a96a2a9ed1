"""Leaks in every place of a PDF that can hold words, shown or not."""

# ruff: noqa: E501 (a table has one line for each file)

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from shapes import (
    ADDRESS,
    EMAIL,
    LANDLINE,
    MAIL,
    MAREK,
    MOBILE,
    NAME,
    STREET,
    TELEPHONE,
    ZOE,
    Leak,
    Make,
    content_of,
    letter,
)

_START = "BT /F1 12 Tf 72 {y} Td ({text}) Tj ET "


def say(text: str, y: int = 700, before: str = "") -> bytes:
    """Instructions that print a line of text."""
    return before.encode() + _START.format(y=y, text=text).encode("latin-1")


def start(*pages: bytes) -> pikepdf.Pdf:
    """A PDF with these pages."""
    pdf = pikepdf.new()
    for content in pages or (say("We met in July."),):
        page_ = pdf.add_blank_page(page_size=(595, 842))
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
        page_.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        page_.obj.Contents = pikepdf.Stream(pdf, content)
    return pdf


def drawn(*pages: bytes) -> Make:
    """A PDF of pages with these instructions."""
    return lambda path: start(*pages).save(path)


def page(text: str) -> Make:
    """A PDF of one line."""
    return drawn(say(text))


def altered(change: Callable[[pikepdf.Pdf], object], *pages: bytes) -> Make:
    """A PDF after this has been done to it."""

    def make(path: Path) -> None:
        pdf = start(*pages)
        change(pdf)
        pdf.save(path)

    return make


def _noted(**more: Any) -> Make:
    """A PDF with an annotation."""
    keys = {
        f"/{key}": value for key, value in {"Type": Name.Annot, "Rect": [72, 500, 300, 540], "F": 4, **more}.items()
    }

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(Dictionary(keys))])
        if more["Subtype"] == Name.Widget:
            pdf.Root.AcroForm = Dictionary(Fields=pdf.pages[0].obj.Annots)

    return altered(change)


def _appearing(pdf: pikepdf.Pdf) -> None:
    drawing = pikepdf.Stream(pdf, say(ZOE, 5))
    drawing.stream_dict.update(
        Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 200, 40], Resources=pdf.pages[0].obj.Resources)
    )
    note = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=[72, 500, 300, 540], F=4, AP=Dictionary(N=drawing))
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


def _in_a_drawing(pdf: pikepdf.Pdf) -> None:
    drawing = pikepdf.Stream(pdf, say(ZOE))
    drawing.stream_dict.update(
        Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 595, 842], Resources=pdf.pages[0].obj.Resources)
    )
    pdf.pages[0].obj.Resources.XObject = Dictionary(Fm1=drawing)
    pdf.pages[0].obj.Contents = pikepdf.Stream(pdf, say("We met.") + b"/Fm1 Do")


def _bookmarked(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(f"Visit to {ZOE}", 0))


def _attached(name: str, content: bytes, description: str = "") -> Make:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.attachments[name] = pikepdf.AttachedFileSpec(
            pdf, content, filename=name, description=description, mime_type="", creation_date="", mod_date=""
        )

    return altered(change)


def _in_metadata(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:description"] = f"Visit to {ZOE}"


def _info(key: str) -> Make:
    return altered(lambda pdf: pdf.docinfo.__setitem__(f"/{key}", String(f"Visit to {ZOE}")))


def _destination(pdf: pikepdf.Pdf) -> None:
    there = Array([pdf.pages[0].obj, Name.Fit])
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String("27 Tollgate Road"), there])))


def _layer(pdf: pikepdf.Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="layer"))
    pdf.pages[0].obj.Resources.Properties = Dictionary(L1=layer)
    pdf.pages[0].obj.Contents = pikepdf.Stream(pdf, say("We met.") + b"/OC /L1 BDC " + say(ZOE, 650) + b"EMC")
    pdf.Root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary(OFF=[layer]))


def _layer_name(pdf: pikepdf.Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=ZOE))
    pdf.Root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary())


def _described(key: str) -> Make:
    def change(pdf: pikepdf.Pdf) -> None:
        figure = pdf.make_indirect(Dictionary({"/Type": Name.StructElem, "/S": Name.Figure, f"/{key}": String(ZOE)}))
        pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([figure])))

    return altered(change)


def _actual(pdf: pikepdf.Pdf) -> None:
    marked = b"/Span <</ActualText (" + ZOE.encode("latin-1") + b")>> BDC " + say("x") + b"EMC"
    pdf.pages[0].obj.Contents = pikepdf.Stream(pdf, marked)


def _cropped(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.CropBox = Array([0, 0, 595, 400])


def _turned(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Rotate = 90


def _earlier(path: Path) -> None:
    """A page that was replaced in a later revision; the earlier is still in the file."""
    pdf = start(say(ZOE))
    held = io.BytesIO()
    pdf.save(held, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    old = held.getvalue()
    with pikepdf.open(io.BytesIO(old)) as again:
        number, size = again.pages[0].obj.Contents.objgen[0], int(again.trailer.Size)
        root = again.Root.objgen[0]
    new = say("Nothing to see")
    more = b"%d 0 obj\n<</Length %d>>stream\n%s\nendstream\nendobj\n" % (number, len(new), new)
    before = int(re.findall(rb"startxref\s+(\d+)", old)[-1])
    table = b"xref\n0 1\n0000000000 65535 f \n%d 1\n%010d 00000 n \n" % (number, len(old))
    end = b"trailer\n<</Size %d /Root %d 0 R /Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
    path.write_bytes(old + more + table + end % (size, root, before, len(old) + len(more)))


def _orphan(path: Path) -> None:
    """An object to which nothing leads any more."""
    held = io.BytesIO()
    start().save(held, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    whole = held.getvalue()
    stray = b"%%PDF-1.7\n900 0 obj\n<</Type/Note/Contents(%s)>>\nendobj\n" % ZOE.encode("latin-1")
    at = whole.rindex(b"startxref")
    path.write_bytes(whole[:at] + stray.removeprefix(b"%PDF-1.7\n") + whole[at:])


def _locked_for_changes(path: Path) -> None:
    start(say(ZOE)).save(path, encryption=pikepdf.Encryption(owner="owner", user=""))


def _tightly_packed(path: Path) -> None:
    pdf = start()
    pdf.docinfo["/Subject"] = String(ZOE)
    pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)


def _with_a_font_of_its_own(path: Path) -> None:
    import reportlab  # type: ignore[import-untyped]
    from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
    from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]
    from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

    folder = Path(reportlab.__file__).parent / "fonts"
    pdfmetrics.registerFont(TTFont("Vera", str(folder / "Vera.ttf")))
    canvas = Canvas(str(path))
    canvas.setFont("Vera", 12)
    canvas.drawString(72, 700, f"We met {ZOE} in July.")
    canvas.save()


def _form_described(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=[], XFA=pikepdf.Stream(pdf, f"<xdp><v>{ZOE}</v></xdp>".encode()))


def _on_opening(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{ZOE}')"))


def _labelled(pdf: pikepdf.Pdf) -> None:
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=String("Zoe Field "), S=Name.D)]))


_SPACED = f"BT /F1 12 Tf 9 Tc 72 700 Td ({ZOE}) Tj ET".encode("latin-1")
_KERNED = ("BT /F1 12 Tf 72 700 Td [" + " -900 ".join(f"({one})" for one in STREET) + "] TJ ET").encode()
_LETTERS = b" ".join(
    f"BT /F1 12 Tf 1 0 0 1 {72 + 14 * place} 700 Tm ({one}) Tj ET".encode("latin-1")
    for place, one in reversed(list(enumerate("Zoë Field")))
    if one != " "
)
_LINK = {"Subtype": Name.Link}

_ROUTES: list[tuple[str, Make, str, str, str]] = [
    ("on the page", page(f"We met {ZOE} in July."), ZOE, NAME, "page 1"),
    ("on the third page", drawn(say("One"), say("Two"), say(ZOE)), ZOE, NAME, "page 3"),
    ("over a line, with a hyphen of its own", drawn(say("We met Mr Ostrowski-") + say("Lund.", 680)), MAREK, NAME, ""),
    ("over a line, with a hyphen for the line", drawn(say("Write to 27 Toll-") + say("gate Road.", 680)), STREET, ADDRESS, ""),
    ("over a line", drawn(say("We met Zoë") + say("Field.", 680)), ZOE, NAME, ""),
    ("over a page with a footer and a header between", drawn(say("We met Zoë", 90) + say("Page 1 of 2", 40), say("Saltmarch Council", 810) + say("Field in July.", 760)), ZOE, NAME, ""),
    ("in spaced letters", drawn(_SPACED), ZOE, NAME, ""),
    ("in letters pushed apart", drawn(_KERNED), STREET, ADDRESS, ""),
    ("letter by letter, backwards", drawn(_LETTERS), ZOE, NAME, ""),
    ("in two columns", drawn(say("Zoë") + b"BT /F1 12 Tf 300 700 Td (Field) Tj ET"), ZOE, NAME, ""),
    ("in white", drawn(say(ZOE, before="1 g ")), ZOE, NAME, ""),
    ("in tiny letters", drawn(f"BT /F1 1 Tf 72 700 Td ({ZOE}) Tj ET".encode("latin-1")), ZOE, NAME, ""),
    ("in letters that are not drawn", drawn(say(ZOE, before="3 Tr ")), ZOE, NAME, ""),
    ("on a page that is turned", altered(_turned, say(ZOE)), ZOE, NAME, ""),
    ("in turned words", drawn(f"BT /F1 12 Tf 0 1 -1 0 300 300 Tm ({ZOE}) Tj ET".encode("latin-1")), ZOE, NAME, ""),
    ("outside the part that is shown", altered(_cropped, say("We met.", 200) + say(ZOE)), ZOE, NAME, ""),
    ("on a layer that is off", altered(_layer), ZOE, NAME, ""),
    ("as the name of a layer", altered(_layer_name), ZOE, NAME, "layer"),
    ("in a drawing on the page", altered(_in_a_drawing), ZOE, NAME, ""),
    ("in a font of its own", _with_a_font_of_its_own, ZOE, NAME, ""),
    ("as the value of a field", _noted(Subtype=Name.Widget, FT=Name.Tx, T="carer", V=ZOE), ZOE, NAME, "field|form"),
    ("as the default of a field", _noted(Subtype=Name.Widget, FT=Name.Tx, T="carer", V="", DV=ZOE), ZOE, NAME, "field|form"),
    ("as the tip of a field", _noted(Subtype=Name.Widget, FT=Name.Tx, T="carer", TU=ZOE), ZOE, NAME, "field|form"),
    ("as a choice in a field", _noted(Subtype=Name.Widget, FT=Name.Ch, T="carer", Opt=[ZOE, "Somebody else"]), ZOE, NAME, "field|form"),
    ("in a form that is described", altered(_form_described), ZOE, NAME, "form"),
    ("in a note", _noted(Subtype=Name.Text, Contents=f"Ask {ZOE}"), ZOE, NAME, "note|annotation"),
    ("as the author of a note", _noted(Subtype=Name.Text, Contents="Yes", T=ZOE), ZOE, NAME, "note|annotation"),
    ("in the rich text of a note", _noted(Subtype=Name.FreeText, Contents="", RC="<body><p>Zoë <b>Field</b></p></body>"), ZOE, NAME, "note|annotation"),
    ("in the picture of a stamp", altered(_appearing), ZOE, NAME, ""),
    ("in the words over a redaction", _noted(Subtype=Name.Redact, OverlayText=ZOE), ZOE, NAME, "note|annotation"),
    *((f"as the {key.lower()} of the file", _info(key), ZOE, NAME, "propert|metadata|information") for key in ("Title", "Author", "Keywords", "CaseNote")),
    ("in the metadata", altered(_in_metadata), ZOE, NAME, "propert|metadata"),
    ("in a bookmark", altered(_bookmarked), ZOE, NAME, "bookmark|outline"),
    ("in a link", _noted(**_LINK, A=Dictionary(S=Name.URI, URI=String("https://maps.example/?q=27%20Tollgate%20Road"))), STREET, ADDRESS, "link"),
    ("in a link to write to", _noted(**_LINK, A=Dictionary(S=Name.URI, URI=String(f"mailto:{MAIL}"))), MAIL, EMAIL, "link"),
    ("in the name of a place", altered(_destination), STREET, ADDRESS, ""),
    ("in an attachment", _attached("note.docx", content_of(letter(ZOE))), ZOE, NAME, "attach|note"),
    ("in a text that is attached", _attached("note.txt", f"Ring {LANDLINE}".encode()), LANDLINE, TELEPHONE, "attach|note"),
    ("as the name of an attachment", _attached("Zoe Field.txt", b"Yes"), ZOE, NAME, "attach"),
    ("in the description of an attachment", _attached("note.txt", b"Yes", ZOE), ZOE, NAME, "attach|note"),
    ("in alternative text", _described("Alt"), ZOE, NAME, "alt|tag|description"),
    ("in the long form of a word", _described("E"), ZOE, NAME, ""),
    ("as what the words stand for", altered(_actual), ZOE, NAME, ""),
    ("as the label of a page", altered(_labelled), ZOE, NAME, "label"),
    ("in a script", altered(_on_opening), ZOE, NAME, "script"),
    ("in an earlier version of the page", _earlier, ZOE, NAME, ""),
    ("in an object that nothing leads to", _orphan, ZOE, NAME, ""),
    ("in a file locked against changes", _locked_for_changes, ZOE, NAME, ""),
    ("in a file that is tightly packed", _tightly_packed, ZOE, NAME, "propert|metadata|information"),
    ("a mobile number on the page", page(f"Ring {MOBILE}"), MOBILE, TELEPHONE, "page 1"),
]  # fmt: skip

LEAKS: tuple[Leak, ...] = (
    *(
        Leak(f"pdf {about}.pdf".replace(" ", "-").replace(",", ""), f"PDF: {about}", make, value, kind, where=where)
        for about, make, value, kind, where in _ROUTES
    ),
    Leak("Note on 27 Tollgate Rd.pdf", "PDF: in the name of the file", page("Yes"), STREET, ADDRESS, where="name"),
    Leak("pdf-named-as-word.docx", "PDF: a file with the wrong ending", page(ZOE), ZOE),
)
