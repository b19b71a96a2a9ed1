"""Reading case files: what is refused, where and in which words, and that all else comes back as it was typed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import string
import time
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from generator.base.errors import CannotReadError, ExitCode, Problem
from generator.base.explanations import read_explanations
from generator.base.yaml.read import limit_repeats, parse_yaml, read_yaml
from generator.case.example import write_example
from generator.case.facts import fields_of, model_of
from generator.case.family import Case
from generator.case.load import LoadedCase, load_case, read_case_text
from generator.case.references import REFERENCES
from places import CASES, CORPORA

BAD = CORPORA / "bad"
SAMPLES = sorted((CASES).glob("*/case.yaml"))
BAD_FILES = sorted(file for file in [*BAD.glob("*.yaml"), *BAD.glob("*/case.yaml")] if file.name != "expects.yaml")
EXPECTATION = re.compile(r"(\S+) (\d+:\d+) (.+)")
CASE = """\
reference: FAM-2026-0950
authority: {name: Hartsmere Council}
procedure: hertfordshire-2024
children:
  - id: rowan
    name: {given: Rowan, family: Hale}
    born_on: 14 March 2025
"""


def expectations(file: Path) -> list[tuple[str, str, str]]:
    listed = (BAD / "expects.yaml").read_text(encoding="utf-8")
    inside = file.read_text(encoding="utf-8", errors="replace")
    found = re.findall(rf"^{re.escape(file.name)}: (.+)$", listed, re.MULTILINE)
    found += re.findall(r"^# expects: (.+)$", inside, re.MULTILINE)
    parts = [EXPECTATION.fullmatch(line) for line in found]
    return [(part[1], part[2], part[3]) for part in parts if part]


def refusal(content: str | bytes) -> CannotReadError:
    with pytest.raises(CannotReadError) as caught:
        read_case_text(content.encode() if isinstance(content, str) else content, "case.yaml")
    return caught.value


def all_words(error: CannotReadError) -> str:
    return " ".join([str(error), *(f"{one.says} {one.remedy} {one.path}" for one in error.problems)])


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    elif isinstance(value, str):
        yield value


def models_below(model: type[BaseModel], path: str = "") -> Iterator[tuple[str, type[BaseModel]]]:
    yield path, model
    for key, info in fields_of(model).items():
        if inner := model_of(info.annotation):
            yield from models_below(inner, f"{path}.{key}".lstrip("."))


def own_words() -> set[str]:
    """Words that messages may use because the product says them itself, in examples and fixed vocabulary."""
    said: list[str] = []
    for _, model in models_below(Case):
        for key, info in fields_of(model).items():
            said += [key, *leaves(info.examples)]
            said += [word.value for word in vocabulary(info.annotation)]
    return {word.lower() for text in said for word in re.findall(r"[^\W_]{7,}", text)}


def vocabulary(annotation: Any) -> Iterator[StrEnum]:
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        yield from annotation
    for arm in getattr(annotation, "__args__", ()):
        yield from vocabulary(arm)


@pytest.mark.parametrize("file", BAD_FILES, ids=lambda file: str(file.relative_to(BAD)))
def test_bad_file_is_refused_with_code_place_and_words(file: Path) -> None:
    expected = expectations(file)
    assert expected, "write what this file must be answered with"
    with pytest.raises(CannotReadError) as caught:
        load_case(file)
    assert caught.value.exit_code is ExitCode.CANNOT_READ
    told = caught.value.problems
    for code, place, words in expected:
        here = [one for one in told if one.code == code and f"{one.place.line}:{one.place.column}" == place]  # type: ignore[union-attr]
        assert any(words in f"{one.says} {one.remedy}" for one in here), (code, place, words, told)
    repeats = any("more of the same" in one.says for one in told)
    assert repeats or len(told) == len(expected), "nothing may be told that is not so"
    for one in told:
        assert one.code in read_explanations()


@pytest.mark.parametrize("file", BAD_FILES, ids=lambda file: str(file.relative_to(BAD)))
def test_messages_quote_no_value(file: Path) -> None:
    with pytest.raises(CannotReadError) as caught:
        load_case(file)
    facts = re.sub(r"^#.*$", "", file.read_text(encoding="utf-8", errors="replace"), flags=re.MULTILINE)
    keys = re.findall(r"([a-z][a-z0-9_]*):", facts)
    values = {word.lower() for word in re.findall(r"[^\W_]{7,}", re.sub(r"[a-z][a-z0-9_]*:", "", facts))}
    own = own_words() | {key.lower() for key in keys} | {"children", "placement", "decision", "between"}
    told = all_words(caught.value).replace(str(file), "").lower()
    assert not [word for word in values - own if word in told]


@pytest.mark.parametrize("number", range(7))
def test_any_value_made_wrong_is_never_quoted(number: int) -> None:
    lines = (CASES / "fullest" / "case.yaml").read_text(encoding="utf-8").splitlines()
    broken = [
        re.sub(r"^(\s*(?:- )?[a-z_]+: )\S.*$", r"\1Xylocarp canaryxx", line) if i % 7 == number else line
        for i, line in enumerate(lines)
    ]
    told = all_words(refusal("\n".join(broken)))
    assert "xylocarp" not in told.lower()
    assert "canaryxx" not in told.lower()


@pytest.mark.parametrize("file", sorted((CORPORA / "good").glob("*.yaml")), ids=lambda file: file.stem)
def test_good_file_loads(file: Path) -> None:
    loaded = load_case(file)
    assert loaded.digest == hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.parent.name)
def test_sample_loads_from_its_folder(file: Path) -> None:
    assert load_case(file.parent).case == load_case(file).case


def test_values_stay_the_text_that_was_written() -> None:
    case = load_case(CORPORA / "good" / "text-that-looks-like-something-else.yaml").case
    child = case.children[0]
    assert case.reference == "0000900"
    assert (child.name.given, child.name.family, child.name.known_as) == ("NO", "Null", "y")
    assert child.identity.languages == ("no", "1e3", "12:30:45", ".5")
    assert (child.pupil_number, child.record_number, child.personality) == ("0x1F", "007", "yes")


def test_key_left_empty_is_a_key_left_out() -> None:
    child = load_case(CORPORA / "good" / "left-empty.yaml").case.children[0]
    assert (child.name.family, child.name.known_as, child.interests) == ("Null", None, "flat #2, high street")
    assert (child.sex, child.family_time, child.other) == ("not_recorded", (), "flat#2")
    assert child.born_on.isoformat() == "2009-09-01"


def test_tab_inside_a_block_of_text_is_text() -> None:
    case = read_case_text((CASE + "    other: |\n      One.\n      \tTwo.\n      -\tThree.\n").encode(), "x")
    assert case.children[0].other == "One.\n    Two.\n-    Three."


def test_case_child_may_have_a_view_of_their_own() -> None:
    text = CASE + "  - {id: wren, name: {given: Wren}, born_on: 1 May 2015}\n"
    text += "reports: [{child: rowan, family_views: [{person: wren, placement: She wants Rowan home.}]}]\n"
    assert read_case_text(text.encode(), "x").reports[0].family_views[0].person == "wren"


def test_nearly_right_id_is_answered_with_a_line_not_a_name() -> None:
    (problem,) = refusal(CASE + "plans: [{child: rowann, agreed_on: 3 August 2026, primary: adoption}]\n").problems
    assert problem.remedy == "the nearest id stands on line 5"


def test_every_id_in_the_model_is_followed() -> None:
    marks = ("person's id", "child's id", "person's or child's id", "meeting: its id", "The children")
    unfollowed = [
        where
        for path, model in models_below(Case)
        for key, info in fields_of(model).items()
        if model_of(info.annotation) is None and any(mark in (info.description or "") for mark in marks)
        and "or words" not in (info.description or "")
        and (where := f"{path}.{key}".lstrip(".")) not in REFERENCES
    ]  # fmt: skip
    assert unfollowed == []


def test_ten_of_one_kind_are_told_and_the_rest_counted() -> None:
    many = [Problem("C001", f"number {n}", None) for n in range(25)]
    told = limit_repeats([*many, Problem("C002", "another", None)])
    assert [one.says for one in told if one.code == "C001"][-1] == "and 15 more of the same, from here on"
    assert len(told) == 12


def within_a_second(content: str) -> CannotReadError:
    started = time.monotonic()
    error = refusal(content)
    assert time.monotonic() - started < 1
    return error


def test_alias_bomb_is_refused_at_once() -> None:
    rows = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 60)]
    error = within_a_second("a0: &a0 [x, x]\n" + "\n".join(rows))
    assert {one.code for one in error.problems} == {"Y007"}
    assert len(error.problems) == 11


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_refused_at_once(opening: str) -> None:
    assert within_a_second(opening * 20_000).problems[0].code == "Y008"


def test_file_over_five_megabytes_is_refused_at_once(tmp_path: Path) -> None:
    assert within_a_second("a: b\n" * 1_100_000).problems[0].code == "Y002"
    file = tmp_path / "case.yaml"
    file.write_bytes(b"#" * (5 * 1024 * 1024 + 1))
    with pytest.raises(CannotReadError, match="cannot be read"):
        load_case(file)


def test_too_many_entries_are_refused() -> None:
    assert refusal("a: [" + "x," * 200_001 + "]").problems[0].code == "Y008"


def test_what_cannot_be_opened_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").mkdir()
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for given_path, words in (
        (tmp_path, "it is a folder, not a file"),
        (tmp_path / "empty", "There is no case.yaml in .*permanence new"),
        (tmp_path / "pipe", "it is not an ordinary file"),
        (tmp_path / "emty", "There is no case at .*Did you mean .*empty"),
        (tmp_path / ("x" * 300), "name cannot be used"),
        (tmp_path / "no" / "such" / "folder", "There is no case at"),
    ):
        with pytest.raises(CannotReadError, match=words):
            load_case(given_path)


def test_closed_file_is_said_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    file = tmp_path / "case.yaml"
    file.write_text(CASE, encoding="utf-8")
    monkeypatch.setattr(Path, "open", deny)
    with pytest.raises(CannotReadError, match="no permission to open it"):
        load_case(file)
    with pytest.raises(CannotReadError, match="no permission to open it"):
        read_yaml(file)


def test_evidence_that_leads_out_or_round_in_a_circle_is_refused(tmp_path: Path) -> None:
    (tmp_path / "outside.pdf").write_bytes(b"%PDF")
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "out.pdf").symlink_to(tmp_path / "outside.pdf")
    (folder / "round.pdf").symlink_to(folder / "round.pdf")
    long_name = "x" * 300
    rows = [f"  - {{file: {name}, title: T, bundle_section: b}}\n" for name in ("out.pdf", "round.pdf", long_name)]
    (folder / "case.yaml").write_text(CASE + "evidence:\n" + "".join(rows), encoding="utf-8")
    with pytest.raises(CannotReadError) as caught:
        load_case(folder)
    assert [one.code for one in caught.value.problems] == ["C008"] * 3


def test_digest_is_of_the_bytes_that_were_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(CASE, encoding="utf-8")
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    real = Case.model_validate

    def save_meanwhile(*args: Any, **more: Any) -> Case:
        file.write_text(CASE + "# saved again\n", encoding="utf-8")
        return real(*args, **more)

    monkeypatch.setattr(Case, "model_validate", save_meanwhile)
    loaded: LoadedCase = load_case(file)
    assert loaded.digest == before


VISIBLE = st.characters(
    exclude_categories=("C", "Z", "M"), exclude_characters="\u115f\u1160\u2800\u3164\uffa0"
)  # fmt: skip
TEXT = st.text(alphabet=st.one_of(VISIBLE, st.sampled_from(string.punctuation + "   ñé\u0301\u200d\u200f")), min_size=1)


def in_double_quotes(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


@settings(max_examples=300, deadline=None)
@given(text=TEXT.filter(lambda text: any(letter.isalnum() for letter in text)))
def test_line_comes_back_as_it_was_typed(text: str) -> None:
    single = "'" + text.replace("'", "''") + "'"
    for written in (in_double_quotes(text), single):
        child = read_case_text(f"{CASE}    place_of_birth: {written}\n".encode(), "x").children[0]
        assert child.place_of_birth == " ".join(text.split())


@settings(max_examples=300, deadline=None)
@given(rows=st.lists(TEXT.filter(lambda text: any(letter.isalnum() for letter in text)), min_size=1, max_size=6))
def test_prose_comes_back_as_it_was_typed(rows: list[str]) -> None:
    block = "".join(f"      {row}\n" for row in rows)
    for written in (f"|2\n{block}", in_double_quotes("\n".join(rows)) + "\n"):
        child = read_case_text(f"{CASE}    other: {written}".encode(), "x").children[0]
        assert child.other == "\n".join(rows).strip("\n ")


@settings(max_examples=300, deadline=None)
@given(text=TEXT)
def test_examples_are_written_so_that_they_read_back(text: str) -> None:
    assert parse_yaml(f"a: {write_example([text])}".encode(), "x").facts == {"a": [text]}
    assert parse_yaml(f"a: {write_example({'b': text})}".encode(), "x").facts == {"a": {"b": text}}


@settings(max_examples=300, deadline=None)
@given(content=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_no_bytes_whatever_lead_to_anything_but_a_refusal(content: bytes) -> None:
    with pytest.raises(CannotReadError):
        read_case_text(content, "x")


@settings(max_examples=300, deadline=None)
@given(where=st.integers(0, len(CASE)), what=st.text(alphabet="{}[]:,#&*!|>'\"%@`-?\n\t ~\\\u2028\u202eé", max_size=4))
def test_no_slip_of_the_finger_leads_to_a_crash(where: int, what: str) -> None:
    with contextlib.suppress(CannotReadError):
        read_case_text((CASE[:where] + what + CASE[where:]).encode(), "x")


PERSON = "  - {{id: person-{0}, name: {{given: x}}, role: {1}}}\n"
PLACED = "  - {{child: rowan, started_on: 1 May 2026, type: foster_care, carer: persn-{0}}}\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("".join(f"    unknown_key_{n}: x\n" for n in range(10_000)), "C001"),
        ("people:\n" + "".join(PERSON.format(n, "social_workr") for n in range(5_000)), "C004"),
        (
            "people:\n" + "".join(PERSON.format(n, "school") for n in range(2_000))
            + "placements:\n" + "".join(PLACED.format(n) for n in range(1_000)),
            "C005",
        ),
        ("people:\n" + PERSON.format(1, "school") * 5_000, "C007"),
        ("    other: x\n" * 20_000, "Y006"),
    ],
    ids=["keys", "words", "ids that lead nowhere", "ids used twice", "keys that stand twice"],
)  # fmt: skip
def test_thousands_of_mistakes_are_told_soon(text: str, code: str) -> None:
    started = time.process_time()
    told = refusal(CASE + text).problems
    assert time.process_time() - started < 2
    assert [one.code for one in told] == [code] * 11
    assert "more of the same" in told[-1].says


PIECES = [
    "\t",
    "\u00a0",
    "\r",
    "---\n",
    "? ",
    "- ",
    ": ",
    "#",
    " #x",
    "{",
    "}",
    "[",
    "]",
    "&a ",
    "*a",
    "!!int ",
    "<<: ",
    "|\n",
    ">-\n",
]
"""What has a meaning in YAML, put where nobody meant it."""


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    file=st.sampled_from(SAMPLES),
    places=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 400)), min_size=1, max_size=4),
    put=st.one_of(
        st.sampled_from(PIECES).map(str.encode), st.binary(max_size=4), st.just(b"[" * 500), st.just(b"\n- ")
    ),
)
def test_any_change_to_a_sample_gives_a_case_or_problems_with_their_places(
    file: Path, places: list[tuple[float, int]], put: bytes
) -> None:
    content = file.read_bytes()
    for share, length in places:
        at = int(share * len(content))
        content = content[:at] + put + content[at + length :]
    started = time.process_time()
    problems = None
    try:
        read_case_text(content, "case.yaml")
    except CannotReadError as error:
        problems = error.problems
    assert problems != ()
    assert all(one.place and one.code in read_explanations() for one in problems or ())
    assert time.process_time() - started < 1


def read_as(content: bytes) -> Case:
    return read_case_text(content, "case.yaml")


@pytest.mark.parametrize(
    "saved",
    [
        b"\xef\xbb\xbf" + CASE.encode(),
        CASE.replace("\n", "\r\n").encode(),
        CASE.replace("\n", "\r").encode(),
        b"\xef\xbb\xbf" + CASE.replace("\n", "\r\n").encode(),
        CASE.rstrip().encode(),
    ],
    ids=["mark", "Windows", "old Macintosh", "mark and Windows", "no last line end"],
)
def test_however_an_editor_saves_it_the_case_is_the_same(saved: bytes) -> None:
    assert read_as(saved) == read_as(CASE.encode())


@pytest.mark.parametrize(
    "typed",
    ["NO", "off", "Yes", "12:30", "1E10", "1e3", ".5", "1_000", "0094851239", "01234567", "0x1F", "0o17", "+44", ".nan",
     ".inf", "2026-02-30", "2026-04-03", "=", "true", "Null", "1.0", "-", "9" * 5000],
)  # fmt: skip
def test_text_that_yaml_takes_for_something_else_stays_as_it_was_typed(typed: str) -> None:
    written = f"'{typed}'" if typed == "-" else typed
    child = read_as(f"{CASE}    nhs_number: {written}\n    place_of_birth: {written}\n".encode()).children[0]
    assert (child.nhs_number, child.place_of_birth) == (typed, typed)


@pytest.mark.parametrize("number", ["9" * 200_000, ".nan", ".inf", "-1", "1.5", "1e3", "0x10", "١"])
def test_a_number_is_a_whole_one_of_a_few_figures(number: str) -> None:
    court = f"court: {{name: Family Court, page_limit: {{pages: '{number}', ordered_on: 12 June 2026}}}}\n"
    (problem,) = within_a_second(CASE + court).problems
    assert (problem.code, problem.says) == ("C003", "pages must be a whole number")


@pytest.mark.parametrize("code", [0x00, 0x08, 0x0B, 0x1F, 0x7F, 0x80, 0x9F, 0xFFFE, 0xFFFF, 0x202E, 0x2066, 0xFEFF])
def test_a_character_that_no_paper_can_hold_is_refused_as_it_stands_and_escaped(code: int) -> None:
    for written in (f"'Ro{chr(code)}wan'", f'"Ro\\u{code:04x}wan"'):
        problems = refusal(f"{CASE}    other: {written}\n").problems
        assert [(one.code, one.place.line) for one in problems if one.place] == [("Y003", 8)]


@pytest.mark.parametrize("text", ["x" * 200_001, "é" * 200_001])
def test_a_text_longer_than_any_fact_is_refused(text: str) -> None:
    (problem,) = within_a_second(f"{CASE}    other: {text}\n").problems
    assert (problem.code, problem.says) == ("C003", "other must be shorter: one fact may hold 200,000 characters")


@pytest.mark.parametrize(
    "name",
    [
        "../outside.pdf", "evidence/../../outside.pdf", "/etc/passwd", "//server/share/x.pdf", r"\\s\share\x.pdf",
        "C:/x.pdf", "C:x.pdf", "x.pdf:stream", "evidence//x.pdf", "./x.pdf", "evidence/", "~/../x.pdf", "con.pdf",
        "evidence/NUL", "evidence/LPT1.docx", "aux/x.pdf", "evidence/x.pdf.", "evidence./x.pdf", "evidence/x.pdf ",
    ],
)  # fmt: skip
def test_a_file_name_that_leads_out_or_means_something_else_is_refused(name: str) -> None:
    text = f"{CASE}evidence: [{{file: '{name}', title: T, bundle_section: b}}]\n"
    (problem,) = refusal(text).problems
    assert (problem.code, problem.path) == ("C003", "evidence[0].file")
    assert "passwd" not in all_words(refusal(text))


def test_two_files_whose_names_differ_in_capitals_alone_are_refused() -> None:
    rows = [f"  - {{file: {name}, title: T, bundle_section: b}}\n" for name in ("x/a.pdf", "x/A.pdf", "x/a.pdf")]
    problems = refusal(f"{CASE}evidence:\n{''.join(rows)}").problems
    assert [(one.code, one.path) for one in problems] == [("C007", "evidence[1].file")]


def test_evidence_in_a_folder_that_is_a_link_out_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "x.pdf").write_bytes(b"%PDF")
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "evidence").symlink_to(tmp_path / "elsewhere")
    row = "evidence: [{file: evidence/x.pdf, title: T, bundle_section: b}]\n"
    (tmp_path / "case" / "case.yaml").write_text(CASE + row, encoding="utf-8")
    with pytest.raises(CannotReadError) as caught:
        load_case(tmp_path / "case")
    assert [one.says for one in caught.value.problems] == ["This file leads out of the case folder"]
