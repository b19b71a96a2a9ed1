"""Draw pages as a reader shows them, where what they are made of cannot be taken over: the picture is all there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
from pikepdf import Array, Dictionary

from generator.evidence.image_compression import number, pack_picture
from generator.evidence.pagecontent import choose_scale
from generator.evidence.results import CannotAdmit

_DPI = 200
_MOST_PIXELS = 25_000_000
_AT_A_TIME = 50


def draw_pages(
    seen: Path, pages: Iterable[int], units: Mapping[int, float], clean: pikepdf.Pdf, passing: Path, left: ExitStack
) -> None:
    """Put pictures of pages (from 0) of `seen` in the place of the same pages of `clean`, in units other than 1.

    Nothing else of those pages is left. The pictures wait in files named after `passing`, so that a long file needs no
    more memory than a short one; leaving `left` removes them, which must not happen before `clean` is saved.
    """
    waiting = sorted(pages)
    for start in range(0, len(waiting), _AT_A_TIME):
        part = passing.with_suffix(f".{start}.part")
        left.callback(part.unlink, missing_ok=True)
        places = waiting[start : start + _AT_A_TIME]
        with pypdfium2.PdfDocument(seen) as pdf, pikepdf.new() as pictures:
            pdf.init_forms()
            for place in places:
                page = pdf[place]
                _add_picture(pictures, page, units.get(place, 1.0))
                page.close()
            pictures.save(part, static_id=True)
        drawn = left.enter_context(pikepdf.open(part))
        for place, new in zip(places, drawn.pages, strict=True):
            clean.pages[place] = new


def draw_all(source: Path, target: Path) -> int:
    """Write a PDF of pictures of all pages; returns how many. Raises CannotAdmit where no page can be shown."""
    pages = count_shown(source)
    if not pages:
        raise CannotAdmit("The PDF is damaged and cannot be read", "ask for the file again")
    with ExitStack() as left:
        clean = left.enter_context(pikepdf.new())
        for _ in range(pages):
            clean.add_blank_page()
        draw_pages(source, range(pages), {}, clean, target, left)
        clean.save(target, deterministic_id=True)
    return pages


def count_shown(file: Path) -> int:
    """How many pages the reader at hand shows; 0 where it cannot open the file."""
    try:
        with pypdfium2.PdfDocument(file) as pdf:
            return len(pdf)
    except pypdfium2.PdfiumError:
        return 0


def _add_picture(pictures: pikepdf.Pdf, page: Any, unit: float) -> None:
    width, height = page.get_size()
    if width <= 0 or height <= 0:
        raise CannotAdmit("The PDF has a page without any size", "open it in a PDF reader and print it to a new PDF")
    new = pictures.add_blank_page(page_size=(width, height))
    scale = choose_scale(new, unit)
    sides = width * scale, height * scale
    dots = min(_DPI / 72 * scale, (_MOST_PIXELS / (width * height)) ** 0.5)
    bitmap = page.render(scale=dots, rev_byteorder=True)
    picture = bitmap.to_pil().convert("RGB")
    new.obj.MediaBox = Array([0, 0, *map(number, sides)])
    if picture.getcolors(256) is not None and all(
        red == green == blue for _, (red, green, blue) in picture.getcolors(256)
    ):
        picture = picture.convert("L")
    image = pack_picture(pictures, picture)
    new.obj.Resources = Dictionary(XObject=Dictionary(Page=image))
    new.obj.Contents = pikepdf.Stream(
        pictures, f"q {sides[0]:.3f} 0 0 {sides[1]:.3f} 0 0 cm /Page Do Q".encode("ascii")
    )
    picture.close()
    bitmap.close()
