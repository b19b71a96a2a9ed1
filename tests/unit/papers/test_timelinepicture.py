"""The picture of a timeline: every day on it, today between past and future, and marks that need no colour."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from generator.base import resources
from generator.base.dates import format_date
from generator.base.fonts import TextStyle
from generator.case.load import load_case
from generator.papers.pictures.kit import PAGE_WIDTH, DescribedPicture
from generator.papers.pictures.timeline.drawing import MARGIN, TALLEST, draw_timeline
from generator.papers.pictures.timeline.marks import MARK, draw_mark
from generator.rules.judging.judge import judge_case
from generator.rules.procedures.load import load_procedure
from generator.rules.timeline import Status, Timeline, TimelineEntry, make_timeline
from places import CASES

_TODAY = dt.date(2026, 11, 22)
_POINTS_IN_17_CM = 17 / 2.54 * 72
_TEAL = (31, 92, 97)
_SMALLEST_LETTERS = 18
_RIGHT_OF_TODAY = 700  # a place on the line that neither its words nor the line down the page reach


def entry(
    days: int,
    what: str = "Review held",
    status: Status = Status.HAPPENED,
    source: str = "reviews.held_on",
    child: str = "rowan",
    initials: str = "RIH",
    at: dt.datetime | None = None,
) -> TimelineEntry:
    return TimelineEntry(_TODAY + dt.timedelta(days), child, initials, what, what, status, source, at=at)


def timeline(*entries: TimelineEntry) -> Timeline:
    return Timeline("FAM-2026-0142", "england", _TODAY, entries)


def make_many(number: int) -> Timeline:
    return timeline(*(entry(days, f"Entry {days + number}.") for days in range(-number, 0)))


def open_picture(picture: DescribedPicture) -> Image.Image:
    image = Image.open(io.BytesIO(picture.png))
    image.load()
    return image


def check_picture(picture: DescribedPicture) -> None:
    image = open_picture(picture)
    assert image.format == "PNG"
    assert image.width == PAGE_WIDTH
    assert image.height <= TALLEST
    # Nothing runs over an edge: the outer part of each margin is white.
    ink = ImageChops.invert(image.convert("L")).getbbox()
    assert ink
    edge = MARGIN // 2
    assert ink[0] >= edge
    assert ink[1] >= edge
    assert ink[2] <= PAGE_WIDTH - edge
    assert ink[3] <= image.height - edge


def find_today(picture: DescribedPicture) -> list[int]:
    """The heights at which the line of today crosses the page."""
    image = open_picture(picture).convert("RGB")
    places = (_RIGHT_OF_TODAY, (_RIGHT_OF_TODAY + PAGE_WIDTH) // 2, PAGE_WIDTH - MARGIN - 2)

    def is_teal(x: int, y: int) -> bool:
        pixel = image.getpixel((x, y))
        assert isinstance(pixel, tuple)
        return all(abs(one - other) <= 3 for one, other in zip(pixel, _TEAL, strict=True))

    return [y for y in range(image.height) if all(is_teal(x, y) for x in places)]


def count_ink(picture: DescribedPicture, top: int, bottom: int) -> int:
    """How many dark pixels stand in the column of words between two heights."""
    image = open_picture(picture).convert("L").crop((340, top, PAGE_WIDTH - MARGIN, bottom))
    return sum(image.histogram()[:128])


def make_rowan(case: str = "rowan", on: dt.date = _TODAY) -> Timeline:
    loaded = load_case(CASES / case).case
    procedure = load_procedure("england", [resources.PROCEDURES], resources.SOURCES)
    return make_timeline(loaded, judge_case(loaded, procedure, on))


@pytest.mark.parametrize("case", ["rowan", "fullest", "siblings", "barest", "relinquished-baby", "long-term-fostering"])
def test_every_sample_gives_a_picture_that_prints(case: str) -> None:
    check_picture(draw_timeline(make_rowan(case)))


@pytest.mark.parametrize("case", ["rowan", "siblings"])
def test_the_words_have_every_entry_with_its_day_status_and_source(case: str) -> None:
    given_timeline = make_rowan(case)
    lines = draw_timeline(given_timeline).alt.splitlines()
    for one in given_timeline.entries:
        parts = (f"{one.status.value.capitalize()}: {one.what.removesuffix('.')}", one.source.removesuffix("."))
        assert any(line.startswith(format_date(one.on)) and all(part in line for part in parts) for line in lines)


def test_the_words_say_what_the_picture_shows() -> None:
    entries = (
        entry(-10, "Became looked after"),
        entry(-1, "The review is held in time.", Status.OVERDUE, "Regulation 33(1)"),
        entry(8, "Final hearing", Status.BOOKED, "court.hearings.at", at=dt.datetime(2026, 11, 30, 10, 30)),
    )
    assert draw_timeline(timeline(*entries)).alt == (
        "Timeline of FAM-2026-0142. Procedure: england.\n"
        "12 November 2026: Happened: Became looked after. Source: reviews.held_on.\n"
        "21 November 2026: Overdue: The review is held in time. Source: Regulation 33(1).\n"
        "Today, 22 November 2026.\n"
        "30 November 2026: Booked: Final hearing, 10:30am. Source: court.hearings.at."
    )


def test_the_file_of_the_picture_carries_the_words() -> None:
    picture = draw_timeline(timeline(entry(-3, "Child’s wishes: 李小龍")))
    assert open_picture(picture).info["Description"] == picture.alt


def test_the_same_timeline_gives_the_same_bytes() -> None:
    first, second = (draw_timeline(make_rowan()) for _ in range(2))
    assert first == second


def test_today_stands_between_past_and_future() -> None:
    picture = draw_timeline(timeline(entry(-3), entry(3, status=Status.BOOKED)))
    line = find_today(picture)
    assert 2 <= len(line) <= 6
    assert count_ink(picture, line[0] - 100, line[0] - 5) > 100
    assert count_ink(picture, line[-1] + 5, open_picture(picture).height) > 100


def test_what_is_past_leaves_nothing_below_today() -> None:
    picture = draw_timeline(timeline(entry(-3), entry(-2)))
    assert count_ink(picture, find_today(picture)[-1] + 30, open_picture(picture).height) == 0


def test_what_is_of_today_stands_below_its_line() -> None:
    words = draw_timeline(timeline(entry(-1, "Before"), entry(0, "Now"), entry(1, "After"))).alt.splitlines()
    assert [line.split(": ")[-2].split(".")[0] for line in words if "Source" in line] == ["Before", "Now", "After"]
    assert words[2] == "Today, 22 November 2026."


def test_marks_differ_by_shape_alone() -> None:
    shapes = {}
    for status in Status:
        white = Image.new("RGB", (MARK, MARK), "#FFFFFF")
        white.paste(draw_mark(status), mask=draw_mark(status))
        dark = white.convert("L").point(lambda value: 255 if value < 200 else 0)
        # All drawn as large as each other, so that a mark moved or shrunk is no mark of its own.
        shapes[status] = dark.crop(dark.getbbox()).resize((MARK, MARK), Image.Resampling.NEAREST)
    for one, other in combinations(Status, 2):
        different = ImageChops.difference(shapes[one], shapes[other]).histogram()[255]
        # A tenth of all pixels of the mark: to the eye quite another figure.
        assert different > MARK * MARK / 10, (one, other)


@pytest.mark.parametrize(("one", "other"), [*combinations(Status, 2)])
def test_a_row_looks_different_for_each_status_without_colour(one: Status, other: Status) -> None:
    pictures = [open_picture(draw_timeline(timeline(entry(-3, status=status)))).convert("L") for status in (one, other)]
    marks = [picture.crop((270, 255, 310, 320)).point(lambda value: 255 if value < 200 else 0) for picture in pictures]
    assert ImageChops.difference(*marks).histogram()[255] > MARK * MARK / 10


def test_rows_of_one_child_have_no_badge_and_rows_of_several_do() -> None:
    alone = timeline(entry(-3))
    both = timeline(entry(-3), entry(-2, child="kai", initials="KAH"))
    assert "RIH" not in draw_timeline(alone).alt
    words = draw_timeline(both).alt
    assert "19 November 2026 (RIH): Happened" in words
    assert "20 November 2026 (KAH): Happened" in words


def test_the_same_hearing_about_several_children_is_one_row() -> None:
    moment = dt.datetime(2026, 11, 30, 10)
    children = (("rowan", "RIH"), ("kai", "KAH"), ("bo", "BOH"))
    hearing = [entry(8, "Hearing", Status.BOOKED, child=child, initials=name, at=moment) for child, name in children]
    words = draw_timeline(timeline(*hearing)).alt
    assert words.count("Hearing, 10am") == 1
    assert "(RIH, KAH, BOH)" in words


def test_children_with_the_same_initials_are_told_apart() -> None:
    twins = timeline(entry(-3, child="rowan"), entry(-2, child="rory"), entry(-1, child="kai", initials="KAH"))
    words = draw_timeline(twins).alt
    assert all(f"({name}):" in words for name in ("RIH 1", "RIH 2", "KAH"))


def test_many_children_on_one_row_fit() -> None:
    check_picture(
        draw_timeline(timeline(*(entry(-3, child=f"child-{one}", initials=f"ABCD{one}") for one in range(20))))
    )


def test_from_a_day_on_shows_only_what_follows_and_says_what_is_left_out() -> None:
    entries = (entry(-30, "Old", Status.OVERDUE), entry(-20, "Older"), entry(-10, "That day"), entry(-1, "New"))
    words = draw_timeline(timeline(*entries), since=_TODAY - dt.timedelta(10)).alt
    assert "2 earlier rows are left out, 1 of them overdue." in words
    assert "That day" in words
    assert "New" in words
    assert "Old" not in words


def test_a_badge_stays_when_only_one_of_several_children_is_left() -> None:
    words = draw_timeline(timeline(entry(-30), entry(-1, child="kai", initials="KAH")), since=_TODAY - dt.timedelta(5))
    assert "(KAH)" in words.alt


def test_a_timeline_without_entries_has_a_picture() -> None:
    picture = draw_timeline(timeline())
    check_picture(picture)
    assert picture.alt == (
        "Timeline of FAM-2026-0142. Procedure: england. There is nothing to show.\nToday, 22 November 2026."
    )


@pytest.mark.parametrize("number", [1, 76, 110, 160])
def test_up_to_a_hundred_and_sixty_days_fit_in_one_picture(number: int) -> None:
    check_picture(draw_timeline(make_many(number)))


def test_six_hundred_entries_on_shared_rows_fit() -> None:
    entries = [
        entry(days, "Hearing", child=f"child-{one}", initials=f"AB{one}") for days in range(-150, 0) for one in range(4)
    ]
    assert len(entries) == 600
    check_picture(draw_timeline(timeline(*entries)))


def test_a_long_timeline_drops_the_sources_from_the_picture_but_not_from_the_words() -> None:
    with_sources, without = draw_timeline(make_many(140)), draw_timeline(make_many(170))
    assert open_picture(without).height < open_picture(with_sources).height
    assert without.alt.count("Source: reviews.held_on.") == 170


@pytest.mark.parametrize("number", [300, 600])
def test_what_is_too_tall_is_refused_with_a_day_from_which_it_fits(number: int) -> None:
    with pytest.raises(ValueError, match=rf"{number} rows.*choose fewer with --from") as caught:
        draw_timeline(make_many(number))
    day = dt.date.fromisoformat(str(caught.value).rsplit(" ", 1)[1])
    check_picture(draw_timeline(make_many(number), since=day))


def test_the_smallest_letters_have_seven_points_in_print() -> None:
    assert _SMALLEST_LETTERS / PAGE_WIDTH * _POINTS_IN_17_CM >= 6.99
    assert open_picture(draw_timeline(make_many(1))).info["dpi"][0] == pytest.approx(PAGE_WIDTH / 17 * 2.54, abs=0.1)


def test_long_words_are_wrapped_and_nothing_is_cut() -> None:
    long = "The decision maker decides and the parents are told in writing. " * 12
    check_picture(draw_timeline(timeline(entry(-3, long, Status.OVERDUE, long), entry(5, "W" * 500, Status.DUE))))
    lines = TextStyle(24).wrap(long, 600)
    assert " ".join(line.text for line in lines) == long.strip()
    assert all(line.width <= 600 for line in lines)


_SCRIPTS = {
    "latin": "Łukasz Żółć",
    "greek": "Αλέξανδρος",
    "cyrillic": "Александра",
    "arabic": "محمد يعقوب",
    "hebrew": "יעקב",
    "han": "李小龍",
    "thai": "ประเสริฐ",
    "devanagari": "अमृता",
    "broken": "X\u0000\ud800Y",
    "picture": "👶",
    "empty": "",
}


@pytest.mark.parametrize("words", [*_SCRIPTS.values()], ids=[*_SCRIPTS])
def test_words_in_any_script_are_drawn(words: str) -> None:
    picture = draw_timeline(timeline(entry(-3, f"Wishes of {words}", source=words, initials=words), entry(2, words)))
    check_picture(picture)
    picture.alt.encode()


@pytest.mark.parametrize("name", ["latin", "greek", "cyrillic", "arabic", "hebrew", "han", "thai", "devanagari"])
def test_several_scripts_in_one_line_lose_no_letter(name: str) -> None:
    words = f"Wishes of {_SCRIPTS[name]} and {_SCRIPTS['greek']}, 3"
    assert TextStyle(24).line(words).text == words


_entries = st.builds(
    TimelineEntry,
    st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31)),
    st.sampled_from(["rowan", "kai", "bo"]),
    st.text(max_size=5),
    st.text(max_size=120),
    st.text(max_size=20),
    st.sampled_from(Status),
    st.text(max_size=120),
    at=st.none() | st.datetimes(),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(_entries, max_size=20), st.none() | st.dates())
def test_any_timeline_has_a_picture(entries: Sequence[TimelineEntry], since: dt.date | None) -> None:
    picture = draw_timeline(timeline(*entries), since=since)
    check_picture(picture)
    assert picture.alt.count("Today, 22 November 2026.") == 1
