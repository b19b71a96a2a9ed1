"""A build that meets a full disk, or is killed, loses nothing: a selection of the fault table of tests/slow/faults."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

FAULTS = Path(__file__).resolve().parent / "faults" / "run.py"


def test_a_full_disk_and_a_kill_at_steps_of_a_delivery_lose_nothing() -> None:
    tried = subprocess.run([sys.executable, FAULTS, "--few"], check=False, capture_output=True, text=True)
    assert tried.returncode == 0, tried.stdout + tried.stderr
    counted = re.search(r"^(\d+) trials, 0 wrong$", tried.stdout, re.MULTILINE)
    assert counted
    assert int(counted[1]) >= 16
