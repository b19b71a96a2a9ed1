"""The court bundle: what a clerk, a judge and a reader program find in the finished file."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat

from generator.base.errors import BundleError, FileBusyError
from generator.bundle.assemble import AssembledBundle, PageAllowance, assemble_bundle
from generator.bundle.cover import Cover, CoverParty
from generator.bundle.fonts import FontFiles, Typesetter, find_fonts
from generator.bundle.papers import BundlePaper, BundleSection
from generator.bundle.proof import ExpectedBundle, ExpectedRow, prove_bundle
from generator.bundle.stamp import balance_state
from plainpdfs import make_pdf, read_bookmarks, read_labels, read_links, read_text

SECTIONS = (BundleSection("preliminary", "A", "Preliminary documents"), BundleSection("statements", "C", "Statements"))
COVER = Cover(
    court="In the Family Court at Hartsmere",
    case_number="ZZ26C50142",
    matters=("In the matter of the Children Act 1989", "And in the matter of the Adoption and Children Act 2002"),
    children=("Rowan Hale", "Wren Hale"),
    parties=(
        CoverParty("Hartsmere Council", "Applicant", "Hartsmere Legal Services", "Imogen Vale"),
        CoverParty("Leanne Hale", "First Respondent", "Bright & Lowe Solicitors"),
    ),
    hearing="final hearing",
    prepared_on=dt.date(2026, 11, 22),
    hearing_at=dt.datetime(2026, 12, 14, 10),
    place="Family Court at Hartsmere, court 3",
    judge="District Judge Marlowe",
)
Build = Callable[..., AssembledBundle]


def change_pages(path: Path, **keys: Any) -> Path:
    """The same PDF with keys of every page set, or removed where the value is None."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            for key, value in keys.items():
                if value is None:
                    del page.obj[f"/{key}"]
                else:
                    page.obj[f"/{key}"] = value
        pdf.save(path, static_id=True)
    return path


def entry(path: Path, title: str = "Statement", section: str = "statements", **more: Any) -> BundlePaper:
    return BundlePaper(title, section, path, **more)


@pytest.fixture
def build(tmp_path: Path) -> Build:
    def assemble(*entries: BundlePaper, **more: Any) -> AssembledBundle:
        return assemble_bundle(more.pop("cover", COVER), SECTIONS, entries, tmp_path / "bundle.pdf", **more)

    return assemble


def picture_of_corner(path: Path, page: int) -> Image.Image:
    """The bottom right corner of a page as it is shown, 90 by 45 points."""
    with pypdfium2.PdfDocument(path) as pdf:
        shown: Image.Image = pdf[page].render(scale=3).to_pil().convert("L")
    return shown.crop((shown.width - 270, shown.height - 135, shown.width, shown.height))


def differ(one: Image.Image, other: Image.Image) -> float:
    return float(ImageStat.Stat(ImageChops.difference(one, other)).mean[0])


@pytest.fixture
def corner_of_plain_page(tmp_path: Path, build: Build) -> Image.Image:
    result = build(entry(make_pdf(tmp_path / "plain.pdf")))
    return picture_of_corner(result.path, result.front_pages)


def test_each_section_starts_again_at_one(tmp_path: Path, build: Build) -> None:
    two, three = make_pdf(tmp_path / "two.pdf", 2), make_pdf(tmp_path / "three.pdf", 3)
    result = build(entry(two, section="preliminary"), entry(three), entry(two, "Second statement"))
    assert read_labels(result.path) == ["i", "ii", "A1", "A2", "C1", "C2", "C3", "C4", "C5"]
    assert [one.page_range for one in result.papers] == ["A1 to A2", "C1 to C3", "C4 to C5"]
    assert result.pages == 9


def test_papers_stand_in_the_order_of_their_dates_and_undated_ones_last(tmp_path: Path, build: Build) -> None:
    page = make_pdf(tmp_path / "page.pdf")
    result = build(
        entry(page, "No date"),
        entry(page, "Later", dated=dt.date(2026, 9, 18)),
        entry(page, "Earlier", dated=dt.date(2026, 5, 29)),
        entry(page, "Same day, given second", dated=dt.date(2026, 5, 29)),
    )
    assert [one.paper.title for one in result.papers] == ["Earlier", "Same day, given second", "Later", "No date"]
    assert any("Without a date" in warning and "C4" in warning for warning in result.warnings)


def test_bookmarks_are_nested_and_name_their_page(tmp_path: Path, build: Build) -> None:
    page = make_pdf(tmp_path / "page.pdf", 2)
    result = build(entry(page, "Case summary", "preliminary"), entry(page, "Statement of the mother"))
    assert read_bookmarks(result.path) == [
        ("Cover – pg i", 0, 0),
        ("Index – pg ii", 0, 1),
        ("A Preliminary documents – pg A1", 0, 2),
        ("Case summary – pg A1", 1, 2),
        ("C Statements – pg C1", 0, 4),
        ("Statement of the mother – pg C1", 1, 4),
    ]


def test_index_lists_date_title_author_and_pages_and_leads_to_them(tmp_path: Path, build: Build) -> None:
    page = make_pdf(tmp_path / "page.pdf", 4)
    one = entry(page, "Statement of the mother", author="Leanne Hale", dated=dt.date(2026, 11, 22))
    result = build(one, entry(page, "Second statement", dated=dt.date(2026, 11, 23)))
    said = " ".join(read_text(result.path, 1).split())
    assert "1 22 Nov 2026 Statement of the mother" in said
    assert "Leanne Hale" in said
    assert "C1 to C4" in said
    assert "C5 to C8" in said
    assert read_links(result.path, 1) == [2, 2, 6]


def test_essential_reading_is_marked(tmp_path: Path, build: Build) -> None:
    page = make_pdf(tmp_path / "page.pdf")
    said = read_text(build(entry(page, "Threshold document", essential=True)).path, 1)
    assert "* Threshold document" in said
    assert "* marks essential reading" in said


def test_cover_says_what_the_court_needs(tmp_path: Path, build: Build) -> None:
    said = " ".join(read_text(build(entry(make_pdf(tmp_path / "page.pdf"))).path, 0).split())
    for words in (
        "In the Family Court at Hartsmere",
        "Case number: ZZ26C50142",
        "In the matter of the Children Act 1989",
        "Rowan Hale and Wren Hale (children)",
        "Hartsmere Council Applicant",
        "for the final hearing",
        "10am on Monday 14 December 2026",
        "Before District Judge Marlowe",
        "Imogen Vale (counsel)",
        "Prepared on 22 November 2026",
    ):
        assert words in said


def test_a_long_title_wraps_and_its_line_still_leads_to_its_page(tmp_path: Path, build: Build) -> None:
    title = "Statement of the allocated social worker with the analysis of the realistic options, " * 4
    result = build(entry(make_pdf(tmp_path / "page.pdf"), title))
    assert read_links(result.path, 1) == [2, 2]


def test_a_title_longer_than_the_index_can_hold_is_refused(tmp_path: Path, build: Build) -> None:
    with pytest.raises(BundleError) as refused:
        build(entry(make_pdf(tmp_path / "page.pdf"), "word " * 200))
    assert refused.value.problems[0].path == "papers[0]"


def test_an_index_of_several_pages_repeats_its_heading_and_moves_no_page_number(tmp_path: Path, build: Build) -> None:
    page = make_pdf(tmp_path / "page.pdf")
    result = build(*(entry(page, f"Statement number {number}") for number in range(1, 121)))
    assert result.front_pages > 3
    for number in range(2, result.front_pages):
        said = " ".join(read_text(result.path, number).split())
        assert said.startswith("Index (continued)")
        assert "Pages C Statements (continued)" in said
    targets = list(itertools.chain.from_iterable(read_links(result.path, n) for n in range(1, result.front_pages)))
    first = result.front_pages
    assert targets == [first, *range(first, first + 120)]
    assert read_labels(result.path)[first:] == [f"C{number}" for number in range(1, 121)]


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_the_number_is_upright_at_the_bottom_right_of_a_turned_page(
    tmp_path: Path, build: Build, corner_of_plain_page: Image.Image, turned: int
) -> None:
    result = build(entry(change_pages(make_pdf(tmp_path / "turned.pdf"), Rotate=turned)))
    assert differ(picture_of_corner(result.path, result.front_pages), corner_of_plain_page) < 2.5


def test_the_number_is_at_the_bottom_right_of_a_landscape_page(
    tmp_path: Path, build: Build, corner_of_plain_page: Image.Image
) -> None:
    result = build(entry(make_pdf(tmp_path / "wide.pdf", size=(841.89, 595.28))))
    assert differ(picture_of_corner(result.path, result.front_pages), corner_of_plain_page) < 2.5


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_the_number_is_inside_what_a_cropped_page_with_shifted_boxes_shows(
    tmp_path: Path, build: Build, corner_of_plain_page: Image.Image, turned: int
) -> None:
    cropped = make_pdf(tmp_path / "cropped.pdf")
    change_pages(cropped, MediaBox=[100, -200, 695, 641], CropBox=[130, -150, 720, 600], Rotate=turned)
    result = build(entry(cropped))
    assert differ(picture_of_corner(result.path, result.front_pages), corner_of_plain_page) < 2.5


@pytest.mark.parametrize(
    "content",
    [
        b"q 0.5 0 0 0.5 50 50 cm",
        b"0.2 0 0 0.2 0 0 cm",
        b"q q q 1 0 0 rg 2 0 0 2 0 0 cm Q",
        b"Q Q q 3 0 0 3 0 0 cm",
        b"q q 0.5 0 0 0.5 0 0 cm BT (q \\) Q (Q)) Tj ET % Q Q",
        b"q 0.5 0 0 0.5 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID Q EI Q q 9 0 0 9 0 0 cm",
    ],
)
def test_content_that_leaves_its_state_open_neither_moves_nor_shrinks_the_number(
    tmp_path: Path, build: Build, corner_of_plain_page: Image.Image, content: bytes
) -> None:
    result = build(entry(make_pdf(tmp_path / "open.pdf", content=content)))
    assert differ(picture_of_corner(result.path, result.front_pages), corner_of_plain_page) < 1


def test_a_page_without_content_or_resources_is_numbered(
    tmp_path: Path, build: Build, corner_of_plain_page: Image.Image
) -> None:
    result = build(entry(change_pages(make_pdf(tmp_path / "bare.pdf"), Contents=None, Resources=None)))
    assert differ(picture_of_corner(result.path, result.front_pages), corner_of_plain_page) < 1


def test_saves_in_strings_comments_and_pictures_are_not_counted() -> None:
    assert balance_state([b"(q q (nested q)) Tj % q q\nBI /W 1 ID q q Q EI Q"]) == (2, 1)
    assert balance_state([b"q [(a)] TJ Q", b"q /q gs"]) == (1, 2)


def test_content_full_of_pictures_without_end_takes_no_time_to_read() -> None:
    assert balance_state([b"BI ID " * 200_000 + b" q"]) == (1, 2)
    assert balance_state([b"( (" * 200_000 + b" q"]) == (1, 2)


def test_the_same_destination_name_in_two_papers_stays_in_its_own_paper(tmp_path: Path, build: Build) -> None:
    papers = []
    for name in ("one", "two"):
        path = make_pdf(tmp_path / f"{name}.pdf", 3)
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            pdf.Root.Dests = pikepdf.Dictionary(top=[pdf.pages[2].obj, pikepdf.Name.Fit])
            link = pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 50, 50], Dest=pikepdf.Name.top
            )
            action = pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Link,
                Rect=[0, 60, 50, 90],
                A=pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=[pdf.pages[1].obj, pikepdf.Name.Fit]),
            )
            pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(link), pdf.make_indirect(action)])
            pdf.save(path)
        papers.append(entry(path, name))
    result = build(*papers)
    assert read_links(result.path, 2) == [4, 3]
    assert read_links(result.path, 5) == [7, 6]


def test_scripts_attachments_and_outside_links_of_a_paper_are_left_behind(tmp_path: Path, build: Build) -> None:
    path = make_pdf(tmp_path / "active.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.Root.OpenAction = script
        pdf.pages[0].AA = pikepdf.Dictionary(O=script)
        pdf.pages[0].Annots = pikepdf.Array(
            [
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.Link,
                    Rect=[0, 0, 9, 9],
                    A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe"),
                )
            ]
        )
        pdf.attachments["hidden.txt"] = b"secret"
        pdf.docinfo["/Author"] = "Foster Carer"
        pdf.save(path)
    result = build(entry(path))
    content = result.path.read_bytes()
    for word in (b"JavaScript", b"/JS", b"Launch", b"EmbeddedFile", b"Foster Carer", b"calc.exe"):
        assert word not in content


def test_drawn_notes_that_are_not_part_of_the_page_are_refused_rather_than_lost(tmp_path: Path, build: Build) -> None:
    path = make_pdf(tmp_path / "noted.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        drawn = pikepdf.Stream(pdf, b"", {"/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 9, 9]})
        note: dict[str, Any] = {"Type": pikepdf.Name.Annot, "Subtype": pikepdf.Name.Stamp, "Rect": [0, 0, 9, 9]}
        pdf.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(**note, AP=pikepdf.Dictionary(N=drawn))])
        pdf.save(path)
    with pytest.raises(BundleError) as refused:
        build(entry(path))
    assert [(one.code, one.path) for one in refused.value.problems] == [("B001", "papers[0]")]


@pytest.mark.parametrize("content", [b"", b"not a pdf", b"%PDF-1.7\n1 0 obj << >> endobj"])
def test_every_paper_that_cannot_be_read_is_named_by_its_place_at_once(
    tmp_path: Path, build: Build, content: bytes
) -> None:
    bad = tmp_path / "Leanne Hale.pdf"
    bad.write_bytes(content)
    with pytest.raises(BundleError) as refused:
        build(entry(bad), entry(make_pdf(tmp_path / "good.pdf")), entry(tmp_path / "missing.pdf"))
    assert [(one.code, one.path) for one in refused.value.problems] == [("B001", "papers[0]"), ("B001", "papers[2]")]
    assert "Leanne" not in str([one.says + one.remedy for one in refused.value.problems])
    assert not (tmp_path / "bundle.pdf").exists()


def test_the_file_opens_at_full_size_in_english_with_its_own_title(tmp_path: Path, build: Build) -> None:
    result = build(entry(make_pdf(tmp_path / "page.pdf")))
    with pikepdf.open(result.path) as pdf:
        assert pdf.Root.OpenAction[1] == pikepdf.Name.XYZ
        assert pdf.Root.OpenAction[4] == 1
        assert str(pdf.Root.Lang) == "en-GB"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert pdf.Root.PageMode == pikepdf.Name.UseOutlines
        assert str(pdf.docinfo["/Title"]) == "Court bundle ZZ26C50142, final hearing on 14 December 2026"
        assert set(pdf.docinfo) == {"/Title", "/Producer", "/CreationDate", "/ModDate"}


def test_links_and_bookmarks_leave_the_readers_zoom_as_it_is(tmp_path: Path, build: Build) -> None:
    result = build(entry(make_pdf(tmp_path / "page.pdf")))
    with pikepdf.open(result.path) as pdf:
        for link in pdf.pages[1].obj.Annots:
            assert [link.Dest[1], link.Dest[4]] == [pikepdf.Name.XYZ, None]


def test_the_same_input_gives_the_same_bytes_and_other_input_another_identity(tmp_path: Path, build: Build) -> None:
    page = make_pdf(tmp_path / "page.pdf", 2)
    first = build(entry(page)).path.read_bytes()
    assert build(entry(page)).path.read_bytes() == first
    other = build(entry(page, "Another title"))
    with pikepdf.open(io.BytesIO(first)) as one, pikepdf.open(other.path) as two:
        assert bytes(one.trailer.ID[0]) != bytes(two.trailer.ID[0])


def test_qpdf_finds_nothing_to_complain_about(tmp_path: Path, build: Build) -> None:
    turned = change_pages(make_pdf(tmp_path / "turned.pdf", 2, b"q"), Rotate=90)
    result = build(entry(turned), entry(make_pdf(tmp_path / "page.pdf", 3), "Łukasz", "preliminary"))
    checked = subprocess.run(["qpdf", "--check", str(result.path)], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


SLIP = "The court directed on 12 June 2026 that this paper is not served on this party."


def test_a_withheld_paper_leaves_one_slip_that_bears_its_range_and_moves_no_number(
    tmp_path: Path, build: Build
) -> None:
    secret = make_pdf(tmp_path / "secret.pdf", 6, b"BT (foster carer) Tj ET")
    one, three = make_pdf(tmp_path / "one.pdf"), make_pdf(tmp_path / "three.pdf", 3)
    result = build(entry(one), entry(secret, "Report", author="Dr Bankole", slip=SLIP), entry(three))
    assert read_labels(result.path) == ["i", "ii", "C1", "C2 to C7", "C8", "C9", "C10"]
    assert [one.page_range for one in result.papers] == ["C1", "C2 to C7", "C8 to C10"]
    said = " ".join(read_text(result.path, 3).split())
    assert "Pages C2 to C7 These 6 pages are withheld from this copy Report Dr Bankole" in said
    assert SLIP in said
    assert said.endswith("C2 to C7")
    assert b"foster carer" not in result.path.read_bytes()
    assert "Dr Bankole Withheld from this copy" in " ".join(read_text(result.path, 1).split())
    assert read_links(result.path, 1) == [2, 2, 3, 4]
    assert ("Report (withheld from this copy) – pg C2 to C7", 1, 3) in read_bookmarks(result.path)
    assert result.papers[1].labels == ("C2", "C3", "C4", "C5", "C6", "C7")


def test_every_copy_has_the_numbers_of_the_court_whoever_may_not_read_what(tmp_path: Path, build: Build) -> None:
    papers = [entry(make_pdf(tmp_path / f"{pages}.pdf", pages), f"Paper {pages}") for pages in (1, 2, 3)]
    court = build(*papers)
    for withheld in itertools.product([False, True], repeat=3):
        copy = build(*(replace(one, slip=SLIP) if hide else one for one, hide in zip(papers, withheld, strict=True)))
        assert [one.labels for one in copy.papers] == [one.labels for one in court.papers]
        assert copy.ledger == court.ledger
        checked = subprocess.run(["qpdf", "--check", str(copy.path)], capture_output=True, text=True, check=False)
        assert (checked.returncode, checked.stderr) == (0, "")


def test_a_reason_that_does_not_fit_on_a_slip_is_refused(tmp_path: Path, build: Build) -> None:
    page = make_pdf(tmp_path / "page.pdf")
    with pytest.raises(BundleError) as refused:
        build(entry(page, slip="word " * 200))
    assert [one.path for one in refused.value.problems] == ["papers[0]"]
    words = "W" * 250
    longest = build(entry(page, words, author=words, slip=words * 2))
    assert read_text(longest.path, 2).split()[-6:] == ["that", "follow", "keep", "their", "numbers.", "C1"]


def test_the_proof_finds_a_slip_that_says_other_pages(tmp_path: Path, build: Build) -> None:
    result = build(entry(make_pdf(tmp_path / "page.pdf", 2), slip=SLIP))
    row = ExpectedRow("Statement", "C1", "C2", slip="C1 to C2", note="withheld from this copy")
    section = ExpectedRow("C Statements", "C1", "C2", is_section=True, slip="C1 to C2")
    expected = ExpectedBundle(("i", "ii", "C1 to C2"), 2, (section, row))
    prove_bundle(result.path, expected)
    for spoilt in (
        replace(expected, labels=("i", "ii", "C1 to C3")),
        replace(expected, rows=(section, replace(row, note="withdrawn"))),
        replace(expected, rows=(section, replace(row, last_label="C3"))),
    ):
        with pytest.raises(BundleError):
            prove_bundle(result.path, spoilt)


def test_more_pages_than_the_limit_are_a_warning_with_its_paragraph(tmp_path: Path, build: Build) -> None:
    four = make_pdf(tmp_path / "four.pdf", 4)
    limits = {
        allowance: build(entry(four), allowance=allowance).warnings
        for allowance in (
            PageAllowance(3),
            PageAllowance(4),
            PageAllowance(6),
            PageAllowance(3, permitted=6),
        )
    }
    said = [[one for one in warnings if "allows" in one] for warnings in limits.values()]
    assert "11.2(b)" in said[0][0]
    assert "cover and index" in said[1][0]
    assert said[2:] == [[], []]


def test_a_paper_that_is_in_the_bundle_twice_is_a_warning(tmp_path: Path, build: Build) -> None:
    one = make_pdf(tmp_path / "one.pdf", 2)
    copy = Path(shutil.copy(one, tmp_path / "copy.pdf"))
    result = build(entry(one, "A"), entry(copy, "B"), entry(make_pdf(tmp_path / "other.pdf", 2, b"0 g"), "C"))
    assert [warning for warning in result.warnings if "more than once" in warning] == [
        "The same paper is in the bundle more than once: C1 to C2 and C3 to C4"
    ]


@pytest.mark.parametrize("title", ["", "  ", "\u200b"])
def test_a_paper_without_a_title_to_print_is_refused(tmp_path: Path, build: Build, title: str) -> None:
    with pytest.raises(BundleError) as refused:
        build(entry(make_pdf(tmp_path / "page.pdf"), title))
    assert "no title" in refused.value.problems[0].says


@pytest.mark.parametrize("section", ["nowhere", ""])
def test_a_paper_for_a_section_that_is_not_there_is_refused(tmp_path: Path, build: Build, section: str) -> None:
    with pytest.raises(BundleError) as refused:
        build(entry(make_pdf(tmp_path / "page.pdf"), section=section))
    assert "preliminary, statements" in refused.value.problems[0].remedy


def test_an_empty_bundle_is_refused(build: Build) -> None:
    with pytest.raises(BundleError):
        build()


def test_names_in_other_scripts_are_printed_and_can_be_searched(tmp_path: Path, build: Build) -> None:
    title = "Statement of Łukasz Żółć, Σοφία Παπαδοπούλου, Олена Шевченко and Siân ap Gŵyn"
    result = build(entry(make_pdf(tmp_path / "page.pdf"), title))
    said = " ".join(read_text(result.path, 1).split())
    for name in ("Łukasz", "Żółć", "Σοφία", "Παπαδοπούλου", "Шевченко", "Gŵyn"):
        assert name in said


def test_a_letter_that_the_first_font_lacks_is_taken_from_another(tmp_path: Path, build: Build) -> None:
    result = build(entry(make_pdf(tmp_path / "page.pdf"), "Statement of ნინო"))
    assert "ნინო" in read_text(result.path, 1)


def test_a_letter_that_no_font_has_is_named_and_never_printed_as_a_box(tmp_path: Path, build: Build) -> None:
    installed = find_fonts()
    fonts = FontFiles(installed.regular, installed.bold)
    with pytest.raises(BundleError, match="U\\+13A0 CHEROKEE LETTER A"):
        build(entry(make_pdf(tmp_path / "page.pdf"), "Statement of ᎠᎠ"), fonts=fonts)


def test_arabic_letters_are_joined_and_drawn_from_the_right() -> None:
    drawn = Typesetter(find_fonts()).runs("of شبنم (aunt)")
    # The last letter stands first on the page: meem at the end, noon and beh in the middle, sheen at the beginning.
    assert "".join(run.text for run in drawn) == "of \ufee2\ufee8\ufe92\ufeb7 (aunt)"


def test_hebrew_letters_are_drawn_from_the_right_and_brackets_still_open_and_close() -> None:
    drawn = Typesetter(find_fonts()).runs("of \u05d0\u05e1 (\u05d1\u05d2)")
    assert "".join(run.text for run in drawn) == "of (\u05d2\u05d1) \u05e1\u05d0"


def test_signs_around_letters_are_a_warning(tmp_path: Path, build: Build) -> None:
    result = build(entry(make_pdf(tmp_path / "page.pdf"), "Statement of সমীরা"))
    assert any("Bengali" in warning for warning in result.warnings)


def test_a_failed_proof_leaves_the_old_bundle_and_nothing_else(
    tmp_path: Path, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path, expected: ExpectedBundle) -> None:
        assert path.read_bytes().startswith(b"%PDF")
        raise BundleError("no")

    page = make_pdf(tmp_path / "page.pdf")
    old = build(entry(page)).path.read_bytes()
    monkeypatch.setattr("generator.bundle.assemble.prove_bundle", fail)
    with pytest.raises(BundleError):
        build(entry(page, "New title"))
    assert (tmp_path / "bundle.pdf").read_bytes() == old
    assert sorted(file.name for file in tmp_path.iterdir()) == ["bundle.pdf", "page.pdf"]


def test_a_full_disk_leaves_the_old_bundle_whole(tmp_path: Path, build: Build) -> None:
    resource = pytest.importorskip("resource")
    page = make_pdf(tmp_path / "page.pdf", 5)
    old = build(entry(page)).path.read_bytes()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        with pytest.raises(FileBusyError):
            build(entry(page, "New title"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (tmp_path / "bundle.pdf").read_bytes() == old
    assert sorted(file.name for file in tmp_path.iterdir()) == ["bundle.pdf", "page.pdf"]


def test_a_folder_that_is_not_there_is_said_plainly(tmp_path: Path) -> None:
    page = make_pdf(tmp_path / "page.pdf")
    with pytest.raises(FileBusyError):
        assemble_bundle(COVER, SECTIONS, [entry(page)], tmp_path / "nowhere" / "bundle.pdf")


EXPECTED = ExpectedBundle(
    ("i", "ii", "C1", "C2"),
    2,
    (ExpectedRow("C Statements", "C1", "C2", is_section=True), ExpectedRow("Statement", "C1", "C2")),
)


def change_bytes(path: Path, old: bytes, new: bytes) -> None:
    content = path.read_bytes()
    assert old in content
    assert len(old) == len(new)
    path.write_bytes(content.replace(old, new))


def add_script(path: Path) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.Root.AA = pikepdf.Dictionary(WC=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)"))
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable)


def lead_astray(path: Path) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[1].obj.Annots[1].Dest[0] = pdf.pages[3].obj
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable)


def rename_bookmark(path: Path) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.Root.Outlines.Last.Last.Title = pikepdf.String("Statement – pg C2")
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable)


def blank_index(path: Path) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        contents = pdf.pages[1].obj.Contents
        contents[1] = pdf.make_stream(b"")
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable)


def drop_page(path: Path) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        del pdf.pages[3]
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable)


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:300])


def test_the_proof_passes_what_is_right(tmp_path: Path, build: Build) -> None:
    prove_bundle(build(entry(make_pdf(tmp_path / "page.pdf", 2))).path, EXPECTED)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: change_bytes(path, b"(C2) Tj", b"(C3) Tj"),
        lambda path: change_bytes(path, b"/P (C)", b"/P (D)"),
        add_script,
        lead_astray,
        rename_bookmark,
        blank_index,
        drop_page,
        cut_off,
    ],
    ids=["stamp", "label", "script", "link", "bookmark", "index", "page", "cut"],
)
def test_the_proof_finds_each_way_of_saying_another_page(
    tmp_path: Path, build: Build, spoil: Callable[[Path], None]
) -> None:
    path = build(entry(make_pdf(tmp_path / "page.pdf", 2))).path
    spoil(path)
    with pytest.raises(BundleError) as failed:
        prove_bundle(path, EXPECTED)
    assert {problem.code for problem in failed.value.problems} == {"B002"}


def test_a_title_that_only_looks_like_a_script_passes_the_proof(tmp_path: Path, build: Build) -> None:
    build(entry(make_pdf(tmp_path / "page.pdf"), "Report on /JavaScript and /AA and /EmbeddedFile"))


papers = st.lists(
    st.tuples(
        st.sampled_from(["preliminary", "statements"]),
        st.integers(1, 4),
        st.none() | st.dates(dt.date(2020, 1, 1), dt.date(2026, 12, 31)),
        st.text(st.characters(codec="latin-1", categories=("L", "N", "P", "Zs")), min_size=1, max_size=90).filter(
            str.strip
        ),
    ),
    min_size=1,
    max_size=9,
)


@given(papers)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_papers_are_numbered_without_gap_and_every_link_lands_on_its_number(
    tmp_path: Path, given_papers: Sequence[tuple[str, int, dt.date | None, str]]
) -> None:
    for pages in range(1, 5):
        if not (tmp_path / f"{pages}.pdf").exists():
            make_pdf(tmp_path / f"{pages}.pdf", pages)
    entries = [
        entry(tmp_path / f"{pages}.pdf", title, section, dated=dated) for section, pages, dated, title in given_papers
    ]
    result = assemble_bundle(COVER, SECTIONS, entries, tmp_path / "bundle.pdf")
    expected = []
    targets = []
    page = result.front_pages
    for section, letter in (("preliminary", "A"), ("statements", "C")):
        chosen = [one for one in given_papers if one[0] == section]
        chosen.sort(key=lambda one: str(one[2] or "9999"))
        expected += [f"{letter}{number + 1}" for number in range(sum(one[1] for one in chosen))]
        if chosen:
            targets.append(page)
        for one in chosen:
            targets.append(page)
            page += one[1]
    labels = read_labels(result.path)
    assert labels[result.front_pages :] == expected
    assert len(set(labels)) == len(labels)
    found = itertools.chain.from_iterable(read_links(result.path, n) for n in range(result.front_pages))
    assert list(found) == targets
    first = result.path.read_bytes()
    assert assemble_bundle(COVER, SECTIONS, entries, tmp_path / "bundle.pdf").path.read_bytes() == first
