"""The filing kit: every file within its limit, under a safe name, saying the bundle's own page numbers."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import shutil
import subprocess
import sys
import textwrap
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageChops

from generator.base.errors import BundleError, CannotReadError, FileBusyError
from generator.bundle.filing_kit.channels import Channels, ChannelUse, load_channels
from generator.bundle.filing_kit.make import make_kit
from generator.bundle.filing_kit.model import Kit, KitContent, KitFacts
from generator.bundle.filing_kit.names import name_papers, split_words
from generator.bundle.papers import BundlePaper, PlacedPaper
from generator.convert.conversion import convert_documents
from places import ROOT
from plainpdfs import read_bookmarks, read_labels, read_links

CHANNELS = ROOT / "data/filing/channels.yaml"
LONGEST = 46
FACTS = KitFacts(
    case_title="Re R (a child)",
    case_number="ZZ26C50142",
    court="Family Court at Hartsmere",
    hearing="final hearing",
    hearing_at=dt.datetime(2026, 12, 14, 10),
    prepared_on=dt.date(2026, 11, 22),
    lodge_by=("Bundle: 4pm on 10 December 2026 (order of 12 June 2026, paragraph 9)",),
    contact=("Hartsmere Council", "01632 960123"),
    sections=(("A", "Preliminary documents"), ("C", "Statements and affidavits")),
    index_pages=(2,),
    children=("Rowan Hale",),
)


@dataclass(frozen=True)
class Paper:
    """A paper of an invented bundle: its pages as labels, each filled with so many bytes that cannot be compressed."""

    title: str
    labels: Sequence[str]
    kind: str = "witness statement"
    party: str = "Leanne Hale"
    role: str = "mother"
    weight: int = 0
    dated: dt.date | None = dt.date(2026, 5, 29)

    def place(self, key: str) -> PlacedPaper:
        """The paper with its labels, as numbering leaves it."""
        said = BundlePaper(
            self.title, "", Path(), dated=self.dated, id=key, sort=self.kind, made_by=self.party, role=self.role
        )
        return PlacedPaper(said, tuple(self.labels))


def labels(letter: str, first: int, last: int) -> tuple[str, ...]:
    return tuple(f"{letter}{number}" for number in range(first, last + 1))


def make_bundle(path: Path, papers: Sequence[Paper], *, shared: bool = False) -> tuple[PlacedPaper, ...]:
    """A bundle as ours are: cover, an index whose lines lead to the papers, labels, and bookmarks in two levels.

    `shared` gives all pages one list of all pictures, as some scanners do.
    """
    noise = random.Random(1)
    placed: list[PlacedPaper] = []
    starts: list[int] = []
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name("/Courier-Bold")
            )
        )
        pictures = pdf.make_indirect(pikepdf.Dictionary())
        numbers = []

        def add_page(label: str, weight: int) -> None:
            page = pdf.add_blank_page(page_size=(595.28, 841.89))
            own = pikepdf.Dictionary() if not shared else pictures
            draws = b""
            if weight:
                side = max(int((weight / 3) ** 0.5), 1)
                picture = pikepdf.Stream(
                    pdf,
                    noise.randbytes(side * side * 3),
                    Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=side, Height=side,
                    ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8,
                )  # fmt: skip
                own[f"/P{label}"] = pdf.make_indirect(picture)
                draws = f"q 500 0 0 700 40 80 cm /P{label} Do Q ".encode()
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(B=font), XObject=own)
            page.Contents = pikepdf.Stream(pdf, draws + f"BT /B 12 Tf 500 20 Td ({label}) Tj ET".encode())
            numbers.extend([len(pdf.pages) - 1, pikepdf.Dictionary(P=pikepdf.String(label))])

        add_page("i", 0)
        add_page("ii", 0)
        for number, paper in enumerate(papers):
            starts.append(len(pdf.pages))
            for label in paper.labels:
                add_page(label, paper.weight)
            placed.append(paper.place(f"paper-{number}"))
        pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(numbers))
        pdf.pages[1].Annots = pikepdf.Array(
            pdf.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[60, 700 - 20 * at, 530, 715 - 20 * at],
                    Border=[0, 0, 0], Dest=[pdf.pages[start].obj, pikepdf.Name.XYZ, 0, 842, None],
                )
            )
            for at, start in enumerate(starts)
        )  # fmt: skip
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Cover – pg i", 0))
            outline.root.append(pikepdf.OutlineItem("Index – pg ii", 1))
            for one, start in zip(placed, starts, strict=True):
                section = f"{one.section_letter} Section – pg "
                if not outline.root[-1].title.startswith(section):
                    outline.root.append(pikepdf.OutlineItem(f"{section}{one.first_label}", start))
                outline.root[-1].children.append(
                    pikepdf.OutlineItem(f"{one.paper.title} – pg {one.first_label}", start)
                )
        pdf.docinfo["/Title"] = "Court bundle ZZ26C50142"
        pdf.save(path, static_id=True)
    return tuple(placed)


PAPERS = (
    Paper("Case summary", labels("A", 1, 2), "case summary", "Hartsmere Council", "local authority"),
    Paper("Statement of the mother", labels("C", 1, 3)),
    Paper("Statement of the father", labels("C", 4, 5), party="Łukasz Hale", role="father"),
)
HEAVY = tuple(replace(paper, weight=60_000) for paper in PAPERS)


@pytest.fixture(scope="session")
def channels() -> Channels:
    return load_channels(CHANNELS)


@pytest.fixture(scope="session")
def small(channels: Channels) -> Channels:
    """The same channels with megabytes of 4,000 bytes: 400 kB for the portal, 100 kB for a message."""
    return channels.model_copy(update={"bytes_per_megabyte": 4_000, "bytes_beside_attachment": 2_000})


def build(
    folder: Path, papers: Sequence[Paper], channels: Channels, facts: KitFacts = FACTS, *, shared: bool = False
) -> Kit:
    placed = make_bundle(folder / "ZZ26C50142-bundle.pdf", papers, shared=shared)
    return make_kit(folder / "ZZ26C50142-bundle.pdf", placed, facts, channels, folder / "kit")


def read_all_labels(kit: Kit, content: KitContent) -> list[str]:
    return [label for file in kit.of(content) for label in read_labels(kit.folder / file.path)]


def look_same(one: Path, page: int, other: Path, other_page: int) -> bool:
    with pypdfium2.PdfDocument(one) as first, pypdfium2.PdfDocument(other) as second:
        pictures = [pdf[at].render().to_pil().convert("RGB") for pdf, at in ((first, page), (second, other_page))]
    return ImageChops.difference(*pictures).getbbox() is None


def words_of(path: Path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


# What the channels allow.


def test_each_limit_is_data_with_its_source_and_day(channels: Channels) -> None:
    assert {one.id: one.megabytes for one in channels.channels} == {
        "portal": 100,
        "court-email": 25,
        "justice-email": 36,
        "judge-email": 150,
    }
    assert (channels.file_name_length.shortest, channels.file_name_length.longest) == (2, 50)
    rows = (*channels.channels, channels.file_names, channels.file_name_length, *channels.rules, *channels.never_upload)
    assert all(row.source and row.checked_on == dt.date(2026, 11, 22) and not row.fallback for row in rows)


def test_the_largest_attachment_makes_a_message_just_under_the_limit(channels: Channels) -> None:
    email = channels.channel_for(ChannelUse.PARTS)
    size = channels.largest_file(email)
    message = EmailMessage(policy=SMTP)
    message["Subject"], message["From"], message["To"] = "ZZ26C50142", "legal@example.org", "court@example.org"
    message.set_content("The bundle, part 1 of 3.\n" * 20)
    message.add_attachment(b"\0" * size, maintype="application", subtype="pdf", filename="part-1.pdf")
    sent = len(message.as_bytes())
    assert 25_000_000 - channels.bytes_beside_attachment < sent <= 25_000_000


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("megabytes: 100", "megabites: 100", "C001"),
        ("    megabytes: 100\n", "", "C002"),
        ("megabytes: 100", "megabytes: lots", "C003"),
        ("megabytes: 100", "megabytes: [100]", "C003"),
        ("megabytes: 100", "megabytes:", "C003"),
        ("use: mention", "use: portal", "C003"),
        ("longest: 50", "longest: 20", "C003"),
        ("megabytes: 25", "megabytes: 0", "C003"),
    ],
)
def test_a_file_of_channels_that_cannot_be_right_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, code: str
) -> None:
    text = CHANNELS.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "channels.yaml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CannotReadError) as refused:
        load_channels(file)
    assert code in {problem.code for problem in refused.value.problems}
    assert all(problem.place and problem.place.line for problem in refused.value.problems)


# Names.


def name(
    *papers: tuple[str, str, str], children: Sequence[str] = ("Rowan Hale",), longest: int = LONGEST
) -> tuple[str, ...]:
    made = [
        Paper("Title", (f"C{at + 1}",), kind, party, role).place(str(at))
        for at, (kind, party, role) in enumerate(papers)
    ]
    return name_papers(made, children, [longest] * len(made))


def test_a_paper_is_named_as_the_portal_asks(channels: Channels) -> None:
    assert name(("position statement", "Jane Smith", "respondent")) == (channels.file_names.example,)


@pytest.mark.parametrize(
    ("party", "said"),
    [
        ("Łukasz Żółć", "Order-lukasz-zolc-father"),
        ("Siobhán O’Neill", "Order-siobhan-oneill-father"),
        ("Jürgen Groß", "Order-jurgen-gross-father"),
        ("Þórr Ærø", "Order-thorr-aero-father"),
        ("Олена Шевченко", "Order-father"),
        ("فاطمة الزهراء", "Order-father"),
        ("陈伟", "Order-father"),
        ("Anna Шевченко", "Order-father"),
        ("../../etc/passwd", "Order-etc-passwd-father"),
        ("A" * 60, "Order-father"),
        ("Maximiliana Alexandra Theodora Windermere", "Order-father"),
        ("Maximiliana Alexandra Theodora Winder", "Order-maximiliana-alexandra-theodora-winder"),
    ],
)
def test_names_in_any_script_become_plain_letters_or_are_left_out(party: str, said: str) -> None:
    assert name(("order", party, "father")) == (said,)


@pytest.mark.parametrize("party", ["Rowan Hale", "Hale, Rowan", "ROWAN James HALE", "Rôwan Hale"])
def test_a_childs_name_is_never_in_a_file_name(party: str) -> None:
    assert name(("position statement", party, "child")) == ("Position-statement-child",)
    assert name(("care plan for Rowan Hale", "Hartsmere Council", "")) == ("Document-hartsmere-council",)
    assert name(("order", "Leanne Hale", "mother of Rowan")) == ("Order-mother-of-rowan",)


@pytest.mark.parametrize("role", ["First Respondent, mother", "First Respondent (mother)"])
def test_of_a_capacity_in_two_parts_the_first_is_the_role(role: str) -> None:
    said = name(("witness statement", "Leanne Hale", role))
    assert said == ("Witness-statement-leanne-hale-first-respondent",)


def test_a_paper_without_a_kind_is_a_document() -> None:
    assert name(("", "Jane Smith", "expert"), ("Заява", "", "")) == ("Document-jane-smith-expert", "Document")


def test_names_that_would_be_the_same_end_with_the_first_page() -> None:
    three = [("witness statement", "Jane Smith", "mother")] * 2 + [("Witness Statement", "JANE SMITH", "mother")]
    assert name(*three) == tuple(f"Witness-statement-jane-smith-mother-C{number}" for number in (1, 2, 3))


WORDS = st.text(max_size=60) | st.sampled_from(["Rowan Hale", "mother", "witness statement", "Jane Smith", "C1", "C2"])


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=12), st.integers(24, LONGEST))
def test_any_names_are_safe_short_and_each_used_once(papers: list[tuple[str, str, str]], longest: int) -> None:
    names = name(*papers, longest=longest)
    assert len({one.lower() for one in names}) == len(names)
    for one in names:
        assert one.isascii()
        assert one.replace("-", "").isalnum()
        assert not one.startswith("-")
        assert not one.endswith("-")
        assert len(one) <= longest
        assert not {"rowan", "hale"} <= set(split_words(one))


# The bundle, whole and in parts.


def test_a_bundle_within_the_limits_is_filed_as_it_is(tmp_path: Path, channels: Channels) -> None:
    kit = build(tmp_path, PAPERS, channels)
    whole = (tmp_path / "ZZ26C50142-bundle.pdf").read_bytes()
    for content, where in ((KitContent.BUNDLE, "bundle"), (KitContent.EMAIL, "email")):
        (file,) = kit.of(content)
        assert file.path == f"{where}/ZZ26C50142-bundle.pdf"
        assert (kit.folder / file.path).read_bytes() == whole
        assert (file.first_label, file.last_label) == ("i", "C5")
    assert kit.warnings == ()


def test_a_bundle_over_the_limit_is_split_between_papers(tmp_path: Path, small: Channels) -> None:
    kit = build(tmp_path, HEAVY, small)
    parts = kit.of(KitContent.BUNDLE)
    assert [part.path for part in parts] == [f"bundle/ZZ26C50142-bundle-part-{number}-of-2.pdf" for number in (1, 2)]
    assert [(part.first_label, part.last_label) for part in parts] == [("i", "C3"), ("C4", "C5")]
    for part in parts:
        assert (kit.folder / part.path).stat().st_size == part.size <= 400_000
    assert read_all_labels(kit, KitContent.BUNDLE) == [
        "i", "ii", "A1", "A2", "C1", "C2", "C3", "C4", "C5",
    ]  # fmt: skip
    assert any("in 2 parts" in warning for warning in kit.warnings)


def test_the_pages_of_a_part_look_like_those_of_the_bundle(tmp_path: Path, small: Channels) -> None:
    kit = build(tmp_path, HEAVY, small)
    whole = tmp_path / "ZZ26C50142-bundle.pdf"
    at = 0
    for part in kit.of(KitContent.BUNDLE):
        for page in range(len(read_labels(kit.folder / part.path))):
            assert look_same(whole, at, kit.folder / part.path, page)
            at += 1
    assert at == 9


def test_a_part_keeps_the_bookmarks_of_its_pages_and_says_where_it_goes_on(tmp_path: Path, small: Channels) -> None:
    kit = build(tmp_path, HEAVY, small)
    first, second = (kit.folder / part.path for part in kit.of(KitContent.BUNDLE))
    assert read_bookmarks(first) == [
        ("Cover – pg i", 0, 0),
        ("Index – pg ii", 0, 1),
        ("A Section – pg A1", 0, 2),
        ("Case summary – pg A1", 1, 2),
        ("C Section – pg C1", 0, 4),
        ("Statement of the mother – pg C1", 1, 4),
    ]
    assert read_bookmarks(second) == [
        ("C Section (continued) – pg C4", 0, 0),
        ("Statement of the father – pg C4", 1, 0),
    ]


def test_a_part_keeps_the_links_that_lead_inside_it_and_no_others(tmp_path: Path, small: Channels) -> None:
    kit = build(tmp_path, HEAVY, small)
    first = kit.folder / kit.of(KitContent.BUNDLE)[0].path
    assert read_links(tmp_path / "ZZ26C50142-bundle.pdf", 1) == [2, 4, 7]
    assert read_links(first, 1) == [2, 4]


def test_parts_for_e_mail_are_under_the_limit_as_messages(tmp_path: Path, small: Channels) -> None:
    kit = build(tmp_path, HEAVY, small)
    parts = kit.of(KitContent.EMAIL)
    for part in parts:
        message = EmailMessage(policy=SMTP)
        message["Subject"] = part.path
        message.set_content("The bundle, in parts.\n")
        content = (kit.folder / part.path).read_bytes()
        message.add_attachment(content, maintype="application", subtype="pdf", filename=part.path)
        assert len(content) < len(message.as_bytes()) <= 100_000
    assert read_all_labels(kit, KitContent.EMAIL)[-1] == "C5"
    # One page of 60 kB to a message: two would be over the limit only because of base64.
    assert len(parts) == 7
    assert parts[0].first_label == "i"


def test_a_paper_larger_than_a_part_is_divided_between_pages(tmp_path: Path, small: Channels) -> None:
    long = Paper("Long statement", labels("C", 4, 14), weight=60_000, party="Jane Smith", role="expert")
    kit = build(tmp_path, (*HEAVY[:2], long), small)
    ranges = [(part.first_label, part.last_label) for part in kit.of(KitContent.BUNDLE)]
    assert ranges == [("i", "C4"), ("C5", "C10"), ("C11", "C14")]
    papers = [file for file in kit.of(KitContent.PAPER) if file.paper == "paper-2"]
    assert [file.path for file in papers] == [
        f"papers/Witness-statement-jane-smith-part-{number}-of-2.pdf" for number in (1, 2)
    ]
    assert read_all_labels(kit, KitContent.PAPER)[-11:] == list(long.labels)
    assert read_bookmarks(kit.folder / papers[1].path)[-1][0] == "Long statement (continued) – pg C10"


def test_pieces_of_a_scan_whose_pages_share_one_list_of_pictures_hold_only_their_own(
    tmp_path: Path, small: Channels
) -> None:
    kit = build(tmp_path, HEAVY, small, shared=True)
    whole = (tmp_path / "ZZ26C50142-bundle.pdf").stat().st_size
    assert whole < sum(part.size for part in kit.of(KitContent.BUNDLE)) < 1.1 * whole
    first = kit.folder / kit.of(KitContent.PAPER)[0].path
    assert look_same(tmp_path / "ZZ26C50142-bundle.pdf", 2, first, 0)


def test_a_page_larger_than_the_portal_takes_is_refused_by_its_number(tmp_path: Path, small: Channels) -> None:
    with pytest.raises(BundleError) as refused:
        build(tmp_path, (*PAPERS, Paper("Plan", ("F1", "F2"), weight=500_000)), small)
    (problem,) = refused.value.problems
    assert problem.code == "B001"
    assert "F1 alone" in problem.says
    assert "Plan" not in problem.says


def test_a_page_larger_than_a_message_leaves_the_kit_without_parts_for_e_mail(tmp_path: Path, small: Channels) -> None:
    kit = build(tmp_path, (*PAPERS, Paper("Plan", ("F1", "F2"), weight=150_000)), small)
    assert kit.of(KitContent.EMAIL) == ()
    assert not (kit.folder / "email").exists()
    assert any("F1 alone" in warning for warning in kit.warnings)
    assert "Not possible" in words_of(kit.folder / "filing-note.docx")


def test_pages_filed_late_keep_their_labels_in_every_piece(tmp_path: Path, small: Channels) -> None:
    late = (
        Paper("Statement", ("B11", "B12"), weight=60_000),
        Paper("Late", ("B12a", "B12b"), weight=60_000),
        Paper("Next", ("B13", "B14", "B15"), weight=60_000),
    )
    kit = build(tmp_path, late, small)
    assert [read_labels(kit.folder / file.path) for file in kit.of(KitContent.PAPER)] == [
        list(paper.labels) for paper in late
    ]
    assert len(kit.of(KitContent.BUNDLE)) == 2
    assert read_all_labels(kit, KitContent.BUNDLE)[2:] == [label for paper in late for label in paper.labels]


def test_a_piece_that_would_carry_a_page_of_another_paper_is_refused(tmp_path: Path, channels: Channels) -> None:
    papers = make_bundle(tmp_path / "clean.pdf", PAPERS)
    with pikepdf.open(tmp_path / "clean.pdf") as pdf:
        pdf.pages[2].Resources.Properties = pikepdf.Dictionary(M=pikepdf.Dictionary(Elsewhere=pdf.pages[7].obj))
        pdf.save(tmp_path / "bundle.pdf")
    with pytest.raises(BundleError, match="did not pass the proof") as refused:
        make_kit(tmp_path / "bundle.pdf", papers, FACTS, channels, tmp_path / "kit")
    assert "A1 to A2" in refused.value.problems[0].says


# Papers, index, note and hashes.


def test_each_paper_is_a_file_with_its_own_pages_and_bookmark(tmp_path: Path, channels: Channels) -> None:
    kit = build(tmp_path, PAPERS, channels)
    papers = kit.of(KitContent.PAPER)
    assert [file.path for file in papers] == [
        "papers/Case-summary-hartsmere-council-local-authority.pdf",
        "papers/Witness-statement-leanne-hale-mother.pdf",
        "papers/Witness-statement-lukasz-hale-father.pdf",
    ]
    assert [read_labels(kit.folder / file.path) for file in papers] == [list(paper.labels) for paper in PAPERS]
    assert read_bookmarks(kit.folder / papers[1].path) == [("Statement of the mother – pg C1", 0, 0)]
    assert look_same(tmp_path / "ZZ26C50142-bundle.pdf", 7, kit.folder / papers[2].path, 0)


def test_papers_with_identical_titles_all_get_a_file(tmp_path: Path, channels: Channels) -> None:
    same = [Paper("Statement", labels("C", at, at)) for at in (1, 2, 3)]
    kit = build(tmp_path, same, channels)
    assert [file.path for file in kit.of(KitContent.PAPER)] == [
        f"papers/Witness-statement-leanne-hale-mother-C{at}.pdf" for at in (1, 2, 3)
    ]


def test_confidential_contact_details_get_no_file_for_upload(tmp_path: Path, channels: Channels) -> None:
    secret = Paper("Address", ("C6",), "confidential contact details (form C8)")
    kit = build(tmp_path, (*PAPERS, secret), channels)
    assert [file.paper for file in kit.of(KitContent.PAPER)] == ["paper-0", "paper-1", "paper-2"]
    assert any("C6 has no file of its own" in warning for warning in kit.warnings)


def test_no_file_name_is_longer_than_the_court_takes_or_says_the_child(tmp_path: Path, small: Channels) -> None:
    papers = make_bundle(tmp_path / "Rowan Hale – bundle for the final hearing on Monday 14 December.pdf", HEAVY)
    bundle = next(tmp_path.glob("*.pdf"))
    kit = make_kit(bundle, papers, FACTS, small, tmp_path / "kit")
    assert kit.of(KitContent.BUNDLE)[0].path == "bundle/court-bundle-part-1-of-2.pdf"
    long = bundle.rename(tmp_path / f"{'ZZ26C50142-bundle-' * 4}.pdf")
    kit = make_kit(long, papers, FACTS, small, tmp_path / "other")
    assert all(2 <= len(Path(file.path).name) <= 50 for file in kit.files)


def test_the_index_alone_is_the_bundles_own_pages(tmp_path: Path, channels: Channels) -> None:
    kit = build(tmp_path, PAPERS, channels)
    assert read_labels(kit.folder / "index.pdf") == ["ii"]
    assert read_links(kit.folder / "index.pdf", 0) == []
    assert look_same(tmp_path / "ZZ26C50142-bundle.pdf", 1, kit.folder / "index.pdf", 0)


def test_the_index_in_word_is_a_table_whose_header_is_repeated(tmp_path: Path, channels: Channels) -> None:
    kit = build(tmp_path, PAPERS, channels)
    document = Document(str(kit.folder / "index.docx"))
    (table,) = document.tables
    assert [*table.rows[0]._tr.iter(qn("w:tblHeader"))]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["No.", "Date", "Document", "Pages"],
        ["A", "Preliminary documents", "Preliminary documents", "A1 to A2"],
        ["1", "29 May 2026", "Case summary\nHartsmere Council", "A1 to A2"],
        ["C", "Statements and affidavits", "Statements and affidavits", "C1 to C5"],
        ["2", "29 May 2026", "Statement of the mother\nLeanne Hale", "C1 to C3"],
        ["3", "29 May 2026", "Statement of the father\nŁukasz Hale", "C4 to C5"],
    ]
    section = document.sections[0]
    assert (section.page_width, section.page_height) == pytest.approx((Cm(21.0), Cm(29.7)), abs=Cm(0.01))
    assert "PAGE" in "".join(part.text or "" for part in section.footer._element.iter(qn("w:instrText")))
    sizes = [document.styles[style].font.size.pt for style in ("Normal", "Footer", "Heading 1")]
    assert min(sizes) == 12
    assert document.core_properties.author == "Hartsmere Council"


def test_words_from_right_to_left_are_runs_of_their_own(tmp_path: Path, channels: Channels) -> None:
    kit = build(tmp_path, (replace(PAPERS[0], title="Statement of فاطمة الزهراء, mother"),), channels)
    runs = Document(str(kit.folder / "index.docx")).tables[0].rows[2].cells[2].paragraphs[0].runs
    assert [(run.text, bool(run.font.rtl)) for run in runs] == [
        ("Statement of ", False),
        ("فاطمة الزهراء", True),
        (", mother", False),
    ]


def test_essential_reading_and_missing_dates_are_said(tmp_path: Path, channels: Channels) -> None:
    (placed,) = make_bundle(tmp_path / "bundle.pdf", (replace(PAPERS[0], dated=None),))
    marked = replace(placed, paper=replace(placed.paper, essential=True))
    make_kit(tmp_path / "bundle.pdf", [marked], FACTS, channels, tmp_path / "kit")
    said = words_of(tmp_path / "kit/index.docx")
    assert "* Case summary" in said
    assert "undated" in said
    assert "* marks essential reading" in said


def test_the_note_says_what_is_filed_where_and_by_when(tmp_path: Path, small: Channels) -> None:
    facts = replace(FACTS, kept_back=("The signed original of C1 to C3",))
    said = words_of(build(tmp_path, HEAVY, small, facts).folder / "filing-note.docx")
    for words in (
        "Re R (a child)",
        "ZZ26C50142, Family Court at Hartsmere",
        "Final hearing, 10am on Monday 14 December 2026",
        "Prepared on 22 November 2026 by Hartsmere Council\n01632 960123",
        "4pm on 10 December 2026 (order of 12 June 2026, paragraph 9)",
        "9 pages: 2 pages of cover and index, and 3 papers (A1 to C5)",
        "Folder bundle: 2 parts (i to C3, C4 to C5)",
        "Folder papers: 3 files",
        "Folder email: 7 parts",
        "one e-mail for each step",
        "100 MB for each file",
        "The signed original of C1 to C3",
        "Form C8",
        "Signed originals",
    ):
        assert words in said


def test_a_note_without_a_date_says_so(tmp_path: Path, channels: Channels) -> None:
    kit = build(tmp_path, PAPERS, channels, replace(FACTS, lodge_by=(), hearing="", hearing_at=None, contact=()))
    assert "No date is recorded" in words_of(kit.folder / "filing-note.docx")


@pytest.mark.libreoffice
def test_a_full_note_fits_on_one_page(tmp_path: Path, small: Channels) -> None:
    full = replace(
        FACTS,
        case_title="In the matter of the Children Act 1989 and in the matter of R, W and four other children",
        lodge_by=tuple(
            f"{what}: 4pm on Thursday 10 December 2026 (order of 12 June 2026, paragraph 9)" for what in "ABCD"
        ),
        kept_back=tuple(f"The signed original of {pages}" for pages in ("C1 to C3", "C4 to C5", "D1 to D9")),
    )
    kit = build(tmp_path, HEAVY, small, full)
    made = tmp_path / "made"
    made.mkdir()
    outcome = convert_documents([kit.folder / "filing-note.docx"], made)
    outcome.raise_failures()
    with pypdfium2.PdfDocument(outcome.files[0].pdf) as shown:
        assert len(shown) == 1


def test_every_file_has_its_hash_and_sha256sum_agrees(tmp_path: Path, small: Channels) -> None:
    kit = build(tmp_path, HEAVY, small)
    lines = (kit.folder / "hashes.txt").read_text().splitlines()
    listed = {path: digest for digest, path in (line.split("  ", 1) for line in lines)}
    there = {path.relative_to(kit.folder).as_posix() for path in kit.folder.rglob("*") if path.is_file()}
    assert set(listed) | {"hashes.txt"} == there == {file.path for file in kit.files}
    for path, digest in listed.items():
        assert hashlib.sha256((kit.folder / path).read_bytes()).hexdigest() == digest
    if shutil.which("sha256sum"):
        subprocess.run(
            ["sha256sum", "--check", "--strict", "hashes.txt"], cwd=kit.folder, check=True, capture_output=True
        )


def test_same_input_gives_the_same_bytes(tmp_path: Path, small: Channels, monkeypatch: pytest.MonkeyPatch) -> None:
    papers = make_bundle(tmp_path / "bundle.pdf", HEAVY)
    one = make_kit(tmp_path / "bundle.pdf", papers, FACTS, small, tmp_path / "one")
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    other = make_kit(tmp_path / "bundle.pdf", papers, FACTS, small, tmp_path / "other")
    assert one.files == other.files
    for word in ("index.docx", "filing-note.docx"):
        with zipfile.ZipFile(one.folder / word) as packed:
            assert {part.date_time for part in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_every_pdf_of_the_kit_passes_qpdf_and_has_an_identity_of_its_own(tmp_path: Path, small: Channels) -> None:
    kit = build(tmp_path, HEAVY, small)
    identities = set()
    files = sorted(kit.folder.rglob("*.pdf"))
    for path in files:
        with pikepdf.open(path) as pdf:
            assert pdf.check_pdf_syntax() == []
            identities.add(bytes(pdf.trailer.ID[0]))
    assert len(identities) == len(files)


def test_a_paper_of_which_pages_were_withdrawn_is_named_by_its_first_and_last_page(
    tmp_path: Path, channels: Channels
) -> None:
    shown = Paper("Statement of the mother", ("C1", "C2", "C3 to C4"))
    (placed,) = make_bundle(tmp_path / "bundle.pdf", (shown,))
    shorter = replace(placed, labels=("C1", "C2"), gone=("C3", "C4"))
    kit = make_kit(tmp_path / "bundle.pdf", [shorter], FACTS, channels, tmp_path / "kit")
    assert "C1 to C4" in words_of(tmp_path / "kit/index.docx").split("\n")
    assert read_all_labels(kit, KitContent.PAPER) == ["C1", "C2", "C3 to C4"]


# What is refused.


@pytest.mark.parametrize(
    "others",
    [("C2", "C3"), ("C1", "C2", "C9"), ("C1", "C3"), ("A2", "C1", "C2"), ("C98", "C99"), ("C3", "C2", "C1")],
)
def test_papers_that_are_not_the_bundles_are_refused(
    tmp_path: Path, channels: Channels, others: tuple[str, ...]
) -> None:
    papers = list(make_bundle(tmp_path / "bundle.pdf", PAPERS))
    papers[1] = replace(papers[1], labels=others)
    if others == ("C2", "C3"):
        papers[0] = replace(papers[0], labels=("C1", "C2"))
    with pytest.raises(BundleError) as refused:
        make_kit(tmp_path / "bundle.pdf", papers, FACTS, channels, tmp_path / "kit")
    assert {problem.code for problem in refused.value.problems} == {"B002"}


@pytest.mark.parametrize("pages", [(), (3,), (0,), (2, 1)])
def test_an_index_that_is_not_in_front_is_refused(tmp_path: Path, channels: Channels, pages: tuple[int, ...]) -> None:
    with pytest.raises(BundleError):
        build(tmp_path, PAPERS, channels, replace(FACTS, index_pages=pages))


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, channels: Channels) -> None:
    (tmp_path / "kit").mkdir()
    (tmp_path / "kit/mine.txt").write_text("mine")
    with pytest.raises(FileBusyError):
        build(tmp_path, PAPERS, channels)
    assert [path.name for path in (tmp_path / "kit").iterdir()] == ["mine.txt"]


def test_a_file_that_is_no_bundle_is_refused(tmp_path: Path, channels: Channels) -> None:
    (tmp_path / "bundle.pdf").write_bytes(b"%PDF-1.7\nnothing")
    with pytest.raises(BundleError):
        make_kit(tmp_path / "bundle.pdf", (), FACTS, channels, tmp_path / "kit")


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_large_bundle_is_not_held_in_memory_many_times(tmp_path: Path, channels: Channels) -> None:
    scans = [Paper(f"Scan {at}", labels("C", 8 * at + 1, 8 * at + 8), weight=1_500_000) for at in range(10)]
    make_bundle(tmp_path / "bundle.pdf", scans)
    size = (tmp_path / "bundle.pdf").stat().st_size
    assert size > 115_000_000
    # The peak as the kernel knows it for this program alone; getrusage would count the test run that started it.
    program = f"""
        import datetime, re
        from pathlib import Path
        from generator.bundle.filing_kit.channels import load_channels
        from generator.bundle.filing_kit.model import KitFacts
        from generator.bundle.filing_kit.make import make_kit
        from generator.bundle.papers import BundlePaper, PlacedPaper

        def peak():
            return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) * 1024

        channels = load_channels(Path({str(CHANNELS)!r}))
        before = peak()
        papers = [
            PlacedPaper(BundlePaper(title, "", Path(), sort="witness statement"), labels)
            for title, labels in {[(one.title, one.labels) for one in scans]!r}
        ]
        make_kit(Path("bundle.pdf"), papers, {FACTS!r}, channels, Path("kit"))
        print(peak() - before)
    """
    run = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, check=True, capture_output=True, text=True,
    )  # fmt: skip
    # One part of at most 100 MB at a time, whatever the size of the bundle; 2.5 times that size would be allowed.
    assert 50_000_000 < int(run.stdout) < 120_000_000 < 2.5 * size
    assert len([*(tmp_path / "kit/bundle").iterdir()]) == 2
