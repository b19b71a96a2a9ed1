"""Late papers: what was filed never moves, and everyone is told what is new."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from generator.base.errors import BundleError, CannotReadError, FileBusyError
from generator.bundle.assemble import AssembledBundle, assemble_bundle
from generator.bundle.cover import Cover
from generator.bundle.labels import find_free, read_label, write_label
from generator.bundle.ledger import Ledger, read_ledger, write_ledger
from generator.bundle.newpages import draw_change_note, write_new_pages
from generator.bundle.numbering import LateStyle, NumberedBundle, number_arranged
from generator.bundle.opened_pdfs import OpenedPdf
from generator.bundle.papers import BundlePaper, BundleSection, FilingChange, arrange_papers
from generator.bundle.proof import ExpectedRow, prove_pages
from generator.bundle.round_diff import describe_changes, plan_changes
from plainpdfs import make_pdf, read_labels, read_text

SECTIONS = (BundleSection("preliminary", "A", "Preliminary documents"), BundleSection("statements", "C", "Statements"))
FIRST, SECOND, THIRD = dt.date(2026, 11, 2), dt.date(2026, 12, 3), dt.date(2026, 12, 9)
COVER = Cover(
    court="In the Family Court at Hartsmere",
    case_number="ZZ26C50142",
    matters=("In the matter of the Children Act 1989",),
    children=("Rowan Hale",),
    parties=(),
    hearing="final hearing",
    prepared_on=FIRST,
)
Make = Callable[..., BundlePaper]
Build = Callable[..., AssembledBundle]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """An entry with a PDF of its own. Its grey tells one file from another of the same length."""

    def made(
        identity: str, pages: int = 1, dated: str = "2026-09-01", *, grey: float = 0.5, **more: Any
    ) -> BundlePaper:
        path = make_pdf(tmp_path / f"{identity}-{pages}-{grey}.pdf", pages, b"%g g" % grey)
        section = more.pop("section", "statements")
        return BundlePaper(f"Paper {identity}", section, path, dated=dt.date.fromisoformat(dated), id=identity, **more)

    return made


@pytest.fixture
def build(tmp_path: Path) -> Build:
    def built(
        *entries: BundlePaper, ledger: Ledger | None = None, on: dt.date = FIRST, style: LateStyle = "lettered"
    ) -> AssembledBundle:
        cover = replace(COVER, prepared_on=on)
        return assemble_bundle(cover, SECTIONS, entries, tmp_path / "bundle.pdf", ledger=ledger, late_style=style)

    return built


def ranges(result: AssembledBundle) -> dict[str, str]:
    return {one.paper.id: one.page_range for one in result.papers}


def read_stamps(path: Path) -> list[str]:
    """What is printed at the foot of each page on the right, as poppler reads it."""
    size = ["-x", "380", "-y", "800", "-W", "215", "-H", "42"]
    said = subprocess.run(["pdftotext", *size, str(path), "-"], capture_output=True, text=True, check=True).stdout
    return [" ".join(page.split()) for page in said.split("\f")[:-1]]


def read_links(path: Path) -> list[str]:
    """The label of the page that each link leads to, in order."""
    labels = read_labels(path)
    with pikepdf.open(path) as pdf:
        numbers: dict[object, int] = {one.objgen: number for number, one in enumerate(pdf.pages)}
        return [labels[numbers[link.Dest[0].objgen]] for page in pdf.pages for link in page.obj.get("/Annots", [])]


def test_labels_stand_in_the_order_in_which_they_are_printed() -> None:
    in_order = ["B0.1", "B0a", "B1", "B2", "B12", "B12.0a", "B12.1", "B12a", "B12a1", "B12a1a", "B12a2", "B12b"]
    in_order += ["B12z", "B12aa", "B12ab", "B13", "B112aa", "C1"]
    assert sorted(set(in_order), key=read_label) == in_order
    assert [write_label(*read_label(label)) for label in in_order] == in_order


@pytest.mark.parametrize(
    "label", ["", "B", "B0", "B01", "b1", "12", "B12A", "B12a0", "B12.", "B1.a", "B1 to B2", "i", "B12a-1", "B1\n"]
)
def test_what_is_no_label_is_refused(label: str) -> None:
    with pytest.raises(ValueError, match="must"):
        read_label(label)


@pytest.mark.parametrize(
    ("before", "after", "count", "labels"),
    [
        ("", None, 3, ["B1", "B2", "B3"]),
        ("B12", None, 2, ["B13", "B14"]),
        ("B12", "B13", 3, ["B12a", "B12b", "B12c"]),
        ("B12c", "B13", 2, ["B12d", "B12e"]),
        ("B12a", "B12b", 2, ["B12a1", "B12a2"]),
        ("B12", "B12a", 2, ["B12.1", "B12.2"]),
        ("B12", "B12.1", 1, ["B12.0a"]),
        ("B12.2", "B12a", 1, ["B12.3"]),
        ("B12b", None, 1, ["B13"]),
        ("", "B1", 2, ["B0a", "B0b"]),
        ("", "B0a", 1, ["B0.1"]),
        ("B12a1", "B12c", 2, ["B12a2", "B12a3"]),
        ("B12y", "B13", 3, ["B12z", "B12aa", "B12ab"]),
    ],
)
def test_new_pages_get_the_shortest_labels_that_fit(
    before: str, after: str | None, count: int, labels: list[str]
) -> None:
    first = read_label(before)[1] if before else ()
    found = find_free(first, read_label(after)[1] if after else None, count)
    assert [write_label("B", key) for key in found] == labels


@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(1, 40)), max_size=30))
def test_there_is_room_between_any_two_pages_for_ever(insertions: list[tuple[int, int]]) -> None:
    taken: list[tuple[int, ...]] = []
    for where, count in insertions:
        place = where % (len(taken) + 1)
        found = find_free(taken[place - 1] if place else (), taken[place] if place < len(taken) else None, count)
        taken[place:place] = found
        assert all(one < other for one, other in itertools.pairwise(taken))
        assert all(read_label(write_label("B", key)) == ("B", key) for key in found)


def test_a_late_paper_between_filed_ones_is_lettered_and_moves_nothing(make: Make, build: Build) -> None:
    early, last = make("early", 12, "2026-05-01"), make("last", 3, "2026-09-01")
    first = build(early, last)
    second = build(early, last, make("late", 3, "2026-07-01"), ledger=first.ledger, on=SECOND)
    assert ranges(first) == {"early": "C1 to C12", "last": "C13 to C15"}
    assert ranges(second) == {"early": "C1 to C12", "late": "C12a to C12c", "last": "C13 to C15"}
    assert second.labels[13:] == ("C12", "C12a", "C12b", "C12c", "C13", "C14", "C15")


def test_a_late_paper_says_its_pages_the_same_in_all_five_ways(make: Make, build: Build) -> None:
    papers = [make("early", 2, "2026-05-01"), make("last", 1)]
    result = build(*papers, make("late", 28, "2026-07-01"), ledger=build(*papers).ledger, on=SECOND)
    late = [f"C2{letter}" for letter in [*map(chr, range(ord("a"), ord("z") + 1)), "aa", "ab"]]
    expected = ["i", "ii", "C1", "C2", *late, "C3"]
    assert read_labels(result.path) == expected
    assert list(result.labels) == expected
    assert read_stamps(result.path) == expected
    assert PdfReader(result.path).page_labels == expected
    assert "C2a to C2ab" in read_text(result.path, 1)
    assert read_links(result.path) == ["C1", "C1", "C2a", "C3"]
    with pypdfium2.PdfDocument(result.path) as pdf:
        marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in pdf.get_toc()]
    assert ("Paper late – pg C2a", expected.index("C2a")) in marks


def test_long_labels_fit_on_the_page_and_in_the_index(make: Make, build: Build) -> None:
    papers = [make("first", 112, "2026-01-01"), make("last", 1)]
    ledger = build(*papers).ledger
    for late in (
        [make("late", 1, "2026-08-01")],
        [make("later", 1, "2026-05-01"), make("third", 1, "2026-07-01")],
        [make("latest", 28, "2026-06-01")],
    ):
        papers += late
        result = build(*papers, ledger=ledger, on=SECOND)
        ledger = result.ledger
    # Wider than the column of the index, so it takes two lines.
    assert ranges(result)["latest"] == "C112.1a to C112.1ab"
    assert "C112.1a to C112.1ab" in read_text(result.path, 1)
    assert read_stamps(result.path) == list(result.labels)


def test_papers_that_come_later_still_find_room_between_late_ones(make: Make, build: Build) -> None:
    papers = [make("one", 2, "2026-01-01"), make("six", 1, "2026-06-01")]
    ledger = build(*papers).ledger
    papers += [make("three", 2, "2026-03-01"), make("five", 1, "2026-05-01")]
    ledger = build(*papers, ledger=ledger, on=SECOND).ledger
    papers += [make("two", 2, "2026-02-01"), make("four", 2, "2026-04-01"), make("zero", 1, "2025-12-01")]
    assert ranges(build(*papers, ledger=ledger, on=THIRD)) == {
        "zero": "C0a",
        "one": "C1 to C2",
        "two": "C2.1 to C2.2",
        "three": "C2a to C2b",
        "four": "C2b1 to C2b2",
        "five": "C2c",
        "six": "C3",
    }


def test_at_the_end_gives_the_next_free_numbers_whatever_the_date(make: Make, build: Build) -> None:
    papers = [make("one", 2, "2026-05-01"), make("two", 1)]
    late = make("late", 2, "2026-01-01")
    result = build(*papers, late, ledger=build(*papers).ledger, on=SECOND, style="at the end")
    assert ranges(result) == {"one": "C1 to C2", "two": "C3", "late": "C4 to C5"}
    again = build(*papers, late, ledger=result.ledger, on=THIRD)
    assert ranges(again) == ranges(result)


def test_a_later_paper_comes_after_every_filed_one_that_is_earlier(make: Make, build: Build) -> None:
    papers = [make("january", 1, "2026-01-01"), make("march", 1, "2026-03-01")]
    ledger = build(*papers).ledger
    papers.append(make("february", 1, "2026-02-01"))
    ledger = build(*papers, ledger=ledger, on=SECOND, style="at the end").ledger
    papers.append(make("april", 1, "2026-04-01"))
    found = ranges(build(*papers, ledger=ledger, on=THIRD))
    assert found == {"january": "C1", "march": "C2", "february": "C3", "april": "C4"}


def test_a_paper_after_all_filed_ones_and_a_new_section_go_on_with_numbers(make: Make, build: Build) -> None:
    papers = [make("one", 2, "2026-05-01")]
    more = [make("two", 1, "2026-06-01"), make("summary", 2, section="preliminary")]
    result = build(*papers, *more, ledger=build(*papers).ledger, on=SECOND)
    assert ranges(result) == {"summary": "A1 to A2", "one": "C1 to C2", "two": "C3"}


def test_a_corrected_date_or_title_moves_no_page(make: Make, build: Build) -> None:
    one, two = make("one", 2, "2026-05-01"), make("two", 1, "2026-06-01")
    ledger = build(one, two).ledger
    dated = build(replace(one, dated=dt.date(2026, 7, 1)), two, ledger=ledger, on=SECOND)
    assert ranges(dated) == {"one": "C1 to C2", "two": "C3"}
    assert (dated.ledger, dated.changes.changed) == (ledger, ())
    named = build(replace(one, title="Another title"), two, ledger=ledger, on=SECOND)
    assert ranges(named) == {"one": "C1 to C2", "two": "C3"}
    assert describe_changes(named.changes)[1:] == (
        "C1 to C2: Another title. Other words in the index.",
        "No other page has changed.",
    )


def test_the_same_papers_again_begin_no_new_round_and_give_the_same_bytes(make: Make, build: Build) -> None:
    papers = [make("one", 2, "2026-05-01"), make("two", 1)]
    first = build(*papers)
    before = first.path.read_bytes()
    again = build(*papers, ledger=first.ledger)
    assert again.ledger == first.ledger
    assert again.changes.round == first.changes.round
    assert again.path.read_bytes() == before


@pytest.mark.parametrize("other", [{"grey": 0.9}, {"pages": 2}], ids=["content", "length"])
def test_a_filed_paper_that_changed_is_refused_by_its_pages_and_nothing_is_written(
    make: Make, build: Build, tmp_path: Path, other: dict[str, Any]
) -> None:
    first = build(make("other", 1, "2026-01-01"), make("one", 3))
    before = first.path.read_bytes()
    changed = make("one", **({"pages": 3} | other))
    with pytest.raises(BundleError) as refused:
        build(make("other", 1, "2026-01-01"), changed, ledger=first.ledger, on=SECOND)
    assert [(one.code, one.path) for one in refused.value.problems] == [("B003", "one")]
    assert "2 November 2026 as C2 to C4" in refused.value.problems[0].says
    assert "under replaces in the direction" in refused.value.problems[0].remedy
    assert "Paper" not in refused.value.problems[0].says
    assert (tmp_path / "bundle.pdf").read_bytes() == before


def test_the_digest_of_the_source_decides_where_the_caller_gives_it(make: Make, build: Build) -> None:
    ledger = build(make("one", 3, sha256="a" * 64)).ledger
    build(make("one", 3, grey=0.9, sha256="a" * 64), ledger=ledger)
    with pytest.raises(BundleError):
        build(make("one", 3, sha256="b" * 64), ledger=ledger)
    with pytest.raises(BundleError):
        build(make("one", 4, sha256="a" * 64), ledger=ledger)


def test_a_replacement_of_the_same_length_takes_the_labels(make: Make, build: Build) -> None:
    ledger = build(make("one", 3), make("two", 1, "2026-10-01")).ledger
    new = make("one", 3, grey=0.9, may_replace=True)
    result = build(new, make("two", 1, "2026-10-01"), ledger=ledger, on=SECOND)
    assert ranges(result) == {"one": "C1 to C3", "two": "C4"}
    assert result.changes.sheets == ("C1", "C2", "C3")
    assert result.ledger.papers[0].replaced == (2,)
    assert {page.round for page in result.ledger.papers[0].pages} == {1}
    assert describe_changes(result.changes)[1] == "C1 to C3: Paper one. Replaces the paper that was filed."


def test_a_longer_replacement_is_lettered_after_its_last_page(make: Make, build: Build) -> None:
    two = make("two", 1, "2026-10-01")
    ledger = build(make("one", 3), two).ledger
    result = build(make("one", 5, may_replace=True), two, ledger=ledger, on=SECOND)
    assert result.labels[2:] == ("C1", "C2", "C3", "C3a", "C3b", "C4")
    assert "Replaces the paper that was filed, C3a to C3b added" in describe_changes(result.changes)[1]


def test_a_shorter_replacement_leaves_a_slip_for_the_numbers_that_are_withdrawn(make: Make, build: Build) -> None:
    two = make("two", 1, "2026-10-01")
    ledger = build(make("one", 5), two).ledger
    short = build(make("one", 3, may_replace=True), two, ledger=ledger, on=SECOND)
    assert read_labels(short.path)[2:] == ["C1", "C2", "C3", "C4 to C5", "C6"]
    assert read_stamps(short.path)[2:] == ["C1", "C2", "C3", "C4 to C5", "C6"]
    assert "These 2 pages are withdrawn on 3 December 2026" in read_text(short.path, 5)
    assert "C4 to C5 withdrawn" in read_text(short.path, 1)
    assert "C4 to C5 withdrawn" in describe_changes(short.changes)[1]
    # Later nothing else gets these numbers, and a paper that is longer again has them back.
    later = make("late", 1, "2026-09-15")
    kept = build(make("one", 3), two, later, ledger=short.ledger, on=THIRD)
    assert ranges(kept) == {"one": "C1 to C5", "late": "C5a", "two": "C6"}
    longer = build(make("one", 6, may_replace=True), two, later, ledger=kept.ledger, on=THIRD)
    assert longer.labels[2:] == ("C1", "C2", "C3", "C4", "C5", "C5.1", "C5a", "C6")


def test_a_filed_paper_that_is_not_given_any_more_is_refused(make: Make, build: Build) -> None:
    one, two = make("one", 2), make("two", 1, section="preliminary")
    ledger = build(one, two).ledger
    with pytest.raises(BundleError) as refused:
        build(one, ledger=ledger, on=SECOND)
    assert "as A1, and no longer given" in refused.value.problems[0].says
    assert "under replaces in the direction" in refused.value.problems[0].remedy


def test_a_section_that_is_gone_and_a_paper_in_another_section_are_refused(make: Make, tmp_path: Path) -> None:
    one, two = make("one", 2), make("two", 1, section="preliminary")
    ledger = assemble_bundle(COVER, SECTIONS, [one, two], tmp_path / "bundle.pdf").ledger
    for sections, entries, says in (
        (SECTIONS[1:], [one], "as A1, and no longer given"),
        (SECTIONS, [one, replace(two, section="statements")], "as A1, and now given for section C"),
    ):
        with pytest.raises(BundleError) as refused:
            assemble_bundle(COVER, sections, entries, tmp_path / "bundle.pdf", ledger=ledger)
        assert [says in one.says for one in refused.value.problems] == [True]


def test_a_withdrawn_paper_leaves_one_slip_for_good_and_its_file_is_not_opened(make: Make, build: Build) -> None:
    one, two = make("one", 3), make("two", 1, "2026-10-01")
    ledger = build(one, two).ledger
    gone = replace(one, pdf=Path("nowhere.pdf"), withdrawn="By the order of 1 December 2026.")
    result = build(gone, two, ledger=ledger, on=SECOND)
    assert read_labels(result.path)[2:] == ["C1 to C3", "C4"]
    said = read_text(result.path, 2)
    assert "These 3 pages are withdrawn on 3 December 2026" in said
    assert "By the order of 1 December 2026." in said
    assert read_links(result.path) == ["C1 to C3", "C1 to C3", "C4"]
    # In later rounds the paper need not be named again.
    later = build(two, ledger=result.ledger, on=THIRD)
    assert later.labels[2:] == ("C1 to C3", "C4")
    assert later.changes.changed == ()
    with pytest.raises(BundleError) as refused:
        build(one, two, ledger=result.ledger, on=THIRD)
    assert "withdrawn on 3 December 2026, and now given again" in refused.value.problems[0].says
    back = build(replace(one, may_replace=True), two, ledger=result.ledger, on=THIRD)
    assert back.labels[2:] == ("C1", "C2", "C3", "C4")


def test_a_withdrawn_paper_that_comes_back_elsewhere_is_refused(make: Make, build: Build) -> None:
    one, two = make("one", 3), make("two", 1)
    ledger = build(one, two).ledger
    ledger = build(replace(one, withdrawn="By order."), two, ledger=ledger, on=SECOND).ledger
    with pytest.raises(BundleError) as refused:
        build(replace(one, section="preliminary"), two, ledger=ledger, on=THIRD)
    assert "now given for section A" in refused.value.problems[0].says


def test_what_was_never_filed_cannot_be_withdrawn(make: Make, build: Build) -> None:
    with pytest.raises(BundleError) as refused:
        build(make("one"), make("two", withdrawn="By order."))
    assert [(one.code, one.path) for one in refused.value.problems] == [("B003", "two")]


def test_papers_without_an_id_are_known_by_their_content(make: Make, build: Build) -> None:
    copies = [replace(make("one", 2), id=""), replace(make("one", 2), id="", title="The same again")]
    first = build(*copies)
    assert [one.page_range for one in build(*copies, ledger=first.ledger).papers] == ["C1 to C2", "C3 to C4"]
    with pytest.raises(BundleError):
        build(copies[0], replace(make("other", 2, grey=0.9), id=""), ledger=first.ledger)


def test_two_papers_with_the_same_id_are_refused(make: Make, build: Build) -> None:
    with pytest.raises(BundleError) as refused:
        build(make("one"), make("one", 2))
    assert [one.path for one in refused.value.problems] == ["one", "one"]


def test_the_preview_says_all_of_it_and_writes_nothing(make: Make, build: Build, tmp_path: Path) -> None:
    papers = [make("stays", 1, "2026-01-01"), make("swapped", 2, "2026-02-01"), make("spoilt", 2, "2026-03-01")]
    papers.append(make("lost", 1, "2026-04-01"))
    ledger = build(*papers).ledger
    later = [papers[0], make("swapped", 2, "2026-02-01", grey=0.9, may_replace=True)]
    later += [make("spoilt", 2, "2026-03-01", grey=0.9), make("new", 2, "2026-01-15")]
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    changes = plan_changes(replace(COVER, prepared_on=SECOND), SECTIONS, later, ledger)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before
    assert [(one.id, one.change, one.page_range) for one in changes.papers] == [
        ("stays", FilingChange.STAYS, "C1"),
        ("new", FilingChange.NEW, "C1a to C1b"),
        ("swapped", FilingChange.REPLACED, "C2 to C3"),
        ("spoilt", FilingChange.REFUSED, "C4 to C5"),
        ("lost", FilingChange.REFUSED, "C6"),
    ]
    assert [one.problem.path for one in changes.refused if one.problem] == ["spoilt", ""]
    assert (changes.round.number, changes.round.on) == (2, SECOND)


def test_the_preview_says_what_the_bundle_then_does(make: Make, build: Build) -> None:
    papers = [make("one", 2, "2026-05-01"), make("two", 1)]
    ledger = build(*papers).ledger
    papers.append(make("late", 2, "2026-07-01"))
    plan = plan_changes(replace(COVER, prepared_on=SECOND), SECTIONS, papers, ledger)
    result = build(*papers, ledger=ledger, on=SECOND)
    assert result.changes.papers == plan.papers
    assert (result.changes.index_labels, plan.index_labels) == (("ii",), ())


def test_the_file_of_new_pages_has_the_index_and_them_under_the_same_labels(
    make: Make, build: Build, tmp_path: Path
) -> None:
    papers = [make("one", 2, "2026-05-01"), make("two", 4)]
    ledger = build(*papers).ledger
    later = [papers[0], make("two", 2, may_replace=True), make("late", 2, "2026-07-01")]
    result = build(*later, ledger=ledger, on=SECOND)
    new = tmp_path / "new.pdf"
    write_new_pages(result.path, result.changes, new)
    expected = ["New pages", "ii", "C2a", "C2b", "C3", "C4", "C5 to C6"]
    assert read_labels(new) == expected
    assert read_stamps(new) == expected
    assert read_links(new) == ["C2a", "C3"]
    cover = read_text(new, 0)
    for words in ("Round 2 of filing, 3 December 2026", "ZZ26C50142", "C2a to C2b Paper late New, follows C2"):
        assert words in cover
    with pypdfium2.PdfDocument(new) as pdf:
        marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in pdf.get_toc()]
    assert marks == [
        ("New pages – pg New pages", 0),
        ("Index – pg ii", 1),
        ("Paper late – pg C2a", 2),
        ("Paper two (C5 to C6 withdrawn) – pg C3", 4),
    ]
    checked = subprocess.run(["qpdf", "--check", str(new)], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")
    before = new.read_bytes()
    write_new_pages(result.path, result.changes, new)
    assert new.read_bytes() == before


def test_there_is_no_file_of_new_pages_without_any_or_from_another_bundle(
    make: Make, build: Build, tmp_path: Path
) -> None:
    first = build(make("one", 2, "2026-05-01"))
    same = build(make("one", 2, "2026-05-01"), ledger=first.ledger, on=SECOND)
    with pytest.raises(BundleError, match="no new pages"):
        write_new_pages(same.path, same.changes, tmp_path / "new.pdf")
    later = [make("one", 2, "2026-05-01"), make("two", 1)]
    planned = plan_changes(COVER, SECTIONS, later, first.ledger)
    with pytest.raises(BundleError, match="another bundle"):
        write_new_pages(same.path, replace(planned, index_labels=("ii",)), tmp_path / "new.pdf")
    with pytest.raises(BundleError, match="another bundle"):
        write_new_pages(build(*later, ledger=first.ledger).path, planned, tmp_path / "new.pdf")
    assert not (tmp_path / "new.pdf").exists()


def lose_link(path: Path) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[1].obj.Annots[0].Dest[0] = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Page))
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable)


def rename_label(path: Path) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.Root.PageLabels.Nums[-1].P = "C2b"
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable)


def turn_pages_round(path: Path) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages.reverse()
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable)


@pytest.mark.parametrize("spoil_file", [lose_link, rename_label, turn_pages_round])
def test_the_proof_of_the_new_pages_finds_what_is_wrong(
    make: Make, build: Build, tmp_path: Path, spoil_file: Callable[[Path], None]
) -> None:
    papers = [make("one", 2, "2026-05-01"), make("two", 1)]
    late = make("late", 1, "2026-07-01")
    result = build(*papers, late, ledger=build(*papers).ledger, on=SECOND)
    new = tmp_path / "new.pdf"
    write_new_pages(result.path, result.changes, new)
    rows = [
        ExpectedRow("New pages", "New pages", "New pages", is_section=True),
        ExpectedRow("Index", "ii", "ii", is_section=True),
        ExpectedRow("Paper late", "C2a", "C2a", is_section=True),
    ]
    prove_pages(new, ("New pages", "ii", "C2a"), rows)
    spoil_file(new)
    with pytest.raises(BundleError) as failed:
        prove_pages(new, ("New pages", "ii", "C2a"), rows)
    assert {one.code for one in failed.value.problems} == {"B002"}


def test_the_change_note_is_a_page_for_the_court(make: Make, build: Build, tmp_path: Path) -> None:
    papers = [make("one", 3, "2026-05-01"), make("two", 4)]
    ledger = build(*papers).ledger
    later = [replace(papers[0], withdrawn="By order."), make("two", 5, grey=0.9, may_replace=True), make("late", 2)]
    result = build(*later, ledger=ledger, on=SECOND)
    note = tmp_path / "note.pdf"
    draw_change_note(result.changes, note)
    said = read_text(note, 0)
    for words in (
        "In the Family Court at Hartsmere",
        "Case number: ZZ26C50142",
        "Change note Court bundle, final hearing",
        "Round 2 of filing, 3 December 2026",
        "C1 to C3 Paper one Withdrawn",
        "C9 to C10 Paper late New, follows C8",
        "New pages: 3. Pages replaced: 4. Pages withdrawn: 3.",
    ):
        assert words in said
    before = note.read_bytes()
    draw_change_note(result.changes, note)
    assert note.read_bytes() == before


def test_a_change_note_of_many_papers_repeats_its_heads(make: Make, build: Build, tmp_path: Path) -> None:
    result = build(*(make(f"number-{number}") for number in range(60)))
    draw_change_note(result.changes, tmp_path / "note.pdf")
    with pypdfium2.PdfDocument(tmp_path / "note.pdf") as pdf:
        pages = len(pdf)
    assert pages > 1
    assert all("Pages Paper What changed" in read_text(tmp_path / "note.pdf", page) for page in range(pages))


def test_a_copy_with_a_slip_has_the_numbers_and_the_ledger_of_the_court(
    make: Make, build: Build, tmp_path: Path
) -> None:
    one, two = make("one", 3, "2026-05-01"), make("two", 2)
    ledger = build(one, two).ledger
    late = make("late", 2, "2026-07-01")
    court = build(one, two, late, ledger=ledger, on=SECOND)
    slip = "Not served on this party: order of 12 June 2026."
    copy = build(one, two, replace(late, slip=slip, title="A paper"), ledger=ledger, on=SECOND)
    assert read_labels(copy.path)[2:] == ["C1", "C2", "C3", "C3a to C3b", "C4", "C5"]
    assert ranges(copy) == ranges(court)
    write_new_pages(copy.path, copy.changes, tmp_path / "new.pdf")
    assert read_labels(tmp_path / "new.pdf") == ["New pages", "ii", "C3a to C3b"]
    assert "New, follows C3, withheld from this copy" in describe_changes(copy.changes)[1]
    known = build(one, two, late, ledger=court.ledger, on=THIRD)
    hidden = build(replace(one, slip=slip, title="A paper"), two, late, ledger=court.ledger, on=THIRD)
    assert (hidden.ledger, hidden.changes.changed) == (known.ledger, ())


def test_the_ledger_holds_no_title_and_comes_back_from_its_file(make: Make, build: Build, tmp_path: Path) -> None:
    papers = [make("one", 4, "2026-05-01"), make("two", 1)]
    ledger = build(*papers).ledger
    late = make("late", 2, "2026-05-02")
    ledger = build(make("one", 2, "2026-05-01", may_replace=True), papers[1], late, ledger=ledger, on=SECOND).ledger
    file = tmp_path / "ledger.json"
    write_ledger(ledger, file)
    assert read_ledger(file) == ledger
    assert "Paper" not in file.read_text()
    facts = json.loads(file.read_text())
    assert facts["rounds"] == [{"round": 1, "on": "2026-11-02"}, {"round": 2, "on": "2026-12-03"}]
    assert [paper["id"] for paper in facts["papers"]] == ["one", "late", "two"]
    assert facts["papers"][0]["pages"][3] == {"label": "C4", "round": 1, "withdrawn": 2}
    assert facts["papers"][1]["pages"] == [{"label": "C4a", "round": 2}, {"label": "C4b", "round": 2}]


def test_an_old_ledger_stays_whole_when_the_new_one_cannot_be_written(make: Make, build: Build, tmp_path: Path) -> None:
    with pytest.raises(FileBusyError):
        write_ledger(build(make("one")).ledger, tmp_path / "nowhere" / "ledger.json")


def spoil(*path: str | int, to: Any) -> Callable[[Any], Any]:
    """Sets one value in the facts of a ledger; None takes it away."""

    def spoilt(facts: Any) -> Any:
        at = facts
        for part in path[:-1]:
            at = at[part]
        if to is None:
            del at[path[-1]]
        else:
            at[path[-1]] = to
        return facts

    return spoilt


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (spoil("version", to=2), "version"),
        (spoil("papers", to=None), ""),
        (spoil("more", to=1), ""),
        (spoil("papers", to={}), "papers"),
        (spoil("papers", 0, to=[]), "papers[0]"),
        (spoil("papers", 0, "id", to=""), "papers[0]"),
        (spoil("papers", 0, "id", to=7), "papers[0]"),
        (spoil("papers", 1, "id", to="one"), "papers"),
        (spoil("papers", 0, "section", to="CC"), "papers[0]"),
        (spoil("papers", 0, "section", to="D"), "papers[0].pages[0]"),
        (spoil("papers", 0, "sha256", to="12"), "papers[0]"),
        (spoil("papers", 0, "replaced", to=[0]), "papers[0]"),
        (spoil("papers", 0, "replaced", to=[2]), "papers[0]"),
        (spoil("papers", 0, "pages", to=[]), "papers[0]"),
        (spoil("papers", 0, "pages", 1, "label", to="C01"), "papers[0].pages[1]"),
        (spoil("papers", 0, "pages", 1, "label", to="C1"), "papers[0]"),
        (spoil("papers", 0, "pages", 1, "label", to="C4"), "papers[1]"),
        (spoil("papers", 0, "pages", 1, "round", to=2), "papers[0]"),
        (spoil("papers", 0, "pages", 1, "round", to=True), "papers[0].pages[1]"),
        (spoil("papers", 0, "pages", 1, "withdrawn", to=3), "papers[0]"),
        (spoil("rounds", 0, "on", to="20261102"), "rounds[0]"),
        (spoil("rounds", 0, "on", to="2026-02-30"), "rounds[0]"),
        (spoil("rounds", 0, "round", to=2), "rounds"),
    ],
)
def test_a_ledger_that_was_changed_by_hand_is_refused_at_its_place(
    make: Make, build: Build, tmp_path: Path, change: Callable[[Any], Any], where: str
) -> None:
    file = tmp_path / "ledger.json"
    write_ledger(build(make("one", 2, "2026-05-01"), make("two", 2)).ledger, file)
    file.write_text(json.dumps(change(json.loads(file.read_text()))))
    with pytest.raises(CannotReadError) as refused:
        read_ledger(file)
    assert [(one.code, one.path) for one in refused.value.problems] == [("B003", where)]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{",
        b"\xff\xfe{}",
        b"[" * 100_000,
        b'{"version": 1, "version": 1, "rounds": [], "papers": []}',
        b" " * 10_000_001,
        b"1" * 5_000,
    ],
    ids=["empty", "list", "half", "utf-16", "deep", "twice", "large", "number"],
)
def test_what_is_no_ledger_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "ledger.json"
    file.write_bytes(content)
    with pytest.raises(CannotReadError):
        read_ledger(file)


def test_a_ledger_that_is_not_there_is_an_error_and_never_a_new_start(tmp_path: Path) -> None:
    with pytest.raises(CannotReadError) as refused:
        read_ledger(tmp_path / "ledger.json")
    assert "cannot be opened" in refused.value.problems[0].says


@dataclass(frozen=True)
class _Paper:
    """A paper as the property tests invent it: `version` stands for its content."""

    id: str
    section: str
    pages: int
    dated: dt.date | None
    version: int = 0
    withdrawn: bool = False


dates = st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2026, 1, 20))
arrivals = st.tuples(st.just("new"), st.sampled_from(["preliminary", "statements"]), st.integers(1, 30), dates)
replacements = st.tuples(st.just("replace"), st.integers(0, 50), st.integers(1, 30), st.none())
withdrawals = st.tuples(st.just("withdraw"), st.integers(0, 50), st.just(0), st.none())
dates_mended = st.tuples(st.just("date"), st.integers(0, 50), st.just(0), dates)
rounds = st.lists(
    st.tuples(
        st.lists(arrivals | replacements | withdrawals | dates_mended, max_size=5),
        st.sampled_from(["lettered", "at the end"]),
    ),
    max_size=6,
)


def act(papers: list[_Paper], action: tuple[Any, ...]) -> None:
    """Do to the list of papers what one action of a round says."""
    what, which, pages, dated = action
    if what == "new":
        papers.append(_Paper(f"paper-{len(papers)}", which, pages, dated))
        return
    place = which % len(papers)
    one = papers[place]
    if what == "replace":
        papers[place] = replace(one, pages=pages, version=one.version + 1, withdrawn=False)
    elif what == "withdraw":
        papers[place] = replace(one, withdrawn=True)
    else:
        papers[place] = replace(one, dated=dated)


def number(
    papers: Sequence[_Paper], before: Sequence[_Paper], ledger: Ledger | None, style: LateStyle
) -> NumberedBundle:
    filed = {one.id: one for one in before}
    entries = [
        BundlePaper(
            one.id,
            one.section,
            Path(f"{one.id}-{one.version}"),
            dated=one.dated,
            id=one.id,
            may_replace=one.id in filed and filed[one.id] != one,
            withdrawn="By order." if one.withdrawn and one.id in filed else "",
        )
        for one in papers
    ]
    sources = {
        entry.pdf: OpenedPdf(cast("PdfReader", None), one.pages, f"{one.id}-{one.version}")
        for entry, one in zip(entries, papers, strict=True)
    }
    return number_arranged(arrange_papers(SECTIONS, entries), sources, ledger, style, FIRST)


@given(st.lists(arrivals, min_size=1, max_size=6), rounds)
@settings(max_examples=300, deadline=None)
def test_whatever_comes_late_labels_are_unique_in_reading_order_contiguous_and_never_move(
    first: list[tuple[Any, ...]], later: list[tuple[list[tuple[Any, ...]], LateStyle]]
) -> None:
    papers: list[_Paper] = []
    before: list[_Paper] = []
    ledger: Ledger | None = None
    owner: dict[str, str] = {}
    shown: dict[str, tuple[str, ...]] = {}
    for actions, style in [(first, "lettered"), *later]:
        for action in actions:
            act(papers, action)
        result = number(papers, before, ledger, style)
        assert not [one.problem for one in result.papers if one.problem]
        printed = [(one, label) for one in result.papers for label in (*one.labels, *one.gone)]
        labels = [label for _, label in printed]
        assert len(set(labels)) == len(labels)
        # In reading order as they are printed; so that no page of another paper stands inside one.
        assert sorted(labels, key=read_label) == labels
        for one, label in printed:
            assert owner.setdefault(label, one.id) == one.id
        assert set(owner) == set(labels)
        for one in result.papers:
            if one.change is FilingChange.STAYS:
                assert one.labels == shown[one.id]
            elif one.change is FilingChange.REPLACED:
                kept = min(len(shown[one.id]), one.pages)
                assert one.labels[:kept] == shown[one.id][:kept]
        counts = {one.id: one.pages for one in result.papers}
        for paper in papers:
            was_filed = paper.id in {one.id for one in before}
            assert counts[paper.id] == (0 if paper.withdrawn and was_filed else paper.pages)
        shown = {one.id: one.labels for one in result.papers}
        ledger, before = result.ledger, list(papers)
        papers = [replace(one, withdrawn=one.withdrawn and not counts[one.id]) for one in papers]


@given(st.lists(arrivals, min_size=1, max_size=4), rounds)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_comes_late_every_stamp_label_and_link_of_the_written_file_agree(
    tmp_path: Path, first: list[tuple[Any, ...]], later: list[tuple[list[tuple[Any, ...]], LateStyle]]
) -> None:
    def draw(one: _Paper) -> Path:
        path = tmp_path / f"{one.id}-{one.version}-{one.pages}.pdf"
        if not path.exists():
            with pikepdf.new() as pdf:
                for _ in range(one.pages):
                    page = pdf.add_blank_page(page_size=(595.28, 841.89))
                    page.Contents = pikepdf.Stream(pdf, f"% {one.id} {one.version}".encode())
                pdf.save(path, static_id=True)
        return path

    papers: list[_Paper] = []
    ledger: Ledger | None = None
    for actions, style in [(first, "lettered"), *later[:3]]:
        for action in actions:
            if action[0] in ("new", "replace"):
                act(papers, action)
        entries = [
            BundlePaper(
                one.id,
                one.section,
                draw(one),
                dated=one.dated,
                id=one.id,
                may_replace=True,
                slip="" if place % 4 else "No.",
            )
            for place, one in enumerate(papers)
        ]
        output = tmp_path / "bundle.pdf"
        result = assemble_bundle(COVER, SECTIONS, entries, output, ledger=ledger, late_style=style)
        assert read_labels(output) == list(result.labels)
        assert read_stamps(output) == list(result.labels)
        starts = [one.sheets[0] for one in result.papers]
        firsts = [next(one for one in starts if one[0] == letter) for letter in sorted({one[0] for one in starts})]
        assert sorted(read_links(output)) == sorted([*starts, *firsts])
        ledger = result.ledger
