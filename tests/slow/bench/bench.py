"""Compare what permanence needs with what the programs it stands on need by themselves, on this machine, in one run.

    .venv/bin/python tests/slow/bench/bench.py                    every row, five rounds
    .venv/bin/python tests/slow/bench/bench.py --only bundle --rounds 3 --json

Seconds do not travel from one machine to another; ratios do, within some ten per cent. Both sides of a row take turns
after a warm-up, and medians are compared; long rows have three rounds at most, and no warm-up. "wall" is what a
person waits; "CPU" is user and system time of a process and all that it waited for. "peak MB" is the most that any one
of them held in memory (resident, as the system counts it: ru_maxrss). Aims are aims: a missed one is marked NO. Exit
code 1 only when a row cannot be measured.

"a build that changes nothing" is the second of two, which starts no LibreOffice. "one fact" is a day that one agenda of
the sample prints, and none of its 22 other papers. "two at once" is the same cases built with --jobs 2 and with
--jobs 1: 0.5 would be twice as fast.

"everything on" is `permanence bundle` itself: a case file is read, every file admitted by the process that is kept
apart for that, all pages assembled, stamped and proved, and the ledger and report written. The other bundles are
assembled only. Growth is the CPU of 5,000 pages against ten times that of 500: 1 is in proportion, less is better.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).resolve().parents[3]
PERMANENCE = Path(sys.executable).with_name("permanence")
CASE = ROOT / "data" / "cases" / "rowan"
FULLEST = ROOT / "data" / "cases" / "fullest"
BUNDLE_SCRIPT = Path(__file__).with_name("assemble.py")
RULES_SCRIPT = Path(__file__).with_name("rules.py")
MANY_SCRIPT = Path(__file__).with_name("many.py")
PAPERS_SCRIPT = Path(__file__).with_name("papers.py")
RENDERING_SCRIPT = Path(__file__).with_name("rendering.py")
SCANS_SCRIPT = Path(__file__).with_name("scans.py")
PAGES_PER_PAPER = 10
SCANNED_FILES = 9
SCANNED_PAGES = 90
ROUNDS_OF_RULES = "60"
ROUNDS_OF_FILLING = "40"
DIFFERENT_PAPERS = 35
MANY_FAMILIES = 8
ONE_FACT = "dated: 24 July 2026, asked_on: 22 June 2026"
OTHER_FACT = "dated: 24 July 2026, asked_on: 23 June 2026"
"""What the agenda of the first meeting of the sample says, and no other paper."""
LONG = 3
"""How many rounds a long row has at most."""
MEMORY_OF_TEXT = 100.0
MEMORY_OF_SCANS = 2.5
"""Megabytes for a bundle of text; for scans, so many times the size of the files."""
CASE_HEAD = """\
reference: "0000009"
authority: {name: Hartsmere Council}
procedure: scotland-pace
children:
  - {id: nour, name: {given: Nour}, born_on: 9 February 2026}
court:
  name: Family Court at Hartsmere
  case_number: ZZ26C50009
  hearings:
    - {kind: final, at: "14 December 2026, 10am"}
evidence:
"""
"""A case that calls for no papers of its own, so that a bundle holds its evidence alone."""

Command = Callable[[Path], Sequence[str | Path]]
"""Makes the arguments of one run. It is given an empty folder of its own to write to."""


class CannotMeasureError(Exception):
    """A command of a row failed, so that its time says nothing."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What one run took: seconds waited, seconds of processor, and megabytes of its largest process."""

    wall: float
    cpu: float
    memory: float


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison. `less`, where given, is measured too and taken off our side, and off theirs too with `both`.

    Theirs is taken `times` over. `memory` says, once the row has been run, how many megabytes ours may take at most.
    A `long` row has few rounds and no warm-up.
    """

    name: str
    by: Literal["wall", "cpu"]
    aim: float
    ours: Command
    theirs: Command
    less: Command | None = None
    both: bool = False
    times: int = 1
    memory: Callable[[], float] | None = None
    long: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """The medians of one row, or why there are none."""

    name: str
    by: str
    aim: float
    ours: Sample | None = None
    theirs: Sample | None = None
    trouble: str = ""
    memory_aim: float | None = None

    @property
    def ratio(self) -> float | None:
        if self.ours is None or self.theirs is None:
            return None
        return float(getattr(self.ours, self.by) / getattr(self.theirs, self.by))

    @property
    def is_met(self) -> bool:
        return self.ratio is not None and self.ratio <= self.aim

    @property
    def is_memory_met(self) -> bool:
        return self.ours is not None and self.memory_aim is not None and self.ours.memory <= self.memory_aim


def main() -> int:
    arguments = _read_arguments()
    with tempfile.TemporaryDirectory(prefix="permanence-bench-") as scratch:
        folder = Path(scratch)
        rows = [row for row in _make_rows(folder) if arguments.only.casefold() in row.name.casefold()]
        results = [_measure(row, folder, arguments.rounds) for row in rows]
        note = _run_many(folder) if arguments.only.casefold() in "2,500 case files" else ""
    print(_as_json(results) if arguments.json else _as_table(results))
    if note:
        print(f"note (aim: 60 s or less, 512 MB): {note}", file=sys.stderr if arguments.json else sys.stdout)
    return 1 if any(result.trouble for result in results) else 0


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="how often each side is run after the warm-up")
    parser.add_argument("--only", default="", help="only rows with these letters in their name")
    parser.add_argument("--json", action="store_true", help="figures for a program to read")
    return parser.parse_args()


def _make_rows(folder: Path) -> tuple[Row, ...]:
    words = folder / "words"
    papers = folder / "papers"

    def stock_libreoffice(into: Path) -> Sequence[str | Path]:
        if not words.exists():
            _run(_build("--word-only")(words))
        # A profile of its own, made anew each time, is what a script in a fresh container has.
        profile = f"-env:UserInstallation={(into / 'profile').as_uri()}"
        return [
            _find("soffice"),
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            into,
            *words.rglob("*.docx"),
        ]

    def bundle(pages: int) -> Command:
        return lambda into: [sys.executable, BUNDLE_SCRIPT, into / "bundle.pdf", *_papers(papers, pages)]

    def merge(pages: int) -> Command:
        return lambda into: _merge(_papers(papers, pages), into)

    def everything_on(pages: int) -> Command:
        return lambda into: _bundle(folder / f"case-{pages}", _papers(papers, pages), into)

    scans = folder / "scans"

    def bundle_scans(into: Path) -> Sequence[str | Path]:
        if shutil.which("ocrmypdf"):
            raise CannotMeasureError("OCRmyPDF is installed, and would read the scans")
        return _bundle(folder / "case-scans", _scans(scans), into)

    def merge_scans(into: Path) -> Sequence[str | Path]:
        return _merge(_scans(scans), into)

    def allow_for_text() -> float:
        return MEMORY_OF_TEXT

    def allow_for_scans() -> float:
        return MEMORY_OF_SCANS * sum(scan.stat().st_size for scan in _scans(scans)) / 1024**2

    def build_unchanged(_: Path) -> Sequence[str | Path]:
        command = _build()(folder / "unchanged")
        if not (folder / "unchanged").exists():
            _run(command)
        return command

    def change_one_fact(_: Path) -> Sequence[str | Path]:
        case = folder / "one-fact"
        build: list[str | Path] = [PERMANENCE, "build", case, "-o", folder / "one-fact-made"]
        if not case.exists():
            shutil.copytree(CASE, case)
            _run(build)
        text = (case / "case.yaml").read_text("utf-8")
        before, now = (ONE_FACT, OTHER_FACT) if ONE_FACT in text else (OTHER_FACT, ONE_FACT)
        (case / "case.yaml").write_text(text.replace(before, now, 1), "utf-8")
        return build

    def build_many(jobs: int) -> Command:
        return lambda into: [PERMANENCE, "build", *_families(folder / "families"), "--jobs", str(jobs), "-o", into]

    def nothing(_: Path) -> Sequence[str | Path]:
        return [sys.executable, "-c", "pass"]

    return (
        Row("whole build / stock LibreOffice, same files", "wall", 0.65, _build(), stock_libreoffice),
        Row(
            "writing the Word files (less check) / stock LibreOffice",
            "wall",
            0.12,
            _build("--word-only"),
            stock_libreoffice,
            less=lambda _: [PERMANENCE, "check", CASE],
        ),
        Row("a build that changes nothing / python -c pass", "wall", 12, build_unchanged, nothing),
        Row("one fact of one paper changed / whole build", "wall", 0.40, change_one_fact, _build()),
        Row(
            f"{MANY_FAMILIES} cases, two at once / one at a time",
            "wall",
            1 / (2 * 0.90),
            build_many(2),
            build_many(1),
            long=True,
        ),
        Row(
            "all rules of one procedure / loading the fullest case file",
            "cpu",
            0.5,
            _rules("judge", ROUNDS_OF_RULES),
            _rules("load", ROUNDS_OF_RULES),
            less=_rules("judge", "0"),
            both=True,
        ),
        Row(
            "a second filling of ten pages / docxtpl by itself",
            "cpu",
            0.33,
            _fill("ours", ROUNDS_OF_FILLING),
            _fill("plain", ROUNDS_OF_FILLING),
            less=_fill("ours", "0"),
            both=True,
        ),
        Row("bundle of 350 pages / qpdf merge", "cpu", 3, bundle(350), merge(350)),
        Row("bundle of 1,500 pages / qpdf merge", "cpu", 3, bundle(1500), merge(1500), long=True),
        Row(
            "350 pages, everything on / qpdf merge",
            "cpu",
            2.2,
            everything_on(350),
            merge(350),
            memory=allow_for_text,
            long=True,
        ),
        Row(
            "1,500 pages, everything on / qpdf merge",
            "cpu",
            2.2,
            everything_on(1500),
            merge(1500),
            memory=allow_for_text,
            long=True,
        ),
        Row(
            "270 MB of scans, everything on / qpdf merge",
            "cpu",
            2.2,
            bundle_scans,
            merge_scans,
            memory=allow_for_scans,
            long=True,
        ),
        Row(
            "growth: 5,000 pages, everything on / ten times 500",
            "cpu",
            1,
            everything_on(5000),
            everything_on(500),
            times=10,
            memory=allow_for_text,
            long=True,
        ),
        Row("permanence --help / python -c pass", "wall", 4, lambda _: [PERMANENCE, "--help"], nothing),
        Row(
            "check of the fullest case / python -c pass", "wall", 15, lambda _: [PERMANENCE, "check", FULLEST], nothing
        ),
    )


def _families(folder: Path) -> list[Path]:
    cases = [folder / f"family-{number:02}" for number in range(MANY_FAMILIES)]
    for case in cases:
        if not case.exists():
            shutil.copytree(CASE, case)
    return cases


def _merge(files: Sequence[Path], into: Path) -> Sequence[str | Path]:
    return [_find("qpdf"), "--empty", "--pages", *files, "--", into / "merged.pdf"]


def _bundle(case: Path, files: Sequence[Path], into: Path) -> Sequence[str | Path]:
    """The whole way of evidence into a bundle. The case file is made once, and its evidence is the files themselves."""
    if not case.exists():
        case.mkdir()
        entries = []
        for number, file in enumerate(files):
            (case / f"{number}.pdf").hardlink_to(file)
            entries.append(
                f"  - {{id: paper-{number}, file: {number}.pdf, title: Paper {number}, dated: 1 June 2026, "
                "bundle_section: statements}\n"
            )
        (case / "case.yaml").write_text(CASE_HEAD + "".join(entries), encoding="utf-8")
    return [PERMANENCE, "bundle", case, "--anew", "--strict", "--plain", "--on", "2026-11-22", "-o", into / "made"]


def _rules(what: str, times: str) -> Command:
    return lambda _: [sys.executable, RULES_SCRIPT, what, times]


def _fill(what: str, times: str) -> Command:
    return lambda _: [sys.executable, RENDERING_SCRIPT, what, times]


def _run_many(folder: Path) -> str:
    """How long a nightly run over 2,500 case files takes: seconds, so a note and no ratio."""
    command = [str(part) for part in (sys.executable, MANY_SCRIPT, folder / "many")]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    return done.stdout.strip() or "2,500 case files: could not be measured"


def _build(*options: str) -> Command:
    return lambda into: [PERMANENCE, "build", CASE, "-o", into, *options]


def _find(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        raise CannotMeasureError(f"{program} is not installed")
    return found


def _papers(folder: Path, pages: int) -> list[Path]:
    """Generated papers of ten pages each, made by LibreOffice as real ones are; beyond 35 they come again as copies."""
    if not folder.exists():
        # In a process of its own: the peak memory of a process counts that of the one that started it.
        _run([sys.executable, PAPERS_SCRIPT, folder, str(DIFFERENT_PAPERS)])
    wanted = []
    for number in range(pages // PAGES_PER_PAPER):
        paper = folder / f"{number}.pdf"
        if not paper.exists():
            shutil.copyfile(folder / f"{number % DIFFERENT_PAPERS}.pdf", paper)
        wanted.append(paper)
    return wanted


def _scans(folder: Path) -> list[Path]:
    if not folder.exists():
        _run([sys.executable, SCANS_SCRIPT, folder, str(SCANNED_FILES), str(SCANNED_PAGES // SCANNED_FILES)])
    return [folder / f"{number}.pdf" for number in range(SCANNED_FILES)]


def _measure(row: Row, scratch: Path, rounds: int) -> Result:
    sides = [command for command in (row.ours, row.theirs, row.less) if command is not None]
    samples: list[list[Sample]] = [[] for _ in sides]
    # The first turn warms the caches of the disk; what is made once is made before its time is taken.
    turns = range(1, min(rounds, LONG) + 1) if row.long else range(rounds + 1)
    try:
        for turn in turns:
            for side, command in enumerate(sides):
                with tempfile.TemporaryDirectory(dir=scratch) as folder:
                    sample = _run(command(Path(folder)))
                if turn:
                    samples[side].append(sample)
    except CannotMeasureError as trouble:
        return Result(row.name, row.by, row.aim, trouble=str(trouble))
    ours, theirs, *less = [_median(taken) for taken in samples]
    for taken in less:
        ours = Sample(ours.wall - taken.wall, ours.cpu - taken.cpu, ours.memory)
        if row.both:
            theirs = Sample(theirs.wall - taken.wall, theirs.cpu - taken.cpu, theirs.memory)
    theirs = Sample(theirs.wall * row.times, theirs.cpu * row.times, theirs.memory)
    return Result(row.name, row.by, row.aim, ours, theirs, memory_aim=row.memory() if row.memory else None)


def _run(arguments: Sequence[str | Path]) -> Sample:
    started = time.perf_counter()
    with open(os.devnull, "w+b") as nowhere:
        try:
            process = subprocess.Popen(arguments, stdin=nowhere, stdout=nowhere, stderr=nowhere, cwd=ROOT)
        except OSError as error:
            raise CannotMeasureError(f"{Path(arguments[0]).name} cannot be started") from error
        _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    # 1 is "done, and something in the case must be fixed": the work was done all the same, except for a bundle.
    if process.returncode not in ((0,) if "bundle" in arguments else (0, 1)):
        raise CannotMeasureError(f"{Path(arguments[0]).name} {arguments[1]} ended with exit code {process.returncode}")
    return Sample(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _median(samples: Sequence[Sample]) -> Sample:
    return Sample(
        statistics.median(sample.wall for sample in samples),
        statistics.median(sample.cpu for sample in samples),
        statistics.median(sample.memory for sample in samples),
    )


def _as_table(results: Sequence[Result]) -> str:
    widths = (56, 6, 9, 9, 7, 6, 6, 14, 6, 4)
    lines = [("what / against what", "by", "ours s", "theirs s", "ratio", "aim", "met", "peak MB", "aim", "met")]
    for result in results:
        if result.ours is None or result.theirs is None or result.ratio is None:
            lines.append((result.name, result.by, "-", "-", "-", f"{result.aim:g}", "no", result.trouble, "", ""))
            continue
        lines.append(
            (
                result.name,
                result.by,
                f"{getattr(result.ours, result.by):.3f}",
                f"{getattr(result.theirs, result.by):.3f}",
                f"{result.ratio:.2f}",
                f"{result.aim:g}",
                "yes" if result.is_met else "NO",
                f"{result.ours.memory:.0f} / {result.theirs.memory:.0f}",
                "" if result.memory_aim is None else f"{result.memory_aim:.0f}",
                "" if result.memory_aim is None else "yes" if result.is_memory_met else "NO",
            )
        )
    padded = ("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)
    return "\n".join(line.rstrip() for line in padded)


def _as_json(results: Sequence[Result]) -> str:
    rows = [
        {
            "name": result.name,
            "by": result.by,
            "aim": result.aim,
            "ratio": result.ratio,
            "met": result.is_met,
            "memory_aim": result.memory_aim,
            "memory_met": None if result.memory_aim is None else result.is_memory_met,
            "trouble": result.trouble,
            **{
                f"{side}_{what}": getattr(sample, what)
                for side, sample in (("ours", result.ours), ("theirs", result.theirs))
                if sample is not None
                for what in ("wall", "cpu", "memory")
            },
        }
        for result in results
    ]
    return json.dumps(rows, indent=2)


if __name__ == "__main__":
    sys.exit(main())
