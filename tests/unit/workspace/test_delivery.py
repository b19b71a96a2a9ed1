"""A set of files arrives whole or not at all: links, locks, faults, kills, changes meanwhile, and what is finished."""

from __future__ import annotations

import hashlib
import os
import re
import runpy
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.base.errors import FileBusyError
from generator.base.yaml.read import read_yaml
from generator.cli import main
from generator.cli.options import read_clock
from generator.jobs.build import build_papers
from generator.jobs.run import Run
from generator.workspace.delivery import JOURNAL, Arrival, write_journal
from generator.workspace.folder import OutputFolder
from generator.workspace.opening import open_output
from generator.workspace.record import Origin
from places import CORPORA, ROOT

FROM = Origin(on="2026-11-22")
CASE = """
reference: R1
authority: {{name: Hartsmere Council}}
procedure: hertfordshire-2024
children: [{{id: rowan, name: {{given: {name}, family: Quillfeather}}, born_on: 14 March 2025}}]
"""
PLAN = "papers/permanence-plan-rowan.docx"


def put(folder: OutputFolder, name: str, words: str, *, insists: bool = False) -> None:
    made = folder.work / f"made-{len(folder.arriving)}"
    made.write_text(words, encoding="utf-8")
    folder.place(made, name, words, insists=insists)


def deliver(out: Path, **files: str) -> None:
    with open_output(out, FROM) as folder:
        for name, words in files.items():
            put(folder, f"{name}.txt", words)
        folder.deliver()


def read(out: Path) -> dict[str, str]:
    return {
        file.relative_to(out).as_posix(): file.read_text("utf-8")
        for file in sorted(out.rglob("*"))
        if file.is_file() and file.name != "record.yaml"
    }


@pytest.fixture
def out(tmp_path: Path) -> Path:
    deliver(tmp_path / "out", a="old a", b="old b")
    return tmp_path / "out"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    file = tmp_path / "case.yaml"
    file.write_text(CASE.format(name="Zebedee"), encoding="utf-8")
    return file


def call(case: Path, out: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", "build", str(case), "permanence-plan", "-o", str(out), *words]
    return subprocess.run(
        [*command, "--on", "2026-11-22"],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, **more},
    )


def stop_after(out: Path, steps: int, build: Callable[[], None] | None = None, **files: str) -> None:
    """A delivery that ends, as by a power cut, when it has made so many renames after its journal."""
    child = os.fork()
    if child == 0:
        done = 0
        plain = os.replace

        def counted(source: str, target: str) -> None:
            nonlocal done
            if JOURNAL not in str(target):
                done += 1
                if done > steps:
                    os.kill(os.getpid(), signal.SIGKILL)
            plain(source, target)

        os.replace = counted  # type: ignore[assignment]
        try:
            if build:
                build()
            deliver(out, **files)
        finally:
            os._exit(0)
    os.waitpid(child, 0)


@pytest.mark.parametrize("steps", range(8))
def test_a_delivery_that_was_cut_off_is_finished_before_anything_else(out: Path, steps: int) -> None:
    stop_after(out, steps, a="new a", b="new b", c="new c")
    with open_output(out, FROM) as folder:
        held = read(out)
        said = folder.warnings
    assert [held[f"{name}.txt"] for name in "abc"] == ["new a", "new b", "new c"]
    assert held["earlier/2026-11-22/a (facts changed).txt"] == "old a"
    assert held["earlier/2026-11-22/b (facts changed).txt"] == "old b"
    assert any("has been finished first" in one for one in said)
    assert not list(out.glob(".permanence*"))
    deliver(out, a="new a")
    assert set(read(out)) == set(held) - {name for name in held if name.startswith(".permanence")}


def test_what_was_cut_off_before_its_journal_has_not_happened(out: Path) -> None:
    before = read(out)
    stopped = out / ".permanence-work-stopped"
    stopped.mkdir()
    (stopped / "made").write_text("half", encoding="utf-8")
    (stopped / f"{JOURNAL}.new").write_text("{", encoding="utf-8")
    with open_output(out, FROM):
        pass
    assert read(out) == before
    assert not stopped.exists()


def test_what_a_person_changed_between_the_cut_and_the_next_run_stays(out: Path) -> None:
    stop_after(out, 0, a="new a", b="new b")
    (out / "a.txt").write_text("by hand", encoding="utf-8")
    (out / "b.txt").unlink()
    with open_output(out, FROM):
        pass
    held = read(out)
    assert (held["a.txt"], held["a (new 2026-11-22).txt"], held["b.txt"]) == ("by hand", "new a", "new b")
    deliver(out, a="newer a")
    assert read(out)["a.txt"] == "by hand"


def test_the_copy_of_what_was_made_before_stays_when_a_person_changes_the_paper_after_the_cut(tmp_path: Path) -> None:
    out = tmp_path / "out"

    def build(words: str) -> None:
        with open_output(out, FROM) as folder:
            made = folder.work / "made"
            made.write_text(words, encoding="utf-8")
            folder.place(made, "a.txt", words, keep_copy=True)
            folder.deliver()

    for steps in range(8):
        build(f"old {steps}")
        stop_after(out, steps, build=lambda: build("new"))
        (out / "a.txt").write_text("by hand", encoding="utf-8")
        with open_output(out, FROM):
            pass
        assert f"old {steps}" in read(out).values()
        shutil.rmtree(out)


def test_what_a_person_saves_while_a_build_is_running_stays_and_is_said(out: Path) -> None:
    with open_output(out, FROM) as folder:
        put(folder, "a.txt", "new a")
        (out / "a.txt").write_text("by hand", encoding="utf-8")
        folder.deliver()
        assert any("a.txt was changed while" in said for said in folder.warnings)
    assert read(out)["a.txt"] == "by hand"
    assert read(out)["a (new 2026-11-22).txt"] == "new a"


def test_what_insists_takes_its_place_and_theirs_is_put_away(out: Path) -> None:
    (out / "a.txt").write_text("by hand", encoding="utf-8")
    with open_output(out, FROM) as folder:
        put(folder, "a.txt", "new a", insists=True)
        folder.deliver()
    assert read(out)["a.txt"] == "new a"
    assert read(out)["earlier/2026-11-22/a (changed by hand).txt"] == "by hand"


@pytest.mark.parametrize("target", ["/etc/x", "../x", "a/../../x", "..\\x", ""])
def test_a_journal_that_leads_out_of_the_folder_is_not_followed(out: Path, target: str) -> None:
    before = read(out)
    work = out / ".permanence-work-planted"
    work.mkdir()
    (work / "made").write_text("bad", encoding="utf-8")
    digest = hashlib.sha256(b"bad").hexdigest()
    write_journal(work, [Arrival(".permanence-work-planted/made", target, digest, None, "e", "b")])
    with open_output(out, FROM):
        pass
    assert read(out) == before
    assert not (out.parent / "x").exists()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 2}', '{"version": 1, "arrivals": [{"made": 1}]}', "null"])
def test_a_journal_that_cannot_be_read_does_no_harm(out: Path, text: str) -> None:
    before = read(out)
    work = out / ".permanence-work-odd"
    work.mkdir()
    (work / JOURNAL).write_text(text, encoding="utf-8")
    with open_output(out, FROM):
        pass
    assert read(out) == before
    assert not work.exists()


def test_nothing_is_written_through_a_link_in_place_of_the_output_folder(tmp_path: Path, case: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "elsewhere")
    said = call(case, tmp_path / "out", "--word-only")
    assert (said.returncode, "is a link" in said.stderr) == (4, True)
    assert not list((tmp_path / "elsewhere").iterdir())


@pytest.mark.parametrize("name", ["papers", PLAN, "record.yaml", "earlier", ".permanence.lock"])
@pytest.mark.parametrize("is_there", [True, False], ids=["to something", "to nothing"])
def test_nothing_is_written_through_a_link_in_the_output_folder(
    tmp_path: Path, case: Path, name: str, is_there: bool
) -> None:
    elsewhere, out = tmp_path / "elsewhere", tmp_path / "out"
    if is_there and Path(name).suffix:
        elsewhere.write_bytes(b"somebody's")
    elif is_there:
        elsewhere.mkdir()
    (out / name).parent.mkdir(parents=True)
    (out / name).symlink_to(elsewhere)
    with pytest.raises(FileBusyError, match=r"is a link.*Remove the link"):
        build_papers(case, Run(read_clock(), output=out), codes=["permanence-plan"], word_only=True)
    assert (out / name).is_symlink()
    if elsewhere.is_file():
        assert elsewhere.read_bytes() == b"somebody's"
    else:
        assert not elsewhere.exists() or not list(elsewhere.iterdir())


@pytest.mark.parametrize("name", [PLAN, "record.yaml"])
def test_a_folder_where_a_file_should_be_is_told_and_stays(tmp_path: Path, case: Path, name: str) -> None:
    (tmp_path / "out" / name / "inside").mkdir(parents=True)
    said = call(case, tmp_path / "out", "--word-only")
    assert said.returncode == 4
    assert "Move it away and build again" in said.stderr
    assert (tmp_path / "out" / name / "inside").is_dir()


def test_a_pipe_where_a_file_should_be_does_not_hang_the_build(tmp_path: Path, case: Path) -> None:
    (tmp_path / "out" / "papers").mkdir(parents=True)
    os.mkfifo(tmp_path / "out" / PLAN)
    assert call(case, tmp_path / "out", "--word-only").returncode == 4


@pytest.mark.parametrize("lock", [".~lock.permanence-plan-rowan.docx#", "~$rmanence-plan-rowan.docx"])
def test_a_paper_that_is_open_is_not_replaced_and_the_message_says_in_what(
    tmp_path: Path, case: Path, lock: str
) -> None:
    out = tmp_path / "out"
    call(case, out, "--word-only")
    before = (out / PLAN).read_bytes()
    (out / "papers" / lock).write_bytes(b"")
    case.write_text(CASE.format(name="Bryony"), encoding="utf-8")
    said = call(case, out, "--word-only")
    assert said.returncode == 4
    assert ("LibreOffice" if "lock" in lock else "Word") in said.stderr
    assert "Close it there" in said.stderr
    assert (out / PLAN).read_bytes() == before


def test_a_second_build_is_told_which_process_has_the_folder(tmp_path: Path) -> None:
    program = (
        "import sys, pathlib; from generator.workspace.record import Origin\n"
        "from generator.workspace.opening import open_output\n"
        "with open_output(pathlib.Path(sys.argv[1]), Origin()): print('in', flush=True); sys.stdin.read()"
    )
    out = tmp_path / "out"
    with subprocess.Popen(
        [sys.executable, "-c", program, str(out)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as other:
        assert other.stdin
        assert other.stdout
        other.stdout.readline()
        with pytest.raises(FileBusyError, match=rf"process {other.pid} on ") as busy, open_output(out, FROM):
            pass
        assert busy.value.exit_code == 4
        other.kill()
    with open_output(out, FROM):  # a lock that a killed build left holds nobody up
        pass
    assert not list(out.iterdir())


def test_a_name_that_is_too_long_for_the_disk_is_told_and_nothing_changes(out: Path) -> None:
    before = read(out)
    with pytest.raises(FileBusyError, match=r"name is too long.*shorter"):
        deliver(out, **{"x" * 300: "new"}, a="new a")
    assert read(out) == before


def test_a_case_file_that_changes_during_the_build_delivers_nothing(
    tmp_path: Path, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from generator.jobs import make_papers

    def make_and_save(*given: object, **more: object) -> object:
        case.write_text(CASE.format(name="Bryony"), encoding="utf-8")
        return plain(*given, **more)  # type: ignore[arg-type]

    plain = make_papers.make_papers
    monkeypatch.setattr("generator.jobs.build.make_papers", make_and_save)
    with pytest.raises(FileBusyError, match=r"changed while.*Build again") as busy:
        build_papers(case, Run(read_clock(), output=tmp_path / "out"), codes=["permanence-plan"], word_only=True)
    assert busy.value.exit_code == 4
    assert not list((tmp_path / "out").iterdir())


def list_values(facts: object) -> Iterator[str]:
    if isinstance(facts, dict):
        for value in facts.values():
            yield from list_values(value)
    elif isinstance(facts, list):
        for value in facts:
            yield from list_values(value)
    elif isinstance(facts, str):
        yield facts


def test_what_is_said_recorded_and_named_holds_no_value_of_the_case_file(tmp_path: Path) -> None:
    source = ROOT / "data" / "cases" / "rowan" / "case.yaml"
    case = tmp_path / "case.yaml"
    text = re.sub(r"(?m)^evidence:\n(?:[ #].*\n|\n)*", "", source.read_text("utf-8"))
    text = re.sub(r", evidence: [\w-]+(?=[,}])", "", text)
    case.write_text(re.sub(r"\[\[[^\]]*\]\]", "it", text), encoding="utf-8")
    out = tmp_path / "out"
    words = ["build", str(case), "-o", str(out), "--word-only", "--on", "2026-11-22", "--plain"]
    said = CliRunner().invoke(main, words)
    assert said.exit_code == 0
    for word in (out / "papers").glob("*.docx"):
        word.write_bytes(word.read_bytes() + b"\0" * 4)
    case.write_text(case.read_text("utf-8").replace("Hartsmere", "Haddlesea"), encoding="utf-8")
    again = CliRunner().invoke(main, words)
    assert "laid beside" in again.output
    names = " ".join(path.name for path in out.rglob("*"))
    records = " ".join(file.read_text("utf-8") for file in out.rglob("record.yaml"))
    told = re.sub(r"[0-9a-f]{64}", "", f"{said.output} {again.output} {names} {records}")
    # Ids, dates and words such as "mother" are parts of file names; the procedure stands in the record on purpose.
    values = {value for value in list_values(read_yaml(case).facts) if re.search(r"[A-Z].*[a-z]", value)}
    values -= {value for value in values if re.fullmatch(r"\d+ \w+ \d{4}(, .*)?|\d{4}-.*", value)}
    assert len(values) > 300
    assert not [value for value in values if re.search(rf"(?<![\w-]){re.escape(value)}(?![\w-])", told)]


@pytest.mark.libreoffice
def test_the_same_case_gives_the_same_bytes_wherever_and_whenever_it_is_built(tmp_path: Path, case: Path) -> None:
    found = []
    for number, (zone, language, umask) in enumerate(
        [("UTC", "C.UTF-8", "022"), ("Pacific/Auckland", "de_DE.UTF-8", "000"), ("America/New_York", "C", "077")]
    ):
        out, place = tmp_path / f"out-{number}", tmp_path / f"place-{number}"
        place.mkdir()
        command = f'umask {umask}; exec "$0" -m generator build "$1" -o "$2" --on 2026-11-22'
        environment = {**os.environ, "TZ": zone, "LC_ALL": language, "PYTHONPATH": str(ROOT)}
        subprocess.run(
            ["sh", "-c", command, sys.executable, case, out],
            check=True,
            cwd=place,
            env=environment,
            capture_output=True,
        )
        found.append({file.relative_to(out): file.read_bytes() for file in out.rglob("*.*") if file.is_file()})
        assert {file.stat().st_mode & 0o777 for file in out.rglob("*.*") if file.is_file()} == {0o600}
        assert not list(place.iterdir())
    assert {file.suffix for file in found[0]} == {".docx", ".pdf", ".yaml", ".json"}
    assert found[0] == found[1] == found[2]


@pytest.mark.libreoffice
def test_nothing_is_left_in_the_temporary_folder_or_at_home(tmp_path: Path, case: Path) -> None:
    for name in ("temporary", "home", "cache"):
        (tmp_path / name).mkdir()
    places = {"TMPDIR": "temporary", "HOME": "home", "XDG_CACHE_HOME": "cache"}
    said = call(case, tmp_path / "out", **{key: str(tmp_path / name) for key, name in places.items()})
    assert said.returncode == 0
    assert not list((tmp_path / "temporary").iterdir())
    assert not list((tmp_path / "home").iterdir())
    for file in (tmp_path / "cache").rglob("*"):
        assert not file.is_file() or b"Quillfeather" not in file.read_bytes()


def test_a_crash_of_the_command_leaves_no_picture_of_its_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    program = (
        "import resource, sys, generator.cli as cli\n"
        "sys.argv = ['permanence', '--version']\n"
        "try: cli.run()\n"
        "except SystemExit: print(resource.getrlimit(resource.RLIMIT_CORE)[0])"
    )
    said = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, cwd=ROOT)
    assert said.stdout.splitlines()[-1] == "0"


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "", "Nowhere/At_All"])
def test_today_is_the_day_in_london_wherever_the_computer_thinks_it_is(zone: str) -> None:
    program = "from generator.cli.options import read_clock; print(read_clock())"
    days = [
        subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            capture_output=True,
            text=True,
            cwd=ROOT,
            env={**os.environ, "TZ": where},
        ).stdout
        for where in ("Europe/London", zone)
    ]
    assert days[0] == days[1]


@pytest.mark.libreoffice
@pytest.mark.parametrize("saboteur", ["crashes", "writes_nothing", "writes_garbage"])
def test_a_converter_that_fails_costs_no_old_pdf_and_no_word_file(
    tmp_path: Path, case: Path, saboteur: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    on = read_clock()
    build_papers(case, Run(on, output=out), codes=["permanence-plan"])
    pdf = (out / PLAN).with_suffix(".pdf")
    before = pdf.read_bytes()
    case.write_text(CASE.format(name="Bryony"), encoding="utf-8")
    loaded = runpy.run_path(str(CORPORA / "saboteurs" / f"{saboteur}.py"))
    monkeypatch.setattr("generator.convert.conversion.choose_converter", lambda: loaded["CONVERTER"])
    report = build_papers(case, Run(on, output=out), codes=["permanence-plan"])
    assert report.papers.failures
    assert [paper.action for paper in report.papers.papers] == ["replaced"]
    assert pdf.read_bytes() == before
    record = read_yaml(out / "record.yaml").facts["files"]
    assert record[PLAN.replace(".docx", ".pdf")]["sha256"] == hashlib.sha256(before).hexdigest()
