"""However a protected value is written, it is recognised; and what only looks like it is not."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.case.person import Name
from generator.disclosure.dates import read_dates
from generator.disclosure.folding import Folded, squash
from generator.disclosure.protected import Protected
from generator.disclosure.search import Search, TextRun
from generator.disclosure.spelling import (
    Spelling,
    spell_line,
    spell_name,
    spell_passage,
    spell_telephone,
    spell_word,
    street_of,
)

BIRTH = dt.date(2001, 5, 17)


def is_found(spellings: tuple[Spelling, ...], text: str) -> bool:
    kept = Protected("a name", "people.x.name", ("people", 0), spellings)
    return bool(Search([kept]).look([TextRun((("text", text),))]))


@pytest.mark.parametrize(
    ("written", "letters"),
    [
        ("O’Neill-Çelik", "oneillcelik"),
        ("Łukasz Żółć", "lukaszzolc"),
        ("Straße", "strasse"),
        ("Ægir Þór", "aegirthor"),
        ("ﬁeld", "field"),
        ("Ｆｉｅｌｄ", "field"),
        ("Fi\u00adeld", "field"),
        ("Fi\u200beld", "field"),
        ("Zoë", "zoe"),
        ("Zoe\u0308", "zoe"),
        ("", ""),
        ("…", ""),
    ],
)
def test_only_letters_and_figures_count(written: str, letters: str) -> None:
    assert squash(written) == letters


@pytest.mark.parametrize(
    "written",
    [
        *("17 May 2001", "17th May 2001", "17th of May, 2001", "17 MAY 01", "17-May-2001", "17.05.2001", "17/5/01"),
        *("2001-05-17", "17 05 2001", "May 17, 2001", "May 17th 2001", "the seventeenth of May 2001"),
        *("seventeenth May two thousand and one", "May the seventeenth two thousand and one", "17\u00a0May\u00a02001"),
        *("17\nMay\n2001", "05/17/2001", "17 May ’01", "the 17th day of May 2001"),
    ],
)
def test_a_date_is_read_however_it_is_written(written: str) -> None:
    assert BIRTH in {day for _, day in read_dates(f"Born {written}, in Hartsmere.")}


@pytest.mark.parametrize(
    "written",
    ["17 May 2002", "18/05/2001", "£17,501", "17.5", "2001-05-171", "117/05/2001", "17 Maypole 2001", "May 2001"],
)
def test_what_is_no_such_date_is_not_read_as_one(written: str) -> None:
    assert BIRTH not in {day for _, day in read_dates(f"It was {written} then.")}


@given(st.dates(dt.date(1930, 1, 1), dt.date(2029, 12, 31)))
def test_every_day_is_read_in_every_usual_form(day: dt.date) -> None:
    month = day.strftime("%B")
    for written in (
        f"{day.day} {month} {day.year}",
        f"{day.day:02}/{day.month:02}/{day.year}",
        f"{day.day}.{day.month}.{day.year}",
        day.isoformat(),
        f"{month} {day.day}, {day.year}",
        f"{day.day} {month[:3]} {day.year % 100:02}",
    ):
        assert day in {found for _, found in read_dates(written)}, written


ANA = tuple(spell_name(Name(given="Ana Sofía", family="Ferreira-Lund", known_as="Nita", title="Ms"), ()))


@pytest.mark.parametrize(
    "written",
    [
        *(
            "Ana Ferreira-Lund",
            "ANA SOFÍA FERREIRA LUND",
            "ana ferreira lund",
            "Ferreira-Lund, Ana",
            "Nita Ferreira-Lund",
        ),
        *("A. Ferreira-Lund", "A S Ferreira-Lund", "Ms Ferreira-Lund", "Mrs FERREIRA-LUND", "Dr. Ferreira-Lund"),
        *("Ana S. Ferreira-Lund", "Ana  \n Ferreira- \nLund", "AnaFerreiraLund.docx", "Ana Ferreira-Lund’s"),
        "Ms Nita",
        *("A n a  F e r r e i r a  L u n d", "Ana Ferrei-\nra-Lund"),
    ],
)
def test_a_name_is_found_in_all_its_forms(written: str) -> None:
    assert is_found(ANA, f"We met {written} there.")


@pytest.mark.parametrize("written", ["Ana Ferreira", "Hana Ferreira-Lundy", "Diana Ferreira-Lund", "Nita", "Ferreira"])
def test_part_of_a_name_or_a_longer_one_is_not_the_name(written: str) -> None:
    assert not is_found(ANA, f"We met {written} there.")


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("Pemberton", "the Pemberton house", True),
        ("Pemberton", "the Pembertons came", True),
        ("Pemberton", "Pemberton’s dog", True),
        ("Pemberton", "write to j.pemberton@post.example", True),
        ("Pemberton", "pemberton_letter.docx", True),
        ("Pemberton", "Pembertonshire", False),
        ("Field", "the playing field", False),
        ("Field", "Field work begins in May.", False),
        ("Field", "It ended. Field work began.", False),
        ("Field", "We saw Field there", True),
        ("Field", "FIELD NOTES", False),
        ("Field", "with the Fields", True),
        ("Field", "the Field family", True),
        ("May", "in May we met May", False),
        ("Li", "Li came", False),
    ],
)
def test_a_single_name_is_told_from_ordinary_words(word: str, text: str, found: bool) -> None:
    assert is_found(tuple(spell_word(word)), text) is found


@pytest.mark.parametrize(
    "written",
    [
        *(
            "14 Tannery Row",
            "14, Tannery Row",
            "14 TANNERY ROW",
            "14\nTannery\nRow",
            "14 Tannery-Row",
            "No. 14 Tannery Row",
        ),
        "c/o 14 tannery row",
    ],
)
def test_a_line_of_an_address_is_found(written: str) -> None:
    assert is_found(tuple(spell_line("14 Tannery Row")), f"She lives at {written} now.")


@pytest.mark.parametrize("written", ["114 Tannery Row", "14 Tannery Rowe", "14 Tannery", "14 Tanner Yrow"])
def test_another_line_is_not(written: str) -> None:
    assert not is_found(tuple(spell_line("14 Tannery Row")), f"She lives at {written} now.")


@pytest.mark.parametrize(
    ("line", "written"),
    [("3 Mill Road", "3 Mill Rd"), ("3 Mill Rd", "3 Mill Road"), ("9 St Ann’s Close", "9 Saint Anns Cl."),
     ("5 High Street", "5 High St"), ("Apartment 2, 7 Quay Sq", "Flat 2 7 Quay Square")],
)  # fmt: skip
def test_streets_are_found_by_their_abbreviations(line: str, written: str) -> None:
    assert is_found(tuple(spell_line(line)), f"She lives at {written}")


@pytest.mark.parametrize(
    ("line", "street"),
    [("14 Tannery Row", "Tannery Row"), ("Flat 2, 14a Tannery Row", "Tannery Row"), ("The Old Forge", "The Old Forge"),
     ("9 Heronsgate", "Heronsgate"), ("12", None), ("Flat 3", None)],
)  # fmt: skip
def test_a_street_is_known_without_its_number(line: str, street: str | None) -> None:
    assert street_of(line) == street


PHONES = st.sampled_from(["07700 900142", "01632 960142", "020 7946 0142", "0161 496 0142", "028 9649 6142"])


@given(PHONES, st.lists(st.sampled_from(["", " ", "-", ".", "\u00a0", ") ", "/"]), min_size=11, max_size=11),
       st.sampled_from(["0", "+44 ", "0044 ", "+44 (0)", "(0"]))  # fmt: skip
def test_a_telephone_number_is_found_with_anything_between_its_figures(
    number: str, between: list[str], code: str
) -> None:
    national = number.replace(" ", "")[1:]
    written = code + "".join(f"{figure}{gap}" for figure, gap in zip(national, between, strict=False))
    assert is_found(tuple(spell_telephone(number)), f"Ring {written}. Thank you.")


@given(PHONES, st.text("0123456789", min_size=1, max_size=3))
def test_a_longer_number_is_another_number(number: str, more: str) -> None:
    figures = number.replace(" ", "")
    assert not is_found(tuple(spell_telephone(number)), f"Reference {more}{figures}{more}.")


def test_a_sentence_is_known_again_and_half_of_it_is_not() -> None:
    advice = tuple(spell_passage("Counsel advises that threshold is weak on neglect. Do not file it."))
    assert is_found(advice, "It was said: “counsel advises, that threshold is WEAK on neglect”.")
    assert not is_found(advice, "Counsel advises that threshold is strong on neglect.")
    assert not is_found(advice, "Do not file it.")


LETTERS = st.text(st.characters(categories=("Lu", "Ll", "Nd", "Po", "Zs", "Mn"), max_codepoint=0x24F), max_size=60)


@given(LETTERS, LETTERS)
def test_places_in_folded_text_are_places_in_the_text(before: str, after: str) -> None:
    folded = Folded([before, f" {after}Qqxqq ", after])
    place = folded.text.find("qqxqq")
    piece, index = folded.original(place)
    assert piece[index : index + 5] == "Qqxqq"
    assert folded.piece_at(place) == 1


@given(
    st.sampled_from(["Ana Ferreira-Lund", "Zoë Quarrington", "Siân Ó Briain"]),
    st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]),
)
def test_composed_and_decomposed_letters_are_the_same(name: str, form: str) -> None:
    given_, _, family = name.partition(" ")
    spelled = tuple(spell_name(Name(given=given_, family=family), ()))
    assert is_found(spelled, unicodedata.normalize(form, f"With {name} at home"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        *("x" * 300_000, "a " * 150_000, " " * 300_000 + "88", "1" + " " * 100_000, "may" + " " * 100_000),
        *("-" * 300_000 + "may", "1 2 3 4 5 6 7 8 9 0 . " * 8_000, "may the first two thousand and of june " * 4_000),
        *("We saw the Field there, Zoe Field " * 6_000, "zoe.field@" * 12_000, "\n" * 300_000),
    ],
    ids=lambda text: text[:12],
)
def test_what_is_made_to_be_slow_is_read_to_its_end(text: str) -> None:
    # With a step for each pair of letters, any of these would take minutes.
    spelled = (*spell_name(Name(given="Zoe", family="Field"), ()), *spell_word("Field"), *spell_word("Zoe"))
    assert is_found(spelled, f"{text}\nWe thank Mrs Zoe Field.")
    assert BIRTH in {day for _, day in read_dates(f"{text}\nBorn on 17 May 2001.")}


def test_no_date_takes_the_one_after_it_along() -> None:
    text = "May the first two came, and on May the second, two thousand and one, more. " * 50
    assert [day for _, day in read_dates(text)].count(dt.date(2001, 5, 2)) == 50
    both = "the seventeenth of May two thousand and one the third of June nineteen ninety"
    assert {day for _, day in read_dates(both)} >= {BIRTH, dt.date(1990, 6, 3)}
