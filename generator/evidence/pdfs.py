"""Make a clean PDF of one from outside: what is seen becomes part of the page, what acts or hides is left out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Name

from generator.evidence.outcomes import CannotAdmit
from generator.evidence.photographs import remove_camera_data

MAX_PAGES = 10_000
_TAIL = 16 * 1024
_ASK_AGAIN = "ask for the file again"
_PRINT = "open it in a PDF reader and print it to a new PDF"
_PAGE_EXTRAS = (
    "/AA",
    "/AF",
    "/B",
    "/Dur",
    "/LastModified",
    "/Metadata",
    "/PieceInfo",
    "/PresSteps",
    "/StructParents",
    "/Tabs",
    "/Thumb",
    "/Trans",
)
_LIMITS: dict[str, Any] = {
    "doc_max_warnings": 1000,
    "parser_max_nesting": 400,
    "flate_max_memory": 512 * 1024**2,
    "dct_max_memory": 512 * 1024**2,
    "png_max_memory": 512 * 1024**2,
    "tiff_max_memory": 512 * 1024**2,
    "run_length_max_memory": 512 * 1024**2,
    "dct_max_progressive_scans": 100,
}


def clean_pdf(source: Path, target: Path) -> tuple[int, list[str]]:
    """Write the clean PDF; returns its pages and the warnings. Raises CannotAdmit for what a person must mend first."""
    # The limits hold for the process, which works on nothing else.
    pikepdf.settings.set_qpdf_limits(**_LIMITS)
    tail = _read_tail(source)
    try:
        with pikepdf.open(source) as pdf:
            said = _count_pages(pdf)
            if b"startxref" not in tail:
                raise CannotAdmit("The PDF is cut off: its end is missing, so pages may be missing too", _ASK_AGAIN)
            _refuse_what_hides(pdf)
            warnings = [*_list_warnings(pdf)]
            pages = _write_clean(pdf, target)
    except pikepdf.PasswordError:
        raise CannotAdmit(
            "The PDF needs a password to be opened", "save it without the password, or ask for a copy without one"
        ) from None
    except pikepdf.PdfError as error:
        raise CannotAdmit(*_explain_failure(source, tail, str(error))) from None
    if not pages == said == _count_again(target):
        raise CannotAdmit("Two readers count different numbers of pages in the PDF", _PRINT)
    return pages, warnings


def _read_tail(source: Path) -> bytes:
    with source.open("rb") as file:
        size = file.seek(0, 2)
        # Some programs pad the end with blanks by the page.
        file.seek(max(size - 4 * _TAIL, 0))
        return file.read().rstrip(b"\0 \t\r\n")[-_TAIL:]


def _explain_failure(source: Path, tail: bytes, words: str) -> tuple[str, str]:
    if "no pages found" in words:
        return "The PDF has no pages", _ASK_AGAIN
    if b"/Encrypt" in tail or b"/Encrypt" in source.read_bytes():
        return (
            "The PDF is protected in a way that only its own program can open",
            "open it there and save or print it without protection",
        )
    if b"startxref" not in tail:
        return "The PDF is cut off: its end is missing", _ASK_AGAIN
    return "The PDF is damaged and cannot be read", f"{_ASK_AGAIN}, or {_PRINT}"


def _count_pages(pdf: pikepdf.Pdf) -> int:
    named = pdf.Root.get("/Pages", pikepdf.Dictionary()).get("/Count", 0)
    pages = len(pdf.pages)
    if pages == 0:
        raise CannotAdmit("The PDF has no pages", _ASK_AGAIN)
    if pages > MAX_PAGES:
        raise CannotAdmit(
            f"The PDF has more than {MAX_PAGES} pages", "split it, and name only the parts that are needed"
        )
    if isinstance(named, int) and named > pages:
        raise CannotAdmit(f"The PDF is damaged: it should have {named} pages and only {pages} can be read", _ASK_AGAIN)
    return pages


def _refuse_what_hides(pdf: pikepdf.Pdf) -> None:
    """What a merged file would show to everyone although this one does not, or hide although it looks done."""
    if _has_hidden_layers(pdf):
        raise CannotAdmit("The PDF has hidden layers, which would become visible in the bundle", _PRINT)
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and "/XFA" in form and pdf.Root.get("/NeedsRendering"):
        raise CannotAdmit(
            "The PDF is a form that only Adobe Reader shows", "open it in Adobe Reader and print it to a new PDF"
        )
    needs_drawing = isinstance(form, pikepdf.Dictionary) and bool(form.get("/NeedAppearances", False))
    for page in pdf.pages:
        if any(_is_lost_when_flattened(one, needs_drawing=needs_drawing) for one in _list_annotations(page)):
            raise CannotAdmit("The PDF has answers, drawings or boxes that would be lost in the bundle", _PRINT)
        if any(one.get("/Subtype") == "/Redact" for one in _list_annotations(page)):
            raise CannotAdmit(
                "The PDF marks words for redaction, but they are still there",
                "apply the redactions in the program that marked them, and save it again",
            )


_UNDRAWN_MATTERS = frozenset(
    {"/Square", "/Circle", "/Polygon", "/PolyLine", "/Line", "/Ink", "/FreeText", "/Highlight", "/Underline", "/Stamp"}
)
"""Kinds of notes that readers draw themselves where the file does not say how: a black box among them."""
_MULTI_LINE = 1 << 12


def _is_lost_when_flattened(one: pikepdf.Dictionary, *, needs_drawing: bool) -> bool:
    """Whether something that readers show on the page would not be in the copy, or not as it is shown.

    A box without a drawing of its own is not copied, and the words under it would be readable. The answer of a field
    that is drawn anew comes out on one line and in Latin letters alone.
    """
    if int(one.get("/F", 0)) & 2:
        return False
    if one.get("/Subtype") in _UNDRAWN_MATTERS:
        return "/AP" not in one
    if one.get("/Subtype") != "/Widget":
        return False
    field = one if "/FT" in one or "/Parent" not in one else one["/Parent"]
    value = one.get("/V", field.get("/V"))
    if field.get("/FT") != "/Tx" or value is None or not str(value):
        return False
    if "/AP" not in one and not needs_drawing:
        return True
    text, many_lines = str(value), bool(int(field.get("/Ff", 0)) & _MULTI_LINE)
    return needs_drawing and (many_lines or not text.isascii() or "\n" in text or "\r" in text)


def _has_hidden_layers(pdf: pikepdf.Pdf) -> bool:
    layers = pdf.Root.get("/OCProperties")
    if not isinstance(layers, pikepdf.Dictionary):
        return False
    shown = layers.get("/D", pikepdf.Dictionary())
    if shown.get("/BaseState") == "/OFF" or len(shown.get("/OFF", pikepdf.Array())):
        return True
    return "/AS" in shown and any(
        layer.get("/Usage", pikepdf.Dictionary()).get("/View", pikepdf.Dictionary()).get("/ViewState") == "/OFF"
        for layer in layers.get("/OCGs", pikepdf.Array())
    )


def _list_warnings(pdf: pikepdf.Pdf) -> Iterator[str]:
    if pdf.get_warnings():
        yield "The PDF was damaged and has been repaired; look through its pages"
    if pdf.is_encrypted:
        yield "The PDF forbids some uses (printing or copying); the copy in the bundle does not"
    if len(pdf.attachments):
        yield f"The PDF has {len(pdf.attachments)} other files attached to it; they are not in the bundle"
    form = pdf.Root.get("/AcroForm")
    fields: Any = form.get("/Fields", pikepdf.Array()) if isinstance(form, pikepdf.Dictionary) else []
    if any(field.get("/FT") == "/Sig" and "/V" in field for field in fields if isinstance(field, pikepdf.Dictionary)):
        yield "The PDF is signed electronically; the signature can be checked only in the original, so keep that"
    unseen = sum(
        "/AP" not in one and one.get("/Subtype") not in ("/Link", "/Popup", "/Widget")
        for page in pdf.pages
        for one in _list_annotations(page)
    )
    if unseen:
        yield f"The PDF has {unseen} notes that are not drawn on its pages; they are not in the bundle"
    if any("/UserUnit" in page.obj or max(map(abs, map(float, page.mediabox))) > 14_400 for page in pdf.pages):
        yield "The PDF has pages of unusual size; look at how they are shown"


def _list_annotations(page: pikepdf.Page) -> list[Any]:
    held = page.obj.get("/Annots")
    return [one for one in held if isinstance(one, pikepdf.Dictionary)] if isinstance(held, pikepdf.Array) else []


def _write_clean(pdf: pikepdf.Pdf, target: Path) -> int:
    from pikepdf.sanitize import Sanitizer

    pdf.generate_appearance_streams()
    pdf.flatten_annotations("all")
    Sanitizer().remove_javascript().remove_external_access().remove_attachments().remove_multimedia().apply(pdf)
    with pikepdf.new() as clean:
        # A new file takes the pages alone: no scripts, bookmarks, metadata or settings of the old one come along.
        clean.add_pages_from(pdf, forms="strip")
        for page in clean.pages:
            for key in _PAGE_EXTRAS:
                if key in page.obj:
                    del page.obj[key]
            links = [one for one in _list_annotations(page) if _is_inner_link(one)]
            if links:
                page.obj.Annots = pikepdf.Array(links)
            elif "/Annots" in page.obj:
                del page.obj.Annots
        for key in ("/AcroForm", "/OpenAction", "/Outlines", "/Metadata", "/AA"):
            if key in clean.Root:
                del clean.Root[key]
        clean.remove_unreferenced_resources()
        for part in clean.objects:
            _remove_private_data(part)
        pages = len(clean.pages)
        clean.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return pages


def _is_inner_link(annotation: Any) -> bool:
    if annotation.get("/Subtype") != "/Link":
        return False
    action = annotation.get("/A")
    leads = isinstance(action, pikepdf.Dictionary) and action.get("/S") == "/GoTo" and "/Next" not in action
    return "/Dest" in annotation or leads


def _remove_private_data(part: Any) -> None:
    """Metadata of pictures and drawings inside the pages, and what programs noted for themselves."""
    if not isinstance(part, (pikepdf.Dictionary, pikepdf.Stream)):
        return
    if isinstance(part.get("/Metadata"), pikepdf.Stream):
        del part["/Metadata"]
    if isinstance(part.get("/PieceInfo"), pikepdf.Dictionary):
        del part["/PieceInfo"]
    if (
        isinstance(part, pikepdf.Stream)
        and part.get("/Filter") == Name.DCTDecode
        and part.get("/Subtype") == Name.Image
    ):
        before = part.read_raw_bytes()
        after = remove_camera_data(before)
        if len(after) != len(before):
            settings: Any = part.get("/DecodeParms")
            part.write(after, filter=Name.DCTDecode, decode_parms=settings)


def _count_again(target: Path) -> int:
    """The pages of the clean file as the reader counts them that will bundle it."""
    from pypdf import PdfReader

    with target.open("rb") as file:
        return len(PdfReader(file).pages)
