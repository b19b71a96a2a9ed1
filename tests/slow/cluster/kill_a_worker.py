"""Show that a cluster builds every case once, also when one of its two workers is killed under its work.

    .venv/bin/pip install '.[cluster]' && .venv/bin/python tests/slow/cluster/kill_a_worker.py [HOW-MANY]

It starts a Dask scheduler and two workers on this computer, builds copies of a sample case with `--cluster`, kills the
first worker (-9) in the middle of a case once a third of them is there, and watches the output folders meanwhile: a
paper that changes after it was there was written twice. Leaves with 1 where a case is missing, differs or was done
twice.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "data" / "cases" / "rowan"
PERMANENCE = Path(sys.executable).with_name("permanence")
PAPERS = ("ppm-agenda", "permanence-plan")
PATIENCE = 300.0


def main() -> int:
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    with tempfile.TemporaryDirectory(prefix="permanence-cluster-") as scratch:
        folder = Path(scratch)
        cases = [copy_case(folder, number) for number in range(many)]
        started: list[subprocess.Popen[bytes]] = []
        try:
            address = start_scheduler(folder, started)
            for number in range(2):
                start_worker(folder, address, number, started)
            return build(folder, cases, address, started)
        finally:
            for process in started:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def copy_case(folder: Path, number: int) -> Path:
    case = folder / "cases" / f"family-{number:03}"
    shutil.copytree(SAMPLE, case)
    return case


def start(folder: Path, name: str, words: Sequence[str | Path], started: list[subprocess.Popen[bytes]]) -> None:
    with (folder / f"{name}.log").open("wb") as log:
        command = [str(word) for word in (sys.executable, "-m", "dask", *words)]
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, start_new_session=True)
    started.append(process)


def start_scheduler(folder: Path, started: list[subprocess.Popen[bytes]]) -> str:
    found = folder / "scheduler.json"
    here = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    start(folder, "scheduler", ("scheduler", *here, "--scheduler-file", found), started)
    return wait_for(lambda: str(json.loads(found.read_text("utf-8"))["address"]) if found.exists() else "")


def start_worker(folder: Path, address: str, number: int, started: list[subprocess.Popen[bytes]]) -> None:
    alone = ("--nworkers", "1", "--nthreads", "1", "--no-nanny", "--no-dashboard")
    start(folder, f"worker-{number}", ("worker", address, *alone, "--host", "127.0.0.1"), started)
    log = folder / f"worker-{number}.log"
    wait_for(lambda: "there" if "Registered to" in log.read_text("utf-8") else "")


def wait_for(look: Callable[[], str]) -> str:
    ends_at = time.monotonic() + PATIENCE
    while time.monotonic() < ends_at:
        if found := look():
            return found
        time.sleep(0.1)
    raise TimeoutError


def build(folder: Path, cases: Sequence[Path], address: str, started: list[subprocess.Popen[bytes]]) -> int:
    out = folder / "out"
    words = (PERMANENCE, "build", *cases, *PAPERS, "-o", out, "--cluster", address, "--on", "2026-11-22", "--plain")
    command = [str(word) for word in words]
    began = time.perf_counter()
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    first: dict[Path, tuple[int, int]] = {}
    twice: set[str] = set()
    killed_after = 0
    while running.poll() is None:
        note(out, first, twice)
        if not killed_after and (count := count_cases(first)) >= len(cases) // 3 and is_building(out, started[1].pid):
            os.killpg(started[1].pid, signal.SIGKILL)
            killed_after = count
        time.sleep(0.02)
    note(out, first, twice)
    said, talk = running.communicate()
    took = time.perf_counter() - began
    sums = {digest(out / case.name) for case in cases}
    left = [*out.glob("*/.permanence*")]
    print(
        f"{len(cases)} cases on two workers, one killed under its work when {killed_after} were there: "
        f"{count_cases(first)} built in {took:.1f} s, {len(twice)} written twice, {len(sums)} different "
        f"result{'' if len(sums) == 1 else 's'}, {len(left)} files of the killed one left, "
        f"exit code {running.returncode}"
    )
    if good := running.returncode == 0 and killed_after > 0 and count_cases(first) == len(cases) and not twice:
        good = len(sums) == 1 and not left
    if not good:
        print(said, talk, sep="\n", file=sys.stderr)
    return 0 if good else 1


def count_cases(papers: Iterable[Path]) -> int:
    return len({paper.parent.parent for paper in papers})


def is_building(out: Path, worker: int) -> bool:
    """Whether a process has a case in hand: it says so in its private folder."""
    return any(f"process {worker} on" in read(builder) for builder in out.glob("*/.permanence-work-*/builder.txt"))


def read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except OSError:
        return ""


def note(out: Path, first: dict[Path, tuple[int, int]], twice: set[str]) -> None:
    """Remember each paper when it is there first, and the cases of which another took the place of one."""
    for paper in out.glob("*/papers/*"):
        found = paper.stat()
        now = found.st_ino, found.st_mtime_ns
        if first.setdefault(paper, now) != now:
            twice.add(paper.parent.parent.name)


def digest(folder: Path) -> str:
    papers = sorted(folder.glob("papers/*"))
    return hashlib.sha256(b"".join(paper.name.encode() + paper.read_bytes() for paper in papers)).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
