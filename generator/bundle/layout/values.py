"""How a layout writes its values: days, numbers, times, ids."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

from generator.base.working_days import Span, read_span


def _read_number(value: Any) -> Any:
    if isinstance(value, str):
        if not re.fullmatch("[1-9][0-9]{0,4}", value):
            raise ValueError("must be a whole number above 0")
        return int(value)
    return value


def _read_time(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return dt.time.fromisoformat(value)
        except ValueError:
            raise ValueError("must be a time, written as 16:00") from None
    return value


def _read_span(value: Any) -> Any:
    return read_span(value) if isinstance(value, str) else value


Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Count = Annotated[int, BeforeValidator(_read_number)]
Time = Annotated[dt.time, BeforeValidator(_read_time)]
Counted = Annotated[Span, BeforeValidator(_read_span)]


class LayoutRow(BaseModel):
    """A group of keys that takes no others."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
