"""Make a clean PDF of one from outside: what is seen becomes part of the page, what acts or hides is left out."""

from __future__ import annotations

import mmap
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
from pikepdf import Name

from generator.base.pages import PAGE_EXTRAS
from generator.evidence.active import count_removed, is_signed, list_annotations
from generator.evidence.drawn import count_shown, draw_all, draw_pages
from generator.evidence.forms import find_undrawn_notes, settle_answers
from generator.evidence.layers import settle_layers
from generator.evidence.look import differs, find_cut_off, look_at_pages
from generator.evidence.pagecontent import (
    Content,
    apply_scale,
    choose_scale,
    isolate,
    look_through,
    read_content,
    settle_boxes,
)
from generator.evidence.pictures import remove_camera_data
from generator.evidence.results import CannotAdmit, Findings, MustNotFile, Removed, name_pages

MAX_PAGES = 10_000
_TAIL = 16 * 1024
_ASK_AGAIN = "ask for the file again"
_PRINT = "open it in a PDF reader and print it to a new PDF"
_ONLY_ADOBE = ("The PDF is a form that only Adobe Reader shows", "open it in Adobe Reader and print it to a new PDF")
_LIMITS: dict[str, Any] = {
    "doc_max_warnings": 1000,
    "parser_max_nesting": 400,
    "flate_max_memory": 256 * 1024**2,
    "dct_max_memory": 512 * 1024**2,
    "png_max_memory": 512 * 1024**2,
    "tiff_max_memory": 512 * 1024**2,
    "run_length_max_memory": 512 * 1024**2,
    "dct_max_progressive_scans": 100,
}
# No reader of the copy asks for its identifier, and a digest of every byte would take as long as the rest of the work.
_SAVED: dict[str, Any] = {"static_id": True, "object_stream_mode": pikepdf.ObjectStreamMode.disable}


class _NotTrustedError(Exception):
    """What the PDF is made of cannot be taken over, and the reader at hand may still show its pages."""


@dataclass(slots=True)
class _Pages:
    """What is to be done with pages, by their numbers from 0."""

    contents: dict[int, Content] = field(default_factory=dict)
    """Of those that must be shut in: what they leave open."""
    draw: set[int] = field(default_factory=set)
    look_at: set[int] = field(default_factory=set)
    compare: set[int] = field(default_factory=set)
    units: dict[int, float] = field(default_factory=dict)
    mended_boxes: set[int] = field(default_factory=set)


def clean_pdf(source: Path, target: Path, tell_pages: Callable[[int], object]) -> Findings:
    """Write the clean PDF and say what was found out. Passing files stand beside `target`.

    `tell_pages` is called once it is known how many pages there are. Raises CannotAdmit for what cannot be included,
    and MustNotFile for what could disclose what was meant to be hidden.
    """
    # The limits hold for the process, which works on nothing else.
    pikepdf.settings.set_qpdf_limits(**_LIMITS)
    tail = _read_tail(source)
    cut_off = b"startxref" not in tail
    try:
        # Read as it is needed, not mapped: a mapped file counts as memory that is in use.
        with pikepdf.open(source, access_mode=pikepdf.AccessMode.stream) as pdf:
            return _clean(pdf, target, tell_pages, cut_off=cut_off)
    except pikepdf.PasswordError:
        raise CannotAdmit(
            "The PDF needs a password to be opened", "save it without the password, or ask for a copy without one"
        ) from None
    except (CannotAdmit, MemoryError, OSError):
        raise
    except Exception as error:
        # Readers of damaged files fail in ways that their own errors do not cover (measured: 10 of 46).
        _explain_failure(source, tail, str(error))
    return _draw_untrusted(source, target, tell_pages)


def _draw_untrusted(source: Path, target: Path, tell_pages: Callable[[int], object]) -> Findings:
    """Pictures of the pages of a file that cannot be taken apart. Raises CannotAdmit where they could show too much."""
    if _holds(source, b"/Redact", b"/OCProperties"):
        raise CannotAdmit(
            "The PDF is damaged, and what is hidden in it cannot be told from what is shown",
            f"{_ASK_AGAIN}, or {_PRINT}",
        )
    tell_pages(count_shown(source))
    pages = draw_all(source, target)
    every = [*range(1, pages + 1)]
    found = Findings(pages, drawn=every, without_text=every)
    found.warnings.append(
        "The PDF is damaged inside, so its pages are pictures of what a reader still shows. Compare them with the "
        "original: something may be missing"
    )
    return found


def _read_tail(source: Path) -> bytes:
    with source.open("rb") as file:
        size = file.seek(0, 2)
        # Some programs pad the end with blanks by the page.
        file.seek(max(size - 4 * _TAIL, 0))
        return file.read().rstrip(b"\0 \t\r\n")[-_TAIL:]


def _explain_failure(source: Path, tail: bytes, words: str) -> None:
    """Raise CannotAdmit where the reason is known; otherwise the reader at hand may still show the pages."""
    if "no pages found" in words:
        raise CannotAdmit("The PDF has no pages", _ASK_AGAIN)
    if b"/Encrypt" in tail or _holds(source, b"/Encrypt"):
        raise CannotAdmit(
            "The PDF is protected in a way that only its own program can open",
            "open it there and save or print it without protection",
        )
    if b"startxref" not in tail:
        raise CannotAdmit("The PDF is cut off: its end is missing", _ASK_AGAIN)


def _holds(source: Path, *signs: bytes) -> bool:
    with source.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return any(content.find(sign) >= 0 for sign in signs)


def _clean(pdf: pikepdf.Pdf, target: Path, tell_pages: Callable[[int], object], *, cut_off: bool) -> Findings:
    found = Findings(_count_pages(pdf))
    tell_pages(found.pages)
    repaired = [str(warning) for warning in pdf.get_warnings()]
    _refuse_what_cannot_be_filed(pdf)
    if cut_off:
        _refuse_missing_parts(pdf, repaired)
        found.warnings.append(
            f"The end of the PDF is missing. All {found.pages} pages that it announces are there; compare them with "
            "the original"
        )
    found.removed, found.signed = count_removed(pdf), is_signed(pdf)
    passing = target.with_suffix(".seen.pdf")
    try:
        pages = _settle(pdf, passing, found)
        noted = _write_clean(pdf, target, passing, pages)
        if changed := _find_changed(passing, target, pages.compare):
            # What came out is not what was shown: a picture of what was shown is.
            pages.draw |= changed
            noted = _write_clean(pdf, target, passing, pages)
    finally:
        passing.unlink(missing_ok=True)
    found.removed[Removed.METADATA] += noted
    if not found.pages == _count_again(target) == count_shown(target):
        raise _NotTrustedError
    if repaired or pdf.get_warnings():
        found.warnings.append("The PDF was damaged and has been repaired; look through its pages")
    _warn_of_changes(pdf, pages, found)
    found.drawn += _from_one(pages.draw)
    found.without_text += found.drawn
    # A page that only writes is looked at where its words go on outside the page, whatever box it is cut to.
    plain = sorted(set(range(found.pages)) - pages.look_at - pages.draw)
    pages.look_at |= find_cut_off(target, plain)
    look_at_pages(target, sorted(pages.look_at - pages.draw), found)
    found.without_text.sort()
    return found


def _settle(pdf: pikepdf.Pdf, passing: Path, found: Findings) -> _Pages:
    """Prepare every page for the copy, and keep in `passing` what the pages look like before."""
    pages = _Pages()
    if hidden := settle_layers(pdf):
        found.warnings.append(f"Layers on {name_pages(_from_one(hidden))} are hidden, and are not in the bundle")
    unwritten = _find_unwritten_forms(pdf)
    pages.draw = hidden | unwritten | find_undrawn_notes(pdf) | settle_answers(pdf, passing, found)
    _read_pages(pdf, pages)
    pages.compare -= pages.draw
    if pages.draw or pages.compare:
        _remove_notes(pdf, pages.draw)
        pdf.save(passing)
    if unwritten and _asks_to_wait(passing):
        raise CannotAdmit(*_ONLY_ADOBE)
    for place, page in enumerate(pdf.pages):
        unit, wrong = settle_boxes(page)
        if wrong:
            pages.mended_boxes.add(place)
        if (scale := choose_scale(page, unit)) != 1:
            pages.units[place] = scale
        if place in pages.contents:
            isolate(pdf, page, read_content(page), pages.contents[place].surplus)
    return pages


def _from_one(pages: set[int]) -> list[int]:
    return [place + 1 for place in sorted(pages)]


def _count_pages(pdf: pikepdf.Pdf) -> int:
    named = pdf.Root.get("/Pages", pikepdf.Dictionary()).get("/Count", 0)
    pages = len(pdf.pages)
    if pages == 0:
        raise CannotAdmit("The PDF has no pages", _ASK_AGAIN)
    if pages > MAX_PAGES:
        raise CannotAdmit(
            f"The PDF has {pages} pages, and a file of evidence may have {MAX_PAGES}",
            "split it, and name only the parts that are needed",
        )
    if isinstance(named, int) and named > pages:
        raise CannotAdmit(f"The PDF is damaged: it should have {named} pages and only {pages} can be read", _ASK_AGAIN)
    return pages


def _refuse_what_cannot_be_filed(pdf: pikepdf.Pdf) -> None:
    if "/Collection" in pdf.Root:
        raise CannotAdmit(
            f"The PDF is a portfolio: the papers are the files attached to it ({len(pdf.attachments)})",
            "save the files in it one by one, and name each as a file of evidence of its own",
        )
    marked = [
        place
        for place, page in enumerate(pdf.pages, 1)
        if any(one.get("/Subtype") == "/Redact" for one in list_annotations(page))
    ]
    if marked:
        raise MustNotFile(
            f"Words on {name_pages(marked)} are marked for redaction, and are still there",
            "apply the redactions in the program that marked them, and save it again",
        )
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and "/XFA" in form and pdf.Root.get("/NeedsRendering"):
        raise CannotAdmit(*_ONLY_ADOBE)


def _refuse_missing_parts(pdf: pikepdf.Pdf, repaired: list[str]) -> None:
    """Of a file without its end, only what is there in full is filed."""
    missing = any("stream" in warning for warning in repaired)
    for part in pdf.objects:
        if missing:
            break
        words = part.unparse() if not isinstance(part, pikepdf.Stream) else part.stream_dict.unparse()
        for named in re.finditer(rb"\b(\d+) (\d+) R\b", words):
            missing = missing or pdf.get_object(int(named[1]), int(named[2])) is None
    if missing:
        raise CannotAdmit("The PDF is cut off: its end is missing, and parts of its pages with it", _ASK_AGAIN)


def _find_unwritten_forms(pdf: pikepdf.Pdf) -> set[int]:
    """All pages of a form whose answers stand only in a description that few readers understand (XFA)."""
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary) or "/XFA" not in form:
        return set()
    fields = form.get("/Fields")
    return set() if isinstance(fields, pikepdf.Array) and len(fields) else set(range(len(pdf.pages)))


def _asks_to_wait(passing: Path) -> bool:
    """Whether the page is only the one that stands there until a program has written the form."""
    with pypdfium2.PdfDocument(passing) as pdf:
        return "please wait" in str(pdf[0].get_textpage().get_text_range()).casefold()


def _read_pages(pdf: pikepdf.Pdf, pages: _Pages) -> None:
    """Read what each page is made of, to know which must be looked at, shut in, or compared."""
    for place, page in enumerate(pdf.pages):
        try:
            content = read_content(page)
        except pikepdf.PdfError as error:
            if "limit exceeded" in str(error):
                raise CannotAdmit(
                    f"Page {place + 1} of the PDF unpacks to far more than a page needs", _PRINT
                ) from None
            pages.draw.add(place)
            continue
        told = look_through(content)
        noted = _has_drawn_notes(page)
        if not told.closed:
            pages.contents[place] = told
        cropped = "/CropBox" in page.obj and page.obj.CropBox != page.obj.get("/MediaBox")
        if noted or cropped or not told.closed or "/UserUnit" in page.obj:
            pages.compare.add(place)
        if noted or cropped or _is_doubtful(told, content):
            pages.look_at.add(place)


def _is_doubtful(told: Content, content: bytes) -> bool:
    """Whether a page must be looked at: something could cover its words, or it may be a scan that has none."""
    return told.paints or (not told.writes and bool(content.strip()))


def _has_drawn_notes(page: pikepdf.Page) -> bool:
    return any("/AP" in one and one.get("/Subtype") != "/Link" for one in list_annotations(page))


def _remove_notes(pdf: pikepdf.Pdf, draw: set[int]) -> None:
    """Take away what a reader would lay over the page: the words of a note, opened, and the frames of empty fields."""
    for place, page in enumerate(pdf.pages):
        left_out = {"/Text"} if place in draw else {"/Text", "/Widget"}
        kept = [
            one
            for one in list_annotations(page)
            if one.get("/Subtype") != "/Popup" and ("/AP" in one or str(one.get("/Subtype")) not in left_out)
        ]
        if "/Annots" in page.obj:
            page.obj.Annots = pikepdf.Array(kept)


def _warn_of_changes(pdf: pikepdf.Pdf, pages: _Pages, found: Findings) -> None:
    if pdf.is_encrypted:
        found.warnings.append("The PDF forbids some uses (printing or copying); the copy in the bundle does not")
    if found.signed:
        found.warnings.append(
            "The PDF is signed electronically; the signature can be checked only in the original, so keep that"
        )
    if pages.units:
        found.warnings.append(
            f"The size of {name_pages(_from_one({*pages.units}))} was changed, so that readers show it"
        )
    if pages.mended_boxes:
        found.warnings.append(
            f"How much of {name_pages(_from_one(pages.mended_boxes))} is shown was not clear in the file; look at it"
        )
    found.warn_of_removed()


def _write_clean(pdf: pikepdf.Pdf, target: Path, passing: Path, pages: _Pages) -> int:
    """Write the copy; returns how many pieces of metadata were inside its pages."""
    from pikepdf.sanitize import Sanitizer

    pdf.flatten_annotations("all")
    Sanitizer().remove_javascript().remove_external_access().remove_attachments().remove_multimedia().apply(pdf)
    with ExitStack() as left, pikepdf.new() as clean:
        # A new file takes the pages alone: no scripts, bookmarks, metadata or settings of the old one come along.
        clean.add_pages_from(pdf, forms="strip")
        for place, page in enumerate(clean.pages):
            for key in PAGE_EXTRAS:
                if key in page.obj:
                    del page.obj[key]
            links = [one for one in list_annotations(page) if _is_inner_link(one)]
            if links:
                page.obj.Annots = pikepdf.Array(links)
            elif "/Annots" in page.obj:
                del page.obj.Annots
            if place in pages.units and place not in pages.draw:
                apply_scale(clean, page, pages.units[place])
        if pages.draw:
            draw_pages(passing, pages.draw, pages.units, clean, target, left)
        for key in ("/AcroForm", "/OpenAction", "/Outlines", "/Metadata", "/AA"):
            if key in clean.Root:
                del clean.Root[key]
        clean.remove_unreferenced_resources()
        noted = sum(_remove_private_data(part) for part in clean.objects)
        clean.save(target, **_SAVED)
    return noted


def _is_inner_link(annotation: Any) -> bool:
    if annotation.get("/Subtype") != "/Link":
        return False
    action = annotation.get("/A")
    leads = isinstance(action, pikepdf.Dictionary) and action.get("/S") == "/GoTo" and "/Next" not in action
    return "/Dest" in annotation or leads


def _remove_private_data(part: Any) -> bool:
    """Remove metadata of pictures and drawings inside the pages; whether there were any."""
    if not isinstance(part, (pikepdf.Dictionary, pikepdf.Stream)):
        return False
    noted = False
    if isinstance(part.get("/Metadata"), pikepdf.Stream):
        del part["/Metadata"]
        noted = True
    if isinstance(part.get("/PieceInfo"), pikepdf.Dictionary):
        del part["/PieceInfo"]
        noted = True
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
            noted = True
    return noted


def _find_changed(before: Path, after: Path, pages: set[int]) -> set[int]:
    """Those of the pages that do not look as they did."""
    if not pages:
        return set()
    with pypdfium2.PdfDocument(before) as first, pypdfium2.PdfDocument(after) as second:
        first.init_forms()
        return set(_compare(first, second, pages))


def _compare(first: Any, second: Any, pages: set[int]) -> Iterator[int]:
    for place in sorted(pages):
        one, other = first[place], second[place]
        # What the reader at hand cannot show at all, such as a crop box beside the page, is no measure.
        if min(one.get_size()) > 0 and differs(one, other):
            yield place
        one.close()
        other.close()


def _count_again(target: Path) -> int:
    """The pages of the clean file as the reader counts them that will bundle it."""
    from pypdf import PdfReader

    with target.open("rb") as file:
        return len(PdfReader(file).pages)
