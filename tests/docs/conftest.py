"""How the pages are brought up to date."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--refresh-docs",
        action="store_true",
        help="Write into README and docs what their commands print now: pytest tests/docs --refresh-docs. Read the "
        "difference before keeping it.",
    )
