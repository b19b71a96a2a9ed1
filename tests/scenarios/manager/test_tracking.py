"""Many families in one workbook: each number by hand, each cell where another program reads it, and nobody named."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from generator.base.dates import format_date
from generator.base.errors import CannotReadError
from generator.base.resources import SearchPath
from generator.base.working_days import Jurisdiction, count_between
from generator.case.load import LoadedCase
from generator.cli import run
from generator.jobs.run import Run
from generator.jobs.track import TrackingReport, track_cases
from generator.reports.tracker.cells import CellState, StateOnDay, Tone, TrackerSheet
from generator.reports.tracker.family import track_family
from generator.reports.tracker.plain import sheet_as_csv, sheet_as_json
from generator.reports.workbook import COLOURS, write_workbook
from generator.workspace.case_files import find_case_files
from places import ROOT

CASES = ROOT / "data" / "cases"
ON = dt.date(2026, 11, 22)
RUN = Run(ON)
TITLES = ["Decision grid", "Tracker", "Deadlines", "Totals", "Files to look at", "How it is counted"]
CASE = """\
reference: {reference}
authority: {{name: Hartsmere Council}}
procedure: {procedure}
children:
  - {{id: kit, name: {{given: Kit, family: Marlow}}, born_on: 9 February 2020, looked_after_from: 9 March 2025}}
"""


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str


@pytest.fixture
def track(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Callable[..., Said]:
    """Runs permanence track in this process, in an empty folder, as at 22 November 2026."""
    monkeypatch.chdir(tmp_path)

    def call(*words: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["permanence", "track", "--on", "2026-11-22", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            run()
        said = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return Said(left.value.code, said.out, said.err)

    return call


@pytest.fixture(scope="module")
def report() -> TrackingReport:
    return track_cases([CASES], RUN)


@pytest.fixture(scope="module")
def book(report: TrackingReport) -> Any:
    """The workbook of the sample cases, opened by a program that is not ours."""
    return openpyxl.load_workbook(io.BytesIO(write_workbook(report.sheets, "Permanence planning", ON)))


def sheet_of(report: TrackingReport, name: str) -> TrackerSheet:
    return next(sheet for sheet in report.sheets if sheet.id == name)


def lines_of(report: TrackingReport, name: str, reference: str) -> dict[str, dict[str, Any]]:
    """The lines of a family by child; of several about one child, the last."""
    lines: list[dict[str, Any]] = sheet_as_json(sheet_of(report, name))["lines"]
    return {line["child"]: line for line in lines if line["reference"] == reference}


def write_case(
    folder: Path, reference: str = '"0000042"', procedure: str = "hertfordshire-2024", more: str = ""
) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "case.yaml"
    file.write_text(CASE.format(reference=reference, procedure=procedure) + more, encoding="utf-8")
    return file


def say(cell: Any) -> Any:
    """A state with its day as one text."""
    return f"{cell['state']} {cell['on'] or ''}".strip() if isinstance(cell, dict) else cell


# What is counted


def test_each_step_of_the_grid_stands_on_its_day(report: TrackingReport) -> None:
    clara = lines_of(report, "grid", "0000871")["CWYC"]
    assert {name: say(cell) for name, cell in clara.items()} == {
        "reference": "0000871",
        "child": "CWYC",
        "age": 0,
        "procedure": "south-west",
        "plan": "Adoption",
        "plan_agreed_on": "2026-10-27",
        "second_review": "2026-10-27",
        "officer_view": "Supports the plan",
        "final_evidence_on": None,
        "decision": "Should be placed for adoption",
        "decided_on": "2026-11-18",
        "steps_overdue": 0,
        "next_step": None,
        "manager_consulted": "met 2026-10-20",
        "plan_at_review": "met 2026-10-27",
        "head_of_service": "does not apply",
        "adoption_medical": "met 2026-10-08",
        "report_at_review": "met 2026-10-16",
        "expert_reports": "cannot be checked",
        "manager_checked_report": "met 2026-10-21",
        "adviser_checked_report": "met 2026-10-23",
        "folder_complete": "met 2026-10-23",
        "officers_alerted": "met late 2026-10-28",
        "officer_checked_plan": "met 2026-10-28",
        "challenge_answered": "does not apply",
        "summary_signed": "met 2026-10-28",
        "summary_sent": "met 2026-10-28",
        "decision_asked_for": "met 2026-10-29",
        "adviser_told": "met 2026-10-26",
        "adviser_read_all": "met 2026-11-02",
        "reports_read": "met",
        "adviser_met": "met 2026-11-16",
        "questions_answered": "met 2026-11-16",
        "on_the_form": "met 2026-11-18",
        "team_told": "met 2026-11-18",
        "parents_told": "met 2026-11-20",
        "on_the_grid": "met 2026-11-20",
        "in_order": "met 2026-11-20",
        "before_evidence": "does not apply",
    }


def test_a_family_of_another_procedure_is_never_late_on_the_grid(report: TrackingReport) -> None:
    rowan = lines_of(report, "grid", "FAM-2026-0142")["RIHO"]
    assert say(rowan["adoption_medical"]) == "done 2026-09-22"
    assert say(rowan["team_told"]) == "done 2026-11-02"
    assert say(rowan["folder_complete"]) == "not done"
    assert rowan["steps_overdue"] is None
    own = {"0000871"}
    lines = sheet_as_json(sheet_of(report, "grid"))["lines"]
    foreign = [say(cell) for line in lines if line["reference"] not in own for cell in line.values()]
    assert not [cell for cell in foreign if isinstance(cell, str) and ("overdue" in cell or "late" in cell)]


def test_a_child_with_two_decisions_has_two_lines(report: TrackingReport) -> None:
    lines = sheet_as_json(sheet_of(report, "grid"))["lines"]
    ines = [line for line in lines if line["child"] == "ICPT"]
    assert [(one["decision"], one["decided_on"], say(one["adviser_met"])) for one in ines] == [
        ("Decision deferred", "2026-11-06", "done 2026-11-03"),
        ("Should not be placed for adoption", "2026-11-13", "done 2026-11-12"),
    ]


def test_the_tracker_counts_as_the_procedure_does(report: TrackingReport) -> None:
    rowan = lines_of(report, "tracker", "FAM-2026-0142")["RIHO"]
    # In care since 26 May: five whole months on 22 November. Adoption planned, in foster care, two meetings held.
    assert rowan["looked_after_from"] == "2026-05-26"
    assert (rowan["months_in_care"], rowan["homes_in_care"], rowan["meetings_held"]) == (5, 2, 2)
    assert (rowan["last_meeting_on"], rowan["next_review_on"]) == ("2026-10-12", "2027-02-15")
    listed = {name for name, cell in rowan.items() if say(cell) == "listed"}
    assert listed == {"weekly_list", "no_adoptive_placement", "other_home"}
    assert rowan["lists"] == 2
    assert say(rowan["adoption_tracker"]) == "met 2026-08-07"
    assert say(rowan["coordinator_told"]) == "met 2026-10-13"
    assert say(rowan["family_finder"]) == "met 2026-11-06"
    # Three months in care only, so not on the weekly list; the case follows another procedure.
    clara = lines_of(report, "tracker", "0000871")["CWYC"]
    assert (clara["months_in_care"], say(clara["weekly_list"])) == (3, "not listed")
    # Long-term fostering, as a parallel plan first, since 9 April 2026.
    zainab = lines_of(report, "tracker", "0042/2026")["ZM"]
    assert say(zainab["long_term_fostering"]) == "not yet listed 2027-04-09"


def test_lists_that_wait_for_a_day_say_since_when(tmp_path: Path) -> None:
    write_case(
        tmp_path / "home",
        more="plans: [{child: kit, agreed_on: 1 May 2026, primary: reunification, reasons: Trying again.}]\n",
    )
    write_case(
        tmp_path / "order",
        '"0000043"',
        more="""\
plans: [{child: kit, agreed_on: 2 July 2025, primary: adoption, reasons: No other way.}]
orders: [{child: kit, order: placement_order, made_on: 20 November 2025, court: Family Court}]
""",
    )
    write_case(
        tmp_path / "other",
        '"0000044"',
        more="plans: [{child: kit, agreed_on: 2 July 2026, primary: other, reasons: None fits.}]\n",
    )
    found = track_cases([tmp_path], RUN)
    home = lines_of(found, "tracker", "0000042")["KM"]
    assert say(home["return_home"]) == "listed 2026-11-01"
    assert (say(home["weekly_list"]), home["months_in_care"]) == ("not listed", 20)
    order = lines_of(found, "tracker", "0000043")["KM"]
    assert say(order["placement_order"]) == "listed 2026-11-20"
    assert say(order["no_adoptive_placement"]) == "listed"
    other = lines_of(found, "tracker", "0000044")["KM"]
    assert say(other["plan_other"]) == "listed"
    assert say(other["no_plan"]) == "not listed"


def test_deadlines_come_by_days_left_in_both_clocks(report: TrackingReport) -> None:
    sheet = sheet_of(report, "deadlines")
    lines = sheet_as_json(sheet)["lines"]
    days = [line["days_left"] for line in lines]
    dated = [day for day in days if day is not None]
    assert dated == sorted(dated)
    assert days[len(dated) :] == [None] * (len(days) - len(dated))
    found = {(one["child"], one["rule"]): one for one in lines}
    late = found["RIHO", "england/decision-record-filed-with-application"]
    assert (say(late["state"]), late["due_on"], late["days_left"]) == ("overdue", "2026-11-12", -10)
    # 13 November, and the five days from Monday 16 to Friday 20 November; 22 November is a Sunday.
    assert late["working_days_left"] == -6
    soon = found["RIHO", "england/proceedings-within-26-weeks"]
    assert (say(soon["state"]), soon["days_left"], soon["working_days_left"]) == ("due within 7 days", 4, 4)
    # Christmas, the day in place of Boxing Day and New Year's Day are no working days.
    later = found["BEP", "hertfordshire-2024/reviewing-officer-checks-permanence"]
    assert (say(later["state"]), later["days_left"], later["working_days_left"]) == ("due later", 59, 40)


def test_working_days_are_counted_both_ways() -> None:
    friday, tuesday = dt.date(2026, 12, 24), dt.date(2026, 12, 29)
    # 25 December, the weekend and Monday 28 December are free in England; the 29th counts.
    assert count_between(friday, tuesday, Jurisdiction.ENGLAND) == 1
    assert count_between(tuesday, friday, Jurisdiction.ENGLAND) == -1
    assert count_between(friday, friday, Jurisdiction.ENGLAND) == 0


def test_what_is_set_aside_is_no_deadline(report: TrackingReport) -> None:
    lines = sheet_as_json(sheet_of(report, "deadlines"))["lines"]
    assert "hertfordshire-2024/fostering-manager-consulted" not in {
        one["rule"] for one in lines if one["reference"] == "FAM-2026-0142"
    }


def test_a_day_of_long_ago_is_counted_in_days_alone(tmp_path: Path) -> None:
    file = write_case(tmp_path)
    file.write_text(file.read_text(encoding="utf-8").replace(" 202", " 192"), encoding="utf-8")
    lines = sheet_as_json(sheet_of(track_cases([tmp_path], RUN), "deadlines"))["lines"]
    # In care since 9 March 1925, and no review: it was due 20 working days later, on 6 April 1925.
    assert lines[0]["due_on"] == "1925-04-06"
    assert lines[0]["days_left"] == -37120
    assert lines[0]["working_days_left"] is None


def test_totals_add_up_with_the_other_sheets(report: TrackingReport) -> None:
    lines = sheet_as_json(sheet_of(report, "totals"))["lines"]
    totals: dict[tuple[str, str], int] = {(one["part"], one["what"]): one["number"] for one in lines}
    assert totals["Case files", "Read"] == 8
    assert totals["Children", "In these case files"] == 12
    # One child is of a Scottish case.
    assert totals["Children", "On the decision grid and the tracker (English procedures)"] == 11
    assert totals["Decision grid", "Decision deferred"] == 2
    states = [line[1] for line in sheet_of(report, "deadlines").lines]
    assert totals["Deadlines", "Overdue"] == sum(
        isinstance(one, StateOnDay) and one.state is CellState.OVERDUE for one in states
    )
    assert totals["Deadlines", "To do, no day set"] > 0
    assert sum(number for (part, _), number in totals.items() if part == "Deadlines") - totals[
        "Deadlines", "Overdue and binding (must)"
    ] == len(states)


def test_every_column_says_how_it_is_counted(report: TrackingReport) -> None:
    explained = {(line[0], line[1]): line[2] for line in sheet_of(report, "counting").lines}
    for sheet in report.sheets[:-1]:
        assert sheet.columns
        for column in sheet.columns:
            assert explained[sheet.title, column.heading]
    grid = {column.id: column for column in sheet_of(report, "grid").columns}
    assert "next working day" in grid["officers_alerted"].counted
    assert grid["officers_alerted"].source.startswith("R000-10, ")
    assert len(grid) == len({column.heading for column in grid.values()}) == 39


def test_a_local_procedure_that_builds_on_the_south_west_is_late_by_it(tmp_path: Path) -> None:
    own = tmp_path / "procedures"
    own.mkdir()
    (own / "culmford.yaml").write_text(
        """\
title: Culmford
publisher: Culmford Council
edition: "1"
jurisdiction: england
source: south-west
checked_on: 2026-11-22
extends: south-west
rules:
  - id: three-months
    ref: C-1
    kind: timescale
    level: must
    cite: south-west ¶2
    says: The plan is agreed by the second review, held within three months.
    when: looked_after
    in_order: [became_looked_after, plan_agreed, second_review]
    due: [within 3 months of became_looked_after]
    replaces: south-west/plan-at-four-month-review
""",
        encoding="utf-8",
    )
    write_case(tmp_path / "a", procedure="culmford")
    line = lines_of(track_cases([tmp_path / "a"], Run(ON, search_path=SearchPath((), (own,)))), "grid", "0000042")["KM"]
    # In care since 9 March 2025: three months of its own rule, not the four that it replaces.
    assert say(line["plan_at_review"]) == "overdue 2025-06-09"
    assert line["steps_overdue"] == 2
    assert line["next_step"] == "Team manager consulted on plan"


# Whom it names


def test_nobody_is_named_unless_asked(report: TrackingReport, samples: dict[str, LoadedCase]) -> None:
    everything = json.dumps([sheet_as_json(sheet) for sheet in report.sheets], ensure_ascii=False)
    words = {*re.findall(r"\w+", everything)}
    for loaded in samples.values():
        names = {one.id: one.name for one in loaded.case.people} | {one.id: one.name for one in loaded.case.children}
        for key, name in names.items():
            # May is a month too.
            assert not words & ({*re.findall(r"\w+", name.full)} - {"May"}), key


def test_names_are_shown_where_they_are_asked_for() -> None:
    shown = track_cases([CASES / "siblings"], RUN, names=True)
    assert {line[1] for line in sheet_of(shown, "tracker").lines} == {
        "Inês Carolina Pritchard Tavares",
        "Rui Miguel Pritchard Tavares",
        "Bryn Emlyn Pritchard",
    }


def test_people_are_numbered_where_an_answer_is_about_them(report: TrackingReport) -> None:
    lines = sheet_as_json(sheet_of(report, "deadlines"))["lines"]
    leaflet = "scotland-pace/leaflet-for-parents"
    assert [line["item"] for line in lines if line["rule"] == leaflet] == ["parent 2"]
    named = sheet_of(track_cases([CASES / "scotland"], RUN, names=True), "deadlines")
    assert [line["item"] for line in sheet_as_json(named)["lines"] if line["rule"] == leaflet] == ["father"]


def test_brothers_with_the_same_initials_are_told_apart(tmp_path: Path) -> None:
    file = write_case(tmp_path)
    text = file.read_text(encoding="utf-8")
    file.write_text(
        f"{text}  - {{id: kai, name: {{given: Kai, family: Marlow}}, born_on: 9 May 2021}}\n", encoding="utf-8"
    )
    assert [line[1] for line in sheet_of(track_cases([tmp_path], RUN), "tracker").lines] == ["KM 1", "KM 2"]


# The workbook, CSV and JSON


def test_another_program_reads_the_same_cells(report: TrackingReport, book: Any) -> None:
    assert book.sheetnames == TITLES
    for sheet in report.sheets:
        page = book[sheet.title]
        rows = [*page.iter_rows(values_only=True)]
        assert list(rows[0]) == [column.heading for column in sheet.columns]
        assert len(rows) == len(sheet.lines) + 1
        for row, line in zip(rows[1:], sheet.lines, strict=True):
            for read, cell in zip(row, line, strict=True):
                if isinstance(cell, StateOnDay):
                    assert (read.date() if cell.on else read) == (cell.on or str(cell))
                elif isinstance(cell, dt.date):
                    assert read.date() == cell
                else:
                    assert read == cell


def test_days_are_days_and_say_their_state_in_words(report: TrackingReport, book: Any) -> None:
    grid, page = sheet_of(report, "grid"), book["Decision grid"]
    row = next(row for row in page.iter_rows(min_row=2) if row[0].value == "0000871")
    assert row[grid.place("decided_on")].number_format == "d mmmm yyyy"
    late = row[grid.place("officers_alerted")]
    assert late.value == dt.datetime(2026, 10, 28)
    assert late.number_format == 'd mmmm yyyy", late"'
    assert late.fill.fgColor.rgb == f"FF{COLOURS[Tone.LATE][0][1:]}"


def test_heads_stay_in_sight_and_pages_are_ready_to_print(book: Any) -> None:
    for page in book:
        assert page.freeze_panes is not None
        assert page.freeze_panes.endswith("2")
        assert page.auto_filter.ref.startswith("A1:")
        assert page.page_setup.orientation == "landscape"
        assert int(page.page_setup.paperSize) == 9
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.page_setup.fitToHeight == 0
        assert page.print_title_rows == "$1:$1"
        assert page.oddFooter.right.text == "Page &P of &N"
        assert "22 November 2026" in page.oddHeader.left.text
        assert not page.merged_cells.ranges
    assert book["Decision grid"].print_title_cols == "$A:$B"
    assert book["Deadlines"].freeze_panes == "E2"
    assert book.properties.title == "Permanence planning"
    assert not book.properties.creator


def test_no_day_is_too_wide_for_its_column(report: TrackingReport, book: Any) -> None:
    for sheet in report.sheets:
        wide = {
            place: column.width
            for column in book[sheet.title].column_dimensions.values()
            for place in range(column.min, column.max + 1)
        }
        for line in sheet.lines:
            for place, cell in enumerate(line, 1):
                if isinstance(cell, StateOnDay) and cell.on:
                    assert wide[place] > len(str(cell))
                elif isinstance(cell, dt.date):
                    assert wide[place] > len(format_date(cell))


def test_the_same_sheets_are_the_same_bytes(report: TrackingReport) -> None:
    assert write_workbook(report.sheets, "T", ON) == write_workbook(report.sheets, "T", ON)


def test_colours_can_be_read() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for tone in Tone:
        ground, letters = COLOURS[tone]
        assert (light(ground) + 0.05) / (light(letters) + 0.05) >= 7, tone


def test_csv_and_json_say_the_same(report: TrackingReport) -> None:
    for sheet in report.sheets:
        content = sheet_as_csv(sheet)
        assert content.startswith(b"\xef\xbb\xbf")
        rows = [*csv.DictReader(io.StringIO(content.decode("utf-8-sig")))]
        lines = sheet_as_json(sheet)["lines"]
        assert len(rows) == len(lines)
        for row, line in zip(rows, lines, strict=True):
            for name, cell in line.items():
                word = cell["state"] if isinstance(cell, dict) else "" if cell is None else str(cell)
                assert row[name].removeprefix("'") == word
                if isinstance(cell, dict) and cell["on"]:
                    assert row[f"{name}_on"] == cell["on"]


HOSTILE = "=cmd|'/c calc'!A1"


@pytest.mark.parametrize(
    "reference",
    [HOSTILE, "+44 1632", "-7", "@SUM(A1)", "_x0041_", "0000007", "https://x.example", "ע-7 'ب'", "a" * 200],
)
def test_text_stays_text_whatever_it_begins_with(reference: str, tmp_path: Path) -> None:
    write_case(tmp_path, json.dumps(reference, ensure_ascii=False))
    found = track_cases([tmp_path], RUN)
    page = openpyxl.load_workbook(io.BytesIO(write_workbook(found.sheets, "T", ON)))["Tracker"]
    assert (page["A2"].value, page["A2"].data_type, page["A2"].hyperlink) == (reference, "s", None)
    (row,) = csv.DictReader(io.StringIO(sheet_as_csv(sheet_of(found, "tracker")).decode("utf-8-sig")))
    assert row["reference"] == (f"'{reference}" if reference[0] in "=+-@" else reference)
    assert lines_of(found, "tracker", reference)["KM"]


def test_a_sheet_that_excel_cannot_hold_is_refused(report: TrackingReport, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.reports.workbook.MOST_LINES", 10)
    with pytest.raises(CannotReadError, match="more than a workbook can hold"):
        write_workbook(report.sheets, "T", ON)


# Files


def test_one_unreadable_file_is_told_and_the_rest_is_done(track: Callable[..., Said], tmp_path: Path) -> None:
    write_case(tmp_path / "good")
    write_case(tmp_path / "bad", more="colour: Wrennington\n")
    said = track("good", "bad", "nowhere", "-o", "out/grid.xlsx", "--plain")
    assert said.code == 1
    assert said.out == "out/grid.xlsx\n"
    assert "Not read: bad/case.yaml (line 6, column 1, colour)" in said.err
    assert "Not read: nowhere: There is no such file or folder." in said.err
    assert "1 case file, 2 not read." in said.err
    assert "Wrennington" not in said.err
    page = openpyxl.load_workbook("out/grid.xlsx")["Files to look at"]
    assert [(row[0], row[1], row[3]) for row in page.iter_rows(min_row=2, values_only=True)] == [
        ("nowhere", "Not read", None),
        ("bad/case.yaml", "Not read", "line 6, column 1, colour"),
    ]
    assert Path("out/grid.xlsx").stat().st_mode & 0o777 == 0o600


def test_a_fault_that_one_file_brings_out_does_not_stop_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_case(tmp_path / "a")
    write_case(tmp_path / "b", '"0000043"')
    whole = track_family

    def fail(case: Any, *words: Any, **more: Any) -> Any:
        if case.reference == "0000042":
            raise ZeroDivisionError("Kit Marlow")
        return whole(case, *words, **more)

    monkeypatch.setattr("generator.jobs.track.track_family", fail)
    found = track_cases([tmp_path], RUN)
    assert found.read == 1
    (unread,) = found.unread
    assert "fault of the program (ZeroDivisionError in test_tracking.py" in unread.why
    assert "Marlow" not in unread.why


def test_the_same_reference_twice_is_pointed_out(track: Callable[..., Said], tmp_path: Path) -> None:
    write_case(tmp_path / "a")
    write_case(tmp_path / "b")
    said = track("a", "b", "--json")
    assert said.code == 0
    assert "Same reference: b/case.yaml (reference): This reference stands in a/case.yaml too." in said.err
    assert json.loads(said.out)["read"] == 2


def test_case_files_that_a_build_kept_are_not_counted_as_families(tmp_path: Path) -> None:
    case = write_case(tmp_path / "many" / "one")
    kept = tmp_path / "many" / "output" / "one" / "earlier" / "case" / "2026-11-22 847880a2d705.yaml"
    kept.parent.mkdir(parents=True)
    shutil.copy(case, kept)
    # An archive of the user's own, which no build made, counts.
    archive = write_case(tmp_path / "many" / "earlier")
    assert {*find_case_files([tmp_path / "many"]).files} == {case, archive, kept}
    (tmp_path / "many" / "output" / "one" / "record.yaml").write_text("version: 1\n", encoding="utf-8")
    assert {*find_case_files([tmp_path / "many"]).files} == {case, archive}


def test_case_files_are_found_however_they_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("many/one", "many/deep/two", "many/.hidden/three"):
        write_case(Path(name))
    write_case(Path("many")).rename("many/four.yaml")
    Path("many/procedure.yaml").write_text("title: x\n", encoding="utf-8")
    Path("many/case.schema.json").write_text("{}", encoding="utf-8")
    files = {"many/one/case.yaml", "many/deep/two/case.yaml", "many/four.yaml"}
    found = find_case_files([Path("many")])
    assert ({file.as_posix() for file in found.files}, found.skipped) == (files, 1)
    # The shell hands over everything in the folder, or, on Windows, the pattern itself.
    named = find_case_files(sorted(Path("many").iterdir()))
    assert {file.as_posix() for file in named.files} >= files
    pattern = find_case_files([Path("many/*")])
    assert {file.as_posix() for file in pattern.files} >= {"many/one/case.yaml", "many/four.yaml"}
    assert pattern.skipped == 1
    # What is named twice counts once, and what is named by itself is taken to be a case file.
    assert len(find_case_files([Path("many"), Path("many/one"), Path("many/four.yaml")]).files) == 3
    meant = find_case_files([Path("many"), Path("many/procedure.yaml")])
    assert (len(meant.files), meant.skipped) == (4, 0)


def test_a_folder_that_cannot_be_opened_is_told(
    track: Callable[..., Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_case(tmp_path / "many" / "one")
    write_case(tmp_path / "many" / "shut")
    whole = os.scandir

    def refuse(path: Any) -> Any:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return whole(path)

    monkeypatch.setattr(os, "scandir", refuse)
    said = track("many")
    assert said.code == 1
    assert "Not read: many/shut: This folder cannot be opened." in said.err


def test_a_case_file_that_is_too_large_is_told_and_not_passed_over(track: Callable[..., Said], tmp_path: Path) -> None:
    write_case(tmp_path / "many" / "one")
    file = write_case(tmp_path / "many", more="# filler\n" * 700_000).rename(tmp_path / "many" / "large.yaml")
    assert file.stat().st_size > 5 * 1024 * 1024
    said = track("many")
    assert said.code == 1
    assert "This file is larger than 5 MB" in said.err


def test_nothing_but_other_files_is_wrong_usage(track: Callable[..., Said], tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    said = track("notes.txt")
    assert said.code == 2
    assert "There is no case file in what was named" in said.err
    assert track("nowhere").code == 2
    assert track(CASES / "barest", "-o", "grid.xls").code == 2
    assert track(CASES / "barest", "--csv", "grid.csv").code == 2
    assert not [*tmp_path.glob("grid*")]


def test_csv_goes_to_a_folder_and_totals_to_the_screen(track: Callable[..., Said]) -> None:
    said = track(CASES / "barest", "--csv", "tables")
    assert said.code == 0
    assert {file.name for file in Path("tables").iterdir()} == {
        "grid.csv", "tracker.csv", "deadlines.csv", "totals.csv", "files.csv", "counting.csv",
    }  # fmt: skip
    shown = track(CASES / "barest")
    assert "        1  Read" in shown.out
    assert "Case files" in shown.out


def test_a_place_that_cannot_be_written_leaves_nothing(track: Callable[..., Said]) -> None:
    Path("out").write_text("a file", encoding="utf-8")
    said = track(CASES / "barest", "-o", "out/grid.xlsx")
    assert said.code == 4
    assert Path("out").read_text(encoding="utf-8") == "a file"


def test_two_processes_say_what_one_says(report: TrackingReport, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.jobs.track._WORTH_A_PROCESS", 4)
    heard: list[tuple[str, int, int]] = []
    assert track_cases([CASES], Run(ON, progress=lambda *said: heard.append(said)), jobs=2).sheets == report.sheets
    assert heard[-1] == ("Reading case files", 8, 8)
