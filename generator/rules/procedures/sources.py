"""Every Act, regulation, standard and procedure that rules cite, from data/sources.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generator.base.yaml.read import read_yaml


@dataclass(frozen=True, slots=True)
class RuleSource:
    """One source that rules cite, with its edition, and when and how surely its text was checked."""

    id: str
    title: str
    edition: str
    checked_on: str
    status: str
    sure: str


@cache
def load_sources(file: Path) -> dict[str, RuleSource]:
    """Every source by its id. Raises CannotReadError where the file cannot be read."""
    rows = read_yaml(file).facts.get("sources") or []
    made = (
        RuleSource(*(str(row.get(key) or "") for key in ("id", "title", "edition", "checked_on", "status", "sure")))
        for row in rows
    )
    return {source.id: source for source in made}
