"""Check 2,500 case files on two processors, as a nightly run over a whole authority would, and make the workbook.

many.py FOLDER [HOW-MANY]      writes copies of the sample cases to FOLDER, then loads and judges each, and then has
                               `permanence track` make the workbook of them all
"""

from __future__ import annotations

import datetime as dt
import re
import resource
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

from generator.base import resources
from generator.case.load import load_case
from generator.rules.judging.judge import judge_case
from generator.rules.procedures.load import load_procedure
from generator.rules.procedures.model import Procedure

CASES = Path(__file__).resolve().parents[3] / "data" / "cases"
ON = dt.date(2026, 11, 22)
PROCESSORS = 2
PERMANENCE = Path(sys.executable).with_name("permanence")
_REFERENCE = re.compile(r"^reference: .*$", re.MULTILINE)


@cache
def procedure_of(name: str) -> Procedure:
    return load_procedure(name, [resources.PROCEDURES], resources.SOURCES)


def judge_file(file: Path) -> tuple[int, int]:
    """How many answers a case file gives, and the most memory that this process has used, in kilobytes."""
    case = load_case(file).case
    answers = len(judge_case(case, procedure_of(case.procedure), ON).rulings)
    return answers, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def write_copies(folder: Path, many: int) -> list[Path]:
    """Case files beside links to the evidence of the sample that each was copied from."""
    samples = sorted(CASES.glob("*/case.yaml"))
    for sample in samples:
        home = folder / sample.parent.name
        home.mkdir(parents=True, exist_ok=True)
        for part in sample.parent.iterdir():
            if part.is_dir() and not (home / part.name).exists():
                (home / part.name).mkdir()
                for file in part.iterdir():
                    (home / part.name / file.name).write_bytes(b"%PDF-1.7")
    files = []
    for number in range(many):
        sample = samples[number % len(samples)]
        file = folder / sample.parent.name / f"case-{number:04}.yaml"
        text = sample.read_text(encoding="utf-8")
        file.write_text(_REFERENCE.sub(f'reference: "R-{number:04}"', text, count=1), encoding="utf-8")
        files.append(file)
    return files


def main() -> None:
    folder, many = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2500
    files = write_copies(folder, many)
    started = time.perf_counter()
    with ProcessPoolExecutor(PROCESSORS) as pool:
        done = list(pool.map(judge_file, files, chunksize=25))
    took = time.perf_counter() - started
    answers, memory = sum(one for one, _ in done), max(peak for _, peak in done) / 1024
    print(
        f"A nightly run over {many:,} case files ({answers:,} answers) takes {took:.0f} seconds on {PROCESSORS} "
        f"processors, with {memory:.0f} MB for each at most."
    )
    book = folder / "track.xlsx"
    started = time.perf_counter()
    command = [str(PERMANENCE), "track", str(folder), "-o", str(book), "--on", ON.isoformat(), "--plain"]
    subprocess.run(command, check=True, capture_output=True)
    took = time.perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    size = book.stat().st_size / 1e6
    print(
        f"`permanence track` puts them into a workbook of {size:.1f} MB: {took:.0f} seconds, {memory:.0f} MB at most."
    )


if __name__ == "__main__":
    main()
