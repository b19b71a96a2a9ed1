"""Pictures of a child's care: all of it in the picture and in words, and nothing that its reader may not know."""

from __future__ import annotations

import datetime as dt
import io
import json
import shutil
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from generator.base import resources
from generator.base.errors import CannotReadError, UnsafeToDiscloseError
from generator.case.audience import Audience
from generator.case.load import load_case
from generator.cli import main
from generator.disclosure.lens import Lens
from generator.papers.card import PlannedDocument
from generator.papers.facts.children import ChildFacts, show_child
from generator.papers.facts.view import ReaderView
from generator.papers.pictures.care.care import Look
from generator.papers.pictures.care.drawing import DETAIL, MARGIN, draw_homes, fill
from generator.papers.pictures.care.milestones import draw_care_timeline
from generator.papers.pictures.care.scale import Scale, mark_ages, mark_years
from generator.papers.pictures.kit import PAGE_HEIGHT, PAGE_WIDTH, DescribedPicture, Pen
from generator.rules.judging.judge import judge_case
from generator.rules.procedures.load import load_procedure
from places import CASES

_ON = dt.date(2026, 11, 22)
_POINTS_IN_17_CM = 17 / 2.54 * 72
_DOCPR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
Render = Callable[[PlannedDocument, Path], Path]


def home(kind: str, start: str, end: str | None = None, whom: str | None = None) -> dict[str, Any]:
    return {
        "type": kind.replace("_", " "),
        "type_code": kind,
        "where": None,
        "with_whom": whom,
        "started_on": dt.date.fromisoformat(start),
        "ended_on": dt.date.fromisoformat(end) if end else None,
    }


def order(words: str, start: str, end: str | None = None) -> dict[str, Any]:
    return {
        "order": words,
        "court": "Family Court at Hartsmere",
        "made_on": dt.date.fromisoformat(start),
        "ended_on": dt.date.fromisoformat(end) if end else None,
    }


def make_child(**more: Any) -> dict[str, Any]:
    return {
        "name": "Robin",
        "born_on": dt.date(2024, 3, 1),
        "looked_after_from": dt.date(2025, 3, 1),
        "placements": [],
        "orders": [],
        "reviews": [],
        "plan": None,
        "earlier_plans": [],
    } | more


_HOMES = [
    home("with_parent", "2024-03-01", "2025-03-01"),
    home("foster_care", "2025-03-01", "2025-06-01", "Local Authority foster carer"),
    home("residential", "2025-08-01"),
]
_ORDERS = [order("interim care order", "2025-03-04", "2026-01-10"), order("care order", "2026-01-10")]


def make_eight() -> dict[str, Any]:
    """Eight homes with gaps, very long names and names from right to left, and four orders, over twelve years."""
    days = [dt.date(2014, 3, 1) + dt.timedelta(number * 500) for number in range(9)]
    long = "Mrs Wilhelmina-Konstantina Featherstonehaugh-Cholmondeley of Upper Nether Wallop under Edge"
    names = (long, "مريم حسن عبد الرحمن", "שלום עולם", "W" * 200)
    homes = [
        home(
            "foster_care", days[n].isoformat(), (days[n] + dt.timedelta(1 if n % 2 else 500)).isoformat(), names[n % 4]
        )
        for n in range(8)
    ]
    orders = [order("accommodated under section 20", days[n].isoformat(), days[n + 1].isoformat()) for n in range(4)]
    reviews = [{"held_on": days[n % 8] + dt.timedelta(n), "number": n} for n in range(40)]
    name = "Abdur-Rahman مريم Featherstonehaugh"
    return make_child(name=name, born_on=dt.date(2014, 3, 1), placements=homes, orders=orders, reviews=reviews)


def check_picture(picture: DescribedPicture) -> None:
    image = Image.open(io.BytesIO(picture.png))
    image.load()
    assert image.format == "PNG"
    assert image.width == PAGE_WIDTH
    assert image.height <= PAGE_HEIGHT
    # Nothing runs over an edge: the outer part of each margin is white.
    ink = ImageChops.invert(image.convert("L")).getbbox()
    assert ink
    assert ink[0] >= MARGIN // 3
    assert ink[2] <= PAGE_WIDTH - MARGIN // 3
    assert ink[3] <= image.height - MARGIN // 3
    assert image.convert("RGB").getpixel((0, 0)) == (255, 255, 255)


def test_the_words_tell_every_home_gap_and_order() -> None:
    (picture,) = draw_homes(make_child(placements=_HOMES, orders=_ORDERS), _ON)
    assert picture.alt.split("\n") == [
        "Homes and orders of Robin, born 1 March 2024, as at 22 November 2026.",
        "Home 1: With parent: 1 March 2024 to 1 March 2025 (52 weeks), from birth.",
        (
            "Home 2: Foster care, Local Authority foster carer: 1 March 2025 to 1 June 2025 (13 weeks), "
            "from the age of 12 months."
        ),
        "No home is recorded: 1 June 2025 to 1 August 2025 (8 weeks), from the age of 15 months.",
        "Home 3: Residential: since 1 August 2025 (68 weeks), from the age of 17 months.",
        (
            "Order: Interim care order, Family Court at Hartsmere: 4 March 2025 to 10 January 2026 (44 weeks), "
            "from the age of 12 months."
        ),
        "Order: Care order, Family Court at Hartsmere: since 10 January 2026 (45 weeks), from the age of 22 months.",
    ]
    check_picture(picture)


def test_what_had_not_happened_by_the_day_is_not_drawn() -> None:
    (picture,) = draw_homes(make_child(placements=_HOMES, orders=_ORDERS), dt.date(2025, 4, 1))
    assert picture.alt.split("\n")[2:] == [
        "Home 2: Foster care, Local Authority foster carer: since 1 March 2025 (4 weeks), from the age of 12 months.",
        (
            "Order: Interim care order, Family Court at Hartsmere: since 4 March 2025 (4 weeks), "
            "from the age of 12 months."
        ),
    ]


def test_a_child_of_whom_nothing_is_recorded_has_a_picture() -> None:
    (picture,) = draw_homes(make_child(), _ON)
    check_picture(picture)
    assert picture.alt.split("\n")[1:] == ["No homes are recorded.", "No orders are recorded."]


def test_eight_homes_with_long_names_take_pages_and_each_home_is_told_once() -> None:
    pages = draw_homes(make_eight(), _ON)
    assert len(pages) == 3
    for page in pages:
        check_picture(page)
    words = "\n".join(page.alt for page in pages)
    assert [words.count(f"Home {number}: ") for number in range(1, 10)] == [1] * 8 + [0]
    assert words.count("Order: ") == 4
    assert words.count("No home is recorded") == 4


_days = st.dates(dt.date(1990, 1, 1), dt.date(2028, 1, 1))


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["with_parent", "adoptive"]), _days, st.text(max_size=90)), max_size=14), _days
)
def test_any_homes_have_pictures_that_print(homes: list[tuple[str, dt.date, str]], born_on: dt.date) -> None:
    placements = [home(kind, day.isoformat(), None, name) for kind, day, name in homes]
    child = make_child(born_on=born_on, placements=placements)
    for page in (*draw_homes(child, _ON), *draw_care_timeline(child, _ON)):
        check_picture(page)


@settings(max_examples=200, deadline=None)
@given(st.dates(dt.date(1990, 1, 1), _ON), st.dates(dt.date(1990, 1, 1), dt.date(2027, 1, 1)))
def test_labels_of_years_and_ages_never_overlap(first: dt.date, born_on: dt.date) -> None:
    scale = Scale(first, max(_ON, first), 580, 1184)
    for ticks in (mark_years(scale, DETAIL), mark_ages(scale, born_on, DETAIL)):
        ends = [(tick.label_x, tick.label_x + DETAIL.line(tick.label).width) for tick in ticks]
        assert all(one[1] + 10 <= other[0] for one, other in pairwise(ends))
        assert all(start >= 579 and end <= 1185 for start, end in ends)


def test_letters_can_be_read_in_print() -> None:
    assert DETAIL.size / PAGE_WIDTH * _POINTS_IN_17_CM >= 8


def test_each_sort_of_time_has_a_pattern_of_its_own_without_colour() -> None:
    seen = set()
    for look in Look:
        pen = Pen(200, 60)
        fill(pen, (20, 10, 180, 40), look)
        seen.add(pen.image.convert("1", dither=Image.Dither.NONE).tobytes())
    assert len(seen) == len(Look)


def test_the_timeline_tells_what_happened_in_order() -> None:
    reviews = [{"held_on": dt.date(2025, 3, 20), "number": 1}, {"held_on": None, "number": 2}]
    (page,) = draw_care_timeline(make_child(placements=_HOMES, orders=_ORDERS, reviews=reviews), _ON)
    assert page.alt.split("\n") == [
        "Timeline of the care of Robin. Born 1 March 2024. Looked after since 1 March 2025.",
        "1 March 2024: Happened: Born.",
        "1 March 2024: Happened: New home: with parent.",
        "1 March 2025 (12 months): Happened: Became looked after.",
        "1 March 2025: Happened: New home: foster care, Local Authority foster carer.",
        "4 March 2025 (12 months): Happened: Interim care order.",
        "20 March 2025 (12 months): Happened: Review 1.",
        "1 June 2025 (15 months): Happened: No home is recorded.",
        "1 August 2025 (17 months): Happened: New home: residential.",
        "10 January 2026 (22 months): Happened: Interim care order ended.",
        "10 January 2026: Happened: Care order.",
        "As at 22 November 2026.",
    ]
    check_picture(page)


def test_a_long_timeline_takes_pages_and_marks_the_day_on_the_last() -> None:
    pages = draw_care_timeline(make_eight(), _ON)
    assert len(pages) >= 2
    for page in pages:
        check_picture(page)
    words = "\n".join(page.alt for page in pages)
    assert all(words.count(f"Review {number}.") == 1 for number in range(1, 40))
    assert ["As at 22 November 2026." in page.alt for page in pages] == [False] * (len(pages) - 1) + [True]


def show_children(case: str, audience: Audience, reader: str | None = None) -> Iterator[ChildFacts]:
    loaded = load_case(CASES / case).case
    procedure = load_procedure(loaded.procedure, [resources.PROCEDURES], resources.SOURCES)
    scene = ReaderView(loaded, judge_case(loaded, procedure, _ON), Lens(audience, reader), _ON)
    for child in loaded.children:
        yield show_child(child, scene)


@pytest.mark.parametrize(
    ("case", "audience"),
    [("rowan", audience) for audience in Audience]
    + [(case, Audience.COURT) for case in ("fullest", "barest", "long-term-fostering", "scotland")],
)
def test_samples_give_pictures_that_print(case: str, audience: Audience) -> None:
    for child in show_children(case, audience, "mother" if audience is Audience.PARENT else None):
        for page in (*draw_homes(child, _ON), *draw_care_timeline(child, _ON)):
            check_picture(page)


@pytest.mark.parametrize("audience", [Audience.COURT, Audience.PARENT, Audience.MATCHING])
def test_carers_are_never_drawn_for_those_who_may_not_know_them(audience: Audience) -> None:
    for child in show_children("rowan", audience, "mother" if audience is Audience.PARENT else None):
        words = "\n".join(page.alt for page in (*draw_homes(child, _ON), *draw_care_timeline(child, _ON)))
        assert "Local Authority foster carer" in words
        assert not any(name in words for name in ("Varghese", "Sunita", "Fennel", "Upper Tern"))


@pytest.mark.parametrize("audience", [*Audience])
def test_no_audience_is_shown_the_adoptive_family_of_a_sister(audience: Audience) -> None:
    for child in show_children("fullest", audience, "mother" if audience is Audience.PARENT else None):
        words = "\n".join(page.alt for page in (*draw_homes(child, _ON), *draw_care_timeline(child, _ON)))
        assert not any(name in words for name in ("Amelia", "Thistlewood"))


def read_alts(word: Path) -> list[str]:
    return [str(one.get("descr")) for one in Document(str(word)).element.body.iter(_DOCPR)]


def test_the_report_shows_tree_and_homes_each_with_its_own_facts(
    sample_papers: dict[str, tuple[PlannedDocument, ...]], render: Render, tmp_path: Path
) -> None:
    papers = {paper.name: paper for paper in sample_papers["rowan"]}
    homes, tree = read_alts(render(papers["child-permanence-report-rowan"], tmp_path))
    assert homes.startswith("Homes and orders of Rowan, born 14 March 2025")
    assert "Home 4: Foster care, Local Authority foster carer: since 3 July 2026" in homes
    assert tree.startswith("Family tree of Rowan Idris Hale-Okafor")
    alts = read_alts(render(papers["compliance-sheet-rowan"], tmp_path))
    assert [alt[:11] for alt in alts] == ["Homes and o", *["Timeline of"] * (len(alts) - 1)]
    assert len(alts) > 1


class Desk:
    """A case folder and an output folder, and the command."""

    def __init__(self, folder: Path, case: str) -> None:
        self.case, self.out = folder / "family", folder / "out"
        shutil.copytree(CASES / case, self.case)

    def replace(self, old: str, new: str) -> None:
        file = self.case / "case.yaml"
        text = file.read_text("utf-8")
        assert text.count(old) == 1
        file.write_text(text.replace(old, new), encoding="utf-8")

    def draw(self, who: str, *more: str) -> tuple[int, str]:
        words = ["pictures", str(self.case), "--for", who, "-o", str(self.out), "--on", "2026-11-22", *more]
        ran = CliRunner().invoke(main, words, standalone_mode=False)
        if isinstance(ran.exception, CannotReadError):
            return 2, str(ran.exception)
        if ran.exception:
            raise ran.exception
        return int(ran.return_value or 0), ran.stdout

    def read(self, who: str) -> dict[str, str]:
        folder = self.out / "pictures" / f"for-{who}"
        return {file.stem: file.read_text("utf-8") for file in sorted(folder.glob("*.txt"))}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, "rowan")


def test_each_picture_has_its_facts_in_a_file_beside_it(desk: Desk) -> None:
    code, said = desk.draw("court", "--json")
    report = json.loads(said)
    assert (code, report["audience"], report["withheld"]) == (0, "court", 0)
    assert [one["name"] for one in report["pictures"]][:2] == ["rowan-family-tree", "rowan-homes"]
    for one in report["pictures"]:
        png, text = Path(one["png"]), Path(one["text"])
        assert png.read_bytes().startswith(b"\x89PNG")
        assert "Rowan" in text.read_text("utf-8")
        assert {file.stat().st_mode & 0o777 for file in (png, text)} == {0o600}


def test_drawing_again_changes_nothing(desk: Desk) -> None:
    desk.draw("court")
    before = {file: file.stat().st_mtime_ns for file in (desk.out / "pictures").rglob("*.*")}
    desk.draw("court")
    assert {file: file.stat().st_mtime_ns for file in (desk.out / "pictures").rglob("*.*")} == before


def test_a_parent_is_shown_themselves_and_not_the_other_parent_or_any_place(desk: Desk) -> None:
    assert desk.draw("father")[0] == 0
    words = "\n".join(desk.read("father").values())
    assert "Father: Daniel Olumide Okafor" in words
    assert not any(word in words for word in ("Leanne", "Quay Street", "Varghese", "Pat"))


def test_nothing_is_drawn_for_a_father_while_it_is_open_whether_he_is_told(desk: Desk) -> None:
    known = "parental_responsibility: yes, how_acquired: Named on the birth certificate on 22 April 2025}"
    desk.replace(known, "parental_responsibility: no, notification: {decision: undecided}}")
    with pytest.raises(UnsafeToDiscloseError, match="they may not be told what is planned"):
        desk.draw("father")
    assert not desk.read("father")


def test_a_parent_is_shown_their_own_children_only(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "siblings")
    code, said = desk.draw("father-nelson", "--json")
    assert code == 0
    assert {one["child"] for one in json.loads(said)["pictures"]} == {"ines", "rui"}
    code, said = desk.draw("father-nelson", "--child", "bryn")
    assert (code, said) == (
        2,
        "There is no such child whose pictures this reader may have. There are: ines, rui",
    )


def test_a_picture_that_says_what_is_kept_back_is_withheld_and_the_others_arrive(desk: Desk) -> None:
    note = "Offered in the letter before proceedings"
    desk.replace(f"note: {note}", f"note: {note} at 9 Fennel Close")
    code, said = desk.draw("court")
    assert code == 5
    assert "Fennel" not in said
    assert {"rowan-family-tree", "rowan-homes"} <= set(desk.read("court"))
    assert not any("Fennel" in words for words in desk.read("court").values())
    assert desk.draw("internal")[0] == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["nobody"], "There is no reader with this name"),
        (["parent"], "Each parent is a reader by themselves. Name one: mother, father"),
        (["court", "--child", "wren"], "There is no such child"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_a_way_out(desk: Desk, words: list[str], says: str) -> None:
    code, said = desk.draw(*words)
    assert code == 2
    assert said.startswith(says)
    assert not desk.out.exists()


_ADOPTED = """\
reference: "0142"
authority: {name: Hartsmere Council}
procedure: england
children:
  - {id: rowan, name: {given: Rowan}, born_on: 14 March 2025, looked_after_from: 26 May 2026}
  - {id: wren, name: {given: Wren}, born_on: 1 May 2021, looked_after_from: 1 March 2024}
people:
  - {id: mother, name: {given: Leanne}, relationships: [{to: rowan, as: mother}, {to: wren, as: mother}]}
  - {id: adopter, name: {given: Philippa, family: Thistlewood}, relationships: [{to: wren, as: prospective_adopter}],
     address: {lines: [Larch End], postcode: ZZ99 4AB}}
  - {id: lily, name: {given: Lily, family: Hale}, relationships: [{to: rowan, as: half_sister, side: maternal}],
     sibling: {living_with: The Quennells at Fir Lodge, adopted_on: 9 June 2019, adoptive_name: Amelia Quennell}}
placements:
  - {child: rowan, started_on: 26 May 2026, type: foster_care}
  - {child: wren, started_on: 1 March 2024, type: adoptive, carer: adopter, where: Larch End}
orders:
  - {child: wren, order: placement_order, made_on: 1 February 2024}
"""
_NEW_FAMILY = ("Thistlewood", "Philippa", "Larch", "Quennell", "Amelia", "Fir Lodge")


@pytest.mark.parametrize("who", ["court", "mother", "matching", "professionals", "internal", "privileged"])
def test_a_childs_pictures_never_show_where_a_sister_was_adopted(desk: Desk, who: str) -> None:
    (desk.case / "case.yaml").write_text(_ADOPTED, encoding="utf-8")
    assert desk.draw(who)[0] == 0
    told = desk.read(who)
    assert {name.partition("-")[0] for name in told} == {"rowan", "wren"}
    assert "Lily Hale" in told["rowan-family-tree"] or who == "mother"
    for name, words in told.items():
        # Those who work for the agency know with whom Wren lives, from Wren's own pictures alone.
        if name.startswith("rowan") or who in {"court", "mother", "matching"}:
            assert not any(word in words for word in _NEW_FAMILY), name
    assert "With prospective adopters" in told["wren-homes"]
