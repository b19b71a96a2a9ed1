"""The command as people meet it: its words, its exit codes, and which stream says what."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.base.errors import ExitCode
from generator.base.explanations import read_explanations
from generator.case.starter import MARK
from generator.cli import main, run
from generator.papers.pictures.timeline import rows
from generator.rules.timeline import Timeline
from places import CORPORA, ROOT

ROWAN = ROOT / "data" / "cases" / "rowan"
BAREST = ROOT / "data" / "cases" / "barest"
BAD = CORPORA / "bad"
COMMANDS = sorted(main.commands)
HIDDEN = "Wrennington"
WRONG = f"""\
reference: R1
authority: {{name: Hartsmere Council}}
procedure: hertfordshire-2024
children:
  - id: rowan
    name: {{given: Rowan, family: {HIDDEN}}}
    born_on: 31 February {HIDDEN}
    colour: {HIDDEN}
"""


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str


Command = Callable[..., Said]


@pytest.fixture
def permanence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    """Runs the command in this process, in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)

    def call(*words: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["permanence", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            run()
        said = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return Said(left.value.code, said.out, said.err)

    return call


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    file = tmp_path / "case.yaml"
    file.write_text(WRONG, encoding="utf-8")
    return file


def test_help_names_every_command_where_to_start_and_every_exit_code(permanence: Command) -> None:
    said = permanence("--help")
    assert (said.code, said.err) == (0, "")
    for command in COMMANDS:
        assert re.search(rf"^  {command} +\w", said.out, re.MULTILINE), command
    assert "permanence new my-family" in said.out
    for code in ExitCode:
        assert re.search(rf"\b{code.value}\b", said.out.partition("Exit codes")[2]), code


def test_help_says_a_whole_sentence_about_each_command_on_one_line_of_a_narrow_screen(permanence: Command) -> None:
    lines = permanence("--help").out.partition("Start here:")[2].partition("First steps:")[0].splitlines()
    rows = [line for line in lines if line.startswith("  ") and line.strip()]
    assert sorted(line.split()[0] for line in rows) == COMMANDS
    assert all(len(line) <= 80 and line.endswith(".") for line in rows)


def test_help_loads_no_command(tmp_path: Path) -> None:
    program = (
        "import sys; from generator.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "light = {'commands', 'lazy_group', 'screen'}\n"
        "loaded = {name.split('.')[2] for name in sys.modules if name.startswith('generator.cli.')}\n"
        "sys.exit(', '.join(loaded - light) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_each_command_gives_examples(permanence: Command, command: str) -> None:
    said = permanence(command, "--help")
    assert said.code == 0
    assert f"  permanence {command}" in said.out.partition("Examples:")[2]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_says_what_it_does(command: str) -> None:
    for parameter in main.commands[command].params:
        assert parameter.param_type_name == "argument" or getattr(parameter, "help", None), parameter.name


def test_the_version_is_told(permanence: Command) -> None:
    assert re.fullmatch(r"permanence, version \d+\.\d+\.\d+\n", permanence("--version").out)


@pytest.mark.parametrize(
    "words",
    [
        ["bild"],
        ["--nothing"],
        ["check"],
        ["check", ROWAN, "--nothing"],
        ["check", ROWAN, "--on", "3/4/26"],
        ["check", ROWAN, "--on", "31 February 2026"],
        ["build", ROWAN, "--templates", "nowhere"],
    ],
)
def test_wrong_usage_leaves_with_two_and_says_so_on_standard_error(permanence: Command, words: list[object]) -> None:
    said = permanence(*words)
    assert (said.code, said.out) == (2, "")
    assert "Error" in said.err


def test_a_bad_file_is_told_with_place_caret_and_way_out_and_no_value(permanence: Command, wrong: Path) -> None:
    said = permanence("check", wrong)
    assert (said.code, said.out) == (2, "")
    assert HIDDEN not in said.err
    lines = said.err.splitlines()
    assert any(re.fullmatch(r"MUST  C003  .*case\.yaml:7:14  children\[0\]\.born_on", line) for line in lines)
    assert any(re.fullmatch(r"MUST  C001  .*case\.yaml:8:5  children\[0\]\.colour", line) for line in lines)
    source = next(number for number, line in enumerate(lines) if line.startswith("    7 | "))
    assert lines[source].startswith("    7 |     born_on: ")
    assert lines[source + 1].index("^") == lines[source].index("born_on: ") + len("born_on: ")
    assert "  why: permanence explain C003" in lines
    assert "2 must be fixed. Nothing was written." in lines


def test_values_are_shown_where_they_are_asked_for(permanence: Command, wrong: Path) -> None:
    said = permanence("check", wrong, "--show-values")
    assert said.code == 2
    assert f"    7 |     born_on: 31 February {HIDDEN}" in said.err


@pytest.mark.parametrize("command", ["check", "build", "bundle"])
def test_no_command_makes_anything_from_a_bad_file(permanence: Command, wrong: Path, command: str) -> None:
    said = permanence(command, wrong, "-o", wrong.parent / "out") if command != "check" else permanence(command, wrong)
    assert said.code == 2
    assert [file.name for file in wrong.parent.iterdir()] == ["case.yaml"]


def bad_files() -> list[Path]:
    return sorted(path for path in BAD.iterdir() if path.name != "expects.yaml")


@pytest.mark.parametrize("given", bad_files(), ids=lambda path: path.name)
def test_every_bad_case_leaves_with_two_and_a_reason_and_no_result(permanence: Command, given: Path) -> None:
    said = permanence("check", given)
    assert (said.code, said.out) == (2, ""), said.err
    assert len(said.err) > 20
    assert "Traceback" not in said.err


def test_a_missing_case_is_told_with_the_name_that_was_meant(permanence: Command, tmp_path: Path) -> None:
    (tmp_path / "rowan").mkdir()
    said = permanence("check", "rowen")
    assert (said.code, said.out) == (2, "")
    assert "Did you mean rowan?" in said.err


def test_a_folder_without_a_case_says_how_to_start_one(permanence: Command, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    said = permanence("check", "empty")
    assert said.code == 2
    assert "permanence new empty" in said.err


def test_an_unknown_paper_is_told_with_the_one_that_was_meant(permanence: Command) -> None:
    said = permanence("build", BAREST, "ppm-minuts")
    assert (said.code, said.out) == (2, "")
    assert "Did you mean ppm-minutes?" in said.err


@pytest.mark.parametrize("code", sorted(read_explanations()))
def test_every_code_is_explained_in_either_case(permanence: Command, code: str) -> None:
    said = permanence("explain", code.lower())
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(f"{code}  ")


def test_an_unknown_code_leaves_with_two_and_lists_those_there_are(permanence: Command) -> None:
    said = permanence("explain", "Z999")
    assert (said.code, said.out) == (2, "")
    assert "C003" in said.err


def test_every_code_that_the_product_uses_is_explained() -> None:
    used = {
        code
        for file in (ROOT / "generator").rglob("*.py")
        if file.name != "errors.py"
        for code in re.findall(r"\"([A-Z]\d{3})\"", file.read_text(encoding="utf-8"))
    }
    assert used <= set(read_explanations())


def test_check_lists_papers_and_open_questions_on_standard_output(permanence: Command) -> None:
    said = permanence("check", BAREST, "--on", "22 November 2026")
    assert said.code == 0
    assert re.search(r"^permanence-plan-nour  \(professionals, draft\): \d+ not yet written$", said.out, re.MULTILINE)
    assert re.search(r"^  should .+\n         write: .+    source: .+$", said.out, re.MULTILINE)
    assert re.search(r"^Rules: \d+ met, .+ cannot be checked; 0 set aside\.$", said.out, re.MULTILINE)
    assert said.err == ""


def test_strict_check_leaves_with_one_while_a_question_is_open(permanence: Command) -> None:
    assert permanence("check", BAREST, "--strict").code == 1


def test_check_as_json_parses_and_counts(permanence: Command) -> None:
    said = permanence("check", BAREST, "--json")
    found = json.loads(said.out)
    sheet, paper = found["papers"]
    assert sheet["name"] == "compliance-sheet-nour"
    assert (found["reference"], paper["name"], paper["draft"]) == ("0000007", "permanence-plan-nour", True)
    assert sum(found["open"].values()) == len(paper["gaps"]) > 0
    assert set(paper["gaps"][0]) == {"question", "asks", "level", "source", "write"}


def test_build_writes_to_the_folder_asked_for_and_says_what_it_made(permanence: Command, tmp_path: Path) -> None:
    said = permanence("build", BAREST, "--word-only", "-o", "out")
    assert said.code == 0
    assert re.search(
        r"^written     papers/permanence-plan-nour\.docx, DRAFT, \d+ not yet written$", said.out, re.MULTILINE
    )
    assert said.out.endswith("2 papers in out\n")
    assert (tmp_path / "out" / "papers" / "permanence-plan-nour.docx").exists()


def test_without_a_folder_papers_go_to_output_under_the_name_of_the_case(permanence: Command, tmp_path: Path) -> None:
    assert permanence("build", BAREST, "--word-only").code == 0
    assert (tmp_path / "output" / "barest" / "papers").is_dir()


def test_build_makes_only_the_papers_that_are_named(permanence: Command) -> None:
    said = permanence("build", ROWAN, "ppm-agenda", "letter-decision", "--word-only", "--json", "-o", "out")
    made = json.loads(said.out)["papers"]
    assert {paper["code"] for paper in made} == {"ppm-agenda", "letter-decision"}
    assert [paper["action"] for paper in made] == ["written"] * 4
    assert all(Path(paper["word"]).is_file() and paper["pdf"] is None for paper in made)


@pytest.mark.parametrize("command", ["build", "bundle"])
def test_a_place_that_cannot_be_written_leaves_with_four(permanence: Command, tmp_path: Path, command: str) -> None:
    (tmp_path / "out").write_bytes(b"a file")
    said = permanence(command, BAREST, "-o", "out")
    assert (said.code, said.out) == (4, "")
    assert (tmp_path / "out").read_bytes() == b"a file"


def test_a_template_that_asks_for_too_much_leaves_with_five(permanence: Command, tmp_path: Path) -> None:
    from docx import Document

    (tmp_path / "own").mkdir()
    document = Document()
    document.add_paragraph("{{ child.nhs_number }}")
    document.save(str(tmp_path / "own" / "trial.docx"))
    (tmp_path / "own" / "trial.yaml").write_text("title: Trial\nfor_each: [child]\naudience: court\n", encoding="utf-8")
    said = permanence("build", BAREST, "trial", "--templates", "own", "--word-only", "-o", "out")
    assert (said.code, said.out) == (5, "")
    assert "nhs_number" in said.err
    assert "court" in said.err
    assert not list((tmp_path / "out").rglob("*.docx"))


def without_libreoffice(*words: object, folder: Path) -> Said:
    environment = {**os.environ, "PERMANENCE_SOFFICE": str(folder / "nowhere"), "PATH": str(folder)}
    command = [sys.executable, "-m", "generator", *map(str, words)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment, cwd=ROOT)
    return Said(done.returncode, done.stdout, done.stderr)


def test_without_libreoffice_the_word_files_are_made_and_it_leaves_with_three(tmp_path: Path) -> None:
    said = without_libreoffice("build", BAREST, "-o", tmp_path / "out", folder=tmp_path)
    assert said.code == 3
    assert "The Word files are made." in said.err
    assert "LibreOffice" in said.err
    assert (tmp_path / "out" / "papers" / "permanence-plan-nour.docx").is_file()
    assert not list((tmp_path / "out").rglob("*.pdf"))


def test_without_libreoffice_there_is_no_bundle(tmp_path: Path) -> None:
    said = without_libreoffice("bundle", BAREST, "-o", tmp_path / "out", folder=tmp_path)
    assert (said.code, said.out) == (3, "")
    assert "LibreOffice" in said.err
    assert not list((tmp_path / "out").rglob("*.pdf"))


def test_new_makes_a_case_that_check_accepts(permanence: Command, tmp_path: Path) -> None:
    said = permanence("new", "my-family")
    assert (said.code, said.out) == (0, f"{Path('my-family/case.yaml')}\n")
    assert "permanence check my-family" in said.err
    assert (tmp_path / "my-family" / "evidence").is_dir()
    assert MARK in (tmp_path / "my-family" / "case.yaml").read_text(encoding="utf-8")
    assert permanence("check", "my-family").code == 0
    assert permanence("build", "my-family", "--word-only").code == 0


def test_new_never_writes_over_a_case(permanence: Command, wrong: Path) -> None:
    said = permanence("new", wrong.parent)
    assert said.code == 2
    assert wrong.read_text(encoding="utf-8") == WRONG


def test_new_in_a_place_that_cannot_be_a_folder_leaves_with_four(permanence: Command, wrong: Path) -> None:
    assert permanence("new", wrong / "family").code == 4
    assert wrong.read_text(encoding="utf-8") == WRONG


def test_the_schema_is_json_schema_draft_07_and_the_same_in_a_file(permanence: Command, tmp_path: Path) -> None:
    said = permanence("schema")
    schema = json.loads(said.out)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert {"reference", "authority", "children"} <= set(schema["properties"])
    named = set(re.findall(r'"#/definitions/(\w+)"', said.out))
    assert named == set(schema["definitions"])
    assert permanence("schema", "-o", "case.schema.json").code == 0
    assert (tmp_path / "case.schema.json").read_text(encoding="utf-8") == said.out


def test_the_schema_cannot_be_written_where_a_folder_is(permanence: Command, tmp_path: Path) -> None:
    assert permanence("schema", "-o", tmp_path).code == 4


def test_doctor_reports_as_text_and_as_json(permanence: Command) -> None:
    rows = json.loads(permanence("doctor", "--json").out)
    assert {"name", "ok", "found", "remedy", "level"} == set(rows[0])
    said = permanence("doctor")
    assert all(row["name"] in said.out for row in rows)


@pytest.mark.parametrize("words", [["check", BAREST], ["check", BAREST, "--plain"], ["doctor"], ["--help"]])
def test_nothing_is_coloured_where_there_is_no_terminal(
    permanence: Command, monkeypatch: pytest.MonkeyPatch, words: list[object]
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    said = permanence(*words)
    assert "\x1b" not in said.out + said.err


def on_a_terminal(*words: object, **environment: str) -> bytes:
    """All that the command prints when both of its streams are a terminal."""
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "generator", *map(str, words)]
    with subprocess.Popen(
        command,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=ROOT,
        env={**os.environ, "TERM": "xterm", **environment},
    ) as process:
        os.close(theirs)
        said = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            said += piece
        process.wait()
    os.close(ours)
    return said


@pytest.mark.parametrize(("plain", "environment"), [(["--plain"], {}), ([], {"NO_COLOR": "1"})])
def test_a_terminal_gets_no_colour_where_none_is_wanted(
    tmp_path: Path, plain: list[str], environment: dict[str, str]
) -> None:
    said = on_a_terminal("build", BAREST, "--word-only", "-o", tmp_path / "out", *plain, **environment)
    assert b"permanence-plan-nour.docx" in said
    assert b"\x1b" not in said


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -m generator schema | head -c 10"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], check=False, capture_output=True, cwd=ROOT)
    assert (done.stdout, done.stderr) == (b'{\n  "$schem'[:10], b"")


def test_being_stopped_leaves_with_130(permanence: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("generator.cli.check.check_case", stop)
    said = permanence("check", BAREST)
    assert (said.code, said.out) == (130, "")
    assert "Stopped" in said.err


@pytest.mark.parametrize("kind", [KeyError, ValueError, RecursionError, AssertionError])
def test_a_fault_of_the_program_is_told_without_a_value_and_without_its_lines(
    permanence: Command, monkeypatch: pytest.MonkeyPatch, kind: type[Exception]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise kind("Leanne Hale, 1 Secret Street")

    monkeypatch.delenv("PERMANENCE_DEBUG", raising=False)
    monkeypatch.setattr("generator.cli.check.check_case", fail)
    said = permanence("check", BAREST)
    assert said.code != 0
    assert f"This is a fault of the program ({kind.__name__} in test_cli.py, line " in said.err
    for word in ("Leanne", "Secret", "Traceback", "raise"):
        assert word not in said.out + said.err


def test_the_installed_command_is_this_one() -> None:
    command = Path(sys.executable).with_name("permanence")
    done = subprocess.run([command, "explain", "C003"], check=True, capture_output=True, text=True)
    assert done.stdout.startswith("C003  ")


def test_timeline_writes_a_calendar_a_picture_and_text(permanence: Command, tmp_path: Path) -> None:
    for name in ("days.ics", "days.png", "days.txt"):
        said = permanence("timeline", ROWAN, "--on", "2026-11-22", "--from", "2026-10-01", "-o", name)
        assert said.code == 0
    assert (tmp_path / "days.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert (tmp_path / "days.png").read_bytes().startswith(b"\x89PNG")
    assert "today, 22 November 2026" in (tmp_path / "days.txt").read_text("utf-8")


def test_a_picture_of_later_days_says_what_it_leaves_out(permanence: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows before the day may be overdue, and must not vanish without a word."""
    noted: list[str] = []
    make = rows.make_sheet

    def note(timeline: Timeline, since: dt.date | None) -> rows.TimelineSheet:
        sheet = make(timeline, since)
        noted.extend(sheet.notes)
        return sheet

    monkeypatch.setattr("generator.papers.pictures.timeline.drawing.make_sheet", note)
    permanence("timeline", ROWAN, "--on", "2026-11-22", "--from", "2026-10-01", "-o", "days.png")
    assert any(re.fullmatch(r"From 1 October 2026\. \d+ earlier rows are left out.*", one) for one in noted)


def test_a_timeline_is_written_as_nothing_else(permanence: Command) -> None:
    said = permanence("timeline", BAREST, "-o", "days.docx")
    assert (said.code, said.out) == (2, "")
    assert "ends in .ics, .png or .txt" in said.err


def test_timeline_as_json_parses(permanence: Command) -> None:
    found = json.loads(permanence("timeline", BAREST, "--json", "--on", "2026-11-22").out)
    assert {*found["entries"][0]} == {"on", "child", "status", "what", "source", "rule", "level", "working"}


def test_check_as_json_answers_every_rule_for_every_child(permanence: Command) -> None:
    found = json.loads(permanence("check", ROWAN, "--json", "--on", "2026-11-22").out)
    (child,) = found["children"]
    assert {*child["rules"][0]} >= {"id", "ref", "level", "outcome", "due", "done", "working", "needs", "cite"}
    assert {row["outcome"] for row in child["rules"]} <= {
        "met", "met late", "due", "overdue", "does not apply", "cannot be checked",
    }  # fmt: skip
    assert sum(child["counts"].values()) == len(child["rules"])


def test_a_case_can_be_checked_under_another_procedure(permanence: Command) -> None:
    found = json.loads(permanence("check", ROWAN, "--procedure", "south-west", "--json").out)
    assert {row["id"].split("/")[0] for row in found["children"][0]["rules"]} == {"south-west", "england"}


def test_procedures_side_by_side(permanence: Command) -> None:
    said = permanence("check", ROWAN, "--compare", "--on", "2026-11-22")
    assert said.code == 0
    assert "Nothing is averaged" in said.out
    assert json.loads(permanence("check", ROWAN, "--compare", "--json").out)["procedures"][0] == "england"


def test_an_unknown_procedure_is_named_at_its_place_with_the_nearest(permanence: Command, tmp_path: Path) -> None:
    text = (BAREST / "case.yaml").read_text("utf-8").replace("hertfordshire-2024", "hertfordshire-2023")
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    for command in ("check", "timeline", "build", "bundle"):
        said = permanence(command, ".")
        assert (said.code, said.out) == (2, "")
        assert "try: procedure: hertfordshire-2024" in said.err
    asked = permanence("check", BAREST, "--procedure", "south-west-2")
    assert (asked.code, "Did you mean south-west?" in asked.err) == (2, True)


def test_a_rule_is_explained_with_its_source_its_counting_and_its_examples(permanence: Command) -> None:
    said = permanence("explain", "hertfordshire-2024/second-review-in-proceedings")
    assert said.code == 0
    for words in ("R001-082", "14 weeks is 98 days", "§3.2", "Example: ", "in_proceedings"):
        assert words in said.out


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("hertfordshire-2024/second-reveiw-in-proceedings", "Did you mean hertfordshire-2024/second-review-in-pro"),
        ("england/N-01", "Did you mean england/first-review"),
        ("england/nothing-like-it", "permanence procedures england"),
        ("englnd/first-review", "Did you mean england"),
    ],
)
def test_a_rule_that_is_not_there_names_a_way_on(permanence: Command, name: str, hint: str) -> None:
    said = permanence("explain", name)
    assert (said.code, said.out) == (2, "")
    assert hint in said.err


def test_procedures_lists_all_332_rows(permanence: Command) -> None:
    rows = json.loads(permanence("procedures", "--json").out)
    assert len({row["ref"] for row in rows}) == len(rows) == 332
    assert {*rows[0]} >= {"ref", "level", "kind", "cite"}


def test_procedures_lists_terms_and_tries_examples(permanence: Command) -> None:
    assert "age_when_looked_after" in permanence("procedures", "--terms").out
    said = permanence("procedures", "--try", "england")
    assert said.code == 0
    assert re.search(r"^england: 17 rules, \d+ examples, 0 fail\.$", said.out, re.MULTILINE)


def test_an_event_that_no_procedure_knows_is_pointed_at(permanence: Command, tmp_path: Path) -> None:
    text = (BAREST / "case.yaml").read_text("utf-8") + "record: [{on: 1 June 2026, event: genogram_complete}]\n"
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    said = permanence("check", ".")
    assert said.code == 0
    assert "No procedure declares this event" in said.err
    assert "try: event: genogram_completed" in said.err


def test_a_procedure_of_ones_own_stands_before_those_that_are_shipped(permanence: Command, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "hartsmere.yaml").write_text(
        """\
title: Hartsmere procedure
publisher: Hartsmere Council
edition: first
jurisdiction: england
source: local-procedure
checked_on: 2026-11-22
extends: england
rules:
  - id: second-review
    ref: HC-1
    kind: timescale
    level: must
    cite: local-procedure page 1
    says: The second review is held within two months of the first.
    when: looked_after is not defined or looked_after
    event: second_review
    due: [within 2 months of first_review]
    replaces: england/second-review
""",
        encoding="utf-8",
    )
    said = permanence("check", ROWAN, "--procedure", "hartsmere", "--procedures", own, "--json")
    rules = {row["id"]: row for row in json.loads(said.out)["children"][0]["rules"]}
    assert "england/second-review" not in rules
    assert rules["hartsmere/second-review"]["outcome"] == "met"
