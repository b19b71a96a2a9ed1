"""Compare what permanence needs with what the programs it stands on need by themselves, on this machine, in one run.

    .venv/bin/python tests/slow/bench/bench.py              every row, within eight minutes on two processors
    .venv/bin/python tests/slow/bench/bench.py --write      and put the table into the pages that show it
    .venv/bin/python tests/slow/bench/bench.py --only bundle --rounds 3 --json

What is being done is told on stderr, each row stands on stdout as soon as it is measured, and the whole table follows
at the end in Markdown.

Seconds do not travel from one machine to another; ratios do, within some ten per cent. Both sides of a row take turns,
until there were enough rounds or the row's time is up, and medians are compared. The first round warms the caches, and
counts only where there was no time for a second. "wall" is what a person waits; "CPU" is user and system time of a
process and all that it waited for. "MB" is the most that any one of them held in memory (resident, as the system counts
it: ru_maxrss). Aims are aims: a missed one is marked NO. Exit code 1 only when a row cannot be measured.

"a build that changes nothing" is the second of two, which starts no LibreOffice. "one fact" is a day that one agenda of
the sample prints, and none of its 22 other papers. "two at once" is the same cases built with --jobs 2 and with
--jobs 1: 0.5 would be twice as fast.

"everything on" is `permanence bundle` itself: a case file is read, every file admitted by the process that is kept
apart for that, all pages assembled, stamped and proved, and the ledger and report written. The other bundles are
assembled only. Growth is the CPU of 5,000 pages against ten times that of 500: 1 is in proportion, less is better.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
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
MANY_FAMILIES = 4
CASE_FILES = 2500
ONE_FACT = "dated: 24 July 2026, asked_on: 22 June 2026"
OTHER_FACT = "dated: 24 July 2026, asked_on: 23 June 2026"
"""What the agenda of the first meeting of the sample says, and no other paper."""
SECONDS_A_ROW = 12.0
"""A row is not begun again after so long: all of them together end within eight minutes."""
PAGES_WITH_TABLE = (ROOT / "README.md", ROOT / "docs" / "explanation" / "speed.md")
BEGIN, END = "<!-- make bench: begin -->", "<!-- make bench: end -->"
"""What stands between these two lines of a page is what `--write` puts there."""
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
    """

    what: str
    against: str
    by: Literal["wall", "cpu"]
    aim: float
    ours: Command
    theirs: Command
    less: Command | None = None
    both: bool = False
    times: int = 1
    memory: Callable[[], float] | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """The medians of one row, or why there are none."""

    row: Row
    ours: Sample | None = None
    theirs: Sample | None = None
    rounds: int = 0
    trouble: str = ""
    memory_aim: float | None = None

    @property
    def ratio(self) -> float | None:
        if self.ours is None or self.theirs is None:
            return None
        return float(getattr(self.ours, self.row.by) / getattr(self.theirs, self.row.by))

    @property
    def is_met(self) -> bool:
        return self.ratio is not None and self.ratio <= self.row.aim

    @property
    def is_memory_met(self) -> bool:
        return self.ours is not None and self.memory_aim is not None and self.ours.memory <= self.memory_aim


def main() -> int:
    arguments = _read_arguments()
    with tempfile.TemporaryDirectory(prefix="permanence-bench-") as scratch:
        folder = Path(scratch)
        rows = [row for row in _make_rows(folder) if arguments.only.casefold() in _name(row).casefold()]
        results = list(_measure_all(rows, folder, arguments.rounds, as_json=arguments.json))
        nightly = _run_many(folder) if arguments.only.casefold() in f"{CASE_FILES:,} case files" else ""
    if arguments.json:
        print(_as_json(results))
        return 1 if any(result.trouble for result in results) else 0
    page = _as_markdown(results, nightly)
    print(f"\n{page}")
    if arguments.write:
        for file in PAGES_WITH_TABLE:
            _say(f"{file.relative_to(ROOT)}: {'written' if _write_into(file, page) else 'has no place for the table'}")
    return 1 if any(result.trouble for result in results) else 0


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="how often each side is run after the warm-up, at most")
    parser.add_argument("--only", default="", help="only rows with these letters in their name")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="figures for a program to read")
    form.add_argument("--write", action="store_true", help="put the table into README and docs as well")
    arguments = parser.parse_args()
    if arguments.write and arguments.only:
        parser.error("--write puts the whole table into the pages, so it cannot go with --only")
    return arguments


def _say(text: str) -> None:
    """Tell what is being done, beside the figures."""
    print(text, file=sys.stderr, flush=True)


def _measure_all(rows: Sequence[Row], folder: Path, rounds: int, *, as_json: bool) -> Iterator[Result]:
    started = time.monotonic()
    if not as_json:
        print(_as_line(HEADINGS), flush=True)
    for number, row in enumerate(rows, 1):
        _say(f"row {number} of {len(rows)}, after {time.monotonic() - started:.0f} s: {_name(row)}")
        result = _measure(row, folder, rounds)
        if not as_json:
            print(_as_line(_cells(result)), flush=True)
        yield result


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

    libreoffice = "one stock LibreOffice run over the same Word files"
    qpdf = "qpdf merging the same files"
    python = "starting Python alone"
    return (
        Row("a whole build of the sample, with PDFs", libreoffice, "wall", 0.65, _build(), stock_libreoffice),
        Row(
            "writing its Word files, less check",
            libreoffice,
            "wall",
            0.12,
            _build("--word-only"),
            stock_libreoffice,
            less=lambda _: [PERMANENCE, "check", CASE],
        ),
        Row("a build that changes nothing", python, "wall", 12, build_unchanged, nothing),
        Row("a build after one fact of one paper changed", "a whole build", "wall", 0.40, change_one_fact, _build()),
        Row(
            f"{MANY_FAMILIES} cases, two at once",
            "the same, one at a time",
            "wall",
            1 / (2 * 0.90),
            build_many(2),
            build_many(1),
        ),
        Row(
            "all rules of one procedure, fullest sample",
            "loading that case file",
            "cpu",
            0.5,
            _rules("judge", ROUNDS_OF_RULES),
            _rules("load", ROUNDS_OF_RULES),
            less=_rules("judge", "0"),
            both=True,
        ),
        Row(
            "filling a template of ten pages again",
            "docxtpl by itself",
            "cpu",
            0.33,
            _fill("ours", ROUNDS_OF_FILLING),
            _fill("plain", ROUNDS_OF_FILLING),
            less=_fill("ours", "0"),
            both=True,
        ),
        Row("assembling 350 pages", qpdf, "cpu", 3, bundle(350), merge(350)),
        Row("assembling 1,500 pages", qpdf, "cpu", 3, bundle(1500), merge(1500)),
        Row("350 pages, everything on", qpdf, "cpu", 2.2, everything_on(350), merge(350), memory=allow_for_text),
        Row("1,500 pages, everything on", qpdf, "cpu", 2.2, everything_on(1500), merge(1500), memory=allow_for_text),
        Row("270 MB of scans, everything on", qpdf, "cpu", 2.2, bundle_scans, merge_scans, memory=allow_for_scans),
        Row(
            "growth: 5,000 pages, everything on",
            "ten times itself with 500 pages",
            "cpu",
            1,
            everything_on(5000),
            everything_on(500),
            times=10,
            memory=allow_for_text,
        ),
        Row("permanence --help", python, "wall", 4, lambda _: [PERMANENCE, "--help"], nothing),
        Row("permanence check, fullest sample", python, "wall", 15, lambda _: [PERMANENCE, "check", FULLEST], nothing),
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
    """How long a nightly run over a whole authority takes. Seconds, so a note and no ratio."""
    _say(f"last: {CASE_FILES:,} case files on two processors")
    command = [str(part) for part in (sys.executable, MANY_SCRIPT, folder / "many", CASE_FILES)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    return done.stdout.strip() or f"{CASE_FILES:,} case files: could not be measured."


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
    turns: list[list[Sample]] = []
    started = 0.0
    try:
        while len(turns) <= rounds and (not turns or time.monotonic() - started < SECONDS_A_ROW):
            turn = []
            for command in sides:
                with tempfile.TemporaryDirectory(dir=scratch) as folder:
                    prepared = command(Path(folder))
                    # What is made once for all rounds is made here, before any time is taken.
                    started = started or time.monotonic()
                    turn.append(_run(prepared))
            turns.append(turn)
    except CannotMeasureError as trouble:
        return Result(row, trouble=str(trouble))
    counted = turns[1:] or turns
    ours, theirs, *less = [_median(taken) for taken in zip(*counted, strict=True)]
    for taken in less:
        ours = Sample(ours.wall - taken.wall, ours.cpu - taken.cpu, ours.memory)
        if row.both:
            theirs = Sample(theirs.wall - taken.wall, theirs.cpu - taken.cpu, theirs.memory)
    theirs = Sample(theirs.wall * row.times, theirs.cpu * row.times, theirs.memory)
    return Result(row, ours, theirs, len(counted), memory_aim=row.memory() if row.memory else None)


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


def _name(row: Row) -> str:
    return f"{row.what} / {row.against}"


HEADINGS = ("What", "Against what", "Seconds of", "Ours", "Theirs", "Ratio", "Aim", "Met", "MB", "MB aim", "Met")
WIDTHS = (44, 49, 10, 7, 7, 6, 5, 4, 9, 6, 4)
BY = {"wall": "waiting", "cpu": "CPU"}


def _cells(result: Result) -> tuple[str, ...]:
    """What stands in a row of the table, in the order of `HEADINGS`."""
    row, ours, theirs = result.row, result.ours, result.theirs
    if ours is None or theirs is None or result.ratio is None:
        return (row.what, row.against, BY[row.by], "-", "-", "-", f"{row.aim:.2g}", result.trouble, "", "", "")
    return (
        row.what,
        row.against,
        BY[row.by],
        f"{getattr(ours, row.by):.2f}",
        f"{getattr(theirs, row.by):.2f}",
        f"{result.ratio:.2f}",
        f"{row.aim:.2g}",
        "yes" if result.is_met else "NO",
        f"{ours.memory:.0f} / {theirs.memory:.0f}",
        "" if result.memory_aim is None else f"{result.memory_aim:.0f}",
        "" if result.memory_aim is None else "yes" if result.is_memory_met else "NO",
    )


def _as_line(cells: Sequence[str]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=True)).rstrip()


def _as_markdown(results: Sequence[Result], nightly: str) -> str:
    """The table as the pages show it, with the day and the machine it was measured on."""
    rounds = [result.rounds for result in results if result.rounds] or [0]
    today = dt.datetime.now().astimezone().date()
    measured = (
        f"Measured on {today.day} {today:%B %Y} with {os.cpu_count()} processors, medians of up to "
        f"{max(rounds)} rounds. MB is the most memory that ours and theirs held."
    )
    lines = [
        measured,
        "",
        *(f"| {' | '.join(cells)} |" for cells in (HEADINGS, ("---",) * len(HEADINGS), *map(_cells, results))),
    ]
    return "\n".join([*lines, "", nightly] if nightly else lines)


def _write_into(file: Path, page: str) -> bool:
    """Put the table between the two marks of a page. False where the page does not have both."""
    text = file.read_text("utf-8") if file.exists() else ""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        return False
    file.write_text(f"{before}{BEGIN}\n{page}\n{END}{after}", "utf-8")
    return True


def _as_json(results: Sequence[Result]) -> str:
    rows = [
        {
            "name": _name(result.row),
            "by": result.row.by,
            "aim": result.row.aim,
            "rounds": result.rounds,
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
