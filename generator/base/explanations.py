"""What each message code means, read from the data that come with the product."""

from __future__ import annotations

from functools import cache

from generator.base.resources import EXPLANATIONS
from generator.base.yaml.read import read_yaml


@cache
def read_explanations() -> dict[str, str]:
    """What each code means and why the product is strict about it, by code."""
    return read_yaml(EXPLANATIONS).facts
