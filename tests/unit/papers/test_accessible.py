"""Papers that everybody can read: Word files as Word's own checker wants them, PDFs that a screen reader follows."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from docx import Document
from docx.oxml.ns import qn

from generator.base import resources
from generator.base.resources import SearchPath
from generator.bundle.report import look_for_access
from generator.jobs.build import build_papers
from generator.jobs.run import Run
from generator.papers.card import PlannedDocument
from places import CORPORA

TODAY = dt.date(2026, 11, 22)
SECOND = CORPORA / "second-authority"
CODES = ("letter-decision", "letter-meeting-outcome", "ppm-minutes", "ppm-summary")
Words = dict[tuple[str, str], Path]
Planned = dict[str, tuple[PlannedDocument, ...]]


@pytest.fixture(scope="session")
def papers(sample_words: Words) -> list[Any]:
    """Every paper of the sample case and of the fullest family, opened."""
    found = [Document(str(file)) for (family, _), file in sample_words.items() if family in {"rowan", "fullest"}]
    assert len(found) > 100
    return found


def style_of(paragraph: Any) -> str:
    return str(paragraph.style.style_id)


def body_paragraphs(document: Any) -> list[Any]:
    return list(document.element.body.iter(qn("w:p")))


def text_of(paragraph: Any) -> str:
    return "".join(text.text or "" for text in paragraph.iter(qn("w:t"))).strip()


def levels(document: Any) -> list[int]:
    styles = [style_of(paragraph) for paragraph in document.paragraphs]
    return [int(style[-1]) for style in styles if re.fullmatch(r"Heading\d", style)]


def test_each_paper_has_one_title_or_begins_with_one_heading(papers: list[Any]) -> None:
    for document in papers:
        titles = [paragraph for paragraph in document.paragraphs if style_of(paragraph) == "Title"]
        assert len(titles) == 1 or (not titles and levels(document).count(1) == 1 and levels(document)[0] == 1)


def test_no_level_of_headings_is_skipped_and_none_is_empty(papers: list[Any]) -> None:
    for document in papers:
        found = [0, *levels(document)]
        assert all(after <= before + 1 for before, after in pairwise(found))
        assert all(paragraph.text.strip() for paragraph in document.paragraphs if "Heading" in style_of(paragraph))


def test_only_a_paragraph_between_two_tables_or_at_the_end_is_empty(papers: list[Any]) -> None:
    for document in papers:
        for paragraph in document.element.body.iterchildren(qn("w:p")):
            if text_of(paragraph) or paragraph.find(f".//{qn('w:drawing')}") is not None:
                continue
            before, after = paragraph.getprevious(), paragraph.getnext()
            assert before.tag == qn("w:tbl")
            assert after.tag in {qn("w:tbl"), qn("w:sectPr")}


def test_tables_have_words_and_grids_a_header_row_that_is_flagged(papers: list[Any]) -> None:
    for document in papers:
        for table in document.element.body.iter(qn("w:tbl")):
            properties = table.find(qn("w:tblPr"))
            assert properties.find(qn("w:tblDescription")).get(qn("w:val")).strip()
            style = properties.find(qn("w:tblStyle")).get(qn("w:val"))
            first = table.find(qn("w:tr")).find(f"{qn('w:trPr')}/{qn('w:tblHeader')}")
            assert (first is not None) == (style in {"Grid", "Signatures"})
            assert not list(table.iter(qn("w:vMerge")))


def test_pictures_say_in_words_what_they_show(papers: list[Any]) -> None:
    pictures = [one for document in papers for one in document.element.body.iter(qn("wp:docPr"))]
    assert pictures
    assert all(len(picture.get("descr", "")) > 20 for picture in pictures)


def test_links_say_where_they_lead(papers: list[Any]) -> None:
    for document in papers:
        for link in document.element.body.iter(qn("w:hyperlink")):
            assert len(text_of(link)) > 3


def test_papers_name_their_language_and_title(papers: list[Any]) -> None:
    for document in papers:
        defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
        assert defaults.find(qn("w:lang")).get(qn("w:val")) == "en-GB"
        assert document.core_properties.title


def test_a_translation_is_marked_as_what_it_is(sample_words: Words) -> None:
    spoken: dict[str, str] = {}
    for file in (one for (_, name), one in sample_words.items() if "letter" in name):
        for run in Document(str(file)).element.body.iter(qn("w:r")):
            language = run.find(f"{qn('w:rPr')}/{qn('w:lang')}")
            if language is not None:
                spoken.setdefault(language.get(qn("w:val")), text_of(run))
    assert set(spoken) == {"pl-PL", "pt-PT"}
    assert spoken["pl-PL"].startswith("Szanown")


def colours_of(document: Any) -> Iterator[tuple[str, str, str]]:
    """Each style with the colour of its words and of what is behind them, by hand from the styles part."""
    tables = {
        "TableHead": document.styles["Grid"].element.find(f"{qn('w:tblStylePr')}/{qn('w:tcPr')}/{qn('w:shd')}"),
        "TableLabel": document.styles["Front"].element.find(f"{qn('w:tcPr')}/{qn('w:shd')}"),
        "TableText": document.styles["Front"].element.find(f"{qn('w:tcPr')}/{qn('w:shd')}"),
    }
    for style in document.styles.element.iterfind(qn("w:style")):
        name = style.get(qn("w:styleId"))
        colour = style.find(f"{qn('w:rPr')}/{qn('w:color')}")
        ground = style.find(f"{qn('w:pPr')}/{qn('w:shd')}")
        ground = ground if ground is not None else tables.get(name)
        behind = ground.get(qn("w:fill")) if ground is not None else "FFFFFF"
        yield name, colour.get(qn("w:val")) if colour is not None else "000000", behind


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("house", [resources.TEMPLATES, SECOND])
def test_words_stand_out_from_their_ground(house: Path) -> None:
    document = Document(str(house / "house-style.docx"))
    colours = list(colours_of(document))
    assert len(colours) > 25
    for name, words, behind in colours:
        light, dark = sorted((luminance(words), luminance(behind)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, name


# PDFs


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Letters, minutes and summary sheets of the sample case, by the name of the house and of the paper."""
    made: dict[str, Path] = {}
    for house, folders, codes in (("ours", (), CODES), ("theirs", (SECOND,), ("letter-decision",))):
        out = tmp_path_factory.mktemp(house)
        run = Run(TODAY, search_path=SearchPath(folders), output=out)
        build_papers(resources.SAMPLES / "rowan", run, codes=codes)
        made |= {f"{house} {file.stem}": file for file in (out / "papers").glob("*.pdf")}
    assert len(made) == 16
    return made


def walk(node: Any) -> Iterator[Any]:
    """The elements of a structure tree."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from walk(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from walk(node.K)


@pytest.mark.libreoffice
def test_each_pdf_is_tagged_and_says_that_it_is_pdf_ua(pdfs: dict[str, Path]) -> None:
    for name, file in pdfs.items():
        with pikepdf.open(file) as pdf:
            shown = pdf.Root.ViewerPreferences.DisplayDocTitle
            assert (bool(pdf.Root.MarkInfo.Marked), str(pdf.Root.Lang), bool(shown)) == (True, "en-GB", True)
            assert str(pdf.docinfo.Title)
            with pdf.open_metadata() as told:
                assert (told.get("pdfuaid:part"), bool(told.get("dc:title"))) == ("1", True), name
            kinds = Counter(str(element.S) for element in walk(pdf.Root.StructTreeRoot.K))
            assert kinds["/H1"] >= 1
            assert all("/Alt" in element for element in walk(pdf.Root.StructTreeRoot.K) if element.S == "/Figure")
            assert all(page.obj.get("/Tabs") == "/S" or "/Annots" not in page.obj for page in pdf.pages), name


@pytest.mark.libreoffice
def test_header_cells_and_lists_are_tagged_as_such(pdfs: dict[str, Path]) -> None:
    with pikepdf.open(pdfs["ours ppm-minutes-ppm-1"]) as pdf:
        kinds = Counter(str(element.S) for element in walk(pdf.Root.StructTreeRoot.K))
    # Nine tables have a header row: of 4, 3, 2, 3, 3, 4, 5, 3, 4 and, for signatures, 2 columns.
    assert kinds["/TH"] == 33
    assert kinds["/LI"] == kinds["/LBody"] == 2


def lines_of(page: Any) -> list[tuple[float, float, str]]:
    """The lines of a page: millimetres from the left and the top of the paper, and the words."""
    text, height = page.get_textpage(), page.get_height()
    found = []
    for number in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(number)
        found.append((left / 72 * 25.4, (height - top) / 72 * 25.4, text.get_text_bounded(left, bottom, right, top)))
    return found


@pytest.mark.libreoffice
def test_the_address_stands_in_the_window_of_the_envelope(pdfs: dict[str, Path]) -> None:
    # The window of a DL envelope shows the sheet from about 20 mm from the left and 45 mm from the top.
    for name in ("ours letter-decision-adm-rowan-1-mother", "theirs letter-decision-adm-rowan-1-mother"):
        with pypdfium2.PdfDocument(pdfs[name]) as pdf:
            lines = lines_of(pdf[0])
        address = [(left, top) for left, top, words in lines if words.startswith(("Ms Leanne", "ZZ99 2BB"))]
        assert len(address) == 2
        assert all(20 <= left <= 25 for left, _ in address)
        assert 45 <= address[0][1] <= 50
        assert address[1][1] <= 77
        in_window = [words for left, top, words in lines if left < 105 and 45 <= top <= 77]
        assert len(in_window) == 5, in_window
        first = next(top for _, top, words in lines if words.startswith("Given to you by hand"))
        assert first > 78


@pytest.mark.libreoffice
def test_no_page_has_a_line_or_two_alone(pdfs: dict[str, Path]) -> None:
    for name, file in pdfs.items():
        with pypdfium2.PdfDocument(file) as pdf:
            for page in pdf:
                lines = {round(top / 2) for _, top, _ in lines_of(page) if 22 < top < 277}
                assert len(lines) >= 4, name


@pytest.mark.libreoffice
def test_what_a_file_offers_is_measured_and_not_assumed(pdfs: dict[str, Path]) -> None:
    assert look_for_access(pdfs["ours ppm-summary-ppm-1-rowan"]).tagged
