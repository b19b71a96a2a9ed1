"""The layout of a bundle: complete, with a source for every rule, and strict about what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.bundlelayout import Sure, load_layout
from generator.errors import CannotReadError

LAYOUT = Path(__file__).parent.parent / "data/bundles/children-proceedings.yaml"


def write(tmp_path: Path, old: str, new: str) -> Path:
    text = LAYOUT.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "layout.yaml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


def problems_of(file: Path) -> list[tuple[str, int | None]]:
    with pytest.raises(CannotReadError) as refused:
        load_layout(file)
    return [(problem.code, problem.place.line if problem.place else None) for problem in refused.value.problems]


def line_of(text: str) -> int:
    lines = LAYOUT.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_sections_run_from_a_to_f_in_the_order_of_the_practice_direction() -> None:
    sections = load_layout(LAYOUT).sections
    assert [(one.letter, one.id) for one in sections] == [
        ("A", "preliminary"),
        ("B", "applications"),
        ("C", "statements"),
        ("D", "care-plans"),
        ("E", "reports"),
        ("F", "other"),
    ]


def test_the_page_limit_is_350_under_paragraph_11_2_b() -> None:
    limit = load_layout(LAYOUT).page_limit
    assert (limit.pages, limit.paragraph, limit.sure, limit.fallback) == (350, "11.2(b)", Sure.PRIMARY, False)


def test_it_says_when_it_was_checked_and_from_when_it_holds() -> None:
    layout = load_layout(LAYOUT)
    assert (layout.checked_on.isoformat(), layout.in_force_from.isoformat()) == ("2026-11-22", "2026-03-02")


def test_what_the_new_text_was_not_read_for_is_marked_to_be_confirmed() -> None:
    layout = load_layout(LAYOUT)
    for row in (*layout.sections, *layout.rules, *layout.never_included, *layout.document_limits):
        assert row.fallback == (row.sure in ("carried over from the old text", "not found in the new text"))


def test_a_care_plan_of_more_than_10_pages_is_over_the_old_limit() -> None:
    assert {one.id: one.pages for one in load_layout(LAYOUT).document_limits}["care-plan"] == 10


def test_a_fallback_that_is_not_marked_is_refused_at_its_place(tmp_path: Path) -> None:
    file = write(tmp_path, "    fallback: yes\n", "")
    assert problems_of(file) == [("C003", line_of("- id: preliminary"))]


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("    letter: B", "    letter: b", "C003", "letter: B"),
        ("    letter: B", "    letter: A", "C003", "letter: B"),
        ("  - id: statements", "  - id: preliminary", "C007", "- id: statements"),
        ("  pages: 350", "  pages: many", "C003", "pages: 350"),
        ("sure: primary text", "sure: certain", "C004", "sure: primary text"),
        ("checked_on:", "chekced_on:", "C001", "checked_on:"),
        ("checked_on: 2026-11-22", "checked_on: 2026-02-30", "C003", "checked_on:"),
        ("  style: restarts in each section", "  style: continuous", "C004", "style: restarts"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, code: str, at: str) -> None:
    assert (code, line_of(at)) in problems_of(write(tmp_path, old, new))


def test_a_misspelt_key_names_the_right_one(tmp_path: Path) -> None:
    with pytest.raises(CannotReadError) as refused:
        load_layout(write(tmp_path, "checked_on:", "chekced_on:"))
    assert "checked_on:" in [problem.remedy for problem in refused.value.problems]
