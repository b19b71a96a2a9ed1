"""What Word files say and where two of them differ: words count, layout and what Word fills in by itself do not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from generator.papers.word.word_diff import (
    WordedParagraph,
    WordingChange,
    WordingChangeKind,
    compare_wordings,
    read_wording,
    says_the_same,
)


def write(file: Path, *paragraphs: str, field: str = "") -> Path:
    document = Document()
    for words in paragraphs:
        document.add_paragraph(words, style="Heading 1" if words.isupper() else None)
    if field:
        add_field(document.sections[0].footer.paragraphs[0], field)
    document.save(str(file))
    return file


def add_field(paragraph: Any, result: str, code: str = "PAGE") -> None:
    for piece in (
        '<w:fldChar w:fldCharType="begin"/>',
        f"<w:instrText> {code} </w:instrText>",
        '<w:fldChar w:fldCharType="separate"/>',
        f"<w:t>{result}</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    ):
        paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{piece}</w:r>"))


def differ(before: list[str], now: list[str], yours: list[str]) -> list[tuple[str, int, bool]]:
    said = [[WordedParagraph(words) for words in version] for version in (before, now, yours)]
    return [(one.kind.value, one.number, one.by_hand) for one in compare_wordings(*said)]


def test_paragraphs_are_read_with_the_heading_they_stand_under(tmp_path: Path) -> None:
    file = write(tmp_path / "a.docx", "First", "HEALTH", "She is well.")
    assert read_wording(file) == (
        WordedParagraph("First"),
        WordedParagraph("HEALTH", "HEALTH"),
        WordedParagraph("She is well.", "HEALTH"),
    )


def test_a_file_that_was_saved_again_says_the_same(tmp_path: Path) -> None:
    one = write(tmp_path / "a.docx", "First", "Second")
    document = Document(str(one))
    document.paragraphs[0].runs[0].bold = True
    document.save(str(tmp_path / "b.docx"))
    assert one.read_bytes() != (tmp_path / "b.docx").read_bytes()
    assert says_the_same(one, tmp_path / "b.docx")


def test_page_numbers_that_word_fills_in_do_not_count_and_other_fields_do(tmp_path: Path) -> None:
    one, other = (write(tmp_path / f"{number}.docx", "Words", field=str(number)) for number in (1, 2))
    assert says_the_same(one, other)
    for file, person in ((one, "Ann"), (other, "Ben")):
        document = Document(str(file))
        add_field(document.paragraphs[0], person, "MERGEFIELD name")
        document.save(str(file))
    assert not says_the_same(one, other)


@pytest.mark.parametrize("part", ["header", "footer"])
def test_words_of_headers_and_footers_count(tmp_path: Path, part: str) -> None:
    one, other = (write(tmp_path / f"{name}.docx", "Words") for name in "ab")
    document = Document(str(other))
    getattr(document.sections[0], part).paragraphs[0].text = "Not to be copied"
    document.save(str(other))
    assert not says_the_same(one, other)


def test_what_is_struck_out_but_not_settled_counts(tmp_path: Path) -> None:
    one, other = (write(tmp_path / f"{name}.docx", "Words") for name in "ab")
    document = Document(str(other))
    document.paragraphs[0]._p.append(
        parse_xml(f'<w:del {nsdecls("w")} w:id="1" w:author="A"><w:r><w:delText>no</w:delText></w:r></w:del>')
    )
    document.save(str(other))
    assert not says_the_same(one, other)


@pytest.mark.parametrize("content", [b"", b"no Word file", b"PK\x03\x04"])
def test_a_file_that_cannot_be_read_says_the_same_as_none(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(content)
    assert read_wording(file) is None
    assert not says_the_same(file, file)


@pytest.mark.parametrize(
    ("now", "yours", "found"),
    [
        (["a", "B", "c"], ["a", "b", "c"], [("changed", 2, False)]),
        (["a", "B", "c"], ["mine", "a", "b", "c"], [("changed", 3, False)]),
        (["a", "B", "c"], ["a", "my b", "c"], [("changed", 2, True)]),
        (["a", "B", "c"], ["a", "c"], [("changed", 0, True)]),
        (["a", "b", "c", "d"], ["a", "b", "c"], [("new", 3, False)]),
        (["new", "a", "b", "c"], ["a", "b", "c"], [("new", 0, False)]),
        (["a", "c"], ["a", "b", "c"], [("gone", 2, False)]),
        (["a", "c"], ["a", "my b", "c"], [("gone", 2, True)]),
        (["a", "c"], ["a", "c"], []),
        (["a", "B", "c"], ["a", "B", "c"], []),
        (["a", "b", "c"], ["quite", "another"], []),
    ],
)
def test_each_change_has_its_place_in_the_persons_version(
    now: list[str], yours: list[str], found: list[tuple[str, int, bool]]
) -> None:
    assert differ(["a", "b", "c"], now, yours) == found


def test_a_change_says_what_was_said_before_now_and_by_hand() -> None:
    (found,) = compare_wordings(
        [WordedParagraph("b", "Health")], [WordedParagraph("B", "Health")], [WordedParagraph("my b", "Health")]
    )
    assert found == WordingChange(WordingChangeKind.CHANGED, 1, "Health", "b", "B", "my b", by_hand=True)
