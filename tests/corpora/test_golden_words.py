"""The words of every paper of one invented child, as somebody last read and approved them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from places import CORPORA

GOLDEN = CORPORA / "golden" / "words"
FAMILY = "rowan"
_READ = "Read what changed with git diff; then python -m pytest tests/corpora/test_golden_words.py --refresh-golden"


@pytest.fixture(scope="module")
def words(
    words_of: Callable[[str], dict[str, Path]], words_in: Callable[[Path], list[str]], pytestconfig: pytest.Config
) -> dict[str, str]:
    """The words of each paper by name; written to the golden folder where that is asked for."""
    found = {name: "\n".join(words_in(word)) + "\n" for name, word in words_of(FAMILY).items()}
    if pytestconfig.getoption("--refresh-golden"):
        GOLDEN.mkdir(parents=True, exist_ok=True)
        for old in GOLDEN.glob("*.txt"):
            old.unlink()
        for name, text in found.items():
            (GOLDEN / f"{name}.txt").write_text(text, encoding="utf-8")
    return found


def test_every_paper_has_golden_words_and_no_golden_words_are_left_over(words: dict[str, str]) -> None:
    assert {file.stem for file in GOLDEN.glob("*.txt")} == set(words), _READ


def test_every_paper_says_what_was_approved(words: dict[str, str]) -> None:
    for name, text in words.items():
        approved = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
        assert text == approved, f"{name} says something else. {_READ}"


@pytest.mark.parametrize(
    "kind",
    [
        "agency-decision-form",
        "child-permanence-report",
        "iro-summary",
        "letter-decision",
        "permanence-plan",
        "ppm-minutes",
    ],
)
def test_golden_words_are_kept_for_each_kind_of_paper_that_matters_most(kind: str) -> None:
    assert list(GOLDEN.glob(f"{kind}-*.txt"))
