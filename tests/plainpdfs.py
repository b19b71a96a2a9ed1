"""Small PDFs for tests, and any PDF as its readers see it."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
from pypdf import PdfReader


def make_pdf(path: Path, pages: int = 1, content: bytes = b"", size: tuple[float, float] = (595.28, 841.89)) -> Path:
    """A PDF with the content given on each page."""
    with pikepdf.new() as pdf:
        for _ in range(pages):
            page = pdf.add_blank_page(page_size=size)
            page.Contents = pikepdf.Stream(pdf, content)
        pdf.save(path, static_id=True)
    return path


def read_labels(path: Path) -> list[str]:
    """The labels of a file, about which two readers must agree."""
    with pypdfium2.PdfDocument(path) as pdf:
        found = [pdf.get_page_label(number) for number in range(len(pdf))]
    assert PdfReader(path).page_labels == found
    return found


def read_text(path: Path, page: int = 0) -> str:
    """The words of a page, with one space between them."""
    with pypdfium2.PdfDocument(path) as pdf:
        return " ".join(str(pdf[page].get_textpage().get_text_bounded()).split())


def read_bookmarks(path: Path) -> list[tuple[str, int, int]]:
    """Title, depth and page of every bookmark."""
    with pypdfium2.PdfDocument(path) as pdf:
        return [(mark.get_title(), mark.level, mark.get_dest().get_index()) for mark in pdf.get_toc()]


def read_links(path: Path, page: int) -> list[int]:
    """The pages that the links of a page lead to."""
    with pikepdf.open(path) as pdf:
        numbers: dict[object, int] = {one.objgen: number for number, one in enumerate(pdf.pages)}
        return [numbers[link.Dest[0].objgen] for link in pdf.pages[page].obj.get("/Annots", [])]
