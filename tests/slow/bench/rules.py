"""Judge the fullest sample under its procedure, or only load its case file, many times over.

rules.py load TIMES | rules.py judge TIMES
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from generator.base import resources
from generator.case.load import load_case
from generator.rules.judging.judge import judge_case
from generator.rules.procedures.load import load_procedure

FULLEST = Path(__file__).resolve().parents[3] / "data" / "cases" / "fullest"
ON = dt.date(2026, 11, 22)

what, times = sys.argv[1], int(sys.argv[2])
# Both sides do once what is done once in every run, so that only the repeated work is compared.
case = load_case(FULLEST).case
procedure = load_procedure(case.procedure, [resources.PROCEDURES], resources.SOURCES)
judge_case(case, procedure, ON)
for _ in range(times):
    if what == "judge":
        judge_case(case, procedure, ON)
    else:
        load_case(FULLEST)
