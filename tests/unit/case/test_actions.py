"""Actions run on from meeting to meeting: what is open, overdue, done, changed, and what was lost on the way."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.base.errors import CannotReadError, Level
from generator.case.action_record import ActionEntry, ActionsRecord, record_actions
from generator.case.family import Case
from generator.case.running_actions import ActionState
from generator.cli import main

HEAD = """\
reference: FAM-1
authority: {name: Hartsmere Council}
procedure: hertfordshire-2024
children:
  - {id: rowan, name: {given: Rowan, family: Hale}, born_on: 14 March 2025}
  - {id: ife, name: {given: Ife, family: Hale}, born_on: 2 May 2017}
people:
  - {id: sw, name: {given: Grace, family: Adeyemi}, role: social_worker}
  - {id: tm, name: {given: Colm, family: Rafferty}, role: team_manager}
meetings:
"""
PPM, FGC, FCP = "permanence_planning_meeting", "family_group_conference", "final_care_planning_meeting"
FIRST = "{id: a1, what: Finish the parenting assessment, owner: sw, due_on: 28 August 2026}"
OTHER = "{id: b1, what: Book the adoption medical, owner: tm, due_on: 30 October 2026}"
TODAY = dt.date(2026, 11, 22)


def meeting(key: str, day: str, *actions: str, kind: str = PPM, more: str = "") -> str:
    listed = "".join(f"\n      - {one}" for one in actions)
    return f"  - id: {key}\n    kind: {kind}\n    starts_at: {day}, 10am\n{more}" + (
        f"    actions:{listed}\n" if actions else ""
    )


Record = Callable[..., ActionsRecord]


@pytest.fixture
def record(read: Callable[[str], Case]) -> Record:
    return lambda *meetings, on=TODAY: record_actions(read(HEAD + "".join(meetings)), on)


def one_of(found: ActionsRecord, key: str = "a1") -> ActionEntry:
    (entry,) = [one for one in found.entries if one.action.id == key]
    return entry


def said(found: ActionsRecord) -> list[tuple[Level, str]]:
    return [(one.level, one.says) for one in found.remarks]


def test_an_action_is_open_until_its_due_day_has_passed(record: Record) -> None:
    made = meeting("ppm-1", "3 August 2026", FIRST)
    assert one_of(record(made, on=dt.date(2026, 8, 28))).state is ActionState.OPEN
    late = one_of(record(made, on=dt.date(2026, 9, 9)))
    assert (late.state, late.days, late.weeks) == (ActionState.OVERDUE, 12, 5)


def test_an_action_without_a_day_is_never_overdue(record: Record) -> None:
    entry = one_of(record(meeting("ppm-1", "3 August 2020", "{id: a1, what: Keep the book, owner: sw}")))
    assert (entry.state, entry.days, entry.due_on) == (ActionState.OPEN, 0, None)


def test_what_was_done_by_its_day_is_done_and_later_is_done_late(record: Record) -> None:
    first = meeting("ppm-1", "3 August 2026", FIRST, OTHER)
    second = meeting(
        "ppm-2",
        "12 October 2026",
        FIRST[:-1] + ", done_on: 4 September 2026}",
        OTHER[:-1] + ", done_on: 12 October 2026}",
    )
    found = record(first, second)
    late, kept = one_of(found), one_of(found, "b1")
    assert (late.state, late.days, late.weeks, late.repeated_at) == (ActionState.DONE_LATE, 7, 4, ("ppm-2",))
    assert (kept.state, kept.days, kept.weeks) == (ActionState.DONE, 0, 10)
    assert found.remarks == ()


def test_done_on_a_day_that_is_still_to_come_is_not_done(record: Record) -> None:
    made = meeting("ppm-1", "3 August 2026", FIRST[:-1] + ", done_on: 20 August 2026}")
    assert one_of(record(made, on=dt.date(2026, 8, 19))).state is ActionState.OPEN
    assert one_of(record(made, on=dt.date(2026, 8, 20))).state is ActionState.DONE


def test_an_open_action_that_the_next_meeting_leaves_out_is_lost(record: Record) -> None:
    found = record(meeting("ppm-1", "3 August 2026", FIRST), meeting("ppm-2", "12 October 2026", OTHER))
    (remark,) = found.remarks
    assert (remark.level, remark.code, remark.path) == (Level.MUST, "A001", ("meetings", 1, "actions"))
    assert remark.says == "Action a1 was open at ppm-1 and is missing from ppm-2"
    assert remark.about == ("meetings", 0, "actions", 0)
    assert one_of(found).is_lost
    assert one_of(found).missing_at == ("ppm-2",)


def test_it_is_to_be_written_at_the_latest_of_the_meetings_that_left_it_out(record: Record) -> None:
    found = record(
        meeting("ppm-3", "7 November 2026", OTHER),
        meeting("ppm-1", "3 August 2026", FIRST),
        meeting("ppm-2", "12 October 2026", OTHER),
    )
    assert one_of(found).missing_at == ("ppm-2", "ppm-3")
    assert [one.path for one in found.remarks] == [("meetings", 0, "actions")]


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(meeting("ppm-2", "12 October 2026"), id="it lists no action yet"),
        pytest.param(meeting("ppm-2", "14 December 2026", OTHER), id="it has not been held"),
        pytest.param(
            meeting("ppm-2", "12 October 2026", OTHER, more="    children: [ife]\n"), id="about another child"
        ),
        pytest.param(meeting("fgc", "12 October 2026", OTHER, kind=FGC), id="the family's own conference"),
    ],
)
def test_nothing_is_lost_where_the_later_meeting_need_not_list_it(record: Record, second: str) -> None:
    first = meeting("ppm-1", "3 August 2026", FIRST[:-1] + ", child: rowan}")
    found = record(first, second)
    assert said(found) == []
    assert one_of(found).is_open


def test_kinds_of_planning_meeting_share_one_record(record: Record) -> None:
    found = record(meeting("ppm-1", "3 August 2026", FIRST), meeting("fcp", "12 October 2026", OTHER, kind=FCP))
    assert one_of(found).is_lost


def test_a_conference_repeats_what_a_conference_raised(record: Record) -> None:
    found = record(
        meeting("fgc-1", "3 August 2026", FIRST, kind=FGC), meeting("fgc-2", "12 October 2026", OTHER, kind=FGC)
    )
    assert one_of(found).missing_at == ("fgc-2",)


def test_what_was_marked_done_before_need_not_be_repeated(record: Record) -> None:
    first = meeting("ppm-1", "3 August 2026", FIRST[:-1] + ", done_on: 20 August 2026}")
    assert said(record(first, meeting("ppm-2", "12 October 2026", OTHER))) == []


def test_what_a_meeting_left_out_and_a_later_one_took_up_again_is_a_gap(record: Record) -> None:
    found = record(
        meeting("ppm-1", "3 August 2026", FIRST),
        meeting("ppm-2", "12 October 2026", OTHER),
        meeting("ppm-3", "14 December 2026", FIRST, OTHER),
    )
    assert said(found) == [
        (Level.SHOULD, "Action a1 was open, and this meeting left it out; a later one took it up again")
    ]
    assert not one_of(found).is_lost
    assert one_of(found).coming_at == ("ppm-3",)


def test_agreed_minutes_without_actions_are_pointed_out(record: Record) -> None:
    found = record(
        meeting("ppm-1", "3 August 2026", FIRST),
        meeting("ppm-2", "12 October 2026", more="    minutes_agreed_on: 14 October 2026\n"),
    )
    assert said(found) == [(Level.SHOULD, "The minutes of ppm-2 are agreed and list no action, though 1 was open")]


def test_moved_due_days_and_new_owners_are_told_with_the_meeting_that_moved_them(record: Record) -> None:
    moved = FIRST.replace("28 August", "30 September").replace("owner: sw", "owner: tm")
    found = record(
        meeting("ppm-1", "3 August 2026", FIRST),
        meeting("ppm-2", "7 September 2026", moved),
        meeting("ppm-3", "12 October 2026", moved.replace(", due_on: 30 September 2026", "")),
        meeting("ppm-4", "9 November 2026", moved.replace("30 September", "1 December")),
    )
    entry = one_of(found)
    assert [(one.meeting, one.was, one.became) for one in entry.due_changes] == [
        ("ppm-2", dt.date(2026, 8, 28), dt.date(2026, 9, 30)),
        ("ppm-4", dt.date(2026, 9, 30), dt.date(2026, 12, 1)),
    ]
    assert [(one.meeting, one.was, one.became) for one in entry.owner_changes] == [("ppm-2", "sw", "tm")]
    assert entry.state is ActionState.OPEN


def test_before_a_meeting_is_held_it_moves_no_day_and_its_news_count(record: Record) -> None:
    later = FIRST.replace("28 August 2026", "30 December 2026")[:-1] + ", progress: Two visits made}"
    done = OTHER[:-1] + ", done_on: 20 November 2026}"
    found = record(meeting("ppm-1", "3 August 2026", FIRST, OTHER), meeting("ppm-2", "14 December 2026", later, done))
    assert (one_of(found).due_on, one_of(found).progress) == (dt.date(2026, 8, 28), "Two visits made")
    assert one_of(found, "b1").done_on == dt.date(2026, 11, 20)


def test_an_id_that_is_used_again_for_another_matter_hides_nothing(record: Record) -> None:
    again = "{id: a1, what: Book the adoption medical, owner: tm}"
    found = record(meeting("ppm-1", "3 August 2026", FIRST), meeting("ppm-2", "12 October 2026", again))
    assert [(one.action.what, one.is_lost) for one in found.entries] == [
        ("Finish the parenting assessment", True),
        ("Book the adoption medical", False),
    ]
    assert [one.path for one in found.remarks] == [("meetings", 1, "actions"), ("meetings", 1, "actions", 0)]


@pytest.mark.parametrize(
    "words",
    ["Parenting assessment of Leanne", "Complete the assessments of both parents", "finish the PARENTING assessment."],
)
def test_an_action_that_is_reworded_is_the_same_action(record: Record, words: str) -> None:
    again = f"{{id: a1, what: {words}, owner: tm}}"
    found = record(meeting("ppm-1", "3 August 2026", FIRST), meeting("ppm-2", "12 October 2026", again))
    assert (one_of(found).repeated_at, one_of(found).action.what) == (("ppm-2",), words)


def test_the_same_id_for_children_who_share_no_meeting_is_no_clash(record: Record) -> None:
    found = record(
        meeting("ppm-1", "3 August 2026", FIRST, more="    children: [rowan]\n"),
        meeting(
            "ppm-2", "4 August 2026", "{id: a1, what: Find a swimming club, owner: tm}", more="    children: [ife]\n"
        ),
    )
    assert [one.is_open for one in found.entries] == [True, True]
    assert said(found) == []


def test_an_action_about_one_child_is_kept_at_the_meetings_of_that_child(record: Record) -> None:
    about_ife = "{id: a1, what: Find a swimming club, owner: sw, child: ife}"
    found = record(
        meeting("ppm-1", "3 August 2026", OTHER, about_ife, more="    children: [rowan]\n"),
        meeting("ppm-2", "7 September 2026", OTHER, more="    children: [rowan]\n"),
        meeting("ppm-3", "12 October 2026", "{id: c1, what: See the school, owner: sw}", more="    children: [ife]\n"),
    )
    assert one_of(found).missing_at == ("ppm-3",)
    assert (
        Level.SHOULD,
        "This meeting is not about the child of this action, so its minutes leave the action out",
    ) in said(found)


def test_days_that_cannot_be_right_are_pointed_out(record: Record) -> None:
    early = "{id: a1, what: Finish the parenting assessment, owner: sw, done_on: 1 July 2026}"
    assert said(record(meeting("ppm-1", "3 August 2026", early))) == [
        (Level.SHOULD, "This action was done before ppm-1, the meeting that raised it")
    ]
    # It was due before its first meeting, too: it comes from a time of which the file does not speak.
    assert said(record(meeting("ppm-1", "3 August 2026", early[:-1] + ", due_on: 3 July 2026}"))) == []


def test_an_action_that_is_open_again_is_pointed_out(record: Record) -> None:
    done = FIRST[:-1] + ", done_on: 20 August 2026}"
    found = record(meeting("ppm-1", "3 August 2026", done), meeting("ppm-2", "12 October 2026", FIRST))
    assert said(found) == [(Level.SHOULD, "This action was done at ppm-1, and stands here as open again")]
    assert one_of(found).state is ActionState.OVERDUE


def test_the_record_as_at_an_earlier_day_knows_nothing_of_later_meetings(record: Record) -> None:
    found = record(
        meeting("ppm-1", "3 August 2026", FIRST), meeting("ppm-2", "12 October 2026", OTHER), on=dt.date(2026, 9, 1)
    )
    assert [one.action.id for one in found.entries] == ["a1"]
    assert said(found) == []


# The command


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Result]:
    shared = "{id: z9, what: Look for the book, owner: Grace and Pat}"
    first = meeting("ppm-1", "3 August 2026", FIRST, shared)
    second = meeting("ppm-2", "12 October 2026", OTHER, shared[:-1] + ", done_on: 9 October 2026}")
    (tmp_path / "case.yaml").write_text(HEAD + first + second, encoding="utf-8")
    return lambda command, *more: CliRunner().invoke(
        main, [command, str(tmp_path), "--on", "22 November 2026", *more], standalone_mode=False
    )


def test_the_command_names_the_place_and_the_line_to_write(run: Callable[..., Result]) -> None:
    result = run("actions")
    assert result.return_value == 1
    assert "Lost between two meetings (1)" in result.stdout
    assert "Owner: Grace Adeyemi (sw). For: all children of the meeting." in result.stdout
    assert "Overdue by 86 days (due 28 August 2026). Raised at ppm-1, 3 August 2026; 15 weeks old." in result.stdout
    write = "      - {id: a1, what: Finish the parenting assessment, owner: sw, due_on: 28 August 2026}"
    assert write in result.stdout.splitlines()
    assert "case.yaml:20:5  meetings[1].actions" in result.stderr
    assert "its entry is on line 15" in result.stderr
    assert "parenting" not in result.stderr


def test_what_is_to_be_written_mends_the_record(run: Callable[..., Result], tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    line = next(line for line in run("actions").stdout.splitlines() if line.startswith("      - {id: a1"))
    file.write_text(file.read_text("utf-8") + line + "\n", encoding="utf-8")
    assert run("actions").return_value == 0


def test_check_tells_of_a_lost_action_and_papers_are_made_all_the_same(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    result = run("check")
    assert result.return_value == 1
    assert "Action a1 was open at ppm-1 and is missing from ppm-2" in result.stderr
    made = run("build", "--word-only", "-o", str(tmp_path / "out"), "compliance-sheet")
    assert made.return_value == 0
    assert sorted(file.name for file in (tmp_path / "out" / "papers").iterdir()) == [
        "compliance-sheet-ife.docx",
        "compliance-sheet-rowan.docx",
    ]


def test_done_actions_are_shown_on_request_and_one_owner_s_alone(run: Callable[..., Result]) -> None:
    assert "z9" not in run("actions").stdout
    assert "Done (1)" in run("actions", "--all").stdout
    assert [line for line in run("actions", "--owner", "tm").stdout.splitlines() if line.startswith("  b1")]
    assert "a1" not in run("actions", "--owner", "tm").stdout
    assert "z9" in run("actions", "--all", "--owner", "pat").stdout
    assert isinstance(run("actions", "--owner", "nobody").exception, CannotReadError)


def test_the_json_says_the_same(run: Callable[..., Result]) -> None:
    found = json.loads(run("actions", "--json", "--all").stdout)
    assert found["counts"] == {"open": 0, "overdue": 2, "done": 1, "done late": 0, "lost": 1}
    lost = found["actions"][0]
    assert (lost["id"], lost["lost"], lost["left_out_at"]) == ("a1", True, ["ppm-2"])
    assert lost["owner"] == {"id": "sw", "name": "Grace Adeyemi"}
    assert lost["raised"] == {"meeting": "ppm-1", "on": "2026-08-03"}
    assert [(one["code"], one["level"], one["path"]) for one in found["problems"]] == [
        ("A001", "must", "meetings[1].actions")
    ]
