"""Citations of evidence: from a text, through a real Word file and PDF, to a proved link in the bundle."""

from __future__ import annotations

import datetime as dt
import shutil
import textwrap
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject

from generator.base.errors import BundleError, ConversionError, Level
from generator.base.word_package import rewrite_package
from generator.bundle.assemble import assemble_bundle
from generator.bundle.citations import CitationLink, ExpectedCitation, add_citations, prove_citations, take_citations
from generator.bundle.cover import Cover
from generator.bundle.links import prepare_source
from generator.bundle.numbering import number_papers
from generator.bundle.papers import BundlePaper, BundleSection
from generator.case.citations import (
    Citation,
    describe_citation,
    describe_neutrally,
    find_broken_citations,
    find_citations,
    format_label,
    list_cited,
    read_address,
    read_tag,
    settle_citations,
    split_text,
    write_address,
)
from generator.case.load import LoadedCase, load_case
from generator.convert.conversion import convert_documents
from generator.evidence.admit import admit_evidence
from generator.evidence.results import AdmittedEvidence
from generator.papers.card import PlannedDocument
from generator.papers.render.labels import label_citations, list_citations
from plainpdfs import make_pdf

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TODAY = dt.date(2026, 11, 22)
Plan = Callable[..., dict[str, PlannedDocument]]
Render = Callable[[PlannedDocument, Path], Path]

CASE = """
reference: R1
authority: {name: Hartsmere Council}
procedure: hertfordshire-2024
children:
  - id: rowan
    name: {given: Rowan, family: Hale}
    born_on: 14 March 2025
    looked_after_from: 1 May 2026
    personality: TEXT
people:
  - id: mother
    name: {given: Leanne, family: Hale}
    relationships: [{to: rowan, as: mother, parental_responsibility: yes}]
reports: [{child: rowan}]
evidence:
  - {id: psychologist-report, file: report.pdf, title: Psychological assessment, dated: 18 September 2026,
     bundle_section: reports}
  - {id: order, file: order.pdf, title: Interim care order, bundle_section: orders}
  - {id: letter, file: letter.pdf, title: Letter of instruction, bundle_section: other, in_bundle: no}
"""
REPORT = Citation("psychologist-report")
REPORT_LABELS = {"psychologist-report": ("E14", "E15", "E16", "E17"), "order": ("B9",)}


def case_text(text: str) -> str:
    return CASE.replace("TEXT", f'"{text}"')


# What is cited


@pytest.mark.parametrize(
    ("written", "cites"),
    [
        ("[[psychologist-report]]", REPORT),
        ("[[ psychologist-report ]]", REPORT),
        ("[[psychologist-report p 3]]", Citation("psychologist-report", 3, 3)),
        ("[[psychologist-report p3]]", Citation("psychologist-report", 3, 3)),
        ("[[psychologist-report p. 3]]", Citation("psychologist-report", 3, 3)),
        ("[[psychologist-report, page 3]]", Citation("psychologist-report", 3, 3)),
        ("[[psychologist-report\n  p 3]]", Citation("psychologist-report", 3, 3)),
        ("[[psychologist-report p 3-5]]", Citation("psychologist-report", 3, 5)),
        ("[[psychologist-report pp 3–5]]", Citation("psychologist-report", 3, 5)),
        ("[[psychologist-report pages 3 to 5]]", Citation("psychologist-report", 3, 5)),
        ("([[psychologist-report p 3]])", Citation("psychologist-report", 3, 3, alone=True)),
    ],
)
def test_a_citation_says_evidence_and_pages(written: str, cites: Citation) -> None:
    assert [*split_text(f"See {written}.")] == ["See ", cites, "."]


def test_round_brackets_with_more_in_them_stay() -> None:
    assert [*split_text("(see [[a]]; [[b]])")] == ["(see ", Citation("a"), "; ", Citation("b"), ")"]
    assert [*split_text("([[a]]; [[b]])")] == ["(", Citation("a"), "; ", Citation("b"), ")"]


@pytest.mark.parametrize(
    "text",
    [
        "[a]",
        "[[A report]]",
        "[[a p 0]]",
        "[[a p 5-3]]",
        "[[a p x]]",
        "[[a p 3",
        "[[]]",
        "[[a b]]",
        "[[a  p]]",
        "[[-a]]",
    ],
)
def test_what_cannot_be_read_stays_as_it_is_written(text: str) -> None:
    assert [*split_text(text)] == [text]


def test_a_backslash_makes_brackets_of_brackets() -> None:
    assert "".join(map(str, split_text(r"a \[[b]] c"))) == "a [[b]] c"
    assert [*split_text(r"\\[[b]]")] == [r"\\", Citation("b")]


@given(st.text(alphabet="a1-[]() p\\", max_size=40))
def test_any_text_is_cut_into_its_own_words(text: str) -> None:
    pieces = [piece if isinstance(piece, str) else piece.written for piece in split_text(text)]
    assert "".join(pieces).replace("\\", "") == text.replace("\\", "")


@st.composite
def citations(draw: st.DrawFn) -> Citation:
    name = draw(st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,2}", fullmatch=True))
    pages = sorted(draw(st.lists(st.integers(1, 99_999), min_size=2, max_size=2)))
    first, last = pages if draw(st.booleans()) else (None, None)
    return Citation(name, first, last, draw(st.booleans()))


@given(citations(), st.integers(1, 9_999))
def test_mark_and_address_say_again_what_is_cited(cited: Citation, number: int) -> None:
    assert read_tag(cited.tag) == cited
    assert len(cited.tag) <= 64
    without = Citation(cited.id, cited.first, cited.last)
    assert read_address(write_address(cited, number)) == (without, number)


def test_the_address_is_at_a_host_that_cannot_exist() -> None:
    assert write_address(Citation("order", 3, 3), 7) == "https://bundle.invalid/order?page=3#7"
    assert write_address(Citation("order", 3, 5), 7) == "https://bundle.invalid/order?page=3-5#7"
    assert write_address(Citation("order"), 7) == "https://bundle.invalid/order#7"


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/order?page=3#7",
        "https://bundle.invalid.example.org/order#7",
        "http://bundle.invalid/order#7",
        "https://bundle.invalid/order",
        "https://bundle.invalid/order?page=0#7",
        "https://bundle.invalid/order?page=5-3#7",
        "https://bundle.invalid/../order#7",
        "https://bundle.invalid/order#7&x",
    ],
)
def test_any_other_address_cites_nothing(address: str) -> None:
    assert read_address(address) is None


# How it is said


def test_in_words_a_citation_names_title_date_and_page() -> None:
    title, dated = "Psychological assessment of Leanne Hale", dt.date(2026, 9, 18)
    said = "Psychological assessment of Leanne Hale, 18 September 2026"
    assert describe_citation(REPORT, title, dated) == said
    assert describe_citation(Citation("x", 3, 3), title, dated) == f"{said}, page 3"
    assert describe_citation(Citation("x", 3, 5), title, dated) == f"{said}, pages 3 to 5"
    assert describe_citation(Citation("x", 3, 3, alone=True), title, None) == f"({title}, page 3)"
    assert describe_neutrally(Citation("x", 3, 3)) == "the evidence"
    assert describe_neutrally(Citation("x", alone=True)) == "(the evidence)"


def test_in_a_bundle_a_citation_is_its_page_in_square_brackets() -> None:
    labels = ("E14", "E15", "E15a", "E16")
    assert format_label(REPORT, labels) == "[E14 to E16]"
    assert format_label(Citation("x", 2, 2), labels) == "[E15]"
    assert format_label(Citation("x", 2, 3, alone=True), labels) == "[E15 to E15a]"
    assert format_label(REPORT, ("E14",)) == "[E14]"
    with pytest.raises(IndexError):
        format_label(Citation("x", 5, 5), labels)


# What is wrong with it


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., LoadedCase]:
    def load_text(text: str, order: str = "order") -> LoadedCase:
        for name in ("report", "order", "letter"):
            make_pdf(tmp_path / f"{name}.pdf", 1)
        (tmp_path / "case.yaml").write_text(case_text(text).replace("id: order", f"id: {order}"), encoding="utf-8")
        return load_case(tmp_path)

    return load_text


def test_citations_are_found_wherever_text_stands(load: Callable[..., LoadedCase]) -> None:
    case = load("See [[order]], [[psychologist-report p 2]] and [[what]].").case
    found = [*find_citations(case)]
    assert {one.path for one in found} == {("children", 0, "personality")}
    assert [one.cites for one in found] == [Citation("order"), Citation("psychologist-report", 2, 2), Citation("what")]
    assert list_cited(case) == {"order", "psychologist-report", "what"}


def test_a_citation_that_leads_somewhere_is_no_problem(load: Callable[..., LoadedCase]) -> None:
    loaded = load(r"[[order]] and [[psychologist-report p 4]], not \\[[sic]]")
    assert find_broken_citations(loaded) == ()
    assert find_broken_citations(loaded, {"psychologist-report": 4}) == ()


def test_an_unknown_id_is_named_with_its_place_and_the_nearest_one(load: Callable[..., LoadedCase]) -> None:
    loaded = load("[[psychologists-report]] and again [[psychologists-report]]")
    (problem,) = find_broken_citations(loaded)
    assert (problem.code, problem.path) == ("C005", "children[0].personality")
    assert problem.place
    assert problem.place.line == 10
    assert problem.remedy == "the nearest id stands on line 17"
    assert "psychologist" not in problem.says


def test_a_page_beyond_the_end_is_told_once_pages_are_counted(load: Callable[..., LoadedCase]) -> None:
    loaded = load("[[psychologist-report p 3-5]]")
    assert find_broken_citations(loaded) == ()
    (problem,) = find_broken_citations(loaded, {"psychologist-report": 4})
    assert problem.code == "C005"
    assert problem.says == "The file cited here has 4 pages, so there is no page 5"


@pytest.mark.parametrize("text", ["[[Report p 3]]", "[[order p 0]]", "[[order p 5-3]]", "[[order p 3]"])
def test_a_citation_that_cannot_be_read_is_named(load: Callable[..., LoadedCase], text: str) -> None:
    (problem,) = find_broken_citations(load(text))
    assert (problem.code, problem.level) == ("C003", Level.MUST)


def test_a_cited_file_that_is_not_in_the_bundle_is_a_warning(load: Callable[..., LoadedCase]) -> None:
    (problem,) = find_broken_citations(load("[[letter]]"))
    assert (problem.code, problem.level) == ("C005", Level.SHOULD)


def test_an_id_that_word_could_not_keep_is_refused(load: Callable[..., LoadedCase]) -> None:
    name = "a" * 41
    loaded = load(f"[[{name}]]", order=name)
    (problem,) = find_broken_citations(loaded)
    assert problem.says == "The id of the evidence cited here is longer than 40 characters"


# Settling


def test_labels_settle_when_they_move_no_page() -> None:
    rounds: list[Mapping[str, Sequence[str]]] = []

    def render(labels: Mapping[str, Sequence[str]]) -> dict[str, int]:
        rounds.append(labels)
        # The label is wider than the words before it, and pushes the last line to a second page.
        return {"statement": 2}

    def number(counts: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
        return {"order": (f"C{counts['statement'] + 1}",)}

    assert settle_citations(render, number, {"statement": 1}) == {"order": ("C3",)}
    assert rounds == [{"order": ("C2",)}, {"order": ("C3",)}]


def test_labels_that_never_settle_name_the_paper() -> None:
    pages = iter(range(2, 100))
    with pytest.raises(BundleError) as refused:
        settle_citations(
            lambda _labels: {"statement": next(pages), "plan": 4},
            lambda counts: {"order": (f"C{counts['statement']}",)},
            {"statement": 1, "plan": 4},
        )
    (problem,) = refused.value.problems
    assert "statement" in problem.says
    assert "plan" not in problem.says
    assert next(pages) == 6, "four rounds"


# In the Word file


@pytest.fixture
def write(plan: Plan, render: Render, tmp_path: Path) -> Callable[..., Path]:
    """The Word file of the child's permanence report, or another paper, with a text that cites."""

    def write_text(text: str, name: str = "child-permanence-report-rowan", **more: Any) -> Path:
        return render(plan(case_text(text), **more)[name], tmp_path)

    return write_text


def xml_of(word: Path) -> Any:
    with zipfile.ZipFile(word) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def line_with(word: Path, words: str, words_in: Callable[[Path], list[str]]) -> str:
    return next(line for line in words_in(word) if words in line)


def test_a_working_paper_names_the_evidence_in_words(
    write: Callable[..., Path], words_in: Callable[[Path], list[str]]
) -> None:
    word = write("He is *calm* **in [[psychologist-report p 3]] now** ([[order]]).")
    expected = "He is calm in Psychological assessment, 18 September 2026, page 3 now (Interim care order)."
    assert line_with(word, "He is calm", words_in) == expected
    assert list_citations(word) == (Citation("psychologist-report", 3, 3), Citation("order", alone=True))
    bold = ["".join(run.itertext()) for run in xml_of(word).iter(f"{W}r") if run.find(f"{W}rPr/{W}b") is not None]
    assert "Psychological assessment, 18 September 2026, page 3" in bold


def test_what_is_no_citation_is_printed_as_written(
    write: Callable[..., Path], words_in: Callable[[Path], list[str]]
) -> None:
    word = write(r"He \\[[order]] and [[nobody]] and [[Order]] stay.")
    assert line_with(word, "stay.", words_in) == "He [[order]] and [[nobody]] and [[Order]] stay."
    assert list_citations(word) == ()


def test_a_citation_in_a_line_of_a_table_is_said_too(
    plan: Plan, render: Render, tmp_path: Path, words_in: Callable[[Path], list[str]]
) -> None:
    text = case_text("x").replace(
        "evidence:",
        textwrap.dedent("""
        orders: [{child: rowan, order: interim_care_order, made_on: 1 May 2026, note: "Made [[order p 1]]\\nthat day"}]
        evidence:""").lstrip(),
    )
    word = render(plan(text)["child-permanence-report-rowan"], tmp_path)
    assert "Made Interim care order, page 1" in line_with(word, "that day", words_in)
    assert list_citations(word) == (Citation("order", 1, 1),)


def test_a_parent_reads_nothing_of_the_evidence(plan: Plan, render: Render, tmp_path: Path) -> None:
    text = case_text("x").replace(
        "evidence:",
        textwrap.dedent("""
        meetings:
          - id: ppm-1
            kind: permanence_planning_meeting
            starts_at: 1 June 2026, 10am
            children: [rowan]
            outcomes: [{child: rowan, primary: adoption, summary: "We relied on [[psychologist-report p 3]]."}]
        evidence:""").lstrip(),
    )
    papers = plan(text)
    letters = [paper for paper in papers.values() if paper.audience == "parent"]
    assert letters
    said = ""
    for letter in letters:
        word = render(letter, tmp_path)
        with zipfile.ZipFile(word) as archive:
            said += "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
        assert list_citations(word) == ()
    assert "We relied on" in said
    assert "the evidence" in said
    assert "Psychological assessment" not in said
    assert "psychologist-report" not in said


def test_marks_have_ids_of_their_own(write: Callable[..., Path]) -> None:
    word = write("[[order]] [[order]] [[psychologist-report]]")
    ids = [one.get(f"{W}val") for one in xml_of(word).iterfind(f".//{W}sdt/{W}sdtPr/{W}id")]
    assert len(ids) == len(set(ids)) == 3


def test_labels_take_the_place_of_words_and_are_links(
    write: Callable[..., Path], tmp_path: Path, words_in: Callable[[Path], list[str]]
) -> None:
    word = write("He is calm ([[psychologist-report p 2-3]]), as in [[psychologist-report]] and [[letter]].")
    target = tmp_path / "labelled.docx"
    labelled = label_citations(word, target, REPORT_LABELS)
    assert labelled == (Citation("psychologist-report", 2, 3, alone=True), REPORT)
    expected = "He is calm [E15 to E16], as in [E14 to E17] and Letter of instruction."
    assert line_with(target, "He is calm", words_in).replace("\N{NO-BREAK SPACE}", " ") == expected
    relations = Document(str(target)).part.rels
    links = [relations[link.rId].target_ref for link in xml_links(target)]
    assert links == [
        "https://bundle.invalid/psychologist-report?page=2-3#1",
        "https://bundle.invalid/psychologist-report#2",
    ]


def xml_links(word: Path) -> list[Any]:
    return [one for paragraph in Document(str(word)).paragraphs for one in paragraph._p.hyperlink_lst]


def test_equal_papers_are_labelled_as_equal_bytes(write: Callable[..., Path], tmp_path: Path) -> None:
    word = write("[[order]]")
    before = word.read_bytes()
    for name in ("one.docx", "two.docx"):
        label_citations(word, tmp_path / name, REPORT_LABELS)
    assert (tmp_path / "one.docx").read_bytes() == (tmp_path / "two.docx").read_bytes()
    assert word.read_bytes() == before


def test_pictures_of_a_labelled_paper_are_packed_as_they_were_when_it_was_filed(
    write: Callable[..., Path], tmp_path: Path
) -> None:
    """The ledger holds the digest of the labelled file, which must not change with the version of the program."""
    word = write("[[order]]")
    word.write_bytes(rewrite_package(word, {"word/media/picture.png": bytes(5_000)}))
    label_citations(word, tmp_path / "labelled.docx", REPORT_LABELS)
    with zipfile.ZipFile(tmp_path / "labelled.docx") as archive:
        assert {part.compress_type for part in archive.infolist()} == {zipfile.ZIP_DEFLATED}


def test_a_citation_survives_a_person_who_edits_the_paper(
    write: Callable[..., Path], tmp_path: Path, words_in: Callable[[Path], list[str]]
) -> None:
    word = write("He is calm [[order]].")
    document = Document(str(word))
    document.add_paragraph("Added by hand.")
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace("He is calm", "He was calm")
    document.save(str(word))
    target = tmp_path / "labelled.docx"
    label_citations(word, target, REPORT_LABELS)
    assert line_with(target, "He was calm", words_in) == "He was calm [B9]."
    assert "Added by hand." in words_in(target)


def test_a_page_that_the_evidence_does_not_have_is_an_error(write: Callable[..., Path], tmp_path: Path) -> None:
    with pytest.raises(IndexError):
        label_citations(write("[[order p 2]]"), tmp_path / "labelled.docx", REPORT_LABELS)


def test_a_damaged_word_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "paper.docx").write_bytes(b"nothing")
    with pytest.raises(ConversionError, match=r"paper\.docx"):
        list_citations(tmp_path / "paper.docx")


# In the PDF and the bundle


def add_link(path: Path, uri: str) -> Path:
    """The same PDF with a link on its first page."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=uri)
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[100, 700, 160, 714], A=action
        )
        pdf.pages[0].obj.Annots = pikepdf.Array([link])
        pdf.save(path, static_id=True)
    return path


SECTIONS = (
    BundleSection("statements", "C", "Statements"),
    BundleSection("orders", "D", "Orders"),
    BundleSection("reports", "E", "Reports"),
)
COVER = Cover("Court", "ZZ1", (), ("Rowan Hale",), (), "final hearing", TODAY)


@dataclass(frozen=True)
class Made:
    """A paper of ours that cites, from Word to PDF, admitted, in a bundle with what it cites."""

    links: tuple[CitationLink, ...]
    bundle: Path
    expected: tuple[ExpectedCitation, ...]
    front_pages: int


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, plan: Plan, render: Render) -> Made:
    folder = tmp_path_factory.mktemp("cited")
    text = (
        "He is calm ([[psychologist-report p 2]]), **as said in [[psychologist-report p 2-4]] and "
        + "elsewhere " * 40
        + "in [[psychologist-report]]**, [[order]] [[order]][[order p 1]] and [[letter]]."
    )
    word = render(plan(case_text(text))["child-permanence-report-rowan"], folder)
    return make_bundle(folder, word)


def make_bundle(folder: Path, word: Path, *, slip: str = "") -> Made:
    labels = {"psychologist-report": ("E2", "E3", "E4", "E5"), "order": ("D1",)}
    written = label_citations(word, folder / "labelled.docx", labels)
    outcome = convert_documents([folder / "labelled.docx"], folder)
    outcome.raise_failures()
    links = take_citations(outcome.files[0].pdf, folder / "taken.pdf", written)
    admitted = folder / "admitted"
    admitted.mkdir()
    (own,) = admit_evidence([folder / "taken.pdf"], admitted)
    assert isinstance(own, AdmittedEvidence)
    assert own.warnings == ()
    entries = (
        BundlePaper("Report", "statements", own.pdf, dated=TODAY, id="own"),
        BundlePaper("Order", "orders", make_pdf(folder / "order.pdf", 1), id="order"),
        BundlePaper("Before", "reports", make_pdf(folder / "before.pdf", 1), dated=dt.date(2026, 1, 1), id="before"),
        BundlePaper(
            "Assessment",
            "reports",
            make_pdf(folder / "report.pdf", 4),
            dated=dt.date(2026, 9, 18),
            id="psychologist-report",
            slip=slip,
        ),
    )
    result = assemble_bundle(COVER, SECTIONS, entries, folder / "without.pdf")
    _, numbering = number_papers(SECTIONS, entries, None, "lettered", TODAY)
    writer = PdfWriter(clone_from=result.path)
    expected = add_citations(writer, result.labels, result.front_pages, numbering.papers, {"own": links})
    writer.write(folder / "bundle.pdf")
    return Made(links, folder / "bundle.pdf", expected, result.front_pages)


@pytest.mark.libreoffice
def test_labels_settle_although_the_paper_grows_shorter_by_them(write: Callable[..., Path], tmp_path: Path) -> None:
    """The report is filed before what it cites, and with short labels for long titles it ends on an earlier page."""
    word = write("He is calm, see [[psychologist-report p 2]]. " * 160)
    turns = iter(range(9))

    def count(word: Path) -> int:
        folder = tmp_path / f"turn-{next(turns)}"
        folder.mkdir()
        outcome = convert_documents([word], folder)
        outcome.raise_failures()
        return outcome.files[0].pages

    def render_and_count(labels: Mapping[str, Sequence[str]]) -> dict[str, int]:
        label_citations(word, tmp_path / "labelled.docx", labels)
        return {"report": count(tmp_path / "labelled.docx")}

    def number(counts: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
        return {"psychologist-report": tuple(f"E{counts['report'] + page}" for page in range(1, 5))}

    before = {"report": count(word)}
    labels = settle_citations(render_and_count, number, before)
    after = count(tmp_path / "labelled.docx")
    assert after < before["report"]
    assert labels["psychologist-report"][0] == f"E{after + 1}"


@pytest.mark.libreoffice
def test_the_pdf_has_a_link_for_each_citation(made: Made) -> None:
    assert [link.number for link in made.links] == [1, 2, 3, 4, 5, 6]
    assert [link.cites.id for link in made.links] == ["psychologist-report"] * 3 + ["order"] * 3


@pytest.mark.libreoffice
def test_a_label_that_breaks_in_a_narrow_column_is_one_citation(tmp_path: Path) -> None:
    """A cell of 13 mm, in which [E188 to E195] takes three lines, so that LibreOffice makes three links of it."""
    document = Document()
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    cell = table.rows[0].cells[0]
    cell.width = table.columns[0].width = Mm(13)
    control = (
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:tag w:val="cite order 1-8"/></w:sdtPr>'
        "<w:sdtContent><w:r><w:t>The order</w:t></w:r></w:sdtContent></w:sdt>"
    )
    cell.paragraphs[0]._p.append(parse_xml(control))
    document.save(str(tmp_path / "narrow.docx"))
    labels = {"order": tuple(f"E{number}" for number in range(188, 196))}
    written = label_citations(tmp_path / "narrow.docx", tmp_path / "labelled.docx", labels)
    outcome = convert_documents([tmp_path / "labelled.docx"], tmp_path)
    outcome.raise_failures()
    links = take_citations(outcome.files[0].pdf, tmp_path / "taken.pdf", written)
    assert len(links) > 1
    assert {link.number for link in links} == {1}
    entries = [
        BundlePaper("Own", "statements", outcome.files[0].pdf, id="own"),
        BundlePaper("Before", "reports", make_pdf(tmp_path / "before.pdf", 187), dated=TODAY, id="before"),
        BundlePaper("Order", "reports", make_pdf(tmp_path / "order.pdf", 8), id="order"),
    ]
    result = assemble_bundle(COVER, SECTIONS, entries, tmp_path / "without.pdf")
    _, numbering = number_papers(SECTIONS, entries, None, "lettered", TODAY)
    writer = PdfWriter(clone_from=result.path)
    expected = add_citations(writer, result.labels, result.front_pages, numbering.papers, {"own": links})
    writer.write(tmp_path / "bundle.pdf")
    assert [one.prints for one in expected] == ["[E188 to E195]"]
    prove_citations(tmp_path / "bundle.pdf", expected)


def test_a_citation_lost_on_the_way_to_pdf_is_noticed(tmp_path: Path) -> None:
    pdf = add_link(make_pdf(tmp_path / "a.pdf"), "https://bundle.invalid/order#1")
    taken = tmp_path / "taken.pdf"
    assert len(take_citations(pdf, taken, [Citation("order")])) == 1
    assert "/Annots" not in PdfReader(taken).pages[0]
    for written in ([], [Citation("order"), Citation("order")], [Citation("order", 1, 1)]):
        with pytest.raises(BundleError):
            take_citations(pdf, taken, written)


@pytest.mark.libreoffice
def test_each_citation_prints_the_page_that_it_leads_to(made: Made) -> None:
    assert [(one.prints, one.leads_to) for one in made.expected] == [
        ("[E3]", "E3"),
        ("[E3 to E5]", "E3"),
        ("[E2 to E5]", "E2"),
        ("[D1]", "D1"),
        ("[D1]", "D1"),
        ("[D1]", "D1"),
    ]
    prove_citations(made.bundle, made.expected)


@pytest.mark.libreoffice
def test_a_second_reader_follows_every_citation(made: Made) -> None:
    """pdfium, by its own reading of links, without pypdf."""
    followed: list[str] = []
    with pypdfium2.PdfDocument(made.bundle) as pdf:
        for number in range(made.front_pages, len(pdf)):
            page = pdf[number]
            annotations = pypdfium2.raw.FPDFPage_GetAnnotCount(page)
            for place in range(annotations):
                annotation = pypdfium2.raw.FPDFPage_GetAnnot(page, place)
                link = pypdfium2.raw.FPDFAnnot_GetLink(annotation)
                target = pypdfium2.raw.FPDFLink_GetDest(pdf, link)
                followed.append(pdf.get_page_label(pypdfium2.raw.FPDFDest_GetDestPageIndex(pdf, target)))
                pypdfium2.raw.FPDFPage_CloseAnnot(annotation)
    assert followed == ["E3", "E3", "E2", "D1", "D1", "D1"]


@pytest.mark.libreoffice
def test_no_link_leads_out_of_the_bundle(made: Made) -> None:
    assert b"bundle.invalid" not in made.bundle.read_bytes()
    with pikepdf.open(made.bundle) as pdf:
        links = [link for page in pdf.pages for link in page.obj.get("/Annots", [])]
    assert len(links) > len(made.expected)
    if shutil.which("qpdf"):
        import subprocess

        subprocess.run(["qpdf", "--check", made.bundle], check=True, capture_output=True)


Sabotage = Callable[[PdfWriter, Any], None]


def _lead_elsewhere(writer: PdfWriter, link: Any) -> None:
    link["/Dest"][0] = writer.pages[-1].indirect_reference


def _lead_nowhere(writer: PdfWriter, link: Any) -> None:
    del link[NameObject("/Dest")]


def _lose(writer: PdfWriter, link: Any) -> None:
    link[NameObject("/NM")] = TextStringObject("x")


def _move_off_the_words(writer: PdfWriter, link: Any) -> None:
    link["/Rect"][1] = link["/Rect"][3]


def _invent(writer: PdfWriter, link: Any) -> None:
    link[NameObject("/NM")] = TextStringObject("citation 9.9.0")


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    ("sabotage", "says"),
    [
        (_lead_elsewhere, "does not lead to E3"),
        (_lead_nowhere, "does not lead to E3"),
        (_lose, "has no link there"),
        (_move_off_the_words, "does not print [E3]"),
        (_invent, "has a citation that nobody wrote"),
    ],
)
def test_the_proof_finds_a_citation_that_lies(made: Made, tmp_path: Path, sabotage: Sabotage, says: str) -> None:
    writer = PdfWriter(clone_from=made.bundle)
    link = next(
        annotation.get_object()
        for page in writer.pages
        for annotation in page.get("/Annots", [])
        if annotation.get_object().get("/NM") == "citation 1.1.0"
    )
    sabotage(writer, link)
    writer.write(tmp_path / "lies.pdf")
    with pytest.raises(BundleError) as refused:
        prove_citations(tmp_path / "lies.pdf", made.expected)
    assert says in " ".join(problem.says for problem in refused.value.problems)
    assert {problem.code for problem in refused.value.problems} == {"B002"}


@pytest.mark.libreoffice
def test_the_proof_finds_a_label_that_was_settled_too_early(made: Made) -> None:
    """The paper prints [E3], and the page that it cites became E4 since."""
    later = [ExpectedCitation(one.name, one.on, one.prints.replace("E3", "E4"), one.leads_to) for one in made.expected]
    with pytest.raises(BundleError) as refused:
        prove_citations(made.bundle, later)
    assert len(refused.value.problems) == 2


@pytest.mark.libreoffice
def test_in_a_copy_without_the_evidence_the_link_leads_to_its_slip(plan: Plan, render: Render, tmp_path: Path) -> None:
    word = render(plan(case_text("See [[psychologist-report p 2]]."))["child-permanence-report-rowan"], tmp_path)
    copy = make_bundle(tmp_path, word, slip="Withheld by order")
    assert [(one.prints, one.leads_to) for one in copy.expected] == [("[E3]", "E2 to E5")]
    prove_citations(copy.bundle, copy.expected)


def test_a_citation_of_what_the_bundle_does_not_have_is_an_error(tmp_path: Path) -> None:
    entries = [BundlePaper("Own", "statements", make_pdf(tmp_path / "own.pdf", 1), dated=TODAY, id="own")]
    link = CitationLink(0, (100, 700, 160, 714), Citation("order", 2, 2), 1)
    _, numbering = number_papers(SECTIONS, entries, None, "lettered", TODAY)
    with pytest.raises(BundleError, match="lead nowhere") as refused:
        add_citations(PdfWriter(), ("C1",), 0, numbering.papers, {"own": [link]})
    assert refused.value.problems[0].says == "Page C1 cites a page that is not in the bundle"


def test_such_a_link_in_a_paper_from_outside_is_dropped(tmp_path: Path) -> None:
    """A hostile statement links to bundle.invalid, to have the judge jump to a page of its choice."""
    hostile = add_link(make_pdf(tmp_path / "hostile.pdf"), "https://bundle.invalid/order#1")
    reader = PdfReader(hostile)
    assert prepare_source(reader) == []
    assert "/Annots" not in reader.pages[0]
    folder = tmp_path / "admitted"
    folder.mkdir()
    (admitted,) = admit_evidence([hostile], folder)
    assert isinstance(admitted, AdmittedEvidence)
    assert "/Annots" not in PdfReader(admitted.pdf).pages[0]
    result = assemble_bundle(COVER, SECTIONS, [BundlePaper("Own", "statements", hostile)], tmp_path / "bundle.pdf")
    assert b"bundle.invalid" not in result.path.read_bytes()
