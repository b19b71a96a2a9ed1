"""The only clock: which day it is in London, wherever the computer thinks it stands."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo


def read_clock() -> dt.date:
    """Today, by the time that courts and councils in England and Scotland keep."""
    return dt.datetime.now(ZoneInfo("Europe/London")).date()
