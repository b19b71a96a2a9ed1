"""How a paper falls into pages: which rows and lines stay together, and which may part."""

from __future__ import annotations

from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from generator.papers.render.flow import keep_rows_whole, keep_together, loosen_long_tables


def body_of(inner: str) -> Any:
    return parse_xml(f"<w:body {nsdecls('w')}>{inner}</w:body>")


def line(text: str, *, bold: bool = False, kept: bool = False) -> str:
    run = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f"<w:p>{'<w:pPr><w:keepNext/></w:pPr>' if kept else ''}<w:r>{run}<w:t>{text}</w:t></w:r></w:p>"


def table(*texts: str, kept: bool = False) -> str:
    rows = (f"<w:tr><w:tc><w:tcPr/>{line(text, kept=kept)}</w:tc></w:tr>" for text in texts)
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def rows_kept(body: Any) -> list[bool]:
    return [row.find(f".//{qn('w:keepNext')}") is not None for row in body.iter(qn("w:tr"))]


def test_a_short_row_stays_on_one_page_and_a_long_one_may_break() -> None:
    body = body_of(table("Leanne supports it.", "x" * 1200))
    keep_rows_whole(body)
    assert [row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in body.iter(qn("w:tr"))] == [
        True,
        False,
    ]


def test_a_long_table_may_break_between_rows_but_leaves_no_row_alone() -> None:
    body = body_of(table(*"abcdefgh", kept=True))
    loosen_long_tables(body)
    assert rows_kept(body) == [True, False, False, False, False, False, True, False]


def test_a_table_of_few_rows_stays_together_and_is_held_to_nothing_after_it() -> None:
    body = body_of(table(*"abcd", kept=True))
    loosen_long_tables(body)
    assert rows_kept(body) == [True, True, True, False]


@pytest.mark.parametrize(
    ("first", "stays"),
    [
        (line("Legal help", bold=True), True),
        (line("This is what happens now:"), True),
        (line("We think Kuba should be placed for adoption.", bold=True), False),
        (line("Phone: 01632 960145"), False),
    ],
)
def test_a_line_that_names_what_follows_stays_with_it(first: str, stays: bool) -> None:
    body = body_of(first + "".join(line(f"Line {number}.") for number in range(8)))
    keep_together(body)
    assert (body[0].find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None) is stays
