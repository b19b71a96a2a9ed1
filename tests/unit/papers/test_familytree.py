"""The family tree: nobody forgotten, nobody named who must not be, and always a picture that prints."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from generator.base import resources
from generator.case.audience import Audience
from generator.case.load import load_case
from generator.disclosure.lens import Lens
from generator.papers.facts.children import ChildFacts, show_child
from generator.papers.facts.view import ReaderView
from generator.papers.pictures.family_tree.drawing import draw_family_tree, list_key_entries
from generator.papers.pictures.family_tree.placing import CELL, COLUMNS, SYMBOL, TEXT, place_family
from generator.papers.pictures.family_tree.relatives import read_family
from generator.papers.pictures.kit import DescribedPicture
from generator.rules.judging.judge import judge_case
from generator.rules.procedures.load import load_procedure
from places import CASES

_ON = dt.date(2026, 11, 22)
_POINTS_IN_17_CM = 17 / 2.54 * 72
_CHILD = {"full_name": "Robin Testcase", "sex": "male", "born_on": dt.date(2022, 4, 1)}
_DRAWN = ["mother", "second_mother", "father", "step_parent", "grandmother", "grandfather", "great_grandparent"]
_DRAWN += ["aunt", "uncle", "cousin", "other_relative"]
_NOT_DRAWN = ["foster_carer", "connected_carer", "prospective_adopter", "adoptive_parent", "special_guardian"]
_NOT_DRAWN += ["guardian", "family_friend"]


def show_children(case: str, audience: Audience = Audience.COURT) -> list[ChildFacts]:
    loaded = load_case(CASES / case).case
    procedure = load_procedure(loaded.procedure, [resources.PROCEDURES], resources.SOURCES)
    scene = ReaderView(loaded, judge_case(loaded, procedure, _ON), Lens(audience), _ON)
    return [show_child(child, scene) for child in loaded.children]


def relative(name: str, code: str, side: str | None = None, **more: object) -> dict[str, Any]:
    return {"full_name": name, "relationship_code": code, "relationship": code.replace("_", "-"), "side": side, **more}


def sibling(name: str, kinship: str, **more: object) -> dict[str, Any]:
    return {"full_name": name, "relationship": kinship, "sex": "female", "born_on": dt.date(2019, 1, 1), **more}


def open_picture(tree: DescribedPicture) -> Image.Image:
    image = Image.open(io.BytesIO(tree.png))
    image.load()
    return image


def check_picture(tree: DescribedPicture) -> None:
    image = open_picture(tree)
    assert image.format == "PNG"
    assert image.width <= 2400
    assert TEXT.size / image.width * _POINTS_IN_17_CM >= 7


def check_nobody_stands_on_another(child: Mapping[str, Any]) -> None:
    placed = place_family(read_family(child))
    boxes = [
        (block.x(number), block.y(number), SYMBOL + 14 + TEXT.line_height * len(block.labels[number]))
        for block in placed.blocks()
        for number in range(len(block.people))
    ]
    assert placed.columns <= COLUMNS + 0.1
    for number, (x, y, height) in enumerate(boxes):
        assert CELL / 2 - 1 <= x <= placed.columns * CELL - CELL / 2 + 1
        assert y >= 0
        assert y + height <= placed.height
        for other_x, other_y, other_height in boxes[number + 1 :]:
            apart = abs(x - other_x) >= CELL - 1 or y + height <= other_y or other_y + other_height <= y
            assert apart


def make_forty() -> dict[str, Any]:
    people = [relative("Mother M", "mother", sex="female"), relative("Father F", "father", sex="male")]
    for side in ("maternal", "paternal"):
        for code, count in (
            ("grandmother", 1),
            ("grandfather", 1),
            ("great_grandparent", 4),
            ("aunt", 3),
            ("uncle", 2),
        ):
            people += [relative(f"{side} {code} {letter}", code, side) for letter in "ABCD"[:count]]
        people += [relative(f"{side} cousin {letter}", "cousin", side) for letter in "ABC"]
    people += [relative("Step S", "step_parent"), relative("Other O", "other_relative")]
    siblings = [sibling(f"Sister {letter}", "sister") for letter in "ABCD"]
    siblings += [
        sibling(f"Half {letter}", "half-sister", side=side)
        for letter, side in zip("ABCD", ("maternal", "paternal", None, None), strict=True)
    ]
    return _CHILD | {"parents": people[:2], "family": people[2:], "brothers_and_sisters": siblings}


@pytest.mark.parametrize("case", ["rowan", "fullest", "siblings", "barest", "relinquished-baby", "long-term-fostering"])
@pytest.mark.parametrize("audience", [Audience.COURT, Audience.PARENT, Audience.MATCHING])
def test_every_sample_gives_a_picture_that_prints(case: str, audience: Audience) -> None:
    for child in show_children(case, audience):
        check_picture(draw_family_tree(child))
        check_nobody_stands_on_another(child)


@pytest.mark.parametrize("case", ["rowan", "fullest", "siblings"])
def test_the_words_name_every_relative_once(case: str) -> None:
    for child in show_children(case):
        words = draw_family_tree(child).alt
        drawn = [one for one in (*child["parents"], *child["family"]) if one["relationship_code"] not in _NOT_DRAWN]
        for name in {one["full_name"] for one in (*drawn, *child["brothers_and_sisters"])}:
            assert words.count(f": {name}") == 1


def test_a_person_among_parents_and_family_alike_stands_once() -> None:
    person = relative("Ross Pickard", "step_parent", id="ross")
    assert draw_family_tree(_CHILD | {"parents": [person], "family": [person]}).alt.count("Ross Pickard") == 1


def test_the_words_say_what_the_picture_shows() -> None:
    family = [
        relative(
            "Dorothy Hale", "great_grandparent", "maternal", born_on=dt.date(1946, 8, 11), died_on=dt.date(2020, 2, 2)
        )
    ]
    half = [sibling("Ife Okafor", "half-sister", side="paternal"), sibling("Lily Hale", "half-sister")]
    words = draw_family_tree(_CHILD | {"family": family, "brothers_and_sisters": half}).alt
    assert words == (
        "Family tree of Robin Testcase, born 1 April 2022. Mother: not named here. Father: not named here. "
        "Half-sister through the father: Ife Okafor, born 1 January 2019. "
        "Half-sister (the file does not say through which parent): Lily Hale, born 1 January 2019. "
        "Great-grandparent on the mother’s side: Dorothy Hale, born 11 August 1946, died 2 February 2020."
    )


def test_an_adopted_sister_has_her_birth_name_only() -> None:
    for child in show_children("fullest"):
        tree = draw_family_tree(child)
        assert "Lily-Mae Brannigan" in tree.alt
        assert "Amelia" not in tree.alt
        assert "Thistlewood" not in tree.alt


@pytest.mark.parametrize("audience", [*Audience])
def test_no_audience_is_shown_the_adoptive_family_of_a_brother_or_sister(audience: Audience) -> None:
    for child in show_children("fullest", audience):
        words = draw_family_tree(child).alt
        assert "Amelia" not in words
        assert "Thistlewood" not in words
        # Adopters are told of their own child, not of where a sister went.
        assert ("adopted" in words) is (audience not in {Audience.PARENT, Audience.MATCHING})


def test_what_is_known_of_an_adoptive_family_changes_nothing() -> None:
    plain = sibling("Lily-Mae Brannigan", "half-sister", adopted=True)
    known = plain | {"adoptive_name": "Amelia Thistlewood", "living_with": "The Thistlewoods"}
    assert draw_family_tree(_CHILD | {"brothers_and_sisters": [known]}) == draw_family_tree(
        _CHILD | {"brothers_and_sisters": [plain]}
    )


def list_key(child: dict[str, Any]) -> list[str]:
    return [entry.words for entry in list_key_entries(read_family(child), ())]


def test_the_key_lists_the_symbols_of_this_tree_and_no_others() -> None:
    assert list_key(_CHILD) == ["male", "the child whose tree this is"]
    sisters = [sibling("Ann Hale", "sister", adopted=True, died_on=dt.date(2020, 1, 1)), sibling("Jo", "", sex="")]
    parents = [relative("Ann Hale", "mother"), relative("Jo Day", "father")]
    child = _CHILD | {"brothers_and_sisters": sisters, "parents": parents, "parents_are_code": "divorced"}
    assert list_key(child) == [
        "male",
        "female",
        "sex not recorded",
        "the child whose tree this is",
        "has died",
        "adopted",
        "divorced",
    ]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("married", "married"),
        ("separated", "separated"),
        ("divorced", "divorced"),
        ("never_a_couple", "never a couple"),
    ],
)
def test_what_the_parents_are_to_each_other_is_said(code: str, words: str) -> None:
    child = _CHILD | {"parents": [relative("Ann Hale", "mother"), relative("Jo Day", "father")]}
    tree = draw_family_tree(child | {"parents_are_code": code})
    assert f"Father: Jo Day. Mother and father: {words}." in tree.alt
    # Together or apart: strokes across the line say which, and how far apart.
    assert (tree.png != draw_family_tree(child).png) is (code in {"separated", "divorced"})


def test_nothing_is_said_of_a_couple_where_one_parent_is_not_named() -> None:
    alone = _CHILD | {"parents": [relative("Ann Hale", "mother")], "parents_are_code": "separated"}
    assert "Mother and father" not in draw_family_tree(alone).alt
    two = [relative("Ann Hale", "mother"), relative("Jo Day", "father"), relative("Al Roe", "father")]
    assert "Mother and father" not in draw_family_tree(alone | {"parents": two}).alt


def test_an_adopted_brother_has_brackets_and_the_word() -> None:
    plain = _CHILD | {"brothers_and_sisters": [sibling("Sam Hale", "brother", sex="male")]}
    adopted = _CHILD | {"brothers_and_sisters": [sibling("Sam Hale", "brother", sex="male", adopted=True)]}
    assert "Brother: Sam Hale, born 1 January 2019, adopted." in draw_family_tree(adopted).alt
    assert draw_family_tree(adopted).png != draw_family_tree(plain).png


@pytest.mark.parametrize("code", _NOT_DRAWN)
def test_carers_guardians_and_friends_are_never_drawn(code: str) -> None:
    people = {"parents": [relative("Maureen Odowd", code)], "family": [relative("Sid Odowd", code, "maternal")]}
    assert draw_family_tree(_CHILD | people) == draw_family_tree(_CHILD)


def test_the_same_child_gives_the_same_bytes() -> None:
    first, second = (draw_family_tree(show_children("fullest")[0]) for _ in range(2))
    assert first == second


def test_forty_relatives_fit() -> None:
    forty = make_forty()
    assert sum(len(forty[group]) for group in ("parents", "family", "brothers_and_sisters")) == 40
    tree = draw_family_tree(forty)
    check_picture(tree)
    check_nobody_stands_on_another(forty)
    image = open_picture(tree)
    assert image.height <= image.width * 1.45


@pytest.mark.parametrize("code", ["aunt", "grandmother", "father", "cousin", "other_relative", "great_grandparent"])
@pytest.mark.parametrize("side", ["maternal", "paternal", None])
def test_forty_of_one_kind_fit(code: str, side: str | None) -> None:
    child = _CHILD | {"family": [relative(f"Person {number}", code, side, id=str(number)) for number in range(40)]}
    check_picture(draw_family_tree(child))
    check_nobody_stands_on_another(child)


def test_a_child_without_relatives_has_a_tree() -> None:
    tree = draw_family_tree(_CHILD)
    check_picture(tree)
    assert tree.alt == "Family tree of Robin Testcase, born 1 April 2022. No relatives are shown."


def test_several_fathers_are_all_shown() -> None:
    tree = draw_family_tree(
        _CHILD
        | {"parents": [relative("Ann Hale", "mother"), relative("Jo Day", "father"), relative("Al Roe", "father")]}
    )
    assert "Father (one of 2 named): Jo Day. Father (one of 2 named): Al Roe." in tree.alt


def test_a_relative_whose_side_is_not_recorded_stands_apart() -> None:
    assert (
        "Aunt (the file does not say through whom): May Day."
        in draw_family_tree(_CHILD | {"family": [relative("May Day", "aunt")]}).alt
    )


@pytest.mark.parametrize(
    "name",
    [
        "Łukasz Żółć",
        "Αλέξανδρος",
        "Александра",
        "محمد يعقوب",
        "יעקב",
        "李小龍",
        "ประเสริฐ",
        "अमृता",
        "X\u0000\ud800Y",
        "W" * 300,
        "👶",
    ],
    ids=["latin", "greek", "cyrillic", "arabic", "hebrew", "han", "thai", "devanagari", "broken", "endless", "picture"],
)
def test_names_in_any_script_are_drawn(name: str) -> None:
    tree = draw_family_tree(_CHILD | {"family": [relative(name, "aunt", "maternal")]})
    check_picture(tree)
    tree.alt.encode()


@pytest.mark.parametrize(
    ("one", "other"),
    [("李小龍", "王大明"), ("अमृता", "कविता"), ("ประเสริฐ", "ประเสริฏ"), ("ნინო", "მარი")],
    ids=["han", "devanagari", "thai", "georgian"],
)
def test_a_name_in_two_scripts_has_no_boxes(one: str, other: str) -> None:
    # One box is like another, so boxes would make two names look the same.
    trees = [draw_family_tree(_CHILD | {"parents": [relative(f"Łucja {name}", "mother")]}) for name in (one, other)]
    assert trees[0].png != trees[1].png


def test_the_paper_is_white() -> None:
    # Not the white less one that the palette makes of it, which prints as a veil of dots.
    assert open_picture(draw_family_tree(_CHILD)).convert("RGB").getpixel((0, 0)) == (255, 255, 255)


_days = st.none() | st.dates()
_people = st.builds(
    relative,
    st.text(max_size=30),
    st.sampled_from(_DRAWN + _NOT_DRAWN),
    st.sampled_from([None, "maternal", "paternal", "Mother's side", "both mother and father"]),
    sex=st.sampled_from(["male", "female", "not recorded", None]),
    born_on=_days,
    died_on=_days,
)
_siblings = st.builds(
    sibling,
    st.text(max_size=30),
    st.sampled_from(["sister", "brother", "half-sister", "half-brother", "brother or sister"]),
    born_on=_days,
    side=st.sampled_from([None, "maternal", "paternal"]),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(_people, max_size=4), st.lists(_people, max_size=25), st.lists(_siblings, max_size=12))
def test_any_family_has_a_tree(parents: list[Any], family: list[Any], siblings: list[Any]) -> None:
    child = _CHILD | {"parents": parents, "family": family, "brothers_and_sisters": siblings}
    check_picture(draw_family_tree(child))
    check_nobody_stands_on_another(child)
