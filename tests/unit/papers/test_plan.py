"""Which papers a case calls for, in whose copy, and what is missing in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from generator.base.errors import CannotReadError, Level, TemplateError
from generator.case.family import Case
from generator.papers.card import PaperTemplate, PlannedDocument, load_templates
from generator.papers.plan import may_be_filed, plan_documents
from generator.reports.case_report import report_case
from generator.rules.judging.judge import Compliance

Papers = dict[str, PlannedDocument]
Planner = Callable[..., Papers]

CHILD = """
reference: R1
authority: {name: Hartsmere Council}
procedure: hertfordshire-2024
children: [{id: rowan, name: {given: Rowan}, born_on: 14 March 2025}]
"""
MOTHER = """\
  - id: mother
    name: {given: Leanne, family: Hale}
    relationships: [{to: rowan, as: mother, parental_responsibility: yes}]
"""
FATHER = """\
  - id: father
    name: {given: Daniel, family: Okafor}
"""
DECISION = "adm_decisions: [{child: rowan, decision: should_be_placed, decided_on: 2 November 2026}]\n"


def with_father(more: str = "", tie: str = "parental_responsibility: yes") -> str:
    ties = f"    relationships: [{{to: rowan, as: father, {tie}}}]\n"
    return f"{CHILD}people:\n{MOTHER}{FATHER}{ties}{f'    {more}{chr(10)}' if more else ''}{DECISION}"


LETTER, NOTE = "letter-decision-rowan-father", "file-note-no-letter-rowan-father"


def test_the_barest_case_calls_for_the_plan_and_the_sheet_of_rules_alone(plan: Planner) -> None:
    assert set(plan(CHILD)) == {"compliance-sheet-rowan", "permanence-plan-rowan"}


def test_each_parent_who_may_be_told_gets_a_letter_and_no_file_note(plan: Planner) -> None:
    papers = plan(with_father())
    assert {"letter-decision-rowan-mother", LETTER} <= set(papers)
    assert not [name for name in papers if name.startswith("file-note")]
    assert (papers[LETTER].audience, papers[LETTER].reader) == ("parent", "father")


@pytest.mark.parametrize(
    ("more", "tie"),
    [
        ("died_on: 3 May 2026", "parental_responsibility: yes"),
        ("whereabouts_known: no", "parental_responsibility: yes"),
        ("letters: {send: no, why_not: Order of 4 August 2026}", "parental_responsibility: yes"),
        ("letters: {deliver: none}", "parental_responsibility: yes"),
        ("letters: {lacks_capacity: yes}", "parental_responsibility: yes"),
        ("", "parental_responsibility: no"),
        ("", "side: paternal"),
        ("", "parental_responsibility: no, notification: {decision: undecided}"),
        ("", "parental_responsibility: no, notification: {decision: do_not_notify}"),
        ("", "parental_responsibility: yes, notification: {decision: do_not_notify}"),
    ],
    ids=[
        "dead",
        "whereabouts unknown",
        "no letters by order",
        "not to be sent",
        "lacks capacity, nobody acts for him",
        "without parental responsibility",
        "parental responsibility not recorded",
        "not yet decided",
        "not to be told",
        "not to be told although he has parental responsibility",
    ],
)
def test_a_father_who_may_not_get_a_letter_gets_a_file_note(plan: Planner, more: str, tie: str) -> None:
    papers = plan(with_father(more, tie))
    assert LETTER not in papers
    assert papers[NOTE].audience == "internal"
    assert not papers[NOTE].for_bundle
    assert "letter-decision-rowan-mother" in papers


@pytest.mark.parametrize(
    ("more", "tie"),
    [
        ("", "parental_responsibility: no, notification: {decision: notify}"),
        ("letters: {lacks_capacity: yes, advocate: Noor Rahman}", "parental_responsibility: yes"),
    ],
    ids=["decided that he is told", "a litigation friend acts for him"],
)
def test_a_father_who_may_be_told_after_all_gets_his_letter(plan: Planner, more: str, tie: str) -> None:
    papers = plan(with_father(more, tie))
    assert LETTER in papers
    assert NOTE not in papers


def test_a_file_note_is_never_in_the_bundle(plan: Planner) -> None:
    assert set(plan(with_father("died_on: 3 May 2026"), for_bundle=True)) == {
        "agency-decision-form-rowan",
        "permanence-plan-rowan-court-copy",
    }


def test_a_decision_that_is_not_made_yet_calls_for_no_letter(plan: Planner) -> None:
    papers = plan(f"{CHILD}people:\n{MOTHER}adm_decisions: [{{child: rowan}}]\n")
    assert set(papers) == {"agency-decision-form-rowan", "compliance-sheet-rowan", "permanence-plan-rowan"}


@pytest.mark.parametrize(
    ("form", "code"),
    [("standard", "letter-decision"), ("large_print", "letter-decision"), ("easy_read", "letter-decision-easy-read")],
)
def test_the_letter_comes_in_the_form_that_its_reader_reads_best(plan: Planner, form: str, code: str) -> None:
    papers = plan(with_father(f"letters: {{format: {form}}}"))
    assert {paper.code for paper in papers.values() if paper.reader == "father"} == {code}


MEETINGS = """
people:
  - id: mother
    name: {given: Leanne, family: Hale}
    relationships: [{to: rowan, as: mother, parental_responsibility: yes}]
  - {id: worker, name: {given: Grace, family: Adeyemi}, role: social_worker}
meetings:
  - id: ppm-1
    kind: permanence_planning_meeting
    starts_at: 3 August 2026, 10am
    invited: [{person: worker, attended: yes}]
    advice: {legal: The threshold is settled.}
    outcomes: [{child: rowan, primary: adoption, summary: A family.}]
"""
COURT = "court: {{name: Family Court, directions: [{{ordered_on: 12 June 2026, what: File, papers: [{}]}}]}}\n"


def test_a_meeting_calls_for_agenda_minutes_advice_summaries_and_letters(plan: Planner) -> None:
    assert set(plan(CHILD + MEETINGS)) == {
        "compliance-sheet-rowan",
        "letter-meeting-outcome-ppm-1-mother",
        "permanence-plan-rowan",
        "ppm-agenda-ppm-1",
        "ppm-legal-advice-ppm-1",
        "ppm-minutes-ppm-1",
        "ppm-summary-ppm-1-rowan",
        "ppm-summary-ppm-1-rowan-mother",
    }


def test_a_meeting_that_is_still_to_come_has_an_agenda_and_no_minutes(plan: Planner) -> None:
    papers = plan(
        f"{CHILD}meetings: [{{id: ppm-1, kind: permanence_planning_meeting, starts_at: '1 December 2026, 10am'}}]\n"
    )
    assert set(papers) == {"compliance-sheet-rowan", "permanence-plan-rowan", "ppm-agenda-ppm-1"}


@pytest.mark.parametrize(
    "kind", ["family_group_conference", "legal_planning_meeting", "matching_meeting", "permanency_consultation"]
)
def test_meetings_of_other_kinds_have_no_permanence_planning_papers(plan: Planner, kind: str) -> None:
    papers = plan(CHILD + MEETINGS.replace("permanence_planning_meeting", kind))
    assert not {paper.code for paper in papers.values()} & {
        "ppm-agenda",
        "ppm-minutes",
        "ppm-summary",
        "letter-meeting-outcome",
    }


def test_without_a_direction_no_paper_of_a_meeting_is_filed(plan: Planner) -> None:
    assert set(plan(CHILD + MEETINGS + COURT.format(""), for_bundle=True)) == {"permanence-plan-rowan-court-copy"}


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("ppm-agenda", {"ppm-agenda-ppm-1-court-copy"}),
        ("ppm-minutes", {"ppm-minutes-ppm-1-court-copy"}),
        ("ppm-summary", {"ppm-summary-ppm-1-rowan-court-copy"}),
        ("letter-meeting-outcome", {"letter-meeting-outcome-ppm-1-mother-court-copy"}),
    ],
)
def test_a_direction_lets_in_the_papers_that_it_names_and_no_others(plan: Planner, code: str, names: set[str]) -> None:
    assert set(plan(CHILD + MEETINGS + COURT.format(code), for_bundle=True)) == {
        "permanence-plan-rowan-court-copy",
        *names,
    }


@pytest.mark.parametrize("code", ["ppm-legal-advice", "iro-summary", "iro-challenge-note", "file-note-no-letter"])
def test_no_direction_lets_in_what_is_never_filed(plan: Planner, code: str) -> None:
    views = "iro_views: [{child: rowan, on: 19 August 2026, outcome: challenges, reasons: Too fast}]\n"
    text = f"{CHILD}{MEETINGS}{DECISION}{views}{COURT.format(code)}"
    assert {paper.code for paper in plan(text, for_bundle=True).values()} == {"permanence-plan", "agency-decision-form"}


def test_a_privileged_paper_is_not_filed_whatever_its_card_or_a_direction_says(
    templates: Mapping[str, PaperTemplate], read: Callable[[str], Case]
) -> None:
    case = read(CHILD + COURT.format("ppm-legal-advice, ppm-legal-advice-ppm-1"))
    card = templates["ppm-legal-advice"].card
    for filed in ("never", "if_directed", "normally"):
        lenient = card.model_copy(update={"bundle": card.bundle.model_copy(update={"filed": filed})})
        assert not may_be_filed(lenient, case, "ppm-legal-advice-ppm-1")


def test_a_direction_may_let_in_one_paper_by_its_name(plan: Planner) -> None:
    two = MEETINGS + MEETINGS.partition("meetings:\n")[2].replace("ppm-1", "ppm-2").replace("3 August", "7 September")
    papers = plan(CHILD + two + COURT.format("ppm-minutes-ppm-2"), for_bundle=True)
    assert set(papers) == {"permanence-plan-rowan-court-copy", "ppm-minutes-ppm-2-court-copy"}


def test_what_is_made_for_the_bundle_says_so_and_only_what_others_read_is_called_a_copy(plan: Planner) -> None:
    papers = plan(CHILD + DECISION, for_bundle=True)
    assert {name: paper.for_bundle for name, paper in papers.items()} == {
        "agency-decision-form-rowan": True,
        "permanence-plan-rowan-court-copy": True,
    }


PLAN = "plans: [{{child: rowan, agreed_on: 3 August 2026, primary: {}}}]\n"


@pytest.mark.parametrize(
    ("outcome", "primary", "codes"),
    [
        ("supports", "adoption", {"iro-summary"}),
        ("supports_with_conditions", "adoption", {"iro-summary"}),
        ("challenges", "adoption", {"iro-challenge-note"}),
        ("challenges", "long_term_fostering", {"iro-challenge-note"}),
        ("supports", "long_term_fostering", set()),
    ],
)
def test_the_reviewing_officers_view_makes_a_summary_or_a_challenge(
    plan: Planner, outcome: str, primary: str, codes: set[str]
) -> None:
    view = f"iro_views: [{{child: rowan, on: 19 August 2026, outcome: {outcome}, reasons: Thought through}}]\n"
    text = CHILD + PLAN.format(primary) + view
    assert {paper.code for paper in plan(text).values()} - {"permanence-plan", "compliance-sheet"} == codes


def test_two_views_of_one_child_get_names_of_their_own(plan: Planner) -> None:
    view = "{{child: rowan, on: {}, outcome: challenges, reasons: Too fast}}"
    text = f"{CHILD}iro_views: [{view.format('19 August 2026')}, {view.format('2 September 2026')}]\n"
    assert {"iro-challenge-note-rowan-2026-08-19", "iro-challenge-note-rowan-2026-09-02"} <= set(plan(text))


PANEL = "panel: {held_on: 9 October 2026, recommendation: Yes}"


@pytest.mark.parametrize("number", ["", "number: 2, "], ids=["one without a number", "one number twice"])
def test_two_reviews_of_one_child_get_names_of_their_own(plan: Planner, number: str) -> None:
    text = CHILD.replace("hertfordshire-2024", "scotland-pace")
    reviews = f"reviews:\n  - {{number: 2, booked_for: 3 August 2026}}\n  - {{{number}booked_for: 5 October 2026}}\n"
    agendas = {name for name in plan(text + reviews) if name.startswith("looked-after-review-agenda")}
    assert agendas == {"looked-after-review-agenda-review-2-1-rowan", "looked-after-review-agenda-review-2-2-rowan"}


@pytest.mark.parametrize(
    ("facts", "uses_panel"),
    [
        (f"parents_consent: yes, {PANEL}", True),
        (f"parents_consent: no, {PANEL}", False),
        (PANEL, False),
        ("parents_consent: yes", False),
    ],
)
def test_a_panel_counts_in_consent_cases_alone(plan: Planner, facts: str, uses_panel: bool) -> None:
    paper = plan(f"{CHILD}adm_decisions: [{{child: rowan, {facts}}}]\n")["agency-decision-form-rowan"]
    assert paper.facts["decision"]["uses_panel"] is uses_panel
    assert paper.answers["panel", None].text == ("The recommendation is in the table." if uses_panel else "")


@pytest.mark.parametrize(
    ("facts", "name", "draft"),
    [
        ("adm_decisions: [{child: rowan}]", "agency-decision-form-rowan", True),
        (
            "adm_decisions: [{child: rowan, decided_on: 2 November 2026, signed_on: 2 November 2026}]",
            "agency-decision-form-rowan",
            False,
        ),
        ("reports: [{child: rowan}]", "child-permanence-report-rowan", True),
        (
            "iro_views: [{child: rowan, on: 19 August 2026, outcome: challenges, reasons: No}]",
            "iro-challenge-note-rowan",
            True,
        ),
        (
            "iro_views: [{child: rowan, on: 19 August 2026, outcome: challenges, signed_on: 20 August 2026}]",
            "iro-challenge-note-rowan",
            False,
        ),
        ("plans: [{child: rowan, agreed_on: 3 August 2026, primary: adoption}]", "permanence-plan-rowan", True),
        (
            PLAN.format("adoption") + "reviews: [{held_on: 1 August 2026, plan_ratified: yes}]",
            "permanence-plan-rowan",
            True,
        ),
        (
            PLAN.format("adoption") + "reviews: [{held_on: 17 August 2026, plan_ratified: yes}]",
            "permanence-plan-rowan",
            False,
        ),
    ],
)
def test_a_paper_is_a_draft_until_the_case_file_records_its_sign_off(
    plan: Planner, facts: str, name: str, draft: bool
) -> None:
    paper = plan(f"{CHILD}{facts}\n")[name]
    assert paper.draft is draft
    assert paper.facts["paper"]["draft"] is draft


def test_minutes_are_a_draft_until_the_chair_agrees_them(plan: Planner) -> None:
    assert plan(CHILD + MEETINGS)["ppm-minutes-ppm-1"].draft
    agreed = MEETINGS + "    minutes_agreed_on: 6 August 2026\n"
    assert not plan(CHILD + agreed)["ppm-minutes-ppm-1"].draft


def test_a_letter_is_a_draft_until_it_is_dated(plan: Planner) -> None:
    assert plan(with_father())[LETTER].draft
    dated = with_father().replace(
        "decided_on: 2 November 2026",
        "decided_on: 2 November 2026, parents_notified: [{person: father, letter_dated: 4 November 2026}]",
    )
    papers = plan(dated)
    assert not papers[LETTER].draft
    assert papers["letter-decision-rowan-mother"].draft
    assert str(papers[LETTER].as_of) == "4 November 2026"


THREE_MEETINGS = """
people: [{id: worker, name: {given: Grace, family: Adeyemi}, role: social_worker}]
meetings:
  - id: ppm-3
    kind: permanence_planning_meeting
    starts_at: 5 October 2026, 10am
    invited: [{person: worker, attended: yes}]
    actions: [{id: new, what: Ask the school, owner: worker, due_on: 1 December 2026}]
  - id: ppm-1
    kind: permanence_planning_meeting
    starts_at: 3 August 2026, 10am
    invited: [{person: worker, attended: yes}]
    actions:
      - {id: late, what: Finish the assessment, owner: worker, due_on: 14 August 2026}
      - {id: early, what: Write to the aunt, owner: The team manager, due_on: 14 August 2026}
      - {id: between, what: Find the record, owner: worker, done_on: 1 October 2026}
      - {id: onward, what: Keep the book, owner: worker, due_on: 30 November 2026}
  - id: ppm-2
    kind: permanence_planning_meeting
    starts_at: 7 September 2026, 10am
    invited: [{person: worker, attended: yes}]
    actions:
      - {id: early, what: Write to the aunt, owner: The team manager, done_on: 12 August 2026}
"""


def actions_of(papers: Papers, meeting: str) -> dict[str, tuple[str, bool]]:
    return {
        action["id"]: (action["status"], action["new"])
        for action in papers[f"ppm-minutes-{meeting}"].facts["meeting"]["actions"]
    }


def test_open_actions_of_earlier_meetings_stay_until_they_are_done(plan: Planner) -> None:
    papers = plan(CHILD + THREE_MEETINGS)
    assert actions_of(papers, "ppm-1") == {
        "late": ("open", True),
        "early": ("open", True),
        "between": ("open", True),
        "onward": ("open", True),
    }
    assert actions_of(papers, "ppm-2") == {
        "late": ("overdue", False),
        "early": ("done", False),
        "between": ("open", False),
        "onward": ("open", False),
    }
    assert actions_of(papers, "ppm-3") == {
        "late": ("overdue", False),
        "between": ("done", False),
        "onward": ("open", False),
        "new": ("open", True),
    }


def test_the_agenda_lists_the_actions_that_are_still_open(plan: Planner) -> None:
    facts = plan(CHILD + THREE_MEETINGS)["ppm-agenda-ppm-3"].facts["meeting"]
    assert [action["what"] for action in facts["open_actions"]] == ["Finish the assessment", "Keep the book"]
    assert [str(action["raised_on"]) for action in facts["open_actions"]] == ["3 August 2026", "3 August 2026"]
    assert [action["owner"] for action in facts["open_actions"]] == ["Grace Adeyemi", "Grace Adeyemi"]


def test_meetings_of_one_kind_are_counted_in_the_order_in_which_they_were_held(plan: Planner) -> None:
    papers = plan(CHILD + THREE_MEETINGS)
    assert [papers[f"ppm-minutes-ppm-{number}"].facts["meeting"]["number"] for number in (1, 2, 3)] == [1, 2, 3]


TWO_CHILDREN = """
reference: R1
authority: {name: Hartsmere Council}
procedure: hertfordshire-2024
children:
  - {id: rui, name: {given: Rui}, born_on: 14 March 2020}
  - {id: bryn, name: {given: Bryn}, born_on: 14 March 2024}
people:
  - id: mother
    name: {given: Ana}
    relationships:
      - {to: rui, as: mother, parental_responsibility: yes}
      - {to: bryn, as: mother, parental_responsibility: yes}
  - {id: dean, name: {given: Dean}, relationships: [{to: bryn, as: father, parental_responsibility: yes}]}
meetings:
  - id: ppm-1
    kind: permanence_planning_meeting
    starts_at: 3 August 2026, 10am
    outcomes: [{child: rui, primary: adoption, summary: For Rui.}, {child: bryn, primary: adoption, summary: For Bryn.}]
"""


def test_a_parent_reads_about_their_own_children_alone(plan: Planner) -> None:
    papers = plan(TWO_CHILDREN)
    assert {name for name, paper in papers.items() if paper.reader == "dean"} == {
        "letter-meeting-outcome-ppm-1-dean",
        "ppm-summary-ppm-1-bryn-dean",
    }
    letter = papers["letter-meeting-outcome-ppm-1-dean"].facts
    assert [child["id"] for child in letter["children"]] == ["bryn"]
    assert [outcome["id"] for outcome in letter["meeting"]["outcomes"]] == ["bryn"]
    assert letter["children"][0]["brothers_and_sisters"] == []
    assert [child["id"] for child in papers["letter-meeting-outcome-ppm-1-mother"].facts["children"]] == ["rui", "bryn"]


def test_papers_of_two_children_never_share_a_name(sample_papers: dict[str, tuple[PlannedDocument, ...]]) -> None:
    for papers in sample_papers.values():
        names = [paper.name.casefold() for paper in papers]
        assert len(set(names)) == len(names)


def test_nothing_but_the_sheet_of_rules_is_planned_by_the_clock(plan: Planner) -> None:
    first, later = (plan(CHILD + MEETINGS, on=dt.date(2026, 11, day)) for day in (10, 22))
    assert first.pop("compliance-sheet-rowan").as_of == dt.date(2026, 11, 10)
    assert later.pop("compliance-sheet-rowan").as_of == dt.date(2026, 11, 22)
    assert {name: paper.as_of for name, paper in first.items()} == {name: paper.as_of for name, paper in later.items()}


def test_a_question_nobody_answered_is_a_gap_that_says_where_to_write(plan: Planner) -> None:
    paper = plan(CHILD)["permanence-plan-rowan"]
    assert paper.gaps
    assert all(gap.asks and gap.source and gap.write and gap.level in Level for gap in paper.gaps)
    assert not [gap.asks for gap in paper.gaps if "{" in gap.asks]
    assert all(paper.answers[gap.question, None].text is None for gap in paper.gaps)


def test_check_counts_a_question_once_for_each_place_in_the_case_file(
    plan: Planner, read: Callable[[str], Case], judge: Callable[..., Compliance]
) -> None:
    papers = plan(CHILD)
    paper = papers["permanence-plan-rowan"]
    twice = [paper, replace(paper, name="permanence-plan-again")]
    found = report_case(read(CHILD), judge(read(CHILD)), twice)
    assert (len(found.papers), found.reference) == (2, "R1")
    assert sum(found.count(level) for level in Level) == len(paper.gaps)


CARD = "title: Trial\nfor_each: [child]\naudience: internal\n"


def make_card(folder: Path, text: str, *, word: bool = True) -> Path:
    (folder / "trial.yaml").write_text(text, encoding="utf-8")
    if word:
        (folder / "trial.docx").write_bytes(b"never opened while planning")
    return folder


def test_a_card_of_ones_own_is_planned_and_stands_before_a_shipped_one(
    tmp_path: Path, read: Callable[[str], Case], judge: Callable[..., Compliance]
) -> None:
    shipped, own = tmp_path / "shipped", tmp_path / "own"
    for folder, title in ((shipped, "Shipped"), (own, "Own")):
        folder.mkdir()
        make_card(folder, CARD.replace("Trial", title + " {{ child.name }}"))
    (paper,) = plan_documents(read(CHILD), judge(read(CHILD)), load_templates([own, shipped]))
    assert (paper.name, paper.title, paper.audience) == ("trial-rowan", "Own Rowan", "internal")


@pytest.mark.parametrize(
    ("card", "words"),
    [
        (CARD.replace("audience", "audiense"), "audiense is not a key of a card"),
        ("title: Trial\nfor_each: [child]\n", "audience is missing here"),
        (CARD.replace("internal", "everyone"), "audience"),
        (CARD.replace("[child]", "[child, case]"), "for_each must be one of"),
    ],
)
def test_a_card_with_a_mistake_is_refused_at_its_place(tmp_path: Path, card: str, words: str) -> None:
    with pytest.raises(CannotReadError, match=r"trial\.yaml") as refused:
        load_templates([make_card(tmp_path, card)])
    assert [
        problem
        for problem in refused.value.problems
        if words in problem.says and problem.place and problem.code == "T001"
    ]


def test_a_card_without_a_template_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"trial\.docx"):
        load_templates([make_card(tmp_path, CARD, word=False)])


@pytest.mark.parametrize(
    "line",
    [
        "when: child.nmae",
        "when: childd",
        "as_of: child.born_on.nothing",
        "signed_off: 1 +",
        "when: child.name.upper()",
        "when: cycler",
        "when: 1 / 0",
    ],
)
def test_a_mistake_in_an_expression_names_the_card_and_the_key(
    tmp_path: Path, read: Callable[[str], Case], judge: Callable[..., Compliance], line: str
) -> None:
    templates = load_templates([make_card(tmp_path, f"{CARD}{line}\n")])
    with pytest.raises(TemplateError, match=rf"{line.split(':', maxsplit=1)[0]} on the card trial\.yaml"):
        plan_documents(read(CHILD), judge(read(CHILD)), templates)


def test_a_letter_asks_for_the_family_time_of_each_child_for_whom_none_is_written(plan: Planner) -> None:
    text = """
reference: R1
authority: {name: Hartsmere Council}
procedure: hertfordshire-2024
children:
  - id: rowan
    name: {given: Rowan}
    born_on: 14 March 2025
    family_time: [{with: mother, kind: supervised, frequency: twice a week}]
  - {id: iris, name: {given: Iris}, born_on: 2 May 2022}
people:
  - id: mother
    name: {given: Leanne, family: Hale}
    relationships:
      - {to: rowan, as: mother, parental_responsibility: yes}
      - {to: iris, as: mother, parental_responsibility: yes}
meetings:
  - id: ppm-1
    kind: permanence_planning_meeting
    starts_at: 3 August 2026, 10am
    outcomes: [{child: rowan, primary: adoption, summary: One.}, {child: iris, primary: adoption, summary: Two.}]
"""
    letter = plan(text)["letter-meeting-outcome-ppm-1-mother"]
    asked = [gap.asks for gap in letter.gaps if gap.question == "family_time"]
    assert asked == ["What time does Leanne Hale have with Iris now?"]
