"""What changed in a case: in the words of the field, nothing forgotten, nothing that no screen may show."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import random
import shutil
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings

from casemaker import Recipe, recipes, settle
from generator.base import resources
from generator.base.errors import CannotReadError
from generator.base.yaml.paths import Path_, format_path
from generator.bundle.ledger import FilingRound, Ledger, write_ledger
from generator.case.facts import Facts
from generator.case.family import Case
from generator.case.load import load_case, read_case_text
from generator.cli import main
from generator.reports.changes.change import FactChange
from generator.reports.changes.change import FactChangeKind as Kind
from generator.reports.changes.compare import compare_cases, find_consequences
from generator.rules.judging.judge import Compliance, judge_case
from generator.rules.procedures.load import load_procedure
from generator.rules.procedures.model import Procedure
from places import CASES

_ON = dt.date(2026, 11, 22)
_MARK = "Quillfeather"

_FAMILY = """\
reference: "0142"
authority: {name: Hartsmere Council}
procedure: hertfordshire-2024
children:
  - {id: rowan, name: {given: Rowan}, born_on: 14 March 2025, looked_after_from: 26 May 2026, interests: Diggers.}
  - {id: wren, name: {given: Wren}, born_on: 1 May 2021}
people:
  - {id: carer-1, name: {given: Sunita}, relationships: [{to: rowan, as: foster_carer}],
     address: {lines: [9 Fennel Close], postcode: ZZ99 7QD, confidential: yes}}
  - {id: iro, name: {given: Joy}, role: independent_reviewing_officer}
placements:
  - {child: rowan, started_on: 26 May 2026, type: foster_care, carer: carer-1}
orders:
  - {child: rowan, order: interim_care_order, made_on: 29 May 2026}
plans:
  - {child: rowan, agreed_on: 3 August 2026, primary: adoption}
meetings:
  - id: ppm-1
    kind: permanence_planning_meeting
    starts_at: 3 August 2026, 10am
    actions:
      - {id: a1, what: Finish the assessment, owner: social-worker, due_on: 21 August 2026}
      - {id: a2, what: Book the medical, owner: social-worker, due_on: 28 August 2026}
court:
  name: Family Court at Hartsmere
  issued_on: 1 June 2026
  final_evidence_due_on: 13 November 2026
  hearings:
    - {kind: case_management, at: "12 June 2026, 10am"}
    - {kind: issues_resolution, at: "30 November 2026, 10am"}
record:
  - {on: 12 June 2026, event: genogram_completed, child: rowan}
"""


def read(text: str) -> Case:
    return read_case_text(text.encode(), "case.yaml")


@pytest.fixture(scope="session")
def procedure() -> Procedure:
    return load_procedure("hertfordshire-2024", [resources.PROCEDURES], resources.SOURCES)


@pytest.fixture(scope="session")
def compare(procedure: Procedure) -> Callable[[Case, Case], tuple[FactChange, ...]]:
    """The changes between two cases, with today as their day."""
    return lambda before, now: compare_cases(before, Compliance(procedure, _ON, ()), now)


Compare = Callable[[Case, Case], tuple[FactChange, ...]]


def edit(*pairs: tuple[str, str]) -> Case:
    text = _FAMILY
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return read(text)


def add(after: str, line: str) -> tuple[str, str]:
    return after, f"{after}\n{line}"


_PLACEMENT = "  - {child: rowan, started_on: 26 May 2026, type: foster_care, carer: carer-1}"
_PLAN = "  - {child: rowan, agreed_on: 3 August 2026, primary: adoption}"
_HEARING = '    - {kind: issues_resolution, at: "30 November 2026, 10am"}'
_A2 = "      - {id: a2, what: Book the medical, owner: social-worker, due_on: 28 August 2026}"
_PPM_2 = """\
  - id: ppm-2
    kind: permanence_planning_meeting
    starts_at: 12 October 2026, 10am
    actions:
      - {id: a1, what: Finish the assessment, owner: social-worker, due_on: 21 August 2026, done_on: 20 August 2026}
      - {id: a2, what: Book the medical, owner: social-worker, due_on: 11 September 2026}
      - {id: a3, what: Book the panel, owner: social-worker, due_on: 30 October 2026}"""


@pytest.mark.parametrize(
    ("pairs", "told"),
    [
        (
            [add(_PLAN, "  - {child: rowan, agreed_on: 12 October 2026, primary: special_guardianship}")],
            [("Rowan", Kind.NEW, "The plan changed from adoption to special guardianship, agreed on 12 October 2026")],
        ),
        (
            [("agreed_on: 3 August 2026, primary: adoption", "agreed_on: 3 August 2026, primary: long_term_fostering")],
            [
                (
                    "Rowan",
                    Kind.CHANGED,
                    "Plan of 3 August 2026: “The primary plan” changed from adoption to long-term fostering",
                )
            ],
        ),
        (
            [add(_PLAN, _PLAN.replace("rowan", "wren").replace("}", ", parallel: [special_guardianship]}"))],
            [("Wren", Kind.NEW, "A plan was agreed on 3 August 2026: adoption, with special guardianship in parallel")],
        ),
        (
            [
                ("type: foster_care, carer: carer-1", "type: foster_care, carer: carer-1, ended_on: 3 July 2026"),
                add("placements:", "  - {child: rowan, started_on: 3 July 2026, type: residential}"),
            ],
            [
                ("Rowan", Kind.NEW, "New home from 3 July 2026: a children’s home"),
                ("Rowan", Kind.DONE, "Foster care from 26 May 2026 ended on 3 July 2026"),
            ],
        ),
        (
            [("final_evidence_due_on: 13 November 2026", "final_evidence_due_on: 20 November 2026")],
            [
                (
                    "Court",
                    Kind.MOVED,
                    (
                        "The day on which final evidence is due moved from 13 November 2026 to 20 November 2026, "
                        "1 week later"
                    ),
                )
            ],
        ),
        (
            [('at: "30 November 2026, 10am"', 'at: "27 November 2026, 2pm"')],
            [
                (
                    "Court",
                    Kind.MOVED,
                    (
                        "Issues resolution hearing moved from 10am on Monday 30 November 2026 to 2pm on Friday "
                        "27 November 2026, 3 days earlier"
                    ),
                )
            ],
        ),
        (
            [add(_HEARING, '    - {kind: final, at: "14 December 2026, 10am"}')],
            [("Court", Kind.NEW, "Final hearing is listed for 10am on Monday 14 December 2026")],
        ),
        (
            [add(_A2, _PPM_2)],
            [
                ("Meetings", Kind.NEW, "Permanence planning meeting ppm-2 was on 12 October 2026"),
                ("Actions", Kind.DONE, "Action a1 was done on 20 August 2026"),
                (
                    "Actions",
                    Kind.MOVED,
                    "Action a2: due day moved from 28 August 2026 to 11 September 2026, 2 weeks later",
                ),
                ("Actions", Kind.NEW, "Action a3 is new, due on 30 October 2026"),
            ],
        ),
        (
            [("made_on: 29 May 2026", "made_on: 29 May 2026, ended_on: 14 November 2026")],
            [("Rowan", Kind.DONE, "Interim care order of 29 May 2026 ended on 14 November 2026")],
        ),
        (
            [add("court:", "  case_number: ZZ26C50142")],
            [("Court", Kind.NEW, "“Case number” is written now")],
        ),
        (
            [("interests: Diggers.", "interests: Boats.")],
            [("Rowan", Kind.REWORDED, "“Interests, likes and dislikes” was reworded")],
        ),
        (
            [(", interests: Diggers.", "")],
            [("Rowan", Kind.GONE, "“Interests, likes and dislikes” is not written any more")],
        ),
        (
            [("lines: [9 Fennel Close]", "lines: [11 Fennel Close]")],
            [("People", Kind.CHANGED, "Person carer-1, address: “Address lines, without the postcode” changed")],
        ),
        (
            [("on: 12 June 2026, event: genogram_completed", "on: 13 June 2026, event: genogram_completed")],
            [
                (
                    "Rowan",
                    Kind.MOVED,
                    "Genogram completed moved from 12 June 2026 to 13 June 2026, 1 day later",
                )
            ],
        ),
    ],
)  # fmt: skip
def test_changes_are_told_in_the_words_of_the_field(
    compare: Compare, pairs: list[tuple[str, str]], told: list[tuple[str, Kind, str]]
) -> None:
    changes = compare(read(_FAMILY), edit(*pairs))
    assert [(one.group, one.kind, one.says) for one in changes] == told


def test_texts_addresses_and_carers_are_told_with_all_values_only(compare: Compare) -> None:
    now = edit(
        ("lines: [9 Fennel Close]", "lines: [11 Fennel Close]"),
        ("interests: Diggers.", "interests: Boats."),
        ("type: foster_care, carer: carer-1}", "type: foster_care, carer: iro}"),
    )
    changes = compare(read(_FAMILY), now)
    assert not any(word in one.says for one in changes for word in ("Fennel", "Boats", "Diggers", "iro", "carer-1}"))
    assert [one.with_values for one in changes] == [
        "“Interests, likes and dislikes” changed from “Diggers.” to “Boats.”",
        "Foster care from 26 May 2026: “Who cares” changed from “carer-1” to “iro”",
        (
            "Person carer-1, address: “Address lines, without the postcode” changed from “9 Fennel Close” to "
            "“11 Fennel Close”"
        ),
    ]
    assert [one.place for one in changes] == ["children[0].interests", "placements[0].carer", "people[0].address.lines"]


def test_an_action_that_two_meetings_say_was_done_is_told_once(compare: Compare) -> None:
    done = ("due_on: 21 August 2026}", "due_on: 21 August 2026, done_on: 20 August 2026}")
    after = _PPM_2.replace("due_on: 21 August 2026, done_on: 20 August 2026", "DONE")
    text = _FAMILY.replace(_A2, f"{_A2}\n{after}").replace(*done).replace("DONE", done[1].rstrip("}"))
    told = [one.says for one in compare(read(_FAMILY), read(text))]
    assert told.count("Action a1 was done on 20 August 2026") == 1


def test_entries_that_change_places_are_no_change(compare: Compare) -> None:
    before = load_case(CASES / "fullest").case
    draw = random.Random(1)
    lists = {name: getattr(before, name) for name in ("people", "placements", "orders", "record", "evidence")}
    now = before.model_copy(update={name: tuple(draw.sample(held, len(held))) for name, held in lists.items()})
    assert now != before
    assert compare(before, now) == ()


def test_one_entry_taken_out_of_many_is_the_only_change(compare: Compare) -> None:
    before = load_case(CASES / "fullest").case
    for name in ("people", "placements", "orders", "record", "evidence", "meetings", "plans", "reviews"):
        held = getattr(before, name)
        for place in range(len(held)):
            now = before.model_copy(update={name: held[:place] + held[place + 1 :]})
            # One of two equal entries is gone, whichever.
            assert [one.kind for one in compare(before, now)] == [Kind.GONE], (name, place)


@settings(deadline=None, max_examples=40)
@given(recipes())
def test_a_case_has_no_changes_against_itself(recipe: Recipe) -> None:
    case = settle(recipe.facts())
    procedure = load_procedure(case.procedure, [resources.PROCEDURES], resources.SOURCES)
    assert compare_cases(case, Compliance(procedure, _ON, ()), case.model_copy(deep=True)) == ()


@settings(deadline=None, max_examples=40)
@given(recipes(), recipes())
def test_any_two_cases_can_be_compared(one: Recipe, other: Recipe) -> None:
    before, now = settle(one.facts()), settle(other.facts())
    procedure = load_procedure(now.procedure, [resources.PROCEDURES], resources.SOURCES)
    changes = compare_cases(before, Compliance(procedure, _ON, ()), now)
    assert bool(changes) == (before != now)


def list_facts(held: Facts, path: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    """Every single fact that a case holds, with its place."""
    for name, info in type(held).model_fields.items():
        yield from _list_value(getattr(held, name), (*path, info.alias or name))


def _list_value(value: Any, path: Path_) -> Iterator[tuple[Path_, Any]]:
    if isinstance(value, Facts):
        yield from list_facts(value, path)
    elif isinstance(value, tuple) and value and isinstance(value[0], Facts):
        for place, one in enumerate(value):
            yield from list_facts(one, (*path, place))
    elif value is not None and value != ():
        yield path, value


def change_at(held: Any, path: Path_, value: Any) -> Any:
    """The same facts with another value at a place."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(held, tuple) and isinstance(step, int):
        return (*held[:step], change_at(held[step], rest, value), *held[step + 1 :])
    name = next(name for name, info in type(held).model_fields.items() if step == (info.alias or name))
    return held.model_copy(update={name: change_at(getattr(held, name), rest, value)})


def make_other(value: Any) -> Any:
    """Another value of the same sort; a text becomes one that can be found again."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case dt.date():
            return value + dt.timedelta(1)
        case StrEnum():
            return next(one for one in type(value) if one is not value)
        case tuple():
            return (*value[:-1], make_other(value[-1]))
    return _MARK


def test_every_fact_that_changes_is_noticed_and_no_text_is_quoted(compare: Compare) -> None:
    before = load_case(CASES / "fullest").case
    facts = [*list_facts(before)]
    assert len(facts) > 500
    for path, value in facts:
        changes = compare(before, change_at(before, path, make_other(value)))
        assert changes, format_path(path)
        assert any(format_path(path).startswith(one.place) for one in changes), format_path(path)
        # Ids and the names of rules may stand on any screen.
        if path[-1] not in {"id", "rule"}:
            assert not any(_MARK in one.says for one in changes), format_path(path)


def test_dates_and_outcomes_that_follow(procedure: Procedure) -> None:
    before = read(_FAMILY)
    now = edit(("final_evidence_due_on: 13 November 2026", "final_evidence_due_on: 20 November 2026"))
    was, after = (judge_case(case, procedure, _ON) for case in (before, now))
    assert find_consequences(was, was) == ()
    moved = {one.rule.entry.ref: (one.due_before, one.due) for one in find_consequences(was, after) if one.is_moved}
    # The meeting and the second review both fall before final evidence must be filed: the day before it.
    assert moved["R001-079"] == (dt.date(2026, 11, 12), dt.date(2026, 11, 19))


class Desk:
    """A case folder and an output folder, built and compared by the command."""

    def __init__(self, folder: Path) -> None:
        self.case, self.out = folder / "family", folder / "out"
        self.case.mkdir()
        self.write(_FAMILY)

    def write(self, text: str) -> None:
        (self.case / "case.yaml").write_text(text, encoding="utf-8")

    def run(self, *words: str) -> tuple[int, str]:
        ran = CliRunner().invoke(main, [*words, "-o", str(self.out)], standalone_mode=False)
        if isinstance(ran.exception, CannotReadError):
            return 2, str(ran.exception)
        if ran.exception:
            raise ran.exception
        # As it was said, without the breaks of lines.
        return int(ran.return_value or 0), " ".join(ran.stdout.split())

    def build(self, on: str) -> None:
        assert self.run("build", str(self.case), "permanence-plan", "--word-only", "--on", on)[0] == 0

    def compare(self, since: str, *more: str, on: str = "2026-11-22") -> tuple[int, str]:
        return self.run("compare", str(self.case), "--since", since, "--on", on, *more)

    def kept(self) -> list[str]:
        return sorted(file.name[:10] for file in (self.out / "earlier" / "case").iterdir())


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


_MOVED = _FAMILY.replace("final_evidence_due_on: 13 November", "final_evidence_due_on: 20 November")


def test_builds_keep_the_case_file_once_for_each_content(desk: Desk) -> None:
    desk.build("2026-11-02")
    desk.build("2026-11-03")
    assert desk.kept() == ["2026-11-02"]
    desk.write(_MOVED)
    desk.build("2026-11-10")
    desk.build("2026-11-11")
    assert desk.kept() == ["2026-11-02", "2026-11-10"]
    desk.write(_FAMILY)
    desk.build("2026-11-12")
    # It is as it was on 2 November again, and on 10 November it was not.
    assert desk.kept() == ["2026-11-02", "2026-11-10", "2026-11-12"]
    files = [*(desk.out / "earlier" / "case").iterdir()]
    assert {file.read_text("utf-8") for file in files} == {_FAMILY, _MOVED}
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    record = (desk.out / "record.yaml").read_text("utf-8")
    assert all(f"  - 'earlier/case/{file.name}'" in record for file in files)
    assert "No fact has changed" in desk.compare("2026-11-05")[1]
    assert "1 week earlier" in desk.compare("2026-11-10")[1]


def test_since_a_day_a_meeting_and_the_last_build(desk: Desk) -> None:
    desk.build("2026-08-03")
    desk.write(_MOVED)
    told = "moved from 13 November 2026 to 20 November"
    for since in ("2026-08-03", "5 August 2026", "ppm-1", "last-meeting", "last-build"):
        code, said = desk.compare(since)
        assert (code, told in said) == (0, True), since
    desk.build("2026-11-20")
    assert "No fact has changed" in desk.compare("last-build")[1]
    assert told in desk.compare("last-meeting")[1]


def test_since_the_last_filing(desk: Desk) -> None:
    desk.build("2026-10-12")
    desk.write(_MOVED)
    desk.build("2026-11-10")
    desk.write(_FAMILY)
    write_ledger(
        Ledger((FilingRound(1, dt.date(2026, 10, 1)), FilingRound(2, dt.date(2026, 11, 2)))), desk.out / "filed.json"
    )
    code, said = desk.compare("last-filing")
    assert code == 0
    # As the build of 12 October had it: the later one came after the filing.
    assert "Compared with the last filing on 2 November 2026 (case file of the build of 12 October 2026)" in said
    assert "No fact has changed" in said


def test_the_case_is_kept_even_where_the_record_is_lost(desk: Desk) -> None:
    desk.build("2026-08-03")
    (desk.out / "record.yaml").unlink()
    desk.write(_MOVED)
    assert "1 week later" in desk.compare("ppm-1")[1]


def test_papers_that_a_change_touches(desk: Desk, tmp_path: Path) -> None:
    older = tmp_path / "older.yaml"
    older.write_text(_FAMILY, encoding="utf-8")
    desk.write(_FAMILY.replace("interests: Diggers.", "interests: Boats."))
    code, said = desk.compare(str(older), "--json")
    report = json.loads(said)
    assert code == 0
    touched = {one["name"]: one["touch"] for one in report["papers"]}
    assert touched["permanence-plan-rowan"] == "changed"
    assert "permanence-plan-wren" not in touched
    assert [one["says"] for one in report["changes"]] == ["“Interests, likes and dislikes” was reworded"]


def test_values_stand_on_the_screen_only_when_asked_for(desk: Desk, tmp_path: Path) -> None:
    older = tmp_path / "older"
    shutil.copytree(desk.case, older)
    desk.write(_FAMILY.replace("9 Fennel Close", "11 Fennel Close"))
    code, said = desk.compare(str(older))
    assert code == 0
    assert "Fennel" not in said
    assert "where: people[0].address.lines" in said
    assert "Fennel" not in desk.compare(str(older), "--json")[1]
    assert "11 Fennel Close" in desk.compare(str(older), "--show-values")[1]


@pytest.mark.parametrize(
    ("since", "says"),
    [
        ("nonsense", "--since nonsense is no date, meeting or file"),
        ("2026-11-01", "No build has kept a case file"),
        ("last-build", "No build has kept a case file"),
        ("ppm-1", "No build has kept a case file"),
        ("last-filing", "Nothing of this case was filed"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_a_way_out(desk: Desk, since: str, says: str) -> None:
    code, said = desk.compare(since)
    assert code == 2
    assert said.startswith(says)
    assert "--since" in said


def test_a_day_before_the_first_build_names_the_first(desk: Desk) -> None:
    desk.build("2026-11-02")
    code, said = desk.compare("2026-10-01")
    assert code == 2
    assert "the first one that did is of 2 November 2026" in said
    assert "give --since 2026-11-02" in said


def test_a_change_is_immutable_and_hides_its_values_from_logs(compare: Compare) -> None:
    change = compare(read(_FAMILY), edit(("lines: [9 Fennel Close]", "lines: [11 Fennel Close]")))[0]
    assert "Fennel" not in repr(change)
    with pytest.raises(dataclasses.FrozenInstanceError):
        change.says = ""  # type: ignore[misc]
