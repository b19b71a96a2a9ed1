"""The small subset of Markdown: what it marks, what it leaves alone, and that no word is ever lost."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.case.citations import Citation
from generator.case.markup import Block, BlockKind, StyledText, read_blocks, read_runs

WORDS = st.text(alphabet=[*string.ascii_letters, *"ŁżéشبنмЖ王🙂"], min_size=1, max_size=12)
PRINTABLE = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters="*\\", include_characters=" "),
    min_size=1,
    max_size=80,
).filter(lambda text: "[[" not in text)


def paragraph(text: str, *, bold: bool = False, italic: bool = False) -> Block:
    return Block(BlockKind.PARAGRAPH, (StyledText(text, bold, italic),))


def starts_a_point(line: str) -> bool:
    line = line.lstrip(" ")
    number, _, _ = line.partition(" ")
    is_number = (
        number[-1:] in {".", ")"}
        and 1 <= len(number[:-1]) <= 3
        and all(sign in "0123456789" or sign.isdecimal() for sign in number[:-1])
    )
    return line.startswith(("- ", "• ", "* ")) or (is_number and " " in line)


@pytest.mark.parametrize("text", ["", " ", "\n", "\n \n  \n"])
def test_no_words_give_no_blocks(text: str) -> None:
    assert read_blocks(text) == ()


def test_an_empty_line_parts_paragraphs_and_a_line_break_does_not() -> None:
    assert read_blocks("One\nline.\n\nTwo.\n   \nThree.") == (
        paragraph("One line."),
        paragraph("Two."),
        paragraph("Three."),
    )


def test_bullets_have_two_levels_and_no_third() -> None:
    blocks = read_blocks("- one\n  - two\n    - three\n        - four")
    assert [(block.kind, block.level, block.text) for block in blocks] == [
        (BlockKind.BULLET, 0, "one"),
        (BlockKind.BULLET, 1, "two"),
        (BlockKind.BULLET, 1, "three"),
        (BlockKind.BULLET, 1, "four"),
    ]


@pytest.mark.parametrize("sign", ["-", "*", "•"])
def test_each_sign_for_a_bullet_is_known(sign: str) -> None:
    assert read_blocks(f"{sign} milk") == (Block(BlockKind.BULLET, (StyledText("milk"),)),)


@pytest.mark.parametrize(
    "text",
    ["-milk", "•milk", "1.milk", "1 milk", "1234. milk", "– milk", "a. milk", "#milk", "> milk", "`milk`", "_milk_"],
)
def test_what_only_looks_like_a_list_or_other_markdown_is_a_paragraph(text: str) -> None:
    assert read_blocks(text) == (paragraph(text),)


def test_a_point_goes_on_in_the_next_line() -> None:
    assert read_blocks("- one\n  more") == (Block(BlockKind.BULLET, (StyledText("one more"),)),)


def test_a_numbered_list_starts_where_one_is_written_and_where_nothing_comes_before() -> None:
    blocks = read_blocks("1. a\n2. b\n\nBetween.\n\n1. c\n2. d")
    assert [(block.text, block.starts_list) for block in blocks] == [
        ("a", True),
        ("b", False),
        ("Between.", False),
        ("c", True),
        ("d", False),
    ]


def test_a_numbered_list_that_starts_with_another_number_is_a_list_of_its_own() -> None:
    blocks = read_blocks("1. a\n\nBetween.\n\n7. b\n8. c")
    assert [block.starts_list for block in blocks if block.kind is BlockKind.NUMBER] == [True, True, False]


def test_a_numbered_list_goes_on_after_bullets_inside_it() -> None:
    blocks = read_blocks("1. a\n  - inside\n2. b")
    assert [(block.kind, block.starts_list) for block in blocks] == [
        (BlockKind.NUMBER, True),
        (BlockKind.BULLET, False),
        (BlockKind.NUMBER, False),
    ]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("**a** b", (StyledText("a", bold=True), StyledText(" b"))),
        ("*a* b", (StyledText("a", italic=True), StyledText(" b"))),
        ("***a*** b", (StyledText("a", bold=True, italic=True), StyledText(" b"))),
        (
            "**a *b* c**",
            (StyledText("a ", bold=True), StyledText("b", bold=True, italic=True), StyledText(" c", bold=True)),
        ),
        (
            "*a **b** c*",
            (StyledText("a ", italic=True), StyledText("b", bold=True, italic=True), StyledText(" c", italic=True)),
        ),
        ("one**two**three", (StyledText("one"), StyledText("two", bold=True), StyledText("three"))),
        ("**a** and **b**", (StyledText("a", bold=True), StyledText(" and "), StyledText("b", bold=True))),
    ],
)
def test_stars_in_pairs_mark_words(text: str, runs: tuple[StyledText, ...]) -> None:
    assert read_runs(text) == runs


@pytest.mark.parametrize(
    "text",
    [
        "2 * 3 = 6",
        "*",
        "**",
        "***",
        "a*",
        "*a",
        "**a*",
        "*a**",
        "a ** b ** c",
        "5* hotel",
        "* a *",
        "****",
        "**a",
        "a**",
    ],
)
def test_stars_that_pair_with_nothing_stay(text: str) -> None:
    assert read_runs(text) == (StyledText(text),)


@pytest.mark.parametrize(
    ("text", "printed"),
    [(r"\*a\*", "*a*"), (r"\*\*a\*\*", "**a**"), (r"C:\\evidence", "C:\\evidence"), (r"a\b", r"a\b"), ("a\\", "a\\")],
)
def test_a_backslash_prints_the_star_or_backslash_after_it(text: str, printed: str) -> None:
    assert read_runs(text) == (StyledText(printed),)


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("a [[b]] c", (StyledText("a "), StyledText("[[b]]", cites=Citation("b")), StyledText(" c"))),
        ("[[b]][[c]]", (StyledText("[[b]]", cites=Citation("b")), StyledText("[[c]]", cites=Citation("c")))),
        ("*[[b p 2]]*", (StyledText("[[b p 2]]", italic=True, cites=Citation("b", 2, 2)),)),
        (
            "**a ([[b]]) c**",
            (
                StyledText("a ", True),
                StyledText("([[b]])", True, cites=Citation("b", alone=True)),
                StyledText(" c", True),
            ),
        ),
    ],
)
def test_a_citation_is_a_run_of_its_own_in_the_style_around_it(text: str, runs: tuple[StyledText, ...]) -> None:
    assert read_runs(text) == runs


@pytest.mark.parametrize(
    ("text", "printed"), [(r"a \[[b]]", "a [[b]]"), ("[[B]]", "[[B]]"), ("[[b p 0]]", "[[b p 0]]"), ("[[b", "[[b")]
)
def test_brackets_that_cite_nothing_are_words(text: str, printed: str) -> None:
    assert read_runs(text) == (StyledText(printed),)


def test_a_citation_may_go_on_in_the_next_line() -> None:
    assert read_blocks("a [[b\n  p 2]]")[0].runs[1].cites == Citation("b", 2, 2)


@given(PRINTABLE)
def test_printable_text_without_list_or_emphasis_survives(text: str) -> None:
    expected = text.strip()
    if expected and not starts_a_point(text):
        assert read_blocks(text) == (paragraph(expected),)
    elif not expected:
        assert read_blocks(text) == ()


@given(st.lists(st.text(alphabet="ab *\\", min_size=1, max_size=20), min_size=1, max_size=4))
def test_marks_take_away_stars_and_backslashes_only(lines: list[str]) -> None:
    text = "x" + " ".join(lines)
    printed = "".join(run.text for run in read_runs(text))
    for sign in "ab x":
        assert printed.count(sign) == text.count(sign)
    assert len(printed) <= len(text)


@given(st.text(alphabet="ab *", max_size=30))
def test_stars_go_in_pairs_of_the_same_length(text: str) -> None:
    printed = "".join(run.text for run in read_runs(text))
    assert (text.count("*") - printed.count("*")) % 2 == 0


@given(st.lists(WORDS, min_size=1, max_size=6))
def test_every_point_of_a_list_is_one_block(words: list[str]) -> None:
    assert [block.text for block in read_blocks("\n".join(f"- {word}" for word in words))] == words
    numbered = read_blocks("\n".join(f"{number}. {word}" for number, word in enumerate(words, 1)))
    assert [(block.text, block.starts_list) for block in numbered] == [
        (word, place == 0) for place, word in enumerate(words)
    ]


@given(st.text())
def test_any_text_gives_blocks_that_hold_words(text: str) -> None:
    assert all(block.text.strip() for block in read_blocks(text) if "*" not in text and "\\" not in text)
