"""Many cases in one run: each by itself, none lost, none done twice."""

from __future__ import annotations

import datetime as dt
import json
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator.base.errors import CannotReadError, ExitCode
from generator.cli import main
from generator.cli.build import sort_out
from generator.jobs.build_many import BuiltCase, CaseTask, build_case, build_many, open_pool, refuse_shared_folders
from generator.jobs.cluster import open_cluster
from generator.jobs.run import Run
from places import ROOT

ON = dt.date(2026, 11, 22)
CASE = """
reference: R1
authority: {name: Hartsmere Council}
procedure: hertfordshire-2024
children: [{id: rowan, name: {given: Rowan}, born_on: 14 March 2025}]
"""
PLAN = "papers/permanence-plan-rowan.docx"


@pytest.fixture
def cases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Three cases in the current folder."""
    monkeypatch.chdir(tmp_path)
    for name in ("ash", "birch", "cedar"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "case.yaml").write_text(CASE, "utf-8")
    return [Path(name) for name in ("ash", "birch", "cedar")]


def task(case: Path) -> CaseTask:
    return CaseTask(case / "case.yaml", Run(ON, output=Path("out", case.name)), ("permanence-plan",), word_only=True)


def build(*words: object) -> Result:
    options = ["permanence-plan", "--word-only", "--on", "2026-11-22", "-o", "out", "--jobs", "2", "--plain"]
    return CliRunner().invoke(main, ["build", *map(str, words), *options], standalone_mode=False)


def test_each_case_goes_to_a_folder_of_its_own_and_one_that_is_wrong_stops_none(cases: list[Path]) -> None:
    Path("birch", "case.yaml").write_text("reference: R1\n", "utf-8")
    said = build(*cases)
    assert said.stdout.splitlines() == [
        "built       out/ash: 1 paper (1 written)",
        "not built   birch/case.yaml",
        "built       out/cedar: 1 paper (1 written)",
        "2 of 3 cases built",
    ]
    assert "birch/case.yaml:1:1  procedure" in said.stderr
    assert said.return_value == ExitCode.CANNOT_READ
    assert [Path("out", case, PLAN).exists() for case in cases] == [True, False, True]


def test_a_second_run_does_again_only_what_has_changed(cases: list[Path]) -> None:
    build(*cases)
    before = [Path("out", case, "record.yaml").stat().st_mtime_ns for case in cases]
    Path("birch", "case.yaml").write_text(CASE.replace("Rowan", "Bryony"), "utf-8")
    assert build(*cases).stdout.splitlines() == [
        "unchanged   out/ash: 1 paper (1 unchanged)",
        "built       out/birch: 1 paper (1 replaced)",
        "unchanged   out/cedar: 1 paper (1 unchanged)",
        "3 of 3 cases built",
    ]
    after = [Path("out", case, "record.yaml").stat().st_mtime_ns for case in cases]
    assert [old == new for old, new in zip(before, after, strict=True)] == [True, False, True]


def test_the_report_as_json_is_a_list_of_cases(cases: list[Path]) -> None:
    Path("birch", "case.yaml").unlink()
    said = build(*cases, "--json")
    ash, birch, _ = json.loads(said.stdout)
    assert (ash["case"], ash["folder"], ash["exit_code"]) == ("ash/case.yaml", "out/ash", 0)
    assert (ash["papers"][0]["name"], ash["papers"][0]["action"], ash["papers"][0]["draft"]) == (PLAN, "written", True)
    assert (birch["exit_code"], birch["papers"]) == (2, [])
    assert birch["errors"][0]["says"].startswith("There is no case at birch/case.yaml")
    assert said.stderr.splitlines()[-1].startswith("3 of 3: ")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["ash"], (["ash"], [])),
        (["ash", "ppm-agenda", "ppm-minutes"], (["ash"], ["ppm-agenda", "ppm-minutes"])),
        (["ash", "birch", "ppm-agenda", "cedar"], (["ash", "birch", "cedar"], ["ppm-agenda"])),
        (["ash", "gone/away", "lost.yaml"], (["ash", "gone/away", "lost.yaml"], [])),
        (["ash", "ppm-agend"], (["ash"], ["ppm-agend"])),
        (["ppm-agenda"], (["ppm-agenda"], [])),
        (["ash", "visit-note"], (["ash"], ["visit-note"])),
        (["ash", "./ppm-agenda"], (["ash", "ppm-agenda"], [])),
    ],
)
def test_what_is_there_is_a_case_and_what_has_a_code_is_a_paper(
    cases: list[Path], given: list[str], expected: tuple[list[str], list[str]]
) -> None:
    Path("own").mkdir()
    Path("own", "visit-note.yaml").touch()
    found, codes = sort_out(given, [Path("own")])
    assert ([str(case) for case in found], [*codes]) == expected


def test_what_could_be_a_case_and_a_paper_is_asked_about(cases: list[Path]) -> None:
    Path("ppm-agenda").mkdir()
    with pytest.raises(CannotReadError, match=r"For a case write \./ppm-agenda"):
        sort_out(["ash", "ppm-agenda"], [])


def test_a_misspelt_case_or_paper_is_told_once_and_before_anything_is_built(cases: list[Path]) -> None:
    said = build(*cases, "ceder")
    assert isinstance(said.exception, CannotReadError)
    assert "no paper with the code ceder, and no case of that name" in said.exception.summary
    assert not Path("out").exists()


def test_two_cases_of_one_name_are_refused_before_anything_is_built(cases: list[Path]) -> None:
    Path("north", "ash").mkdir(parents=True)
    Path("north", "ash", "case.yaml").write_text(CASE, "utf-8")
    said = build("ash", "north/ash")
    assert isinstance(said.exception, CannotReadError)
    assert "ash/case.yaml and north/ash/case.yaml would both be written to out/ash" in said.exception.summary
    assert not Path("out").exists()
    with pytest.raises(CannotReadError):
        refuse_shared_folders([(Path("a"), Path("out/a")), (Path("b"), Path("out/../out/a"))])


def test_a_task_that_is_given_out_twice_is_done_once(cases: list[Path]) -> None:
    first, record = build_case(task(cases[0])), Path("out", "ash", "record.yaml")
    before = record.stat()
    second = build_case(task(cases[0]))
    assert [line.action for line in (*first.papers, *second.papers)] == ["written", "unchanged"]
    assert (record.stat().st_ino, record.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_fault_of_the_program_in_one_case_is_told_without_its_values(
    cases: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("Rowan")

    monkeypatch.setattr("generator.jobs.build_many.build_papers", fail)
    built = build_case(task(cases[0]))
    assert built.error
    assert "fault of the program (ValueError in test_many.py" in built.error.summary
    assert "Rowan" not in built.error.summary


class Losing(Executor):
    """Does each task at once, and breaks under those that it is told to break under, as when a process is killed."""

    def __init__(self, breaks: Callable[[CaseTask], bool]) -> None:
        self._breaks = breaks
        self._is_broken = False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
        if self._is_broken:
            raise BrokenExecutor
        future: Future[Any] = Future()
        self._is_broken = self._breaks(args[0])
        if self._is_broken:
            future.set_exception(BrokenExecutor())
        else:
            future.set_result(fn(*args))
        return future


def test_a_case_whose_process_was_killed_is_tried_once_more(cases: list[Path]) -> None:
    killed: list[str] = []

    def breaks(one: CaseTask) -> bool:
        if one.folder.name == "birch" and not killed:
            killed.append("birch")
            return True
        return False

    built = [*build_many([task(case) for case in cases], lambda: Losing(breaks), 2)]
    assert {one.folder.name: one.exit_code for one in built} == {"ash": 0, "birch": 0, "cedar": 0}
    assert killed == ["birch"]


def test_a_case_that_ends_every_process_is_told_and_the_others_are_done(cases: list[Path]) -> None:
    tasks = [task(case) for case in cases]
    done = build_many(tasks, lambda: Losing(lambda task: task.folder.name == "birch"), 2)
    built = {one.folder.name: one for one in done}
    assert {name: one.exit_code for name, one in built.items()} == {"ash": 0, "birch": 2, "cedar": 0}
    assert built["birch"].error
    assert "came to an end, twice" in built["birch"].error.summary


def test_processes_that_are_killed_lose_no_case(cases: list[Path]) -> None:
    built: list[BuiltCase] = []
    for one in build_many([task(case) for case in cases], lambda: open_pool(1), 1):
        built.append(one)
        if len(built) == 1:
            (worker,) = multiprocessing.active_children()
            worker.kill()
    assert sorted(one.folder.name for one in built) == ["ash", "birch", "cedar"]
    assert {one.exit_code for one in built} == {ExitCode.DONE}


@pytest.mark.usefixtures("heed_ctrl_c")
@pytest.mark.parametrize("whole_group", [True, pytest.param(False, marks=pytest.mark.libreoffice)])
def test_a_run_that_is_stopped_leaves_nothing_half_done_and_goes_on_when_it_is_started_again(
    cases: list[Path], *, whole_group: bool
) -> None:
    command = [sys.executable, "-m", "generator", "build", *map(str, cases), "-o", "out", "--jobs", "1"]
    command += ["permanence-plan", "--on", "2026-11-22", "--plain", *(["--word-only"] if whole_group else [])]
    running = subprocess.Popen(
        command,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert running.stderr
    assert running.stderr.readline() == "1 of 3: ash/case.yaml\n"
    if whole_group:
        os.killpg(running.pid, signal.SIGINT)
    else:
        running.send_signal(signal.SIGINT)
    said, talk = running.communicate(timeout=60)
    assert running.returncode == ExitCode.STOPPED
    assert talk.splitlines()[-1] == "Stopped. Nothing is half-written."
    assert "Traceback" not in talk
    assert said.splitlines()[0] == "built       out/ash: 1 paper (1 written)"
    assert not [*Path("out").glob("*/.permanence*")]
    again = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True
    )
    assert again.stdout.splitlines()[0] == "unchanged   out/ash: 1 paper (1 unchanged)"
    assert again.stdout.splitlines()[-1] == "3 of 3 cases built"


def test_without_dask_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(Exception, match=r"pip install '\.\[cluster\]'") as missing:
        open_cluster("tcp://127.0.0.1:1")
    assert getattr(missing.value, "exit_code", None) is ExitCode.PROGRAM_MISSING
