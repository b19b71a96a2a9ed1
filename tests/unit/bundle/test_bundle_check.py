"""A bundle held against the layout: what a clerk would say of it, whoever made it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, get_args

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name
from PIL import Image
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4, landscape  # type: ignore[import-untyped]
from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from generator.base.errors import CannotReadError, Level
from generator.bundle.assemble import assemble_bundle
from generator.bundle.audit import look
from generator.bundle.audit.check import AuditFinding, BundleCheck, check_bundle
from generator.bundle.audit.contents import judge_contents
from generator.bundle.audit.form import judge_form
from generator.bundle.audit.known import KnownBundle, KnownPaper, OrderedDay
from generator.bundle.audit.look import Scheme, SeenBundle
from generator.bundle.audit.measures import SeenPage
from generator.bundle.audit.paging import judge_paging
from generator.bundle.audit.verdicts import AuditedBundle, AuditResult
from generator.bundle.cover import Cover
from generator.bundle.layout.checks import CHECKS, Check, PageLimitCheck, PlainCheck
from generator.bundle.layout.load import load_layout
from generator.bundle.layout.model import BundleLayout, LatePages
from generator.bundle.papers import BundlePaper, BundleSection
from generator.case.words import EvidenceKind
from places import ROOT

LAYOUT = load_layout(ROOT / "data/bundles/children-proceedings.yaml")
LOCAL = load_layout(ROOT / "data/bundles/local-overlay-example.yaml")
WORDS = "The mother says that the visits went well and that she wishes to have more of them. "
COVER = Cover(
    court="Family Court at Hartsmere",
    case_number="ZZ26C50142",
    matters=(),
    children=("Rowan Hale",),
    parties=(),
    hearing="final hearing",
    prepared_on=dt.date(2026, 11, 22),
    hearing_at=dt.datetime(2026, 12, 14, 10),
)
HEARING = dt.datetime(2026, 12, 14, 10)
KEPT, BROKEN, LOOK, CANNOT = AuditResult.KEPT, AuditResult.BROKEN, AuditResult.LOOK, AuditResult.CANNOT


def write_lines(canvas: Any, size: float = 12, font: str = "Times-Roman", lines: Sequence[str] = ()) -> None:
    words = canvas.beginText(60, 760)
    words.setFont(font, size)
    for line in lines or [WORDS] * 20:
        words.textLine(line)
    canvas.drawText(words)


def make_paper(path: Path, pages: int = 2, draw: Callable[[Any], object] = write_lines, size: Any = A4) -> Path:
    """A paper of one kind of page."""
    canvas = Canvas(str(path), pagesize=size, invariant=1)
    for _ in range(pages):
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


Build = Callable[..., Path]


def make_bundle(folder: Path, paper: Path | None = None) -> Path:
    plain = make_paper(folder / "plain.pdf")
    entries = [
        BundlePaper("Order", "applications", plain),
        BundlePaper("Statement of the mother", "statements", paper or plain),
    ]
    sections = [BundleSection(one.id, one.letter, one.title) for one in LAYOUT.sections]
    return assemble_bundle(COVER, sections, entries, folder / "bundle.pdf").path


@pytest.fixture(scope="module")
def plain_bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_bundle(tmp_path_factory.mktemp("plain"))


@pytest.fixture
def build(tmp_path: Path, plain_bundle: Path) -> Build:
    """A bundle made by the product: a paper of two pages in section B, and one in C that the test chooses."""

    def make(paper: Path | None = None) -> Path:
        if paper:
            return make_bundle(tmp_path, paper)
        return Path(shutil.copy(plain_bundle, tmp_path / "bundle.pdf"))

    return make


ENTRIES = (
    KnownPaper("B1", "B2", EvidenceKind.ORDER, dt.date(2026, 5, 29)),
    KnownPaper("C1", "C2", EvidenceKind.WITNESS_STATEMENT, dt.date(2026, 9, 1), own=True),
)


def know(*entries: KnownPaper, **more: Any) -> KnownBundle:
    return KnownBundle(entries or ENTRIES, **more)


def find(pdf: Path, rule: str, facts: KnownBundle | None = None, layout: BundleLayout = LAYOUT) -> AuditFinding:
    return one_of(check_bundle(pdf, layout, facts), rule)


def one_of(check: BundleCheck, rule: str) -> AuditFinding:
    (found,) = [one for one in check.findings if one.rule == rule]
    return found


def change(path: Path, alter: Callable[[pikepdf.Pdf], object], **options: Any) -> Path:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        alter(pdf)
        pdf.save(path, **options)
    return path


def restamp(path: Path, page: int, old: str, new: str) -> Path:
    """Print another number on a page, as a clerk's typing machine would."""

    def alter(pdf: pikepdf.Pdf) -> None:
        stamp = pdf.pages[page].Contents[-1]
        content = stamp.read_bytes()
        assert f"({old}) Tj".encode() in content
        stamp.write(content.replace(f"({old}) Tj".encode(), f"({new}) Tj".encode()))

    return change(path, alter)


def broken(check: BundleCheck) -> set[str]:
    return {one.rule for one in check.findings if one.outcome is BROKEN}


def test_a_bundle_of_ours_breaks_no_rule(build: Build) -> None:
    check = check_bundle(build(), LAYOUT, know(hearing_at=HEARING))
    assert (broken(check), check.pages, check.looked_at) == (set(), 6, 6)
    for rule in ("numbering", "page-limit", "labels-agree", "a4", "index-linked", "bookmarks", "bookmark-names-page",
                 "searchable", "upright", "opens-at-full-size", "resolution", "typeface", "not-protected"):  # fmt: skip
        assert one_of(check, rule).outcome is KEPT, one_of(check, rule)


def test_every_rule_of_the_layout_is_told_with_its_source_and_how_sure_it_is(build: Build) -> None:
    check = check_bundle(build(), LAYOUT)
    assert [one.rule for one in check.findings] == [rule.id for rule in LAYOUT.list_rules()]
    limit = one_of(check, "page-limit")
    assert (limit.paragraph, limit.sure, limit.level, limit.checked_on) == (
        "11.2(b)",
        "primary text",
        Level.MUST,
        "2026-11-22",
    )
    assert all(one.source and one.detail for one in check.findings)


def test_a_check_can_be_written_as_json(build: Build) -> None:
    written = json.loads(json.dumps(dataclasses.asdict(check_bundle(build(), LAYOUT))))
    assert written["findings"][0]["outcome"] == "kept"


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_every_check_that_a_layout_can_name_is_judged(name: str) -> None:
    (model,) = [one for one in get_args(Check) if name in get_args(one.model_fields["name"].annotation)]
    numbers = dict.fromkeys(("pages", "points", "letters", "percent", "dpi", "megabytes"), 1)
    words = {"name": name, "channel": "post", "section": "preliminary", "what": "bundle", "typefaces": ("Arial",)}
    check = model(**{
        key: value
        for key, value in {**numbers, **words, "kinds": (EvidenceKind.CARE_PLAN,), "before": ()}.items()
        if key in model.model_fields
    })  # fmt: skip
    subject = AuditedBundle(see(["A1"]), LAYOUT, None)
    assert [judge for judge in (judge_paging, judge_form, judge_contents) if judge(subject, check)]


# Numbers


def test_a_wrong_number_on_a_page_is_told_with_its_place(build: Build) -> None:
    found = find(restamp(build(), 5, "C2", "C5"), "numbering")
    assert (found.outcome, found.detail, found.pages) == (BROKEN, "After C1 comes C5 (page 6 of the file)", (6,))


def test_a_number_that_is_printed_twice_is_told_with_both_pages(build: Build) -> None:
    found = find(restamp(build(), 5, "C2", "C1"), "numbering")
    assert found.detail == "C1 is printed twice, on page 5 and on page 6 of the file"


def test_a_number_that_the_reader_does_not_show_is_told(build: Build) -> None:
    def alter(pdf: pikepdf.Pdf) -> None:
        pdf.Root.PageLabels.Nums[-1].P = "D"

    found = find(change(build(), alter), "labels-agree")
    assert (found.outcome, found.pages) == (BROKEN, (5, 6))
    assert "C1 to C2" in found.detail


def test_a_page_without_a_number_is_told(build: Build) -> None:
    found = find(restamp(build(), 4, "C1", "  "), "numbering")
    assert found.outcome is BROKEN
    assert "page 5 of the file" in found.detail


def test_sections_of_another_letter_are_told(build: Build) -> None:
    found = find(restamp(restamp(build(), 4, "C1", "X1"), 5, "C2", "X2"), "sections-in-order")
    assert (found.outcome, found.detail) == (BROKEN, "There is no section X in this layout")


def test_sections_without_papers_are_named_for_a_person_to_look(build: Build) -> None:
    found = find(build(), "sections-in-order")
    assert found.outcome is LOOK
    assert "A (Preliminary documents and case management documents)" in found.detail


def see(numbers: Sequence[str | None], labels: Sequence[str] | None = None, **more: Any) -> SeenBundle:
    """A bundle as it would be seen with these numbers at the foot of its pages."""

    def page(number: str | None, label: str) -> SeenPage:
        foot = (number,) if number else ()
        return SeenPage(
            label, 595.3, 841.9, ((), (), (), (), ("12",), foot), "", (), 500, (), (), drawn=False, pictures=()
        )

    named = labels or [number or "" for number in numbers]
    pages = tuple(page(number, label) for number, label in zip(numbers, named, strict=True))
    return SeenBundle(len(pages), 1000, pages, (), protected=False, opens=100, **more)


def judge_numbers(numbers: Sequence[str | None], layout: BundleLayout = LAYOUT) -> AuditResult:
    verdict = judge_paging(AuditedBundle(see(numbers), layout, None), PlainCheck(name="numbering"))
    assert verdict
    return verdict.outcome


def test_pages_filed_late_may_bear_a_letter_after_their_number() -> None:
    assert judge_numbers(["A1", "A2", "A2a", "A2b", "A3", "B1"]) is KEPT
    assert judge_numbers(["A1", "A2", "A2b", "A3"]) is BROKEN
    assert judge_numbers(["A1", "A1a", "A2a", "A3"]) is BROKEN
    assert judge_numbers(["A1", *(f"A1{chr(97 + n)}" for n in range(26)), "A1aa", "A2"]) is KEPT


def test_where_late_pages_go_to_the_end_of_the_section_no_letter_may_follow_a_number() -> None:
    assert LOCAL.late_pages is LatePages.AT_THE_END
    assert judge_numbers(["A1", "A1a", "A2"], LOCAL) is BROKEN


@st.composite
def numbered(draw: st.DrawFn) -> list[str]:
    letters = draw(st.lists(st.sampled_from("ABCDEF"), min_size=1, max_size=6, unique=True).map(sorted))
    numbers: list[str] = []
    for letter in letters:
        for count in range(1, draw(st.integers(1, 6)) + 1):
            numbers.append(f"{letter}{count}")
            numbers += [f"{letter}{count}{late}" for late in "abc"[: draw(st.integers(0, 3))]]
    return numbers


@given(numbered(), st.data())
def test_whole_numbering_is_kept_and_any_page_moved_or_lost_breaks_it(numbers: list[str], data: st.DataObject) -> None:
    assert judge_numbers(numbers) is KEPT
    place = data.draw(st.integers(0, len(numbers) - 1))
    assert judge_numbers([*numbers[:place], numbers[place], *numbers[place:]]) is BROKEN
    without = [*numbers[:place], *numbers[place + 1 :]]
    last = place + 1 == len(numbers) or numbers[place + 1][0] != numbers[place][0]
    followed = place + 1 < len(numbers) and re.fullmatch(r"[A-F]\d+", numbers[place]) is None
    # The last page of a section, and the last of its late pages, leave no gap that anybody could see.
    if without and not last and not (followed and re.fullmatch(r"[A-F]\d+", numbers[place + 1])):
        assert judge_numbers(without) is BROKEN


def test_a_postcode_at_the_foot_is_not_taken_for_a_number() -> None:
    pages = [dataclasses.replace(page, margins=((), (), (), (), (), ("E2", "8AA", number)))
             for number, page in zip(("C1", "C2", "C3"), see(["C1", "C2", "C3"]).pages, strict=True)]  # fmt: skip
    seen = SeenBundle(3, 1000, tuple(pages), (), protected=False, opens=100)
    assert seen.printed == ("C1", "C2", "C3")


def test_page_numbers_of_the_papers_themselves_are_not_taken_for_those_of_the_bundle() -> None:
    pages = [dataclasses.replace(page, label="", margins=((), (), (), (), (str(n % 3 + 1),), ()))
             for n, page in enumerate(see([None] * 9).pages)]  # fmt: skip
    assert SeenBundle(9, 1000, tuple(pages), (), protected=False, opens=100).scheme is Scheme.NONE


def test_numbers_that_only_the_file_gives_are_not_said_to_be_printed() -> None:
    seen = see([None] * 3, ["B1", "B2", "B3"])
    verdict = judge_paging(AuditedBundle(seen, LAYOUT, None), PlainCheck(name="numbering"))
    assert verdict
    assert verdict.outcome is CANNOT
    assert "none could be read on them" in verdict.detail


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_numbers_are_read_upright_on_turned_pages(tmp_path: Path, build: Build, turn: int) -> None:
    """A page that its file turns, as scanners do: what is printed reads upright, and so does the number."""

    def draw(canvas: Any) -> None:
        canvas.translate(*{90: (A4[0], 0), 180: A4, 270: (0, A4[1])}[turn])
        canvas.rotate(turn)
        write_lines(canvas)

    paper = change(make_paper(tmp_path / "turned.pdf", draw=draw), lambda pdf: turn_pages(pdf, turn))
    check = check_bundle(build(paper), LAYOUT)
    assert one_of(check, "numbering").outcome is KEPT
    assert one_of(check, "upright").outcome is KEPT


def turn_pages(pdf: pikepdf.Pdf, turn: int) -> None:
    for page in pdf.pages:
        page.Rotate = turn


# Length


def test_351_pages_are_one_too_many(tmp_path: Path, build: Build) -> None:
    path = build(make_paper(tmp_path / "long.pdf", 349, draw=lambda _: None))
    found = find(path, "page-limit")
    assert (found.outcome, found.level) == (BROKEN, Level.MUST)
    assert found.detail.startswith("353 pages; the limit allows 350, so there are 1 too many, cover and index (2) not")
    assert "permission cannot be told" in found.detail
    allowed = find(path, "page-limit", know(permitted_pages=400, permission="the order of 12 June 2026"))
    assert (allowed.outcome, allowed.detail) == (KEPT, "353 pages; the order of 12 June 2026 allows 400")


def test_where_only_cover_and_index_go_over_the_limit_a_person_looks() -> None:
    seen = see(["i", "ii", *(f"A{number}" for number in range(1, 350))])
    verdict = judge_paging(AuditedBundle(seen, LAYOUT, None), PageLimitCheck(pages=350))
    assert verdict
    assert verdict.outcome is LOOK
    assert "Without cover and index there are 349; nothing says whether those count" in verdict.detail


# Ways through


def test_missing_bookmarks_are_told(build: Build) -> None:
    path = change(build(), lambda pdf: pdf.Root.__delitem__("/Outlines"))
    assert broken(check_bundle(path, LAYOUT)) == {"bookmarks", "bookmark-names-page"}


def test_a_bookmark_without_its_page_is_told_by_page_and_not_by_title(build: Build) -> None:
    def alter(pdf: pikepdf.Pdf) -> None:
        with pdf.open_outline() as outline:
            outline.root[-1].children[0].title = "Statement of Leanne Hale"

    found = find(change(build(), alter), "bookmark-names-page")
    assert (found.outcome, found.detail) == (BROKEN, "1 of 6 bookmarks do not name their page: those to C1")


def test_a_paper_without_a_bookmark_is_told_where_papers_are_known(build: Build) -> None:
    def alter(pdf: pikepdf.Pdf) -> None:
        with pdf.open_outline() as outline:
            del outline.root[-1]

    path = change(build(), alter)
    assert find(path, "bookmarks").detail == "No bookmark leads to section C"
    assert find(path, "bookmarks", know(KnownPaper("B2", "B2"))).detail == (
        "No bookmark leads to section C; the paper at B2"
    )


def test_an_index_without_links_is_told(build: Build) -> None:
    found = find(change(build(), lambda pdf: pdf.pages[1].obj.__delitem__("/Annots")), "index-linked")
    assert (found.outcome, found.detail) == (BROKEN, "Nothing on the pages at the front is a link: i to ii")


def test_a_line_of_the_index_without_a_link_is_told(build: Build) -> None:
    def alter(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].Annots = Array([*pdf.pages[1].Annots][:2])

    assert find(change(build(), alter), "index-linked").detail == "No link of the index leads to section C"


def test_a_link_that_leads_nowhere_is_told(build: Build) -> None:
    def alter(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].Annots[0].Dest = pikepdf.String("nowhere")

    assert find(change(build(), alter), "index-linked").detail == "1 of 4 links of the index lead nowhere"


# The look of pages


@pytest.mark.parametrize(
    ("turn", "move", "said"),
    [
        (180, A4, "Upside down: C1 to C2"),
        (90, (A4[0], 0), "Read sideways: C1 to C2"),
        (270, (0, A4[1]), "Read sideways: C1 to C2"),
    ],
)
def test_text_that_does_not_read_from_left_to_right_is_told(
    tmp_path: Path, build: Build, turn: int, move: tuple[float, float], said: str
) -> None:
    def draw(canvas: Any) -> None:
        canvas.translate(*move)
        canvas.rotate(turn)
        write_lines(canvas)

    found = find(build(make_paper(tmp_path / "turned.pdf", draw=draw)), "upright")
    assert (found.outcome, found.detail, found.pages) == (BROKEN, said, (5, 6))


def test_landscape_pages_that_read_from_left_to_right_are_kept(tmp_path: Path, build: Build) -> None:
    def draw(canvas: Any) -> None:
        canvas.setFont("Times-Roman", 12)
        for line in range(20):
            canvas.drawString(60, 500 - 20 * line, WORDS)

    check = check_bundle(build(make_paper(tmp_path / "wide.pdf", draw=draw, size=landscape(A4))), LAYOUT)
    assert one_of(check, "upright").outcome is KEPT
    assert one_of(check, "a4").outcome is KEPT


def draw_picture(dots: int, inches: float) -> Callable[[Any], None]:
    written = io.BytesIO()
    Image.effect_noise((dots, dots), 90).convert("RGB").save(written, "JPEG", quality=20)

    def draw(canvas: Any) -> None:
        canvas.drawImage(ImageReader(io.BytesIO(written.getvalue())), 60, 200, inches * 72, inches * 72)

    return draw


def test_pages_that_are_pictures_are_told(tmp_path: Path, build: Build) -> None:
    path = build(make_paper(tmp_path / "scan.pdf", draw=draw_picture(600, 4)))
    found = find(path, "searchable")
    assert (found.outcome, found.pages) == (BROKEN, (5, 6))
    assert "C1 to C2. Have them read (OCR)" in found.detail
    assert find(path, "upright").outcome is LOOK
    photographs = know(ENTRIES[0], KnownPaper("C1", "C2", EvidenceKind.PHOTOGRAPHS))
    assert find(path, "searchable", photographs).outcome is KEPT


def test_blank_pages_are_for_a_person_to_look_at(tmp_path: Path, build: Build) -> None:
    found = find(build(make_paper(tmp_path / "blank.pdf", draw=lambda _: None)), "searchable")
    assert (found.outcome, found.detail) == (LOOK, "Pages with hardly any words: C1 to C2. Are they blank?")


def test_words_that_a_scanner_read_count_as_text_and_their_size_does_not(tmp_path: Path, build: Build) -> None:
    def draw(canvas: Any) -> None:
        draw_picture(300, 4)(canvas)
        words = canvas.beginText(60, 700)
        words.setTextRenderMode(3)
        words.setFont("Helvetica", 5)
        for _ in range(20):
            words.textLine(WORDS)
        canvas.drawText(words)

    check = check_bundle(build(make_paper(tmp_path / "read.pdf", draw=draw)), LAYOUT, know())
    assert one_of(check, "searchable").outcome is KEPT
    assert one_of(check, "typeface").outcome is KEPT


def test_a_picture_of_600_dots_per_inch_is_told(tmp_path: Path, build: Build) -> None:
    found = find(build(make_paper(tmp_path / "fine.pdf", draw=draw_picture(1200, 2))), "resolution")
    assert (found.outcome, found.detail) == (BROKEN, "Up to 600 dots per inch: C1 to C2")
    kept = find(build(make_paper(tmp_path / "right.pdf", draw=draw_picture(1200, 4))), "resolution")
    assert kept.outcome is KEPT


def test_a_picture_inside_a_drawing_is_measured_as_it_is_shown(tmp_path: Path, build: Build) -> None:
    def draw(canvas: Any) -> None:
        if not canvas.hasForm("crest"):
            canvas.beginForm("crest")
            draw_picture(1200, 4)(canvas)
            canvas.endForm()
        canvas.scale(0.5, 0.5)
        canvas.doForm("crest")

    found = find(build(make_paper(tmp_path / "form.pdf", draw=draw)), "resolution")
    assert found.detail == "Up to 600 dots per inch: C1 to C2"


def draw_small(canvas: Any) -> None:
    write_lines(canvas, 9)


def draw_scaled(canvas: Any) -> None:
    """18 point in the file, and 9 on the page."""
    canvas.scale(0.5, 0.5)
    write_lines(canvas, 18)


def draw_in_form(canvas: Any) -> None:
    if not canvas.hasForm("words"):
        canvas.beginForm("words")
        write_lines(canvas, 18)
        canvas.endForm()
    canvas.scale(0.5, 0.5)
    canvas.doForm("words")


@pytest.mark.parametrize("draw", [draw_small, draw_scaled, draw_in_form])
def test_text_of_9_point_in_a_paper_of_ours_is_told(tmp_path: Path, build: Build, draw: Callable[[Any], None]) -> None:
    path = build(make_paper(tmp_path / "small.pdf", draw=draw))
    found = find(path, "typeface", know())
    assert (found.outcome, found.pages) == (BROKEN, (5, 6))
    assert found.detail == (
        "Own papers not in Arial or Times New Roman of at least 12 point: mostly 9 point on C1 to C2"
    )
    assert find(path, "typeface").outcome is LOOK


def test_another_typeface_is_told(tmp_path: Path, build: Build) -> None:
    def draw(canvas: Any) -> None:
        write_lines(canvas, 12, "Courier")

    assert (
        "another typeface on C1 to C2" in find(build(make_paper(tmp_path / "typed.pdf", draw=draw)), "typeface").detail
    )


def test_small_print_at_the_foot_of_a_page_is_no_fault(tmp_path: Path, build: Build) -> None:
    def draw(canvas: Any) -> None:
        write_lines(canvas)
        canvas.setFont("Courier", 7)
        canvas.drawString(60, 60, WORDS)

    assert find(build(make_paper(tmp_path / "notes.pdf", draw=draw)), "typeface", know()).outcome is KEPT


def test_pages_of_american_size_are_for_a_person_to_look_at(tmp_path: Path, build: Build) -> None:
    found = find(build(make_paper(tmp_path / "letter.pdf", size=(612, 792))), "a4")
    assert (found.outcome, found.detail) == (LOOK, "Not of A4 size: C1 to C2 (216 by 279 mm)")


# The file


def set_opening(value: Any) -> Callable[[pikepdf.Pdf], object]:
    def alter(pdf: pikepdf.Pdf) -> None:
        if value is None:
            del pdf.Root.OpenAction
        else:
            pdf.Root.OpenAction = value(pdf) if callable(value) else value

    return alter


@pytest.mark.parametrize(
    ("opening", "outcome", "said"),
    [
        (None, BROKEN, "The file does not say at which size it opens, so every reader chooses its own"),
        (lambda pdf: Array([pdf.pages[0].obj, Name.Fit]), BROKEN, "The file does not say at which size it opens"),
        (lambda pdf: Array([pdf.pages[0].obj, Name.XYZ, 0, 0, 0]), BROKEN, "The file does not say at which size"),
        (lambda pdf: Array([pdf.pages[0].obj, Name.XYZ, 0, 0, 2]), BROKEN, "It opens at 200%"),
        (Dictionary(S=Name.JavaScript, JS="app.alert(1)"), BROKEN, "Opening the file starts an action"),
        (lambda pdf: Dictionary(S=Name.GoTo, D=Array([pdf.pages[0].obj, Name.XYZ, 0, 0, 1])), KEPT, "It opens at 100%"),
    ],
)
def test_how_the_file_opens_is_told(build: Build, opening: Any, outcome: AuditResult, said: str) -> None:
    found = find(change(build(), set_opening(opening)), "opens-at-full-size")
    assert found.outcome is outcome
    assert found.detail.startswith(said)


def test_a_protected_file_is_told(build: Build) -> None:
    path = change(build(), lambda _: None, encryption=pikepdf.Encryption(owner="owner", user=""))
    assert broken(check_bundle(path, LAYOUT)) == {"not-protected"}


def test_a_file_is_too_large_for_one_channel_and_not_for_another() -> None:
    seen = dataclasses.replace(see(["A1"]), size=26_000_000)
    rules = {rule.id: rule.check for rule in LAYOUT.list_rules() if rule.check}

    def judge(rule: str) -> tuple[AuditResult, str]:
        verdict = judge_form(AuditedBundle(seen, LAYOUT, None), rules[rule])
        assert verdict
        return verdict.outcome, verdict.detail

    email = "26.0 MB; court email takes 25 MB"
    assert judge("court-email-size") == (LOOK, f"{email}. Filed that way, it must go in parts")
    assert judge("portal-size") == (KEPT, "26.0 MB; portal takes 100 MB")


# What is known beside the file


def test_papers_that_need_a_direction_are_told_unless_one_lets_them_in(build: Build) -> None:
    path = build()
    letter = KnownPaper("C1", "C2", EvidenceKind.CORRESPONDENCE)
    found = find(path, "correspondence", know(ENTRIES[0], letter))
    assert (found.outcome, found.detail, found.pages) == (BROKEN, "No direction lets these in: C1 to C2", (5, 6))
    let_in = dataclasses.replace(letter, directed_by="final-evidence")
    assert find(path, "correspondence", know(ENTRIES[0], let_in)).outcome is KEPT
    unknown = find(path, "correspondence", know(ENTRIES[0], KnownPaper("C1", "C2")))
    assert (unknown.outcome, unknown.detail) == (CANNOT, "These do not say what kind of paper they are: C1 to C2")


def test_a_paper_that_is_too_long_for_its_kind_is_a_warning(tmp_path: Path, build: Build) -> None:
    path = build(make_paper(tmp_path / "plan.pdf", 11))
    found = find(path, "care-plan-length", know(ENTRIES[0], KnownPaper("C1", "C11", EvidenceKind.CARE_PLAN)))
    assert (found.outcome, found.level) == (BROKEN, Level.SHOULD)
    assert found.detail == "C1 to C11 is 11 pages; at most 10"
    assert find(path, "care-plan-length", know(KnownPaper("C1", "C10", EvidenceKind.CARE_PLAN))).outcome is KEPT


def test_papers_out_of_the_order_of_their_dates_are_told(build: Build) -> None:
    later = KnownPaper("C1", "C1", EvidenceKind.ORDER, dt.date(2026, 9, 2))
    earlier = KnownPaper("C2", "C2", EvidenceKind.ORDER, dt.date(2026, 9, 1))
    path = build()
    found = find(path, "chronological", know(later, earlier))
    assert (found.outcome, found.detail) == (BROKEN, "Dated earlier than the paper before it: C2")
    undated = find(path, "chronological", know(later, dataclasses.replace(earlier, dated=None)))
    assert (undated.outcome, undated.pages) == (LOOK, (6,))


@pytest.mark.parametrize(
    ("lines", "outcome"),
    [
        (("POSITION STATEMENT", "Prepared on 7 December 2026", "for the hearing on 14 December 2026"), KEPT),
        (("POSITION STATEMENT", "Dated: 07/12/2026", "For hearing: 14/12/26 at 10am"), KEPT),
        (("POSITION STATEMENT", "Prepared on 7 December 2026", "for the hearing on 9 November 2026"), BROKEN),
        (("POSITION STATEMENT", "for the hearing on 14 December 2026"), BROKEN),
        (("POSITION STATEMENT", *[WORDS] * 4), BROKEN),
    ],
)
def test_a_preliminary_paper_says_when_it_was_prepared_and_for_which_hearing(
    tmp_path: Path, build: Build, lines: Sequence[str], outcome: AuditResult
) -> None:
    paper = make_paper(tmp_path / "position.pdf", draw=lambda canvas: write_lines(canvas, lines=lines))
    entry = KnownPaper("C1", "C2", EvidenceKind.POSITION_STATEMENT)
    assert find(build(paper), "date-prepared", know(ENTRIES[0], entry, hearing_at=HEARING)).outcome is outcome


def test_without_an_order_both_days_are_told_and_nothing_is_chosen(build: Build) -> None:
    path = build()
    found = find(path, "bundle-by", know(hearing_at=HEARING))
    assert found.outcome is CANNOT
    assert found.detail == (
        "It cannot be told which: 7 working days before the hearing of 14 December 2026: by Thursday 3 December 2026; "
        "2 working days before the hearing of 14 December 2026: by Thursday 10 December 2026. The earlier day is safe"
    )
    assert find(path, "preliminary-documents-by", know(hearing_at=HEARING)).detail == (
        "1 working day before the hearing of 14 December 2026: by 11am on Friday 11 December 2026"
    )


def test_an_order_comes_before_the_practice_direction(build: Build) -> None:
    ordered = OrderedDay("bundle", dt.date(2026, 12, 4), "order of 12 June 2026, paragraph 14")
    facts = know(hearing_at=HEARING, ordered=(ordered,), today=dt.date(2026, 12, 5))
    assert find(build(), "bundle-by", facts).detail == (
        "The court ordered the bundle by Friday 4 December 2026 (order of 12 June 2026, paragraph 14). "
        "That day has passed"
    )


def test_a_local_protocol_names_one_day(build: Build) -> None:
    found = find(build(), "bundle-by", know(hearing_at=HEARING), LOCAL)
    assert (found.outcome, found.level) == (LOOK, Level.MUST)
    assert found.detail == "5 working days before the hearing of 14 December 2026: by 4pm on Monday 7 December 2026"
    assert "Hartsmere" in found.source


def test_what_the_file_alone_does_not_show_cannot_be_checked(build: Build) -> None:
    check = check_bundle(build(), LAYOUT)
    for rule in ("correspondence", "chronological", "bundle-by", "essential-reading", "preliminary-documents"):
        assert one_of(check, rule).outcome is CANNOT, rule


# Bundles made elsewhere


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """Three papers merged by pypdf, numbered 1 to 7 at the foot, with bookmarks without pages and no index."""
    writer = PdfWriter()
    titles = ("Position statement of Leanne Hale", "Photographs of the home", "Letter to the school")
    for number, (title, pages) in enumerate(zip(titles, (4, 1, 2), strict=True)):
        writer.append(make_paper(tmp_path / f"{number}.pdf", pages), outline_item=title)
    for number, page in enumerate(writer.pages, 1):
        stamp = io.BytesIO()
        canvas = Canvas(stamp, pagesize=A4)
        canvas.drawCentredString(A4[0] / 2, 20, str(number))
        canvas.save()
        page.merge_page(PdfReader(stamp).pages[0])
    path = tmp_path / "foreign.pdf"
    writer.write(path)
    return path


def test_a_bundle_of_another_program_is_told_what_a_clerk_would_say(foreign: Path) -> None:
    check = check_bundle(foreign, LAYOUT)
    assert broken(check) == {"numbering", "index-linked", "bookmark-names-page", "opens-at-full-size"}
    assert one_of(check, "numbering").detail == (
        "The pages are numbered straight through, 1 to 7. Each section needs a letter, and its pages start again at 1 "
        "after it: A1, A2, B1"
    )
    assert one_of(check, "labels-agree").outcome is KEPT
    assert one_of(check, "index-linked").detail == "No index was found at the front"
    assert one_of(check, "bookmark-names-page").detail == "3 of 3 bookmarks do not name their page: those to 1, 5 to 6"
    assert one_of(check, "sections-in-order").outcome is CANNOT


def test_the_bookmarks_of_another_program_give_away_what_a_person_should_look_at(foreign: Path) -> None:
    check = check_bundle(foreign, LAYOUT)
    assert (one_of(check, "photographs").outcome, one_of(check, "photographs").pages) == (LOOK, (5,))
    assert one_of(check, "correspondence").pages == (6, 7)
    assert one_of(check, "position-statement-length").detail == (
        "By their bookmarks, these may be such papers: 1 to 4 (4 pages)"
    )
    assert one_of(check, "screenshots").outcome is CANNOT


def test_no_title_is_ever_quoted(foreign: Path) -> None:
    said = json.dumps([one.detail for one in check_bundle(foreign, LAYOUT).findings])
    assert not [word for word in ("Leanne", "Hale", "school", "the home") if word in said]


def test_what_a_file_calls_its_pages_is_not_quoted_where_it_could_be_a_name(build: Build) -> None:
    def alter(pdf: pikepdf.Pdf) -> None:
        pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P="leanne-hale-")]))
        del pdf.pages[1].obj["/Annots"]

    said = json.dumps([one.detail for one in check_bundle(change(build(), alter), LAYOUT).findings])
    assert "leanne" not in said
    assert "pages 1 to 2 of the file" in said


@pytest.mark.libreoffice
def test_the_bundle_of_rowan_is_told_by_its_papers(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "generator", "bundle", "data/cases/rowan", "-o", str(tmp_path / "out")]
    made = subprocess.run([*command, "--on", "2026-11-22"], check=True, capture_output=True, text=True, cwd=ROOT)
    rows = re.findall(r"^([A-F]\d+)(?: to ([A-F]\d+))? +(\S.*)$", made.stdout, re.MULTILINE)
    assert rows
    entries = [
        KnownPaper(first, last or first, EvidenceKind.OTHER_EVIDENCE, own="permanence" in title)
        for first, last, title in rows
    ]
    (pdf,) = (tmp_path / "out").glob("*.pdf")
    check = check_bundle(pdf, LAYOUT, know(*entries, hearing_at=dt.datetime(2026, 11, 30, 10)))
    assert check.list_broken() == ()
    # The page with the mother's signature is a photograph of a page, which only a reading program makes searchable.
    assert broken(check) <= {"searchable"}
    for rule in ("numbering", "labels-agree", "bookmarks", "bookmark-names-page", "index-linked", "typeface"):
        assert one_of(check, rule).outcome is KEPT, one_of(check, rule)
    assert "Thursday 19 November 2026" in one_of(check, "bundle-by").detail
    assert "Thursday 26 November 2026" in one_of(check, "bundle-by").detail


# Files that mean harm, or came to some


def make_bytes(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "odd.pdf"
    path.write_bytes(content)
    return path


def cut_off(path: Path) -> bytes:
    return path.read_bytes()[: path.stat().st_size // 2]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "it is not a PDF"),
        (b"Dear court,\n" * 50, "it is not a PDF"),
        (b"%PDF-1.7\nstartxref\n0\n%%EOF", "it is damaged"),
    ],
)
def test_what_is_no_pdf_is_told_in_one_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(CannotReadError, match=rf"Cannot check odd\.pdf: {said}"):
        check_bundle(make_bytes(tmp_path, content), LAYOUT)


def test_a_file_that_is_cut_off_is_told(tmp_path: Path, build: Build) -> None:
    with pytest.raises(CannotReadError, match="it is cut off: its end is missing, so pages may be missing too"):
        check_bundle(make_bytes(tmp_path, cut_off(build())), LAYOUT)


def test_a_file_with_a_password_is_told(build: Build) -> None:
    path = change(build(), lambda _: None, encryption=pikepdf.Encryption(owner="owner", user="user"))
    with pytest.raises(CannotReadError, match=r"needs a password to be opened\. Save it without the password"):
        check_bundle(path, LAYOUT)


def test_a_file_that_is_not_there_or_is_a_folder_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none.pdf", tmp_path):
        with pytest.raises(CannotReadError, match="Cannot check "):
            check_bundle(path, LAYOUT)


def test_a_file_that_takes_too_long_is_told_and_nothing_hangs(build: Build) -> None:
    started = time.monotonic()
    with pytest.raises(CannotReadError, match="it takes too long to be read"):
        check_bundle(build(), LAYOUT, seconds=0.01)
    assert time.monotonic() - started < 5


def test_bookmarks_in_a_circle_come_to_an_end(build: Build) -> None:
    def alter(pdf: pikepdf.Pdf) -> None:
        first = pdf.Root.Outlines.First
        first.First, first.Last, first.Next = first, first, first

    assert check_bundle(change(build(), alter), LAYOUT).pages == 6


def test_a_page_that_unpacks_to_more_than_memory_holds_does_not_stop_the_others(build: Build) -> None:
    """A gigabyte of drawing that packs into a megabyte, on the last page."""
    block = b"0 0 1 1 re f\n" * 80_000

    def alter(pdf: pikepdf.Pdf) -> None:
        stream = pikepdf.Stream(pdf, block)
        pdf.pages[-1].Contents = Array([pdf.make_indirect(stream)] * 1000)

    path = change(build(), alter, compress_streams=True, recompress_flate=True)
    check = check_bundle(path, LAYOUT, seconds=4)
    assert check.pages == 6
    assert check.looked_at >= 5


def test_what_was_not_looked_at_is_not_said_to_be_kept(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(look, "MAX_PAGES", 4)
    check = check_bundle(build(), LAYOUT, know())
    assert (check.pages, check.looked_at) == (6, 4)
    found = one_of(check, "searchable")
    assert found.outcome is CANNOT
    assert found.detail.startswith("Only the first 4 of 6 pages were looked at")
    assert one_of(check, "page-limit").outcome is KEPT


@settings(deadline=None)
@given(st.lists(st.text(max_size=12), max_size=8))
def test_no_words_at_the_edge_of_a_page_bring_the_reading_down(words: list[str]) -> None:
    seen = see(["A1", None, "A2"])
    pages = tuple(dataclasses.replace(page, margins=(tuple(words),) * 6, label="".join(words)) for page in seen.pages)
    subject = AuditedBundle(dataclasses.replace(seen, pages=pages), LAYOUT, None)
    verdicts: Iterator[Any] = (judge_paging(subject, rule.check) for rule in LAYOUT.list_rules() if rule.check)
    assert any(verdicts)
