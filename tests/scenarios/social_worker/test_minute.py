"""The next meeting is written into the case file: what it holds, and that nothing else of the file changes."""

from __future__ import annotations

import datetime as dt
import errno
import os
import re
import shutil
import stat
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import example, given, reject, settings
from hypothesis import strategies as st

from casemaker import Recipe, recipes, settle
from conftest import TODAY, judge
from generator.base.errors import CannotReadError, ExitCode, FileBusyError, PermanenceError
from generator.base.yaml import saving
from generator.base.yaml.read import parse_yaml
from generator.case.action_record import record_actions
from generator.case.consistency import find_contradictions
from generator.case.example import write_example
from generator.case.family import Case
from generator.case.load import load_case, read_case, read_case_text
from generator.case.words import MeetingKind
from generator.cli import main
from generator.jobs import minute
from generator.meetings.next_meeting import NextMeeting, lay_out_next_meeting
from places import ROOT

WHEN = "14 December 2026, 10am"
START = dt.datetime(2026, 12, 14, 10)
PPM = MeetingKind.PERMANENCE_PLANNING_MEETING
HEAD = """\
reference: FAM-1
authority: {name: Hartsmere Council}
procedure: hertfordshire-2024
children:
  - {id: rowan, name: {given: Rowan, family: Hale}, born_on: 14 March 2025}
"""
PEOPLE = """\
people:
  - {id: sw, name: {given: Grace, family: Adeyemi}, role: social_worker}
  - {id: tm, name: {given: Colm, family: Rafferty}, role: team_manager}
  - {id: hv, name: {given: Mary, family: Osei}, role: health_visitor}
  - {id: mother, name: {given: Leanne, family: Hale}, relationships: [{to: rowan, as: mother}]}
"""
MEETINGS = """\
meetings:
  - id: ppm-1
    kind: permanence_planning_meeting
    starts_at: 3 August 2026, 10am
    venue: "Room 4: Harbour House"
    chair: tm
    invited: [{person: sw}, {person: hv, part: information}]
    not_invited: [{person: mother, reason: Gave her views beforehand}]
    papers:
      - {title: Health visitor's report, author: Mary Osei, dated: 14 July 2026}
      - {title: Parenting assessment, asked_on: 12 June 2026}
    actions:
      - {id: a1, what: "Finish: the assessment", owner: sw, child: rowan, due_on: 28 August 2026, progress: "1, of 3"}
      - {id: a2, what: Book the medical, owner: sw, done_on: 20 August 2026}
    next_meeting_at: 12 October 2026, 2pm
"""

IN_BRACES = """\
{reference: FAM-1, authority: {name: H}, procedure: hertfordshire-2024,
 children: [{id: rowan, name: {given: Rowan, family: Hale}, born_on: 14 March 2025}]}
"""


def lay_out(case: Case, **more: Any) -> NextMeeting:
    return lay_out_next_meeting(case, judge(case), "next-1", PPM, START, **more)


def insert(text: str | bytes) -> tuple[bytes, bytes | None, Case, NextMeeting]:
    """A file, the file with the next meeting, the case it was, and that meeting."""
    before = text.encode() if isinstance(text, str) else text
    source = parse_yaml(before, "case.yaml")
    case = read_case(source)
    found = lay_out(case)
    return before, minute.insert_meeting(before, source, case, found), case, found


def new_part(before: bytes, after: bytes) -> bytes:
    """What was put in, in one piece; fails where anything else was changed."""
    same = next((n for n, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), len(before))
    assert after.endswith(before[same:])
    return after[same : len(after) - len(before) + same]


def inserted(text: str | bytes) -> str:
    before, after, case, found = insert(text)
    assert after is not None
    assert read_case_text(after, "case.yaml").meetings == (*case.meetings, found.meeting)
    return new_part(before, after).decode()


# What it holds


def test_the_skeleton_has_what_is_known_and_leaves_open_what_must_be_decided() -> None:
    made = inserted(HEAD + PEOPLE + MEETINGS)
    assert (
        made
        == """
  - id: next-1
    kind: permanence_planning_meeting
    starts_at: 14 December 2026, 10am
    venue: "Room 4: Harbour House"
    chair: tm
    # Those whom the procedure asks for.
    # Whether the procedure asks for these depends on what is not written:
    #   lawyer for the local authority (court.issued_on, orders)
    #   supervising social worker (placements.type)
    #   manager of the children’s home (placements.type)
    #   the carer (placements.carer, placements.type)
    #   key worker at the children’s home (placements.type)
    #   children’s guardian (people.role)
    # The procedure asks for these too, and nobody in people is one:
    #   adoption team manager or fostering team manager or senior practitioner
    invited:
      - {person: tm}
      - {person: sw}
      # Invited to ppm-1 too. To invite them again, take away the # and the space after it.
      # - {person: hv, part: information}
    # Not invited so far. Decide for each of them: invite them above, or write here why not.
    # not_invited:
    #   - {person: mother, reason: }
    # Papers to ask for. Write asked_on when you ask, and dated when one comes.
    # These are still awaited.
    papers:
      - {title: Parenting assessment, asked_on: 12 June 2026}
      # For ppm-1 there were these. Keep what is needed anew.
      # - {title: Health visitor's report, author: Mary Osei}
    # Still open. Write progress, or done_on where it is done. Add what this meeting sets.
    actions:
      - {id: a1, what: "Finish: the assessment", owner: sw, child: rowan, due_on: 28 August 2026, progress: "1, of 3"}
"""
    )


def test_comments_become_facts_when_their_mark_is_taken_away() -> None:
    made = inserted(HEAD + PEOPLE + MEETINGS).replace("# - {", "- {")
    invited = read_case_text((HEAD + PEOPLE + MEETINGS + made).encode(), "x").meetings[1].invited
    assert [(one.person, one.part) for one in invited] == [("tm", "whole"), ("sw", "whole"), ("hv", "information")]


def test_parents_are_invited_where_the_procedure_asks_for_them_and_carers_who_are_family_to_their_part(
    read: Callable[[str], Case],
) -> None:
    family = """\
  - id: father
    name: {given: Daniel, family: Okafor}
    relationships: [{to: rowan, as: father, parental_responsibility: yes}]
  - {id: aunt, name: {given: Pat, family: Hale}, relationships: [{to: rowan, as: connected_carer}]}
placements: [{child: rowan, type: connected_foster_care, carer: aunt, started_on: 26 May 2026}]
"""
    south_west = lay_out(read(HEAD.replace("hertfordshire-2024", "permanence-planning-2024") + PEOPLE + family))
    assert {"mother", "father"} <= {one.person for one in south_west.meeting.invited}
    unsaid = family.replace(", parental_responsibility: yes", "")
    found = lay_out(read(HEAD.replace("hertfordshire-2024", "permanence-planning-2024") + PEOPLE + unsaid))
    assert "father" not in {one.person for one in found.meeting.invited}
    notes = [note for line in found.keys if line.key == "invited" for note in line.notes]
    assert any("each parent (people.relationships.notification.decision" in note for note in notes)
    local = lay_out(read(HEAD + PEOPLE + family))
    assert [one.part for one in local.meeting.invited if one.person == "aunt"] == ["information"]
    assert "mother" not in {one.person for one in local.meeting.invited}


def test_parents_who_may_come_are_to_be_decided_and_a_father_who_may_not_know_is_not_named() -> None:
    fathers = """\
  - {id: father, name: {given: Daniel, family: Okafor}, relationships: [{to: rowan, as: father}]}
  - id: other
    name: {given: Tom, family: Reed}
    relationships: [{to: rowan, as: father, notification: {decision: do_not_notify, reasons: Not safe}}]
"""
    made = inserted(HEAD + PEOPLE + fathers)
    assert "    # not_invited:\n    #   - {person: mother, reason: }\n    #   - {person: father, reason: }\n" in made
    assert "person: other" not in made


def test_a_carer_with_whom_the_child_no_longer_lives_is_not_offered_again(read: Callable[[str], Case]) -> None:
    carers = """\
  - {id: before, name: {given: Ann, family: Oakes}, relationships: [{to: rowan, as: foster_carer}]}
  - {id: now, name: {given: Joy, family: Field}, relationships: [{to: rowan, as: foster_carer}]}
placements:
  - {child: rowan, type: foster_care, carer: before, started_on: 26 May 2026, ended_on: 1 September 2026}
  - {child: rowan, type: foster_care, carer: now, started_on: 1 September 2026}
"""
    text = HEAD + PEOPLE + carers + MEETINGS.replace("{person: sw}", "{person: sw}, {person: before}")
    made = inserted(text)
    assert "{person: now}" in made
    assert "before" not in made.replace("beforehand", "")


def test_papers_that_came_for_another_meeting_are_awaited_no_more() -> None:
    other = """\
  - id: fgc
    kind: family_group_conference
    starts_at: 1 September 2026, 10am
    papers: [{title: parenting assessment, dated: 28 August 2026}]
"""
    assert "still awaited" not in inserted(HEAD + PEOPLE + MEETINGS + other)


def test_the_actions_of_all_meetings_about_the_children_are_carried_and_a_lost_one_comes_back() -> None:
    second = """\
  - id: ppm-2
    kind: permanence_planning_meeting
    starts_at: 12 October 2026, 10am
    actions:
      - {id: b1, what: Ask the school, owner: tm}
  - id: fgc
    kind: family_group_conference
    starts_at: 20 October 2026, 10am
    actions:
      - {id: c1, what: Write a letter, owner: mother}
"""
    *_, found = insert(HEAD + PEOPLE + MEETINGS + second)
    assert [one.id for one in found.meeting.actions] == ["a1", "b1", "c1"]


def test_two_open_actions_with_one_id_are_both_there_and_one_needs_an_id_of_its_own() -> None:
    second = """\
  - id: ppm-2
    kind: permanence_planning_meeting
    starts_at: 12 October 2026, 10am
    actions: [{id: a1, what: Ask the school, owner: tm}]
"""
    made = inserted(HEAD + PEOPLE + MEETINGS + second)
    assert "\n      - {id: a1, what: Ask the school, owner: tm}\n" in made
    assert '\n      # - {id: a1, what: "Finish: the assessment", owner: sw' in made


# Where it goes


@pytest.mark.parametrize("name", sorted(file.parent.name for file in (ROOT / "data" / "cases").glob("*/case.yaml")))
def test_every_sample_takes_the_next_meeting_and_keeps_every_byte(name: str) -> None:
    made = inserted((ROOT / "data" / "cases" / name / "case.yaml").read_bytes())
    assert made.count("- id: next-1") == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("meetings:\nrecord: []\n", "meetings:\n  - id: next-1\n"),
        ("meetings:   # none yet\nrecord: []\n", "meetings:   # none yet\n  - id: next-1\n"),
        ("meetings: []\nrecord: []\n", "meetings:\n  - id: next-1\n"),
        ("meetings: [ ]  # none yet\n", "meetings:  # none yet\n  - id: next-1\n"),
        ("meetings: ~\n", "meetings:\n  - id: next-1\n"),
        ("record: []\n", "record: []\n\nmeetings:\n  - id: next-1\n"),
        ("record: []\n...\n", "record: []\n\nmeetings:\n  - id: next-1\n"),
        ("record: []", "record: []\n\nmeetings:\n  - id: next-1\n"),
    ],
)
def test_a_file_without_meetings_takes_the_first(before: str, after: str) -> None:
    _, made, case, found = insert(HEAD + before)
    assert made is not None
    assert made.decode().startswith(HEAD + after)
    assert read_case_text(made, "x").meetings == (found.meeting,)
    assert case.meetings == ()


@pytest.mark.parametrize(
    "listed",
    [
        'meetings: [{id: m, kind: other_meeting, starts_at: "3 August 2026, 10am"}]\n',
        'meetings: [ {id: m, kind: other_meeting, starts_at: "3 August 2026, 10am"} ]  # one\nrecord: []\n',
        'meetings: [\n  {id: m, kind: other_meeting, starts_at: "3 August 2026, 10am"},  # one\n  ]\nrecord: []\n',
    ],
)
def test_a_list_in_brackets_takes_it_in_braces(listed: str) -> None:
    made = inserted(HEAD + listed)
    assert "{id: next-1, kind: permanence_planning_meeting, starts_at: " in made
    assert "\n" not in made


def test_a_file_that_stands_in_braces_altogether_has_no_place_for_it() -> None:
    assert insert(IN_BRACES)[1] is None


COMMENTS = st.sampled_from(["", "#", "# a note", "#   - id: ppm-9", "# meetings:", "# ends: ]"])
LAST_VALUES = st.sampled_from(
    [
        "venue: Room 4",
        "venue: 'Room 4' # by the lift",
        'venue: "Room 4,\n{deep}second floor"',
        "venue: Room 4\n{deep}second floor",
        "purpose: |\n{deep}To agree the plan.\n{deep}# this is text\n",
        "purpose: |+\n{deep}To agree the plan.\n\n\n",
        "purpose: |-\n{deep}To agree the plan.\n\n",
        "purpose: >\n{deep}To agree\n\n{deep}the plan.\n",
        "actions:\n{margin}- {{id: a1, what: Ask, owner: sw}}\n{margin}# after it",
        "actions: [{{id: a1, what: Ask, owner: sw}}, # one\n{deep}]",
    ]
)


@st.composite
def case_files(draw: st.DrawFn) -> bytes:
    """A valid case file in any manner: indentation, comments and blank lines anywhere, line ends, mark, last line."""
    top = " " * draw(st.sampled_from([0, 0, 0, 1, 2, 3]))
    dash = top + " " * draw(st.sampled_from([0, 1, 2, 4, 7]))
    gap = " " * draw(st.sampled_from([1, 1, 2, 3]))
    margin = dash + " " + gap
    lines: list[str] = []

    def scatter(*indents: str) -> None:
        for _ in range(draw(st.integers(0, 3))):
            comment = draw(COMMENTS)
            lines.append(draw(st.sampled_from(indents)) + comment if comment else draw(st.sampled_from(["", "  "])))

    lines += [top + line for line in HEAD.splitlines()]
    scatter(top, "", "      ")
    lines.append(f"{top}meetings:{draw(st.sampled_from(['', '  # all of them']))}")
    for number in range(draw(st.integers(1, 3))):
        scatter(top, dash, margin)
        day = f"{number + 3} August 2026, 10am"
        if draw(st.booleans()):
            lines.append(f'{dash}-{gap}{{id: m-{number}, kind: other_meeting, starts_at: "{day}"}}')
            continue
        lines += [f"{dash}-{gap}id: m-{number}", f"{margin}kind: other_meeting"]
        scatter(margin, top)
        lines.append(f"{margin}starts_at: {day}")
        value = draw(LAST_VALUES).format(margin=margin, deep=margin + "  ")
        lines += (margin + value).split("\n")
    scatter(top, dash, margin, "", margin + "    ")
    lines += draw(st.sampled_from([[], [f"{top}record: []"], [f"{top}reviews:", f"{top}  - {{number: 1}}"]]))
    scatter(top, "")
    text = "\n".join(lines) + draw(st.sampled_from(["", "\n", "\n\n"]))
    mark = draw(st.sampled_from([b"", b"", b"\xef\xbb\xbf"]))
    return mark + text.replace("\n", draw(st.sampled_from(["\n", "\r\n", "\r"]))).encode()


@cache
def first_meeting() -> NextMeeting:
    return lay_out(read_case_text(HEAD.encode(), "case.yaml"))


LINE_END = re.compile(rb"\r\n|\r|\n")


@settings(deadline=None)
@given(case_files())
@example((HEAD + MEETINGS.split("    venue", maxsplit=1)[0]).replace("\n", "\r\n").encode())
@example(b"\xef\xbb\xbf" + (HEAD + MEETINGS.split("    venue", maxsplit=1)[0]).encode())
def test_whatever_the_file_looks_like_every_other_byte_is_kept(content: bytes) -> None:
    try:
        source = parse_yaml(content, "case.yaml")
        case = read_case(source)
    except CannotReadError:
        reject()
    found = first_meeting()
    after = minute.insert_meeting(content, source, case, found)
    assert after is not None
    made = new_part(content, after)
    assert b"next-1" in made
    assert {*LINE_END.findall(made)} == {*LINE_END.findall(content)}
    assert read_case_text(after, "case.yaml") == case.model_copy(update={"meetings": (*case.meetings, found.meeting)})


@settings(deadline=None, max_examples=8)
@given(recipe=recipes(is_far=True))
def test_any_case_takes_its_next_meeting_whatever_its_texts_are(recipe: Recipe) -> None:
    facts = recipe.facts()
    case = settle(facts)
    content = "".join(f"{key}: {write_example(value)}\n" for key, value in facts.items()).encode()
    found = lay_out_next_meeting(case, judge(case), "next-1", PPM, dt.datetime(2200, 12, 31))
    for end in (b"", b"meetings:\n", b"meetings: []\n"):
        bare = case.model_copy(update={"meetings": ()}) if end else case
        text = b"".join(line for line in content.splitlines(True) if not (end and line.startswith(b"meetings:"))) + end
        after = minute.insert_meeting(text, parse_yaml(text, "case.yaml"), bare, found)
        # Other parts of the file may name meetings that are no longer there.
        if not end or not find_contradictions(bare):
            assert after is not None
            assert b"next-1" in after
    assert len(record_actions(case, TODAY).entries) <= sum(len(one.actions) for one in case.meetings)


# The command, and what may go wrong


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "case.yaml").write_text(HEAD + PEOPLE + MEETINGS, encoding="utf-8")
    return tmp_path


def run(folder: Path, *more: str) -> Result:
    return CliRunner().invoke(main, ["minute", str(folder), "--meeting", "ppm-2", *more], standalone_mode=False)


def test_the_command_starts_when_the_last_meeting_says_that_the_next_is(folder: Path) -> None:
    result = run(folder)
    assert result.return_value == 0
    assert "It starts at 2pm on Monday 12 October 2026, as ppm-1 says under next_meeting_at." in result.stderr
    assert "Invited: 2. Actions carried forward: 1." in result.stderr
    assert result.stdout == f"{folder / 'case.yaml'}\n"
    assert [one.id for one in load_case(folder).case.meetings] == ["ppm-1", "ppm-2"]


def test_a_dry_run_shows_the_lines_and_changes_nothing(folder: Path) -> None:
    before = (folder / "case.yaml").read_bytes()
    result = run(folder, "--at", WHEN, "--dry-run")
    assert result.stdout.startswith("  - id: ppm-2\n    kind: permanence_planning_meeting\n")
    assert "from line 27 of" in result.stderr
    assert (folder / "case.yaml").read_bytes() == before
    assert [file.name for file in folder.iterdir()] == ["case.yaml"]


def test_its_permissions_are_kept_and_nothing_is_left_beside_it(folder: Path) -> None:
    (folder / "case.yaml").chmod(0o640)
    assert run(folder).return_value == 0
    assert stat.S_IMODE((folder / "case.yaml").stat().st_mode) == 0o640
    assert [file.name for file in folder.iterdir()] == ["case.yaml"]


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (["--meeting", "ppm-1"], 1, "There is a meeting ppm-1 already, on line 12"),
        (["--at", "3 August 2026, 10am"], 1, "The next must be after that"),
        (["--meeting", "PPM 2"], 2, "An id is made of small letters"),
        (["--child", "nobody"], 2, "There is no child with the id nobody"),
        (["--kind", "matching-meeting"], 2, "does not say when the next matching meeting is"),
    ],
)
def test_what_cannot_be_is_refused_with_a_way_out(folder: Path, options: list[str], code: int, says: str) -> None:
    before = (folder / "case.yaml").read_bytes()
    result = run(folder, *options)
    assert isinstance(result.exception, PermanenceError)
    assert result.exception.exit_code == code
    assert says in str(result.exception)
    assert (folder / "case.yaml").read_bytes() == before


def test_without_a_planning_meeting_the_kind_must_be_said(folder: Path) -> None:
    file = folder / "case.yaml"
    file.write_text(file.read_text("utf-8").replace("permanence_planning_meeting", "other_meeting"), encoding="utf-8")
    result = run(folder)
    assert isinstance(result.exception, CannotReadError)
    assert "Those it has had: other_meeting" in str(result.exception)
    assert run(folder, "--kind", "other_meeting").return_value == 0


def test_where_there_is_no_safe_place_the_lines_are_printed(folder: Path) -> None:
    text = IN_BRACES
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    result = run(folder, "--at", WHEN)
    assert result.return_value == 1
    assert result.stdout.startswith("meetings:\n  - id: ppm-2\n")
    assert "Put these lines under meetings yourself" in result.stderr
    assert (folder / "case.yaml").read_text("utf-8") == text


def _refuse(folder: Path, says: str) -> None:
    before = (folder / "case.yaml").read_bytes()
    result = run(folder)
    assert isinstance(result.exception, FileBusyError), result
    assert result.exception.exit_code is ExitCode.FILE_BUSY
    assert says in str(result.exception)
    assert (folder / "case.yaml").read_bytes() == before
    assert not [file.name for file in folder.iterdir() if file.name.startswith(".case.yaml-")]


def test_a_file_that_may_only_be_read_is_left_alone(folder: Path) -> None:
    (folder / "case.yaml").chmod(0o440)
    _refuse(folder, "may be read and not written")


def test_nothing_is_written_through_a_link(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "case.yaml"
    shutil.move(folder / "case.yaml", elsewhere)
    (folder / "case.yaml").symlink_to(elsewhere)
    _refuse(folder, "is a link to another file")
    assert (folder / "case.yaml").is_symlink()


@pytest.mark.parametrize("lock", [".case.yaml.swp", ".~lock.case.yaml#", "~$case.yaml"])
def test_a_file_that_is_open_in_an_editor_is_left_alone(folder: Path, lock: str) -> None:
    (folder / lock).touch()
    _refuse(folder, f"delete {lock} beside it")


def test_a_file_that_somebody_saves_meanwhile_is_left_as_they_saved_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = (HEAD + PEOPLE + MEETINGS + "# saved meanwhile\n").encode()
    replace = saving.replace_content

    def interfere(file: Path, before: bytes, after: bytes) -> None:
        file.write_bytes(saved)
        replace(file, before, after)

    monkeypatch.setattr(minute, "replace_content", interfere)
    result = run(folder)
    assert isinstance(result.exception, FileBusyError)
    assert (folder / "case.yaml").read_bytes() == saved


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_leaves_the_file_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(*((os, "fsync", fail) if call == "fsync" else (Path, "replace", fail)))
    _refuse(folder, "the disk is full")


def test_a_file_that_would_say_something_else_is_put_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (folder / "case.yaml").read_bytes()
    seen: list[Any] = []

    def misread(given: Path) -> Any:
        loaded = load_case(given)
        seen.append(loaded)
        if len(seen) == 2:
            shutil.copy(folder / "case.yaml", folder / "written.yaml")
            (folder / "case.yaml").with_name("other.yaml").write_text(HEAD, encoding="utf-8")
            return load_case(folder / "other.yaml")
        return loaded

    monkeypatch.setattr(minute, "load_case", misread)
    result = run(folder)
    assert isinstance(result.exception, FileBusyError)
    assert b"ppm-2" in (folder / "written.yaml").read_bytes()
    assert (folder / "case.yaml").read_bytes() == before


def test_the_agenda_of_the_new_meeting_is_planned_and_shows_the_open_action(
    folder: Path, plan: Callable[..., dict[str, Any]]
) -> None:
    assert run(folder).return_value == 0
    papers = plan((folder / "case.yaml").read_text("utf-8"), on=TODAY)
    facts = papers["ppm-agenda-ppm-2"].facts["meeting"]
    assert [action["what"] for action in facts["open_actions"]] == ["Finish: the assessment"]
