"""Questions that several parts ask of a case file: rules, papers and invitations give the same answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from generator.base.working_days import Jurisdiction
from generator.bundle.cover import write_cover
from generator.case.action_record import record_actions
from generator.case.audience import Audience
from generator.case.family import Case
from generator.case.questions import find_last_meeting, find_meeting, find_next_meeting, find_next_review_day
from generator.case.running_actions import ActionState, list_running
from generator.disclosure.lens import Lens
from generator.meetings.outstanding import list_overdue_actions
from generator.papers.card import PaperTemplate
from generator.papers.facts.children import show_child
from generator.papers.facts.paper import PaperSubject, show_subject
from generator.papers.facts.view import ReaderView
from generator.papers.plan import plan_documents, working_name
from generator.rules.conditions.child_on_day import ChildOnDay, Unknown
from generator.rules.conditions.derived import FACTS
from generator.rules.invitations import GuestStanding, list_asked_guests
from generator.rules.judging.judge import Compliance
from generator.rules.judging.ruling import RuleOutcome
from generator.rules.timeline import make_timeline

TODAY = dt.date(2026, 11, 22)
HEAD = """\
reference: FAM-1
authority: {name: Hartsmere Council}
procedure: hertfordshire-2024
children:
  - {id: rowan, name: {given: Rowan}, born_on: 14 March 2020, looked_after_from: 26 May 2026}
  - {id: wren, name: {given: Wren}, born_on: 2 May 2017, looked_after_from: 26 May 2026}
"""
PEOPLE = """\
people:
  - {id: sw, name: {given: Grace, family: Adeyemi}, role: social_worker}
  - {id: carer, name: {given: Carol, family: Fenn}, relationships: [{to: rowan, as: foster_carer}]}
  - id: mother
    name: {given: Leanne, family: Hale}
    relationships:
      - {to: rowan, as: mother, parental_responsibility: yes}
      - {to: wren, as: mother, parental_responsibility: yes}
"""
MEETING = """\
meetings:
  - id: ppm-1
    kind: permanence_planning_meeting
    starts_at: 3 August 2026, 10am
    invited: [{person: sw}]
    outcomes:
      - {child: rowan, primary: adoption, summary: A plan}
      - {child: wren, primary: long_term_fostering, summary: A plan}
"""

Read = Callable[[str], Case]
Judge = Callable[..., Compliance]


def ask_rules(case: Case, fact: str, child: str = "rowan", on: dt.date = TODAY) -> Any:
    """A worked-out fact as rules have it: unknown is None."""
    value = FACTS[fact].find(ChildOnDay(case, case.child(child), on, Jurisdiction.ENGLAND, on))
    return None if isinstance(value, Unknown) else value


def show_letter(case: Case, judge: Judge, *, child: str | None = None, on: dt.date = TODAY) -> dict[str, Any]:
    """What the mother's letter about the meeting is made from; with `child`, where the meeting was about that one."""
    meeting = case.meetings[0]
    if child:
        meeting = meeting.model_copy(update={"children": (child,)})
    scene = ReaderView(case, judge(case, on), Lens(Audience.PARENT, "mother"), on)
    facts: dict[str, Any] = show_subject(PaperSubject(meeting=meeting, parent=case.person("mother")), scene)["letter"]
    return facts


# Is this child in proceedings?

COURT = "court: {name: Family Court, issued_on: 28 May 2026}\n"
OF_ROWAN = "court: {name: Family Court, issued_on: 28 May 2026, children: [rowan]}\n"
INTERIM = "orders: [{child: rowan, order: interim_care_order, made_on: 29 May 2026}]\n"
FINAL = "orders: [{child: rowan, order: care_order, made_on: 2 November 2026}]\n"
ENDED = "orders: [{child: rowan, order: interim_care_order, made_on: 29 May 2026, ended_on: 2 November 2026}]\n"


@pytest.mark.parametrize(
    ("written", "child", "answer"),
    [
        (COURT, "rowan", True),
        (COURT, "wren", True),
        (OF_ROWAN, "rowan", True),
        (OF_ROWAN, "wren", None),
        (COURT + FINAL, "rowan", False),
        (COURT + FINAL, "wren", True),
        (INTERIM, "rowan", True),
        (ENDED, "rowan", False),
        ("", "rowan", None),
        ("court: {name: Family Court, issued_on: 28 November 2026}\n", "rowan", False),
    ],
)
def test_rules_and_letters_agree_on_proceedings(
    read: Read, judge: Judge, written: str, child: str, answer: bool | None
) -> None:
    case = read(HEAD + PEOPLE + MEETING + written)
    assert ask_rules(case, "in_proceedings", child) is answer
    assert show_letter(case, judge, child=child)["in_proceedings"] is (answer is True)


def test_a_letter_about_two_children_speaks_of_the_court_while_one_is_in_proceedings(read: Read, judge: Judge) -> None:
    case = read(HEAD + PEOPLE + MEETING + OF_ROWAN)
    letter = show_letter(case, judge)
    assert (letter["in_proceedings"], letter["children_in_proceedings"]) == (True, "Rowan")


PLANS = """
plans:
  - {child: rowan, agreed_on: 20 August 2026, primary: adoption}
  - {child: wren, agreed_on: 20 August 2026, primary: long_term_fostering}
"""
DIRECTED = OF_ROWAN.replace("}", ", directions: [{ordered_on: 9 July 2026, what: File it, papers: [PAPER]}]}")


def list_filed(case: Case, judge: Judge, templates: dict[str, PaperTemplate]) -> set[str]:
    """The papers about Wren that go into the bundle."""
    filed = plan_documents(case, judge(case), templates, for_bundle=True)
    return {paper.name for paper in filed if paper.child == "wren"}


def test_the_bundle_is_about_the_children_in_the_proceedings(
    read: Read, judge: Judge, templates: dict[str, PaperTemplate]
) -> None:
    of_both, of_one = (read(HEAD + PEOPLE + MEETING + court + PLANS) for court in (COURT, OF_ROWAN))
    assert list_filed(of_both, judge, templates)
    assert not list_filed(of_one, judge, templates)
    assert write_cover(of_both, TODAY).children == ("Rowan", "Wren")
    assert write_cover(of_one, TODAY).children == ("Rowan",)


def test_a_paper_about_a_child_outside_the_proceedings_is_filed_where_a_direction_names_it(
    read: Read, judge: Judge, templates: dict[str, PaperTemplate]
) -> None:
    name = "permanence-plan-wren"
    case = read(HEAD + PEOPLE + MEETING + DIRECTED.replace("PAPER", name) + PLANS)
    assert {working_name(one) for one in list_filed(case, judge, templates)} == {name}


def test_a_summary_speaks_of_a_judge_where_the_child_is_in_proceedings(read: Read, judge: Judge) -> None:
    case = read(HEAD + PEOPLE + MEETING + OF_ROWAN)
    view = ReaderView(case, judge(case), Lens(Audience.PARENT, "mother"), TODAY)
    assert show_child(case.child("rowan"), view)["in_proceedings"] is True
    assert show_child(case.child("wren"), view)["in_proceedings"] is False


# May this parent be written to?

NOT_DECIDED = "{to: rowan, as: father, parental_responsibility: no, notification: {decision: undecided}}"
NOT_RECORDED = "{to: rowan, as: father}"
KEPT_FROM = "{to: rowan, as: father, parental_responsibility: no, notification: {decision: do_not_notify}}"
TOLD = "{to: rowan, as: father, parental_responsibility: no, notification: {decision: notify}}"
FATHER = "{to: rowan, as: father, parental_responsibility: yes}"
BARRED = [
    (NOT_DECIDED, "", RuleOutcome.CANNOT_BE_CHECKED),
    (NOT_RECORDED, "", RuleOutcome.CANNOT_BE_CHECKED),
    (FATHER, "letters: {lacks_capacity: yes}", RuleOutcome.CANNOT_BE_CHECKED),
    # What is decided for good counts before what is still open.
    (NOT_DECIDED, "letters: {send: no}", RuleOutcome.DOES_NOT_APPLY),
    (KEPT_FROM, "", RuleOutcome.DOES_NOT_APPLY),
    (FATHER, "whereabouts_known: no", RuleOutcome.DOES_NOT_APPLY),
    (FATHER, "letters: {send: no}", RuleOutcome.DOES_NOT_APPLY),
    (FATHER, "letters: {deliver: none}", RuleOutcome.DOES_NOT_APPLY),
    (FATHER, "died_on: 1 May 2026", RuleOutcome.DOES_NOT_APPLY),
]
ALLOWED = [
    (TOLD, ""),
    (FATHER, ""),
    (FATHER, "letters: {lacks_capacity: yes, advocate: Ruth Cole}"),
]


def with_father(read: Read, tie: str, more: str) -> Case:
    known = ", ".join(filter(None, ["id: father, name: {given: Carl}", f"relationships: [{tie}]", more]))
    father = f"  - {{{known}}}\n"
    one_child = HEAD.replace("  - {id: wren", "  # {id: wren")
    people = PEOPLE.replace("      - {to: wren", "      # {to: wren")
    meeting = MEETING.replace("      - {child: wren", "      # {child: wren")
    return read(one_child + people + father + meeting)


def judge_father(case: Case, judge: Judge, rule: str) -> RuleOutcome:
    (found,) = [
        one.outcome
        for one in judge(case).rulings
        if one.rule.name == f"hertfordshire-2024/{rule}" and one.keys.get("parent") == "father"
    ]
    return found


@pytest.mark.parametrize(("tie", "more", "outcome"), BARRED)
@pytest.mark.parametrize("rule", ["parents-sent-summary", "parents-told-outcome", "policy-information-given"])
def test_no_rule_asks_to_send_a_parent_what_may_not_be_written(
    read: Read, judge: Judge, tie: str, more: str, outcome: RuleOutcome, rule: str
) -> None:
    assert judge_father(with_father(read, tie, more), judge, rule) is outcome


@pytest.mark.parametrize(("tie", "more"), ALLOWED)
def test_a_parent_who_may_be_written_to_is_owed_the_summary(read: Read, judge: Judge, tie: str, more: str) -> None:
    assert judge_father(with_father(read, tie, more), judge, "parents-sent-summary") is RuleOutcome.OVERDUE


@pytest.mark.parametrize(
    ("tie", "more", "standing"),
    [
        (NOT_DECIDED, "", GuestStanding.CANNOT_BE_TOLD),
        (NOT_RECORDED, "", GuestStanding.CANNOT_BE_TOLD),
        (KEPT_FROM, "", None),
        (FATHER, "whereabouts_known: no", None),
        # Who may not be written to may still be asked to come.
        (FATHER, "letters: {send: no}", GuestStanding.MISSING),
        (FATHER, "letters: {lacks_capacity: yes}", GuestStanding.MISSING),
        (FATHER, "", GuestStanding.MISSING),
    ],
)
def test_no_rule_asks_to_invite_a_parent_who_may_not_be_told(
    read: Read, judge: Judge, tie: str, more: str, standing: GuestStanding | None
) -> None:
    case = with_father(read, tie, more).model_copy(update={"procedure": "permanence-planning-2024"})
    asked = [one for one in list_asked_guests(case, case.meetings[0], judge(case)) if one.who == "each parent"]
    (mother,) = [one for one in asked if one.people == ("mother",)]
    assert mother.standing is GuestStanding.MISSING
    others = [one.standing for one in asked if one is not mother]
    assert others == ([standing] if standing else [])


# How many homes has the child had in care?


@pytest.mark.parametrize(
    ("homes", "count"),
    [
        (["started_on: 26 May 2026"], 1),
        (["started_on: 26 May 2026, ended_on: 1 July 2026", "started_on: 1 July 2026"], 2),
        (["started_on: 3 May 2025, ended_on: 1 July 2025"], 0),
        (["started_on: 3 May 2025, ended_on: 1 July 2025", "started_on: 26 May 2026"], 1),
        (["started_on: 1 December 2026"], 0),
    ],
)
def test_rules_and_papers_count_the_same_homes_in_care(read: Read, judge: Judge, homes: list[str], count: int) -> None:
    rows = ", ".join(f"{{child: rowan, type: foster_care, {home}}}" for home in homes)
    case = read(f"{HEAD}{PEOPLE}placements: [{rows}]\n")
    scene = ReaderView(case, judge(case), Lens(Audience.INTERNAL), TODAY)
    assert show_child(case.child("rowan"), scene)["placement_count"] == count
    assert ask_rules(case, "homes_in_care") == count


# Where does the child live on a day?

HOME = """\
placements:
  - {child: rowan, type: foster_care, carer: carer, started_on: 26 May 2026, ended_on: 3 August 2026}
"""


@pytest.mark.parametrize(("day", "lives_there"), [("2 August 2026", True), ("3 August 2026", False)])
def test_rules_papers_and_invitations_agree_on_the_last_day_of_a_home(
    read: Read, judge: Judge, day: str, lives_there: bool
) -> None:
    case = read(HEAD + PEOPLE + MEETING.replace("3 August 2026", day) + HOME)
    meeting = case.meetings[0]
    on = meeting.starts_at.date()
    scene = ReaderView(case, judge(case, on), Lens(Audience.INTERNAL), on)
    assert (show_child(case.child("rowan"), scene)["current_placement"] is not None) is lives_there
    assert (ask_rules(case, "placement_type", on=on) is not None) is lives_there
    (carer,) = [
        one
        for one in list_asked_guests(case, meeting, judge(case, on))
        if one.who == "the carer" and "rowan" in one.children
    ]
    assert ("carer" in carer.people) is lives_there


# Is this action late?


def test_an_action_that_is_repeated_without_its_due_day_is_late_everywhere(read: Read) -> None:
    meetings = """\
meetings:
  - id: ppm-1
    kind: permanence_planning_meeting
    starts_at: 3 August 2026, 10am
    actions: [{id: a1, what: Finish the parenting assessment, owner: sw, due_on: 28 August 2026}]
  - id: ppm-2
    kind: permanence_planning_meeting
    starts_at: 12 October 2026, 10am
    actions: [{id: a1, what: Finish the parenting assessment, owner: sw, progress: Half written}]
"""
    case = read(HEAD + PEOPLE + meetings)
    (at_meeting,) = list_running(case, case.meetings[1])
    (chased,) = list_overdue_actions(case, TODAY)
    (recorded,) = record_actions(case, TODAY).entries
    assert at_meeting.state is chased.state is recorded.state is ActionState.OVERDUE
    due = dt.date(2026, 8, 28)
    assert [one.action.due_on for one in (at_meeting, chased, recorded)] == [due, due, due]
    assert {one.action.progress for one in (at_meeting, chased, recorded)} == {"Half written"}


# Which dated events does the file of a child hold?

HEARD = """\
court:
  name: Family Court
  issued_on: 28 May 2026
  children: [rowan]
  hearings: [{kind: case_management, at: "9 July 2026, 10am"}]
  directions: [{ordered_on: 9 July 2026, what: File the assessment}]
"""


def test_hearings_stand_in_the_files_of_the_children_whom_they_are_about(read: Read, judge: Judge) -> None:
    case = read(HEAD + PEOPLE + HEARD)
    listed = [(one.child, one.what) for one in make_timeline(case, judge(case)).entries]
    assert ("rowan", "Case management hearing") in listed
    assert ("wren", "Case management hearing") not in listed
    scene = ReaderView(case, judge(case), Lens(Audience.INTERNAL), TODAY)
    told = [one["what"] for one in show_child(case.child("rowan"), scene)["court_chronology"]]
    assert told == ["Proceedings issued", "Case management hearing", "Direction: File the assessment"]
    assert not show_child(case.child("wren"), scene)["court_chronology"]


REVIEWS = """\
reviews:
  - {number: 1, booked_for: 22 June 2026, held_on: 22 June 2026}
  - {number: 2, booked_for: 17 August 2026, held_on: 24 August 2026}
  - {number: 3, booked_for: 15 February 2027}
"""


@pytest.mark.parametrize(
    ("day", "following"),
    [
        ((2026, 6, 21), (2026, 6, 22)),
        ((2026, 6, 22), (2026, 8, 17)),
        ((2026, 8, 17), (2026, 8, 17)),
        # The day for which it was booked has passed; it was held a week later.
        ((2026, 8, 18), (2026, 8, 24)),
        ((2026, 8, 24), (2027, 2, 15)),
        ((2027, 2, 16), None),
    ],
)
def test_the_next_review_is_the_one_that_stood_in_the_diary_on_the_day(
    read: Read, day: tuple[int, int, int], following: tuple[int, int, int] | None
) -> None:
    found = find_next_review_day(read(HEAD + PEOPLE + REVIEWS), "rowan", dt.date(*day))
    assert found == (dt.date(*following) if following else None)


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [((2026, 8, 2), None, "ppm-1"), ((2026, 8, 3), "ppm-1", "ppm-1"), ((2026, 8, 4), "ppm-1", None)],
)
def test_a_meeting_of_the_day_is_both_the_last_and_the_next(
    read: Read, day: tuple[int, int, int], before: str | None, after: str | None
) -> None:
    case = read(HEAD + PEOPLE + MEETING)
    assert find_last_meeting(case, dt.date(*day)) is find_meeting(case, before)
    assert find_next_meeting(case, dt.date(*day)) is find_meeting(case, after)
