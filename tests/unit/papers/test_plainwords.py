"""Letters that parents can read: hints on text, our own words, easy-read papers, and letters with a translation."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from generator.base import resources
from generator.base.errors import Level
from generator.case.family import Case
from generator.cli import run
from generator.papers.card import PaperTemplate, PlannedDocument
from generator.papers.copies import list_copies
from generator.papers.plain_words import count_words, find_hints, read_plain_words, split_sentences
from generator.rules.procedures.sources import load_sources
from places import ROOT

WORDS = read_plain_words(resources.PLAIN_WORDS)
Planner = Callable[..., dict[str, PlannedDocument]]
Command = Callable[..., str]


@pytest.fixture
def permanence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs the command in this process, sees that it leaves with 0, and gives what it printed."""

    def call(*words: object) -> str:
        monkeypatch.setattr(sys, "argv", ["permanence", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            run()
        assert left.value.code == 0
        return capsys.readouterr().out

    return call


def hints(text: str, *names: str) -> list[tuple[str, str]]:
    return [(hint.code, hint.says) for hint in find_hints(text, WORDS, names)]


PEOPLE = ["Folasade Ogunleye", "Grace Adeyemi", "Miriam Achterberg", "Noor Rahman", "Agata Wolska", "Gwen Alderson"] * 3
SHORT = "We held a meeting. "
TWENTY_SIX = (
    "we think that he needs a home where the same grown-ups look after him every day and every night "
    "until he is old enough to leave"
)


# long sentences


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (TWENTY_SIX.capitalize() + ".", "This sentence has 26 words"),
        (SHORT + TWENTY_SIX.capitalize() + ".", "The second sentence has 26 words"),
        (SHORT * 11 + TWENTY_SIX.capitalize() + ".", "The 12th sentence has 26 words"),
        (f"- Short\n- {TWENTY_SIX}\n- Short", "The second sentence has 26 words"),
        (
            f"{TWENTY_SIX.capitalize()} at last. {SHORT}{TWENTY_SIX.capitalize()}.",
            "2 sentences are long: the first has 28, the third has 26 words",
        ),
        (f"Dr. Ama Nkemelu and {TWENTY_SIX}.", "This sentence has 30 words"),
    ],
    ids=["alone", "second", "twelfth", "a point of a list", "two", "a full stop in a title ends nothing"],
)
def test_a_long_sentence_is_pointed_out_by_its_place_and_length(text: str, says: str) -> None:
    assert hints(text) == [("L001", says)]


@pytest.mark.parametrize(
    "text",
    [
        " ".join(TWENTY_SIX.split()[:25]).capitalize() + ".",
        f"We spoke to {', '.join(PEOPLE)}.",
        f"You can see him on {', '.join(f'{day} May 2026' for day in range(3, 31))} from 10am to 11.30am.",
        f"He told us: “{TWENTY_SIX}”.",
        "One. " * 40,
        "",
    ],
    ids=["25 words", "a list of names", "a list of dates", "somebody's own words", "many short ones", "nothing"],
)
def test_names_dates_and_quoted_words_do_not_make_a_sentence_long(text: str) -> None:
    assert hints(text) == []


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Mr. Hale came at 10.30am. He left.", ["Mr. Hale came at 10.30am.", "He left."]),
        ("Did he say “no”? He did.", ["Did he say “no”?", "He did."]),
        ("Ring 01632 960100, e.g. on Monday. Thank you", ["Ring 01632 960100, e.g. on Monday.", "Thank you"]),
        ("J. Smith wrote. We read it.", ["J. Smith wrote.", "We read it."]),
        ("Is it safe? No. We looked at No. 4 and p. 7.", ["Is it safe?", "No.", "We looked at No. 4 and p. 7."]),
        ("He came, etc. Then he left.", ["He came, etc.", "Then he left."]),
        ("**Yes. We** agree. *He* does not.", ["Yes.", "We agree.", "He does not."]),
        ("First\n\nSecond", ["First", "Second"]),
        ("He said “stop.” Then he left.", ["He said “stop.”", "Then he left."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, sentences: list[str]) -> None:
    assert list(split_sentences(text)) == sentences


# words


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("You have contact every week.", "A parent may not know “contact”"),
        ("Your supervised contact goes on.", "A parent may not know “contact”"),
        ("The Placement is near.", "A parent may not know “placement”"),
        ("Contact is on Mondays.", "A parent may not know “contact”"),
        ("We visited him in his placement.", "A parent may not know “placement”"),
        ("She is a looked-after child.", "A parent may not know “looked-after child”"),
        ("We meet at the contact centre.", "A parent may not know “contact centre”"),
        ("We will ask for a placement order.", "A parent may not know “placement order”"),
        ("We will ask for a Placement Order.", "A parent may not know “placement order”"),
        ("The threshold is met.", "A parent may not know “threshold”"),
        ("It was felt that you did not engage.", "A parent may not know “it was felt that” and “did not engage”"),
        (
            "Prior to proceedings his siblings saw his peers in the placement.",
            "A parent may not know “prior to”, “proceedings”, “siblings” and 2 more",
        ),
        ("His siblings are well. Your siblings too.", "A parent may not know “siblings”"),
    ],
)
def test_a_word_of_professionals_is_named(text: str, says: str) -> None:
    assert hints(text) == [("L002", says)]


def test_a_hint_says_what_to_write() -> None:
    assert [hint.remedy for hint in find_hints("You have contact.", WORDS)] == [
        "for “contact”: time together, or family time"
    ]
    assert [hint.remedy for hint in find_hints("We ask for a placement order.", WORDS)] == [
        "say what “placement order” is: the judge's permission to place a child with new parents"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Rowan is in care.",
        "Please contact us on 01632 960100.",
        "You can contact the social worker.",
        "Ask for our contact details.",
        "We meet at Contact House in Hartsmere.",
        "Mrs Placement came.",
        "You told us: “I want more contact”.",
        'You said "no more contact".',
        "A placement order means that a judge lets us place him with new parents.",
        "The judge’s permission is called a placement order. We will ask for a placement order.",
        "We will ask for a placement order (a judge then lets us find new parents for him).",
        "Special guardianship: a judge gives your mother the main say.",
        "We held a permanence planning meeting.",
        "He has replaced his contactless card.",
        "Er hat eine Frage. Jak się pan ma?",
    ],
)
def test_no_hint_where_a_word_is_a_name_a_quotation_explained_or_something_else(text: str) -> None:
    assert hints(text) == []


# short forms


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("The ADM decided.", "Nobody explained ADM"),
        ("He is LAC.", "Nobody explained LAC"),
        ("We ask for an SGO, and the IROs agree.", "Nobody explained SGO and IRO"),
        ("Ask QZT.", "Nobody explained a word in capitals"),
        ("Ask QZT, or ask QZT again.", "Nobody explained a word in capitals"),
        ("Ask QZT or XWK.", "Nobody explained 2 words in capitals"),
        ("The ADM asked QZT.", "Nobody explained ADM and another word in capitals"),
        ("The ADM asked QZT and XWK.", "Nobody explained ADM and 2 other words in capitals"),
    ],
)
def test_a_short_form_that_nobody_explained_is_pointed_out(text: str, says: str) -> None:
    assert hints(text) == [("L003", says)]


def test_capitals_that_are_not_on_the_list_are_never_repeated() -> None:
    (hint,) = find_hints("QZT came.", WORDS)
    assert "QZT" not in hint.says + hint.remedy


@pytest.mark.parametrize(
    "text",
    [
        "See your GP, the NHS or the TV.",
        "The senior manager who decides (ADM) has agreed. The ADM wrote to you.",
        "The ADM (a senior manager) has agreed.",
        "ZZ99 1AA, case WX26C00123, page A12.",
        "This is NOT final.",
        "THIS LETTER IS FOR YOU AND NOBODY ELSE.",
        "Elizabeth II and George VI.",
        "It is called a “QZT”.",
        "Look at PAC-UK or ask@QZT.example.",
    ],
)
def test_what_everybody_knows_or_the_text_explains_needs_no_hint(text: str) -> None:
    assert hints(text) == []


@pytest.mark.parametrize(
    "piece", [".", "“", "‘a", "-", "Contact ", "QZT ", "A ", "Mr. ", "**a**. ", "placement order (", "\n- "]
)
def test_a_very_long_text_is_looked_through_to_its_end(piece: str) -> None:
    assert len(find_hints(piece * 5_000, WORDS)) <= 3


def test_somebodys_name_in_capitals_is_no_short_form() -> None:
    assert hints("TJ came.", "TJ") == []


def test_every_term_has_a_reason_and_a_source() -> None:
    sources = {*load_sources(resources.SOURCES), "practice"}
    assert len(WORDS.terms) > 60
    for term in WORDS.terms:
        assert term.write, term.says
        assert term.because.endswith("."), term.says
        assert term.source in sources, term.says
    said = [one for term in WORDS.terms for one in term.says]
    assert len(said) == len(set(said))


# in check

CASE = """\
reference: R1
authority:
  name: Hartsmere Council
  complaints: Write to the ADM
procedure: hertfordshire-2024
children:
  - id: rowan
    name: {given: Rowan, family: Hale}
    born_on: 3 May 2022
    family_time: [{with: mother, kind: supervised contact, frequency: once a week}]
people:
  - id: mother
    name: {given: Leanne, family: Hale}
    letters: {language: Polish}
    relationships: [{to: rowan, as: mother, parental_responsibility: yes}]
  - {id: worker, name: {given: Grace, family: Adeyemi}, role: social_worker}
meetings:
  - id: ppm-1
    kind: permanence_planning_meeting
    starts_at: 3 August 2026, 10am
    background: Contact, placement and LAC history. It was felt that the siblings did not engage.
    outcomes:
      - child: rowan
        primary: adoption
        summary: We will ask for a placement order and an SGO.
        reasons: His placement with siblings.
    parents_told:
      - person: mother
        told_on: 4 August 2026
        how_views_counted: You want contact.
        translation: Contact LAC placement.
"""


@pytest.fixture(scope="module")
def case_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("hints") / "case.yaml"
    file.write_text(CASE, encoding="utf-8")
    return file


def test_check_hints_at_the_texts_that_parents_read_and_at_no_others(case_file: Path, permanence: Command) -> None:
    found = json.loads(permanence("check", case_file, "--on", "2026-11-22", "--json"))["hints"]
    assert [(one["path"], one["code"]) for one in found] == [
        ("authority.complaints", "L003"),
        ("children[0].family_time[0].kind", "L002"),
        ("meetings[0].outcomes[0].summary", "L002"),
        ("meetings[0].outcomes[0].summary", "L003"),
        ("meetings[0].parents_told[0].how_views_counted", "L002"),
    ]
    assert found[0]["place"].endswith("case.yaml:4:15")
    assert found[0]["try"] == "for ADM: the senior manager who decides"


def test_check_tells_a_hint_as_good_practice_and_leaves_with_0(case_file: Path, permanence: Command) -> None:
    said = permanence("check", case_file, "--on", "2026-11-22")
    assert "Words that parents will read (5 hints)" in said
    assert "  could  Nobody explained ADM. [L003]\n         try: for ADM: the senior manager who decides\n" in said
    assert "         in: authority.complaints, " in said


@pytest.mark.parametrize("code", ["L001", "L002", "L003"])
def test_a_hint_is_explained(code: str, permanence: Command) -> None:
    assert "This is a hint" in " ".join(permanence("explain", code).split())


def test_a_term_that_the_letter_itself_explains_needs_no_hint(tmp_path: Path, permanence: Command) -> None:
    decision = (
        "adm_decisions: [{child: rowan, decision: should_be_placed, decided_on: 3 November 2026, "
        "next_steps_for_letters: We ask for a placement order., reasons_for_letters: The threshold is met.}]\n"
    )
    case = CASE[: CASE.index("meetings:")] + decision
    (tmp_path / "case.yaml").write_text(case, encoding="utf-8")
    found = json.loads(permanence("check", tmp_path, "--on", "2026-11-22", "--json"))["hints"]
    places = {one["path"] for one in found if one["path"].startswith("adm_decisions")}
    assert places == {"adm_decisions[0].reasons_for_letters"}


def test_hints_are_good_practice(case_file: Path) -> None:
    import datetime as dt

    from generator.jobs.check import check_case
    from generator.jobs.run import Run

    assert {one.level for one in check_case(case_file, Run(dt.date(2026, 11, 22))).hints} == {Level.COULD}


# our own words

OURS = sorted(
    (path for path in (ROOT / "templates" / "words").glob("*.txt") if path.stem.startswith(("letter-", "ppm-summary"))),
    key=lambda path: path.stem,
)
EASY = [path for path in OURS if path.stem.endswith("-easy-read")]
_CHOICE = re.compile(r"\{% if [^%]*%\}([^{]*(?:\{\{[^}]*\}\}[^{]*)*)\{% (?:else|elif[^%]*) %\}")


def own_lines(path: Path) -> list[str]:
    """The words of a template that are ours, line by line: tags become a name, and of two choices the second stays."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"^(?:\{%p.*|\{\{p.*|\[.*|%tr.*|===|title:.*|subtitle:.*)$", "", text, flags=re.MULTILINE)
    text = re.sub(r"\{\{p .*?\}\}|\{%p .*?%\}", "", _CHOICE.sub("", text))
    text = re.sub(r"\{%.*?%\}", "", re.sub(r"\{\{.*?\}\}", "Rowan", text))
    cells = re.split(r"\n| // | \| ", text)
    return [found for one in cells if (found := re.sub(r"^(?:#+|>|-) |\*\*|_{3,}", "", one).strip())]


def test_there_are_letters_and_summaries_to_look_at() -> None:
    assert [path.stem for path in OURS] == [
        "letter-decision",
        "letter-decision-easy-read",
        "letter-meeting-outcome",
        "letter-meeting-outcome-easy-read",
        "ppm-summary",
        "ppm-summary-easy-read",
    ]
    assert all(len(own_lines(path)) > 12 for path in OURS)


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_no_sentence_of_ours_has_more_than_20_words(path: Path) -> None:
    sentences = [one for line in own_lines(path) for one in split_sentences(line)]
    assert [one for one in sentences if count_words(one) > 20] == []


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_our_own_letters_give_no_hints(path: Path) -> None:
    assert hints("\n\n".join(own_lines(path))) == []


@pytest.mark.parametrize("path", EASY, ids=lambda path: path.stem)
def test_each_line_of_an_easy_read_paper_has_one_sentence_of_ours_and_no_more_than_15_words(path: Path) -> None:
    for line in own_lines(path):
        assert len(list(split_sentences(line))) == 1, line
        assert count_words(line) <= 15, line


@pytest.mark.parametrize("path", EASY, ids=lambda path: path.stem)
def test_the_headings_of_an_easy_read_paper_are_questions(path: Path) -> None:
    headings = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    asked = [one for one in headings if one.endswith("?")]
    assert len(asked) >= 5
    others = {re.sub(r"\{\{.*?\}\}", "X", one) for one in headings} - {*asked}
    named = {"A letter about X", "This letter in X", "X", "When do you see X?"}
    terms = {
        "Return to a parent",
        "Special guardianship",
        "Child arrangements order",
        "Long-term fostering",
        "Adoption",
    }
    assert others <= named | terms | {"Foster care with a connected person"} | {"When do you see X?"}


# easy-read papers

EASY_CASE = CASE.replace("letters: {language: Polish}", "letters: {format: easy_read}")


def test_who_reads_easy_read_gets_easy_read_and_nobody_else_does(plan: Planner) -> None:
    papers = plan(EASY_CASE)
    assert {name for name in papers if name.startswith(("letter", "ppm-summary"))} == {
        "letter-meeting-outcome-easy-read-ppm-1-mother",
        "ppm-summary-easy-read-ppm-1-rowan-mother",
        "ppm-summary-ppm-1-rowan",
    }
    assert {name for name in plan(CASE) if name.startswith(("letter", "ppm-summary"))} == {
        "letter-meeting-outcome-ppm-1-mother",
        "ppm-summary-ppm-1-rowan",
        "ppm-summary-ppm-1-rowan-mother",
    }


@pytest.mark.parametrize("case", [CASE, EASY_CASE], ids=["plain", "easy read"])
def test_the_list_of_copies_names_the_papers_that_a_parent_has(
    plan: Planner, read: Callable[[str], Case], case: str
) -> None:
    family = read(case)
    copies = {copy.person.id: copy.papers for copy in list_copies(family, family.meetings[0])}
    mine = [paper.name for paper in plan(case).values() if paper.reader == "mother"]
    assert len(mine) == 2
    assert sorted(copies["mother"]) == sorted(mine)


def test_a_direction_that_names_the_letter_means_its_easy_read_form_too(plan: Planner) -> None:
    direction = "{ordered_on: 12 June 2026, what: File, papers: [letter-meeting-outcome]}"
    papers = plan(f"{EASY_CASE}court: {{name: Family Court, directions: [{direction}]}}\n", for_bundle=True)
    assert "letter-meeting-outcome-easy-read-ppm-1-mother-court-copy" in papers


def test_whoever_asks_for_the_summaries_gets_the_easy_read_ones_too(tmp_path: Path, permanence: Command) -> None:
    (tmp_path / "case.yaml").write_text(EASY_CASE, encoding="utf-8")
    permanence("build", tmp_path, "ppm-summary", "--word-only", "--on", "2026-11-22", "-o", tmp_path / "out")
    assert {file.name for file in (tmp_path / "out" / "papers").iterdir()} == {
        "ppm-summary-easy-read-ppm-1-rowan-mother.docx",
        "ppm-summary-ppm-1-rowan.docx",
    }


def _size(paragraph: object, document: object) -> float:
    """The size of a paragraph's letters in points, as its style or what the style stands on says."""
    style = paragraph.style  # type: ignore[attr-defined]
    while style is not None:
        if style.font.size:
            return float(style.font.size.pt)
        style = style.base_style
    sizes = document.styles.element.find(  # type: ignore[attr-defined]
        "/".join(map(qn, ("w:docDefaults", "w:rPrDefault", "w:rPr", "w:sz")))
    )
    return int(sizes.get(qn("w:val"))) / 2


@pytest.mark.parametrize(
    ("format_", "lines"),
    [
        ("easy_read", ["We listened.", "Mr. Hale said he **agrees**.", "- It is near. It is safe."]),
        ("standard", ["We listened. Mr. Hale said he **agrees**.", "- It is near. It is safe."]),
    ],
)
def test_in_easy_read_each_sentence_of_the_case_file_has_a_line(
    plan: Planner,
    render: Callable[[PlannedDocument, Path], Path],
    words_in: Callable[[Path], list[str]],
    tmp_path: Path,
    format_: str,
    lines: list[str],
) -> None:
    written = 'summary: "We listened. Mr. Hale said he **agrees**.\\n\\n- It is near. It is safe."'
    case = EASY_CASE.replace("easy_read", format_)
    case = case.replace("summary: We will ask for a placement order and an SGO.", written)
    papers = plan(case)
    (name,) = [name for name in papers if name.startswith("letter-meeting")]
    said = words_in(render(papers[name], tmp_path))
    start = next(n for n, line in enumerate(said) if line.startswith("We listened."))
    assert said[start : start + len(lines)] == [line.replace("**", "") for line in lines]


def test_the_text_of_easy_read_papers_has_16_points_or_more(
    plan: Planner, render: Callable[[PlannedDocument, Path], Path], tmp_path: Path
) -> None:
    styles = ("Body Text", "List Bullet", "Note")
    for name, paper in plan(EASY_CASE).items():
        if "easy-read" in name:
            document = Document(str(render(paper, tmp_path)))
            text = [one for one in document.paragraphs if one.style and one.style.name in styles]
            assert len(text) > 10
            assert min(_size(one, document) for one in text) >= 16


# letters with a translation


@pytest.mark.parametrize("format_", ["standard", "easy_read"])
@pytest.mark.parametrize("code", ["letter-meeting-outcome", "letter-decision"])
def test_a_translated_letter_goes_out_with_its_english(
    plan: Planner,
    render: Callable[[PlannedDocument, Path], Path],
    words_in: Callable[[Path], list[str]],
    tmp_path: Path,
    code: str,
    format_: str,
) -> None:
    paper = _plan_letter(
        plan, code, format_, "translation: پیاری لیان، ہم نے فیصلہ کیا ہے۔, translated_by: Hartsmere Language Service"
    )
    assert not paper.draft
    made = render(paper, tmp_path)
    lines = words_in(made)
    english = next(n for n, line in enumerate(lines) if line.startswith("This letter is also in Urdu."))
    signed = next(n for n, line in enumerate(lines) if line.startswith("Signed:"))
    heading = lines.index("## This letter in Urdu")
    assert english < signed < heading
    assert lines[heading + 1 : heading + 3] == [
        "پیاری لیان، ہم نے فیصلہ کیا ہے۔",
        "Translated by Hartsmere Language Service.",
    ]
    document = Document(str(made))
    urdu = next(one for one in document.paragraphs if one.text.startswith("پیاری"))
    assert urdu._p.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None
    parted = next(one for one in document.paragraphs if one.text == "This letter in Urdu")
    before = parted._p.getprevious()
    assert before is not None
    assert [*parted._p.iter(qn("w:pageBreakBefore"), qn("w:br")), *before.iter(qn("w:br"))]


@pytest.mark.parametrize("format_", ["standard", "easy_read"])
@pytest.mark.parametrize("code", ["letter-meeting-outcome", "letter-decision"])
def test_a_letter_in_another_language_stays_a_draft_until_it_is_translated(
    plan: Planner, code: str, format_: str
) -> None:
    paper = _plan_letter(plan, code, format_, "")
    assert paper.draft
    (gap,) = [gap for gap in paper.gaps if gap.question == "translation"]
    assert gap.level is Level.MUST
    assert gap.asks.startswith("What does this letter say in Urdu?")


def _plan_letter(plan: Planner, code: str, format_: str, more: str) -> PlannedDocument:
    told = f"person: mother, told_on: 4 November 2026{', ' if more else ''}{more}"
    case = CASE[: CASE.index("    parents_told:")].replace("language: Polish", f"language: Urdu, format: {format_}")
    case += f"    parents_told: [{{{told}, summary_sent_on: 5 November 2026}}]\n"
    case += "adm_decisions:\n  - {child: rowan, decision: should_be_placed, decided_on: 3 November 2026, "
    case += f"parents_notified: [{{{told}, letter_dated: 5 November 2026}}]}}\n"
    wanted = code if format_ == "standard" else f"{code}-easy-read"
    return next(paper for paper in plan(case).values() if paper.code == wanted)


def test_the_list_of_templates_knows_which_is_the_easy_read_form_of_which(
    templates: dict[str, PaperTemplate], read: Callable[[str], Case]
) -> None:
    forms = {code: one.card.form_of for code, one in templates.items() if one.card.form_of != code}
    assert forms == {
        "letter-decision-easy-read": "letter-decision",
        "letter-meeting-outcome-easy-read": "letter-meeting-outcome",
        "ppm-summary-easy-read": "ppm-summary",
    }
