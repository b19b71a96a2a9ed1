"""The fault table: every fault at every step of a real build and bundle. Leaves with 1 when anything is lost."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[2])]

from injection import FAULTS, KILL  # noqa: E402 - found beside this file
from trial import SCENES, Outcome, Scene, count_calls, expect, make_scene, meet_fault  # noqa: E402


def choose_steps(calls: list[str], most: int, *, few: bool) -> list[int]:
    """All steps of the delivery, and of the rest at most so many, evenly; with `few`, every fourth of the delivery."""
    start = next((number for number, call in enumerate(calls, 1) if "journal" in call), len(calls))
    first = max(start - 10, 1)
    if few:
        return list(range(first, len(calls), 4))
    before = list(range(1, first))
    return [*before[:: max(1, -(-len(before) // most))], *range(first, len(calls) + 1)]


def list_trials(scene: Scene, most: int, *, few: bool) -> list[tuple[Scene, str, int, dict[str, str], bool]]:
    """Every fault at the chosen steps of one command; every fifth time it lasts until the process ends."""
    calls, wanted = count_calls(scene), expect(scene)
    steps = choose_steps(calls, most, few=few)
    print(f"{scene.name}: {len(calls)} calls that change the disk, {len(steps)} of them tried", flush=True)
    faults = ["disk full", KILL] if few else [*FAULTS]
    trials = [(scene, fault, step, wanted, False) for fault in faults for step in steps]
    return trials if few else trials + [(*one[:4], True) for one in trials if one[1] != KILL and one[2] % 5 == 0]


def try_one(trial: tuple[Scene, str, int, dict[str, str], bool]) -> Outcome:
    """One trial, in one of the processes that share the work."""
    scene, fault, step, wanted, lasting = trial
    return meet_fault(scene, fault, step, wanted, lasting=lasting)


def show(found: list[Outcome]) -> None:
    """The table: one line for each command and fault, with how often it ended in which way."""
    heads = ("command", "fault", "tried", "left with", "old whole", "left over", "next whole")
    print("{:<8} {:<22} {:>5} {:<24} {:>9} {:>9} {:>10}".format(*heads))
    groups = dict.fromkeys((one.scene, one.fault) for one in found)
    for scene, fault in groups:
        mine = [one for one in found if (one.scene, one.fault) == (scene, fault)]
        codes = ", ".join(f"{code}: {count}" for code, count in sorted(Counter(one.code for one in mine).items()))
        whole, again = sum(one.is_old_whole for one in mine), sum(one.is_next_whole for one in mine)
        left = sum(one.left for one in mine)
        print(f"{scene:<8} {fault:<22} {len(mine):>5} {codes:<24} {whole:>9} {left:>9} {again:>10}")


def main() -> int:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--most", type=int, default=6, help="steps before the delivery that are tried at most")
    given.add_argument("--every-row", action="store_true", help="print each trial, not only those that fail")
    given.add_argument("--few", action="store_true", help="a selection of the build alone, in some seconds")
    asked = given.parse_args()
    import generator.jobs.build
    import generator.jobs.bundle
    import generator.papers.render.document  # noqa: F401 - all imported once, so that each trial starts at once

    with tempfile.TemporaryDirectory(prefix="permanence-faults-") as name:
        scenes = [make_scene(scene, Path(name) / scene) for scene in (SCENES[:1] if asked.few else SCENES)]
        trials = [trial for scene in scenes for trial in list_trials(scene, asked.most, few=asked.few)]
        with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("fork")) as shared:
            found = list(shared.map(try_one, trials))
    for one in found:
        if one.wrong or asked.every_row:
            print(f"{one.scene} {one.fault} {one.step} {one.call}: {one.code} {one.message}")
            print(*(f"    WRONG: {wrong}" for wrong in one.wrong), sep="\n")
    show(found)
    wrong = sum(bool(one.wrong) for one in found)
    print(f"{len(found)} trials, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
